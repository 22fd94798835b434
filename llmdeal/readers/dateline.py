"""The day of publication, where the header or the foot of an article states it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from llmdeal.document import Document
from llmdeal.readers.dates import DateReader
from llmdeal.readers.lexing import lex

if TYPE_CHECKING:
    from datetime import date

    from llmdeal.readers.lexicon import Language
    from llmdeal.readers.lexing import Lexed

__all__ = ["open_document", "published_in"]

_HEADER: Final = 400
_FOOT: Final = 300
_PREFIX: Final = 90
_BEGINS_A_HEADER: Final = ("\n", "|", "·", "•")
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_WORD = re.compile(r"[^\W\d_][\w.'’&-]*")
_ENDS_A_HEADER = re.compile(
    r"""\s*$
    | [ \u00a0]{0,3}(?: \n | [(/|\[:–—] | -{1,2}[ \n] | \.[ ]?[-–—] | \.\s*$ )
    | ,?[ ]?(?:\w{1,3}[ ]){0,2}\d{1,2}[:h.]\d\d        # a time: at 10:22, à 10h22, a las 10.22
    | T\d\d""",
    re.VERBOSE,
)


def open_document(text: str, *, language: str | None = None, published: date | None = None) -> Document:
    """Read a text into a document, with the day of publication that its header states.

    The header is the first 400 characters, the foot the last 300. A day counts there only if its year is
    written out and it stands where papers put it: between it and the beginning of its line there are only
    capitalised words (the place, the agency, a name) and words such as "published" or "by", and after it the line
    ends or a bracket, slash, dash, colon or time follows. After a line's first word "date" or "published" anything
    may follow. So "On Nov 3, 2025 the company agreed" is no date of publication.

    Args:
        text: The article; it is kept exactly as it is.
        language: ISO 639-1 code; found from the text when None.
        published: Day of publication; looked for in the text when None.

    Raises:
        DocumentError: The text holds nothing but white space.

    Example:
        >>> open_document("PARIS, 3 novembre 2025 (Reuters) - Amazon a signé.", language="fr").published
        datetime.date(2025, 11, 3)
    """
    document = Document.of(text, language=language, published=published)
    if published is None:
        return replace(document, published=published_in(text, document.language))
    return document


def published_in(text: str, language_code: str) -> date | None:
    """Return the day of publication that a header or foot states, or None.

    Args:
        text: An article.
        language_code: ISO 639-1 code.
    """
    header = text[:_HEADER]
    found = _in_header(header, language_code, anywhere=True)
    if found is None and len(text) > _HEADER:
        found = _in_header(text[-_FOOT:], language_code, anywhere=False)
    return found


def _in_header(part: str, language_code: str, *, anywhere: bool) -> date | None:
    if not _YEAR.search(part):
        return None
    lexed = lex(part, language_code)
    dates = DateReader(lexed, None)
    for index, lexeme in enumerate(lexed.lexemes):
        if lexeme.kind == "w" and lexeme.sense.month is None and lexeme.sense.weekday is None:
            continue
        dated = dates.at(index)
        if dated is None or not dated.full or _ends_a_range(lexed, index):
            continue
        stop = lexed[dated.end - 1].stop
        line = max(part.rfind(sign, 0, lexeme.start) for sign in _BEGINS_A_HEADER) + 1
        prefix, suffix = part[line : lexeme.start], part[stop:]
        announced = _announces(prefix, lexed.language)
        if len(prefix) <= _PREFIX and (
            announced or (anywhere and _is_place(prefix, lexed.language) and _ENDS_A_HEADER.match(suffix))
        ):
            return dated.interval.earliest
    return None


def _ends_a_range(lexed: Lexed, index: int) -> bool:
    """Tell whether a day is the last of several ("3-5 November 2025"), on none of which an article is dated."""
    return lexed.gap(index) in {"-", " - "} and lexed[index - 1].kind == "n"


def _announces(prefix: str, language: Language) -> bool:
    """Tell whether the words before a date say that it is the one of publication, and nothing else."""
    words = [word.lower() for word in _WORD.findall(prefix)]
    return bool(words) and words[0] in language.published and all(word in language.header for word in words)


def _is_place(prefix: str, language: Language) -> bool:
    """Tell whether the words before a date can be a place, an agency and a name."""
    words = _WORD.findall(prefix)
    if any(not word[0].isupper() and word.lower() not in language.header for word in words):
        return False
    alone = len(words) == 1 and words[0].lower() in language.header - language.published
    return not alone
