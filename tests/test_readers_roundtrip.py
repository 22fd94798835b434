"""What is written in the habits of a locale is read back: amounts, percentages and durations."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from llmdeal.mentions import Duration, Money, Percent, Period, Qualifier
from llmdeal.readers import open_document, read

LANGUAGES: Final = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "ja", "zh")
LOCALES: Final = (
    "en", "en_GB", "fr", "fr_CA", "de", "de_AT", "de_CH", "es", "es_MX", "it", "it_CH", "pt", "pt_PT", "nl", "nl_BE",
    "pl", "ja", "zh", "zh_Hant",
)  # fmt: skip
NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
FULL_WIDTH = str.maketrans({**{chr(0x30 + n): chr(0xFF10 + n) for n in range(10)}, ".": "．", ",": "，"})


@dataclass(frozen=True)
class Press:
    """How papers of a language write amounts.

    Args:
        scales: Words for a power of ten.
        words: Words for a currency.
        signs: Forms with a sign or a code, and the currency; ``{n}`` is the number, ``{s}`` the scale.
        ranges: Forms of a range; ``{a}`` and ``{b}`` are the numbers, ``{u}`` scale and currency.
        share: What follows an amount that is counted per share; year: per year.
        hedges: What comes before an amount, by qualifier.
        years: Forms of a length in years; months: in months.
        falls: Forms of a percentage that something fell by.
    """

    scales: dict[int, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    signs: tuple[tuple[str, str], ...]
    ranges: tuple[str, ...]
    share: tuple[str, ...]
    year: tuple[str, ...]
    hedges: dict[Qualifier, tuple[str, ...]]
    years: tuple[str, ...]
    months: tuple[str, ...]
    falls: tuple[str, ...]
    of: str = " "


PRESS: Final = {
    "en": Press(
        {3: ("thousand",), 6: ("million", "mln"), 9: ("billion",), 12: ("trillion",)},
        {"USD": ("dollars", "dlrs"), "EUR": ("euros",), "GBP": ("pounds",), "JPY": ("yen",)},
        (("${n} {s}", "USD"), ("US${n} {s}", "USD"), ("€{n} {s}", "EUR"), ("£{n} {s}", "GBP"), ("C${n} {s}", "CAD"),
         ("USD {n} {s}", "USD"), ("EUR{n} {s}", "EUR"), ("{n} {s} USD", "USD"), ("Rs {n} {s}", "INR")),
        ("between {a} and {b} {u}", "{a} to {b} {u}", "{a}-{b} {u}", "{a}\u2013{b} {u}"),
        ("per share", "a share"), ("per year", "a year", "annually"),
        {Qualifier.ABOUT: ("about", "nearly"), Qualifier.UP_TO: ("up to",), Qualifier.MORE_THAN: ("more than", "over"),
         Qualifier.AT_LEAST: ("at least",), Qualifier.LESS_THAN: ("less than",)},
        ("for {n} years", "a {n}-year contract"), ("for {n} months", "an {n}-month contract"),
        ("shares fell {n}%", "down {n} percent", "{n}% lower", "-{n}%", "\u2212{n} %", "minus {n} pct"),
    ),
    "fr": Press(
        {3: ("mille",), 6: ("millions", "M"), 9: ("milliards", "Mds", "Md"), 12: ("billions", "mille milliards")},
        {"USD": ("dollars",), "EUR": ("euros",), "GBP": ("livres sterling",), "CHF": ("francs suisses",)},
        (("{n} {s} €", "EUR"), ("{n} {s} $", "USD"), ("{n} {s} EUR", "EUR"), ("{n} {s} $ US", "USD")),
        ("entre {a} et {b} {u}", "{a} à {b} {u}", "{a}-{b} {u}"),
        ("par action", "l\u2019action"), ("par an",),
        {Qualifier.ABOUT: ("environ", "près de"), Qualifier.UP_TO: ("jusqu\u2019à",), Qualifier.MORE_THAN: ("plus de",),
         Qualifier.AT_LEAST: ("au moins",), Qualifier.LESS_THAN: ("moins de",)},
        ("sur {n} ans", "un contrat de {n} ans"), ("pour {n} mois",),
        ("en baisse de {n}%", "le titre perd {n} %", "-{n} %", "moins {n} %"), " de ",
    ),
    "de": Press(
        {3: ("Tausend", "Tsd."), 6: ("Millionen", "Mio."), 9: ("Milliarden", "Mrd.", "Mrd"), 12: ("Billionen", "Bio.")},
        {"USD": ("Dollar", "US-Dollar"), "EUR": ("Euro",), "GBP": ("Pfund",), "CHF": ("Franken",)},
        (("{n} {s} €", "EUR"), ("€ {n} {s}", "EUR"), ("{n} {s} $", "USD"), ("CHF {n} {s}", "CHF"),
         ("{n} {s} EUR", "EUR")),
        ("zwischen {a} und {b} {u}", "{a} bis {b} {u}", "{a}-{b} {u}", "{a}\u2013{b} {u}"),
        ("je Aktie", "pro Aktie"), ("pro Jahr", "jährlich"),
        {Qualifier.ABOUT: ("rund", "knapp"), Qualifier.UP_TO: ("bis zu",), Qualifier.MORE_THAN: ("mehr als",),
         Qualifier.AT_LEAST: ("mindestens",), Qualifier.LESS_THAN: ("weniger als",)},
        ("für {n} Jahre", "ein {n}-jähriger Vertrag"), ("für {n} Monate",),
        ("fiel um {n} Prozent", "verlor {n} %", "gab um {n} Prozent nach", "-{n} %", "minus {n} Prozent"),
    ),
    "es": Press(
        {3: ("mil",), 6: ("millones",), 9: ("mil millones", "millardos"), 12: ("billones",)},
        {"USD": ("dólares",), "EUR": ("euros",), "GBP": ("libras esterlinas",), "MXN": ("pesos mexicanos",)},
        (("US${n} {s}", "USD"), ("USD {n} {s}", "USD"), ("€{n} {s}", "EUR"), ("R$ {n} {s}", "BRL")),
        ("entre {a} y {b} {u}", "de {a} a {b} {u}", "{a}-{b} {u}"),
        ("por acción",), ("al año", "anuales"),
        {Qualifier.ABOUT: ("unos", "cerca de"), Qualifier.UP_TO: ("hasta",), Qualifier.MORE_THAN: ("más de",),
         Qualifier.AT_LEAST: ("al menos",), Qualifier.LESS_THAN: ("menos de",)},
        ("durante {n} años", "un contrato de {n} años"), ("durante {n} meses",),
        ("cae un {n}%", "una caída del {n} %", "-{n}%", "menos {n}%"), " de ",
    ),
    "it": Press(
        {3: ("mila",), 6: ("milioni", "mln"), 9: ("miliardi", "mld"), 12: ("bilioni", "mila miliardi")},
        {"USD": ("dollari",), "EUR": ("euro",), "GBP": ("sterline",), "CHF": ("franchi svizzeri",)},
        (("€{n} {s}", "EUR"), ("{n} {s} €", "EUR"), ("{n} {s} $", "USD"), ("EUR {n} {s}", "EUR")),
        ("tra {a} e {b} {u}", "da {a} a {b} {u}", "{a}-{b} {u}"),
        ("per azione",), ("all\u2019anno",),
        {Qualifier.ABOUT: ("circa", "quasi"), Qualifier.UP_TO: ("fino a",), Qualifier.MORE_THAN: ("oltre", "più di"),
         Qualifier.AT_LEAST: ("almeno",), Qualifier.LESS_THAN: ("meno di",)},
        ("per {n} anni", "un contratto di {n} anni"), ("per {n} mesi",),
        ("ha perso il {n}%", "in calo del {n} per cento", "-{n}%", "meno {n}%"), " di ",
    ),
    "pt": Press(
        {3: ("mil",), 6: ("milhões", "mi"), 9: ("bilhões", "bi", "mil milhões"), 12: ("trilhões", "tri", "biliões")},
        {"USD": ("dólares",), "EUR": ("euros",), "BRL": ("reais",), "GBP": ("libras esterlinas",)},
        (("R$ {n} {s}", "BRL"), ("US$ {n} {s}", "USD"), ("€ {n} {s}", "EUR"), ("{n} {s} €", "EUR")),
        ("entre {a} e {b} {u}", "de {a} a {b} {u}", "{a}-{b} {u}"),
        ("por ação",), ("por ano", "ao ano"),
        {Qualifier.ABOUT: ("cerca de", "quase"), Qualifier.UP_TO: ("até",), Qualifier.MORE_THAN: ("mais de",),
         Qualifier.AT_LEAST: ("pelo menos",), Qualifier.LESS_THAN: ("menos de",)},
        ("por {n} anos", "um contrato de {n} anos"), ("durante {n} meses",),
        ("a ação caiu {n}%", "queda de {n}%", "-{n}%", "menos {n}%"), " de ",
    ),
    "nl": Press(
        {3: ("duizend",), 6: ("miljoen", "mln"), 9: ("miljard", "mrd"), 12: ("biljoen",)},
        {"USD": ("dollar",), "EUR": ("euro",), "GBP": ("pond",), "CHF": ("Zwitserse frank",)},
        (("€ {n} {s}", "EUR"), ("$ {n} {s}", "USD"), ("{n} {s} euro", "EUR"), ("EUR {n} {s}", "EUR")),
        ("tussen {a} en {b} {u}", "{a} tot {b} {u}", "{a}-{b} {u}"),
        ("per aandeel",), ("per jaar", "jaarlijks"),
        {Qualifier.ABOUT: ("ongeveer", "bijna"), Qualifier.UP_TO: ("maximaal",), Qualifier.MORE_THAN: ("meer dan",),
         Qualifier.AT_LEAST: ("minstens",), Qualifier.LESS_THAN: ("minder dan",)},
        ("een contract van {n} jaar", "een {n}-jarig contract"), ("gedurende {n} maanden",),
        ("daalde met {n} procent", "stond {n}% lager", "-{n}%", "min {n} procent"),
    ),
    "pl": Press(
        {3: ("tys.", "tysięcy"), 6: ("mln", "milionów"), 9: ("mld", "miliardów"), 12: ("bln", "bilionów")},
        {"USD": ("dolarów",), "EUR": ("euro",), "PLN": ("zł", "złotych"), "GBP": ("funtów",)},
        (("{n} {s} zł", "PLN"), ("{n} {s} PLN", "PLN"), ("{n} {s} EUR", "EUR"), ("{n} {s} USD", "USD")),
        ("między {a} a {b} {u}", "od {a} do {b} {u}", "{a}-{b} {u}"),
        ("za akcję",), ("rocznie",),
        {Qualifier.ABOUT: ("około", "blisko"), Qualifier.UP_TO: ("maksymalnie",), Qualifier.MORE_THAN: ("ponad",),
         Qualifier.AT_LEAST: ("co najmniej",), Qualifier.LESS_THAN: ("poniżej",)},
        ("na {n} lat", "umowa {n}-letnia"), ("na {n} miesięcy",),
        ("spadł o {n} proc.", "spadek o {n} procent", "-{n}%", "minus {n} proc."),
    ),
    "ja": Press(
        {4: ("万",), 8: ("億",), 12: ("兆",)},
        {"JPY": ("円",), "USD": ("ドル", "米ドル"), "EUR": ("ユーロ",), "GBP": ("ポンド",), "HKD": ("香港ドル",)},
        (("${n}{s}", "USD"), ("€{n}{s}", "EUR"), ("¥{n}{s}", "JPY")),
        ("{a}〜{b}{u}", "{a}～{b}{u}", "{a}から{b}{u}"),
        (), (),
        {Qualifier.ABOUT: ("約", "およそ"), Qualifier.UP_TO: ("最大",), Qualifier.AT_LEAST: ("少なくとも",)},
        ("{n}年間", "{n}年契約"), ("{n}カ月", "{n}カ月間"),
        ("前日比{n}%安", "{n}％減", "-{n}%", "▲{n}%"), "",
    ),
    "zh": Press(
        {4: ("万", "萬"), 8: ("亿", "億"), 12: ("万亿", "兆")},
        {"CNY": ("元", "元人民币"), "USD": ("美元",), "EUR": ("欧元", "歐元"), "HKD": ("港元",), "JPY": ("日元",)},
        (("人民币{n}{s}元", "CNY"), ("US${n}{s}", "USD"), ("新台幣{n}{s}元", "TWD"), ("¥{n}{s}", "CNY")),
        ("{a}至{b}{u}", "{a}-{b}{u}", "{a}到{b}{u}"),
        (), (),
        {Qualifier.ABOUT: ("约", "近"), Qualifier.UP_TO: ("不超过", "至多"), Qualifier.MORE_THAN: ("超过", "逾"),
         Qualifier.AT_LEAST: ("至少",), Qualifier.LESS_THAN: ("不到",)},
        ("为期{n}年", "合同期{n}年"), ("{n}个月",),
        ("股价下跌{n}%", "同比下降{n}％", "-{n}%"), "",
    ),
}  # fmt: skip
# Two decimals, as papers write; Spanish papers differ in their decimal sign, so that three could be a group.
NUMBERS = st.decimals(min_value="1.1", max_value="999", places=2).map(lambda number: number.normalize())


def mentions_of(text: str, language: str) -> list[object]:
    return [mention.value for mention in read(open_document(f"x {text} x", language=language)).mentions]


def amounts_of(text: str, language: str) -> list[Money]:
    return [value for value in mentions_of(text, language) if isinstance(value, Money)]


def spaced(text: str, blank: str) -> str:
    """Write another blank between the parts of an amount; where the amount has none, it stays."""
    return text.replace(" ", blank)


def united(language: str, scale: str, word: str) -> str:
    """Join a scale and a currency's word: "milliards d'euros", "mille euros"."""
    of = PRESS[language].of
    of = " " if scale in {"mille", "mila", "mil"} else of
    if language == "fr" and of == " de " and word[0] in "aeiou":
        of = " d\u2019"
    return f"{scale}{of}{word}"


