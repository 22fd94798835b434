"""How far two annotators agree: the labels of one, taken as an answer, are scored against those of the other."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from llmdeal.deal import Consideration, DealSummary, Party, Reaction, RelatedDeal, Statement
from llmdeal.document import Document, Span
from llmdeal.evaluation.counts import Outcome
from llmdeal.evaluation.faults import GoldError
from llmdeal.evaluation.gold import read_deal
from llmdeal.evaluation.leaves import SCALAR_SLOTS
from llmdeal.evaluation.located import fault_at, read_yaml
from llmdeal.evaluation.scoring import score
from llmdeal.mentions import Ticker

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from llmdeal.document import Evidence
    from llmdeal.evaluation.labels import (
        GoldArticle,
        GoldConsideration,
        GoldDeal,
        GoldParty,
        GoldReaction,
        GoldRelated,
        Label,
    )
    from llmdeal.evaluation.leaves import Leaf
    from llmdeal.evaluation.scoring import ArticleScore

__all__ = ["answer_of", "load_labels", "score_labels"]

_KEYS: Final = ("id", "gold")


def load_labels(folder: Path, articles: Iterable[GoldArticle]) -> tuple[GoldArticle, ...]:
    """Load what one annotator labelled, one file for each article, with the keys ``id`` and ``gold`` alone.

    Args:
        folder: Holds the files, ``<id>.yaml`` each.
        articles: The articles that were labelled; their own labels play no part.

    Returns:
        Those articles with the labels of the files, in the order of ``articles``; an article without a file is left
        out.

    Raises:
        GoldError: A file cannot be used, is of no article, or there is none. The message has a line for each such file.
    """
    known = {article.id: article for article in articles}
    found, faults = {}, []
    for path in sorted(folder.glob("*.yaml")):
        try:
            fields = (root := read_yaml(path)).mapping(_KEYS, _KEYS)
            name = fields["id"].string()
            if name not in known or name != path.stem:
                raise fault_at(root, f"id {name!r} is that of no article, or not the file's name")
            found[name] = replace(known[name], gold=read_deal(fields["gold"], known[name].text))
        except GoldError as error:
            faults.append(str(error))
    if not found and not faults:
        faults.append(f"{folder}: holds no labels (*.yaml)")
    if faults:
        raise GoldError("\n".join(faults))
    return tuple(found[name] for name in known if name in found)


def score_labels(gold: GoldArticle, answered: GoldArticle) -> ArticleScore:
    """Score the labels of one annotator against those of another.

    Args:
        gold: The article with the labels that are taken as right, all their alternatives included.
        answered: The same article with the labels that are taken as an answer, as ``answer_of`` makes it.

    Returns:
        The score of the leaves; ``exact`` and ``grounded`` are those of the answer as it stands. What ``answered``
        has as optional and ``gold`` has not is FREE, as the reverse is in every score. In two items that are the same,
        a leaf that ``answered`` does not label is left out, as one that ``gold`` does not label is.

    Raises:
        ExtraMissingError: scipy is not installed.

    Example:
        >>> from llmdeal.deal import DealStatus
        >>> from llmdeal.evaluation.labels import GoldArticle, GoldDeal, Label
        >>> def labelled(*options: DealStatus, optional: bool = False) -> GoldArticle:
        ...     gold = GoldDeal(deal_type=Label((DealType.SUPPLY,)), status=Label(options, optional=optional))
        ...     return GoldArticle("one", "en", "A sells to B.", gold, None, None, "one", ())
        >>> from llmdeal.deal import DealType
        >>> one, other = labelled(DealStatus.AGREED), labelled(DealStatus.COMPLETED, DealStatus.AGREED)
        >>> score_labels(one, other).slots["status"].f1, score_labels(other, one).slots["status"].f1
        (0.0, 1.0)
    """
    deal_type = answered.gold.deal_type
    agree_on_none = gold.gold.no_deal and deal_type is not None and deal_type.optional
    found = score(gold, None if agree_on_none else answer_of(answered))
    leaves = (_forgiven(leaf, answered.gold) for leaf in found.leaves)
    return replace(found, leaves=tuple(leaf for leaf in leaves if leaf))


def _forgiven(leaf: Leaf, answered: GoldDeal) -> Leaf | None:
    """Return a leaf as the labels that it answers with let it be: free where they need not be there."""
    slot, _, name = leaf.slot.partition(".")
    if leaf.answer_item is None:
        label = getattr(answered, slot) if slot in SCALAR_SLOTS else None
        return _free(leaf) if label and label.optional else leaf
    item = getattr(answered, slot)[leaf.answer_item]
    label = getattr(item, name)
    if leaf.outcome is Outcome.MIS and label is None:
        return None
    labels = label if isinstance(label, tuple) else (label,)
    may_be_missing = any(one and one.optional and str(one.options[0]) == leaf.answer for one in labels)
    return _free(leaf) if may_be_missing or (item.optional and leaf.gold_item is None) else leaf


def _free(leaf: Leaf) -> Leaf:
    return replace(leaf, outcome=Outcome.FREE) if leaf.outcome is Outcome.SPU else leaf


def answer_of(article: GoldArticle) -> DealSummary | None:
    """Return the labels of an article as the answer of whoever labelled it.

    Args:
        article: The article and its labels; of deal type and status, which every summary has, one must be labelled.

    Returns:
        A summary with the first option of every label, optional ones included, and without prose; None where the
        labels say that there is no deal. It points at the quotes, names at where they stand, what has neither at
        the first sentence. What is not labelled is left out.

    Raises:
        ValueError: Deal type or status is not labelled, or the status is absent.

    Example:
        >>> from llmdeal.deal import DealStatus, DealType, Role
        >>> from llmdeal.evaluation.labels import ABSENT, GoldArticle, GoldDeal, GoldParty, Label
        >>> party = GoldParty(Label(("Amazon", "AWS")), Label((Role.SUPPLIER,)), ticker=ABSENT)
        >>> gold = GoldDeal(Label((DealType.SUPPLY,)), Label((DealStatus.AGREED,)), parties=(party,))
        >>> answer = answer_of(GoldArticle("one", "en", "Is it Amazon?", gold, None, None, "one", ()))
        >>> answer.parties[0].name, answer.parties[0].evidence[0].span
        ('Amazon', Span(start=6, stop=12))
    """
    gold = article.gold
    if gold.no_deal:
        return None
    if not gold.deal_type or not gold.status or gold.status.absent:
        msg = f"{article.id}: deal_type and status must be labelled to make an answer of the labels"
        raise ValueError(msg)
    return _Answer(article).deal(gold)


class _Answer:
    def __init__(self, article: GoldArticle) -> None:
        self._document = Document.of(article.text, language=article.language, published=article.published)

    def deal(self, gold: GoldDeal) -> DealSummary:
        return DealSummary(
            **{slot: self._first(getattr(gold, slot)) for slot in SCALAR_SLOTS},
            subject=self._statement(str(gold.subject.options[0])) if gold.subject and gold.subject.options else None,
            parties=tuple(map(self._party, gold.parties or ())),
            consideration=tuple(map(self._consideration, gold.consideration or ())),
            conditions=tuple(map(self._statement, gold.conditions or ())),
            reactions=tuple(map(self._reaction, gold.reactions or ())),
            related=tuple(map(self._related, gold.related or ())),
            language=self._document.language,
            published=self._document.published,
            evidence=self._evidence(),
        )

    def _party(self, gold: GoldParty) -> Party:
        name, tickers = gold.name.options[0], gold.ticker.options
        return Party(
            name=name,
            role=gold.role.options[0],
            ticker=Ticker(symbol=tickers[0], evidence=self._evidence(tickers[0])) if tickers else None,
            parent=self._first(gold.parent),
            evidence=self._evidence(*gold.name.quotes, name),
        )

    def _consideration(self, gold: GoldConsideration) -> Consideration:
        return Consideration(kind=gold.kind.options[0], amount=self._first(gold.amount))

    def _reaction(self, gold: GoldReaction) -> Reaction:
        percent = self._first(gold.percent)
        return Reaction(party=gold.party.options[0], percent=percent, evidence=percent.evidence)

    def _related(self, gold: GoldRelated) -> RelatedDeal:
        leaves = ("deal_type", "status", "value", "stake", "term", "date", "certainty", "attribution")
        return RelatedDeal(
            parties=tuple(party.options[0] for party in gold.parties),
            evidence=self._evidence(gold.parties[0].options[0]),
            **{leaf: self._first(getattr(gold, leaf)) for leaf in leaves},
        )

    def _statement(self, text: str) -> Statement:
        return Statement(text=text, evidence=self._evidence(text))

    def _first(self, label: Label[Any] | None) -> Any:  # noqa: ANN401  whatever the slot holds
        """Return the first option of a label, pointing at the label's quotes where it is of a kind that does."""
        if label is None or not label.options:
            return None
        option = label.options[0]
        return option.with_evidence(*self._evidence(*label.quotes)) if hasattr(option, "with_evidence") else option

    def _evidence(self, *words: str) -> tuple[Evidence, ...]:
        """Return where the first of these words that the article has stand, else its first sentence."""
        for one in words:
            # A quote may be broken over two lines of the article.
            match = re.search(r"\s+".join(map(re.escape, one.split())), self._document.text)
            if match:
                return (self._document.evidence(Span(start=match.start(), stop=match.end())),)
        return (self._document.evidence(self._document.sentences[0].span),)
