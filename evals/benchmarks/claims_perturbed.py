"""Values and names that an article does not state, each a small step from one that it does."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from llmdeal.grounding.vocabulary import vocabulary_of
from llmdeal.mentions import Duration, Money, PartialDate, Percent
from llmdeal.readers.names import NameIndex, fold, without_legal_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from llmdeal.readers import MarkedDocument

_CURRENCIES: Final = ("USD", "EUR", "GBP", "JPY", "CHF", "PLN", "BRL", "CNY")
# A bare $ or ¥ could be any of these, so a claim about one of them never writes it.
_SHARED_SIGNS: Final = frozenset({"CAD", "AUD", "HKD", "SGD", "MXN", "JPY", "CNY"})
_FIGURE: Final = re.compile(r"\d+(?:[.,'  \u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_POWERS: Final = (0, 3, 4, 6, 8, 9, 12)
_CLOSE: Final = Decimal("0.05")
_QUARTER: Final = re.compile("kwart|quart|trimest|四半期|季|[qQtTQ][1-4]", re.IGNORECASE)
_VOWELS: Final = "aeiou"
_WORDS: Final = frozenset({"资产", "資產", "融资", "融資", "投资", "投資", "会社"})
_MOST_TRIES: Final = 40


@dataclass(frozen=True)
class Stated:
    """What an article states, as its labels, its readers and its bare figures tell.

    Args:
        monies: Amounts with their currencies.
        numbers: Amounts without, and every figure of the text with every scale.
        dates: First and last days.
        percents: Percentages without their sign.
        months: Durations.
    """

    monies: frozenset[tuple[Decimal, str]]
    numbers: frozenset[Decimal]
    dates: frozenset[tuple[date, date]]
    percents: frozenset[Decimal]
    months: frozenset[int]

    @classmethod
    def of(cls, marked: MarkedDocument, labelled: Sequence[Any]) -> Stated:
        """Return what an article and its labels state."""
        values = [*labelled, *(mention.value for mention in marked.mentions)]
        money = [value for value in values if isinstance(value, Money)]
        ends = [(end, one.currency) for one in money for end in (one.amount, one.upper) if end is not None]
        text = unicodedata.normalize("NFKC", marked.document.text)
        figures = {reading for match in _FIGURE.finditer(text) for reading in _readings(match.group())}
        return cls(
            monies=frozenset(ends),
            numbers=frozenset([end for end, _ in ends])
            | {figure.scaleb(power).normalize() for figure in figures for power in _POWERS},
            dates=frozenset((one.earliest, one.latest) for one in values if isinstance(one, PartialDate)),
            percents=frozenset(abs(one.percent) for one in values if isinstance(one, Percent)) | frozenset(figures),
            months=frozenset(one.months for one in values if isinstance(one, Duration) and one.months is not None),
        )

    def dates_in(self, earliest: date, latest: date) -> bool:
        """Tell whether the article states a date within a stretch."""
        return any(earliest <= first and last <= latest for first, last in self.dates)


def _readings(written: str) -> Iterator[Decimal]:
    digits = re.sub(r"[^\d.,]", "", written)
    yield Decimal(re.sub(r"[.,]", "", digits)).normalize()
    whole, separator, part = digits.replace(",", ".").rpartition(".")
    if separator:
        yield Decimal(f"{whole.replace('.', '')}.{part}").normalize()


def sign_is_clear(currency: str) -> bool:
    """Tell whether a currency's sign is its own."""
    return currency not in _SHARED_SIGNS


def rounded(value: Decimal) -> Decimal | None:
    """Return an amount rounded by its last digit, where that changes it by no more than a twentieth."""
    digits = value.normalize().as_tuple()
    if len(digits.digits) < 2:  # noqa: PLR2004  one digit has no neighbour
        return None
    coarse = value.quantize(Decimal(1).scaleb(int(digits.exponent) + 1))
    return coarse if coarse and abs(coarse - value) <= value * _CLOSE else None


