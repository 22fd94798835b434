"""What every model is asked, what it answers, and the one interface behind which it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict

from llmdeal.usage import Usage

OnPartial = Callable[[dict[str, Any]], None]
"""Called with the answer read so far, whenever it has grown."""


class Message(BaseModel):
    """One turn of the conversation that is sent.

    Args:
        role: Who speaks.
        content: What is said, sent exactly as it is.

    Example:
        >>> Message(role="user", content="Who buys whom?").role
        'user'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Request:
    """One question to a model.

    Args:
        messages: The conversation, static text first so that prefix caches help.
        response_model: What the answer is validated into; a ``ValueError`` of its validators is sent back to the
            model as the reason for asking again.
        schema: JSON schema to send instead of the one of ``response_model``.
        max_output_tokens: Where the answer is cut off, in tokens.

    Example:
        >>> class City(BaseModel):
        ...     name: str
        >>> request = Request((Message(role="user", content="Capital of France?"),), City)
        >>> request.max_output_tokens
        2048
    """

    messages: tuple[Message, ...]
    response_model: type[BaseModel]
    schema: dict[str, Any] | None = None
    max_output_tokens: int = 2048


@dataclass(frozen=True)
class Answer:
    """A validated answer and what it took to get it.

    Args:
        parsed: The answer, an instance of the request's ``response_model``.
        text: The JSON text as the model wrote it.
        usage: Tokens, summed over all attempts.
        attempts: HTTP requests sent, the first one included.
        seconds: Wall-clock seconds from the question to the answer.
        model: The model as the server names it.
        cost: US dollars; zero for the embedded model, None when the price is unknown.
        replayed: Whether the answer comes from a recording.
        notices: What a careful caller should know, such as a weaker output mode than asked for.
    """

    parsed: BaseModel
    text: str
    usage: Usage
    attempts: int
    seconds: float
    model: str
    cost: Decimal | None
    replayed: bool = False
    notices: tuple[str, ...] = ()


class LLM(Protocol):
    """Anything that can be asked: a hosted model, the embedded one, a recording, a fake."""

    @property
    def name(self) -> str:
        """The model's name, such as ``openai/gpt-4.1-mini``."""

    @property
    def context_tokens(self) -> int | None:
        """The context window in tokens, or None where it is unknown."""

    @property
    def enumerates(self) -> bool:
        """Whether a JSON schema per article is cheap here, so that marks may be enumerated in it."""

    async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
        """Ask and return the validated answer."""

    async def count_tokens(self, text: str) -> int:
        """Return how many tokens ``text`` is, never fewer than it really is where that can be helped."""

    async def aclose(self) -> None:
        """Close connections; the object may be used again afterwards."""
