"""The figures that are made of scores: each a ratio of what its articles add to a numerator and to a denominator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from llmdeal.evaluation.counts import Counts
from llmdeal.evaluation.leaves import LEAF_SLOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from llmdeal.evaluation.scoring import ArticleScore
    from llmdeal.evaluation.statistics import Part

    Measure = Callable[[ArticleScore], Part]

__all__ = ["LESS_IS_BETTER", "MEASURES", "by_story", "measure"]


def measure(name: str) -> Measure:
    """Return a figure's parts by its name.

    Args:
        name: One of ``MEASURES``, or ``f1``, ``precision``, ``recall`` or ``invention_rate`` of a slot, as in
            ``f1:parties.role``.

    Returns:
        What an article's score adds to the figure's numerator and denominator.

    Raises:
        ValueError: There is no such figure.

    Example:
        >>> measure("f2")
        Traceback (most recent call last):
            ...
        ValueError: no figure 'f2'; there are f1, precision, recall, exact_records, invention_rate, ungrounded, facts, \
unstated, and f1:SLOT, precision:SLOT, recall:SLOT, invention_rate:SLOT
    """
    kind, _, slot = name.partition(":")
    if kind in _OF_COUNTS and (slot in LEAF_SLOTS or not slot):
        of_counts = _OF_COUNTS[kind]
        return lambda score: of_counts(score.slots.get(slot, _NONE) if slot else score.counts)
    if name in _OF_ARTICLE:
        return _OF_ARTICLE[name]
    by_slot = ", ".join(f"{kind}:SLOT" for kind in _OF_COUNTS)
    msg = f"no figure {name!r}; there are {', '.join(MEASURES)}, and {by_slot}"
    raise ValueError(msg)


def by_story(scores: Iterable[ArticleScore], part_of: Measure) -> dict[str, Part]:
    """Add up the parts of a figure story by story.

    Args:
        scores: The scores.
        part_of: The figure.

    Returns:
        One part for each story, in the order of the stories' names.
    """
    stories: dict[str, Part] = {}
    for score in scores:
        part, so_far = part_of(score), stories.get(score.article.story, (0, 0))
        stories[score.article.story] = (so_far[0] + part[0], so_far[1] + part[1])
    return dict(sorted(stories.items()))


_NONE: Final = Counts()
_OF_COUNTS: Final[dict[str, Callable[[Counts], Part]]] = {
    "f1": lambda counts: (2 * counts.credit, counts.possible + counts.actual),
    "precision": lambda counts: (counts.credit, counts.actual),
    "recall": lambda counts: (counts.credit, counts.possible),
    "invention_rate": lambda counts: (counts.spu, counts.spu + counts.non),
}
_OF_ARTICLE: Final[dict[str, Measure]] = {
    "exact_records": lambda score: (int(score.exact or False), int(score.exact is not None)),
    "ungrounded": lambda score: (len(score.grounded.ungrounded), score.grounded.values),
    "facts": lambda score: (sum(score.facts), len(score.facts)) if score.facts else (0, 0),
    "unstated": lambda score: (len(score.prose.unstated), score.prose.checked) if score.prose else (0, 0),
}
MEASURES: Final = (
    "f1",
    "precision",
    "recall",
    "exact_records",
    "invention_rate",
    "ungrounded",
    "facts",
    "unstated",
)
LESS_IS_BETTER: Final = frozenset({"invention_rate", "ungrounded", "unstated"})
