"""What the model is asked for: a schema for one article offers what the article has, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from llmdeal.deal import DealSummary, DealType, Role
from llmdeal.draft import (
    ROLES_BY_TYPE,
    DealDraft,
    DraftReaction,
    draft_type,
    extra_fields,
)
from llmdeal.mentions import Money, Percent  # noqa: TC001  pydantic resolves them at run time
from llmdeal.narrowing import schema_for
from llmdeal.offer import Offer, offer_of
from llmdeal.readers import MarkedDocument, open_document, read

PIECES = [
    "Amazon.com (AMZN.O) sells OpenAI capacity for $38 billion (32.58 billion euros). ",
    "It is in talks to buy 51% of Kestrel for $1.2 billion in cash and $300 million in stock. ",
    "The shares rose 5% on Monday. ",
    "The deal closes by the end of 2026 and lasts seven years. ",
    "Last year it bought Bella Nonna for $450 million, Reuters reported. ",
    "Sales rose. ",
]
SEEDED = """
import json
from llmdeal.draft import DealDraft
from llmdeal.narrowing import schema_for
from llmdeal.offer import offer_of
from llmdeal.readers import open_document, read
from pathlib import Path
text = Path("evals/articles/openai-aws.fr.txt").read_text(encoding="utf-8")
print(json.dumps(schema_for(DealDraft, offer_of(read(open_document(text, language="fr"))))))
"""


class WithFee(DealSummary):
    fee: Money | None = Field(None, description="A fee.")
    shares: tuple[Percent, ...] = ()
    sector: Literal["food", "steel"] | None = None


@st.composite
def articles(draw: st.DrawFn) -> MarkedDocument:
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6)))
    published = draw(st.sampled_from([None, date(2025, 11, 3)]))
    return read(open_document(text, language="en", published=published))


def fitting(schema: dict[str, Any], definitions: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return what fits a schema of the kinds that ``schema_for`` makes."""
    if "$ref" in schema:
        found: st.SearchStrategy[Any] = fitting(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions)
    elif "const" in schema:
        found = st.just(schema["const"])
    elif "enum" in schema:
        found = st.sampled_from(schema["enum"])
    elif "anyOf" in schema:
        found = st.one_of([fitting(option, definitions) for option in schema["anyOf"]])
    elif schema["type"] == "object":
        parts = {name: fitting(part, definitions) for name, part in schema["properties"].items()}
        required = {name: parts.pop(name) for name in schema["required"]}
        found = st.fixed_dictionaries(required, optional=parts)
    elif "prefixItems" in schema:
        found = st.tuples(*(fitting(item, definitions) for item in schema["prefixItems"])).map(list)
    elif schema["type"] == "array":
        least, most = schema.get("minItems", 0), schema["maxItems"]
        found = st.lists(fitting(schema["items"], definitions), min_size=least, max_size=max(least, min(most, 2)))
    else:
        found = {"string": st.text(max_size=10), "boolean": st.booleans(), "null": st.none()}[schema["type"]]
    return found


@pytest.mark.parametrize("summary_type", [DealSummary, WithFee])
@given(marked=articles(), data=st.data())
def test_what_fits_the_schema_of_an_article_is_a_draft(
    summary_type: type[DealSummary], marked: MarkedDocument, data: st.DataObject
) -> None:
    draft = draft_type(summary_type)
    schema = schema_for(draft, offer_of(marked))
    answer = data.draw(fitting(schema, schema.get("$defs", {})))
    draft.model_validate_json(json.dumps(answer))


@given(articles())
def test_a_schema_offers_no_mark_that_the_article_does_not_have(marked: MarkedDocument) -> None:
    offered = {*marked.marks, *(f"s{sentence.number}" for sentence in marked.document.sentences)}
    text = json.dumps(schema_for(draft_type(WithFee), offer_of(marked)))
    every = {f"{letter}{number}" for letter in "adtps" for number in range(1, 30)}
    assert {mark for mark in every if f'"{mark}"' in text} <= offered


def test_a_schema_is_the_same_in_every_process() -> None:
    seeds = ("1", "2", "3")
    written = {
        subprocess.run(
            [sys.executable, "-c", SEEDED],
            cwd=Path(__file__).parents[1],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in seeds
    }
    assert len(written) == 1, "recordings and providers' caches know a schema by its text"


def test_a_slot_without_a_mark_is_not_asked_for() -> None:
    text = json.dumps(schema_for(draft_type(WithFee), Offer({"sentence": ["s1"]})))
    for slot in ("value", "stake", "announced", "completion", "term", "reactions", "fee", "shares"):
        assert f'"{slot}"' not in text
    with pytest.raises(ValueError, match="not on offer"):
        schema_for(DraftReaction, Offer({}))


def test_each_type_asks_for_its_own_roles() -> None:
    schema = schema_for(DealDraft, Offer({"sentence": ["s1"]}, advised=True, sells=True))
    types = {option["properties"]["deal_type"]["const"]: option for option in schema["anyOf"]}
    assert set(types) == {*DealType, "none"}
    for deal_type, roles in ROLES_BY_TYPE.items():
        assert {name for name in types[deal_type]["properties"] if name in set(Role)} == set(roles)


@pytest.mark.parametrize("mark", ["A1", "a", "a-1", "a1 ", "a1\n", "a１", "a1234567", "38000000000", "s1", "", 1])
def test_a_figure_is_no_mark(mark: object) -> None:
    with pytest.raises(ValidationError):
        DealDraft.model_validate({"sentence": "s1", "deal_type": "supply", "value": mark})


def test_a_callers_fields_have_descriptions_and_defaults() -> None:
    assert extra_fields(WithFee) == {"fee": "A fee.", "shares": "shares", "sector": "sector"}
    draft = draft_type(WithFee)
    assert draft is draft_type(WithFee)
    assert draft.model_fields["fee"].description == "A fee."
    assert draft.model_validate({"sentence": "s1", "deal_type": "none"}).model_dump(exclude_unset=True) == {
        "sentence": "s1",
        "deal_type": "none",
    }
    assert draft_type(DealSummary) is DealDraft


@pytest.mark.parametrize("annotation", [int, float, dict[str, str], list[str], tuple[int, ...], int | None, object])
def test_a_field_that_could_hold_a_figure_is_refused(annotation: Any) -> None:  # noqa: ANN401  annotations
    kind = type("Bad", (DealSummary,), {"__annotations__": {"extra": annotation}, "extra": None})
    with pytest.raises(TypeError, match=r"Bad\.extra"):
        draft_type(kind)


class _Size(IntEnum):
    SMALL = 1


class _WithIntLiteral(DealSummary):
    size: Literal[1, 2] | None = None


class _WithIntEnum(DealSummary):
    size: _Size | None = None


class _Overriding(DealSummary):
    value: str | None = None  # type: ignore[assignment]  # what is to be refused


@pytest.mark.parametrize("summary_type", [_WithIntLiteral, _WithIntEnum, _Overriding])
def test_no_field_can_hold_a_figure_of_the_models_own(summary_type: type[DealSummary]) -> None:
    with pytest.raises(TypeError, match=summary_type.__name__):
        draft_type(summary_type)
