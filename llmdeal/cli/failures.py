"""Every failure that is not a bug, as one line and an exit code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import typer

__all__ = ["INTERRUPTED", "NO_ANSWER", "REFUSED", "Failure", "concerns_one_article", "explain"]

NO_ANSWER: Final = 1
REFUSED: Final = 2
INTERRUPTED: Final = 130


@dataclass(frozen=True, slots=True)
class Failure:
    """What to tell, and what to exit with."""

    line: str
    code: int


def explain(error: BaseException) -> Failure | None:
    """Return what to tell about an error, or None where it is a bug.

    2 means that what was asked cannot be done as it is: the article, the options, the key or the address have to
    change. 1 means that the model was reached and gave no answer to use.

    Args:
        error: Anything that was raised.
    """
    # Here, not above: pydantic comes with them, and --help does without.
    from llmdeal.errors import LLMDealError

    if isinstance(error, LLMDealError):
        return Failure(str(error), _code(error))
    if isinstance(error, typer.Abort):
        return Failure("stopped.", NO_ANSWER)
    if isinstance(error, typer.exceptions.TyperException):
        return Failure(_usage(error), REFUSED)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return Failure(f"{where}{error.strerror or error}", REFUSED)
    return None


def concerns_one_article(error: BaseException) -> bool:
    """Tell whether other articles may still succeed after an error with one."""
    from llmdeal.errors import AnswerError, AuthenticationError, DocumentError, FetchError

    return isinstance(error, (DocumentError, FetchError, AnswerError)) and not isinstance(error, AuthenticationError)


def _code(error: Exception) -> int:
    from llmdeal.errors import (
        AuthenticationError,
        InputError,
        RateLimitError,
        RequestError,
        TransportError,
    )

    if isinstance(error, RateLimitError):
        return NO_ANSWER
    refused = (InputError, AuthenticationError, RequestError, TransportError)
    return REFUSED if isinstance(error, refused) else NO_ANSWER


def _usage(error: typer.exceptions.TyperException) -> str:
    message = error.format_message().strip()
    context = getattr(error, "ctx", None)
    hint = f" Try '{context.command_path} --help'." if context is not None else ""
    return f"{message}{'' if message.endswith('.') else '.'}{hint}"
