"""``llmdeal mentions`` and ``llmdeal schema``: what the library sees, and what it answers with."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from llmdeal.cli.options import (  # noqa: TC001  typer resolves them at run time
    AllowPrivate,
    AsJson,
    Language,
    Published,
    Source,
)
from llmdeal.cli.terminal import note, one_line, show, to_json, write
from llmdeal.cli.watching import watch

if TYPE_CHECKING:
    from datetime import date

    from rich.table import Table

    from llmdeal.document import Document
    from llmdeal.readers import MarkedDocument

__all__ = ["mentions", "opened", "schema"]


class Schema(StrEnum):
    """Which JSON Schema."""

    RESULT = "result"
    DRAFT = "draft"


def schema(
    which: Annotated[
        Schema, typer.Argument(help="What summarize prints, or what a model is asked to answer.")
    ] = Schema.RESULT,
) -> None:
    """Print a JSON Schema."""
    if which is Schema.RESULT:
        from llmdeal.deal import DealSummary, Result

        data = Result[DealSummary].model_json_schema(mode="serialization")
    else:
        from llmdeal.draft import DealDraft

        data = DealDraft.model_json_schema()
    write(f"{to_json(data)}\n")


def mentions(
    source: Source,
    *,
    as_json: AsJson = False,
    language: Language = None,
    published: Published = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Show the amounts, dates, durations, percentages and tickers that the readers see in an article."""
    from llmdeal.readers import read

    document = opened(source, language=language, published=published, allow_private=allow_private)
    marked = read(document)
    if as_json:
        write(f"{to_json(_data(marked))}\n")
        return
    when = f"published {document.published}" if document.published else "publication date unknown"
    write(f"{len(marked.marks)} mentions in {len(document.sentences)} sentences, {document.language}, {when}\n")
    show(_table(marked))


def opened(source: str, *, language: str | None, published: date | None, allow_private: bool) -> Document:
    """Return the document at a source, and tell what there is to know about how it was read.

    Args:
        source: The path of a file, ``-`` for standard input, or an address.
        language: ISO 639-1 code; found when None.
        published: Day of publication; found when None.
        allow_private: Whether an address may be a private one.
    """
    from llmdeal.readers import open_document
    from llmdeal.sources import load

    with watch().step(f"reading {source}"):
        article = load(source, allow_private=allow_private)
    for warning in article.warnings:
        note(f"warning: {warning}")
    return open_document(article.text, language=language, published=published)


def _data(marked: MarkedDocument) -> list[dict[str, Any]]:
    document = marked.document
    return [
        {
            "mark": mark,
            "kind": mention.kind,
            "sentence": document.sentence_at(mention.span.start).number,
            **mention.model_dump(mode="json"),
        }
        for mark, mention in marked.marks.items()
    ]


def _table(marked: MarkedDocument) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("mark", "kind", "sentence", "span", "quote", "value", "cue"):
        table.add_column(title, overflow="fold", no_wrap=title in {"mark", "kind", "span"})
    for mark, mention in marked.marks.items():
        cells = (
            mark,
            mention.kind,
            f"s{marked.document.sentence_at(mention.span.start).number}",
            f"{mention.span.start}-{mention.span.stop}",
            one_line(mention.quote),
            f"{mention.value}{' (ambiguous)' if mention.ambiguous else ''}",
            "" if mention.cue == "none" else mention.cue.replace("_", " "),
        )
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    return table
