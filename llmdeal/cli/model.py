"""``llmdeal model``: the weights of the embedded models."""

from __future__ import annotations

from typing import Annotated

import typer

from llmdeal.cli.terminal import note, show, write
from llmdeal.cli.watching import watch

__all__ = ["app"]

app = typer.Typer(help="Pull, list, find and remove the weights of embedded models.", rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="[NAME]", help="A known model; embedded is the default one.")]


@app.command("pull")
def pull(name: Name = "embedded") -> None:
    """Fetch the weights of a model, unless they are there, and print where they are."""
    from llmdeal.llm import weights

    entry = weights.known(name)
    screen = watch()
    with screen.step(f"pulling {entry.name}"):
        path = weights.pull(entry.name, progress=screen.bytes)
    write(f"{path}\n")


@app.command("list")
def list_all() -> None:
    """List the known models, and where those that are here are kept."""
    from rich.table import Table
    from rich.text import Text

    from llmdeal.llm import weights

    with watch().step("checking the weights that are here"):
        here = {one.name: one.path for one in weights.installed()}
    table = Table.grid(padding=(0, 2))
    for entry in weights.KNOWN.values():
        size = f"{entry.size / 1e6:,.0f} MB"
        default = " (embedded)" if entry.name == weights.DEFAULT else ""
        where = str(here.get(entry.name, "not pulled"))
        table.add_row(Text(f"{entry.name}{default}", style="bold"), Text(size), Text(entry.licence), Text(where))
    show(table)


@app.command("path")
def path(name: Name = "embedded") -> None:
    """Print where the weights of a model are."""
    from llmdeal.errors import ModelError
    from llmdeal.llm import weights

    entry = weights.known(name)
    with watch().step(f"checking {entry.name}"):
        found = weights.find(entry.name)
    if found is None:
        msg = f"{entry.name} is not here: fetch it with `llmdeal model pull {entry.name}`."
        raise ModelError(msg)
    write(f"{found}\n")


@app.command("rm")
def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="A known model.")]) -> None:
    """Delete the weights of a model, and whatever an interrupted pull left of them."""
    from llmdeal.llm import weights

    entry = weights.known(name)
    gone = weights.remove(entry.name)
    note(f"{entry.name} was {'removed' if gone else 'not here'}.")
