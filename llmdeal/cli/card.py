"""A result as a card for people: every fact with the words that state it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from llmdeal.cli.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from llmdeal.deal import DealSummary, Party, Provenance, RelatedDeal, Result, Statement
    from llmdeal.document import Evidence
    from llmdeal.mentions import Money, Value

__all__ = ["card"]

_QUOTE_LENGTH: Final = 90
_TIMES: Final = ("announced", "effective", "completion", "expiry")

Row = tuple[str, Text]


def card(result: Result) -> Iterator[RenderableType]:
    """Draw a result.

    Args:
        result: What ``summarize`` returned.

    Yields:
        What rich can print, from top to bottom.
    """
    if result.deal is None:
        yield Text("No deal: the article announces none.", style="bold")
    else:
        yield from _deal(result.deal)
    rows = [("Warning", Text(one_line(str(warning)), style="yellow")) for warning in result.warnings]
    if rows:
        yield _table(rows)
    yield Text(_provenance(result.provenance), style="dim")


def _deal(deal: DealSummary) -> Iterator[RenderableType]:
    if deal.headline:
        yield Text(one_line(deal.headline), style="bold")
    kind = Text(f"{_name(deal.deal_type)}, {_name(deal.status)}", style="bold cyan")
    yield _quoted(kind, deal.evidence)
    yield Text()
    yield _table([*_facts(deal), *_surroundings(deal), *_prose(deal)])


def _facts(deal: DealSummary) -> Iterator[Row]:
    if deal.subject is not None:
        yield "Subject", _statement(deal.subject)
    for party in deal.parties:
        yield _name(party.role).capitalize(), _party(party)
    if deal.value is not None:
        yield "Value", _fact(deal.value, _money(deal.value))
    for part in deal.consideration:
        yield "Paid in", _fact(part.amount, f"{_name(part.kind)}: {_money(part.amount)}")
    if deal.stake is not None:
        yield "Stake", _fact(deal.stake)
    for label in _TIMES:
        when = getattr(deal, label)
        if when is not None:
            yield label.capitalize(), _fact(when)
    if deal.term is not None:
        yield "Term", _fact(deal.term)


def _surroundings(deal: DealSummary) -> Iterator[Row]:
    for condition in deal.conditions:
        yield "Condition", _statement(condition)
    for reaction in deal.reactions:
        words = Text(f"{one_line(reaction.party)} {reaction.percent}")
        yield "Market", _quoted(words, reaction.percent.evidence or reaction.evidence)
    for related in deal.related:
        yield "Related", _quoted(Text(_related(related)), related.evidence)


def _prose(deal: DealSummary) -> Iterator[Row]:
    if deal.summary:
        yield "Summary", Text(one_line(deal.summary))
    for point in deal.key_points:
        words = Text(one_line(point.text))
        numbers = dict.fromkeys(f"s{evidence.sentence}" for evidence in point.evidence)
        yield "Key point", words.append(f"  [{', '.join(numbers)}]", style="dim")


def _table(rows: Iterable[Row]) -> Table:
    """Set rows in two columns; a label that repeats is written once."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    before = None
    for label, words in rows:
        table.add_row(Text("" if label == before else label, style="bold"), words)
        before = label
    return table


def _name(code: str) -> str:
    return code.replace("_", " ")


def _money(money: Money) -> str:
    return " = ".join(map(str, (money, *money.same_as)))


def _fact(value: Value, words: str | None = None) -> Text:
    return _quoted(Text(one_line(words or str(value))), value.evidence)


def _statement(statement: Statement) -> Text:
    return _quoted(Text(one_line(statement.text)), statement.evidence)


def _party(party: Party) -> Text:
    ticker = f" ({party.ticker})" if party.ticker else ""
    parent = f", part of {party.parent}" if party.parent else ""
    return _quoted(Text(one_line(f"{party.name}{ticker}{parent}")), party.evidence)


def _related(deal: RelatedDeal) -> str:
    about = [
        _name(deal.deal_type) if deal.deal_type else None,
        _name(deal.status) if deal.status else None,
        _money(deal.value) if deal.value else None,
        str(deal.stake) if deal.stake else None,
        str(deal.term) if deal.term else None,
        str(deal.date) if deal.date else None,
        _name(deal.certainty) + (f" by {deal.attribution}" if deal.attribution else ""),
    ]
    return one_line(f"{' - '.join(deal.parties)}: {', '.join(filter(None, about))}")


def _quoted(words: Text, evidence: Iterable[Evidence]) -> Text:
    """Put the article's words behind a fact, dimmed, with the number of their sentence."""
    first = next(iter(evidence), None)
    if first is None:
        return words
    quote = one_line(first.quote)
    if len(quote) > _QUOTE_LENGTH:
        quote = f"{quote[: _QUOTE_LENGTH - 1].rstrip()}…"
    # The quote may be all that there is to say: a party's name is its own evidence.
    behind = "" if quote == words.plain else f'"{quote}" '
    return words.append(f"  {behind}[s{first.sentence}]", style="dim")


def _provenance(provenance: Provenance) -> str:
    usage = provenance.usage
    cached = f" ({usage.cached_tokens:,} cached)" if usage.cached_tokens else ""
    parts = [
        f"{provenance.prompt}.v{provenance.version}",
        provenance.model,
        f"{usage.input_tokens:,} tokens in{cached}, {usage.output_tokens:,} out",
        f"${provenance.cost:.4f}" if provenance.cost else None,
        f"{provenance.attempts} attempts" if provenance.attempts > 1 else None,
        "replayed" if provenance.replayed else f"{provenance.seconds:.1f} s",
    ]
    return one_line(", ".join(filter(None, parts)))
