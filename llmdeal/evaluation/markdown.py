"""A verdict of the gate as Markdown: the comment on a pull request.

Words of an article or of a model are someone else's. They stand inside ``<code>``, where nobody is mentioned and no
issue is linked, and what Markdown would obey in them is a character reference, which it takes for a letter.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from llmdeal.evaluation.changes import ChangeKind
from llmdeal.evaluation.gate import ALLOWANCES
from llmdeal.evaluation.pairing import HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from llmdeal.evaluation.changes import Change
    from llmdeal.evaluation.comparison import Comparison
    from llmdeal.evaluation.gate import Verdict

__all__ = ["gate_markdown", "quoted"]

# All that Markdown, GitHub's or another, gives a meaning inside a line; the dot where it would make a link.
_ACTIVE = re.compile(r"[\\`*_\[\]<>#|~@:&$/]|(?<=www)\.", re.IGNORECASE)
_LONGEST: Final = 300
# A comment on GitHub has at most 65,536 characters; this leaves room for tables.
_ROOM: Final = 50_000
_TITLES: Final = {
    ChangeKind.LOST: "Facts lost",
    ChangeKind.INVENTED: "Facts invented",
    ChangeKind.GAINED: "Facts gained",
    ChangeKind.WITHDRAWN: "Facts no longer invented",
}


def gate_markdown(verdict: Verdict) -> str:
    """Write a verdict as Markdown.

    Args:
        verdict: What the gate said.

    Returns:
        Headline figures before and after with the interval of the difference, what regressed, and the facts that were
        lost, invented and gained, each with its sentence.
    """
    headline = "not worse than the baseline" if verdict.passed else "worse than the baseline"
    articles = {one.answered.id for one in verdict.after}
    failed = sum(one.answered.failure is not None for one in verdict.after)
    lines = [
        f"## Evaluation: {headline}",
        "",
        f"{len(articles)} articles{f', {failed} answers failed' if failed else ''}.",
        "",
        *_table(verdict),
        *_regressed(verdict),
        *_facts(verdict),
        *(f"> {quoted(warning)}\n" for warning in verdict.pairing.warnings),
    ]
    return "\n".join(lines).rstrip() + "\n"


def quoted(text: str) -> str:
    """Return anybody's words so that Markdown shows them and does nothing else with them.

    Args:
        text: The words; line breaks become blanks, invisible characters go, and a long text is cut.

    Example:
        >>> print(quoted("*@all* <b>"))
        <code>&#42;&#64;all&#42; &#60;b&#62;</code>
    """
    line = " ".join("".join(_visible(text)).split())
    if len(line) > _LONGEST:
        line = f"{line[: _LONGEST - 1].rstrip()}…"
    return f"<code>{_ACTIVE.sub(lambda match: f'&#{ord(match.group())};', line)}</code>"


def _visible(text: str) -> Iterator[str]:
    for character in text:
        if character.isspace():
            yield " "
        elif unicodedata.category(character)[0] != "C":
            yield character


def _table(verdict: Verdict) -> Iterator[str]:
    allowances = {one.comparison.figure: one.allowance for one in verdict.gated}
    regressed = {one.comparison.figure for one in verdict.gated if one.regressed}
    yield "| Figure | Baseline | Now | Difference | 95 % interval | May lose | |"
    yield "| --- | ---: | ---: | ---: | :---: | ---: | --- |"
    for figure in dict.fromkeys((*HEADLINE, *ALLOWANCES, *allowances)):
        comparison = verdict.pairing.comparisons.get(figure)
        if comparison is not None:
            allowed = f"{allowances[figure]:g}" if figure in allowances else ""
            mark = "**regressed**" if figure in regressed else ""
            yield f"| {figure} | {' | '.join(_cells(comparison))} | {allowed} | {mark} |"
    yield ""


def _cells(comparison: Comparison) -> tuple[str, str, str, str]:
    interval = comparison.interval
    return (
        _ratio(comparison.before),
        _ratio(comparison.after),
        "n/a" if comparison.difference is None else f"{comparison.difference:+.3f}",
        f"{interval.low:+.3f} to {interval.high:+.3f}" if interval else "n/a",
    )


def _ratio(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


def _regressed(verdict: Verdict) -> Iterator[str]:
    if verdict.passed:
        return
    yield "### Regressed"
    yield ""
    yield from (f"- {quoted(line)}" for line in verdict.regressions)
    yield ""


def _facts(verdict: Verdict) -> Iterator[str]:
    room = _ROOM
    for kind, title in _TITLES.items():
        changes = verdict.pairing.changes.of(kind)
        if not changes:
            continue
        shown = list(_fitting(map(_fact, changes), room // 2 if kind.is_bad else room))
        room -= sum(map(len, shown))
        yield f"### {title}: {len(changes)}"
        yield ""
        yield from shown
        if len(shown) < len(changes):
            yield f"- and {len(changes) - len(shown)} more"
        yield ""


def _fitting(items: Iterable[str], room: int) -> Iterator[str]:
    for item in items:
        room -= len(item)
        if room < 0:
            return
        yield item


def _fact(change: Change) -> str:
    gold, before, after = (
        "nothing" if value is None else quoted(value) for value in (change.gold, change.before, change.after)
    )
    match change.kind:
        case ChangeKind.LOST | ChangeKind.GAINED:
            what = f"right is {gold}; was {before}, is {after}"
        case ChangeKind.INVENTED:
            what = f"{after}, where the article states none"
        case ChangeKind.WITHDRAWN:
            what = f"{before}, where the article states none"
    sentence = f"  \n  {quoted(change.sentence)}" if change.sentence else ""
    return f"- {quoted(change.article)} `{change.slot}`: {what}{sentence}"