@pytest.mark.parametrize("locale", LOCALES)
@settings(deadline=None, max_examples=30)
@given(data=st.data(), number=NUMBERS, blank=st.sampled_from([" ", NBSP, NARROW]), wide=st.booleans())
def test_an_amount_with_its_scale_and_word_is_read_back(
    locale: str, data: st.DataObject, number: Decimal, blank: str, *, wide: bool
) -> None:
    language = locale[:2]
    press = PRESS[language]
    power = data.draw(st.sampled_from(sorted(press.scales)))
    scale = data.draw(st.sampled_from(press.scales[power]))
    currency = data.draw(st.sampled_from(sorted(press.words)))
    word = data.draw(st.sampled_from(press.words[currency]))
    figure = format_decimal(number, locale=locale)
    between = blank if press.of else ""
    written = (
        f"{figure.translate(FULL_WIDTH) if wide else figure}{between}{spaced(united(language, scale, word), blank)}"
    )
    if scale == "mille milliards" and number < 2:
        return
    assert amounts_of(written, language) == [Money(amount=number.scaleb(power), currency=currency)]


@pytest.mark.parametrize("locale", LOCALES)
@settings(deadline=None, max_examples=30)
@given(data=st.data(), number=NUMBERS)
def test_an_amount_with_its_sign_or_code_is_read_back(locale: str, data: st.DataObject, number: Decimal) -> None:
    press = PRESS[locale[:2]]
    power = data.draw(st.sampled_from(sorted(press.scales)))
    scale = data.draw(st.sampled_from(press.scales[power]))
    form, currency = data.draw(st.sampled_from(press.signs))
    written = form.format(n=format_decimal(number, locale=locale), s=scale)
    assert amounts_of(written, locale[:2]) == [Money(amount=number.scaleb(power), currency=currency)]


