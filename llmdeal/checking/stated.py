"""An article as a check sees it: where it states a claim, and what comes nearest where it does not."""

from __future__ import annotations

import difflib
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from llmdeal.checking.claims import Sum, states
from llmdeal.document import Span
from llmdeal.grounding import ProseCheck
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Ticker
from llmdeal.readers.lexing import lex
from llmdeal.readers.names import NameIndex

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from llmdeal.checking.claims import Claim
    from llmdeal.document import Evidence
    from llmdeal.mentions import Mention, Value
    from llmdeal.readers import MarkedDocument

__all__ = ["Stated"]

_MOST_PLACES: Final = 10
_TYPES: Final[dict[type, type]] = {
    Sum: Money,
    PartialDate: PartialDate,
    Duration: Duration,
    Percent: Percent,
    Ticker: Ticker,
}
_NAMES = re.compile(r"[^\W\d_][\w&.'’-]*(?:[ \u00a0][^\W\d_a-z][\w&.'’-]*){0,4}")
_ALIKE: Final = 0.6


class Stated:
    """What an article states.

    Args:
        marked: The article with its mentions.
        published: Its day of publication, where something other than the summary says it.
    """

    def __init__(self, marked: MarkedDocument, published: date | None) -> None:
        self.marked = marked
        self.document = marked.document
        self._published = published
        self._names = NameIndex(marked.document)
        self._numbers = _numbers(marked)
        self._checks: dict[str, ProseCheck] = {}

    def places(self, claim: Claim) -> tuple[Evidence, ...]:
        """Return where the article states a claim.

        Args:
            claim: A value of any type, or a plain number.
        """
        if isinstance(claim, Decimal):
            return self._evidence(self._numbers.get(claim, ()))
        found = [mention.span for mention in self.marked.mentions if states(mention.value, claim)]
        if not found and isinstance(claim, Ticker):
            found = list(self._names.find(claim.symbol))
        return self._evidence(found)

    def is_publication(self, claim: Claim) -> bool:
        """Tell whether a claim is the day on which the article was published."""
        day = self._published
        return isinstance(claim, PartialDate) and day is not None and claim.earliest <= day <= claim.latest

    def has_currency(self, code: str) -> tuple[Evidence, ...]:
        """Return where the article states amounts in a currency.

        Args:
            code: ISO 4217 code.
        """
        amounts = ((mention.span, mention.value) for mention in self.marked.mentions)
        return self._evidence([span for span, value in amounts if isinstance(value, Money) and value.currency == code])

    def nearest(self, claims: Sequence[Claim]) -> str | None:
        """Return the nearest value that the article states to one of several claims, or None where it states none.

        Args:
            claims: What a leaf may mean.
        """
        near = [found for claim in claims if (found := self._near(claim)) is not None]
        return min(near, key=lambda found: found[0])[1] if near else None

    def _near(self, claim: Claim) -> tuple[tuple[bool, float], str] | None:
        if isinstance(claim, Decimal):
            number = min(self._numbers, key=lambda number: abs(number - claim), default=None)
            return None if number is None else ((False, float(abs(number - claim))), f"{number:,}")
        values = [m.value for m in self.marked.mentions if isinstance(m.value, _TYPES[type(claim)])]
        measured = ((_distance(value, claim), str(value)) for value in values)
        return min(measured, key=lambda found: found[0], default=None)

    def name(self, name: str) -> tuple[Evidence, ...]:
        """Return where the article writes a name."""
        return self._evidence(self._names.find(name))

    def nearest_name(self, name: str) -> str | None:
        """Return a name of the article that looks like another, or None where none does."""
        runs = [" ".join(match.group().split()) for match in _NAMES.finditer(self.document.text)]
        written = dict.fromkeys([*runs, *(word for run in runs for word in run.split())])
        close = difflib.get_close_matches(name, [one for one in written if one[0].isupper()], n=1, cutoff=_ALIKE)
        return close[0] if close else None

    def prose(self, language: str) -> ProseCheck:
        """Return a check of prose in a language.

        Args:
            language: ISO 639-1 code.
        """
        return self._checks.setdefault(language, ProseCheck(self.marked, language))

    def mention_at(self, span: Span) -> Mention | None:
        """Return what the readers see at exactly these offsets."""
        return next((mention for mention in self.marked.mentions if mention.span == span), None)

    def _evidence(self, spans: tuple[Span, ...] | list[Span]) -> tuple[Evidence, ...]:
        return tuple(self.document.evidence(span) for span in spans[:_MOST_PLACES])


def _numbers(marked: MarkedDocument) -> dict[Decimal, list[Span]]:
    """Return every number that an article writes, in figures or in words, with its scale where it has one."""
    numbers: dict[Decimal, list[Span]] = {}
    lexed = lex(marked.document.text, marked.document.language)
    for index, lexeme in enumerate(lexed.lexemes):
        if lexeme.number is None:
            continue
        span = Span(start=lexeme.start, stop=lexeme.stop)
        numbers.setdefault(lexeme.number, []).append(span)
        scale = lexed.sense(index + 1).scale
        if scale is not None:
            numbers.setdefault(lexeme.number.scaleb(scale), []).append(span)
    return numbers


def _distance(value: Value, claim: Claim) -> tuple[bool, float]:
    """Return how far a stated value is from a claim of its type, those in another currency behind the others."""
    match (value, claim):
        case (Money(), Sum()):
            other = claim.currency not in (None, value.currency)
            return other, min(
                _ratio(end, said) for end in (value.amount, value.upper or value.amount) for said in claim.amounts
            )
        case (PartialDate(), PartialDate()):
            days = abs((value.earliest - claim.earliest).days) + abs((value.latest - claim.latest).days)
            return False, float(days)
        case (Duration(), Duration()):
            known = value.months is not None and claim.months is not None
            return False, abs((value.months or 0) - (claim.months or 0)) if known else float("inf")
        case (Percent(), Percent()):
            return False, float(abs(value.percent - claim.percent))
        case (Ticker(), Ticker()):
            return False, 1 - difflib.SequenceMatcher(None, value.symbol, claim.symbol).ratio()
        case _:
            return True, float("inf")


def _ratio(one: Decimal, other: Decimal) -> float:
    """Return how many times the larger amount is the smaller: a slip of scale is farther off than one of a digit."""
    low, high = sorted((abs(one), abs(other)))
    return float(high / low) if low else float("inf")
