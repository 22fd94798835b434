from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmdeal.deal import (
    DealStatus,
    DealSummary,
    DealType,
    DealWarning,
    Party,
    Provenance,
    Role,
    Statement,
    WarningCode,
)
from llmdeal.document import Evidence, Span
from llmdeal.evaluation import (
    Answered,
    Counts,
    GoldArticle,
    GoldDeal,
    Interval,
    Label,
    Outcome,
    Prose,
    Scored,
    compare_leaves,
    compare_runs,
    score_answer,
)
from llmdeal.evaluation.html import html_report
from llmdeal.evaluation.html.highlights import Stretch, cut
from llmdeal.evaluation.html.words import compared, interval, verdict
from llmdeal.evaluation.labels import ABSENT, GoldParty
from llmdeal.mentions import Money, Percent, Ticker
from llmdeal.usage import Usage

VOID = {"meta", "input", "br"}
TEXT = (
    "Arel Labs buys Bode\n\nLYON - Arel Labs (ARL.P) said on Monday it will buy Bode for 9 million euros, "
    "or “about\u00a010 million dollars”. It holds 20% today.\n\n🜁 Arel Labs was founded in 1999."
)
ATTACKS = (
    "<script>window.ran = 'script'</script>",
    "</script><script>window.ran = 'second script'</script>",
    "</style><img src=x onerror=\"window.ran = 'image'\">",
    "\"'><svg onload=window.ran='svg'></svg>",
    '" onfocus="window.ran=\'focus\'" autofocus tabindex="1" x="',
    "' onmouseover='window.ran=1' ",
    "<a href=\"javascript:window.ran='link'\">next</a><base href='http://127.0.0.1:1/'>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe><link rel=stylesheet href=http://127.0.0.1:1/x.css>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:1/'>",
    "<!-- --><![CDATA[ ]]></textarea></title></option></select></details></main>",
    "&lt;b&gt; &amp;amp; &#x3C;i&#x3E; &quot",
    "{{ 7 * 7 }}{% raw %}${alert(1)}",
    "\u202eevil\u2066 \u200f\u2028 \u2029 \ufeff",
    "x" * 300,
)
ATTACK = " ".join(ATTACKS)


class Node:
    """An element: what it is called, its attributes, and what is in it."""

    def __init__(self, tag: str, attrs: dict[str, str | None]) -> None:
        self.tag, self.attrs = tag, attrs
        self.inner: list[Node | str] = []

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.inner)

    def all(self, tag: str = "", **attrs: str) -> list[Node]:
        found = []
        for part in self.inner:
            if isinstance(part, Node):
                if part.tag == (tag or part.tag) and all(part.has(key, value) for key, value in attrs.items()):
                    found.append(part)
                found += part.all(tag, **attrs)
        return found

    def one(self, tag: str = "", **attrs: str) -> Node:
        (found,) = self.all(tag, **attrs)
        return found

    def has(self, key: str, word: str) -> bool:
        return word in (self.attrs.get(key.strip("_").replace("_", "-")) or "").split()