def _digits_changed(value: Decimal, random: Random) -> Decimal:
    sign, digits, exponent = value.normalize().as_tuple()
    place = random.randrange(len(digits))
    other = random.choice([digit for digit in range(place == 0, 10) if digit != digits[place]])
    return Decimal((sign, (*digits[:place], other, *digits[place + 1 :]), int(exponent)))


def _transposed(value: Decimal, _: Random) -> Decimal:
    sign, digits, exponent = value.normalize().as_tuple()
    for place in range(len(digits) - 1):
        one, two = digits[place : place + 2]
        if one != two and (two or place):
            return Decimal((sign, (*digits[:place], two, one, *digits[place + 2 :]), int(exponent)))
    return value


def amounts(value: Decimal, currency: str, stated: Stated, random: Random) -> Iterator[tuple[str, Money]]:
    """Yield wrong amounts: a digit, two digits, the scale or the currency; and one that a hedge does not make true."""
    for form, change in (("digit", _digits_changed), ("digit", _digits_changed), ("transposed", _transposed)):
        wrong = change(value, random)
        if wrong.normalize() not in stated.numbers and wrong != value:
            yield form, Money(amount=wrong, currency=currency)
    for step in (3, -3):
        wrong = value.scaleb(step)
        if wrong >= 1 and not any(wrong == number for number, _ in stated.monies):
            yield "scale", Money(amount=wrong, currency=currency)
    others = [code for code in _CURRENCIES if code != currency and (value, code) not in stated.monies]
    yield "currency", Money(amount=value, currency=random.choice(others))
    for _ in range(_MOST_TRIES):
        wrong = _digits_changed(value, random)
        if all(abs(wrong - number) > _CLOSE * 2 * max(wrong, number) for number in stated.numbers):
            yield "hedged", Money(amount=wrong, currency=currency)
            return


def month_around(day: date) -> PartialDate:
    """Return the month of a day."""
    return PartialDate(earliest=day.replace(day=1), latest=day.replace(day=monthrange(day.year, day.month)[1]))


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days(value: date, stated: Stated, random: Random) -> Iterator[tuple[str, date]]:
    """Yield wrong days: another day, month or year."""
    for form, wrong in (
        ("day", value + timedelta(days=random.choice((-1, 1)))),
        ("day", value + timedelta(days=random.choice((-9, -2, 2, 10)))),
        ("month", _months_on(value, random.choice((-1, 1, 2)))),
        ("year", _months_on(value, random.choice((-12, 12)))),
    ):
        if not stated.dates_in(wrong, wrong):
            yield form, wrong


def names_a_quarter(quote: str) -> bool:
    """Tell whether words speak of a quarter, not of the end of a year."""
    return _QUARTER.search(quote) is not None


def periods(value: PartialDate, stated: Stated, random: Random) -> Iterator[tuple[str, PartialDate]]:
    """Yield wrong stretches of the same length: before, after, or a year away."""
    length = (value.latest.year - value.earliest.year) * 12 + value.latest.month - value.earliest.month + 1
    for form, months in (
        ("month" if length == 1 else "quarter", random.choice((-length, length))),
        ("year", random.choice((-12, 12))),
    ):
        first = _months_on(value.earliest, months)
        last = month_around(_months_on(value.latest.replace(day=1), months)).latest
        if not stated.dates_in(first, last):
            yield form, PartialDate(earliest=first, latest=last)


def percents(value: Decimal, stated: Stated, random: Random, *, moves: bool) -> Iterator[tuple[str, Decimal]]:
    """Yield wrong percentages: a digit, two digits, the decimal point, or the direction."""
    for form, change in (("digit", _digits_changed), ("digit", _digits_changed), ("transposed", _transposed)):
        wrong = change(value, random)
        if abs(wrong).normalize() not in stated.percents and wrong != value:
            yield form, wrong
    if abs(wrong := value * 10).normalize() not in stated.percents:
        yield "scale", wrong
    if moves:
        yield "direction", -value


