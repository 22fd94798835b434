"""Which item of the gold an item of the answer is: the alignment that earns the most credit."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from llmdeal.evaluation.faults import ExtraMissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["assign"]


def assign(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Pair rows with columns so that the weights of the pairs add up to the most.

    Args:
        weights: One row for each item of the gold, one column for each of the answer; 0 where they may not pair.

    Returns:
        Pairs of row and column, by row; neither a row nor a column occurs twice, and no pair has weight 0.

    Raises:
        ExtraMissingError: scipy is not installed.

    Source: ``scipy.optimize.linear_sum_assignment`` (Crouse, "On implementing 2D rectangular assignment algorithms",
    2016).

    Example:
        >>> assign([[3, 2], [2, 0]])
        [(0, 1), (1, 0)]
    """
    solve = _solver()
    if not weights or not weights[0]:
        return []
    if len(weights) == 1 and len(weights[0]) == 1:
        return [(0, 0)] if weights[0][0] else []
    rows, columns = solve(weights, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column) for row, column in pairs if weights[row][column]]


@cache
def _solver() -> Callable[..., Any]:
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        library = "scipy"
        raise ExtraMissingError(library) from error
    return linear_sum_assignment
