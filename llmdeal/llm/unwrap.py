"""Finding the JSON object in what a model wrote around it."""

from __future__ import annotations

import re

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_ORPHAN = re.compile(r"\A.*?</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)


def without_thoughts(text: str) -> str:
    """Return ``text`` without the reasoning that some models write in front of their answer.

    Args:
        text: What the model wrote.

    Example:
        >>> without_thoughts("<think>Is it {France}?</think> {}")
        '{}'
    """
    if text.lstrip().startswith("{"):
        return text.strip()
    text = _THOUGHT.sub("", text)
    # Some servers swallow the opening tag with the chat template and leave the closing one.
    return _ORPHAN.sub("", text).strip()


def json_object(text: str) -> str | None:
    r"""Return the last complete JSON object in ``text``, or None where there is none.

    Args:
        text: What the model wrote: bare JSON, JSON in a code fence, JSON among prose.

    Example:
        >>> json_object('Sure! ```json\n{"a": 1}\n``` Anything else?')
        '{"a": 1}'
        >>> json_object("I cannot say.") is None
        True
    """
    from instructor.v2.core.json import extract_json_from_codeblock

    try:
        found = extract_json_from_codeblock(text)
    except ValueError:
        return None
    return found if found.startswith("{") and found.rstrip().endswith("}") else None


def opening(text: str) -> str:
    r"""Return ``text`` from its first brace on, for reading an answer that still grows.

    Args:
        text: What has arrived so far.

    Example:
        >>> opening('```json\n{"a": 1, "b')
        '{"a": 1, "b'
        >>> opening("<think>maybe {x}")
        ''
    """
    answer = without_thoughts(text)
    start = answer.find("{")
    return "" if start < 0 else answer[start:]
