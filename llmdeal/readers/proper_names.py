"""What of an article may be a name: its runs of words with a capital, in languages that set words apart."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from llmdeal.readers.names import fold, is_written, names_of_the_world

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from llmdeal.document import Document, Sentence
    from llmdeal.readers.marks import MarkedDocument

__all__ = [
    "ProperName",
    "are_plain_nouns",
    "distinct",
    "joined_names",
    "letters_of",
    "names_of",
    "unspaced_names_in",
]

_WORD: Final = re.compile(r"[^\W_]+(?:[&.+-](?=[^\W_])[^\W_]+)*")
_BETWEEN: Final = frozenset({" ", "\u00a0", " & ", "\u00a0& ", " &\u00a0", ". ", "-", "’", "'"})
_MOST_LINKS: Final = 2
_APOSTROPHES: Final = frozenset({"'", "’"})
_LONGEST_ELISION: Final = 5
_POSSESSIVE: Final = re.compile(r"['’]s$")
_SIGNS: Final = frozenset("・·&＆-－（）() .")
_LONGEST_RUN: Final = 8
_MOST: Final = 120


class ProperName(NamedTuple):
    """What may be a name.

    Args:
        text: As the article writes it.
        words: How many words with a capital stood together there, a sentence's first not counted.
    """

    text: str
    words: int

    @property
    def opens_sentence(self) -> bool:
        """True for a sentence's first word alone, which has its capital from there."""
        return self.words == 0


class _Word(NamedTuple):
    text: str
    start: int
    stop: int
    capital: bool


def distinct(names: Iterable[ProperName]) -> tuple[ProperName, ...]:
    """Return names, each once whatever its case and accents, and no more than a model can choose among.

    Args:
        names: Names in text order.
    """
    found: dict[str, ProperName] = {}
    for name in names:
        found.setdefault(fold(name.text), name)
    return tuple(islice(found.values(), _MOST))


def names_of(marked: MarkedDocument, sentence: Sentence) -> tuple[ProperName, ...]:
    """Return what may be a name in one sentence of an article.

    A run of words with a capital, what words such as "and" and "of" join or divide, and in German and Dutch what is
    behind its first words (in "Wettbewerber Lindal Energie" the name is the last two). More are offered than are
    names: it is for a model to choose, and what is not here it cannot misspell.

    Args:
        marked: The article.
        sentence: One of its sentences.

    Returns:
        The names in text order; none in Japanese and Chinese, which set no words apart.

    Example:
        >>> from llmdeal.readers import open_document, read
        >>> article = read(open_document("Kestrel Foods buys Bella Nonna for $5 million.", language="en"))
        >>> [name.text for name in names_of(article, article.document.sentences[0])]
        ['Kestrel Foods', 'Foods', 'Bella Nonna']
    """
    document = marked.document
    if document.language in _tables()["unspaced"]:
        return ()
    return tuple(
        ProperName(text, words)
        for run in _runs(marked, sentence)
        for text, words in _parts(document, sentence, run)
        if _may_be_a_name(text, document)
    )


def joined_names(name: str) -> tuple[str, ...]:
    """Return what a word for "and" joins in a name.

    Example:
        >>> joined_names("Kestrel and Bella Nonna"), joined_names("Lathom & Co")
        (('Kestrel', 'Bella Nonna'), ('Lathom & Co',))
    """
    parts, conjunctions = [list[str]()], _tables()["conjunctions"]
    for word in name.split():
        if word in conjunctions:
            parts.append([])
        else:
            parts[-1].append(word)
    return tuple(" ".join(part) for part in parts) if all(parts) else (name,)


def are_plain_nouns(name: ProperName, language: str) -> bool:
    """Tell whether a name is but one word of a language that writes all nouns with a capital, its article apart."""
    if language not in _tables()["capital_nouns"] or name.words > 1:
        return False
    return name.text.split()[-1][1:].islower()


@cache
def _tables() -> Mapping[str, Any]:
    text = (files("llmdeal.readers") / "languages" / "_shared.toml").read_text("utf-8")
    tables: Mapping[str, Any] = tomllib.loads(text)["names"]
    return {name: frozenset(words) for name, words in tables.items()}


