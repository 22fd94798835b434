"""Countries and their people: which of them a word means, so that "French" states what "Frankreich" does."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from llmdeal.readers.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["countries_in", "countries_of"]

_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 4
_ENDINGS: Final = frozenset([
    "a", "an", "ans", "e", "en", "er", "ern", "ers", "es", "ese", "i", "ia", "ian", "ians", "ic", "ich", "in",
    "is", "isch", "ische", "ischen", "ischer", "isches", "ish", "n", "ne", "nen", "ns", "s", "skiej", "ska",
    "ski", "skie", "skiego",
])  # fmt: skip
# CLDR leaves out what Britain, America and the Union are called for short.
_SHORT_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "GB": (
        "uk",
        "britain",
        "british",
        "britisch",
        "britische",
        "britanico",
        "britannique",
        "brits",
        "britse",
        "england",
    ),
    "US": ("us", "usa", "america", "american", "amerika", "amerique", "eeuu", "vs", "eua", "stati", "etats"),
    "EU": ("eu", "ue", "europe", "europa", "european", "europeen"),
}


def countries_of(word: str, language: str) -> frozenset[str]:
    """Return the countries that a word names, or whose people or language it names.

    Args:
        word: A word, folded.
        language: ISO 639-1 code of the text that it is in.

    Returns:
        Territory codes of CLDR; none for another word.

    Example:
        >>> "FR" in countries_of("french", "en"), "NO" in countries_of("norwegian", "en"), countries_of("globex", "en")
        (True, True, frozenset())
    """
    names = _names(language)
    if word in names:
        return names[word]
    for length in range(len(word) - 1, _SHORTEST - 1, -1):
        if word[length:] in _ENDINGS:
            for base in _by_start(language).get(word[:_SHORTEST], ()):
                if base.startswith(word[:length]) and len(base) - length < _SHORTEST - 1:
                    return names[base]
    return frozenset()


def countries_in(words: Iterable[str], language: str) -> frozenset[str]:
    """Return the countries that the words of a text name.

    Args:
        words: Its words, folded.
        language: ISO 639-1 code of the text.
    """
    starts = _by_start(language)
    near = (word for word in words if word[:_SHORTEST] in starts or word in _names(language))
    return frozenset().union(*(countries_of(word, language) for word in near))


@cache
def _names(language: str) -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for name, codes in _named(language):
        for word in _WORD.findall(fold(name)):
            if len(word) >= _SHORTEST:
                names.setdefault(word, set()).update(codes)
    for code, short in _SHORT_NAMES.items():
        for word in short:
            names.setdefault(word, set()).add(code)
    return {word: frozenset(codes) for word, codes in names.items()}


def _named(language: str) -> Iterator[tuple[str, set[str]]]:
    from babel import Locale

    locale = Locale.parse(language)
    for code, name in locale.territories.items():
        yield str(name), {code}
    for code, name in locale.languages.items():
        tongue, _, rest = code.partition("_")
        territory = rest.rpartition("_")[2]
        yield str(name), {territory} if territory.isupper() else _speakers().get(tongue, set())


@cache
def _speakers() -> Mapping[str, set[str]]:
    """Return for each language the countries in which it is official."""
    from babel import Locale
    from babel.languages import get_official_languages

    speakers: dict[str, set[str]] = {}
    for code in map(str, Locale("en").territories):
        for tongue in get_official_languages(code) if code.isalpha() else ():
            speakers.setdefault(tongue, set()).add(code)
    return speakers


@cache
def _by_start(language: str) -> Mapping[str, tuple[str, ...]]:
    starts: dict[str, list[str]] = {}
    for word in _names(language):
        starts.setdefault(word[:_SHORTEST], []).append(word)
    return {start: tuple(words) for start, words in starts.items()}
