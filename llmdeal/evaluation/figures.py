"""The figures of a run: micro precision, recall and F1, as a whole and by slot, language, tag and deal type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from llmdeal.evaluation.counts import Counts, ratio
from llmdeal.evaluation.leaves import LEAF_SLOTS
from llmdeal.evaluation.measures import by_story, measure
from llmdeal.evaluation.statistics import RESAMPLES, SEED, Interval, ratio_interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from llmdeal.evaluation.scoring import ArticleScore

__all__ = ["Figure", "Figures", "Share", "summarise"]


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts and what is made of them.

    Args:
        counts: The counts.
        interval: 95 % interval of F1, or None where it cannot be had.
        articles: How many articles have a leaf in it.
    """

    counts: Counts
    interval: Interval | None
    articles: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data; an undefined ratio is None."""
        counts = self.counts
        return {
            "precision": counts.precision,
            "recall": counts.recall,
            "f1": counts.f1,
            "interval": _ends(self.interval),
            "articles": self.articles,
            "counts": {name: getattr(counts, name) for name in ("cor", "par", "inc", "mis", "spu", "non")},
        }


@dataclass(frozen=True, slots=True)
class Share:
    """How many of something.

    Args:
        hits: How many.
        of: Of how many.
        interval: 95 % interval of the share, or None where it cannot be had.
    """

    hits: int
    of: int
    interval: Interval | None

    @property
    def value(self) -> float | None:
        """The share, or None where there is nothing to take it of."""
        return ratio(self.hits, self.of)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a run.

    Args:
        articles: How many articles were scored, failed ones included.
        stories: How many stories they tell.
        failed: How many of them got no answer.
        micro: Over all leaves.
        slots: By leaf slot (``parties.role``).
        languages: By language.
        tags: By tag; an article counts for each of its tags.
        deal_types: By the gold's deal type, the first where it allows several; ``none`` is an article without a deal.
        exact_records: Articles with deal type, status, all parties and value right, of those that have them labelled.
        invention: SPU of SPU + NON.
        ungrounded: Answered values that do not stand in the text.
        facts: Gold facts that the prose states.
        unstated: Numbers and names in the prose that the article does not state, where they were looked for.
    """

    articles: int
    stories: int
    failed: int
    micro: Figure
    slots: dict[str, Figure]
    languages: dict[str, Figure]
    tags: dict[str, Figure]
    deal_types: dict[str, Figure]
    exact_records: Share
    invention: Share
    ungrounded: Share
    facts: Share
    unstated: Share

    def to_dict(self) -> dict[str, Any]:
        """Return them as plain data that JSON can write; an undefined ratio is None."""
        shares = {
            "exact_records": self.exact_records,
            "invention_rate": self.invention,
            "ungrounded_rate": self.ungrounded,
            "facts_stated": self.facts,
            "prose_unstated": self.unstated,
        }
        groups = {name: getattr(self, name) for name in ("slots", "languages", "tags", "deal_types")}
        return {
            "articles": self.articles,
            "stories": self.stories,
            "failed": self.failed,
            "micro": self.micro.to_dict(),
            **{name: share.value for name, share in shares.items()},
            "intervals": {name: _ends(share.interval) for name, share in shares.items()},
            **{name: {key: figure.to_dict() for key, figure in group.items()} for name, group in groups.items()},
        }


def summarise(scores: Sequence[ArticleScore], *, seed: int = SEED, resamples: int = RESAMPLES) -> Figures:
    """Make the figures of a run.

    Args:
        scores: One score for each article, or several where it was repeated.
        seed: Makes the intervals the same each time.
        resamples: How many resamples an interval is made from; 0 for no intervals.

    Returns:
        The figures.

    Raises:
        ExtraMissingError: scipy is not installed, and intervals are asked for.
    """
    maker = _Maker(seed, resamples)
    return Figures(
        articles=len(scores),
        stories=len({score.article.story for score in scores}),
        failed=sum(score.failure is not None for score in scores),
        micro=maker.figure(scores, ""),
        slots={slot: maker.figure(scores, slot) for slot in LEAF_SLOTS if any(slot in score.slots for score in scores)},
        languages=maker.groups(scores, lambda score: (score.article.language,)),
        tags=maker.groups(scores, lambda score: score.article.tags),
        deal_types=maker.groups(scores, _deal_types),
        exact_records=maker.share(scores, "exact_records"),
        invention=maker.share(scores, "invention_rate"),
        ungrounded=maker.share(scores, "ungrounded"),
        facts=maker.share(scores, "facts"),
        unstated=maker.share(scores, "unstated"),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    seed: int
    resamples: int

    def figure(self, scores: Iterable[ArticleScore], slot: str) -> Figure:
        found = [score for score in scores if not slot or slot in score.slots]
        counts = Counts.total(score.slots[slot] if slot else score.counts for score in found)
        return Figure(counts, self._interval(found, f"f1:{slot}" if slot else "f1"), len(found))

    def groups(
        self, scores: Iterable[ArticleScore], keys_of: Callable[[ArticleScore], tuple[str, ...]]
    ) -> dict[str, Figure]:
        groups: dict[str, list[ArticleScore]] = {}
        for score in scores:
            for key in keys_of(score):
                groups.setdefault(key, []).append(score)
        return {key: self.figure(groups[key], "") for key in sorted(groups)}

    def share(self, scores: Sequence[ArticleScore], name: str) -> Share:
        parts = [measure(name)(score) for score in scores]
        hits, of = (int(sum(column)) for column in zip((0, 0), *parts, strict=True))
        return Share(hits, of, self._interval(scores, name))

    def _interval(self, scores: Sequence[ArticleScore], name: str) -> Interval | None:
        if not self.resamples:
            return None
        parts = by_story(scores, measure(name))
        return ratio_interval(list(parts.values()), seed=self.seed, resamples=self.resamples)


def _deal_types(score: ArticleScore) -> tuple[str, ...]:
    label = score.article.gold.deal_type
    if label is None:
        return ()
    return (str(label.options[0]),) if label.options else ("none",)


def _ends(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None
