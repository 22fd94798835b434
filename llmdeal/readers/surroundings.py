"""What the words around an amount say it is, and which amounts are one sum in two currencies."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from llmdeal.mentions import AmountCue, Money, Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmdeal.mentions import Mention
    from llmdeal.readers.lexicon import Language

__all__ = ["cue_of", "same_sums"]

_WINDOW: Final = 90
_LONGEST_LINK: Final = 40
_BREAKS: Final = (";", ". ", "\n", " - ", "。")


def cue_of(text: str, language: Language, first: int, stop: int, period: Period | None) -> AmountCue:
    """Return what the words beside an amount say it is.

    Only the words of its own clause count, and those that touch it, links such as "of about" apart, before
    those with other words between; the longest phrase wins. Where they do not say, it is NONE.

    Args:
        text: The folded text.
        language: Its language.
        first: Where the amount begins, with what qualifies it.
        stop: Where it ends.
        period: What it is counted per.
    """
    if period is Period.SHARE:
        return AmountCue.PER_SHARE
    before, after = text[max(first - _WINDOW, 0) : first], text[stop : stop + _WINDOW]
    for sign in _BREAKS:
        before, after = before[before.rfind(sign) + 1 :], after.partition(sign)[0]
    cues = language.cues
    left, right = cues["before"].search(before), cues["after"].match(after)
    if left and right:
        left = left if len(left[0]) >= len(right[0]) else None
    match = left or right or cues["open"].match(before)
    return AmountCue(match.lastgroup) if match and match.lastgroup else AmountCue.NONE


def same_sums(text: str, language: Language, amounts: Sequence[Mention]) -> dict[int, tuple[int, ...]]:
    """Return which amounts are followed by the same sum in other currencies.

    Args:
        text: The folded text.
        language: Its language.
        amounts: The amounts, in text order.

    Returns:
        For the position of an amount in ``amounts``, the positions of those that state it again.
    """
    groups: dict[int, tuple[int, ...]] = {}
    leader = None
    for position, (left, right) in enumerate(pairwise(amounts)):
        leader = position if leader is None else leader
        gap = text[left.span.stop : right.span.start]
        group = groups.get(leader, ())
        if (
            len(gap) <= _LONGEST_LINK
            and _restates(gap, language, bracketed=bool(group))
            and _differ([amounts[one] for one in (leader, *group)], right)
        ):
            groups[leader] = (*group, position + 1)
        else:
            leader = None
    return groups


def _restates(gap: str, language: Language, *, bracketed: bool) -> bool:
    match = language.same_sum.fullmatch(gap)
    if match is None:
        return False
    return bracketed or "(" in gap or "[" in gap or "/" in gap or match["said"] is not None


def _differ(stated: Sequence[Mention], other: Mention) -> bool:
    values = [mention.value for mention in (*stated, other)]
    money = [value for value in values if isinstance(value, Money)]
    currencies = {value.currency for value in money}
    return len(currencies) == len(values) and len({value.per for value in money}) == 1
