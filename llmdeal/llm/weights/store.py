"""The folder that weights are kept in, and how a file in it is known to be the official one."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from llmdeal.errors import ModelError
from llmdeal.llm.weights.catalogue import KNOWN, Weights, known

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPARE = 64 << 20


@dataclass(frozen=True)
class Installed:
    """Weights that are ready to be used.

    Args:
        name: The model's name.
        path: Where the file is.
        size: Bytes.
    """

    name: str
    path: Path
    size: int


def folder() -> Path:
    """Return the folder that weights are kept in, whether it exists or not.

    ``LLMDEAL_CACHE`` names another cache folder than the user's own.
    """
    chosen = os.environ.get("LLMDEAL_CACHE")
    if chosen:
        return Path(chosen).expanduser() / "models"
    from platformdirs import user_cache_path

    return user_cache_path("llmdeal", appauthor=False) / "models"


def find(name: str) -> Path | None:
    """Return the file with the weights of ``name``, if it is there and is the official one.

    The digest is computed once; after that the file's size and time of change are enough.

    Args:
        name: A known model.

    Raises:
        ModelError: No such model.
    """
    entry = known(name)
    path = folder() / entry.filename
    try:
        if path.stat().st_size != entry.size:
            return None
    except OSError:
        return None
    if _stamped(path, entry):
        return path
    if sha256(path) != entry.sha256:
        return None
    stamp(path, entry)
    return path


def installed() -> list[Installed]:
    """Return the weights that are ready to be used."""
    found = ((name, find(name)) for name in KNOWN)
    return [Installed(name, path, path.stat().st_size) for name, path in found if path is not None]


def remove(name: str) -> bool:
    """Delete the weights of ``name`` and whatever an interrupted pull left of them.

    Args:
        name: A known model.

    Returns:
        Whether there was anything to delete.

    Raises:
        ModelError: No such model, or the files cannot be deleted.
    """
    path = folder() / known(name).filename
    there = False
    try:
        for file in (path, _stamp_path(path), partial_path(path), record_path(path)):
            if file.exists():
                there = True
                file.unlink()
        for left in path.parent.glob(f".{path.name}.*"):
            if left.is_dir():
                shutil.rmtree(left)
    except OSError as error:
        message = f"Cannot delete {path}: {error.strerror}."
        raise ModelError(message) from error
    return there


def partial_path(path: Path) -> Path:
    """Return where the weights grow before they are complete."""
    return path.with_name(path.name + ".partial")


def record_path(path: Path) -> Path:
    """Return where the finished parts of ``partial_path`` are recorded."""
    return path.with_name(path.name + ".partial.json")


def sha256(path: Path) -> str:
    """Return the digest of a file.

    Args:
        path: The file.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settle(partial: Path, path: Path, entry: Weights) -> None:
    """Move complete weights to their final name, which no half file ever bears.

    Args:
        partial: The complete file, its digest already checked.
        path: The final name, in the same folder.
        entry: Whose weights they are.
    """
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(path)
    stamp(path, entry)
    record_path(path).unlink(missing_ok=True)


def stamp(path: Path, entry: Weights) -> None:
    """Record that ``path`` was found to be the official file.

    Args:
        path: The file.
        entry: Whose weights they are.
    """
    try:
        write_whole(_stamp_path(path), json.dumps(_mark(path, entry)))
    except OSError:
        # A read-only cache is a legitimate one; its files are hashed at each start.
        return


def write_whole(path: Path, text: str) -> None:
    """Write ``text`` so that a reader finds the old content or the new, never half of it.

    Args:
        path: The file to write.
        text: Its new content.
    """
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def ensure_space(path: Path, needed: int, name: str) -> None:
    """Refuse to begin what the disk has no room for.

    Args:
        path: The file that is to grow.
        needed: Bytes still to be written, temporary files included.
        name: The model's name.

    Raises:
        ModelError: There is not enough space.
    """
    free = shutil.disk_usage(path.parent).free
    if free < needed + _SPARE:
        no_space(path, needed + _SPARE, name)


def no_space(path: Path, needed: int, name: str) -> NoReturn:
    """Raise the error for a full disk.

    Args:
        path: The file that cannot grow.
        needed: Bytes that it takes.
        name: The model's name.

    Raises:
        ModelError: Always.
    """
    message = (
        f"Not enough disk space for {name}: {needed / 1e6:,.0f} MB are needed in {path.parent}. "
        "Free some, or set LLMDEAL_CACHE to a folder on another disk."
    )
    raise ModelError(message)


@contextmanager
def disk_errors_explained(path: Path, needed: int, name: str) -> Iterator[None]:
    """Turn a full disk or a folder that cannot be written to into our own error.

    Args:
        path: The file that is written.
        needed: Bytes that it takes.
        name: The model's name.

    Raises:
        ModelError: The file cannot be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            no_space(path, needed, name)
        message = (
            f"Cannot write {path}: {error.strerror or error}. Set LLMDEAL_CACHE to a folder that can be written to."
        )
        raise ModelError(message) from error


def _stamp_path(path: Path) -> Path:
    return path.with_name(path.name + ".verified")


def _mark(path: Path, entry: Weights) -> dict[str, object]:
    state = path.stat()
    return {"sha256": entry.sha256, "size": state.st_size, "mtime_ns": state.st_mtime_ns}


def _stamped(path: Path, entry: Weights) -> bool:
    try:
        return bool(json.loads(_stamp_path(path).read_text("utf-8")) == _mark(path, entry))
    except (OSError, ValueError):
        return False
