"""Saved runs: what is in the file, what a kill leaves of it, and what may go on with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from llmdeal.deal import Provenance
from llmdeal.errors import InputError
from llmdeal.evaluation import (
    Answered,
    Run,
    RunAbout,
    RunError,
    RunWriter,
    Selection,
    load_articles,
    load_run,
    save_run,
    score_run,
    spending_of,
)
from llmdeal.evaluation.runs import digest_of
from llmdeal.usage import Usage
from tests.invented import NAMES, write_articles

if TYPE_CHECKING:
    from pathlib import Path


def about(folder: Path | None = None, **changed: Any) -> RunAbout:  # noqa: ANN401  any field
    articles = tuple(map(digest_of, load_articles(folder))) if folder else ()
    made = {
        "name": "one",
        "created": "2026-11-24T12:00:00Z",
        "llmdeal": "0.1.0",
        "prompt": "deal",
        "version": 1,
        "prompt_sha256": "ab" * 32,
        "model": "fake",
        "articles": articles,
    }
    return RunAbout.model_validate(made | changed)


def failures(*names: str) -> list[Answered]:
    return [Answered(id=name, failure="RefusalError: it declined") for name in names]


def test_a_run_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    provenance = Provenance(prompt="deal", version=1, prompt_sha256="", model="é\u2028", usage=Usage(input_tokens=3))
    run = Run(about(), (Answered(id="a", provenance=provenance), *failures("b")))
    save_run(tmp_path / "deep" / "run.jsonl", run)
    assert load_run(tmp_path / "deep" / "run.jsonl") == run
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["run.jsonl"]


@pytest.mark.parametrize("cut", [1, 20, 80])
def test_a_torn_last_line_is_left_out_and_gone_when_the_run_goes_on(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "run.jsonl"
    save_run(path, Run(about(), tuple(failures("a", "é-b"))))
    path.write_bytes(path.read_bytes()[:-cut])
    kept = [answered.id for answered in load_run(path).answers]
    assert kept == (["a", "é-b"] if cut == 1 else ["a"])
    with RunWriter(path, about()) as writer:
        writer.add(failures("c")[0])
    assert [answered.id for answered in load_run(path).answers] == [*kept, "c"]
    assert all(json.loads(line) for line in path.read_bytes().splitlines())


def test_a_line_that_is_torn_elsewhere_is_told_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    save_run(path, Run(about(), tuple(failures("a", "b"))))
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1][:9], lines[2], ""]), encoding="utf-8")
    with pytest.raises(RunError, match=r"run\.jsonl, line 2: .*Delete the line to ask again"):
        load_run(path)


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b'{"id": "a", "deal": null}\n', b"\xff\xfe\x00", b"[1]"])
def test_another_file_is_no_run_and_is_not_written_to(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(RunError, match="is no saved run"):
        load_run(path)
    if content:
        with pytest.raises(RunError, match="is no saved run"):
            RunWriter(path, about())
        assert path.read_bytes() == content


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"none\.jsonl: cannot be read: No such file"):
        load_run(tmp_path / "none.jsonl")


def test_an_answer_is_in_the_file_as_soon_as_it_is_added(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with RunWriter(path, about()) as writer:
        for number, answered in enumerate(failures("a", "b", "c"), start=1):
            writer.add(answered)
            assert len(load_run(path).answers) == number


def test_two_cannot_write_the_same_run(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with RunWriter(path, about()), pytest.raises(RunError, match="another process is writing this run"):
        RunWriter(path, about())
    RunWriter(path, about()).close()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"model": "other"}, "model fake, not other"),
        ({"prompt_sha256": "cd" * 32}, r"prompt sha256 abababababab\.\.\., not cdcdcdcdcdcd\.\.\."),
        ({"version": 2}, "version 1, not 2"),
        ({"temperature": 0.7}, r"temperature 0\.0, not 0\.7"),
        ({"llmdeal": "9"}, r"llmdeal 0\.1\.0, not 9"),
    ],
)
def test_a_run_of_something_else_is_not_gone_on_with(tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    path = tmp_path / "run.jsonl"
    RunWriter(path, about()).close()
    before = path.read_bytes()
    with pytest.raises(RunError, match=f"is a run of something else: {told}"):
        RunWriter(path, about(**changed))
    assert path.read_bytes() == before
    RunWriter(path, about()).close()


def test_an_article_with_another_text_is_not_gone_on_with(tmp_path: Path) -> None:
    folder, path = write_articles(tmp_path / "gold", NAMES[:2]), tmp_path / "run.jsonl"
    RunWriter(path, about(folder)).close()
    almond = folder / "almond.yaml"
    almond.write_text(almond.read_text(encoding="utf-8").replace("agreed to buy", "said it buys"), encoding="utf-8")
    with pytest.raises(RunError, match="another text of almond"):
        RunWriter(path, about(folder))


def test_a_run_grows_by_articles_and_repeats(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    few, all_of_them = write_articles(tmp_path / "few", NAMES[:1]), write_articles(tmp_path / "all", NAMES[:3])
    with RunWriter(path, about(few)) as writer:
        writer.add(failures("almond")[0])
    assert load_run(path).unanswered == ()
    RunWriter(path, about(all_of_them, repeats=2)).close()
    run = load_run(path)
    assert [article.id for article in run.about.articles] == ["almond", "birch", "cedar"]
    assert run.unanswered == (("birch", 0), ("cedar", 0), ("almond", 1), ("birch", 1), ("cedar", 1))


def test_a_later_answer_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with RunWriter(path, about()) as writer:
        writer.add(failures("a")[0])
        writer.add(Answered(id="a"))
    assert [answered.failure for answered in load_run(path).answers] == [None]


def test_digests_tell_text_from_labels(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "gold", NAMES[:1])
    first = digest_of(load_articles(folder)[0])
    assert digest_of(load_articles(folder)[0]) == first
    relabelled = digest_of(load_articles(write_articles(folder, NAMES[:1], closing="2026-04"))[0])
    assert (relabelled.text == first.text, relabelled.labels == first.labels) == (True, False)


def test_scoring_tells_what_changed_and_what_is_still_to_come(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "gold", NAMES[:3])
    run = Run(about(folder), (*failures("almond"), *failures("gone")))
    write_articles(folder, NAMES[:1], closing="2026-04")
    birch = folder / "birch.yaml"
    birch.write_text(birch.read_text(encoding="utf-8").replace("The deal closes", "It closes"), encoding="utf-8")
    results = score_run(run, load_articles(folder))
    assert [one.answered.id for one in results.scored] == ["almond"]
    assert results.warnings == (
        "2 answers are still to come: birch, cedar.",
        "1 articles of the run are not among these and are left out: gone.",
        "The text has changed since the run was made; the answers point into the old one: birch.",
        "The labels have changed since the run was made: almond.",
    )


def test_a_run_about_other_articles_cannot_be_scored(tmp_path: Path) -> None:
    articles = load_articles(write_articles(tmp_path / "gold", NAMES[:1]))
    with pytest.raises(RunError, match="about none of these 1 articles"):
        score_run(Run(about(), tuple(failures("other"))), articles)


def test_spending_is_what_is_known() -> None:
    def made(seconds: float, cost: str | None) -> Provenance:
        usage = Usage(input_tokens=100, cached_tokens=60, output_tokens=5)
        known = {"seconds": seconds, "cost": cost, "usage": usage, "attempts": 2}
        return Provenance.model_validate({"prompt": "deal", "version": 1, "prompt_sha256": "", "model": "m"} | known)

    answers = [Answered(id=str(number), provenance=made(number, "0.001")) for number in range(1, 21)]
    failed = Answered(id="f", failure="RefusalError: no", provenance=made(900, None))
    data = spending_of([*answers, failed]).to_dict()
    assert data["tokens"] == {"input": 2100, "cached": 1260, "output": 105}
    assert data["cost"] == pytest.approx(0.02)
    assert data["seconds"] == {"median": 10.5, "p95": 19}
    assert data["attempts"] == 42
    assert spending_of([*answers, Answered(id="u", provenance=made(1, None))]).cost is None
    assert spending_of([failed]).to_dict()["seconds"] == {"median": None, "p95": None}


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [
        (Selection(), 12),
        (Selection(only=("early",)), 6),
        (Selection(only=("larch", "almond")), 2),
        (Selection(only=("en",), split="test", limit=2), 2),
        (Selection(split="dev"), 6),
    ],
)
def test_articles_are_chosen_by_tag_language_id_and_split(tmp_path: Path, selection: Selection, chosen: int) -> None:
    assert len(selection.of(load_articles(write_articles(tmp_path / "gold")))) == chosen


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        (Selection(only=("fr",)), r"No article has the id, language or tag 'fr'; .*early, en, late"),
        (Selection(only=("early",), split="test"), "No article is chosen: of 12, none is in split test"),
    ],
)
def test_a_choice_of_nothing_is_told(tmp_path: Path, selection: Selection, told: str) -> None:
    with pytest.raises(InputError, match=told):
        selection.of(load_articles(write_articles(tmp_path / "gold")))
