"""What CLDR knows of a language's words: months, weekdays, scales, currencies and their signs."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name, get_currency_symbol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["cldr_words", "locale_of"]

_FALLBACK: Final = "en"


def locale_of(code: str) -> Locale:
    """Return a locale, English for a code that CLDR does not know."""
    try:
        return Locale.parse(code)
    except (ValueError, UnknownLocaleError):
        return Locale.parse(_FALLBACK)


def cldr_words(locale: Locale, data: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return what CLDR knows of a locale, in the shape of a language's file, but for the words it drops."""
    currencies, dropped = shared["currencies"], frozenset(data.get("drop", ()))
    months: dict[str, list[str]] = {}
    weekdays: dict[str, list[str]] = {}
    for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
        for number, name in locale.months[context][width].items():
            months.setdefault(str(number), []).append(name)
        if width == "wide":
            for number, name in locale.days[context][width].items():
                weekdays.setdefault(str(number), []).append(name)
    scales: dict[str, list[str]] = {}
    for power, word in _scales(locale):
        scales.setdefault(str(power), []).append(word)
    names = {code: [get_currency_name(code, count, locale=locale) for count in (1, 2, 5)] for code in currencies}
    signs = {code: [get_currency_symbol(code, locale=locale)] for code in currencies}
    tables = {"month": months, "weekday": weekdays, "scale": scales, "currency": names, "sign": signs}
    return {
        name: {key: [word for word in words if word not in dropped] for key, words in table.items()}
        for name, table in tables.items()
    }


def _scales(locale: Locale) -> Iterator[tuple[int, str]]:
    for forms in locale.compact_decimal_formats.values():
        for patterns in forms.values():
            for amount, pattern in patterns.items():
                match = re.fullmatch(r"(0+)[ \u00a0]?(\D+)", pattern.pattern.replace("'.'", "."))
                if match:
                    yield len(amount) - len(match[1]), match[2].replace("\u00a0", " ")
