"""Other scorers, where they must agree with ours and where they must not. They are needed by nothing else."""

from __future__ import annotations

import itertools
import warnings
from typing import Any

import pytest

from llmdeal.deal import DealSummary, DealType, Party, Role
from llmdeal.document import Evidence, Span
from llmdeal.evaluation import Counts, GoldArticle, GoldDeal, Label, score
from llmdeal.evaluation.labels import GoldParty
from llmdeal.mentions import Money, Percent

HERE = (Evidence(quote="A", span=Span(start=0, stop=1), sentence=1),)
NAMES = ("OpenAI", "Wendlau", "Brennhagen", "Calderwick")


def counts(gold: GoldDeal, **answered: Any) -> Counts:  # noqa: ANN401  any field
    article = GoldArticle("a", "en", "A.", gold, None, None, "a", ())
    deal = DealSummary(deal_type=DealType.SUPPLY, status="agreed", language="en", evidence=HERE, **answered)
    return score(article, deal).counts


def money(amount: int | None) -> Money | None:
    return None if amount is None else Money(amount=amount, currency="USD", evidence=HERE)


def percent(number: int | None) -> Percent | None:
    return None if number is None else Percent(percent=number, evidence=HERE)


def labelled(value: Any) -> Label[Any]:  # noqa: ANN401  any leaf
    return Label(() if value is None else (value,))


def party_counts(gold: tuple[str, ...], answered: tuple[str, ...]) -> Counts:
    parties = tuple(GoldParty(Label((name,)), Label((Role.PARTNER,)), Label(())) for name in gold)
    found = tuple(Party(name=name, role=Role.PARTNER, evidence=HERE) for name in answered)
    return counts(GoldDeal(parties=parties), parties=found)


@pytest.fixture(scope="module")
def anls() -> Any:  # noqa: ANN401  a library without types
    return pytest.importorskip("anls_star").anls_score


@pytest.fixture(scope="module")
def stickler_counts() -> Any:  # noqa: ANN401  a library without types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        stickler = pytest.importorskip("stickler")

    def exactly() -> Any:  # noqa: ANN401  as above
        return stickler.ComparableField(comparator=stickler.ExactComparator(), threshold=1.0)

    base: Any = stickler.StructuredModel

    class Item(base):  # type: ignore[misc]  # a class without types
        name: str = exactly()
        role: str | None = exactly()

    class Flat(base):  # type: ignore[misc]  # as above
        value: str | None = exactly()
        stake: str | None = exactly()
        parties: list[Item] = stickler.ComparableField(weight=1.0)

    # The names are not global, so postponed annotations are resolved by hand.
    Flat.model_rebuild(_types_namespace={"Item": Item})

    def count(gold: dict[str, Any], answered: dict[str, Any]) -> dict[str, dict[str, Any]]:
        found = Flat(**gold).compare_with(Flat(**answered), include_confusion_matrix=True)
        fields: dict[str, dict[str, Any]] = found["confusion_matrix"]["fields"]
        return {name: field["overall"] for name, field in fields.items()}

    return count


VALUES = (None, 38, 1_000)
PAIRS = list(itertools.product(VALUES, VALUES))


@pytest.mark.parametrize(("gold", "answered"), PAIRS)
def test_stickler_agrees_on_single_leaves(stickler_counts: Any, gold: int | None, answered: int | None) -> None:  # noqa: ANN401  whatever the caller passes on
    ours = counts(GoldDeal(value=labelled(money(gold))), value=money(answered))
    theirs = stickler_counts(
        {"value": None if gold is None else str(gold), "parties": []},
        {"value": None if answered is None else str(answered), "parties": []},
    )["value"]
    assert (ours.cor, ours.inc, ours.mis, ours.spu, ours.non) == tuple(
        theirs[name] for name in ("tp", "fd", "fn", "fa", "tn")
    )


def test_stickler_pairs_what_has_no_name_in_common_and_we_do_not(stickler_counts: Any) -> None:  # noqa: ANN401  whatever the caller passes on
    gold, answered = ("OpenAI", "Wendlau"), ("Wendlau", "Calderwick")
    ours = party_counts(gold, answered)
    theirs = stickler_counts(
        {"parties": [{"name": name, "role": "partner"} for name in gold]},
        {"parties": [{"name": name, "role": "partner"} for name in answered]},
    )["parties"]
    assert ours == Counts(cor=2, mis=2, spu=2, non=1)
    assert ours.recall == 0.5
    # The third and the fourth company are one that was got wrong, so nothing was missed.
    assert (theirs["tp"], theirs["fd"], theirs["fn"]) == (1, 1, 0)
    assert theirs["derived"]["cm_recall"] == 1


@pytest.mark.parametrize(("gold", "answered"), list(itertools.product(PAIRS, repeat=2))[::7])
def test_anls_agrees_on_leaves_that_are_wholly_right_or_wrong(
    anls: Any,  # noqa: ANN401  whatever the caller passes on
    gold: tuple[int | None, int | None],
    answered: tuple[int | None, int | None],
) -> None:
    ours = counts(
        GoldDeal(value=labelled(money(gold[0])), stake=labelled(percent(gold[1]))),
        value=money(answered[0]),
        stake=percent(answered[1]),
    )
    # Words without a letter in common, so that neither scorer sees a likeness.
    words = {38: "abcd", 1_000: "wxyz"}
    written = [
        {key: words[number] for key, number in zip(("value", "stake"), pair, strict=True) if number is not None}
        for pair in (gold, answered)
    ]
    leaves = ours.cor + ours.inc + ours.mis + ours.spu
    if leaves:
        expected = pytest.approx(ours.cor / leaves)
        assert anls(gt=written[0], pred=written[1]) == expected


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_anls_agrees_on_lists_of_names_in_any_order(anls: Any, size: int) -> None:  # noqa: ANN401  whatever the caller passes on
    for answered in itertools.permutations(NAMES[:size]):
        assert anls(gt=list(NAMES[:3]), pred=list(answered)) == pytest.approx(min(size, 3) / max(size, 3))
        ours = party_counts(NAMES[:3], answered)
        names = Counts(cor=ours.cor // 2, mis=ours.mis // 2, spu=ours.spu // 2)
        assert names.cor / (names.cor + names.mis + names.spu) == min(size, 3) / max(size, 3)


def test_anls_gives_credit_for_a_number_that_looks_alike_and_we_do_not(anls: Any) -> None:  # noqa: ANN401  whatever the caller passes on
    ours = counts(GoldDeal(value=labelled(money(38_000_000_000))), value=money(39_000_000_000))
    assert ours.f1 == 0
    assert anls(gt={"value": "38000000000"}, pred={"value": "39000000000"}) > 0.9


def test_anls_calls_nothing_against_nothing_perfect_and_we_call_it_undefined(anls: Any) -> None:  # noqa: ANN401  whatever the caller passes on
    assert anls(gt=None, pred=None) == 1
    assert counts(GoldDeal(value=Label(()))).f1 is None
