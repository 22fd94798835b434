"""What an article costs on the embedded model, beside llama.cpp's server alone.

Each article goes through ``Summarizer``. Then a second server of the same llama.cpp, with the same settings, is asked
over plain HTTP what llmdeal asked, without a schema, for exactly as many tokens: nothing could be faster with that
prompt. Both servers have seen the static part of the prompt before. The target is a ratio of at most 1.1. Run it with
``python evals/benchmarks/embedded_floor.py [--model smollm2-135m] [--articles 3] [--json]``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx2
import yaml

from llmdeal.errors import TruncatedError
from llmdeal.llm import Answer, Request, Settings, connect, weights
from llmdeal.llm.server import Engine, Server
from llmdeal.readers import open_document
from llmdeal.summarizer import Summarizer

if TYPE_CHECKING:
    from llmdeal.document import Document
    from llmdeal.llm import LLM
    from llmdeal.llm.request import OnPartial

TARGET = 1.1
WARM_UP = "Two companies signed a contract on Monday."
FILES = sorted((Path(__file__).parents[1] / "articles").glob("*.yaml"))


class Listening:
    """A model that keeps what it was asked and what it answered."""

    def __init__(self, llm: LLM) -> None:
        self._llm = llm
        self.asked: list[tuple[Request, Answer]] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the model has
        """Return what the model has."""
        return getattr(self._llm, name)

    async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
        """Ask the model."""
        answer = await self._llm.ask(request, on_partial=on_partial)
        self.asked.append((request, answer))
        return answer


class Row(NamedTuple):
    """What was measured for an article."""

    article: str
    tokens_in: int
    tokens_out: int
    asked: int
    seconds: float
    floor_seconds: float
    floor_tokens_in: int
    floor_tokens_out: int

    @property
    def ratio(self) -> float:
        """How many times the floor it took."""
        return self.seconds / self.floor_seconds


def plain(server: Server, request: Request, tokens: int) -> dict[str, int]:
    """Ask a server for some tokens, as cheaply as can be, and return what it counted."""
    body = {
        "messages": [message.model_dump() for message in request.messages],
        "max_tokens": tokens,
        "temperature": 0,
        "ignore_eos": True,
    }
    answer = httpx2.post(
        f"{server.address.url}/chat/completions",
        json=body,
        headers={"Authorization": f"Bearer {server.address.key}"},
        timeout=1800,
        trust_env=False,
    )
    usage: dict[str, int] = answer.raise_for_status().json()["usage"]
    return usage


def measure(name: str, document: Document, summarizer: Summarizer, listening: Listening, server: Server) -> Row:
    """Measure one article, which neither server has seen before."""
    listening.asked.clear()
    start = time.perf_counter()
    summarizer.summarize(document)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    counted = [plain(server, request, answer.usage.output_tokens) for request, answer in listening.asked]
    floor = time.perf_counter() - start
    return Row(
        name,
        sum(answer.usage.input_tokens for _, answer in listening.asked),
        sum(answer.usage.output_tokens for _, answer in listening.asked),
        len(listening.asked),
        seconds,
        floor,
        sum(usage["prompt_tokens"] for usage in counted),
        sum(usage["completion_tokens"] for usage in counted),
    )


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="embedded", help="an embedded model")
    parser.add_argument("--articles", type=int, default=len(FILES), help="how many articles")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    settings, entry = Settings(model=options.model), weights.known(options.model)
    listening = Listening(connect(settings))
    context = min(settings.context_tokens, entry.context_tokens)
    server = Server(Engine(f"{entry.name}-floor", weights.pull(entry.name), context, settings.parallel))
    rows = []
    try:
        with Summarizer(llm=listening) as summarizer:
            summarizer.summarize(WARM_UP)
            plain(server, listening.asked[0][0], 1)
            for file in FILES[: options.articles]:
                data = yaml.safe_load(file.read_text("utf-8"))
                document = open_document(data["text"], language=data["language"], published=data["published"])
                try:
                    rows.append(measure(file.stem, document, summarizer, listening, server))
                except TruncatedError as error:
                    print(f"{file.stem}: left out, {error}", file=sys.stderr)
    finally:
        server.stop()
    if not rows:
        raise SystemExit(1)
    total = sum(row.seconds for row in rows) / sum(row.floor_seconds for row in rows)
    if options.json:
        print(json.dumps({"model": entry.name, "target": TARGET, "ratio": total, "rows": [r._asdict() for r in rows]}))
        return
    print(f"{entry.name:28} tokens in   out  asked  seconds   floor (in, out)        ratio")
    for row in rows:
        counts = f"{row.floor_seconds:7.2f} ({row.floor_tokens_in}, {row.floor_tokens_out})"
        print(
            f"{row.article:28} {row.tokens_in:9} {row.tokens_out:5} {row.asked:6} {row.seconds:8.2f} {counts:>22}"
            f" {row.ratio:6.3f}"
        )
    print(f"{'all':28} {'':40} {'':13} {total:6.3f}  (target {TARGET})")


if __name__ == "__main__":
    main()
