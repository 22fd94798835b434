from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmdeal.deal import (
    Certainty,
    Consideration,
    ConsiderationKind,
    DealStatus,
    DealSummary,
    DealType,
    Party,
    Reaction,
    RelatedDeal,
    Role,
    Statement,
)
from llmdeal.document import Evidence, Span
from llmdeal.evaluation import ArticleScore, Counts, GoldArticle, GoldDeal, Label, check_prose, score, score_failure
from llmdeal.evaluation.comparators import compare
from llmdeal.evaluation.labels import GoldConsideration, GoldParty, GoldReaction, GoldRelated
from llmdeal.evaluation.leaves import LIST_SLOTS, SCALAR_SLOTS
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Period, Qualifier, Ticker

if TYPE_CHECKING:
    import random

# A machine that is busy with something else must not fail the test.
patient = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TEXT = "Amazon AMZN.O will supply OpenAI for $38 billion."
HERE = (Evidence(quote="Amazon", span=Span(start=0, stop=6), sentence=1),)

names = st.sampled_from(
    ["Amazon", "Amazon Web Services", "Grupo Almaraz", "Almaraz S.A.", "OpenAI", "Optimétra", "丰田汽车"]
)
numbers = st.sampled_from([Decimal(n) for n in ("10", "10.04", "1000", "1003", "38000000000")])
moneys = st.builds(
    Money,
    amount=numbers,
    currency=st.sampled_from(["USD", "EUR"]),
    qualifier=st.sampled_from([Qualifier.EXACT, Qualifier.ABOUT]),
    per=st.sampled_from([None, Period.SHARE]),
    upper=st.sampled_from([None, Decimal(40_000_000_000)]),
    evidence=st.just(HERE),
)
percents = st.builds(
    Percent, percent=st.sampled_from([Decimal(n) for n in ("5", "5.04", "-5")]), evidence=st.just(HERE)
)
days = st.dates(date(2025, 1, 1), date(2025, 1, 9))
dates = st.builds(
    lambda day, more: PartialDate(earliest=day, latest=day + timedelta(more), evidence=HERE), days, st.integers(0, 9)
)
durations = st.builds(Duration, months=st.sampled_from([None, 12, 60]), evidence=st.just(HERE))
tickers = st.builds(Ticker, symbol=st.sampled_from(["AMZN.O", "AMZN", "RDAL.MC"]), evidence=st.just(HERE))


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3).map(tuple)


parties = st.builds(
    Party,
    name=names,
    role=st.sampled_from([Role.SUPPLIER, Role.CUSTOMER]),
    ticker=maybe(tickers),
    parent=maybe(names),
    evidence=st.just(HERE),
)
related = st.builds(
    RelatedDeal,
    parties=st.lists(names, min_size=1, max_size=3).map(tuple),
    deal_type=maybe(st.sampled_from(DealType)),
    status=maybe(st.sampled_from(DealStatus)),
    value=maybe(moneys),
    stake=maybe(percents),
    term=maybe(durations),
    date=maybe(dates),
    certainty=st.sampled_from(Certainty),
    attribution=maybe(names),
    evidence=st.just(HERE),
)
deals = st.builds(
    DealSummary,
    deal_type=st.sampled_from(DealType),
    status=st.sampled_from(DealStatus),
    parties=some(parties),
    value=maybe(moneys),
    consideration=some(st.builds(Consideration, kind=st.sampled_from(ConsiderationKind), amount=moneys)),
    stake=maybe(percents),
    announced=maybe(dates),
    effective=maybe(dates),
    completion=maybe(dates),
    expiry=maybe(dates),
    term=maybe(durations),
    reactions=some(st.builds(Reaction, party=names, percent=percents, evidence=st.just(HERE))),
    related=some(related),
    language=st.just("en"),
    evidence=st.just(HERE),
)


def label(value: Any) -> Label[Any]:  # noqa: ANN401  any leaf
    return Label(() if value is None else (value.symbol if isinstance(value, Ticker) else value,))


