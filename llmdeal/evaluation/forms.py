"""The forms in which a gold file writes a value: each read into the values that it allows."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import product
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import ValidationError

from llmdeal.evaluation.located import fault_at
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Period, Qualifier

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from llmdeal.evaluation.located import Located

__all__ = [
    "AMOUNT_KEYS",
    "alternatives",
    "dates",
    "durations",
    "enumeration",
    "is_optional",
    "money_in",
    "moneys",
    "percents",
    "texts",
]

V = TypeVar("V")
EnumT = TypeVar("EnumT", bound="StrEnum")

AMOUNT_KEYS: Final = ("amount", "currency", "qualifier", "upper", "per")
_ASIDE: Final = ("quote", "optional")
_PERIOD = re.compile(r"(\d{4})(?:-(?:(\d{2})|H([12])|Q([1-4])))?")
_DATE_FORMS: Final = "a day (2025-11-03), 2025-11, 2025, 2025-H2, 2025-Q3, or {earliest: , latest: }"


def texts(node: Located) -> list[str]:
    """Read a name or another text."""
    return [node.string()]


def enumeration(kind: type[EnumT]) -> Callable[[Located], list[EnumT]]:
    """Return a reader of one of an enumeration's values."""

    def read(node: Located) -> list[EnumT]:
        if not isinstance(node.value, str) or node.value not in set(kind):
            raise fault_at(node, f"is {node.kind}, but must be one of: {', '.join(kind)}")
        return [kind(node.value)]

    return read


_qualifier, _per = enumeration(Qualifier), enumeration(Period)


def moneys(node: Located) -> list[Money]:
    """Read an amount given as a mapping; a list in it means any of these."""
    return money_in(node, node.mapping((*AMOUNT_KEYS, *_ASIDE), ("amount", "currency")))


def money_in(node: Located, fields: dict[str, Located]) -> list[Money]:
    """Read an amount from those keys of a mapping that belong to it."""
    amounts = _any_of(fields["amount"], _number)
    currencies = _any_of(fields["currency"], _currency)
    qualifiers = _any_of_or_none(fields.get("qualifier"), _qualifier)
    uppers = _any_of_or_none(fields.get("upper"), _number)
    periods = _any_of_or_none(fields.get("per"), _per)
    try:
        return [
            Money(amount=amount, currency=currency, qualifier=qualifier or Qualifier.EXACT, upper=upper, per=per)
            for amount, currency, qualifier, upper, per in product(amounts, currencies, qualifiers, uppers, periods)
        ]
    except ValidationError as error:
        raise fault_at(node, error.errors()[0]["msg"]) from error


def percents(node: Located) -> list[Percent]:
    """Read a signed percentage: a bare number, or a mapping."""
    if not isinstance(node.value, dict):
        return [Percent(percent=_number(node)[0])]
    fields = node.mapping(("percent", *_ASIDE), ("percent",))
    return [Percent(percent=number) for number in _any_of(fields["percent"], _number)]


def durations(node: Located) -> list[Duration]:
    """Read ``{months: 84}`` or ``{multi_year: true}``."""
    fields = node.mapping(("months", "multi_year", *_ASIDE))
    if ("months" in fields) == ("multi_year" in fields):
        raise fault_at(node, "needs either months or multi_year: true")
    if "multi_year" in fields:
        if fields["multi_year"].value is not True:
            raise fault_at(fields["multi_year"], "can only be true; a term that is not stated is null")
        return [Duration(months=None)]
    return [Duration(months=months) for months in _any_of(fields["months"], _months)]


def dates(node: Located) -> list[PartialDate]:
    """Read a day, a month, a year, a half, a quarter, or the two ends of an interval."""
    if not isinstance(node.value, dict):
        return [_interval(node)]
    fields = node.mapping(("earliest", "latest", *_ASIDE), ("earliest", "latest"))
    earliest, latest = _interval(fields["earliest"]).earliest, _interval(fields["latest"]).latest
    if latest < earliest:
        raise fault_at(node, f"latest ({latest}) is before earliest ({earliest})")
    return [PartialDate(earliest=earliest, latest=latest)]


def _interval(node: Located) -> PartialDate:
    value = node.value
    if isinstance(value, date) and not isinstance(value, datetime):
        return PartialDate(earliest=value, latest=value)
    written = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(written, str):
        raise fault_at(node, f"is {node.kind}, but must be a date; write {_DATE_FORMS}")
    try:
        day = date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written) else None
        return PartialDate(earliest=day, latest=day) if day else _period(written)
    except ValueError as error:
        raise fault_at(node, f"is {node.kind}, but must be a date; write {_DATE_FORMS}") from error


def _period(written: str) -> PartialDate:
    match = _PERIOD.fullmatch(written)
    if match is None:
        raise ValueError(written)
    year = int(match[1])
    if match[2]:
        first = last = int(match[2])
    elif match[3]:
        first, last = 6 * int(match[3]) - 5, 6 * int(match[3])
    elif match[4]:
        first, last = 3 * int(match[4]) - 2, 3 * int(match[4])
    else:
        first, last = 1, 12
    earliest = date(year, first, 1)
    return PartialDate(earliest=earliest, latest=date(year, last, calendar.monthrange(year, last)[1]))


def alternatives(node: Located) -> tuple[list[Located], bool]:
    """Return what a leaf may be: itself, the items of a list, or those of ``{any_of: [...], optional: true}``.

    Args:
        node: The leaf.

    Returns:
        Its alternatives, and whether it may also be missing.

    Raises:
        GoldError: A mapping with ``any_of`` has another key than ``optional``.
    """
    found: list[Located] = []
    optional = False
    pending = [node]
    while pending:
        item = pending.pop(0)
        if isinstance(item.value, list):
            pending = [*item.value, *pending]
        elif isinstance(item.value, dict) and "any_of" in item.value:
            fields = item.mapping(("any_of", "optional"))
            optional |= is_optional(fields)
            pending = [fields["any_of"], *pending]
        elif item.value is None:
            optional = True
        else:
            found.append(item)
    return found, optional


def is_optional(fields: dict[str, Located]) -> bool:
    """Tell whether a mapping says ``optional: true``."""
    return "optional" in fields and fields["optional"].boolean()


def _any_of(node: Located, read: Callable[[Located], list[V]]) -> list[V]:
    found, optional = alternatives(node)
    if optional or not found:
        raise fault_at(node, "must be there; it is null, empty or optional")
    return [value for item in found for value in read(item)]


def _any_of_or_none(node: Located | None, read: Callable[[Located], list[V]]) -> list[V | None]:
    if node is None:
        return [None]
    found, optional = alternatives(node)
    values: list[V | None] = [value for item in found for value in read(item)]
    return [*values, None] if optional or not values else values


def _number(node: Located) -> list[Decimal]:
    if isinstance(node.value, int | float | str) and not isinstance(node.value, bool):
        try:
            number = Decimal(str(node.value))
        except InvalidOperation:
            pass
        else:
            if number.is_finite():
                return [number]
    raise fault_at(node, f"is {node.kind}, but must be a number; write it in full and without separators (38000000000)")


def _months(node: Located) -> list[int]:
    if not isinstance(node.value, int) or isinstance(node.value, bool) or node.value < 0:
        raise fault_at(node, f"is {node.kind}, but must be a whole number of months")
    return [node.value]


def _currency(node: Located) -> list[str]:
    if not isinstance(node.value, str) or not re.fullmatch(r"[A-Z]{3}", node.value):
        raise fault_at(node, f"is {node.kind}, but must be an ISO 4217 code (USD)")
    return [node.value]
