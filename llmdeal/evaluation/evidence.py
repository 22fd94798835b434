"""Does what was answered stand in the article, character for character?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.deal import DealSummary
    from llmdeal.document import Evidence

__all__ = ["Grounded", "count_grounded"]


class Grounded(NamedTuple):
    """How many values were answered, and which of them the article does not bear out."""

    values: int
    ungrounded: tuple[str, ...]


def count_grounded(deal: DealSummary, text: str) -> Grounded:
    """Check the evidence of everything in a summary.

    Args:
        deal: The summary.
        text: The text that its spans refer to.

    Returns:
        How many facts it has that carry evidence, and the paths of those that have none, or whose quote is not the
        slice of the text at its span.
    """
    facts = list(_facts(deal, ""))
    return Grounded(len(facts), tuple(path for path, evidence in facts if not _holds(evidence, text)))


def _facts(model: BaseModel, path: str) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name == "evidence":
            yield path, value
            continue
        inner = f"{path}.{name}" if path else name
        if isinstance(value, BaseModel):
            yield from _facts(value, inner)
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _facts(item, f"{inner}[{position}]")


def _holds(evidence: tuple[Evidence, ...], text: str) -> bool:
    return bool(evidence) and all(text[one.span.start : one.span.stop] == one.quote for one in evidence)
