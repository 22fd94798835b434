"""What one run has right and another has not: fact by fact, each with the sentence of the article that states it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from llmdeal.document import Document
from llmdeal.evaluation.counts import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from llmdeal.document import Evidence
    from llmdeal.evaluation.answers import Scored
    from llmdeal.evaluation.labels import GoldArticle
    from llmdeal.evaluation.leaves import Leaf

__all__ = ["Change", "ChangeKind", "Changes", "compare_leaves"]


class ChangeKind(StrEnum):
    """What became of a fact from the one run to the other.

    A lost one earns less than it did, a gained one more; an invented one is answered where the article states none,
    a withdrawn one no longer is.
    """

    LOST = "lost"
    GAINED = "gained"
    INVENTED = "invented"
    WITHDRAWN = "withdrawn"

    @property
    def is_bad(self) -> bool:
        """Whether the second run is worse by it."""
        return self in {ChangeKind.LOST, ChangeKind.INVENTED}


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that came out otherwise.

    Args:
        kind: What became of it.
        article: Id of the article.
        slot: Which leaf (``parties.role``).
        gold: What is right; None where the article states none.
        before: What the one run answered; None where nothing.
        after: What the other did.
        sentence: The sentence of the article that states it, or that the answer points at; empty where none is known.
    """

    kind: ChangeKind
    article: str
    slot: str
    gold: str | None
    before: str | None
    after: str | None
    sentence: str

    def __str__(self) -> str:
        """Say it in one line, without the sentence."""
        where = f"{self.article}: {self.slot}"
        match self.kind:
            case ChangeKind.LOST | ChangeKind.GAINED:
                return f"{where}: {self.kind} {self.gold}: was {self.before or 'nothing'}, is {self.after or 'nothing'}"
            case ChangeKind.INVENTED:
                return f"{where}: invented {self.after}"
            case ChangeKind.WITHDRAWN:
                return f"{where}: no longer invents {self.before}"


@dataclass(frozen=True, slots=True)
class Changes:
    """All facts that came out otherwise, in the order of the articles."""

    all: tuple[Change, ...] = ()

    def of(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """Return those of these kinds."""
        return tuple(change for change in self.all if change.kind in kinds)

    @property
    def bad(self) -> tuple[Change, ...]:
        """Those by which the second run is worse."""
        return tuple(change for change in self.all if change.kind.is_bad)

    @property
    def good(self) -> tuple[Change, ...]:
        """Those by which it is better."""
        return tuple(change for change in self.all if not change.kind.is_bad)

    def lines(self) -> list[str]:
        """Say them for people: those by which the second run is worse first, each with its sentence."""
        found = []
        for change in (*self.bad, *self.good):
            found.append(str(change))
            if change.sentence:
                # Behind a bar: a line that begins with two colons would be a command to GitHub's runner.
                found.append(f"    | {change.sentence}")
        return found

    def to_dict(self) -> dict[str, list[dict[str, Any]]]:
        """Return them as plain data, by kind."""
        return {kind.value: [asdict(change) for change in self.of(kind)] for kind in ChangeKind}


def compare_leaves(before: Iterable[Scored], after: Iterable[Scored]) -> Changes:
    """Compare two runs leaf by leaf, over the articles and repeats that both have.

    Args:
        before: The answers of the one run, scored against the same labels as
        after: those of the other.

    Returns:
        What came out otherwise. What is allowed to be missing, and is, is neither lost nor gained.
    """
    earlier = {(one.answered.id, one.answered.repeat): one for one in before}
    found = [
        change
        for now in after
        if (then := earlier.get((now.answered.id, now.answered.repeat))) is not None
        for change in _Article(then, now).changes()
    ]
    # The same change in several repeats is one.
    return Changes(tuple(dict.fromkeys(found)))


class _Article:
    """One article in two runs."""

    def __init__(self, before: Scored, after: Scored) -> None:
        self._before = before
        self._after = after

    def changes(self) -> Iterator[Change]:
        yield from self._of_the_gold()
        yield from self._invented(ChangeKind.INVENTED, self._after, self._before)
        yield from self._invented(ChangeKind.WITHDRAWN, self._before, self._after)

    def _of_the_gold(self) -> Iterator[Change]:
        earlier = _by_gold(self._before.score.leaves)
        for key, now in _by_gold(self._after.score.leaves).items():
            then = earlier.get(key)
            if then is None or Outcome.FREE in {then.outcome, now.outcome}:
                continue
            credit, earned = then.outcome.half_points, now.outcome.half_points
            if credit == earned:
                continue
            lost = earned < credit
            right, scored = (then, self._before) if lost else (now, self._after)
            sentence = self._sentence((*now.quotes, *then.quotes), right, scored)
            kind = ChangeKind.LOST if lost else ChangeKind.GAINED
            yield Change(kind, scored.answered.id, now.slot, now.gold, then.answer, now.answer, sentence)

    def _invented(self, kind: ChangeKind, here: Scored, there: Scored) -> Iterator[Change]:
        known = Counter((leaf.slot, leaf.answer) for leaf in _spurious(there.score.leaves))
        for leaf in _spurious(here.score.leaves):
            if known[leaf.slot, leaf.answer]:
                known[leaf.slot, leaf.answer] -= 1
                continue
            before, after = (None, leaf.answer) if kind is ChangeKind.INVENTED else (leaf.answer, None)
            sentence = self._sentence((), leaf, here)
            yield Change(kind, here.answered.id, leaf.slot, None, before, after, sentence)

    def _sentence(self, quotes: Sequence[str], leaf: Leaf, scored: Scored) -> str:
        """Return the sentence that a quote of the gold stands in, or that the answer points at."""
        article = scored.score.article
        for quote in quotes:
            # Labels may break a line where the article does not.
            if (offset := article.text.find(quote)) >= 0:
                return _sentence_at(article, offset)
        deal = scored.answered.deal
        evidence: tuple[Evidence, ...] = leaf.evidence or (deal.evidence if deal else ())
        offset = evidence[0].span.start if evidence else -1
        return _sentence_at(article, offset) if 0 <= offset < len(article.text) else ""


def _by_gold(leaves: Iterable[Leaf]) -> dict[tuple[str, int | None, str], Leaf]:
    return {(leaf.slot, leaf.gold_item, leaf.gold): leaf for leaf in leaves if leaf.gold is not None}


def _spurious(leaves: Iterable[Leaf]) -> list[Leaf]:
    return [leaf for leaf in leaves if leaf.outcome is Outcome.SPU]


def _sentence_at(article: GoldArticle, offset: int) -> str:
    document = Document.of(article.text, language=article.language)
    return " ".join(document.quote(document.sentence_at(offset).span).split())
