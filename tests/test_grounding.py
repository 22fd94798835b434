"""Grounding, case by case: what holds is kept with its words, what does not is dropped with a warning."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

import pytest
from pydantic import Field, model_validator

from llmdeal.deal import Certainty, DealStatus, DealSummary, DealWarning, Role, Statement, WarningCode
from llmdeal.draft import DealDraft, draft_type
from llmdeal.grounding import Grounding, ProseCheck, ground
from llmdeal.mentions import Duration, Money, PartialDate, Percent
from llmdeal.readers import MarkedDocument, open_document, read

ARTICLE = """Amazon.com (AMZN.O) va fournir à OpenAI des services de cloud dans le cadre d'un accord pluriannuel de 38 \
milliards de dollars (32,58 milliards d'euros). L'accord, annoncé lundi, fait grimper le titre Amazon de 5%. \
La capacité sera déployée d'ici la fin de 2026. OpenAI aurait aussi conclu avec Oracle ORCL.N un accord de 300 \
milliards de dollars sur cinq ans, selon Reuters. Amazon a réalisé un chiffre d'affaires de 180 milliards de dollars."""
# a1 38 bn USD, a2 32.58 bn EUR, a3 300 bn USD, a4 180 bn USD (revenue); d1 Monday, d2 the end of 2026;
# t1 multi-year, t2 five years; p1 5 %; k1 AMZN.O, k2 ORCL.N


def marked(text: str = ARTICLE, language: str = "fr") -> MarkedDocument:
    return read(open_document(text, language=language, published=date(2025, 11, 3)))


def grounded(text: str = ARTICLE, language: str = "fr", **slots: Any) -> Grounding[DealSummary]:  # noqa: ANN401
    draft = {"sentence": "s1", "deal_type": "supply", "status": "agreed", **slots}
    return ground(DealDraft.model_validate(draft), marked(text, language), DealSummary)


def deal_of(grounding: Grounding[DealSummary]) -> DealSummary:
    assert grounding.deal is not None
    return grounding.deal


def codes(warnings: tuple[DealWarning, ...]) -> list[tuple[str | None, WarningCode]]:
    return [(warning.slot, warning.code) for warning in warnings]


def test_marks_become_values_that_point_at_their_words() -> None:
    grounding = grounded(
        supplier=["Amazon"],
        customer=["OpenAI"],
        value="a1",
        announced="d1",
        completion="d2",
        term="t1",
        reactions=[{"party": "Amazon", "percent": "p1"}],
        related=[
            {
                "sentence": "s4",
                "parties": ["OpenAI", "Oracle"],
                "deal_type": "supply",
                "value": "a3",
                "term": "t2",
                "certainty": "reported",
                "attribution": "Reuters",
            }
        ],
    )
    deal = deal_of(grounding)
    assert grounding.warnings == ()
    assert deal.value is not None
    assert (deal.value.amount, deal.value.currency) == (Decimal(38_000_000_000), "USD")
    assert [evidence.quote for evidence in deal.value.evidence] == ["38 milliards de dollars"]
    assert [(same.amount, same.currency) for same in deal.value.same_as] == [(Decimal(32_580_000_000), "EUR")]
    assert deal.value.same_as[0].evidence[0].quote == "32,58 milliards d'euros"
    assert str(deal.announced) == "2025-11-03"
    assert str(deal.completion) == "2026-10-01/2026-12-31"
    assert str(deal.term) == "multi-year"
    assert [(party.name, party.role, str(party.ticker)) for party in deal.parties] == [
        ("Amazon.com", Role.SUPPLIER, "AMZN.O"),
        ("OpenAI", Role.CUSTOMER, "None"),
    ]
    (reaction,) = deal.reactions
    assert (reaction.party, str(reaction.percent)) == ("Amazon.com", "5%")
    (related,) = deal.related
    assert related.parties == ("OpenAI", "Oracle")
    assert related.value is not None
    assert related.value.amount == 300_000_000_000
    assert related.term is not None
    assert (related.term.months, related.certainty, related.attribution) == (60, Certainty.REPORTED, "Reuters")
    assert related.evidence[0].quote.startswith("OpenAI aurait aussi")


def test_the_other_side_of_a_conversion_is_the_same_sum_too() -> None:
    value = deal_of(grounded(value="a2")).value
    assert value is not None
    assert (value.currency, [same.currency for same in value.same_as]) == ("EUR", ["USD"])


