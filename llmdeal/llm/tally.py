"""What one question has cost so far, kept for the answer and for the error alike."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from llmdeal.llm.faults import Fault
from llmdeal.usage import Usage

if TYPE_CHECKING:
    from llmdeal.errors import AnswerError


@dataclass
class Tally:
    """The running account of one call to ``ask``.

    Args:
        deadline: Seconds after which there is no point in going on.
    """

    deadline: float
    attempts: int = 0
    usage: Usage = field(default_factory=Usage)
    last_answer: str | None = None
    last_fault: Fault | None = None
    model: str | None = None
    notices: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Seconds since the question was asked."""
        return time.monotonic() - self.started

    @property
    def seconds_left(self) -> float:
        """Seconds until the deadline."""
        return self.deadline - self.seconds

    def add(self, reported: object) -> None:
        """Add the usage that a server reported, if it reported any.

        Args:
            reported: An SDK's usage object: OpenAI's counters, or Anthropic's.
        """
        if reported is None:
            return
        details = getattr(reported, "prompt_tokens_details", None)
        cached = _count(details, "cached_tokens") or _count(reported, "cache_read_input_tokens")
        given = _count(reported, "prompt_tokens") or (_count(reported, "input_tokens") + cached)
        written = _count(reported, "completion_tokens") or _count(reported, "output_tokens")
        self.usage += Usage(input_tokens=given, cached_tokens=min(cached, given), output_tokens=written)

    def notice(self, text: str) -> None:
        """Remember ``text`` for the answer, once."""
        if text not in self.notices:
            self.notices.append(text)

    def error(self, kind: type[AnswerError], message: str) -> AnswerError:
        """Return an error of ``kind`` that carries this account."""
        return kind(message, attempts=self.attempts, usage=self.usage, last_answer=self.last_answer)


def _count(counters: object, name: str) -> int:
    value = getattr(counters, name, None)
    return max(0, value) if isinstance(value, int) else 0
