"""HTML and Markdown to the text of the article in them."""

from __future__ import annotations

import logging
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from llmdeal.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

__all__ = ["Markup", "declared_charset", "extract", "sniff"]


class Markup(StrEnum):
    """What a text is written in."""

    PLAIN = "plain"
    HTML = "html"
    MARKDOWN = "markdown"


_HTML_START: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
# The HTML standard has browsers look for the charset in this many bytes.
_CHARSET_WINDOW: Final = 1024


def sniff(text: str) -> Markup:
    """Tell from its beginning whether a text is an HTML page.

    Example:
        >>> sniff("<!DOCTYPE html><title>x</title>").value, sniff("x < html").value
        ('html', 'plain')
    """
    return Markup.HTML if _HTML_START.match(text[:4096]) else Markup.PLAIN


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that an HTML page declares in a ``meta`` tag.

    Example:
        >>> declared_charset(b'<html><meta charset="euc-jp">')
        'euc-jp'
    """
    match = _HTML_CHARSET.search(data[:_CHARSET_WINDOW])
    return match.group(1).decode("ascii", errors="replace") if match else None


def extract(text: str, markup: Markup, *, name: str) -> str:
    r"""Return the article's text.

    Args:
        text: What was read.
        markup: What it is written in.
        name: What to call it in an error.

    Returns:
        Plain paragraphs, an empty line between them; a plain text as it is.

    Raises:
        DocumentError: There is no article in it, or the extra ``web`` is not installed.

    Example:
        >>> extract("# Title\n\nSee [Amazon](https://a.example).", Markup.MARKDOWN, name="a.md")
        'Title\n\nSee Amazon.'
    """
    if markup is Markup.PLAIN:
        return text
    article = _from_html(text, name) if markup is Markup.HTML else _from_markdown(text)
    if not article.strip():
        msg = f"No article text was found in {name}: copy the article's text into a file and give that."
        raise DocumentError(msg)
    return article


def _from_html(text: str, name: str) -> str:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        missing = "" if error.name == "trafilatura" else f" ({' '.join(str(error).split()).rstrip('.')})"
        msg = f"{name} is HTML, which needs the extra `web`{missing}: pip install 'llmdeal[web]'."
        raise DocumentError(msg) from error
    # Without a handler of its own, logging's last resort prints its complaints on stderr.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    page = bare_extraction(text, include_comments=False, with_metadata=True)
    # Its older form of answer, a dictionary, is given only where it is asked for.
    if page is None or isinstance(page, dict) or not page.text:
        return ""
    paragraphs = [line.strip() for line in page.text.splitlines() if line.strip()]
    title = (page.title or "").strip()
    # Sites append their name to the title, and repeat it as the first heading.
    if title and not (paragraphs[0] in title or title in paragraphs[0]):
        paragraphs.insert(0, title)
    return "\n\n".join(paragraphs)


def _from_markdown(text: str) -> str:
    from markdown_it import MarkdownIt

    body = _FRONT_MATTER.sub("", text, count=1)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    return "\n\n".join(filter(None, _paragraphs(tokens)))


def _paragraphs(tokens: Iterable[Token]) -> Iterable[str]:
    """Yield what each block says; a table row is one paragraph."""
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield " | ".join(cells)
            cells = None
        elif token.type in {"fence", "code_block"}:
            yield token.content.strip()
        elif token.type == "inline":
            words = _words(token.children or ())
            if cells is None:
                yield words
            else:
                cells.append(words)


def _words(tokens: Iterable[Token]) -> str:
    spoken = {"text": None, "code_inline": None, "softbreak": " ", "hardbreak": "\n"}
    return "".join(spoken[token.type] or token.content for token in tokens if token.type in spoken).strip()
