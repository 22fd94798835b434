"""Options that the commands of ``llmdeal eval`` share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from llmdeal.evaluation import GoldArticle, Results

__all__ = ["Articles", "SavedRun", "articles_in", "scored_run"]

_OURS: Final = Path("evals", "articles")

Articles = Annotated[
    Path | None,
    typer.Option("--articles", metavar="DIR", help="A folder of gold files, or one. Default: evals/articles."),
]
SavedRun = Annotated[Path, typer.Argument(metavar="RUN", help="A saved run (JSONL).")]


def articles_in(folder: Path | None) -> tuple[GoldArticle, ...]:
    """Load the articles of a folder, or those of the checkout that the command is run in.

    Args:
        folder: What the option says.
    """
    from llmdeal.evaluation import load_articles

    if folder is None and not _OURS.is_dir():
        msg = f"there is no {_OURS} here: name a folder of gold files with --articles"
        raise typer.BadParameter(msg)
    return load_articles(folder or _OURS)


def scored_run(path: Path, articles: tuple[GoldArticle, ...]) -> Results:
    """Load a saved run and score it; what a reader should know of it is told on standard error.

    Args:
        path: The file.
        articles: What to score it against.
    """
    from llmdeal.cli.terminal import note
    from llmdeal.evaluation import load_run, score_run

    results = score_run(load_run(path), articles)
    for warning in results.warnings:
        note(f"warning: {path.name}: {warning}")
    return results
