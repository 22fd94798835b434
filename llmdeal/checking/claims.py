"""What a leaf can claim, and when a value of an article states it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from llmdeal.checking.report import LeafKind
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Ticker

if TYPE_CHECKING:
    from llmdeal.mentions import Value

__all__ = ["Claim", "Sum", "claim_of", "kind_of", "states"]


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount as a summary claims it.

    Args:
        amounts: Its figure in full units of the currency, or both ends of a range.
        currency: ISO 4217 code; None where the summary does not say, so that any will do.
    """

    amounts: frozenset[Decimal]
    currency: str | None

    def __str__(self) -> str:
        """Return it as a person writes it."""
        figures = "-".join(f"{amount:,}" for amount in sorted(self.amounts))
        return f"{self.currency} {figures}" if self.currency else figures


Claim = Sum | PartialDate | Duration | Percent | Ticker | Decimal
"""A Decimal is a number of anything: employees, ships, shares."""

_KINDS = {
    Sum: LeafKind.AMOUNT,
    PartialDate: LeafKind.DATE,
    Duration: LeafKind.DURATION,
    Percent: LeafKind.PERCENT,
    Ticker: LeafKind.TICKER,
    Decimal: LeafKind.NUMBER,
}


def claim_of(value: Value) -> Claim:
    """Return what a value that was read claims.

    Example:
        >>> str(claim_of(Money(amount=1_200_000, upper=1_500_000, currency="EUR")))
        'EUR 1,200,000-1,500,000'
    """
    if isinstance(value, Money):
        return Sum(frozenset({value.amount, value.upper} - {None}), value.currency)  # type: ignore[arg-type]  # None is taken out
    return value


def kind_of(claim: Claim) -> LeafKind:
    """Return as what a claim is checked."""
    return _KINDS[type(claim)]


def states(stated: Value, claim: Claim) -> bool:
    """Tell whether a value of the article states a claim: the very figure, no rounding and no other currency.

    A date may be claimed less exactly than it is stated, never more exactly.

    Args:
        stated: The article's.
        claim: The summary's.

    Example:
        >>> stated = Money(amount="38e9", currency="USD")
        >>> [states(stated, Sum(frozenset({Decimal("38e9")}), currency)) for currency in ("USD", "EUR", None)]
        [True, False, True]
    """
    match (stated, claim):
        case (Money(), Sum()):
            ends = {stated.amount, stated.upper}
            return claim.currency in (None, stated.currency) and claim.amounts <= ends
        case (PartialDate(), PartialDate()):
            return claim.earliest <= stated.earliest and stated.latest <= claim.latest
        case (Duration(), Duration()):
            return stated.months == claim.months
        case (Percent(), Percent()):
            return stated.percent == claim.percent
        case (Ticker(), Ticker()):
            return claim.symbol in (stated.symbol, stated.symbol.partition(".")[0])
        case _:
            return False
