"""Coroutines run for code that does not await."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from llmdeal.portal import run_blocking


async def _thread() -> int:
    await asyncio.sleep(0)
    return threading.get_ident()


def test_one_thread_serves_all_callers() -> None:
    with ThreadPoolExecutor(4) as pool:
        threads = {future.result() for future in [pool.submit(run_blocking, _thread) for _ in range(12)]}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_an_exception_is_the_callers() -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        msg = "no"
        raise LookupError(msg)

    with pytest.raises(LookupError, match="no"):
        run_blocking(fail)


def test_callers_do_not_wait_for_each_other() -> None:
    gate = threading.Event()

    async def wait() -> bool:
        return await asyncio.to_thread(gate.wait, 10)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(run_blocking, wait)
        assert run_blocking(_thread)
        assert not waiting.done()
        gate.set()
        assert waiting.result(timeout=10)


INTERRUPTED = """
import asyncio, os, signal, threading
from llmdeal.portal import run_blocking

async def forever():
    try:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        print("cancelled", flush=True)
        raise

try:
    run_blocking(forever)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_an_interrupt_cancels_what_runs() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False, timeout=60)
    # Two threads print: their lines may run into each other.
    assert ("cancelled" in done.stdout, "interrupted" in done.stdout) == (True, True), done.stderr
    assert done.returncode == 0
