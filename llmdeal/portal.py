"""Runs coroutines for code that does not await: one event loop in a thread, made at the first call."""

from __future__ import annotations

import atexit
import os
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from anyio.from_thread import BlockingPortal

__all__ = ["run_blocking"]

ResultT = TypeVar("ResultT")
_lock = threading.Lock()
_portals: dict[int, BlockingPortal] = {}


def run_blocking(function: Callable[[], Awaitable[ResultT]]) -> ResultT:
    """Run an async function to its end and return its result.

    Args:
        function: Takes nothing and returns what is to be awaited.

    Returns:
        Its result. When the caller is interrupted, the function is cancelled.

    Example:
        >>> async def answer() -> int:
        ...     return 42
        >>> run_blocking(answer)
        42
    """
    future = _portal().start_task_soon(function)
    try:
        return future.result()
    except BaseException:
        future.cancel()
        raise


def _portal() -> BlockingPortal:
    # A forked child inherits the entry, but not the thread behind it: each process has its own.
    with _lock:
        if os.getpid() not in _portals:
            from anyio.from_thread import start_blocking_portal

            stack = ExitStack()
            _portals[os.getpid()] = stack.enter_context(start_blocking_portal())
            atexit.register(_close, os.getpid(), stack)
        return _portals[os.getpid()]


def _close(process: int, stack: ExitStack) -> None:
    if process == os.getpid():
        stack.close()


if hasattr(os, "register_at_fork"):

    def _renew_lock() -> None:
        global _lock  # noqa: PLW0603  a lock held by another thread at the fork would never open again
        _lock = threading.Lock()

    os.register_at_fork(after_in_child=_renew_lock)
