"""A saved run scored: figures, what it took, how much it varies, and what a reader should know."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from llmdeal.evaluation.answers import Scored, score_answer
from llmdeal.evaluation.counts import Counts
from llmdeal.evaluation.figures import Figures, summarise
from llmdeal.evaluation.prose import check_prose
from llmdeal.evaluation.runs import Run, RunError, digest_of
from llmdeal.evaluation.spending import Spending, spending_of
from llmdeal.evaluation.statistics import RESAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from llmdeal.evaluation.answers import Answered
    from llmdeal.evaluation.labels import GoldArticle

__all__ = ["Repeats", "Results", "score_answers", "score_run"]

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Repeats:
    """How a run varies when the same is asked again.

    Args:
        f1: Micro-F1 of each repeat that is complete, in order; None where it is undefined.
    """

    f1: tuple[float | None, ...]

    @property
    def std(self) -> float | None:
        """Sample standard deviation of F1 between repeats; None where fewer than two are known.

        Example:
            >>> round(Repeats((0.7, 0.8, 0.9)).std, 3), Repeats((0.7,)).std
            (0.1, None)
        """
        known = [value for value in self.f1 if value is not None]
        return statistics.stdev(known) if len(known) > 1 else None


@dataclass(frozen=True)
class Results:
    """A run and its scores.

    Args:
        run: The run.
        scored: Its answers with their scores, prose included.
        warnings: What a reader should know: articles that changed, that are not answered yet, that are not there.
    """

    run: Run
    scored: tuple[Scored, ...]
    warnings: tuple[str, ...] = ()

    @cached_property
    def spending(self) -> Spending:
        """What it took."""
        return spending_of(one.answered for one in self.scored)

    @cached_property
    def repeats(self) -> Repeats:
        """How it varies. Repeats that are not answered for all articles are left out: they are no whole run."""
        by_repeat: dict[int, list[Scored]] = {}
        for one in self.scored:
            by_repeat.setdefault(one.answered.repeat, []).append(one)
        most = max(map(len, by_repeat.values()), default=0)
        whole = [by_repeat[number] for number in sorted(by_repeat) if len(by_repeat[number]) == most]
        return Repeats(tuple(Counts.total(one.score.counts for one in scored).f1 for scored in whole))

    def figures(self, *, resamples: int = RESAMPLES) -> Figures:
        """Return its figures, over all repeats.

        Args:
            resamples: How many resamples an interval is made from; 0 for no intervals.

        Raises:
            ExtraMissingError: scipy is not installed, and intervals are asked for.
        """
        return summarise([one.score for one in self.scored], resamples=resamples)

    def to_dict(self, *, resamples: int = RESAMPLES) -> dict[str, Any]:
        """Return everything as plain data that JSON can write: that of ``Figures``, and what goes beyond it.

        Args:
            resamples: As for ``figures``.
        """
        return {
            **self.figures(resamples=resamples).to_dict(),
            **self.spending.to_dict(),
            "repeats": {"count": len(self.repeats.f1), "f1": list(self.repeats.f1), "std": self.repeats.std},
            "unanswered": len(self.run.unanswered),
            "about": self.run.about.model_dump(mode="json", exclude={"articles"}),
            "warnings": list(self.warnings),
        }


def score_run(run: Run, articles: Iterable[GoldArticle]) -> Results:
    """Score a saved run, without the model.

    Args:
        run: The run.
        articles: The articles with their labels as they are now; those that it is not about are left aside.

    Returns:
        The scores, and warnings where the run and the articles do not wholly fit.

    Raises:
        RunError: None of the articles is in the run.
        ExtraMissingError: scipy is not installed.
    """
    known = {article.id: article for article in articles}
    scored = score_answers(run.answers, known.values())
    if not scored:
        msg = (
            f"The run {run.about.name} is about none of these {len(known)} articles: give the folder it was made with."
        )
        raise RunError(msg)
    return Results(run, scored, tuple(_warnings(run, known)))


def score_answers(answers: Iterable[Answered], articles: Iterable[GoldArticle]) -> tuple[Scored, ...]:
    """Score answers, and look at their prose too.

    Args:
        answers: The answers; those about other articles are left out.
        articles: The articles with their labels.

    Returns:
        The answers with their scores, in the order of the articles.

    Raises:
        ExtraMissingError: scipy is not installed.
    """
    by_article: dict[str, list[Answered]] = {}
    for answered in answers:
        by_article.setdefault(answered.id, []).append(answered)
    return tuple(_scored(article, answered) for article in articles for answered in by_article.get(article.id, ()))


def _scored(article: GoldArticle, answered: Answered) -> Scored:
    scored = score_answer(article, answered)
    if answered.deal is None:
        return scored
    return Scored(answered, replace(scored.score, prose=check_prose(article, answered.deal)))


def _warnings(run: Run, articles: dict[str, GoldArticle]) -> Iterable[str]:
    if run.unanswered:
        yield f"{len(run.unanswered)} answers are still to come: {_listed([key[0] for key in run.unanswered])}."
    if absent := [name for name in dict.fromkeys(one.id for one in run.answers) if name not in articles]:
        yield f"{len(absent)} articles of the run are not among these and are left out: {_listed(absent)}."
    digests = {digest.id: digest for digest in run.about.articles}
    now = [digest_of(articles[name]) for name in digests if name in articles]
    if texts := [digest.id for digest in now if digest.text != digests[digest.id].text]:
        yield f"The text has changed since the run was made; the answers point into the old one: {_listed(texts)}."
    if labels := [digest.id for digest in now if digest.labels != digests[digest.id].labels]:
        yield f"The labels have changed since the run was made: {_listed(labels)}."


def _listed(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    more = f" and {len(distinct) - _SHOWN} more" if len(distinct) > _SHOWN else ""
    return f"{', '.join(distinct[:_SHOWN])}{more}"
