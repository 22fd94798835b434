"""Codes of listed securities: Reuters codes, exchange codes, ISINs."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from llmdeal.mentions import Ticker
from llmdeal.readers.trie import alternation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Code", "codes_in"]

_TEN: Final = 10
_REACH: Final = 40
_LONGEST_WORD: Final = 24
# A colon, or capitals and figures, of which a Reuters code is told by its suffix. One capital alone, such as a name's,
# is no code. As every alternative begins with the same set of signs, what lies between is passed over quickly.
_RUN: Final = re.compile(r"[:A-Z0-9](?:(?P<colon>(?<=:))|(?P<ric>[A-Z0-9]{0,5}(?:_p|[a-z])?\.[A-Z])|[A-Z0-9]+)")
_LONG_RUN: Final = 12
_OPENING: Final = frozenset("(（")
_BETWEEN: Final = ' \u00a0\u3000:：・、,，"“„«('
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")
# More symbols after an exchange's first, in the same brackets: "(NASDAQ: GOOG, GOOGL)", "(NYSE: BRK.A/BRK.B)".
_ANOTHER: Final = re.compile(
    r"(?:,[ \u00a0]?|[ \u00a0]?[/|][ \u00a0]?|[ \u00a0](?:and|et|und|y|e|en|i|&)[ \u00a0])"
    r"(?P<symbol>[A-Z][A-Z0-9]{0,5}(?:[.-][A-Z]{1,2})?)(?=[,;/|)\]]|[ \u00a0](?:and|et|und|y|e|en|i|&|[/|])[ \u00a0])"
)
_MOST_SYMBOLS: Final = 6


class Code(NamedTuple):
    """A code and where it stands, as half-open code-point offsets."""

    value: Ticker
    start: int
    stop: int


@cache
def _words() -> Mapping[str, Sequence[str]]:
    data = tomllib.loads((files("llmdeal.readers") / "languages" / "_shared.toml").read_text("utf-8"))
    words: Mapping[str, Sequence[str]] = data["tickers"]
    return words


@cache
def _unnamed() -> frozenset[str]:
    return frozenset(_words()["unnamed"])


@cache
def _pattern() -> re.Pattern[str]:
    data = _words()
    return re.compile(
        rf"(?<![\w.])(?:(?P<exchange>{alternation(data['exchanges'])})[ \u00a0]?:[ \u00a0]?"
        r"(?P<symbol>[A-Z0-9][A-Z0-9.-]{0,11})"
        rf"|(?P<base>[A-Z]{{1,6}}|[A-Z0-9]{{2,6}})(?P<class>_p|[a-z])?\.(?P<market>{alternation(data['ric'])})"
        rf"|(?P<place>{alternation(data['numbered'])})[ \u3000]?[:：・、,，]?[ \u3000]?"
        r"(?P<code>[0-9]{4,6}|[0-9]{3}[A-Z])"
        rf"|(?:{alternation(data['naming'])})[ \u00a0][\"“„«(]?"
        r"(?P<named>[A-Z]{2,5}[0-9]{0,2}|[0-9]{4})(?![A-Z0-9])"
        r"|(?P<isin>[A-Z]{2}[A-Z0-9]{9}[0-9]))(?![\w]|\.\w)"
        r"|(?<=[^\W\d_][ \u00a0])\((?P<short>[A-Z]{3,5}|[A-Z]{4}(?:[3-8]|11))\)"
        r"|(?<=[\u30a0-\u30ff\u4e00-\u9fff])[(（](?P<bare>(?!19|20)[0-9]{4}|[0-9]{3}[A-Z])[)）]"
    )


def codes_in(text: str) -> Iterator[Code]:
    """Find the codes of securities in a text.

    A single letter before a Reuters suffix is a code only in brackets: "(F.N)", but not U.N or S.A.

    Args:
        text: The text as given: codes are told by their capitals.

    Example:
        >>> [str(code.value) for code in codes_in("Oracle (NYSE: ORCL), Google GOOGL.O, the U.S. and J.P. Morgan")]
        ['NYSE: ORCL', 'GOOGL.O']
    """
    for match in _matches(text):
        start, stop = match.span()
        if match["exchange"]:
            symbol = match["symbol"].rstrip(".-")
            stop = match.start("symbol") + len(symbol)
            yield Code(Ticker(symbol=symbol, exchange=match["exchange"]), start, stop)
            yield from _more_symbols(text, match["exchange"], stop)
        elif match["code"]:
            exchange = None if match["place"] in _unnamed() else match["place"]
            yield Code(Ticker(symbol=match["code"], exchange=exchange), match.start("code"), stop)
        elif match.lastgroup in {"named", "short", "bare"}:
            name = match.lastgroup
            if name != "short" or _abbreviates(text, start, match["short"]):
                yield Code(Ticker(symbol=match[name]), *match.span(name))
        elif match["isin"]:
            if _isin_adds_up(match["isin"]):
                yield Code(Ticker(symbol=match["isin"], scheme="isin"), start, stop)
        elif len(match["base"]) > 1 or text[start - 1 : start] in {"(", "<", "["}:
            yield Code(Ticker(symbol=match.group(), scheme="ric"), start, stop)


def _more_symbols(text: str, exchange: str, stop: int) -> Iterator[Code]:
    """Find the further symbols that stand behind the first of an exchange."""
    for _ in range(_MOST_SYMBOLS):
        another = _ANOTHER.match(text, stop)
        if another is None:
            return
        stop = another.end("symbol")
        yield Code(Ticker(symbol=another["symbol"], exchange=exchange), another.start("symbol"), stop)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Find the pattern's matches, looking only around places without which there is none.

    The pattern has to look behind itself at each letter, which over a whole article takes longer than all the rest.
    """
    pattern, done = _pattern(), 0
    for start, stop in _hints(text):
        if start < done:
            continue
        position = max(done, start - _REACH)
        while (match := pattern.search(text, position, min(stop + _REACH, len(text)))) is not None:
            position = done = match.end()
            whole = pattern.match(text, match.start())
            if whole is not None:
                done = position = whole.end()
                yield whole


