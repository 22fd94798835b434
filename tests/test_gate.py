"""The gate: ``evals/run.py``, the script that continuous integration runs, and what it writes."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest

from llmdeal.errors import RefusalError
from llmdeal.evaluation import (
    load_articles,
    load_run,
    run_articles,
    save_run,
)
from llmdeal.llm import Recording
from llmdeal.prompts import find_prompt
from llmdeal.summarizer import AsyncSummarizer
from tests.invented import IDS, POOR, WellRead, write_articles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from llmdeal.evaluation.runs import Run

ROOT = Path(__file__).parents[1]
MODEL = "qwen2.5-coder-1.5b"


class Done(NamedTuple):
    """What a script did."""

    returncode: int
    stdout: str
    stderr: str


def process(name: str, *arguments: str | Path) -> Done:
    command = [sys.executable, ROOT / "evals" / name, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    return Done(done.returncode, done.stdout, done.stderr)


def script(name: str) -> ModuleType:
    """Import a script, as a process of its own for every case takes too long."""
    spec = importlib.util.spec_from_file_location(f"evals_{name}", ROOT / "evals" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Checkout:
    """A folder with articles, recordings and a baseline of its own, and the gate run in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.articles = folder / "articles"
        self.recordings = folder / "recordings"
        self.baseline = folder / "baselines" / "accepted.jsonl"
        self._capsys = capsys

    def record(self, told: Mapping[str, dict[str, Any] | Exception] | None = None) -> None:
        """Record what a model answers that is told to, in place of what was recorded."""
        shutil.rmtree(self.recordings)
        record(self.articles, self.recordings, told)

    def gate(self, *arguments: str | Path) -> Done:
        places = ("--articles", self.articles, "--recordings", self.recordings, "--baseline", self.baseline)
        code = script("run").main([str(word) for word in ("--resamples", "99", *places, *arguments)])
        return Done(code, *self._capsys.readouterr())


def record(articles: Path, recordings: Path, told: Mapping[str, dict[str, Any] | Exception] | None = None) -> Run:
    summarizer = AsyncSummarizer(llm=Recording(recordings, WellRead(told, name=MODEL)))
    return asyncio.run(run_articles(summarizer, load_articles(articles), recordings / "run.jsonl"))


