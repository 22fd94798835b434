"""How exact a figure is: the words directly before or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from llmdeal.mentions import Qualifier

if TYPE_CHECKING:
    from llmdeal.readers.lexing import Lexed

__all__ = ["hedge_after", "hedge_before"]

_MOST_WORDS: Final = 6
_BEFORE_FIGURE: Final = (" (", "(", " d'")


def hedge_before(lexed: Lexed, first: int) -> tuple[Qualifier | None, int]:
    """Return how the words before a figure qualify it, and the first of them.

    Of several ("up to about") the one that is not "about" counts.

    Args:
        lexed: The text.
        first: The first lexeme of the figure.
    """
    qualifier = None
    for _ in range(_MOST_WORDS):
        if lexed.next_to(first, *_BEFORE_FIGURE).start < 0:
            break
        sense = lexed[first - 1].sense
        if sense.qualifier is not None and not _names_a_level(lexed, first - 1):
            if qualifier in {None, Qualifier.ABOUT}:
                qualifier = sense.qualifier
        elif not sense.roles & {"of", "the"} or lexed[first - 2].sense.qualifier is None:
            break
        first -= 1
    return qualifier, first


def _names_a_level(lexed: Lexed, index: int) -> bool:
    """Tell whether "up to" only says where a change led ("un 12 % hasta 300 millones")."""
    after_percent = lexed[index - 1].sense.percent is not None and lexed.next_to(index, ", ").start >= 0
    return after_percent and "to" in lexed[index].sense.roles


def hedge_after(lexed: Lexed, end: int) -> tuple[Qualifier | None, int]:
    """Return how the word after a figure qualifies it, and the index after that.

    Args:
        lexed: The text.
        end: The index after the figure.
    """
    qualifier = lexed.sense(end, ", ").qualifier_after
    return (qualifier, end + 1) if qualifier else (None, end)
