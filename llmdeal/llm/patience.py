"""How long a question may take, and what is said when it took longer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from llmdeal.errors import RateLimitError, TransportError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from llmdeal.errors import AnswerError
    from llmdeal.llm.tally import Tally

T = TypeVar("T")

TIMEOUT = 120.0
"""Seconds for one request to a hosted model."""

DEADLINE = 300.0
"""Seconds for one question to a hosted model."""


@dataclass(frozen=True)
class Patience:
    """When to give up on a question.

    Args:
        deadline: Seconds for everything, retries and waits included.
        reasks: How often an invalid answer is sent back for correction.
    """

    deadline: float
    reasks: int


async def in_time(answer: Awaitable[T], patience: Patience, name: str, tally: Tally) -> T:
    """Await ``answer`` until the deadline.

    Args:
        answer: What is waited for; cancelled at the deadline, whatever it is doing.
        patience: When to give up.
        name: The model's name, for the message.
        tally: The account of the question.

    Returns:
        What ``answer`` returned.

    Raises:
        TransportError: The deadline passed; a ``RateLimitError`` if the server had asked for patience.
    """
    scope = asyncio.timeout(patience.deadline)
    try:
        async with scope:
            return await answer
    except TimeoutError:
        if not scope.expired():
            raise
    raise _too_late(patience, name, tally)


def _too_late(patience: Patience, name: str, tally: Tally) -> AnswerError:
    fault = tally.last_fault
    kind = RateLimitError if fault and issubclass(fault.kind, RateLimitError) else TransportError
    last = f"; the last failure: {fault.message}" if fault else ""
    sent = "1 attempt" if tally.attempts == 1 else f"{tally.attempts} attempts"
    message = (
        f"{name} gave no answer within the deadline of {patience.deadline:g} s ({sent}{last}). "
        "Allow more time, or try again later."
    )
    return tally.error(kind, message)
