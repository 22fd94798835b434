"""Which model is meant by what a caller says, or by what the environment says where the caller does not."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from llmdeal.errors import ModelError
from llmdeal.llm.address import OPENAI, Address, FixedEndpoint
from llmdeal.llm.client import OpenAIClient
from llmdeal.llm.exchange import Terms
from llmdeal.llm.faults import redact
from llmdeal.llm.patience import DEADLINE, TIMEOUT, Patience
from llmdeal.llm.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmdeal.llm.request import LLM
    from llmdeal.llm.weights.growing import Progress

OPENAI_DEFAULT = "gpt-4.1-mini"
"""Asked when there is a key for OpenAI and no model is named."""

_NO_KEY = "none"
_OPENAI_NAME = re.compile(r"(gpt-(?!oss)|chatgpt-|o\d|ft:)", re.IGNORECASE)
_announced: set[str] = set()


def connect(
    settings: Settings | None = None,
    *,
    announce: Callable[[str], None] | None = None,
    progress: Progress | None = None,
) -> LLM:
    """Return the model that the settings, or else the environment, mean.

    Args:
        settings: The caller's wishes.
        announce: Called once in a process when the embedded model runs for want of a key. Default: a line on stderr.
        progress: Called with the bytes done and the bytes in all, if weights have to be pulled. Default: on stderr.

    Returns:
        The model, ready to be asked. Nothing is fetched or started before the first question.

    Raises:
        ModelError: The model is not known, or what it needs is not installed or not set.

    Example:
        >>> connect(Settings(model="gpt-4.1-mini", api_key="sk-test")).name
        'openai/gpt-4.1-mini'
    """
    settings = settings or Settings()
    progress = progress or _progress_on_stderr
    model = settings.model or os.environ.get("LLMDEAL_MODEL") or None
    base_url = settings.base_url or os.environ.get("OPENAI_BASE_URL") or None
    if model is not None and settings.base_url is None and is_embedded(model):
        return _embedded(model, settings, progress)
    if base_url is not None:
        return _at(base_url, model, settings)
    if model is None and not _key(settings):
        _announce_embedded(announce)
        return _embedded("embedded", settings, progress)
    return _named(model or OPENAI_DEFAULT, settings)


def is_embedded(model: str) -> bool:
    """Return whether ``model`` names a model that runs on this machine.

    Args:
        model: A model's name, or the path of a ``.gguf`` file.

    Example:
        >>> is_embedded("embedded"), is_embedded("models/mine.gguf"), is_embedded("gpt-4.1")
        (True, True, False)
    """
    from llmdeal.llm.weights.catalogue import KNOWN

    return model.lower().endswith(".gguf") or model.lower() in {"embedded", *KNOWN}


def _embedded(model: str, settings: Settings, progress: Progress) -> LLM:
    from llmdeal.llm.embedded import embedded

    return embedded(model, settings, progress)


def _named(model: str, settings: Settings) -> LLM:
    provider, _, name = model.rpartition("/")
    if provider in {"", "openai"}:
        if not name or (not provider and not _OPENAI_NAME.match(name)):
            raise ModelError(_unknown(model))
        key = _key(settings)
        if not key:
            message = f"{model} needs a key: set OPENAI_API_KEY, or use --model embedded, which needs none."
            raise ModelError(message)
        return _client(f"openai/{name}", name, Address(OPENAI, key), settings)
    from llmdeal.llm.provider import connect_provider

    return connect_provider(model, settings, unknown=_unknown(model))


def _at(base_url: str, model: str | None, settings: Settings) -> LLM:
    if not re.match(r"https?://[^/]", base_url):
        message = f"The address {redact(base_url)} is none: it starts with http:// or https:// and usually ends in /v1."
        raise ModelError(message)
    # Most servers of one's own take any key, but the SDK insists on one.
    address = Address(base_url.rstrip("/"), _key(settings) or _NO_KEY)
    if model is None:
        model = OPENAI_DEFAULT if address.url == OPENAI else _only_model(address)
    bare = model.removeprefix("openai/")
    # openai/gpt-oss-20b is a repository's name and stays whole.
    name = bare if _OPENAI_NAME.match(bare) else model
    return _client(f"openai/{name}" if address.url == OPENAI else name, name, address, settings)


def _client(shown: str, model: str, address: Address, settings: Settings) -> OpenAIClient:
    terms = Terms(
        model=model,
        temperature=settings.temperature,
        seed=settings.seed,
        timeout=settings.timeout or TIMEOUT,
        attempts=settings.transport_attempts,
    )
    return OpenAIClient(shown, FixedEndpoint(address), terms, Patience(settings.deadline or DEADLINE, settings.reasks))


def _only_model(address: Address) -> str:
    import httpx2
    from openai import DefaultHttpxClient, OpenAI, OpenAIError

    http = DefaultHttpxClient(follow_redirects=False, trust_env=not address.is_local)
    try:
        with OpenAI(api_key=address.key, base_url=address.url, http_client=http, max_retries=1, timeout=10) as client:
            names = sorted(model.id for model in client.models.list().data or ())
    except (OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        reason = redact(str(error), address.key)
    else:
        if len(names) == 1:
            return names[0]
        reason = f"it has {', '.join(names[:20]) or 'none'}"
    message = f"Which model at {address.shown}? Name it with --model ({reason})."
    raise ModelError(message)


def _key(settings: Settings) -> str | None:
    return settings.api_key or os.environ.get("OPENAI_API_KEY") or None


def _unknown(model: str) -> str:
    from llmdeal.llm.weights.catalogue import KNOWN

    return (
        f"There is no model {model!r}. Known: embedded ({', '.join(KNOWN)}), the path of a .gguf file, OpenAI's names "
        f"such as {OPENAI_DEFAULT}, provider/model such as anthropic/claude-sonnet-4-5, or any name with --base-url."
    )


def _announce_embedded(announce: Callable[[str], None] | None) -> None:
    if "embedded" in _announced:
        return
    _announced.add("embedded")
    from llmdeal.llm.weights.catalogue import DEFAULT

    line = f"No key and no address are set: the embedded model {DEFAULT} answers, on this machine."
    if announce is None:
        sys.stderr.write(f"{line}\n")
    else:
        announce(line)


def _progress_on_stderr(done: int, total: int) -> None:
    percent = done * 100 // total
    if percent != _progress_shown.get("percent"):
        _progress_shown["percent"] = percent
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\rFetching the weights: {percent} % of {total / 1e6:,.0f} MB{end}")
        sys.stderr.flush()


_progress_shown: dict[str, int] = {}
