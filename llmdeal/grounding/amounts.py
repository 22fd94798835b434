"""What an amount may be taken for, by what the words around it say that it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from llmdeal.deal import ConsiderationKind, DealType, WarningCode
from llmdeal.mentions import AmountCue, Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.grounding.article import Article
    from llmdeal.mentions import Mention

__all__ = ["Use", "ground_amount", "part_of_the_price", "price_of", "value_of_related"]

# What a company turns over, earns, owns or is worth is never what a deal costs.
_FIGURES: Final = frozenset(
    {
        AmountCue.REVENUE,
        AmountCue.PROFIT,
        AmountCue.LOSS,
        AmountCue.ASSETS,
        AmountCue.MARKET_VALUE,
        AmountCue.SAVINGS,
    }
)
_OPEN: Final = frozenset({AmountCue.NONE, AmountCue.TOTAL})


@dataclass(frozen=True, slots=True)
class Use:
    """What a draft takes an amount for.

    Args:
        name: What that is, for people.
        refused: Cues of amounts that are something else for certain.
        doubtful: Cues of amounts that may be something else.
        redeemed_by: Cues that take the certainty away, where the article states the same sum under one of them too.
    """

    name: str
    refused: frozenset[AmountCue]
    doubtful: frozenset[AmountCue]
    redeemed_by: frozenset[AmountCue] = frozenset({AmountCue.TOTAL})


@cache
def price_of(deal_type: DealType) -> Use:
    """Return what the price of a deal is: no valuation where shares are issued, but a debt where money is lent.

    Args:
        deal_type: The type of the deal.
    """
    refused = frozenset(cue for cue in AmountCue if cue.excludes_price)
    doubtful = {AmountCue.VALUATION, AmountCue.DEBT}
    if deal_type is DealType.FUNDING:
        refused |= {AmountCue.VALUATION}
    if deal_type is DealType.DEBT:
        doubtful -= {AmountCue.DEBT}
    return Use("the price", refused, frozenset(doubtful))


@cache
def part_of_the_price(kind: ConsiderationKind) -> Use:
    """Return what a part of the price is.

    Args:
        kind: Which part. An amount per share is one of a kind of its own, and an upfront payment may be called a fee.
    """
    doubtful = {AmountCue.EARLIER, AmountCue.VALUATION, AmountCue.DEBT, AmountCue.FEE, AmountCue.PER_SHARE}
    if kind is ConsiderationKind.PER_SHARE:
        doubtful -= {AmountCue.PER_SHARE}
    if kind is ConsiderationKind.DEBT:
        doubtful -= {AmountCue.DEBT}
    if kind in {ConsiderationKind.UPFRONT, ConsiderationKind.MILESTONE}:
        doubtful -= {AmountCue.FEE}
    name = f"the part of the price that is {kind.replace('_', ' ')}"
    # "Sales milestones of 740 million": a part stands beside such words more often than a price does.
    return Use(name, _FIGURES, frozenset(doubtful), _OPEN)


@cache
def value_of_related(deal_type: DealType | None) -> Use:
    """Return what the value of a related deal is: it may well be an earlier one, or known per share only.

    Args:
        deal_type: Its type, where the draft says it.
    """
    refused = _FIGURES | {AmountCue.FEE}
    doubtful = {AmountCue.VALUATION, AmountCue.DEBT}
    if deal_type is DealType.FUNDING:
        refused |= {AmountCue.VALUATION}
    if deal_type in {DealType.DEBT, None}:
        doubtful -= {AmountCue.DEBT}
    return Use("the value of the deal", refused, frozenset(doubtful))


def ground_amount(article: Article, mark: str | None, slot: str, use: Use) -> Money | None:
    """Return an amount of the article, unless its words say that it is something else; warn where they may.

    Args:
        article: The article under grounding; it collects the warnings.
        mark: The mark that the model answered.
        slot: The field, as a path.
        use: What the model takes it for.
    """
    value = article.value(mark, Money, slot)
    if value is None or mark is None:
        return None
    mention = article.marked.marks[mark]
    elsewhere = {other.cue for other in _same_sum(article, value) if other is not mention}
    said = f"the model took {mention.quote!r} for {use.name}, but the article gives it as"
    if mention.cue in use.refused and not elsewhere & use.redeemed_by:
        article.warn(WarningCode.DOUBTFUL_VALUE, slot, f"{said} {_name(mention.cue)}; dropped")
        return None
    if mention.cue in use.refused | use.doubtful:
        article.warn(
            WarningCode.DOUBTFUL_VALUE,
            slot,
            f"{mention.quote!r} may not be {use.name}: the article gives it as {_name(mention.cue)}",
        )
    elif mention.cue is AmountCue.NONE and (others := elsewhere & use.refused & _FIGURES):
        article.warn(
            WarningCode.DOUBTFUL_VALUE,
            slot,
            f"{mention.quote!r} may not be {use.name}: elsewhere the article gives it as {_name(min(others))}",
        )
    return value


def _same_sum(article: Article, value: Money) -> Iterator[Mention]:
    # Comparing whole values takes ten times as long, and articles are full of amounts.
    for other in article.marked.mentions:
        stated = other.value
        if isinstance(stated, Money) and stated.amount == value.amount and stated.currency == value.currency:
            yield other


def _name(cue: AmountCue) -> str:
    return cue.replace("_", " ")
