from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from llmdeal import errors
from llmdeal.cli.failures import explain
from llmdeal.cli.terminal import clean, to_json, to_yaml
from llmdeal.llm import weights

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

ARTICLE = "LONDON, Nov 3 2025 - Kestrel buys Bella Nonna for $1.2 billion. It pays 5% now."


@pytest.fixture(name="article")
def _article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_help_is_plain_and_complete(run: Run) -> None:
    code, out, err = run("--help")

    assert (code, err) == (0, "")
    for command in ("summarize", "mentions", "check", "schema", "prompt", "model", "eval", "--version"):
        assert command in out
    assert run() == (code, out, err)


def test_version(run: Run) -> None:
    code, out, err = run("--version")

    assert (code, err) == (0, "")
    assert out.startswith("llmdeal ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bogus"], "No such command 'bogus'. Try 'llmdeal --help'"),
        (["--bogus"], "No such option: --bogus"),
        (["summarize"], "Missing argument 'FILE'"),
        (["summarize", "a", "--published", "tomorrow-ish"], "'tomorrow-ish' is not a day: write it as 2025-11-03"),
        (["summarize", "a", "--language", "klingon"], "'klingon' is not a language"),
        (["summarize", "a", "--json", "--yaml"], "exclude each other"),
        (["summarize", "no-such.txt"], "There is no file no-such.txt"),
        (["summarize", "no-such.txt", "--prompt", "nope"], "There is no prompt 'nope'"),
        (["summarize", "no-such.txt", "--prompts", "no-such-folder"], "no such folder of prompts"),
        (["summarize", "no-such.txt", "--model", "nope"], "There is no model 'nope'"),
        (["summarize", "http://127.0.0.1/"], "127.0.0.1 is a loopback address: give --allow-private"),
        (["mentions", "no-such.txt"], "There is no file no-such.txt"),
        (["schema", "nope"], "'nope' is not one of 'result', 'draft'"),
        (["prompt"], "Missing command. Try 'llmdeal prompt --help'"),
        (["prompt", "show", "nope"], "There is no prompt 'nope'"),
        (["prompt", "render", "deal", "no-such.txt"], "There is no file no-such.txt"),
        (["model", "pull", "nope"], "There is no embedded model 'nope'"),
        (["model", "path", "smollm2-135m"], "fetch it with `llmdeal model pull smollm2-135m`"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    run: Run, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LLMDEAL_CACHE", str(tmp_path))

    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert words in err
    assert err.startswith("llmdeal: error: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("content", [b"", b"\x00\x01binary", "Δύο εταιρείες".encode("iso8859_7")])
def test_a_file_that_is_no_text(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)

    code, out, err = run("summarize", str(path))

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert str(path) in err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.DocumentError("x"), 2),
        (errors.FetchError("x"), 2),
        (errors.PromptError("x"), 2),
        (errors.ModelError("x"), 2),
        (errors.AuthenticationError("x"), 2),
        (errors.RequestError("x"), 2),
        (errors.TransportError("x"), 2),
        (errors.RateLimitError("x"), 1),
        (errors.RefusalError("x"), 1),
        (errors.TruncatedError("x"), 1),
        (errors.EmptyAnswerError("x"), 1),
        (errors.InvalidAnswerError("x"), 1),
        (OSError(28, "No space left on device"), 2),
    ],
)
def test_each_error_has_its_exit_code(error: Exception, code: int) -> None:
    failure = explain(error)

    assert failure is not None
    assert failure.code == code


def test_a_bug_is_not_dressed_up() -> None:
    assert explain(KeyError("x")) is None


def test_schemas(run: Run) -> None:
    _, result, _ = run("schema")
    _, draft, _ = run("schema", "draft")

    assert {"deal", "warnings", "provenance", "text"} == set(json.loads(result)["properties"])
    assert "acquirer" in json.loads(draft)["properties"]


def test_mentions_as_a_table(run: Run, article: Path) -> None:
    code, out, err = run("mentions", str(article))

    assert (code, err) == (0, "")
    assert "en, published 2025-11-03" in out
    assert "USD 1,200,000,000" in out
    assert out == "".join(f"{line.rstrip()}\n" for line in out.splitlines())


