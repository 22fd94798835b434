"""Readers and grounding beside LangExtract's alignment: articles of about 600 words a second, on one core.

llmdeal opens an article, finds every amount, date, duration, percentage and ticker of it with its place and value, and
grounds a draft that fills most slots and says four sentences of prose. LangExtract's resolver aligns, on the same text,
an extraction for each of those mentions and each further piece of evidence of that summary. It is given their words
ready and in order, at its default settings, and reads no value out of them: once all as the article writes them, which
is the easiest case, and once with every fourth as a value that the article writes otherwise ("2025-11-03"), as models
do (3 of 13 amounts in one run of its own). The target is ten times its articles a second. LangExtract runs in an
interpreter of its own, where there is one:
``python evals/benchmarks/alignment_speed.py [--peer-python PATH] [--json]``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from llmdeal.deal import DealSummary
from llmdeal.draft import DealDraft
from llmdeal.evaluation import load_article
from llmdeal.grounding import ground
from llmdeal.readers import open_document, read
from llmdeal.readers.cues import forget_sentences

sys.path.insert(0, str(Path(__file__).parents[2]))

from evals.benchmarks.library_time import FILES, drafted, scaled

if TYPE_CHECKING:
    from llmdeal.document import Document

ROUNDS = 15
TARGET = 10.0
# Reads [[text, [[extraction, ...], ...]], ...] and the number of rounds, writes the median processor seconds for each.
PEER = """
import json, statistics, sys, time
from absl import logging as absl_logging
absl_logging.set_verbosity(absl_logging.ERROR)
from langextract.core import data
from langextract.resolver import Resolver
asked, rounds = json.load(sys.stdin)
resolver, answers = Resolver(), []
def seconds(text, quotes):
    times = []
    for _ in range(rounds + 1):
        extractions = [data.Extraction(extraction_class="fact", extraction_text=quote) for quote in quotes]
        start = time.process_time()
        list(resolver.align(extractions, text, 0, 0))
        times.append(time.process_time() - start)
    return statistics.median(times[1:])
for text, forms in asked:
    answers.append([seconds(text, quotes) for quotes in forms])
from importlib.metadata import version
json.dump({"version": version("langextract"), "answers": answers}, sys.stdout)
"""


class Row(NamedTuple):
    """What was measured for an article: seconds a call, where all is verbatim and where every fourth is not."""

    article: str
    words: int
    extractions: int
    our_seconds: float
    verbatim_seconds: float | None
    rewritten_seconds: float | None


class Case(NamedTuple):
    """An article and what is grounded of it: the words, and for a mention the value that they state."""

    article: str
    document: Document
    draft: DealDraft
    quotes: list[str]
    values: list[str]

    @property
    def rewritten(self) -> list[str]:
        """The words, every fourth as the value that they state."""
        pairs = zip(self.quotes, self.values, strict=True)
        return [quote if place % 4 else value for place, (quote, value) in enumerate(pairs)]


def case_of(name: str, document: Document) -> Case:
    """Return an article with its draft, and the words of its mentions and of its summary's evidence."""
    marked = read(document)
    draft = DealDraft.model_validate(drafted(marked))
    grounding = ground(draft, marked, DealSummary)
    if grounding.deal is None:
        message = f"the draft of {name} does not hold"
        raise SystemExit(message)
    dumped: list[Any] = [grounding.deal.model_dump(mode="json")]
    found: dict[tuple[int, str], str] = {}
    while dumped:
        value = dumped.pop()
        if isinstance(value, dict):
            if "quote" in value and "span" in value:
                found[value["span"]["start"], value["quote"]] = value["quote"]
            dumped += value.values()
        elif isinstance(value, list):
            dumped += value
    found.update({(mention.span.start, mention.quote): str(mention.value) for mention in marked.mentions})
    ordered = sorted(found)
    return Case(name, document, draft, [quote for _, quote in ordered], [found[key] for key in ordered])


def our_seconds(case: Case) -> float:
    """Return the median processor time of opening, reading and grounding an article."""
    text, language, published = case.document.text, case.document.language, case.document.published
    times = []
    for _ in range(ROUNDS + 1):
        forget_sentences()
        start = time.process_time()
        marked = read(open_document(text, language=language, published=published))
        ground(case.draft, marked, DealSummary)
        times.append(time.process_time() - start)
    return statistics.median(times[1:])


def peer_seconds(cases: list[Case], python: str) -> tuple[str, list[list[float]]] | None:
    """Return LangExtract's version and its seconds for each article, verbatim and not; None where it is missing."""
    asked = json.dumps([[[case.document.text, [case.quotes, case.rewritten]] for case in cases], ROUNDS])
    done = subprocess.run([python, "-c", PEER], input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"LangExtract is left out: {python} cannot run it ({reason}); see --peer-python.", file=sys.stderr)
        return None
    told = json.loads(done.stdout)
    return told["version"], told["answers"]


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer-python", default=sys.executable, help="an interpreter that has langextract")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    chosen: dict[str, Case] = {}
    for file in FILES:
        article = load_article(file)
        document = open_document(article.text, language=article.language, published=article.published)
        if article.language not in chosen:
            chosen[article.language] = case_of(article.id, scaled(document))
    cases = list(chosen.values())
    mine = [our_seconds(case) for case in cases]
    peer = peer_seconds(cases, options.peer_python)
    theirs: list[Any] = peer[1] if peer else [(None, None)] * len(cases)
    rows = [
        Row(case.article, len(case.document.text.split()), len(case.quotes), seconds, *answer)
        for case, seconds, answer in zip(cases, mine, theirs, strict=True)
    ]
    rate = len(rows) / sum(mine)
    ratios = [sum(column) / sum(mine) for column in zip(*theirs, strict=True)] if peer else []
    if options.json:
        figures = {
            "target": TARGET,
            "articles_a_second": rate,
            "ratios": ratios,
            "rows": [row._asdict() for row in rows],
        }
        print(json.dumps({**figures, "peer": peer and f"langextract {peer[0]}"}, indent=2))
        return
    columns = f"{'llmdeal':>8} {'verbatim':>9} {'ratio':>6} {'rewritten':>10} {'ratio':>6}"
    print(f"{'ms an article':28} {'words':>6} {'aligned':>8} {columns}")
    for row in rows:
        line = f"{row.article:28} {row.words:6} {row.extractions:8} {row.our_seconds * 1e3:8.2f}"
        for seconds, width in ((row.verbatim_seconds, 9), (row.rewritten_seconds, 10)):
            if seconds is not None:
                line += f" {seconds * 1e3:{width}.2f} {seconds / row.our_seconds:6.1f}"
        print(line)
    print(f"llmdeal: {rate:.0f} articles a second")
    if peer:
        told = f"ratio {ratios[0]:.1f} where all is verbatim, {ratios[1]:.1f} where every fourth is not"
        print(f"langextract {peer[0]}: {told} (target {TARGET:.0f})")


if __name__ == "__main__":
    main()
