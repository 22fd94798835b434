"""Where an article writes a name: in other case, with or without accents, a legal form or the usual apostrophe."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from llmdeal.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.document import Document

__all__ = ["NameIndex", "fold", "is_written", "names_of_the_world", "whole_words", "without_legal_form"]

_APOSTROPHES = "'’‘ʼ`´"
_HYPHENS = "-‐‑‒–—"
# Letters with a stroke, which Unicode does not take apart.
_STROKED = {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d"}
# Scripts that write no blanks between words: a name there has no word boundary to be found at.
_UNSPACED = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_BEFORE = re.compile(rf"(?<![^\W_{_UNSPACED}])")
_RUNS_ON = re.compile(rf"[{_UNSPACED}]")
_AFTER = rf"(?![^\W_{_UNSPACED}])"
_WORD = re.compile(r"[^\W_]+")
_DOMAIN = re.compile(r"\.(?:com|net|org|ai|io|co|tv)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[（［][^)\]）］]*[)\]）］]?")
_CODE = re.compile(r"\s+[A-Z0-9_]{1,8}\.[A-Z]{1,3}$")
_LOWER_START = re.compile(r"^(?:[^\W\dA-Z_]{1,4}\s+|[ldLD]['’])")


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that folds one code point to one, so that offsets stay true."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _STROKED:
            folded = _STROKED[character]
        elif character in _APOSTROPHES:
            folded = "'"
        elif character in _HYPHENS:
            folded = "-"
        elif character.isspace():
            folded = " "
        else:
            folded = unicodedata.normalize("NFKD", character)[:1].casefold()[:1] or character
        self[code] = folded
        return folded


_FOLDING = _Folding()
# What lower() alone folds.
_USUAL = frozenset(map(chr, range(0x20, 0x7F))) - {"`"}
_FEW = 48


def fold(text: str) -> str:
    """Return a text without case, accents and typographic variants, code point by code point.

    Example:
        >>> fold("L’Oréal"), len(fold("ﬁn – ①")) == len("ﬁn – ①")
        ("l'oreal", True)
    """
    unusual = set(text) - _USUAL
    # A text in Latin letters has few others: each of them replaced is much faster than a table for all.
    if len(unusual) > _FEW:
        return text.translate(_FOLDING).lower()
    for character in unusual:
        text = text.replace(character, _FOLDING[ord(character)])
    return text.lower()


@cache
def _legal_forms() -> list[tuple[int, list[str]]]:
    from cleanco import prepare_default_terms

    return prepare_default_terms()  # type: ignore[no-any-return]  # cleanco is not typed


@lru_cache(maxsize=4096)
def without_legal_form(name: str) -> str:
    """Return a company's name without its legal form.

    Example:
        >>> without_legal_form("Wendlau SE"), without_legal_form("Apple Inc.")
        ('Wendlau', 'Apple')
    """
    from cleanco.clean import custom_basename

    return str(custom_basename(name, _legal_forms(), suffix=True)) or name


@cache
def names_of_the_world(language: str) -> frozenset[str]:
    """Return the words for countries, languages, months and days in a language, folded.

    Args:
        language: ISO 639-1 code.

    Example:
        >>> names_of_the_world("fr") >= {"allemagne", "novembre", "lundi"}
        True
    """
    from babel import Locale

    locale = Locale.parse(language)
    names = [*locale.territories.values(), *locale.languages.values()]
    for width in ("wide", "abbreviated"):
        names += [*locale.months["format"][width].values(), *locale.days["format"][width].values()]
    return frozenset(word for name in names for word in _WORD.findall(fold(str(name))))


def whole_words(text: str, words: str) -> Iterator[int]:
    """Yield where a text has some words that are no part of longer ones, as code-point offsets.

    Args:
        text: Any text.
        words: What to find, in the same case.

    Example:
        >>> list(whole_words("a sale of sales, for sale", "sale"))
        [2, 21]
    """
    start = text.find(words)
    while start >= 0:
        beside = text[max(start - 1, 0) : start] + text[start + len(words) : start + len(words) + 1]
        if not any(character.isalnum() for character in beside):
            yield start
        start = text.find(words, start + 1)


def is_written(text: str, words: str) -> bool:
    """Tell whether a text has some words that are no part of longer ones."""
    return any(True for _ in whole_words(text, words))


class NameIndex:
    """An article, ready to be searched for names.

    Example:
        >>> from llmdeal.document import Document
        >>> index = NameIndex(Document.of("L’Oréal S.A. achète Aésop Ltd.", language="fr"))
        >>> [(span.start, span.stop) for span in index.find("Aesop")]
        [(20, 25)]
        >>> index.find("Unilever")
        ()
    """

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._folded = fold(document.text)

    def find(self, name: str) -> tuple[Span, ...]:
        """Return every place where the article writes a name, in order.

        Args:
            name: The name as a model or a person wrote it.

        Returns:
            Half-open code-point spans; none where the article does not write it in any form known here.
        """
        for form in _forms(name):
            if spans := self._occurrences(form):
                return spans
        return ()

    def _occurrences(self, form: str) -> tuple[Span, ...]:
        words = fold(form).split()
        if not any(character.isalnum() for word in words for character in word):
            return ()
        # Looking behind comes last: a pattern that begins with a letter is found much faster.
        runs_on, begins = _RUNS_ON.match(words[-1][-1]), _RUNS_ON.match(words[0][0])
        pattern = re.compile(r"\s+".join(map(re.escape, words)) + ("" if runs_on else _AFTER))
        matches = pattern.finditer(self._folded)
        return tuple(self._span(match) for match in matches if begins or _BEFORE.match(self._folded, match.start()))

    def _span(self, match: re.Match[str]) -> Span:
        domain = _DOMAIN.match(self._text, match.end())
        return Span(start=match.start(), stop=domain.end() if domain else match.end())


def _forms(name: str) -> Iterator[str]:
    """Yield the forms in which an article may write a name, the closest first."""
    name = " ".join(name.split()).strip(" .,;:\"“”«»„'")
    yield name
    bare = _CODE.sub("", _BRACKETS.sub("", name)).strip()
    if bare != name:
        yield bare
    if not bare:
        return
    without_article = _LOWER_START.sub("", bare)
    if without_article != bare and without_article:
        yield without_article
    short = without_legal_form(bare)
    if short != bare:
        yield short
