"""Typed comparators: what two values of one kind are to each other. None of them looks at how a value is spelled."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from llmdeal.evaluation.counts import Outcome
from llmdeal.evaluation.names import compare_names, compare_tickers
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Ticker

if TYPE_CHECKING:
    from llmdeal.evaluation.labels import Label

__all__ = [
    "best_of",
    "compare",
    "compare_dates",
    "compare_durations",
    "compare_moneys",
    "compare_percents",
]

_AMOUNT_TOLERANCE: Final = Decimal("0.005")
_PERCENT_TOLERANCE: Final = Decimal("0.05")


def best_of(label: Label[Any], answer: object) -> Outcome:
    """Compare an answer with every option of a label and return the best outcome.

    Args:
        label: A label with at least one option.
        answer: The value answered.

    Returns:
        COR, PAR or INC.
    """
    best = Outcome.INC
    for option in label.options:
        outcome = compare(option, answer)
        if outcome is Outcome.COR:
            return outcome
        if outcome is Outcome.PAR:
            best = outcome
    return best


def compare(gold: object, answer: object) -> Outcome:
    """Compare two values by their kind.

    Args:
        gold: A name, a ticker as it is written, a member of an enumeration, or a value of ``llmdeal.mentions``.
        answer: A value of the same kind; a ticker is a ``Ticker`` here.

    Returns:
        COR, PAR or INC.

    Raises:
        TypeError: They are not of one kind.

    Example:
        >>> from llmdeal.deal import DealStatus
        >>> print(compare(DealStatus.AGREED, DealStatus.AGREED), compare("Apple Inc.", "APPLE"))
        COR COR
    """
    outcome: Outcome | None = None
    match gold, answer:
        case Enum(), Enum():
            outcome = Outcome.COR if gold == answer else Outcome.INC
        case Money(), Money():
            outcome = compare_moneys(gold, answer)
        case PartialDate(), PartialDate():
            outcome = compare_dates(gold, answer)
        case Duration(), Duration():
            outcome = compare_durations(gold, answer)
        case Percent(), Percent():
            outcome = compare_percents(gold, answer)
        case str(), Ticker():
            outcome = compare_tickers(gold, str(answer))
        case str(), str():
            outcome = compare_names(gold, answer)
    if outcome is None:
        msg = f"cannot compare {type(gold).__name__} with {type(answer).__name__}"
        raise TypeError(msg)
    return outcome


def compare_moneys(gold: Money, answer: Money) -> Outcome:
    """Compare two amounts.

    The currency, what they are counted per, and the number must be the same, the number within 0.5 % of the larger.
    A range is two numbers, each of which must be right; one of its ends alone is as a wrong qualifier is.

    Args:
        gold: An amount.
        answer: Another. The sums that it is said to be the same as play no part: its own is what was answered.

    Returns:
        COR; PAR where the number is right and the qualifier is wrong, or one end of a range is missing; else INC.

    Example:
        >>> gold = Money(amount=38_000_000_000, currency="USD")
        >>> for amount, qualifier in ((38_100_000_000, "exact"), (38_000_000_000, "about"), (38_000_000, "exact")):
        ...     print(compare_moneys(gold, Money(amount=amount, currency="USD", qualifier=qualifier)))
        COR
        PAR
        INC
    """
    if gold.currency != answer.currency or gold.per != answer.per:
        return Outcome.INC
    if (gold.upper is None) != (answer.upper is None):
        one, other = (gold, answer) if gold.upper is None else (answer, gold)
        ends = (other.amount, other.upper)
        return Outcome.PAR if any(end is not None and _near(one.amount, end) for end in ends) else Outcome.INC
    if not _near(gold.amount, answer.amount):
        return Outcome.INC
    if gold.upper is not None and answer.upper is not None and not _near(gold.upper, answer.upper):
        return Outcome.INC
    return Outcome.COR if gold.qualifier is answer.qualifier else Outcome.PAR


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _AMOUNT_TOLERANCE * max(abs(one), abs(other))


def compare_dates(gold: PartialDate, answer: PartialDate) -> Outcome:
    """Compare two dates: COR where the intervals are equal, PAR where they overlap, else INC.

    Example:
        >>> year, day = PartialDate(earliest="2026-01-01", latest="2026-12-31"), "2026-10-01"
        >>> print(compare_dates(year, PartialDate(earliest=day, latest=day)))
        PAR
    """
    if gold.earliest == answer.earliest and gold.latest == answer.latest:
        return Outcome.COR
    overlap = gold.earliest <= answer.latest and answer.earliest <= gold.latest
    return Outcome.PAR if overlap else Outcome.INC


def compare_durations(gold: Duration, answer: Duration) -> Outcome:
    """Compare two durations: COR where the months are equal, or neither says how many years; else INC."""
    return Outcome.COR if gold.months == answer.months else Outcome.INC


def compare_percents(gold: Percent, answer: Percent) -> Outcome:
    """Compare two percentages: COR within 0.05 points where not one rises and the other falls; else INC.

    Example:
        >>> print(compare_percents(Percent(percent=5), Percent(percent="5.05")))
        COR
        >>> print(compare_percents(Percent(percent=5), Percent(percent=-5)))
        INC
    """
    opposite = gold.percent * answer.percent < 0
    near = abs(gold.percent - answer.percent) <= _PERCENT_TOLERANCE
    return Outcome.COR if near and not opposite else Outcome.INC
