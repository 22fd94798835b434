"""What is going on while a command waits, on standard error."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

from llmdeal.cli.terminal import console, note, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

    from rich.console import Console, RenderableType

__all__ = ["Watch", "watch"]

_PATIENCE: Final = 2.0
_WIDTH: Final = 100
_TENTH: Final = 10


class Watch(Protocol):
    """Shows a person that something is going on."""

    @property
    def moves(self) -> bool:
        """Whether ``fields`` shows anything: a model that need not stream reports more about itself."""

    def step(self, title: str) -> AbstractContextManager[None]:
        """Show a step for as long as the context lasts.

        Args:
            title: What is being done.
        """

    def fields(self, draft: Mapping[str, Any], quotes: Mapping[str, str]) -> None:
        """Show a draft as far as it has come.

        Args:
            draft: The fields that the model has written so far.
            quotes: The words of the article that stand behind each mark.
        """

    def bytes(self, done: int, total: int) -> None:
        """Show how much has been fetched.

        Args:
            done: Bytes that are here.
            total: Bytes in all.
        """


def watch() -> Watch:
    """Return what suits standard error: something that moves on a terminal, else a line now and then."""
    screen = console(stderr=True)
    return _Moving(screen) if screen.is_terminal and not screen.is_dumb_terminal else _Lines()


class _Lines:
    """For a pipe: one line for a step that takes more than a moment, and one for each tenth of a download."""

    moves = False

    def __init__(self) -> None:
        self._tenth = -1

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        self._tenth = -1
        timer = threading.Timer(_PATIENCE, note, args=(f"{title} ...",))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def fields(self, draft: Mapping[str, Any], quotes: Mapping[str, str]) -> None:
        """Do nothing: a pipe wants results."""

    def bytes(self, done: int, total: int) -> None:
        tenth = done * _TENTH // total if total else _TENTH
        if tenth != self._tenth:
            self._tenth = tenth
            note(f"fetching the weights: {tenth * 10}% of {total / 1e6:,.0f} MB")


class _Moving:
    """For a terminal: a spinner, with what is known so far below it; it is gone when the step is over."""

    moves = True

    def __init__(self, screen: Console) -> None:
        self._screen = screen
        self._shown: RenderableType = ""

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        from rich.console import Group
        from rich.live import Live
        from rich.spinner import Spinner
        from rich.text import Text

        self._shown = ""
        spinner = Spinner("dots", Text(one_line(title), style="dim"))
        with Live(
            console=self._screen,
            transient=True,
            get_renderable=lambda: Group(spinner, self._shown) if self._shown else spinner,
        ):
            yield

    def fields(self, draft: Mapping[str, Any], quotes: Mapping[str, str]) -> None:
        from rich.table import Table
        from rich.text import Text

        table = Table.grid(padding=(0, 2))
        for name, value in draft.items():
            words = one_line(_spoken(value, quotes))
            if words:
                table.add_row(Text(f"  {one_line(name)}", style="dim"), Text(words[:_WIDTH], overflow="ellipsis"))
        self._shown = table

    def bytes(self, done: int, total: int) -> None:
        from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

        if not isinstance(self._shown, Progress):
            columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
            progress = Progress(*columns, console=self._screen, auto_refresh=False)
            progress.add_task("", total=total)
            self._shown = progress
        self._shown.update(self._shown.task_ids[0], completed=done)


def _spoken(value: Any, quotes: Mapping[str, str]) -> str:  # noqa: ANN401  whatever a draft holds
    """Return a value in words, with the article's words in place of its marks."""
    if isinstance(value, dict):
        return " ".join(filter(None, (_spoken(part, quotes) for part in value.values())))
    if isinstance(value, list):
        return ", ".join(filter(None, (_spoken(part, quotes) for part in value)))
    return "" if value is None else quotes.get(str(value), str(value))
