from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmdeal.deal import ConsiderationKind, DealStatus, DealType
from llmdeal.draft import DealDraft
from llmdeal.narrowing import schema_for
from llmdeal.offer import Offer, offer_of
from llmdeal.readers import MarkedDocument, open_document, read
from llmdeal.segmentation import LANGUAGES

PUBLISHED = date(2025, 10, 15)
TEXT = (
    "Lyon, mercredi 15 octobre 2025. – Thévalys (THVL.PA) a annoncé mardi l'acquisition d'Optimétra. "
    "Le prix a été fixé à 412 M€ (478 millions de dollars). Dans le détail, 340 M€ seront versés en numéraire. "
    "Optimétra a réalisé un chiffre d'affaires de 186,5 millions d'euros. Le bouclage est attendu au premier trimestre "
    "2026. L'action Thévalys cédait 2,3 %."
)


def marked(text: str = TEXT, language: str = "fr") -> MarkedDocument:
    return read(open_document(text, language=language, published=PUBLISHED))


def quotes(kind: str, text: str = TEXT, language: str = "fr") -> list[str]:
    article = marked(text, language)
    return [article.marks[mark].quote for mark in offer_of(article).marks[kind]]


def test_the_price_is_no_revenue_no_part_and_no_conversion() -> None:
    assert quotes("price") == ["412 M€"]


def test_a_price_of_the_first_sentences_must_be_chosen_and_hides_later_sums() -> None:
    text = "Kestrel buys Bella for $500 million. It is cash. It closes soon. Both are old. It has $9 million left."
    offer = offer_of(marked(text, "en"))
    assert offer.priced
    assert quotes("price", text, "en") == ["$500 million"]
    [acquisition] = schema_for(DealDraft, offer)["anyOf"]
    assert acquisition["properties"]["value"] == {"enum": offer.marks["price"]}


def test_a_later_sum_may_be_the_price() -> None:
    text = "Kestrel buys Bella. It is cash. It closes soon. Both are old. Kestrel pays $9 million."
    assert not offer_of(marked(text, "en")).priced
    assert quotes("price", text, "en") == ["$9 million"]


def test_the_news_is_not_of_the_dateline_where_there_is_a_day() -> None:
    assert quotes("announced") == ["mardi"]


def test_the_dateline_is_the_last_resort() -> None:
    assert quotes("announced", "Lyon, 15 octobre 2025. – Thévalys achète Optimétra.") == ["15 octobre 2025"]


def test_a_closing_to_come_must_be_chosen_and_rules_completed_out() -> None:
    offer = offer_of(marked())
    assert offer.closes
    assert quotes("completion") == ["premier trimestre 2026"]
    assert DealStatus.COMPLETED not in offer.statuses


def test_types_are_those_that_the_words_speak_for() -> None:
    assert offer_of(marked()).deal_types == (DealType.ACQUISITION,)
    assert set(offer_of(marked("Rien de tel.", "fr")).deal_types) == set(DealType)


def test_the_part_of_the_price_is_given() -> None:
    article = marked()
    parts = offer_of(article).parts
    assert [(kind, article.marks[mark].quote) for kind, mark in parts] == [(ConsiderationKind.CASH, "340 M€")]


def test_a_price_that_is_not_told_is_not_looked_for_behind_that() -> None:
    text = "Kestrel buys Bella for cash. Terms were not disclosed. Bella has raised $61.5 million."
    assert quotes("price", text, "en") == []


def test_a_share_price_moves_by_one_percentage_a_sentence() -> None:
    assert quotes("reaction") == ["2,3 %"]


def test_a_type_brings_its_roles_and_none_brings_nothing() -> None:
    schema = schema_for(DealDraft, replace(offer_of(marked()), certain=False))
    acquisition, none = schema["anyOf"]
    assert {"target", "acquirer"} <= set(acquisition["required"])
    assert "supplier" not in acquisition["properties"]
    assert list(none["properties"]) == ["sentence", "headline", "deal_type"]
    assert acquisition["properties"]["completion"] == {"enum": offer_of(marked()).marks["completion"]}


def test_none_is_no_answer_where_the_headline_speaks_of_a_deal() -> None:
    options = schema_for(DealDraft, offer_of(marked()))["anyOf"]
    assert [option["properties"]["deal_type"]["const"] for option in options] == ["acquisition"]


@pytest.mark.parametrize(
    "text",
    [
        "Kestrel's sales rose to $9 billion. It opened an office. Later it may buy something.",
        "Kestrel's profit fell to $5 million after the purchase of Bella. It had bought Bella in 2020.",
        "Kestrel names a new chief. She comes from Bella.",
    ],
)
def test_none_stays_an_answer_where_the_article_may_be_about_something_else(text: str) -> None:
    options = schema_for(DealDraft, offer_of(marked(text, "en")))["anyOf"]
    assert "none" in [option["properties"]["deal_type"]["const"] for option in options]


def test_what_begins_and_ends_is_told_by_the_words_beside_its_date() -> None:
    text = "Kestrel supplies Bella with steel for years. It runs from 1 January 2026 until 30 June 2031. It is big."
    assert quotes("effective", text, "en") == ["1 January 2026"]
    assert quotes("expiry", text, "en") == ["30 June 2031"]
    assert quotes("completion", text, "en") == []
    [supply] = schema_for(DealDraft, offer_of(marked(text, "en")))["anyOf"]
    assert {"effective", "expiry"} <= set(supply["required"])


