"""Examples of a prompt: short articles with the draft that a good model answers.

They are checked when they are loaded: every mark must stand in the example's own text, and every name too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from llmdeal.deal import Role
from llmdeal.draft import DealDraft
from llmdeal.errors import DocumentError, PromptError
from llmdeal.readers import MarkedDocument, open_document, read
from llmdeal.readers.names import NameIndex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Example", "read_examples", "read_yaml"]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    published: date
    text: str
    draft: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """An example: a marked article and the answer to it, its keys in the order in which a model writes them."""

    marked: MarkedDocument
    answer: dict[str, Any]


def read_examples(source: str, path: Path) -> tuple[Example, ...]:
    """Read the examples of a prompt.

    Args:
        source: The YAML text: a list of mappings with ``language``, ``published``, ``text`` and ``draft``.
        path: The file it comes from, for the messages.

    Returns:
        The examples, in order.

    Raises:
        PromptError: Not such a list, or an example that does not hold in its own text.
    """
    entries = read_yaml(source, str(path))
    if not isinstance(entries, list):
        msg = f"{path}: a list of examples is expected."
        raise PromptError(msg)
    return tuple(_example(entry, f"{path}, example {number}") for number, entry in enumerate(entries, start=1))


def read_yaml(source: str, where: str) -> object:
    """Read YAML.

    Args:
        source: The text.
        where: The file, for the message.

    Raises:
        PromptError: It is no YAML.
    """
    try:
        return yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a day such as 2025-02-30
        msg = f"{where}: no YAML: {' '.join(str(error).split())}"
        raise PromptError(msg) from error


def _example(entry: object, where: str) -> Example:
    try:
        checked = _Entry.model_validate(entry)
        draft = DealDraft.model_validate(checked.draft)
    except ValidationError as error:
        first = error.errors()[0]
        msg = f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}."
        raise PromptError(msg) from error
    try:
        document = open_document(checked.text, language=checked.language, published=checked.published)
    except DocumentError as error:
        msg = f"{where}: {error}"
        raise PromptError(msg) from error
    marked = read(document)
    answer = draft.model_dump(mode="json", exclude_unset=True)
    sentences = {f"s{sentence.number}" for sentence in document.sentences}
    for path, mark in _marks(answer):
        if mark not in marked.marks and mark not in sentences:
            msg = f"{where}: {path}: there is no {mark} in its text, which reads:\n{marked.render()}"
            raise PromptError(msg)
    index = NameIndex(document)
    for name in _names(draft):
        if not index.find(name):
            msg = f"{where}: the name {name!r} is not in its text."
            raise PromptError(msg)
    return Example(marked, answer)


_MARK = re.compile(r"[adtps][0-9]+")


def _marks(answer: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in answer.items():
        if isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _marks(item, f"{prefix}{key}[{number}].")
        elif isinstance(value, str) and _MARK.fullmatch(value):
            yield f"{prefix}{key}", value


def _names(draft: DealDraft) -> Iterator[str]:
    for role in Role:
        yield from draft.names(role)
    for parent in draft.parents:
        yield from (parent.party, parent.parent)
    for reaction in draft.reactions:
        yield reaction.party
    for related in draft.related:
        yield from related.parties
        if related.attribution is not None:
            yield related.attribution
