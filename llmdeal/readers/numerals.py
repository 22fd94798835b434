"""What number a figure is: which of its signs are decimal, which only group."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from llmdeal.readers.lexicon import Language

__all__ = ["compose_numeral", "decimal_sign", "parse_numeral"]

_LONGEST: Final = 24
_MYRIAD: Final = 4
_POINT: Final = 10
_PART = re.compile(r"[\d.,]+|.")
_GROUP: Final = 3
_INDIAN: Final = 2
_FRACTIONS: Final = {
    "½": "0.5", "¼": "0.25", "¾": "0.75", " 1/2": "0.5", " 1/4": "0.25", " 3/4": "0.75", " 3/2": "1.5",
}  # fmt: skip
# It begins where a run of digits does, and does not go back into it: a long one is looked at once.
_SIGNED = re.compile(r"(?<!\d)\d++[.,][\d.,]*\d")


def parse_numeral(figure: str, decimal: str) -> Decimal | None:
    """Return the number that a figure is written for, or None where it is written for none.

    The rule, in this order: spaces and apostrophes group. Of two kinds of sign the last is decimal. A
    sign that comes more than once groups, if three digits (or two, as in India) follow each. One sign
    with other than three digits after it is decimal, whatever the language. With three digits after it,
    it is decimal where it is the decimal sign of the language or a lone 0 stands before it, else it groups.
    A code such as 0042 is no number.

    Args:
        figure: Digits and signs, folded; a fraction may follow.
        decimal: The decimal sign of the text, "." or ",".

    Example:
        >>> [str(parse_numeral(figure, ",")) for figure in ("1.000", "1.25", "32,58", "1.234,5", "3.11.25")]
        ['1000', '1.25', '32.58', '1234.5', 'None']
        >>> [str(parse_numeral(figure, ".")) for figure in ("1,000", "1.125", "32,58", "1,00,000", "2½")]
        ['1000', '1.125', '32.58', '100000', '2.5']
    """
    for sign, value in _FRACTIONS.items():
        if figure.endswith(sign):
            whole = figure.removesuffix(sign).strip()
            number = parse_numeral(whole, decimal) if whole else Decimal(0)
            return None if number is None else number + Decimal(value)
    figure = figure.replace(" ", "").replace("'", "")
    if len(figure) > _LONGEST or not (figure[:1].isdecimal() and figure[-1:].isdecimal()):
        return None
    points, commas = figure.count("."), figure.count(",")
    if not points and not commas:
        return None if len(figure) > 1 and figure[0] == "0" else Decimal(figure)
    if points and commas:
        last = "." if figure.rindex(".") > figure.rindex(",") else ","
        return _number(figure, last) if figure.count(last) == 1 else None
    sign = "." if points else ","
    if points + commas > 1:
        return _number(figure, "")
    whole, _, part = figure.partition(sign)
    groups = len(part) == _GROUP and sign != decimal and whole.strip("0") and len(whole) <= _GROUP
    return Decimal(whole + part if groups else f"{whole}.{part}")


def _number(figure: str, decimal: str) -> Decimal | None:
    whole, _, part = figure.partition(decimal) if decimal else (figure, "", "")
    groups = re.split(r"[.,]", whole)
    if len(groups) > 1 and not _are_groups(groups):
        return None
    return Decimal("".join(groups) + (f".{part}" if part else ""))


def _are_groups(groups: list[str]) -> bool:
    """Tell whether these are the groups of one number: 1 234 567, or 12 34 567 in India."""
    first, *middle, last = (len(group) for group in groups)
    if not 1 <= first <= _GROUP or last != _GROUP:
        return False
    return all(length == _GROUP for length in middle) or all(length == _INDIAN for length in middle)


def decimal_sign(text: str, language: Language) -> str:
    """Return the decimal sign of a text.

    It is the language's, but where its countries differ (Spain, Mexico) the figures that can be read in
    one way only decide, and where there are none, three digits after either sign are a group.

    Args:
        text: A folded text; its beginning is looked at.
        language: The language of it.
    """
    if not language.decimal_varies:
        return language.decimal
    sample = text[:50_000]
    signs = [_sure_sign(figure) for figure in _SIGNED.findall(sample)]
    commas, points = signs.count(","), signs.count(".")
    if commas == points:
        return "?" if commas == 0 else language.decimal
    return "," if commas > points else "."


def _sure_sign(figure: str) -> str | None:
    """Return the decimal sign of a figure that can be read in one way only."""
    point, comma = figure.rfind("."), figure.rfind(",")
    last = max(point, comma)
    if min(point, comma) >= 0:
        return figure[last]
    lone = figure.count(figure[last]) == 1 and last <= _GROUP and len(figure) - last - 1 < _GROUP
    return figure[last] if lone else None


def _with_decimal_point(figure: str, decimal: str, signs: Mapping[str, int]) -> str:
    """Return the figure with a point before its decimals, and these in digits: 一点五亿 and 1・5亿 as 1.5亿."""
    points = [place for place, sign in enumerate(figure) if signs.get(sign) == _POINT]
    if len(points) != 1:
        return figure
    whole, rest = figure[: points[0]], figure[points[0] + 1 :]
    if not whole or not rest:
        return whole or rest
    digits = [_digit(sign, signs) for sign in takewhile(lambda sign: _digit(sign, signs) is not None, rest)]
    number = compose_numeral(whole, decimal, signs)
    if number is None or not digits:
        return figure
    return f"{number:f}.{''.join(map(str, digits))}{rest[len(digits) :]}"


def _digit(sign: str, signs: Mapping[str, int]) -> int | None:
    value = int(sign) if sign.isdecimal() else signs.get(sign, -1)
    return value if 0 <= value < _POINT else None


def compose_numeral(figure: str, decimal: str, signs: Mapping[str, int]) -> Decimal | None:
    """Return the number that figures and signs for digits and powers of ten make up together.

    Args:
        figure: Such as 1兆2000億, 三千五百 or 二〇二六.
        decimal: The decimal sign of the text.
        signs: For a sign of a digit that digit; for a sign of a power of ten the power, negative; for a decimal sign
            10.

    Example:
        >>> signs = {"二": 2, "五": 5, "〇": 0, "六": 6, "十": -1, "百": -2, "千": -3, "万": -4, "億": -8, "兆": -12}
        >>> [str(compose_numeral(figure, ".", signs)) for figure in ("1兆2000億", "5千万", "二〇二六")]
        ['1200000000000', '50000000', '2026']
    """
    if len(figure) > _LONGEST:
        return None
    figure = _with_decimal_point(figure, decimal, signs)
    if not figure:
        return None
    total = section = Decimal(0)
    current: Decimal | None = None
    for part in _PART.findall(figure):
        value = signs.get(part)
        if value == _POINT:
            return None
        if value is None:
            current = parse_numeral(part, decimal)
            if current is None:
                return None
        elif value >= 0:
            current = (current or Decimal(0)) * 10 + value
        elif -value < _MYRIAD:
            section += (Decimal(1) if current is None else current).scaleb(-value)
            current = None
        else:
            section += current or 0
            # 万億: a power of a power, as no figure stands between the two.
            total = total + section.scaleb(-value) if section else total.scaleb(-value)
            section, current = Decimal(0), None
    return total + section + (current or 0)
