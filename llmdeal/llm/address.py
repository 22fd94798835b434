"""Where a model is spoken to, and what is known about the server there."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol
from urllib.parse import urlsplit

OPENAI = "https://api.openai.com/v1"


class OutputMode(Enum):
    """How the shape of the answer is asked for, strongest first."""

    JSON_SCHEMA = "JSON schema"
    JSON_OBJECT = "JSON object"
    TEXT = "plain text"

    @property
    def weaker(self) -> OutputMode | None:
        """The next mode to try, or None after the last one."""
        modes = list(OutputMode)
        place = modes.index(self) + 1
        return modes[place] if place < len(modes) else None


@dataclass(frozen=True)
class Address:
    """One OpenAI-compatible address.

    Args:
        url: Up to and without ``/chat/completions``.
        key: Sent as the bearer token; never shown by ``repr``.
    """

    url: str
    key: str = field(repr=False)

    @property
    def shown(self) -> str:
        """The address as it may be shown: without credentials and query."""
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        host = f"[{host}]" if ":" in host else host
        return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path}"

    @property
    def is_local(self) -> bool:
        """Whether the address is on this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")


class Endpoint(Protocol):
    """Something that has an address, if need be only after it was started."""

    @property
    def priced_at(self) -> str | None:
        """The address under which the price list knows it, or None where answers cost nothing."""

    async def locate(self) -> Address:
        """Return the address; called before every request, since a server may have been started anew."""


@dataclass(frozen=True)
class FixedEndpoint:
    """A server that somebody else runs."""

    address: Address

    @property
    def priced_at(self) -> str:
        """The address."""
        return self.address.url

    async def locate(self) -> Address:
        """Return the address."""
        return self.address


@dataclass
class Habits:
    """What was learnt about a server, kept for as long as its client lives.

    Args:
        mode: The strongest output mode that it honours, as far as is known.
        token_limit: The parameter in which it takes the limit on output tokens.
        refused: Parameters that it refuses.
        streams: Whether it streams when asked to.
        notices: What of this a careful caller should know.
    """

    mode: OutputMode = OutputMode.JSON_SCHEMA
    token_limit: str = "max_tokens"  # noqa: S105 - no password
    refused: set[str] = field(default_factory=set)
    streams: bool = True
    notices: list[str] = field(default_factory=list)