def _hints(text: str) -> Iterator[tuple[int, int]]:
    """Yield colons, and capitals and figures that have about them what makes a code of them."""
    for match in _RUN.finditer(text):
        start, stop = match.span()
        if match.lastgroup or stop - start >= _LONG_RUN or _introduced(text, start):
            yield start, stop


def _introduced(text: str, start: int) -> bool:
    """Tell whether a bracket, or a word that names codes, stands before a place."""
    if text[start - 1 : start] in _OPENING:
        return True
    return text[max(start - _LONGEST_WORD, 0) : start].rstrip(_BETWEEN).endswith(_leading())


@cache
def _leading() -> tuple[str, ...]:
    return (*_words()["naming"], *_words()["numbered"])


def _abbreviates(text: str, start: int, symbol: str) -> bool:
    """Tell whether a symbol in brackets is made of letters of the one word before it, in order: "Soltara (SLTR)".

    So the initials of several words, as in "Amazon Web Services (AWS)", are no code.
    """
    word = _LAST_WORD.search(text, max(start - _LONGEST_WORD, 0), start - 1)
    if symbol[-1].isdigit():
        return True
    if word is None or word[0].isupper() or word[0][0].upper() != symbol[0] or not word[0][0].isupper():
        return False
    letters = iter(word[0].upper())
    return all(letter in letters for letter in symbol)


def _isin_adds_up(isin: str) -> bool:
    """Tell whether the last digit of an ISIN is the check digit of the rest."""
    digits = [int(digit) for letter in isin for digit in str(int(letter, 36))]
    doubled = [digit if place % 2 == 0 else sum(divmod(2 * digit, _TEN)) for place, digit in enumerate(digits[::-1])]
    return sum(doubled) % _TEN == 0
