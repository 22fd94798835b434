"""Whose dollar, crown or yen an article means: the place that it is dated from, and the countries that it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeVar

from llmdeal.mentions import Money
from llmdeal.readers.trie import alternation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.mentions import Value
    from llmdeal.readers.lexicon import Language
    from llmdeal.readers.lexing import Lexed

__all__ = ["Homelands", "home_currency", "homelands_of", "settled"]

_HEADER: Final = 600
_WORD: Final = re.compile(r"[^\W\d_]+")
# Between a place and the dash behind it: a region, a day, an agency, as in "TORONTO, Ontario, Nov. 3 (Reuters) -".
_BEHIND_PLACE: Final = (
    r"(?P<more>(?:,[^\n(/\u2013\u2014-]{0,45})?(?:[ \u00a0]{0,2}\d[^\n(/\u2013\u2014-]{0,20})?)"
    r"[ \u00a0]?(?:\([^)\n]{1,40}\)|/[^/\n]{1,30}/)?"
    r"[ \u00a0]{0,2}(?:\.?[ \u00a0]?[\u2013\u2014-]{1,2}(?=[\s\u00a0]|$)|\u2014|:(?=\s)|(?<=\d)[ \u00a0]{0,2}(?:\n|$))"
)
_OPENS: Final = "[\\[(（【［「]"
_CLOSES: Final = "[\\])）】］」]"


class _Reading(Protocol):
    """What a reader found and where, as ``scan`` holds it."""

    @property
    def start(self) -> int: ...
    @property
    def stop(self) -> int: ...
    @property
    def value(self) -> Value: ...
    def _replace(self, *, value: Value, ambiguous: bool) -> Self: ...


R = TypeVar("R", bound=_Reading)


@dataclass(frozen=True, slots=True)
class Homelands:
    """What a language's file says of places and their currencies, compiled.

    Args:
        dateline: Finds a place where an article is dated from.
        places: Place, in lower case, and its currency.
        countries: For a currency, what finds the names of its country and of what comes from it.
        families: Currencies that share a sign or a word, by the name of the family; the first is meant as a rule.
        doubted: Those of a family that a dateline does not settle: there papers write so for the first one, too.
        own: Currencies that need no country's name in this language (¥ in Japanese).
        foreign: Signs of a script in which ``own`` says nothing, as other countries write it, too.
    """

    dateline: re.Pattern[str] = field(repr=False)
    places: Mapping[str, str] = field(repr=False)
    countries: Mapping[str, re.Pattern[str]] = field(repr=False)
    families: Mapping[str, Sequence[str]]
    doubted: Mapping[str, frozenset[str]]
    own: frozenset[str]
    foreign: frozenset[str]


def homelands_of(data: Mapping[str, Any], shared: Mapping[str, Any]) -> Homelands:
    """Compile the homes of currencies.

    Args:
        data: A language's file: tables ``place``, ``country``, ``doubted``, setting ``own`` and ``foreign_script``.
        shared: What holds in every language: the same, and ``families``.
    """
    settings = data.get("settings", {})
    places = {
        name.lower(): currency
        for table in (shared["place"], data.get("place", {}))
        for currency, names in table.items()
        for name in names
    }
    spaced = bool(settings.get("spaced", True))
    countries = {currency: _country(names, spaced=spaced) for currency, names in data.get("country", {}).items()}
    doubted = {
        family: frozenset(names) | frozenset(data.get("doubted", {}).get(family, ()))
        for family, names in shared["doubted"].items()
    }
    return Homelands(
        dateline=_dateline(places, spaced=spaced),
        places=places,
        countries=countries,
        families=shared["families"],
        doubted=doubted,
        own=frozenset(settings.get("own", ())),
        foreign=frozenset(settings.get("foreign_script", "")),
    )


def _country(names: Sequence[str], *, spaced: bool) -> re.Pattern[str]:
    """Return the pattern of a country's names, in which ``*`` is any ending."""
    named = "|".join(re.escape(name).replace(r"\*", r"\w{0,14}") for name in names)
    return re.compile(rf"(?<!\w)(?:{named})(?!\w)" if spaced else f"(?:{named})")


def _dateline(places: Mapping[str, str], *, spaced: bool) -> re.Pattern[str]:
    named = alternation(places)
    if spaced:
        return re.compile(rf"(?:^|\n)[ \t]*{_OPENS}?(?P<place>{named})(?!\w){_BEHIND_PLACE}", re.IGNORECASE)
    # 【トロント＝共同】, ［シドニー　３日　ロイター］, 新华社多伦多11月3日电, （香港3日電）
    return re.compile(
        rf"(?:^|\n)(?:{_OPENS}[^\n]{{0,6}}?(?P<place>{named})[^\n]{{0,18}}?{_CLOSES}"
        rf"|[^\n。]{{0,10}}?(?P<wired>{named})[^\n。]{{0,14}}?(?:电|電|讯|訊))(?P<more>)",
        re.IGNORECASE,
    )


