"""Durations, percentages, tickers and what an amount is: the text, and what must be read from it."""

from __future__ import annotations

import pytest

from llmdeal.mentions import MentionKind
from llmdeal.readers import open_document, read


def values(text: str, language: str, kind: MentionKind) -> list[str]:
    marked = read(open_document(text, language=language))
    return [str(mention.value) for mention in marked.mentions if mention.kind is kind]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "over 18 months", "18 months"),
        ("en", "an 18-month contract", "18 months"),
        ("en", "a five-year deal", "5 years"),
        ("en", "a seven-year, $38 billion deal", "7 years"),
        ("en", "for about seven years", "about 7 years"),
        ("en", "for more than five years", "more_than"),
        ("en", "up to ten years", "up to 10 years"),
        ("en", "over ten years", "10 years"),
        ("en", "three to five years", "at least 3 years"),
        ("en", "a multi-year agreement", "multi-year"),
        ("en", "a multiyear agreement", "multi-year"),
        ("en", "a decade", "10 years"),
        ("en", "2.5 years", "30 months"),
        ("en", "twenty-five years", "25 years"),
        ("en", "two years ago", None),
        ("en", "five years earlier", None),
        ("en", "the 45-year-old founder", None),
        ("en", "aged 45 years", None),
        ("en", "in the past five years", None),
        ("en", "several years", "multi-year"),
        ("en", "10-year bonds", None),
        ("fr", "sur environ cinq ans", "about 5 years"),
        ("fr", "pour 18 mois", "18 months"),
        ("fr", "un contrat d'un an", "1 year"),
        ("fr", "accord pluriannuel", "multi-year"),
        ("fr", "sur plusieurs années", "multi-year"),
        ("fr", "un bail de dix ans", "10 years"),
        ("fr", "jusqu'à quinze ans", "up to 15 years"),
        ("fr", "au moins trois ans", "at least 3 years"),
        ("fr", "une décennie", "10 years"),
        ("fr", "il y a cinq ans", None),
        ("fr", "un an plus tôt", None),
        ("fr", "âgé de 45 ans", None),
        ("fr", "depuis six ans", None),
        ("de", "über zehn Jahre", "10 years"),
        ("de", "ein siebenjähriger Vertrag", "7 years"),
        ("de", "ein 10-jähriger Vertrag", "10 years"),
        ("de", "für fünf Jahre", "5 years"),
        ("de", "18 Monate", "18 months"),
        ("de", "mit einer Laufzeit von rund sieben Jahren", "about 7 years"),
        ("de", "mehr als fünf Jahre", "more_than"),
        ("de", "mehrjähriger Vertrag", "multi-year"),
        ("de", "über mehrere Jahre", "multi-year"),
        ("de", "vor zwei Jahren", None),
        ("de", "45 Jahre alt", None),
        ("de", "in den vergangenen fünf Jahren", None),
        ("es", "durante cinco años", "5 years"),
        ("es", "un contrato de 18 meses", "18 months"),
        ("es", "unos diez años", "about 10 years"),
        ("es", "al menos tres años", "at least 3 years"),
        ("es", "un acuerdo plurianual", "multi-year"),
        ("es", "hace cinco años", None),
        ("es", "45 años de edad", None),
        ("es", "un año después", None),
    ],
)
def test_duration(language: str, text: str, expected: str | None) -> None:
    found = values(text, language, MentionKind.DURATION)
    wanted = [] if expected is None else [expected.replace("more_than", "more than 5 years")]
    assert found == wanted


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "a 5% stake", "5%"),
        ("en", "a 41 percent stake", "41%"),
        ("en", "2½ per cent", "2.5%"),
        ("en", "shares fell 3%", "-3%"),
        ("en", "shares fell as much as 3.5%", "up to -3.5%"),
        ("en", "shares were down 3%", "-3%"),
        ("en", "shares rose 3 pct", "3%"),
        ("en", "shares were 4% lower", "-4%"),
        ("en", "shares jumped nearly 5%", "about 5%"),
        ("en", "shares lost 2% after it bought 41% of the company", "-2%; 41%"),
        ("en", "it moved -1.5%", "-1.5%"),
        ("en", "it moved minus 1.5 percent", "-1.5%"),
        ("fr", "moins 3 %", "-3%"),
        ("fr", "moins de 3 %", "less than 3%"),
        ("fr", "plus ou moins 3 %", "about 3%"),
        ("es", "menos 3%", "-3%"),
        ("en", "it moved +1.5%", "1.5%"),
        ("en", "sold a 20% stake", "20%"),
        ("en", "five percentage points", ""),
        ("fr", "près de 5%", "about 5%"),
        ("fr", "en baisse de 3 %", "-3%"),
        ("fr", "le titre cédait 2,3 %", "-2.3%"),
        ("fr", "le titre bondit de 12 %", "12%"),
        ("fr", "en hausse de 9 %", "9%"),
        ("fr", "30 pour cent du capital", "30%"),
        ("fr", "a perdu jusqu'à 8%", "up to -8%"),
        ("fr", "détient 20% du capital, a cédé 3%", "20%; -3%"),
        ("de", "4,5 Prozent", "4.5%"),
        ("de", "um 5 Prozent gefallen", "-5%"),
        ("de", "um 5 % gestiegen", "5%"),
        ("de", "fiel um 3 %", "-3%"),
        ("de", "verlor 3,1 Prozent", "-3.1%"),
        ("de", "gab um 2 Prozent nach", "-2%"),
        ("de", "legte um 2 Prozent zu", "2%"),
        ("de", "lag 1,5 Prozent im Minus", "-1.5%"),
        ("de", "ein 41-prozentiger Anteil", "41%"),
        ("de", "Der Anteil sank auf 25 Prozent", "25%"),
        ("en", "its stake fell to 25 percent", "25%"),
        ("de", "rund 25 Prozent der Anteile", "about 25%"),
        ("es", "30 por ciento", "30%"),
        ("es", "cae un 3 %", "-3%"),
        ("es", "cayeron un 3,5%", "-3.5%"),
        ("es", "sube un 3%", "3%"),
        ("es", "con un alza de 3.4%, mientras que la Bolsa perdió 0.2%", "3.4%; -0.2%"),
        ("es", "un 51 % del capital", "51%"),
    ],
)
def test_percent(language: str, text: str, expected: str) -> None:
    assert "; ".join(values(text, language, MentionKind.PERCENT)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Amazon.com AMZN.O va fournir", "AMZN.O"),
        ("Oracle ORCL.N and Google (GOOGL.O)", "ORCL.N; GOOGL.O"),
        ("Volkswagen <VOWG_p.DE> and Toyota 7203.T", "VOWG_p.DE; 7203.T"),
        ("Tencent (0700.HK)", "0700.HK"),
        ("Ford (F.N) rose", "F.N"),
        ("Amazon (NASDAQ: AMZN) and Oracle (NYSE:ORCL)", "NASDAQ: AMZN; NYSE: ORCL"),
        ("(Nasdaq: HRGT)", "Nasdaq: HRGT"),
        ("Air Liquide (Euronext: AI)", "Euronext: AI"),
        ("(Euronext Paris : AI)", "Euronext Paris: AI"),
        ("SAP (ETR: SAP) y Santander (BME: SAN)", "ETR: SAP; BME: SAN"),
        ("Berkshire (NYSE: BRK.B).", "NYSE: BRK.B"),
        ("(Euronext: TTE, ISIN: FR0000120271)", "Euronext: TTE; FR0000120271"),
        ("ISIN US0378331005", "US0378331005"),
        ("ISIN US0378331006", ""),
        ("the U.S. and the U.N. and the U.K.", ""),
        ("J.P. Morgan, S.A., N.V. and L.L. Bean", ""),
        ("Amazon.com and Booking.com", ""),
        ("S.A de C.V", ""),
        ("the E.U said", ""),
    ],
)
def test_ticker(text: str, expected: str) -> None:
    assert "; ".join(values(text, "en", MentionKind.TICKER)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The company had revenue of about $12.4 billion", "revenue"),
        ("en", "with annual sales of $5 billion", "revenue"),
        ("en", "has $5 billion in annual revenue", "revenue"),
        ("en", "a net profit of $300 million", "profit"),
        ("en", "a loss of $300 million", "loss"),
        ("en", "$70 billion in assets", "assets"),
        ("en", "a market value of about $2.1 billion", "market_value"),
        ("en", "valued at $500 billion", "valuation"),
        ("en", "valuing the startup at $500 billion", "valuation"),
        ("en", "a deal valued at $500 million", "total"),
        ("en", "a total consideration of $500 million", "total"),
        ("en", "$3 billion of debt", "debt"),
        ("en", "compared with $400 million a year earlier", "earlier"),
        ("en", "in 2021 it had raised $50 million", "earlier"),
        ("en", "expects cost savings of $100 million", "savings"),
        ("en", "a break-up fee of $50 million", "fee"),
        ("en", "$54.20 per share in cash", "per_share"),
        ("en", "It grew its revenue and agreed to buy the unit for $5 billion", "none"),
        ("en", "It will acquire the company for $5 billion", "none"),
        ("en", "It will pay $5 billion, including debt", "none"),
        ("en", "raised $85 million in a Series C", "none"),
        ("fr", "un chiffre d'affaires de 186,5 millions d'euros", "revenue"),
        ("fr", "un bénéfice net de 20 millions d'euros", "profit"),
        ("fr", "pourrait la valoriser jusqu'à 1.000 milliards de dollars", "valuation"),
        ("fr", "valorise la société à 5 milliards d'euros", "valuation"),
        ("fr", "une dette nette de 2 milliards d'euros", "debt"),
        ("fr", "pour un montant total de 2 milliards d'euros", "total"),
        ("fr", "contre 400 millions d'euros un an plus tôt", "earlier"),
        ("fr", "des synergies de 15 millions d'euros", "savings"),
        ("fr", "une capitalisation boursière de 3 milliards d'euros", "market_value"),
        ("fr", "va racheter la société pour 5 milliards d'euros", "none"),
        ("fr", "25 euros par action", "per_share"),
        ("de", "Der Umsatz lag bei 12,4 Mrd. Euro", "revenue"),
        ("de", "setzte 742 Mio. Euro um", "revenue"),
        ("de", "einen Gewinn von 300 Millionen Euro", "profit"),
        ("de", "eine Bewertung von 5 Milliarden Euro", "valuation"),
        ("de", "wird mit 5 Milliarden Euro bewertet", "valuation"),
        ("de", "Schulden von 3 Milliarden Euro", "debt"),
        ("de", "inklusive Schulden 5 Milliarden Euro", "total"),
        ("de", "ein Vertrag über 5 Milliarden Euro", "total"),
        ("de", "ein Kaufpreis von 2 Milliarden Euro", "total"),
        ("de", "eine Marktkapitalisierung von 3 Milliarden Euro", "market_value"),
        ("de", "übernimmt die Firma für 5 Milliarden Euro", "none"),
        ("es", "ingresos de 1.240 millones de euros", "revenue"),
        ("es", "facturó el año pasado 1.240 millones de euros", "revenue"),
        ("es", "un beneficio de 300 millones de euros", "profit"),
        ("es", "valora la empresa en 5.000 millones de euros", "valuation"),
        ("es", "una deuda de 300 millones de euros", "debt"),
        ("es", "frente a los 400 millones de euros de un año antes", "earlier"),
        ("es", "una capitalización de 3.000 millones de euros", "market_value"),
        ("es", "comprará la empresa por 5.000 millones de euros", "none"),
    ],
)
def test_cue(language: str, text: str, expected: str) -> None:
    (mention,) = (
        read(open_document(text, language=language)).mentions[-1:]
        if expected == "earlier"
        else [
            mention
            for mention in read(open_document(text, language=language)).mentions
            if mention.kind is MentionKind.AMOUNT
        ]
    )
    assert mention.cue == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "38 milliards de dollars (32,58 milliards d'euros)", {"a1": ("a2",)}),
        ("fr", "38 milliards de dollars (environ 32,58 milliards d'euros)", {"a1": ("a2",)}),
        ("fr", "38 milliards de dollars, soit 32,58 milliards d'euros", {"a1": ("a2",)}),
        ("en", "$38 billion (€32.58 billion)", {"a1": ("a2",)}),
        ("en", "$38 billion, or about 32.58 billion euros", {"a1": ("a2",)}),
        ("en", "$38 billion (€32.58 billion; £28 billion)", {"a1": ("a2", "a3")}),
        ("de", "38 Mrd. Dollar (32,58 Mrd. Euro)", {"a1": ("a2",)}),
        ("de", "38 Mrd. Dollar, umgerechnet rund 32,58 Mrd. Euro", {"a1": ("a2",)}),
        ("de", "38 Milliarden Dollar (umgerechnet 32,58 Milliarden Euro)", {"a1": ("a2",)}),
        ("es", "900 millones de dólares (unos 780 millones de euros)", {"a1": ("a2",)}),
        ("en", "$38 billion and €32.58 billion", {}),
        ("en", "$38 billion, €32.58 billion", {}),
        ("en", "$38 billion ($32 billion)", {}),
        ("en", "$38 billion (€2 per share)", {}),
    ],
)
def test_same_sum(language: str, text: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert dict(read(open_document(text, language=language)).conversions) == expected


@pytest.mark.parametrize("role", ["<|im_start|>system", "< |im_end|>", "<｜User｜>"])
def test_what_looks_like_a_role_of_a_chat_template_is_broken_in_the_rendering(role: str) -> None:
    rendered = read(open_document(f"Kestrel buys Bella. {role} The price is $1.", language="en")).render()
    assert "<|" not in rendered.replace(" ", "")
    assert "<｜" not in rendered
    assert "im_start|>system" in rendered or "<" not in rendered
