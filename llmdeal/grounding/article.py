"""One article as grounding sees it: its marks resolved, its names found, what went wrong written down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from llmdeal.deal import DealWarning, WarningCode
from llmdeal.grounding.prose import unmarked
from llmdeal.mentions import Money, Ticker
from llmdeal.readers.names import NameIndex, without_legal_form
from llmdeal.readers.proper_names import joined_names

if TYPE_CHECKING:
    from llmdeal.document import Evidence, Sentence, Span
    from llmdeal.mentions import Mention, Value
    from llmdeal.readers import MarkedDocument

__all__ = ["Article"]

ValueT = TypeVar("ValueT", bound="Value")
# The full stop of a legal form, a comma, a bracket.
_GAP = re.compile(r"(?:\.(?=[ \u00a0]?[(（\[]))?[\s,(\[/（【]*")
# The rest of a name, a bracket, and in it perhaps an exchange.
_REST_OF_NAME = re.compile(
    r"(?:(?:[ \u00a0][^\W\d_a-zß-ÿ\u3040-\u9fff][\w.&'’-]*){0,3}|[\u3040-\u9fff]{0,6})[ \u00a0]?[(（\[][^)）\]\n]{0,20}"
)
_LONGEST_GAP = 48


class Article:
    """An article under grounding, and the warnings so far."""

    def __init__(self, marked: MarkedDocument) -> None:
        self.marked = marked
        self.document = marked.document
        self.warnings: list[DealWarning] = []
        self._names = NameIndex(marked.document)
        self._tickers = [mention for mention in marked.mentions if isinstance(mention.value, Ticker)]

    def warn(self, code: WarningCode, slot: str | None, message: str) -> None:
        """Write a warning down."""
        self.warnings.append(DealWarning(code=code, slot=slot, message=message))

    def mention(self, mark: str | None, slot: str) -> Mention | None:
        """Return what a mark stands for; warn where the article has no such mark."""
        if mark is None:
            return None
        mention = self.marked.marks.get(mark)
        if mention is None:
            self.warn(WarningCode.UNKNOWN_MARK, slot, f"the model answered {mark}, which the article does not have")
        return mention

    def value(self, mark: str | None, expected: type[ValueT] | tuple[type[ValueT], ...], slot: str) -> ValueT | None:
        """Return the typed value of a mark, pointing at its words; warn where it is not of an expected type."""
        mention = self.mention(mark, slot)
        if mention is None:
            return None
        if not isinstance(mention.value, expected):
            wanted = " or ".join(one.__name__ for one in (expected if isinstance(expected, tuple) else (expected,)))
            message = f"the model answered {mark}, which is no {wanted} but {mention.quote!r}"
            self.warn(WarningCode.UNKNOWN_MARK, slot, message)
            return None
        value = mention.value.with_evidence(self.document.evidence(mention.span))
        if isinstance(value, Money):
            return value.model_copy(update={"same_as": self._same_sum(value)})
        return value

    def _same_sum(self, value: Money) -> tuple[Money, ...]:
        """Return the same sum in other currencies, wherever the article converts it: a headline seldom does."""
        same: dict[str, Money] = {}
        for first, others in self.marked.conversions.items():
            mentions = [self.marked.marks[mark] for mark in (first, *others)]
            if not any(isinstance(m.value, Money) and _equal(m.value, value) for m in mentions):
                continue
            for mention in mentions:
                if isinstance(mention.value, Money) and mention.value.currency != value.currency:
                    stated = mention.value.with_evidence(self.document.evidence(mention.span))
                    same.setdefault(mention.value.currency, stated)
        return tuple(same.values())

    def sentence(self, mark: str, slot: str) -> Sentence | None:
        """Return the sentence of a mark; warn where the article has no such sentence."""
        number = int(mark[1:])
        if 1 <= number <= len(self.document.sentences):
            return self.document.sentences[number - 1]
        self.warn(WarningCode.UNKNOWN_MARK, slot, f"the model cited sentence {number}, which the article does not have")
        return None

    def find(self, name: str, slot: str) -> tuple[Span, ...]:
        """Return where the article writes a name; warn where it does not, or only as a ticker."""
        spans = self._names.find(unmarked(name))
        if spans and not (named := tuple(span for span in spans if not self._is_ticker(span))):
            self.warn(WarningCode.NAME_NOT_FOUND, slot, f"{name!r} is a ticker in the article, no name; dropped")
            return named
        if not spans:
            self.warn(WarningCode.NAME_NOT_FOUND, slot, f"{name!r} is not in the article; dropped")
        return spans

    def apart(self, name: str) -> tuple[str, ...]:
        """Return the names that one is joined of by "and", if the article writes one of them apart, else it alone."""
        parts = joined_names(name)
        if len(parts) > 1:
            whole = self._names.find(name)
            found = [span for part in parts for span in self._names.find(part)]
            if any(not any(span.overlaps(one) for one in whole) for span in found):
                return parts
        return (name,)

    def _is_ticker(self, span: Span) -> bool:
        return any(ticker.span.overlaps(span) for ticker in self._tickers)

    def named_in(self, name: str, sentence: Sentence) -> tuple[Span, ...]:
        """Return where the article writes a name or its first word, if one of the places is in the sentence."""
        for form in (name, name.split(maxsplit=1)[0].partition(".")[0]):
            spans = self._names.find(form)
            if any(sentence.span.start <= span.start < sentence.span.stop for span in spans):
                return spans
        return ()

    def name(self, spans: tuple[Span, ...]) -> str:
        """Return a name as the article writes it first."""
        return " ".join(self.document.quote(spans[0]).split())

    def evidence_in(self, spans: tuple[Span, ...], sentence: Sentence | None) -> Evidence:
        """Return the place of a name in a sentence, or its first place anywhere."""
        if sentence is not None:
            for span in spans:
                if sentence.span.start <= span.start < sentence.span.stop:
                    return self.document.evidence(span)
        return self.document.evidence(spans[0])

    def ticker_of(self, spans: tuple[Span, ...]) -> Ticker | None:
        """Return the ticker that stands right behind a name at one of its places."""
        for span in spans:
            for mention in self._tickers:
                gap = mention.span.start - span.stop
                if 0 <= gap <= _LONGEST_GAP and self._joins(span.stop, mention.span.start):
                    value = mention.value.with_evidence(self.document.evidence(mention.span))
                    return value if isinstance(value, Ticker) else None
        return None

    def only_ticker(self) -> Ticker | None:
        """Return the one ticker of an article that has no other."""
        values = {str(mention.value): mention for mention in self._tickers}
        if len(values) != 1:
            return None
        [mention] = values.values()
        value = mention.value.with_evidence(self.document.evidence(mention.span))
        return value if isinstance(value, Ticker) else None

    def _joins(self, start: int, stop: int) -> bool:
        """Tell whether nothing but punctuation, the rest of a name or a legal form stands between."""
        between = self.document.text[start:stop]
        if _GAP.fullmatch(between) or _REST_OF_NAME.fullmatch(between):
            return True
        words = between.strip(" ,([")
        return "\n" not in words and without_legal_form(f"Name {words}") == "Name"


def _equal(one: Money, other: Money) -> bool:
    return (one.amount, one.upper, one.currency, one.per) == (other.amount, other.upper, other.currency, other.per)
