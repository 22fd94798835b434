"""A judge for the prose: a model says which gold facts a summary states, and which sentences nothing bears out.

It is asked only where somebody asks for it, it is no part of any gate, and it is itself measured: its word on each fact
is set beside the deterministic one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

from llmdeal.draft import Judgement
from llmdeal.evaluation.counts import ratio
from llmdeal.evaluation.prose import sentences_of
from llmdeal.llm import Message, Request
from llmdeal.prompts import find_prompt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from llmdeal.evaluation.answers import Scored
    from llmdeal.llm import LLM

__all__ = ["Judged", "Verdicts", "judge"]

_TOKENS: Final = 512


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judge says of one answer.

    Args:
        id: The article's.
        covered: For each gold fact whether the summary states it, as the judge sees it.
        stated: The same by the deterministic measure.
        sentences: How many sentences the summary has.
        unsupported: Those that say what the article does not.
    """

    id: str
    covered: tuple[bool, ...]
    stated: tuple[bool, ...]
    sentences: int
    unsupported: tuple[str, ...]


@dataclass(frozen=True)
class Verdicts:
    """What the judge says of a run, and how far it agrees with the deterministic figure.

    Args:
        model: The judge.
        judged: Its word on each answer.

    Example:
        >>> verdicts = Verdicts("fake", (Judged("one", (True, True, False), (True, False, False), 3, ()),))
        >>> round(verdicts.coverage, 2), verdicts.faithfulness, round(verdicts.agreement, 2), round(verdicts.kappa, 2)
        (0.67, 1.0, 0.67, 0.4)
    """

    model: str
    judged: tuple[Judged, ...]

    @cached_property
    def _pairs(self) -> list[tuple[bool, bool]]:
        return [pair for one in self.judged for pair in zip(one.covered, one.stated, strict=True)]

    @property
    def coverage(self) -> float | None:
        """Share of gold facts that the summaries state, as the judge sees it; None where there are none."""
        return ratio(sum(covered for covered, _ in self._pairs), len(self._pairs))

    @property
    def faithfulness(self) -> float | None:
        """Share of sentences that the judge finds borne out by the article; None where there are none."""
        sentences = sum(one.sentences for one in self.judged)
        return ratio(sentences - sum(len(one.unsupported) for one in self.judged), sentences)

    @property
    def agreement(self) -> float | None:
        """Share of facts on which judge and deterministic measure say the same; None where there are none."""
        return ratio(sum(covered == stated for covered, stated in self._pairs), len(self._pairs))

    @property
    def kappa(self) -> float | None:
        """Their agreement beyond chance; None where chance alone would make them agree.

        Source: Cohen, "A Coefficient of Agreement for Nominal Scales" (1960).
        """
        if self.agreement is None:
            return None
        count = len(self._pairs)
        first = sum(covered for covered, _ in self._pairs) / count
        second = sum(stated for _, stated in self._pairs) / count
        chance = first * second + (1 - first) * (1 - second)
        return None if chance == 1 else (self.agreement - chance) / (1 - chance)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data that JSON can write; an undefined ratio is None."""
        return {
            "judge": self.model,
            "articles": len(self.judged),
            "coverage": self.coverage,
            "faithfulness": self.faithfulness,
            "agreement": self.agreement,
            "kappa": self.kappa,
            "unsupported": {one.id: list(one.unsupported) for one in self.judged if one.unsupported},
        }


async def judge(llm: LLM, scored: Iterable[Scored], *, prompts: Path | None = None) -> Verdicts:
    """Ask a model about the prose of answers, one after the other.

    Args:
        llm: The judge; best another model than the one that answered.
        scored: The answers. Those without a deal, or without labelled facts, are passed over.
        prompts: A folder with a ``judge`` prompt of one's own.

    Returns:
        Its verdicts.

    Raises:
        LLMDealError: The judge cannot be asked, or its answer cannot be used.

    Example:
        >>> import asyncio
        >>> from llmdeal.llm import FakeLLM
        >>> asyncio.run(judge(FakeLLM([]), [])).coverage is None
        True
    """
    prompt = find_prompt("judge", prompts)
    judged = []
    for one in scored:
        deal, facts = one.answered.deal, one.score.article.gold.facts
        if deal is None or not facts:
            continue
        sentences = {f"c{number}": words for number, words in enumerate(sentences_of(deal), start=1)}
        asked = {f"f{number}": list(forms) for number, forms in enumerate(facts, start=1)}
        shown = {"article": one.score.article.text, "facts": asked, "sentences": sentences}
        turns = (prompt.render_alone({}, "system"), prompt.render_alone(shown))
        messages = tuple(Message(role=turn.role, content=turn.content) for turn in turns)
        answer = await llm.ask(Request(messages, Judgement, _schema(asked, sentences), _TOKENS))
        verdict = cast("Judgement", answer.parsed)
        judged.append(
            Judged(
                id=one.answered.id,
                covered=tuple(mark in verdict.covered for mark in asked),
                stated=one.score.facts or (False,) * len(asked),
                sentences=len(sentences),
                unsupported=tuple(words for mark, words in sentences.items() if mark in verdict.unsupported),
            )
        )
    return Verdicts(llm.name, tuple(judged))


def _schema(facts: Mapping[str, Any], sentences: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema in which only the marks that there are can be answered, each once."""
    lists = {
        "covered": {"type": "array", "items": {"enum": list(facts)}, "maxItems": len(facts)},
        "unsupported": {"type": "array", "items": {"enum": list(sentences)}, "maxItems": len(sentences)},
    }
    return {"type": "object", "properties": lists, "required": list(lists), "additionalProperties": False}
