"""A real HTTP server on a loopback port that speaks OpenAI's chat completions as a script tells it to."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Reply:
    """One scripted response.

    Args:
        content: The assistant's text.
        status: HTTP status; anything but 200 sends ``error`` as the body.
        finish: The finish reason.
        refusal: The refusal, if the model refuses.
        headers: Additional headers.
        error: The body of an error.
        usage: Tokens in, cached, out.
        pause: Seconds before the response, or between pieces where ``drip``.
        drip: Whether the body comes one byte at a time.
        drop: Whether the connection is closed without a response.
        cut: Whether a stream ends before its end.
        raw: A body to send in place of a completion.
    """

    content: str | None = "{}"
    status: int = 200
    finish: str = "stop"
    refusal: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    error: dict[str, Any] | None = None
    usage: tuple[int, int, int] | None = (100, 40, 10)
    pause: float = 0.0
    drip: bool = False
    drop: bool = False
    cut: bool = False
    raw: str | None = None


@dataclass(frozen=True)
class Seen:
    """One request as the server received it."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float


class Loopback:
    """The server; use it as a context manager.

    Args:
        replies: The script; the last reply is repeated for ever.
        models: What ``GET /models`` lists.
        streams: Whether ``stream`` is honoured.
    """

    def __init__(
        self,
        replies: Iterable[Reply] = (),
        *,
        models: Iterable[str] = ("tiny",),
        streams: bool = True,
    ) -> None:
        self.script = deque(replies or (Reply(),))
        self.models = list(models)
        self.streams = streams
        self.seen: list[Seen] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        # The default polls every half second, which every test would wait for at its end.
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def next_reply(self) -> Reply:
        return self.script.popleft() if len(self.script) > 1 else self.script[0]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(owner: Loopback) -> type[BaseHTTPRequestHandler]:  # noqa: C901 - one small method per verb and form
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, TimeoutError):
                self.close_connection = True

        def do_GET(self) -> None:
            listed = {"object": "list", "data": [{"id": m, "object": "model"} for m in owner.models]}
            self._send(200, json.dumps(listed), {})

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = json.loads(self.rfile.read(length) or b"{}")
            owner.seen.append(
                Seen(self.path, {name.lower(): value for name, value in self.headers.items()}, body, time.monotonic())
            )
            reply = owner.next_reply()
            if reply.drop:
                self.close_connection = True
                return
            if reply.pause and not reply.drip:
                time.sleep(reply.pause)
            if reply.status != 200:
                error = {"error": reply.error or {"message": f"scripted {reply.status}"}}
                self._send(reply.status, json.dumps(error), reply.headers)
            elif body.get("stream") and owner.streams and reply.raw is None:
                self._stream(reply, body)
            else:
                text = reply.raw if reply.raw is not None else json.dumps(_completion(reply, body))
                self._send(200, text, reply.headers, drip=reply.pause if reply.drip else None)

        def _send(self, status: int, text: str, headers: dict[str, str], drip: float | None = None) -> None:
            data = text.encode()
            self.send_response(status)
            for name, value in {"content-type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            for piece in [data] if drip is None else [data[i : i + 1] for i in range(len(data))]:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(drip or 0)

        def _stream(self, reply: Reply, body: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("connection", "close")
            self.end_headers()
            self.close_connection = True
            for event in _events(reply, body):
                self.wfile.write(f"data: {event}\n\n".encode())
                self.wfile.flush()
                if reply.drip:
                    time.sleep(reply.pause)

    return Handler


def _events(reply: Reply, body: dict[str, Any]) -> Iterable[str]:
    head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": body.get("model", "")}

    def chunk(delta: dict[str, Any], finish: str | None = None) -> str:
        return json.dumps({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    content = reply.content or ""
    for start in range(0, len(content), 4):
        yield chunk({"content": content[start : start + 4]})
    if reply.cut:
        return
    yield chunk({"refusal": reply.refusal} if reply.refusal else {}, reply.finish)
    if reply.usage and body.get("stream_options", {}).get("include_usage"):
        yield json.dumps({**head, "choices": [], "usage": _usage(reply.usage)})
    yield "[DONE]"


def _completion(reply: Reply, body: dict[str, Any]) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.content, "refusal": reply.refusal}
    completion = {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": body.get("model", ""),
        "choices": [{"index": 0, "finish_reason": reply.finish, "message": message}],
    }
    return {**completion, "usage": _usage(reply.usage)} if reply.usage else completion


def _usage(counts: tuple[int, int, int]) -> dict[str, Any]:
    given, cached, written = counts
    return {
        "prompt_tokens": given,
        "completion_tokens": written,
        "total_tokens": given + written,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
