"""What a system answered about an article, as a saved run keeps it, and how it is scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ConfigDict

from llmdeal.deal import DealSummary, DealWarning, Provenance
from llmdeal.evaluation.scoring import ArticleScore, score, score_failure

if TYPE_CHECKING:
    from llmdeal.evaluation.labels import GoldArticle

__all__ = ["Answered", "Scored", "score_answer"]


class Answered(BaseModel):
    """What a system answered about an article; a failure is an answer too.

    Args:
        id: The article's.
        repeat: Which time it was asked, from 0.
        deal: The deal, with spans into the article's text; None where it announces none, or where asking failed.
        failure: Why there is no answer, in one line that begins with the kind of error (``RefusalError: ...``); None
            where there is one.
        warnings: What grounding took out or doubted.
        provenance: Prompt, model, tokens, cost, seconds; None where a failure left none.

    Example:
        >>> Answered(id="openai-aws.fr", failure="RefusalError: the model declined").model_dump(exclude_defaults=True)
        {'id': 'openai-aws.fr', 'failure': 'RefusalError: the model declined'}
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    repeat: int = 0
    deal: DealSummary | None = None
    failure: str | None = None
    warnings: tuple[DealWarning, ...] = ()
    provenance: Provenance | None = None


class Scored(NamedTuple):
    """An answer and its score."""

    answered: Answered
    score: ArticleScore


def score_answer(article: GoldArticle, answered: Answered) -> Scored:
    """Score what was answered about an article.

    Args:
        article: The article and its labels.
        answered: The answer; its ``id`` is the article's.

    Returns:
        Both together. A failure counts all gold leaves as missing.

    Raises:
        ExtraMissingError: scipy is not installed.

    Example:
        >>> from llmdeal.deal import DealType
        >>> from llmdeal.evaluation.labels import GoldArticle, GoldDeal, Label
        >>> gold = GoldDeal(deal_type=Label((DealType.SUPPLY,)))
        >>> article = GoldArticle("one", "en", "A sells to B.", gold, None, None, "one", ())
        >>> score_answer(article, Answered(id="one", failure="RefusalError: declined")).score.counts.mis
        1
    """
    if answered.failure is not None:
        return Scored(answered, score_failure(article, answered.failure))
    return Scored(answered, score(article, answered.deal))
