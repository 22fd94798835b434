"""Days, months, quarters and years: intervals of the calendar and their parts."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final

__all__ = [
    "SEASONS",
    "Interval",
    "day_of",
    "month_of",
    "nearest",
    "part_of",
    "season_near",
    "season_of",
    "span_of",
    "unit_near",
    "unit_of",
    "weekday_near",
]

_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_YEAR: Final = 12
# Whole months, as meteorologists count them in the north; a winter is that of the year it begins in.
SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}


@dataclass(frozen=True, slots=True)
class Interval:
    """The first and the last day of a stretch of the calendar, and how many months it has (0: in days)."""

    earliest: date
    latest: date
    months: int = 0

    def distance(self, day: date) -> int:
        """Return how far the middle of the interval is from a day; what is to come counts half as far again.

        Papers give the year of what is far ahead more readily than of what is as long ago.
        """
        days = self.earliest.toordinal() + self.latest.toordinal() - 2 * day.toordinal()
        return 3 * days if days > 0 else -2 * days


def _months(first: int, count: int) -> Interval | None:
    """Return an interval of months, the first counted from the year 0."""
    (year, month), (last_year, last_month) = divmod(first, _YEAR), divmod(first + count - 1, _YEAR)
    if not (year >= MINYEAR and last_year <= MAXYEAR):
        return None
    last_day = monthrange(last_year, last_month + 1)[1]
    return Interval(date(year, month + 1, 1), date(last_year, last_month + 1, last_day), count)


def day_of(year: int, month: int, day: int) -> Interval | None:
    """Return a day, or None where the calendar has no such day."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= _YEAR and 1 <= day <= monthrange(year, month)[1]):
        return None
    return Interval(date(year, month, day), date(year, month, day))


def month_of(year: int, month: int) -> Interval | None:
    """Return a month."""
    return _months(year * _YEAR + month - 1, 1)


def span_of(year: int, first: int, last: int) -> Interval | None:
    """Return the months of a year from one to another; 0 and less are of the year before."""
    return _months(year * _YEAR + first - 1, last - first + 1)


def unit_of(unit: str, year: int, number: int = 1) -> Interval | None:
    """Return a year, or a half or a quarter of it.

    Args:
        unit: "month", "quarter", "half" or "year".
        year: Which year.
        number: Which of them in the year, from 1.

    Example:
        >>> interval = unit_of("quarter", 2026, 3)
        >>> print(interval.earliest, interval.latest)
        2026-07-01 2026-09-30
    """
    size = _MONTHS[unit]
    if not 1 <= number <= _YEAR // size:
        return None
    return _months(year * _YEAR + (number - 1) * size, size)


def season_of(season: str, year: int) -> Interval | None:
    """Return a season of the northern hemisphere.

    Args:
        season: "spring", "summer", "autumn" or "winter".
        year: The year that it begins in.

    Example:
        >>> interval = season_of("winter", 2025)
        >>> print(interval.earliest, interval.latest)
        2025-12-01 2026-02-28
    """
    return span_of(year, *SEASONS[season])


def season_near(season: str, day: date, steps: int | None) -> Interval | None:
    """Return the season that is meant in an article of a certain day.

    Args:
        season: "spring", "summer", "autumn" or "winter".
        day: Day of publication.
        steps: -1 for the last one that is over, 0 for this year's, 1 for the next one to begin; None for the nearest.
    """
    near = [one for one in (season_of(season, day.year + years) for years in (-2, -1, 0, 1)) if one]
    if steps == -1:
        return max((one for one in near if one.latest < day), key=lambda one: one.latest, default=None)
    if steps == 1:
        return min((one for one in near if one.earliest > day), key=lambda one: one.earliest, default=None)
    if steps == 0 and season != "winter":
        return season_of(season, day.year)
    return nearest(list(near), day)


def unit_near(unit: str, day: date, steps: int) -> Interval | None:
    """Return the unit that a day is in, or one that is so many away from it.

    Args:
        unit: "day", "week", "month", "quarter", "half" or "year".
        day: A day.
        steps: -1 for the unit before, 1 for the one after.
    """
    try:
        if unit == "day":
            moved = day + timedelta(days=steps)
            return Interval(moved, moved)
        if unit == "week":
            monday = day + timedelta(days=7 * steps - day.weekday())
            return Interval(monday, monday + timedelta(days=6))
    except OverflowError:
        return None
    size = _MONTHS[unit]
    return _months(((day.year * _YEAR + day.month - 1) // size + steps) * size, size)


def part_of(interval: Interval, part: str) -> Interval:
    """Return the early, middle or late part of an interval.

    Of a year or a half that is its first or last quarter, or the middle half of it; of a quarter, its
    first, middle or last month; of a month, its days 1-10, 11-20 or 21 to the end; a week and a day stay whole.

    Args:
        interval: What it is a part of.
        part: "early", "mid" or "late".
    """
    if not interval.months:
        return interval
    year, month = interval.earliest.year, interval.earliest.month
    if interval.months == 1:
        first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, interval.latest.day)}[part]
        return Interval(interval.earliest.replace(day=first), interval.earliest.replace(day=last))
    outer = max(interval.months // 4, min(interval.months // 2, 3), 1)
    middle = max(interval.months // 2, 1) if interval.months != 6 else 2  # noqa: PLR2004  whole months only
    offset, size = {
        "early": (0, outer),
        "mid": ((interval.months - middle) // 2, middle),
        "late": (interval.months - outer, outer),
    }[part]
    return _months(year * _YEAR + month - 1 + offset, size) or interval


def nearest(candidates: list[Interval | None], day: date) -> Interval | None:
    """Return the interval that is nearest to a day; the earlier one of two that are as near."""
    return min((one for one in candidates if one), key=lambda one: one.distance(day), default=None)


def weekday_near(weekday: int, day: date, relative: int | None, *, of_week: bool = False) -> Interval | None:
    """Return the day of the week that is meant in an article of a certain day.

    Args:
        weekday: Monday is 0.
        day: Day of publication.
        relative: -1 for "last", 1 for "next"; else the last one, the day of publication included.
        of_week: True where "last Friday" is the Friday of last week, never of this one.
    """
    if of_week and relative is not None:
        return unit_near("day", day, 7 * relative - day.weekday() + weekday)
    back = (day.weekday() - weekday) % 7
    if relative == -1:
        back = back or 7
    if relative == 1:
        back -= 7
    return unit_near("day", day, -back)
