from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from llmdeal.deal import Certainty, DealStatus, DealType, Role
from llmdeal.evaluation import Counts, GoldArticle, GoldDeal, GoldError, Label, score
from llmdeal.evaluation.agreement import answer_of, load_labels, score_labels
from llmdeal.evaluation.labels import ABSENT, GoldParty, GoldRelated
from llmdeal.evaluation.leaves import LIST_SLOTS, SCALAR_SLOTS
from llmdeal.mentions import Money, PartialDate

EVALS = Path(__file__).parents[1] / "evals"
TEXT = "Amazon will supply OpenAI for $38\nbillion. AWS is part of it."
PRICE = Label((Money(amount=38_000_000_000, currency="USD"),), quotes=("$38 billion",))


def labelled(**fields: Any) -> GoldArticle:  # noqa: ANN401  any slot
    absent: dict[str, Any] = dict.fromkeys(SCALAR_SLOTS, ABSENT) | dict.fromkeys(LIST_SLOTS, ())
    fixed = {"deal_type": Label((DealType.SUPPLY,)), "status": Label((DealStatus.AGREED,))}
    return GoldArticle("one", "en", TEXT, GoldDeal(**(absent | fixed | fields)), date(2025, 11, 3), None, "one", ())


def party(*names: str, optional: bool = False) -> GoldParty:
    return GoldParty(Label(names), Label((Role.SUPPLIER,)), Label(()), optional=optional)


def related(*parties: Label[str], **fields: Any) -> GoldRelated:  # noqa: ANN401  any leaf
    fixed: dict[str, Any] = {"deal_type": ABSENT, "value": ABSENT, "term": ABSENT}
    return GoldRelated(parties, **(fixed | {"certainty": Label((Certainty.STATED,))} | fields))


def counts(gold: GoldArticle, answered: GoldArticle) -> Counts:
    return replace(score_labels(gold, answered).counts, non=0)


def test_an_answer_points_at_the_quotes_also_over_a_line_break() -> None:
    answer = answer_of(labelled(value=PRICE))
    assert answer is not None
    assert answer.value is not None
    assert [one.quote for one in answer.value.evidence] == ["$38\nbillion"]
    assert answer.published == date(2025, 11, 3)


def test_an_article_without_a_deal_is_answered_by_none() -> None:
    article = labelled(deal_type=Label(()), status=Label(()))
    assert answer_of(article) is None
    assert score(article, answer_of(article)).exact


def test_without_a_status_there_is_no_answer() -> None:
    with pytest.raises(ValueError, match="one: deal_type and status must be labelled"):
        answer_of(labelled(status=None))


def test_what_either_has_as_optional_costs_nothing() -> None:
    bare = labelled()
    for fields in (
        {"value": Label(PRICE.options, optional=True)},
        {"parties": (party("Amazon", optional=True),)},
        {"related": (replace(related(Label(("Oracle",)), value=PRICE), optional=True),)},
    ):
        assert counts(bare, labelled(**fields)) == counts(labelled(**fields), bare) == Counts(cor=2)
    must = labelled(value=PRICE)
    assert counts(bare, must) == Counts(cor=2, spu=1)
    assert counts(must, bare) == Counts(cor=2, mis=1)


def test_an_optional_item_that_both_have_is_scored() -> None:
    amazon = labelled(parties=(party("Amazon", optional=True),))
    customer = replace(party("Amazon"), role=Label((Role.CUSTOMER,)))
    assert counts(labelled(parties=(customer,)), amazon) == Counts(cor=3, inc=1)


def test_an_optional_party_of_a_related_deal_costs_nothing() -> None:
    more = labelled(related=(related(Label(("Oracle",)), Label(("Microsoft",), optional=True)),))
    less = labelled(related=(related(Label(("Oracle",))),))
    assert counts(less, more) == counts(more, less) == Counts(cor=4)


def test_a_leaf_that_one_did_not_label_is_left_out_both_ways() -> None:
    day = Label((PartialDate(earliest=date(2024, 1, 1), latest=date(2024, 12, 31)),))
    dated, undated = (labelled(related=(related(Label(("Oracle",)), date=one),)) for one in (day, None))
    assert counts(dated, undated) == counts(undated, dated) == Counts(cor=4)
    absent = labelled(related=(related(Label(("Oracle",)), date=Label(())),))
    assert counts(dated, absent) == Counts(cor=4, mis=1)


def test_the_first_option_answers_and_any_option_is_right() -> None:
    one, both = labelled(parties=(party("AWS"),)), labelled(parties=(party("Amazon", "AWS"),))
    assert counts(both, one) == Counts(cor=4)
    assert counts(one, both) == Counts(cor=2, mis=2, spu=2)


def test_none_is_the_answer_of_one_who_allows_for_it() -> None:
    none, perhaps = labelled(deal_type=Label(()), status=Label(())), Label((DealType.OTHER,), optional=True)
    assert counts(none, labelled(deal_type=perhaps)) == Counts()


def test_labels_of_no_article_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text("id: two\ngold: {}\n", encoding="utf-8")
    (tmp_path / "one.yaml").write_text(
        "id: one\ngold: {value: {amount: 1, currency: EUR, quote: x}}\n", encoding="utf-8"
    )
    with pytest.raises(GoldError) as caught:
        load_labels(tmp_path, [labelled()])
    first, second = str(caught.value).splitlines()
    assert first.startswith("one.yaml, line 2: gold.value.quote: 'x' is not in the text")
    assert second.startswith("two.yaml, line 1: the file: id 'two' is that of no article")


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no labels"):
        load_labels(tmp_path, [labelled()])


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, EVALS / "agreement.py", "--resamples", "0", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_readme_has_the_table_that_the_script_makes() -> None:
    done = run()
    assert done.returncode == 0, done.stderr
    lines = (EVALS / "README.md").read_text(encoding="utf-8").splitlines()
    # Intervals are not made anew: they take longer than the rest.
    known = {re.sub(r"\| (\d\.\d{3}-\d\.\d{3}|n/a) \| (?=\d+ \|)", "| n/a | ", line) for line in lines}
    assert [line for line in done.stdout.splitlines() if line and line not in known] == []


def test_the_script_leaves_out_what_was_not_independent() -> None:
    found, whole = json.loads(run("--json").stdout), json.loads(run("--json", "--leave-out").stdout)
    assert (found["left_out"], whole["articles"] - found["articles"]) == (["openai-aws.fr"], 1)
    both = found["micro"]["both"]["counts"]
    ways = [found["micro"][way]["counts"] for way in ("first_answers", "second_answers")]
    assert both == {name: ways[0][name] + ways[1][name] for name in both}


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = run("--first", tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "holds no labels" in done.stderr
