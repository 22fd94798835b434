"""Months, quarters, halves and years, their parts, and units relative to publication."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from llmdeal.readers.calendar import (
    SEASONS,
    Interval,
    month_of,
    nearest,
    part_of,
    season_near,
    span_of,
    unit_near,
    unit_of,
    weekday_near,
)
from llmdeal.readers.dated import COMMA, Dated, counts_something, other_end
from llmdeal.readers.lexing import END
from llmdeal.readers.seasons import season_at

if TYPE_CHECKING:
    from datetime import date

    from llmdeal.readers.lexing import Lexed

__all__ = ["PeriodReader"]

_ORDINALS: Final = frozenset("1234")
_FOLLOWS_YEAR: Final = re.compile(r"\s?[a-zà-ÿ),.;:]|\s*$")
_PAST: Final = -2
_DASHES: Final = frozenset({"-", " - "})
_LISTED: Final = 5
_YEAR_MONTHS: Final = 12
_BEFORE_MONTHS: Final = frozenset({"month_in", "from", "between"})
_APOSTROPHE: Final = ("", "'", " '")
_SHORT_YEARS: Final = range(20, 60)
_CENTURY: Final = 2000


class PeriodReader:
    """The forms of what is longer than a day, each tried where it can begin.

    Args:
        lexed: The text.
        published: Day of publication, if known.
    """

    def __init__(self, lexed: Lexed, published: date | None) -> None:
        self.lexed = lexed
        self.published = published

    def part(self, index: int) -> Dated | None:
        """Read "the end of 2026", "Anfang Juni", "mi-2026", "late next year"."""
        start = index if self.lexed[index].sense.part else index + 1
        part = self.lexed[start].sense.part
        after = self.lexed.skip(start + 1, "of", "the")
        whole = self.period(after, in_part=True) if self.lexed.next_to(after, ". ").start >= 0 else None
        if whole is None and self.lexed[start].sense.period is not None:
            whole = self.relative(start)
        if whole is None or part is None:
            return None
        return replace(whole, interval=part_of(whole.interval, part), first=index)

    def with_article(self, index: int) -> Dated | None:
        """Read "la semaine dernière" with its article."""
        found = self.relative(index + 1)
        return replace(found, first=index) if found else None

    def period(self, index: int, *, in_part: bool = False) -> Dated | None:
        """Read a month, a quarter, a year or a relative unit."""
        sense = self.lexed[index].sense
        if "fiscal" in sense.roles:
            return self._fiscal(index)
        if sense.month is not None:
            return (None if in_part else self._months(index)) or self._month(index, in_part=in_part)
        if sense.code is not None:
            return self._numbered(sense.code, index, index + 1)
        if sense.ordinal is not None or (sense.relative == -1 and self.lexed.sense(index + 1).unit):
            ordinal = self.ordinal(index)
            if ordinal:
                return ordinal
        if in_part and self.lexed[index].year:
            year = self.lexed[index].year or 0
            interval = unit_of("year", year)
            return Dated(interval, index, index + 1) if interval else None
        return season_at(self, index, in_part=in_part) or self.relative(index, in_part=in_part)

    def _fiscal(self, index: int) -> Dated | None:
        """Read "fiscal 2026", "the fiscal third quarter of 2026"."""
        after = self.lexed.skip(index + 1, "of", "the", "fiscal")
        following = self.lexed.next_to(after)
        if following is END or "fiscal" in following.sense.roles:
            return None
        years = self.business_years(after)
        if years:
            return replace(years, first=index)
        whole = self.period(after, in_part=True)
        return Dated(whole.interval, index, whole.end, fiscal=True) if whole else None

    def business_years(self, index: int) -> Dated | None:
        """Read "26" of FY26, "2024/25"."""
        lexeme, second = self.lexed[index], self.lexed[index + 1]
        if lexeme.kind == "n" and len(lexeme.text) == 2 and self.lexed.gap(index) == "" and lexeme.number is not None:  # noqa: PLR2004  YY
            interval = unit_of("year", _CENTURY + int(lexeme.number))
            return Dated(interval, index, index + 1, fiscal=True) if interval else None
        if lexeme.year and self.lexed.gap(index + 1) in {"/", "-"} and second.text[-2:] == f"{lexeme.year + 1}"[-2:]:
            first, last = unit_of("year", lexeme.year), unit_of("year", lexeme.year + 1)
            if first and last:
                return Dated(Interval(first.earliest, last.latest), index, index + 2, fiscal=True)
        return None

    def _month(self, index: int, *, in_part: bool) -> Dated | None:
        """Read "November 2025", "juin dernier", "next March", and "in June" without its year."""
        month = self.lexed[index].sense.month
        if month is None:
            return None
        year, end = self.year_after(index + 1)
        if year is None and self.lexed.gap(index + 1) in {". ", "/"} and self.lexed[index + 1].year:
            year, end = self.lexed[index + 1].year, index + 2
        if year is not None:
            interval = month_of(year, month)
            return Dated(interval, index, end) if interval else None
        if self.published is None:
            return None
        relative = self.lexed.sense(index + 1).relative
        if relative is not None:
            return self._relative_month(month, relative, index, index + 2)
        before = self.lexed[index - 1].sense.roles if self.lexed.gap(index) == " " else frozenset()
        if not in_part and "month_in" not in before:
            return None
        return self._relative_month(month, _PAST if self.is_past(index) else None, index, index + 1)

    def _months(self, index: int) -> Dated | None:
        """Read "March to May 2026", "entre mars et mai 2026", and after a preposition without its year."""
        first, at = self.lexed[index].sense.month, other_end(self.lexed, index, index + 1)
        last = None if at is None else self.lexed[at].sense.month
        if first is None or at is None or last is None or first == last:
            return None
        year, end = self.year_after(at + 1)
        first = first if first < last else first - _YEAR_MONTHS
        if year is not None:
            interval = span_of(year, first, last)
            return Dated(interval, index, end) if interval else None
        if self.lexed.next_to(end).kind == "n" or not self.lexed[index - 1].sense.roles & _BEFORE_MONTHS:
            return None
        if self.published is None or self.lexed.gap(index) != " ":
            return None
        now = self.published.year
        interval = nearest([span_of(one, first, last) for one in (now - 1, now, now + 1)], self.published)
        return Dated(interval, index, end) if interval else None

    def _relative_month(self, month: int, relative: int | None, first: int, end: int) -> Dated | None:
        if self.published is None:
            return None
        years = [self.published.year - 1, self.published.year, self.published.year + 1]
        months = [one for one in (month_of(year, month) for year in years) if one]
        if relative == _PAST:
            months = [one for one in months if one.earliest <= self.published][-1:]
        elif relative == -1:
            months = [one for one in months if one.latest < self.published][-1:]
        elif relative == 1:
            months = [one for one in months if one.earliest > self.published][:1]
        interval = nearest(list(months), self.published)
        return Dated(interval, first, end) if interval else None

    def _numbered(self, code: tuple[str, int], first: int, end: int, *, fiscal: bool = False) -> Dated | None:
        """Read the year of a quarter or a half: "Q3 2026", "the second half of next year", "T3"."""
        unit, number = code
        at = self.lexed.skip(end, "of", "the")
        skipped_fiscal = self.lexed.skip(at, "fiscal", "of")
        fiscal = fiscal or skipped_fiscal > at
        stated = self.year_of_part(skipped_fiscal, fiscal=fiscal)
        if stated:
            interval = unit_of(unit, stated.interval.earliest.year, number)
            return replace(stated, interval=interval, first=first, fiscal=fiscal) if interval else None
        if self.published is None:
            return None
        years = (self.published.year - 1, self.published.year, self.published.year + 1)
        interval = nearest([unit_of(unit, one, number) for one in years], self.published)
        return Dated(interval, first, end, fiscal=fiscal) if interval else None

    def year_of_part(self, index: int, *, fiscal: bool) -> Dated | None:
        """Read the year after a quarter or a half: "2026", "next year", "26" of "Q2 FY26"."""
        short = self._short_year(index)
        if short:
            return short
        lexeme = self.lexed.next_to(index)
        if lexeme is END:
            return None
        if lexeme.year:
            interval = unit_of("year", lexeme.year)
            return Dated(interval, index, index + 1) if interval else None
        relative = self.relative(index)
        if relative and relative.interval.months == _YEAR_MONTHS:
            return relative
        return self.business_years(index) if fiscal else None

    def _short_year(self, index: int) -> Dated | None:
        """Read "26" of "3T26" and "Q3'26", which touches the quarter or has an apostrophe."""
        lexeme = self.lexed[index]
        if lexeme.kind != "n" or len(lexeme.text) != 2 or not lexeme.text.isdigit():  # noqa: PLR2004  two figures
            return None
        if self.lexed.gap(index) not in _APOSTROPHE or int(lexeme.text) not in _SHORT_YEARS:
            return None
        interval = unit_of("year", _CENTURY + int(lexeme.text))
        return Dated(interval, index, index + 1) if interval else None

    def ordinal(self, index: int) -> Dated | None:
        """Read "third quarter of 2026", "zweites Halbjahr", "the last quarter of 2026"."""
        lexeme, sense = self.lexed[index], self.lexed[index].sense
        ordinal = int(lexeme.text) if lexeme.text in _ORDINALS else sense.ordinal
        if ordinal is None and sense.relative is None:
            return None
        at = index + 1
        if self.lexed.gap(at) == "" and "suffix" in self.lexed[at].sense.roles:
            at += 1
        fiscal = "fiscal" in self.lexed.sense(at).roles
        at += fiscal
        unit = self.lexed.next_to(at, ". ").sense.unit
        if unit not in {"quarter", "half"}:
            return None
        last = {"quarter": 4, "half": 2}[unit]
        number = ordinal or last
        found = self._numbered((unit, number), index, at + 1, fiscal=fiscal)
        if found and not ordinal and found.end == at + 1:
            return None
        return found

    def relative(self, index: int, *, in_part: bool = False) -> Dated | None:
        """Read "yesterday", "last week", "la semaine dernière", "nächsten Jahres"; in a part "the year"."""
        if self.published is None:
            return None
        sense, after = self.lexed[index].sense, self.lexed.sense(index + 1)
        unit, steps, end = None, 0, index + 1
        if sense.day is not None:
            unit, steps = "day", sense.day
        elif sense.period is not None:
            unit, steps = sense.period
        elif sense.relative is not None and after.month is not None:
            return self._relative_month(after.month, sense.relative, index, index + 2)
        elif sense.relative is not None and after.weekday is not None:
            interval = weekday_near(
                after.weekday, self.published, sense.relative, of_week=self.lexed.language.calendar_weeks
            )
            return Dated(interval, index, index + 2) if interval else None
        elif sense.relative is not None and after.unit is not None:
            unit, steps, end = after.unit, sense.relative, index + 2
        elif sense.unit is not None and after.relative is not None:
            unit, steps, end = sense.unit, after.relative, index + 2
        elif in_part and sense.unit is not None:
            unit = sense.unit
        if unit in SEASONS:
            season = season_near(unit, self.published, steps)
            return Dated(season, index, end, vague=True) if season else None
        interval = unit_near(unit, self.published, steps) if unit else None
        return Dated(interval, index, end) if interval else None

    def is_past(self, index: int) -> bool:
        """Tell whether a word before a date says that it lies in the past ("since January 1", "desde el 1")."""
        before = index - 1 if "the" in self.lexed[index - 1].sense.roles else index
        return self.lexed.next_to(before) is not END and "past" in self.lexed[before - 1].sense.roles

    def year_after(self, index: int) -> tuple[int | None, int]:
        """Return the year that follows a day or a month, and the index after it."""
        after = self.lexed.skip(index, "of") if self.lexed.gap(index) not in COMMA else index
        lexeme = self.lexed.next_to(after, *COMMA)
        if lexeme.year and not counts_something(self.lexed, after + 1):
            return lexeme.year, after + 1
        relative = self.lexed.sense(after).relative
        if self.published and relative is not None and self.lexed.sense(after + 1).unit == "year":
            return self.published.year + relative, after + 2
        return None, index

    def lone_year(self, index: int) -> Dated | None:
        """Read a year after "in" or beside another year; in some languages wherever a word of it follows."""
        year = self.lexed[index].year
        if year is None or not self._stands_as_year(index):
            return None
        interval = unit_of("year", year)
        fiscal = "fiscal" in self.lexed.sense(index + 1).roles
        return Dated(interval, index, index + 1 + fiscal, fiscal=fiscal) if interval else None

    def _stands_as_year(self, index: int, back: int = _LISTED) -> bool:
        """Tell whether a figure is a year, looking at so many years of a list before it."""
        lexed, gap = self.lexed, self.lexed.gap(index)
        if ("in" in lexed[index - 1].sense.roles and gap in {" ", ""}) or "fiscal" in lexed.sense(index + 1).roles:
            return True
        if self._opens_years(index) or self._closes_years(index, back):
            return True
        if lexed.language.bare_years and lexed.text[lexed[index].stop - 2 : lexed[index].stop] != "00":
            return _FOLLOWS_YEAR.match(lexed.source, lexed[index].stop) is not None and gap != "-"
        return False

    def _opens_years(self, index: int) -> bool:
        """Tell whether this is the first of two years: "2026-2030", "between 2026 and 2030"."""
        lexed = self.lexed
        if lexed.gap(index + 1) in _DASHES and lexed[index + 1].year:
            return (lexed[index + 1].year or 0) > (lexed[index].year or 0)
        paired = lexed.sense(index + 1).roles & {"and", "to"} and lexed.next_to(index + 2).year
        return bool(paired and lexed[index - 1].sense.roles & {"between", "from"})

    def _closes_years(self, index: int, back: int) -> bool:
        """Tell whether this is the second of two years of which the first stands as one."""
        lexed = self.lexed
        if not back:
            return False
        if lexed[index - 1].year:
            return lexed.gap(index) in _DASHES | {", ", "/"} and self._stands_as_year(index - 1, back - 1)
        joined = lexed[index - 1].sense.roles & {"and", "to"} and lexed[index - 2].year
        return bool(joined) and lexed.next_to(index) is not END and self._stands_as_year(index - 2, back - 1)
