"""What an article mentions, and the typed values that its mentions have.

A value that a reader has just read carries no evidence yet: the mention's span is it. Grounding copies
the value into a summary together with its evidence.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from llmdeal.document import Evidence, Span

__all__ = [
    "AmountCue",
    "Duration",
    "Mention",
    "MentionKind",
    "Money",
    "PartialDate",
    "Percent",
    "Period",
    "Qualifier",
    "Ticker",
    "Value",
]


class Qualifier(StrEnum):
    """How exactly the article states a figure."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


class Period(StrEnum):
    """What an amount is counted per."""

    YEAR = "year"
    MONTH = "month"
    SHARE = "share"


class AmountCue(StrEnum):
    """What the words around an amount say it is; NONE where they do not say."""

    NONE = "none"
    TOTAL = "total"
    PER_SHARE = "per_share"
    REVENUE = "revenue"
    PROFIT = "profit"
    LOSS = "loss"
    ASSETS = "assets"
    MARKET_VALUE = "market_value"
    VALUATION = "valuation"
    DEBT = "debt"
    EARLIER = "earlier"
    SAVINGS = "savings"
    FEE = "fee"

    @property
    def excludes_price(self) -> bool:
        """True where an amount that is this is not the price of a deal, whatever its type."""
        return self not in _POSSIBLE_PRICES


_POSSIBLE_PRICES = {AmountCue.NONE, AmountCue.TOTAL, AmountCue.VALUATION, AmountCue.DEBT}


def _plain(number: Decimal) -> Decimal:
    """Return the number without an exponent or trailing zeros, so that equal numbers print alike."""
    if not number.is_finite():
        msg = f"{number} is not a finite number"
        raise ValueError(msg)
    return Decimal(f"{number.normalize():f}")


PlainDecimal = Annotated[Decimal, AfterValidator(_plain)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    evidence: tuple[Evidence, ...] = Field(default=(), description="The words that state it.")

    def with_evidence(self, *evidence: Evidence) -> Self:
        """Return the same value, pointing at these words."""
        return self.model_copy(update={"evidence": evidence})


class Money(_Value):
    """An amount of money.

    Args:
        amount: Full units of the currency, never thousands or millions.
        currency: ISO 4217 code.
        qualifier: How exactly the article states it.
        upper: The other end, where the article states a range.
        per: What it is counted per, where it is not a sum.
        same_as: The same sum as the article states it in other currencies.

    Example:
        >>> print(Money(amount="38e9", currency="USD"))
        USD 38,000,000,000
        >>> print(Money(amount=1_200_000, upper=1_500_000, currency="EUR", qualifier="about"))
        about EUR 1,200,000-1,500,000
    """

    amount: PlainDecimal
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    qualifier: Qualifier = Qualifier.EXACT
    upper: PlainDecimal | None = None
    per: Period | None = None
    same_as: tuple[Money, ...] = ()

    @model_validator(mode="after")
    def _range_ascends(self) -> Self:
        if self.upper is not None and self.upper < self.amount:
            msg = f"upper ({self.upper}) is less than amount ({self.amount})"
            raise ValueError(msg)
        return self

    def __str__(self) -> str:
        """Return it as a person writes it, in full units."""
        hedge = "" if self.qualifier is Qualifier.EXACT else f"{self.qualifier.replace('_', ' ')} "
        upper = "" if self.upper is None else f"-{self.upper:,}"
        per = "" if self.per is None else f" per {self.per}"
        return f"{hedge}{self.currency} {self.amount:,}{upper}{per}"


class PartialDate(_Value):
    """A date known to a day, or only to a month, a quarter, a year or a part of one.

    Args:
        earliest: First day that it can be.
        latest: Last day that it can be; equal to ``earliest`` for a day.
        fiscal: True where the article counts in a company's business years.

    Example:
        >>> print(PartialDate(earliest="2026-10-01", latest="2026-12-31"))
        2026-10-01/2026-12-31
    """

    earliest: date
    latest: date
    fiscal: bool = False

    @model_validator(mode="after")
    def _interval_ascends(self) -> Self:
        if self.latest < self.earliest:
            msg = f"latest ({self.latest}) is before earliest ({self.earliest})"
            raise ValueError(msg)
        return self

    def __str__(self) -> str:
        """Return the day, or the two ends of the interval as ISO 8601 writes one."""
        if self.earliest == self.latest:
            return self.earliest.isoformat()
        return f"{self.earliest.isoformat()}/{self.latest.isoformat()}"


class Duration(_Value):
    """A stretch of time.

    Args:
        months: Its length, or None for "multi-year".

    Example:
        >>> print(Duration(months=84), Duration(months=None), Duration(months=18), sep=", ")
        7 years, multi-year, 18 months
    """

    months: int | None = Field(ge=0)
    qualifier: Qualifier = Qualifier.EXACT

    def __str__(self) -> str:
        """Return it in years where they are whole, else in months."""
        if self.months is None:
            return "multi-year"
        hedge = "" if self.qualifier is Qualifier.EXACT else f"{self.qualifier.replace('_', ' ')} "
        years, months = divmod(self.months, 12)
        if years and not months:
            return f"{hedge}{years} year{'s' * (years != 1)}"
        return f"{hedge}{self.months} month{'s' * (self.months != 1)}"


class Percent(_Value):
    """A signed percentage: 5 means 5 %.

    Example:
        >>> print(Percent(percent="-3.50"))
        -3.5%
    """

    percent: PlainDecimal
    qualifier: Qualifier = Qualifier.EXACT

    def __str__(self) -> str:
        """Return it with its hedge and a per-cent sign."""
        hedge = "" if self.qualifier is Qualifier.EXACT else f"{self.qualifier.replace('_', ' ')} "
        return f"{hedge}{self.percent}%"


class Ticker(_Value):
    """The code of a listed security, as the article writes it.

    Args:
        symbol: The code: a Reuters code (AMZN.O), an exchange's (AMZN, 7203) or an ISIN.
        exchange: The exchange, where the article names it.
        scheme: Which of these it is.

    Example:
        >>> print(Ticker(symbol="AMZN", exchange="NASDAQ", scheme="exchange"))
        NASDAQ: AMZN
    """

    symbol: str
    exchange: str | None = None
    scheme: Literal["ric", "exchange", "isin"] = "exchange"

    def __str__(self) -> str:
        """Return it as articles write it."""
        return f"{self.exchange}: {self.symbol}" if self.exchange else self.symbol


Value = Money | PartialDate | Duration | Percent | Ticker


class MentionKind(StrEnum):
    """What a mention is a mention of."""

    AMOUNT = "amount"
    DATE = "date"
    DURATION = "duration"
    PERCENT = "percent"
    TICKER = "ticker"


_KINDS: dict[type[Value], MentionKind] = {
    Money: MentionKind.AMOUNT,
    PartialDate: MentionKind.DATE,
    Duration: MentionKind.DURATION,
    Percent: MentionKind.PERCENT,
    Ticker: MentionKind.TICKER,
}


class Mention(BaseModel):
    """A place in a text where a reader saw a value.

    Args:
        span: Where it stands: half-open code-point offsets into the text as given.
        quote: The words at the span.
        value: What they state.
        cue: For an amount, what the words around it say it is.
        ambiguous: True where the text leaves open which value it is (whose dollars, say).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    span: Span
    quote: str
    value: Value
    cue: AmountCue = AmountCue.NONE
    ambiguous: bool = False

    @property
    def kind(self) -> MentionKind:
        """What it is a mention of."""
        return _KINDS[type(self.value)]
