"""A model that answers what it was told to, for tests of code that asks models."""

from __future__ import annotations

import json
from collections import deque
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from llmdeal.errors import EmptyAnswerError, InvalidAnswerError, ModelError
from llmdeal.llm.counting import estimate_tokens
from llmdeal.llm.request import Answer
from llmdeal.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from llmdeal.llm.request import OnPartial, Request

    Canned = dict[str, Any] | str | BaseModel | Exception


class FakeLLM:
    """Answers from a queue, validated as a real answer is: an invalid one is followed by the next, as a re-ask.

    Args:
        answers: What to answer, in order: an object, a model instance, JSON text, or an exception to raise.
        name: The model's name.
        context_tokens: The context window to claim, in tokens.
        enumerates: Whether to ask for a schema per article.
        reasks: How many invalid answers to pass over before giving up.

    Example:
        >>> import asyncio
        >>> from llmdeal.llm import Message, Request
        >>> class City(BaseModel):
        ...     name: str
        >>> llm = FakeLLM([{"name": "Paris"}])
        >>> answer = asyncio.run(llm.ask(Request((Message(role="user", content="Capital?"),), City)))
        >>> answer.parsed, len(llm.requests)
        (City(name='Paris'), 1)
    """

    def __init__(
        self,
        answers: Iterable[Canned] = (),
        *,
        name: str = "fake",
        context_tokens: int | None = None,
        enumerates: bool = False,
        reasks: int = 2,
    ) -> None:
        self.name = name
        self.context_tokens = context_tokens
        self.enumerates = enumerates
        self.temperature = 0.0
        self.requests: list[Request] = []
        self._reasks = reasks
        self._answers: deque[Canned] = deque(answers)

    def enqueue(self, *answers: Canned) -> None:
        """Add answers to the queue.

        Args:
            answers: As for the class.
        """
        self._answers.extend(answers)

    async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
        """Return the next answer of the queue.

        Args:
            request: The question, kept in ``requests``.
            on_partial: Called once, with the whole answer.

        Raises:
            ModelError: The queue is empty.
            InvalidAnswerError: The queued answers did not validate.
        """
        self.requests.append(request)
        prompt = sum(estimate_tokens(message.content) for message in request.messages)
        usage, problem, text = Usage(), "", ""
        for attempt in range(1, self._reasks + 2):
            if not self._answers and problem:
                break
            text = self._next()
            usage += Usage(input_tokens=prompt, output_tokens=estimate_tokens(text))
            if not text:
                message = f"{self.name} answered with nothing."
                raise EmptyAnswerError(message, attempts=attempt, usage=usage)
            try:
                parsed = request.response_model.model_validate_json(text)
            except ValidationError as error:
                problem = str(error)
                continue
            if on_partial is not None:
                on_partial(json.loads(text))
            return Answer(parsed, text, usage, attempt, 0.0, self.name, Decimal(0))
        message = f"{self.name} gave no valid answer: {problem}"
        raise InvalidAnswerError(message, attempts=attempt, usage=usage, last_answer=text)

    async def count_tokens(self, text: str) -> int:
        """Return an upper estimate of how many tokens ``text`` is.

        Args:
            text: Any text.
        """
        return estimate_tokens(text)

    async def aclose(self) -> None:
        """Do nothing."""

    def _next(self) -> str:
        if not self._answers:
            message = f"The fake model was asked {len(self.requests)} times and has no answer left: enqueue() more."
            raise ModelError(message)
        answer = self._answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, BaseModel):
            return answer.model_dump_json()
        return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
