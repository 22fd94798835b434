"""The processes that run llama.cpp's server for this process: started once, shared by all, stopped with it."""

from __future__ import annotations

import atexit
import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from llmdeal.errors import ModelError
from llmdeal.llm.address import Address
from llmdeal.llm.faults import redact

_SPINS = "1000"
"""How long OpenMP's threads wait busily for each other. Its default, without end, costs a factor of ten and more as
soon as another process wants one of the cores; this costs nothing on an idle machine."""

_CACHE_MIB = 1024
"""Memory for the prefixes of prompts that are asked in turn."""


@dataclass(frozen=True)
class Engine:
    """What distinguishes one server from another; those who agree on all of it share one.

    Args:
        name: The model's name.
        path: The weights.
        context_tokens: Context of one request, in tokens.
        parallel: Requests answered at the same time.
    """

    name: str
    path: Path
    context_tokens: int
    parallel: int


class Server:
    """A running llama.cpp server."""

    def __init__(self, engine: Engine) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the server
        key = secrets.token_urlsafe(24)
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
            # -P: the folder of serve.py must not shadow the standard library.
            [sys.executable, "-P", str(Path(__file__).with_name("serve.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={"GOMP_SPINCOUNT": _SPINS, **os.environ},
            start_new_session=True,  # Ctrl-C is for the caller, who stops the server in their turn
        )
        assert self.process.stdin is not None  # noqa: S101 - asked for above
        assert self.process.stdout is not None  # noqa: S101 - asked for above
        self._input: IO[bytes] = self.process.stdin
        self._output: IO[bytes] = self.process.stdout
        told = self._start(engine, key)
        self.address = Address(f"{told['address']}/v1", key)
        self.context_tokens = int(told["context_tokens"])

    @property
    def is_running(self) -> bool:
        """Whether the process is alive."""
        return self.process.poll() is None

    def stop(self) -> None:
        """End the process; harmless when it has ended."""
        self._input.close()
        self._output.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()

    def disown(self) -> None:
        """Let go of a server that belongs to the parent of this forked process."""
        # A copy of the pipe held open here would keep the server alive after its owner has ended.
        self._input.close()
        self._output.close()
        self.process.returncode = 0

    def _start(self, engine: Engine, key: str) -> dict[str, Any]:
        wish = {
            "name": engine.name,
            "path": str(engine.path),
            "context_tokens": engine.context_tokens,
            "parallel": engine.parallel,
            "threads": _threads(),
            "cache_mib": _CACHE_MIB,
            "key": key,
            "sys_path": [entry for entry in sys.path if isinstance(entry, str)],
        }
        try:
            self._input.write(json.dumps(wish).encode() + b"\n")
            self._input.flush()
            line = self._output.readline()
        except OSError:
            line = b""
        if line:
            told: dict[str, Any] = json.loads(line)
            return told
        self.process.wait()
        self._log.seek(0)
        said = [text for text in self._log.read().decode(errors="replace").splitlines() if text.strip()]
        self.stop()
        reason = redact(" ".join(said[-3:])) or f"exit code {self.process.returncode}"
        message = f"llama.cpp could not start with {engine.path}: {reason}. Is it a complete .gguf file?"
        raise ModelError(message)


class Servers:
    """The servers of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.running: dict[Engine, Server] = {}
        self._pid = os.getpid()

    def get(self, engine: Engine) -> Server:
        """Return the server for ``engine``, started if need be."""
        with self._lock:
            server = self.running.get(engine)
            if server is not None and not server.is_running:
                server.stop()
                server = None
            if server is None:
                server = self.running[engine] = Server(engine)
            return server

    def at_hand(self, engine: Engine) -> Server | None:
        """Return the server for ``engine`` if it runs; never waits."""
        server = self.running.get(engine)
        return server if server is not None and server.is_running else None

    def stop(self) -> None:
        """Stop all servers of this process."""
        if os.getpid() != self._pid:
            return
        with self._lock:
            for server in self.running.values():
                server.stop()
            self.running.clear()

    def after_fork(self) -> None:
        """Forget the parent's servers, and its lock, which another thread may have held."""
        self._lock = threading.Lock()
        self._pid = os.getpid()
        for server in self.running.values():
            server.disown()
        self.running = {}


servers = Servers()
atexit.register(servers.stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=servers.after_fork)


def stop_servers() -> None:
    """Stop the embedded servers of this process; the next call starts them again."""
    servers.stop()


def _threads() -> int:
    """Return how many threads llama.cpp is to use: its own choice, physical cores, but no more than we may use."""
    try:
        allowed = len(os.sched_getaffinity(0))
    except AttributeError:
        return -1
    return min(allowed, _physical_cores() or allowed)


def _physical_cores() -> int | None:
    pairs = set()
    for package in Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/physical_package_id"):
        try:
            pairs.add((package.read_text(), package.with_name("core_id").read_text()))
        except OSError:
            return None
    return len(pairs) or None
