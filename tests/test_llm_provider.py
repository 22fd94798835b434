"""The client for providers with an SDK of their own; the SDK here is openai's, told to be somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel

from llmdeal.errors import AuthenticationError, InvalidAnswerError, TransportError, TruncatedError
from llmdeal.llm import Message, Request, retry
from llmdeal.llm.exchange import Terms
from llmdeal.llm.patience import Patience
from llmdeal.llm.provider import ProviderClient
from llmdeal.usage import Usage
from tests.loopback import Loopback, Reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from instructor import AsyncInstructor

pytestmark = pytest.mark.anyio


class City(BaseModel):
    name: str


REQUEST = Request((Message(role="user", content="The capital of France?"),), City)
GOOD = Reply('{"name": "Paris"}')


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    monkeypatch.setattr(retry, "FIRST_WAIT", 0.01)
    with Loopback([GOOD]) as running:
        yield running


@pytest.fixture
async def llm(server: Loopback) -> AsyncIterator[ProviderClient]:
    def build() -> AsyncInstructor:
        import instructor
        from openai import AsyncOpenAI

        sdk = AsyncOpenAI(base_url=server.url, api_key="k", max_retries=0)
        return instructor.from_openai(sdk, mode=instructor.Mode.JSON_SCHEMA, model="claude-sonnet-4-5")

    client = ProviderClient(
        "anthropic/claude-sonnet-4-5", build, Terms("claude-sonnet-4-5", 0.0, None, 5, 3), Patience(10, 1)
    )
    yield client
    await client.aclose()


async def test_answer_usage_and_price(llm: ProviderClient) -> None:
    partials: list[object] = []
    answer = await llm.ask(REQUEST, on_partial=partials.append)
    assert type(answer.parsed) is City
    assert answer.usage == Usage(input_tokens=100, cached_tokens=40, output_tokens=10)
    assert answer.cost is not None
    assert answer.cost > 0
    assert partials == [{"name": "Paris"}]


async def test_transport_failures_are_retried(server: Loopback, llm: ProviderClient) -> None:
    server.script.extendleft([Reply(status=503), Reply(status=429)])
    assert (await llm.ask(REQUEST)).attempts == 3


@pytest.mark.parametrize(
    ("reply", "kind", "attempts"),
    [
        (Reply(status=401), AuthenticationError, 1),
        (Reply(status=529), TransportError, 3),
        (Reply('{"nom": 1}'), InvalidAnswerError, 2),
        (Reply('{"na', finish="length"), TruncatedError, 1),
    ],
)
async def test_failures(server: Loopback, llm: ProviderClient, reply: Reply, kind: type[Any], attempts: int) -> None:
    server.script.clear()
    server.script.append(reply)
    with pytest.raises(kind) as caught:
        await llm.ask(REQUEST)
    assert caught.value.attempts == attempts == len(server.seen)
