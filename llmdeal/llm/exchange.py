"""One question beneath instructor: the raw requests, their retries, and what each answer is worth."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from llmdeal.errors import EmptyAnswerError, RefusalError, RequestError, TransportError, TruncatedError
from llmdeal.llm.address import Address, Habits, OutputMode
from llmdeal.llm.faults import Fault, FaultError, diagnose
from llmdeal.llm.request import OnPartial, Request
from llmdeal.llm.retry import with_retries
from llmdeal.llm.schema import response_format
from llmdeal.llm.streaming import gather
from llmdeal.llm.tally import Tally
from llmdeal.llm.unwrap import json_object, without_thoughts

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion

_PROSE = "it answers with text around the JSON"
_OTHER_SHAPE = "its answers do not follow the schema"
_BAD_REQUEST = frozenset({400, 404, 415, 422, 501})
_DROPPABLE = ("temperature", "seed", "stream_options")
_ABOUT_FORMAT = re.compile(
    r"response_format|json_schema|json schema|structured output|json_object|grammar|strict", re.IGNORECASE
)


class ModeRefusedError(Exception):
    """The server does not honour the output mode; a weaker one is to be tried.

    Args:
        reason: What the server said or did.
        instead: The mode to try.
    """

    def __init__(self, reason: str, instead: OutputMode) -> None:
        super().__init__(reason)
        self.instead = instead


@dataclass(frozen=True)
class Terms:
    """What stays the same for all questions to one client."""

    model: str
    temperature: float
    seed: int | None
    timeout: float
    attempts: int
    grammar: bool = False


@dataclass
class Exchange:
    """One question to one server, in one output mode.

    Its ``create`` stands where instructor expects the SDK's raw ``create``: instructor sees ordinary completions whose
    content is bare JSON, and our own errors.
    """

    connect: Callable[[], Awaitable[tuple[Any, Address]]]
    terms: Terms
    habits: Habits
    request: Request
    schema: dict[str, Any]
    tally: Tally
    mode: OutputMode
    on_partial: OnPartial | None
    shown: bool = False
    _callback_error: Exception | None = None

    async def create(self, **kwargs: object) -> ChatCompletion:
        """Send what instructor prepared and return a completion that holds JSON only.

        Raises:
            ModeRefusedError: The server does not honour the output mode.
            AnswerError: The request failed for good, or the answer is cut off, refused or empty.
        """
        while True:
            try:
                completion = await with_retries(lambda: self._send(kwargs), self.terms.attempts, self.tally)
            except FaultError as error:
                fault = error.fault
            else:
                return self._accept(completion)
            if self._adapt(fault):
                continue
            # Raised outside the handler: the SDK's exception holds the request, and with it the key.
            raise self.tally.error(fault.kind, explain(fault, self.tally, self.terms.model))

    async def _send(self, kwargs: dict[str, object]) -> ChatCompletion:
        address: Address | None = None
        try:
            async with asyncio.timeout(self.terms.timeout):
                client, address = await self.connect()
                self.tally.attempts += 1
                completion = await self._receive(client, self._body(kwargs))
        except FaultError as error:
            fault = error.fault
        except TimeoutError:
            fault = Fault(TransportError, f"no answer within {self.terms.timeout:g} s", transient=True)
        except self._failures() as error:
            if error is self._callback_error:
                raise
            fault = diagnose(error, address.key if address else None)
        else:
            problem = _oddity(completion)
            if problem is None:
                return completion
            fault = problem
        where = f" (at {address.shown})" if address else ""
        self.tally.last_fault = fault
        raise FaultError(Fault(fault.kind, fault.message + where, fault.transient, fault.retry_after, fault.status))

    @staticmethod
    def _failures() -> tuple[type[Exception], ...]:
        import httpx2
        from openai import OpenAIError

        # What is none of these is a mistake of ours or of the caller's callback, and surfaces as such.
        return (OpenAIError, httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError, ValueError)

    async def _receive(self, client: AsyncOpenAI, body: dict[str, Any]) -> ChatCompletion:
        create: Any = client.chat.completions.create
        if self.on_partial is None or not self.habits.streams:
            return await create(**body)  # type: ignore[no-any-return]
        options = {} if "stream_options" in self.habits.refused else {"stream_options": {"include_usage": True}}
        async with await create(**body, stream=True, **options) as chunks:
            completion = await gather(chunks, self._show)
        if completion is None:
            self.habits.streams = False
            self.tally.notice("The server does not stream: the answer was shown only when it was complete.")
            raise FaultError(Fault(TransportError, "an empty stream", transient=True))
        return completion

    def _show(self, partial: dict[str, Any]) -> None:
        assert self.on_partial is not None  # noqa: S101 - streams are opened for a callback only
        self.shown = True
        try:
            self.on_partial(partial)
        except Exception as error:
            self._callback_error = error
            raise

    def _body(self, kwargs: dict[str, object]) -> dict[str, Any]:
        terms, habits = self.terms, self.habits
        body = {
            "model": terms.model,
            "messages": kwargs["messages"],
            "temperature": terms.temperature,
            "seed": terms.seed,
            habits.token_limit: self.request.max_output_tokens,
        }
        body = {key: value for key, value in body.items() if value is not None and key not in habits.refused}
        if self.mode is OutputMode.JSON_OBJECT:
            body["response_format"] = {"type": "json_object"}
        elif self.mode is OutputMode.JSON_SCHEMA and terms.grammar:
            body["extra_body"] = {"grammar": compact_grammar(self.schema)}
        elif self.mode is OutputMode.JSON_SCHEMA:
            # instructor's own lacks `strict` and knows nothing of a schema made for this article.
            body["response_format"] = response_format(self.request.response_model.__name__, self.schema)
        return body

    def _adapt(self, fault: Fault) -> bool:
        """Learn from a refused parameter; return whether the request is worth sending in another form."""
        if fault.status not in _BAD_REQUEST:
            return False
        said = fault.message.lower()
        if "context" in said and ("exceed" in said or "length" in said):
            return False
        habits = self.habits
        for given, wanted in (
            ("max_tokens", "max_completion_tokens"),
            ("max_completion_tokens", "max_tokens"),
        ):
            untried = f"no {given}" not in habits.refused
            if habits.token_limit == given and re.search(rf"\b{given}\b", said) and untried:
                habits.refused.add(f"no {given}")
                habits.token_limit = wanted
                return True
        for name in _DROPPABLE:
            if name not in habits.refused and re.search(rf"\b{name}\b", said):
                habits.refused.add(name)
                habits.notices.append(f"{self.terms.model} does not take the parameter {name}: it was left out.")
                return True
        weaker = self.mode.weaker
        if weaker is not None and _ABOUT_FORMAT.search(said):
            raise ModeRefusedError(fault.message, weaker)
        return False

    def _accept(self, completion: ChatCompletion) -> ChatCompletion:
        choice, tally = completion.choices[0], self.tally
        tally.add(completion.usage)
        tally.model = completion.model or tally.model
        message = choice.message
        text = without_thoughts(message.content or "")
        tally.last_answer = text or message.content or tally.last_answer
        if getattr(message, "refusal", None):
            raise tally.error(RefusalError, f"{self.terms.model} declined to answer: {message.refusal}")
        if choice.finish_reason == "content_filter":
            raise tally.error(RefusalError, f"A content filter stopped the answer of {self.terms.model}.")
        if choice.finish_reason == "length":
            raise tally.error(TruncatedError, self._cut_off())
        if not text:
            raise tally.error(EmptyAnswerError, f"{self.terms.model} answered with nothing. Try another model.")
        message.content = self._json(text)
        tally.last_answer = message.content
        return completion

    def _cut_off(self) -> str:
        limit = self.request.max_output_tokens
        return (
            f"The answer of {self.terms.model} was cut off (limit: {limit} tokens). Allow more, or shorten the article."
        )

    def _json(self, text: str) -> str:
        """Return the JSON object in ``text``; notice a server that ignores the output mode."""
        if not text.startswith("{"):
            if self.mode is not OutputMode.TEXT:
                # A server that lets prose or a fence through constrains nothing: the schema has to be in the prompt.
                raise ModeRefusedError(_PROSE, OutputMode.TEXT)
            return json_object(text) or text
        if self.mode is OutputMode.JSON_SCHEMA and not self.terms.grammar and self._lacks_required(text):
            raise ModeRefusedError(_OTHER_SHAPE, OutputMode.JSON_OBJECT)
        return text

    def _lacks_required(self, text: str) -> bool:
        from jiter import from_json

        try:
            answer = from_json(text.encode())
        except ValueError:
            return False
        return any(name not in answer for name in self.schema.get("required", ()))


def compact_grammar(schema: dict[str, Any]) -> str:
    """Return a grammar for llama.cpp that admits ``schema`` without white space, half the tokens of the default.

    Args:
        schema: The JSON schema.

    Example:
        >>> compact_grammar({"type": "object"}).splitlines()[0]
        '%llguidance {}'
    """
    # Lenient: a keyword that the grammar cannot express is left to the validation of the answer.
    style = {"whitespace_flexible": False, "item_separator": ",", "key_separator": ":", "lenient": True}
    compact = {**schema, "x-guidance": style}
    return f"%llguidance {{}}\nstart: %json {json.dumps(compact, ensure_ascii=False)}"


def explain(fault: Fault, tally: Tally, model: str) -> str:
    """Return a message for people: what failed, where, after how many attempts, and what to do.

    Args:
        fault: The failure that stands.
        tally: The account of the question.
        model: The model that was asked.
    """
    advice = {
        "AuthenticationError": "Check the API key.",
        "RateLimitError": "Wait, ask for less at a time, or check the quota of the account.",
        "TransportError": "Check the address and the network, or try again later.",
    }.get(fault.kind.__name__, "")
    if fault.kind is RequestError and fault.status == 404:  # noqa: PLR2004 - HTTP
        advice = "Check the model's name and the address, which usually ends in /v1."
    if "exceed" in fault.message and "context" in fault.message:
        advice = "The article is too long for the model's context: shorten it, or use a model with a larger one."
    tries = "1 attempt" if tally.attempts == 1 else f"{tally.attempts} attempts"
    return f"{model} gave no answer after {tries}: {fault.message}. {advice}".strip()


def _oddity(completion: object) -> Fault | None:
    """Return what is wrong with a response of status 200 that is no completion."""
    error = getattr(completion, "error", None)
    if error:
        said = error if isinstance(error, dict) else {"message": str(error)}
        code = str(said.get("code", ""))
        carrier = type("ServerError", (Exception,), {"body": said, "code": code})(said.get("message", ""))
        return diagnose(carrier)
    choices = getattr(completion, "choices", None)
    if not choices or getattr(choices[0], "message", None) is None:
        message = "the answer is none of OpenAI's chat API: the address usually ends in /v1"
        return Fault(RequestError, message, transient=False)
    return None