@pytest.mark.parametrize("locale", LOCALES)
@settings(deadline=None, max_examples=30)
@given(
    number=st.one_of(
        st.integers(min_value=1, max_value=10**12).map(Decimal),
        st.decimals(min_value="1000", max_value="1e9", places=2),
    ),
    group=st.sampled_from(["", "own", NBSP, NARROW, THIN]),
    wide=st.booleans(),
)
def test_a_full_amount_is_read_back_however_it_is_grouped(
    locale: str, number: Decimal, group: str, *, wide: bool
) -> None:
    figure = format_decimal(number, locale=locale, group_separator=group == "own")
    whole, sign, part = figure, "", ""
    if group not in {"", "own"}:
        plain = f"{number:f}"
        digits, _, part = plain.partition(".")
        part = part.rstrip("0")
        whole = f"{int(digits):,}".replace(",", group)
        sign = format_decimal(Decimal("0.5"), locale=locale)[1] if part else ""
    written = f"{whole}{sign}{part}"
    euro = {"ja": "ユーロ", "zh": "欧元"}.get(locale[:2], " euro")
    written = f"{written.translate(FULL_WIDTH) if wide else written}{euro}"
    assert amounts_of(written, locale[:2]) == [Money(amount=number, currency="EUR")]


@pytest.mark.parametrize("locale", LOCALES)
@settings(deadline=None, max_examples=25)
@given(data=st.data(), low=NUMBERS, more=st.decimals(min_value="0.5", max_value="500", places=1))
def test_the_scale_and_currency_of_a_range_reach_back(
    locale: str, data: st.DataObject, low: Decimal, more: Decimal
) -> None:
    press = PRESS[locale[:2]]
    power = data.draw(st.sampled_from(sorted(press.scales)))
    scale, high = data.draw(st.sampled_from(press.scales[power])), low + more
    currency = data.draw(st.sampled_from(sorted(press.words)))
    unit = united(locale[:2], scale, press.words[currency][0])
    first, second = (format_decimal(number, locale=locale, group_separator=False) for number in (low, high))
    written = data.draw(st.sampled_from(press.ranges)).format(a=first, b=second, u=unit)
    expected = Money(amount=low.scaleb(power), upper=high.scaleb(power), currency=currency)
    assert amounts_of(written, locale[:2]) == [expected]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=40)
