"""From a draft and its article to a summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from pydantic import ValidationError

from llmdeal.deal import (
    Certainty,
    Consideration,
    DealStatus,
    DealType,
    DealWarning,
    Reaction,
    RelatedDeal,
    Role,
    Statement,
    WarningCode,
)
from llmdeal.draft import DraftStatement, extra_fields
from llmdeal.grounding.amounts import ground_amount, part_of_the_price, price_of, value_of_related
from llmdeal.grounding.article import Article
from llmdeal.grounding.extras import ground_extra
from llmdeal.grounding.parties import ground_parties, party_key
from llmdeal.grounding.prose import Fault, ProseCheck, unmarked
from llmdeal.mentions import Duration, PartialDate, Percent
from llmdeal.readers.hedging import Hedge, certainty_in, doubt_about

if TYPE_CHECKING:
    from llmdeal.deal import DealSummary, Party
    from llmdeal.document import Sentence, Span
    from llmdeal.draft import DealDraft, DraftRelated
    from llmdeal.readers import MarkedDocument

__all__ = ["Grounding", "ground"]

DealT = TypeVar("DealT", bound="DealSummary")

_SETTLED: Final = frozenset({DealStatus.AGREED, DealStatus.COMPLETED})
_DOUBTS: Final = {
    Hedge.DENIED: (WarningCode.DENIED, "denies it"),
    Hedge.COLLAPSED: (WarningCode.COLLAPSED, "says that it came to nothing"),
    Hedge.ATTRIBUTED: (WarningCode.HEDGED, "has it from sources or other media only"),
}


@dataclass(frozen=True, slots=True)
class Grounding(Generic[DealT]):
    """A grounded draft.

    Args:
        deal: The summary, or None where the draft says that the article announces no deal.
        warnings: What was dropped or is in doubt.
        unsound: Sentences of prose that were dropped, with what is wrong with each.
    """

    deal: DealT | None
    warnings: tuple[DealWarning, ...]
    unsound: tuple[tuple[str, Fault], ...] = ()


def ground(
    draft: DealDraft,
    marked: MarkedDocument,
    summary_type: type[DealT],
    *,
    output_language: str | None = None,
) -> Grounding[DealT]:
    """Turn a draft into a summary of which every fact points at the words that state it.

    Args:
        draft: What the model answered.
        marked: The article that it was asked about, with its marks.
        summary_type: ``DealSummary``, or a subclass with further fields.
        output_language: ISO 639-1 code of the draft's prose; the article's when None.

    Returns:
        The summary with its warnings. Never an error: what does not hold is dropped with a warning.
    """
    if draft.deal_type == "none":
        return Grounding(None, ())
    return _Grounder(draft, marked, output_language or marked.document.language).run(summary_type)


class _Grounder:
    def __init__(self, draft: DealDraft, marked: MarkedDocument, language: str) -> None:
        self.draft = draft
        self.article = Article(marked)
        self.document = marked.document
        self.prose = ProseCheck(marked, language)
        self.unsound: list[tuple[str, Fault]] = []
        self.sentence: Sentence = self.article.sentence(draft.sentence, "sentence") or self.document.sentences[0]
        self.deal_type = DealType(draft.deal_type)
        self.parties: tuple[Party, ...] = ()

    def run(self, summary_type: type[DealT]) -> Grounding[DealT]:
        fields = self._fields()
        extras = {
            name: ground_extra(self, name, summary_type.model_fields[name].annotation, getattr(self.draft, name))
            for name in extra_fields(summary_type)
            if getattr(self.draft, name, None) not in (None, [])
        }
        deal = (
            self._build(summary_type, {**fields, **extras})
            or self._build(summary_type, fields)
            # Our own fields are sound by construction: a validator of the caller's that refuses them is overruled.
            or cast("DealT", summary_type.model_construct(**fields))
        )
        return Grounding(deal, tuple(self.article.warnings), tuple(self.unsound))

    def _build(self, summary_type: type[DealT], fields: dict[str, Any]) -> DealT | None:
        try:
            return summary_type(**fields)
        except ValidationError as error:
            first = error.errors()[0]
            slot = ".".join(map(str, first["loc"])) or None
            message = f"{summary_type.__name__} refuses it: {first['msg']}"
            self.article.warn(WarningCode.INCOMPLETE, slot, message)
            return None

    def _fields(self) -> dict[str, Any]:
        draft = self.draft
        self.parties = ground_parties(self.article, draft, self.sentence)
        return {
            "deal_type": self.deal_type,
            "status": self._status(),
            "subject": self._subject(),
            "parties": self.parties,
            "value": ground_amount(self.article, draft.value, "value", price_of(self.deal_type)),
            "consideration": self._consideration(),
            "stake": self.article.value(draft.stake, Percent, "stake"),
            "announced": self._announced(),
            "effective": self.article.value(draft.effective, PartialDate, "effective"),
            "completion": self.article.value(draft.completion, PartialDate, "completion"),
            "expiry": self.article.value(draft.expiry, PartialDate, "expiry"),
            "term": self.article.value(draft.term, Duration, "term"),
            "conditions": self.statements(draft.conditions, "conditions"),
            "reactions": self._reactions(),
            "related": self._related(),
            "headline": self.text(draft.headline, "headline"),
            "summary": self.text(draft.summary, "summary"),
            "key_points": self.statements(draft.key_points, "key_points"),
            "language": self.document.language,
            "published": self.document.published,
            "evidence": (self.document.evidence(self.sentence.span),),
        }

    def _status(self) -> DealStatus:
        status = self.draft.status
        if status is None:
            self.article.warn(WarningCode.INCOMPLETE, "status", "the model gave none; taken as agreed")
            status = DealStatus.AGREED
        if status in _SETTLED and (doubt := doubt_about(self.document, self.sentence)) is not None:
            code, said = _DOUBTS.get(doubt, (WarningCode.HEDGED, "tells of it as hearsay or as a plan, not as a fact"))
            self.article.warn(code, "status", f"taken as {status}, but the article {said}")
        return status

    def _subject(self) -> Statement | None:
        words = self.text(self.draft.subject, "subject")
        return Statement(text=words, evidence=(self.document.evidence(self.sentence.span),)) if words else None

    def _consideration(self) -> tuple[Consideration, ...]:
        parts = []
        for number, part in enumerate(self.draft.consideration):
            slot = f"consideration[{number}]"
            amount = ground_amount(self.article, part.amount, slot, part_of_the_price(part.kind))
            if amount is not None:
                parts.append(Consideration(kind=part.kind, amount=amount))
        return tuple(parts)

    def _announced(self) -> PartialDate | None:
        announced = self.article.value(self.draft.announced, PartialDate, "announced")
        published = self.document.published
        if announced is not None and published is not None and announced.earliest > published:
            self.article.warn(
                WarningCode.DOUBTFUL_VALUE,
                "announced",
                f"{announced} is after the article was published ({published}); dropped",
            )
            return None
        return announced

    def _reactions(self) -> tuple[Reaction, ...]:
        reactions = []
        for number, reaction in enumerate(self.draft.reactions):
            slot = f"reactions[{number}]"
            percent = self.article.value(reaction.percent, Percent, slot)
            if percent is None:
                continue
            sentence = self.document.sentences[percent.evidence[0].sentence - 1]
            spans = self._mover(reaction.party, sentence, slot)
            if spans:
                evidence = (self.article.evidence_in(spans, sentence), *percent.evidence)
                reactions.append(Reaction(party=self.article.name(spans), percent=percent, evidence=evidence))
        return tuple(reactions)

    def _mover(self, answered: str, sentence: Sentence, slot: str) -> tuple[Span, ...]:
        """Return whose share price moved: of the parties, the one that the sentence names, if it names only one."""
        spans = self.article.find(answered, slot)
        if any(_within(span, sentence) for span in spans):
            return spans
        named = [found for party in self.parties if (found := self.article.named_in(party.name, sentence))]
        return named[0] if len(named) == 1 else spans

    def _related(self) -> tuple[RelatedDeal, ...]:
        drafted = [(number, item) for number, item in enumerate(self.draft.related) if item.deal_type != "none"]
        return tuple(deal for number, item in drafted if (deal := self._related_deal(item, f"related[{number}]")))

    def _related_deal(self, item: DraftRelated, slot: str) -> RelatedDeal | None:
        sentence = self.article.sentence(item.sentence, slot)
        if sentence is None:
            return None
        names = [name for joined in item.parties for name in self.article.apart(joined)]
        found = [spans for name in names if (spans := self.article.find(name, f"{slot}.parties"))]
        kept = [spans for spans in found if self._takes_part(spans, sentence)]
        if not any(_within(span, sentence) for spans in kept for span in spans) or self._is_this_deal(item):
            self.article.warn(WarningCode.INCOMPLETE, slot, f"dropped: sentence {sentence.number} names no other deal")
            return None
        deal_type = None if item.deal_type is None else DealType(item.deal_type)
        source = self.article.find(item.attribution, f"{slot}.attribution") if item.attribution else ()
        return RelatedDeal(
            parties=tuple(dict.fromkeys(self.article.name(spans) for spans in kept)),
            deal_type=deal_type,
            status=item.status,
            value=ground_amount(self.article, item.value, f"{slot}.value", value_of_related(deal_type)),
            stake=self.article.value(item.stake, Percent, f"{slot}.stake"),
            term=self.article.value(item.term, Duration, f"{slot}.term"),
            date=self.article.value(item.date, PartialDate, f"{slot}.date"),
            certainty=certainty_in(self.document, sentence) if item.certainty is Certainty.STATED else item.certainty,
            attribution=self.article.name(source) if source else None,
            evidence=(self.document.evidence(sentence.span),),
        )

    def _takes_part(self, spans: tuple[Span, ...], sentence: Sentence) -> bool:
        """Tell whether the sentence that speaks of a related deal has a name, or the announced deal has it."""
        if any(_within(span, sentence) for span in spans):
            return True
        key = party_key(self.article.name(spans))
        return any(f"{party_key(party.name)} ".startswith(f"{key} ") for party in self.parties)

    def _is_this_deal(self, item: DraftRelated) -> bool:
        """Tell whether a related deal is only the announced one again: the same type, and nobody new."""
        own = {party_key(name) for role in Role for name in self.draft.names(role)}
        another_price = item.value is not None and item.value != self.draft.value
        same = item.deal_type == self.deal_type and {party_key(name) for name in item.parties} <= own
        return same and not another_price

    def text(self, prose: str | None, slot: str) -> str | None:
        """Return the sentences of some prose that are sound, or None where none is."""
        kept = [sentence for sentence in self.prose.sentences(unmarked(prose or "")) if self._sound(sentence, slot)]
        return " ".join(kept) or None

    def _sound(self, sentence: str, slot: str) -> bool:
        faults = self.prose.faults(sentence)
        if faults:
            self.unsound.append((sentence, faults[0]))
            self.article.warn(faults[0].code, slot, f"{faults[0]}; dropped {sentence!r}")
        return not faults

    def statements(self, drafted: list[DraftStatement], slot: str) -> tuple[Statement, ...]:
        """Return the statements that are sound and cite a sentence that exists."""
        statements = []
        for number, item in enumerate(drafted):
            sentence = self.article.sentence(item.sentence, f"{slot}[{number}]")
            words = self.text(item.text, f"{slot}[{number}]")
            if sentence is not None and words:
                statements.append(Statement(text=words, evidence=(self.document.evidence(sentence.span),)))
        return tuple(statements)


def _within(span: Span, sentence: Sentence) -> bool:
    return sentence.span.start <= span.start < sentence.span.stop
