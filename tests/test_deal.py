"""The summary's types: frozen, without loss in JSON, and of a schema that does not change by accident.

Run as a script, this writes the schemas in ``tests/schemas`` anew.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import llmdeal
from llmdeal.deal import (
    Consideration,
    ConsiderationKind,
    DealStatus,
    DealSummary,
    DealType,
    Party,
    Provenance,
    Result,
    Role,
    Statement,
)
from llmdeal.document import Evidence, Span
from llmdeal.draft import ROLES_BY_TYPE, DealDraft
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Qualifier
from llmdeal.usage import Usage

FOLDER = Path(__file__).parent / "schemas"
WORDS = Evidence(quote="38 milliards", span=Span(start=3, stop=15), sentence=1)


def schemas() -> dict[str, dict[str, Any]]:
    return {
        "result.json": Result[DealSummary].model_json_schema(mode="serialization"),
        "draft.json": DealDraft.model_json_schema(),
    }


def written(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


@pytest.mark.parametrize("name", ["result.json", "draft.json"])
def test_the_schema_is_the_one_that_was_agreed(name: str) -> None:
    agreed = (FOLDER / name).read_text(encoding="utf-8")
    assert written(schemas()[name]) == agreed, "meant to change? python tests/test_deal.py, and CHANGELOG.md"


def result() -> Result:
    money = Money(amount=Decimal("38e9"), currency="USD", evidence=(WORDS,))
    deal = DealSummary(
        deal_type=DealType.SUPPLY,
        status=DealStatus.AGREED,
        subject=Statement(text="du calcul", evidence=(WORDS,)),
        parties=(Party(name="Amazon", role=Role.SUPPLIER, evidence=(WORDS,)),),
        value=money.model_copy(update={"same_as": (Money(amount=Decimal("32.58e9"), currency="EUR"),)}),
        consideration=(Consideration(kind=ConsiderationKind.CASH, amount=money),),
        language="fr",
        evidence=(WORDS,),
    )
    provenance = Provenance(
        prompt="deal", version=1, prompt_sha256="0" * 64, model="m", usage=Usage(input_tokens=3), cost=Decimal("0.0001")
    )
    return Result(deal=deal, provenance=provenance, text="Un texte")


def test_a_result_goes_through_json_and_plain_data_without_loss() -> None:
    before = result()
    assert Result.model_validate_json(before.model_dump_json()) == before
    assert Result.model_validate(json.loads(json.dumps(before.to_dict()))) == before


def test_a_result_is_what_the_command_line_prints() -> None:
    data = result().to_dict()
    assert list(data) == ["deal", "warnings", "provenance", "text"]
    assert data["deal"]["value"]["amount"] == "38000000000"
    assert data["deal"]["evidence"] == [{"quote": "38 milliards", "span": {"start": 3, "stop": 15}, "sentence": 1}]


def test_no_deal_goes_through_json() -> None:
    none = result().model_copy(update={"deal": None})
    assert Result.model_validate_json(none.model_dump_json()).deal is None


@pytest.mark.parametrize("part", [result(), result().deal, result().provenance, WORDS, Usage()])
def test_everything_is_frozen_and_takes_nothing_unknown(part: BaseModel) -> None:
    name = next(iter(type(part).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(part, name, getattr(part, name))
    with pytest.raises(ValidationError, match="Extra inputs"):
        type(part).model_validate({**part.model_dump(), "more": 1})


@pytest.mark.parametrize("part", [Statement, Party])
def test_a_fact_without_evidence_is_none(part: type[BaseModel]) -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        part.model_validate({"text": "x", "name": "x", "role": "target", "evidence": []} | {})


def test_every_role_has_a_slot_and_a_type() -> None:
    assert set(Role) <= set(DealDraft.model_fields)
    assert {role for roles in ROLES_BY_TYPE.values() for role in roles} == set(Role)
    assert set(ROLES_BY_TYPE) == set(DealType)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Money(amount=Decimal(1200000), currency="EUR", qualifier=Qualifier.ABOUT), "about EUR 1,200,000"),
        (Money(amount=Decimal("54.20"), currency="USD"), "USD 54.2"),
        (Money(amount=Decimal(1), upper=Decimal(2), currency="USD"), "USD 1-2"),
        (Duration(months=18), "18 months"),
        (Duration(months=12), "1 year"),
        (Duration(months=0), "0 months"),
        (Duration(months=None), "multi-year"),
        (Percent(percent=Decimal("-3.50")), "-3.5%"),
        (Percent(percent=Decimal("1e2")), "100%"),
    ],
)
def test_values_are_shown_as_people_write_them(value: Money | Duration | Percent, shown: str) -> None:
    assert str(value) == shown


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        (Money, {"amount": "NaN", "currency": "USD"}, "finite"),
        (Money, {"amount": 1, "currency": "usd"}, "pattern"),
        (Money, {"amount": 2, "upper": 1, "currency": "USD"}, "less than amount"),
        (PartialDate, {"earliest": "2025-02-01", "latest": "2025-01-01"}, "before earliest"),
        (Duration, {"months": -1}, "greater than or equal"),
    ],
)
def test_values_that_cannot_be_are_refused(kind: type[BaseModel], data: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        kind.model_validate(data)


def test_every_error_is_one_of_ours() -> None:
    errors = [getattr(llmdeal, name) for name in llmdeal.__all__ if name.endswith("Error")]
    assert len(errors) == 15
    assert all(issubclass(error, llmdeal.LLMDealError) for error in errors)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        (FOLDER / name).write_text(written(schema), encoding="utf-8")
