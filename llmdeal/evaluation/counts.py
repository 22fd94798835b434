"""The counts of the Message Understanding Conferences, and the ratios made of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Counts", "Outcome", "ratio"]


class Outcome(StrEnum):
    """What became of a leaf.

    FREE is a leaf that the gold allows to be missing and that is missing: it costs nothing and is counted nowhere.

    Source: Chinchor & Sundheim, "MUC-5 Evaluation Metrics" (1993), but for FREE.
    """

    COR = "COR"
    PAR = "PAR"
    INC = "INC"
    MIS = "MIS"
    SPU = "SPU"
    NON = "NON"
    FREE = "FREE"

    @property
    def half_points(self) -> int:
        """Its credit, doubled: 2 for COR, 1 for PAR, else 0."""
        return _HALF_POINTS.get(self, 0)


_HALF_POINTS = {Outcome.COR: 2, Outcome.PAR: 1}


def ratio(numerator: float, denominator: float) -> float | None:
    """Return a ratio, or None, never 1, where it is undefined.

    Example:
        >>> ratio(1, 4), ratio(0, 0)
        (0.25, None)
    """
    return numerator / denominator if denominator else None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many leaves came out how.

    Args:
        cor: Right.
        par: Partly right.
        inc: Wrong.
        mis: In the gold only.
        spu: In the answer only.
        non: In neither.

    Source: Chinchor & Sundheim, "MUC-5 Evaluation Metrics" (1993): POS, ACT, recall, precision and F.

    Example:
        >>> counts = Counts(cor=3, par=1, inc=1, mis=2, spu=1) + Counts(cor=1)
        >>> counts.possible, counts.actual, counts.recall, counts.f1
        (8, 7, 0.5625, 0.6)
    """

    cor: int = 0
    par: int = 0
    inc: int = 0
    mis: int = 0
    spu: int = 0
    non: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Counts:
        """Count outcomes."""
        found = Counter(outcomes)
        return cls(
            cor=found[Outcome.COR],
            par=found[Outcome.PAR],
            inc=found[Outcome.INC],
            mis=found[Outcome.MIS],
            spu=found[Outcome.SPU],
            non=found[Outcome.NON],
        )

    @classmethod
    def total(cls, parts: Iterable[Counts]) -> Counts:
        """Add up counts.

        Example:
            >>> Counts.total([Counts(cor=1), Counts(mis=1)])
            Counts(cor=1, par=0, inc=0, mis=1, spu=0, non=0)
        """
        columns = list(zip(*(astuple(part) for part in parts), strict=True))
        return cls(*(sum(column) for column in columns))

    def __add__(self, other: Counts) -> Counts:
        return Counts.total((self, other))

    @property
    def credit(self) -> float:
        """COR + PAR/2."""
        return self.cor + self.par / 2

    @property
    def possible(self) -> int:
        """POS: the leaves that the gold has."""
        return self.cor + self.par + self.inc + self.mis

    @property
    def actual(self) -> int:
        """ACT: the leaves that the answer has."""
        return self.cor + self.par + self.inc + self.spu

    @property
    def precision(self) -> float | None:
        """Credit by ACT."""
        return ratio(self.credit, self.actual)

    @property
    def recall(self) -> float | None:
        """Credit by POS."""
        return ratio(self.credit, self.possible)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, written so that only one of them need be defined.

        It is 0, not undefined, where nothing was answered: a run that fails everywhere must not escape a comparison.
        """
        return ratio(2 * self.credit, self.possible + self.actual)

    @property
    def invention_rate(self) -> float | None:
        """SPU / (SPU + NON): how often something is answered where the article states nothing."""
        return ratio(self.spu, self.spu + self.non)
