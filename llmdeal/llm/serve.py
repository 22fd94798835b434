"""The process that runs llama.cpp's server; started by ``embedded``, never imported.

A process of its own, because OpenMP's threads do not survive a fork, because a failed assertion in llama.cpp would take
the caller down with it, and because nothing that it prints can then reach the caller's terminal.

It reads one JSON line of parameters, writes one JSON line with its address, and ends when its standard input closes,
that is, when its parent ends, however that comes about.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request


def main() -> None:
    """Serve until standard input closes."""
    # llama.cpp writes to file descriptor 1 as well: keep the real one for the address alone.
    answer = os.dup(1)
    os.dup2(2, 1)
    wish = json.loads(sys.stdin.readline())
    sys.path[:] = wish["sys_path"]
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = wish["path"]
    params.model_alias = {wish["name"]}
    params.n_ctx = wish["context_tokens"] * wish["parallel"]
    params.n_parallel = wish["parallel"]
    params.cpuparams.n_threads = wish["threads"]
    params.cache_ram_mib = wish["cache_mib"]
    params.api_keys = [wish["key"]]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.ui = False
    params.verbosity = 1
    server = xllamacpp.Server(params)
    found = {"address": server.listening_address, "context_tokens": _context(server.listening_address, wish["key"])}
    os.write(answer, json.dumps(found).encode() + b"\n")
    os.close(answer)
    sys.stdin.read()
    # Requests that are still running end with the process; waiting for them would keep it alive.
    os._exit(0)


def _context(address: str, key: str) -> int:
    """Return the context of one request, which is smaller than wished for where the model was trained for less."""
    request = urllib.request.Request(f"{address}/slots", headers={"Authorization": f"Bearer {key}"})  # noqa: S310  the loopback server that was just started
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=30) as answer:
        return int(json.load(answer)[0]["n_ctx"])


if __name__ == "__main__":
    main()
