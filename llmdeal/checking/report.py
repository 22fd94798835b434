"""What a check found: a verdict for every leaf of a summary."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from llmdeal.document import Evidence

__all__ = ["CheckReport", "LeafCheck", "LeafKind", "Verdict"]


class Verdict(StrEnum):
    """What an article says to a leaf of a summary.

    UNCHECKED leaves claim nothing that could be looked up: codes, yes and no, words without a number or a name.
    """

    GROUNDED = "grounded"
    NOT_STATED = "not_stated"
    UNCHECKED = "unchecked"


class LeafKind(StrEnum):
    """As what a leaf is checked."""

    AMOUNT = "amount"
    CURRENCY = "currency"
    DATE = "date"
    PERCENT = "percent"
    DURATION = "duration"
    TICKER = "ticker"
    NUMBER = "number"
    NAME = "name"
    TEXT = "text"
    EVIDENCE = "evidence"
    IGNORE = "ignore"


class LeafCheck(BaseModel):
    """A leaf of a summary and what the article says to it."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    path: str
    """Where it stands in the summary: ``deal.parties[0].name``."""
    value: str
    """The leaf, as a person reads it."""
    kind: LeafKind | None = None
    """As what it was checked; None where it was not."""
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    """The places of the article that state it."""
    nearest: str | None = None
    """The nearest that the article does state, where it does not state this."""
    message: str | None = None
    """What is wrong, or why it was not checked."""


class CheckReport(BaseModel):
    """A verdict for every leaf of a summary, in the order of the summary.

    Example:
        >>> from llmdeal.checking import check
        >>> report = check("Kestrel pays $38 billion.", {"buyer": "Kestrel", "price": 83000000000})
        >>> report.holds, [leaf.verdict.value for leaf in report.leaves], report.leaves[1].nearest
        (False, ['grounded', 'not_stated'], 'USD 38,000,000,000')
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    leaves: tuple[LeafCheck, ...]
    language: str
    """ISO 639-1 code of the article's language."""
    published: date | None = None

    @property
    def holds(self) -> bool:
        """True where the article states everything that could be checked."""
        return not self.of(Verdict.NOT_STATED)

    def of(self, verdict: Verdict) -> tuple[LeafCheck, ...]:
        """Return the leaves with a verdict."""
        return tuple(leaf for leaf in self.leaves if leaf.verdict is verdict)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data that JSON and YAML can write, the counts first."""
        counts = {verdict.value: len(self.of(verdict)) for verdict in Verdict}
        return {"holds": self.holds, "counts": counts, **self.model_dump(mode="json")}