def per_share(part: Consideration) -> Money:
    implied = part.kind is ConsiderationKind.PER_SHARE and part.amount.per is None
    return part.amount.model_copy(update={"per": Period.SHARE}) if implied else part.amount


def gold_of(deal: DealSummary) -> GoldDeal:
    """Label everything that an answer says as right, and everything that it leaves out as absent."""
    scalars: dict[str, Any] = {slot: label(getattr(deal, slot)) for slot in SCALAR_SLOTS}
    return GoldDeal(
        **scalars,
        parties=tuple(
            GoldParty(label(one.name), label(one.role), label(one.ticker), label(one.parent)) for one in deal.parties
        ),
        consideration=tuple(GoldConsideration(label(one.kind), label(per_share(one))) for one in deal.consideration),
        reactions=tuple(GoldReaction(label(one.party), label(one.percent)) for one in deal.reactions),
        related=tuple(GoldRelated(tuple(label(name) for name in one.parties), **rest(one)) for one in deal.related),
    )


def rest(deal: RelatedDeal) -> dict[str, Any]:
    return {name: label(getattr(deal, name)) for name in LIST_SLOTS["related"][1:]}


def article(gold: GoldDeal, **changed: Any) -> GoldArticle:  # noqa: ANN401  any field
    fields = {"id": "a", "language": "en", "text": TEXT, "published": None, "split": None, "story": "a", "tags": ()}
    return GoldArticle(**(fields | {"gold": gold} | changed))


def leaves_of(deal: DealSummary) -> int:
    scalars = sum(getattr(deal, slot) is not None for slot in SCALAR_SLOTS)
    items = [
        getattr(item, leaf) for slot, leaves in LIST_SLOTS.items() for item in getattr(deal, slot) for leaf in leaves
    ]
    return scalars + sum(len(leaf) if isinstance(leaf, tuple) else leaf is not None for leaf in items)


@patient
@given(deals)
def test_gold_against_itself_is_perfect(deal: DealSummary) -> None:
    found = score(article(gold_of(deal)), deal)
    assert found.counts.f1 == found.counts.precision == found.counts.recall == 1
    assert found.counts.invention_rate in {0, None}
    assert found.exact


@patient
@given(deals, deals)
def test_pos_is_the_leaves_of_the_gold_and_act_those_of_the_answer(gold: DealSummary, answer: DealSummary) -> None:
    counts = score(article(gold_of(gold)), answer).counts
    assert (counts.possible, counts.actual) == (leaves_of(gold), leaves_of(answer))


@patient
@given(deals, deals, st.randoms(use_true_random=False))
def test_the_order_of_lists_changes_nothing(gold: DealSummary, answer: DealSummary, chance: random.Random) -> None:
    def shuffled(deal: DealSummary) -> DealSummary:
        lists = {slot: tuple(chance.sample(getattr(deal, slot), len(getattr(deal, slot)))) for slot in LIST_SLOTS}
        mixed = [
            one.model_copy(update={"parties": tuple(chance.sample(one.parties, len(one.parties)))})
            for one in lists["related"]
        ]
        return deal.model_copy(update=lists | {"related": tuple(mixed)})

    before = score(article(gold_of(gold)), answer)
    after = score(article(gold_of(shuffled(gold))), shuffled(answer))
    assert before.slots == after.slots


@patient
@given(deals, deals)
def test_swapping_gold_and_answer_swaps_precision_and_recall(one: DealSummary, other: DealSummary) -> None:
    ahead, back = score(article(gold_of(one)), other).counts, score(article(gold_of(other)), one).counts
    assert (ahead.precision, ahead.recall, ahead.f1) == (back.recall, back.precision, back.f1)


@patient
@given(deals)
def test_no_answer_misses_every_leaf(deal: DealSummary) -> None:
    for found in (score(article(gold_of(deal)), None), score_failure(article(gold_of(deal)), "timed out")):
        assert found.counts.mis == found.counts.possible == leaves_of(deal)
        assert found.counts.actual == 0
        assert (found.counts.precision, found.counts.recall, found.counts.f1) == (None, 0, 0)
        assert found.exact is False


