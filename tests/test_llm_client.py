"""The client against a real server on a loopback port."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import pytest
from pydantic import BaseModel, Field, field_validator

from llmdeal.errors import (
    AnswerError,
    AuthenticationError,
    EmptyAnswerError,
    InvalidAnswerError,
    RateLimitError,
    RefusalError,
    RequestError,
    TransportError,
    TruncatedError,
)
from llmdeal.llm import Answer, Message, Request, Settings, connect, retry
from llmdeal.usage import Usage
from tests.loopback import Loopback, Reply

if TYPE_CHECKING:
    from llmdeal.llm.request import OnPartial

KEY = "sk-verysecretkey1234567890"


class Deal(BaseModel):
    kind: Literal["acquisition", "supply"]
    value: str = Field(description="The mark of the price")
    names: list[str]

    @field_validator("value")
    @classmethod
    def known_mark(cls, value: str) -> str:
        if value not in {"a1", "a2"}:
            message = f"there is no mark {value}"
            raise ValueError(message)
        return value


GOOD = '{"kind": "supply", "value": "a1", "names": ["Amazon"]}'
WRONG = '{"kind": "supply", "value": "a9", "names": ["Amazon"]}'
# What instructor must leave alone: it is Jinja to those who let it be.
ARTICLE = "Amazon {{ 7 * 7 }} {% raw %} supplies\n    OpenAI for [a1|$38 billion].\n"
REQUEST = Request((Message(role="system", content="Read."), Message(role="user", content=ARTICLE)), Deal)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT", 0.01)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LLMDEAL_MODEL"):
        monkeypatch.delenv(name, raising=False)


async def ask(
    server: Loopback,
    *,
    request: Request = REQUEST,
    on_partial: OnPartial | None = None,
    **settings: Any,  # noqa: ANN401 - the type is Settings' business
) -> Answer:
    llm = connect(Settings(model="tiny", base_url=server.url, api_key=KEY, **settings))
    try:
        return await llm.ask(request, on_partial=on_partial)
    finally:
        await llm.aclose()


@pytest.mark.anyio
async def test_answer_is_validated_and_accounted_for() -> None:
    with Loopback([Reply(GOOD)]) as server:
        answer = await ask(server)
    assert answer.parsed == Deal(kind="supply", value="a1", names=["Amazon"])
    assert type(answer.parsed) is Deal
    assert answer.text == GOOD
    assert answer.usage == Usage(input_tokens=100, cached_tokens=40, output_tokens=10)
    assert (answer.attempts, answer.model, answer.cost, answer.replayed) == (1, "tiny", None, False)
    assert answer.notices == ()


@pytest.mark.anyio
async def test_strict_schema_goes_out_and_the_article_is_untouched() -> None:
    with Loopback([Reply(GOOD)]) as server:
        await ask(server)
    body = server.seen[0].body
    sent = body["response_format"]["json_schema"]
    assert sent["strict"] is True
    assert sent["schema"]["additionalProperties"] is False
    assert sent["schema"]["required"] == ["kind", "value", "names"]
    assert body["messages"][1]["content"] == ARTICLE
    assert body["temperature"] == 0.0
    assert body["max_tokens"] == 2048
    assert server.seen[0].path == "/v1/chat/completions"


@pytest.mark.anyio
async def test_schema_of_the_request_is_sent_exactly() -> None:
    schema = {"type": "object", "properties": {"kind": {"enum": ["supply"]}}, "required": ["kind"]}
    request = Request(REQUEST.messages, Deal, schema, 77)
    with Loopback([Reply(GOOD)]) as server:
        await ask(server, request=request)
    assert server.seen[0].body["response_format"]["json_schema"]["schema"] == schema
    assert server.seen[0].body["max_tokens"] == 77


@pytest.mark.anyio
async def test_invalid_answer_is_sent_back_with_the_reason() -> None:
    with Loopback([Reply(WRONG), Reply(GOOD)]) as server:
        answer = await ask(server)
    assert answer.attempts == 2
    assert answer.usage == Usage(input_tokens=200, cached_tokens=80, output_tokens=20)
    again = server.seen[1].body["messages"]
    assert again[2] == {"role": "assistant", "content": WRONG}
    assert "there is no mark a9" in again[3]["content"]


@pytest.mark.anyio
async def test_answer_that_never_validates() -> None:
    with Loopback([Reply(WRONG)]) as server, pytest.raises(InvalidAnswerError, match="there is no mark a9") as caught:
        await ask(server, reasks=1)
    error = caught.value
    assert (error.attempts, error.last_answer, error.usage.output_tokens) == (2, WRONG, 20)
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply('{"kind": "sup', finish="length"), TruncatedError),
        (Reply(None, refusal="I will not."), RefusalError),
        (Reply("", finish="content_filter"), RefusalError),
        (Reply(""), EmptyAnswerError),
        (Reply("<think>Well, {no}</think>"), EmptyAnswerError),
        (Reply(status=400, error={"message": "bad field"}), RequestError),
        (Reply(status=401, error={"message": f"Incorrect API key: {KEY}"}), AuthenticationError),
        (Reply(status=403), AuthenticationError),
        (Reply(status=404, error={"message": "no such model"}), RequestError),
        (Reply(status=422), RequestError),
        (Reply(status=429, error={"message": "pay", "code": "insufficient_quota"}), RateLimitError),
        (Reply(status=308, headers={"location": "http://elsewhere.example/v1"}), RequestError),
        (Reply(raw="<html>hello</html>", headers={"content-type": "text/html"}), RequestError),
        (Reply(raw='{"hello": 1}'), RequestError),
    ],
)
@pytest.mark.anyio
async def test_failures_that_repeating_cannot_help(reply: Reply, kind: type[AnswerError]) -> None:
    with Loopback([reply]) as server, pytest.raises(kind) as caught:
        await ask(server)
    assert type(caught.value) is kind
    assert len(server.seen) == 1
    assert caught.value.attempts == 1
    assert KEY not in str(caught.value) + repr(caught.value)


@pytest.mark.anyio
async def test_truncated_answer_keeps_what_was_written() -> None:
    with Loopback([Reply('{"kind": "sup', finish="length")]) as server, pytest.raises(TruncatedError) as caught:
        await ask(server)
    assert caught.value.last_answer == '{"kind": "sup'
    assert caught.value.usage.output_tokens == 10


@pytest.mark.parametrize(
    "failure",
    [Reply(status=s) for s in (408, 409, 429, 500, 502, 503, 504, 529)] + [Reply(drop=True)],
    ids=lambda reply: "drop" if reply.drop else str(reply.status),
)
@pytest.mark.anyio
async def test_transient_failures_are_retried(failure: Reply) -> None:
    with Loopback([failure, failure, Reply(GOOD)]) as server:
        answer = await ask(server)
    assert answer.attempts == 3
    assert answer.usage.input_tokens == 100


@pytest.mark.anyio
async def test_retries_end() -> None:
    with Loopback([Reply(status=503)]) as server, pytest.raises(TransportError, match="503") as caught:
        await ask(server, transport_attempts=3)
    assert (len(server.seen), caught.value.attempts) == (3, 3)
    assert "3 attempts" in str(caught.value)


@pytest.mark.anyio
async def test_rate_limit_that_stays() -> None:
    with Loopback([Reply(status=429)]) as server, pytest.raises(RateLimitError):
        await ask(server, transport_attempts=2)
    assert len(server.seen) == 2


@pytest.mark.parametrize("headers", [{"retry-after": "0.4"}, {"retry-after-ms": "400"}])
@pytest.mark.anyio
async def test_retry_after_is_honoured(headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT", 30.0)
    with Loopback([Reply(status=429, headers=headers), Reply(GOOD)]) as server:
        await ask(server)
    # Its own first wait would be half a minute.
    assert 0.4 <= server.seen[1].at - server.seen[0].at < 15


@pytest.mark.anyio
async def test_retry_after_beyond_the_deadline_is_not_waited_for() -> None:
    start = time.monotonic()
    with Loopback([Reply(status=429, headers={"retry-after": "60"})]) as server, pytest.raises(RateLimitError):
        await ask(server, deadline=40)
    # Neither the minute that the server asks for is waited, nor what is left of the deadline.
    assert time.monotonic() - start < 20
    assert len(server.seen) == 1


@pytest.mark.anyio
async def test_unreachable_address() -> None:
    with Loopback() as server:
        pass
    with pytest.raises(TransportError, match=r"127\.0\.0\.1") as caught:
        await ask(server, transport_attempts=2)
    assert caught.value.attempts == 2


@pytest.mark.parametrize("reply", [Reply(GOOD, pause=3), Reply(GOOD, pause=0.02, drip=True), Reply(status=503)])
@pytest.mark.anyio
async def test_deadline_is_held(reply: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT", 0.1)
    await _import_everything()
    start = time.monotonic()
    with Loopback([reply]) as server:
        with pytest.raises(TransportError):
            await ask(server, deadline=1.0, transport_attempts=50)
        # A wait that would outlive the deadline is not begun, so it may end early.
        # The server takes three seconds and more; how closely a deadline is held is for a benchmark.
        assert time.monotonic() - start < 2.5


async def _import_everything() -> None:
    with Loopback([Reply(GOOD)]) as server:
        await ask(server)


@pytest.mark.anyio
async def test_timeout_of_one_request_is_retried() -> None:
    await _import_everything()
    with Loopback([Reply(GOOD, pause=1), Reply(GOOD)]) as server:
        answer = await ask(server, timeout=0.3)
    assert answer.attempts == 2


@pytest.mark.anyio
async def test_format_refused_falls_back_and_is_remembered() -> None:
    refusal = Reply(status=400, error={"message": "response_format json_schema is not supported"})
    with Loopback([refusal, Reply(GOOD)]) as server:
        llm = connect(Settings(model="tiny", base_url=server.url))
        first, second = await llm.ask(REQUEST), await llm.ask(REQUEST)
        await llm.aclose()
    assert (first.attempts, second.attempts) == (2, 1)
    assert [seen.body["response_format"]["type"] for seen in server.seen] == ["json_schema"] + ["json_object"] * 2
    assert "json_schema is not supported" in first.notices[0]
    assert first.notices == second.notices
    assert '"known_mark"' not in server.seen[1].body["messages"][0]["content"]
    assert "The mark of the price" in server.seen[1].body["messages"][0]["content"]


@pytest.mark.anyio
async def test_both_formats_refused_end_in_plain_text() -> None:
    refusal = Reply(status=400, error={"message": "unknown field response_format"})
    with Loopback([refusal, refusal, Reply(f"<think>{{}}</think>Here:\n```json\n{GOOD}\n```")]) as server:
        answer = await ask(server)
    assert "response_format" not in server.seen[2].body
    assert answer.parsed == Deal.model_validate_json(GOOD)
    assert answer.text == GOOD
    assert len(answer.notices) == 2


@pytest.mark.anyio
async def test_server_that_ignores_the_format_is_noticed() -> None:
    with Loopback([Reply(f"Sure!\n```json\n{GOOD}\n```")]) as server:
        answer = await ask(server)
    assert answer.parsed == Deal.model_validate_json(GOOD)
    assert answer.attempts == 2
    assert "response_format" not in server.seen[1].body
    assert "plain text" in answer.notices[0]


@pytest.mark.anyio
async def test_json_of_another_shape_is_noticed() -> None:
    with Loopback([Reply('{"answer": 42}'), Reply(GOOD)]) as server:
        answer = await ask(server)
    assert server.seen[1].body["response_format"] == {"type": "json_object"}
    assert answer.notices


@pytest.mark.anyio
async def test_weak_modes_show_the_schema_of_the_request() -> None:
    schema = {"type": "object", "properties": {"kind": {"enum": ["supply"]}}, "required": ["kind"]}
    refusal = Reply(status=400, error={"message": "response_format is unknown"})
    with Loopback([refusal, Reply(GOOD)]) as server:
        await ask(server, request=Request(REQUEST.messages, Deal, schema))
    prompt = server.seen[1].body["messages"][0]["content"]
    assert json.dumps(schema, indent=2) in prompt
    assert "The mark of the price" not in prompt


@pytest.mark.anyio
async def test_parameters_that_a_model_refuses() -> None:
    limit = Reply(status=400, error={"message": "Unsupported parameter: 'max_tokens', use 'max_completion_tokens'"})
    heat = Reply(status=400, error={"message": "Unsupported value: 'temperature' does not support 0.0"})
    with Loopback([limit, heat, Reply(GOOD)]) as server:
        answer = await ask(server)
    last = server.seen[2].body
    assert "max_tokens" not in last
    assert "temperature" not in last
    assert last["max_completion_tokens"] == 2048
    assert "temperature" in answer.notices[0]


@pytest.mark.anyio
async def test_partials_grow_and_usage_is_counted() -> None:
    partials: list[dict[str, Any]] = []
    with Loopback([Reply(GOOD)]) as server:
        answer = await ask(server, on_partial=partials.append)
    assert server.seen[0].body["stream"] is True
    assert answer.usage == Usage(input_tokens=100, cached_tokens=40, output_tokens=10)
    assert len(partials) > 5
    assert partials[-1] == json.loads(GOOD)
    assert {"kind": "supply"} in partials


@pytest.mark.anyio
async def test_streamed_answers_are_sent_back_too() -> None:
    with Loopback([Reply(WRONG), Reply(GOOD)]) as server:
        answer = await ask(server, on_partial=lambda _: None)
    assert (answer.attempts, answer.usage.output_tokens) == (2, 20)
    assert server.seen[1].body["messages"][2]["content"] == WRONG


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply('{"kind": "sup', finish="length"), TruncatedError),
        (Reply("", refusal="no"), RefusalError),
        (Reply(""), EmptyAnswerError),
    ],
)
@pytest.mark.anyio
async def test_streamed_failures(reply: Reply, kind: type[AnswerError]) -> None:
    with Loopback([reply]) as server, pytest.raises(kind):
        await ask(server, on_partial=lambda _: None)


@pytest.mark.anyio
async def test_broken_stream_is_retried() -> None:
    with Loopback([Reply(GOOD, cut=True), Reply(GOOD)]) as server:
        answer = await ask(server, on_partial=lambda _: None)
    assert answer.attempts == 2


@pytest.mark.anyio
async def test_server_without_streams() -> None:
    partials: list[dict[str, Any]] = []
    with Loopback([Reply(GOOD)], streams=False) as server:
        answer = await ask(server, on_partial=partials.append)
    assert answer.parsed == Deal.model_validate_json(GOOD)
    assert "stream" not in server.seen[-1].body
    assert "does not stream" in answer.notices[0]
    assert partials[-1] == json.loads(GOOD)


@pytest.mark.anyio
async def test_mistake_in_the_callback_surfaces() -> None:
    def broken(_: dict[str, Any]) -> None:
        message = "my own mistake"
        raise ValueError(message)

    with Loopback([Reply(GOOD)]) as server, pytest.raises(ValueError, match="my own mistake"):
        await ask(server, on_partial=broken)
    assert len(server.seen) == 1


@pytest.mark.anyio
async def test_no_key_anywhere(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    body = {"message": f"key {KEY} / Authorization: Bearer {KEY} is wrong"}
    with Loopback([Reply(status=401, error=body)]) as server:
        llm = connect(Settings(model="tiny", base_url=server.url, api_key=KEY))
        with pytest.raises(AuthenticationError) as caught:
            await llm.ask(REQUEST)
        await llm.aclose()
    assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"
    shown = [repr(llm), str(llm.__dict__), str(caught.value), repr(caught.value), *capfd.readouterr()]
    shown += [record.getMessage() for record in caplog.records if not record.name.startswith(("httpcore", "asyncio"))]
    chain: BaseException | None = caught.value
    while chain is not None:
        shown.append(repr(chain) + repr(vars(chain)))
        chain = chain.__cause__ or chain.__context__
    assert KEY not in " ".join(shown)


@pytest.mark.anyio
async def test_nothing_is_printed_when_all_fails(capfd: pytest.CaptureFixture[str]) -> None:
    with Loopback([Reply(WRONG)]) as server, pytest.raises(InvalidAnswerError):
        await ask(server)
    assert capfd.readouterr() == ("", "")


def test_one_client_in_several_event_loops() -> None:
    with Loopback([Reply(GOOD)]) as server:
        llm = connect(Settings(model="tiny", base_url=server.url))

        async def twice() -> list[Answer]:
            answers = list(await asyncio.gather(llm.ask(REQUEST), llm.ask(REQUEST)))
            await llm.aclose()
            return answers

        for _ in range(3):
            assert all(answer.parsed == Deal.model_validate_json(GOOD) for answer in asyncio.run(twice()))
    assert len(server.seen) == 6


def test_cost_counts_cached_tokens() -> None:
    from llmdeal.llm.pricing import cost

    usage = Usage(input_tokens=1_000_000, cached_tokens=500_000, output_tokens=100_000)
    # 0.40 $ a million in, 0.10 $ cached, 1.60 $ out
    assert cost(usage, "gpt-4.1-mini", provider="openai") == Decimal("0.41")
