"""Phrases of a language's file as regular expressions over the words beside a figure.

In a phrase ``*`` stands for any ending of a word, ``(a|b)`` for either, and ``...`` for up to five words
without a figure or a clause's end between them, and ``#`` for a figure. All of them are bounded, and they
are matched against a short window only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["cue_patterns", "direction_patterns", "same_sum_pattern"]

_OPEN: Final = "..."
_SIDES: Final = ("down_before", "up_before", "down_after", "up_after", "share_after", "level_before")


class _Script(NamedTuple):
    """How phrases stand in a script.

    Args:
        gap: What "..." stands for.
        starts: What holds before a phrase.
        ends: What holds after one that may end with an apostrophe.
        stops: What holds after any other.
    """

    gap: str
    starts: str = ""
    ends: str = ""
    stops: str = ""


_SPACED: Final = _Script(r"(?:[ '-]{1,2}[^\W\d][\w&.]{0,24}){0,5}?", r"(?<!\w)", r"(?:(?<!\w)|(?!\w))", r"(?!\w)")
# Han and kana run on: a phrase is one wherever it stands, and a gap is a few signs of one clause.
_UNSPACED: Final = _Script(r"[^\d。、,;:!?()\n]{0,14}?")


def _script(data: Mapping[str, Any]) -> _Script:
    return _SPACED if data.get("settings", {}).get("spaced", True) else _UNSPACED


def _source(phrase: str, gap: str) -> str:
    source = re.escape(phrase).replace(r"\(", "(?:").replace(r"\)", ")").replace(r"\|", "|")
    source = source.replace(r"\ \.\.\.", gap).replace(r"\#", r"\d[\d.,]{0,8}(?: ?%)?").replace(r"\*", r"\w{0,14}")
    return source.replace(r"\ ", r"[ -]")


def _any(phrases: Iterable[str], gap: str = "") -> str:
    joined = "|".join(_source(phrase, gap) for phrase in phrases)
    return f"(?:{joined})" if joined else r"(?!)"


def _named(phrases: Mapping[str, Iterable[str]], gap: str) -> str:
    return "|".join(f"(?P<{name}>{_any(listed, gap)})" for name, listed in phrases.items()) or r"(?!)"


def _links(data: Mapping[str, Any], key: str, separators: str) -> str:
    separators = f"(?:(?<=')|{separators})" if _script(data) is _SPACED else " ?"
    return rf"(?:{_any(data.get(key, ()))}{separators}){{0,4}}"


def cue_patterns(data: Mapping[str, Any]) -> Mapping[str, re.Pattern[str]]:
    """Compile a language's cues beside an amount.

    Args:
        data: Its file: tables ``cue_before`` and ``cue_after``, lists ``links`` and ``links_after``.

    Returns:
        The pattern of the phrases that touch the amount ("before", "after"), and of those with an open gap
        in them ("open"). The name of the group that matched is the cue. All those before it end at the amount, so
        the leftmost match is the longest; of the open ones the last to begin is the nearest.
    """
    script = _script(data)
    before, after = data.get("cue_before", {}), data.get("cue_after", {})
    tight = {cue: [phrase for phrase in phrases if _OPEN not in phrase] for cue, phrases in before.items()}
    loose = {cue: [phrase for phrase in phrases if _OPEN in phrase] for cue, phrases in before.items()}
    links, links_after = _links(data, "links", " "), _links(data, "links_after", "[ -]")
    return {
        "before": re.compile(rf"{script.starts}(?:{_named(tight, script.gap)}){script.ends}[)]? ?{links}[(]?$"),
        "open": re.compile(rf".*{script.starts}(?:{_named(loose, script.gap)}){script.ends}[)]? ?{links}[(]?$"),
        "after": re.compile(rf"[ -]?{links_after}(?:{_named(after, script.gap)}){script.stops}"),
    }


def direction_patterns(data: Mapping[str, Any]) -> Mapping[str, re.Pattern[str]]:
    """Compile what around a percentage says which way it goes.

    Args:
        data: A language's file: table ``direction`` with ``down_before``, ``up_before``, ``down_after``,
            ``up_after``, ``share_after`` and ``level_before`` (it went *to* that percentage).
    """
    words: Mapping[str, list[str]] = data.get("direction", {})
    script = _script(data)
    said = {side: _any(words.get(side, ()), script.gap) for side in _SIDES}
    patterns = {}
    for side in ("down_before", "up_before"):
        patterns[side] = re.compile(rf"{script.starts}{said[side]}{script.stops}{script.gap}[ '(+-]{{0,3}}$")
    patterns["level_before"] = re.compile(rf"{script.starts}{said['level_before']} ?$")
    for side in ("down_after", "up_after", "share_after"):
        words_between = r"(?:[^\W\d]\w{0,14}[ ']){0,2}?" if script is _SPACED else ""
        patterns[side] = re.compile(rf"[ -]?{words_between}{said[side]}{script.stops}")
    return patterns


def same_sum_pattern(data: Mapping[str, Any]) -> re.Pattern[str]:
    """Compile what may stand between an amount and the same sum in another currency.

    Args:
        data: A language's file: list ``same_sum`` of the words that say so, with or without brackets.
    """
    said = _any(data.get("same_sum", ()))
    hedges = _any(word for words in data.get("qualifier", {}).values() for word in words)
    space = "(?:(?<=')| )" if _script(data) is _SPACED else " ?"
    return re.compile(rf" ?(?:[(\[,;] ?|/ ?|- ?|)(?:(?P<said>{said}){space})?(?:{hedges}{space}){{0,2}}")
