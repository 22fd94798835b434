"""``llmdeal eval``: what its commands print, write and exit with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import llmdeal.llm
from llmdeal.cli import main
from llmdeal.errors import AuthenticationError, RefusalError
from llmdeal.evaluation import load_run
from tests.invented import IDS, POOR, WellRead, write_articles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from llmdeal.llm import Settings

    Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(name="command")
def _command(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)

    def command(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(["eval", *map(str, arguments)])
        captured = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, captured.out, captured.err

    return command


@pytest.fixture(name="models")
def _models(monkeypatch: pytest.MonkeyPatch) -> dict[str | None, WellRead]:
    models: dict[str | None, WellRead] = {None: WellRead(), "other/model": WellRead(name="other/model")}

    def connect(settings: Settings, *, announce: Callable[[str], None], progress: object) -> WellRead:
        del progress
        announce("A model that has read everything answers.")
        models[settings.model].temperature = settings.temperature
        return models[settings.model]

    monkeypatch.setattr(llmdeal.llm, "connect", connect)
    return models


@pytest.fixture(name="gold")
def _gold(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "gold")


@pytest.fixture(name="good")
def _good(command: Command, models: dict[str | None, WellRead], gold: Path) -> Path:
    assert models
    assert command("run", "--articles", gold, "--out", "good")[0] == 0
    return gold.parent / "good" / "deal.v1--fake.jsonl"


@pytest.fixture(name="poor")
def _poor(command: Command, models: dict[str | None, WellRead], gold: Path) -> Path:
    models[None] = WellRead(dict.fromkeys(IDS[:9], POOR))
    assert command("run", "--articles", gold, "--out", "poor")[0] == 0
    return gold.parent / "poor" / "deal.v1--fake.jsonl"


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.startswith("llmdeal: error: ")


def test_run_prints_figures_and_saves_what_it_heard(
    command: Command, models: dict[str | None, WellRead], gold: Path
) -> None:
    code, out, err = command("run", "--articles", gold)
    assert code == 0
    assert out.splitlines()[:2] == ["runs/deal.v1--fake.jsonl", "deal.v1 on fake"]
    assert "micro-F1 1.000 [1.000, 1.000]" in out
    assert err == "llmdeal: A model that has read everything answers.\n"
    assert len(load_run(gold.parent / "runs" / "deal.v1--fake.jsonl").answers) == 12
    assert command("run", "--articles", gold)[:2] == (code, out)
    llm = models[None]
    assert len(llm.asked) == 12


def test_run_takes_each_prompt_to_each_model(
    command: Command, models: dict[str | None, WellRead], gold: Path, tmp_path: Path
) -> None:
    models["fake"] = models.pop(None)
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    source = (llmdeal.prompts.find_prompt("deal.v1")).source
    (prompts / "terse.v3.jinja").write_text(source, encoding="utf-8")
    code, out, _ = command(
        *("run", "--articles", gold, "--prompts", prompts, "--prompt", "deal", "--prompt", "terse.v3"),
        *("--model", "fake", "--model", "other/model", "--json", "--only", "almond", "--only", "late", "--limit", 3),
    )
    assert code == 0
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["run"] for line in lines] == [
        "runs/deal.v1--fake.jsonl",
        "runs/terse.v3--fake.jsonl",
        "runs/deal.v1--other-model.jsonl",
        "runs/terse.v3--other-model.jsonl",
    ]
    assert {line["articles"] for line in lines} == {3}
    assert models["fake"].asked == ["almond", "gorse", "hazel"] * 2


def test_run_as_json_is_one_object_with_all_figures(command: Command, models: Any, gold: Path) -> None:  # noqa: ANN401  whatever the caller passes on
    models[None] = WellRead({"kelp": RefusalError("it declined")})
    code, out, err = command("run", "--articles", gold, "--json", "--split", "test", "--repeat", 2)
    data = json.loads(out)
    assert code == 0
    assert (data["articles"], data["failed"], data["stories"]) == (12, 2, 6)
    assert data["micro"]["precision"] == 1.0
    assert data["micro"]["recall"] == pytest.approx(5 / 6)
    assert set(data) > {"exact_records", "invention_rate", "slots", "languages", "facts_stated", "prose_unstated"}
    assert set(data["tokens"]) == {"input", "cached", "output"}
    assert data["seconds"] == {"median": 0.0, "p95": 0.0}
    assert data["repeats"] == {"count": 2, "f1": [data["micro"]["f1"]] * 2, "std": 0.0}
    assert data["about"]["model"] == "fake"
    assert "deal.v1--fake: 5/12 kelp: RefusalError: it declined" in err


def test_run_replays_recordings_and_records_them(command: Command, models: Any, gold: Path) -> None:  # noqa: ANN401  whatever the caller passes on
    assert command("run", "--articles", gold, "--recordings", "said", "--record", "--out", "first")[0] == 0
    asked = len(models[None].asked)
    code, out, err = command("run", "--articles", gold, "--recordings", "said", "--out", "second", "--json")
    assert (code, err, len(models[None].asked)) == (0, "", asked)
    assert json.loads(out)["replayed"] == 12
    code, out, err = command("run", "--articles", gold, "--recordings", "none", "--out", "third")
    assert (code, out) == (2, "")
    assert one_line(err)


def test_a_refused_key_stops_the_run_and_leaves_it_to_be_gone_on_with(
    command: Command,
    models: Any,  # noqa: ANN401  whatever the caller passes on
    gold: Path,
) -> None:
    models[None] = WellRead({"cedar": AuthenticationError("The key was refused.")})
    code, out, err = command("run", "--articles", gold, "--concurrency", 1)
    assert (code, out) == (2, "")
    assert err.endswith("llmdeal: error: The key was refused.\n")
    models[None] = WellRead()
    assert command("run", "--articles", gold)[0] == 0
    assert models[None].asked == list(IDS[2:])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--only", "fr"), "No article has the id, language or tag 'fr'"),
        (("--limit", "0"), "Invalid value for '--limit'"),
        (("--split", "train"), "'train' is not one of 'dev', 'test'"),
        (("--record",), "--record needs --recordings"),
        (("--recordings", "x", "--repeat", "2"), "give one of --repeat and --recordings"),
        (("--prompt", "none"), "There is no prompt 'none'"),
        (("--prompt", "rewrite"), "rewrite.v1 does not ask for a deal"),
        (("--prompts", "none"), "there is no such folder of prompts"),
        (("--articles", "none"), "none: there is no such file or folder"),
    ],
)
def test_what_cannot_be_run_is_told_before_a_model_is_asked(
    command: Command, models: dict[str | None, WellRead], gold: Path, options: tuple[str, ...], told: str
) -> None:
    code, out, err = command("run", "--articles", gold, *options)
    assert (code, out) == (2, "")
    assert told in err.splitlines()[-1]
    assert models[None].asked == []


def test_without_articles_there_is_a_hint(command: Command, gold: Path) -> None:
    code, out, err = command("run")
    assert (code, out) == (2, "")
    assert "there is no evals/articles here: name a folder of gold files with --articles" in err
    (gold.parent / "evals").mkdir()
    gold.rename(gold.parent / "evals" / "articles")
    assert "none.jsonl: cannot be read" in command("score", "none.jsonl")[2]


def test_score_prints_tables_without_the_model(command: Command, poor: Path, gold: Path) -> None:
    code, out, err = command("score", poor, "--articles", gold)
    assert (code, err) == (0, "")
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line and not line.startswith(" ")}
    assert rows["Slot"][0] == rows["Language"][0] == "F1"
    assert rows["value"][0] == "0.400"  # 3 of 12 answered, all right: 2 x 3 / (12 + 3)
    assert rows["en"][-1] == "12"
    assert "exact records 25.0% (3 of 12)" in out


def test_score_as_json_is_what_run_printed(command: Command, models: Any, gold: Path) -> None:  # noqa: ANN401  whatever the caller passes on
    assert models
    printed = json.loads(command("run", "--articles", gold, "--json")[1])
    code, out, _ = command("score", printed.pop("run"), "--articles", gold, "--json")
    assert (code, json.loads(out)) == (0, printed)


def test_score_warns_where_articles_have_changed(command: Command, good: Path, gold: Path) -> None:
    write_articles(gold, ["Almond"], closing="2026-04")
    code, _, err = command("score", good, "--articles", gold, "--json")
    assert code == 0
    assert err == "llmdeal: warning: deal.v1--fake.jsonl: The labels have changed since the run was made: almond.\n"


def test_compare_says_it_in_words_by_slot_and_by_fact(command: Command, good: Path, poor: Path, gold: Path) -> None:
    code, out, err = command("compare", good, poor, "--articles", gold)
    assert (code, err) == (0, "")
    assert out.startswith("f1: 1.000 -> ")
    assert "over 12 articles of 12 stories" in out
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line}
    assert rows["value"][:3] == ["1.000", "0.400", "-0.600"]
    fact = "almond: value: lost USD 1,500,000,000: was USD 1,500,000,000, is nothing\n    | LONDON, Nov 3 2025 - Almond"
    assert fact in out
    assert "gained" not in out


def test_compare_as_json_has_sentences_intervals_and_facts(
    command: Command, good: Path, poor: Path, gold: Path
) -> None:
    code, out, _ = command("compare", poor, good, "--articles", gold, "--figure", "f1:value", "--json")
    data = json.loads(out)
    assert code == 0
    assert list(data["comparisons"]) == ["f1:value"]
    value = data["comparisons"]["f1:value"]
    assert value["interval"][0] <= value["difference"] <= value["interval"][1]
    assert value["sentence"].startswith("f1:value: 0.400 -> 1.000, +0.600")
    assert data["slots"]["value"] == value
    assert data["lost"] == []
    lost = [change for change in data["gained"] if change["slot"] == "value"]
    assert {change["article"] for change in lost} == set(IDS[:9])
    assert lost[0]["sentence"].startswith("LONDON, Nov 3 2025 - Almond Holdings agreed to buy")


def test_compare_refuses_a_figure_that_is_none_and_too_few_stories(
    command: Command, good: Path, poor: Path, gold: Path
) -> None:
    code, out, err = command("compare", good, poor, "--articles", gold, "--figure", "f2")
    assert (code, out) == (2, "")
    assert "no figure 'f2'" in err
    few = write_articles(gold.parent / "few", ["Almond", "Birch"])
    code, out, err = command("compare", good, poor, "--articles", few)
    assert (code, out) == (2, "")
    assert "The runs share 2 stories" in err


def test_the_gate_passes_what_is_not_worse(command: Command, good: Path, poor: Path, gold: Path) -> None:
    code, out, err = command("gate", good, "--baseline", good, "--articles", gold)
    assert (code, out, err) == (0, "not worse than the baseline\n", "")
    code, out, _ = command("gate", good, "--baseline", poor, "--articles", gold, "--json")
    assert (code, json.loads(out)["passed"]) == (0, True)


def test_the_gate_fails_and_names_article_slot_and_sentence(
    command: Command, good: Path, poor: Path, gold: Path
) -> None:
    code, out, _ = command(
        "gate", poor, "--baseline", good, "--articles", gold, "--junit", "g.xml", "--markdown", "g.md"
    )
    assert code == 1
    assert "almond: value: lost USD 1,500,000,000" in out
    assert "iris: parties.role: lost target" in out
    assert out.endswith("\nworse than the baseline\n")
    assert 'name="almond"' in (gold.parent / "g.xml").read_text(encoding="utf-8")
    assert (gold.parent / "g.md").read_text(encoding="utf-8").startswith("## Evaluation: worse than the baseline\n")
    code, out, _ = command("gate", poor, "--baseline", good, "--articles", gold, "--json")
    data = json.loads(out)
    assert (code, data["passed"], data["gated"]["f1"]["regressed"]) == (1, False, True)
    assert data["micro"]["f1"] < 1.0
    assert {change["article"] for change in data["lost"]} == set(IDS[:9])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("gate", "RUN"), "Missing option '--baseline'"),
        (("gate", "RUN", "--baseline", "none"), "none: cannot be read"),
        (("gate", "RUN", "--baseline", "RUN", "--json", "--markdown", "-"), "both print to standard output"),
        (("gate", "RUN", "--baseline", "RUN", "--junit", "none/g.xml"), "none/g.xml: No such file or directory"),
        (("score", "gold/almond.yaml"), "is no saved run"),
        (("compare", "RUN"), "Missing argument 'AFTER'"),
        (("report", "RUN"), "Missing option '-o'"),
    ],
)
def test_bad_input_is_one_line(command: Command, good: Path, gold: Path, arguments: Any, told: str) -> None:  # noqa: ANN401  whatever the caller passes on
    words = [good if word == "RUN" else word for word in arguments]
    code, out, err = command(*words, "--articles", gold)
    assert (code, out) == (2, "")
    assert one_line(err)
    assert told in err


def test_report_is_one_file(command: Command, good: Path, poor: Path, gold: Path, tmp_path: Path) -> None:
    code, out, err = command("report", poor, "--against", good, "--articles", gold, "-o", "report.html")
    assert (code, out, err) == (0, "report.html\n", "")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert html.lower().startswith("<!doctype html>")
    assert "deal.v1 on fake" in html
    assert "Bella Larch" in html