def durations(value: int, stated: Stated, random: Random) -> Iterator[tuple[str, int]]:
    """Yield wrong durations: another number, or years for months."""
    for form, wrong in (
        ("digit", value + 12 * random.choice((-1, 1, 2))),
        ("digit", value + 12 * 3),
        ("unit", value // 12),
    ):
        if wrong > 0 and wrong not in stated.months:
            yield form, wrong


def is_unspaced(name: str) -> bool:
    """Tell whether a name is in a script that sets no blanks."""
    return any("\u3040" <= character <= "\u9fff" for character in name)


def _script(signs: str) -> set[str]:
    return {unicodedata.name(sign).split()[0] for sign in signs}


def without_accents(name: str) -> str:
    """Return a name without its accents, in the same case."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    return plain.replace("ł", "l").replace("Ł", "L")


def has_legal_form(name: str) -> bool:
    """Tell whether a name ends with a legal form."""
    return without_legal_form(name) != name


def names(name: str, others: Sequence[str], marked: MarkedDocument, random: Random) -> Iterator[tuple[str, str]]:
    """Yield wrong names: another company's, one with a word of another's, one spelled otherwise."""
    script = is_unspaced(name)
    pool = [
        other for other in others if is_unspaced(other) == script and not has_legal_form(other) and "(" not in other
    ]
    if not pool:
        return
    for form, change in (
        ("other name", _another),
        ("other name", _another),
        ("word", _word_replaced),
        ("spelling", _misspelled),
    ):
        for _ in range(_MOST_TRIES):
            wrong = change(name, pool, random)
            if wrong and _is_absent(wrong, marked) and (form != "other name" or _is_strange(wrong, marked)):
                yield form, wrong
                break


def _is_absent(name: str, marked: MarkedDocument) -> bool:
    """Tell whether an article writes neither a name nor its first word."""
    signs = vocabulary_of("zh").simplified
    text = fold(marked.document.text).translate(signs)
    return fold(name).translate(signs) not in text and not NameIndex(marked.document).find(name)


def _is_strange(name: str, marked: MarkedDocument) -> bool:
    """Tell whether an article has no word of a name, so that it is not one more name for the same company."""
    text = fold(marked.document.text)
    return not any(word in text for word in fold(name).split() if len(word) > 3)  # noqa: PLR2004  of, and, der


def _another(_: str, pool: Sequence[str], random: Random) -> str:
    return random.choice(pool)


def _word_replaced(name: str, pool: Sequence[str], random: Random) -> str | None:
    other = random.choice(pool)
    if is_unspaced(name):
        # Two signs are a word; one that is a word by itself ("assets", "financing") might not be read as a name.
        fits = len(name) > 3 < len(other) and _script(name[-2:]) == _script(other[-2:]) and other[-2:] not in _WORDS  # noqa: PLR2004  a stem and an ending of two letters
        return name[:-2] + other[-2:] if fits else None
    # A short word ("Ter") may be another word of the claim's language.
    words, new = name.split(), [word for word in other.split() if word[0].isupper() and len(word) > 3]  # noqa: PLR2004  longer than a particle
    if len(words) < 2 or len(new) < 2:  # noqa: PLR2004  a name of one word has no half to change
        return None
    place = random.choice((0, len(words) - 1))
    if not words[place][0].isupper():
        return None
    return " ".join([*words[:place], new[0 if place == 0 else -1], *words[place + 1 :]])


def _misspelled(name: str, pool: Sequence[str], random: Random) -> str | None:
    if is_unspaced(name):
        place, sign = random.randrange(len(name)), random.choice(random.choice(pool))
        wrong = name[:place] + sign + name[place + 1 :]
        return wrong if _script(sign) == _script(name[place]) and wrong[-2:] not in _WORDS else None
    words = [match.span() for match in re.finditer(r"[^\W\d_]{4,}", name) if match.group()[0].isupper()]
    places = [place for start, stop in words for place in range(start + 1, stop - 2) if name[place] in _VOWELS]
    if not places:
        return None
    place = random.choice(places)
    return name[:place] + random.choice([vowel for vowel in _VOWELS if vowel != name[place]]) + name[place + 1 :]