@pytest.mark.parametrize(
    ("slot", "mark"),
    [("value", "a9"), ("stake", "p7"), ("announced", "d9"), ("completion", "d9"), ("term", "t9"), ("value", "a000000")],
)
def test_a_mark_that_the_article_does_not_have_is_dropped(slot: str, mark: str) -> None:
    grounding = grounded(**{slot: mark})
    assert getattr(deal_of(grounding), slot) is None
    assert codes(grounding.warnings) == [(slot, WarningCode.UNKNOWN_MARK)]


def test_a_sentence_that_the_article_does_not_have_is_replaced_or_dropped() -> None:
    point = {"text": "OpenAI paie.", "sentence": "s0"}
    grounding = grounded(sentence="s77", key_points=[point], related=[{"sentence": "s9", "parties": ["Oracle"]}])
    deal = deal_of(grounding)
    assert deal.evidence[0].sentence == 1
    assert (deal.key_points, deal.related) == ((), ())
    assert [code for _, code in codes(grounding.warnings)].count(WarningCode.UNKNOWN_MARK) == 3


def test_names_are_found_in_other_forms_and_kept_as_written_first() -> None:
    text = "L’Oréal S.A. achète Aésop Ltd. pour 2 milliards d'euros."
    deal = deal_of(grounded(text, acquirer=["L'OREAL"], target=["aesop"]))
    assert [(party.name, party.role) for party in deal.parties] == [
        ("L’Oréal", Role.ACQUIRER),
        ("Aésop", Role.TARGET),
    ]


def test_a_name_that_is_not_there_is_dropped() -> None:
    grounding = grounded(supplier=["Globex", "Amazon"], parents=[{"party": "Amazon", "parent": "Initech"}])
    (party,) = deal_of(grounding).parties
    assert (party.name, party.parent) == ("Amazon.com", None)
    assert codes(grounding.warnings) == [
        ("parents", WarningCode.NAME_NOT_FOUND),
        ("parties.supplier", WarningCode.NAME_NOT_FOUND),
    ]


@pytest.mark.parametrize("name", ["Ama", "mazon", "OpenA", "", " ", "…", "[s1]", "\x00"])
def test_part_of_a_word_is_no_name(name: str) -> None:
    assert deal_of(grounded(supplier=[name])).parties == ()


def test_one_company_has_one_role_and_the_type_decides_which() -> None:
    grounding = grounded(acquirer=["Amazon"], supplier=["Amazon.com", "AMAZON"], customer=["OpenAI"])
    assert [(party.name, party.role) for party in deal_of(grounding).parties] == [
        ("Amazon.com", Role.SUPPLIER),
        ("OpenAI", Role.CUSTOMER),
    ]
    assert codes(grounding.warnings) == [("parties.acquirer", WarningCode.INCOMPLETE)]


def test_a_parent_is_found_in_the_article() -> None:
    text = "AWS, filiale d'Amazon, vend du calcul à OpenAI."
    (party,) = deal_of(grounded(text, supplier=["AWS"], parents=[{"party": "AWS", "parent": "Amazon"}])).parties
    assert (party.name, party.parent) == ("AWS", "Amazon")


@pytest.mark.parametrize(
    ("text", "ticker"),
    [
        ("Amazon AMZN.O sells.", "AMZN.O"),
        ("Amazon (AMZN.O) sells.", "AMZN.O"),
        ("Amazon Inc (AMZN.O) sells.", "AMZN.O"),
        ("Amazon sells. Oracle ORCL.N buys.", None),
        ("Amazon and Oracle ORCL.N trade.", None),
        ("Amazon sells. Then Amazon AMZN.O buys.", "AMZN.O"),
    ],
)
def test_a_ticker_belongs_to_the_name_that_it_stands_behind(text: str, ticker: str | None) -> None:
    (party,) = deal_of(grounded(text, "en", supplier=["Amazon"])).parties
    assert (str(party.ticker) if party.ticker else None) == ticker


def test_an_amount_that_the_article_gives_as_something_else_is_no_price() -> None:
    grounding = grounded(value="a4")
    assert deal_of(grounding).value is None
    assert codes(grounding.warnings) == [("value", WarningCode.DOUBTFUL_VALUE)]
    assert "revenue" in grounding.warnings[0].message


