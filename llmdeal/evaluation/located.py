"""A YAML file as a tree in which everything knows where it stands, so that a fault can be shown to its author."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

import yaml

from llmdeal.evaluation.faults import GoldError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

__all__ = ["Located", "fault_at", "read_yaml"]

_MAX_BYTES: Final = 1_000_000
_MAX_DEPTH: Final = 12
_LOADER: Final[type[Any]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Constructor(Protocol):
    """What the loaders in C and in Python have in common."""

    def construct_object(self, node: yaml.Node) -> Any: ...  # noqa: ANN401  whatever the node is


Content: TypeAlias = "bool | int | float | date | str | list[Located] | dict[str, Located] | None"


@dataclass(frozen=True, slots=True)
class Located:
    """A value of a YAML file.

    Args:
        value: A scalar, a list or a mapping.
        file: The file's name.
        line: The line it begins on, from 1.
        path: Its place in the file: ``gold.parties[1].role``.
    """

    value: Content
    file: str = field(repr=False)
    line: int
    path: str

    @property
    def empty(self) -> bool:
        """True for null and for an empty list: the article states none."""
        return self.value is None or self.value == []

    def mapping(self, allowed: Collection[str], required: Collection[str] = ()) -> dict[str, Located]:
        """Return its keys and values.

        Args:
            allowed: The keys it may have.
            required: Those of them that it must have.

        Returns:
            The mapping.

        Raises:
            GoldError: It is no mapping, has a key that is not allowed, or lacks one that is required.
        """
        if not isinstance(self.value, dict):
            raise fault_at(self, f"is {self.kind}, but must be a mapping with {', '.join(allowed)}")
        for key, item in self.value.items():
            if key not in allowed:
                raise fault_at(item, f"unknown key {key!r}; allowed here: {', '.join(allowed)}")
        if missing := [key for key in required if key not in self.value]:
            raise fault_at(self, f"lacks {', '.join(missing)}")
        return self.value

    def items(self) -> list[Located]:
        """Return the items of a list; null is an empty one.

        Raises:
            GoldError: It is no list.
        """
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            raise fault_at(self, f"is {self.kind}, but must be a list")
        return self.value

    def string(self) -> str:
        """Return a text.

        Raises:
            GoldError: It is something else, or empty. YAML reads NO, 0700 and 2026 as something else.
        """
        if not isinstance(self.value, str):
            raise fault_at(self, f"is {self.kind}, but must be a text; if it is one, put it in quotes")
        if not self.value.strip():
            raise fault_at(self, "is empty")
        return self.value

    def boolean(self) -> bool:
        """Return a truth value.

        Raises:
            GoldError: It is something else.
        """
        if not isinstance(self.value, bool):
            raise fault_at(self, f"is {self.kind}, but must be true or false")
        return self.value

    @property
    def kind(self) -> str:
        """What it is, as a fault says it."""
        match self.value:
            case dict():
                return "a mapping"
            case list():
                return "a list"
            case None:
                return "null"
            case value:
                return f"{value!r}" if isinstance(value, str) else f"{value} (YAML reads it as {type(value).__name__})"


def fault_at(node: Located, problem: str) -> GoldError:
    """Return an error that says where it stands: file, line and field."""
    return GoldError(f"{node.file}, line {node.line}: {node.path or 'the file'}: {problem}")


def read_yaml(path: Path) -> Located:
    """Read one YAML document, safely.

    Args:
        path: A file of at most 1,000,000 bytes of UTF-8, without anchors, nested at most twelve deep.

    Returns:
        What it holds, with lines.

    Raises:
        GoldError: It cannot be read.
    """
    text = _text_of(path)
    try:
        _refuse_bombs(path.name, text)
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            if node is None:
                msg = f"{path.name}: is empty"
                raise GoldError(msg)
            return _located(loader, node, path.name, "")
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        msg = f"{path.name}: is no YAML: {' '.join(str(error).split())}"
        raise GoldError(msg) from error


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror or error}"
        raise GoldError(msg) from error
    if len(raw) > _MAX_BYTES:
        msg = f"{path.name}: is larger than {_MAX_BYTES:,} bytes"
        raise GoldError(msg)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path.name}: is not UTF-8 (byte {error.start})"
        raise GoldError(msg) from error


def _refuse_bombs(file: str, text: str) -> None:
    """Refuse, before anything is built, what would grow or recurse without end."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            msg = f"{file}, line {line}: anchors and aliases are not supported; write the value out"
            raise GoldError(msg)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            msg = f"{file}, line {line}: is nested more than {_MAX_DEPTH} deep"
            raise GoldError(msg)


def _located(loader: _Constructor, node: yaml.Node, file: str, path: str) -> Located:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        items = [_located(loader, item, file, f"{path}[{number}]") for number, item in enumerate(node.value)]
        return Located(items, file, line, path)
    if isinstance(node, yaml.MappingNode):
        pairs: dict[str, Located] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            inner = f"{path}.{key}" if path else key
            # A mapping's own line is that of its first key; a fault of a value is best shown at its key.
            there = key_node.start_mark.line + 1
            if key in pairs:
                raise fault_at(Located(None, file, there, inner), "is given twice")
            value = _located(loader, value_node, file, inner)
            pairs[key] = Located(value.value, file, there, inner)
        return Located(pairs, file, line, path)
    try:
        scalar = loader.construct_object(node)
    except ValueError as error:
        raise fault_at(Located(None, file, line, path), f"{node.value!r} cannot be read: {error}") from error
    return Located(scalar, file, line, path)
