"""Which language a text is in, and where its sentences begin and end."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["LANGUAGES", "detect_language", "language_name", "sentence_bounds"]

LANGUAGES: Final = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "ja", "zh")

# A full stop beside one of these never ends a sentence. The splitter knows the abbreviations of general prose;
# what it lacks is what newsrooms write. A pattern over the whole text would be tried at every letter of it, so the
# full stops are found first, and what stands to the left and to the right of each is looked at.
_LEFT: Final = 16
_RIGHT: Final = 24
_ABBREVIATED = re.compile(
    r"""(?<!\w)(?:No|Nr|St|ca|vgl|bzw|z\.B|u\.a|d\.h|ul|tzw|ok|ww|m\.in|godz|approx|est|vs|av|env|aprox|núm|art|Gen|Dr|Mr|Mrs|Ms|Mme|Prof|Sr|Sra|Sig|Jan|Feb|Aug|Sept?|Oct|Okt|
        Nov|Dec|Dez|janv|févr|avr|juil|oct|nov|déc|EE|UU|jr|sen|tel|resp|incl|inkl|exkl|mgr|inż)$""",
    re.VERBOSE,
)
_SCALED = re.compile(r"(?<!\w)(?:Mrd|Mio|Mill|Bio|Mds|Md|mln|mld|mrd|tys|bn|mn|proc|pct|Tsd)$")
# A scale ends a sentence, unless what is counted follows.
_COUNTED = re.compile(
    r"[ \u00a0\u202f\n]*(?:[\d(€$£]|(?:Euro|US|Dollar|Franken|Pfund|Yen|Yuan|Renminbi|Kronen|Rubel|Zloty)\b)"
)
_GOES_ON = re.compile(r"[ \u00a0\u202f\n]*[\w(€$£]")
_COMPANY = re.compile(
    r"(?<!\w)(?:Inc|Corp|Co|Ltd|Bros|Cie|Plc|plc|S\.A|S\.p\.A|N\.V|B\.V|S\.L|sp\.[ ]z[ ]o\.o|z[ ]o\.o|e\.V)$"
)
# A legal form ends a sentence only before a capital.
_AFTER_COMPANY = re.compile(r"[\s\u00a0]*[(,;:0-9'’–-]")
_INITIALS = re.compile(r"(?<!\w)(?:[A-Z]\.[ \u00a0]?){0,3}[A-Z]$")
# J. P. Morgan, U.S. Steel, but not U.S. The
_AFTER_INITIALS = re.compile(
    r"[ \u00a0]?[A-Z](?!(?:(?<=T)he|(?<=I)ts?|(?<=I)n|(?<=A)n?|(?<=H)e|(?<=S)he|(?<=T)hey|(?<=W)e|(?<=T)h(?:is|at)"
    r"|(?<=B)ut|(?<=A)nd|(?<=F)or|(?<=O)n|(?<=A)[ts]|(?<=I)f)\b)"
)
_CODE = re.compile(r"(?<!\w)[A-Z0-9][A-Z0-9_]{0,7}p?$")  # Reuters codes: AMZN.O, VOWG_p.DE, 7203.T
_MARKET = re.compile(r"[A-Z]{1,3}\b")
_FIGURE = re.compile(r"(?<![\w.,])\d{1,2}$")
# A day of the month in German: 22. April, 1. Quartal.
_COUNTED_OFF = re.compile(r"[ \u00a0](?:J[aäu][nl]|Feb|Mär|Apr|Mai|Aug|Sep|Okt|Nov|Dez|Quartal|Halb|Jahr)")
# No sentence begins with a small letter.
_SMALL = re.compile(r"[ \u00a0\u202f]?\n?[^\W\d_]")
# "Madrid, 3 nov (EFE).- La empresa", "12. März 2025. – Der Konzern", "22. Apr. – ": the story goes on behind it.
_DASH = re.compile(r"[ \u00a0]?[-–—]{1,2}[ \u00a0\n]")
_DATELINE = re.compile(r"(?:\)|(?:19|20)\d\d|\d{1,2}\.?[ \u00a0][^\W\d]{3,9})$")
_DIGIT: Final = frozenset("0123456789")
# sentencex 1.x panics on an initial with a blank of more than one byte between it and its full stop.
_BLANK: Final = re.compile(r"[^\S\x00-\x7f]")
_CJK = re.compile(r"[\u3040-\u30ff]|[\u4e00-\u9fff]")
_TORN_OFF = re.compile(r"[,;:)]|[a-zà-ÿ]|[A-Z0-9]{1,8}\.[A-Z]{1,3}[ \u00a0]?[,a-z]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_SAMPLE = 20_000
_ISO_639_1 = re.compile("[a-z]{2}")


def language_name(code: str) -> str:
    """Return the English name of a language.

    Args:
        code: Its ISO 639-1 code.

    Raises:
        ValueError: It is no such code, or of a language that CLDR does not know.

    Example:
        >>> language_name("fr")
        'French'
    """
    from babel import Locale, UnknownLocaleError

    try:
        if _ISO_639_1.fullmatch(code):
            return str(Locale(code).get_display_name("en"))
    except UnknownLocaleError:
        pass
    msg = f"{code!r} is not a language: write its two letters, such as en, fr or ja."
    raise ValueError(msg)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect_language(text: str) -> str:
    """Return the most likely of the ten languages of a text.

    Args:
        text: Any text. Only its beginning is looked at.

    Returns:
        An ISO 639-1 code, one of ``LANGUAGES``.

    Example:
        >>> detect_language("L'accord, annoncé lundi, souligne l'appétit de l'industrie.")
        'fr'
        >>> detect_language("ソフトバンクは買収を発表した。")
        'ja'
    """
    sample = text[:_SAMPLE]
    if len(_CJK.findall(sample)) * 4 > len(sample):
        return "ja" if _KANA.search(sample) else "zh"
    language, _ = _identifier().classify(sample)
    return str(language)


def sentence_bounds(text: str, language: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end, without the white space around them.

    Args:
        text: Any text.
        language: ISO 639-1 code; an unknown one is split by the rules of English.

    Returns:
        Half-open code-point offsets, in order, not overlapping, none of them empty.

    Example:
        >>> text = "Google (GOOGL.O) paid 2.5 bn. It was cash."
        >>> [text[start:stop] for start, stop in sentence_bounds(text, "en")]
        ['Google (GOOGL.O) paid 2.5 bn.', 'It was cash.']
    """
    from sentencex import get_sentence_boundaries

    bounds: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries(language, _BLANK.sub(" ", _masked(text))):
        start, stop = boundary["start_index"], boundary["end_index"]
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if bounds and start < stop and _goes_on(text, bounds[-1][1], start):
            start = bounds.pop()[0]
        if start < stop:
            bounds.append((start, stop))
    return bounds


