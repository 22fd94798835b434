"""Seasons: "spring 2026", "cet automne", "nächsten Sommer"; never certain, as the south has them the other way round.

A winter with one year is not read: it may be the one that begins or the one that ends in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmdeal.readers.calendar import season_near, season_of
from llmdeal.readers.dated import Dated

if TYPE_CHECKING:
    from llmdeal.readers.lexing import Lexed
    from llmdeal.readers.periods import PeriodReader

__all__ = ["season_at"]

_WINTER = "winter"


def season_at(periods: PeriodReader, index: int, *, in_part: bool = False) -> Dated | None:
    """Read a season with its year, with "this" or "next", or after a preposition.

    Args:
        periods: The reader of the text.
        index: The lexeme that it may begin with.
        in_part: True after "the end of": nothing else need say that it is one.
    """
    lexed = periods.lexed
    sense, after = lexed[index].sense, lexed.sense(index + 1)
    if sense.relative is not None and after.season is not None:
        spoken_of = lexed.sense(index + 2).roles & {"of", "in"}
        if "verb" in after.roles and spoken_of:
            return None
        return _near(periods, after.season, sense.relative, index, index + 2)
    season = sense.season
    if season is None or ("verb" in sense.roles and not in_part and not _has_article(lexed, index)):
        return None
    if after.relative is not None and lexed.sense(index + 2).unit is None:
        return _near(periods, season, after.relative, index, index + 2)
    return _of_year(periods, season, index) or _alone(periods, season, index, in_part=in_part)


def _of_year(periods: PeriodReader, season: str, index: int) -> Dated | None:
    """Read "spring 2026", "Frühjahr des kommenden Jahres", "winter 2025/26"."""
    at = periods.lexed.skip(index + 1, "of", "the")
    pair = periods.business_years(at) if periods.lexed.next_to(at).year else None
    stated = pair or periods.year_of_part(at, fiscal=False)
    if stated is None or (season == _WINTER) != (pair is not None):
        return None
    interval = season_of(season, stated.interval.earliest.year)
    return Dated(interval, index, stated.end, vague=True) if interval else None


def _alone(periods: PeriodReader, season: str, index: int, *, in_part: bool) -> Dated | None:
    """Read "in the spring", "im Herbst", "jesienią", where no year follows."""
    lexed = periods.lexed
    before = lexed[index - 1].sense.roles if lexed.gap(index) in {" ", ""} else frozenset[str]()
    if "the" in before and lexed.gap(index - 1) == " ":
        before |= lexed[index - 2].sense.roles
    stands = in_part or "alone" in lexed[index].sense.roles or before & {"month_in", "season_in"}
    if not stands or lexed.next_to(index + 1).year or _is_defined(lexed, index):
        return None
    found = _near(periods, season, 1 if "ahead" in before else None, index, index + 1)
    if found and periods.published and "past" in before and found.interval.earliest > periods.published:
        return _near(periods, season, -1, index, index + 1)
    return found


def _is_defined(lexed: Lexed, index: int) -> bool:
    """Tell whether "of" follows: "in the fall of the old regime", or of a year that was not read."""
    return "of" in lexed.sense(index + 1).roles


def _near(periods: PeriodReader, season: str, steps: int | None, first: int, end: int) -> Dated | None:
    if periods.published is None:
        return None
    interval = season_near(season, periods.published, steps)
    return Dated(interval, first, end, vague=True) if interval else None


def _has_article(lexed: Lexed, index: int) -> bool:
    """Tell whether a word that is also a form of a verb (été, fall) is a noun here."""
    before = lexed[index - 1].sense
    return lexed.gap(index) in {" ", ""} and bool(
        before.roles & {"the", "season_in", "month_in"} or before.relative is not None or before.part is not None
    )
