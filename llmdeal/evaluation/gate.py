"""The gate: is a run worse than the one that was accepted, and not by luck?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from llmdeal.evaluation.answers import Scored
from llmdeal.evaluation.comparison import Comparison
from llmdeal.evaluation.measures import LESS_IS_BETTER
from llmdeal.evaluation.pairing import HEADLINE, Pairing, comparison_to_dict, pair_runs
from llmdeal.evaluation.results import score_run
from llmdeal.evaluation.statistics import RESAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from llmdeal.evaluation.labels import GoldArticle
    from llmdeal.evaluation.results import Results
    from llmdeal.evaluation.runs import Run

__all__ = ["ALLOWANCES", "Gated", "Verdict", "gate_runs", "gate_to_dict", "verdict_of"]

ALLOWANCES: Final[Mapping[str, float]] = {
    "f1": 0.01,
    "f1:value": 0.0,
    "f1:deal_type": 0.0,
    "f1:parties.role": 0.02,
    "invention_rate": 0.01,
}
"""The gated figures, and what each may lose before it is looked at whether the loss is more than luck."""


@dataclass(frozen=True, slots=True)
class Gated:
    """A gated figure.

    Args:
        comparison: The figure in the accepted run and in the new one.
        allowance: What it may lose.
    """

    comparison: Comparison
    allowance: float

    @property
    def loss(self) -> float:
        """How much worse it is; negative where it is better, 0 where it is undefined."""
        difference = self.comparison.difference or 0.0
        return difference if self.comparison.figure.partition(":")[0] in LESS_IS_BETTER else -difference

    @property
    def regressed(self) -> bool:
        """True where it lost more than it may, and the interval of the difference lies wholly on the bad side."""
        return self.loss > self.allowance and self.comparison.worse


@dataclass(frozen=True)
class Verdict:
    """What the gate says.

    Args:
        before: The accepted answers, scored.
        after: The new ones.
        gated: The gated figures.
        pairing: All headline figures, and the facts that came out otherwise.
        ungrounded: For each article with more of them than before, the values that do not stand in its text.
    """

    before: tuple[Scored, ...]
    after: tuple[Scored, ...]
    gated: tuple[Gated, ...]
    pairing: Pairing
    ungrounded: dict[str, tuple[str, ...]]

    @property
    def regressions(self) -> tuple[str, ...]:
        """A line for each thing that lets the gate fail."""
        figures = [
            f"{one.comparison} It may lose {one.allowance:g}." if one.allowance else str(one.comparison)
            for one in self.gated
            if one.regressed
        ]
        values = [f"{name}: not in the text: {', '.join(paths)}" for name, paths in self.ungrounded.items()]
        return (*figures, *values)

    @property
    def passed(self) -> bool:
        """True where nothing regressed."""
        return not self.regressions

    def lines(self) -> list[str]:
        """Say it for people: the facts by which the run is worse, those by which it is better, what regressed."""
        return [
            *self.pairing.changes.lines(),
            *self.regressions,
            f"{'not ' * self.passed}worse than the baseline",
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data that JSON can write."""
        return {
            "passed": self.passed,
            "regressions": list(self.regressions),
            "gated": {
                one.comparison.figure: {
                    **comparison_to_dict(one.comparison),
                    "allowance": one.allowance,
                    "regressed": one.regressed,
                }
                for one in self.gated
            },
            **self.pairing.to_dict(),
        }


def verdict_of(
    before: Sequence[Scored], after: Sequence[Scored], *, allowances: Mapping[str, float] = ALLOWANCES
) -> Verdict:
    """Compare a run with the accepted one.

    Args:
        before: The accepted answers, scored against the same labels as
        after: the new ones.
        allowances: By figure, what it may lose.

    Returns:
        The verdict. A value that does not stand in its article is a regression whatever the intervals say, unless the
        accepted run has as many in that article.

    Raises:
        ComparisonError: They share fewer than 6 stories.
        ExtraMissingError: scipy is not installed.
        ValueError: There is no such figure.
    """
    pairing = pair_runs(before, after, dict.fromkeys((*HEADLINE, *allowances)))
    gated = tuple(Gated(pairing.comparisons[figure], allowance) for figure, allowance in allowances.items())
    earlier, now = _ungrounded(before), _ungrounded(after)
    more = {name: paths for name, paths in now.items() if len(paths) > len(earlier.get(name, ()))}
    return Verdict(tuple(before), tuple(after), gated, pairing, more)


def gate_runs(baseline: Run, run: Run, articles: Iterable[GoldArticle]) -> tuple[Verdict, Results]:
    """Score a run and the accepted one, and compare them.

    Args:
        baseline: The accepted run.
        run: The new one.
        articles: The articles with their labels.

    Returns:
        The verdict, and the results of the new run, with what a reader should know of both.

    Raises:
        RunError: None of the articles is in one of the runs.
        ComparisonError: They share fewer than 6 stories.
        ExtraMissingError: scipy is not installed.
    """
    articles = tuple(articles)
    before, after = score_run(baseline, articles), score_run(run, articles)
    warnings = (*after.warnings, *(f"Baseline: {warning}" for warning in before.warnings))
    return verdict_of(before.scored, after.scored), replace(after, warnings=warnings)


def gate_to_dict(verdict: Verdict, results: Results, *, resamples: int = RESAMPLES) -> dict[str, Any]:
    """Return a verdict and the figures of the new run as plain data that JSON can write.

    Args:
        verdict: What the gate said.
        results: The results of the new run.
        resamples: How many resamples an interval of the figures is made from; 0 for no intervals.
    """
    data = verdict.to_dict()
    figures = results.to_dict(resamples=resamples)
    return {**figures, **data, "warnings": [*figures["warnings"], *data["warnings"]]}


def _ungrounded(scored: Iterable[Scored]) -> dict[str, tuple[str, ...]]:
    return {
        # The path of what the deal itself rests on is empty.
        one.answered.id: tuple(path or "the deal" for path in one.score.grounded.ungrounded)
        for one in scored
        if one.score.grounded.ungrounded
    }
