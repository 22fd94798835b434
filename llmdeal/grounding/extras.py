"""The further fields of a caller's own summary type."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args, get_origin

from llmdeal.draft import DraftStatement
from llmdeal.mentions import Duration, Money, PartialDate, Percent

if TYPE_CHECKING:
    from llmdeal.deal import Statement
    from llmdeal.grounding.article import Article

__all__ = ["ground_extra"]

_MARKED = (Money, PartialDate, Duration, Percent)


class _Checker(Protocol):
    article: Article

    def text(self, prose: str | None, slot: str) -> str | None: ...

    def statements(self, drafted: list[DraftStatement], slot: str) -> tuple[Statement, ...]: ...


def ground_extra(checker: _Checker, name: str, annotation: Any, drafted: Any) -> Any:  # noqa: ANN401  any field's
    """Return the value of a further field, grounded as fields of its type are.

    Args:
        checker: Resolves marks and checks prose, with warnings.
        name: The field's name.
        annotation: Its annotation in the summary type.
        drafted: What the model answered.

    Returns:
        The value, None where nothing of it holds, or a tuple where the field is one.
    """
    if isinstance(drafted, list):
        items = [ground_extra(checker, f"{name}[{number}]", annotation, item) for number, item in enumerate(drafted)]
        return tuple(item for item in items if item is not None)
    if isinstance(drafted, DraftStatement):
        return next(iter(checker.statements([drafted], name)), None)
    types = _types_in(annotation)
    if isinstance(drafted, bool | Enum) or drafted in _literals(annotation):
        return drafted
    if expected := tuple(marked for marked in _MARKED if marked in types):
        return checker.article.value(drafted, expected, name)
    return checker.text(drafted, name)


def _types_in(annotation: Any) -> set[Any]:  # noqa: ANN401  annotations have no common type
    inner = get_args(annotation)
    return {annotation}.union(*(_types_in(argument) for argument in inner)) if inner else {annotation}


def _literals(annotation: Any) -> set[Any]:  # noqa: ANN401  annotations have no common type
    inner = get_args(annotation)
    return set(inner) if get_origin(annotation) is Literal else set().union(*map(_literals, inner))
