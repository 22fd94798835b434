"""Amounts of money: a figure or number word, a scale, a currency, in every order; and ranges of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from llmdeal.mentions import Money, Period, Qualifier
from llmdeal.readers.hedges import hedge_after, hedge_before
from llmdeal.readers.lexicon import NOTHING, Sense
from llmdeal.readers.lexing import END

if TYPE_CHECKING:
    from llmdeal.readers.lexing import Lexed

__all__ = ["Figure", "Reading", "figure_at", "money_at"]

_LARGEST: Final = Decimal(10) ** 18
_HUNDRED: Final = 2
_MILLION: Final = Decimal(10) ** 6
_CENT: Final = 100
_LONGEST_MOVE: Final = 25
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that was read, and the lexemes it stands in.

    Args:
        value: What was read.
        first: Its first lexeme.
        end: One past its last.
        context_first: The first lexeme of it and of what qualifies it.
        vague: True where the text leaves open which value it is.
    """

    value: Money
    first: int
    end: int
    context_first: int
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and its scale, and the index after it. ``scale`` is None where none is written."""

    number: Decimal
    scale: int | None
    end: int

    @property
    def amount(self) -> Decimal:
        """The number in full units."""
        return self.number.scaleb(self.scale or 0)


@dataclass(frozen=True, slots=True)
class _Term:
    """One end of an amount: a figure with or without a currency."""

    figure: Figure
    currency: Sense
    first: int
    end: int

    @property
    def amount(self) -> Decimal:
        amount = self.figure.amount.scaleb(self.currency.magnitude or 0)
        return amount * _HUNDREDTH if self.currency.hundredths else amount


def figure_at(lexed: Lexed, index: int) -> Figure | None:
    """Read a number and its scale.

    Args:
        lexed: The text.
        index: The lexeme that it begins with.
    """
    lexeme = lexed[index]
    number = lexeme.number
    scale, end = None, index + 1
    if number is None and lexeme.sense.article is not None and lexed.sense(end).scale is not None:
        number = lexeme.sense.article
    if number is None or "vague" in lexed[index - 1].sense.roles or _continues(lexed, index):
        return None
    while (power := lexed.sense(end).scale) is not None and (scale is None or end <= index + 2):
        if not _may_scale(lexed, end):
            break
        scale, end = (scale or 0) + power, end + 1
    plus = lexed.sense(end).plus if scale is not None else None
    return Figure(number, scale, end) if plus is None else Figure(number + plus, scale, end + 1)


def _continues(lexed: Lexed, index: int) -> bool:
    """Tell whether a number goes on from words before it that are read otherwise ("mil doscientos", "3 bn 5 m")."""
    before = lexed[index - 1]
    if lexed.next_to(index) is END or lexed.gap(index) == "-":
        return False
    if "and" in before.sense.roles:
        return lexed[index - 2].sense.scale == _HUNDRED and lexed.next_to(index - 1) is not END
    spelled = before.kind == "w" and before.number is not None and lexed[index].kind == "w"
    return spelled or (before.sense.scale is not None and lexed[index - 2].number is not None)


def _may_scale(lexed: Lexed, index: int) -> bool:
    """Tell whether a scale is one; a single letter is if it touches its figure ("5m") or a currency ("5 M€")."""
    after = lexed[index + 1].sense
    beside_currency = after.currency is not None or "of" in after.roles or lexed[index - 2].sense.sign
    return len(lexed[index].text) > 1 or lexed.gap(index) == "" or beside_currency


def _term_at(lexed: Lexed, index: int) -> _Term | None:
    """Read a figure with the currency before it, after it or nowhere."""
    leading = lexed[index].sense
    if leading.currency and leading.sign:
        figure = figure_at(lexed, index + 1) if lexed.next_to(index + 1).start >= 0 else None
        if figure is None:
            return None
        end = figure.end
        if lexed.sense(end).currency == leading.currency and not _opens_figure(lexed, end):
            end += 1
        return _Term(figure, leading, index, end)
    figure = figure_at(lexed, index)
    if figure is None:
        return None
    end = lexed.skip(figure.end, "of")
    trailing = lexed.sense(end)
    if (
        trailing.currency
        and (end == figure.end or figure.scale is not None or figure.number >= _MILLION)
        and not _opens_figure(lexed, end)
    ):
        if figure.scale is None and lexed[index].year and lexed[index - 1].sense.roles & {"in", "month_in"}:
            return None
        return _with_hundredths(lexed, _Term(figure, trailing, index, end + 1))
    return _Term(figure, NOTHING, index, figure.end)


def _with_hundredths(lexed: Lexed, term: _Term) -> _Term:
    """Add the hundredths that follow full units: 4820円50銭, "5 dollars 50 cents"."""
    number, unit = lexed.next_to(term.end).number, lexed.sense(term.end + 1)
    if term.figure.scale is not None or term.currency.hundredths or number is None or not unit.hundredths:
        return term
    if unit.currency != term.currency.currency or number >= _CENT:
        return term
    return replace(term, figure=replace(term.figure, number=term.figure.number + number * _HUNDREDTH), end=term.end + 2)


def _opens_figure(lexed: Lexed, index: int) -> bool:
    """Tell whether a currency sign belongs to the figure after it, which it touches ("5 $3 vouchers")."""
    return (
        lexed[index].sense.sign
        and lexed.gap(index + 1) == ""
        and lexed[index + 1].kind == "n"
        and (lexed.gap(index) != "")
    )


def _belongs_to_sign(lexed: Lexed, index: int) -> bool:
    """Tell whether the figure here has its currency sign before it, where the amount begins."""
    return lexed[index - 1].sense.sign and not lexed[index].sense.sign and lexed.gap(index) in {"", " "}


def _upper_term(lexed: Lexed, lower: _Term) -> _Term | None:
    """Read the other end of a range, after its hyphen or word."""
    end = lower.end
    if lexed.gap(end) in {"-", " - ", "- ", " -"} and (lexed[end].kind == "n" or lexed[end].sense.sign):
        return _term_at(lexed, end)
    roles = lexed.sense(end).roles
    before = lexed[lower.first - 1].sense.roles if lexed.gap(lower.first) in {" ", ""} else frozenset()
    complete = bool(lower.currency.currency)
    joined = "to" in roles and not ("from" in before and (complete or _moves(lexed, lower.first - 1)))
    joined = joined or ("and" in roles and "between" in before)
    if not joined or lexed.next_to(end + 1).start < 0:
        return None
    upper = _term_at(lexed, end + 1)
    if upper is None or (upper.figure.scale is None and not upper.currency.currency):
        return None
    return upper


def _moves(lexed: Lexed, index: int) -> bool:
    """Tell whether a word shortly before says that "from 38 to 42" is a change and no range."""
    near = [lexed[index - back] for back in (1, 2)]
    return any("moves" in one.sense.roles and lexed[index].start - one.stop <= _LONGEST_MOVE for one in near)


def _range(lower: _Term, upper: _Term) -> tuple[_Term, _Term] | None:
    """Let scale and currency reach back; None where the two are no range."""
    currency = lower.currency if lower.currency.currency else upper.currency
    if upper.currency.currency and upper.currency.currency != currency.currency:
        return None
    figure = lower.figure
    if figure.scale is None and upper.figure.scale is not None and figure.number < upper.figure.number:
        figure = replace(figure, scale=upper.figure.scale)
    lower, upper = replace(lower, figure=figure, currency=currency), replace(upper, currency=currency)
    return (lower, upper) if currency.currency and lower.amount < upper.amount else None


def _per_before(lexed: Lexed, first: int) -> str | None:
    """Return what an amount is counted per where that stands before it (每股3.65港元), not a year with its mark."""
    per = lexed[first - 1].sense.per_before
    if per is None or lexed.next_to(first) is END:
        return None
    return None if lexed[first - 2].number is not None and lexed.next_to(first - 1) is not END else per


def money_at(lexed: Lexed, index: int) -> Reading | None:
    """Read an amount of money.

    Args:
        lexed: The text.
        index: The lexeme that it may begin with.

    Returns:
        The amount, or None where none begins here or it is counted per something that is no ``Period``.
    """
    lower = _term_at(lexed, index)
    if lower is None or _belongs_to_sign(lexed, index):
        return None
    upper = _upper_term(lexed, lower)
    pair = _range(lower, upper) if upper else None
    if pair:
        lower, upper = pair
    elif not lower.currency.currency:
        return None
    else:
        upper = None
    end = (upper or lower).end
    before, context_first = hedge_before(lexed, index)
    ahead = _per_before(lexed, context_first)
    per = lexed.sense(end, ", ").per
    if ahead == "other" or (upper or lower).amount > _LARGEST or per == "other":
        return None
    end += per is not None
    per = per or ahead
    after, _ = hedge_after(lexed, end)
    value = Money(
        amount=lower.amount,
        currency=lower.currency.currency or "",
        qualifier=before or after or Qualifier.EXACT,
        upper=upper.amount if upper else None,
        per=Period(per) if per else None,
    )
    return Reading(value, index, end, context_first, vague=lower.currency.vague)
