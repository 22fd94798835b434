"""What the words of a language mean to the readers: a row of data, compiled once.

``languages/<code>.toml`` holds what newsrooms write, ``languages/_shared.toml`` what they write in every
language; number symbols, scale words, months, weekdays and currency names come from CLDR through Babel.
Where both speak of a word, the file wins.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from llmdeal.mentions import Qualifier
from llmdeal.readers.cldr import cldr_words, locale_of
from llmdeal.readers.homes import Homelands, homelands_of
from llmdeal.readers.numberwords import compose_words
from llmdeal.readers.phrases import cue_patterns, direction_patterns, same_sum_pattern
from llmdeal.readers.scanner import Scanner

__all__ = ["NOTHING", "Language", "Sense", "language_of"]

_FALLBACK: Final = "en"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word can mean; a word may mean several things at once (``mars``, ``second``, ``à``).

    Args:
        number: The number that a number word names.
        article: The number that an article stands for before a scale ("a billion").
        plus: What it adds to a number and its scale, in units of the scale ("et demi").
        scale: Power of ten.
        currency: ISO 4217 code.
        sign: True where the currency may stand before its figure.
        magnitude: Power of ten that a currency's code has in itself ("MEUR").
        hundredths: True where the word names the hundredth part of the currency.
        vague: True where several values are possible ("pesos", "kr").
        qualifier: How exact the figure after it is.
        qualifier_after: How exact the figure before it is.
        per: What an amount is counted per: a ``Period``, or "other" where we do not know it.
        per_before: The same, of the amount after it (每股, 年).
        percent: What makes its figure a percentage: times 1 for a per-cent sign or word, times 10 for a tenth (割).
        month: Month of the year, from 1.
        weekday: Day of the week, Monday being 0.
        part: "early", "mid" or "late".
        unit: "day", "week", "month", "quarter", "half" or "year", as a part of the calendar.
        code: A part of a year: the unit, and which of them ("Q3": quarter, 3).
        ordinal: 1 for "first"; 0 for "last".
        relative: -1 for "last", 0 for "this", 1 for "next".
        day: Days from the day of publication ("yesterday": -1).
        period: A relative unit in one word ("heuer"): the unit, and how far away.
        months: Length in months, as a unit of duration.
        length: Length in months of a duration in one word ("siebenjährig").
        indefinite: True for "multi-year".
        season: "spring", "summer", "autumn" or "winter".
        namesake: A family of currencies that share a sign or word, as ``_shared.toml`` lists them ("dollar").
        roles: What the word can do between others: "of", "and", "to", "between", "in", "the", ...
    """

    number: Decimal | None = None
    article: Decimal | None = None
    plus: Decimal | None = None
    scale: int | None = None
    currency: str | None = None
    sign: bool = False
    hundredths: bool = False
    magnitude: int | None = None
    vague: bool = False
    qualifier: Qualifier | None = None
    qualifier_after: Qualifier | None = None
    per: str | None = None
    per_before: str | None = None
    percent: int | None = None
    month: int | None = None
    weekday: int | None = None
    part: str | None = None
    unit: str | None = None
    code: tuple[str, int] | None = None
    ordinal: int | None = None
    relative: int | None = None
    day: int | None = None
    period: tuple[str, int] | None = None
    months: int | None = None
    length: int | None = None
    indefinite: bool = False
    season: str | None = None
    namesake: str | None = None
    roles: frozenset[str] = frozenset()


NOTHING: Final = Sense()


def _coded(key: str) -> tuple[str, int]:
    unit, _, number = key.partition(":")
    return unit, int(number)


def _true(_: str) -> bool:
    return True


# A table of a language's file, and how its keys are read. The lists under the keys are the words.
_TABLES: Final[Mapping[str, Callable[[str], Any]]] = {
    "number": Decimal,
    "article": Decimal,
    "plus": Decimal,
    "scale": int,
    "currency": str,
    "sign": _true,
    "hundredths": _true,
    "magnitude": int,
    "vague": _true,
    "qualifier": Qualifier,
    "qualifier_after": Qualifier,
    "per": str,
    "per_before": str,
    "percent": lambda key: 10 if key == "tenth" else 1,
    "month": int,
    "weekday": int,
    "part": str,
    "unit": str,
    "code": _coded,
    "ordinal": int,
    "relative": int,
    "day": int,
    "period": _coded,
    "months": int,
    "length": int,
    "indefinite": _true,
    "season": str,
    "namesake": str,
}


