"""Whose dollar, crown, yen, pound, franc, rupee or peso is meant, and where that stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from llmdeal.readers.homes import home_currency, settled
from llmdeal.readers.lexicon import language_of
from llmdeal.readers.lexing import lex
from llmdeal.readers.money import money_at

if TYPE_CHECKING:
    from llmdeal.mentions import Value


class Read(NamedTuple):
    """An amount as a reader found it."""

    start: int
    stop: int
    value: Value
    ambiguous: bool


def amounts(text: str, language: str) -> str:
    """Write the amounts of a text, those that stay open with a question mark."""
    lexed = lex(text, language)
    found: list[Read] = []
    for index, lexeme in enumerate(lexed.lexemes):
        reading = money_at(lexed, index)
        if reading and not (found and lexeme.start < found[-1].stop):
            found.append(Read(lexeme.start, lexed[reading.end - 1].stop, reading.value, reading.vague))
    return "; ".join(f"{one.value}{'?' if one.ambiguous else ''}" for one in settled(lexed, found))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "TORONTO, Nov 3 (Reuters) - The bank", "CAD"),
        ("en", "TORONTO, Nov. 3, 2025 /CNW/ -- The bank", "CAD"),
        ("en", "Toronto \u2014 The bank", "CAD"),
        ("en", "VANCOUVER, British Columbia, Nov. 3, 2025 (GLOBE NEWSWIRE) -- The miner", "CAD"),
        ("en", "A headline\n\nSYDNEY (Reuters) - The bank", "AUD"),
        ("en", "AUCKLAND, New Zealand - The bank", "NZD"),
        ("en", "SINGAPORE: The bank", "SGD"),
        ("en", "HONG KONG, Nov 3 - The bank", "HKD"),
        ("fr", "MONTRÉAL, le 3 novembre 2025 (AFP) - La banque", "CAD"),
        ("fr", "Genève (awp) - La banque", "CHF"),
        ("de", "Zürich (dpa) - Die Bank", "CHF"),
        ("de", "Stockholm, 3. November (dpa) - Die Bank", "SEK"),
        ("es", "Ciudad de México, 3 nov (EFE).- El banco", "MXN"),
        ("es", "Bogotá, 3 de noviembre de 2025. - El banco", "COP"),
        ("es", "SANTIAGO.- El banco", "CLP"),
        ("it", "Zurigo, 3 novembre - La banca", "CHF"),
        ("pt", "Sydney, 3 nov (Lusa) - O banco", "AUD"),
        ("nl", "KOPENHAGEN (ANP) - De bank", "DKK"),
        ("pl", "Praga, 3.11.2025 (PAP) - Bank", "CZK"),
        ("ja", "【トロント＝共同】銀行は", "CAD"),
        ("ja", "［シドニー　３日　ロイター］ 銀行は", "AUD"),
        ("zh", "新华社多伦多11月3日电 银行", "CAD"),
        ("zh", "（香港3日電）銀行", "HKD"),
        ("zh", "【台北訊】銀行", "TWD"),
        ("en", "Sydney-based Quill said", None),
        ("en", "Singapore Airlines (SIA.SI) said", None),
        ("en", "Toronto, which has - as many say - a bank", None),
        ("en", "The bank is in Toronto - it said", None),
        ("en", "NEW YORK, Nov 3 - The bank", None),
        ("en", "Oslo officials said on Monday", None),
        ("zh", "香港交易所公布业绩", None),
    ],
)
def test_the_place_that_an_article_is_dated_from(language: str, text: str, expected: str | None) -> None:
    assert home_currency(text, language_of(language)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # A dateline says whose dollars these are; that contracts are in US dollars anywhere, it does not rule out.
        ("en", "TORONTO, Nov 3 (CP) - It pays $4 billion.", "CAD 4,000,000,000?"),
        ("en", "SYDNEY (Reuters) - It pays 3 dollars a share.", "AUD 3 per share?"),
        ("en", "AUCKLAND - It pays $50 million.", "NZD 50,000,000?"),
        ("fr", "MONTRÉAL, 3 novembre (PC) - Il paie 50 millions de dollars.", "CAD 50,000,000?"),
        # Who writes US$ means another dollar by the bare sign; who writes C$ means the American one.
        ("en", "TORONTO, Nov 3 - It pays $4 billion (US$3 billion).", "CAD 4,000,000,000; USD 3,000,000,000"),
        ("en", "TORONTO, Nov 3 - It pays C$4 billion ($3 billion).", "CAD 4,000,000,000; USD 3,000,000,000"),
        (
            "es",
            "SANTIAGO.- Paga US$ 180 millones (unos $ 171 mil millones).",
            "USD 180,000,000; about CLP 171,000,000,000",
        ),
        # Papers of these cities, and those that write for readers elsewhere, mean either.
        ("en", "HONG KONG, Nov 3 - It pays $50 million.", "USD 50,000,000?"),
        ("en", "SINGAPORE, Nov 3 - It pays $50 million.", "USD 50,000,000?"),
        ("en", "HONG KONG, Nov 3 - It pays HK$390 million ($50 million).", "HKD 390,000,000; USD 50,000,000"),
        ("de", "Toronto (dpa) - Er zahlt 3 Milliarden Dollar.", "USD 3,000,000,000?"),
        ("fr", "SYDNEY, 3 novembre (AFP) - Il paie 3 milliards de dollars.", "USD 3,000,000,000?"),
        ("ja", "【シドニー＝共同】5億ドルで買収する。", "USD 500,000,000?"),
        ("en", "It pays $50 million, or 3 dollars a share.", "USD 50,000,000; USD 3 per share"),
        ("en", "NEW YORK, Nov 3 - It pays $50 million.", "USD 50,000,000"),
        ("en", "TORONTO, Nov 3 - It pays A$50 million and \u20ac3.", "AUD 50,000,000; EUR 3"),
    ],
)
def test_dollars(language: str, text: str, expected: str) -> None:
    assert amounts(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "STOCKHOLM, Nov 3 - It pays 500 million crowns.", "SEK 500,000,000"),
        ("en", "OSLO, Nov 3 - It pays kr 500 million.", "NOK 500,000,000"),
        ("en", "The Norwegian group pays 500 million kr.", "NOK 500,000,000"),
        ("en", "The Danish group pays 300 kroner.", "DKK 300"),
        ("en", "The Danish group pays a Norwegian one 300 kr.", "SEK 300?"),
        ("en", "It pays 300 kroner.", "NOK 300?"),
        ("en", "It pays 500 million kr.", "SEK 500,000,000?"),
        ("en", "It pays 500 million kronor.", "SEK 500,000,000"),
        ("fr", "Le groupe suédois paie 50 millions de couronnes.", "SEK 50,000,000"),
        ("de", "Der dänische Konzern zahlt 3 Milliarden Kronen.", "DKK 3,000,000,000"),
        ("de", "Er zahlt 3 Milliarden Kronen.", "SEK 3,000,000,000?"),
        ("es", "La empresa sueca pagará 3.000 millones de coronas.", "SEK 3,000,000,000"),
        ("it", "Il gruppo norvegese paga 3 miliardi di corone.", "NOK 3,000,000,000"),
        ("pt", "O grupo norueguês paga 3 mil milhões de coroas.", "NOK 3,000,000,000"),
        ("nl", "Het Deense concern betaalt 3 miljard kronen.", "DKK 3,000,000,000"),
        ("nl", "Het concern uit Noord-Holland betaalt 3 miljard kronen.", "SEK 3,000,000,000?"),
        ("pl", "Czeska spółka zapłaci 3 mld koron.", "CZK 3,000,000,000"),
        ("pl", "Daniel zapłaci 3 mld koron.", "SEK 3,000,000,000?"),
        ("ja", "デンマークの会社は5億クローネを投じる。", "DKK 500,000,000"),
        ("zh", "瑞典公司支付5亿克朗。", "SEK 500,000,000"),
    ],
)
def test_crowns(language: str, text: str, expected: str) -> None:
    assert amounts(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It pays ¥500 billion.", "JPY 500,000,000,000?"),
        ("en", "The Japanese group pays ¥500 billion.", "JPY 500,000,000,000"),
        ("en", "The Chinese group pays ¥500 million.", "CNY 500,000,000"),
        ("en", "BEIJING, Nov 3 - The Chinese group buys a Japanese one for ¥500 million.", "CNY 500,000,000"),
        ("ja", "¥500億を投じる。", "JPY 50,000,000,000"),
        ("ja", "68億元を投じる。", "CNY 6,800,000,000?"),
        ("ja", "中国の会社は68億元を投じる。", "CNY 6,800,000,000"),
        ("zh", "支付68亿元", "CNY 6,800,000,000"),
        ("zh", "支付¥5000万", "CNY 50,000,000"),
        # The traditional script is also that of Taiwan and Hong Kong.
        ("zh", "支付68億元", "CNY 6,800,000,000?"),
        ("zh", "（台北3日電）支付68億元", "TWD 6,800,000,000"),
        ("zh", "（香港3日電）支付68億元", "HKD 6,800,000,000"),
        ("zh", "營收新台幣548億，股價收在214.5元，漲逾5億", "TWD 54,800,000,000; TWD 214.5?"),
    ],
)
def test_yen_and_yuan(language: str, text: str, expected: str) -> None:
    assert amounts(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It pays £50 million.", "GBP 50,000,000"),
        ("en", "CAIRO, Nov 3 - It pays £50 million.", "GBP 50,000,000?"),
        ("en", "CAIRO, Nov 3 - It pays 50 million pounds.", "EGP 50,000,000"),
        ("en", "KARACHI - It pays Rs 500 million.", "PKR 500,000,000"),
        ("en", "The Indian firm pays Rs 500 crore.", "INR 5,000,000,000"),
        ("en", "It pays 500 million rupees.", "INR 500,000,000?"),
        ("fr", "Zurich (awp) - Il paie 50 millions de francs.", "CHF 50,000,000"),
        ("fr", "DAKAR, 3 novembre (AFP) - Il paie 50 millions de francs.", "XOF 50,000,000"),
        ("fr", "Il paie 50 millions de francs.", "CHF 50,000,000?"),
        ("es", "Bogotá, 3 nov (EFE).- Pagará 50 millones de pesos.", "COP 50,000,000"),
        ("es", "La empresa chilena pagará 50 millones de pesos.", "CLP 50,000,000"),
        ("es", "Pagará 50 millones de pesos.", "MXN 50,000,000?"),
        ("es", "Pagará 50 millones de pesos argentinos.", "ARS 50,000,000"),
    ],
)
def test_pounds_rupees_francs_and_pesos(language: str, text: str, expected: str) -> None:
    assert amounts(text, language) == expected
