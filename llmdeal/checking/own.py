"""What this library wrote itself: every quote at its span, every value as the readers read it there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from llmdeal.checking.claims import claim_of, kind_of
from llmdeal.checking.report import LeafCheck, LeafKind, Verdict
from llmdeal.document import Evidence
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Ticker

if TYPE_CHECKING:
    from llmdeal.checking.stated import Stated
    from llmdeal.document import Document
    from llmdeal.mentions import Value

__all__ = [
    "check_evidence",
    "check_value",
    "deal_in",
    "evidence_in",
    "interval_in",
    "is_result",
    "published_in",
    "value_in",
]

_RESULT: Final = frozenset({"deal", "provenance"})
_DEAL: Final = frozenset({"deal_type", "status", "language", "evidence"})
# A value by the keys that only it has; in a reaction, "percent" is an object of its own.
_VALUES: Final[tuple[tuple[frozenset[str], type[Value]], ...]] = (
    (frozenset({"amount", "currency"}), Money),
    (frozenset({"earliest", "latest"}), PartialDate),
    (frozenset({"months"}), Duration),
    (frozenset({"percent"}), Percent),
    (frozenset({"symbol"}), Ticker),
)


def deal_in(summary: Any) -> dict[str, Any] | None:  # noqa: ANN401  whatever JSON can hold
    """Return the deal in what ``summarize`` printed, or in a serialised ``DealSummary``; None for anything else.

    Args:
        summary: Plain data.
    """
    if isinstance(summary, dict) and summary.keys() >= _RESULT:
        summary = summary["deal"]
    return summary if isinstance(summary, dict) and summary.keys() >= _DEAL else None


def is_result(summary: Any) -> bool:  # noqa: ANN401  whatever JSON can hold
    """Tell whether plain data is a serialised ``Result``."""
    return isinstance(summary, dict) and summary.keys() >= _RESULT


def value_in(node: dict[str, Any]) -> Value | None:
    """Return the typed value that an object serialises together with its evidence, or None.

    Args:
        node: An object of plain data.
    """
    if not evidence_in(node):
        return None
    for wanted, value_type in _VALUES:
        if node.keys() >= wanted and not any(isinstance(node[key], dict) for key in wanted):
            try:
                return value_type.model_validate(node)
            except ValidationError:
                return None
    return None


def interval_in(node: dict[str, Any]) -> str | None:
    """Return the date that an object gives by its two ends, as ISO 8601 writes an interval, or None.

    Args:
        node: An object of plain data.

    Example:
        >>> interval_in({"earliest": "2026-10-01", "latest": "2026-12-31"})
        '2026-10-01/2026-12-31'
    """
    ends = [node.get(end) for end in ("earliest", "latest")]
    return "/".join(map(str, ends)) if all(isinstance(end, str) for end in ends) else None


def evidence_in(node: dict[str, Any]) -> tuple[Evidence, ...]:
    """Return the evidence that an object carries; none where what it has under that key is something else.

    Args:
        node: An object of plain data.
    """
    listed = node.get("evidence")
    if not isinstance(listed, list):
        return ()
    try:
        return tuple(Evidence.model_validate(one) for one in listed)
    except ValidationError:
        return ()


def check_value(stated: Stated, path: str, value: Value) -> LeafCheck:
    """Check a value against the words that it points at: the readers, put there again, must read just it.

    Args:
        stated: The article.
        path: Where the value stands in the summary.
        value: The value with its evidence.
    """
    kind = kind_of(claim_of(value))
    claimed = value.model_copy(update={"evidence": (), **({"same_as": ()} if isinstance(value, Money) else {})})
    for one in value.evidence:
        fault = _fault(stated.document, one)
        mention = stated.mention_at(one.span)
        nearest = None
        if fault is None and mention is None:
            fault = f"the readers see no value at {one.quote!r}"
            nearest = stated.nearest([claim_of(value)])
        elif fault is None and mention is not None and mention.value != claimed:
            nearest = str(mention.value)
            fault = f"{one.quote!r} does not say {claimed}"
        if fault is not None:
            return LeafCheck(
                path=path, value=str(claimed), kind=kind, verdict=Verdict.NOT_STATED, nearest=nearest, message=fault
            )
    return LeafCheck(path=path, value=str(claimed), kind=kind, verdict=Verdict.GROUNDED, evidence=value.evidence)


def check_evidence(document: Document, path: str, evidence: Evidence) -> LeafCheck:
    """Check that a quote is what the article has at its span, in the sentence that it names.

    Args:
        document: The article.
        path: Where the evidence stands in the summary.
        evidence: The evidence.
    """
    fault = _fault(document, evidence)
    return LeafCheck(
        path=path,
        value=evidence.quote,
        kind=LeafKind.EVIDENCE,
        verdict=Verdict.NOT_STATED if fault else Verdict.GROUNDED,
        evidence=() if fault else (evidence,),
        message=fault,
    )


def _fault(document: Document, evidence: Evidence) -> str | None:
    span = evidence.span
    if not span.start < span.stop <= len(document.text):
        return f"the article has no characters {span.start} to {span.stop}"
    found = document.quote(span)
    if found != evidence.quote:
        return f"at {span.start}-{span.stop} the article has {found!r}, not {evidence.quote!r}"
    number = document.sentence_at(span.start).number
    if number != evidence.sentence:
        return f"{evidence.quote!r} is in sentence {number}, not {evidence.sentence}"
    return None


def published_in(deal: dict[str, Any]) -> date | None:
    """Return the day of publication that a serialised deal was read with."""
    try:
        return date.fromisoformat(str(deal.get("published")))
    except ValueError:
        return None
