"""What is written to a terminal or a pipe, and in which shape.

Words of an article or of a model are someone else's: no control character of theirs reaches the terminal, and no
bracket of theirs is read as rich markup.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

__all__ = ["clean", "complain", "console", "note", "one_line", "show", "to_json", "to_yaml", "write"]

# C0 without tab and line feed, DEL, C1; marks that reorder what is read; halves of surrogate pairs; line
# separators; the invisible tags of Unicode.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)
_PIPE_WIDTH: Final = 120


def clean(text: str) -> str:
    r"""Return a text without what a terminal would obey instead of showing.

    Args:
        text: Words of anybody.

    Example:
        >>> clean("\x1b[31mred\x07 \u202eflip\u202c")
        '[31mred flip'
    """
    return _UNSAFE.sub("", text)


def one_line(text: str) -> str:
    r"""Return a text as one clean line.

    Args:
        text: Words of anybody.

    Example:
        >>> one_line("not\nvalid:\n   x")
        'not valid: x'
    """
    return " ".join(clean(text).split())


def console(*, stderr: bool = False) -> Console:
    """Return a console that takes nothing for markup, emoji or highlight.

    Args:
        stderr: Whether it writes to standard error.
    """
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    # A pipe has no width; the 80 columns that rich takes for one break every second value.
    width = None if stream.isatty() or "COLUMNS" in os.environ else _PIPE_WIDTH
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, width=width)


def show(*renderables: RenderableType) -> None:
    """Print results for people.

    Args:
        renderables: What rich can draw, made of ``Text`` of clean words.
    """
    out = console()
    for renderable in renderables:
        with out.capture() as capture:
            out.print(renderable)
        # Columns are padded on the right: no use to anybody, and noise in a pipe.
        lines = capture.get().splitlines()
        _put(sys.stdout, "".join(f"{line.rstrip()}\n" for line in lines))


def write(text: str) -> None:
    """Write a result as it is, but for control characters.

    Args:
        text: Whole lines.
    """
    _put(sys.stdout, clean(text))


def note(text: str) -> None:
    """Tell something on standard error.

    Args:
        text: What, in one line.
    """
    _put(sys.stderr, f"llmdeal: {one_line(text)}\n")


def complain(text: str) -> None:
    """Tell an error on standard error.

    Args:
        text: What, in one line.
    """
    note(f"error: {text}")


def to_json(data: Any, *, indent: int | None = 2) -> str:  # noqa: ANN401  whatever JSON can write
    r"""Return data as JSON that is readable, and safe to look at in a terminal.

    Args:
        data: What ``json`` can write.
        indent: None for one line.

    Example:
        >>> print(to_json({"quote": "été \x9b\u202e"}, indent=None))
        {"quote": "été \u009b\u202e"}
    """
    text = json.dumps(data, ensure_ascii=not _speaks_unicode(), indent=indent)
    return re.sub(_UNSAFE, _escape, text)


def to_yaml(data: Any) -> str:  # noqa: ANN401  whatever YAML can write
    """Return data as YAML, in the order that it has.

    Args:
        data: What ``yaml`` can write.
    """
    import yaml

    text = yaml.safe_dump(data, allow_unicode=_speaks_unicode(), sort_keys=False, width=110)
    if _UNSAFE.search(text):
        return yaml.safe_dump(data, allow_unicode=False, sort_keys=False, width=110)
    return text


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match.group(), ensure_ascii=True)[1:-1].replace("\x7f", "\\u007f")


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "utf-8").lower().startswith("utf")


def _put(stream: Any, text: str) -> None:  # noqa: ANN401  whatever stands in for a standard stream
    encoding = getattr(stream, "encoding", None) or "utf-8"
    # A terminal in an old encoding shows a question mark where it has no letter; it must not end the run.
    stream.write(text.encode(encoding, errors="replace").decode(encoding))
    stream.flush()
