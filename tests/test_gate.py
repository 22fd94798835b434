"""``evals/run.py``, the script that continuous integration runs on the committed recordings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BASELINE = ROOT / "evals" / "baselines" / "qwen2.5-coder-1.5b.jsonl"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "evals" / "run.py", "--resamples", "99", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_recordings_are_not_worse_than_the_baseline() -> None:
    done = run("--json")
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout)
    assert figures["regressions"] == []
    assert figures["micro"]["f1"] >= 0.8
    assert not figures["ungrounded_rate"]


def test_a_regression_is_told_by_article_and_slot(tmp_path: Path) -> None:
    answers = [json.loads(line) for line in BASELINE.read_text(encoding="utf-8").splitlines()]
    for answer in answers:
        if answer["deal"]:
            answer["deal"] |= {"value": None, "parties": []}
    lost = tmp_path / "lost.jsonl"
    lost.write_text("\n".join(json.dumps(answer) for answer in answers), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _SWAPPED, ROOT / "evals", lost], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "openai-aws.fr: value: USD 38,000,000,000 is now None" in done.stdout
    assert "worse than the baseline" in done.stdout


# The gate with the poorer answers in the place of the recordings.
_SWAPPED = """
import sys
sys.path.insert(0, sys.argv[1])
import run
lost = run._read(run.Path(sys.argv[2]))
async def answers(articles, options):
    return lost
run._answers = answers
sys.exit(run.main(["--resamples", "99"]))
"""


def test_what_was_never_recorded_says_how_to_record_it(tmp_path: Path) -> None:
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    for path in (ROOT / "prompts").glob("deal.*"):
        text = path.read_text(encoding="utf-8")
        (prompts / path.name).write_text(text.replace("one business deal", "one deal"), encoding="utf-8")
    done = run("--prompts", prompts)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "No recording" in done.stderr
    assert "Record it" in done.stderr


def test_a_missing_baseline_is_one_line(tmp_path: Path) -> None:
    done = run("--baseline", tmp_path / "none.jsonl")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
