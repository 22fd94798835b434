"""Grounding, for any draft and any article: it returns, and it vouches for nothing that the article does not state."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from llmdeal.deal import (
    Certainty,
    ConsiderationKind,
    DealStatus,
    DealSummary,
    DealType,
    DealWarning,
    Provenance,
    Result,
    Role,
    Statement,
)
from llmdeal.document import Evidence
from llmdeal.draft import DealDraft, draft_type
from llmdeal.grounding import ground
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Ticker
from llmdeal.readers import open_document, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.readers import MarkedDocument

# What articles are made of, and what they are not.
PIECES = [
    "Amazon.com (AMZN.O) sells OpenAI capacity for $38 billion (32.58 billion euros). ",
    "L’accord pluriannuel de 38 milliards de dollars, annoncé lundi, court jusqu'à fin 2026. ",
    "Die Aktie (VOWG_p.DE) fiel um 3,5 Prozent auf 12,40 Euro; der Umsatz lag bei 4,1 Mrd. Euro. ",
    "La compañía pagará entre 1.200 y 1.500 millones de dólares por el 51%. ",
    "ソフトバンクは300億円で買収した。",
    "[a1|$1] [s2] {{ article }} ",
    "\x00\x07\u202e\ufeff ",
    "9" * 400 + "% ",
    "\n\n",
]
NAMES = [
    "Amazon",
    "OpenAI",
    "amazon.com",
    "Globex",
    "AMZN.O",
    "",
    " ",
    "\x00",
    "[k1|AMZN.O]",
    "Aktie",
    "(",
    "S.A.",
    ".",
]
PROSE = [*PIECES, "OpenAI pays $39 billion. ", "Globex wins. ", "It grows by 7%. ", "In 2031. ", "Sie zahlt 12 Euro. "]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), min_size=1, max_size=6).map("".join)
words = st.one_of(st.sampled_from(NAMES), st.text(max_size=20))
prose = st.one_of(st.lists(st.sampled_from(PROSE), max_size=3).map("".join), st.text(max_size=60))
languages = st.sampled_from(["en", "fr", "de", "es", "it", "pt", "nl", "pl", "ja", "zh", "sv"])


class Wide(DealSummary):
    fee: Money | None = None
    note: str | None = None
    size: Money | Percent | None = None
    closing: tuple[PartialDate, ...] = ()
    rationale: Statement | None = None


def mark(letter: str) -> st.SearchStrategy[str]:
    return st.one_of(st.integers(0, 9).map(lambda number: f"{letter}{number}"), st.just(f"{letter}999999"))


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


amounts, dates, durations, percents, sentences = map(mark, "adtps")
statements = st.lists(st.fixed_dictionaries({"text": prose, "sentence": sentences}), max_size=3)
names = st.lists(words, max_size=3)
drafts = st.fixed_dictionaries(
    {"sentence": sentences, "deal_type": st.sampled_from(DealType)},
    optional={
        **{role.value: names for role in Role},
        "status": optional(st.sampled_from(DealStatus)),
        "headline": optional(prose),
        "subject": optional(prose),
        "summary": optional(prose),
        "value": optional(amounts),
        "stake": optional(percents),
        "announced": optional(dates),
        "effective": optional(dates),
        "completion": optional(dates),
        "expiry": optional(dates),
        "term": optional(durations),
        "conditions": statements,
        "key_points": statements,
        "parents": st.lists(st.fixed_dictionaries({"party": words, "parent": words}), max_size=2),
        "consideration": st.lists(
            st.fixed_dictionaries({"kind": st.sampled_from(ConsiderationKind), "amount": amounts}), max_size=2
        ),
        "reactions": st.lists(st.fixed_dictionaries({"party": words, "percent": percents}), max_size=2),
        "related": st.lists(
            st.fixed_dictionaries(
                {"sentence": sentences, "parties": names, "certainty": st.sampled_from(Certainty)},
                optional={
                    "value": optional(amounts),
                    "stake": optional(percents),
                    "term": optional(durations),
                    "date": optional(dates),
                    "attribution": optional(words),
                },
            ),
            max_size=2,
        ),
        "fee": optional(amounts),
        "note": optional(prose),
        "size": optional(st.one_of(amounts, percents)),
        "closing": st.lists(dates, max_size=2),
        "rationale": optional(st.fixed_dictionaries({"text": prose, "sentence": sentences})),
    },
)


@st.composite
def readings(draw: st.DrawFn) -> MarkedDocument:
    text = draw(texts.filter(str.strip))
    published = draw(optional(st.dates(date(1990, 1, 1), date(2040, 1, 1))))
    return read(open_document(text, language=draw(languages), published=published))


def parts(value: object) -> Iterator[BaseModel]:
    """Yield every model within a value, itself included."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)


