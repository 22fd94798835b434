"""Counting tokens without the model's tokenizer."""

from __future__ import annotations

import math
import re

_LETTERS = re.compile(r"[A-Za-z ]")
_CHARS_PER_TOKEN = 3.0
_TOKENS_PER_OTHER = 1.2


def estimate_tokens(text: str) -> int:
    """Return an upper estimate of how many tokens ``text`` is.

    English prose is about four letters a token; digits, punctuation, accented letters and CJK are about one character a
    token. The estimate is on the high side of both, so that what is said to fit does fit.

    Args:
        text: Any text.

    Returns:
        A number of tokens, at least 1 for any text that is not empty.

    Example:
        >>> estimate_tokens("Amazon will supply OpenAI with cloud services.") >= 9
        True
        >>> estimate_tokens("")
        0
    """
    letters = len(_LETTERS.findall(text))
    return math.ceil(letters / _CHARS_PER_TOKEN + (len(text) - letters) * _TOKENS_PER_OTHER)
