"""Scores the embedded model on the gold articles from its recordings, and fails on a regression. Needs no key.

    python evals/run.py                 replay, score, compare with the baseline
    python evals/run.py --record        ask the model for what is not recorded, then the same
    python evals/run.py --accept        make what was scored the new baseline

Exit code 0: no figure is worse than its allowance and, by the paired interval, worse for certain. 1: one is.
2: it could not be run.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from llmdeal.cli.terminal import one_line, to_json, write
from llmdeal.errors import InputError, LLMDealError, ModelError
from llmdeal.evaluation import (
    Answered,
    Run,
    Selection,
    about_run,
    gate_markdown,
    gate_runs,
    gate_to_dict,
    junit_xml,
    load_articles,
    load_run,
    save_run,
)
from llmdeal.evaluation.runner import Question, ask_all
from llmdeal.llm import Recording, Settings, connect
from llmdeal.summarizer import AsyncSummarizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmdeal.evaluation import GoldArticle, Results, Verdict

HERE = Path(__file__).parent
MODEL = "qwen2.5-coder-1.5b"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate and return its exit code."""
    options = _options(arguments)
    try:
        _check(options)
        articles = Selection(tuple(options.only)).of(load_articles(options.articles))
        run = asyncio.run(_replay(articles, options))
        if options.accept:
            save_run(options.baseline, run)
        verdict, results = gate_runs(load_run(options.baseline), run, articles)
        _report(verdict, results, options)
    except (LLMDealError, OSError) as error:
        # Only a recording lacks anything here that a model could give.
        hint = " (--record asks the model.)" if isinstance(error, ModelError) and not options.record else ""
        print(f"evals/run.py: error: {one_line(str(error))}{hint}", file=sys.stderr)
        return 2
    return 0 if verdict.passed else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Score the gold articles from recordings; fail on a regression.")
    parser.add_argument("--articles", type=Path, default=HERE / "articles", help="folder of gold files")
    parser.add_argument("--only", action="append", default=[], help="only articles of this tag, language or id")
    parser.add_argument("--recordings", type=Path, default=HERE / "recordings", help="folder of recordings")
    parser.add_argument("--baseline", type=Path, default=HERE / "baselines" / f"{MODEL}.jsonl", help="accepted run")
    parser.add_argument("--prompt", default="deal", help="name of the prompt")
    parser.add_argument("--prompts", type=Path, default=None, help="a folder of one's own prompts")
    parser.add_argument("--resamples", type=int, default=1999, help="of the bootstrap of the figures")
    parser.add_argument("--record", action="store_true", help="ask the model for what is not recorded")
    parser.add_argument("--accept", action="store_true", help="make the answers the new baseline")
    parser.add_argument("--json", action="store_true", help="print figures and verdict as JSON")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write the verdict as JUnit XML too")
    parser.add_argument("--markdown", metavar="FILE", help="write it as Markdown, for a pull request; - to print it")
    return parser.parse_args(arguments)


def _check(options: argparse.Namespace) -> None:
    if options.json and options.markdown == "-":
        msg = "--json and --markdown - both print to standard output: give one of them"
        raise InputError(msg)
    if options.accept and options.only:
        msg = "--accept makes a baseline of all articles: leave --only out"
        raise InputError(msg)


async def _replay(articles: Sequence[GoldArticle], options: argparse.Namespace) -> Run:
    model = connect(Settings(model=MODEL)) if options.record else None
    recording = Recording(options.recordings, model, model=MODEL)
    answers: list[Answered] = []

    def keep(answered: Answered) -> None:
        answers.append(answered)
        if options.record:
            print(f"{len(answers)}/{len(articles)} {answered.id}", file=sys.stderr)

    async with AsyncSummarizer(llm=recording, prompt=options.prompt, prompts=options.prompts) as summarizer:
        await ask_all(summarizer, [Question(article) for article in articles], keep)
        return Run(about_run(MODEL, summarizer, articles), tuple(answers))


def _report(verdict: Verdict, results: Results, options: argparse.Namespace) -> None:
    if options.junit is not None:
        options.junit.write_bytes(junit_xml(verdict))
    if options.markdown == "-":
        write(gate_markdown(verdict))
        return
    if options.markdown is not None:
        Path(options.markdown).write_text(gate_markdown(verdict), encoding="utf-8")
    if options.json:
        write(f"{to_json(gate_to_dict(verdict, results, resamples=options.resamples))}\n")
        return
    figures = results.figures(resamples=options.resamples).to_dict()
    write(f"{to_json(figures['micro'], indent=None)}\n")
    for slot, figure in figures["slots"].items():
        shown = "n/a" if figure["f1"] is None else f"{figure['f1']:.3f}"
        write(f"  {slot:24} F1 {shown}\n")
    for warning in (*results.warnings, *verdict.pairing.warnings):
        print(f"evals/run.py: warning: {one_line(warning)}", file=sys.stderr)
    write("".join(f"{line}\n" for line in verdict.lines()))


if __name__ == "__main__":
    sys.exit(main())
