"""The parties of a deal: found in the article, each in one role, with ticker and parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmdeal.deal import DealType, Party, Role, WarningCode
from llmdeal.draft import ROLES_BY_TYPE
from llmdeal.readers.names import fold, without_legal_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.document import Sentence, Span
    from llmdeal.draft import DealDraft
    from llmdeal.grounding.article import Article

__all__ = ["ground_parties", "party_key"]


def ground_parties(article: Article, draft: DealDraft, announcing: Sentence) -> tuple[Party, ...]:
    """Return the parties that the article names, one role each.

    Args:
        article: The article under grounding; it collects the warnings.
        draft: What the model answered.
        announcing: The sentence that states the deal, where a party's evidence is looked for first.

    Returns:
        The parties, those in roles that belong to the deal's type first.
    """
    parents = _parents(article, draft)
    parties: dict[str, Party] = {}
    for role, name in _named(draft):
        slot = f"parties.{role}"
        spans = article.find(name, slot)
        if not spans:
            continue
        key = party_key(article.name(spans))
        if key in parties:
            if parties[key].role is not role:
                kept = parties[key].role
                article.warn(WarningCode.INCOMPLETE, slot, f"{name!r} is already the {kept}; one company has one role")
            continue
        parties[key] = Party(
            name=article.name(spans),
            role=role,
            ticker=article.ticker_of(spans),
            parent=parents.get(key),
            evidence=(article.evidence_in(spans, announcing),),
        )
    return tuple(parties.values())


def _named(draft: DealDraft) -> Iterator[tuple[Role, str]]:
    own = ROLES_BY_TYPE[DealType(draft.deal_type)]
    for role in (*own, *(role for role in Role if role not in own)):
        for name in draft.names(role):
            yield role, name


def _parents(article: Article, draft: DealDraft) -> dict[str, str]:
    parents = {}
    for item in draft.parents:
        party: tuple[Span, ...] = article.find(item.party, "parents")
        parent: tuple[Span, ...] = article.find(item.parent, "parents")
        if party and parent:
            parents[party_key(article.name(party))] = article.name(parent)
    return parents


def party_key(name: str) -> str:
    """Return what two spellings of one company share.

    Example:
        >>> party_key("Wendlau SE") == party_key("WENDLAU")
        True
    """
    return fold(without_legal_form(name))
