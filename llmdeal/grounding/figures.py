"""The numbers of a sentence: each must be one that the article states, in whatever scale, script or language."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from llmdeal.mentions import Duration, Money, PartialDate, Percent, Qualifier, Ticker
from llmdeal.readers.ellipses import ellipsis_at
from llmdeal.readers.folding import fold
from llmdeal.readers.hedges import hedge_after, hedge_before
from llmdeal.readers.lexing import lex
from llmdeal.readers.money import figure_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.mentions import Mention, Value
    from llmdeal.readers import MarkedDocument
    from llmdeal.readers.lexing import Lexed

__all__ = ["Figures", "states"]

_NUMBER: Final = re.compile(r"\d+(?:[.,' ]\d{3})*(?:[.,]\d+)?")
# A figure rounded by more than a twentieth is another figure, whatever hedge stands before it.
_COARSEST: Final = Decimal("0.05")
_FEW: Final = 2
_YEARS_APART: Final = 24
_SHORT: Final = 4
_YEAR: Final = 366
_MILLION: Final = Decimal(10) ** 6
# Number words that mean something else as often: new, you are.
_OTHERWISE: Final = frozenset({"neuf", "sei"})
_ABOVE: Final = frozenset({Qualifier.MORE_THAN, Qualifier.AT_LEAST})
_BELOW: Final = frozenset({Qualifier.LESS_THAN, Qualifier.UP_TO})


class Figures:
    """The numbers of an article, for the prose about it.

    What costs more than a glance is made when a sentence first needs it.

    Args:
        marked: The article.
        language: ISO 639-1 code of the prose.
    """

    def __init__(self, marked: MarkedDocument, language: str) -> None:
        self._marked = marked
        self._language = language
        self._values: list[Value] = [mention.value for mention in marked.mentions]

    def wrong(self, sentence: str, mentions: tuple[Mention, ...]) -> Iterator[str]:
        """Yield what of a sentence states a number, a date or a month that the article does not.

        Args:
            sentence: A sentence.
            mentions: What the readers saw in it.
        """
        for mention in mentions:
            if not self._is_stated(mention):
                yield mention.quote
        rest = fold(sentence)
        for mention in mentions:
            rest = rest[: mention.span.start] + "\0" * len(mention.span) + rest[mention.span.stop :]
        if any(character.isdigit() for character in rest) or _spells(rest, self._language):
            yield from self._wrong_bare(sentence, rest)

    def _is_stated(self, mention: Mention) -> bool:
        said = mention.value
        if any(states(value, said) for value in self._values):
            return True
        if isinstance(said, Money):
            return self._is_stated_without_currency(said)
        return False

    def _is_stated_without_currency(self, said: Money) -> bool:
        """Tell whether the article has the amount without a currency, after one in that currency, however far back."""
        if said.amount < _MILLION or said.upper is not None:
            return False
        return any(states(value, said) for value in self._ellipses)

    def _wrong_bare(self, sentence: str, rest: str) -> Iterator[str]:
        """Yield the figures and number words outside every mention, and the months, that the article does not have."""
        lexed = lex(sentence, self._language)
        read: set[int] = set()
        for index, lexeme in enumerate(lexed.lexemes):
            if rest[lexeme.start] == "\0":
                continue
            if lexeme.sense.month is not None and lexeme.number is None:
                if len(lexeme.text) >= _SHORT and not self._has_month(lexeme.sense.month, lexeme.text):
                    yield sentence[lexeme.start : lexeme.stop]
            elif lexeme.number is not None:
                read.update(range(lexeme.start, lexeme.stop))
                number, end = _figure(lexed, index)
                spelled = lexeme.kind == "w"
                if spelled and (number <= _FEW or lexeme.text in _OTHERWISE):
                    continue
                hedge = hedge_before(lexed, index)[0] or hedge_after(lexed, end)[0] or Qualifier.EXACT
                if not self._has_number(number, hedge) and (number != lexeme.number or not self._copies(lexeme.text)):
                    yield sentence[lexeme.start : lexed[end - 1].stop]
        for match in _NUMBER.finditer(rest):
            if match.start() not in read and not self._readings.intersection(_readings(match.group())):
                yield sentence[match.start() : match.end()]

    def _has_number(self, number: Decimal, hedge: Qualifier) -> bool:
        if number in self._numbers:
            return True
        return hedge is not Qualifier.EXACT and any(_rounds(stated, number, hedge) for stated in self._numbers)

    def _copies(self, figure: str) -> bool:
        """Tell whether the article writes a figure so, without a scale: a summary may copy what it does not read."""
        return figure in self._unscaled

    def _has_month(self, month: int, word: str) -> bool:
        if word in fold(self._marked.document.text):
            return True
        dates = [value for value in self._values if isinstance(value, PartialDate)]
        return any(
            (month - value.earliest.month) % 12 <= (value.latest.month - value.earliest.month) % 12
            for value in dates
            if (value.latest - value.earliest).days < _YEAR
        )

    @cached_property
    def _readings(self) -> frozenset[Decimal]:
        """Every figure of the article, in each way that it can be read."""
        figures = {match.group() for match in _NUMBER.finditer(fold(self._marked.document.text))}
        return frozenset(reading for written in figures for reading in _readings(written))

    @cached_property
    def _named(self) -> frozenset[Decimal]:
        """The numbers of the article's amounts and dates."""
        money = [value for value in self._values if isinstance(value, Money)]
        dates = [value for value in self._values if isinstance(value, PartialDate)]
        years = [year for value in dates for year in (value.earliest.year, value.latest.year)]
        days = [part for value in dates if value.earliest == value.latest for part in _day_and_month(value)]
        amounts = [end for value in money for end in (value.amount, value.upper) if end is not None]
        return frozenset([*amounts, *map(Decimal, (*years, *days))])

    @cached_property
    def _lexed(self) -> Lexed:
        document = self._marked.document
        return lex(document.text, document.language)

    @cached_property
    def _numbers(self) -> frozenset[Decimal]:
        """Every number of the article with its scale."""
        lexed = self._lexed
        indices = [index for index, lexeme in enumerate(lexed.lexemes) if lexeme.number is not None]
        return self._named | frozenset(_figure(lexed, index)[0] for index in indices)

    @cached_property
    def _unscaled(self) -> frozenset[str]:
        """The figures of the article without a scale, as it writes them."""
        lexemes = self._lexed.lexemes
        return frozenset(
            lexeme.text
            for index, lexeme in enumerate(lexemes)
            if lexeme.number is not None and _figure(self._lexed, index)[0] == lexeme.number
        )

    @cached_property
    def _ellipses(self) -> tuple[Money, ...]:
        """The amounts that leave out their currency further from the one before than the readers reach."""
        lexed, mentions, place = self._lexed, self._marked.mentions, 0
        currency, found = "", []
        for index, lexeme in enumerate(lexed.lexemes):
            while place < len(mentions) and mentions[place].span.stop <= lexeme.start:
                value = mentions[place].value
                currency, place = value.currency if isinstance(value, Money) else currency, place + 1
            inside = place < len(mentions) and mentions[place].span.start <= lexeme.start
            if currency and not inside and lexeme.kind == "n" and lexed.sense(index + 1).scale is not None:
                reading = ellipsis_at(lexed, index, currency)
                found += [reading.value] if reading else []
        return tuple(found)


