"""``llmdeal eval judge``: what a model says of the prose of a saved run."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer resolves it at run time
from typing import TYPE_CHECKING, Annotated

import typer

from llmdeal.cli.evaluation_options import Articles, SavedRun, articles_in, scored_run
from llmdeal.cli.options import AsJson, Prompts  # noqa: TC001  typer resolves them at run time
from llmdeal.cli.terminal import note, to_json, write
from llmdeal.cli.watching import watch

if TYPE_CHECKING:
    from llmdeal.evaluation.judge import Verdicts

__all__ = ["judge"]


def judge(
    saved: SavedRun,
    *,
    articles: Articles = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="The judge, as for summarize.")] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="An OpenAI-compatible address. Default: OPENAI_BASE_URL.")
    ] = None,
    prompts: Prompts = None,
    recordings: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Replay the verdicts of this folder; record what it lacks.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask a model which gold facts the summaries of a run state, and what in them nothing bears out.

    Never part of the gate. The verdict is set beside the deterministic figure, so that the judge is measured too.
    """
    from llmdeal.evaluation.judge import judge as ask
    from llmdeal.llm import Recording, Settings, connect
    from llmdeal.portal import run_blocking

    scored = scored_run(saved, articles_in(articles)).scored
    llm = connect(Settings(model=model, base_url=base_url), announce=note, progress=watch().bytes)
    judging = Recording(recordings, llm) if recordings else llm

    async def asked() -> Verdicts:
        try:
            return await ask(judging, scored, prompts=prompts)
        finally:
            await judging.aclose()

    verdicts = run_blocking(asked)
    shown = verdicts.to_dict()
    if as_json:
        write(f"{to_json(shown)}\n")
        return
    for name in ("coverage", "faithfulness", "agreement", "kappa"):
        value = shown[name]
        write(f"{name:14}{'n/a' if value is None else f'{value:.3f}'}\n")
    for article, sentences in shown["unsupported"].items():
        write("".join(f"{article}: not borne out: {sentence}\n" for sentence in sentences))
