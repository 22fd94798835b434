"""Lists: parties, parts of the price, reactions, related deals. Aligned first, then scored leaf by leaf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from llmdeal.deal import Consideration, ConsiderationKind
from llmdeal.evaluation.alignment import assign
from llmdeal.evaluation.comparators import best_of
from llmdeal.evaluation.counts import Outcome
from llmdeal.evaluation.leaves import LIST_SLOTS, Leaf, Place, compare_leaf, missing, spurious
from llmdeal.mentions import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmdeal.evaluation.labels import Label

__all__ = ["score_list"]

_CREDIT_UNIT = 1_000


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of either side: its leaves in the order of the slot, and a key that does not depend on its position."""

    position: int
    leaves: tuple[Any, ...]
    key: tuple[str, ...]
    optional: bool = False
    evidence: tuple[Any, ...] = ()


def score_list(slot: str, gold: Sequence[Any], answer: Sequence[Any]) -> list[Leaf]:
    """Align two lists for the most credit, and score them.

    Items are the same where their anchor is at least partly right. Of alignments that earn the same, the one that
    leaves fewer of the items that must be there wins, then the one with more that is wholly right.

    Args:
        slot: ``parties``, ``consideration``, ``reactions`` or ``related``.
        gold: The labelled items.
        answer: The items answered.

    Returns:
        Their leaves: of pairs, then of gold items without an answer, then of answers without a gold item. Two empty
        lists are one NON, at the anchor.

    Raises:
        ExtraMissingError: scipy is not installed.
    """
    ours, theirs = _items(slot, gold), _items(slot, answer)
    if not ours and not theirs:
        return [Leaf(f"{slot}.{LIST_SLOTS[slot][0]}", Outcome.NON)]
    pairs = [[_pair(slot, one, other) for other in theirs] for one in ours]
    weights = [[_weight(one, pair) for pair in row] for one, row in zip(ours, pairs, strict=True)]
    chosen = assign(weights)
    leaves = [leaf for row, column in chosen for leaf in pairs[row][column]]
    ours_left = set(range(len(ours))).difference(row for row, _ in chosen)
    theirs_left = set(range(len(theirs))).difference(column for _, column in chosen)
    leaves += [leaf for row in sorted(ours_left) for leaf in _missing_item(slot, ours[row])]
    leaves += [leaf for column in sorted(theirs_left) for leaf in _spurious_item(slot, theirs[column])]
    return leaves


def _items(slot: str, items: Sequence[Any]) -> list[_Item]:
    """Return the items in an order that depends on what they hold alone."""
    found = []
    for position, item in enumerate(items):
        leaves = tuple(getattr(item, leaf) for leaf in LIST_SLOTS[slot])
        if isinstance(item, Consideration) and item.kind is ConsiderationKind.PER_SHARE and item.amount.per is None:
            leaves = (item.kind, item.amount.model_copy(update={"per": Period.SHARE}))
        key = tuple(_text(leaf) for leaf in leaves)
        found.append(_Item(position, leaves, key, getattr(item, "optional", False), getattr(item, "evidence", ())))
    return sorted(found, key=lambda item: item.key)


def _text(leaf: object) -> str:
    if leaf is None:
        return ""
    return "\n".join(sorted(map(str, leaf))) if isinstance(leaf, tuple) else str(leaf)


def _weight(gold: _Item, pair: tuple[Leaf, ...]) -> int:
    if not pair:
        return 0
    credit = sum(leaf.outcome.half_points for leaf in pair)
    right = sum(leaf.outcome is Outcome.COR for leaf in pair)
    return credit * _CREDIT_UNIT + 20 * (not gold.optional) + min(right, 19)


def _pair(slot: str, gold: _Item, answer: _Item) -> tuple[Leaf, ...]:
    """Return the leaves of two items taken as the same, or nothing where their anchors forbid it."""
    names = LIST_SLOTS[slot]
    anchor = _anchor(f"{slot}.{names[0]}", gold, answer)
    if not any(leaf.outcome.half_points for leaf in anchor):
        return ()
    rest = (
        leaf
        for name, label, value in zip(names[1:], gold.leaves[1:], answer.leaves[1:], strict=True)
        for leaf in compare_leaf(Place(f"{slot}.{name}", gold.position, answer.position, answer.evidence), label, value)
    )
    return (*anchor, *rest)


def _anchor(slot: str, gold: _Item, answer: _Item) -> tuple[Leaf, ...]:
    label, value = gold.leaves[0], answer.leaves[0]
    place = Place(slot, gold.position, answer.position, answer.evidence)
    return _names(place, label, value) if isinstance(label, tuple) else compare_leaf(place, label, value)


def _names(place: Place, gold: Sequence[Label[str]], answer: Sequence[str]) -> tuple[Leaf, ...]:
    """Return one leaf for each party of a related deal, aligned as items are."""
    ours, theirs = sorted(gold, key=str), sorted(answer)
    chosen = dict(assign([[_name_weight(label, name) for name in theirs] for label in ours]))
    left = sorted(set(range(len(theirs))).difference(chosen.values()))
    return (
        *(leaf for row, column in chosen.items() for leaf in compare_leaf(place, ours[row], theirs[column])),
        *(leaf for row, label in enumerate(ours) if row not in chosen for leaf in missing(place, label)),
        *(leaf for column in left for leaf in spurious(place, theirs[column])),
    )


def _name_weight(label: Label[str], name: str) -> int:
    credit = best_of(label, name).half_points
    return credit * _CREDIT_UNIT + (not label.optional) if credit else 0


def _missing_item(slot: str, item: _Item) -> list[Leaf]:
    return [
        leaf
        for name, label in zip(LIST_SLOTS[slot], item.leaves, strict=True)
        for one in (label if isinstance(label, tuple) else (label,))
        for leaf in missing(Place(f"{slot}.{name}", gold_item=item.position), one, optional=item.optional)
    ]


def _spurious_item(slot: str, item: _Item) -> list[Leaf]:
    return [
        leaf
        for name, value in zip(LIST_SLOTS[slot], item.leaves, strict=True)
        for one in (value if isinstance(value, tuple) else (value,))
        for leaf in spurious(Place(f"{slot}.{name}", answer_item=item.position, evidence=item.evidence), one)
    ]
