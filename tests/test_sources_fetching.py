from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from llmdeal.errors import FetchError
from llmdeal.sources import fetching, load, network
from llmdeal.sources.fetching import fetch
from llmdeal.sources.network import why_not_public

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ARTICLE = "Kestrel Foods achète Bella Nonna pour 1,2 milliard d’euros."
Answer = tuple[int, dict[str, str], bytes]


class _Site(ThreadingHTTPServer):
    """Answers from a table; what is not in it is 404."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Answer | Callable[[_Handler], None]] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that hang up are what is tested."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: _Site

    def do_GET(self) -> None:
        self.server.seen.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        answer = self.server.pages.get(self.path, (404, {}, b""))
        if callable(answer):
            answer(self)
            return
        status, headers, body = answer
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[_Site]:
    with _Site() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextmanager
def _refused(words: str) -> Iterator[None]:
    with pytest.raises(FetchError) as caught:
        yield
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def _text(body: bytes, **headers: str) -> Answer:
    return (
        200,
        {"Content-Type": "text/plain; charset=utf-8"}
        | {key.replace("_", "-"): value for key, value in headers.items()},
        body,
    )


def test_a_page_is_fetched_with_an_honest_request(site: _Site) -> None:
    site.pages["/a?x=1"] = _text(ARTICLE.encode())

    article = load(f"{site.url}/a?x=1", allow_private=True)

    assert (article.text, article.extracted) == (ARTICLE, False)
    [(_, headers)] = site.seen
    assert headers["host"] == site.url.removeprefix("http://")
    assert headers["user-agent"].startswith("llmdeal")


def test_proxies_of_the_environment_are_not_used(site: _Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.pages["/"] = _text(ARTICLE.encode())

    assert load(site.url, allow_private=True).text == ARTICLE


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/plain; charset=windows-1252", ARTICLE.encode("cp1252"), ARTICLE),
        ("text/plain", ARTICLE.encode("cp1252"), ARTICLE),
        ("text/plain", ARTICLE.encode(), ARTICLE),
        ("TEXT/MARKDOWN; charset=utf-8", f"*{ARTICLE}*".encode(), ARTICLE),
        (
            "text/html",
            f'<html><head><meta charset="cp1252"></head><article><p>{ARTICLE}</p></article></html>'.encode("cp1252"),
            ARTICLE,
        ),
        (
            "application/xhtml+xml; charset=utf-16",
            f"<html><article><p>{ARTICLE}</p></article></html>".encode("utf-16"),
            ARTICLE,
        ),
    ],
)
def test_the_charset_of_header_tag_or_content(site: _Site, content_type: str, body: bytes, text: str) -> None:
    site.pages["/a"] = (200, {"Content-Type": content_type}, body)

    assert load(f"{site.url}/a", allow_private=True).text == text


@pytest.mark.parametrize(("coding", "compress"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_compressed_pages(site: _Site, coding: str, compress: Callable[[bytes], bytes]) -> None:
    site.pages["/"] = _text(compress(ARTICLE.encode()), Content_Encoding=coding)

    assert fetch(site.url, allow_private=True).body == ARTICLE.encode()


def test_redirects_are_followed_to_the_end(site: _Site) -> None:
    site.pages["/1"] = (302, {"Location": "/2"}, b"")
    site.pages["/2"] = (308, {"Location": f"{site.url}/3"}, b"")
    site.pages["/3"] = _text(ARTICLE.encode())

    assert fetch(f"{site.url}/1", allow_private=True).url == f"{site.url}/3"


def test_redirects_come_to_an_end(site: _Site) -> None:
    site.pages["/"] = (302, {"Location": "/"}, b"")

    with _refused("more than 5 redirects"):
        fetch(site.url, allow_private=True)
    assert len(site.seen) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)"])
def test_redirects_lead_to_pages_only(site: _Site, target: str) -> None:
    site.pages["/"] = (302, {"Location": target}, b"")

    with _refused("only http and https"):
        fetch(site.url, allow_private=True)


def test_a_redirect_to_a_private_address_is_refused(site: _Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/"] = (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b"")
    real = network.why_not_public
    monkeypatch.setattr(network, "why_not_public", lambda ip: None if ip == "127.0.0.1" else real(ip))

    with _refused("leads to http://169.254.169.254/latest/meta-data: 169.254.169.254 is a link-local address"):
        fetch(site.url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",  # noqa: S104  an address to refuse, not to listen on
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "240.0.0.1",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "localhost",
    ],
)
def test_private_addresses_are_refused_before_anything_is_sent(host: str) -> None:
    with _refused("--allow-private"):
        fetch(f"http://{host}:9/")


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, 1, 6, "", ("1.1.1.1", 80)), (socket.AF_INET, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)

    with _refused("two-faced.example is at 10.0.0.1, a private address"):
        fetch("http://two-faced.example/")


def test_the_connection_goes_to_the_address_that_was_checked(site: _Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        # A second answer would be another one: what DNS rebinding does.
        address = "127.0.0.1" if asked.count("rebinding.example") == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address if "example" in host else host, site.server_port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(network, "why_not_public", lambda _: None)
    site.pages["/"] = _text(ARTICLE.encode())

    assert fetch(f"http://rebinding.example:{site.server_port}/").body == ARTICLE.encode()
    assert asked.count("rebinding.example") == 1
    assert site.seen[0][1]["host"] == f"rebinding.example:{site.server_port}"


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"])
def test_public_addresses(address: str) -> None:
    assert why_not_public(address) is None


def test_too_large_by_header_by_length_and_by_unfolding(site: _Site) -> None:
    site.pages["/header"] = _text(b"x", Content_Length="99999999999999999999")
    site.pages["/body"] = _text(b"x" * 10_000_001)
    site.pages["/bomb"] = _text(gzip.compress(b"\0" * 200_000_000, compresslevel=1), Content_Encoding="gzip")

    for path in ("/header", "/body", "/bomb"):
        with _refused(f"{site.url}{path}: is larger than 10 MB"):
            fetch(site.url + path, allow_private=True)


def test_broken_and_unasked_compression(site: _Site) -> None:
    site.pages["/broken"] = _text(b"not gzip at all", Content_Encoding="gzip")
    site.pages["/cut"] = _text(gzip.compress(ARTICLE.encode())[:-12], Content_Encoding="gzip")
    site.pages["/br"] = _text(b"?", Content_Encoding="br")
    site.pages["/twice"] = _text(b"?", Content_Encoding="gzip, gzip")

    for path, words in {"/broken": "broken", "/cut": "cut off", "/br": "as br", "/twice": "gzip, gzip"}.items():
        with _refused(words):
            fetch(site.url + path, allow_private=True)


def test_what_is_no_page_is_refused(site: _Site) -> None:
    site.pages["/pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF")
    site.pages["/none"] = (200, {}, b"?")
    site.pages["/403"] = (403, {}, b"")
    site.pages["/500"] = (500, {}, b"")
    site.pages["/lost"] = (302, {}, b"")
    expected = {
        "/pdf": "is application/pdf, not a page",
        "/none": "does not say what it is",
        "/403": "answered 403: it refuses programs",
        "/404": "answered 404: there is no such page",
        "/500": "answered 500: try again later",
        "/lost": "answered 302",
    }
    for path, words in expected.items():
        with _refused(words):
            fetch(site.url + path, allow_private=True)


def test_a_server_that_drips_its_headers_or_its_body(site: _Site) -> None:
    def drip_headers(handler: _Handler) -> None:
        for _ in range(100):
            handler.wfile.write(b"H")
            time.sleep(0.05)

    def drip_body(handler: _Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        drip_headers(handler)

    site.pages["/headers"] = drip_headers
    site.pages["/body"] = drip_body
    for path in ("/headers", "/body"):
        begin = time.monotonic()
        with _refused("not finished after 0.3 s"):
            fetch(site.url + path, allow_private=True, seconds=0.3)
        assert time.monotonic() - begin < 4  # the drip takes five seconds


def test_a_server_that_says_nothing(site: _Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "CONNECT_SECONDS", 0.2)
    site.pages["/"] = lambda _: time.sleep(0.5)

    with _refused("did not answer within 0.2 s"):
        fetch(site.url, allow_private=True)


def test_a_resolver_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "CONNECT_SECONDS", 0.1)

    def resolve(*_: object, **__: object) -> list[Any]:
        time.sleep(0.3)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    with _refused("was not resolved within"):
        fetch("http://slow.example/")


def test_nobody_there_and_nobody_who_speaks_http(site: _Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with _refused("cannot be reached"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)
    with _refused("cannot be reached"):
        fetch(site.url.replace("http", "https"), allow_private=True)

    def greet(handler: _Handler) -> None:
        handler.wfile.write(b"220 mail ready\r\n\r\n")

    site.pages["/"] = greet
    with _refused("does not speak HTTP"):
        fetch(site.url, allow_private=True)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")
def test_https_asks_for_the_name_and_checks_it(site: _Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-days", "2", "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    names: list[str] = []
    context.sni_callback = lambda _, name, __: names.append(name)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    site.pages["/"] = _text(ARTICLE.encode())
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", site.server_port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)

    assert fetch(f"https://news.example:{site.server_port}/", allow_private=True).body == ARTICLE.encode()
    with _refused("cannot be reached"):
        fetch(f"https://other.example:{site.server_port}/", allow_private=True)
    assert names == ["news.example", "other.example"]


def test_a_host_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with _refused("there is no host nowhere.example"):
        fetch("http://nowhere.example/")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http:///path", "names no host"),
        ("http://[::1", "no valid address"),
        ("http://example.org:99999/", "no valid address"),
    ],
)
def test_addresses_that_are_none(url: str, words: str) -> None:
    with _refused(words):
        load(url)


def test_a_secret_in_an_address_is_neither_sent_nor_shown() -> None:
    with pytest.raises(FetchError, match="is not sent") as caught:
        fetch("http://me:hunter2@example.org/a?token=s3cret#part")
    assert "hunter2" not in str(caught.value)
    assert "s3cret" not in str(caught.value)
