"""What the report shows of an article: its text in pieces, gold beside answer, and what changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from llmdeal.evaluation.answers import Scored
from llmdeal.evaluation.changes import Change, ChangeKind, compare_leaves
from llmdeal.evaluation.counts import Outcome
from llmdeal.evaluation.html.highlights import Piece, Stretch, cut, evidence_stretches, quote_stretches, word_stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from llmdeal.deal import DealSummary
    from llmdeal.document import Evidence
    from llmdeal.evaluation.leaves import Leaf
    from llmdeal.evaluation.scoring import ArticleScore

__all__ = ["ArticleView", "ChangeRow", "FactChange", "Group", "ProseRow", "Row", "view_article"]

# The evidence of the deal as a whole is what bears these out.
_OF_THE_DEAL: Final = frozenset({"deal_type", "status"})
_FREE_TEXTS: Final = ("subject", "conditions", "key_points")


class Row(NamedTuple):
    """A row of the table of leaves.

    Args:
        key: What the pieces of the text call it.
        leaf: The leaf.
        evidence: What its answer points at.
        repeated: True where the row above points at the same.
        was: What became of it in the other run, ``nothing`` where that did not answer it; empty where it is the same,
            or there is no other.
    """

    key: str
    leaf: Leaf
    evidence: tuple[Evidence, ...]
    repeated: bool
    was: str


class Group(NamedTuple):
    """The rows of one item, or of one slot that is no list."""

    number: int | None
    rows: tuple[Row, ...]


class ChangeRow(NamedTuple):
    """A leaf that came out otherwise than in the other run."""

    key: str
    change: Change


class FactChange(NamedTuple):
    """A fact of the gold that the prose began or ceased to state, as the forms any of which counts."""

    kind: ChangeKind
    forms: tuple[str, ...]


class ProseRow(NamedTuple):
    """Free text of an answer, its field, and what it points at."""

    key: str
    field: str
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An answer as the report shows it.

    Args:
        after: The answer and its score.
        before: The other run's, where it has one.
        pieces: The text.
        groups: The leaves that count or could have.
        silent: Slots of which the article states nothing and nothing was answered, each with how often.
        prose: Free text that points at the article.
        changes: Leaves that came out otherwise than in the other run.
        facts: Facts of the prose likewise.
    """

    after: Scored
    before: Scored | None
    pieces: tuple[Piece, ...]
    groups: tuple[Group, ...]
    silent: tuple[tuple[str, int], ...]
    prose: tuple[ProseRow, ...]
    changes: tuple[ChangeRow, ...]
    facts: tuple[FactChange, ...]

    @property
    def tally(self) -> dict[str, int]:
        """How many leaves came out how, without those that came out so nowhere."""
        counts = self.after.score.counts
        names = (Outcome.COR, Outcome.PAR, Outcome.INC, Outcome.MIS, Outcome.SPU)
        return {name.value: found for name in names if (found := getattr(counts, name.lower()))}

    @property
    def better(self) -> int:
        """How many leaves and facts the other run did not have right."""
        return len(self._kinds) - self.worse

    @property
    def worse(self) -> int:
        """How many leaves and facts only the other run has right."""
        return sum(kind.is_bad for kind in self._kinds)

    @property
    def changed(self) -> bool:
        """True where both runs have the article, and differ in a failure, a leaf or a fact of the prose."""
        if self.before is None:
            return False
        ours, theirs = self.after.score, self.before.score
        return bool(self.facts) or ours.failure != theirs.failure or _outcomes(ours) != _outcomes(theirs)

    @property
    def other_gold(self) -> bool:
        """True where the two runs were not scored against the same text and labels."""
        return self.before is not None and self.before.score.article != self.after.score.article

    @property
    def _kinds(self) -> tuple[ChangeKind, ...]:
        return (*(row.change.kind for row in self.changes), *(fact.kind for fact in self.facts))

    def holds(self, one: Evidence) -> bool:
        """Tell whether evidence stands in the article, character for character."""
        return self.after.score.article.text[one.span.start : one.span.stop] == one.quote


