"""The words that names are made of: those of a sentence, and those of an article with what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from llmdeal.grounding.unspaced import UNSPACED
from llmdeal.grounding.vocabulary import vocabulary_of
from llmdeal.grounding.world import countries_in
from llmdeal.readers.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from llmdeal.document import Document

__all__ = ["PARTICLES", "NameParts", "Token", "has_capital", "key_of", "tokens_of"]

# What may stand within a name.
PARTICLES: Final = frozenset([
    "d", "da", "de", "dei", "degli", "del", "dell", "della", "delle", "dello", "den", "der", "des", "di", "do",
    "dos", "das", "du", "of", "van", "von", "&", "the",
])  # fmt: skip
_WORD: Final = re.compile(rf"[^\W_{UNSPACED}]+(?:[&'’.-][^\W_{UNSPACED}]+)*")
_PIECES: Final = re.compile(r"[&'’.-]")
_APOSTROPHE: Final = re.compile("['’]")
_BLANKS: Final = frozenset({" ", "\u00a0", "\u202f", "  "})
_ELIDED: Final = frozenset([
    "l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "un", "all", "dell", "dall",
    "nell", "sull", "coll", "quest", "quell", "dov",
])  # fmt: skip
# What may stand between the end of a sentence and the first word of the next.
_OPENING: Final = " \u00a0«»„“”\"'‘(–—-"
_ENDS_SENTENCE: Final = frozenset(".!?:;\n…")
_LOOK_BACK: Final = 5
_LONGEST_GAP: Final = 12
_STEM: Final = 5
_LONGEST_ENDING: Final = 2
_SHORTEST_BASE: Final = 4
# Letters that no accent can be taken off, and the vowels that are written with an e where there is no umlaut.
_PLAIN: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Endings that a name takes on in a language, folded.
_ENDINGS: Final = {
    "pl": (
        "owie", "ami", "ach", "iem", "owi", "ego", "emu", "iej", "ow", "om", "em", "ie", "ej", "ym", "im",
        "a", "e", "i", "o", "u", "y",
    ),
    "de": ("ern", "en", "er", "es", "em", "e", "n", "s"),
    "nl": ("s",),
    "en": ("s",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, without an article that is elided before it.

    Args:
        source: The text.
        start: Where it stands, as half-open code-point offsets.
        stop: One past its end.
    """

    source: str
    start: int
    stop: int

    @property
    def text(self) -> str:
        """The word as it is written."""
        return self.source[self.start : self.stop]

    @property
    def opens_sentence(self) -> bool:
        """True where a sentence begins with it."""
        before = self.source[max(self.start - _LOOK_BACK, 0) : self.start].rstrip(_OPENING)
        return before[-1] in _ENDS_SENTENCE if before else self.start <= _LOOK_BACK

    @property
    def is_legal_form(self) -> bool:
        """True where it is a company's legal form, with or without its full stops."""
        return key_of(self.text).replace(".", "") in _legal_forms()

    def touches(self, other: Token) -> bool:
        """Tell whether nothing but a blank stands between this word and a later one."""
        return self.source[self.stop : other.start] in _BLANKS


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text, in scripts that set blanks between them.

    Example:
        >>> [token.text for token in tokens_of("L'accord d’Amazon Web Services, en 2026")]
        ['accord', 'Amazon', 'Web', 'Services', 'en', '2026']
    """
    tokens = []
    for match in _WORD.finditer(text):
        start, stop = match.span()
        apostrophe = _APOSTROPHE.search(text, start, stop)
        if apostrophe and text[start : apostrophe.start()].lower() in _ELIDED:
            start = apostrophe.end()
        tokens.append(Token(text, start, stop))
    return tokens


def key_of(word: str) -> str:
    """Return a word without case, accents and other spellings of its letters.

    Example:
        >>> key_of("BUŁKOWO"), key_of("L’Oréal")
        ('bulkowo', "l'oreal")
    """
    return fold(word).translate(_PLAIN)


def has_capital(word: str) -> bool:
    """Tell whether a word has a capital anywhere."""
    return word != word.lower()


@cache
def _legal_forms() -> frozenset[str]:
    from cleanco import prepare_default_terms

    return frozenset(word for _, words in prepare_default_terms() for word in words if len(word) > 1)


class NameParts:
    """The words of an article and what stands beside them, each made when a sentence first needs it.

    Args:
        document: The article.
        language: ISO 639-1 code of the prose, which may inflect the article's names.
    """

    def __init__(self, document: Document, language: str) -> None:
        self._document = document
        self._endings = _ENDINGS.get(language, ())
        self._same_language = language == document.language

    @staticmethod
    def pieces(key: str) -> list[str]:
        """Return the parts of a word with hyphens, apostrophes or full stops."""
        return _PIECES.split(key)

    @cached_property
    def line(self) -> str:
        """The article folded, on one line, with a blank before and after."""
        return f" {' '.join(fold(self._document.text).split())} "

    def writes(self, folded: str) -> bool:
        """Tell whether the article has these words so: a look at its text, before its words are gathered."""
        place = self.line.find(folded)
        while place >= 0:
            stop = place + len(folded)
            if not (self.line[place - 1].isalnum() or self.line[stop].isalnum()):
                return True
            place = self.line.find(folded, stop)
        return False

    def has(self, key: str) -> bool:
        """Tell whether the article has a word, or a name that the prose inflects."""
        return key in self._words or not self._inflected.isdisjoint(self._bases(key))

    def has_capital(self, key: str) -> bool:
        """Tell whether the article writes a word with a capital."""
        return not self._bases(key).isdisjoint(self._capitals)

    def writes_small(self, folded: str) -> bool:
        """Tell whether the article, in the language of the prose, has a word without a capital that ends otherwise."""
        if not self._same_language or len(folded) < _STEM:
            return False
        shared = max(_STEM, len(folded) - _LONGEST_ENDING)
        return any(word.startswith(folded[:shared]) for word in self._small.get(folded[:_STEM], ()))

    def has_side_by_side(self, left: str, right: str) -> bool:
        """Tell whether two words are one name in the article."""
        if self.writes(f"{left} {right}") or f" {left} {right} " in self._line:
            return True
        return any((one, other) in self._pairs for one in self._bases(left) for other in self._bases(right))

    def has_legal_form(self, key: str) -> bool:
        """Tell whether the article gives a name a legal form, so that another one is wrong."""
        return any(one == key and other.replace(".", "") in _legal_forms() for one, other in self._pairs)

    def begins(self, key: str) -> bool:
        """Tell whether a name of the article begins with a word."""
        return not self._bases(key).isdisjoint(self._heads)

    def ends(self, key: str) -> bool:
        """Tell whether a name of the article ends with a word."""
        return not self._bases(key).isdisjoint(self._tails)

    def abbreviates(self, word: str) -> bool:
        """Tell whether a word is made of the initials of words that are one name in the article."""
        return word.casefold() in self._initials

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that the article names."""
        return countries_in(self._words, self._document.language)

    def _bases(self, key: str) -> frozenset[str]:
        """Return a name as it is and without each ending that it may have taken on."""
        shortened = (key.removesuffix(end) for end in self._endings if key.endswith(end))
        return frozenset([key, *(base for base in shortened if len(base) >= _SHORTEST_BASE)])

    def _all_bases(self, keys: Iterable[str]) -> frozenset[str]:
        return frozenset(base for key in keys for base in self._bases(key))

    @cached_property
    def _tokens(self) -> list[Token]:
        return tokens_of(self._document.text)

    @cached_property
    def _line(self) -> str:
        return f" {' '.join(key_of(token.text) for token in self._tokens)} "

    @cached_property
    def _words(self) -> frozenset[str]:
        written = {token.text for token in self._tokens}
        umlauts = {fold(word.lower().translate(_UMLAUTS)) for word in written if not word.isascii()}
        return frozenset(_with_pieces(map(key_of, written)) | umlauts)

    @cached_property
    def _capitals(self) -> frozenset[str]:
        return frozenset(_with_pieces(key_of(token.text) for token in self._tokens if has_capital(token.text)))

    @cached_property
    def _inflected(self) -> frozenset[str]:
        """The bases of the article's names."""
        return self._all_bases(self._capitals) if self._endings else frozenset()

    @cached_property
    def _small(self) -> dict[str, list[str]]:
        """The longer words without a capital, by how they begin."""
        small: dict[str, list[str]] = {}
        for word in {fold(token.text) for token in self._tokens if token.text.islower()}:
            if len(word) >= _STEM:
                small.setdefault(word[:_STEM], []).append(word)
        return small

    @cached_property
    def _neighbours(self) -> list[tuple[Token, Token, bool]]:
        """Every two words of the article, and whether they are one name: capitals, a blank or a particle between."""
        kept = [token for token in self._tokens if token.text not in PARTICLES]
        return [(one, other, self._are_joined(one, other)) for one, other in pairwise(kept)]

    def _are_joined(self, one: Token, other: Token) -> bool:
        between = one.source[one.stop : other.start]
        if not (one.text[0].isupper() and other.text[0].isupper()) or len(between) > _LONGEST_GAP:
            return False
        if any(word not in PARTICLES for word in between.split()):
            return False
        vocabulary, folded = vocabulary_of(self._document.language), fold(one.text)
        common = vocabulary.is_noun(folded) or (one.opens_sentence and folded in vocabulary.openers)
        return other.is_legal_form or not common

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        pairs = [(key_of(one.text), key_of(other.text)) for one, other, joined in self._neighbours if joined]
        return frozenset(
            (one, other) for left, right in pairs for one in self._bases(left) for other in self._bases(right)
        )

    @cached_property
    def _tails(self) -> frozenset[str]:
        """The bases of the words with which a name of the article ends."""
        last = [one for one, _, joined in self._neighbours if not joined] + self._tokens[-1:]
        return self._all_bases(_with_pieces(key_of(token.text) for token in last if has_capital(token.text)))

    @cached_property
    def _heads(self) -> frozenset[str]:
        """The bases of the words with which a name of the article begins."""
        first = self._tokens[:1] + [other for _, other, joined in self._neighbours if not joined]
        return self._all_bases(_with_pieces(key_of(token.text) for token in first if has_capital(token.text)))

    @cached_property
    def _initials(self) -> frozenset[str]:
        initials, run = set[str](), ""
        for one, other, joined in self._neighbours:
            run = (run or key_of(one.text)[0]) + key_of(other.text)[0] if joined else ""
            initials.update(run[first:] for first in range(len(run) - 2))
        return frozenset(initials)


def _with_pieces(keys: Iterable[str]) -> set[str]:
    whole = set(keys)
    return whole | {piece for key in whole if not key.isalnum() for piece in _PIECES.split(key)}
