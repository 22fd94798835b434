"""How sure a figure is: everything is resampled by story, because articles about one event are not independent.

A figure is a ratio of sums, so each story enters as its part of the numerator and its part of the denominator, and the
ratio is made anew in every resample.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from llmdeal.evaluation.counts import ratio
from llmdeal.evaluation.faults import ExtraMissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

__all__ = ["RESAMPLES", "SEED", "FlipTest", "Interval", "Part", "difference_interval", "flip_test", "ratio_interval"]

Part = tuple[float, float]
"""What one story adds to the numerator and to the denominator of a figure."""

SEED: Final = 20_251_103
RESAMPLES: Final = 9_999
_EXACT_STORIES: Final = 20
_RANDOM_FLIPS: Final = 99_999
_CELLS: Final = 2_000_000
_TIE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval.

    Args:
        low: Its lower end.
        high: Its upper end.
        error: Standard deviation of the figure over the resamples.
        stories: How many stories it was resampled from.
        level: Its confidence.
    """

    low: float
    high: float
    error: float
    stories: int
    level: float = 0.95


def ratio_interval(parts: Sequence[Part], *, seed: int = SEED, resamples: int = RESAMPLES) -> Interval | None:
    """Return the BCa bootstrap interval of a ratio of sums.

    Args:
        parts: One pair of numerator and denominator for each story. Stories whose denominator is 0 say nothing of the
            ratio and are left out.
        seed: Makes the resamples the same each time.
        resamples: How many there are.

    Returns:
        The 95 % interval, or None where fewer than two stories have a part in the ratio.

    Raises:
        ExtraMissingError: scipy is not installed.

    Source: Efron, "Better Bootstrap Confidence Intervals" (1987), as ``scipy.stats.bootstrap`` does it.

    Example:
        >>> interval = ratio_interval([(3, 4), (4, 4), (2, 4), (4, 5), (3, 5), (5, 5)])
        >>> 0.5 < interval.low < 21 / 27 < interval.high <= 1.0
        True
    """
    telling = [part for part in parts if part[1]]
    if len(telling) < 2:  # noqa: PLR2004  one story does not vary
        return None
    np, total = _numpy(), (sum(part[0] for part in telling), sum(part[1] for part in telling))
    if all(abs(part[0] * total[1] - total[0] * part[1]) <= _TIE * total[1] * part[1] for part in telling):
        value = total[0] / total[1]
        return Interval(value, value, 0.0, len(telling))
    numerators, denominators = np.array(telling, dtype=float).T

    def statistic(index: Any, axis: int = -1) -> Any:  # noqa: ANN401  numpy is not imported when types are checked
        return numerators[index].sum(axis) / denominators[index].sum(axis)

    return _bca(statistic, len(telling), seed, resamples)


def difference_interval(
    before: Sequence[Part], after: Sequence[Part], *, seed: int = SEED, resamples: int = RESAMPLES
) -> Interval | None:
    """Return the BCa bootstrap interval of the difference of two ratios over the same stories.

    Args:
        before: The parts of one run, one for each story.
        after: The parts of the other, in the same order.
        seed: Makes the resamples the same each time.
        resamples: How many there are. One in which a ratio is undefined shows no difference.

    Returns:
        The 95 % interval of ``after`` minus ``before``, or None where fewer than two stories have a part in it.

    Raises:
        ExtraMissingError: scipy is not installed.
    """
    pairs = [(one, other) for one, other in zip(before, after, strict=True) if one[1] or other[1]]
    if len(pairs) < 2:  # noqa: PLR2004  one story does not vary
        return None
    if all(one == other for one, other in pairs):
        return Interval(0.0, 0.0, 0.0, len(pairs))
    columns = _numpy().array([(*one, *other) for one, other in pairs], dtype=float).T

    def statistic(index: Any, axis: int = -1) -> Any:  # noqa: ANN401  numpy is not imported when types are checked
        return _difference(*(column[index].sum(axis) for column in columns))

    return _bca(statistic, len(pairs), seed, resamples)


def _difference(before: Any, before_of: Any, after: Any, after_of: Any) -> Any:  # noqa: ANN401  arrays
    np = _numpy()
    defined = (before_of != 0) & (after_of != 0)
    shape = np.shape(defined)
    first = np.divide(before, before_of, out=np.zeros(shape), where=defined)
    return np.divide(after, after_of, out=np.zeros(shape), where=defined) - first