def home_currency(text: str, language: Language) -> str | None:
    """Return the currency of the place that an article is dated from, or None where its head names none that we know.

    Args:
        text: The article as given: places are told by their capitals.
        language: Its language.

    Example:
        >>> from llmdeal.readers.lexicon import language_of
        >>> home_currency("SYDNEY, Nov 3 (Reuters) - The bank said", language_of("en"))
        'AUD'
        >>> home_currency("Sydney-based Quill, which is small, said", language_of("en")) is None
        True
    """
    homes = language.homes
    for match in homes.dateline.finditer(text[:_HEADER]):
        place = match["place"] or match["wired"]
        capital = place[0].isupper() or place[0].lower() == place[0].upper()
        if capital and all(_may_stand_in_dateline(word, language) for word in _WORD.findall(match["more"])):
            return homes.places[place.lower()]
    return None


def _may_stand_in_dateline(word: str, language: Language) -> bool:
    lower = word.lower()
    known = language.words.get(lower)
    return word[0].isupper() or lower in language.header or (known is not None and known.month is not None)


class _Homes:
    """What one article says of whose currencies it means."""

    def __init__(self, lexed: Lexed) -> None:
        self._lexed = lexed
        self._homelands = lexed.language.homes
        self._named: dict[str, bool] = {}

    @cached_property
    def _home(self) -> str | None:
        return home_currency(self._lexed.source, self._lexed.language)

    @cached_property
    def _told_apart(self) -> frozenset[str]:
        """The currencies that the article writes so that none can be taken for another (US$, C$, "Swedish crowns")."""
        senses = (lexeme.sense for lexeme in self._lexed.lexemes)
        return frozenset(sense.currency for sense in senses if sense.currency and sense.namesake is None)

    @cached_property
    def _is_foreign(self) -> bool:
        return not self._homelands.foreign.isdisjoint(self._lexed.text)

    def currency(self, family: str, read: str, *, vague: bool) -> tuple[str, bool]:
        """Return whose currency is meant, and whether that stays open.

        Args:
            family: The family that the sign or word stands for.
            read: The currency that it is taken for where nothing else is said.
            vague: Whether it is then open.
        """
        members = self._homelands.families[family]
        home = self._home if self._home in members else None
        if home and home != read:
            return self._at_home(family, home, read)
        own = read in self._homelands.own
        if home or (own and not self._is_foreign):
            return read, False
        if own:
            told = [one for one in members if one in self._told_apart]
            return told[0] if len(told) == 1 else read, True
        countries = [one for one in members if one in self._homelands.countries and self._names(one)]
        return (countries[0], False) if len(countries) == 1 else (read, vague or bool(countries))

    def _at_home(self, family: str, home: str, read: str) -> tuple[str, bool]:
        """Decide between the currency of the place and the one that is meant as a rule.

        An article that writes C$ for the one means the other by a bare sign, and one that writes US$ means the first.
        """
        told = self._told_apart & {home, read}
        if len(told) == 1:
            return (read if home in told else home), False
        if home in self._homelands.doubted.get(family, ()):
            return read, True
        # Contracts anywhere are in US dollars; of no other currency is that so.
        return home, read == "USD"

    def _names(self, currency: str) -> bool:
        """Tell whether the article names the country of a currency: looked up once, however many amounts it has."""
        named = self._named.get(currency)
        if named is None:
            named = self._named[currency] = self._homelands.countries[currency].search(self._lexed.text) is not None
        return named


def settled(lexed: Lexed, readings: list[R]) -> list[R]:
    """Return the readings, each amount in the currency that the article means, and those that it leaves open marked.

    Args:
        lexed: The text.
        readings: What was read, in any order.
    """
    return [*_settled(lexed, readings)] if any(isinstance(one.value, Money) for one in readings) else readings


def _settled(lexed: Lexed, readings: list[R]) -> Iterator[R]:
    homes, starts = _Homes(lexed), [lexeme.start for lexeme in lexed.lexemes]
    for one in readings:
        family = _family(lexed, bisect_left(starts, one.start), one.stop) if isinstance(one.value, Money) else None
        if family is None or not isinstance(one.value, Money):
            yield one
            continue
        name, vague = family
        currency, vague = homes.currency(name, one.value.currency, vague=vague)
        value = one.value if currency == one.value.currency else one.value.model_copy(update={"currency": currency})
        yield one._replace(value=value, ambiguous=vague)


def _family(lexed: Lexed, index: int, stop: int) -> tuple[str, bool] | None:
    """Return the family of the sign or word that a reading has its currency from, and whether that is vague."""
    while (lexeme := lexed[index]).start >= 0 and lexeme.start < stop:
        sense = lexeme.sense
        if sense.currency:
            return (sense.namesake, sense.vague) if sense.namesake else None
        index += 1
    return None
