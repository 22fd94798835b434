"""The gold articles of the repository: what they must cover, and what both annotators say of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from llmdeal.deal import DealStatus, DealType
from llmdeal.evaluation import GoldArticle, Outcome, load_articles, score
from llmdeal.evaluation.agreement import answer_of, load_labels, score_labels
from llmdeal.evaluation.leaves import LIST_SLOTS, SCALAR_SLOTS

EVALS = Path(__file__).parents[1] / "evals"
LANGUAGES = {"de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh"}
RIGHT = {Outcome.COR, Outcome.NON, Outcome.FREE}


@pytest.fixture(scope="module")
def articles() -> tuple[GoldArticle, ...]:
    return load_articles(EVALS / "articles")


@pytest.fixture(scope="module", params=["first_labels", "second_labels"])
def labelled(request: pytest.FixtureRequest, articles: tuple[GoldArticle, ...]) -> tuple[GoldArticle, ...]:
    return load_labels(EVALS / request.param, articles)


def tagged(articles: tuple[GoldArticle, ...], tag: str) -> list[GoldArticle]:
    return [article for article in articles if tag in article.tags]


def test_there_are_enough_in_each_language(articles: tuple[GoldArticle, ...]) -> None:
    languages = Counter(article.language for article in articles)
    assert len(articles) >= 60
    assert set(languages) == LANGUAGES
    assert min(languages.values()) >= 5


def test_every_type_and_status_is_the_only_right_one_of_an_article(articles: tuple[GoldArticle, ...]) -> None:
    types = [article.gold.deal_type for article in articles if article.gold.deal_type]
    statuses = [article.gold.status for article in articles if article.gold.status]
    assert {label.options[0] for label in types if len(label.options) == 1} == set(DealType)
    assert {label.options[0] for label in statuses if len(label.options) == 1} == set(DealStatus)


def test_articles_without_a_deal_are_tagged_so(articles: tuple[GoldArticle, ...]) -> None:
    without = [article for article in articles if article.gold.no_deal]
    assert without == tagged(articles, "no_deal")
    assert len(without) >= 4


def test_some_articles_instruct_the_model(articles: tuple[GoldArticle, ...]) -> None:
    assert len(tagged(articles, "injection")) >= 3


def test_no_story_is_in_both_splits(articles: tuple[GoldArticle, ...]) -> None:
    splits: dict[str, set[str | None]] = {}
    for article in articles:
        splits.setdefault(article.story, set()).add(article.split)
    assert all(len(found) == 1 for found in splits.values())
    assert Counter(article.split for article in articles) == {"dev": 40, "test": 20}
    assert {article.language for article in articles if article.split == "test"} == LANGUAGES


def test_every_slot_of_an_article_is_labelled(articles: tuple[GoldArticle, ...]) -> None:
    unlabelled = [
        (article.id, slot)
        for article in articles
        for slot in (*SCALAR_SLOTS, *LIST_SLOTS)
        if getattr(article.gold, slot) is None
    ]
    assert unlabelled == []


def test_the_gold_answers_itself_rightly_and_in_the_words_of_the_article(articles: tuple[GoldArticle, ...]) -> None:
    for article in articles:
        found = score(article, answer_of(article))
        assert {leaf.outcome for leaf in found.leaves} <= RIGHT, article.id
        assert found.grounded.ungrounded == (), article.id


def test_both_annotators_labelled_every_article(
    articles: tuple[GoldArticle, ...], labelled: tuple[GoldArticle, ...]
) -> None:
    assert [article.id for article in labelled] == [article.id for article in articles]


def test_the_gold_counts_no_answer_of_an_annotator_as_wrong(
    articles: tuple[GoldArticle, ...], labelled: tuple[GoldArticle, ...]
) -> None:
    wrong = {
        (article.id, leaf.slot)
        for article, answered in zip(articles, labelled, strict=True)
        for leaf in score_labels(article, answered).leaves
        if leaf.outcome not in RIGHT
    }
    # A slip of the first: a price for the whole company, given as one per share.
    assert wrong <= {("stannary-aubrelle.fr", "related.value")}