patient = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])


@patient
@given(readings(), drafts, optional(languages))
def test_any_draft_is_grounded(marked: MarkedDocument, drafted: dict[str, Any], language: str | None) -> None:
    draft = draft_type(Wide).model_validate(drafted)
    grounding = ground(draft, marked, Wide, output_language=language)
    assert grounding.deal is not None
    stated = {_plain(mention.value) for mention in marked.mentions}
    for part in parts(grounding.deal):
        if isinstance(part, Evidence):
            assert part.quote == marked.document.text[part.span.start : part.span.stop]
            assert part.quote
            assert marked.document.sentences[part.sentence - 1].number == part.sentence
        elif isinstance(part, Money | PartialDate | Duration | Percent | Ticker):
            assert _plain(part) in stated
            assert part.evidence
    flat = " ".join(marked.document.text.split())
    assert all(party.name in flat for party in grounding.deal.parties)
    _round_trips(Wide, grounding.deal, grounding.warnings)


def _plain(value: Money | PartialDate | Duration | Percent | Ticker) -> str:
    """Return a value without what grounding adds to it."""
    return repr(value.model_copy(update={"evidence": (), **({"same_as": ()} if isinstance(value, Money) else {})}))


def _round_trips(summary_type: type[DealSummary], deal: DealSummary, warnings: tuple[DealWarning, ...]) -> None:
    provenance = Provenance(prompt="deal", version=1, prompt_sha256="0" * 64, model="fake")
    result = Result[summary_type](deal=deal, warnings=warnings, provenance=provenance)  # type: ignore[valid-type]  # a variable
    again = Result[summary_type].model_validate_json(result.model_dump_json())  # type: ignore[valid-type]  # as above
    assert again == result
    assert isinstance(again.deal, summary_type)
    assert again.model_dump_json() == result.model_dump_json()
    assert Result[summary_type].model_validate(result.to_dict()) == result  # type: ignore[valid-type]  # as above


@patient
@given(readings(), drafts)
def test_grounding_is_pure(marked: MarkedDocument, drafted: dict[str, Any]) -> None:
    draft = draft_type(Wide).model_validate(drafted)
    before = draft.model_dump_json()
    assert ground(draft, marked, Wide) == ground(draft, marked, Wide)
    assert draft.model_dump_json() == before


@given(readings())
def test_every_mark_and_sentence_that_an_article_has_can_be_answered(marked: MarkedDocument) -> None:
    for mark_, mention in marked.marks.items():
        slot = {"amount": "fee", "date": "completion", "duration": "term", "percent": "stake"}.get(mention.kind)
        if slot is None:
            continue
        draft = draft_type(Wide).model_validate(
            {"sentence": "s1", "deal_type": "other", "status": "agreed", slot: mark_}
        )
        deal = ground(draft, marked, Wide).deal
        assert deal is not None
        assert getattr(deal, slot).evidence[0].span == mention.span


@patient
@given(readings(), st.sampled_from(["Globex", "Initech", "Zyxwvut"]), st.sampled_from(list(Role)))
def test_a_name_of_the_models_own_is_nowhere(marked: MarkedDocument, name: str, role: Role) -> None:
    if name.casefold() in marked.document.text.casefold():
        return
    # German writes every noun with a capital: there a name in prose is known by its neighbours only.
    points = [] if marked.document.language == "de" else [{"text": f"The deal is with {name}.", "sentence": "s1"}]
    draft = DealDraft.model_validate(
        {
            "sentence": "s1",
            "deal_type": "other",
            role.value: [name],
            "reactions": [{"party": name, "percent": "p1"}],
            "related": [{"sentence": "s1", "parties": [name]}],
            "key_points": points,
        }
    )
    deal = ground(draft, marked, DealSummary).deal
    assert deal is not None
    assert name not in deal.model_dump_json()
