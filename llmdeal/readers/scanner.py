"""Finds the words, figures and dates in figures of a folded text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from llmdeal.readers.trie import alternation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Scanner", "Token"]

# Letters of scripts that set words apart; Han and kana run on without a space.
_LETTER: Final = r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]"
_OF_WORD: Final = r"[^\W\d\u3040-\u30ff\u3400-\u9fff]"
# A set of Latin letters is looked up at once; a set of all but some is gone through for each letter.
_WORD: Final = rf"(?:[_a-zß-öø-ɏ]+{_OF_WORD}*|{_OF_WORD}+)"
# A word ends where no letter follows its last letter, and nothing of a word its last digit.
_END: Final = rf"(?:(?<!{_LETTER})|(?!{_LETTER}|_))(?!(?<=\d)\w)"
_MYRIAD: Final = 4
# A figure of seven groups with blanks between them, a decimal part and a fraction.
_LONGEST_FIGURE: Final = 48
_LONGEST_KEPT: Final = 40
_MOST_KEPT: Final = 40_000


Token = tuple[str, int, int, str]
"""Kind ("w" a word of the language, "d" a date in figures, "n" a figure, "c" a figure composed with signs), half-open
stretch of code points, and what stands there."""


class Scanner:
    """A language's words and figures, found in one pass.

    Most of what stands between two blanks of an article means nothing to the readers, and comes again in the next one.
    So it is remembered what a stretch between blanks can begin, and a pattern is tried only where it is needed.

    Args:
        words: Words and phrases of the language, folded; a blank in one is a hyphen as well.
        numerals: Signs of digits, and of powers of ten as negative numbers, that figures are composed with.

    Example:
        >>> [text for *_, text in Scanner(["in", "in the", "bn"], {}).tokens("back in the day, 5bn in all")]
        ['in the', '5', 'bn', 'in']
    """

    def __init__(self, words: Iterable[str], numerals: Mapping[str, int]) -> None:
        beginning_with: dict[str, list[str]] = {}
        digits, signs = list[str](), list[str]()
        for word in words:
            first = re.match(_WORD, word)
            if first:
                beginning_with.setdefault(first[0], []).append(word)
            else:
                (digits if word[0].isdigit() else signs).append(word)
        self._openings = {first: _Opening(first, begun) for first, begun in beginning_with.items()}
        self._pattern = _pattern(digits, signs, numerals)
        self._signs = frozenset(word[0] for word in (*digits, *signs))
        self._reach = max([_LONGEST_FIGURE, *map(len, digits), *map(len, signs)]) + 1
        self._kinds: dict[str, _Opening | bool] = {}

    def tokens(self, text: str) -> list[Token]:
        """Return what is found in a folded text, in order."""
        tokens: list[Token] = []
        kinds, stop, done = self._kinds, -1, 0
        for stretch in text.split(" "):
            start, stop = stop + 1, stop + 1 + len(stretch)
            kind = kinds.get(stretch)
            if kind is None:
                kind = self._remember(stretch)
            if kind is False or stop <= done:
                continue
            if kind is True or start < done:
                done = self._scan(text, max(start, done), stop, tokens)
            elif (end := kind.end(text, start, stop)) >= 0:
                tokens.append(("w", start, end, text[start:end]))
                done = end
        return tokens

    def _remember(self, stretch: str) -> _Opening | bool:
        """Return, and keep, what a stretch without a blank can begin: nothing (False), one word's phrases, or any."""
        kind: _Opening | bool = not self._signs.isdisjoint(stretch)
        if not kind:
            found = [(match.lastgroup, match[0]) for match in self._pattern.finditer(stretch)]
            kind = any(group != "x" or word in self._openings for group, word in found)
            if kind and found == [("x", stretch)]:
                kind = self._openings[stretch]
        if len(stretch) <= _LONGEST_KEPT:
            if len(self._kinds) >= _MOST_KEPT:
                self._kinds.clear()
            self._kinds[stretch] = kind
        return kind

    def _scan(self, text: str, position: int, limit: int, tokens: list[Token]) -> int:
        """Append the tokens that begin before a limit; return where the last of them ends."""
        openings, done = self._openings, position
        # What begins before the limit may end past it, though not far: where nothing begins, no more is searched.
        reach = limit + self._reach
        while position < limit:
            for match in self._pattern.finditer(text, position, reach):
                start, stop = match.span()
                if start >= limit:
                    return done
                if start < done:
                    if stop > done:
                        # A phrase ended within what was taken for one token: it is looked at anew from there.
                        position = done
                        break
                    continue
                kind, found = match.lastgroup or "", match[0]
                if kind == "x":
                    stop = openings[found].end(text, start, stop) if found in openings else -1
                    if stop < 0:
                        continue
                    kind, found = "w", text[start:stop]
                tokens.append((kind, start, stop, found))
                done = stop
            else:
                return done
        return done


