"""Loads gold files: an article and its labels each."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

from llmdeal.evaluation.faults import GoldError
from llmdeal.evaluation.gold import read_deal
from llmdeal.evaluation.labels import GoldArticle
from llmdeal.evaluation.located import fault_at, read_yaml

if TYPE_CHECKING:
    from llmdeal.evaluation.located import Located

__all__ = ["load_article", "load_articles"]

_KEYS: Final = ("id", "language", "published", "split", "story", "tags", "text", "gold")
_REQUIRED: Final = ("id", "language", "text", "gold")
_SPLITS: Final = ("dev", "test")
_ID = re.compile(r"[\w.-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def load_articles(path: Path | str) -> tuple[GoldArticle, ...]:
    """Load a gold file, or every ``*.yaml`` and ``*.yml`` of a folder.

    Args:
        path: The file or the folder; folders in it are not looked into.

    Returns:
        The articles, ordered by id.

    Raises:
        GoldError: A file cannot be used, two share an id, or there is none. The message has a line for each such file.
    """
    path = Path(path)
    if not path.exists():
        msg = f"{path}: there is no such file or folder"
        raise GoldError(msg)
    files = sorted(file for file in path.iterdir() if file.suffix in {".yaml", ".yml"}) if path.is_dir() else [path]
    if not files:
        msg = f"{path}: holds no gold file (*.yaml)"
        raise GoldError(msg)
    articles: dict[str, GoldArticle] = {}
    faults = []
    for file in files:
        try:
            article = load_article(file)
        except GoldError as error:
            faults.append(str(error))
            continue
        if article.id in articles:
            faults.append(f"{file.name}: id {article.id!r} is taken by another file of the folder")
        articles.setdefault(article.id, article)
    if faults:
        raise GoldError("\n".join(faults))
    return tuple(articles[name] for name in sorted(articles))


def load_article(path: Path | str) -> GoldArticle:
    """Load one gold file.

    Args:
        path: The file.

    Returns:
        The article. Without a story it is a story of its own; without a split it is in none.

    Raises:
        GoldError: The file is no YAML, has an unknown key or value, or a quote that its text does not hold. The message
            names the file, the line, the field, and what is allowed there.
    """
    root = read_yaml(Path(path))
    fields = root.mapping(_KEYS, _REQUIRED)
    name = _matching(fields["id"], _ID, "letters, digits, dots, hyphens and underscores")
    text = fields["text"].string()
    return GoldArticle(
        id=name,
        language=_matching(fields["language"], _LANGUAGE, "an ISO 639-1 code (fr)"),
        text=text,
        gold=read_deal(fields["gold"], text),
        published=_published(fields.get("published")),
        split=_split(fields.get("split")),
        story=fields["story"].string() if "story" in fields else name,
        tags=tuple(tag.string() for tag in fields["tags"].items()) if "tags" in fields else (),
    )


def _matching(node: Located, pattern: re.Pattern[str], form: str) -> str:
    value = node.string()
    if not pattern.fullmatch(value):
        raise fault_at(node, f"{value!r} must be {form}")
    return value


def _published(node: Located | None) -> date | None:
    if node is None or node.value is None:
        return None
    if not isinstance(node.value, date) or isinstance(node.value, datetime):
        raise fault_at(node, f"{node.value!r} is no day (2025-11-03)")
    return node.value


def _split(node: Located | None) -> Literal["dev", "test"] | None:
    if node is None or node.value is None:
        return None
    if node.value not in _SPLITS:
        raise fault_at(node, f"{node.value!r} is none of: {', '.join(_SPLITS)}")
    return cast("Literal['dev', 'test']", node.value)
