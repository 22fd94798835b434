"""``llmdeal eval run``: articles, prompts and models in, a saved run for each prompt and model out."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from llmdeal.cli.evaluation_options import Articles, articles_in
from llmdeal.cli.options import AsJson, Prompts  # noqa: TC001  typer resolves them at run time
from llmdeal.cli.terminal import note, to_json, write
from llmdeal.cli.watching import watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmdeal.deal import DealSummary
    from llmdeal.evaluation import Answered, GoldArticle, Results, Run
    from llmdeal.llm import LLM, Settings
    from llmdeal.summarizer import AsyncSummarizer

__all__ = ["run"]

_HOSTED_AT_ONCE: Final = 4
# Seconds between two notes: a run of an hour is told of, a replay of a second is not.
_OFTEN: Final = 2.0


class Split(StrEnum):
    """Which split."""

    DEV = "dev"
    TEST = "test"


def run(  # noqa: PLR0913  a command's options are its parameters
    *,
    articles: Articles = None,
    prompt: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="deal (the default): its newest version; deal.v1: that one; repeatable."),
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="As for summarize; rules: a baseline without a model. Repeatable."),
    ] = None,
    prompts: Prompts = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="An OpenAI-compatible address. Default: OPENAI_BASE_URL.")
    ] = None,
    temperature: Annotated[float, typer.Option(min=0.0, help="0 for the most repeatable answers.")] = 0.0,
    recordings: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Replay the recorded answers of this folder; asks no model.")
    ] = None,
    record: Annotated[bool, typer.Option("--record", help="Ask for what --recordings lacks, and record it.")] = False,
    repeat: Annotated[int, typer.Option(min=1, metavar="N", help="Ask about each article N times.")] = 1,
    only: Annotated[
        list[str] | None, typer.Option(metavar="TAG|LANG|ID", help="Only such articles; repeatable, any counts.")
    ] = None,
    split: Annotated[Split | None, typer.Option(help="Only articles of this split.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="The first N articles at most.")] = None,
    concurrency: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Articles at the same time. Default: 4, and 1 for an embedded model."),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the runs are saved.")] = Path("runs"),
    as_json: AsJson = False,
) -> None:
    """Ask models about gold articles, and save and score their answers.

    Each prompt on each model is one file, PROMPT.vN--MODEL.jsonl. A file that is there is gone on with: no article is
    asked about, or paid for, twice. One run with --json gives one object; several give one line of JSON each.
    """
    if record and recordings is None:
        msg = "--record needs --recordings, the folder to record in"
        raise typer.BadParameter(msg)
    if recordings is not None and repeat > 1:
        msg = "--repeat asks anew each time, and a recording answers the same: give one of --repeat and --recordings"
        raise typer.BadParameter(msg)
    from llmdeal.evaluation import Selection, run_name, score_run
    from llmdeal.llm import Settings
    from llmdeal.summarizer import AsyncSummarizer

    chosen = Selection(tuple(only or ()), split.value if split else None, limit).of(articles_in(articles))
    names: list[str | None] = [*dict.fromkeys(model)] if model else [None]
    # All of them before the first question, so that a fault in the last costs nothing.
    models = [
        _connect(
            Settings(model=name, base_url=base_url, temperature=temperature, parallel=concurrency or 1),
            recordings,
            record=record,
        )
        for name in names
    ]
    summarizers = [
        AsyncSummarizer(llm=llm, prompt=name, prompts=prompts) for llm in models for name in prompt or ["deal"]
    ]
    by_path = {out / f"{run_name(summarizer)}.jsonl": summarizer for summarizer in summarizers}
    for path, summarizer in by_path.items():
        saved = _ask(summarizer, chosen, path, repeats=repeat, concurrency=concurrency)
        _report(path, score_run(saved, chosen), as_json=as_json, many=len(by_path) > 1)


def _connect(settings: Settings, recordings: Path | None, *, record: bool) -> LLM:
    from llmdeal.evaluation.rules import Rules
    from llmdeal.llm import Recording, connect

    if settings.model == Rules.name:
        return Rules()
    if recordings is not None and not record:
        return Recording(recordings, model=_recorded_name(settings.model))
    llm = connect(settings, announce=note, progress=watch().bytes)
    return llm if recordings is None else Recording(recordings, llm)


def _recorded_name(model: str | None) -> str | None:
    """Return the name under which answers of a model are recorded: an embedded one has a name of its own."""
    from llmdeal.llm import is_embedded, weights

    if model is None or not is_embedded(model):
        return model
    return Path(model).stem if model.lower().endswith(".gguf") else weights.known(model).name


def _ask(
    summarizer: AsyncSummarizer[DealSummary],
    articles: Sequence[GoldArticle],
    path: Path,
    *,
    repeats: int,
    concurrency: int | None,
) -> Run:
    from llmdeal.evaluation import run_articles
    from llmdeal.llm import is_embedded
    from llmdeal.portal import run_blocking

    # Articles that wait for one another inside the embedded server would be counted as slow.
    at_once = concurrency or (1 if is_embedded(summarizer.llm.name) else _HOSTED_AT_ONCE)

    async def asked() -> Run:
        async with summarizer:
            return await run_articles(
                summarizer, articles, path, repeats=repeats, concurrency=at_once, on_answer=_Progress(path.stem)
            )

    return run_blocking(asked)


class _Progress:
    """Tells on standard error how far a run has come: now and then, and whenever an article fails."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._told = time.monotonic()

    def __call__(self, answered: Answered, done: int, total: int) -> None:
        if answered.failure is None and time.monotonic() - self._told < _OFTEN:
            return
        self._told = time.monotonic()
        what = f"{answered.id}: {answered.failure}" if answered.failure else answered.id
        note(f"{self._name}: {done}/{total} {what}")


def _report(path: Path, results: Results, *, as_json: bool, many: bool) -> None:
    from llmdeal.cli.evaluation_tables import headline

    for warning in results.warnings:
        note(f"warning: {warning}")
    if as_json:
        write(f"{to_json({'run': str(path), **results.to_dict()}, indent=None if many else 2)}\n")
    else:
        write(f"{path}\n{headline(results)}\n")
