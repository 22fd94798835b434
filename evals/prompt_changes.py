"""Checks the gate itself: a harmful change of one word of the prompt must fail it, a harmless one must pass.

    python evals/prompt_changes.py harmful             replay what was recorded with the change, and judge it
    python evals/prompt_changes.py harmful --record    ask the model for what is not recorded, then the same

Further options go to run.py, and the exit code is its.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from llmdeal.cli.terminal import one_line
from llmdeal.errors import LLMDealError, PromptError
from llmdeal.prompts import find_prompt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).parent
PROMPT: Final = "deal"
# What is replaced, and by what. Without the article the model still answers, and the answer is wrong; a word of
# the description is not sent, so that the answers of the prompt as it is are replayed.
CHANGES: Final[Mapping[str, tuple[str, str]]] = {
    "harmful": ("{{ article }}", "{{ language }}"),
    "harmless": ("every slot of", "each slot of"),
}
_SENDS_THE_SAME: Final = frozenset({"harmless"})
# Enough stories for the gate to be certain, few enough to be recorded in some minutes.
ARTICLES: Final = (
    "almaraz-caribia.es",
    "brennhagen-results.de",
    "calderwick-series-c.en",
    "harrowgate-pinlark.en",
    "openai-aws.fr",
    "redalva-hidronava.es",
    "thevalys-optimetra.fr",
    "wrenfold-ok-seals.de",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the answers to a changed prompt and return the gate's exit code."""
    parser = argparse.ArgumentParser(description="Judge what a change of one word of the prompt does.")
    parser.add_argument("change", choices=sorted(CHANGES))
    options, further = parser.parse_known_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        try:
            write_changed(options.change, Path(folder))
        except (LLMDealError, OSError) as error:
            print(f"evals/prompt_changes.py: error: {one_line(str(error))}", file=sys.stderr)
            return 2
        only = [word for name in ARTICLES for word in ("--only", name)]
        recordings = HERE / "recordings"
        if options.change not in _SENDS_THE_SAME:
            recordings /= options.change
        script = [sys.executable, str(HERE / "run.py"), "--prompts", folder, "--recordings", str(recordings)]
        command = [*script, *only, *further]
        return subprocess.run(command, check=False).returncode


def write_changed(change: str, folder: Path) -> None:
    """Write the newest prompt, one word of it changed, and its examples to a folder.

    Args:
        change: One of ``CHANGES``.
        folder: Where to.

    Raises:
        PromptError: The words to change do not stand in the prompt exactly once.
    """
    prompt, (old, new) = find_prompt(PROMPT), CHANGES[change]
    if prompt.source.count(old) != 1:
        msg = f"{prompt.reference} does not say {old!r} exactly once: give the {change} change other words."
        raise PromptError(msg)
    (folder / prompt.path.name).write_text(prompt.source.replace(old, new), encoding="utf-8")
    if prompt.examples_source:
        name = f"{prompt.reference}.examples.yaml"
        (folder / name).write_text(prompt.examples_source, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
