"""What kind of deal an article announces and how far it has come, as far as its words say so.

The beginning of an article says what it is about, so cues of type and status count there, and the more the earlier they
stand. The words are data: ``signals/<language>.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from llmdeal.deal import ConsiderationKind, DealStatus, DealType
from llmdeal.readers.names import fold
from llmdeal.readers.trie import alternation

if TYPE_CHECKING:
    from llmdeal.document import Document, Sentence
    from llmdeal.mentions import Mention

__all__ = ["DealCues", "Saying", "cues_in", "lead_of", "part_of_price", "read_cues", "says"]

_FALLBACK: Final = "en"
_UNSPACED: Final = frozenset({"ja", "zh"})
# Where the lead ends: about the first six sentences of a wire story, in code points.
_LEAD: Final = 900
_LEAD_UNSPACED: Final = 350
# How far from an amount, in code points, the word stands that says which part of the price it is.
_NEAR: Final = 40

Saying = str
"""A row of the table ``said``: ``undisclosed``, ``closing``, ``share_price`` or ``reported``."""


@dataclass(frozen=True, slots=True)
class DealCues:
    """What the words of an article's lead say of its deal.

    Args:
        deal_types: For each type its weight: 1 for a cue in the first sentence, 1/2 in the second, and so on, summed.
        statuses: The same for each status.
    """

    deal_types: Mapping[DealType, float]
    statuses: Mapping[DealStatus, float]


def lead_of(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of an article's lead.

    Example:
        >>> from llmdeal.document import Document
        >>> len(lead_of(Document.of("One. Two. Three.", language="en")))
        3
    """
    limit = _LEAD_UNSPACED if document.language in _UNSPACED else _LEAD
    return tuple(sentence for sentence in document.sentences if sentence.span.start < limit)


def read_cues(document: Document) -> DealCues:
    """Read what the words of an article's lead say of its deal.

    Args:
        document: The article.

    Returns:
        The weights of types and statuses, none for those without a cue.

    Example:
        >>> from llmdeal.document import Document
        >>> cues = read_cues(Document.of("Kestrel va racheter Bella. Les discussions ont été longues.", language="fr"))
        >>> cues.deal_types
        {<DealType.ACQUISITION: 'acquisition'>: 1.0}
        >>> cues.statuses
        {<DealStatus.IN_TALKS: 'in_talks'>: 0.5}
    """
    return DealCues(
        {DealType(name): weight for name, weight in _weights(document, "deal_type").items()},
        {DealStatus(name): weight for name, weight in _weights(document, "status").items()},
    )


def _weights(document: Document, table: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for place, sentence in enumerate(lead_of(document), start=1):
        for name in cues_in(document, sentence, table):
            weights[name] = weights.get(name, 0.0) + 1 / place
    return weights


def says(document: Document, sentence: Sentence, saying: Saying) -> bool:
    """Tell whether a sentence says something: ``undisclosed``, ``closing``, ``share_price`` or ``reported``.

    Example:
        >>> from llmdeal.document import Document
        >>> document = Document.of("Die Aktie fiel. Der Kaufpreis wurde nicht genannt.", language="de")
        >>> [says(document, sentence, "undisclosed") for sentence in document.sentences]
        [False, True]
    """
    return saying in cues_in(document, sentence, "said")


def part_of_price(document: Document, mention: Mention) -> ConsiderationKind | None:
    """Return which part of the price the words beside an amount say it is, or None where they do not say.

    Example:
        >>> from llmdeal.document import Document
        >>> from llmdeal.readers import read
        >>> document = Document.of("Il paie 340 M€ en numéraire et le solde plus tard.", language="fr")
        >>> part_of_price(document, read(document).mentions[0])
        <ConsiderationKind.CASH: 'cash'>
    """
    sentence = document.sentence_at(mention.span.start).span
    stop = min(mention.span.stop + _NEAR, sentence.stop)
    after = fold(document.text[mention.span.stop : stop])
    # What follows the next figure speaks of that one.
    after = re.split(r"\d|[;:]", after, maxsplit=1)[0]
    found = (match.lastgroup for match in _patterns(document.language)["part"].finditer(after) if match.lastgroup)
    return next((ConsiderationKind(name) for name in found), None)


def cues_in(document: Document, sentence: Sentence, table: str) -> list[str]:
    """Return the names of the rows of a table that a sentence has cues of, one for each cue.

    Args:
        document: The article.
        sentence: One of its sentences.
        table: ``deal_type``, ``status``, ``said`` or ``part``.

    Example:
        >>> from llmdeal.document import Document
        >>> document = Document.of("Elle aurait racheté sa rivale.", language="fr")
        >>> cues_in(document, document.sentences[0], "status")
        ['rumoured']
    """
    return list(_cues_of(document.quote(sentence.span), document.language, table))


# The rooms above ask about the same few sentences again and again.
@lru_cache(maxsize=512)
def _cues_of(words: str, language: str, table: str) -> tuple[str, ...]:
    pattern = _patterns(language)[table]
    return tuple(match.lastgroup for match in pattern.finditer(fold(words)) if match.lastgroup is not None)


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    folder = files("llmdeal.readers") / "signals"
    file = folder / f"{language}.toml"
    if not (language.isalpha() and file.is_file()):
        return _patterns(_FALLBACK)
    data = tomllib.loads(file.read_text("utf-8"))
    return {table: _pattern(rows, spaced=language not in _UNSPACED) for table, rows in data.items()}


def _pattern(rows: Mapping[str, Sequence[str]], *, spaced: bool) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{_row(cues, spaced=spaced)})" for name, cues in rows.items())
    # It runs over every other word, in no group, so that nothing is looked for within one.
    return re.compile(rf"(?<!\w)(?:{groups})|\w+" if spaced else groups)


def _row(cues: Sequence[str], *, spaced: bool) -> str:
    """Return a pattern for a row of cues: whole words and stems as tries, and the few with a gap as they are."""
    folded = [fold(cue) for cue in cues]
    if not spaced:
        return alternation(folded)
    whole = alternation([cue for cue in folded if "*" not in cue])
    stems = alternation([cue[:-1] for cue in folded if cue.find("*") == len(cue) - 1])
    gaps = [_with_gap(cue) for cue in folded if 0 <= cue.find("*") < len(cue) - 1]
    return rf"(?:{'|'.join([whole, *gaps])})(?!\w)|{stems}\w*"


def _with_gap(cue: str) -> str:
    between = re.escape(cue).replace(r"\ \*\ ", r"\s(?:\S{1,30}\s){1,8}?")
    return between.replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
