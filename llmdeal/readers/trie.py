"""Many words as one regular expression that looks at each letter once."""

from __future__ import annotations

import re
from collections.abc import Iterable  # noqa: TC003  kept importable beside the annotations

__all__ = ["alternation"]

_END = ""
# A phrase is also written with hyphens ("a-year").
_SOURCES = {" ": "[ -]"}


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest that is there.

    A plain ``a|b|c`` tries each word at each place; this one shares their beginnings.

    Args:
        words: Words to find; regular-expression signs in them mean themselves, but a blank is a hyphen as well.

    Example:
        >>> alternation(["mil", "million", "mes"])
        'm(?:es|il(?:lion)?)'
    """
    root: dict[str, dict] = {}  # type: ignore[type-arg]  # a tree of itself
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _pattern(root) if root else r"(?!)"


def _pattern(node: dict[str, dict]) -> str:  # type: ignore[type-arg]  # as above
    branches = [
        _SOURCES.get(letter, re.escape(letter)) + _pattern(rest)
        for letter, rest in sorted(node.items())
        if letter != _END
    ]
    if not branches:
        return ""
    if len(branches) == 1 and _END not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if _END in node else "")
