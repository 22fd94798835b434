"""A path, ``-`` or an address to the text of an article."""

from __future__ import annotations

import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from llmdeal.errors import DocumentError
from llmdeal.sources.encoding import MAX_BYTES, decode
from llmdeal.sources.markup import Markup, declared_charset, extract, sniff

__all__ = ["Article", "load"]

_STDIN: Final = "-"
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SUFFIXES: Final = {
    ".html": Markup.HTML,
    ".htm": Markup.HTML,
    ".xhtml": Markup.HTML,
    ".md": Markup.MARKDOWN,
    ".markdown": Markup.MARKDOWN,
}
_CONTENT_TYPES: Final = {
    "text/html": Markup.HTML,
    "application/xhtml+xml": Markup.HTML,
    "text/markdown": Markup.MARKDOWN,
}


@dataclass(frozen=True, slots=True)
class Article:
    """The text of an article and where it is from.

    Args:
        text: The article. A plain text is kept exactly as it is, without its byte order mark.
        name: What to call it: the path or address as given, ``standard input`` for ``-``.
        extracted: True where the text was taken out of HTML or Markdown.
        warnings: What a person should know about how it was read, one line each.
    """

    text: str
    name: str
    extracted: bool
    warnings: tuple[str, ...] = ()


def load(source: str, *, allow_private: bool = False) -> Article:
    """Read an article.

    Args:
        source: The path of a file, ``-`` for standard input, or an http or https address.
        allow_private: Whether an address may be a loopback, link-local, private or reserved one.

    Returns:
        The article.

    Raises:
        DocumentError: A file is missing, empty, binary, too large, of unknown encoding, or no article.
        FetchError: An address may not be fetched, cannot be reached, or does not answer with a page.

    Example:
        >>> load("no-such.txt")
        Traceback (most recent call last):
        ...
        llmdeal.errors.DocumentError: There is no file no-such.txt: check the path.
    """
    if _ADDRESS.match(source):
        return _load_address(source, allow_private=allow_private)
    if source == _STDIN:
        return _article(_read_stdin(), "standard input", Markup.PLAIN)
    path = Path(source)
    return _article(_read_file(path), source, _SUFFIXES.get(path.suffix.lower(), Markup.PLAIN))


def _article(data: bytes, name: str, markup: Markup, declared: str | None = None) -> Article:
    """Return the article in some bytes; what says plain text may still be HTML."""
    if declared is None and (markup is Markup.HTML or sniff(data[:4096].decode("latin-1")) is Markup.HTML):
        declared = declared_charset(data)
    decoded = decode(data, name=name, declared=declared)
    if markup is Markup.PLAIN:
        markup = sniff(decoded.text)
    guess = f"{name} was read as {decoded.guessed}, by its looks: if letters are wrong, save it as UTF-8."
    return Article(
        text=extract(decoded.text, markup, name=name),
        name=name,
        extracted=markup is not Markup.PLAIN,
        warnings=() if decoded.guessed is None else (guess,),
    )


def _load_address(url: str, *, allow_private: bool) -> Article:
    from llmdeal.sources.fetching import fetch

    page = fetch(url, allow_private=allow_private)
    return _article(page.body, url, _CONTENT_TYPES.get(page.content_type, Markup.PLAIN), page.charset)


def _read_stdin() -> bytes:
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    _refuse_large(len(data), "standard input")
    return data


def _read_file(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            msg = f"{path} is a directory: give the files in it."
            raise DocumentError(msg)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        msg = f"There is no file {path}: check the path."
        raise DocumentError(msg) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        msg = f"{path} cannot be read ({reason}): check the path and its permissions."
        raise DocumentError(msg) from error
    _refuse_large(len(data), str(path))
    return data


def _refuse_large(size: int, name: str) -> None:
    if size > MAX_BYTES:
        msg = f"{name} is larger than {MAX_BYTES // 1_000_000} MB: give one article at a time."
        raise DocumentError(msg)
