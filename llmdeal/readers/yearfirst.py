"""Dates that go from the year down to the day, without spaces: 2026年3月31日, 来年3月末, 3日, 2026年第三季度."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from llmdeal.readers.calendar import Interval, day_of, month_of, nearest, part_of, season_of, span_of, unit_of
from llmdeal.readers.dated import Dated, other_end
from llmdeal.readers.periods import PeriodReader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from llmdeal.readers.lexing import Lexed

__all__ = ["YearFirstReader"]

_CENTURY: Final = 2000
_OLDEST_SHORT_YEAR: Final = 20
_YEARS: Final = range(1950, 2101)
_DAYS: Final = range(1, 32)
_QUARTER: Final = 3
_YEAR_MONTHS: Final = 12


class YearFirstReader:
    """Reads a year, a part of it, a day, each of which may be missing; what they are marked with is data.

    Args:
        lexed: The text.
        published: Day of publication, if known.
    """

    def __init__(self, lexed: Lexed, published: date | None) -> None:
        self.lexed = lexed
        self.published = published
        self.periods = PeriodReader(lexed, published)

    def at(self, index: int) -> Dated | None:
        """Return the longest date that begins with a lexeme, or None."""
        year, end = self._year(index)
        found = self._within(year, index, end) if year or end == index else None
        if found is None and year:
            found = self._whole_year(year, index, end)
        if found is None and end == index:
            found = self._lone_day(index) or self._of_relative_part(index) or self.periods.period(index)
        return None if found is None else self._with_part(found)

    def _year(self, index: int) -> tuple[int | None, int]:
        """Return a year and the index after its mark: "2026年", "26年" before a month, "来年"."""
        sense = self.lexed[index].sense
        if sense.period is not None and sense.period[0] == "year" and self.published and not sense.part:
            return self.published.year + sense.period[1], index + 1
        number = self._integer(index)
        mark = self.lexed.sense(index + 1)
        if number in _YEARS and ("fiscal" in mark.roles or mark.code or (mark.part and mark.period)):
            # 2026年底, 2027年度, 2026年前半: the mark is within the word.
            return number, index + 1
        if number is None or "year_mark" not in mark.roles:
            return None, index
        if number in _YEARS:
            return number, index + 2
        short = len(self.lexed[index].text) == 2 and number >= _OLDEST_SHORT_YEAR  # noqa: PLR2004  two figures
        stands = self.lexed.sense(index + 2).month or self._span_of_months(index + 2) or self._ends_a_short_year(index)
        return (_CENTURY + number, index + 2) if short and stands else (None, index)

    def _ends_a_short_year(self, index: int) -> bool:
        """Tell whether what follows "28年" says that it is a year and no length."""
        follows = self.lexed.text[self.lexed[index + 1].stop :][:1]
        return bool(follows) and follows in self.lexed.language.after_short_year

    def _integer(self, index: int) -> int | None:
        lexeme = self.lexed[index]
        if lexeme.kind != "n" or lexeme.number is None or lexeme.number != int(lexeme.number):
            return None
        return int(lexeme.number)

    def _whole_year(self, year: int, first: int, end: int) -> Dated | None:
        interval = unit_of("year", year)
        return Dated(interval, first, end) if interval else None

    def _within(self, year: int | None, first: int, at: int) -> Dated | None:
        """Read what follows a year: a quarter or half, months, a month, a day."""
        at = self.lexed.skip(at, "of") if year else at
        sense = self.lexed.sense(at) if at > first else self.lexed[at].sense
        years = self._years(year)
        if sense.code is not None:
            unit, number = sense.code
            return self._nearest((unit_of(unit, one, number) for one in years), first, at + 1)
        if sense.season not in {None, "winter"} and year:
            season = self._nearest((season_of(sense.season or "", one) for one in years), first, at + 1)
            return replace(season, vague=True) if season else None
        months = self._span_of_months(at)
        if months:
            return self._nearest((span_of(one, *months[:2]) for one in years), first, months[2])
        month = sense.month
        if month is None:
            return None
        if year and "business_year" in self.lexed.sense(at + 1).roles:
            return self._business_year(year, month, first, at + 2)
        day = self._day_after(year, month, first, at)
        return day or self._nearest((month_of(one, month) for one in years), first, at + 1)

    def _day_after(self, year: int | None, month: int, first: int, at: int) -> Dated | None:
        """Read the day after a month, with the day of the week that may follow: 3月31日火曜日; and 11月3日から5日."""
        day = self._integer(at + 1) if self.lexed.next_to(at + 1).start >= 0 else None
        if day is None or day not in _DAYS:
            return None
        last, stop = self._last_day(at + 1)
        marked = "day_mark" in self.lexed.sense(at + 2).roles
        if not marked and last is None:
            return None
        end = stop if last else at + 3 + (self.lexed.sense(at + 3).weekday is not None)
        days = (self._days(day_of(one, month, day), last) for one in self._years(year))
        found = self._nearest(days, first, end)
        return replace(found, full=year is not None and not last) if found else None

    def _last_day(self, at: int) -> tuple[int | None, int]:
        """Return the day that ends a range of days and the index after its mark: 5 of "3日から5日", "3-5日"."""
        marked = "day_mark" in self.lexed.sense(at + 1).roles
        other = other_end(self.lexed, at, at + 1 + marked)
        last = None if other is None else self._integer(other)
        if other is None or last not in _DAYS or "day_mark" not in self.lexed.sense(other + 1).roles:
            return None, at
        return (last, other + 2) if (self._integer(at) or 0) < (last or 0) else (None, at)

    @staticmethod
    def _days(first: Interval | None, last: int | None) -> Interval | None:
        """Return the days from one to that of another number in the same month."""
        if first is None or last is None:
            return first
        day = day_of(first.earliest.year, first.earliest.month, last)
        return Interval(first.earliest, day.latest) if day else None

    def _span_of_months(self, at: int) -> tuple[int, int, int] | None:
        """Return the first and last month of "4-12月" and "3月から5月", and the index after them."""
        other = other_end(self.lexed, at, at + 1)
        if other is None:
            return None
        integer, joined = self._integer(at), self.lexed.text[self.lexed[at].stop : self.lexed[other].start]
        first = self.lexed[at].sense.month if integer is None else integer if joined == "-" else None
        last, end = self.lexed[other].sense.month, other + 1
        if first is None or last is None or not 1 <= first < last:
            return None
        # Days may follow the second month: 3月1日から5月2日 are two dates.
        return None if self._integer(end) and "day_mark" in self.lexed.sense(end + 1).roles else (first, last, end)

    def _business_year(self, year: int, month: int, first: int, end: int) -> Dated | None:
        """Read the twelve months that end with a month ("2026年3月期"), or a quarter of them."""
        code = self.lexed.sense(end).code
        start, stop = month + 1 - 12, month
        if code is not None and code[0] == "quarter":
            start, stop, end = start + _QUARTER * (code[1] - 1), start + _QUARTER * code[1] - 1, end + 1
        interval = span_of(year, start, stop)
        return Dated(interval, first, end, fiscal=True) if interval else None

    def _part_of_business_year(self, found: Dated) -> Dated:
        """Read the quarter or half that follows a business year: 2026财年第三季度."""
        code = self.lexed.sense(self.lexed.skip(found.end, "of")).code
        interval = unit_of(code[0], found.interval.earliest.year, code[1]) if code else None
        if interval is None or found.interval.months != _YEAR_MONTHS:
            return found
        return replace(found, interval=interval, end=self.lexed.skip(found.end, "of") + 1)

    def _years(self, year: int | None) -> Iterable[int]:
        if year is not None:
            return (year,)
        now = self.published.year if self.published else None
        return () if now is None else (now - 1, now, now + 1)

    def _nearest(self, candidates: Iterable[Interval | None], first: int, end: int) -> Dated | None:
        intervals = list(candidates)
        interval = nearest(intervals, self.published) if self.published else next(iter(intervals), None)
        return Dated(interval, first, end) if interval else None

    def _lone_day(self, index: int) -> Dated | None:
        """Read "3日": the last one of that number, the day of publication included."""
        day = self._integer(index)
        if day not in _DAYS or self.published is None:
            return None
        last, stop = self._last_day(index)
        if last is None and "day_mark" not in self.lexed.sense(index + 1).roles:
            return None
        year, month = self.published.year, self.published.month
        if day is None or day > self.published.day:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        interval = self._days(day_of(year, month, day or 0), last)
        return Dated(interval, index, stop if last else index + 2) if interval else None

    def _of_relative_part(self, index: int) -> Dated | None:
        """Read "年底", "月末": a part of the unit of publication."""
        sense = self.lexed[index].sense
        if sense.part is None or sense.period is None:
            return None
        found = self.periods.relative(index)
        return replace(found, interval=part_of(found.interval, sense.part)) if found else None

    def _with_part(self, found: Dated) -> Dated:
        """Read the part of it that follows: "3月末", "2026年底", "来月下旬"; and that a business year is meant."""
        sense = self.lexed.sense(found.end)
        whole = self.lexed[found.first]
        if "fiscal" in sense.roles and found.interval.months and not found.fiscal:
            return self._part_of_business_year(replace(found, end=found.end + 1, fiscal=True))
        if sense.part is None or not found.interval.months or (whole.sense.part and found.end == found.first + 1):
            return found
        return replace(found, interval=part_of(found.interval, sense.part), end=found.end + 1)
