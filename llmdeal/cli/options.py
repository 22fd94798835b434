"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["AllowPrivate", "AsJson", "Language", "OutputLanguage", "Prompts", "Published", "Source"]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        msg = f"{text!r} is not a day: write it as 2025-11-03"
        raise typer.BadParameter(msg) from error


def _language(text: str) -> str:
    code = text.strip().lower()
    if not (code.isascii() and code.isalpha() and len(code) == len("en")):
        msg = f"{text!r} is not a language: write two letters, such as en, fr or ja"
        raise typer.BadParameter(msg)
    return code


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Fetch from loopback and private addresses too.")]
Language = Annotated[
    str | None,
    typer.Option(parser=_language, metavar="CODE", help="Language of the article; found when not given."),
]
OutputLanguage = Annotated[
    str | None,
    typer.Option(
        parser=_language, metavar="CODE", help="Language of headline, summary and key points; the article's by default."
    ),
]
Published = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Day of publication; found when not given."),
]
Prompts = Annotated[
    Path | None, typer.Option("--prompts", metavar="DIR", help="A folder of prompts that is searched first.")
]
Source = Annotated[str, typer.Argument(metavar="FILE", help="A file, - for standard input, or an address.")]
