"""``llmdeal prompt``: the prompt files, and what they become for an article."""

from __future__ import annotations

from typing import Annotated

import typer

from llmdeal.cli.inspection import opened
from llmdeal.cli.options import (  # noqa: TC001  typer resolves them at run time
    AllowPrivate,
    AsJson,
    Language,
    OutputLanguage,
    Prompts,
    Published,
    Source,
)
from llmdeal.cli.terminal import one_line, show, to_json, write

__all__ = ["app"]

app = typer.Typer(help="List, show and render prompts.", rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="NAME", help="deal for its newest version, deal.v1 for that one.")]


@app.command("list")
def list_all(*, prompts: Prompts = None, as_json: AsJson = False) -> None:
    """List the prompts that there are."""
    from llmdeal.prompts import list_prompts

    known = list_prompts(prompts)
    if as_json:
        names = ("name", "version", "reference", "description", "sha256")
        data = [{name: getattr(prompt, name) for name in names} | {"path": str(prompt.path)} for prompt in known]
        write(f"{to_json(data)}\n")
        return
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    for prompt in known:
        table.add_row(
            Text(prompt.reference, style="bold"), Text(prompt.sha256[:12]), Text(one_line(prompt.description))
        )
    show(table)


@app.command("show")
def show_source(name: Name, *, prompts: Prompts = None) -> None:
    """Print a prompt file."""
    from llmdeal.prompts import find_prompt

    source = find_prompt(name, prompts).source
    write(source if source.endswith("\n") else f"{source}\n")


@app.command("render")
def render(
    name: Name,
    source: Source,
    *,
    prompts: Prompts = None,
    as_json: AsJson = False,
    language: Language = None,
    published: Published = None,
    output_language: OutputLanguage = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Print what a model is sent for an article, role by role."""
    from llmdeal.prompts import find_prompt
    from llmdeal.readers import read

    prompt = find_prompt(name, prompts)
    document = opened(source, language=language, published=published, allow_private=allow_private)
    turns = prompt.render(read(document), output_language=output_language)
    if as_json:
        write(f"{to_json([{'role': turn.role, 'content': turn.content} for turn in turns])}\n")
        return
    for turn in turns:
        write(f"--- {turn.role} ---\n{turn.content}\n")