@dataclass(frozen=True, slots=True)
class Language:
    """A language, compiled.

    Args:
        code: ISO 639-1.
        decimal: Its decimal sign.
        decimal_varies: True where countries of the language differ in it.
        month_first: True where 03/11/2025 is a day in March.
        bare_years: True where a year stands alone, without "in".
        words: A word, in lower case, and what it means.
        dating: Words that a date can begin with.
        opening: Words that any mention can begin with.
        cased: Words that mean it only when written so, capitals included.
        counts_with_of: True where what is counted by millions follows with "of" ("milioni di azioni").
        year_first: True where a date goes from the year down to the day (2026年3月31日).
        calendar_weeks: True where the Friday of "last week" is never one of this week.
        after_short_year: Signs after "28年" that say it is a year and no length.
        numerals: Signs of digits, of powers of ten as negative numbers, and 10 for a decimal sign, that figures are
            composed with.
        scanner: Finds the words, the figures and the dates written in figures.
        cues: What the words before or after an amount say it is.
        falling: What before or after a percentage says that something fell; rising: that it rose.
        unsigned: What after a percentage says that it is a share of something.
        same_sum: What may stand between an amount and the same sum in another currency.
        homes: Whose currency a sign or word stands for that several countries share.
        header: Words that may stand before the date of publication; published: those that announce it.
    """

    code: str
    decimal: str
    decimal_varies: bool
    month_first: bool
    bare_years: bool
    counts_with_of: bool
    year_first: bool
    calendar_weeks: bool
    after_short_year: str
    numerals: Mapping[str, int] = field(repr=False)
    words: Mapping[str, Sense] = field(repr=False)
    dating: frozenset[str] = field(repr=False)
    opening: frozenset[str] = field(repr=False)
    cased: Mapping[str, frozenset[str]] = field(repr=False)
    scanner: Scanner = field(repr=False)
    cues: Mapping[str, re.Pattern[str]] = field(repr=False)
    directions: Mapping[str, re.Pattern[str]] = field(repr=False)
    same_sum: re.Pattern[str] = field(repr=False)
    homes: Homelands = field(repr=False)
    header: frozenset[str] = field(repr=False)
    published: frozenset[str] = field(repr=False)


@cache
def language_of(code: str) -> Language:
    """Return a language, compiled; an unknown one is read like English.

    Args:
        code: ISO 639-1 code.

    Example:
        >>> language_of("fr").words["milliards"].scale, language_of("de").words["billionen"].scale
        (9, 12)
    """
    folder = files("llmdeal.readers") / "languages"
    file = folder / f"{code}.toml"
    if not (code.isalpha() and file.is_file()):
        return language_of(_FALLBACK)
    data = tomllib.loads(file.read_text("utf-8"))
    shared = tomllib.loads((folder / "_shared.toml").read_text("utf-8"))
    return _compiled(code, data, shared)


def _compiled(code: str, data: Mapping[str, Any], shared: Mapping[str, Any]) -> Language:
    locale = locale_of(code)
    lexicon = _Lexicon()
    locales = [locale, *map(locale_of, data.get("locales", ()))]
    for section in (*(cldr_words(one, data, shared) for one in locales), compose_words(data), shared, data):
        lexicon.add(section)
    settings = data.get("settings", {})
    symbols = locale.number_symbols.get("latn", locale.number_symbols)
    return Language(
        code=code,
        decimal=str(symbols["decimal"]),
        decimal_varies=bool(settings.get("decimal_varies", False)),
        month_first=bool(settings.get("month_first", False)),
        bare_years=bool(settings.get("bare_years", False)),
        counts_with_of=bool(settings.get("counts_with_of", False)),
        year_first=bool(settings.get("year_first", False)),
        calendar_weeks=bool(settings.get("calendar_weeks", False)),
        after_short_year=str(settings.get("after_short_year", "")),
        numerals=data.get("numerals", {}),
        words=lexicon.words,
        dating=frozenset(word for word, sense in lexicon.words.items() if _opens_date(sense)),
        opening=frozenset(word for word, sense in lexicon.words.items() if _opens_date(sense) or _opens_value(sense)),
        cased={word: frozenset(spellings) for word, spellings in lexicon.cased.items()},
        scanner=Scanner(lexicon.words, data.get("numerals", {})),
        cues=cue_patterns(data),
        directions=direction_patterns(data),
        same_sum=same_sum_pattern(data),
        homes=homelands_of(data, shared),
        header=_both(data, shared, "header") | _both(data, shared, "published"),
        published=_both(data, shared, "published"),
    )


def _opens_date(sense: Sense) -> bool:
    named = (sense.month, sense.weekday, sense.part, sense.unit, sense.code, sense.ordinal, sense.relative, sense.day)
    return any(one is not None for one in (*named, sense.period, sense.season)) or bool(sense.roles & {"the", "fiscal"})


def _opens_value(sense: Sense) -> bool:
    counted = sense.number is not None or sense.article is not None or sense.length is not None
    return counted or sense.sign or sense.indefinite


def _both(data: Mapping[str, Any], shared: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(data.get(key, ())) | frozenset(shared[key])


class _Lexicon:
    """Words as they are gathered, later ones winning over earlier ones."""

    def __init__(self) -> None:
        self.words: dict[str, Sense] = {}
        self.cased: dict[str, set[str]] = {}
        self._free: set[str] = set()

    def add(self, section: Mapping[str, Any]) -> None:
        for table, read in _TABLES.items():
            for key, words in section.get(table, {}).items():
                for word in words:
                    meaning = {table: read(key)}
                    if table in {"sign", "hundredths"}:
                        meaning["currency"] = key
                    self._put(word, **meaning)
        for role, words in section.get("roles", {}).items():
            for word in words:
                known = self.words.get(word.lower(), NOTHING)
                self._put(word, roles=known.roles | {role})

    def _put(self, word: str, **meaning: Any) -> None:  # noqa: ANN401  one of the types of Sense
        for spelling in {word, word.removesuffix(".") or word}:
            lower = spelling.lower()
            self.words[lower] = replace(self.words.get(lower, NOTHING), **meaning)
            if spelling == lower:
                self._free.add(lower)
                self.cased.pop(lower, None)
            elif lower not in self._free:
                spellings = {spelling} if "sign" in meaning else {spelling, spelling.upper()}
                self.cased.setdefault(lower, set()).update(spellings)
