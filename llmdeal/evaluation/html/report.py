"""Writes a run, or two runs, as one HTML page that needs nothing else and lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from llmdeal.evaluation.counts import Outcome
from llmdeal.evaluation.html import words
from llmdeal.evaluation.html.articles import ArticleView, view_article
from llmdeal.evaluation.html.overview import view_run
from llmdeal.evaluation.leaves import LEAF_SLOTS
from llmdeal.evaluation.statistics import RESAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Template

    from llmdeal.evaluation.answers import Scored

__all__ = ["html_report"]

_MEANINGS: Final = {
    Outcome.COR: "right",
    Outcome.PAR: "partly right",
    Outcome.INC: "wrong",
    Outcome.MIS: "missing: in the gold only",
    Outcome.SPU: "spurious: in the answer only",
    Outcome.FREE: "optional, and not answered: counted nowhere",
}


def html_report(
    after: Sequence[Scored], before: Sequence[Scored] = (), *, title: str, resamples: int = RESAMPLES
) -> str:
    """Write the report of a run, beside another run where one is given.

    Args:
        after: The answers of the run and their scores.
        before: Those of the run to compare it with.
        title: What the page is called, as plain text.
        resamples: How many resamples the intervals of the run are made from; 0 for no intervals. The comparison of two
            runs always has its own.

    Returns:
        A whole page. It fetches nothing, and its Content-Security-Policy lets nothing run but its own script; whatever
        an article, a label or a model says is escaped. It can be written as UTF-8.

    Raises:
        ExtraMissingError: scipy is not installed.

    Example:
        >>> page = html_report([], title="Nothing <yet>")
        >>> "<title>Nothing &lt;yet&gt;</title>" in page
        True
    """
    from markupsafe import Markup

    style, script = _file("report.css"), _file("report.js")
    articles = _articles(after, before)
    page = _template().render(
        title=title,
        style=Markup(style),  # noqa: S704  our own file
        script=Markup(script),  # noqa: S704  our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
        run=view_run(after, before, resamples=resamples),
        articles=articles,
        filters=_filters(articles),
        meanings=_MEANINGS,
        words=words,
        zip=zip,
    )
    # A title may be a file name that is no Unicode; half a surrogate pair cannot be written.
    return page.encode("utf-8", "replace").decode("utf-8")


def _articles(after: Iterable[Scored], before: Iterable[Scored]) -> tuple[ArticleView, ...]:
    others: dict[tuple[str, int | None], Scored] = {}
    for one in before:
        others.setdefault((one.score.article.id, one.answered.repeat), one)
        # A run that was repeated less often is compared by its first answer.
        others.setdefault((one.score.article.id, None), one)
    return tuple(
        view_article(one, others.get((name, one.answered.repeat)) or others.get((name, None)))
        for one in after
        for name in (one.score.article.id,)
    )


def _filters(articles: Iterable[ArticleView]) -> dict[str, list[str]]:
    """Return what can be chosen; the page names each by its position, so that no name becomes part of a selector."""
    slots: set[str] = set()
    languages: set[str] = set()
    tags: set[str] = set()
    for view in articles:
        slots |= view.after.score.slots.keys() | {row.change.slot for row in view.changes}
        languages.add(view.after.score.article.language)
        tags.update(view.after.score.article.tags)
    return {
        "slot": [slot for slot in LEAF_SLOTS if slot in slots],
        "language": sorted(languages),
        "tag": sorted(tags),
    }


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["positions"] = _positions
    return environment.from_string(_file("report.html.jinja"))


def _positions(names: Iterable[str], choices: list[str]) -> str:
    return " ".join(str(choices.index(name)) for name in names)


def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    """Return the hash source that lets an inline element of exactly these characters through.

    Source: W3C, "Content Security Policy Level 3", section 2.3.1.
    """
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"
