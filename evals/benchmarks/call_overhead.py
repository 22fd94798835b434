"""What a call costs besides the model: llmdeal beside bare instructor, on a loopback server that answers at once.

All three ask for the same draft with the same messages. ``ask`` is llmdeal's client alone, ``summarize`` the whole way
of an article: reading, prompt, call, grounding. The server is a process of its own. Run it with
``python evals/benchmarks/call_overhead.py [--json]``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple

import instructor
from openai import AsyncOpenAI

from llmdeal.draft import DealDraft
from llmdeal.llm import Message, Request, Settings, connect
from llmdeal.prompts import find_prompt
from llmdeal.readers import open_document, read
from llmdeal.summarizer import AsyncSummarizer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from multiprocessing.connection import Connection

CALLS = 64
AT_ONCE = 32
ARTICLE = "LONDON, Nov 3 2025 - Kestrel buys Bella Nonna for $1.2 billion. The deal closes by the end of 2026."
DRAFT = {
    "sentence": "s1",
    "headline": "Kestrel buys Bella Nonna",
    "deal_type": "acquisition",
    "status": "agreed",
    "acquirer": ["Kestrel"],
    "target": ["Bella Nonna"],
    "value": "a1",
    "completion": "d2",
}
COMPLETION = {
    "id": "c",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": json.dumps(DRAFT)}}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}


class Row(NamedTuple):
    """Milliseconds a call."""

    name: str
    sequential_ms: float
    concurrent_ms: float


class Handler(BaseHTTPRequestHandler):
    """Answers every question alike."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer."""
        self.rfile.read(int(self.headers["content-length"]))
        body = json.dumps(COMPLETION).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Backlog(ThreadingHTTPServer):
    """Takes many connections at once; the default of five would measure how long refused ones wait."""

    request_queue_size = 256


def serve(pipe: Connection) -> None:
    """Serve on a free port, which is told first, until the process is ended."""
    server = Backlog(("127.0.0.1", 0), Handler)
    pipe.send(server.server_address[1])
    server.serve_forever()


async def milliseconds(call: Callable[[], Awaitable[object]], at_once: int) -> float:
    """Return the wall-clock milliseconds a call, so many at a time."""
    gate = asyncio.Semaphore(at_once)

    async def gated() -> None:
        async with gate:
            await call()

    await asyncio.gather(*(gated() for _ in range(at_once)))
    start = time.perf_counter()
    await asyncio.gather(*(gated() for _ in range(CALLS)))
    return (time.perf_counter() - start) * 1e3 / CALLS


async def measure(url: str) -> list[Row]:
    """Measure all three."""
    document = open_document(ARTICLE)
    turns = find_prompt("deal").render(read(document))
    request = Request(tuple(Message(role=turn.role, content=turn.content) for turn in turns), DealDraft)
    messages = [{"role": turn.role, "content": turn.content} for turn in turns]
    llm = connect(Settings(model="m", base_url=url, api_key="k"))
    bare = instructor.from_openai(AsyncOpenAI(base_url=url, api_key="k"), mode=instructor.Mode.JSON_SCHEMA)
    summarizer = AsyncSummarizer(llm=llm)
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "instructor": lambda: bare.create(
            model="m",
            response_model=DealDraft,
            messages=messages,  # type: ignore[arg-type]  # plain dictionaries, as everybody writes them
            temperature=0.0,
            strict=False,
        ),
        "llmdeal ask": lambda: llm.ask(request),
        "llmdeal summarize": lambda: summarizer.summarize(document),
    }
    rows = [Row(name, await milliseconds(call, 1), await milliseconds(call, AT_ONCE)) for name, call in calls.items()]
    await llm.aclose()
    await bare.client.close()  # type: ignore[union-attr]  # an AsyncOpenAI
    return rows


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        rows = asyncio.run(measure(f"http://127.0.0.1:{ours.recv()}/v1"))
    finally:
        process.terminate()
        process.join()
    peer = rows[0]
    if options.json:
        print(json.dumps([row._asdict() for row in rows], indent=2))
        return
    print(f"ms a call          sequential  ratio  {AT_ONCE} at once  ratio")
    for row in rows:
        ratios = row.sequential_ms / peer.sequential_ms, row.concurrent_ms / peer.concurrent_ms
        print(f"{row.name:18} {row.sequential_ms:10.2f} {ratios[0]:6.2f} {row.concurrent_ms:11.2f} {ratios[1]:6.2f}")


if __name__ == "__main__":
    main()
