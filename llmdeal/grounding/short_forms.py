"""Where a sentence names a company by a shorter form of its name than the article wrote first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from llmdeal.document import Span
from llmdeal.readers.names import fold, is_written, whole_words, without_legal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from llmdeal.document import Document, Sentence

__all__ = ["short_form_in"]

_SHORTEST: Final = 3
_MOST_WORDS: Final = 6
_TITLE_CASE: Final = 0.65
_ABBREVIATED = re.compile(r"\s?[(（]([^\W\d_][\w&.-]{1,9})[)）]")
_NEXT = re.compile(r"[ \u00a0-](?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_][\w&.'’-]*")


def short_form_in(document: Document, sentence: Sentence, name: Span, others: Iterable[str]) -> Span | None:
    """Return where a sentence writes a company's name shortened, or None where it does not for certain.

    Short forms are the name without its legal form, its first or its last words, and what the article puts in
    brackets behind it. One that another name holds too, that the article also writes as a plain word, or that is part
    of a longer name where it stands, is none.

    Args:
        document: The article.
        sentence: The sentence to look in.
        name: A place where the article writes the name out.
        others: The other names that the article is known to hold.

    Example:
        >>> from llmdeal.document import Document
        >>> text = "Amazon Web Services (AWS) grows. AWS sells to OpenAI. Amazon gains."
        >>> document = Document.of(text, language="en")
        >>> name, none = Span(start=0, stop=19), ()
        >>> [short_form_in(document, sentence, name, none) for sentence in document.sentences[1:]]
        [Span(start=33, stop=36), Span(start=54, stop=60)]
        >>> short_form_in(document, document.sentences[2], name, ["Amazon Fresh"])
    """
    folded = fold(document.quote(sentence.span))
    for form in _forms(document, name):
        for start in whole_words(folded, fold(form)):
            span = Span(start=sentence.span.start + start, stop=sentence.span.start + start + len(form))
            if _stands_alone(document, sentence, span) and not _is_plain(document, form):
                return None if _is_taken(form, others, document.quote(name)) else span
    return None


def _is_taken(form: str, others: Iterable[str], name: str) -> bool:
    """Tell whether a name that is no part of this one holds a form too."""
    folded, own = fold(form), fold(name)
    rest = (other for other in map(fold, others) if other not in own)
    return any(is_written(other, folded) for other in rest)


def _forms(document: Document, name: Span) -> Iterator[str]:
    full = " ".join(document.quote(name).split())
    bare = without_legal_form(full)
    if bare != full:
        yield bare
    abbreviated = _ABBREVIATED.match(document.text, name.stop)
    if abbreviated:
        yield abbreviated[1]
    words = bare.split()[:_MOST_WORDS]
    shorter = [" ".join(words[:count]) for count in range(len(words) - 1, 0, -1)]
    shorter += [" ".join(words[count:]) for count in range(1, len(words))]
    shorter += [words[0].partition(".")[0]] if "." in words[0] else []
    for form in shorter:
        if len(form) >= _SHORTEST and form[0].isupper():
            yield form


def _is_plain(document: Document, form: str) -> bool:
    """Tell whether the article writes a form in small letters as well: "groupe", "bank"."""
    return is_written(document.text, form.lower())


def _stands_alone(document: Document, sentence: Sentence, span: Span) -> bool:
    """Tell whether a form begins with a capital where it stands, and no other word with a capital goes on with it."""
    if not document.text[span.start].isupper():
        return False
    words = _WORD.findall(document.quote(sentence.span))
    if sum(word[0].isupper() for word in words) >= _TITLE_CASE * len(words):
        return True
    joint = _NEXT.match(document.text, span.stop)
    goes_on = joint is not None and document.text[joint.end()].isupper()
    before = document.text[max(span.start - 2, sentence.span.start) : span.start]
    comes_from = before[-1:] == "-" and before[:1].isalnum()
    return not (goes_on or comes_from)