class Reader(HTMLParser):
    """Reads a page into elements; what is not closed in order is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        assert len(node.attrs) == len(attrs), (tag, attrs)
        self.open[-1].inner.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inner.append(data)


def read(page: str) -> Node:
    reader = Reader()
    reader.feed(page)
    reader.close()
    (root,) = reader.open
    return root


def at(words: str, text: str = TEXT) -> tuple[Evidence, ...]:
    start = text.index(words)
    return (Evidence(quote=words, span=Span(start=start, stop=start + len(words)), sentence=1),)


PRICE = Money(amount="9e6", currency="EUR")
GOLD = GoldDeal(
    deal_type=Label((DealType.ACQUISITION,)),
    status=Label((DealStatus.AGREED,)),
    subject=Label(("all of Bode",)),
    parties=(
        GoldParty(Label(("Arel Labs", "Arel")), Label((Role.ACQUIRER,)), Label(("ARL.P",), quotes=("ARL.P",))),
        GoldParty(Label(("Bode",)), Label((Role.TARGET,)), ABSENT),  # type: ignore[arg-type]  # as a file would say it
    ),
    value=Label((PRICE,), quotes=("9 million euros", "“about 10 million dollars”")),
    stake=Label(()),
    conditions=("the courts agree",),
    facts=(("9 million", "9 millions"), ("Bode",)),
)
DEAL = DealSummary(
    deal_type=DealType.ACQUISITION,
    status=DealStatus.AGREED,
    subject=Statement(text="Bode", evidence=at("Bode")),
    parties=(
        Party(
            name="Arel Labs",
            role=Role.ACQUIRER,
            ticker=Ticker(symbol="ARL.P", evidence=at("ARL.P")),
            evidence=at("Arel Labs"),
        ),
        Party(name="Bode", role=Role.TARGET, evidence=at("Bode")),
    ),
    value=PRICE.with_evidence(*at("9 million euros")),
    headline="Arel Labs buys Bode for 9 million",
    key_points=(Statement(text="Arel Labs is from 1999.", evidence=at("🜁 Arel Labs was founded in 1999.")),),
    language="en",
    evidence=at("Arel Labs (ARL.P) said on Monday it will buy Bode for 9 million euros"),
)
MADE = Provenance(
    prompt="deal", version=3, prompt_sha256="0" * 64, model="m-1", usage=Usage(input_tokens=1200), seconds=2.5
)
ANSWERS: dict[str, dict[str, Any]] = {
    "right": {},
    "inc": {"value": Money(amount=20, currency="EUR", evidence=at("20"))},
    "mis": {"value": None, "headline": None},
    "spu": {"stake": Percent(percent=20, evidence=at("20%"))},
    "par": {"value": PRICE.model_copy(update={"qualifier": "about", "evidence": at("9 million euros")})},
}


def article(number: int, **changed: Any) -> GoldArticle:  # noqa: ANN401  any field
    language, tags = (("en", ("easy",)), ("fr", ("hard", "two words")))[number % 2]
    one = GoldArticle(f"a{number}", language, TEXT, GOLD, date(2025, 11, 3), "dev", f"s{number}", tags)
    return replace(one, **changed)


def answer(number: int, kind: str, **changed: Any) -> Scored:  # noqa: ANN401  any field
    one = article(number, **changed)
    if kind == "failed":
        return score_answer(one, Answered(id=one.id, failure="RefusalError: no <thanks>"))
    if kind == "none":
        return score_answer(one, Answered(id=one.id, provenance=MADE))
    deal = DEAL.model_copy(update=ANSWERS[kind])
    return score_answer(one, Answered(id=one.id, deal=deal, provenance=MADE))


def run(*kinds: str) -> list[Scored]:
    """Score one article for each kind of answer."""
    return [answer(number, kind) for number, kind in enumerate(kinds)]


def hostile(number: int, *, failed: bool = False) -> Scored:
    """An article, labels and an answer in which every text is an attack."""
    name = f"{ATTACK}{number}"
    text = f"{name}\n\n{ATTACK} for 9 million euros"
    gold = GoldDeal(
        deal_type=Label((DealType.SUPPLY,)),
        subject=Label((ATTACK,)),
        parties=(GoldParty(Label((ATTACK,), quotes=(ATTACK,)), Label((Role.SUPPLIER,)), Label((ATTACK,))),),
        value=Label((PRICE,), quotes=(ATTACK,)),
        conditions=(ATTACK,),
        facts=((ATTACK, "9 million"), ("nothing",)),
    )
    one = GoldArticle(name, "en", text, gold, None, "test", f"{name}-story", (ATTACK, *ATTACKS))
    if failed:
        return score_answer(one, Answered(id=name, failure=ATTACK))
    said = Statement(text=ATTACK, evidence=at(ATTACK, text))
    deal = DealSummary(
        deal_type=DealType.SUPPLY,
        status=DealStatus.AGREED,
        subject=said,
        parties=(
            Party(
                name=ATTACK,
                role=Role.CUSTOMER,
                ticker=Ticker(symbol="X", evidence=at(ATTACK, text)),
                evidence=(Evidence(quote=ATTACK, span=Span(start=5, stop=9), sentence=1),),
            ),
            Party(name=ATTACKS[0], role=Role.SUPPLIER, evidence=at(ATTACKS[0], text)),
        ),
        conditions=(said,),
        headline=ATTACK,
        summary=ATTACK,
        key_points=(said, said),
        language=ATTACK,
        evidence=at(ATTACK, text),
    )
    warning = DealWarning(code=WarningCode.SERVER, slot=ATTACK, message=ATTACK)
    made = Provenance(prompt=ATTACK, version=1, prompt_sha256=ATTACK, model=ATTACK)
    scored = score_answer(one, Answered(id=name, deal=deal, warnings=(warning,), provenance=made))
    return scored._replace(score=replace(scored.score, prose=Prose(1, (ATTACK,))))


def hostile_runs() -> tuple[list[Scored], list[Scored]]:
    after = [hostile(number, failed=number == 3) for number in range(7)]
    before = [hostile(number, failed=number == 5) for number in (*range(6), 9)]
    deal = before[0].answered.deal
    assert deal is not None
    other = deal.model_copy(update={"parties": (), "headline": None, "value": PRICE})
    before[0] = score_answer(before[0].score.article, before[0].answered.model_copy(update={"deal": other}))
    return after, before


def show(after: list[Scored], before: list[Scored] | tuple[()] = (), *, title: str = "A run") -> Node:
    return read(html_report(after, before, title=title, resamples=0))


def articles_of(page: Node) -> list[Node]:
    return page.all("details", class_="article")


def test_every_article_is_there_with_its_whole_text() -> None:
    scored = run("right", "inc", "mis", "spu", "failed", "none")
    found = articles_of(show(scored))
    assert [node.one("h3").text.strip() for node in found] == [one.score.article.id for one in scored]
    assert [node.one("div", class_="text").text for node in found] == [TEXT] * 6
    badges = [[badge.text for badge in node.one("summary").all(class_="badge")] for node in found]
    assert badges == [
        ["EXACT", "COR"],
        ["COR", "INC"],
        ["COR", "MIS"],
        ["EXACT", "COR", "SPU"],
        ["FAILED", "MIS"],
        ["MIS"],
    ]


def test_every_leaf_is_a_row_told_by_letters() -> None:
    scored = answer(0, "inc")
    (found,) = articles_of(show([scored]))
    rows = found.all("tr", class_="leaf")
    counted = [leaf for leaf in scored.score.leaves if leaf.outcome is not Outcome.NON]
    assert [row.one(class_="badge").text for row in rows] == [leaf.outcome for leaf in counted]
    assert [row.one("code").text for row in rows] == [leaf.slot for leaf in counted]
    cells = [[cell.all("bdi")[0].text for cell in row.all("td") if cell.all("bdi")] for row in rows]
    assert cells == [[text for text in (leaf.gold, leaf.answer) if text is not None] for leaf in counted]
    assert "Not stated, and not answered: stake, parties.ticker." in " ".join(found.text.split())


def test_what_a_leaf_points_at_is_exactly_its_evidence() -> None:
    scored = answer(0, "spu")
    (found,) = articles_of(show([scored]))
    leaves = iter([leaf for leaf in scored.score.leaves if leaf.outcome is not Outcome.NON])
    deal = scored.answered.deal
    assert deal is not None
    for row, leaf in zip(found.all("tr", class_="leaf"), leaves, strict=True):
        key = row.attrs["data-row"] or ""
        lit = "".join(piece.text for piece in found.all(class_="piece", data_rows=key))
        evidence = deal.evidence if leaf.slot in {"deal_type", "status"} else leaf.evidence
        assert lit == "".join(one.quote for one in evidence), leaf
    value = next(row for row in found.all("tr", class_="leaf") if row.one("code").text == "value")
    quoted = "".join(piece.text for piece in found.all(class_="piece", data_quoted=value.attrs["data-row"] or ""))
    assert quoted == "9 million euros“about\u00a010 million dollars”"
    point = found.one("li", class_="leaf", data_row="p1")
    assert (
        "".join(piece.text for piece in found.all(class_="piece", data_rows="p1"))
        == DEAL.key_points[0].evidence[0].quote
    )
    assert "Arel Labs is from 1999." in point.text


def test_the_shortest_evidence_colours_the_text() -> None:
    (found,) = articles_of(show([answer(0, "inc")]))
    colours = {piece.text: piece.attrs["class"] for piece in found.all("mark")}
    assert colours["20"] == "piece inc"
    assert colours[") said on Monday it will buy Bode for "] == "piece cor"


def test_evidence_that_is_not_in_the_text_lights_nothing_and_is_named() -> None:
    astray = (Evidence(quote="8 million euros", span=Span(start=3, stop=18), sentence=1),)
    deal = DEAL.model_copy(update={"value": PRICE.with_evidence(*astray)})
    (found,) = articles_of(
        show([score_answer(article(0), Answered(id="a0", deal=deal))]),
    )
    row = next(row for row in found.all("tr", class_="leaf") if row.one("code").text == "value")
    assert found.all(class_="piece", data_rows=row.attrs["data-row"] or "") == []
    assert row.one("q", class_="astray").text == "8 million euros"
    assert "UNGROUNDED" in found.one("summary").text
    assert "not in the text: value." in " ".join(found.text.split())


def test_a_failure_is_shown_with_its_reason() -> None:
    page = show(run("right", "failed"))
    found = articles_of(page)[1]
    assert found.one(class_="failure").text == "Failed: RefusalError: no <thanks>"
    assert "data-failed" in found.attrs
    assert page.one(data_figure="failed").one(class_="value").text == "1"


def test_headline_figures_are_those_of_the_run() -> None:
    page = read(html_report(run("right", "inc", "mis", "spu", "right", "right"), title="A run", resamples=199))
    cards = {node.attrs["data-figure"]: node for node in page.all(class_="card")}
    # Eight leaves of the gold in each of six articles: one is wrong, one missing; one is answered without a gold.
    counts = Counts(cor=46, inc=1, mis=1, spu=1)
    shown = {name: node.one(class_="value").text for name, node in cards.items()}
    assert shown["f1"] == f"{counts.f1:.3f}"
    assert shown["precision"] == f"{counts.precision:.3f}"
    assert shown["recall"] == f"{counts.recall:.3f}"
    assert shown["exact_records"] == "66.7 %"
    assert "4 of 6" in cards["exact_records"].text
    assert (shown["ungrounded"], shown["failed"]) == ("0.0 %", "0")
    assert all(
        re.search(r"\d(?: %)? to \d", cards[name].text) for name in ("f1", "precision", "recall", "exact_records")
    )
    assert "m-1 with deal.v3 (6 answers)" in page.text
    lines = {row.one("th").text.strip(): row for row in page.all("tr") if row.all("td", class_="strong")}
    assert {"value", "parties.name", "en", "fr", "easy", "hard", "two words", "acquisition"} <= lines.keys()
    assert lines["value"].one("td", class_="strong").text == f"{Counts(cor=4, inc=1, mis=1).f1:.3f}"


def test_only_its_own_script_and_style_may_run() -> None:
    page = show([])
    (policy,) = [meta for meta in page.all("meta") if meta.attrs.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in (policy.attrs["content"] or "").split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        digest = base64.b64encode(hashlib.sha256(page.one(tag).text.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
        assert page.one(tag).attrs == {}
    assert [node.attrs["href"] for node in page.all("a")] == ["#articles"]


@pytest.mark.parametrize("two", [False, True])
def test_whatever_anybody_says_is_only_text(two: bool) -> None:  # noqa: FBT001  a parameter of the test
    after, before = hostile_runs()
    page = show(after, before if two else (), title=ATTACK)
    harmless = show(run(*["inc"] * 6, "failed"), run(*["spu"] * 6, "right"))
    expected = {node.tag for node in harmless.all()} | {"li", "ul"}
    assert {node.tag for node in page.all()} <= expected
    assert len(page.all("script")) == len(page.all("style")) == 1
    names = {name for node in page.all() for name in node.attrs}
    assert names <= {name for node in harmless.all() for name in node.attrs} | {"data-quoted"}
    assert not {name for name in names if name.startswith("on") or name in {"src", "style", "srcdoc"}}
    assert page.one("title").text == page.one("h1").text == ATTACK
    found = articles_of(page)
    assert [node.one("div", class_="text").text for node in found] == [one.score.article.text for one in after]
    assert [node.one("h3").text.strip() for node in found] == [one.score.article.id for one in after]
    assert ATTACK in found[3].one(class_="failure").text
    said = found[0].text
    assert said.count(ATTACK) > 15
    assert found[0].one("p", class_="headline").text == ATTACK
    assert found[0].one("ul", class_="warnings").one("bdi").text == f"{ATTACK}: {ATTACK}"
    assert {option.text for option in page.one("select", id="tag").all("option")} == {"any", ATTACK, *ATTACKS}


def test_filters_go_by_position_so_that_no_name_is_part_of_a_selector() -> None:
    page = show(hostile_runs()[0])
    for key in ("slot", "language", "tag"):
        values = [option.attrs["value"] for option in page.one("select", id=key).all("option")]
        assert values == ["", *map(str, range(len(values) - 1))]
    for node in page.all():
        for name in ("data-slot", "data-language", "data-tags", "data-choice"):
            assert re.fullmatch(r"[\d ]*", node.attrs.get(name) or "")


def test_two_runs_show_the_changes_that_the_evaluation_finds() -> None:
    after = run("right", "inc", "mis", "spu", "failed", "right", "right")
    before = run("inc", "right", "right", "right", "right", "failed", "right")
    page = show(after, before)
    for node, then, now in zip(articles_of(page), before, after, strict=True):
        rows = node.all("li", class_="leaf", data_kind="") + [li for li in node.all("li") if "data-kind" in li.attrs]
        leaves = [li for li in rows if "data-slot" in li.attrs]
        expected = compare_leaves([then], [now]).all
        assert [(li.attrs["data-kind"], li.one("code").text) for li in leaves] == [(c.kind, c.slot) for c in expected]
        assert [li.one("q").text for li in leaves] == [change.sentence for change in expected]
        assert ("data-changed" in node.attrs) == bool(expected)
    facts = [li.text for li in articles_of(page)[2].all("li") if "in the prose" in li.text]
    assert [" ".join(fact.split()) for fact in facts] == [
        "▼ lost in the prose: 9 million | 9 millions",
        "▼ lost in the prose: Bode",
    ]
    assert "It had failed before: RefusalError: no <thanks>" in articles_of(page)[5].text
    assert "It was answered before." in articles_of(page)[4].text
    was = {
        row.one("code").text: row.one(class_="was").text
        for row in articles_of(page)[1].all(class_="leaf")
        if row.all(class_="was")
    }
    assert was == {"value": "was COR"}


def test_two_runs_are_compared_in_words() -> None:
    after = run("right", "inc", "mis", "spu", "failed", "right", "right")
    before = run(*["right"] * 7)
    page = show(after, before)
    verdicts = {li.attrs["data-figure"]: li for li in page.one(class_="verdicts").all("li")}
    assert {"f1", "precision", "recall", "exact_records", "invention_rate", "ungrounded", "facts"} == verdicts.keys()
    comparison = compare_runs([one.score for one in before], [one.score for one in after])
    assert compared(comparison) in verdicts["f1"].text
    assert re.search(r"F1 fell from 1\.000 to 0\.\d{3}: −0\.\d{3}, 95 % interval −0\.\d{3} to ", verdicts["f1"].text)
    assert verdicts["ungrounded"].attrs["data-verdict"] == "same"
    assert "Only 7 stories are shared" in page.one(id="compared").text


def test_articles_that_only_one_run_has_are_named() -> None:
    page = show(run(*["right"] * 7)[1:], run(*["inc"] * 6))
    text = " ".join(page.one(id="compared").text.split())
    assert "Only the other run has: a0." in text
    assert "Only this run has: a6." in text
    assert "only in this run" in articles_of(page)[-1].one("summary").text


def test_runs_that_cannot_be_compared_are_shown_with_the_reason() -> None:
    page = show(run("right", "inc"), run("inc", "inc"))
    assert "The runs share 2 stories (2 articles); a comparison needs at least 6" in page.one(id="compared").text
    assert "data-changed" in articles_of(page)[0].attrs
    assert "data-changed" not in articles_of(page)[1].attrs


def test_what_differs_and_is_worth_the_same_counts_as_changed() -> None:
    other = DEAL.model_copy(update={"value": Money(amount=30, currency="EUR", evidence=at("20"))})
    after = [score_answer(article(0), Answered(id="a0", deal=other))]
    (found,) = articles_of(show(after, [answer(0, "inc")]))
    assert "data-changed" in found.attrs
    assert "What differs is worth the same as before." in found.text


def test_other_labels_are_told() -> None:
    before = [answer(0, "right", text=f"{TEXT} More.")]
    (found,) = articles_of(show([answer(0, "right")], before))
    assert "The text or the labels are not the same in both runs." in found.text


def test_each_repeat_is_met_by_its_own_or_by_the_first() -> None:
    def repeats(*kinds: str) -> list[Scored]:
        found = []
        for repeat, kind in enumerate(kinds):
            one = answer(0, kind)
            found.append(one._replace(answered=one.answered.model_copy(update={"repeat": repeat})))
        return found

    page = show(repeats("right", "right", "inc"), repeats("right", "inc"))
    assert [" ".join(node.one("h3").text.split()) for node in articles_of(page)] == ["a0", "a0 repeat 1", "a0 repeat 2"]
    changes = [
        [li.attrs["data-kind"] for li in node.all("li") if "data-slot" in li.attrs] for node in articles_of(page)
    ]
    assert changes == [[], ["gained"], ["lost"]]


def test_a_page_without_answers_is_a_page() -> None:
    page = show([])
    assert articles_of(page) == []
    assert page.one(data_figure="f1").one(class_="value").text == "n/a"


def test_it_can_always_be_written_as_utf_8() -> None:
    page = html_report(run("right"), title="run-\udcff.jsonl", resamples=0)
    assert "<title>run-?.jsonl</title>" in page.encode("utf-8").decode("utf-8")


STRETCHES = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6), st.booleans()), max_size=8)


@given(text=st.text(min_size=18, max_size=18), places=STRETCHES)
def test_pieces_make_up_the_text_and_rows_their_stretches(text: str, places: list[tuple[int, int, bool]]) -> None:
    stretches = [
        Stretch(start, start + length, str(number), Outcome.COR if number % 2 else None, quoted=quoted)
        for number, (start, length, quoted) in enumerate(places)
    ]
    pieces = cut(text, stretches)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    for stretch in stretches:
        own = [piece.text for piece in pieces if stretch.row in (piece.quoted if stretch.quoted else piece.rows)]
        assert "".join(own) == text[stretch.start : stretch.stop]
    assert not any(one[1:] == other[1:] == ((), (), None) for one, other in pairwise(pieces))


def test_figures_in_words() -> None:
    def scores(*kinds: str) -> list[Any]:
        return [one.score for one in run(*kinds)]

    better = compare_runs(scores(*["inc"] * 10), scores(*["right"] * 10))
    assert verdict(better) == "better"
    assert compared(better).startswith(
        "F1 rose from 0.875 to 1.000: +0.125, 95 % interval +0.125 to +0.125, p = 0.00195"
    )
    assert verdict(compare_runs(scores(*["right"] * 10), scores(*["inc"] * 10))) == "worse"
    same = compare_runs(scores(*["inc"] * 10), scores(*["inc"] * 10))
    assert (verdict(same), compared(same)) == ("same", "F1: 0.875 in both runs, whichever stories are drawn.")
    undefined = compare_runs(scores(*["inc"] * 6), scores(*["inc"] * 6), figure="unstated")
    assert verdict(undefined) == "unclear"
    assert compared(undefined).startswith("Unstated in the prose cannot be compared")
    less = compare_runs(scores(*["spu"] * 10), scores(*["right"] * 10), figure="invention_rate")
    assert verdict(less) == "better"
    few = replace(better, test=replace(better.test, p_value=0.25))
    assert compared(few).endswith("The sign-flip test does not bear it out.")
    assert interval(Interval(0.1, 0.2, 0.01, 9), "facts") == "10.0 % to 20.0 %"
