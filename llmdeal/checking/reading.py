"""What the leaves of plain JSON claim: words and figures of another tool, in whatever form it writes them."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from llmdeal.checking import keys
from llmdeal.checking.claims import Sum, claim_of
from llmdeal.checking.report import LeafKind
from llmdeal.errors import DocumentError
from llmdeal.mentions import Duration, Money, PartialDate, Percent
from llmdeal.readers import open_document, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from llmdeal.checking.claims import Claim
    from llmdeal.checking.mapping import Rule
    from llmdeal.mentions import Mention

__all__ = ["Beside", "claims_of_number", "claims_of_words", "currency_code", "figure_in", "mentions_in"]

_ISO_DATE = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}.*)?)?|Q([1-4])|H([12])))?")
_ISO_DURATION = re.compile(r"P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?")
_FIGURE = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,30})(?:\.\d{1,12})?")
_CODE = re.compile(r"[A-Z]{3}")
_LARGEST_EXPONENT: Final = 30
_LONGEST_VALUE: Final = 120


class Beside:
    """The objects that a leaf stands in, innermost first, and the languages that words beside it may be in.

    Args:
        objects: The object that holds the leaf, the one that holds that, and so on.
        languages: ISO 639-1 codes, in groups: words are read in those of the first group in which they are a value.
        published: Day of publication of the article, which "Monday" is resolved against.
    """

    def __init__(
        self, objects: Sequence[dict[str, Any]], languages: Sequence[Sequence[str]], published: date | None
    ) -> None:
        self.objects = objects
        self.languages = languages
        self.published = published

    def currency(self, key: str, rule: Rule | None) -> str | None:
        """Return the currency of an amount: the mapping's, that in its key, or the one beside or around it."""
        if rule is not None and rule.currency is not None:
            named = next((held[rule.currency] for held in self.objects if rule.currency in held), rule.currency)
            return currency_code(str(named), self.languages)
        if in_key := keys.currency_of(key):
            return in_key
        for held in self.objects:
            near = [
                name for name in held if keys.kind_of_words(name) is LeafKind.CURRENCY and isinstance(held[name], str)
            ]
            if near:
                closest = max(near, key=lambda name: len(keys.words_of(name) & keys.words_of(key)))
                return currency_code(held[closest], self.languages)
        return None

    def scale(self, key: str, rule: Rule | None) -> Decimal:
        """Return what one of a figure is: as the mapping, its key or a key beside it says."""
        if rule is not None and rule.scale != 1:
            return rule.scale
        scale = keys.scale_of(keys.words_of(key))
        if scale != 1 or not self.objects:
            return scale
        said = (held for name, held in self.objects[0].items() if keys.has(name, "scale"))
        return max((keys.scale_of(keys.words_of(words)) for words in said if isinstance(words, str)), default=scale)


def currency_code(words: str, languages: Sequence[Sequence[str]]) -> str | None:
    """Return the currency that a code, a sign or a word names, or None where it is none that the readers know.

    Example:
        >>> [currency_code(words, [["fr"]]) for words in ("USD", "€", "dollars")]
        ['USD', 'EUR', 'USD']
    """
    words = words.strip()
    if _CODE.fullmatch(words.upper()):
        return words.upper()
    for language in chain.from_iterable(languages):
        for text in (f"7 {words}", f"{words}7"):
            for mention in mentions_in(text, language, None):
                if isinstance(mention.value, Money):
                    return mention.value.currency
    return None


def figure_in(words: str) -> Decimal | None:
    """Return the number that is all there is in some words, written as programs write it.

    Example:
        >>> figure_in("38,000,000,000"), figure_in("-3.5"), figure_in("38 billion")
        (Decimal('38000000000'), Decimal('-3.5'), None)
    """
    match = _FIGURE.fullmatch(words.strip())
    return Decimal(match.group().replace(",", "")) if match else None


