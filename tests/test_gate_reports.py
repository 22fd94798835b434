"""The verdict of the gate, and its JUnit and Markdown, whatever words articles and models use."""

from __future__ import annotations

from decimal import Decimal
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from llmdeal.deal import DealStatus, DealSummary, DealType
from llmdeal.document import Evidence, Span
from llmdeal.evaluation import (
    Answered,
    GoldArticle,
    GoldDeal,
    Label,
    Scored,
    Verdict,
    gate_markdown,
    junit_xml,
    score_answer,
    verdict_of,
)
from llmdeal.mentions import Percent
from tests.invented import NAMES

HOSTILE = (
    "</failure>]]><script>alert(1)</script>\x00\x08\x1b[31m\u202e\ufffe *bold* **all** _em_ `code` ``` | cell | "
    "@everyone #1 ![x](javascript:alert(1)) [y](http://z.example) <b onclick=x> www.example.com http://e.example "
    "a@b.example $x$ ~~no~~ &lt;img&gt; \\\n\n# heading\n- item\n::error::no"
)


def judged(*, poor: int, text: str = "A sells to B.", quote: str = "A", ungrounded: bool = False) -> Verdict:
    """Return the verdict on a run that gets so many of twelve articles wrong."""
    here = (Evidence(quote=text[:1], span=Span(start=0, stop=1), sentence=1),)
    right = DealSummary(deal_type=DealType.SUPPLY, status=DealStatus.AGREED, language="en", evidence=here)
    nowhere = (Evidence(quote="nowhere", span=Span(start=0, stop=7), sentence=1),)
    wrong = right.model_copy(
        update={"deal_type": DealType.DEBT, "headline": quote, "evidence": nowhere if ungrounded else here}
    )
    gold = GoldDeal(deal_type=Label((DealType.SUPPLY,), quotes=(quote,)), status=Label((DealStatus.AGREED,)))
    before, after = list[Scored](), list[Scored]()
    for number, name in enumerate(NAMES):
        article = GoldArticle(name, "en", text, gold, None, None, name, ())
        before.append(score_answer(article, Answered(id=name, deal=right)))
        after.append(score_answer(article, Answered(id=name, deal=wrong if number < poor else right)))
    return verdict_of(before, after)


def test_a_figure_must_lose_more_than_it_may_and_not_by_luck() -> None:
    assert judged(poor=0).passed
    assert judged(poor=1).passed
    verdict = judged(poor=9)
    assert [gated.comparison.figure for gated in verdict.gated if gated.regressed] == ["f1", "f1:deal_type"]
    generous = verdict_of(verdict.before, verdict.after, allowances={"f1": 0.9})
    assert generous.passed
    backwards = verdict_of(verdict.after, verdict.before)
    assert backwards.passed
    assert len(backwards.pairing.changes.good) == 9


def test_more_inventions_are_a_regression_too() -> None:
    here = (Evidence(quote="A", span=Span(start=0, stop=1), sentence=1),)
    right = DealSummary(deal_type=DealType.SUPPLY, status=DealStatus.AGREED, language="en", evidence=here)
    invented = right.model_copy(update={"stake": Percent(percent=Decimal(5), evidence=here)})
    gold = GoldDeal(deal_type=Label((DealType.SUPPLY,)), stake=Label(()))
    articles = [GoldArticle(name, "en", "A sells to B.", gold, None, None, name, ()) for name in NAMES]
    before, after = (
        [score_answer(one, Answered(id=one.id, deal=deal)) for one in articles] for deal in (right, invented)
    )
    verdict = verdict_of(before, after, allowances={"invention_rate": 0.01})
    assert not verdict.passed
    assert "Almond: stake: invented 5%" in verdict.lines()
    assert verdict_of(after, before, allowances={"invention_rate": 0.01}).passed


def test_a_value_that_is_not_in_the_text_fails_the_gate_alone() -> None:
    verdict = judged(poor=1, ungrounded=True)
    assert verdict.regressions == ("Almond: not in the text: the deal",)


def test_junit_is_red_exactly_when_the_gate_is() -> None:
    for poor in (1, 9):
        verdict = judged(poor=poor)
        root = ET.fromstring(junit_xml(verdict))  # noqa: S314  our own
        failures = {case.get("name") for case in root.iter("testcase") if case.find("failure") is not None}
        assert failures == (set() if verdict.passed else {"f1", "f1:deal_type", *NAMES[:9]})
        assert [suite.get("failures") for suite in root] == (["0", "0"] if verdict.passed else ["2", "9"])
        output = root.find(".//testcase[@name='Almond']/*")
        assert output is not None
        assert "Almond: deal_type: lost supply: was supply, is debt" in str(output.text)


def test_junit_holds_hostile_words_as_words() -> None:
    root = ET.fromstring(junit_xml(judged(poor=9, text=HOSTILE, quote="</failure>")))  # noqa: S314  our own
    text = "".join(root.itertext())
    assert "</failure>]]><script>alert(1)</script>" in text
    assert {element.tag for element in root.iter()} == {
        *("testsuites", "testsuite", "testcase", "failure", "system-out"),
    }
    assert not set(text) & set("\x00\x08\x1b\ufffe")


class _Seen(HTMLParser):
    """What a browser would make of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.inside: list[str] = []
        self.outside_code = ""
        self.code: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert all(name == "style" for name, _ in attrs)
        if tag == "code":
            self.inside.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "code":
            self.code.append(self.inside.pop())

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.inside[-1] += data
        else:
            self.outside_code += data


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 90))
def test_markdown_shows_hostile_words_and_obeys_none(start: int) -> None:
    text = f"{HOSTILE[start : start + 240]} x"
    markdown = gate_markdown(judged(poor=9, text=text, quote=text.split(maxsplit=1)[0]))
    seen = _Seen(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))
    allowed = {*("h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "code", "strong", "br")}
    assert seen.tags <= allowed
    assert seen.inside == []
    visible = "".join(character for character in text if character.isprintable() or character.isspace())
    shown = [" ".join(code.split()) for code in seen.code]
    assert any(code and code in " ".join(visible.split()) for code in shown)
    assert not any(word in seen.outside_code for word in ("@", "#", "http", "www", "alert", "error"))
    # What GitHub would make links of, wherever they stand.
    assert not any(word in markdown for word in ("@", "://", "www."))


def test_markdown_tells_figures_and_facts() -> None:
    verdict = judged(poor=9)
    markdown = gate_markdown(verdict)
    assert "| f1 | 1.000 | 0.625 | -0.375 | " in markdown
    assert "**regressed** |" in markdown
    assert "### Facts lost: 9" in markdown
    fact = (
        "- <code>Almond</code> `deal_type`: right is <code>supply</code>; was <code>supply</code>, is <code>debt</code>"
    )
    assert f"{fact}  \n  <code>A sells to B.</code>" in markdown


def test_markdown_fits_a_comment_whatever_is_lost() -> None:
    assert len(gate_markdown(judged(poor=12, text="@" * 20_000, quote="@@"))) < 65_536
