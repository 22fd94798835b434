"""The demo's article, as the embedded model answered it: a recording of a real run, replayed."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from llmdeal.cli.card import card
from llmdeal.deal import Certainty, DealStatus, DealType, Result, Role
from llmdeal.llm import Recording
from llmdeal.summarizer import AsyncSummarizer

if TYPE_CHECKING:
    from collections.abc import Iterator

EVALS = Path(__file__).parents[1] / "evals"
TEXT = (EVALS / "articles" / "openai-aws.fr.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def result() -> Result:
    recording = Recording(EVALS / "recordings", model="qwen2.5-coder-1.5b")
    return asyncio.run(AsyncSummarizer(llm=recording).summarize(TEXT, language="fr", published=date(2025, 11, 3)))


def test_what_the_deal_is(result: Result) -> None:
    deal = result.deal
    assert deal is not None
    assert (deal.deal_type, deal.status) == (DealType.SUPPLY, DealStatus.AGREED)
    parties = {party.role: (party.name, party.ticker and party.ticker.symbol) for party in deal.parties}
    assert parties == {Role.CUSTOMER: ("OpenAI", None), Role.SUPPLIER: ("Amazon.com", "AMZN.O")}


def test_what_it_is_worth(result: Result) -> None:
    assert result.deal is not None
    value = result.deal.value
    assert value is not None
    assert (value.amount, value.currency, value.qualifier) == (Decimal(38_000_000_000), "USD", "exact")
    assert [(same.amount, same.currency) for same in value.same_as] == [(Decimal(32_580_000_000), "EUR")]


def test_when_it_is(result: Result) -> None:
    deal = result.deal
    assert deal is not None
    assert deal.announced is not None
    assert deal.completion is not None
    assert deal.term is not None
    assert deal.announced.earliest == deal.announced.latest == date(2025, 11, 3)
    assert (deal.completion.earliest, deal.completion.latest) == (date(2026, 10, 1), date(2026, 12, 31))
    assert deal.term.months is None


def test_what_it_reminds_of(result: Result) -> None:
    assert result.deal is not None
    related = {name: deal for deal in result.deal.related for name in deal.parties}
    for name in ("Oracle", "Google"):
        assert related[name].certainty in {Certainty.REPORTED, Certainty.RUMOURED}
    oracle = related["Oracle"].value
    assert oracle is not None
    assert (oracle.amount, oracle.currency) == (Decimal(300_000_000_000), "USD")


def test_every_quote_is_in_the_text(result: Result) -> None:
    found = list(_evidence(json.loads(result.model_dump_json())))
    assert len(found) > 10
    assert [one for one in found if TEXT[one["span"]["start"] : one["span"]["stop"]] != one["quote"]] == []


def _evidence(part: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  JSON is anything
    if isinstance(part, dict):
        if part.keys() == {"quote", "span", "sentence"}:
            yield part
        for value in part.values():
            yield from _evidence(value)
    elif isinstance(part, list):
        for value in part:
            yield from _evidence(value)


def test_readme_shows_the_card_of_the_recorded_run(result: Result) -> None:
    readme = (EVALS.parent / "README.md").read_text(encoding="utf-8")
    shown = readme.split("<!-- the card of the recorded run: tests/test_demo.py -->\n\n```text\n")[1].split("```")[0]
    assert shown.splitlines() == _card(result)


def _card(result: Result) -> list[str]:
    out = StringIO()
    console = Console(file=out, width=110, color_system=None)
    for renderable in card(result):
        console.print(renderable)
    # Seconds differ from run to run; whoever runs the demo sees their own.
    return [line.rstrip() for line in out.getvalue().splitlines() if "tokens in" not in line]
