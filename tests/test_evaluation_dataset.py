from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from llmdeal.deal import DealStatus
from llmdeal.evaluation import GoldArticle, GoldError, load_article, load_articles
from llmdeal.mentions import Period, Qualifier

ROOT = Path(__file__).parents[1]
TEXT = "Amazon AMZN.O will supply\u00a0OpenAI for $38 billion,\nor $50 a share, by the end of 2026. AWS rose 5%.\n"


def write(folder: Path, gold: dict[str, Any] | str, name: str = "one", **changed: Any) -> Path:  # noqa: ANN401  any field
    fields: dict[str, Any] = {"id": name, "language": "en", "text": TEXT, "gold": gold} | changed
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def load(folder: Path, gold: dict[str, Any], **changed: Any) -> GoldArticle:  # noqa: ANN401  any field
    return load_article(write(folder, gold, **changed))


def test_the_gold_of_the_repository_loads() -> None:
    articles = load_articles(ROOT / "evals" / "articles")
    assert len({article.id for article in articles}) == len(articles) >= 8


def test_every_key_of_the_specification_is_read(tmp_path: Path) -> None:
    amount = {"amount": 38_000_000_000, "currency": "USD", "quote": "$38 billion"}
    gold: dict[str, Any] = {
        "deal_type": ["supply", "partnership"],
        "status": {"any_of": ["agreed", "completed"], "optional": True},
        "subject": "capacity",
        "parties": [
            {"name": "Amazon", "aliases": ["AWS"], "role": "supplier", "ticker": "AMZN.O", "parent": "Amazon.com"},
            {"name": ["OpenAI", "Open AI"], "role": "customer", "optional": True},
        ],
        "value": [amount | {"qualifier": ["exact", "about"]}, {"amount": 1, "upper": 2, "currency": "EUR"}],
        "consideration": [{"kind": "per_share", "amount": 50, "currency": "USD"}],
        "stake": {"percent": 41.5},
        "announced": date(2025, 11, 3),
        "effective": "2025-11",
        "completion": {"earliest": date(2026, 10, 1), "latest": date(2026, 12, 31), "optional": True},
        "expiry": 2030,
        "term": {"multi_year": True},
        "conditions": ["approval"],
        "reactions": [{"party": "AWS", "percent": 5, "quote": "5%"}],
        "related": [
            {"parties": ["OpenAI", ["Oracle", "ORCL"]], "value": amount, "term": {"months": 60}, "date": "2025-H2"}
        ],
        "facts": [["38 billion", "38bn"], "end of 2026"],
    }
    article = load(tmp_path, gold, published=date(2025, 11, 3), split="dev", story="s", tags=["supply"])
    deal = article.gold
    assert (article.published, article.split, article.story, article.tags) == (
        date(2025, 11, 3),
        "dev",
        "s",
        ("supply",),
    )
    assert deal.status is not None
    assert (deal.status.options, deal.status.optional) == ((DealStatus.AGREED, DealStatus.COMPLETED), True)
    assert deal.parties is not None
    assert deal.parties[0].name.options == ("Amazon", "AWS")
    assert (deal.parties[1].name.options, deal.parties[1].optional) == (("OpenAI", "Open AI"), True)
    assert deal.parties[1].ticker.absent
    assert deal.parties[1].parent is None
    assert deal.value is not None
    assert [(m.qualifier, m.upper) for m in deal.value.options] == [
        (Qualifier.EXACT, None),
        (Qualifier.ABOUT, None),
        (Qualifier.EXACT, Decimal(2)),
    ]
    assert deal.value.quotes == ("$38 billion",)
    assert deal.consideration is not None
    assert deal.consideration[0].amount.options[0].per is Period.SHARE
    assert [str(label) for label in (deal.announced, deal.effective, deal.completion, deal.expiry, deal.term)] == [
        "2025-11-03",
        "2025-11-01/2025-11-30",
        "2026-10-01/2026-12-31",
        "2030-01-01/2030-12-31",
        "multi-year",
    ]
    assert deal.completion is not None
    assert deal.completion.optional
    assert deal.related is not None
    related = deal.related[0]
    assert [party.options for party in related.parties] == [("OpenAI",), ("Oracle", "ORCL")]
    assert (str(related.date), str(related.term), str(related.certainty)) == (
        "2025-07-01/2025-12-31",
        "5 years",
        "stated",
    )
    assert (related.deal_type.absent, related.status, related.stake) == (True, None, None)
    assert deal.facts == (("38 billion", "38bn"), ("end of 2026",))


def test_left_out_is_not_labelled_and_null_is_absent(tmp_path: Path) -> None:
    gold = load(tmp_path, {"deal_type": "supply", "stake": None, "related": []}).gold
    assert gold.value is None
    assert gold.parties is None
    assert gold.stake is not None
    assert gold.stake.absent
    assert gold.related == ()


def test_without_a_deal_every_slot_is_absent(tmp_path: Path) -> None:
    gold = load(tmp_path, {"deal_type": None}).gold
    assert gold.no_deal
    assert gold.value is not None
    assert gold.value.absent
    assert gold.parties == ()


def test_an_alternative_of_null_may_be_missing(tmp_path: Path) -> None:
    gold = load(tmp_path, {"status": ["agreed", None]}).gold
    assert gold.status is not None
    assert gold.status.optional


def test_white_space_in_a_quote_may_differ_in_kind(tmp_path: Path) -> None:
    quote = "supply OpenAI for $38 billion, or"
    gold = load(tmp_path, {"value": {"amount": 1, "currency": "USD", "quote": quote}}).gold
    assert gold.value is not None
    assert gold.value.quotes == (quote,)