def _figure(lexed: Lexed, index: int) -> tuple[Decimal, int]:
    """Return a number with its scale, and the index after both."""
    figure = figure_at(lexed, index)
    if figure is None:
        return lexed[index].number or Decimal(0), index + 1
    return figure.amount, figure.end


def _day_and_month(value: PartialDate) -> tuple[int, int]:
    return value.earliest.day, value.earliest.month


def _spells(rest: str, language: str) -> bool:
    """Tell whether some prose may name a number or a month in words: where words have no blanks, figures do."""
    return language not in {"ja", "zh"} and any(character.isalpha() for character in rest)


def _readings(written: str) -> Iterator[Decimal]:
    """Yield the numbers that a figure can be read as: its signs group, or the last is decimal."""
    figures = re.sub(r"[^\d.,]", "", written)
    yield Decimal(re.sub(r"[.,]", "", figures))
    whole, separator, part = figures.replace(",", ".").rpartition(".")
    if separator:
        yield Decimal(f"{whole.replace('.', '')}.{part}").normalize()


def states(stated: Value, said: Value) -> bool:
    """Tell whether a value of the article covers one of the prose.

    An amount, a percentage or a duration may be rounded to the digits that the prose shows if the prose says so
    ("about", "more than"); a date may be told more coarsely, never more closely.

    Args:
        stated: What the article states.
        said: What the prose says.

    Example:
        >>> article = Money(amount="37.9e9", currency="USD")
        >>> [states(article, Money(amount=amount, currency="USD", qualifier=how)) for amount, how in
        ...  (("38e9", "about"), ("37e9", "more_than"), ("38e9", "exact"), ("83e9", "about"))]
        [True, True, False, False]
    """
    match (stated, said):
        case (Money(), Money()):
            return _states_money(stated, said)
        case (PartialDate(), PartialDate()):
            return said.earliest <= stated.earliest and stated.latest <= said.latest
        case (Duration(), Duration()):
            return _states_duration(stated, said)
        case (Percent(), Percent()):
            same_way = (stated.percent < 0) == (said.percent < 0)
            return same_way and _rounds(abs(stated.percent), abs(said.percent), said.qualifier)
        case (Ticker(), Ticker()):
            return stated.symbol == said.symbol
        case _:
            return False


def _states_duration(stated: Duration, said: Duration) -> bool:
    if said.months is None or stated.months is None:
        return said.months is None and (stated.months is None or stated.months >= _YEARS_APART)
    return _rounds(Decimal(stated.months), Decimal(said.months), said.qualifier)


def _states_money(stated: Money, said: Money) -> bool:
    if stated.currency != said.currency or (stated.per and said.per and stated.per != said.per):
        return False
    ends = [end for end in (stated.amount, stated.upper) if end is not None]
    spoken = [end for end in (said.amount, said.upper) if end is not None]
    return all(any(_rounds(end, one, said.qualifier) for end in ends) for one in spoken)


def _rounds(stated: Decimal, said: Decimal, qualifier: Qualifier) -> bool:
    """Tell whether a number is another, or that one rounded as its qualifier says."""
    if stated == said:
        return True
    if qualifier is Qualifier.EXACT or not said:
        return False
    step = Decimal(1).scaleb(int(said.normalize().as_tuple().exponent))
    if qualifier in _ABOVE:
        return said < stated < said + step
    if qualifier in _BELOW:
        return said - step < stated < said
    return abs(stated - said) * 2 <= step and abs(stated - said) <= _COARSEST * stated
