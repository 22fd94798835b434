"""What is written in the habits of a locale is read back: days, months, quarters, halves, parts of them, ranges."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

import pytest
from babel.dates import format_date, format_skeleton, get_month_names
from hypothesis import given, settings
from hypothesis import strategies as st

from llmdeal.mentions import PartialDate
from llmdeal.readers import open_document, read

LANGUAGES: Final = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "ja", "zh")
LOCALES: Final = (
    "en",
    "en_GB",
    "en_IN",
    "fr",
    "fr_CA",
    "fr_CH",
    "de",
    "de_AT",
    "de_CH",
    "es",
    "es_MX",
    "it",
    "it_CH",
    "pt",
    "pt_PT",
    "nl",
    "nl_BE",
    "pl",
    "ja",
    "zh",
    "zh_Hant",
)
PUBLISHED: Final = date(2025, 11, 3)
DAYS: Final = st.dates(min_value=date(2015, 1, 1), max_value=date(2040, 12, 31))
YEARS: Final = st.integers(min_value=2000, max_value=2045)

# Forms of a day: d its number, m the month in the form that it has in a date, M the usual short one, y the year.
DAY: Final = {
    "en": ("{d} {m} {y}", "{m} {d}, {y}", "{m} {d} {y}", "the {d}{th} of {m} {y}", "{m} {d}{th}, {y}"),
    "fr": ("le {d} {m} {y}", "{d} {m} {y}", "{d}/{mm}/{y}", "{dd}.{mm}.{y}"),
    "de": ("am {d}. {m} {y}", "{d}. {m} {y}", "{dd}.{mm}.{y}", "zum {d}.{n}.{y}"),
    "es": ("el {d} de {m} de {y}", "{d} de {m} del {y}", "{d} {m} {y}", "{dd}/{mm}/{y}"),
    "it": ("il {d} {m} {y}", "{d} {m} {y}", "{dd}/{mm}/{y}"),
    "pt": ("em {d} de {m} de {y}", "{dd}/{mm}/{y}", "a {d} de {m} de {y}"),
    "nl": ("op {d} {m} {y}", "{dd}-{mm}-{y}", "{d} {m} {y}"),
    "pl": ("{d} {m} {y} r.", "{d} {m} {y} roku", "{dd}.{mm}.{y}"),
    "ja": ("{y}年{n}月{d}日", "{y}/{mm}/{dd}"),
    "zh": ("{y}年{n}月{d}日", "{y}年{n}月{d}号", "{y}/{n}/{d}"),
}
# Forms of a range of days in one month.
DAYS_OF: Final = {
    "en": (
        "{a}-{b} {m} {y}",
        "{a} to {b} {m} {y}",
        "{m} {a}-{b}, {y}",
        "from {a} to {b} {m} {y}",
        "{m} {a} to {b}, {y}",
    ),
    "fr": ("du {a} au {b} {m} {y}", "{a}-{b} {m} {y}", "entre le {a} et le {b} {m} {y}"),
    "de": ("vom {a}. bis {b}. {m} {y}", "{a}.-{b}. {m} {y}", "vom {a}. bis zum {b}. {m} {y}"),
    "es": ("del {a} al {b} de {m} de {y}", "entre el {a} y el {b} de {m} de {y}", "{a}-{b} de {m} de {y}"),
    "it": ("dal {a} al {b} {m} {y}", "tra il {a} e il {b} {m} {y}", "{a}-{b} {m} {y}"),
    "pt": ("de {a} a {b} de {m} de {y}", "entre {a} e {b} de {m} de {y}", "{a}-{b} de {m} de {y}"),
    "nl": ("van {a} tot {b} {m} {y}", "{a} t/m {b} {m} {y}", "{a}-{b} {m} {y}", "tussen {a} en {b} {m} {y}"),
    "pl": ("od {a} do {b} {m} {y} r.", "{a}-{b} {m} {y} r.", "między {a} a {b} {m} {y} r."),
    "ja": ("{y}年{n}月{a}日から{b}日", "{y}年{n}月{a}〜{b}日", "{y}年{n}月{a}日〜{b}日"),
    "zh": ("{y}年{n}月{a}日至{b}日", "{y}年{n}月{a}日到{b}日", "{y}年{n}月{a}-{b}日"),
}
# Forms of a month of a year, and of a range of months.
MONTH: Final = {
    "en": ("in {s} {y}", "{s} {y}", "by {s} of {y}"),
    "fr": ("en {s} {y}", "{s} {y}"),
    "de": ("im {s} {y}", "{s} {y}"),
    "es": ("en {s} de {y}", "{s} de {y}"),
    "it": ("a {s} {y}", "nel {s} {y}"),
    "pt": ("em {s} de {y}",),
    "nl": ("in {s} {y}",),
    "pl": ("od {m} {y} r.", "{s} {y} r."),
    "ja": ("{y}年{n}月",),
    "zh": ("{y}年{n}月",),
}
MONTHS: Final = {
    "en": ("from {s} to {t} {y}", "between {s} and {t} {y}", "{s}-{t} {y}"),
    "fr": ("de {s} à {t} {y}", "{s}-{t} {y}"),
    "de": ("von {s} bis {t} {y}", "zwischen {s} und {t} {y}"),
    "es": ("de {s} a {t} de {y}", "entre {s} y {t} de {y}"),
    "it": ("da {s} a {t} {y}", "tra {s} e {t} {y}"),
    "pt": ("de {s} a {t} de {y}", "entre {s} e {t} de {y}"),
    "nl": ("van {s} tot {t} {y}", "tussen {s} en {t} {y}"),
    "pl": ("{s}-{t} {y}",),
    "ja": ("{y}年{a}〜{b}月", "{y}年{a}月から{b}月"),
    "zh": ("{y}年{a}-{b}月", "{y}年{a}月至{b}月"),
}
# Forms of a quarter, by its number, and of a half.
QUARTER: Final = {
    "en": ("Q{q} {y}", "{q}Q{yy}", "the {first|second|third|fourth} quarter of {y}", "Q{q}'{yy}"),
    "fr": ("T{q} {y}", "le {premier|deuxième|troisième|quatrième} trimestre {y}", "au {1er|2e|3e|4e} trimestre {y}"),
    "de": ("Q{q} {y}", "im {ersten|zweiten|dritten|vierten} Quartal {y}", "im {q}. Quartal {y}"),
    "es": ("{q}T {y}", "T{q} {y}", "el {primer|segundo|tercer|cuarto} trimestre de {y}", "{q}T{yy}"),
    "it": (
        "T{q} {y}",
        "nel {primo|secondo|terzo|quarto} trimestre {y}",
        "nel {primo|secondo|terzo|quarto} trimestre del {y}",
    ),
    "pt": (
        "{q}T {y}",
        "{q}T{yy}",
        "no {primeiro|segundo|terceiro|quarto} trimestre de {y}",
        "no {q}º trimestre de {y}",
    ),
    "nl": ("Q{q} {y}", "het {eerste|tweede|derde|vierde} kwartaal van {y}", "in het {q}e kwartaal van {y}"),
    "pl": ("w {I|II|III|IV} kwartale {y} r.", "w {pierwszym|drugim|trzecim|czwartym} kwartale {y} r.", "Q{q} {y}"),
    "ja": ("{y}年第{q}四半期", "{y}年第{一|二|三|四}四半期"),
    "zh": ("{y}年第{一|二|三|四}季度", "{y}年第{q}季度", "{y}年{一|二|三|四}季度"),
}
HALF: Final = {
    "en": ("H{q} {y}", "the {first|second} half of {y}"),
    "fr": ("S{q} {y}", "le {premier|second} semestre {y}"),
    "de": ("im {ersten|zweiten} Halbjahr {y}", "H{q} {y}"),
    "es": ("el {primer|segundo} semestre de {y}", "{q}S {y}"),
    "it": ("nel {primo|secondo} semestre {y}",),
    "pt": ("no {primeiro|segundo} semestre de {y}",),
    "nl": ("in de {eerste|tweede} helft van {y}",),
    "pl": ("w {pierwszym|drugim} półroczu {y} r.",),
    "ja": ("{y}年{上期|下期}", "{y}年{上半期|下半期}"),
    "zh": ("{y}年{上半年|下半年}",),
}
# Forms of the first and the last quarter of a year, its middle half, and the year.
EARLY: Final = {
    "en": ("early {y}", "the beginning of {y}"),
    "fr": ("début {y}",),
    "de": ("Anfang {y}",),
    "es": ("a principios de {y}",),
    "it": ("a inizio {y}",),
    "pt": ("no início de {y}",),
    "nl": ("begin {y}",),
    "pl": ("na początku {y} r.",),
    "ja": ("{y}年初め",),
    "zh": ("{y}年初",),
}
MID: Final = {
    "en": ("mid-{y}", "the middle of {y}"),
    "fr": ("mi-{y}",),
    "de": ("Mitte {y}",),
    "es": ("a mediados de {y}",),
    "it": ("a metà {y}",),
    "pt": ("em meados de {y}",),
    "nl": ("medio {y}",),
    "pl": ("w połowie {y} r.",),
    "ja": ("{y}年半ば",),
    "zh": ("{y}年中",),
}
END: Final = {
    "en": ("the end of {y}", "late {y}"),
    "fr": ("fin {y}", "d\u2019ici la fin de {y}"),
    "de": ("Ende {y}",),
    "es": ("a finales de {y}", "a fines de {y}"),
    "it": ("entro la fine del {y}", "a fine {y}"),
    "pt": ("no final de {y}",),
    "nl": ("eind {y}",),
    "pl": ("do końca {y} r.",),
    "ja": ("{y}年末",),
    "zh": ("{y}年底",),
}
YEAR: Final = {
    "en": ("in {y}", "by {y}"),
    "fr": ("en {y}", "d\u2019ici {y}"),
    "de": ("im Jahr {y}", "bis {y}"),
    "es": ("en {y}",),
    "it": ("nel {y}", "entro il {y}"),
    "pt": ("em {y}", "até {y}"),
    "nl": ("in {y}",),
    "pl": ("w {y} r.", "do {y} roku"),
    "ja": ("{y}年",),
    "zh": ("{y}年",),
}


def dates_of(text: str, language: str) -> list[PartialDate]:
    mentions = read(open_document(f"x {text} x", language=language, published=PUBLISHED)).mentions
    return [mention.value for mention in mentions if isinstance(mention.value, PartialDate)]


def choose(form: str, number: int) -> str:
    """Write the word of a number where a form has several: "{first|second} half"."""
    while "|" in form:
        start = form.rindex("{", 0, form.index("|"))
        stop = form.index("}", start)
        form = form[:start] + form[start + 1 : stop].split("|")[number - 1] + form[stop + 1 :]
    return form


def suffix(day: int) -> str:
    return "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def written(form: str, language: str, day: date) -> str:
    names = get_month_names("wide", "format", locale=language)
    alone = get_month_names("wide", "stand-alone", locale=language)
    return form.format(
        d=day.day,
        dd=f"{day.day:02}",
        n=day.month,
        mm=f"{day.month:02}",
        y=day.year,
        yy=f"{day.year:04}"[2:],
        m=names[day.month],
        s=alone[day.month],
        th=suffix(day.day),
        q="{q}",
    )


def months(year: int, first: int, last: int) -> PartialDate:
    return PartialDate(earliest=date(year, first, 1), latest=date(year, last, monthrange(year, last)[1]))


@pytest.mark.parametrize("locale", LOCALES)
@settings(deadline=None, max_examples=20)
@given(day=DAYS, width=st.sampled_from(["medium", "long", "full", "yMMMMd", "yMMMd", "yMMMEd"]))
def test_a_day_in_the_forms_of_cldr_is_read_back(locale: str, day: date, width: str) -> None:
    text = format_skeleton(width, day, locale=locale) if width[0] == "y" else format_date(day, width, locale=locale)
    # A locale that writes days in figures only is as ambiguous as it is in life.
    expected = PartialDate(earliest=day, latest=day)
    if text.replace("/", "").replace(".", "").replace("-", "").isdigit() and locale[:2] in {"en", "fr", "nl"}:
        return
    assert expected in dates_of(text, locale[:2])


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=40)
@given(data=st.data(), day=DAYS, iso=st.booleans())
def test_a_day_in_the_forms_of_the_press_is_read_back(
    language: str, data: st.DataObject, day: date, *, iso: bool
) -> None:
    text = day.isoformat() if iso else written(data.draw(st.sampled_from(DAY[language])), language, day)
    assert dates_of(text, language) == [PartialDate(earliest=day, latest=day)]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=30)
@given(data=st.data(), first=DAYS, length=st.integers(min_value=1, max_value=20))
def test_a_range_of_days_is_read_back(language: str, data: st.DataObject, first: date, length: int) -> None:
    last = min(first + timedelta(days=length), date(first.year, first.month, monthrange(first.year, first.month)[1]))
    if last == first:
        return
    form = data.draw(st.sampled_from(DAYS_OF[language])).replace("{a}", str(first.day)).replace("{b}", str(last.day))
    assert dates_of(written(form, language, first), language) == [PartialDate(earliest=first, latest=last)]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=30)
@given(data=st.data(), year=YEARS, month=st.integers(min_value=1, max_value=12))
def test_a_month_is_read_back(language: str, data: st.DataObject, year: int, month: int) -> None:
    text = written(data.draw(st.sampled_from(MONTH[language])), language, date(year, month, 1))
    assert dates_of(text, language) == [months(year, month, month)]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=30)
@given(data=st.data(), year=YEARS, first=st.integers(1, 11), more=st.integers(1, 11))
def test_a_range_of_months_is_read_back(language: str, data: st.DataObject, year: int, first: int, more: int) -> None:
    last = min(first + more, 12)
    names = get_month_names("wide", "stand-alone", locale=language)
    form = data.draw(st.sampled_from(MONTHS[language]))
    text = form.format(s=names[first], t=names[last], a=first, b=last, y=year)
    assert dates_of(text, language) == [months(year, first, last)]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=30)
@given(data=st.data(), year=st.integers(min_value=2021, max_value=2045), number=st.integers(min_value=1, max_value=4))
def test_a_quarter_and_a_half_are_read_back(language: str, data: st.DataObject, year: int, number: int) -> None:
    size = data.draw(st.sampled_from([3, 6]))
    forms, number = (QUARTER[language], number) if size == 3 else (HALF[language], (number + 1) // 2)
    form = choose(data.draw(st.sampled_from(forms)), number).replace("{q}", str(number))
    text = form.format(y=year, yy=f"{year}"[2:])
    assert dates_of(text, language) == [months(year, (number - 1) * size + 1, number * size)]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None, max_examples=30)
@given(data=st.data(), year=YEARS)
def test_a_year_and_its_parts_are_read_back(language: str, data: st.DataObject, year: int) -> None:
    parts = [(EARLY, 1, 3), (MID, 4, 9), (END, 10, 12), (YEAR, 1, 12)]
    forms, first, last = data.draw(st.sampled_from(parts))
    text = data.draw(st.sampled_from(forms[language])).format(y=year)
    assert dates_of(text, language) == [months(year, first, last)]
