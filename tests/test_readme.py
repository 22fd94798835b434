"""What the README shows is true: its Python runs, its commands exist, its demo is the demo."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
import yaml

from llmdeal.cli import app, main
from llmdeal.llm import Answer, FakeLLM, Request
from llmdeal.llm.weights import KNOWN

if TYPE_CHECKING:
    from llmdeal.llm.request import OnPartial

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = [body for kind, body in BLOCK.findall(README) if kind == "python"]
COMMANDS = [line for kind, body in BLOCK.findall(README) if kind == "sh" for line in body.splitlines()]
OURS = [
    shlex.split(line.removeprefix(".venv/bin/")) for line in COMMANDS if "bin/llmdeal" in line or line[:4] == "llmd"
]
SHOWN = re.compile(r"^(?:print|asyncio\.run)\(.*\)  # (.+)$", re.MULTILINE)


class Reader(FakeLLM):
    """Answers as a model would that had read the article."""

    async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
        answer: dict[str, Any] = {
            "sentence": "s1",
            "deal_type": "supply",
            "status": "agreed",
            "supplier": ["Amazon"],
            "customer": ["OpenAI"],
            "value": "a2" if "32,58 milliards" in request.messages[-1].content else "a1",
        }
        if "breakup_fee" in request.response_model.model_fields:
            answer |= {"cloud": "aws", "breakup_fee": "a2"}
        self.enqueue(answer)
        return await super().ask(request, on_partial=on_partial)


@pytest.mark.parametrize("code", PYTHON, ids=range(len(PYTHON)))
def test_python_runs_and_prints_what_its_comments_say(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("llmdeal.summarizer.connect", lambda _: Reader())
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec", dont_inherit=True), {"__name__": "readme"})  # noqa: S102  our own README
    printed = capsys.readouterr().out.splitlines()
    expected = SHOWN.findall(code)
    assert expected
    assert [line for line in expected if line not in printed] == []


def test_there_are_the_examples_that_were_promised() -> None:
    text = "\n".join(PYTHON)
    for name in ("summarize(", "AsyncSummarizer(", "(DealSummary)", "FakeLLM("):
        assert name in text


@pytest.mark.parametrize("command", OURS, ids=shlex.join)
def test_every_command_exists_with_its_options(command: list[str]) -> None:
    group: Any = typer.main.get_command(app)
    words = command[1:]
    while words and words[0] in getattr(group, "commands", {}):
        group = group.commands[words.pop(0)]
    known = {option for parameter in group.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known
    with pytest.raises(SystemExit) as left:
        main([*command[1 : len(command) - len(words)], "--help"])
    assert left.value.code == 0
    assert words or not hasattr(group, "commands")


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("make ")])
def test_every_make_target_exists(line: str) -> None:
    assert re.search(rf"^{line.removeprefix('make ')}:", MAKEFILE, re.MULTILINE)


def test_by_hand_is_what_make_does() -> None:
    for words in ("--require-hashes -r constraints.txt", "--no-deps --no-build-isolation -e .", "-m pytest"):
        assert words in README
        assert words in MAKEFILE
    demo = "llmdeal summarize --model embedded evals/articles/openai-aws.fr.txt"
    assert demo in README
    assert demo in MAKEFILE


def test_every_option_of_summarize_is_in_the_table_or_shown() -> None:
    group: Any = typer.main.get_command(app)
    options = {option for parameter in group.commands["summarize"].params for option in parameter.opts}
    hidden = {"--help", "--allow-private"}
    assert {option for option in options if option.startswith("--")} - hidden <= set(re.findall(r"--[a-z-]+", README))


def test_every_model_and_its_licence_is_told() -> None:
    for weights in KNOWN.values():
        (row,) = [line for line in README.splitlines() if line.startswith(f"| `{weights.name}`")]
        assert weights.licence in row
        assert f"{weights.size / 1e6:,.0f} MB" in row


def test_the_demo_is_the_labelled_article() -> None:
    folder = ROOT / "evals" / "articles"
    labelled = yaml.safe_load((folder / "openai-aws.fr.yaml").read_text(encoding="utf-8"))
    assert (folder / "openai-aws.fr.txt").read_text(encoding="utf-8") == labelled["text"]
