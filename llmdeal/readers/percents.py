"""Percentages, signed by their sign or by the words around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from llmdeal.mentions import Percent, Qualifier
from llmdeal.readers.hedges import hedge_after, hedge_before
from llmdeal.readers.lexing import END

if TYPE_CHECKING:
    from llmdeal.readers.lexing import Lexed

__all__ = ["Share", "percent_at"]

_WINDOW: Final = 70
_LARGEST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage that was read, and where it stands in the text."""

    value: Percent
    start: int
    stop: int


def percent_at(lexed: Lexed, index: int) -> Share | None:
    """Read a percentage; of a range ("3-5 %") its lower end, as "at least".

    Args:
        lexed: The text.
        index: The lexeme that it may begin with.
    """
    number = lexed[index].number
    if number is None:
        return None
    upper = lexed.range_end(index + 1)
    end = index + 1 if upper is None else upper + 1
    factor = lexed.sense(end).percent
    named_before = "percent_before" in lexed[index - 1].sense.roles and lexed.next_to(index) is not END
    if named_before:
        factor, end = 1, end - 1
    if factor is None or number > _LARGEST:
        return None
    number *= factor
    qualifier, first = hedge_before(lexed, index - named_before)
    qualifier = qualifier or hedge_after(lexed, end + 1)[0] or (Qualifier.AT_LEAST if upper else Qualifier.EXACT)
    start, stop = lexed[index - named_before].start, lexed[end].stop
    sign = lexed.text[start - 1 : start] if start else ""
    signed = sign in {"+", "-"} and not lexed.text[max(start - 2, 0) : start - 1].isalnum()
    minus = "minus" in lexed[first - 1].sense.roles and lexed.next_to(first) is not END
    falls = sign == "-" if signed else minus or _falls(lexed, lexed[first].start, stop)
    value = Percent(percent=-number if falls else number, qualifier=qualifier)
    return Share(value, start - signed, stop)


def _falls(lexed: Lexed, start: int, stop: int) -> bool:
    """Tell whether the words around a percentage say that something went down by it."""
    patterns = lexed.language.directions
    before, after = lexed.text[max(start - _WINDOW, 0) : start], lexed.text[stop : stop + _WINDOW]
    if patterns["share_after"].match(after):
        return False
    if patterns["level_before"].search(before):
        return False
    down, up = patterns["down_before"].search(before), patterns["up_before"].search(before)
    if down or up:
        return down is not None and (up is None or down.start() > up.start())
    return bool(patterns["down_after"].match(after)) and not patterns["up_after"].match(after)
