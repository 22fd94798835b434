"""``llmdeal check``: what it prints, and what it exits with."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

ARTICLE = "LONDON, Nov 3 2025 - Kestrel buys Bella Nonna for $1.2 billion. It pays 5% now, people close to it said."
SOUND = {
    "buyer": "Kestrel",
    "price": 1_200_000_000,
    "currency": "USD",
    "announced": "2025-11-03",
    "deal_type": "acquisition",
}
FALSE = {**SOUND, "price": 2_100_000_000, "seller": "Globex"}


@pytest.fixture(name="article")
def _article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def written(folder: Path, data: Any, name: str = "summary.json") -> Path:  # noqa: ANN401  any JSON
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_a_summary_that_the_article_states_exits_with_0(run: Run, article: Path, tmp_path: Path) -> None:
    code, out, err = run("check", article, written(tmp_path, SOUND))

    assert (code, err) == (0, "")
    first, titles, *rows = out.splitlines()
    assert first == "5 leaves: 4 grounded, 0 not stated, 1 unchecked; en, published 2025-11-03"
    assert titles.split() == ["verdict", "kind", "path", "value", "the", "article"]
    assert rows[1].split() == ["grounded", "amount", "price", "1200000000", '"$1.2', 'billion"', "[s1]"]


def test_what_it_does_not_state_is_told_with_what_it_does_and_exits_with_1(
    run: Run, article: Path, tmp_path: Path
) -> None:
    code, out, err = run("check", article, written(tmp_path, FALSE))

    assert (code, err) == (1, "")
    assert "2 not stated" in out
    price = next(line for line in out.splitlines() if " price " in line)
    assert price.startswith("not stated")
    assert price.endswith("the article says USD 1,200,000,000")
    assert any(line.startswith("not stated") and "Globex" in line for line in out.splitlines())


def test_json_holds_the_spans(run: Run, article: Path, tmp_path: Path) -> None:
    code, out, err = run("check", article, written(tmp_path, FALSE), "--json")

    assert (code, err) == (1, "")
    data = json.loads(out)
    assert (data["holds"], data["counts"]) == (False, {"grounded": 3, "not_stated": 2, "unchecked": 1})
    buyer = next(leaf for leaf in data["leaves"] if leaf["path"] == "buyer")
    span = buyer["evidence"][0]["span"]
    assert ARTICLE[span["start"] : span["stop"]] == "Kestrel"


def test_a_mapping_file_in_yaml_or_json(run: Run, article: Path, tmp_path: Path) -> None:
    summary = written(tmp_path, {"x": {"p": 1.2, "iso": "USD"}, "meta": {"cost": 7}})
    rules = tmp_path / "rules.yaml"
    rules.write_text("x.p: {kind: amount, currency: iso, scale: 1000000000}\nmeta: ignore\n", encoding="utf-8")
    as_json = written(tmp_path, {"x.p": {"kind": "amount", "currency": "EUR"}, "meta": "ignore"}, "rules.json")

    assert run("check", article, summary, "--mapping", rules)[0] == 0
    assert run("check", article, summary, "--mapping", as_json)[0] == 1
    assert run("check", article, summary)[0] == 1


def test_language_and_day_of_publication_can_be_given(run: Run, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Amazon paga 1.200 millones de euros el lunes.", encoding="utf-8")
    summary = written(tmp_path, {"price_eur": 1_200_000_000, "announced": "2025-11-03"})

    assert run("check", article, summary)[0] == 1
    code, out, _ = run("check", article, summary, "--published", "2025-11-03", "--language", "es")
    assert code == 0
    assert "es, published 2025-11-03" in out


def test_the_article_comes_from_html_or_standard_input_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = written(tmp_path, SOUND)
    page = tmp_path / "article.html"
    page.write_text(f"<html><body><article><p>{ARTICLE}</p></article></body></html>", encoding="utf-8")
    assert run("check", page, summary)[0] == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode()), encoding="utf-8"))
    assert run("check", "-", summary)[0] == 0


def test_words_of_a_summary_reach_no_terminal_as_orders(run: Run, article: Path, tmp_path: Path) -> None:
    code, out, _ = run("check", article, written(tmp_path, {"buyer": "\x1b[31mGlobex\x07\nInc", "a\x1bb": "[bold]x"}))
    assert code == 1
    assert "\x1b" not in out
    assert "[bold]x" in out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not JSON: Expecting value, line 1, column 1"),
        (b"{'price': 7}", "is not JSON: Expecting property name"),
        (b'{"price": NaN}', "NaN is no number"),
        (b'{"price": 1e}', "is not JSON"),
        (b"\xff\xfe", "it is not UTF-8"),
        (b"[" * 5000 + b"]" * 5000, "nested"),
        (b"[" * 100 + b"]" * 100, "nested more than 60 deep"),
    ],
)
def test_a_summary_that_is_no_json_is_one_line_and_exit_code_2(
    run: Run, article: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "summary.json"
    path.write_bytes(content)

    code, out, err = run("check", article, path)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err


def test_what_cannot_be_read_is_one_line_and_exit_code_2(run: Run, article: Path, tmp_path: Path) -> None:
    summary = written(tmp_path, SOUND)
    bad = tmp_path / "bad.yaml"
    bad.write_text("a: [", encoding="utf-8")
    for arguments, words in (
        (("no-such.txt", summary), "There is no file no-such.txt"),
        ((article, tmp_path / "none.json"), "none.json cannot be read (No such file or directory)"),
        ((article, tmp_path), "cannot be read (Is a directory)"),
        ((article, summary, "--mapping", tmp_path / "none.yaml"), "none.yaml cannot be read"),
        ((article, summary, "--mapping", bad), "bad.yaml, line 1 is neither YAML nor JSON"),
        ((article, summary, "--mapping", written(tmp_path, {"x": "money"}, "m.json")), "'x' has the kind 'money'"),
        ((article,), "Missing argument 'SUMMARY.json'"),
        ((article, summary, "--published", "soon"), "is not a day"),
    ):
        code, out, err = run("check", *arguments)
        assert (code, out, err.count("\n")) == (2, "", 1), arguments
        assert words in err
