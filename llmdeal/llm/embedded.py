"""The model that runs on the user's own machine: llama.cpp's server, started at the first call."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from llmdeal.errors import ModelError, TransportError
from llmdeal.llm import weights
from llmdeal.llm.client import OpenAIClient
from llmdeal.llm.exchange import Terms
from llmdeal.llm.faults import redact
from llmdeal.llm.patience import Patience
from llmdeal.llm.server import Engine, Server, servers

if TYPE_CHECKING:
    from llmdeal.llm.address import Address
    from llmdeal.llm.request import Answer, OnPartial, Request
    from llmdeal.llm.settings import Settings
    from llmdeal.llm.weights.growing import Progress

_TIMEOUT = 1800.0
_DEADLINE = 3600.0


class EmbeddedEndpoint:
    """Finds or pulls the weights and starts their server, when the address is first asked for.

    Args:
        engine: Which server.
        progress: Called with the bytes done and the bytes in all, if the weights have to be pulled.
    """

    def __init__(self, name: str, path: Path | None, settings: Settings, progress: Progress | None) -> None:
        self._name = name
        self._path = path
        self._progress = progress
        known = weights.KNOWN.get(name)
        self._wished = min(settings.context_tokens, known.context_tokens if known else sys.maxsize)
        self.context_tokens = self._wished
        self._parallel = settings.parallel

    @property
    def priced_at(self) -> None:
        """Nowhere: answers cost nothing."""
        return None

    async def locate(self) -> Address:
        """Return the address of the running server."""
        server = servers.at_hand(self._engine(self._path)) if self._path else None
        if server is None:
            server = await asyncio.to_thread(self._start)
        return server.address

    def _start(self) -> Server:
        require_xllamacpp()
        if self._path is None:
            self._path = weights.pull(self._name, progress=self._progress)
        engine = self._engine(self._path)
        server = servers.get(engine)
        self.context_tokens = min(engine.context_tokens, server.context_tokens)
        return server

    def _engine(self, path: Path) -> Engine:
        return Engine(self._name, path, self._wished, self._parallel)


class EmbeddedClient(OpenAIClient):
    """The embedded model, spoken to over HTTP by the same client as every other.

    Args:
        name: The model's name.
        endpoint: What starts the server.
        settings: The caller's wishes.
    """

    enumerates = True

    def __init__(self, name: str, endpoint: EmbeddedEndpoint, settings: Settings) -> None:
        terms = Terms(
            model=name,
            temperature=settings.temperature,
            seed=settings.seed,
            timeout=settings.timeout or _TIMEOUT,
            attempts=settings.transport_attempts,
            grammar=True,
        )
        super().__init__(name, endpoint, terms, Patience(settings.deadline or _DEADLINE, settings.reasks))
        self._embedded = endpoint

    @property
    def context_tokens(self) -> int:
        """The context of one request, in tokens."""
        return self._embedded.context_tokens

    async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
        """Ask; the first question also pulls the weights and starts the server, which no timeout counts.

        Args:
            request: The question.
            on_partial: Called with the partial answer as it grows.

        Raises:
            ModelError: The weights cannot be had, or llama.cpp cannot be started with them.
            AnswerError: There is no answer to use; its subclass says why.
        """
        await self._endpoint.locate()
        return await super().ask(request, on_partial=on_partial)

    async def count_tokens(self, text: str) -> int:
        """Return exactly how many tokens ``text`` is.

        Args:
            text: Any text.

        Raises:
            ModelError: The weights cannot be had, or llama.cpp cannot be started with them.
            TransportError: The server does not answer.
        """
        client, address = await self._connection()
        from openai import OpenAIError

        try:
            url = address.url.removesuffix("/v1") + "/tokenize"
            answer: Any = await client.post(url, cast_to=object, body={"content": text})
        except OpenAIError as error:
            reason = redact(str(error), address.key)
        else:
            return len(answer["tokens"])
        message = f"The embedded server could not count tokens: {reason}."
        raise TransportError(message)


def embedded(name: str, settings: Settings, progress: Progress | None) -> EmbeddedClient:
    """Return the client for an embedded model; nothing is fetched or started yet.

    Args:
        name: A known model, or the path of a ``.gguf`` file.
        settings: The caller's wishes.
        progress: Called with the bytes done and the bytes in all, if the weights have to be pulled.

    Raises:
        ModelError: No such model or file, or llama.cpp is not installed.
    """
    path = None
    if name.lower().endswith(".gguf"):
        path = Path(name).expanduser().resolve()
        if not path.is_file():
            message = f"There is no weights file {name}."
            raise ModelError(message)
        name = path.stem
    else:
        name = weights.known(name).name
    require_xllamacpp()
    return EmbeddedClient(name, EmbeddedEndpoint(name, path, settings, progress), settings)


def require_xllamacpp() -> None:
    """Refuse to go on without llama.cpp.

    Raises:
        ModelError: The extra is not installed.
    """
    if importlib.util.find_spec("xllamacpp") is None:
        message = "The embedded model needs llama.cpp: pip install 'llmdeal[embedded]'."
        raise ModelError(message)
