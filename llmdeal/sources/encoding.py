"""Bytes to text: strictly where the encoding is known, carefully where it has to be found.

The usual detectors know a hundred encodings, and take a short French text in windows-1252 for mac_latin2. An
article that we can read is in one of ten languages, so we ask less: which of the few encodings that these
languages were written in makes every character one that these languages use.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from llmdeal.errors import DocumentError

__all__ = ["MAX_BYTES", "Decoded", "decode"]

MAX_BYTES: Final = 10_000_000
"""More than any article has."""

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FILE_KINDS: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
# Text may hold these controls; a file with many others is no text.
_TEXT_CONTROLS: Final = frozenset(b"\t\n\v\f\r\x1b\x0e\x0f")
_SINGLE_BYTE: Final = ("cp1252", "cp1250", "iso8859_2", "iso8859_15", "mac_roman")
# Python's own, and what browsers refuse since it hides what is said.
_NOT_FOR_PAGES: Final = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7"})
_EAST_ASIAN: Final = ("cp932", "euc_jp", "iso2022_jp", "gb18030", "big5")
_JAPANESE_ESCAPE: Final = b"\x1b$"
_SIGNS: Final = frozenset("«»‹›‘’‚“”„–—…•·€£¥¢§°ºª¿¡©®™½¼¾²³×±\u00a0\u00ad")
_NEVER_AFTER_A_LETTER: Final = frozenset("‚„¿¡±³²")
_LETTERS: Final = frozenset("àâäáãåçéèêëìîïíñòôöóõùûüúÿœæßąćęłńśźż")
_WORDS_OF_ONE_LETTER: Final = frozenset("àèéáóú")
_SAMPLE: Final = 100_000
# One odd character in twenty: a trade mark or a foreign name does not spoil an article.
_TOLERATED: Final = 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the encoding it was found to be in where that had to be guessed."""

    text: str
    guessed: str | None = None


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """Return the text that bytes stand for.

    Args:
        data: The bytes as they came.
        name: What to call them in an error.
        declared: The encoding that a header or a tag declares. A byte order mark outranks it, and bytes that
            are not in it show that it is wrong.

    Returns:
        The text without a byte order mark, otherwise character for character.

    Raises:
        DocumentError: They are empty, binary, or in an encoding that cannot be told.

    Example:
        >>> decode("l'été".encode(), name="a.txt")
        Decoded(text="l'été", guessed=None)
        >>> decode("worth £2.5m".encode("cp1252"), name="a.txt")
        Decoded(text='worth £2.5m', guessed='cp1252')
    """
    if not data.strip():
        msg = f"{name} is empty: give a text with at least one word."
        raise DocumentError(msg)
    marked = _marked(data)
    if marked is not None:
        decoded = _decode_marked(data, marked, name=name)
    else:
        declared = _valid_encoding(declared) or _unmarked_utf16(data)
        decoded = _decode_declared(data, declared) or _decode_unknown(data, declared, name=name)
    if not decoded.text.strip():
        msg = f"{name} is empty: give a text with at least one word."
        raise DocumentError(msg)
    if "\0" in decoded.text:
        raise DocumentError(_binary(name))
    return decoded


def _binary(name: str) -> str:
    return f"{name} is a binary file: give an article as text, HTML or Markdown."