def test_an_announcement_after_publication_is_refused() -> None:
    grounding = grounded(announced="d2")
    assert deal_of(grounding).announced is None
    assert codes(grounding.warnings) == [("announced", WarningCode.DOUBTFUL_VALUE)]


def test_no_status_is_taken_as_agreed_and_said() -> None:
    grounding = grounded(status=None)
    assert deal_of(grounding).status is DealStatus.AGREED
    assert codes(grounding.warnings) == [("status", WarningCode.INCOMPLETE)]


def test_no_deal_is_an_answer() -> None:
    assert grounded(deal_type="none", value="a1") == Grounding(None, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "OpenAI paie 38 milliards de dollars à Amazon.",
        "OpenAI paie 32,58 milliards d'euros.",
        "La capacité est attendue fin 2026.",
        "Le titre gagne 5 %.",
        "Le nuage d'OpenAI grandit.",
        "Reuters parle d'Oracle.",
    ],
)
def test_prose_that_says_what_the_article_says_is_kept(sentence: str) -> None:
    grounding = grounded(summary=sentence)
    assert deal_of(grounding).summary == sentence
    assert grounding.warnings == ()


@pytest.mark.parametrize(
    ("sentence", "code", "words"),
    [
        ("OpenAI paie 83 milliards de dollars.", WarningCode.NUMBER_NOT_STATED, "83 milliards de dollars"),
        ("OpenAI paie 38 milliards d'euros.", WarningCode.NUMBER_NOT_STATED, "38 milliards d'euros"),
        ("OpenAI paie 38 millions de dollars.", WarningCode.NUMBER_NOT_STATED, "38 millions de dollars"),
        ("La capacité est attendue fin 2027.", WarningCode.NUMBER_NOT_STATED, "fin 2027"),
        ("Le titre gagne 6 %.", WarningCode.NUMBER_NOT_STATED, "6 %"),
        ("Le titre recule de 5 %.", WarningCode.NUMBER_NOT_STATED, "5 %"),
        ("L'accord dure sept ans.", WarningCode.NUMBER_NOT_STATED, "sept ans"),
        ("Il s'agit de 4500 machines.", WarningCode.NUMBER_NOT_STATED, "4500"),
        ("Le contrat va à Globex.", WarningCode.NAME_NOT_STATED, "Globex"),
        ("OpenAI choisit Mistral Systems.", WarningCode.NAME_NOT_STATED, "Mistral"),
    ],
)
def test_prose_that_says_more_is_dropped(sentence: str, code: WarningCode, words: str) -> None:
    grounding = grounded(summary=f"OpenAI paie Amazon. {sentence}")
    assert deal_of(grounding).summary == "OpenAI paie Amazon."
    assert (grounding.warnings[0].slot, grounding.warnings[0].code) == ("summary", code)
    (unsound,) = grounding.unsound
    assert unsound[0] == sentence
    assert words in unsound[1].words


def test_marks_that_were_copied_into_prose_are_taken_out() -> None:
    summary = "OpenAI paie [a1|38 milliards de dollars] à Amazon [s1]."
    assert deal_of(grounded(summary=summary)).summary == "OpenAI paie 38 milliards de dollars à Amazon ."


def test_prose_in_another_language_is_checked_in_that_language() -> None:
    draft = DealDraft.model_validate(
        {
            "sentence": "s1",
            "deal_type": "supply",
            "status": "agreed",
            "headline": "OpenAI pays Amazon $38 billion over several years",
            "summary": "It pays $83 billion.",
        }
    )
    deal = deal_of(ground(draft, marked(), DealSummary, output_language="en"))
    assert deal.headline == "OpenAI pays Amazon $38 billion over several years"
    assert deal.summary is None


class Sector(StrEnum):
    CLOUD = "cloud"
    RETAIL = "retail"


class Wide(DealSummary):
    """Every kind of field that a caller may add."""

    sector: Sector | None = Field(None, description="Industry.")
    mood: Literal["warm", "cold"] | None = None
    note: str | None = None
    hostile: bool | None = None
    fee: Money | None = Field(None, description="What is paid for walking away.")
    figures: tuple[Money, ...] = ()
    closing: PartialDate | None = None
    lockup: Duration | None = None
    size: Money | Percent | None = None
    rationale: Statement | None = None
    quotes: tuple[Statement, ...] = ()


