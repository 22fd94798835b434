"""When a failed request is sent again, and after how long."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from llmdeal.llm.faults import FaultError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tenacity import RetryCallState

    from llmdeal.llm.faults import Fault
    from llmdeal.llm.tally import Tally

T = TypeVar("T")

FIRST_WAIT = 0.5
"""Seconds before the second attempt; doubled each time, with jitter."""

LONGEST_WAIT = 20.0


async def with_retries(send: Callable[[], Awaitable[T]], attempts: int, tally: Tally) -> T:
    """Call ``send`` until it succeeds, fails for good, or neither attempts nor time are left.

    Args:
        send: Sends one request; raises ``FaultError`` when it fails.
        attempts: How often to send at most.
        tally: The account of the question, which knows the deadline in seconds.

    Returns:
        What ``send`` returned.

    Raises:
        FaultError: The last failure.
    """
    from tenacity import AsyncRetrying, retry_if_exception, wait_exponential_jitter

    backoff = wait_exponential_jitter(multiplier=FIRST_WAIT, max=LONGEST_WAIT, jitter=FIRST_WAIT)

    def wait(state: RetryCallState) -> float:
        asked = _fault_of(state).retry_after
        return backoff(state) if asked is None else asked

    def stop(state: RetryCallState) -> bool:
        # A wait that outlives the deadline is not begun: the caller learns now what they would learn then.
        return state.attempt_number >= attempts or state.upcoming_sleep >= tally.seconds_left

    async def attempt() -> T:
        # tenacity awaits coroutine functions only, and a lambda is none.
        return await send()

    retrying = AsyncRetrying(
        sleep=asyncio.sleep,
        retry=retry_if_exception(lambda error: isinstance(error, FaultError) and error.fault.transient),
        wait=wait,
        stop=stop,
        reraise=True,
    )
    return await retrying(attempt)


def _fault_of(state: RetryCallState) -> Fault:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, FaultError)  # noqa: S101 - the retry condition admits nothing else
    return error.fault
