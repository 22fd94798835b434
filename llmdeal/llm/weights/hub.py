"""Weights from Hugging Face, where it can be reached."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from llmdeal.errors import ModelError
from llmdeal.llm.faults import redact
from llmdeal.llm.weights.store import ensure_space, settle, sha256

if TYPE_CHECKING:
    from llmdeal.llm.weights.catalogue import Weights
    from llmdeal.llm.weights.growing import Progress

_RESOLVE_SECONDS = 3.0


def unreachable() -> str | None:
    """Return why Hugging Face is not even asked, or None where it may be.

    huggingface_hub retries for 23 s where a name does not resolve, which shows at once.
    """
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}:
        return "HF_HUB_OFFLINE is set"
    if importlib.util.find_spec("huggingface_hub") is None:
        return "huggingface_hub is not installed (pip install 'llmdeal[embedded]')"
    host = urlsplit(os.environ.get("HF_ENDPOINT") or "https://huggingface.co").hostname or ""
    if getproxies().get("https"):
        return None  # the proxy resolves names, this machine need not
    return None if _resolves(host) else f"the name {host} does not resolve"


def pull(entry: Weights, path: Path, progress: Progress | None) -> None:
    """Download the weights to ``path``.

    Args:
        entry: Whose weights.
        path: Their final name.
        progress: Called with the bytes done and the bytes in all.

    Raises:
        ModelError: Hugging Face cannot be reached, failed, or has another file than the official one.
        OSError: The disk is full or cannot be written to.
    """
    reason = "it is not there" if entry.hub is None else unreachable()
    if reason is not None or entry.hub is None:
        raise ModelError(reason)
    # Resumable by huggingface_hub itself, which keeps what it has in this folder.
    folder = path.with_name(f".{path.name}.hub")
    ensure_space(path, entry.size, entry.name)
    file = _download(entry, folder, progress)
    digest = sha256(file)
    if digest != entry.sha256:
        shutil.rmtree(folder, ignore_errors=True)
        message = f"its file has SHA-256 {digest} in place of {entry.sha256}; it was deleted and is not used"
        raise ModelError(message)
    settle(file, path, entry)
    shutil.rmtree(folder, ignore_errors=True)


def _resolves(host: str) -> bool:
    found: list[bool] = []

    def resolve() -> None:
        try:
            socket.getaddrinfo(host, 443)
        except OSError:
            return
        found.append(True)

    # A resolver that hangs cannot be interrupted, so it hangs in a thread of its own.
    thread = threading.Thread(target=resolve, daemon=True)
    thread.start()
    thread.join(_RESOLVE_SECONDS)
    return bool(found)


def _download(entry: Weights, folder: Path, progress: Progress | None) -> Path:
    from huggingface_hub import hf_hub_download

    assert entry.hub is not None  # noqa: S101 - pull has asked
    try:
        file = hf_hub_download(
            entry.hub.repository,
            entry.hub.filename,
            revision=entry.hub.revision,
            local_dir=folder,
            endpoint=os.environ.get("HF_ENDPOINT"),
            etag_timeout=_RESOLVE_SECONDS,
            tqdm_class=_bar(progress, entry.size),
        )
    except OSError as error:
        if error.errno is not None:
            raise
        raise ModelError(redact(str(error))) from error
    except Exception as error:  # huggingface_hub raises what its HTTP library raises
        raise ModelError(redact(str(error))) from error
    return Path(file)


def _bar(progress: Progress | None, total: int) -> type[_Bar]:
    return type("_Bar", (_Bar,), {"tell": staticmethod(progress or (lambda _done, _total: None)), "whole": total})


class _Bar:
    """As much of tqdm's interface as huggingface_hub uses, so that progress goes where ours goes."""

    tell: Progress
    whole: int

    def __init__(self, *_: object, initial: int = 0, total: int | None = None, **__: object) -> None:
        self.n = initial
        self.total = total

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def update(self, n: float | None = 1) -> None:
        self.n += int(n or 0)
        self.tell(min(self.n, self.whole), self.whole)

    def close(self) -> None:
        pass

    refresh = set_description = reset = close
