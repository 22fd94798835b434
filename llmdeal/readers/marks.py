"""The article as the model sees it: sentences numbered, mentions marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from llmdeal.document import Document
from llmdeal.mentions import AmountCue, Mention, MentionKind

if TYPE_CHECKING:
    from llmdeal.document import Sentence

__all__ = ["MarkedDocument"]

_LETTERS: Final = {
    MentionKind.AMOUNT: "a",
    MentionKind.DATE: "d",
    MentionKind.DURATION: "t",
    MentionKind.PERCENT: "p",
    MentionKind.TICKER: "k",
}
_LIKE_A_MARK = re.compile(r"\[(?=\s{0,3}[A-Za-z]\s{0,3}\d)")
# Chat templates write roles as <|im_start|>: a server may take them for its own wherever they stand.
_LIKE_A_ROLE = re.compile(r"<(?=\s{0,3}[|｜])")


@dataclass(frozen=True)
class MarkedDocument:
    """A document and what it mentions, each mention under its mark.

    Marks are a letter and a number, counted in text order: a1 an amount, d1 a date, t1 a duration, p1 a
    percentage, k1 a ticker.

    Args:
        document: The article.
        mentions: What the readers saw, in text order, none overlapping another.
        conversions: For the mark of an amount, the marks of the amounts that state the same sum in
            other currencies.
    """

    document: Document
    mentions: tuple[Mention, ...]
    conversions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def marks(self) -> dict[str, Mention]:
        """The mentions under their marks."""
        counts = dict.fromkeys(_LETTERS.values(), 0)
        marks = {}
        for mention in self.mentions:
            letter = _LETTERS[mention.kind]
            counts[letter] += 1
            marks[f"{letter}{counts[letter]}"] = mention
        return marks

    @cached_property
    def _marks_by_start(self) -> dict[int, str]:
        return {mention.span.start: mark for mark, mention in self.marks.items()}

    @cached_property
    def _by_sentence(self) -> dict[int, tuple[Mention, ...]]:
        grouped: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            grouped.setdefault(self.document.sentence_at(mention.span.start).number, []).append(mention)
        return {number: tuple(mentions) for number, mentions in grouped.items()}

    def mark_of(self, mention: Mention) -> str:
        """Return the mark of one of the mentions.

        Raises:
            KeyError: The mention is none of this document.
        """
        return self._marks_by_start[mention.span.start]

    def at(self, sentence_number: int) -> tuple[Mention, ...]:
        """Return the mentions that begin in a sentence.

        Args:
            sentence_number: Its number, from 1; one that is not there has no mentions.
        """
        return self._by_sentence.get(sentence_number, ())

    def render(self) -> str:
        """Return the article with its sentences numbered and its mentions marked, a sentence a line.

        White space is one blank. A bracket of the article that would look like a mark becomes a round one.

        Example:
            >>> from llmdeal.readers import open_document, read
            >>> print(read(open_document("AWS gets $38bn. It takes seven years [a9|$1].", language="en")).render())
            [s1] AWS gets [a1|$38bn].
            [s2] It takes [t1|seven years] (a9|[a2|$1]].
        """
        lines, done = [], 0
        for sentence in self.document.sentences:
            line, done = self._line(sentence, max(done, sentence.span.start))
            lines.append(line)
        return "\n".join(lines)

    def _line(self, sentence: Sentence, done: int) -> tuple[str, int]:
        pieces = [f"[s{sentence.number}] "]
        for mention in self.at(sentence.number):
            pieces.append(self._plain(done, mention.span.start))
            hint = "" if mention.cue is AmountCue.NONE else f" {mention.cue}"
            pieces.append(f"[{self.mark_of(mention)}{hint}|{_spaced_once(mention.quote)}]")
            done = mention.span.stop
        pieces.append(self._plain(done, sentence.span.stop))
        return "".join(pieces).rstrip(), max(done, sentence.span.stop)

    def _plain(self, start: int, stop: int) -> str:
        words = self.document.text[start:stop]
        if "[" in words or "<" in words:
            words = _LIKE_A_ROLE.sub("(", _LIKE_A_MARK.sub("(", words))
        return _spaced_once(words)


def _spaced_once(words: str) -> str:
    """Return the words with any white space between and around them as one blank."""
    joined = " ".join(words.split())
    if not joined:
        return " " if words else ""
    return f"{' ' * words[0].isspace()}{joined}{' ' * words[-1].isspace()}"
