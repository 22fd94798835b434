"""Names in prose that sets no blanks between words: what stands where a name does, and is none of the article's."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from llmdeal.grounding.vocabulary import vocabulary_of
from llmdeal.readers.folding import fold
from llmdeal.readers.names import names_of_the_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.grounding.vocabulary import Vocabulary

__all__ = ["UNSPACED", "UnspacedNames"]

UNSPACED: Final = r"\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_HAN: Final = r"\u3005-\u3007\u3400-\u9fff\uf900-\ufaff"
_KATAKANA: Final = r"\u30a1-\u30fc"
# Chinese is read in stretches of Han, Japanese in stretches of Han and katakana: hiragana sets its words apart.
_RUNS: Final = {"zh": re.compile(f"[{_HAN}]+"), "ja": re.compile(f"[{_HAN}{_KATAKANA}]+")}
_KANA: Final = re.compile(f"[{_KATAKANA}]+")
_ANY: Final = re.compile(f"[{UNSPACED}]+")
_LEGAL_FORM: Final = re.compile("(?:股份)?有限(?:责任)?公司|(?:股份)?有限(?:責任)?公司|株式会社|合同会社|有限会社")
_LONGEST: Final = 12
_SHORTEST: Final = 2
_SHORTEST_KATAKANA: Final = 3
# A stretch that nothing marks as a name but its place is none if it is longer.
_LONGEST_BARE: Final = 6
# How a place of a run is reached: by a word, by a piece of the article, by one that breaks off within a word of it,
# or by a sign that is neither; a single sign that is a word may also be part of what is neither.
_WORD, _PIECE, _BROKEN, _STRANGE, _SIGN = range(5)
_SCRIPTS: Final = (re.compile(f"[{_HAN}]{{2}}"), re.compile(f"[{_KATAKANA}]{{2}}"))


class _Step(NamedTuple):
    """A way to a place of a run: what it costs, how its last part is reached, and where that begins.

    The cost is how many names were altered on the way, then how many signs are neither word nor piece.
    """

    altered: int
    strange: int
    how: int
    start: int


class _Part(NamedTuple):
    """A part of a run.

    It has where it stands, how it is reached, whether it makes another name of the piece before it, and how many of
    its signs are neither word nor piece.
    """

    start: int
    stop: int
    how: int
    altered: bool
    strange: int


class UnspacedNames:
    """The words of an article without blanks, for prose in its language or about it.

    A stretch of prose is cut into words of the vocabulary and pieces of the article, so that as little as possible is
    neither. A piece begins where a word of the article can begin. What is neither is a name if it alters one of the
    article's (飞骊电池 for 飞骊汽车), or stands where a name does: before a word that ends companies' names; in Chinese
    as the first word of a clause, or after one that takes an object; in Japanese in katakana. A legal form may follow.

    Args:
        text: The article.
        language: ISO 639-1 code of the article.
    """

    def __init__(self, text: str, language: str) -> None:
        self._source = text
        self._language = language

    def unknown(self, sentence: str, language: str) -> Iterator[str]:
        """Yield what in a sentence is a name that the article does not have.

        Args:
            sentence: A sentence; what is not to be looked at is blanked out.
            language: ISO 639-1 code of the sentence.
        """
        stretches: Iterator[tuple[int, int]]
        plain = _LEGAL_FORM.sub(lambda match: "\0" * len(match[0]), fold(sentence))
        if language not in _RUNS:
            stretches = (match.span() for match in _ANY.finditer(plain) if match[0] not in self._plain)
        elif language == self._language:
            stretches = self._strange(plain.translate(self._vocabulary.simplified))
        else:
            return
        for start, stop in stretches:
            yield sentence[start:stop]

    def _strange(self, plain: str) -> Iterator[tuple[int, int]]:
        for match in _RUNS[self._language].finditer(plain):
            yield from ((match.start() + start, match.start() + stop) for start, stop in self._names_in(match[0]))
        if self._language == "zh":
            yield from (match.span() for match in _KANA.finditer(plain) if match[0] not in self._plain)

    @cached_property
    def _plain(self) -> str:
        return fold(self._source)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary_of(self._language)

    @cached_property
    def _text(self) -> str:
        return self._plain.translate(self._vocabulary.simplified)

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where a word of the article can begin, by the two signs that stand there.

        That is after a word of the vocabulary or another script, and where the same two signs follow on several others.
        """
        places: dict[str, list[int]] = {}
        for match in _RUNS[self._language].finditer(self._text):
            for place in range(match.start(), match.end() - 1):
                places.setdefault(self._text[place : place + _SHORTEST], []).append(place)
        return {
            pair: starts
            for pair, at in places.items()
            if (starts := at if self._varies(at, pair) else [one for one in at if self._word_ends(one)])
        }

    def _varies(self, places: list[int], pair: str) -> bool:
        """Tell whether different signs stand before some Han of the article: then a word begins there."""
        return _KANA.match(pair) is None and len({self._text[place - 1 : place] for place in places}) > 1

    def _word_ends(self, place: int) -> bool:
        """Tell whether a word may end, and another begin, at a place of the article."""
        if place == 0 or not _in_one_script(self._text[place - 1], self._text[place]):
            return True
        if self._language == "zh" and self._text[place - 1] in self._vocabulary.links:
            return True
        return any(self._is_word(self._text[first:place]) for first in range(max(place - _LONGEST, 0), place - 1))

    def _names_in(self, run: str) -> Iterator[tuple[int, int]]:
        """Yield where names stand in a run that the article does not have."""
        parts = self._parts(run)
        for number, part in enumerate(parts):
            before = parts[number - 1] if number else None
            after = parts[number + 1] if number + 1 < len(parts) else None
            if part.altered:
                yield (before.start if before else part.start), part.stop
            elif part.how == _STRANGE and self._stands_as_name(run, part, before, after):
                yield part.start, part.stop

    def _stands_as_name(self, run: str, part: _Part, before: _Part | None, after: _Part | None) -> bool:
        name = run[part.start : part.stop]
        if any(name.endswith(word) and name != word for word in self._vocabulary.endings):
            return True
        if self._language == "ja":
            # Before a piece that the article has within a name only, another beginning makes another name.
            alters = (
                after is not None and after.how in {_PIECE, _BROKEN} and self._is_bound(run[after.start : after.stop])
            )
            return alters or len(_KANA.sub("", name)) <= len(name) - _SHORTEST_KATAKANA
        if part.strange < _SHORTEST or len(name) > _LONGEST_BARE:
            return False
        return before is None or run[before.start : before.stop] in self._vocabulary.takers

    def _is_bound(self, piece: str) -> bool:
        """Tell whether the article has a piece behind other signs of its script or of Han only."""
        run, places = _RUNS[self._language], self._starts.get(piece[:_SHORTEST], ())
        return all(
            place and run.match(self._text, place - 1) for place in places if self._text.startswith(piece, place)
        )

    def _parts(self, run: str) -> list[_Part]:
        """Cut a run, with what is neither word nor piece in one part with the single signs beside it."""
        best: list[dict[int, _Step]] = [{_WORD: _Step(0, 0, _WORD, 0)}, *({} for _ in run)]
        for place in range(len(run)):
            for how, step in list(best[place].items()):
                for stop, reached, altered in self._steps(run, place, how):
                    strange = step.strange + (reached == _STRANGE) * (stop - place)
                    new = _Step(step.altered + altered, strange, how, place)
                    if reached not in best[stop] or new < best[stop][reached]:
                        best[stop][reached] = new
        parts: list[_Part] = []
        stop, how = len(run), min(best[-1], key=lambda one: best[-1][one])
        while stop:
            step = best[stop][how]
            altered = step.altered > best[step.start][step.how].altered
            parts.append(_Part(step.start, stop, how, altered, (stop - step.start) * (how == _STRANGE)))
            stop, how = step.start, step.how
        return self._joined(run, parts[::-1])

    def _joined(self, run: str, parts: list[_Part]) -> list[_Part]:
        """Join strange parts with each other and with the signs beside them that do not join words."""
        loose = self._vocabulary.signs - self._vocabulary.links - self._vocabulary.takers
        joined: list[_Part] = []
        for part in parts:
            single = part.stop - part.start == 1 and run[part.start] in loose and part.how == _WORD
            how = _SIGN if single else part.how
            if joined and joined[-1].how == _STRANGE and run[part.start : part.stop] in self._vocabulary.endings:
                how = _STRANGE
            last = joined[-1] if joined else None
            if last and not last.altered and not part.altered and last.how >= _STRANGE and how >= _STRANGE:
                joined[-1] = _Part(last.start, part.stop, min(last.how, how), False, last.strange + part.strange)  # noqa: FBT003  not altered
            else:
                joined.append(part._replace(how=how))
        return joined

    def _steps(self, run: str, place: int, how: int) -> Iterator[tuple[int, int, bool]]:
        """Yield where a part that begins at a place may end, how it is reached, and whether it alters a name."""
        vocabulary = self._vocabulary
        words = [run[place:stop] for stop in range(place + _SHORTEST, min(place + _LONGEST, len(run)) + 1)]
        endings = [word for word in words if word in vocabulary.endings]
        pieces = [] if how == _BROKEN or (how == _PIECE and endings) else list(self._pieces_at(run, place))
        if endings and not pieces and (how != _WORD or endings[-1] not in vocabulary.words):
            yield place + len(endings[-1]), _STRANGE, how in {_PIECE, _BROKEN}
            return
        yield from pieces
        # In katakana no word follows where one breaks off.
        if how != _BROKEN or _KANA.fullmatch(run[place - 1 : place + 1]) is None:
            yield from ((place + len(word), _WORD, False) for word in words if word in vocabulary.words)
        if not pieces:
            yield place + 1, _STRANGE, how == _BROKEN
            if run[place] in (vocabulary.links if how == _BROKEN else vocabulary.signs):
                yield place + 1, _WORD, False

    def _pieces_at(self, run: str, place: int) -> Iterator[tuple[int, int, bool]]:
        """Yield the pieces of the article that begin at a place, and whether they break off within a word of it."""
        ends: dict[int, list[int]] = {}
        for start in self._starts.get(run[place : place + _SHORTEST], ()):
            length = _SHORTEST
            while place + length <= len(run) and self._text.startswith(run[place : place + length], start):
                ends.setdefault(length, []).append(start + length)
                length += 1
        for length, stops in ends.items():
            yield place + length, _BROKEN if self._break_off(stops) else _PIECE, False

    def _break_off(self, stops: list[int]) -> bool:
        """Tell whether a piece goes on anywhere with what is no word, or everywhere with the same sign."""
        nexts = {self._text[stop : stop + 1] for stop in stops}
        if (
            len(nexts) == 1
            and _RUNS[self._language].match(nexts.pop())
            and self._text[stops[0]] not in self._vocabulary.links
        ):
            return True
        return any(self._goes_on(stop) for stop in stops)

    def _goes_on(self, stop: int) -> bool:
        """Tell whether a word of the article goes on at a place of its text."""
        if not _in_one_script(self._text[stop - 1], self._text[stop : stop + 1]):
            return False
        if self._text[stop] in self._vocabulary.links:
            return False
        nexts = (self._text[stop : stop + length] for length in range(_SHORTEST, _LONGEST))
        return not any(self._is_word(word) and word not in self._vocabulary.endings for word in nexts)

    def _is_word(self, word: str) -> bool:
        return word in self._vocabulary.words or word in self._countries

    @cached_property
    def _countries(self) -> frozenset[str]:
        signs = self._vocabulary.simplified
        names = names_of_the_world(self._language)
        return frozenset(name.translate(signs) for name in names if len(name) >= _SHORTEST)


def _in_one_script(one: str, other: str) -> bool:
    return any(script.fullmatch(one + other) for script in _SCRIPTS)