@given(data=st.data(), number=NUMBERS)
def test_a_hedge_and_what_an_amount_is_counted_per_are_read_back(
    language: str, data: st.DataObject, number: Decimal
) -> None:
    press = PRESS[language]
    power = data.draw(st.sampled_from(sorted(press.scales)))
    qualifier = data.draw(st.sampled_from([Qualifier.EXACT, *press.hedges]))
    hedge = "" if qualifier is Qualifier.EXACT else data.draw(st.sampled_from(press.hedges[qualifier]))
    per = data.draw(st.sampled_from([None, *([Period.SHARE, Period.YEAR] if press.share else [])]))
    counted = {None: ("",), Period.SHARE: press.share, Period.YEAR: press.year}[per]
    unit = united(language, press.scales[power][0], press.words["EUR"][0])
    blank = " " if press.of else ""
    parts = (hedge, format_decimal(number, locale=language), unit, data.draw(st.sampled_from(counted)))
    expected = Money(amount=number.scaleb(power), currency="EUR", qualifier=qualifier, per=per)
    assert amounts_of(blank.join(part for part in parts if part), language) == [expected]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=40)
@given(data=st.data(), number=st.decimals(min_value="0.1", max_value="99", places=1), wide=st.booleans())
def test_a_percentage_that_fell_is_read_back_negative(
    language: str, data: st.DataObject, number: Decimal, *, wide: bool
) -> None:
    form = data.draw(st.sampled_from(PRESS[language].falls))
    written = form.format(n=format_decimal(number, locale=language))
    found = mentions_of(written.translate(FULL_WIDTH) if wide and language in {"ja", "zh"} else written, language)
    assert found == [Percent(percent=-number)]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=40)
