"""Every amount, date, duration and percentage of the hand-labelled articles is read, with the right value."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from llmdeal.mentions import Duration, Mention, Money, PartialDate, Percent
from llmdeal.readers import MarkedDocument, open_document, read

if TYPE_CHECKING:
    from collections.abc import Iterator

# What no reader can know: the day after another day that the article names.
UNREADABLE = {("jatoba-ipo.pt", "dia seguinte")}
ARTICLES = sorted((Path(__file__).parents[1] / "evals" / "articles").glob("*.yaml"))


def labels(node: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  YAML
    """Every mapping of a gold label that has a quote."""
    if isinstance(node, dict):
        if "quote" in node and not node.get("optional"):
            yield node
        for value in node.values():
            yield from labels(value)
    elif isinstance(node, list):
        for value in node:
            yield from labels(value)


def on(marked: MarkedDocument, quote: str) -> list[Mention]:
    """The mentions that overlap an occurrence of a quote."""
    text = marked.document.text
    places = [match.span() for match in re.finditer(re.escape(quote), text)]
    return [
        mention
        for mention in marked.mentions
        if any(mention.span.start < stop and start < mention.span.stop for start, stop in places)
    ]


def days(label: Any) -> tuple[date, date]:  # noqa: ANN401  a day, a month, a quarter, a year or an interval
    if isinstance(label, dict):
        return label["earliest"], label["latest"]
    if isinstance(label, date):
        return label, label
    year, _, part = str(label).partition("-")
    first, last = {
        "": (1, 12), "H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12),
    }.get(part) or (int(part), int(part))  # fmt: skip
    return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])


def either(given: Any) -> list[Any]:  # noqa: ANN401  a label may hold one value, or a list of those that are right
    return given if isinstance(given, list) else [given]


def agrees(mention: Mention, label: dict[str, Any]) -> bool:
    value = mention.value
    if isinstance(value, Money) and "amount" in label:
        upper = label.get("upper")
        right = value.amount == Decimal(str(label["amount"])) and value.currency == label["currency"]
        return (
            right
            and value.upper == (None if upper is None else Decimal(str(upper)))
            and value.qualifier in either(label.get("qualifier", value.qualifier))
            and value.per == label.get("per", value.per)
        )
    if isinstance(value, PartialDate) and "earliest" in label:
        return (value.earliest, value.latest) == (label["earliest"], label["latest"])
    if isinstance(value, Duration) and ("months" in label or "multi_year" in label):
        return value.months in either(label.get("months"))
    if isinstance(value, Percent) and "percent" in label:
        return value.percent in [Decimal(str(percent)) for percent in either(label["percent"])]
    return False


def _optional(slot: Any) -> bool:  # noqa: ANN401  YAML
    return isinstance(slot, dict) and bool(slot.get("optional"))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_gold_values_are_read(path: Path) -> None:
    article = yaml.safe_load(path.read_text("utf-8"))
    marked = read(open_document(article["text"], language=article["language"], published=article["published"]))
    typed = {"amount", "earliest", "months", "multi_year", "percent"}
    missed = [
        (label, [str(mention.value) for mention in on(marked, label["quote"])])
        for label in labels(article["gold"])
        if typed & label.keys()
        and (path.stem, label["quote"]) not in UNREADABLE
        and not any(agrees(mention, label) for mention in on(marked, label["quote"]))
    ]
    assert not missed


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_gold_dates_and_tickers_are_read(path: Path) -> None:
    article = yaml.safe_load(path.read_text("utf-8"))
    gold = article["gold"]
    marked = read(open_document(article["text"], language=article["language"], published=article["published"]))
    read_days = {(m.value.earliest, m.value.latest) for m in marked.mentions if isinstance(m.value, PartialDate)}
    slots = [gold.get(slot) for slot in ("announced", "effective", "completion", "expiry")]
    assert {days(slot) for slot in slots if slot and not isinstance(slot, list) and not _optional(slot)} <= read_days
    symbols = {str(mention.value).rpartition(" ")[2] for mention in marked.mentions}
    parties = [party for party in gold.get("parties") or [] if party.get("ticker")]
    for party in parties:
        assert symbols.intersection(either(party["ticker"]))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_publication_is_found_where_the_text_states_it(path: Path) -> None:
    article = yaml.safe_load(path.read_text("utf-8"))
    found = open_document(article["text"], language=article["language"]).published
    assert found in {None, article["published"]}
