"""Numbers in words: those that a language's file composes, and those that a text writes in several words."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from llmdeal.readers.lexing import Lexeme

__all__ = ["compose_words", "join_number_words"]

_HUNDRED: Final = 100
_THOUSAND: Final = 1000
_TEENS: Final = 20
_SCALES: Final = frozenset({2, 3})
_TIGHT: Final = frozenset({" ", "-"})
_LONGEST_TERM: Final = 30
_LEASEHOLD: Final = 99


def compose_words(data: Mapping[str, Any]) -> dict[str, Any]:
    """Compose number words, and the lengths that are one word with a number ("siebenjährig").

    A rule of ``composed`` joins each of its ``tens`` with each of its ``units``, or with all from 2 to its
    ``below``; one with ``times`` multiplies these. ``contract`` says what is written shorter ("oo" as "o": centotto).

    Args:
        data: A language's file: tables ``number``, ``compound`` and, where the numbers in these are not the words
            themselves, ``stem``; list ``composed``.

    Returns:
        Tables ``number`` and ``length`` in the shape of a language's file.
    """
    names = {key: list(words) for key, words in data.get("number", {}).items()}
    for rule in data.get("composed", ()):
        for number, word in list(_composed(rule, names)):
            names.setdefault(str(number), []).append(word)
            for long, short in rule.get("contract", {}).items():
                if long in word:
                    names[str(number)].append(word.replace(long, short))
    return {"number": names, "length": _lengths(data, names)}


def _composed(rule: Mapping[str, Any], names: Mapping[str, list[str]]) -> Iterator[tuple[int, str]]:
    units = rule.get("units") or [int(key) for key in names if key.isdigit() and 1 < int(key) < rule["below"]]
    times = rule.get("times")
    for ten, unit in product(rule.get("tens", [0]), units):
        lefts = names[str(ten)] if ten else [""]
        for left, right in product(lefts, rule.get("spellings") or names[str(unit)]):
            yield (unit * times if times else ten + unit), rule["form"].format(ten=left, unit=right)


def _lengths(data: Mapping[str, Any], names: Mapping[str, list[str]]) -> dict[str, list[str]]:
    lengths: dict[str, list[str]] = {}
    stems = data.get("stem", names)
    for unit_months, forms in data.get("compound", {}).items():
        for number, words in stems.items():
            months = Decimal(number) * int(unit_months)
            if months == int(months) and _is_a_term(Decimal(number)):
                spelled = [form.format(number=word) for form in forms for word in words]
                lengths.setdefault(str(int(months)), []).extend(spelled)
    return lengths


def _is_a_term(number: Decimal) -> bool:
    """Tell whether a contract runs for so many years or months; the others would only make a language slow to load."""
    return number <= _LONGEST_TERM or number == _LEASEHOLD or (number <= _HUNDRED and number % 5 == 0)


def join_number_words(lexemes: list[Lexeme], text: str) -> list[Lexeme]:
    """Return the lexemes with those that make up one number below a million in words as one.

    A hundred or thousand that ends it stays a scale of its own, so that it can reach back ("two to three hundred").

    Args:
        lexemes: The words and figures of a text, in order.
        text: The text, folded.

    Example:
        >>> from llmdeal.readers.lexing import lex
        >>> lexed = lex("two hundred and fifty million, two hundred million", "en")
        >>> [str(one.number) for one in join_number_words(lexed.lexemes, lexed.text) if one.number is not None]
        ['250', '2']
    """
    joined: list[Lexeme] = []
    done = 0
    for first in [
        at for at, one in enumerate(lexemes) if one.sense.number is not None or one.sense.article is not None
    ]:
        if first < done or not _may_go_on(lexemes, first):
            continue
        end, number = _NumberWords(lexemes, text, first).read()
        if end > first + 1:
            start, stop = lexemes[first].start, lexemes[end - 1].stop
            whole = type(lexemes[first])(start, stop, text[start:stop], kind="w", number=Decimal(number))
            joined += [*lexemes[done:first], whole]
            done = end
    return [*joined, *lexemes[done:]] if done else lexemes


def _may_go_on(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Tell, at little cost, whether a number in words can have more than one word from here."""
    if index + 1 == len(lexemes):
        return False
    following = lexemes[index + 1].sense
    return following.number is not None or following.scale in _SCALES or "and" in following.roles