@given(data=st.data(), number=st.integers(min_value=2, max_value=99))
def test_a_duration_is_read_back(language: str, data: st.DataObject, number: int) -> None:
    forms, months = data.draw(st.sampled_from([(PRESS[language].years, 12), (PRESS[language].months, 1)]))
    found = mentions_of(data.draw(st.sampled_from(forms)).format(n=number), language)
    assert found == [Duration(months=number * months)]


def in_signs(number: int, ten_thousands: str) -> str:
    """Write a number as Han signs: 250000000 as 二億五千万."""
    written, rest = "", number
    for power, sign in ((12, ten_thousands[2]), (8, ten_thousands[1]), (4, ten_thousands[0]), (0, "")):
        count, rest = divmod(rest, 10**power)
        written += f"{under_ten_thousand(count)}{sign}" if count else ""
    return written


def under_ten_thousand(number: int) -> str:
    written = ""
    for power, sign in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        count, number = divmod(number, 10**power)
        written += (
            f"{'' if count == 1 and sign and not written else '〇一二三四五六七八九'[count]}{sign}" if count else ""
        )
    return written


@settings(deadline=None, max_examples=150)
@given(
    number=st.integers(min_value=1, max_value=9999),
    power=st.sampled_from([0, 4, 8]),
    more=st.integers(min_value=0, max_value=9999),
)
def test_an_amount_in_han_signs_is_read_back(number: int, power: int, more: int) -> None:
    amount = number * 10**power + (more * 10 ** (power - 4) if power else 0)
    for language, myriads, yen in (("ja", "万億兆", "円"), ("zh", "万亿兆", "日元"), ("zh", "萬億兆", "日圓")):
        written = in_signs(amount, myriads)
        assert amounts_of(f"{written}{yen}", language) == [Money(amount=Decimal(amount), currency="JPY")]
