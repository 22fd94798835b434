"""Words that a summary may say though its article does not, because they name nobody; a data file per language."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from llmdeal.readers.names import fold

__all__ = ["Vocabulary", "vocabulary_of"]

_LISTS: Final = (
    "capitals", "objects", "followers", "beginnings", "determiners", "auxiliaries", "endings", "takers",
)  # fmt: skip
_STEM: Final = 5
_LONGEST_ENDING: Final = 3
_GERMAN_ENDINGS: Final = "(?:e|en|er|ern|em|es|s|(?<=[elr])n|in|innen|ens)?"
_GERMAN_NOUNS: Final = "ung|heit|keit|schaft|tion|ität"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a language that name nobody.

    Args:
        openers: Words that a sentence may begin with, folded.
        words: Words of business, folded; in Japanese and Chinese words of more than one sign.
        stems: The longer words of business, by how they begin.
        capitals: Words that may carry a capital within a sentence.
        nouns: Finds a noun by its last part, in the language that writes every noun with a capital; else None.
        objects: Words that may follow a verb without a subject, and its clitics.
        followers: Those of the capitals that may stand right behind a name.
        beginnings: Words with which companies' names begin, so that before a name they make another one.
        determiners: Words before a noun, where nouns have capitals.
        auxiliaries: Verbs after a participle that begins a sentence.
        participles: Finds such a participle.
        signs: Single signs that are a word or an affix, where no blanks divide words.
        links: Those of them that may follow a part of a name.
        endings: Words with which a name may go on: right after a part of one they make another name.
        takers: Words after which a name may stand, where no particle and no blank says so.
        simplified: Simplified signs for traditional ones, as for ``str.translate``.
    """

    openers: frozenset[str] = frozenset()
    words: frozenset[str] = field(default=frozenset(), repr=False)
    stems: dict[str, list[str]] = field(default_factory=dict, repr=False)
    capitals: frozenset[str] = frozenset()
    nouns: re.Pattern[str] | None = None
    objects: frozenset[str] = frozenset()
    followers: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    participles: re.Pattern[str] | None = None
    signs: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    takers: frozenset[str] = frozenset()
    simplified: dict[int, str] = field(default_factory=dict, repr=False)

    def may_open(self, word: str) -> bool:
        """Tell whether a folded word can begin a sentence without naming anybody."""
        if word in self.openers or word in self.words or word in self.capitals:
            return True
        if len(word) < _STEM:
            return self.is_noun(word)
        start = word[: max(_STEM, len(word) - _LONGEST_ENDING)]
        return any(other.startswith(start) for other in self.stems.get(word[:_STEM], ())) or self.is_noun(word)

    def is_noun(self, word: str) -> bool:
        """Tell whether a folded word is a common noun that is written with a capital."""
        return self.nouns is not None and self.nouns.search(word) is not None


@cache
def vocabulary_of(language: str) -> Vocabulary:
    """Return the vocabulary of a language, empty for one that has no file.

    Args:
        language: ISO 639-1 code.

    Example:
        >>> vocabulary_of("de").is_noun("kaufpreises"), vocabulary_of("de").is_noun("globex")
        (True, False)
        >>> vocabulary_of("en").may_open("shareholders"), vocabulary_of("en").may_open("globex")
        (True, False)
    """
    file = files("llmdeal.grounding.vocabulary") / f"{language}.toml"
    if not (language.isalpha() and file.is_file()):
        return Vocabulary()
    data: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    lists = {
        key: [word if data.get("signs") else fold(word) for word in data.get(key, "").split()]
        for key in ("openers", "words", "nouns", *_LISTS)
    }
    openers, words, nouns = lists["openers"], lists["words"], lists["nouns"]
    stems: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= _STEM:
            stems.setdefault(word[:_STEM], []).append(word)
    traditional, simplified = ("".join(data.get(key, "").split()) for key in ("traditional", "simplified"))
    return Vocabulary(
        openers=frozenset(openers),
        words=frozenset(words),
        stems=stems,
        nouns=_noun_pattern(nouns) if nouns else None,
        participles=re.compile(data["participles"]) if "participles" in data else None,
        signs=frozenset(data.get("signs", "")),
        links=frozenset(data.get("links", "")),
        **{key: frozenset(lists[key]) for key in _LISTS},
        simplified={ord(one): other for one, other in zip(traditional, simplified, strict=True)},
    )


def _noun_pattern(nouns: list[str]) -> re.Pattern[str]:
    """Return a pattern that finds one of the nouns, inflected, at the end of a word.

    A short noun must be the whole word or follow a hyphen or a linking s: many a name ends in "art" or "rat".
    """
    short = [noun for noun in nouns if len(noun) < _STEM]
    long = [noun for noun in nouns if len(noun) >= _STEM]
    ends = "|".join(sorted(map(re.escape, long), key=len, reverse=True))
    wholes = "|".join(sorted(map(re.escape, short), key=len, reverse=True))
    return re.compile(
        rf"(?:(?:^|.{{3}})(?:{ends}){_GERMAN_ENDINGS}|.{{3}}(?:{fold(_GERMAN_NOUNS)})(?:en|s)?|(?:^|-|..s|.{{2}}en)(?:{wholes}){_GERMAN_ENDINGS})$"
    )
