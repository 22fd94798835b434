"""The application: its command groups, and what happens at its edges."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from llmdeal.cli import checking, evaluation, inspection, model, prompt, summarize
from llmdeal.cli.failures import INTERRUPTED, explain
from llmdeal.cli.terminal import complain, write

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["app", "main"]

# Help in plain text: typer's boxes cost 0.1 s, more than everything else together, and do not pipe well. Its
# tracebacks with local variables could show a key.
app = typer.Typer(name="llmdeal", rich_markup_mode=None, pretty_exceptions_enable=False, invoke_without_command=True)
app.command("summarize")(summarize.summarize)
app.command("check")(checking.check)
app.command("mentions")(inspection.mentions)
app.command("schema")(inspection.schema)
app.add_typer(prompt.app, name="prompt")
app.add_typer(model.app, name="model")
app.add_typer(evaluation.app, name="eval")


@app.callback()
def llmdeal(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Turn a news article about a business deal into a typed summary of which every fact is quoted."""
    if version:
        write(f"llmdeal {_installed_version()}\n")
    elif context.invoked_subcommand is None:
        write(f"{context.get_help()}\n")


def _installed_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("llmdeal")
    except PackageNotFoundError:
        return "(not installed)"


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave the process.

    Args:
        arguments: What to run; the arguments of the process when None.

    Raises:
        SystemExit: Always. 0: done. 1: the model gave no answer, or some of several articles failed. 2: what was
            asked cannot be done. 130: interrupted.
    """
    try:
        code = app(list(arguments) if arguments is not None else None, prog_name="llmdeal", standalone_mode=False)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:  # every kind ends here: told in one line, or raised again as the bug it is
        failure = explain(error)
        if failure is None:
            raise
        complain(failure.line)
        code = failure.code
    sys.exit(code if isinstance(code, int) else 0)
