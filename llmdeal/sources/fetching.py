"""Fetching a page: http and https only, by hand from hop to hop, within limits of time and size."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import httpcore2
import httpx2

from llmdeal.errors import FetchError
from llmdeal.sources.encoding import MAX_BYTES
from llmdeal.sources.network import Deadline, GuardedBackend

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CONTENT_TYPES", "Page", "fetch"]

CONNECT_SECONDS: Final = 10.0
TOTAL_SECONDS: Final = 30.0
MAX_REDIRECTS: Final = 5
CONTENT_TYPES: Final = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")

_OK: Final = 200
_LAST_PORT: Final = 65_535
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_ADVICE: Final = {
    401: "it asks for a login: save the page in a browser and give the file",
    402: "it asks for a payment: save the page in a browser and give the file",
    403: "it refuses programs: save the page in a browser and give the file",
    404: "there is no such page: check the address",
    410: "the page is gone: check the address",
    429: "it is asked too often: try again later",
    451: "it may not show the page here: save it in a browser and give the file",
}
_SAVE_IT: Final = "save the article's text and give the file"
# Finds out whether gzip or zlib was used by looking at the header.
_AUTO_WINDOW: Final = zlib.MAX_WBITS | 32


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered.

    Args:
        url: Where it came from in the end.
        content_type: Its media type, in lower case, without parameters.
        charset: The encoding that the header declares.
        body: Its bytes, decompressed.
    """

    url: str
    content_type: str
    charset: str | None
    body: bytes


def fetch(url: str, *, allow_private: bool = False, seconds: float = TOTAL_SECONDS) -> Page:
    """Fetch a page.

    Proxies from the environment are not used: a proxy would resolve the name itself, unchecked.

    Args:
        url: An http or https address.
        allow_private: Whether loopback, link-local, private and reserved addresses may be reached.
        seconds: How long everything may take, redirects included.

    Returns:
        The page.

    Raises:
        FetchError: The address may not be fetched, cannot be reached, or does not answer with a page.
    """
    deadline = Deadline(seconds)
    backend = GuardedBackend(deadline, allow_private=allow_private)
    with httpcore2.ConnectionPool(network_backend=backend, max_keepalive_connections=0) as pool:
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            try:
                answer = _ask(pool, here, deadline)
            except FetchError as error:
                way = _shown(url) if here == url else f"{_shown(url)} leads to {_shown(here)}"
                msg = f"{way}: {error}"
                raise FetchError(msg) from error
            if isinstance(answer, Page):
                return answer
            here = urljoin(here, answer)
    msg = f"{_shown(url)}: more than {MAX_REDIRECTS} redirects: give the address that a browser ends at."
    raise FetchError(msg)


def _shown(url: str) -> str:
    """Return an address without what may be secret in it."""
    scheme, separator, rest = url.partition("://")
    host, slash, path = rest.partition("#")[0].partition("?")[0].partition("/")
    return f"{scheme}{separator}{host.rpartition('@')[2]}{slash}{path}"


def _target(url: str) -> httpcore2.URL:
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        msg = f"is no valid address ({error}): check it."
        raise FetchError(msg) from error
    if parsed.scheme not in {"http", "https"}:
        msg = f"only http and https addresses are fetched, not {parsed.scheme}: {_SAVE_IT}."
        raise FetchError(msg)
    if parsed.port is not None and not 0 < parsed.port <= _LAST_PORT:
        msg = f"is no valid address (there is no port {parsed.port}): check it."
        raise FetchError(msg)
    if not parsed.host:
        msg = "names no host: check the address."
        raise FetchError(msg)
    if parsed.userinfo:
        msg = f"a user name or password in an address is not sent: {_SAVE_IT}."
        raise FetchError(msg)
    return httpcore2.URL(
        scheme=parsed.raw_scheme, host=parsed.raw_host, port=parsed.port, target=parsed.raw_path or b"/"
    )


