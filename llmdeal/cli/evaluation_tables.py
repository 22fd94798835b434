"""Figures and comparisons as text and tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from llmdeal.cli.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from llmdeal.evaluation import Comparison, Figure, Figures, Interval, Results, Share

__all__ = ["comparison_table", "figures_table", "headline"]


def headline(results: Results) -> str:
    """Say the most important figures of a run.

    Args:
        results: The run, scored.

    Returns:
        Some lines.
    """
    return "\n".join((one_line(results.run.about.title), *_quality(results.figures()), *_effort(results)))


def figures_table(title: str, figures: Mapping[str, Figure]) -> Table:
    """Set figures in a table.

    Args:
        title: What they are of: slots, languages.
        figures: By slot, language and so on.
    """
    table = _table(title, "F1", "95 % interval", "precision", "recall", "articles")
    for name, figure in figures.items():
        counts = figure.counts
        cells = (
            _ratio(counts.f1),
            _ends(figure.interval),
            _ratio(counts.precision),
            _ratio(counts.recall),
            str(figure.articles),
        )
        table.add_row(Text(one_line(name)), *map(Text, cells))
    return table


def comparison_table(comparisons: Mapping[str, Comparison]) -> Table:
    """Set the F1 of slots in two runs in a table.

    Args:
        comparisons: By slot.
    """
    table = _table("Slot", "before", "after", "difference", "95 % interval")
    for slot, one in comparisons.items():
        difference = "n/a" if one.difference is None else f"{one.difference:+.3f}"
        interval = f"[{one.interval.low:+.3f}, {one.interval.high:+.3f}]" if one.interval else "n/a"
        table.add_row(*map(Text, (slot, _ratio(one.before), _ratio(one.after), difference, interval)))
    return table


def _quality(figures: Figures) -> Iterator[str]:
    micro = figures.micro.counts
    yield f"  {figures.articles} answers about {figures.stories} stories, {figures.failed} failed"
    yield (
        f"  micro-F1 {_ratio(micro.f1)} {_ends(figures.micro.interval)}, "
        f"precision {_ratio(micro.precision)}, recall {_ratio(micro.recall)}"
    )
    yield f"  exact records {_share(figures.exact_records)}, invention rate {_share(figures.invention)}"
    yield (
        f"  values not in the text {_share(figures.ungrounded)}, facts stated {_share(figures.facts)}, "
        f"numbers and names not stated {_share(figures.unstated)}"
    )


def _effort(results: Results) -> Iterator[str]:
    spending = results.spending
    usage, cost = spending.usage, "cost unknown" if spending.cost is None else f"${spending.cost:.4f}"
    yield (
        f"  {usage.input_tokens:,} tokens in ({usage.cached_tokens:,} cached), {usage.output_tokens:,} out, {cost}, "
        f"{spending.attempts} attempts"
    )
    if spending.median is not None and spending.p95 is not None:
        replayed = ", as recorded" if spending.replayed else ""
        yield f"  {spending.median:.1f} s an article, 95 % within {spending.p95:.1f} s{replayed}"
    repeats = results.repeats
    if repeats.std is not None:
        yield f"  micro-F1 of {len(repeats.f1)} repeats: {', '.join(map(_ratio, repeats.f1))}; std {repeats.std:.4f}"


def _table(title: str, *columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(title, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _ratio(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


def _ends(interval: Interval | None) -> str:
    return "n/a" if interval is None else f"[{interval.low:.3f}, {interval.high:.3f}]"


def _share(share: Share) -> str:
    return "n/a" if share.value is None else f"{share.value:.1%} ({share.hits} of {share.of})"
