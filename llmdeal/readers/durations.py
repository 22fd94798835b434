"""Durations: how many months or years, in figures, words or compounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from llmdeal.mentions import Duration, Qualifier
from llmdeal.readers.hedges import hedge_after, hedge_before

if TYPE_CHECKING:
    from llmdeal.readers.lexing import Lexed

__all__ = ["Lasting", "duration_at"]

_LONGEST: Final = 1_200


@dataclass(frozen=True, slots=True)
class Lasting:
    """A duration that was read, and the lexemes it stands in: from ``first`` to before ``end``."""

    value: Duration
    first: int
    end: int


def duration_at(lexed: Lexed, index: int) -> Lasting | None:
    """Read a duration.

    Of a range ("three to five years") its lower end is read, as "at least". A word that says both "more
    than" and "for the length of" (over, über) leaves the length exact. Weeks and days are not read: they are
    no whole months. Ages, and what lies so long ago, are no durations.

    Args:
        lexed: The text.
        index: The lexeme that it may begin with.
    """
    found = _length_at(lexed, index)
    if found is None:
        return None
    months, end, ranged = found
    before, start = hedge_before(lexed, index)
    if _is_point_in_time(lexed, start, end):
        return None
    if "length" in lexed[start].sense.roles and start < index:
        before = None
    after = lexed[end - 1].sense.qualifier_after or hedge_after(lexed, end)[0]
    qualifier = before or after or (Qualifier.AT_LEAST if ranged else Qualifier.EXACT)
    return Lasting(Duration(months=months, qualifier=qualifier if months is not None else Qualifier.EXACT), index, end)


def _is_point_in_time(lexed: Lexed, first: int, end: int) -> bool:
    before, after = lexed[first - 1], lexed.sense(end)
    touching = lexed.next_to(first).start >= 0
    return bool((touching and "not_length_before" in before.sense.roles) or "not_length_after" in after.roles)


def _length_at(lexed: Lexed, index: int) -> tuple[int | None, int, bool] | None:
    """Return the months of a duration, the index after it, and whether it is the lower end of a range."""
    lexeme = lexed[index]
    if lexeme.sense.indefinite:
        return None, index + 1, False
    if lexeme.sense.length is not None:
        return lexeme.sense.length, index + 1, False
    number = lexeme.number
    if number is None or "vague" in lexed[index - 1].sense.roles:
        return None
    upper = lexed.range_end(index + 1)
    end = index + 1 if upper is None else upper + 1
    unit = lexed.sense(end).months
    if unit is None or lexed[index].year:
        return None
    months = number * unit
    if months != int(months) or not 0 < months <= _LONGEST:
        return None
    return int(months), end + 1, upper is not None
