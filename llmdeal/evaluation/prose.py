"""The prose of a summary: does it say what a good summary says, and nothing that the article does not state?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from llmdeal.grounding import ProseCheck
from llmdeal.readers.names import fold
from llmdeal.segmentation import sentence_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.deal import DealSummary
    from llmdeal.evaluation.labels import GoldArticle

__all__ = ["Prose", "check_prose", "sentences_of", "stated_facts"]

_FIGURE = re.compile(r"\d+(?:[.,' \u00a0\u202f\u2009]\d{3})*(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_](?:[&'’.-]?[^\W_])*")
_LONG_WORD = re.compile(r"[^\W\d_]{4}$")


class Prose(NamedTuple):
    """The numbers and names of some prose.

    Args:
        checked: How many there are: figures, and words with a capital that do not begin a sentence.
        unstated: Those that the article does not state.
    """

    checked: int
    unstated: tuple[str, ...]


def check_prose(article: GoldArticle, deal: DealSummary, *, language: str | None = None) -> Prose:
    """Look for numbers and names in the prose of a summary that its article does not state.

    This reads the article, once, and each sentence, so it takes some milliseconds: ``score`` does not do it by itself.

    Args:
        article: The article.
        deal: The summary.
        language: ISO 639-1 code of the prose, where it is not the article's.

    Returns:
        How many were checked, and which are not stated.
    """
    check = ProseCheck(article.marked, language or deal.language)
    checked, unstated = 0, []
    for piece in _pieces(deal):
        for sentence in check.sentences(piece):
            faults = [fault.words for fault in check.faults(sentence)]
            capitals = [word for word in list(_WORD.finditer(sentence))[1:] if word.group()[0].isupper()]
            checked += max(len(capitals) + len(_FIGURE.findall(sentence)), len(faults))
            unstated += faults
    return Prose(checked, tuple(unstated))


def stated_facts(article: GoldArticle, deal: DealSummary | None) -> tuple[bool, ...] | None:
    """Tell for each fact of the gold whether headline, summary or key points state it.

    Args:
        article: The article.
        deal: The answer; None states nothing.

    Returns:
        One truth value for each fact, or None where facts are not labelled.

    Example:
        >>> from llmdeal.evaluation.prose import states
        >>> states("OpenAI signs for $38 billion", "38 Billion"), states("it is worth 138 billion", "38 billion")
        (True, False)
    """
    facts = article.gold.facts
    if facts is None:
        return None
    prose = "\n".join(_pieces(deal)) if deal else ""
    return tuple(any(states(prose, form) for form in forms) for forms in facts)


def states(prose: str, form: str) -> bool:
    """Tell whether prose states a fact in this form, whatever the case, accents and blanks.

    A figure must be the whole figure; a word may go on with an ending where it has four letters or more.
    """
    return _pattern(form).search(_flat(prose)) is not None


@lru_cache(maxsize=20_000)
def _flat(text: str) -> str:
    return " ".join(fold(text).split())


@lru_cache(maxsize=20_000)
def _pattern(form: str) -> re.Pattern[str]:
    form = _flat(form)
    before, after = "", ""
    if form[0].isdigit():
        before = r"(?<!\d)(?<!\d[.,])"
    elif form[0].isascii() and form[0].isalnum():
        before = r"(?<![^\W_])"
    if form[-1].isdigit():
        after = r"(?!\d|[.,]\d)"
    elif form[-1].isascii() and form[-1].isalnum() and not _LONG_WORD.search(form):
        after = r"(?![^\W_])"
    return re.compile(before + re.escape(form) + after)


def sentences_of(deal: DealSummary) -> list[str]:
    """Return the sentences of a summary's prose: headline, summary, key points."""
    return [
        piece[start:stop].strip() for piece in _pieces(deal) for start, stop in sentence_bounds(piece, deal.language)
    ]


def _pieces(deal: DealSummary) -> Iterator[str]:
    if deal.headline:
        yield deal.headline
    if deal.summary:
        yield deal.summary
    yield from (point.text for point in deal.key_points)
