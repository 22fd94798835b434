"""The client for every OpenAI-compatible server, hosted or embedded."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from llmdeal.llm import pricing, structured
from llmdeal.llm.address import OPENAI, Address, Endpoint, Habits
from llmdeal.llm.counting import estimate_tokens
from llmdeal.llm.exchange import Exchange, Terms
from llmdeal.llm.patience import Patience, in_time
from llmdeal.llm.request import Answer
from llmdeal.llm.schema import strict_schema
from llmdeal.llm.tally import Tally

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from pydantic import BaseModel

    from llmdeal.llm.request import OnPartial, Request

_CONNECT_SECONDS = 10.0


class OpenAIClient:
    """One model behind an OpenAI-compatible address.

    It may be used from one event loop after another: connections belong to the loop that opened them.

    Args:
        name: The model's name as people know it.
        endpoint: Where it is.
        terms: What is sent with every request.
        patience: When to give up.
    """

    enumerates = False

    def __init__(self, name: str, endpoint: Endpoint, terms: Terms, patience: Patience) -> None:
        self.name = name
        self.temperature = terms.temperature
        self._endpoint = endpoint
        self._terms = terms
        self._patience = patience
        self._habits = Habits()
        self._connections: WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[Address, AsyncOpenAI]]
        self._connections = WeakKeyDictionary()
        if (endpoint.priced_at or "").startswith(OPENAI):
            self._habits.token_limit = "max_completion_tokens"  # noqa: S105 - no password

    def __repr__(self) -> str:
        """Show the model only; addresses may hold credentials."""
        return f"{type(self).__name__}({self.name!r})"

    @property
    def context_tokens(self) -> int | None:
        """The context window in tokens, or None where it is unknown."""
        return pricing.context_window(self._terms.model, url=self._endpoint.priced_at)

    async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
        """Ask and return the validated answer.

        Args:
            request: The question.
            on_partial: Called with the partial answer as it grows, where the server streams.

        Returns:
            The answer, with usage and attempts summed over retries and re-asks.

        Raises:
            AnswerError: There is no answer to use; its subclass says why.
            ModelError: An embedded model cannot be had or started.
        """
        tally = Tally(self._patience.deadline)
        exchange = Exchange(
            connect=self._connection,
            terms=self._terms,
            habits=self._habits,
            request=request,
            schema=request.schema or strict_schema(request.response_model),
            tally=tally,
            mode=self._habits.mode,
            on_partial=on_partial,
        )
        asked = structured.ask(exchange, self._patience.reasks)
        parsed = await in_time(asked, self._patience, self.name, tally)
        if on_partial is not None and not exchange.shown:
            on_partial(parsed.model_dump(mode="json", by_alias=True))
        return self._answer(parsed, tally)

    async def count_tokens(self, text: str) -> int:
        """Return an upper estimate of how many tokens ``text`` is.

        Args:
            text: Any text.
        """
        return estimate_tokens(text)

    async def aclose(self) -> None:
        """Close the connections that this event loop opened."""
        held = self._connections.pop(asyncio.get_running_loop(), None)
        if held is not None:
            await held[1].close()

    async def _connection(self) -> tuple[AsyncOpenAI, Address]:
        address = await self._endpoint.locate()
        loop = asyncio.get_running_loop()
        held = self._connections.get(loop)
        if held is None or held[0] != address:
            if held is not None:
                await held[1].close()
            held = (address, self._open(address))
            self._connections[loop] = held
        return held[1], address

    def _open(self, address: Address) -> AsyncOpenAI:
        import httpx2
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient

        timeout = httpx2.Timeout(self._terms.timeout, connect=min(_CONNECT_SECONDS, self._terms.timeout))
        # A redirect would carry the article to an address that nobody chose; a proxy cannot reach this machine.
        # Connections on this machine cost nothing, and none is left open by a caller who forgets aclose().
        limits = httpx2.Limits(max_keepalive_connections=0 if address.is_local else None)
        http = DefaultAsyncHttpxClient(
            follow_redirects=False, trust_env=not address.is_local, timeout=timeout, limits=limits
        )
        return AsyncOpenAI(
            api_key=address.key,
            base_url=address.url,
            http_client=http,
            timeout=timeout,
            max_retries=0,  # our own retries know the deadline and are counted
        )

    def _answer(self, parsed: BaseModel, tally: Tally) -> Answer:
        return Answer(
            parsed=parsed,
            text=tally.last_answer or "",
            usage=tally.usage,
            attempts=tally.attempts,
            seconds=tally.seconds,
            model=tally.model or self._terms.model,
            cost=self._cost(tally),
            notices=(*self._habits.notices, *tally.notices),
        )

    def _cost(self, tally: Tally) -> Decimal | None:
        url = self._endpoint.priced_at
        return Decimal(0) if url is None else pricing.cost(tally.usage, self._terms.model, url=url)