@patient
@given(deals)
def test_without_a_deal_everything_answered_is_spurious(deal: DealSummary) -> None:
    found = score(article(no_deal()), deal)
    assert found.counts.spu == found.counts.actual == leaves_of(deal)
    assert found.exact is False


def no_deal() -> GoldDeal:
    absent: dict[str, Any] = dict.fromkeys(SCALAR_SLOTS, Label(())) | dict.fromkeys(LIST_SLOTS, ())
    return GoldDeal(**absent)


def test_without_a_deal_the_answer_that_there_is_none_is_exact_and_undefined() -> None:
    found = score(article(no_deal()), None)
    assert found.counts == Counts(non=len(SCALAR_SLOTS) + len(LIST_SLOTS))
    assert (found.counts.precision, found.counts.recall, found.counts.f1) == (None, None, None)
    assert found.counts.invention_rate == 0
    assert found.exact


def answer(**fields: Any) -> DealSummary:  # noqa: ANN401  any field
    fixed = {"deal_type": DealType.SUPPLY, "status": DealStatus.AGREED, "language": "en", "evidence": HERE}
    return DealSummary(**(fixed | fields))


def party(name: str, role: Role = Role.SUPPLIER, **fields: Any) -> Party:  # noqa: ANN401  any field
    return Party(name=name, role=role, evidence=HERE, **fields)


def outcomes(found: ArticleScore) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for leaf in found.leaves:
        grouped.setdefault(leaf.slot, []).append(str(leaf.outcome))
    return grouped


def test_the_arithmetic_of_a_worked_example() -> None:
    # Gold: type, status, value; Amazon (supplier, AMZN.O) and OpenAI (customer); a stake that is absent.
    gold = GoldDeal(
        deal_type=Label((DealType.SUPPLY,)),
        status=Label((DealStatus.AGREED, DealStatus.COMPLETED)),
        value=Label((Money(amount=38_000_000_000, currency="USD"),)),
        stake=Label(()),
        term=Label(()),
        parties=(
            GoldParty(Label(("Amazon.com", "AWS")), Label((Role.SUPPLIER,)), Label(("AMZN.O",))),
            GoldParty(Label(("OpenAI",)), Label((Role.CUSTOMER,)), Label(())),
        ),
    )
    found = score(
        article(gold),
        answer(
            status=DealStatus.COMPLETED,
            value=Money(amount=38_100_000_000, currency="USD", qualifier="about", evidence=HERE),
            stake=Percent(percent=5, evidence=HERE),
            parties=(party("Nvidia"), party("Amazon", Role.CUSTOMER)),
            announced=PartialDate(earliest="2025-11-03", latest="2025-11-03", evidence=HERE),
        ),
    )
    assert outcomes(found) == {
        "deal_type": ["COR"],
        "status": ["COR"],
        "value": ["PAR"],  # 0.26 % off, and the wrong qualifier
        "stake": ["SPU"],
        "term": ["NON"],
        "parties.name": ["PAR", "MIS", "SPU"],  # Amazon for Amazon.com; OpenAI; Nvidia
        "parties.role": ["INC", "MIS", "SPU"],
        "parties.ticker": ["MIS"],  # nobody's ticker is NON: OpenAI was not found
    }
    # announced is not labelled: it is not there at all.
    assert found.counts == Counts(cor=2, par=2, inc=1, mis=3, spu=3, non=1)
    assert found.counts.possible == 8
    assert found.counts.actual == 8
    assert found.counts.recall == found.counts.precision == found.counts.f1 == 3 / 8
    assert found.counts.invention_rate == 3 / 4
    assert found.exact is False