PARTY = {"name": "Amazon", "role": "supplier"}
MONEY = {"amount": 1, "currency": "USD"}


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        ({"price": 1}, r"one.yaml, line 9: gold.price: unknown key 'price'; allowed here: deal_type, status,"),
        ({"value": MONEY | {"unit": "bn"}}, r"gold.value.unit: unknown key 'unit'; allowed here: amount, currency,"),
        ({"parties": [PARTY, PARTY | {"alias": "x"}]}, r"gold.parties\[1\].alias: unknown key"),
        ({"stake": {"percent": 1, "qualifier": "about"}}, "unknown key 'qualifier'"),
        ({"deal_type": "takeover"}, "gold.deal_type: is 'takeover', but must be one of: acquisition, merger"),
        ({"status": ["agreed", "signed"]}, r"gold.status\[1\]: is 'signed'"),
        ({"status": {"any_of": ["agreed"], "maybe": True}}, "unknown key 'maybe'; allowed here: any_of, optional"),
        ({"value": MONEY | {"quote": "$39 billion"}}, "gold.value.quote: '\\$39 billion' is not in the text"),
        ({"value": MONEY | {"currency": "dollars"}}, "must be an ISO 4217 code"),
        ({"value": MONEY | {"amount": "38 billion"}}, "must be a number; write it in full"),
        ({"value": MONEY | {"amount": True}}, "must be a number"),
        ({"value": MONEY | {"amount": float("inf")}}, "must be a number"),
        ({"value": MONEY | {"amount": 5, "upper": 4}}, "upper .* is less than amount"),
        ({"value": {"amount": 5}}, "gold.value: lacks currency"),
        ({"value": 5}, "gold.value: is 5 .*, but must be a mapping with amount, currency"),
        ({"announced": "2025-13"}, "gold.announced: is '2025-13', but must be a date; write a day"),
        ({"announced": "2025-02-30"}, "must be a date"),
        ({"announced": "2025-Q5"}, "must be a date"),
        ({"announced": {"earliest": date(2025, 2, 1)}}, "lacks latest"),
        ({"announced": {"earliest": "2025-02", "latest": "2025-01"}}, "latest .* is before earliest"),
        ({"term": {"months": 60, "multi_year": True}}, "needs either months or multi_year"),
        ({"term": {"multi_year": False}}, "can only be true"),
        ({"term": {"months": 1.5}}, "must be a whole number of months"),
        ({"parties": [{"name": "Amazon"}]}, r"gold.parties\[0\]: lacks role"),
        ({"parties": [{"name": False, "role": "supplier"}]}, "must be a text; if it is one, put it in quotes"),
        ({"parties": [PARTY | {"ticker": 700}]}, r"gold.parties\[0\].ticker: is 700 .*put it in quotes"),
        ({"parties": [PARTY | {"optional": "yes"}]}, "must be true or false"),
        ({"parties": PARTY}, "gold.parties: is a mapping, but must be a list"),
        ({"parties": [PARTY | {"role": None}]}, "is null, but every answer has one"),
        ({"related": [{"parties": []}]}, "a related deal needs a party"),
        ({"facts": [[]]}, "name at least one form"),
        ({"deal_type": None, "value": MONEY}, "gold.value: is stated, though deal_type is null"),
    ],
)
def test_a_label_that_is_not_allowed_is_refused(tmp_path: Path, gold: dict[str, Any], message: str) -> None:
    with pytest.raises(GoldError, match=message):
        load(tmp_path, gold)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"author": "me"}, "unknown key 'author'; allowed here: id, language, published"),
        ({"split": "train"}, "one of: dev, test"),
        ({"published": "yesterday"}, "is no day"),
        ({"language": "French"}, "ISO 639-1"),
        ({"name": "../x"}, "letters, digits"),
        ({"text": " "}, "text: is empty"),
        ({"tags": "supply"}, "must be a list"),
    ],
)
def test_a_field_that_is_not_allowed_is_refused(tmp_path: Path, changed: dict[str, Any], message: str) -> None:
    name = changed.pop("name", "one")
    with pytest.raises(GoldError, match=message):
        load(tmp_path, {}, id=name, **changed)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"id: [", "is no YAML"),
        (b"id: a\nid: b\n", "line 2: id: is given twice"),
        (b"id: &x a\nlanguage: *x\n", "line 2: anchors and aliases"),
        (b"id: !!python/object:os.system a\n", "is no YAML"),
        (b"- a\n", "the file: is a list, but must be a mapping"),
        (b"published: 2025-02-30\n", "line 1: published: '2025-02-30' cannot be read"),
        (b"id: \xff\n", "is not UTF-8"),
        (b"[" * 5_000, "nested more than 12 deep"),
        (b"id: " + b"a" * 1_000_001, "larger than 1,000,000 bytes"),
        (b"--- a\n--- b\n", "is no YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    with pytest.raises(GoldError, match=message):
        load_article(path)


def test_a_folder_reports_every_faulty_file_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"price": 1}, "a")
    write(tmp_path, {}, "b")
    write(tmp_path, {}, "c", id="b")
    with pytest.raises(GoldError) as caught:
        load_articles(tmp_path)
    first, second = str(caught.value).splitlines()
    assert "a.yaml, line 9: gold.price" in first
    assert second == "c.yaml: id 'b' is taken by another file of the folder"


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no gold file"):
        load_articles(tmp_path)
    with pytest.raises(GoldError, match="no such file"):
        load_articles(tmp_path / "none")
