"""Connections that go only where they may, and end when their time is up.

The check sits where the connection is made: a name is resolved once, every address that it has is looked at,
and the socket is opened to one of these very addresses. A redirect, or a name that resolves differently the
second time, cannot get around it.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import httpcore2

from llmdeal.errors import FetchError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

__all__ = ["Deadline", "GuardedBackend", "why_not_public"]

_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_IPv4_BITS: Final = 0xFFFFFFFF


class Deadline:
    """The moment at which a fetch has to be over.

    Args:
        seconds: How far from now it is.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Return the seconds that are left.

        Args:
            at_most: The limit of this one step.

        Raises:
            FetchError: There are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            msg = f"not finished after {self.seconds:g} s: try again later, or save the text and give the file."
            raise FetchError(msg)
        return left if at_most is None else min(left, at_most)


def why_not_public(address: str) -> str | None:
    """Return what keeps an address from being a public one, or None.

    Args:
        address: An IPv4 or IPv6 address. One IPv4 address inside an IPv6 one is looked at for itself.

    Example:
        >>> why_not_public("127.0.0.1"), why_not_public("::ffff:10.0.0.1"), why_not_public("1.1.1.1")
        ('a loopback address', 'a private address', None)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _inner_ipv4(ip)
        if inner is not None:
            return why_not_public(str(inner))
        if ip.is_site_local:
            return "a private address"
    reasons = {
        "a loopback address": ip.is_loopback,
        "a link-local address": ip.is_link_local,
        "a multicast address": ip.is_multicast,
        "an unspecified address": ip.is_unspecified,
        "a reserved address": ip.is_reserved,
        "a private address": ip.is_private or not ip.is_global,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _inner_ipv4(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & _IPv4_BITS)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections to addresses that were checked.

    Args:
        deadline: When everything has to be over.
        allow_private: Whether loopback, link-local, private and reserved addresses may be reached.
    """

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._backend = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of a host that answers, once all of them are checked.

        Raises:
            FetchError: The host is unknown, or one of its addresses is not public.
            httpcore2.ConnectError: None of the addresses answers.
        """
        addresses = _resolve(host, port, self._deadline.left(timeout))
        if not self._allow_private:
            _refuse_private(host, addresses)
        for address in addresses[:-1]:
            try:
                stream = self._backend.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
            return _DeadlineStream(stream, self._deadline)
        stream = self._backend.connect_tcp(
            addresses[-1], port, self._deadline.left(timeout), local_address, socket_options
        )
        return _DeadlineStream(stream, self._deadline)


class _DeadlineStream(httpcore2.NetworkStream):
    """A stream of which no single read outlives the deadline: a server that drips bytes does not hold us."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  the signature of httpcore2
        return self._stream.get_extra_info(info)


def _refuse_private(host: str, addresses: list[str]) -> None:
    for address in addresses:
        reason = why_not_public(address)
        if reason is not None:
            where = "is" if address == host else f"is at {address},"
            msg = f"{host} {where} {reason}: give --allow-private (allow_private=True) if that is meant."
            raise FetchError(msg)


def _resolve(host: str, port: int, timeout: float) -> list[str]:
    """Return the addresses of a host, in the system's order of preference.

    The system's resolver knows no time limit, so it is asked from a thread that may be left behind.
    """
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answers.put(error)
        else:
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty as error:
        msg = f"the name {host} was not resolved within {timeout:.0f} s: check the network."
        raise FetchError(msg) from error
    if isinstance(answer, list) and answer:
        return answer
    msg = f"there is no host {host}, or the network is down: check the address."
    raise FetchError(msg) from (answer if isinstance(answer, Exception) else None)