def test_alignment_earns_the_most_and_the_role_does_not_block_it() -> None:
    gold = GoldDeal(
        parties=(
            GoldParty(Label(("Amazon",)), Label((Role.SUPPLIER,)), Label(())),
            GoldParty(Label(("Amazon Web Services",)), Label((Role.SUPPLIER,)), Label(())),
        )
    )
    # First come, first served, each would find the other's name, which is partly right.
    names_only = (party("Amazon Web Services", Role.CUSTOMER), party("Amazon", Role.CUSTOMER))
    found = score(article(gold), answer(parties=names_only))
    assert outcomes(found)["parties.name"] == ["COR", "COR"]
    assert outcomes(found)["parties.role"] == ["INC", "INC"]
    assert {(leaf.gold_item, leaf.answer_item) for leaf in found.leaves} == {(0, 1), (1, 0)}


def test_an_optional_item_costs_nothing_absent_and_counts_present() -> None:
    gold = GoldDeal(parties=(GoldParty(Label(("Amazon",)), Label((Role.SUPPLIER,)), Label(("AMZN",)), optional=True),))
    assert outcomes(score(article(gold), answer())) == {
        "parties.name": ["FREE"],
        "parties.role": ["FREE"],
        "parties.ticker": ["FREE"],
    }
    assert score(article(gold), answer()).counts == Counts()
    present = score(article(gold), answer(parties=(party("Amazon", Role.ADVISER),)))
    assert present.counts == Counts(cor=1, inc=1, mis=1)


def test_of_equal_alignments_the_one_that_finds_what_must_be_there_wins() -> None:
    def gold(*, first_is_optional: bool) -> GoldDeal:
        parts = [GoldParty(Label(("Amazon",)), Label((Role.SUPPLIER,)), Label(()), optional=o) for o in (True, False)]
        return GoldDeal(parties=tuple(parts if first_is_optional else parts[::-1]))

    for first_is_optional in (True, False):
        found = score(article(gold(first_is_optional=first_is_optional)), answer(parties=(party("Amazon"),)))
        assert found.counts == Counts(cor=2, non=1)


def test_where_no_deal_is_an_alternative_that_answer_is_free() -> None:
    gold = GoldDeal(
        deal_type=Label((DealType.OTHER,), optional=True), status=Label((DealStatus.IN_TALKS,)), stake=Label(())
    )
    assert score(article(gold), None).counts == Counts(non=1)
    assert score(article(gold), answer()).counts == Counts(inc=2, non=1)
    assert score_failure(article(gold), "refused").counts == Counts(mis=1)


def test_a_related_deal_is_the_same_where_one_party_is_shared() -> None:
    gold = GoldDeal(
        related=(
            GoldRelated(
                (Label(("OpenAI",)), Label(("Oracle",))),
                Label((DealType.SUPPLY,)),
                Label(()),
                Label((Duration(months=60),)),
                Label((Certainty.REPORTED,)),
            ),
        )
    )
    one = RelatedDeal(
        parties=("Oracle", "Nvidia"), deal_type="supply", status="agreed", attribution="Reuters", evidence=HERE
    )
    other = RelatedDeal(parties=("Google",), status="agreed", evidence=HERE)
    assert outcomes(score(article(gold), answer(related=(other, one)))) == {
        "related.parties": ["COR", "MIS", "SPU", "SPU"],
        "related.deal_type": ["COR"],
        "related.value": ["NON"],
        "related.term": ["MIS"],
        "related.certainty": ["INC", "SPU"],
        "related.status": ["SPU"],  # not labelled in the one that is aligned
    }


def test_a_price_per_share_is_one_without_saying_so() -> None:
    amount = Money(amount=50, currency="USD", per="share")
    gold = GoldDeal(consideration=(GoldConsideration(Label((ConsiderationKind.PER_SHARE,)), Label((amount,))),))
    part = Consideration(kind="per_share", amount=Money(amount=50, currency="USD", evidence=HERE))
    assert score(article(gold), answer(consideration=(part,))).counts == Counts(cor=2)
    cash = part.model_copy(update={"kind": ConsiderationKind.CASH})
    assert score(article(gold), answer(consideration=(cash,))).counts == Counts(mis=2, spu=2)


