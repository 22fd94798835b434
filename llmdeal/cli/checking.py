"""``llmdeal check``: does an article state what a summary says, whoever wrote it?"""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003  typer resolves it at run time
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from llmdeal.cli.failures import NO_ANSWER
from llmdeal.cli.inspection import opened
from llmdeal.cli.options import (  # noqa: TC001  typer resolves them at run time
    AllowPrivate,
    AsJson,
    Language,
    Published,
    Source,
)
from llmdeal.cli.terminal import one_line, show, to_json, write

if TYPE_CHECKING:
    from rich.table import Table

    from llmdeal.checking import CheckReport, LeafCheck

__all__ = ["check"]

_LONGEST: Final = 70
_MOST_BYTES: Final = 10_000_000
_STYLES: Final = {"grounded": "green", "not_stated": "bold red", "unchecked": "dim"}


def check(
    source: Source,
    summary: Annotated[
        Path, typer.Argument(metavar="SUMMARY.json", help="What summarize --json printed, or any other JSON.")
    ],
    *,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            metavar="FILE",
            help="YAML or JSON: for each JSON path (parties[*].name) its kind: amount, date, percent, duration, ticker,"
            " number, name, text or ignore; or {kind: amount, currency: KEY, scale: 1000000}.",
        ),
    ] = None,
    as_json: AsJson = False,
    language: Language = None,
    published: Published = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Look up in an article whatever a summary says: its figures, dates, names and prose.

    A result of llmdeal is held to its evidence, span by span. In any other JSON each leaf is told by its key and its
    looks, or by --mapping. Exits with 1 where the article does not state something, with 0 where it states all.
    """
    from llmdeal.checking import LeafMapping, read_mapping
    from llmdeal.checking import check as look_up

    data = _read_json(summary)
    rules = read_mapping(mapping) if mapping is not None else LeafMapping()
    document = opened(source, language=language, published=published, allow_private=allow_private)
    report = look_up(document.text, data, mapping=rules, language=language, published=published)
    if as_json:
        write(f"{to_json(report.to_dict())}\n")
    else:
        _show(report)
    if not report.holds:
        raise typer.Exit(NO_ANSWER)


def _read_json(path: Path) -> Any:  # noqa: ANN401  whatever JSON can hold
    from llmdeal.errors import InputError

    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        msg = f"The summary {path} cannot be read ({error.strerror}): check the path."
        raise InputError(msg) from error
    if len(data) > _MOST_BYTES:
        msg = f"The summary {path} is larger than {_MOST_BYTES // 1_000_000} MB."
        raise InputError(msg)
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        msg = f"{path} is not JSON: {error.msg}, line {error.lineno}, column {error.colno}."
        raise InputError(msg) from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        reason = {UnicodeDecodeError: "it is not UTF-8", RecursionError: "it is nested too deep"}.get(type(error))
        msg = f"{path} cannot be read as JSON: {reason or error}."
        raise InputError(msg) from error


def _refuse(constant: str) -> None:
    msg = f"{constant} is no number"
    raise ValueError(msg)


def _show(report: CheckReport) -> None:
    from llmdeal.checking import Verdict

    counts = ", ".join(f"{len(report.of(verdict))} {verdict.replace('_', ' ')}" for verdict in Verdict)
    when = f"published {report.published}" if report.published else "publication date unknown"
    write(f"{len(report.leaves)} leaves: {counts}; {report.language}, {when}\n")
    show(_table(report))


def _table(report: CheckReport) -> Table:
    from rich.table import Table
    from rich.text import Text

    from llmdeal.checking import LeafKind, Verdict

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("verdict", "kind", "path", "value", "the article"):
        table.add_column(title, overflow="fold", no_wrap=title in {"verdict", "kind"})
    for leaf in report.leaves:
        # Quotes that hold need no line of their own: what they are evidence of has one.
        if leaf.kind is LeafKind.EVIDENCE and leaf.verdict is Verdict.GROUNDED:
            continue
        cells = (leaf.verdict.replace("_", " "), leaf.kind or "", leaf.path, _short(leaf.value), _says(leaf))
        table.add_row(*(Text(one_line(cell)) for cell in cells), style=_STYLES[leaf.verdict])
    return table


def _says(leaf: LeafCheck) -> str:
    """Return what the article says to a leaf, in a few words."""
    if leaf.evidence:
        first = leaf.evidence[0]
        more = f" and {len(leaf.evidence) - 1} more" if len(leaf.evidence) > 1 else ""
        return f'"{_short(first.quote)}" [s{first.sentence}]{more}'
    nearest = f"the article says {leaf.nearest}" if leaf.nearest else None
    return "; ".join(filter(None, (leaf.message, nearest)))


def _short(words: str) -> str:
    words = one_line(words)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
