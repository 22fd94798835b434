"""What only a process of its own can show: its streams, its signals, its start."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ARTICLE = "LONDON, Nov 3 2025 - Kestrel buys Bella Nonna for $1.2 billion. Its shares rose 5%."
PROGRAM = (sys.executable, "-m", "llmdeal")
# The command line with a model that answers by itself after a while, a field at a time.
FAKE = (
    sys.executable,
    "-c",
    """
import asyncio
import llmdeal.llm
from llmdeal.llm import FakeLLM

class Slow(FakeLLM):
    async def ask(self, request, *, on_partial=None):
        if on_partial is not None:
            on_partial({"deal_type": "acquisition", "value": "a1", "acquirer": ["Kestrel\\x1b[2J"]})
        await asyncio.sleep(0.5)
        return await super().ask(request, on_partial=on_partial)

answer = {"sentence": "s1", "deal_type": "acquisition", "status": "agreed", "value": "a1"}
llmdeal.llm.connect = lambda *_, **__: Slow([answer])
from llmdeal.cli import main
main()
""",
)


# A pull that takes half a second.
PULL = (
    *FAKE[:2],
    """
import time
from llmdeal.llm import weights

def pull(name, *, progress):
    for done in range(0, 101, 10):
        progress(done * 1_000_000, 100_000_000)
        time.sleep(0.05)
    return name

weights.pull = pull
from llmdeal.cli import main
main()
""",
)


def _run(
    arguments: Sequence[str], *, program: Sequence[str] = PROGRAM, text: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*program, *arguments], input=text, capture_output=True, text=True, check=False, timeout=60, encoding="utf-8"
    )


def _only_tells_what_takes_long(stderr: str) -> bool:
    return all(line.startswith("llmdeal: ") and line.endswith(" ...") for line in stderr.splitlines())


def test_a_pipe_in_and_a_pipe_out() -> None:
    done = _run(["summarize", "-"], program=FAKE, text=ARTICLE)

    assert done.returncode == 0
    assert _only_tells_what_takes_long(done.stderr)
    assert "USD 1,200,000,000" in done.stdout
    assert "\x1b" not in done.stdout


def test_bad_input_without_a_traceback() -> None:
    done = _run(["summarize", "no-such.txt"])

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "llmdeal: error: There is no file no-such.txt: check the path.\n"


def _on_a_terminal(arguments: Sequence[str], *, program: Sequence[str] = FAKE) -> tuple[int, str]:
    """Run the program with a terminal on all its streams, and return its exit code and what it showed."""
    master, slave = pty.openpty()
    variables = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR"}}
    process = subprocess.Popen(
        [*program, *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=variables | {"TERM": "xterm-256color", "COLUMNS": "100"},
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    return process.wait(timeout=60), shown.decode()


def test_a_terminal_sees_fields_arrive_and_colours(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")

    code, shown = _on_a_terminal(["summarize", str(path), "--explain"])

    assert code == 0
    assert "the model is reading" in shown
    assert "$1.2 billion" in shown.partition("LONDON")[0]
    assert "Kestrel[2J" in shown
    assert "\x1b[1;32m$1.2 billion" in shown


def test_a_terminal_sees_how_far_a_pull_is() -> None:
    code, shown = _on_a_terminal(["model", "pull", "smollm2-135m"], program=PULL)

    assert code == 0
    assert "pulling smollm2-135m" in shown
    assert "/100.0 MB" in shown
    assert shown.rstrip().endswith("smollm2-135m")


def test_an_interrupt_is_quiet_while_waiting_for_input() -> None:
    _interrupt([*PROGRAM, "mentions", "-"], after=1.0)


def test_an_interrupt_is_quiet_while_the_model_works(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    asked = "print('asked', flush=True); await asyncio.sleep(30)"
    program = FAKE[2].replace("await asyncio.sleep(0.5)", asked)
    _interrupt([*FAKE[:2], program, "summarize", str(path)], wait_for=b"asked")


def _interrupt(command: Sequence[str], *, after: float = 0.0, wait_for: bytes = b"") -> None:
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        if wait_for:
            assert wait_for in process.stdout.readline()
        time.sleep(after)
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=20)
        assert time.monotonic() - begin < 5
        assert code == 130
        assert _only_tells_what_takes_long(process.stderr.read().decode())


def test_a_reader_that_goes_away_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run([*PROGRAM, "schema"], stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60)

    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 1


def test_help_starts_about_as_fast_as_its_libraries() -> None:
    def seconds(*command: str) -> float:
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return time.perf_counter() - begin

    # In turns, so that both see the same machine, and the best of each: the rest is what else runs on it.
    floor = (sys.executable, "-c", "import typer, rich")
    pairs = [(seconds(*floor), seconds(*PROGRAM, "--help")) for _ in range(12)]

    assert min(ours for _, ours in pairs) <= 2 * min(theirs for theirs, _ in pairs)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from llmdeal.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('pydantic', 'openai', 'instructor', 'httpx2', 'rich') if name in sys.modules])"
    )

    done = _run([], program=[sys.executable, "-c", code])

    assert done.stdout.splitlines()[-1] == "[]"
