"""Results on standard output, in the shape that was asked for."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from llmdeal.cli.failures import explain as explain_failure
from llmdeal.cli.terminal import complain, console, show, to_json, to_yaml, write

if TYPE_CHECKING:
    from llmdeal.deal import Result
    from llmdeal.errors import LLMDealError

__all__ = ["Report", "Shape"]


class Shape(Enum):
    """How results are printed."""

    CARD = auto()
    EXPLAIN = auto()
    JSON = auto()
    YAML = auto()


class Report:
    """Prints one result after the other, each as soon as it is there.

    Args:
        shape: How.
        many: Whether there are several articles: JSON becomes one line each, cards get the article's name.
    """

    def __init__(self, shape: Shape, *, many: bool) -> None:
        self._shape = shape
        self._many = many

    def result(self, source: str, text: str, result: Result) -> None:
        """Print a result.

        Args:
            source: Which article, as the caller named it.
            text: The article that its spans refer to.
            result: What ``summarize`` returned.
        """
        if self._shape in {Shape.JSON, Shape.YAML}:
            self._data(result.to_dict())
        else:
            self._for_people(source, text, result)

    def failure(self, source: str, error: LLMDealError) -> None:
        """Tell that one of several articles failed; those who read JSON or YAML get a record in its place.

        Args:
            source: Which article, as the caller named it.
            error: What happened.
        """
        failure = explain_failure(error)
        message = failure.line if failure is not None else str(error)
        if self._shape in {Shape.JSON, Shape.YAML}:
            self._data({"source": source, "error": {"type": type(error).__name__, "message": message}})
        complain(message if source in message else f"{source}: {message}")

    def _data(self, data: dict[str, Any]) -> None:
        if self._shape is Shape.JSON:
            write(f"{to_json(data, indent=None if self._many else 2)}\n")
        else:
            start = "---\n" if self._many else ""
            write(f"{start}{to_yaml(data)}")

    def _for_people(self, source: str, text: str, result: Result) -> None:
        from llmdeal.cli.card import card
        from llmdeal.cli.explain import explain

        if self._many:
            write(f"== {source}\n")
        if self._shape is Shape.EXPLAIN:
            out = console()
            colour = out.is_terminal and out.color_system is not None and not out.no_color
            show(explain(text, result.deal, colour=colour))
            write("\n")
        show(*card(result))
        if self._many:
            write("\n")