def wide(**slots: Any) -> Grounding[Wide]:  # noqa: ANN401
    draft = {"sentence": "s1", "deal_type": "supply", "status": "agreed", **slots}
    return ground(draft_type(Wide).model_validate(draft), marked(), Wide)


def test_a_callers_fields_are_grounded_as_their_types_are() -> None:
    said = {"text": "OpenAI paie Amazon.", "sentence": "s1"}
    grounding = wide(
        sector="cloud",
        mood="warm",
        note="Amazon grandit.",
        hostile=False,
        fee="a3",
        figures=["a1", "a99", "a3"],
        closing="d2",
        lockup="t2",
        size="p1",
        rationale=said,
        quotes=[said, {"text": "OpenAI paie Globex.", "sentence": "s1"}],
    )
    deal = grounding.deal
    assert deal is not None
    assert (deal.sector, deal.mood, deal.note, deal.hostile) == (Sector.CLOUD, "warm", "Amazon grandit.", False)
    assert deal.fee is not None
    assert deal.fee.evidence[0].quote == "300 milliards de dollars"
    assert [int(money.amount / 10**9) for money in deal.figures] == [38, 300]
    assert str(deal.closing) == "2026-10-01/2026-12-31"
    assert str(deal.lockup) == "5 years"
    assert isinstance(deal.size, Percent)
    assert deal.rationale is not None
    assert deal.rationale.evidence[0].sentence == 1
    assert len(deal.quotes) == 1
    assert codes(grounding.warnings) == [
        ("figures[1]", WarningCode.UNKNOWN_MARK),
        ("quotes[1][0]", WarningCode.NAME_NOT_STATED),
    ]


def test_a_callers_fields_are_checked() -> None:
    grounding = wide(
        note="Globex a perdu 7 millions d'euros.", fee="a77", rationale={"text": "Vrai.", "sentence": "s99"}
    )
    deal = grounding.deal
    assert deal is not None
    assert (deal.note, deal.fee, deal.rationale) == (None, None, None)
    assert {code for _, code in codes(grounding.warnings)} == {WarningCode.NUMBER_NOT_STATED, WarningCode.UNKNOWN_MARK}


class InEuros(DealSummary):
    fee: Money | None = None

    @model_validator(mode="after")
    def _euros(self) -> InEuros:
        if self.fee is not None and self.fee.currency != "EUR":
            msg = "the fee is in euros"
            raise ValueError(msg)
        return self


class Priced(DealSummary):
    note: str | None = None

    @model_validator(mode="after")
    def _priced(self) -> Priced:
        if self.value is None:
            msg = "a deal has a price"
            raise ValueError(msg)
        return self


@pytest.mark.parametrize(("summary_type", "slot"), [(InEuros, {"fee": "a1"}), (Priced, {"note": "Amazon paie."})])
def test_what_a_callers_validator_refuses_is_dropped_and_never_raised(
    summary_type: type[DealSummary], slot: dict[str, str]
) -> None:
    draft = draft_type(summary_type).model_validate(
        {"sentence": "s1", "deal_type": "supply", "status": "agreed", **slot}
    )
    grounding = ground(draft, marked(), summary_type)
    assert isinstance(grounding.deal, summary_type)
    assert getattr(grounding.deal, next(iter(slot))) is None
    assert WarningCode.INCOMPLETE in {code for _, code in codes(grounding.warnings)}


def test_a_headline_gets_the_conversion_of_the_body() -> None:
    text = "Amazon vend pour 38 milliards de dollars. Il s'agit de 38 milliards de dollars (32,58 milliards d'euros)."
    value = deal_of(grounded(text, value="a1")).value
    assert value is not None
    assert [(str(same.amount), same.currency) for same in value.same_as] == [("32580000000", "EUR")]


def test_words_of_the_article_are_sound_but_not_the_end_of_a_longer_number() -> None:
    check = ProseCheck(marked("Kestrel a payé 1 500 millions d'euros à Bella en 2022. Rien d'autre."), "fr")
    assert check.faults("Kestrel a payé 1 500 millions d'euros à Bella en 2022.") == ()
    assert check.faults("payé 1 500 millions d'euros à Bella") == ()
    assert [fault.words for fault in check.faults("500 millions d'euros à Bella")] == ["500 millions d'euros"]
    assert check.faults("Kestrel a payé 1") != ()
    assert [fault.words for fault in check.faults("Kestrel a payé 15 millions d'euros")] == ["15 millions d'euros"]
