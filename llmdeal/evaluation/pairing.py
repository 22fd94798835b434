"""Two runs side by side: figures with the intervals of their differences, slot by slot, and the facts behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from llmdeal.evaluation.changes import Changes, compare_leaves
from llmdeal.evaluation.comparison import Comparison, compare_runs
from llmdeal.evaluation.leaves import LEAF_SLOTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from llmdeal.evaluation.answers import Scored

__all__ = ["HEADLINE", "Pairing", "comparison_to_dict", "pair_runs", "pair_slots"]

HEADLINE: Final = ("f1", "precision", "recall", "exact_records", "invention_rate", "ungrounded", "facts", "unstated")


@dataclass(frozen=True)
class Pairing:
    """Two runs over the articles that both have.

    Args:
        comparisons: By figure, as ``measure`` names it.
        changes: The facts that came out otherwise.
        warnings: What a reader should know, each once.
    """

    comparisons: dict[str, Comparison]
    changes: Changes
    warnings: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data that JSON can write."""
        return {
            "comparisons": {name: comparison_to_dict(one) for name, one in self.comparisons.items()},
            **self.changes.to_dict(),
            "warnings": list(self.warnings),
        }


def pair_runs(before: Sequence[Scored], after: Sequence[Scored], figures: Iterable[str] = HEADLINE) -> Pairing:
    """Compare two runs.

    Args:
        before: The answers of the one run, scored against the same labels as
        after: those of the other. Where one was repeated more often, its last repeats are left aside.
        figures: Which figures to compare.

    Returns:
        Both side by side.

    Raises:
        ComparisonError: They share fewer than 6 stories.
        ExtraMissingError: scipy is not installed.
        ValueError: There is no such figure.
    """
    first, second = _alike(before, after)
    comparisons = {name: _compare(first, second, name) for name in figures}
    warnings = [warning for comparison in comparisons.values() for warning in comparison.warnings]
    if len(first) + len(second) < len(before) + len(after):
        warnings.append("One run was repeated more often than the other; its last repeats are left aside.")
    return Pairing(comparisons, compare_leaves(first, second), tuple(dict.fromkeys(warnings)))


def pair_slots(before: Sequence[Scored], after: Sequence[Scored]) -> dict[str, Comparison]:
    """Compare F1 slot by slot, where a leaf of the slot is in either run.

    Args:
        before: As for ``pair_runs``.
        after: As for ``pair_runs``.

    Raises:
        ComparisonError: They share fewer than 6 stories.
        ExtraMissingError: scipy is not installed.
    """
    first, second = _alike(before, after)
    there = {slot for one in (*first, *second) for slot in one.score.slots}
    return {slot: _compare(first, second, f"f1:{slot}") for slot in LEAF_SLOTS if slot in there}


def comparison_to_dict(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data that JSON can write."""
    interval = comparison.interval
    return {
        "before": comparison.before,
        "after": comparison.after,
        "difference": comparison.difference,
        "interval": [interval.low, interval.high] if interval else None,
        "p_value": comparison.test.p_value,
        "exact": comparison.test.exact,
        "worse": comparison.worse,
        "smallest_visible": comparison.smallest_visible,
        "articles": comparison.articles,
        "stories": comparison.stories,
        "sentence": str(comparison),
    }


def _compare(before: Sequence[Scored], after: Sequence[Scored], figure: str) -> Comparison:
    return compare_runs([one.score for one in before], [one.score for one in after], figure=figure)


def _alike(before: Sequence[Scored], after: Sequence[Scored]) -> tuple[list[Scored], list[Scored]]:
    """Return as many repeats of the one as of the other: else a story would weigh more in one of them."""
    repeats = min(max((one.answered.repeat for one in run), default=0) for run in (before, after))
    first, second = ([one for one in run if one.answered.repeat <= repeats] for run in (before, after))
    return first, second