def _bca(statistic: Callable[..., Any], stories: int, seed: int, resamples: int) -> Interval:
    """Bootstrap a statistic of story numbers; where BCa is degenerate, by percentiles."""
    np, bootstrap = _numpy(), _bootstrap()
    for method in ("BCa", "percentile"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", category=RuntimeWarning)
            found = bootstrap(
                (np.arange(stories),),
                statistic,
                vectorized=True,
                n_resamples=resamples,
                batch=max(_CELLS // stories, 1),
                method=method,
                rng=np.random.default_rng(seed),
            )
        low, high = float(found.confidence_interval.low), float(found.confidence_interval.high)
        if low <= high:
            break
    return Interval(low, high, float(found.standard_error), stories)


@dataclass(frozen=True, slots=True)
class FlipTest:
    """The outcome of a sign-flip test.

    Args:
        p_value: Two-sided.
        exact: True where every way to swap the runs was tried, False where a seeded sample of them was.
        flips: How many ways were tried.
    """

    p_value: float
    exact: bool
    flips: int


def flip_test(before: Sequence[Part], after: Sequence[Part], *, seed: int = SEED) -> FlipTest:
    """Test whether two runs differ: swap them story by story, and see how often the difference grows as large.

    Args:
        before: The parts of one run, one for each story.
        after: The parts of the other, in the same order.
        seed: Makes the sample of swaps the same each time, where there are too many to try all.

    Returns:
        The test, exact where at most 20 stories differ. A swap that leaves a ratio undefined counts against a finding.

    Raises:
        ExtraMissingError: numpy is not installed.

    Source: Fisher's randomisation test for pairs, on the ratio of sums; "Approximate Randomization Tests", Noreen 1989.

    Example:
        >>> test = flip_test([(0, 1)] * 6, [(1, 1)] * 6)
        >>> test.p_value, test.exact, test.flips
        (0.03125, True, 64)
    """
    pairs = list(zip(before, after, strict=True))
    differing = [(one, other) for one, other in pairs if one != other]
    if not differing:
        return FlipTest(1.0, exact=True, flips=1)
    np = _numpy()
    total = np.array([(*one, *other) for one, other in pairs], dtype=float).sum(axis=0)
    observed = abs(_difference(*total))
    # Swapping a story moves this much from the one run to the other.
    moves = np.array([(other[0] - one[0], other[1] - one[1]) for one, other in differing], dtype=float)
    exact = len(differing) <= _EXACT_STORIES
    shifts = _all_shifts(moves) if exact else _random_shifts(moves, seed)
    before_now, after_now = total[:2] + shifts, total[2:] - shifts
    differences = abs(_difference(before_now[:, 0], before_now[:, 1], after_now[:, 0], after_now[:, 1]))
    undefined = (before_now[:, 1] == 0) | (after_now[:, 1] == 0)
    extreme = int(((differences >= observed - _TIE) | undefined).sum())
    if exact:
        return FlipTest(extreme / len(shifts), exact=True, flips=len(shifts))
    return FlipTest((extreme + 1) / (len(shifts) + 1), exact=False, flips=len(shifts))


def _all_shifts(moves: Any) -> Any:  # noqa: ANN401  numpy is not imported when types are checked
    np = _numpy()
    shifts = np.zeros((1, 2))
    for move in moves:
        shifts = np.concatenate((shifts, shifts + move))
    return shifts


def _random_shifts(moves: Any, seed: int) -> Any:  # noqa: ANN401  numpy is not imported when types are checked
    np = _numpy()
    generator = np.random.default_rng(seed)
    size = max(_CELLS // len(moves), 1)
    chunks = [
        generator.integers(0, 2, size=(min(size, _RANDOM_FLIPS - start), len(moves))) @ moves
        for start in range(0, _RANDOM_FLIPS, size)
    ]
    return np.concatenate(chunks)


def quotient(parts: Sequence[Part]) -> float | None:
    """Return the ratio that the parts of all stories make, or None where it is undefined."""
    return ratio(sum(part[0] for part in parts), sum(part[1] for part in parts))


@cache
def _numpy() -> ModuleType:
    try:
        import numpy as np
    except ImportError as error:
        library = "numpy"
        raise ExtraMissingError(library) from error
    return np


@cache
def _bootstrap() -> Callable[..., Any]:
    try:
        from scipy.stats import bootstrap
    except ImportError as error:
        library = "scipy"
        raise ExtraMissingError(library) from error
    return bootstrap