def claims_of_number(number: Decimal, kind: LeafKind, key: str, beside: Beside, rule: Rule | None) -> list[Claim]:
    """Return what a number claims, in each way that it can be meant.

    Args:
        number: The number.
        kind: As what it is checked.
        key: Its key.
        beside: What stands around it.
        rule: The mapping's rule for it.
    """
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return [number]
    if kind is LeafKind.AMOUNT:
        return [Sum(frozenset({number * beside.scale(key, rule)}), beside.currency(key, rule))]
    if kind is LeafKind.PERCENT:
        fraction = keys.may_be_fraction(key) and 0 < number < 1
        return [Percent(percent=number), *([Percent(percent=number * 100)] if fraction else [])]
    if kind is LeafKind.DURATION and number >= 0:
        months = [number * unit for unit in keys.months_per_unit(key)]
        return [Duration(months=int(one)) for one in months if one == one.to_integral_value()] or [number]
    if kind is LeafKind.DATE:
        return [*_iso_dates(str(number))] or [number]
    return [number * (rule.scale if rule is not None else 1)]


def claims_of_words(words: str, key: str, beside: Beside, rule: Rule | None) -> list[Claim]:
    """Return what words claim that are one value from end to end, in each way that they can be read.

    Args:
        words: A leaf.
        key: Its key.
        beside: What stands around it.
        rule: The mapping's rule for it.

    Example:
        >>> beside = Beside([{"amount": "38 billion", "currency": "USD"}], [["fr", "en"]], None)
        >>> [str(claim) for claim in claims_of_words("38 billion", "amount", beside, None)]
        ['USD 38,000,000,000,000', 'USD 38,000,000,000']
    """
    if len(words) > _LONGEST_VALUE:
        return []
    fixed: list[Claim] = [*_iso_dates(words.strip()), *_iso_duration(words.strip())]
    if fixed:
        return fixed
    texts = [*_spelt_out(words, key, beside, rule)]
    for languages in beside.languages:
        found = [_first_whole(texts, language, beside.published) for language in languages]
        if claims := dict.fromkeys(claim for claim in found if claim is not None):
            return list(claims)
    return []


def mentions_in(text: str, language: str, published: date | None) -> tuple[Mention, ...]:
    """Return what the readers see in some words.

    Args:
        text: Any words.
        language: ISO 639-1 code.
        published: Day of publication of the article.
    """
    try:
        return read(open_document(text, language=language, published=published)).mentions
    except DocumentError:
        return ()


def _spelt_out(words: str, key: str, beside: Beside, rule: Rule | None) -> Iterator[str]:
    """Yield the words as they are, and with the currency and the scale that stand beside them."""
    yield words
    if keys.kind_of_number(key) is LeafKind.AMOUNT or (rule is not None and rule.kind is LeafKind.AMOUNT):
        currency = beside.currency(key, rule)
        if currency is not None:
            yield f"{words} {currency}"


def _first_whole(texts: Sequence[str], language: str, published: date | None) -> Claim | None:
    claims = (_whole(text, language, published) for text in texts)
    return next((claim for claim in claims if claim is not None), None)


def _whole(text: str, language: str, published: date | None) -> Claim | None:
    """Return the value that a text states, if nothing else stands in it but what says how exactly."""
    mentions = mentions_in(text, language, published)
    if len(mentions) != 1:
        return None
    [mention] = mentions
    rest = text[: mention.span.start] + text[mention.span.stop :]
    hedged = getattr(mention.value, "qualifier", "exact") != "exact"
    most = 3 if hedged else 0
    if len(re.findall(r"\w+", rest)) > most:
        return None
    return claim_of(mention.value)


def _iso_dates(words: str) -> Iterator[PartialDate]:
    """Yield the date, or the interval of two, that is written as ISO 8601 does; quarters and halves as people do."""
    first, _, last = words.partition("/")
    begin = _iso_date(first)
    end = _iso_date(last) if last else begin
    if begin is not None and end is not None and begin[0] <= end[1]:
        yield PartialDate(earliest=begin[0], latest=end[1])


def _iso_date(words: str) -> tuple[date, date] | None:
    match = _ISO_DATE.fullmatch(words)
    if match is None:
        return None
    year, month, day, quarter, half = (int(part) if part else None for part in match.groups())
    try:
        if day:
            return (date(year or 0, month or 0, day),) * 2
        first = month or (3 * quarter - 2 if quarter else 6 * half - 5 if half else 1)
        last = month or (3 * quarter if quarter else 6 * half if half else 12)
        return date(year or 0, first, 1), date(year or 0, last, calendar.monthrange(year or 0, last)[1])
    except ValueError:
        return None


def _iso_duration(words: str) -> Iterator[Duration]:
    match = _ISO_DURATION.fullmatch(words)
    if match and any(match.groups()):
        yield Duration(months=12 * int(match[1] or 0) + int(match[2] or 0))
