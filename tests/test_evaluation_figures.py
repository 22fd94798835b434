from __future__ import annotations

import json
import random
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import bootstrap

from llmdeal.deal import DealStatus, DealSummary, DealType
from llmdeal.document import Evidence, Span
from llmdeal.evaluation import (
    MEASURES,
    ArticleScore,
    ComparisonError,
    Counts,
    GoldArticle,
    GoldDeal,
    Label,
    compare_runs,
    measure,
    score,
    score_failure,
    summarise,
)
from llmdeal.evaluation.counts import Outcome
from llmdeal.evaluation.statistics import difference_interval, flip_test, ratio_interval

HERE = (Evidence(quote="A", span=Span(start=0, stop=1), sentence=1),)
WRONG = DealSummary(deal_type=DealType.DEBT, status=DealStatus.RUMOURED, language="en", evidence=HERE)
RIGHT = WRONG.model_copy(update={"deal_type": DealType.SUPPLY, "status": DealStatus.AGREED})


def article(number: int, story: str | None = None, **changed: object) -> GoldArticle:
    gold = GoldDeal(deal_type=Label((DealType.SUPPLY,)), status=Label((DealStatus.AGREED,)))
    one = GoldArticle(f"a{number:02}", "en", "A sells to B.", gold, None, "dev", story or f"s{number:02}", ("easy",))
    return replace(one, **changed)  # type: ignore[arg-type]  # any field


def run(rights: str) -> list[ArticleScore]:
    """Score one article for each letter: r right, w wrong, - no answer."""
    deals = {"r": RIGHT, "w": WRONG}
    return [
        score(article(number), deals[letter]) if letter in deals else score_failure(article(number), "timed out")
        for number, letter in enumerate(rights)
    ]


def test_ratios_are_those_of_muc() -> None:
    counts = Counts(cor=6, par=2, inc=1, mis=3, spu=1, non=9)
    assert (counts.possible, counts.actual) == (12, 10)
    assert counts.recall == 7 / 12
    assert counts.precision == 7 / 10
    assert counts.f1 == pytest.approx(2 * (7 / 12) * (7 / 10) / (7 / 12 + 7 / 10))
    assert counts.invention_rate == 1 / 10
    empty = Counts()
    assert (empty.recall, empty.precision, empty.f1, empty.invention_rate) == (None, None, None, None)


def test_what_costs_nothing_is_counted_nowhere() -> None:
    assert Counts.of([Outcome.FREE, Outcome.COR, Outcome.NON]) == Counts(cor=1, non=1)
    assert Counts.total([]) == Counts()


def test_figures_are_ratios_of_sums() -> None:
    figures = summarise([*run("rrw"), score_failure(article(3, language="fr", tags=("hard", "late")), "refused")])
    # Two right articles of two leaves, one wrong, one without an answer.
    assert figures.micro.counts == Counts(cor=4, inc=2, mis=2)
    assert (figures.micro.counts.recall, figures.micro.counts.precision) == (4 / 8, 4 / 6)
    assert (figures.articles, figures.stories, figures.failed) == (4, 4, 1)
    assert figures.slots["status"].counts == Counts(cor=2, inc=1, mis=1)
    assert {name: figure.articles for name, figure in figures.languages.items()} == {"en": 3, "fr": 1}
    assert {name: figure.articles for name, figure in figures.tags.items()} == {"easy": 3, "hard": 1, "late": 1}
    assert list(figures.deal_types) == ["supply"]
    assert figures.exact_records.of == 0  # parties and value are not labelled
    assert figures.exact_records.value is None
    assert (figures.ungrounded.hits, figures.ungrounded.of) == (0, 3)


def test_figures_are_plain_data() -> None:
    found = json.loads(json.dumps(summarise(run("rrwrwr-")).to_dict()))
    assert found["micro"].keys() == {"precision", "recall", "f1", "interval", "articles", "counts"}
    low, high = found["micro"]["interval"]
    assert low < found["micro"]["f1"] < high
    assert {"exact_records", "invention_rate", "slots", "languages", "tags", "deal_types"} <= found.keys()
    assert summarise(run("rw"), resamples=0).micro.interval is None
    assert summarise([]).to_dict()["micro"]["f1"] is None


def test_an_article_without_a_deal_is_a_type_of_its_own() -> None:
    without = article(0, gold=GoldDeal(deal_type=Label(())))
    assert list(summarise([score(without, None)], resamples=0).deal_types) == ["none"]


def test_the_interval_is_that_of_scipy() -> None:
    parts = [(3, 4), (4, 4), (2, 4), (4, 5), (3, 5), (5, 5), (1, 7), (6, 6)]
    found = ratio_interval(parts, seed=7, resamples=2_000)
    assert found is not None
    reference = bootstrap(
        tuple(np.array(parts, dtype=float).T),
        lambda hits, of, axis: hits.sum(axis) / of.sum(axis),
        paired=True,
        vectorized=True,
        n_resamples=2_000,
        rng=np.random.default_rng(7),
    )
    assert (found.low, found.high) == pytest.approx(tuple(reference.confidence_interval))
    assert found.stories == 8
    assert found == ratio_interval(parts, seed=7, resamples=2_000)


