"""A verdict for a leaf of plain JSON."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from llmdeal.checking import keys
from llmdeal.checking.claims import claim_of, kind_of
from llmdeal.checking.reading import claims_of_number, claims_of_words, currency_code, figure_in, mentions_in
from llmdeal.checking.report import LeafCheck, LeafKind, Verdict
from llmdeal.deal import WarningCode
from llmdeal.mentions import Ticker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from llmdeal.checking.claims import Claim
    from llmdeal.checking.mapping import Rule
    from llmdeal.checking.reading import Beside
    from llmdeal.checking.stated import Stated
    from llmdeal.document import Evidence

__all__ = ["Leaves"]

_NOTHING: Final = frozenset(
    {"", "-", "n/a", "na", "none", "null", "unknown", "undisclosed", "not disclosed", "not stated", "tbd", "?"}
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
# One word in small letters: the code of something, or a plain word, but no name and no figure.
_PLAIN_WORD = re.compile(r"[^\W\dA-Z]+(?:[_-][^\W\dA-Z]+)*")
_CAPITALISED = re.compile(r"[^\W\d_][\w&.'’-]*")
# A name is looked up without what stands in brackets behind it, which may be another name.
_BRACKETED = re.compile(r"[(（\[]([^\W\d_a-z][^)）\]]{2,})[)）\]]")
_JOINED = re.compile(r"\s*(?:[,;/|+]|\s(?:and|et|und|y|e|en|i|&)\s)\s*")
_WRITTEN: Final = {None: "null", True: "true", False: "false"}
_SCALED: Final = frozenset({LeafKind.AMOUNT, LeafKind.NUMBER, LeafKind.PERCENT, LeafKind.DURATION, LeafKind.DATE})


class Leaves:
    """Gives leaves their verdicts.

    Args:
        stated: The article.
        language: ISO 639-1 code of the summary's prose.
    """

    def __init__(self, stated: Stated, language: str) -> None:
        self._stated = stated
        self._language = language

    def check(self, path: str, key: str, leaf: Any, beside: Beside, rule: Rule | None) -> LeafCheck:  # noqa: ANN401  whatever JSON holds
        """Return the verdict for a leaf.

        Args:
            path: Where it stands.
            key: The last key of that.
            leaf: A string, a number, a boolean or None.
            beside: What stands around it.
            rule: The mapping's rule for it, where there is one.
        """
        if leaf is None or isinstance(leaf, bool) or (rule is not None and rule.kind is LeafKind.IGNORE):
            return unchecked(path, leaf)
        if isinstance(leaf, int | float):
            return self._number(path, key, Decimal(str(leaf)), beside, rule)
        return self._words(path, key, str(leaf), beside, rule)

    def _number(self, path: str, key: str, number: Decimal, beside: Beside, rule: Rule | None) -> LeafCheck:
        kind = rule.kind if rule is not None and rule.kind in _SCALED else keys.kind_of_number(key)
        if kind is LeafKind.IGNORE:
            return unchecked(path, number)
        if not number.is_finite():
            return LeafCheck(path=path, value=str(number), kind=kind, verdict=Verdict.NOT_STATED)
        return self._claims(path, str(number), claims_of_number(number, kind, key, beside, rule))

    def _words(self, path: str, key: str, words: str, beside: Beside, rule: Rule | None) -> LeafCheck:
        kind = keys.kind_of_words(key) if rule is None else rule.kind
        if kind is LeafKind.IGNORE or words.strip().lower() in _NOTHING or _ADDRESS.fullmatch(words.strip()):
            return unchecked(path, words)
        if kind is LeafKind.CURRENCY or (kind is None and keys.is_currency(words)):
            return self._currency(path, words, beside)
        if kind is LeafKind.TICKER:
            return self._claims(path, words, [Ticker(symbol=words.strip())])
        if kind is LeafKind.NAME and (places := self._places_of_names(words)):
            return _grounded(path, words, LeafKind.NAME, places)
        value = None if kind is LeafKind.TEXT else self._value(path, key, words, beside, rule)
        return value or self._prose(path, key, words, kind)

    def _value(self, path: str, key: str, words: str, beside: Beside, rule: Rule | None) -> LeafCheck | None:
        """Return the verdict for words that are a value from end to end, or None where they are none."""
        figure = figure_in(words)
        dated = keys.has(key, "dated") or (rule is not None and rule.kind is LeafKind.DATE)
        if figure is not None and not dated:
            return self._number(path, key, figure, beside, rule)
        claims = claims_of_words(words, key, beside, rule)
        return self._claims(path, words, claims) if claims else None

    def _prose(self, path: str, key: str, words: str, kind: LeafKind | None) -> LeafCheck:
        """Return the verdict for words that are no value: a name that is not there, a code, or prose."""
        if kind is LeafKind.NAME and not self._describes(words):
            return self._no_name(path, words)
        if kind is None and (keys.has(key, "code") or (_PLAIN_WORD.fullmatch(words.strip()) and words.islower())):
            return unchecked(path, words)
        return self._text(path, words)

    def _claims(self, path: str, value: str, claims: list[Claim]) -> LeafCheck:
        """Return the verdict for a leaf that can be meant in one way or several: one that is stated will do."""
        for claim in claims:
            if places := self._stated.places(claim):
                return _grounded(path, value, kind_of(claim), places)
        for claim in claims:
            if self._stated.is_publication(claim):
                message = "the day on which the article was published"
                return LeafCheck(path=path, value=value, kind=kind_of(claim), verdict=Verdict.GROUNDED, message=message)
        return LeafCheck(
            path=path,
            value=value,
            kind=kind_of(claims[0]),
            verdict=Verdict.NOT_STATED,
            nearest=self._stated.nearest(claims),
        )

    def _currency(self, path: str, words: str, beside: Beside) -> LeafCheck:
        code = currency_code(words, beside.languages)
        if code is None:
            return unchecked(path, words, "no currency that is known here")
        if places := self._stated.has_currency(code):
            return _grounded(path, words, LeafKind.CURRENCY, places)
        return LeafCheck(path=path, value=words, kind=LeafKind.CURRENCY, verdict=Verdict.NOT_STATED)

    def _places_of_names(self, words: str) -> tuple[Evidence, ...]:
        """Return where the article writes a name, or each of several that are joined by commas and the like."""
        bracketed = [part for part in _BRACKETED.findall(words) if not self._stated.name(part)]
        if not bracketed and (places := self._stated.name(words)):
            return places
        parts = [part for part in _JOINED.split(words.strip()) if part]
        found = [self._stated.name(part) for part in parts]
        together = len(parts) > 1 and all(found) and not bracketed
        return tuple(places[0] for places in found) if together else ()

    def _describes(self, words: str) -> bool:
        """Tell whether words under the key of a name say more than a name: "the Irish unit of Bella"."""
        plain = [word for word in words.split() if word[0].islower()]
        return bool(plain) and bool(_capitalised_places(self._stated, words))

    def _no_name(self, path: str, words: str) -> LeafCheck:
        nearest = self._stated.nearest_name(words)
        return LeafCheck(path=path, value=words, kind=LeafKind.NAME, verdict=Verdict.NOT_STATED, nearest=nearest)

    def _text(self, path: str, words: str) -> LeafCheck:
        if places := self._stated.name(words):
            return _grounded(path, words, LeafKind.TEXT, places)
        check = self._stated.prose(self._language)
        faults = [fault for sentence in check.sentences(words) for fault in check.faults(sentence)]
        if faults:
            return LeafCheck(
                path=path,
                value=words,
                kind=LeafKind.TEXT,
                verdict=Verdict.NOT_STATED,
                nearest=self._nearest(fault.words for fault in faults if fault.code is WarningCode.NUMBER_NOT_STATED),
                message="; ".join(dict.fromkeys(map(str, faults))),
            )
        if places := tuple(dict.fromkeys([*self._places_of_values(words), *_capitalised_places(self._stated, words)])):
            return _grounded(path, words, LeafKind.TEXT, places)
        return unchecked(path, words, "no number and no name in it")

    def _places_of_values(self, words: str) -> Iterator[Evidence]:
        for mention in mentions_in(words, self._language, self._stated.document.published):
            yield from self._stated.places(claim_of(mention.value))[:1]

    def _nearest(self, faulty: Iterable[str]) -> str | None:
        for words in faulty:
            for mention in mentions_in(words, self._language, self._stated.document.published):
                return self._stated.nearest([claim_of(mention.value)])
        return None


def unchecked(path: str, leaf: Any, message: str | None = None) -> LeafCheck:  # noqa: ANN401  whatever JSON can hold
    """Return the verdict for a leaf that claims nothing which could be looked up.

    Args:
        path: Where it stands.
        leaf: The leaf.
        message: Why, where that is of use.
    """
    value = _WRITTEN[leaf] if leaf is None or isinstance(leaf, bool) else str(leaf)
    return LeafCheck(path=path, value=value, verdict=Verdict.UNCHECKED, message=message)


def _grounded(path: str, value: str, kind: LeafKind, places: tuple[Evidence, ...]) -> LeafCheck:
    return LeafCheck(path=path, value=value, kind=kind, verdict=Verdict.GROUNDED, evidence=places)


def _capitalised_places(stated: Stated, words: str) -> list[Evidence]:
    """Return where the article writes the words with a capital that some words have, each once."""
    capitalised = dict.fromkeys(match.group() for match in _CAPITALISED.finditer(words) if match.group()[0].isupper())
    return [places[0] for word in capitalised if (places := stated.name(word))]
