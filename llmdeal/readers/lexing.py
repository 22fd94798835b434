"""A text as the words and figures that the readers know, in order, with the gaps between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from llmdeal.readers.folding import fold
from llmdeal.readers.lexicon import NOTHING, Sense, language_of
from llmdeal.readers.numberwords import join_number_words
from llmdeal.readers.numerals import compose_numeral, decimal_sign, parse_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from llmdeal.readers.lexicon import Language

__all__ = ["END", "Lexed", "Lexeme", "lex"]

# What may stand between two words of one phrase.
_TIGHT: Final = frozenset({"", " ", "  ", "-", " -", "- ", " - "})


class Lexeme(NamedTuple):
    """A word, a figure or a date in figures.

    Args:
        start: Where it stands in the text, a half-open stretch of code points.
        stop: One past its end.
        text: How it is written, folded.
        sense: What it means, for a word.
        kind: "w" a word, "n" a figure, "d" a date in figures.
        number: The number that it states, for a figure or a number word.
    """

    start: int
    stop: int
    text: str
    sense: Sense = NOTHING
    kind: str = "w"
    number: Decimal | None = None

    @property
    def year(self) -> int | None:
        """The year that it may be, or None."""
        if self.kind == "n" and len(self.text) == 4 and "1950" <= self.text <= "2100" and self.text.isdigit():  # noqa: PLR2004  YYYY
            return int(self.text)
        return None


END: Final = Lexeme(-1, -1, "")
_LONGEST_GAP: Final = 4
_MYRIAD: Final = 4
_MOST_SKIPPED: Final = 4


class Lexed:
    """A text, lexed. Looking beyond either end of it finds ``END``, which means nothing.

    Args:
        source: The text as given.
        text: The same, folded.
        language: Its language.
        lexemes: What of it has a meaning, in order.
    """

    __slots__ = ("_adjoins", "_count", "_padded", "language", "lexemes", "source", "text")

    def __init__(self, source: str, text: str, language: Language, lexemes: list[Lexeme]) -> None:
        self.source, self.text, self.language, self.lexemes = source, text, language, lexemes
        # Two ENDs after the last are also what the indices -1 and -2 find.
        self._padded = [*lexemes, END, END]
        self._count = len(lexemes)
        stop, adjoins = -1, []
        for lexeme in lexemes:
            adjoins.append(stop >= 0 and text[stop : lexeme.start] in _TIGHT)
            stop = lexeme.stop
        self._adjoins = adjoins

    def __getitem__(self, index: int) -> Lexeme:
        """Return a lexeme, or ``END``."""
        return self._padded[index] if -2 <= index < self._count else END  # noqa: PLR2004  as padded

    def gap(self, index: int) -> str | None:
        """Return what stands between a lexeme and the one before it, if that is short."""
        if not 0 < index < self._count:
            return None
        start, stop = self.lexemes[index - 1].stop, self.lexemes[index].start
        return self.text[start:stop] if stop - start <= _LONGEST_GAP else None

    def next_to(self, index: int, *more: str) -> Lexeme:
        """Return a lexeme if it adjoins the one before it, else ``END``.

        Args:
            index: Which lexeme.
            more: Gaps that are accepted here besides white space and a hyphen.
        """
        if not 0 < index < self._count:
            return END
        return self.lexemes[index] if self._adjoins[index] or (more and self.gap(index) in more) else END

    def sense(self, index: int, *more: str) -> Sense:
        """Return what a lexeme means if it adjoins the one before it."""
        if not more:
            return self.lexemes[index].sense if 0 < index < self._count and self._adjoins[index] else NOTHING
        return self.next_to(index, *more).sense

    def range_end(self, index: int) -> int | None:
        """Return the index of the number that ends a range of bare numbers, if one adjoins ("3-5", "3 to 5").

        Args:
            index: The index after the number that begins it.
        """
        if not 0 < index < self._count or not self._adjoins[index]:
            return None
        if self.gap(index) in {"-", " - "}:
            upper = index
        elif self.lexemes[index].sense.roles & {"to", "and"} and self.next_to(index + 1).start >= 0:
            upper = index + 1
        else:
            return None
        return None if self[upper].number is None else upper

    def skip(self, index: int, *roles: str) -> int:
        """Return the index after adjoining lexemes, a few at most, that have one of the roles."""
        for _ in range(_MOST_SKIPPED):
            if not self.sense(index).roles.intersection(roles):
                break
            index += 1
        return index


def lex(text: str, language_code: str) -> Lexed:
    """Find the words and figures of a text.

    Args:
        text: Any text.
        language_code: ISO 639-1 code.

    Example:
        >>> [lexeme.text for lexeme in lex("Rund 1,8 Milliarden Euro, sagte er.", "de").lexemes]
        ['rund', '1,8', 'milliarden', 'euro']
    """
    language = language_of(language_code)
    folded = fold(text)
    words, cased, numerals = language.words, language.cased, language.numerals
    decimal: str | None = None
    lexemes = []
    word_stop = 0
    for kind, start, stop, found in language.scanner.tokens(folded):
        if kind == "w":
            sense = words.get(found)
            if sense is None:
                found = found.replace("-", " ")  # noqa: PLW2901  as the words of the language are written
                sense = words.get(found)
                if sense is None:
                    continue
            if found not in cased or " ".join(text[start:stop].split()) in cased[found]:
                lexemes.append(Lexeme(start, stop, found, sense, "w", sense.number))
                word_stop = stop
        elif kind == "c":
            decimal = decimal or decimal_sign(folded, language)
            lexemes += _composed(start, found, decimal, language)
        elif start == word_stop or numerals or not folded[start - 1 : start].isalpha():
            number = None
            if kind == "n":
                decimal = decimal or decimal_sign(folded, language)
                number = parse_numeral(found, decimal)
            lexemes.append(Lexeme(start, stop, found, NOTHING, kind, number))
    return Lexed(text, folded, language, join_number_words(lexemes, folded))


def _composed(start: int, figure: str, decimal: str, language: Language) -> Iterator[Lexeme]:
    """Read a figure composed with signs; its last power of ten is a scale of its own, so that it can reach back."""
    signs = language.numerals
    rest = figure.rstrip("".join(sign for sign, value in signs.items() if value <= -_MYRIAD))
    scale = figure[len(rest) :]
    number = compose_numeral(figure, decimal, signs)
    sense = language.words.get(scale, NOTHING)
    if number is None or (scale and sense.scale is None):
        return
    middle = start + len(rest)
    yield Lexeme(start, middle, rest, NOTHING, "n", number.scaleb(-(sense.scale or 0)))
    if scale:
        yield Lexeme(middle, start + len(figure), scale, sense)
