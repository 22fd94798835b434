"""The free prose of a draft: every number and every name in it must be one that the article states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from llmdeal.deal import WarningCode
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Ticker
from llmdeal.readers import open_document, read
from llmdeal.readers.names import fold, names_of_the_world
from llmdeal.segmentation import sentence_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.mentions import Mention, Value
    from llmdeal.readers import MarkedDocument

__all__ = ["Fault", "ProseCheck", "unmarked"]

_NUMBER = re.compile(r"\d+(?:[.,' \u00a0\u202f\u2009]\d{3})*(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W_]+(?:[&'’.-][^\W_]+)*")
_PIECES = re.compile(r"[&'’.-]")
_MARK = re.compile(r"\[[adtpk]\d{1,6}[^|\[\]\n]{0,20}\|([^\]\n]*)\]")
_SENTENCE_MARK = re.compile(r"\[(?:s|[adtpk])\d{1,6}\]")
_STEM: Final = 5
# What a summary may write though no article does: it names things, not companies.
_COMMON: Final = frozenset(
    ["ai", "ia", "ki", "ceo", "cfo", "pdg", "dg", "ipo", "eu", "ue", "us", "usa", "uk", "ru", "m&a", "pdg", "sa", "i"]
)
_NOUNS_ARE_CAPITALS: Final = frozenset({"de"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A number or a name in a sentence of prose that the article does not state."""

    code: WarningCode
    words: str

    def __str__(self) -> str:
        """Say it as a warning does."""
        kind = "number" if self.code is WarningCode.NUMBER_NOT_STATED else "name"
        return f"the {kind} {self.words!r} is not one that the article states"


class ProseCheck:
    """Checks prose in a language against an article.

    Args:
        marked: The article.
        language: ISO 639-1 code of the prose.
    """

    def __init__(self, marked: MarkedDocument, language: str) -> None:
        self._language = language
        self._published = marked.document.published
        self._values: list[Value] = [mention.value for mention in marked.mentions]
        self._numbers = set(_readings(marked.document.text))
        folded = fold(marked.document.text)
        self._line = f" {' '.join(folded.split())} "
        words = set(_WORD.findall(folded))
        self._words = words.union(*(_PIECES.split(word) for word in words if not word.isalnum()))
        self._stems = {word[:_STEM] for word in self._words}

    def sentences(self, prose: str) -> list[str]:
        """Return the sentences of a piece of prose."""
        return [prose[start:stop] for start, stop in sentence_bounds(prose, self._language)]

    def faults(self, sentence: str) -> tuple[Fault, ...]:
        """Return what a sentence says that the article does not, numbers first.

        Args:
            sentence: A sentence or a phrase.

        Returns:
            The faults; none where the sentence is sound.
        """
        if not sentence.strip() or self._copies(sentence):
            return ()
        marked = read(open_document(sentence, language=self._language, published=self._published))
        return (*self._wrong_numbers(sentence, marked.mentions), *self._wrong_names(sentence, marked.mentions))

    def _copies(self, sentence: str) -> bool:
        """Tell whether the article says it word for word: then it states every number and name in it.

        A sentence that begins or ends with a figure does not count: in "1 500 million" stands no "500 million".
        """
        words = " ".join(fold(sentence).split()).rstrip(".")
        if not (words[:1].isalpha() and words[-1:].isalpha()):
            return False
        place = self._line.find(words)
        if place < 0:
            return False
        beside = self._line[place - 1] + self._line[place + len(words)]
        return not any(character.isalnum() for character in beside)

    def _wrong_numbers(self, sentence: str, mentions: tuple[Mention, ...]) -> Iterator[Fault]:
        rest = sentence
        for mention in mentions:
            rest = rest[: mention.span.start] + "\0" * len(mention.span) + rest[mention.span.stop :]
            if not any(_states(value, mention.value) for value in self._values):
                yield Fault(WarningCode.NUMBER_NOT_STATED, mention.quote)
        for match in _NUMBER.finditer(rest):
            if not self._numbers.intersection(_readings(match.group())):
                yield Fault(WarningCode.NUMBER_NOT_STATED, match.group())

    def _wrong_names(self, sentence: str, mentions: tuple[Mention, ...]) -> Iterator[Fault]:
        taken = [mention.span for mention in mentions]
        words = list(_WORD.finditer(sentence))
        for position, match in enumerate(words):
            word = match.group()
            inside = any(span.start <= match.start() < span.stop for span in taken)
            if inside or not word[0].isupper() or self._known(word):
                continue
            neighbours = [other.group() for other in words[max(position - 1, 0) : position + 2] if other is not match]
            if self._is_name(word, first=position == 0, beside_a_capital=any(n[0].isupper() for n in neighbours)):
                yield Fault(WarningCode.NAME_NOT_STATED, word)

    def _is_name(self, word: str, *, first: bool, beside_a_capital: bool) -> bool:
        """Tell a name from a word that only begins a sentence, or from a noun where nouns have capitals."""
        if any(character.isupper() or character.isdigit() for character in word[1:]):
            return True
        if first or self._language in _NOUNS_ARE_CAPITALS:
            return beside_a_capital and fold(word)[:_STEM] not in self._stems
        return True

    def _known(self, word: str) -> bool:
        folded = fold(word)
        if folded in self._words or folded in _COMMON or folded in names_of_the_world(self._language):
            return True
        pieces = [piece for piece in _PIECES.split(folded) if len(piece) > 1]
        return bool(pieces) and all(
            piece in self._words or piece in _COMMON or piece in names_of_the_world(self._language) for piece in pieces
        )


def unmarked(words: str) -> str:
    """Return words without the marks that a model copied along with them.

    Example:
        >>> unmarked("a contract of [a1|2.4 billion euros] signed by Amazon [k1|AMZN.O] [s2]")
        'a contract of 2.4 billion euros signed by Amazon AMZN.O'
    """
    return " ".join(_SENTENCE_MARK.sub("", _MARK.sub(r"\1", words)).split())


def _readings(text: str) -> Iterator[Decimal]:
    """Yield every number that a text writes in figures, in each way that it can be read."""
    for match in _NUMBER.finditer(text):
        figures = re.sub(r"[^\d.,]", "", match.group())
        yield Decimal(re.sub(r"[.,]", "", figures))
        whole, separator, part = figures.replace(",", ".").rpartition(".")
        if separator:
            yield Decimal(f"{whole.replace('.', '')}.{part}").normalize()


def _states(stated: Value, said: Value) -> bool:
    """Tell whether a value of the article covers one of the prose."""
    match (stated, said):
        case (Money(), Money()):
            same = stated.currency == said.currency
            ends = {stated.amount, stated.upper} - {None}
            return same and {said.amount, said.upper} - {None} <= ends
        case (PartialDate(), PartialDate()):
            return said.earliest <= stated.earliest and stated.latest <= said.latest
        case (Duration(), Duration()):
            return stated.months == said.months
        case (Percent(), Percent()):
            return stated.percent == said.percent
        case (Ticker(), Ticker()):
            return stated.symbol == said.symbol
        case _:
            return False
