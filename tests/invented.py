"""A dozen articles about invented deals, each a story of its own, and a model that has read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmdeal.llm import FakeLLM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from llmdeal.llm import Answer, Request
    from llmdeal.llm.request import OnPartial

NAMES = ("Almond", "Birch", "Cedar", "Damson", "Elder", "Furze", "Gorse", "Hazel", "Iris", "Juniper", "Kelp", "Larch")
IDS = tuple(name.lower() for name in NAMES)
DRAFT: dict[str, Any] = {
    "sentence": "s1",
    "deal_type": "acquisition",
    "status": "agreed",
    "value": "a1",
    "completion": "d2",
}
POOR: dict[str, Any] = {"sentence": "s1", "deal_type": "acquisition", "status": "agreed"}


def text_of(name: str) -> str:
    return (
        f"LONDON, Nov 3 2025 - {name} Holdings agreed to buy Bella {name} for $1.5 billion. "
        "The deal closes in March 2026."
    )


def write_articles(folder: Path, names: Sequence[str] = NAMES, *, closing: str = "2026-03") -> Path:
    """Write gold files, the first half of them in the split dev; the labels can be made wrong by another closing."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names):
        split, tag = ("dev", "early") if number < len(names) / 2 else ("test", "late")
        (folder / f"{name.lower()}.yaml").write_text(
            f"""\
id: {name.lower()}
language: en
published: 2025-11-03
split: {split}
tags: [{tag}]
text: {text_of(name)!r}
gold:
  deal_type: acquisition
  status: agreed
  parties:
    - {{name: {name} Holdings, role: acquirer}}
    - {{name: Bella {name}, role: target}}
  value: {{amount: 1500000000, currency: USD, quote: "$1.5 billion"}}
  completion: {closing}
  stake: null
  facts:
    - [1.5 billion]
""",
            encoding="utf-8",
        )
    return folder


class WellRead(FakeLLM):
    """Answers about each article as it is told to for its id, and rightly where it is not told; counts who asks."""

    def __init__(self, told: Mapping[str, dict[str, Any] | Exception] | None = None, **settings: Any) -> None:  # noqa: ANN401  whatever the caller passes on
        super().__init__(**settings)
        self.told = dict(told or {})
        self.asked: list[str] = []

    async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
        article = request.messages[-1].content
        name = next(name for name in NAMES if f"Bella {name}" in article)
        self.asked.append(name.lower())
        right = DRAFT | {"acquirer": [f"{name} Holdings"], "target": [f"Bella {name}"]}
        self.enqueue(self.told.get(name.lower(), right))
        return await super().ask(request, on_partial=on_partial)
