from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from llmdeal.cli.card import card
from llmdeal.cli.explain import explain
from llmdeal.deal import (
    Certainty,
    Consideration,
    ConsiderationKind,
    DealStatus,
    DealSummary,
    DealType,
    DealWarning,
    Party,
    Provenance,
    Reaction,
    RelatedDeal,
    Result,
    Role,
    Statement,
    WarningCode,
)
from llmdeal.document import Document, Evidence, Span
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Qualifier, Ticker
from llmdeal.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

HOSTILE = "\x1b[31mEvil\x9b \u202e[bold red]Corp[/] :bomb:\n"


def _evidence(quote: str = "some words", sentence: int = 1) -> tuple[Evidence, ...]:
    return (Evidence(quote=quote, span=Span(start=0, stop=len(quote)), sentence=sentence),)


def _result(name: str = "Kestrel") -> Result:
    said = _evidence()
    value = Money(amount=Decimal("1.2e9"), currency="USD", evidence=_evidence("$1.2 billion", 2))
    deal = DealSummary(
        deal_type=DealType.JOINT_VENTURE,
        status=DealStatus.IN_TALKS,
        subject=Statement(text="a pasta factory", evidence=said),
        parties=(
            Party(name=name, role=Role.PARTNER, ticker=Ticker(symbol="KST.L"), parent="Falcon", evidence=said),
            Party(name="Bella", role=Role.PARTNER, evidence=said),
        ),
        value=value.model_copy(update={"same_as": (Money(amount=Decimal(10**9), currency="EUR"),)}),
        consideration=(Consideration(kind=ConsiderationKind.EARN_OUT, amount=value),),
        stake=Percent(percent=Decimal(51), evidence=said),
        announced=PartialDate(earliest=date(2025, 11, 3), latest=date(2025, 11, 3), evidence=said),
        completion=PartialDate(earliest=date(2026, 4, 1), latest=date(2026, 6, 30), evidence=said),
        term=Duration(months=84, qualifier=Qualifier.ABOUT, evidence=said),
        conditions=(Statement(text="regulators must approve", evidence=said),),
        reactions=(Reaction(party=name, percent=Percent(percent=Decimal("-3.5")), evidence=said),),
        related=(
            RelatedDeal(
                parties=("Oracle", "OpenAI"),
                deal_type=DealType.SUPPLY,
                value=Money(amount=Decimal(3 * 10**11), currency="USD"),
                certainty=Certainty.RUMOURED,
                attribution="Reuters",
                evidence=said,
            ),
        ),
        headline=f"{name} plans a venture",
        summary="They talk.",
        key_points=(Statement(text="They talk.", evidence=_evidence("x", 1) + _evidence("y", 4)),),
        language="en",
        evidence=said,
    )
    warning = DealWarning(code=WarningCode.DOUBTFUL_VALUE, slot="value", message=f"{name} is not sure")
    provenance = Provenance(
        prompt="deal",
        version=3,
        prompt_sha256="0" * 64,
        model="gpt",
        usage=Usage(input_tokens=1234, cached_tokens=1000, output_tokens=56),
        cost=Decimal("0.00123"),
        seconds=2.5,
        attempts=2,
    )
    return Result(deal=deal, warnings=(warning,), provenance=provenance)


def _drawn(renderables: Iterable[RenderableType], *, terminal: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=120, force_terminal=terminal, markup=False, emoji=False, highlight=False)
    for renderable in renderables:
        console.print(renderable)
    return out.getvalue()


def test_everything_is_on_the_card() -> None:
    lines = [" ".join(line.split()) for line in _drawn(card(_result())).splitlines()]

    assert lines == [
        "Kestrel plans a venture",
        'joint venture, in talks "some words" [s1]',
        "",
        'Subject a pasta factory "some words" [s1]',
        'Partner Kestrel (KST.L), part of Falcon "some words" [s1]',
        'Bella "some words" [s1]',
        'Value USD 1,200,000,000 = EUR 1,000,000,000 "$1.2 billion" [s2]',
        'Paid in earn out: USD 1,200,000,000 "$1.2 billion" [s2]',
        'Stake 51% "some words" [s1]',
        'Announced 2025-11-03 "some words" [s1]',
        'Completion 2026-04-01/2026-06-30 "some words" [s1]',
        'Term about 7 years "some words" [s1]',
        'Condition regulators must approve "some words" [s1]',
        'Market Kestrel -3.5% "some words" [s1]',
        'Related Oracle - OpenAI: supply, USD 300,000,000,000, rumoured by Reuters "some words" [s1]',
        "Summary They talk.",
        "Key point They talk. [s1, s4]",
        "Warning value: Kestrel is not sure",
        "deal.v3, gpt, 1,234 tokens in (1,000 cached), 56 out, $0.0012, 2 attempts, 2.5 s",
    ]


def test_a_hostile_name_is_shown_and_not_obeyed() -> None:
    plain = _drawn(card(_result(HOSTILE)))
    coloured = _drawn(card(_result(HOSTILE)), terminal=True)

    assert "\x1b" not in plain
    assert "[31mEvil [bold red]Corp[/] :bomb: plans a venture" in plain
    assert "\x1b[31m" not in coloured
    assert "\x9b" not in coloured
    assert "\u202e" not in coloured


TEXT = "Kestrel buys Bella for $5 million. It is cash."


def _deal(*spans: tuple[int, int], text: str = TEXT) -> DealSummary:
    document = Document.of(text, language="en")
    evidence = tuple(document.evidence(Span(start=start, stop=stop)) for start, stop in spans)
    parties = tuple(Party(name="x", role=Role.TARGET, evidence=(one,)) for one in evidence)
    return DealSummary(
        deal_type=DealType.OTHER, status=DealStatus.AGREED, parties=parties, language="en", evidence=evidence[:1]
    )


def test_each_highlight_is_followed_by_its_slot() -> None:
    deal = _deal((0, 34), (13, 18))

    assert explain(TEXT, deal, colour=False).plain == (
        "[Kestrel buys [Bella](target) for $5 million.](target, deal) It is cash."
    )
    coloured = explain(TEXT, deal, colour=True)
    assert coloured.plain == "Kestrel buys Bella target  for $5 million. target, deal  It is cash."
    assert {str(span.style) for span in coloured.spans} >= {"bold cyan", "reverse dim"}


def test_without_a_deal_the_article_is_plain() -> None:
    assert explain(TEXT, None, colour=True).plain == TEXT


def test_controls_in_an_article_do_not_move_its_highlights() -> None:
    text = "\x1b[2JKestrel buys \u202eBella."

    assert explain(text, _deal((17, 23), text=text), colour=False).plain == "[2JKestrel buys [Bella](target, deal)."


_offsets = st.integers(min_value=0, max_value=len(TEXT))


@given(st.lists(st.tuples(_offsets, _offsets).map(lambda ends: (min(ends), max(ends))), min_size=1, max_size=8))
def test_highlights_add_marks_and_change_nothing_else(spans: list[tuple[int, int]]) -> None:
    marked = explain(TEXT, _deal(*spans), colour=False).plain

    assert marked.count("[") == marked.count("](")
    assert re.sub(r"\[|\]\([a-z, ]+\)", "", marked) == TEXT
