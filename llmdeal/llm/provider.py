"""Providers reached through instructor's provider strings, such as ``anthropic/claude-sonnet-4-5``.

Those who speak OpenAI's protocol get the same client as OpenAI. For the others, instructor and the provider's own SDK
choose the way; only failures, usage and cost are brought into our terms here.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from llmdeal.errors import InvalidAnswerError, ModelError, RefusalError, TruncatedError
from llmdeal.llm import pricing, structured
from llmdeal.llm.address import Address, FixedEndpoint
from llmdeal.llm.client import OpenAIClient
from llmdeal.llm.counting import estimate_tokens
from llmdeal.llm.exchange import Terms, explain
from llmdeal.llm.faults import FaultError, diagnose, redact
from llmdeal.llm.patience import DEADLINE, TIMEOUT, Patience, in_time
from llmdeal.llm.quiet import quiet_instructor
from llmdeal.llm.request import Answer
from llmdeal.llm.retry import with_retries
from llmdeal.llm.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from instructor import AsyncInstructor
    from pydantic import BaseModel

    from llmdeal.errors import AnswerError
    from llmdeal.llm.request import LLM, OnPartial, Request
    from llmdeal.llm.settings import Settings


def connect_provider(model: str, settings: Settings, *, unknown: str) -> LLM:
    """Return the client for a provider string.

    Args:
        model: ``provider/model``.
        settings: The caller's wishes.
        unknown: The message for a provider that instructor does not know.

    Raises:
        ModelError: The provider is unknown, its package is not installed, or its key is not set.
    """
    from instructor.v2.core.provider_specs import ALIAS_TO_PROVIDER

    provider, _, name = model.partition("/")
    if provider not in ALIAS_TO_PROVIDER or not name:
        raise ModelError(unknown)

    def build() -> AsyncInstructor:
        return _build(model, settings)

    terms = Terms(
        model=name,
        temperature=settings.temperature,
        seed=settings.seed,
        timeout=settings.timeout or TIMEOUT,
        attempts=settings.transport_attempts,
    )
    patience = Patience(settings.deadline or DEADLINE, settings.reasks)
    from openai import AsyncOpenAI

    sdk = build().client
    if type(sdk) is AsyncOpenAI:
        address = Address(str(sdk.base_url).rstrip("/"), sdk.api_key)
        return OpenAIClient(model, FixedEndpoint(address), terms, patience)
    return ProviderClient(model, build, terms, patience)


def _build(model: str, settings: Settings) -> AsyncInstructor:
    import instructor

    from_provider: Any = instructor.from_provider
    options = {"api_key": settings.api_key} if settings.api_key else {}
    try:
        with quiet_instructor():
            client: AsyncInstructor = from_provider(model, async_client=True, **options)
    except Exception as error:  # noqa: BLE001 - every SDK raises its own
        reason = redact(str(error), settings.api_key)
    else:
        return client
    message = f"{model} cannot be used: {reason}"
    raise ModelError(message)


class ProviderClient:
    """One model behind a provider's own SDK.

    The schema sent is the one of the response model; ``Request.schema`` is for servers of the OpenAI kind. The SDK is
    given the whole question, so that a transport retry here begins it anew.

    Args:
        name: ``provider/model``.
        build: Makes instructor's client; called once per event loop.
        terms: What is sent with every request.
        patience: When to give up.
    """

    enumerates = False

    def __init__(self, name: str, build: Callable[[], AsyncInstructor], terms: Terms, patience: Patience) -> None:
        self.name = name
        self.temperature = terms.temperature
        self._build = build
        self._terms = terms
        self._patience = patience
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncInstructor] = WeakKeyDictionary()

    def __repr__(self) -> str:
        """Show the model only."""
        return f"{type(self).__name__}({self.name!r})"

    @property
    def context_tokens(self) -> int | None:
        """The context window in tokens, or None where it is unknown."""
        return pricing.context_window(self._terms.model, provider=self._provider)

    @property
    def _provider(self) -> str:
        return self.name.partition("/")[0]

    async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
        """Ask and return the validated answer.

        Args:
            request: The question.
            on_partial: Called once, with the whole answer.

        Raises:
            AnswerError: There is no answer to use; its subclass says why.
        """
        tally = Tally(self._patience.deadline)
        parsed = await in_time(self._retried(request, tally), self._patience, self.name, tally)
        if on_partial is not None:
            on_partial(parsed.model_dump(mode="json"))
        return Answer(
            parsed=parsed,
            text=parsed.model_dump_json(by_alias=True),
            usage=tally.usage,
            attempts=tally.attempts,
            seconds=tally.seconds,
            model=tally.model or self._terms.model,
            cost=pricing.cost(tally.usage, self._terms.model, provider=self._provider),
        )

    async def count_tokens(self, text: str) -> int:
        """Return an upper estimate of how many tokens ``text`` is.

        Args:
            text: Any text.
        """
        return estimate_tokens(text)

    async def aclose(self) -> None:
        """Close the connections that this event loop opened, where the SDK can."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        close = getattr(client.client, "close", None) if client is not None else None
        if close is not None:
            closing = close()
            if asyncio.iscoroutine(closing):
                await closing

    async def _retried(self, request: Request, tally: Tally) -> BaseModel:
        try:
            return await with_retries(lambda: self._once(request, tally), self._terms.attempts, tally)
        except FaultError as error:
            fault = error.fault
        raise tally.error(fault.kind, explain(fault, tally, self.name))

    async def _once(self, request: Request, tally: Tally) -> BaseModel:
        import instructor

        failure: AnswerError | FaultError
        try:
            with quiet_instructor():
                async with asyncio.timeout(self._terms.timeout):
                    parsed = await self._create(request, tally)
        except instructor.core.IncompleteOutputException:
            limit = request.max_output_tokens
            failure = tally.error(TruncatedError, f"The answer of {self.name} was cut off (limit: {limit} tokens).")
        except Exception as error:  # noqa: BLE001 - every SDK raises its own
            failure = self._failure(error, tally)
        else:
            # instructor answers with an instance of a class of its own making.
            return request.response_model.model_validate_json(parsed.model_dump_json(by_alias=True))
        raise failure

    async def _create(self, request: Request, tally: Tally) -> BaseModel:
        loop = asyncio.get_running_loop()
        client: Any = self._clients.get(loop)
        if client is None:
            client = self._clients[loop] = self._build()
        parsed: BaseModel = await client.create(
            response_model=request.response_model,
            messages=[message.model_dump() for message in request.messages],
            max_retries=self._patience.reasks,
            strict=False,
            hooks=_account(tally),
            temperature=self._terms.temperature,
            max_tokens=request.max_output_tokens,
        )
        return parsed

    def _failure(self, error: Exception, tally: Tally) -> AnswerError | FaultError:
        import instructor

        cause = error
        if isinstance(error, instructor.core.InstructorRetryException) and isinstance(error.__cause__, Exception):
            cause = error.__cause__
        if structured.is_validation(cause):
            told = structured.reasons(cause)
            return tally.error(InvalidAnswerError, f"{self.name} gave no valid answer: {told}. Try another model.")
        if isinstance(cause, AssertionError):  # how instructor reports a refusal
            return tally.error(RefusalError, f"{self.name} declined to answer: {redact(str(cause))}")
        fault = diagnose(cause)
        tally.last_fault = fault
        return FaultError(fault)


def _account(tally: Tally) -> object:
    from instructor.core.hooks import Hooks

    def sent(**_: object) -> None:
        tally.attempts += 1

    def received(response: object) -> None:
        tally.add(getattr(response, "usage", None))
        model = getattr(response, "model", None)
        tally.model = model if isinstance(model, str) else tally.model

    hooks = Hooks()
    hooks.on("completion:kwargs", sent)
    hooks.on("completion:response", received)
    return hooks
