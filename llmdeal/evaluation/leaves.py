"""Leaves: the places of a deal that are scored, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from llmdeal.document import Evidence
from llmdeal.evaluation.comparators import best_of
from llmdeal.evaluation.counts import Outcome

if TYPE_CHECKING:
    from llmdeal.evaluation.labels import Label

__all__ = ["LEAF_SLOTS", "LIST_SLOTS", "SCALAR_SLOTS", "Leaf", "compare_leaf", "missing", "spurious"]

SCALAR_SLOTS: Final = (
    "deal_type",
    "status",
    "value",
    "stake",
    "announced",
    "effective",
    "completion",
    "expiry",
    "term",
)
# The first leaf of each is its anchor: what an item must share with another to be the same one.
LIST_SLOTS: Final = {
    "parties": ("name", "role", "ticker", "parent"),
    "consideration": ("kind", "amount"),
    "reactions": ("party", "percent"),
    "related": ("parties", "deal_type", "status", "value", "stake", "term", "date", "certainty"),
}
LEAF_SLOTS: Final = (*SCALAR_SLOTS, *(f"{slot}.{leaf}" for slot, leaves in LIST_SLOTS.items() for leaf in leaves))


@dataclass(frozen=True, slots=True)
class Leaf:
    """What became of one leaf.

    Args:
        slot: Which it is, without positions: ``value``, ``parties.role``.
        outcome: What became of it.
        gold: What is right, its alternatives divided by bars; None where the article states none.
        answer: What was answered; None where nothing was.
        quotes: The words of the article that state what is right, where the gold gives them.
        evidence: The words of the article that the answer points at.
        gold_item: Position in the gold's list, from 0, for a leaf of a list item that the gold has.
        answer_item: Position in the answer's list, likewise.
    """

    slot: str
    outcome: Outcome
    gold: str | None = None
    answer: str | None = None
    quotes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    gold_item: int | None = None
    answer_item: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a leaf stands: its slot, and the items it belongs to."""

    slot: str
    gold_item: int | None = None
    answer_item: int | None = None
    evidence: tuple[Evidence, ...] = ()


def compare_leaf(place: Place, label: Label[Any] | None, answer: object) -> tuple[Leaf, ...]:
    """Compare a leaf that both sides could have.

    Args:
        place: Where it stands.
        label: What is right; None where it is not labelled.
        answer: What was answered, or None.

    Returns:
        The leaf, or nothing where it is not labelled.
    """
    if label is None:
        return ()
    if answer is None:
        return missing(place, label) if label.options else (_leaf(place, Outcome.NON, None, None),)
    if not label.options:
        return spurious(place, answer)
    return (_leaf(place, best_of(label, answer), label, answer),)


def missing(place: Place, label: Label[Any] | None, *, optional: bool = False) -> tuple[Leaf, ...]:
    """Return the leaf of something that was not answered; nothing where there was nothing to answer."""
    if label is None or not label.options:
        return ()
    outcome = Outcome.FREE if optional or label.optional else Outcome.MIS
    return (_leaf(place, outcome, label, None),)


def spurious(place: Place, answer: object) -> tuple[Leaf, ...]:
    """Return the leaf of something that was answered and that the article does not state."""
    return () if answer is None else (_leaf(place, Outcome.SPU, None, answer),)


def _leaf(place: Place, outcome: Outcome, label: Label[Any] | None, answer: object) -> Leaf:
    return Leaf(
        place.slot,
        outcome,
        gold=label.text if label else None,
        answer=None if answer is None else str(answer),
        quotes=label.quotes if label else (),
        evidence=getattr(answer, "evidence", None) or (place.evidence if answer is not None else ()),
        gold_item=place.gold_item,
        answer_item=place.answer_item,
    )
