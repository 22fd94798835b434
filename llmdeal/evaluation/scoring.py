"""Scores one answer against one gold article, leaf by leaf."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from llmdeal.evaluation.counts import Counts, Outcome
from llmdeal.evaluation.evidence import Grounded, count_grounded
from llmdeal.evaluation.items import score_list
from llmdeal.evaluation.labels import GoldArticle
from llmdeal.evaluation.leaves import LIST_SLOTS, SCALAR_SLOTS, Leaf, Place, compare_leaf
from llmdeal.evaluation.prose import Prose, stated_facts

if TYPE_CHECKING:
    from llmdeal.deal import DealSummary
    from llmdeal.evaluation.labels import GoldDeal

__all__ = ["ArticleScore", "score", "score_failure"]

_EXACT: Final = frozenset({"deal_type", "status", "parties.name", "parties.role", "value"})
_NOTHING: Final = Grounded(0, ())
_RIGHT: Final = frozenset({Outcome.COR, Outcome.NON, Outcome.FREE})


@dataclass(frozen=True)
class ArticleScore:
    """What became of one article.

    Args:
        article: The article and its labels.
        leaves: Every labelled leaf, and every answered one that is not unlabelled.
        exact: True where deal type, status, all parties (names and roles) and the value are wholly right; None where
            one of the four is not labelled.
        grounded: How many values were answered, and which are not in the text.
        facts: For each fact of the gold whether the prose states it; None where facts are not labelled.
        failure: Why there is no answer, where there is none.
        prose: The numbers and names of the prose, where ``check_prose`` looked for them.
    """

    article: GoldArticle
    leaves: tuple[Leaf, ...] = field(repr=False)
    exact: bool | None
    grounded: Grounded = _NOTHING
    facts: tuple[bool, ...] | None = None
    failure: str | None = None
    prose: Prose | None = None

    @cached_property
    def counts(self) -> Counts:
        """The counts of all leaves."""
        return Counts.of(leaf.outcome for leaf in self.leaves)

    @cached_property
    def slots(self) -> dict[str, Counts]:
        """The counts of each slot that has a leaf."""
        outcomes: dict[str, list[Outcome]] = {}
        for leaf in self.leaves:
            outcomes.setdefault(leaf.slot, []).append(leaf.outcome)
        return {slot: Counts.of(found) for slot, found in outcomes.items()}


def score(article: GoldArticle, deal: DealSummary | None, *, prose: Prose | None = None) -> ArticleScore:
    """Score an answer.

    Args:
        article: The article and its labels.
        deal: What was answered: a summary whose spans refer to ``article.text``, or None where the answer is that the
            article announces no deal.
        prose: What ``check_prose`` says of it, to be counted with the rest.

    Returns:
        The score. Slots that are not labelled, free text and attributions play no part in its leaves.

    Raises:
        ExtraMissingError: scipy is not installed.

    Example:
        >>> from llmdeal.evaluation.labels import GoldArticle, GoldDeal, Label
        >>> from llmdeal.deal import DealType
        >>> gold = GoldDeal(deal_type=Label((DealType.SUPPLY,)))
        >>> article = GoldArticle("one", "en", "A sells to B.", gold, None, None, "one", ())
        >>> score(article, None).counts
        Counts(cor=0, par=0, inc=0, mis=1, spu=0, non=0)
    """
    leaves = tuple(_leaves(article.gold, deal))
    return ArticleScore(
        article=article,
        leaves=leaves,
        exact=_exact(article.gold, leaves),
        grounded=count_grounded(deal, article.text) if deal else _NOTHING,
        facts=stated_facts(article, deal),
        prose=prose,
    )


def score_failure(article: GoldArticle, failure: str) -> ArticleScore:
    """Score an article that got no answer: all its gold leaves are missing.

    Args:
        article: The article and its labels.
        failure: Why: an error, a refusal, an answer that stayed invalid.

    Returns:
        The score, in which nothing is NON: whoever does not answer has not refrained from inventing either.

    Raises:
        ExtraMissingError: scipy is not installed.
    """
    leaves = tuple(leaf for leaf in _leaves(article.gold, None, failed=True) if leaf.outcome is not Outcome.NON)
    exact = _exact(article.gold, leaves)
    return ArticleScore(
        article=article,
        leaves=leaves,
        exact=None if exact is None else False,
        facts=stated_facts(article, None),
        failure=failure,
    )


def _leaves(gold: GoldDeal, deal: DealSummary | None, *, failed: bool = False) -> list[Leaf]:
    leaves: list[Leaf] = []
    for slot in SCALAR_SLOTS:
        leaves += compare_leaf(Place(slot), getattr(gold, slot), getattr(deal, slot, None))
    for slot in LIST_SLOTS:
        items = getattr(gold, slot)
        if items is not None:
            leaves += score_list(slot, items, getattr(deal, slot, ()))
    if deal is None and not failed and gold.deal_type is not None and gold.deal_type.optional:
        return [_free(leaf) for leaf in leaves]
    return leaves


def _free(leaf: Leaf) -> Leaf:
    """Where the gold allows the answer that there is no deal, whatever follows from that answer is free."""
    return replace(leaf, outcome=Outcome.FREE) if leaf.outcome is Outcome.MIS else leaf


def _exact(gold: GoldDeal, leaves: tuple[Leaf, ...]) -> bool | None:
    labelled: tuple[Any, ...] = (gold.deal_type, gold.status, gold.parties, gold.value)
    if any(slot is None for slot in labelled):
        return None
    return all(leaf.outcome in _RIGHT for leaf in leaves if leaf.slot in _EXACT)
