from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import llmdeal.llm
from llmdeal.deal import Result
from llmdeal.errors import AuthenticationError, EmptyAnswerError, RefusalError
from llmdeal.llm import FakeLLM

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

ARTICLE = "LONDON, Nov 3 2025 - Kestrel buys [b]Bella Nonna[/b] for $1.2 billion. Its shares rose 5%."
DRAFT: dict[str, Any] = {
    "sentence": "s1",
    "headline": "Kestrel buys Bella Nonna",
    "deal_type": "acquisition",
    "status": "agreed",
    "acquirer": ["Kestrel"],
    "target": ["Bella Nonna"],
    "value": "a1",
    "reactions": [{"party": "Kestrel", "percent": "p1"}],
}
NO_DEAL: dict[str, Any] = {"sentence": "s1", "deal_type": "none"}


@pytest.fixture(name="llm")
def _llm(monkeypatch: pytest.MonkeyPatch) -> FakeLLM:
    fake = FakeLLM()

    def connect(settings: object, *, announce: Callable[[str], None], progress: object) -> FakeLLM:
        del settings, progress
        announce("The fake model answers.")
        return fake

    monkeypatch.setattr(llmdeal.llm, "connect", connect)
    return fake


@pytest.fixture(name="run")
def _run(run: Run) -> Run:
    return partial(run, "summarize")


@pytest.fixture(name="article")
def _article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_a_card_shows_each_fact_with_its_words(run: Run, llm: FakeLLM, article: Path) -> None:
    llm.enqueue(DRAFT)

    code, out, err = run(article)

    assert code == 0
    assert "llmdeal: The fake model answers.\n" in err
    for words in ("acquisition, agreed", "Acquirer", "Target", 'USD 1,200,000,000  "$1.2 billion" [s1]', "5%"):
        assert words in out
    assert "[b]" in out
    assert "\x1b" not in out


def test_no_deal_is_said_in_one_line(run: Run, llm: FakeLLM, article: Path) -> None:
    llm.enqueue(NO_DEAL)

    code, out, _ = run(article)

    assert code == 0
    assert out.splitlines()[0] == "No deal: the article announces none."


def test_json_is_the_result(run: Run, llm: FakeLLM, article: Path) -> None:
    llm.enqueue(DRAFT)

    _, out, _ = run(article, "--json")

    result: Result = Result.model_validate_json(out)
    assert result.deal is not None
    assert str(result.deal.value) == "USD 1,200,000,000"
    assert result.text is None
    [evidence] = json.loads(out)["deal"]["value"]["evidence"]
    assert set(evidence) == {"quote", "span", "sentence"}
    assert ARTICLE[evidence["span"]["start"] : evidence["span"]["stop"]] == evidence["quote"]


def test_yaml_is_the_same(run: Run, llm: FakeLLM, article: Path) -> None:
    llm.enqueue(DRAFT, DRAFT)

    _, as_json, _ = run(article, "--json")
    _, as_yaml, _ = run(article, "--yaml")

    expected, found = json.loads(as_json), yaml.safe_load(as_yaml)
    expected["provenance"].pop("seconds")
    found["provenance"].pop("seconds")
    assert found == expected


def test_a_taken_out_text_comes_with_the_result(run: Run, llm: FakeLLM, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# News\n\nKestrel buys *Bella Nonna* for $1.2 billion.", encoding="utf-8")
    llm.enqueue(DRAFT | {"sentence": "s2", "reactions": []})

    _, out, _ = run(path, "--json")

    data = json.loads(out)
    assert data["text"] == "News\n\nKestrel buys Bella Nonna for $1.2 billion."
    [evidence] = data["deal"]["value"]["evidence"]
    assert data["text"][evidence["span"]["start"] : evidence["span"]["stop"]] == "$1.2 billion"


def test_several_articles_are_one_line_of_json_each(run: Run, llm: FakeLLM, article: Path, tmp_path: Path) -> None:
    llm.enqueue(DRAFT, RefusalError("The model declined.", attempts=1), NO_DEAL)

    code, out, err = run(article, tmp_path / "none.txt", article, article, "--json")

    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert lines[0]["deal"]["deal_type"] == "acquisition"
    assert lines[1]["source"] == str(tmp_path / "none.txt")
    assert lines[1]["error"]["type"] == "DocumentError"
    assert lines[2] == {"source": str(article), "error": {"type": "RefusalError", "message": "The model declined."}}
    assert lines[3]["deal"] is None
    assert f"llmdeal: error: {article}: The model declined.\n" in err
    assert err.count("error:") == 2


def test_several_cards_are_told_apart(run: Run, llm: FakeLLM, article: Path) -> None:
    llm.enqueue(DRAFT, NO_DEAL)

    code, out, _ = run(article, article)

    assert code == 0
    assert out.count(f"== {article}\n") == 2


def test_what_concerns_all_articles_ends_the_run_and_keeps_what_is_done(run: Run, llm: FakeLLM, article: Path) -> None:
    llm.enqueue(DRAFT, AuthenticationError("The key was refused."), DRAFT)

    code, out, err = run(article, article, article, "--json")

    assert (code, len(out.splitlines())) == (2, 1)
    assert err.endswith("llmdeal: error: The key was refused.\n")


def test_a_single_failure_is_one_line(run: Run, llm: FakeLLM, article: Path) -> None:
    llm.enqueue(EmptyAnswerError("The model\nsaid \x1b[31mnothing."))

    code, out, err = run(article, "--json")

    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == "llmdeal: error: The model said [31mnothing."


def test_explain_puts_the_evidence_in_brackets_where_there_is_no_colour(
    run: Run, llm: FakeLLM, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    llm.enqueue(DRAFT)

    _, out, _ = run(article, "--explain")

    assert "[Kestrel](acquirer, reactions) buys [b][Bella Nonna](target)[/b] for [$1.2 billion](value)" in out
    assert "[5%](reactions)" in out
    assert "\x1b" not in out


def test_a_terminal_without_colour_gets_brackets_too(
    run: Run, llm: FakeLLM, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    llm.enqueue(DRAFT, DRAFT)

    _, coloured, _ = run(article, "--explain")
    monkeypatch.setenv("NO_COLOR", "1")
    _, plain, _ = run(article, "--explain")

    assert "\x1b[1;32m$1.2 billion\x1b[0m" in coloured
    assert "](value)" not in coloured
    assert "](value)" in plain
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", plain)


def test_options_reach_the_library(run: Run, llm: FakeLLM, article: Path) -> None:
    llm.enqueue(NO_DEAL)

    _, out, _ = run(
        article,
        "--json",
        "--language",
        "fr",
        "--published",
        "2024-01-02",
        "--output-language",
        "de",
        "--prompt",
        "deal.v1",
    )

    assert json.loads(out)["provenance"]["version"] == 1
    [request] = llm.requests
    assert "German" in request.messages[-1].content or "de" in request.messages[-1].content
    assert "2024-01-02" in request.messages[-1].content