@pytest.fixture(name="original", scope="module")
def _original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose baseline is what is recorded in it."""
    folder = tmp_path_factory.mktemp("original")
    write_articles(folder / "articles")
    save_run(folder / "baselines" / "accepted.jsonl", record(folder / "articles", folder / "recordings"))
    return folder


@pytest.fixture(name="checkout")
def _checkout(original: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Checkout:
    shutil.copytree(original, tmp_path / "checkout")
    return Checkout(tmp_path / "checkout", capsys)


# --- the recordings of this repository


def test_the_recordings_are_not_worse_than_the_baseline() -> None:
    done = process("run.py", "--resamples", "99", "--json")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    figures = json.loads(done.stdout)
    assert (figures["passed"], figures["regressions"]) == (True, [])
    assert figures["articles"] == len(load_articles(ROOT / "evals" / "articles"))
    assert figures["replayed"] == figures["articles"] - figures["failed"]
    assert figures["ungrounded_rate"] == 0


def test_a_harmful_change_of_one_word_of_the_prompt_fails_the_gate() -> None:
    done = process("prompt_changes.py", "harmful", "--json")
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr
    verdict = json.loads(done.stdout)
    assert verdict["gated"]["f1"]["regressed"]
    assert len({change["article"] for change in verdict["lost"]}) >= 6
    assert {change["slot"] for change in verdict["lost"]} >= {"parties.name", "parties.role"}
    told = process("prompt_changes.py", "harmful").stdout
    for change in verdict["lost"]:
        assert f"{change['article']}: {change['slot']}: lost " in told


def test_a_harmless_change_of_one_word_of_the_prompt_passes_the_gate() -> None:
    done = process("prompt_changes.py", "harmless")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert done.stdout.endswith("\nnot worse than the baseline\n")


@pytest.mark.parametrize("change", ["harmful", "harmless"])
def test_a_change_of_the_prompt_is_one_word_and_renders(tmp_path: Path, change: str) -> None:
    script("prompt_changes").write_changed(change, tmp_path)
    ours, changed = find_prompt("deal"), find_prompt("deal", tmp_path)
    changed.check()
    assert changed.examples_source == ours.examples_source
    pairs = zip(ours.source.split(), changed.source.split(), strict=True)
    assert sum(one != other for one, other in pairs) == 1


# --- the script


def test_what_is_recorded_passes_against_itself(checkout: Checkout) -> None:
    done = checkout.gate()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\nnot worse than the baseline\n")
    assert json.loads(done.stdout.splitlines()[0])["f1"] == 1.0


def test_a_regression_is_told_by_article_slot_and_sentence(checkout: Checkout) -> None:
    checkout.record({**dict.fromkeys(IDS[:7], POOR), "larch": RefusalError("it declined")})
    done = checkout.gate("--json")
    assert done.returncode == 1, done.stderr
    data = json.loads(done.stdout)
    assert {change["article"] for change in data["lost"]} == {*IDS[:7], "larch"}
    assert data["failed"] == 1
    assert any(line.startswith("f1: 1.000 -> ") for line in data["regressions"])
    told = checkout.gate().stdout
    assert "cedar: value: lost USD 1,500,000,000: was USD 1,500,000,000, is nothing" in told
    assert "    | LONDON, Nov 3 2025 - Cedar Holdings agreed to buy Bella Cedar for $1.5 billion." in told
    assert "larch: deal_type: lost acquisition" in told


def test_a_loss_that_may_be_luck_passes_and_is_told(checkout: Checkout) -> None:
    checkout.record({"cedar": POOR})
    done = checkout.gate()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "cedar: parties.role: lost acquirer" in done.stdout
    assert done.stdout.endswith("\nnot worse than the baseline\n")


def test_what_is_accepted_is_the_new_baseline(checkout: Checkout) -> None:
    checkout.record(dict.fromkeys(IDS[:7], POOR))
    assert checkout.gate().returncode == 1
    assert checkout.gate("--accept").returncode == 0
    assert checkout.gate().returncode == 0
    run = load_run(checkout.baseline)
    assert ([one.id for one in run.answers], run.about.model) == (list(IDS), MODEL)


def test_reports_are_written_and_markdown_can_be_printed(checkout: Checkout, tmp_path: Path) -> None:
    done = checkout.gate("--junit", tmp_path / "g.xml", "--markdown", tmp_path / "g.md")
    assert done.returncode == 0, done.stderr
    cases = ET.parse(tmp_path / "g.xml").getroot().iter("testcase")  # noqa: S314  our own file
    assert {case.get("name") for case in cases} >= {*IDS, "f1", "f1:value", "f1:deal_type", "f1:parties.role"}
    printed = checkout.gate("--markdown", "-").stdout
    assert printed == (tmp_path / "g.md").read_text(encoding="utf-8")
    assert printed.startswith("## Evaluation: not worse than the baseline\n")


def test_only_some_articles_can_be_judged(checkout: Checkout) -> None:
    done = checkout.gate("--only", "early", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["articles"] == 6


def test_what_was_never_recorded_says_how_to_record_it(checkout: Checkout, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    for path in (ROOT / "prompts").glob("deal.*"):
        text = path.read_text(encoding="utf-8")
        (prompts / path.name).write_text(text.replace("one business deal", "one deal"), encoding="utf-8")
    done = checkout.gate("--prompts", prompts)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "No recording" in done.stderr
    assert done.stderr.endswith(" (--record asks the model.)\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--baseline", "none.jsonl"), "none.jsonl: cannot be read"),
        (("--recordings", "none"), f"No recordings of {MODEL} in none"),
        (("--articles", "none"), "none: there is no such file or folder"),
        (("--only", "fr"), "No article has the id, language or tag 'fr'"),
        (("--only", "almond"), "The runs share 1 stories"),
        (("--accept", "--only", "early"), "--accept makes a baseline of all articles"),
        (("--json", "--markdown", "-"), "both print to standard output"),
        (("--junit", "none/g.xml"), "none/g.xml"),
        (("--prompt", "none"), "There is no prompt 'none'"),
    ],
)
def test_what_cannot_be_run_is_one_line(checkout: Checkout, arguments: tuple[str, ...], told: str) -> None:
    done = checkout.gate(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("evals/run.py: error: ")
    assert told in done.stderr


def test_a_baseline_of_another_form_is_told(checkout: Checkout) -> None:
    checkout.baseline.write_text('{"id": "almond", "deal": null}\n', encoding="utf-8")
    done = checkout.gate()
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "is no saved run" in done.stderr