class _Opening:
    """The words and phrases that begin with one word.

    Args:
        first: The word.
        begun: Those that begin with it, itself included where it is one.
    """

    __slots__ = ("_begun", "_following", "_is_word", "_pattern")

    def __init__(self, first: str, begun: Sequence[str]) -> None:
        rests = {variant for word in begun for variant in (word[len(first) :], word[len(first) :].replace(" ", "-"))}
        self._begun = begun
        self._is_word = "" in rests
        # The one or two signs with which a phrase goes on: most often they are not there.
        self._following = frozenset(rest[:2] for rest in rests if rest)
        self._pattern: re.Pattern[str] | None = None

    def end(self, text: str, start: int, stop: int) -> int:
        """Return where the longest of them ends that stands in a text, or -1.

        Args:
            text: The text.
            start: Where the word stands.
            stop: One past its end.
        """
        following = self._following
        if text[stop : stop + 2] not in following and text[stop : stop + 1] not in following:
            return stop if self._is_word else -1
        if self._pattern is None:
            self._pattern = re.compile(f"(?:{alternation(self._begun)}){_END}")
        match = self._pattern.match(text, start)
        return match.end() if match else -1


def _pattern(digits: Iterable[str], signs: Iterable[str], numerals: Mapping[str, int]) -> re.Pattern[str]:
    """Return the pattern of any word (``x``), of known ones that begin with no letter (``w``), and of figures."""
    composing = "".join(numerals)
    opening = "".join(sign for sign, value in numerals.items() if value > -_MYRIAD)
    signs = list(signs)
    # Most Han and kana begin nothing: they are told at once, before the alternatives are tried one by one.
    firsts = re.escape("".join(sorted({sign[0] for sign in signs} | set(composing) | set("½¼¾"))))
    composed = rf"|(?P<c>(?:\d[\d.,]*(?=[{composing}])|[{opening}])[{composing}\d.,]*(?<![.,]))" if composing else ""
    return re.compile(
        rf"(?=[^\W\u3040-\u30ff\u3400-\u9fff]|[{firsts}])(?:(?P<x>{_WORD})"
        rf"|(?P<w>(?:(?<![\d.,])(?:{alternation(digits)})|(?:{alternation(signs)})){_END})"
        r"|(?P<d>(?<![\d.,/-])(?:(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d/\d{1,2}/\d{1,2}"
        r"|\d{1,2}(?:\.\d{1,2}\.|/\d{1,2}/|-\d{1,2}-)(?:19|20)\d\d)(?![\d/-]|[.,]\d))"
        rf"{composed}"
        r"|(?P<n>(?:\d{1,3}(?:[ ']\d{3}){1,6}(?![\d])(?:[.,]\d{1,4}(?!\d))?|\d+(?:[.,]\d+)*)"
        r"(?: ?[½¼¾]| [13]/[24](?![\d/]))?|[½¼¾]))"
    )
