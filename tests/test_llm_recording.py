"""Recordings and the fake: the two models that every test can afford."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel

from llmdeal.errors import EmptyAnswerError, InvalidAnswerError, ModelError, TransportError, TruncatedError
from llmdeal.llm import FakeLLM, Message, Recording, Request, Settings, connect
from llmdeal.usage import Usage
from tests.loopback import Loopback, Reply

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


class City(BaseModel):
    name: str


REQUEST = Request((Message(role="user", content="The capital of France?"),), City)
OTHER = Request((Message(role="user", content="The capital of Spain?"),), City)


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_round_trip(tmp_path: Path) -> None:
    fake = FakeLLM([{"name": "Paris"}], name="some-model", context_tokens=4096, enumerates=True)
    recorded = await Recording(tmp_path, fake).ask(REQUEST)
    again = await Recording(tmp_path, fake).ask(REQUEST)
    replay = Recording(tmp_path)
    partials: list[object] = []
    replayed = await replay.ask(REQUEST, on_partial=partials.append)
    assert not recorded.replayed
    assert again.replayed
    assert replayed.replayed
    assert replayed.parsed == City(name="Paris")
    assert (replayed.usage, replayed.attempts, replayed.cost) == (recorded.usage, 1, recorded.cost)
    assert (replay.name, replay.context_tokens, replay.enumerates) == ("some-model", 4096, True)
    assert len(fake.requests) == 1
    assert partials == [{"name": "Paris"}]


async def test_nothing_private_is_recorded(tmp_path: Path) -> None:
    with Loopback([Reply('{"name": "Paris"}')]) as server:
        llm = connect(Settings(model="tiny", base_url=server.url, api_key="sk-secretsecret"))
        await Recording(tmp_path, llm).ask(REQUEST)
        await llm.aclose()
    path = only_file(tmp_path)
    text = path.read_text("utf-8")
    record = json.loads(text)
    assert record["model"] == "tiny"
    assert record["answer"] == '{"name": "Paris"}'
    assert len(text) < 1000
    for private in ("sk-secret", "127.0.0.1", str(tmp_path), "France"):
        assert private not in text


async def test_what_is_not_recorded_says_how_to(tmp_path: Path) -> None:
    await Recording(tmp_path, FakeLLM([{"name": "Paris"}])).ask(REQUEST)
    with pytest.raises(ModelError, match=r"capital of Spain.*Recording\(folder, llm\)"):
        await Recording(tmp_path).ask(OTHER)


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No recordings"):
        Recording(tmp_path / "none")


async def test_several_models_in_one_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        await Recording(tmp_path, FakeLLM([{"name": name}], name=name)).ask(REQUEST)
    with pytest.raises(ModelError, match="one, two"):
        Recording(tmp_path)
    assert (await Recording(tmp_path, model="two").ask(REQUEST)).parsed == City(name="two")


@pytest.mark.parametrize(
    "change", [{"max_output_tokens": 9}, {"schema": {"type": "object"}}, {"messages": OTHER.messages}]
)
def test_key_is_all_that_is_sent(tmp_path: Path, change: dict[str, object]) -> None:
    recording = Recording(tmp_path, FakeLLM())
    changed = Request(**{**REQUEST.__dict__, **change})
    assert recording.key(changed) != recording.key(REQUEST)
    assert Recording(tmp_path, FakeLLM(name="else")).key(REQUEST) != recording.key(REQUEST)


async def test_failures_of_the_model_are_replayed_others_are_not(tmp_path: Path) -> None:
    cut = TruncatedError("cut off", attempts=2, usage=Usage(output_tokens=5), last_answer="{")
    fake = FakeLLM([cut, TransportError("gone")])
    recording = Recording(tmp_path, fake)
    with pytest.raises(TruncatedError):
        await recording.ask(REQUEST)
    with pytest.raises(TransportError):
        await recording.ask(OTHER)
    with pytest.raises(TruncatedError, match="cut off") as caught:
        await Recording(tmp_path).ask(REQUEST)
    assert (caught.value.attempts, caught.value.usage.output_tokens, caught.value.last_answer) == (2, 5, "{")
    assert only_file(tmp_path)


async def test_recorded_answer_that_no_longer_validates(tmp_path: Path) -> None:
    await Recording(tmp_path, FakeLLM([{"name": "Paris"}])).ask(REQUEST)
    path = only_file(tmp_path)
    path.write_text(path.read_text("utf-8").replace("Paris", "").replace("name", "nom"), "utf-8")
    with pytest.raises(InvalidAnswerError, match="record it again"):
        await Recording(tmp_path).ask(REQUEST)


async def test_token_counts_are_recorded(tmp_path: Path) -> None:
    class Exact(FakeLLM):
        async def count_tokens(self, text: str) -> int:
            return len(text.split())

    recording = Recording(tmp_path, Exact([{"name": "Paris"}]))
    await recording.ask(REQUEST)
    assert await recording.count_tokens("one two three") == 3
    assert await Recording(tmp_path).count_tokens("one two three") == 3


async def test_fake_validates_as_a_real_model_does() -> None:
    fake = FakeLLM(['{"nom": 1}', City(name="Paris")])
    answer = await fake.ask(REQUEST)
    assert (answer.attempts, answer.parsed) == (2, City(name="Paris"))
    fake.enqueue({"nom": 1})
    with pytest.raises(InvalidAnswerError):
        await fake.ask(REQUEST)
    fake.enqueue("", TransportError("gone"))
    with pytest.raises(EmptyAnswerError):
        await fake.ask(REQUEST)
    with pytest.raises(TransportError):
        await fake.ask(REQUEST)
    with pytest.raises(ModelError, match="enqueue"):
        await fake.ask(REQUEST)
    assert len(fake.requests) == 5