class _NumberWords:
    """A number in words, read word by word: the thousands that are complete, and what is being counted below them."""

    def __init__(self, lexemes: Sequence[Lexeme], text: str, first: int) -> None:
        self._lexemes = lexemes
        self._text = text
        self._first = first
        self._at = first
        self._thousands = 0
        self._count: int | None = None
        # The end of the longest number so far that is more than a number and its scale, and that number.
        self._best = (first + 1, 0)

    def read(self) -> tuple[int, int]:
        """Return the index after the number, and the number; the index after the first word where there is no more."""
        linked = False
        while self._at < len(self._lexemes) and (self._at == self._first or self._touches(self._at)):
            if not (self._start() if self._count is None else self._go_on()):
                if linked or not self._link():
                    break
                linked = True
                continue
            linked = False
        return self._best

    def _touches(self, index: int) -> bool:
        if not 0 < index < len(self._lexemes):
            return False
        return self._text[self._lexemes[index - 1].stop : self._lexemes[index].start] in _TIGHT

    def _number(self, index: int) -> int | None:
        lexeme = self._lexemes[index]
        number = lexeme.sense.number if lexeme.kind == "w" else None
        if number is None:
            first = index == self._first and lexeme.sense.article is not None
            return 1 if first and self._multiplier(index + 1) in {_HUNDRED, _THOUSAND} else None
        return int(number) if number == int(number) and 0 < number <= _THOUSAND else None

    def _multiplier(self, index: int) -> int | None:
        """Return 100 or 1000 where a word multiplies what is before it."""
        if index >= len(self._lexemes) or not self._touches(index):
            return None
        sense = self._lexemes[index].sense
        for power, value in ((2, _HUNDRED), (3, _THOUSAND)):
            if sense.scale == power or sense.number == value:
                return value
        return None

    def _start(self) -> bool:
        """Take the first word of what is counted; after a thousand, it is added to that."""
        number = self._number(self._at)
        if number is None or (number == _THOUSAND and self._thousands):
            return False
        self._at += 1
        if number == _THOUSAND:
            self._thousands = number
            return True
        self._count = number
        if self._thousands:
            self._keep()
        return True

    def _go_on(self) -> bool:
        """Take a word that multiplies what is counted, or a smaller one that is added to it."""
        count = self._count or 0
        multiplier = self._multiplier(self._at)
        if multiplier == _HUNDRED and count < _HUNDRED and count % 10:
            self._count = count * _HUNDRED
        elif multiplier == _THOUSAND and not self._thousands and count < _THOUSAND:
            self._thousands, self._count = count * _THOUSAND, None
            self._at += 1
            return True
        elif not self._adds(self._at, count):
            return False
        else:
            self._count = count + (self._number(self._at) or 0)
            multiplier = None
        self._at += 1
        scales = self._lexemes[self._at - 1].sense.scale is not None
        if multiplier is None or not scales or self._thousands:
            self._keep()
        return True

    def _adds(self, index: int, count: int) -> bool:
        number = self._number(index)
        if number is None or number >= count or self._multiplier(index + 1) == _HUNDRED:
            return False
        return count % (10 ** len(str(number))) == 0 and (number >= _TEENS or count >= _TEENS)

    def _link(self) -> bool:
        """Step over an "and" behind a hundred or a thousand; between the ends of a range it divides two numbers."""
        index = self._at
        if "and" not in self._lexemes[index].sense.roles or not self._touches(index + 1):
            return False
        complete = (self._count or _HUNDRED) % _HUNDRED == 0 and bool(self._count or self._thousands)
        number = self._number(index + 1)
        if not complete or number is None or (self._count and not self._adds(index + 1, self._count)):
            return False
        if self._is_first_of_two():
            after = index + 2
            if after >= len(self._lexemes) or "and" not in self._lexemes[after].sense.roles:
                return False
        self._at = index + 1
        return True

    def _is_first_of_two(self) -> bool:
        return self._touches(self._first) and "between" in self._lexemes[self._first - 1].sense.roles

    def _keep(self) -> None:
        self._best = (self._at, self._thousands + (self._count or 0))
