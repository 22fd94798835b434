"""The library's own time for an article of 600 words, without the model.

Opening, reading, rendering the prompt and grounding a draft that fills most slots, each timed apart, and their sum:
what an article costs beside any model. The embedded model, which takes half a minute an article, is given a grammar
made for each article besides (``schema``); with it the whole call is timed through ``Summarizer``, the model answering
at once. The floor beside it is what the same call takes for an article of one sentence. Processor time; the longest
article of ``evals/articles`` in each language, cut or repeated to 600 words (to what those come to in code points where
a language sets no words apart), and no sentence remembered from the round before.
Run it with ``python evals/benchmarks/library_time.py [--json]``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from llmdeal.deal import DealSummary
from llmdeal.document import Document
from llmdeal.draft import DealDraft
from llmdeal.grounding import ground
from llmdeal.llm import FakeLLM
from llmdeal.narrowing import schema_for
from llmdeal.offer import offer_of
from llmdeal.prompts import find_prompt
from llmdeal.readers import MarkedDocument, open_document, read
from llmdeal.readers.cues import forget_sentences
from llmdeal.summarizer import Summarizer

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 25
WORDS = 600
CODE_POINTS = {"ja": 1_400, "zh": 1_000}  # what 600 English words come to
TARGET_MS = 5.0
FILES = sorted((Path(__file__).parents[1] / "articles").glob("*.yaml"))


class Row(NamedTuple):
    """Milliseconds for an article of 600 words in a language."""

    language: str
    open_ms: float
    read_ms: float
    render_ms: float
    ground_ms: float
    total_ms: float
    schema_ms: float
    call_ms: float
    floor_ms: float


def milliseconds(action: Callable[[], object]) -> float:
    """Return the median processor time of an action."""
    times = []
    action()
    for _ in range(ROUNDS):
        forget_sentences()
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1e3


def scaled(document: Document) -> Document:
    """Return an article of about 600 words, made of its sentences in turn."""
    sentences = [document.quote(sentence.span) for sentence in document.sentences]
    size, chosen = 0, list[str]()
    while size < CODE_POINTS.get(document.language, WORDS):
        chosen.append(sentences[len(chosen) % len(sentences)])
        size += len(chosen[-1] if document.language in CODE_POINTS else chosen[-1].split())
    return Document.of("\n".join(chosen), language=document.language, published=document.published)


def drafted(marked: MarkedDocument) -> dict[str, Any]:
    """Return a draft with four sentences of prose that hold, names, and marks of every kind that there is."""
    document = marked.document
    marks = {mention.kind.value: mark for mark, mention in reversed(marked.marks.items())}
    first = document.quote(document.sentences[0].span)
    names = [word for word in first.split() if word[:1].isupper()][:2] or [first[:3], first[3:6]]
    quotes = [document.quote(sentence.span) for sentence in document.sentences[:4]]
    return {
        "sentence": "s1",
        "headline": quotes[0],
        "deal_type": "acquisition",
        "status": "agreed",
        "acquirer": names[:1],
        "target": names[1:],
        "value": marks.get("amount"),
        "stake": marks.get("percent"),
        "completion": marks.get("date"),
        "term": marks.get("duration"),
        "related": [{"sentence": "s2", "parties": names, "value": marks.get("amount")}],
        "summary": quotes[1],
        "key_points": [{"text": quote, "sentence": "s1"} for quote in quotes[2:]],
    }


def measure(language: str, article: Document) -> Row:
    """Measure each step for an article."""
    prompt, marked = find_prompt("deal"), read(article)
    draft = DealDraft.model_validate(drafted(marked))
    steps = [
        milliseconds(lambda: open_document(article.text, language=language, published=article.published)),
        milliseconds(lambda: read(article)),
        milliseconds(lambda: prompt.render(marked)),
        milliseconds(lambda: ground(draft, marked, DealSummary)),
    ]
    if unsound := ground(draft, marked, DealSummary).unsound:
        message = f"the draft of the {language} article does not hold: {unsound}"
        raise SystemExit(message)
    with Summarizer(llm=FakeLLM([draft] * (ROUNDS + 1), enumerates=True)) as summarizer:
        call = milliseconds(lambda: summarizer.summarize(article))
    answer = {"sentence": "s1", "deal_type": "none"}
    with Summarizer(llm=FakeLLM([answer] * (ROUNDS + 1), enumerates=True)) as summarizer:
        short = Document.of("No.", language=language, published=article.published)
        floor = milliseconds(lambda: summarizer.summarize(short))
    schema = milliseconds(lambda: schema_for(DealDraft, offer_of(marked)))
    opened, reading, rendered, grounded = steps
    return Row(language, opened, reading, rendered, grounded, sum(steps), schema, call, floor)


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    longest: dict[str, Document] = {}
    for file in FILES:
        data = yaml.safe_load(file.read_text("utf-8"))
        document = open_document(data["text"], language=data["language"], published=data["published"])
        other = longest.get(document.language, document)
        longest[document.language] = max(other, document, key=lambda one: len(one.text))
    rows = [measure(language, scaled(article)) for language, article in sorted(longest.items())]
    if parser.parse_args().json:
        print(json.dumps({"target_ms": TARGET_MS, "rows": [row._asdict() for row in rows]}, indent=2))
        return
    print("ms an article    open    read  render  ground   total  (target 5)  schema  whole call  one sentence  ratio")
    for row in rows:
        steps = "".join(f"{step:8.2f}" for step in row[1:6])
        rest = f"{row.schema_ms:6.2f}  {row.call_ms:10.2f}  {row.floor_ms:12.2f}  {row.call_ms / row.floor_ms:5.1f}"
        print(f"{row.language:13}{steps}  {'':10}  {rest}")


if __name__ == "__main__":
    main()
