"""The names of a sentence, in scripts with capitals: each word must be the article's, beside the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from llmdeal.grounding.nameparts import PARTICLES, NameParts, has_capital, key_of, tokens_of
from llmdeal.grounding.vocabulary import vocabulary_of
from llmdeal.grounding.world import countries_of
from llmdeal.readers.lexicon import language_of
from llmdeal.readers.names import fold, names_of_the_world

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from llmdeal.document import Document
    from llmdeal.grounding.nameparts import Token
    from llmdeal.mentions import Mention

__all__ = ["Names"]

_ANY_LANGUAGE: Final = "any"
_INITIALS: Final = 6
_SHORTEST_NAME: Final = 4
_HEADLINE: Final = 4
_CAPITALS: Final = 0.8
# What a summary may write though no article does: it names things, not companies.
_COMMON: Final = frozenset(
    ["ai", "ia", "ki", "ceo", "cfo", "pdg", "dg", "ipo", "eu", "ue", "us", "usa", "uk", "ru", "m&a", "sa", "i"]
)
_INFLECTED: Final = ("e", "en", "er", "es", "em")


class Names:
    """The words of an article, for the prose about it.

    Args:
        document: The article.
        language: ISO 639-1 code of the prose.
    """

    def __init__(self, document: Document, language: str) -> None:
        self._language = language
        self._vocabulary = vocabulary_of(language)
        self._article = NameParts(document, language)

    @property
    def line(self) -> str:
        """The article folded, on one line, with a blank before and after."""
        return self._article.line

    def unknown(self, sentence: str, mentions: tuple[Mention, ...]) -> Iterator[str]:
        """Yield the words of a sentence that name somebody whom the article does not name.

        Args:
            sentence: A sentence.
            mentions: What the readers saw in it, which is no name.
        """
        tokens = tokens_of(sentence)
        headline = self._vocabulary.nouns is None and _is_headline(tokens)
        taken = [any(mention.span.start <= token.start < mention.span.stop for mention in mentions) for token in tokens]
        starts = {mention.span.start for mention in mentions}
        strange = []
        for position, token in enumerate(tokens):
            acts = not starts.isdisjoint((token.stop, token.stop + 1))
            named = not taken[position] and has_capital(token.text) and not self._knows(token.text)
            common = headline and named and self._is_common(token.text)
            strange.append(named and not common and self._is_name(tokens, position, before_value=acts))
        for position, token in enumerate(tokens):
            if strange[position]:
                yield token.text
            elif not taken[position] and has_capital(token.text):
                other = self._joined_to(tokens, position)
                plain = other is None or taken[other] or strange[other]
                plain = plain or (headline and other is not None and self._is_common(tokens[other].text))
                if other is not None and not plain and not self._may_join(token, tokens[other]):
                    yield sentence[token.start : tokens[other].stop]

    def _is_name(self, tokens: Sequence[Token], position: int, *, before_value: bool) -> bool:
        """Tell whether a word that the article does not have is a name."""
        token = tokens[position]
        folded, after = fold(token.text), tokens[position + 1] if position + 1 < len(tokens) else None
        if position and token.is_legal_form and self._follows_name(tokens[position - 1], token):
            return False
        if after and after.is_legal_form and after.text[0].isupper() and token.touches(after):
            return True
        if token.opens_sentence and token.text[1:] == token.text[1:].lower():
            return self._opens_with_name(token, after, before_value=before_value)
        if any(character.isupper() or character.isdigit() for character in token.text[1:]):
            return not self._vocabulary.is_noun(folded)
        if folded in self._vocabulary.capitals or folded in language_of(self._language).words:
            return False
        return self._vocabulary.nouns is None or self._is_german_name(tokens, position)

    def _opens_with_name(self, token: Token, after: Token | None, *, before_value: bool) -> bool:
        """Tell whether the first word of a sentence is a name and not just its first word."""
        folded, vocabulary = fold(token.text), self._vocabulary
        if folded in vocabulary.openers or folded in vocabulary.words or vocabulary.is_noun(folded):
            return False
        if after and after.text[0].isupper() and token.touches(after):
            return True
        if vocabulary.may_open(folded) or self._article.writes_small(folded):
            return False
        # A verb that needs no subject: "Pagará 38 millones", "Fala-se em", "Prevé que".
        following = fold(after.text) if after is not None else ""
        if vocabulary.objects and (before_value or following in vocabulary.objects):
            return False
        if vocabulary.participles and following in vocabulary.auxiliaries and vocabulary.participles.match(folded):
            return False
        return folded.partition("-")[2] not in vocabulary.objects and folded not in language_of(self._language).words

    def _is_german_name(self, tokens: Sequence[Token], position: int) -> bool:
        """Tell a name from a noun: its last part is one, or an article, or an adjective with one, stands before it."""
        folded = fold(tokens[position].text)
        if self._vocabulary.may_open(folded) or self._article.writes_small(folded):
            return False
        left = [token.text for token in tokens[max(position - 2, 0) : position]]
        right = tokens[position + 1].text if position + 1 < len(tokens) else ""
        if not left or left[-1][0].isupper() or (right[:1].isupper() and not self._vocabulary.is_noun(fold(right))):
            return True
        determiners = self._vocabulary.determiners
        adjective = left[-1].endswith(_INFLECTED) and left[0].lower() in determiners
        return not (adjective or left[-1] in determiners)

    def _joined_to(self, tokens: Sequence[Token], position: int) -> int | None:
        """Return which word a name goes on with, after a blank or a particle such as "de"."""
        for other in range(position + 1, min(position + 3, len(tokens))):
            between = tokens[position].source[tokens[position].stop : tokens[other].start].split()
            if tokens[other].text[0].isupper():
                return other if all(word.lower() in PARTICLES for word in between) else None
        return None

    def _may_join(self, one: Token, two: Token) -> bool:
        """Tell whether two names may stand side by side: only where the article has them so.

        Of "Aldgate Ventures" both words may be the article's, and yet it has "Aldgate Mutual" and "Northbeck Ventures".
        A title goes before any name that begins there, and some after any that ends there; but a noun with a capital,
        right behind a name, makes another name of it, and so does "Bank" before one.
        """
        left, right, article = key_of(one.text), key_of(two.text), self._article
        if left.endswith("'s") or (one.opens_sentence and fold(one.text) in self._vocabulary.openers):
            return True
        if article.has_side_by_side(left, right):
            return True
        if two.is_legal_form and (two.text.isupper() or "." in two.text or not article.begins(right)):
            return not article.has_legal_form(left)
        if self._is_loose(one.text) and left not in vocabulary_of(_ANY_LANGUAGE).beginnings:
            return self._is_apart(two.text) or self._is_free(two.text) or article.begins(right)
        return left not in vocabulary_of(_ANY_LANGUAGE).beginnings and self._may_follow(two.text, left)

    def _may_follow(self, word: str, name: str) -> bool:
        """Tell whether a word right behind a name is no part of it."""
        if self._vocabulary.is_noun(fold(word)):
            # "Hagenaus Anteil": what belongs to Hagenau.
            return name.endswith("s") and self._article.writes(name[:-1])
        return self._is_apart(word) and self._article.ends(name)

    def _is_loose(self, word: str) -> bool:
        """Tell whether a word before a name is no part of it: what goes with any, or what the article writes small."""
        return self._is_free(word) or not self._article.has_capital(key_of(word))

    def _is_free(self, word: str) -> bool:
        """Tell whether a word is a title, a country or a noun with a capital."""
        folded = fold(word)
        free = folded in self._vocabulary.capitals or folded in _COMMON or folded in names_of_the_world(self._language)
        return free or self._vocabulary.is_noun(folded)

    def _is_apart(self, word: str) -> bool:
        """Tell whether a word stands apart from a name before it: an office, a day."""
        folded = fold(word)
        if folded in self._vocabulary.followers or folded in _COMMON:
            return True
        if not self._knows(word):
            sense = language_of(self._language).words.get(word.lower())
            return sense is not None and sense.number is None
        return False

    def _is_common(self, word: str) -> bool:
        """Tell whether a word of a headline, where all have capitals, is no name elsewhere."""
        folded, key = fold(word), key_of(word)
        if self._article.has_capital(key):
            return False
        return self._vocabulary.may_open(folded) or self._article.has(key) or self._article.writes_small(folded)

    def _follows_name(self, before: Token, legal: Token) -> bool:
        between = before.source[before.stop : legal.start].strip(" ,.\u00a0")
        if between or not (has_capital(before.text) or before.text.isdigit()) or not self._knows(before.text):
            return False
        return not self._article.has_legal_form(key_of(before.text))

    def _knows(self, word: str) -> bool:
        key = key_of(word)
        if self._article.writes(fold(word)) or self._has(key):
            return True
        pieces = [piece for piece in self._article.pieces(key) if len(piece) > 1]
        if pieces and pieces != [key]:
            known = [self._has(piece) for piece in pieces]
            return any(known) and all(
                has or self._vocabulary.is_noun(piece) for has, piece in zip(known, pieces, strict=True)
            )
        return word.isupper() and 2 < len(word) <= _INITIALS and self._article.abbreviates(word)  # noqa: PLR2004  the fewest letters of initials

    def _has(self, key: str) -> bool:
        if key in _COMMON or self._article.has(key):
            return True
        countries = countries_of(key, self._language)
        if countries:
            return not countries.isdisjoint(self._article.countries)
        return len(key) >= _SHORTEST_NAME and key in names_of_the_world(self._language)


def _is_headline(tokens: Sequence[Token]) -> bool:
    """Tell whether a sentence is a headline that gives all but its short words capitals."""
    longer = [token.text for token in tokens if len(token.text) >= _SHORTEST_NAME and token.text.isalpha()]
    return len(longer) >= _HEADLINE and sum(map(has_capital, longer)) >= _CAPITALS * len(longer)
