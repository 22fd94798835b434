"""Everything that llmdeal raises on purpose.

    LLMDealError
    ├── InputError                what the caller gave cannot be used
    │   ├── DocumentError         an article: missing, empty, binary, of unknown encoding, too long
    │   ├── FetchError            an address: refused, unreachable, too large, too slow
    │   ├── PromptError           a prompt file or its examples: unknown, malformed, undefined variable
    │   └── ModelError            a model: unknown name, weights not to be had, wrong digest, no space
    └── AnswerError               a model was asked and there is no answer to use
        ├── AuthenticationError   the key was refused
        ├── RequestError          the server refused the request as such (400, 404, 422, ...)
        ├── TransportError        unreachable, reset, timed out, 5xx after all attempts
        │   └── RateLimitError    429 after all attempts, or a quota that is used up
        ├── RefusalError          the model or a content filter declined
        ├── TruncatedError        the answer was cut off at the token limit
        ├── EmptyAnswerError      the answer held nothing
        └── InvalidAnswerError    no valid draft after all attempts

Each message says what is wrong, where, and what to do about it, and is fit to be shown to a person.
"""

from __future__ import annotations

from llmdeal.usage import Usage

__all__ = [
    "AnswerError",
    "AuthenticationError",
    "DocumentError",
    "EmptyAnswerError",
    "FetchError",
    "InputError",
    "InvalidAnswerError",
    "LLMDealError",
    "ModelError",
    "PromptError",
    "RateLimitError",
    "RefusalError",
    "RequestError",
    "TransportError",
    "TruncatedError",
]


class LLMDealError(Exception):
    """Base of all errors that this library raises on purpose."""


class InputError(LLMDealError):
    """What the caller gave cannot be used."""


class DocumentError(InputError):
    """An article cannot be read."""


class FetchError(InputError):
    """An address cannot be fetched, or may not be."""


class PromptError(InputError):
    """A prompt file or its examples cannot be used."""


class ModelError(InputError):
    """A model is unknown, or its weights cannot be had."""


class AnswerError(LLMDealError):
    """A model was asked and there is no answer to use.

    Args:
        message: What is wrong and what to do.
        attempts: How many requests were sent, the first one included.
        usage: Tokens that were spent all the same.
        last_answer: The last raw text that the model wrote, if it wrote any.

    Example:
        >>> error = AnswerError("no answer", attempts=3)
        >>> error.attempts, error.usage.output_tokens, error.last_answer
        (3, 0, None)
    """

    def __init__(
        self,
        message: str,
        *,
        attempts: int = 0,
        usage: Usage | None = None,
        last_answer: str | None = None,
    ) -> None:
        super().__init__(message)
        self.attempts = attempts
        self.usage = usage or Usage()
        self.last_answer = last_answer


class AuthenticationError(AnswerError):
    """The provider refused the key."""


class RequestError(AnswerError):
    """The provider refused the request as such; asking again cannot help."""


class TransportError(AnswerError):
    """The provider could not be reached, or failed, in all attempts."""


class RateLimitError(TransportError):
    """The provider kept saying 429, or the quota is used up."""


class RefusalError(AnswerError):
    """The model, or a content filter, declined to answer."""


class TruncatedError(AnswerError):
    """The answer was cut off at the token limit."""


class EmptyAnswerError(AnswerError):
    """The answer held nothing."""


class InvalidAnswerError(AnswerError):
    """No attempt gave a valid draft."""
