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
from llmdeal.mentions import MentionKind
from llmdeal.readers.names import fold
from llmdeal.readers.trie import alternation

if TYPE_CHECKING:
    from llmdeal.document import Document, Sentence
    from llmdeal.mentions import Mention

__all__ = [
    "DealCues",
    "Saying",
    "cues_in",
    "forget_sentences",
    "lead_of",
    "part_of_price",
    "read_cues",
    "says",
    "words_beside",
]

_FALLBACK: Final = "en"
# Tables whose cues begin with common words, and are asked of few sentences.
_ALONE: Final = frozenset({"hedge", "beside"})
_UNSPACED: Final = frozenset({"ja", "zh"})
# Where the lead ends: about the first six sentences of a wire story, in code points.
_LEAD: Final = 900
_LEAD_UNSPACED: Final = 350
# How far from an amount, in code points, the word stands that says which part of the price it is.
_NEAR: Final = 40
# How far from a date, in code points, the word stands that says what begins or ends then.
_BEFORE_DATE: Final = 24
_BESIDE_DATE_UNSPACED: Final = {"ja": (0, 2), "zh": (1, 1)}
# Parts that are named before their amount as well ("milestones of up to $610 million"); "in cash" follows it.
_LED_BY_NAME: Final = frozenset({ConsiderationKind.UPFRONT, ConsiderationKind.MILESTONE, ConsiderationKind.EARN_OUT})
_NEXT_FIGURE = re.compile(r"\d|[;:]")
# A set of plain letters is looked up at once.
_WORD = re.compile(r"[a-z0-9_]+\w*|\w+")

Saying = str
"""A row of the table ``said``: ``undisclosed``, ``closing``, ``share_price``, ``reported``, ``adviser``, ``seller``."""


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
    # What follows the next figure speaks of that one.
    after = _NEXT_FIGURE.split(document.text[mention.span.stop : stop], maxsplit=1)[0]
    kinds = _parts_in(after, document.language)
    if not kinds:
        before = document.text[max(mention.span.start - _NEAR, sentence.start) : mention.span.start]
        kinds = [kind for kind in _parts_in(_NEXT_FIGURE.split(before)[-1], document.language) if kind in _LED_BY_NAME]
    return next(iter(kinds), None)


def _parts_in(words: str, language: str) -> list[ConsiderationKind]:
    return [ConsiderationKind(name) for name in _cues_of(words, language).get("part", ())]


def words_beside(document: Document, mention: Mention) -> frozenset[str]:
    """Return what the words beside a date or a percentage say of it: ``starting``, ``expiring`` or ``stake``.

    Example:
        >>> from llmdeal.document import Document
        >>> from llmdeal.readers import read
        >>> document = Document.of("Le contrat court jusqu'au 30 avril 2033.", language="fr")
        >>> sorted(words_beside(document, read(document).mentions[0]))
        ['expiring']
    """
    sentence, span = document.sentence_at(mention.span.start).span, mention.span
    left, right = _NEAR, _NEAR
    if mention.kind is MentionKind.DATE:
        left, right = _BESIDE_DATE_UNSPACED.get(document.language, (_BEFORE_DATE, 0))
    before = document.text[max(span.start - left, sentence.start) : span.start]
    after = document.text[span.stop : min(span.stop + right, sentence.stop)]
    # What stands beyond the next figure speaks of that one.
    words = f"{_NEXT_FIGURE.split(before)[-1]} . {_NEXT_FIGURE.split(after, maxsplit=1)[0]}"
    return frozenset(_cues_of(words, document.language, alone="beside").get("beside", ()))


def cues_in(document: Document, sentence: Sentence, table: str) -> list[str]:
    """Return the names of the rows of a table that a sentence has cues of, one for each cue.

    Args:
        document: The article.
        sentence: One of its sentences.
        table: ``deal_type``, ``status``, ``said``, ``part``, ``beside`` or ``hedge``.

    Example:
        >>> from llmdeal.document import Document
        >>> document = Document.of("Elle aurait racheté sa rivale.", language="fr")
        >>> cues_in(document, document.sentences[0], "status")
        ['rumoured']
    """
    return list(
        _cues_of(document.quote(sentence.span), document.language, alone=table if table in _ALONE else None).get(
            table, ()
        )
    )


# The rooms above ask about the same few sentences again and again.
@lru_cache(maxsize=512)
def _cues_of(words: str, language: str, *, alone: str | None = None) -> Mapping[str, Sequence[str]]:
    return _signals(language, alone).find(fold(words))


def forget_sentences() -> None:
    """Forget the cues of the sentences met so far, as for a measurement."""
    _cues_of.cache_clear()


class _Signals:
    """The cues of a language: for each table a pattern, and the words that one of its cues can begin with.

    Args:
        tables: Rows of cues by table.
        spaced: True for a language that sets words apart.
    """

    def __init__(self, tables: Mapping[str, Mapping[str, Sequence[str]]], *, spaced: bool) -> None:
        self._patterns = {table: _pattern(rows, spaced=spaced) for table, rows in tables.items()}
        self._spaced = spaced
        self._whole: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        for table, rows in tables.items():
            for cue in (fold(cue) for row in rows.values() for cue in row):
                first = _WORD.match(cue)
                word = first[0] if first else ""
                beginnings = self._stems if cue[len(word) : len(word) + 1] == "*" else self._whole
                beginnings.setdefault(word, set()).add(table)
        # Few of the words of an article begin a cue, and it is the same few in the next.
        self._tables_of = lru_cache(maxsize=8_192)(self._tables_begun_by)
        self._begins_a_cue = lru_cache(maxsize=32_768)(self._has_a_beginning)

    def _tables_begun_by(self, word: str) -> tuple[str, ...]:
        tables = set(self._whole.get(word, ()))
        return tuple(tables.union(*(begun for stem, begun in self._stems.items() if word.startswith(stem))))

    def _has_a_beginning(self, stretch: str) -> bool:
        return any(self._tables_of(word) for word in _WORD.findall(stretch))

    def find(self, text: str) -> dict[str, list[str]]:
        """Return the names of the rows that a folded text has cues of, by table, one for each cue."""
        found: dict[str, list[str]] = {}
        if not self._spaced:
            for table, pattern in self._patterns.items():
                found[table] = [match.lastgroup for match in pattern.finditer(text) if match.lastgroup]
            return found
        stop, done = -1, dict.fromkeys(self._patterns, 0)
        begins_a_cue = self._begins_a_cue
        for stretch in text.split(" "):
            start, stop = stop + 1, stop + 1 + len(stretch)
            if not begins_a_cue(stretch):
                continue
            for word in _WORD.finditer(text, start, stop):
                for table in self._tables_of(word[0]):
                    place = word.start()
                    match = self._patterns[table].match(text, place) if place >= done[table] else None
                    if match and match.lastgroup:
                        done[table] = match.end()
                        found.setdefault(table, []).append(match.lastgroup)
        return found


@cache
def _signals(language: str, alone: str | None) -> _Signals:
    """Return a language's cues: those of one table, or of all that are not looked for alone."""
    folder = files("llmdeal.readers") / "signals"
    file = folder / f"{language}.toml"
    if not (language.isalpha() and file.is_file()):
        return _signals(_FALLBACK, alone)
    tables = tomllib.loads(file.read_text("utf-8"))
    wanted = {alone} if alone else tables.keys() - _ALONE
    return _Signals({table: tables[table] for table in tables if table in wanted}, spaced=language not in _UNSPACED)


def _pattern(rows: Mapping[str, Sequence[str]], *, spaced: bool) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{_row(cues, spaced=spaced)})" for name, cues in rows.items()))


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