def test_an_exact_record_needs_all_four_labelled() -> None:
    gold = gold_of(answer(parties=(party("Amazon", ticker=Ticker(symbol="AMZN")),)))
    assert score(article(gold), answer(parties=(party("AMAZON Inc."),))).exact is True
    assert score(article(gold), answer(parties=(party("Amazon Web Services"),))).exact is False
    assert score(article(gold), answer(parties=(party("Amazon"), party("Nvidia")))).exact is False
    assert score(article(replace(gold, value=None)), answer(parties=(party("Amazon"),))).exact is None


def test_a_value_that_does_not_stand_in_the_text_is_ungrounded() -> None:
    elsewhere = (Evidence(quote="Amazon", span=Span(start=1, stop=7), sentence=1),)
    deal = answer(
        value=Money(amount=1, currency="USD", evidence=elsewhere),
        stake=Percent(percent=5),
        parties=(party("Amazon", ticker=Ticker(symbol="AMZN.O", evidence=HERE)),),
    )
    found = score(article(gold_of(deal)), deal).grounded
    # The deal itself, value, stake, the party and its ticker.
    assert found.values == 5
    assert found.ungrounded == ("value", "stake")


def test_facts_are_looked_for_in_the_prose() -> None:
    gold = GoldDeal(facts=(("38 billion", "38bn"), ("Zürich",), ("5 %", "5%")))
    point = Statement(text="Shares rose 5\u202f%, not 138bn", evidence=HERE)
    deal = answer(headline="A deal in ZURICH", summary="It is worth 138bn.", key_points=(point,))
    assert score(article(gold), deal).facts == (False, True, True)
    assert score(article(gold), None).facts == (False, False, False)
    assert score(article(GoldDeal()), deal).facts is None


def test_prose_must_state_what_the_article_states() -> None:
    deal = answer(headline="Amazon supplies OpenAI", summary="The price is $39 billion, says Microsoft.")
    found = check_prose(article(GoldDeal()), deal)
    assert found.unstated == ("$39 billion", "Microsoft")
    assert found.checked == 3  # OpenAI, the figure, Microsoft
    assert score(article(GoldDeal()), deal, prose=found).prose == found


def test_leaves_tell_a_report_what_to_show() -> None:
    gold = GoldDeal(value=Label((Money(amount=38, currency="USD"), Money(amount=33, currency="EUR")), quotes=("$38",)))
    (leaf,) = score(article(gold), answer(value=Money(amount=39, currency="USD", evidence=HERE))).leaves
    assert (leaf.slot, leaf.gold, leaf.answer) == ("value", "USD 38 | EUR 33", "USD 39")
    assert (leaf.quotes, leaf.evidence) == (("$38",), HERE)


@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(deals, deals), min_size=40, max_size=40))
def test_ten_thousand_pairs_take_less_than_a_minute(pairs: list[tuple[DealSummary, DealSummary]]) -> None:
    prepared = [(article(gold_of(gold)), answered) for gold, answered in pairs]
    started = time.process_time()
    for one, answered in prepared:
        score(one, answered)
    assert (time.process_time() - started) / len(prepared) < 60 / 10_000


def test_importing_evaluation_loads_neither_scipy_nor_numpy() -> None:
    code = "import sys, llmdeal.evaluation; print(*{'scipy', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_without_scipy_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['scipy'] = None; sys.modules['scipy.optimize'] = None\n"
        "from llmdeal.errors import InputError\n"
        "from llmdeal.evaluation.alignment import assign\n"
        "try: assign([[1]])\n"
        "except InputError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "Evaluation needs scipy, which is not installed: pip install 'llmdeal[evals]'\n"


def test_values_of_two_kinds_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="cannot compare Percent with Money"):
        compare(Percent(percent=5), Money(amount=5, currency="USD"))
