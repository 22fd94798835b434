"""Dates: a day in every order, a day of the week, or a longer period, resolved against publication."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from llmdeal.readers.calendar import Interval, day_of, nearest, unit_near, weekday_near
from llmdeal.readers.dated import COMMA, Dated, counts_something, other_end
from llmdeal.readers.periods import PeriodReader
from llmdeal.readers.yearfirst import YearFirstReader

if TYPE_CHECKING:
    from datetime import date

    from llmdeal.readers.lexing import Lexed

__all__ = ["DateReader"]

_LAST_DAY: Final = 31
_NEAR_DAYS: Final = 45
_BRACKETS: Final = (" (", "(")
_BEFORE_MONTH: Final = (". ", ".", "º ", "° ")


class DateReader:
    """The forms of a day, each tried where it can begin.

    Args:
        lexed: The text.
        published: Day of publication; without it only dates that state their year are read.
    """

    def __init__(self, lexed: Lexed, published: date | None) -> None:
        self.lexed = lexed
        self.published = published
        self.periods = PeriodReader(lexed, published)
        self.year_first = YearFirstReader(lexed, published) if lexed.language.year_first else None

    def at(self, index: int) -> Dated | None:
        """Return the longest date that begins with a lexeme, or None."""
        lexeme = self.lexed[index]
        if lexeme.kind == "n" and lexeme.year is None and not self._may_be_day(index):
            return None
        found = self._read(index)
        return None if found is None or counts_something(self.lexed, found.end) else found

    def _read(self, index: int) -> Dated | None:
        lexeme, sense = self.lexed[index], self.lexed[index].sense
        if lexeme.kind == "d":
            return self._in_figures(index)
        if sense.weekday is not None:
            return (self.periods.ordinal(index) if sense.ordinal is not None else None) or self._weekday(index)
        if self.year_first:
            return self.year_first.at(index)
        if lexeme.kind == "n":
            day = self._days(index) or self._day_first(index)
            return day or self.periods.ordinal(index) or self.periods.lone_year(index)
        if sense.part is not None or ("the" in sense.roles and self.lexed.sense(index + 1).part is not None):
            return self.periods.part(index)
        found = self._day_first(index) if sense.ordinal else self._month_first(index)
        if found is None and "the" in sense.roles and self.lexed.sense(index + 1).unit is not None:
            found = self.periods.with_article(index)
        return found or self.periods.period(index)

    def _may_be_day(self, index: int) -> bool:
        """Tell whether something follows a figure at all, and it does not count that: most figures are no days."""
        if self.year_first is None:
            return self.lexed.gap(index + 1) is not None and not counts_something(self.lexed, index + 1)
        after = self.lexed.sense(index + 1)
        return after.scale is None and after.currency is None and after.percent is None

    def _in_figures(self, index: int) -> Dated | None:
        parts = self.lexed[index].text.replace("/", "-").replace(".", "-").split("-")
        first, second, third = (int(part) for part in parts)
        if len(parts[0]) == 4:  # noqa: PLR2004  YYYY
            interval, vague = day_of(first, second, third), False
        else:
            month_first = self.lexed.language.month_first and "." not in self.lexed[index].text
            day, month = (second, first) if month_first else (first, second)
            usual, other = day_of(third, month, day), day_of(third, day, month)
            interval = usual or other
            vague = month_first and usual is not None and other not in {None, usual}
        return Dated(interval, index, index + 1, full=True, vague=vague) if interval else None

    def _weekday(self, index: int) -> Dated | None:
        """Read "Monday", "Monday, Nov. 3", "lundi dernier"."""
        weekday, end = self.lexed[index].sense.weekday, index + 1
        following = self.lexed.next_to(end, *COMMA, ". ")
        if following.start >= 0:
            after = end + ("the" in following.sense.roles)
            rest = self._day_first(after) or self._month_first(after)
            if rest:
                return Dated(rest.interval, index, rest.end, full=rest.full)
        if self.published is None or weekday is None:
            return None
        bracketed = self._bracketed_day(weekday, end)
        if bracketed:
            return Dated(bracketed, index, end)
        relative = self.lexed.sense(end).relative
        end += relative is not None
        interval = weekday_near(weekday, self.published, relative)
        return Dated(interval, index, end) if interval else None

    def _bracketed_day(self, weekday: int, index: int) -> Interval | None:
        """Read the day of the month that tells which one is meant: "segunda-feira (9)", 周二（20日）."""
        day = self.lexed[index]
        if self.published is None or self.lexed.gap(index) not in _BRACKETS or day.number is None:
            return None
        mark = "day_mark" in self.lexed.sense(index + 1).roles
        if self.lexed.text[self.lexed[index + mark].stop :][:1] != ")":
            return None
        near = (unit_near("day", self.published, steps) for steps in range(-_NEAR_DAYS, _NEAR_DAYS + 1))
        days = [one for one in near if one and one.earliest.day == day.number and one.earliest.weekday() == weekday]
        return nearest(list(days), self.published)

    def _day_first(self, index: int) -> Dated | None:
        """Read "3 November 2025", "3. November", "1er novembre", "3 de noviembre de 2025"."""
        day = self._day(index)
        if day is None:
            return None
        at = self.lexed.skip(self._after_day(index), "of")
        month = self.lexed.next_to(at, *_BEFORE_MONTH).sense.month
        if month is None:
            return None
        return self._with_year(day, month, index, at + 1)

    def _month_first(self, index: int) -> Dated | None:
        """Read "November 3, 2025", "Nov. 3rd"."""
        month = self.lexed[index].sense.month
        day = self._day(index + 1) if self.lexed.next_to(index + 1, ". ").start >= 0 else None
        if month is None or day is None:
            return None
        end = self._after_day(index + 1)
        if self.lexed.gap(end) == " " and self.lexed[end].sense.month is not None:
            return None
        other = self._other_day(index + 1, end)
        if other is not None:
            found = self._with_year(self._day(other) or 0, month, index, self._after_day(other))
            if found and not counts_something(self.lexed, found.end):
                return self._since(day, found)
        return self._with_year(day, month, index, end)

    def _days(self, index: int) -> Dated | None:
        """Read "3-5 November", "du 3 au 5 novembre", "vom 3. bis 5. November 2025"."""
        day = self._day(index)
        if day is None:
            return None
        other = self._other_day(index, self._after_day(index))
        found = None if other is None else self._day_first(other)
        if found is None or counts_something(self.lexed, found.end):
            return None
        return replace(self._since(day, found), first=index)

    def _other_day(self, first: int, end: int) -> int | None:
        """Return the lexeme that is the last day of a range, where it is a later day of the same month."""
        day = self._day(first) or 0
        following = self._day(other) if (other := other_end(self.lexed, first, end, neighbours=True)) else None
        if other is None or following is None or following <= day or self.lexed[other].kind != "n":
            return None
        return other if following == day + 1 or other_end(self.lexed, first, end) else None

    @staticmethod
    def _since(day: int, last: Dated) -> Dated:
        """Return the days from one up to the one that was read; no such range is a day of publication."""
        interval = Interval(last.interval.earliest.replace(day=day), last.interval.latest)
        return replace(last, interval=interval, full=False)

    def _after_day(self, index: int) -> int:
        """Return the index after a day and the suffix of its ordinal."""
        return index + 1 + (self.lexed.gap(index + 1) == "" and "suffix" in self.lexed[index + 1].sense.roles)

    def _day(self, index: int) -> int | None:
        lexeme = self.lexed[index]
        if lexeme.kind == "n" and len(lexeme.text) <= 2 and lexeme.text.isdigit():  # noqa: PLR2004  03 is no number
            return int(lexeme.text) if 1 <= int(lexeme.text) <= _LAST_DAY else None
        number = lexeme.number if lexeme.number is not None else lexeme.sense.ordinal
        if number is None or lexeme.kind == "n":
            return None
        return int(number) if 1 <= number <= _LAST_DAY and number == int(number) else None

    def _with_year(self, day: int, month: int, first: int, end: int) -> Dated | None:
        year, after = self.periods.year_after(end)
        if year is not None:
            interval = day_of(year, month, day)
            return Dated(interval, first, after, full=True) if interval else None
        if self.published is None:
            return None
        years = (self.published.year - 1, self.published.year, self.published.year + 1)
        days = [day_of(one, month, day) for one in years]
        if self.periods.is_past(first):
            days = [one if one and one.earliest <= self.published else None for one in days]
        interval = nearest(days, self.published)
        return Dated(interval, first, end) if interval else None