def test_mentions_as_json_reproduce_their_quotes(run: Run, article: Path) -> None:
    _, out, _ = run("mentions", str(article), "--json", "--language", "en", "--published", "2025-11-04")

    mentions = json.loads(out)
    assert {"amount", "percent"} <= {mention["kind"] for mention in mentions}
    for mention in mentions:
        assert ARTICLE[mention["span"]["start"] : mention["span"]["stop"]] == mention["quote"]


def test_mentions_warn_of_another_encoding(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Signé pour 3 millions d’euros à l'été".encode("cp1252"))

    code, _, err = run("mentions", str(path))

    assert (code, err.count("\n")) == (0, 1)
    assert "was read as cp1252" in err


def test_prompts_are_listed_shown_and_rendered(run: Run, article: Path) -> None:
    _, listed, _ = run("prompt", "list")
    _, as_json, _ = run("prompt", "list", "--json")
    _, shown, _ = run("prompt", "show", "deal")
    _, rendered, _ = run("prompt", "render", "deal", str(article))
    _, turns, _ = run("prompt", "render", "deal", str(article), "--json")

    assert "deal.v1" in listed
    assert "deal.v1" in {prompt["reference"] for prompt in json.loads(as_json)}
    assert shown.startswith("---\n")
    assert rendered.startswith("--- system ---\n")
    assert json.loads(turns)[0]["role"] == "system"
    assert "Bella Nonna" in json.loads(turns)[-1]["content"]


def test_a_prompt_with_a_mistake_is_refused_with_file_and_line(run: Run, article: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.v1.jinja"
    head = "---\ndescription: x\noutput: DealDraft\n---\n{% block system %}{% endblock %}\n"
    for body in ("{% block user %}{{ nothing_of_that_name }}{% endblock %}", "{% block user %}{{ }}{% endblock %}"):
        path.write_text(head + body, encoding="utf-8")

        code, out, err = run("prompt", "render", "broken", str(article), "--prompts", str(tmp_path))

        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "broken.v1.jinja" in err


def test_models_are_listed_found_and_removed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLMDEAL_CACHE", str(tmp_path))
    here = tmp_path / "weights.gguf"

    code, out, _ = run("model", "list")
    assert (code, out.count("not pulled")) == (0, len(weights.KNOWN))
    assert "(embedded)" in out

    monkeypatch.setattr(weights, "find", lambda _: here)
    assert run("model", "path") == (0, f"{here}\n", "")

    assert run("model", "rm", "smollm2-135m") == (0, "", "llmdeal: smollm2-135m was not here.\n")


def test_pulling_tells_how_far_it_is_in_a_pipe(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pull(name: str, *, progress: Callable[[int, int], None]) -> Path:
        for done in range(1001):
            progress(done * 100_000, 100_000_000)
        return tmp_path / f"{name}.gguf"

    monkeypatch.setattr(weights, "pull", pull)

    code, out, err = run("model", "pull", "smollm2-135m")

    assert (code, out) == (0, f"{tmp_path / 'smollm2-135m.gguf'}\n")
    assert err.splitlines() == [f"llmdeal: fetching the weights: {tenth * 10}% of 100 MB" for tenth in range(11)]


HOSTILE = "\x1b[31mred\x07\x9b2J\u202eflip\u2066\x00\x7f\r[bold]x[/bold]:smile:\ud800\U000e0041"


def test_hostile_words_lose_their_power() -> None:
    assert clean(HOSTILE) == "[31mred2Jflip[bold]x[/bold]:smile:"
    assert clean("a\tb\nc") == "a\tb\nc"


def test_json_and_yaml_keep_every_character_but_escape_the_dangerous_ones() -> None:
    text = HOSTILE.replace("\ud800", "")
    for written in (to_json({"text": text}), to_yaml({"text": text})):
        assert written == clean(written)
    assert json.loads(to_json({"text": HOSTILE}))["text"] == HOSTILE


def test_a_terminal_in_an_old_encoding_does_not_end_the_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Prix: 5 millions d’€ 買収".encode())))
    out = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", out)

    assert run("mentions", "-")[0] == 0
