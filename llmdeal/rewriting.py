"""Sentences of a draft that did not hold, asked for again once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel

from llmdeal.deal import Role
from llmdeal.grounding import unmarked

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["with_rewrites"]

ModelT = TypeVar("ModelT", bound=BaseModel)
# What these slots hold are names and marks: an unsound sentence that reads the same is not theirs.
_NO_PROSE: Final = frozenset({*Role, "parents", "consideration", "reactions", "related"})


def with_rewrites(draft: ModelT, rewrites: Mapping[str, str]) -> ModelT:
    """Return a draft with some sentences of its prose replaced.

    Args:
        draft: The draft.
        rewrites: The new sentence for each old one; an old one may stand in the draft with marks copied along.

    Returns:
        A draft in which every piece of prose that holds an old sentence holds the new one in its place.

    Example:
        >>> from llmdeal.draft import DraftStatement
        >>> draft = DraftStatement(text="It cost [a1|$3]. It was cash.", sentence="s1")
        >>> with_rewrites(draft, {"It cost $3.": "It is paid."}).text
        'It is paid. It was cash.'
    """

    def rewritten(value: Any) -> Any:  # noqa: ANN401  any part of a draft
        if isinstance(value, str):
            words = unmarked(value)
            if not any(old in words for old in rewrites):
                return value
            for old, new in rewrites.items():
                words = words.replace(old, new)
            return words
        if isinstance(value, list):
            return [rewritten(item) for item in value]
        if isinstance(value, dict):
            return {key: rewritten(item) for key, item in value.items()}
        return value

    plain = draft.model_dump(mode="json", exclude_unset=True)
    return type(draft).model_validate(
        {slot: value if slot in _NO_PROSE else rewritten(value) for slot, value in plain.items()}
    )