def _decode_marked(data: bytes, encoding: str, *, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        msg = f"{name} is marked as {encoding}, but is not from byte {error.start} on: save it as UTF-8."
        raise DocumentError(msg) from error


def _decode_declared(data: bytes, encoding: str | None) -> Decoded | None:
    if encoding is None:
        return None
    try:
        return Decoded(data.decode(encoding))
    except UnicodeError:
        return None


def _decode_unknown(data: bytes, declared: str | None, *, name: str) -> Decoded:
    _refuse_binary(data, name)
    # ISO-2022-JP is made of ASCII bytes alone, and so is valid UTF-8 that nobody can read.
    escapes = _JAPANESE_ESCAPE in data
    if not escapes:
        utf8 = _decode_declared(data, "utf-8")
        if utf8 is not None:
            return utf8 if declared is None else Decoded(utf8.text, guessed="utf-8")
    encoding = (None if escapes else _find_single_byte(data)) or _find_east_asian(data)
    if encoding is None:
        msg = (
            f"{name} is not UTF-8, and its encoding cannot be told"
            f"{_best_guess(data)}: convert it, for example with `iconv -f ENCODING -t UTF-8`."
        )
        raise DocumentError(msg)
    return Decoded(data.decode(encoding), guessed=encoding)


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def _valid_encoding(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        found = codecs.lookup(declared.strip("\"' "))
        # Some codecs are no encodings of text (zlib), and trying one shows it.
        b" ".decode(found.name)
    except (LookupError, UnicodeError, ValueError):
        return None
    if found.name in _NOT_FOR_PAGES:
        return None
    # What the web calls latin-1 or ASCII is windows-1252 (WHATWG encoding standard).
    return {"iso8859-1": "cp1252", "ascii": None}.get(found.name, found.name)


def _unmarked_utf16(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark: every other byte of Western text is zero."""
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    if pairs == 0 or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd * 2 > pairs and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even * 2 > pairs and odd == 0 else None


def _refuse_binary(data: bytes, name: str) -> None:
    kind = next((kind for signature, kind in _FILE_KINDS if data.startswith(signature)), None)
    if kind is not None:
        msg = f"{name} is a binary file ({kind}): save its text and give that."
        raise DocumentError(msg)
    sample = data[:_SAMPLE]
    controls = sum(byte < ord(" ") and byte not in _TEXT_CONTROLS for byte in sample)
    if b"\0" in data or controls * 50 > len(sample):
        raise DocumentError(_binary(name))


def _find_single_byte(data: bytes) -> str | None:
    """Return the encoding in which the bytes are words of our languages, or None."""
    readings: dict[str, str] = {}
    sample = data[:_SAMPLE]
    for encoding in _SINGLE_BYTE:
        try:
            readings.setdefault(sample.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    odd = {text: _count_odd(text) for text in readings}
    foreign = sum(byte > ord("~") for byte in sample)
    least = min(odd.values(), default=foreign)
    if least * _TOLERATED > foreign:
        return None
    best = [text for text in readings if odd[text] == least]
    return readings[best[0] if len(best) == 1 else _settle(best, readings)]


def _count_odd(text: str) -> int:
    """Count the characters outside ASCII that are where none of our languages puts them."""
    odd = 0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        character, position = match.group(), match.start()
        if character in _SIGNS:
            odd += character in _NEVER_AFTER_A_LETTER and text[position - 1 : position].isalpha()
            continue
        neighbours = text[max(position - 1, 0) : position] + text[position + 1 : position + 2]
        in_word = any(neighbour.isalpha() for neighbour in neighbours)
        lower = character.lower()
        odd += lower not in _LETTERS or not (in_word or lower in _WORDS_OF_ONE_LETTER)
    return odd


def _settle(texts: list[str], readings: dict[str, str]) -> str:
    """Choose between readings that all look right: ``ñ`` and ``ń`` are one byte in West and East."""
    from llmdeal.segmentation import detect_language

    polish = [text for text in texts if readings[text] in {"cp1250", "iso8859_2"}]
    if polish and detect_language(polish[0]) == "pl":
        return polish[0]
    return texts[0]


def _find_east_asian(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_EAST_ASIAN)).best()
    if best is None or best.chaos > 0:
        return None
    text = str(best)
    cjk = len(re.findall(r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]", text))
    # A few pairs of Western bytes can pass for Chinese; a whole article of them cannot.
    return best.encoding if cjk * 4 > len(text) else None


def _best_guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return f" (best guess: {best.encoding})" if best is not None else ""
