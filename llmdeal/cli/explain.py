"""The article with the evidence of each fact highlighted where it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel
from rich.text import Text

from llmdeal.cli.terminal import clean
from llmdeal.deal import Party
from llmdeal.document import Evidence
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Ticker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.deal import DealSummary

__all__ = ["explain"]

_STYLES: Final[dict[type[BaseModel], str]] = {
    Party: "bold cyan",
    Ticker: "cyan",
    Money: "bold green",
    Percent: "green",
    PartialDate: "bold magenta",
    Duration: "magenta",
}
# Statements rest on whole sentences: the words inside must stay legible.
_STATEMENT: Final = "underline"


@dataclass(frozen=True, slots=True)
class _Highlight:
    start: int
    stop: int
    slot: str
    style: str


def explain(text: str, deal: DealSummary | None, *, colour: bool) -> Text:
    """Mark in an article which words each fact comes from.

    Args:
        text: The article that the spans refer to.
        deal: The summary of it.
        colour: Whether highlights are seen; else they are put in brackets.

    Returns:
        The article; each highlight is followed by the name of its slot.
    """
    starts: dict[int, list[_Highlight]] = defaultdict(list)
    stops: dict[int, list[_Highlight]] = defaultdict(list)
    highlights = _merged(_highlights(deal, "")) if deal is not None else []
    for highlight in highlights:
        starts[highlight.start].append(highlight)
        stops[highlight.stop].append(highlight)
    drawn, open_ones, before = Text(), list[_Highlight](), 0
    for offset in sorted({*starts, *stops, len(text)}):
        drawn.append(clean(text[before:offset]), style=_innermost(open_ones))
        # The shorter one began later, so it is closed first.
        for highlight in sorted(stops[offset], key=lambda ended: ended.stop - ended.start):
            open_ones.remove(highlight)
            drawn.append(f" {highlight.slot} " if colour else f"]({highlight.slot})", style="reverse dim" * colour)
        drawn.append("" if colour else "[" * len(starts[offset]))
        open_ones += starts[offset]
        before = offset
    return drawn


def _innermost(open_ones: list[_Highlight]) -> str:
    if not open_ones:
        return ""
    return min(open_ones, key=lambda highlight: highlight.stop - highlight.start).style


def _merged(highlights: Iterator[_Highlight]) -> list[_Highlight]:
    """Return one highlight for each stretch, with the names of all its slots."""
    stretches: dict[tuple[int, int], list[_Highlight]] = defaultdict(list)
    for highlight in highlights:
        if highlight.start < highlight.stop:
            stretches[highlight.start, highlight.stop].append(highlight)
    return [
        _Highlight(start, stop, ", ".join(dict.fromkeys(one.slot for one in same)), same[0].style)
        for (start, stop), same in stretches.items()
    ]


def _highlights(model: BaseModel, slot: str) -> Iterator[_Highlight]:
    """Yield the evidence in a model and its parts, whatever fields it has."""
    style = _STYLES.get(type(model), _STATEMENT)
    for name in type(model).model_fields:
        value = getattr(model, name)
        parts = value if isinstance(value, tuple) else (value,)
        for number, part in enumerate(parts, start=1):
            if isinstance(part, Evidence):
                yield _Highlight(part.span.start, part.span.stop, slot or "deal", style)
            elif isinstance(part, BaseModel):
                yield from _highlights(part, _slot(slot, name, part, number if len(parts) > 1 else None))


def _slot(outer: str, name: str, part: BaseModel, number: int | None) -> str:
    if isinstance(part, Party):
        return str(part.role)
    if name in {"amount", "percent"}:
        return outer
    return f"{f'{outer}.' if outer else ''}{name}{f' {number}' if number else ''}"
