"""One spelling for the characters that are typed in several ways, without moving an offset."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["fold"]

_SPACES: Final = "\t\r\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u301c\uff5e"
_APOSTROPHES: Final = "\u2018\u2019\u02bc\u00b4\uff07"

# Every key and every value is one code point: what is found in the folded text stands at the same
# offsets in the text as given. The dotted capital I is the only one that lower() makes longer.
_TABLE: Final[dict[str, str]] = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_APOSTROPHES, "'"),
    **{chr(0xFF01 + code): chr(0x21 + code) for code in range(94) if chr(0xFF01 + code) not in _APOSTROPHES},
    **dict.fromkeys(_HYPHENS, "-"),
    "￥": "¥",
    "￡": "£",
    "İ": "i",
}
_VARIANTS = re.compile(f"[{re.escape(''.join(_TABLE))}]")
_EMPTY_LINE = re.compile(r"\n +(?=\n)")
_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


def fold(text: str) -> str:
    """Return the text in lower case and with plain spaces, hyphens, apostrophes and digits.

    A single line break is a space; an empty line stays one, because no figure reaches over it.

    Args:
        text: Any text.

    Returns:
        A text of the same length, code point for code point.

    Example:
        >>> fold("1\u202f000 Milliarden – l’Été １２")
        "1 000 milliarden - l'été 12"
    """
    plain = _VARIANTS.sub(_plain, text)
    if "\n" in plain:
        plain = _LINE_BREAK.sub(" ", _EMPTY_LINE.sub(lambda match: "\n" * len(match[0]), plain))
    return plain.lower()


def _plain(match: re.Match[str]) -> str:
    return _TABLE[match[0]]
