from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from llmdeal.errors import DocumentError
from llmdeal.sources import Article, load
from llmdeal.sources.markup import Markup, extract, sniff

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Kestrel buys Bella Nonna</title></head>
<body><nav><a href="/">Home</a> <a href="/subscribe">Subscribe now</a></nav>
<article><h1>Kestrel buys Bella Nonna</h1>
<p>Kestrel Foods said on Tuesday that it would buy the pasta maker Bella Nonna for $1.2 billion in cash.</p>
<p>The deal is expected to close in the second quarter of 2026, once regulators have approved it.</p>
</article><footer>All rights reserved. Cookies.</footer></body></html>"""


def test_a_plain_text_is_kept_exactly_as_it_is(tmp_path: Path) -> None:
    text = "  Kestrel <b>buys</b>\r\nBella\u00a0Nonna.\r\n\r\n\ttabs & all\x0c\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())

    assert load(str(path)) == Article(text, str(path), extracted=False)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("l'été".encode()), encoding="ascii"))

    assert load("-") == Article("l'été", "standard input", extracted=False)


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a.txt", "no-suffix"])
def test_html_by_name_or_by_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(PAGE, encoding="utf-8")

    article = load(str(path))

    assert article.extracted
    assert article.text.startswith("Kestrel buys Bella Nonna\n\nKestrel Foods said")
    assert "second quarter of 2026" in article.text
    assert "Subscribe" not in article.text
    assert "Cookies" not in article.text


def test_html_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    page = PAGE.replace("utf-8", "windows-1250").replace("Nonna", "Żółć")
    path = tmp_path / "a.html"
    path.write_bytes(page.encode("cp1250"))

    article = load(str(path))

    assert "Bella Żółć" in article.text
    assert article.warnings == ()


def test_html_without_an_article(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><img></body></html>", encoding="utf-8")

    with pytest.raises(DocumentError, match=r"No article text was found in .*a\.html"):
        load(str(path))


def test_html_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")

    with pytest.raises(DocumentError, match=r"pip install 'llmdeal\[web\]'"):
        load(str(path))


def test_sniffing_is_linear() -> None:
    assert sniff("<!---->" * 5000 + "x") is Markup.PLAIN


def test_markdown_becomes_paragraphs() -> None:
    source = """---
title: dropped
---
# Kestrel *buys* Bella Nonna

Kestrel Foods, [a baker](https://example.org), said it would
pay `$1.2 billion`.  ![logo](x.png)

- cash: $1 billion
- shares: $0.2 billion

> "A good fit," it said.

| part | sum |
|------|-----|
| cash | $1bn |

<div>html</div>

```
raw
```
"""
    assert extract(source, Markup.MARKDOWN, name="a.md").split("\n\n") == [
        "Kestrel buys Bella Nonna",
        "Kestrel Foods, a baker, said it would pay $1.2 billion.",
        "cash: $1 billion",
        "shares: $0.2 billion",
        '"A good fit," it said.',
        "part | sum",
        "cash | $1bn",
        "raw",
    ]


@pytest.mark.parametrize("name", ["a.md", "a.markdown"])
def test_markdown_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("# Kestrel\n\nbuys *Bella*.", encoding="utf-8")

    assert load(str(path)) == Article("Kestrel\n\nbuys Bella.", str(path), extracted=True)


def test_another_encoding_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Signé à Paris pour 3 millions d’€.".encode("cp1252"))

    article = load(str(path))

    assert article.text == "Signé à Paris pour 3 millions d’€."
    assert article.warnings == (f"{path} was read as cp1252, by its looks: if letters are wrong, save it as UTF-8.",)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    large = tmp_path / "large.txt"
    large.write_bytes(b"a" * 10_000_001)
    expected = {
        str(tmp_path / "none.txt"): "There is no file",
        str(tmp_path): "is a directory",
        str(empty): "is empty",
        str(large): "larger than 10 MB",
        f"{empty}/below": "cannot be read",
        "a\0b": "cannot be read",
        "x" * 5000: "cannot be read",
    }
    for source, words in expected.items():
        with pytest.raises(DocumentError, match=words):
            load(source)
