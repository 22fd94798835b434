"""Amounts that leave out the currency of the one before: "87,5 mln di euro, di cui 62,5 mln in contanti"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from llmdeal.mentions import Money, Qualifier
from llmdeal.readers.hedges import hedge_after, hedge_before
from llmdeal.readers.lexing import END
from llmdeal.readers.money import Reading, figure_at

if TYPE_CHECKING:
    from llmdeal.readers.lexing import Lexed

__all__ = ["REACH", "ellipsis_at"]

# How far back the amount with the currency may stand.
REACH: Final = 250
_MILLION: Final = 6
_LARGEST: Final = Decimal(10) ** 18
# In any language a clause's end says that nothing is counted here.
_ENDS: Final = re.compile(r" ?(?:[,.;:)\]](?!\d)|$)")


def ellipsis_at(lexed: Lexed, index: int, currency: str) -> Reading | None:
    """Read a figure with a scale from a million up as an amount in a currency named before.

    Not where something else is counted ("115 milhões de ações"): in languages that say so with "of", any other word
    may follow; in the others only the end of a clause.

    Args:
        lexed: The text.
        index: The lexeme that it may begin with.
        currency: The currency of the amount before it.
    """
    figure = figure_at(lexed, index) if lexed[index].kind == "n" else None
    if figure is None or (figure.scale or 0) < _MILLION or figure.amount > _LARGEST:
        return None
    end = figure.end
    ends = _ENDS.match(lexed.text, lexed[end - 1].stop)
    if not ends and not (lexed.language.counts_with_of and _goes_on(lexed, end)):
        return None
    before, first = hedge_before(lexed, index)
    after, _ = hedge_after(lexed, end)
    value = Money(amount=figure.amount, currency=currency, qualifier=before or after or Qualifier.EXACT)
    return Reading(value, index, end, first, vague=True)


def _goes_on(lexed: Lexed, end: int) -> bool:
    """Tell whether what follows a figure is neither counted nor the other end of a range."""
    following = lexed.next_to(end)
    if following is END:
        return lexed.text[lexed[end - 1].stop :][:1] == " "
    if following.sense.roles & {"of", "to"} or following.sense.currency or following.number is not None:
        return False
    return not (following.sense.percent or following.sense.months)
