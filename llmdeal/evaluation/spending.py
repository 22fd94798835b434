"""What a run took: tokens, dollars, seconds, attempts."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from llmdeal.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from llmdeal.evaluation.answers import Answered

__all__ = ["Spending", "spending_of"]

_P95: Final = 0.95


@dataclass(frozen=True, slots=True)
class Spending:
    """What a run took.

    Args:
        usage: Tokens, those of failures included where they are known.
        cost: US dollars that the answers cost; None where the price of one is not known. What failures cost never is.
        median: Seconds an answered article, in the middle.
        p95: Seconds that 95 % of the answered articles kept within.
        attempts: Requests, re-asks included.
        answers: Of how many answers, failures included.
        replayed: How many of them come from recordings; their seconds are those of the recording.
    """

    usage: Usage
    cost: Decimal | None
    median: float | None
    p95: float | None
    attempts: int
    answers: int
    replayed: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data that JSON can write; what is not known is None."""
        return {
            "tokens": {
                "input": self.usage.input_tokens,
                "cached": self.usage.cached_tokens,
                "output": self.usage.output_tokens,
            },
            "cost": None if self.cost is None else float(self.cost),
            "seconds": {"median": self.median, "p95": self.p95},
            "attempts": self.attempts,
            "replayed": self.replayed,
        }


def spending_of(answers: Iterable[Answered]) -> Spending:
    """Add up what answers took.

    Args:
        answers: The answers.

    Returns:
        The sums; seconds are those of answers alone, because a failure's are not known.

    Example:
        >>> from llmdeal.deal import Provenance
        >>> from llmdeal.evaluation.answers import Answered
        >>> made = [Provenance(prompt="deal", version=1, prompt_sha256="", model="m", seconds=n) for n in (1, 2, 9)]
        >>> taken = spending_of(Answered(id=str(n), provenance=one) for n, one in enumerate(made))
        >>> taken.median, taken.p95, taken.attempts, taken.cost
        (2.0, 9.0, 3, None)
    """
    answers = tuple(answers)
    made = [one.provenance for one in answers if one.provenance is not None]
    answered = [one.provenance for one in answers if one.provenance is not None and one.failure is None]
    costs = [provenance.cost for provenance in answered if provenance.cost is not None]
    seconds = [provenance.seconds for provenance in answered]
    return Spending(
        usage=sum((provenance.usage for provenance in made), Usage()),
        cost=sum(costs[1:], costs[0]) if costs and len(costs) == len(answered) else None,
        median=statistics.median(seconds) if seconds else None,
        p95=_rank(seconds, _P95) if seconds else None,
        attempts=sum(provenance.attempts for provenance in made),
        answers=len(answers),
        replayed=sum(provenance.replayed for provenance in made),
    )


def _rank(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share does not exceed (nearest rank)."""
    return sorted(values)[math.ceil(share * len(values)) - 1]
