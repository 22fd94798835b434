"""Which names of a draft are one company, and which are two."""

from __future__ import annotations

from typing import Any

import pytest

from llmdeal.deal import DealSummary, Role
from llmdeal.draft import DealDraft
from llmdeal.grounding import ground
from llmdeal.readers import open_document, read


def deal_of(text: str, **slots: Any) -> DealSummary:  # noqa: ANN401  the slots of a draft
    draft = DealDraft.model_validate({"sentence": "s1", "deal_type": "acquisition", "status": "agreed", **slots})
    deal = ground(draft, read(open_document(text, language="en")), DealSummary).deal
    assert deal is not None
    return deal


def roles(deal: DealSummary) -> list[tuple[str, Role]]:
    return [(party.name, party.role) for party in deal.parties]


def test_a_name_joined_of_two_that_the_article_writes_apart_is_two() -> None:
    text = "Kestrel and Bella Nonna buy Smaak. Kestrel is large."
    assert roles(deal_of(text, target=["Smaak"], acquirer=["Kestrel and Bella Nonna"])) == [
        ("Smaak", Role.TARGET),
        ("Kestrel", Role.ACQUIRER),
        ("Bella Nonna", Role.ACQUIRER),
    ]


def test_a_name_with_and_in_it_that_the_article_writes_only_whole_is_one() -> None:
    text = "Marks and Spencer buys Smaak. Marks and Spencer is large."
    assert ("Marks and Spencer", Role.ACQUIRER) in roles(
        deal_of(text, target=["Smaak"], acquirer=["Marks and Spencer"])
    )


def test_the_parties_of_another_deal_are_told_apart_too() -> None:
    text = "Kestrel buys Smaak. In 2020 Oakmoor and Bella founded a bank. Oakmoor is old."
    related = [{"sentence": "s2", "deal_type": "joint_venture", "parties": ["Oakmoor and Bella"]}]
    [other] = deal_of(text, target=["Smaak"], acquirer=["Kestrel"], related=related).related
    assert other.parties == ("Oakmoor", "Bella")


@pytest.mark.parametrize("role", [Role.SELLER, Role.ADVISER])
@pytest.mark.parametrize("short", ["Almaraz", "Grupo"])
def test_a_seller_or_adviser_that_shortens_a_party_is_that_party(role: Role, short: str) -> None:
    text = "Grupo Almaraz buys Smaak. Almaraz is large. Grupo said so."
    deal = deal_of(text, target=["Smaak"], acquirer=["Grupo Almaraz"], **{role.value: [short]})
    assert roles(deal) == [("Smaak", Role.TARGET), ("Grupo Almaraz", Role.ACQUIRER)]


def test_a_target_with_part_of_the_acquirers_name_is_another_company() -> None:
    text = "Kestrel buys Kestrel Brasil. Kestrel is large."
    assert roles(deal_of(text, target=["Kestrel Brasil"], acquirer=["Kestrel"])) == [
        ("Kestrel Brasil", Role.TARGET),
        ("Kestrel", Role.ACQUIRER),
    ]


def test_a_seller_whose_name_only_looks_like_a_partys_is_a_party() -> None:
    text = "Kestrel buys Smaak from Kestrelline."
    deal = deal_of(text, target=["Smaak"], acquirer=["Kestrel"], seller=["Kestrelline"])
    assert ("Kestrelline", Role.SELLER) in roles(deal)


@pytest.mark.parametrize(
    ("text", "ticker"),
    [
        ("Kettle Lake Resources Ltd. (TSX: KLR) buys Smaak.", "TSX: KLR"),
        ("Smaak is bought by Kettle Lake Resources. Oracle (NYSE: ORCL) is not.", "None"),
        ("Kettle Lake Resources. ORCL.N fell as Smaak was bought.", "None"),
    ],
)
def test_the_full_stop_of_a_legal_form_does_not_part_a_name_from_its_ticker(text: str, ticker: str) -> None:
    deal = deal_of(text, target=["Smaak"], acquirer=["Kettle Lake Resources Ltd"])
    assert [str(party.ticker) for party in deal.parties if party.role is Role.ACQUIRER] == [ticker]
