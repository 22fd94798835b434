"""A streamed answer, gathered into the completion that it would have been, shown as it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmdeal.errors import TransportError
from llmdeal.llm.faults import Fault, FaultError
from llmdeal.llm.unwrap import opening

if TYPE_CHECKING:
    from collections.abc import AsyncIterable

    from openai.types.chat import ChatCompletion
    from openai.types.chat.chat_completion import Choice

    from llmdeal.llm.request import OnPartial


async def gather(chunks: AsyncIterable[Any], on_partial: OnPartial) -> ChatCompletion | None:
    """Gather ``chunks`` into an ordinary completion, so that everything above knows one shape only.

    Args:
        chunks: The stream of the raw ``create`` call.
        on_partial: Called with the object read so far, whenever it has grown.

    Returns:
        The completion, or None if the server sent no stream at all.

    Raises:
        FaultError: The stream broke off before the answer was complete.
    """
    from openai.types.chat import ChatCompletion

    content: list[str] = []
    refusal: list[str] = []
    head: dict[str, Any] = {}
    finish, usage, shown, arrived = None, None, None, False
    async for chunk in chunks:
        arrived = True
        head = head or {"id": chunk.id or "", "created": chunk.created or 0, "model": chunk.model or ""}
        usage = getattr(chunk, "usage", None) or usage
        for choice in (chunk.choices or ())[:1]:
            finish = choice.finish_reason or finish
            refusal.append(getattr(choice.delta, "refusal", None) or "")
            if choice.delta is not None and choice.delta.content:
                content.append(choice.delta.content)
                shown = _show("".join(content), shown, on_partial)
    if not arrived:
        return None
    if finish is None:
        raise FaultError(Fault(TransportError, "the stream broke off before the answer was complete", transient=True))
    message = {"role": "assistant", "content": "".join(content), "refusal": "".join(refusal) or None}
    choice = {"index": 0, "finish_reason": finish, "message": message}
    completion = ChatCompletion.model_construct(**head, object="chat.completion", choices=[], usage=usage)
    completion.choices = [_choice(choice)]
    return completion


def _choice(fields: dict[str, Any]) -> Choice:
    from openai.types.chat import ChatCompletionMessage
    from openai.types.chat.chat_completion import Choice

    message = ChatCompletionMessage.model_construct(**fields["message"])
    return Choice.model_construct(**{**fields, "message": message})


def _show(text: str, shown: dict[str, Any] | None, on_partial: OnPartial) -> dict[str, Any] | None:
    from jiter import from_json

    start = opening(text)
    if not start:
        return shown
    try:
        partial = from_json(start.encode(), partial_mode="trailing-strings")
    except ValueError:
        return shown
    if isinstance(partial, dict) and partial and partial != shown:
        on_partial(partial)
        return partial
    return shown
