"""What the report shows of a run as a whole: headline figures, tables, and how two runs compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from llmdeal.evaluation.faults import ComparisonError
from llmdeal.evaluation.figures import Figure, Figures, summarise
from llmdeal.evaluation.measures import by_story, measure
from llmdeal.evaluation.pairing import Pairing, pair_runs
from llmdeal.evaluation.spending import Spending, spending_of
from llmdeal.evaluation.statistics import RESAMPLES, Interval, ratio_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmdeal.evaluation.answers import Scored
    from llmdeal.evaluation.scoring import ArticleScore

__all__ = ["Card", "Compared", "Line", "Overview", "Source", "Table", "view_run"]

_TABLES: Final = {"slots": "slot", "languages": "language", "tags": "tag", "deal_types": "deal type"}


class Card(NamedTuple):
    """A headline figure.

    Args:
        figure: Its name, as ``measure`` knows it.
        value: The figure; None where it is undefined.
        interval: Its 95 % interval.
        hits: How many, for a share of countable things, else None.
        of: Of how many.
    """

    figure: str
    value: float | None
    interval: Interval | None
    hits: int | None = None
    of: int | None = None


class Line(NamedTuple):
    """A line of a table: a group, its figure, and how far its F1 is from the other run's over shared articles."""

    name: str
    figure: Figure
    difference: float | None


class Table(NamedTuple):
    """The figures of a run by one key, as the filters call it."""

    key: str
    lines: tuple[Line, ...]


class Source(NamedTuple):
    """What answered: how many answers name this model and this prompt."""

    model: str
    prompt: str
    answers: int


class Compared(NamedTuple):
    """Two runs beside each other.

    Args:
        pairing: The runs over the articles that both have; None where they cannot be compared.
        problem: Why they cannot be.
        only_before: Articles that this run does not have.
        only_after: Articles that the other run does not have.
        source: What answered in the other run.
    """

    pairing: Pairing | None
    problem: str | None
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    source: tuple[Source, ...]


class Overview(NamedTuple):
    """A run as a whole, beside another where there is one."""

    figures: Figures
    cards: tuple[Card, ...]
    tables: tuple[Table, ...]
    source: tuple[Source, ...]
    spending: Spending
    compared: Compared | None


def view_run(after: Sequence[Scored], before: Sequence[Scored] = (), *, resamples: int = RESAMPLES) -> Overview:
    """Make the figures of a run, and of what changed from another.

    Args:
        after: The run.
        before: The other; may be empty.
        resamples: How many resamples an interval is made from; 0 for no intervals.

    Returns:
        What the report shows above the articles.

    Raises:
        ExtraMissingError: scipy is not installed.
    """
    ours, theirs = [one.score for one in after], [one.score for one in before]
    figures = summarise(ours, resamples=resamples)
    return Overview(
        figures=figures,
        cards=_cards(figures, ours, resamples),
        tables=_tables(figures, ours, theirs),
        source=_sources(after),
        spending=spending_of([one.answered for one in after]),
        compared=_compared(after, before) if before else None,
    )


def _cards(figures: Figures, scores: Sequence[ArticleScore], resamples: int) -> tuple[Card, ...]:
    def of_counts(name: str) -> Interval | None:
        if not resamples:
            return None
        return ratio_interval(list(by_story(scores, measure(name)).values()), resamples=resamples)

    counts = figures.micro.counts
    shares = {
        "exact_records": figures.exact_records,
        "invention_rate": figures.invention,
        "ungrounded": figures.ungrounded,
        "facts": figures.facts,
        "unstated": figures.unstated,
    }
    return (
        Card("f1", counts.f1, figures.micro.interval),
        Card("precision", counts.precision, of_counts("precision")),
        Card("recall", counts.recall, of_counts("recall")),
        *(
            Card(name, share.value, share.interval, share.hits, share.of)
            for name, share in shares.items()
            # Whoever did not look for it has nothing to say of it.
            if share.of or name != "unstated"
        ),
    )


def _tables(figures: Figures, after: Sequence[ArticleScore], before: Sequence[ArticleScore]) -> tuple[Table, ...]:
    shared = {score.article.id for score in after} & {score.article.id for score in before}
    now, then = (
        summarise([score for score in scores if score.article.id in shared], resamples=0) for scores in (after, before)
    )
    tables = []
    for group, key in _TABLES.items():
        found: dict[str, Figure] = getattr(figures, group)
        lines = (
            Line(name, figure, _difference(getattr(then, group).get(name), getattr(now, group).get(name)))
            for name, figure in found.items()
        )
        tables.append(Table(key, tuple(lines)))
    return tuple(tables)


def _difference(before: Figure | None, after: Figure | None) -> float | None:
    if before is None or after is None or before.counts.f1 is None or after.counts.f1 is None:
        return None
    return after.counts.f1 - before.counts.f1


def _sources(run: Sequence[Scored]) -> tuple[Source, ...]:
    found: dict[tuple[str, str], int] = {}
    for one in run:
        if (provenance := one.answered.provenance) is not None:
            key = (provenance.model, f"{provenance.prompt}.v{provenance.version}")
            found[key] = found.get(key, 0) + 1
    return tuple(Source(model, prompt, answers) for (model, prompt), answers in sorted(found.items()))


def _compared(after: Sequence[Scored], before: Sequence[Scored]) -> Compared:
    ours, theirs = ({one.score.article.id for one in run} for run in (after, before))
    pairing, problem = None, None
    try:
        pairing = pair_runs(before, after)
    except ComparisonError as error:
        problem = str(error)
    return Compared(
        pairing=pairing,
        problem=problem,
        only_before=tuple(sorted(theirs - ours)),
        only_after=tuple(sorted(ours - theirs)),
        source=_sources(before),
    )
