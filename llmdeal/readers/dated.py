"""A stretch of the calendar that was read, and what holds of it whatever its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from llmdeal.readers.calendar import Interval

if TYPE_CHECKING:
    from llmdeal.readers.lexing import Lexed

__all__ = ["COMMA", "Dated", "counts_something", "other_end"]

COMMA: Final = (", ", ",")
_STOPS: Final = (". ", ".")
# A range of days in German has the full stop of an ordinal before its hyphen: "3.-5. November".
_HYPHENS: Final = frozenset({"-", " - ", "- ", " -", ".-", ". - "})


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of the calendar that was read, and the lexemes it stands in.

    Args:
        interval: What was read.
        first: Its first lexeme.
        end: One past its last.
        full: True for a day whose year the text states itself.
        fiscal: True where a company's business year is meant.
        vague: True where it could be another one: day and month the other way round, a season of the other hemisphere.
    """

    interval: Interval
    first: int
    end: int
    full: bool = False
    fiscal: bool = False
    vague: bool = False


def counts_something(lexed: Lexed, end: int) -> bool:
    """Tell whether the last figure before an index counts something ("in May 38 million") and is no part of a date."""
    after, last = lexed.sense(end), lexed[end - 1]
    if last.kind != "n":
        return False
    counted = after.months is not None and not (last.year and after.unit == "year")
    return bool(after.scale is not None or after.currency or after.percent or counted)


def other_end(lexed: Lexed, first: int, index: int, *, neighbours: bool = False) -> int | None:
    """Return the lexeme that is the other end of a range of days or months, if there is one.

    Args:
        lexed: The text.
        first: The lexeme that is the one end.
        index: The lexeme after it.
        neighbours: True where "and" may also join two that follow one another ("les 3 et 4 novembre").
    """
    if lexed.gap(index) in _HYPHENS:
        return index
    roles = lexed[index].sense.roles
    if not roles or lexed.next_to(index, *_STOPS).start < 0:
        return None
    if "and" in roles and not neighbours:
        before = first - 1 if "the" in lexed[first - 1].sense.roles else first
        if lexed.gap(before) is None or "between" not in lexed[before - 1].sense.roles:
            return None
    elif not roles & {"to", "till", "and"}:
        return None
    at = index + 1 + ("the" in lexed.sense(index + 1).roles)
    return at if lexed.next_to(at).start >= 0 else None
