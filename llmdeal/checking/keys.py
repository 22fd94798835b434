"""What the key of a leaf says of it, where no mapping does. The words are data: ``keys.toml``."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from llmdeal.checking.report import LeafKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "currency_of",
    "has",
    "is_currency",
    "kind_of_number",
    "kind_of_words",
    "may_be_fraction",
    "months_per_unit",
    "scale_of",
    "words_of",
]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SPLIT = re.compile(r"[^a-z]+")
# A share may be a percentage or a fraction of one.
_SHARE: Final = "share"


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("llmdeal.checking") / "keys.toml").read_text("utf-8"))


@cache
def _rows(table: str) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((name, frozenset(words)) for name, words in _data()[table].items())


@cache
def words_of(key: str) -> frozenset[str]:
    """Return the words of a key.

    Example:
        >>> sorted(words_of("dealValue2_USD"))
        ['deal', 'usd', 'value']
    """
    return frozenset(filter(None, _SPLIT.split(_CAMEL.sub("_", key).lower())))


def has(key: str, row: str) -> bool:
    """Tell whether a key has a word of a row of the table ``about``: ``code``, ``dated`` or ``scale``.

    Example:
        >>> has("deal_type", "code"), has("expiry", "dated"), has("price", "dated")
        (True, True, False)
    """
    return not words_of(key).isdisjoint(_data()["about"][row])


def kind_of_number(key: str) -> LeafKind:
    """Return as what a number is checked.

    Example:
        >>> [kind_of_number(key).value for key in ("price_usd", "stake", "termMonths", "year", "employees", "score")]
        ['amount', 'percent', 'duration', 'date', 'number', 'ignore']
    """
    row = _first("number", key)
    return LeafKind.PERCENT if row == _SHARE else LeafKind(row or LeafKind.NUMBER)


def kind_of_words(key: str) -> LeafKind | None:
    """Return as what words are checked that no reader reads as a value, or None where their key does not say.

    Example:
        >>> [kind_of_words(key) for key in ("acquirer", "ticker", "sourceUrl", "headline")]
        [<LeafKind.NAME: 'name'>, <LeafKind.TICKER: 'ticker'>, <LeafKind.IGNORE: 'ignore'>, None]
    """
    row = _first("words", key)
    return None if row is None else LeafKind(row)


def months_per_unit(key: str) -> tuple[int, ...]:
    """Return how many months one of a duration's unit has, both where a key leaves it open.

    Example:
        >>> [months_per_unit(key) for key in ("months", "term_years", "term")]
        [(1,), (12,), (1, 12)]
    """
    if has(key, "months"):
        return (1,)
    return (12,) if has(key, "years") else (1, 12)


def may_be_fraction(key: str) -> bool:
    """Tell whether a share of 0.51 may be meant as 51 %."""
    return _first("number", key) == _SHARE


def currency_of(key: str) -> str | None:
    """Return the currency that a key names.

    Example:
        >>> currency_of("price_usd"), currency_of("price")
        ('USD', None)
    """
    found = words_of(key).intersection(_data()["about"]["currencies"])
    return next(iter(found)).upper() if found else None


def is_currency(words: str) -> bool:
    """Tell whether words are the code of a currency and nothing else.

    Example:
        >>> is_currency("USD"), is_currency("US dollars")
        (True, False)
    """
    return words.isupper() and words.lower() in _data()["about"]["currencies"]


def scale_of(words: Iterable[str]) -> Decimal:
    """Return what one of a figure is, as words such as ``million`` say.

    Example:
        >>> f"{scale_of(words_of('value_bn_usd')):f}", f"{scale_of(words_of('value')):f}"
        ('1000000000', '1')
    """
    powers = [_data()["scales"][word] for word in words if word in _data()["scales"]]
    return Decimal(1).scaleb(max(powers, default=0))


def _first(table: str, key: str) -> str | None:
    words = words_of(key)
    return next((name for name, row in _rows(table) if not words.isdisjoint(row)), None)