def test_a_share_of_the_target_must_be_chosen_by_an_acquisition() -> None:
    text = "Vreeland compra 80% da Nutrigado. Paga em dinheiro. A ação subiu 3% na Bolsa."
    assert quotes("share", text, "pt") == ["80%"]
    [acquisition] = schema_for(DealDraft, offer_of(marked(text, "pt")))["anyOf"]
    assert acquisition["properties"]["stake"] == {"enum": offer_of(marked(text, "pt")).marks["share"]}


def test_advisers_are_asked_for_where_the_article_speaks_of_them() -> None:
    [without] = schema_for(DealDraft, offer_of(marked("Kestrel buys Bella. It pays cash.", "en")))["anyOf"]
    [advised] = schema_for(DealDraft, offer_of(marked("Kestrel buys Bella. Ennis advises it.", "en")))["anyOf"]
    assert "adviser" not in without["properties"]
    assert "adviser" in advised["required"]


def test_what_was_made_known_is_fresh() -> None:
    text = "Kestrel and Bella found a joint venture, they said on Tuesday. It was registered on 3 October 2025."
    assert quotes("announced", text, "en") == ["Tuesday"]


def test_a_draft_that_needs_what_is_not_on_offer_is_refused() -> None:
    with pytest.raises(ValueError, match="not on offer"):
        schema_for(DealDraft, Offer({}))


def _marks_in(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = {one for one in schema.get("enum", []) if isinstance(one, str)}
        return own.union(*map(_marks_in, schema.values())) if schema else own
    return set().union(*map(_marks_in, schema)) if isinstance(schema, list) else set()


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(LANGUAGES))
def test_a_schema_offers_no_mark_that_the_article_does_not_have(text: str, language: str) -> None:
    article = marked(text + " $5 million 2024 5% two years.", language)
    schema = schema_for(DealDraft, offer_of(article))
    json.dumps(schema)
    sentences = {f"s{sentence.number}" for sentence in article.document.sentences}
    marks = {mark for mark in _marks_in(schema) if mark[:1] in "adtpsk" and mark[1:].isdigit()}
    assert marks <= set(article.marks) | sentences


def test_names_are_those_of_the_article() -> None:
    offer = offer_of(marked("Kestrel Foods buys Bella Nonna. Its shares rose 5%. Ennis advises Kestrel Foods.", "en"))
    schema = schema_for(DealDraft, offer)
    [acquisition] = schema["anyOf"]
    assert {"Kestrel Foods", "Bella Nonna", "Ennis"} <= set(schema["$defs"]["Name"]["enum"])
    assert acquisition["properties"]["target"]["items"] == {"$ref": "#/$defs/Name"}
    assert acquisition["properties"]["adviser"]["items"] == {"enum": ["Ennis", "Kestrel Foods"]}
    assert schema["$defs"]["DraftReaction"]["properties"]["party"] == {"$ref": "#/$defs/Name"}


def test_another_deal_has_somebody_new_first() -> None:
    text = "Kestrel buys Bella. It pays cash. It closes soon. In 2020 it bought Smaak for $5 million."
    [acquisition] = schema_for(DealDraft, offer_of(marked(text, "en")))["anyOf"]
    [related] = acquisition["properties"]["related"]["prefixItems"]
    assert related["properties"]["parties"]["prefixItems"] == [{"enum": ["Smaak"]}]
    assert related["properties"]["parties"]["items"] == {"$ref": "#/$defs/Name"}


def test_where_no_blank_sets_words_apart_names_are_of_the_letters_of_the_article() -> None:
    schema = schema_for(DealDraft, offer_of(marked("曜岳電子收購冬木電裝。", "zh")))
    pattern = schema["$defs"]["Name"]["pattern"]
    assert re.fullmatch(pattern, "冬木電裝")
    assert not re.fullmatch(pattern, "冬木电装")


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Kestrel is said to be weighing a bid for Bella, sources said.", {DealStatus.RUMOURED, DealStatus.IN_TALKS}),
        ("Kestrel raises its offer for Bella. The offer is final. The bid is generous.", {DealStatus.OFFERED}),
        ("Kestrel prices its IPO offer. The offering of shares is large. The offer closes.", None),
    ],
)
def test_agreed_is_not_offered_where_the_lead_speaks_plainly_for_less(
    text: str, statuses: set[DealStatus] | None
) -> None:
    offered = offer_of(marked(text, "en")).statuses
    assert (DealStatus.AGREED in offered) is (statuses is None)
    assert statuses is None or set(offered) <= statuses


def test_of_two_prices_per_share_the_first_is_a_part() -> None:
    text = "Kestrel raises its bid for Bella to $42 a share. It had offered $40 a share."
    article = marked(text, "en")
    assert [article.marks[mark].quote for _, mark in offer_of(article).parts] == ["$42 a share"]


def test_a_milestone_or_a_part_paid_at_once_may_be_named_before_its_amount() -> None:
    article = marked(
        "Kestrel licenses it from Bella. Milestones of up to $610 million follow; upfront it pays $45 million.", "en"
    )
    assert {kind for kind, _ in offer_of(article).parts} == {ConsiderationKind.MILESTONE, ConsiderationKind.UPFRONT}


def test_a_seller_is_asked_for_where_the_article_speaks_of_one_and_named_there() -> None:
    [without] = schema_for(DealDraft, offer_of(marked("Kestrel Foods buys Bella. It pays cash.", "en")))["anyOf"]
    [with_one] = schema_for(DealDraft, offer_of(marked("Kestrel buys Bella. Bella is owned by Oakmoor.", "en")))[
        "anyOf"
    ]
    assert "seller" not in without["properties"]
    assert with_one["properties"]["seller"]["items"] == {"enum": ["Bella", "Oakmoor"]}
    assert "seller" in with_one["required"]