def test_intervals_at_the_edges() -> None:
    assert ratio_interval([(1, 2)]) is None
    assert ratio_interval([(1, 2), (0, 0)]) is None
    always = ratio_interval([(2, 4), (1, 2), (3, 6)])
    assert always is not None
    assert (always.low, always.high, always.error) == (0.5, 0.5, 0)
    same = difference_interval([(1, 2), (2, 2)], [(1, 2), (2, 2)])
    assert same is not None
    assert (same.low, same.high) == (0, 0)
    # All stories but one are undefined in a run: the resamples without that one show no difference.
    partly = difference_interval([(0, 0), (1, 2), (0, 0)], [(1, 1), (2, 2), (0, 1)], resamples=500)
    assert partly is not None
    assert partly.low <= 0 <= partly.high


def test_a_story_is_resampled_as_a_whole() -> None:
    apart = summarise(run("rwrwrwrwrwrw")).micro.interval
    together = summarise(
        [score(article(number, f"s{number // 2}"), RIGHT if number % 2 else WRONG) for number in range(12)]
    ).micro.interval
    assert apart is not None
    assert together is not None
    assert (together.low, together.high) == (0.5, 0.5)
    assert apart.high - apart.low > 0.3


@pytest.mark.parametrize(("wins", "losses"), [(6, 0), (7, 1), (5, 5), (0, 8)])
def test_sign_flips_agree_with_the_sign_test(wins: int, losses: int) -> None:
    # With stories of equal size the difference only depends on how many are flipped: the binomial sign test.
    before = [(0, 1)] * wins + [(1, 1)] * losses
    after = [(1, 1)] * wins + [(0, 1)] * losses
    count = wins + losses
    heads = np.array([(flips).bit_count() for flips in range(2**count)])
    expected = np.mean(abs(2 * heads - count) >= abs(wins - losses))
    found = flip_test(before, after)
    assert found.p_value == pytest.approx(expected)
    assert (found.exact, found.flips) == (True, 2**count)


def test_many_stories_are_flipped_at_random_and_it_says_so() -> None:
    chance = random.Random(3)  # noqa: S311  no secret
    before = [(chance.randint(0, 4), 4) for _ in range(40)]
    after = [(chance.randint(0, 4), 4) for _ in range(40)]
    found = flip_test(before, after)
    assert not found.exact
    assert 0 < found.p_value <= 1
    assert found == flip_test(before, after)
    assert found.p_value == pytest.approx(flip_test(before, after, seed=1).p_value, abs=0.02)
    assert flip_test(before, before).p_value == 1


def test_two_runs_are_compared_over_the_stories_both_have() -> None:
    found = compare_runs(run("wwwwwwwwrr"), run("rrrrrrwwrrrr"))
    assert (found.before, found.after) == (0.2, 0.8)
    assert found.difference == pytest.approx(0.6)
    assert (found.articles, found.stories) == (10, 10)
    assert found.test.p_value == 0.03125  # six differ, all in one direction
    assert found.interval is not None
    assert 0 < found.interval.low < 0.6 < found.interval.high <= 1
    assert not found.worse
    assert compare_runs(run("rrrrrrwwrr"), run("wwwwwwwwrr")).worse
    assert found.warnings == ("2 scores are of articles that only one run has; they are left out.",)
    assert "f1: 0.200 -> 0.800, +0.600 [+" in str(found)
    assert "p = 0.0312 (exact), over 10 articles of 10 stories; the smallest difference it could see is 0." in str(
        found
    )


def test_the_smallest_visible_difference_shrinks_with_the_stories() -> None:
    few, many = (
        compare_runs(run("rw" * 5), run("rr" * 2 + "wr" * 3)),
        compare_runs(run("rw" * 20), run("rrrrwrwrwr" * 4)),
    )
    assert few.smallest_visible is not None
    assert many.smallest_visible is not None
    assert few.smallest_visible / many.smallest_visible == pytest.approx(2, rel=0.05)
    assert compare_runs(run("rw" * 5), run("rw" * 5)).smallest_visible is None


def test_too_few_stories_are_refused_and_few_are_warned_of() -> None:
    with pytest.raises(ComparisonError, match=r"share 5 stories \(5 articles\); a comparison needs at least 6"):
        compare_runs(run("rrrrr"), run("wwwwwwww"))
    assert compare_runs(run("rrrrrr"), run("rrrrrw")).warnings[0].startswith("Only 6 stories are shared")
    assert compare_runs(run("r" * 10), run("w" * 10)).warnings == ()


def test_changed_gold_is_told() -> None:
    changed = [
        replace(one, article=replace(one.article, text="B.")) if n == 1 else one for n, one in enumerate(run("r" * 10))
    ]
    assert compare_runs(run("r" * 10), changed).warnings == ("Text or labels are not the same in both runs for: a01.",)
    moved = [replace(one, article=replace(one.article, story="other")) for one in run("r" * 10)]
    with pytest.raises(ComparisonError):
        compare_runs(run("r" * 10), moved)


def test_less_invention_is_no_regression() -> None:
    gold = GoldDeal(deal_type=Label(()))
    before = [score(article(number, gold=gold), WRONG) for number in range(10)]
    after = [score(article(number, gold=gold), None) for number in range(10)]
    assert not compare_runs(before, after, figure="invention_rate").worse
    assert compare_runs(after, before, figure="invention_rate").worse


@pytest.mark.parametrize("name", [*MEASURES, "f1:parties.role", "invention_rate:value"])
def test_every_figure_can_be_compared(name: str) -> None:
    assert compare_runs(run("r" * 10), run("rw-rw-rw-r"), figure=name).figure == name


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="no figure 'f1:price'"):
        measure("f1:price")
