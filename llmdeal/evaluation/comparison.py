"""Compares two runs over the articles that both have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from llmdeal.evaluation.faults import ComparisonError
from llmdeal.evaluation.measures import LESS_IS_BETTER, by_story, measure
from llmdeal.evaluation.statistics import SEED, FlipTest, Interval, difference_interval, flip_test, quotient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmdeal.evaluation.scoring import ArticleScore

__all__ = ["Comparison", "compare_runs"]

_FEWEST: Final = 6
_FEW: Final = 10
# Two-sided 5 % and 80 % power: the 97.5 % and the 80 % point of the normal distribution.
_VISIBLE: Final = 1.959964 + 0.841621


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the same articles.

    Args:
        figure: Which figure was compared, as ``measure`` names it.
        before: The figure of the one run, and
        after: of the other; None where it is undefined.
        interval: 95 % interval of ``after`` minus ``before``, None where fewer than two stories bear on the figure.
        test: Sign-flip test of the difference.
        articles: How many articles both have.
        stories: How many stories those tell.
        warnings: What a reader should know.
    """

    figure: str
    before: float | None
    after: float | None
    interval: Interval | None
    test: FlipTest
    articles: int
    stories: int
    warnings: tuple[str, ...]

    @property
    def difference(self) -> float | None:
        """``after`` minus ``before``; None where either is undefined."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def smallest_visible(self) -> float | None:
        """The smallest true difference that stories which vary like these would show four times in five, at 5 %.

        None where the runs do not differ, so that nothing is known of how differences vary.

        Source: the minimum detectable effect of Bloom, "Minimum Detectable Effects" (1995), with the bootstrap's
        standard error.
        """
        return _VISIBLE * self.interval.error if self.interval and self.interval.error else None

    @property
    def worse(self) -> bool:
        """True where the interval lies wholly on the bad side of 0."""
        if self.interval is None:
            return False
        less_is_better = self.figure.partition(":")[0] in LESS_IS_BETTER
        return self.interval.low > 0 if less_is_better else self.interval.high < 0

    def __str__(self) -> str:
        """Say it in a sentence or two."""
        over = f"{self.articles} articles of {self.stories} stories"
        if self.before is None or self.after is None or self.interval is None:
            return f"{self.figure}: cannot be compared over {over}: it is undefined."
        how = "exact" if self.test.exact else f"from {self.test.flips:,} random flips"
        visible = self.smallest_visible
        if visible is not None:
            sight = f"the smallest difference it could see is {visible:.3f}"
        else:
            sight = "the two do not differ" if self.before == self.after else "all stories differ alike"
        return (
            f"{self.figure}: {self.before:.3f} -> {self.after:.3f}, {self.after - self.before:+.3f} "
            f"[{self.interval.low:+.3f}, {self.interval.high:+.3f}], p = {self.test.p_value:.3g} ({how}), over {over}; "
            f"{sight}."
        )


def compare_runs(
    before: Sequence[ArticleScore], after: Sequence[ArticleScore], *, figure: str = "f1", seed: int = SEED
) -> Comparison:
    """Compare two runs, paired over the articles that both have.

    Args:
        before: The scores of the one run.
        after: The scores of the other.
        figure: Which figure: a name that ``measure`` knows.
        seed: Makes resamples and random flips the same each time.

    Returns:
        The comparison. It warns below 10 shared stories, and where an article's text or labels are not the same.

    Raises:
        ComparisonError: They share fewer than 6 stories.
        ExtraMissingError: scipy is not installed.
        ValueError: There is no such figure.
    """
    part_of = measure(figure)
    shared = {score.article.id for score in before} & {score.article.id for score in after}
    ours = [score for score in before if score.article.id in shared]
    theirs = [score for score in after if score.article.id in shared]
    articles = {score.article.id: score.article for score in ours}
    current = {score.article.id: score.article for score in theirs}
    stories = {article.story for article in current.values()}
    if len(stories) < _FEWEST:
        msg = (
            f"The runs share {len(stories)} stories ({len(shared)} articles); a comparison needs at least {_FEWEST}, "
            "because fewer cannot show a difference at 5 %. Run both over more articles."
        )
        raise ComparisonError(msg)
    changed = sorted(name for name in shared if articles[name] != current[name])
    if {name for name in changed if articles[name].story != current[name].story}:
        msg = "The runs put the same article into different stories; score both against the same gold files."
        raise ComparisonError(msg)
    first, second = by_story(ours, part_of), by_story(theirs, part_of)
    one, other = list(first.values()), list(second.values())
    return Comparison(
        figure=figure,
        before=quotient(one),
        after=quotient(other),
        interval=difference_interval(one, other, seed=seed),
        test=flip_test(one, other, seed=seed),
        articles=len(shared),
        stories=len(stories),
        warnings=tuple(_warnings(len(stories), changed, len(before) + len(after) - len(ours) - len(theirs))),
    )


def _warnings(stories: int, changed: list[str], left_out: int) -> list[str]:
    found = []
    if stories < _FEW:
        found.append(f"Only {stories} stories are shared; below {_FEW} only large differences can show.")
    if changed:
        found.append(f"Text or labels are not the same in both runs for: {', '.join(changed)}.")
    if left_out:
        found.append(f"{left_out} scores are of articles that only one run has; they are left out.")
    return found