def _runs(marked: MarkedDocument, sentence: Sentence) -> Iterator[list[_Word]]:
    """Yield the runs of words with a capital, the words that link them included, marked words left out."""
    text, taken = marked.document.text, [mention.span for mention in marked.at(sentence.number)]
    run: list[_Word] = []
    for match in _WORD.finditer(text, sentence.span.start, sentence.span.stop):
        start, stop = match.span()
        capital = _has_capital(match[0]) and not any(one.start < stop and start < one.stop for one in taken)
        word = _Word(match[0], start, stop, capital)
        joined = bool(run) and text[run[-1].stop : start] in _BETWEEN and len(run) < _LONGEST_RUN
        if joined and (capital or _links(run, word)):
            run.append(word)
            continue
        if run:
            yield _without_links(run)
        run = [word] if capital else []
    if run:
        yield _without_links(run)


def _has_capital(word: str) -> bool:
    return word != word.lower()


def _links(run: list[_Word], word: _Word) -> bool:
    """Tell whether a small word may stand within a name, behind what there is of it."""
    behind = run[-_MOST_LINKS:]
    return word.text.lower() in _tables()["links"] and any(one.capital for one in behind)


def _without_links(run: list[_Word]) -> list[_Word]:
    while not run[-1].capital:
        run.pop()
    return run


def _parts(document: Document, sentence: Sentence, run: list[_Word]) -> Iterator[tuple[str, int]]:
    """Yield a run, what its links divide, and each without what stands before a name: text, and how many capitals.

    What stands before is a sentence's first word, and where nouns or adjectives have a capital any of its words.
    """
    first = _first_word(document, sentence)
    pieces, piece = [run], list[_Word]()
    for word in run:
        if word.capital:
            piece.append(word)
        elif piece:
            pieces.append(piece)
            piece = []
    if piece and piece != run:
        pieces.append(piece)
    modified = document.language in _tables()["modified"]
    for one in pieces:
        capitals = sum(word.capital and word.start > first for word in one)
        for place, word in enumerate(one):
            before = one[place - 1] if place else None
            behind_it = before is None or before.start == first or document.text[before.stop] in _APOSTROPHES
            if word.capital and (modified or behind_it) and not _elided(document.text, word):
                yield _POSSESSIVE.sub("", document.text[word.start : one[-1].stop]), capitals


def _first_word(document: Document, sentence: Sentence) -> int:
    match = _WORD.search(document.text, sentence.span.start, sentence.span.stop)
    return match.start() if match else sentence.span.stop


def _elided(text: str, word: _Word) -> bool:
    """Tell whether a word is but what is left of an article before an apostrophe: "L’acquéreur", not L’Oréal."""
    after = text[word.stop : word.stop + 2]
    return len(word.text) <= _LONGEST_ELISION and after[:1] in _APOSTROPHES and not after[1:].isupper()


def _may_be_a_name(text: str, document: Document) -> bool:
    """Tell whether some of its words is neither known to name nobody nor written small elsewhere in the article."""
    words = _WORD.findall(text)
    if len(text) < 2 or (len(words) == 1 and is_written(document.text, text.lower())):  # noqa: PLR2004  a letter is no name
        return False
    known = _known(document.language)
    return not all(len(word) == 1 or fold(word) in known for word in words)


def unspaced_names_in(words: str) -> tuple[str, ...]:
    """Return what is a name by its script or its ending in words that no blank sets apart.

    Args:
        words: Words that no blank sets apart.

    Example:
        >>> unspaced_names_in("昨年11月にルノートルから東海銀行を")
        ('ルノートル', '東海銀行')
    """
    return tuple(_unspaced().findall(words))


def letters_of(document: Document) -> str:
    """Return the letters and signs that a name can be made of in an article that sets no words apart, each once.

    A model that has learnt other forms of them (simplified ones for traditional) then writes those of the article.

    Args:
        document: The article.

    Returns:
        None of them in a language that sets words apart.

    Example:
        >>> from llmdeal.document import Document
        >>> letters_of(Document.of("曜岳電子入股Rautner。", language="zh"))
        'Raenrtu入子岳曜股電'
    """
    if document.language not in _tables()["unspaced"]:
        return ""
    return "".join(sorted(letter for letter in set(document.text) if letter.isalnum() or letter in _SIGNS))


@cache
def _unspaced() -> re.Pattern[str]:
    endings = "|".join(sorted(_tables()["endings"]))
    return re.compile(rf"[\u30a0-\u30ff]{{3,}}|[A-Za-z]{{3,}}|[\u4e00-\u9fff]{{2,5}}?(?:{endings})")


@cache
def _known(language: str) -> frozenset[str]:
    """Return words that name nobody, folded: of countries and months, and EBITDA, IPO, CEO."""
    known: frozenset[str] = names_of_the_world(language) | _tables()["no_names"]
    return known