def _goes_on(text: str, stop: int, start: int) -> bool:
    """Tell whether a line break only tears a sentence apart: feeds set a Reuters code on a line of its own."""
    return text[stop - 1].isalnum() and _TORN_OFF.match(text, start) is not None


def _masked(text: str) -> str:
    """Return the text with other characters for the full stops that end no sentence."""
    stops = []
    stop = text.find(".")
    while stop >= 0:
        if _stays(text, stop):
            stops.append(stop)
        stop = text.find(".", stop + 1)
    if not stops:
        return text
    pieces, done = [], 0
    for stop in stops:
        pieces.append(text[done:stop])
        done = stop + 1
    return "_".join([*pieces, text[done:]])


def _stays(text: str, stop: int) -> bool:
    """Tell whether a full stop is part of a figure, a code or an abbreviation within a sentence."""
    after = text[stop + 1 : stop + 2]
    if after in _DIGIT and text[stop - 1 : stop] in _DIGIT:
        return bool(after)
    left, right = text[max(stop - _LEFT, 0) : stop], text[stop + 1 : stop + _RIGHT]
    small = _SMALL.match(right)
    return bool(
        (small and small[0][-1].islower())
        or (_SCALED.search(left) and _COUNTED.match(right))
        or (_GOES_ON.match(right) and _ABBREVIATED.search(left))
        or (_INITIALS.search(left) and _AFTER_INITIALS.match(right))
        or (after.isupper() and _CODE.search(left) and _MARKET.match(right))
        or (_AFTER_COMPANY.match(right) and _COMPANY.search(left))
        or (_COUNTED_OFF.match(right) and _FIGURE.search(left))
        or (_DASH.match(right) and _DATELINE.search(left))
    )
