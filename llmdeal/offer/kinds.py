"""What a schema for one article offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from llmdeal.deal import Certainty, ConsiderationKind, DealStatus, DealType

__all__ = ["Offer", "OfferedRelated"]


@dataclass(frozen=True, slots=True)
class OfferedRelated:
    """What a schema for one article offers for a sentence that may speak of another deal, or plainly does."""

    sentence: str
    deal_types: Sequence[DealType]
    statuses: Sequence[DealStatus]
    certainties: Sequence[Certainty]
    marks: Mapping[str, Sequence[str]]
    names: Sequence[str] = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What a schema for one article offers.

    Args:
        marks: The marks for each kind: ``amount``, ``price``, ``date``, ``announced``, ``completion``, ``duration``,
            ``percent``, ``reaction``, ``sentence``; and ``effective``, ``expiry`` and ``share``, one of which must be
            chosen by a deal that can have it.
        deal_types: The types to choose from.
        certain: True where the article announces a deal for certain, so that none is no answer.
        statuses: The statuses to choose from.
        parts: The parts of the price, each with its amount.
        closes: True where one of the ``completion`` marks must be chosen.
        advised: True where the article speaks of advisers.
        priced: True where one of the ``price`` marks must be chosen.
        names: What may be a name in the article; none where any text may be one.
        advisers: What may be a name in the sentences that speak of advisers.
        sells: True where the article speaks of somebody who sells.
        sellers: What may be a name in the sentences that do.
        letters: The letters that a name is made of, where it is any text; none where that is not limited either.
        related: The sentences about each of which it must be said whether it speaks of another deal.
    """

    marks: Mapping[str, Sequence[str]]
    deal_types: Sequence[DealType] = tuple(DealType)
    statuses: Sequence[DealStatus] = tuple(DealStatus)
    certain: bool = False
    parts: Sequence[tuple[ConsiderationKind, str]] = ()
    closes: bool = False
    advised: bool = False
    priced: bool = False
    names: Sequence[str] = ()
    advisers: Sequence[str] = ()
    sells: bool = False
    sellers: Sequence[str] = ()
    letters: str = ""
    related: Sequence[OfferedRelated] = ()
