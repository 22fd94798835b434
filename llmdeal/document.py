"""The article: read once, never changed.

Offsets are half-open code-point offsets into the text exactly as it was given, so that
``document.text[span.start:span.stop]`` is the evidence, character for character.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from llmdeal.errors import DocumentError
from llmdeal.segmentation import detect_language, language_name, sentence_bounds

__all__ = ["Document", "Evidence", "Sentence", "Span"]


class Span(BaseModel):
    """A stretch of a text, as half-open code-point offsets.

    Example:
        >>> span = Span(start=0, stop=3)
        >>> "Amazon"[span.start : span.stop], len(span)
        ('Ama', 3)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int = Field(ge=0, description="First code point of the stretch.")
    stop: int = Field(ge=0, description="One past its last code point.")

    def __len__(self) -> int:
        """Return the number of code points."""
        return self.stop - self.start

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a code point."""
        return self.start < other.stop and other.start < self.stop


class Evidence(BaseModel):
    """The words of the article that state a fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote: str = Field(description="The words, exactly as the article writes them.")
    span: Span = Field(description="Where they stand in the article's text.")
    sentence: int = Field(ge=1, description="Number of the sentence they begin in, from 1.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: its number, from 1, and where it stands."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """An article, frozen.

    Make one with ``Document.of`` (or ``llmdeal.readers.open_document``, which also looks for a dateline).

    Args:
        text: The article exactly as given.
        language: ISO 639-1 code of its language.
        published: Day of publication, or None where it is not known.
        sentences: Its sentences, in order.
        id: SHA-256 of the text in UTF-8, in hexadecimal.
    """

    text: str
    language: str
    published: date | None
    sentences: tuple[Sentence, ...] = field(repr=False)
    id: str

    @classmethod
    def of(cls, text: str, *, language: str | None = None, published: date | None = None) -> Document:
        """Read a text into a document.

        Args:
            text: The article; it is kept exactly as it is.
            language: ISO 639-1 code; found from the text when None.
            published: Day of publication, when known.

        Returns:
            The document, with its language and sentences.

        Raises:
            DocumentError: The text holds nothing but white space, or is no Unicode; or there is no such language.

        Example:
            >>> document = Document.of("Amazon a signé. OpenAI aussi.", language="fr")
            >>> [document.quote(sentence.span) for sentence in document.sentences]
            ['Amazon a signé.', 'OpenAI aussi.']
        """
        if not text.strip():
            msg = "The article is empty: give a text with at least one word."
            raise DocumentError(msg)
        try:
            digest = hashlib.sha256(text.encode()).hexdigest()
            language_name(language := language or detect_language(text))
        except UnicodeEncodeError as error:
            msg = f"The article is not Unicode: character {error.start} is half of a surrogate pair. Decode it anew."
            raise DocumentError(msg) from error
        except ValueError as error:
            raise DocumentError(str(error)) from error
        sentences = tuple(
            Sentence(number, Span(start=start, stop=stop))
            for number, (start, stop) in enumerate(sentence_bounds(text, language), start=1)
        )
        return cls(text=text, language=language, published=published, sentences=sentences, id=digest)

    def quote(self, span: Span) -> str:
        """Return the words at a span."""
        return self.text[span.start : span.stop]

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that an offset falls in, or the last one that begins before it."""
        position = bisect_right(self.sentences, offset, key=lambda sentence: sentence.span.start)
        return self.sentences[max(position - 1, 0)]

    def evidence(self, span: Span) -> Evidence:
        """Return a span of this document as evidence.

        Example:
            >>> Document.of("Amazon signs. OpenAI too.", language="en").evidence(Span(start=14, stop=20))
            Evidence(quote='OpenAI', span=Span(start=14, stop=20), sentence=2)
        """
        return Evidence(quote=self.quote(span), span=span, sentence=self.sentence_at(span.start).number)
