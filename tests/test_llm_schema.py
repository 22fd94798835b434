"""Schemas as strict mode wants them, answers out of their wrapping, tokens counted without a tokenizer."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from llmdeal.llm.counting import estimate_tokens
from llmdeal.llm.faults import diagnose, redact
from llmdeal.llm.schema import is_strict, response_format, strict_schema
from llmdeal.llm.unwrap import json_object, opening, without_thoughts


class Party(BaseModel):
    name: str = Field(min_length=1, max_length=80, description="As the article writes it")
    title: str | None = None


class Deal(BaseModel):
    kind: Literal["a", "b"]
    buyer: Party = Field(description="Who buys")
    others: list[Party] = Field(default=[], max_length=3)
    stake: Annotated[float, Field(gt=0)] | None = None


class Tree(BaseModel):
    name: str
    children: list[Tree] = []


class Free(BaseModel):
    anything: dict[str, int]


def test_everything_is_required_and_closed() -> None:
    schema = strict_schema(Deal)
    assert is_strict(schema)
    assert schema["required"] == ["kind", "buyer", "others", "stake"]
    assert schema["$defs"]["Party"]["required"] == ["name", "title"]


def test_property_named_like_a_keyword_stays() -> None:
    assert "title" in strict_schema(Party)["properties"]
    assert "title" not in strict_schema(Party)


def test_description_beside_a_reference_is_kept_by_inlining() -> None:
    buyer = strict_schema(Deal)["properties"]["buyer"]
    assert buyer["description"] == "Who buys"
    assert buyer["properties"]["name"]["description"] == "As the article writes it"
    assert "minLength" not in buyer["properties"]["name"]


def test_recursive_models() -> None:
    assert is_strict(strict_schema(Tree))


def test_free_mapping_is_sent_as_it_is() -> None:
    assert strict_schema(Free) == Free.model_json_schema()
    assert "strict" not in response_format("Free", strict_schema(Free))["json_schema"]


def test_name_of_a_schema_is_made_safe() -> None:
    assert response_format("Deal[é x]", {})["json_schema"]["name"] == "Deal___x_"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ('{"a": 1}', '{"a": 1}'),
        ('```json\n{"a": 1}\n```', '{"a": 1}'),
        ('First {"a": 0}, or rather {"a": {"b": "}"}} is it.', '{"a": {"b": "}"}}'),
        ("nothing", None),
        ("{broken", None),
        ("[1, 2]", None),
    ],
)
def test_json_in_its_wrapping(written: str, found: str | None) -> None:
    assert json_object(written) == found


@pytest.mark.parametrize(
    "written", ["<think>{}</think>{1}", "{}</think>\n{1}", "<Reasoning>x</Reasoning> {1}", " {1} "]
)
def test_thoughts_are_left_out(written: str) -> None:
    # The second looks like an answer; only a tag at the end of a thought betrays it.
    assert without_thoughts(written) in {"{1}", "{}</think>\n{1}"}


def test_growing_answer() -> None:
    assert opening("<think>so {") == ""
    assert opening('<think>so {</think>```{"a"') == '{"a"'


@pytest.mark.parametrize(
    "text", ["Amazon wird OpenAI beliefern.", "38 milliards d'euros", "買収額は1兆円。", "1,234.56"]
)
def test_estimate_is_on_the_high_side(text: str) -> None:
    assert estimate_tokens(text) >= len(text) / 3.5


@pytest.mark.parametrize(
    "text",
    [
        "Bearer abc.def-ghi",
        "api_key=abcdefgh",
        "'Authorization': 'abcdefgh'",
        "sk-proj-abcdefgh12345",
        "https://user:abcdefgh@host/path",
        "my own MYKEY-1234 here",
    ],
)
def test_keys_are_masked(text: str) -> None:
    redacted = redact(text, "MYKEY-1234")
    assert "***" in redacted
    assert not any(secret in redacted for secret in ("abc", "MYKEY"))


class FakeSdkError(Exception):
    def __init__(self, **fields: object) -> None:
        super().__init__("said")
        self.__dict__.update(fields)


class ConnectTimeout(Exception):  # noqa: N818 - named as SDKs name theirs
    pass


@pytest.mark.parametrize(
    ("error", "status", "transient"),
    [
        (FakeSdkError(status_code=529), 529, True),
        (FakeSdkError(code=503), 503, True),
        (FakeSdkError(code="invalid_api_key", status_code=401), 401, False),
        (FakeSdkError(response={"ResponseMetadata": {"HTTPStatusCode": 429}}), 429, True),
        (FakeSdkError(status_code=429, code="insufficient_quota"), 429, False),
        (FakeSdkError(), None, False),
        (ConnectTimeout(), None, True),
        (ConnectionResetError(), None, True),
    ],
)
def test_errors_of_any_sdk(error: Exception, status: int | None, transient: bool) -> None:  # noqa: FBT001  a column of the table
    fault = diagnose(error)
    assert (fault.status, fault.transient) == (status, transient)