def view_article(after: Scored, before: Scored | None = None) -> ArticleView:
    """Lay out an answer.

    Args:
        after: The answer and its score.
        before: The answer of another run to the same article, to be compared with.

    Returns:
        What the report shows.
    """
    deal, score = after.answered.deal, after.score
    changes = compare_leaves([_alike(before, after)], [after]).all if before else ()
    rows = _rows(score.leaves, deal, before.score.leaves if before else None)
    change_rows = tuple(ChangeRow(f"b{number}", change) for number, change in enumerate(changes))
    prose = tuple(_prose_rows(deal)) if deal else ()
    return ArticleView(
        after=after,
        before=before,
        pieces=cut(score.article.text, _stretches(score.article.text, rows, change_rows, prose)),
        groups=tuple(_groups(rows)),
        silent=tuple(Counter(leaf.slot for leaf in score.leaves if leaf.outcome is Outcome.NON).items()),
        prose=prose,
        changes=change_rows,
        facts=tuple(_fact_changes(before.score, score)) if before else (),
    )


def _alike(before: Scored, after: Scored) -> Scored:
    """Return an answer as if it were of the same repeat: a run that was repeated less often is met by its first."""
    return before._replace(answered=before.answered.model_copy(update={"repeat": after.answered.repeat}))


def _outcomes(score: ArticleScore) -> Counter[tuple[str, int | None, str | None, str | None, Outcome]]:
    return Counter((leaf.slot, leaf.gold_item, leaf.gold, leaf.answer, leaf.outcome) for leaf in score.leaves)


def _rows(leaves: Sequence[Leaf], deal: DealSummary | None, before: Sequence[Leaf] | None) -> list[Row]:
    earlier = None if before is None else {_key(leaf): leaf.outcome for leaf in before}
    rows: list[Row] = []
    for leaf in leaves:
        if leaf.outcome is Outcome.NON:
            continue
        evidence = _evidence(leaf, deal)
        above = rows[-1] if rows and _item(rows[-1].leaf) == _item(leaf) else None
        repeated = bool(evidence) and above is not None and above.evidence == evidence
        then = leaf.outcome if earlier is None else earlier.get(_key(leaf), "nothing")
        rows.append(Row(str(len(rows)), leaf, evidence, repeated, "" if then == leaf.outcome else str(then)))
    return rows


def _key(leaf: Leaf) -> tuple[str, int | None, str | None]:
    return (leaf.slot, None, leaf.answer) if leaf.gold is None else (leaf.slot, leaf.gold_item, leaf.gold)


def _evidence(leaf: Leaf, deal: DealSummary | None) -> tuple[Evidence, ...]:
    if deal is not None and leaf.slot in _OF_THE_DEAL and leaf.answer is not None:
        return deal.evidence
    return leaf.evidence


def _item(leaf: Leaf) -> tuple[str, int | None, int | None]:
    family, _, inner = leaf.slot.partition(".")
    return (family if inner else "", leaf.gold_item, leaf.answer_item)


def _groups(rows: Iterable[Row]) -> Iterator[Group]:
    seen: dict[str, int] = {}
    for (family, gold_item, answer_item), found in groupby(rows, lambda row: _item(row.leaf)):
        if gold_item is None and answer_item is None:
            yield Group(None, tuple(found))
        else:
            seen[family] = seen.get(family, 0) + 1
            yield Group(seen[family], tuple(found))


def _stretches(
    text: str, rows: Iterable[Row], changes: Iterable[ChangeRow], prose: Iterable[ProseRow]
) -> Iterator[Stretch]:
    for row in rows:
        yield from evidence_stretches(text, row.evidence, row.key, row.leaf.outcome)
        yield from quote_stretches(text, row.leaf.quotes, row.key, row.leaf.outcome)
    for changed in changes:
        yield from word_stretches(text, changed.change.sentence, changed.key)
    for piece in prose:
        yield from evidence_stretches(text, piece.evidence, piece.key)


def _fact_changes(before: ArticleScore, after: ArticleScore) -> Iterator[FactChange]:
    facts = after.article.gold.facts
    if facts is None or before.article.gold.facts != facts or before.facts is None or after.facts is None:
        return
    for forms, was, now in zip(facts, before.facts, after.facts, strict=True):
        if was != now:
            yield FactChange(ChangeKind.LOST if was else ChangeKind.GAINED, forms)


def _prose_rows(deal: DealSummary) -> Iterator[ProseRow]:
    number = 0
    for field in _FREE_TEXTS:
        value = getattr(deal, field)
        for statement in value if isinstance(value, tuple) else filter(None, (value,)):
            yield ProseRow(f"p{number}", field, statement.text, statement.evidence)
            number += 1
