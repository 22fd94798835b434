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
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from llmdeal.deal import DealSummary
from llmdeal.errors import AnswerError, InputError, LLMDealError
from llmdeal.evaluation import GoldArticle, compare_runs, load_articles, score, score_failure, summarise
from llmdeal.llm import Recording, Settings, connect
from llmdeal.summarizer import AsyncSummarizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmdeal.evaluation import ArticleScore

HERE = Path(__file__).parent
MODEL = "qwen2.5-coder-1.5b"
# What a figure may lose before it is looked at whether the loss is more than luck.
ALLOWED = {"f1": 0.01, "f1:value": 0.0, "f1:deal_type": 0.0, "f1:parties.role": 0.02}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate and return its exit code."""
    options = _options(arguments)
    try:
        articles = load_articles(options.articles)
        answers = asyncio.run(_answers(articles, options))
        if options.accept:
            _write(options.baseline, answers)
        baseline = _read(options.baseline)
    except (InputError, OSError) as error:
        print(f"evals/run.py: error: {error}", file=sys.stderr)
        return 2
    scores = [_score(article, answers[article.id]) for article in articles]
    before = [_score(article, baseline[article.id]) for article in articles if article.id in baseline]
    worse = _worse(before, scores)
    figures = summarise(scores, resamples=options.resamples)
    if options.json:
        print(json.dumps({**figures.to_dict(), "regressions": worse}, indent=2))
    else:
        _print(figures.to_dict(), worse, _lost(before, scores))
    return 1 if worse else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Score the gold articles from recordings; fail on a regression.")
    parser.add_argument("--articles", type=Path, default=HERE / "articles", help="folder of gold files")
    parser.add_argument("--recordings", type=Path, default=HERE / "recordings", help="folder of recordings")
    parser.add_argument("--baseline", type=Path, default=HERE / "baselines" / f"{MODEL}.jsonl", help="accepted answers")
    parser.add_argument("--prompt", default="deal", help="name of the prompt")
    parser.add_argument("--prompts", type=Path, default=None, help="a folder of one's own prompts")
    parser.add_argument("--resamples", type=int, default=1999, help="of the bootstrap")
    parser.add_argument("--record", action="store_true", help="ask the model for what is not recorded")
    parser.add_argument("--accept", action="store_true", help="make the answers the new baseline")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args(arguments)


async def _answers(articles: Sequence[GoldArticle], options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    model = connect(Settings(model=MODEL)) if options.record else None
    recording = Recording(options.recordings, model, model=MODEL)
    answers = {}
    async with AsyncSummarizer(llm=recording, prompt=options.prompt, prompts=options.prompts) as summarizer:
        for number, article in enumerate(articles, start=1):
            if options.record:
                print(f"{number}/{len(articles)} {article.id}", file=sys.stderr)
            answers[article.id] = await _answer(summarizer, article)
    return answers


async def _answer(summarizer: AsyncSummarizer[DealSummary], article: GoldArticle) -> dict[str, Any]:
    try:
        result = await summarizer.summarize(article.text, language=article.language, published=article.published)
    except AnswerError as error:
        return {"id": article.id, "failure": str(error)}
    return {"id": article.id, "deal": result.deal.model_dump(mode="json") if result.deal else None}


def _score(article: GoldArticle, answer: dict[str, Any]) -> ArticleScore:
    if "failure" in answer:
        return score_failure(article, answer["failure"])
    deal = answer["deal"]
    return score(article, DealSummary.model_validate(deal) if deal else None)


def _read(path: Path) -> dict[str, dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {answer["id"]: answer for answer in map(json.loads, lines)}


def _write(path: Path, answers: dict[str, dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(answer, ensure_ascii=False, sort_keys=True) for answer in answers.values()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _worse(before: Sequence[ArticleScore], after: Sequence[ArticleScore]) -> list[str]:
    """Return a line for each figure that lost more than it may, and not by luck."""
    worse = []
    for figure, allowed in ALLOWED.items():
        comparison = compare_runs(before, after, figure=figure)
        lost = -(comparison.difference or 0.0)
        if lost > allowed and comparison.worse:
            worse.append(str(comparison))
    return worse


def _lost(before: Sequence[ArticleScore], after: Sequence[ArticleScore]) -> list[str]:
    """Return a line for each leaf that the baseline had right and the new answers have not."""
    had = {
        (one.article.id, leaf.slot, str(leaf.gold)) for one in before for leaf in one.leaves if leaf.outcome == "COR"
    }
    return [
        f"{one.article.id}: {leaf.slot}: {leaf.gold} is now {leaf.answer}"
        for one in after
        for leaf in one.leaves
        if leaf.outcome in {"PAR", "INC", "MIS"} and (one.article.id, leaf.slot, str(leaf.gold)) in had
    ]


def _print(figures: dict[str, Any], worse: Sequence[str], lost: Sequence[str]) -> None:
    print(json.dumps(figures["micro"]))
    for slot, figure in figures["slots"].items():
        shown = "n/a" if figure["f1"] is None else f"{figure['f1']:.3f}"
        print(f"  {slot:24} F1 {shown}")
    for line in (*lost, *worse):
        print(line)
    print("worse than the baseline" if worse else "not worse than the baseline")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LLMDealError as error:
        print(f"evals/run.py: error: {error}", file=sys.stderr)
        sys.exit(2)
