"""Cuts an article into pieces, so that each piece knows which facts it bears out."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from llmdeal.document import Evidence
    from llmdeal.evaluation.counts import Outcome

__all__ = ["Piece", "Stretch", "cut", "evidence_stretches", "quote_stretches", "word_stretches"]


class Stretch(NamedTuple):
    """Words that bear out a row of the report.

    Args:
        start: First code point.
        stop: One past the last one.
        row: Key of the row.
        outcome: What became of its leaf; None where the row is none.
        quoted: True where the gold names the words, False where the answer points at them.
    """

    start: int
    stop: int
    row: str
    outcome: Outcome | None
    quoted: bool


class Piece(NamedTuple):
    """A piece of an article; all pieces together are its text.

    Args:
        text: Its words.
        rows: Keys of the rows that the answer's evidence joins it to.
        quoted: Keys of the rows that the gold's quotes join it to.
        outcome: That of the leaf with the shortest evidence here: of a sentence and an amount in it, the amount's.
    """

    text: str
    rows: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    outcome: Outcome | None = None


def evidence_stretches(
    text: str, evidence: Iterable[Evidence], row: str, outcome: Outcome | None = None
) -> Iterator[Stretch]:
    """Yield where evidence stands.

    Args:
        text: The article.
        evidence: What an answer points at. Evidence whose quote is not the text at its span stands nowhere.
        row: Key of the row that it bears out.
        outcome: What became of its leaf, if it is one.

    Yields:
        A stretch for each that holds.
    """
    for one in evidence:
        if one.quote and text[one.span.start : one.span.stop] == one.quote:
            yield Stretch(one.span.start, one.span.stop, row, outcome, quoted=False)


def quote_stretches(text: str, quotes: Iterable[str], row: str, outcome: Outcome) -> Iterator[Stretch]:
    """Yield wherever the gold's quotes stand: it gives words, not places, and white space is as it falls.

    Args:
        text: The article.
        quotes: The words.
        row: Key of the row that they bear out.
        outcome: What became of its leaf.

    Yields:
        A stretch for each occurrence.
    """
    for quote in quotes:
        for one in word_stretches(text, quote, row):
            yield one._replace(outcome=outcome, quoted=True)


def word_stretches(text: str, words: str, row: str) -> Iterator[Stretch]:
    """Yield wherever some words stand, white space being as it falls.

    Args:
        text: The article.
        words: The words; none stand nowhere.
        row: Key of the row that they bear out.

    Yields:
        A stretch for each occurrence.
    """
    if parts := words.split():
        for found in re.finditer(r"\s+".join(map(re.escape, parts)), text):
            yield Stretch(found.start(), found.end(), row, None, quoted=False)


def cut(text: str, stretches: Iterable[Stretch]) -> tuple[Piece, ...]:
    """Cut a text wherever a stretch begins or ends.

    Args:
        text: The article.
        stretches: What is to be seen in it.

    Returns:
        The pieces, in order; their texts joined are the article, character for character.

    Example:
        >>> from llmdeal.evaluation import Outcome
        >>> cut("for $9 now", [Stretch(4, 6, "1", Outcome.COR, quoted=False)])[1]
        Piece(text='$9', rows=('1',), quoted=(), outcome=<Outcome.COR: 'COR'>)
    """
    starts: dict[int, list[Stretch]] = {}
    stops: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        starts.setdefault(stretch.start, []).append(stretch)
        stops.setdefault(stretch.stop, []).append(stretch)
    bounds = sorted({0, len(text), *starts, *stops})
    active: list[Stretch] = []
    pieces = []
    for start, stop in pairwise(bounds):
        for ended in stops.get(start, ()):
            active.remove(ended)
        active += starts.get(start, ())
        pieces.append(_piece(text[start:stop], active))
    return tuple(pieces)


def _piece(text: str, active: list[Stretch]) -> Piece:
    leaves = [stretch for stretch in active if stretch.outcome and not stretch.quoted]
    nearest = min(leaves, key=lambda stretch: stretch.stop - stretch.start, default=None)
    return Piece(
        text,
        rows=tuple(dict.fromkeys(stretch.row for stretch in active if not stretch.quoted)),
        quoted=tuple(dict.fromkeys(stretch.row for stretch in active if stretch.quoted)),
        outcome=nearest.outcome if nearest else None,
    )