def _ask(pool: httpcore2.ConnectionPool, url: str, deadline: Deadline) -> Page | str:
    """Return the page at an address, or where it redirects to."""
    steps = dict.fromkeys(("connect", "read", "write", "pool"), CONNECT_SECONDS)
    headers: dict[str | bytes, str | bytes] = {
        "User-Agent": _user_agent(),
        "Accept": ", ".join(CONTENT_TYPES),
        "Accept-Encoding": "gzip, deflate",
    }
    try:
        with pool.stream("GET", _target(url), headers=headers, extensions={"timeout": steps}) as response:
            return _read(response, url)
    except httpcore2.TimeoutException as error:
        deadline.left()
        msg = f"did not answer within {CONNECT_SECONDS:g} s: try again later, or {_SAVE_IT}."
        raise FetchError(msg) from error
    except httpcore2.NetworkError as error:
        msg = f"cannot be reached ({_reason(error)}): check the address and the network."
        raise FetchError(msg) from error
    except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as error:
        msg = f"does not speak HTTP ({_reason(error)}): check the address."
        raise FetchError(msg) from error


def _reason(error: Exception) -> str:
    cause = error.__cause__ or error
    return getattr(cause, "strerror", None) or str(cause) or type(error).__name__


def _user_agent() -> str:
    try:
        return f"llmdeal/{version('llmdeal')}"
    except PackageNotFoundError:
        return "llmdeal"


def _read(response: httpcore2.Response, url: str) -> Page | str:
    headers = httpx2.Headers(response.headers)
    if response.status in _REDIRECTS and "location" in headers:
        return headers["location"]
    if response.status != _OK:
        advice = _ADVICE.get(response.status, f"try again later, or {_SAVE_IT}")
        msg = f"answered {response.status}: {advice}."
        raise FetchError(msg)
    content_type, _, parameters = headers.get("content-type", "").lower().partition(";")
    content_type = content_type.strip()
    if content_type not in CONTENT_TYPES:
        sent = f"is {content_type}" if content_type else "does not say what it is"
        msg = f"{sent}, not a page of HTML, Markdown or plain text: {_SAVE_IT}."
        raise FetchError(msg)
    _refuse_large(headers.get("content-length", ""))
    body = _decompress(response.iter_stream(), headers.get("content-encoding", ""))
    return Page(url=url, content_type=content_type, charset=_charset(parameters), body=body)


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        key, _, value = parameter.partition("=")
        if key.strip() == "charset":
            return value.strip("\"' ") or None
    return None


def _refuse_large(length: str) -> None:
    if length.isdecimal() and (len(length) > len(str(MAX_BYTES)) or int(length) > MAX_BYTES):
        raise _too_large()


def _too_large() -> FetchError:
    return FetchError(f"is larger than {MAX_BYTES // 1_000_000} MB: {_SAVE_IT}.")


def _decompress(chunks: Iterable[bytes], encoding: str) -> bytes:
    """Collect a body, never holding more than the limit of it, however far it unfolds."""
    coding = encoding.strip().lower() or "identity"
    if coding not in {"identity", "gzip", "x-gzip", "deflate"}:
        msg = f"came compressed as {coding}, which was not asked for: {_SAVE_IT}."
        raise FetchError(msg)
    inflate = None if coding == "identity" else zlib.decompressobj(_AUTO_WINDOW)
    body = bytearray()
    try:
        for chunk in chunks:
            body += chunk if inflate is None else inflate.decompress(chunk, MAX_BYTES + 1 - len(body))
            if len(body) > MAX_BYTES:
                raise _too_large()
    except zlib.error as error:
        msg = f"came with broken compression ({error}): try again later, or {_SAVE_IT}."
        raise FetchError(msg) from error
    if inflate is not None and not inflate.eof:
        msg = f"came cut off: try again later, or {_SAVE_IT}."
        raise FetchError(msg)
    return bytes(body)
