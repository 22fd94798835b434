"""What a type checker knows of the public API; mypy checks it, pytest runs it."""

from __future__ import annotations

import asyncio
from typing import assert_type

from pydantic import Field

from llmdeal import (
    AsyncSummarizer,
    DealSummary,
    Document,
    MarkedDocument,
    Money,
    Result,
    Summarizer,
    asummarize,
    open_document,
    read,
    summarize,
)
from llmdeal.llm import FakeLLM

NONE = {"sentence": "s1", "deal_type": "none"}
TEXT = "Sales rose."


class WithFee(DealSummary):
    fee: Money | None = Field(None, description="A fee.")


def test_a_plain_summary() -> None:
    assert_type(summarize(TEXT, llm=FakeLLM([NONE])), Result[DealSummary])
    with Summarizer(llm=FakeLLM([NONE])) as summarizer:
        assert_type(summarizer, Summarizer[DealSummary])
        result = summarizer.summarize(TEXT)
    assert_type(result.deal, DealSummary | None)
    assert_type(read(open_document(TEXT)), MarkedDocument)
    assert_type(open_document(TEXT), Document)


def test_a_callers_summary() -> None:
    result = summarize(TEXT, llm=FakeLLM([NONE]), summary_type=WithFee)
    assert_type(result, Result[WithFee])
    fee = result.deal.fee if result.deal is not None else None
    assert_type(fee, Money | None)
    with Summarizer(llm=FakeLLM([NONE]), summary_type=WithFee) as summarizer:
        assert_type(summarizer.summarize(TEXT), Result[WithFee])


async def _awaited() -> None:
    assert_type(await asummarize(TEXT, llm=FakeLLM([NONE]), summary_type=WithFee), Result[WithFee])
    async with AsyncSummarizer(llm=FakeLLM([NONE]), summary_type=WithFee) as summarizer:
        assert_type(await summarizer.summarize(TEXT), Result[WithFee])


def test_a_callers_summary_awaited() -> None:
    asyncio.run(_awaited())
