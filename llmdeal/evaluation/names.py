"""When two names are the same name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from llmdeal.evaluation.counts import Outcome
from llmdeal.readers.names import fold, without_legal_form

__all__ = ["compare_names", "compare_tickers"]

_NOT_WORD = re.compile(r"[\W_]+")
# Scripts without blanks between words: each character is a word of its own.
_UNSPACED = re.compile(r"([\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff])")
# Those that stand before a name, or that a reader of Latin legal forms does not know; longest first.
_LEGAL_FORMS: Final = tuple(
    fold(form) for form in ("股份有限公司", "有限责任公司", "株式会社", "有限会社", "合同会社", "有限公司", "(株)")
)
# Compounds of which a reader of single legal forms leaves a part behind.
_COMPOUND_FORM = re.compile(
    r",?\s+(?:s/a|s\.?\s?a\.?\s?(?:b\.?\s?)?de\s+c\.?\s?v\.?|(?:se|ag|gmbh)\s*&\s*co\.?\s*(?:kgaa|kg)|(?:ab\s*)?\(publ\)\.?)$"
)
# What a name may have around its head without becoming another company's.
_AROUND_THE_HEAD: Final = frozenset(
    [
        "the",
        "group",
        "groupe",
        "gruppe",
        "grupo",
        "gruppo",
        "groep",
        "grupa",
        "holding",
        "holdings",
        "company",
        "co",
        "corp",
        "corporation",
        "inc",
        "com",
        "集",
        "团",
        "集团",
    ]
)
_EXCHANGE = re.compile(r"^\s*([^:：]+)[:：]\s*(.+)$")
_SUFFIX = re.compile(r"^(.+)\.([A-Za-z]{1,3})$")


@lru_cache(maxsize=50_000)
def _words(name: str) -> tuple[str, ...]:
    """Return a name's words without case, accents, punctuation and legal form."""
    folded = fold(without_legal_form(_COMPOUND_FORM.sub("", fold(name))))
    for form in _LEGAL_FORMS:
        folded = folded.removeprefix(form).removesuffix(form).strip() or folded
    spaced = _UNSPACED.sub(r" \1 ", folded)
    return tuple(_NOT_WORD.sub(" ", spaced).split()) or (folded,)


@lru_cache(maxsize=50_000)
def _head(name: str) -> tuple[str, ...]:
    """Return a name's words from the first to the last that tells whose name it is."""
    words = _words(name)
    telling = [position for position, word in enumerate(words) if word not in _AROUND_THE_HEAD]
    return words[telling[0] : telling[-1] + 1] if telling else ()


@lru_cache(maxsize=100_000)
def compare_names(gold: str, answer: str) -> Outcome:
    """Compare two names of companies or people.

    Case, accents, punctuation, blanks and legal forms do not matter.

    Args:
        gold: A name or an alias.
        answer: The name answered.

    Returns:
        COR where they are equal; PAR where one contains the other's head: its words in their order, without "Group",
        "Holdings" and the like around them; else INC.

    Example:
        >>> [str(compare_names("Amazon.com", name)) for name in ("AMAZON.COM, Inc.", "Amazon", "Alphabet")]
        ['COR', 'PAR', 'INC']
    """
    ours, theirs = _words(gold), _words(answer)
    if "".join(ours) == "".join(theirs):
        return Outcome.COR
    if _contains(ours, _head(answer)) or _contains(theirs, _head(gold)):
        return Outcome.PAR
    return Outcome.INC


def _contains(words: tuple[str, ...], head: tuple[str, ...]) -> bool:
    size = len(head)
    # A single letter or character is no head: it is in too many names.
    if len("".join(head)) <= 1:
        return False
    return any(words[start : start + size] == head for start in range(len(words) - size + 1))


@lru_cache(maxsize=50_000)
def compare_tickers(gold: str, answer: str) -> Outcome:
    """Compare two tickers.

    Args:
        gold: A ticker in any of the forms that articles write: AMZN, AMZN.O, Nasdaq: AMZN.
        answer: Another.

    Returns:
        COR where the symbols are equal and the exchanges, where both name theirs in one way, are; else INC.

    Example:
        >>> [str(compare_tickers("AMZN.O", code)) for code in ("AMZN", "NASDAQ: AMZN", "AMZN.DE", "AMZ")]
        ['COR', 'COR', 'INC', 'INC']
    """
    ours, theirs = _ticker(gold), _ticker(answer)
    if ours[0] != theirs[0]:
        return Outcome.INC
    conflict = any(a and b and a not in b and b not in a for a, b in zip(ours[1:], theirs[1:], strict=True))
    return Outcome.INC if conflict else Outcome.COR


def _ticker(written: str) -> tuple[str, str, str]:
    """Return a ticker's symbol, the exchange written before it, and the one written behind."""
    exchange, symbol, suffix = "", written.strip(), ""
    if match := _EXCHANGE.match(symbol):
        exchange, symbol = _NOT_WORD.sub("", fold(match[1])), match[2].strip()
    if match := _SUFFIX.match(symbol):
        symbol, suffix = match[1], match[2]
    return symbol.upper(), exchange, suffix.upper()
