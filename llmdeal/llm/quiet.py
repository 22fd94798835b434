"""Keeping instructor's log of our own questions to ourselves.

It logs every re-ask and every change of output mode as an error, with the model's answer in it; Python prints errors on
stderr where nobody has configured logging. What matters of them is in our answer or our error.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ours: ContextVar[bool] = ContextVar("llmdeal_asks", default=False)
_LOGGERS = ("instructor.v2.retry", "instructor.auto_client")


@contextmanager
def quiet_instructor() -> Iterator[None]:
    """Drop what instructor logs about this task's questions; other users of instructor keep their log."""
    _install()
    token = _ours.set(True)
    try:
        yield
    finally:
        _ours.reset(token)


class _NotOurs(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 - it depends on the task alone
        return not _ours.get()


@cache
def _install() -> None:
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_NotOurs())
