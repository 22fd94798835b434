"""The parties of a deal: found in the article, each in one role, with ticker and parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmdeal.deal import DealType, Party, Role, WarningCode
from llmdeal.draft import ROLES_BY_TYPE
from llmdeal.grounding.short_forms import short_form_in
from llmdeal.readers.names import fold, without_legal_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from llmdeal.document import Evidence, Sentence, Span
    from llmdeal.draft import DealDraft
    from llmdeal.grounding.article import Article

__all__ = ["ground_parties", "party_key"]

# Roles of those who stand beside a deal of others.
_BESIDE = frozenset({Role.SELLER, Role.ADVISER})


def ground_parties(article: Article, draft: DealDraft, announcing: Sentence) -> tuple[Party, ...]:
    """Return the parties that the article names, one role each.

    Args:
        article: The article under grounding; it collects the warnings.
        draft: What the model answered.
        announcing: The sentence that states the deal; a party's evidence is its mention there, where there is one.

    Returns:
        The parties, those in roles that belong to the deal's type first.
    """
    parents = _parents(article, draft)
    parties: dict[str, Party] = {}
    named = [(role, name) for role, joined in _named(draft) for name in article.apart(joined)]
    known = [name for _, name in named]
    for role, name in named:
        slot = f"parties.{role}"
        spans = article.find(name, slot)
        if not spans:
            continue
        key = party_key(article.name(spans))
        same = key if key in parties else _same_company(key, role, parties)
        if same is not None:
            kept = parties[same].role
            if kept is not role:
                article.warn(WarningCode.INCOMPLETE, slot, f"{name!r} is already the {kept}; one company has one role")
            continue
        parties[key] = Party(
            name=article.name(spans),
            role=role,
            ticker=article.ticker_of(spans),
            parent=parents.get(key),
            evidence=(_evidence(article, spans, announcing, known),),
        )
    return _with_listed_code(article, draft, tuple(parties.values()))


def _same_company(key: str, role: Role, parties: Mapping[str, Party]) -> str | None:
    """Return the party that a name is short for, or the long form of.

    A seller or an adviser with part of a party's name is that party. A target or a venture may well be another company.
    """
    if role not in _BESIDE:
        return None
    return next((other for other in parties if _shortens(key, other) or _shortens(other, key)), None)


def _shortens(short: str, full: str) -> bool:
    return f"{full} ".startswith(f"{short} ") or f" {full}".endswith(f" {short}")


def _with_listed_code(article: Article, draft: DealDraft, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Give the one company that lists its shares the one code that the article states: it is what they trade under."""
    issuers = [party for party in parties if party.role is Role.ISSUER]
    ticker = article.only_ticker() if draft.deal_type == DealType.IPO and len(issuers) == 1 else None
    if ticker is None or any(party.ticker for party in parties):
        return parties
    return tuple(party.model_copy(update={"ticker": ticker}) if party in issuers else party for party in parties)


def _evidence(article: Article, spans: tuple[Span, ...], announcing: Sentence, others: list[str]) -> Evidence:
    """Return where the announcing sentence names a party, in full or for short, or the party's first place anywhere."""
    evidence = article.evidence_in(spans, announcing)
    if evidence.sentence == announcing.number:
        return evidence
    short = short_form_in(article.document, announcing, spans[0], others)
    return evidence if short is None else article.document.evidence(short)


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
