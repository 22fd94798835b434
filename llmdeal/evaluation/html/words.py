"""Figures in words, as the report writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from llmdeal.evaluation.measures import LESS_IS_BETTER

if TYPE_CHECKING:
    from llmdeal.evaluation.comparison import Comparison
    from llmdeal.evaluation.figures import Share
    from llmdeal.evaluation.statistics import Interval

__all__ = ["NAMES", "compared", "interval", "number", "share", "signed", "verdict"]

NAMES: Final = {
    "f1": "F1",
    "precision": "Precision",
    "recall": "Recall",
    "exact_records": "Exact records",
    "invention_rate": "Invention rate",
    "ungrounded": "Ungrounded",
    "facts": "Facts stated",
    "unstated": "Unstated in the prose",
}
_CHANCE: Final = 0.05
_RATIOS: Final = frozenset({"f1", "precision", "recall"})


def number(value: float | None, figure: str = "f1") -> str:
    """Write a figure: precision, recall and F1 as ratios, all others in per cent.

    Example:
        >>> number(0.6125), number(0.375, "exact_records"), number(None)
        ('0.613', '37.5 %', 'n/a')
    """
    if value is None:
        return "n/a"
    return f"{value:.3f}" if figure in _RATIOS else f"{100 * value:.1f} %"


def signed(value: float | None, figure: str = "f1") -> str:
    """Write a difference with its sign, in the unit of its figure.

    Example:
        >>> signed(-0.05), signed(0.125, "facts")
        ('−0.050', '+12.5 points')
    """
    if value is None:
        return "n/a"
    written = f"{value:+.3f}" if figure in _RATIOS else f"{100 * value:+.1f} points"
    return written.replace("-", "−")


def interval(found: Interval | None, figure: str = "f1") -> str:
    """Write an interval, or that there is none.

    Example:
        >>> from llmdeal.evaluation import Interval
        >>> interval(Interval(0.5, 0.7, 0.05, 12)), interval(None)
        ('0.500 to 0.700', 'no interval')
    """
    if found is None:
        return "no interval"
    return f"{number(found.low, figure)} to {number(found.high, figure)}"


def compared(found: Comparison) -> str:
    """Say how a figure moved from one run to the other, and what may be concluded.

    Args:
        found: The comparison.

    Returns:
        A few sentences.
    """
    figure, name = found.figure, NAMES.get(found.figure, found.figure)
    if found.before is None or found.after is None or found.interval is None:
        return f"{name} cannot be compared: it is undefined over these articles in one of the runs."
    if verdict(found) == "same":
        return f"{name}: {number(found.after, figure)} in both runs, whichever stories are drawn."
    way = "rose" if found.after > found.before else "fell" if found.after < found.before else "went"
    moved = f"{name} {way} from {number(found.before, figure)} to {number(found.after, figure)}"
    how = "exact" if found.test.exact else f"from {found.test.flips:,} random flips"
    ends = f"{signed(found.interval.low, figure)} to {signed(found.interval.high, figure)}"
    sentence = (
        f"{moved}: {signed(found.difference, figure)}, 95 % interval {ends}, p = {found.test.p_value:.3g} ({how})."
    )
    if (visible := found.smallest_visible) is not None:
        sight = signed(visible, figure).lstrip("+")
        sentence += f" The smallest difference that these {found.stories} stories could show is {sight}."
    if verdict(found) in {"better", "worse"} and found.test.p_value >= _CHANCE:
        sentence += " The sign-flip test does not bear it out."
    return sentence


def verdict(found: Comparison) -> str:
    """Return what a comparison shows: better, worse, same or unclear.

    Args:
        found: The comparison.

    Returns:
        ``unclear`` where the interval holds 0, or the figure is undefined; ``same`` where it is nothing but 0.
    """
    if found.interval is None or found.difference is None:
        return "unclear"
    if found.interval.low == found.interval.high == 0:
        return "same"
    if found.worse:
        return "worse"
    less_is_better = found.figure.partition(":")[0] in LESS_IS_BETTER
    better = found.interval.high < 0 if less_is_better else found.interval.low > 0
    return "better" if better else "unclear"


def share(found: Share) -> str:
    """Write what a share is of.

    Example:
        >>> from llmdeal.evaluation import Share
        >>> share(Share(3, 8, None))
        '3 of 8'
    """
    return f"{found.hits:,} of {found.of:,}"
