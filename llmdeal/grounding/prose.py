"""The free prose of a draft: every number and every name in it must be one that the article states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from llmdeal.deal import WarningCode
from llmdeal.grounding.figures import Figures
from llmdeal.grounding.naming import Names
from llmdeal.grounding.unspaced import UnspacedNames
from llmdeal.readers import open_document, read
from llmdeal.readers.names import fold
from llmdeal.segmentation import sentence_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.mentions import Mention
    from llmdeal.readers import MarkedDocument

__all__ = ["Fault", "ProseCheck", "unmarked"]

_MARK = re.compile(r"\[[adtpk]\d{1,6}[^|\[\]\n]{0,20}\|([^\]\n]*)\]")
_OUTSIDE = re.compile(r"^[^\w$€£¥]+|[^\w%]+$")
_BESIDE: Final = 3
_FIGURE_BEFORE = re.compile(r"\d\W?\s?$|[-+$€£¥]$")
_FIGURE_AFTER = re.compile(r"\s|[.,'/:-]\d|[%€$£]")
_SENTENCE_MARK = re.compile(r"\[(?:s|[adtpk])\d{1,6}\]")


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

    Numbers are compared by value, so "$38bn" is what "38 milliards de dollars" states. Names are compared by their
    words; in prose without blanks, by the words of the language and of the article, if both are in it.

    Args:
        marked: The article.
        language: ISO 639-1 code of the prose.

    Example:
        >>> article = read(open_document("OpenAI paie 38 milliards de dollars à Amazon.", language="fr"))
        >>> check = ProseCheck(article, "en")
        >>> [str(fault.words) for sentence in ("OpenAI pays Amazon $38bn.", "OpenAI pays Oracle €38bn.")
        ...  for fault in check.faults(sentence)]
        ['€38bn', 'Oracle']
    """

    def __init__(self, marked: MarkedDocument, language: str) -> None:
        self._marked = marked
        self._language = language
        self._figures = Figures(marked, language)
        self._names = Names(marked.document, language)
        self._unspaced = UnspacedNames(marked.document.text, marked.document.language)

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
        published = self._marked.document.published
        mentions = read(open_document(sentence, language=self._language, published=published)).mentions
        numbers = self._figures.wrong(sentence, mentions)
        names = self._unknown_names(sentence, mentions)
        return (
            *(Fault(WarningCode.NUMBER_NOT_STATED, words) for words in numbers),
            *(Fault(WarningCode.NAME_NOT_STATED, words) for words in names),
        )

    def _unknown_names(self, sentence: str, mentions: tuple[Mention, ...]) -> Iterator[str]:
        yield from self._names.unknown(sentence, mentions)
        if not sentence.isascii():
            for mention in mentions:
                span = mention.span
                sentence = sentence[: span.start] + "\0" * len(span) + sentence[span.stop :]
            yield from self._unspaced.unknown(sentence, self._language)

    def _copies(self, sentence: str) -> bool:
        """Tell whether the article says it word for word: then it states every number and name in it.

        Not where a figure of the article goes on beside it: in "1 500 million" stands no "500 million".
        """
        words = _OUTSIDE.sub("", " ".join(fold(sentence).split()))
        line = self._names.line
        place = line.find(words) if words else -1
        if place < 0:
            return False
        before, after = line[:place][-_BESIDE:], line[place + len(words) :][:_BESIDE]
        if before[-1:].isalnum() or after[:1].isalnum():
            return False
        cut_before = words[0].isdigit() and _FIGURE_BEFORE.search(before)
        return not (cut_before or (words[-1].isdigit() and _FIGURE_AFTER.match(after)))


def unmarked(words: str) -> str:
    """Return words without the marks that a model copied along with them.

    Example:
        >>> unmarked("a contract of [a1|2.4 billion euros] signed by Amazon [k1|AMZN.O] [s2]")
        'a contract of 2.4 billion euros signed by Amazon AMZN.O'
    """
    return " ".join(_SENTENCE_MARK.sub("", _MARK.sub(r"\1", words)).split())
