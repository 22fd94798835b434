"""Gold labels: what an article states, as a person has read it.

A leaf is a ``Label``; where a leaf or a list may be None, None means that it is *not labelled* and not scored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

from llmdeal.deal import Certainty, ConsiderationKind, DealStatus, DealType, Role
from llmdeal.mentions import Duration, Money, PartialDate, Percent
from llmdeal.readers import open_document, read

if TYPE_CHECKING:
    from llmdeal.readers import MarkedDocument

__all__ = [
    "ABSENT",
    "GoldArticle",
    "GoldConsideration",
    "GoldDeal",
    "GoldParty",
    "GoldReaction",
    "GoldRelated",
    "Label",
]

V_co = TypeVar("V_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Label(Generic[V_co]):
    """What a leaf may be.

    Args:
        options: The values any of which is right; none where the article states none.
        optional: True where not answering costs nothing.
        quotes: The words of the article that state it.

    Example:
        >>> print(Label(("agreed", "completed")), Label(()).absent)
        agreed | completed True
    """

    options: tuple[V_co, ...]
    optional: bool = False
    quotes: tuple[str, ...] = ()
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Written once here, because scoring reads it for every leaf of every pair.
        object.__setattr__(self, "text", " | ".join(str(option) for option in self.options))

    @property
    def absent(self) -> bool:
        """True where the article states none."""
        return not self.options

    def __str__(self) -> str:
        """Return its options, divided by bars."""
        return self.text


ABSENT: Final[Label[object]] = Label(())


@dataclass(frozen=True, slots=True)
class GoldParty:
    """A party; the options of its name are the name and its aliases."""

    name: Label[str]
    role: Label[Role]
    ticker: Label[str]
    parent: Label[str] | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldConsideration:
    """A part of the price."""

    kind: Label[ConsiderationKind]
    amount: Label[Money]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldReaction:
    """How far a party's share price moved."""

    party: Label[str]
    percent: Label[Percent]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelated:
    """Another deal that the article mentions; its attribution is never scored."""

    parties: tuple[Label[str], ...]
    deal_type: Label[DealType]
    value: Label[Money]
    term: Label[Duration]
    certainty: Label[Certainty]
    status: Label[DealStatus] | None = None
    stake: Label[Percent] | None = None
    date: Label[PartialDate] | None = None
    attribution: Label[str] | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldDeal:
    """The labels of an article, slot by slot.

    ``subject`` and ``conditions`` are not in F1; ``facts`` are what a good summary says, each as the forms any of
    which counts.
    """

    deal_type: Label[DealType] | None = None
    status: Label[DealStatus] | None = None
    subject: Label[str] | None = None
    parties: tuple[GoldParty, ...] | None = None
    value: Label[Money] | None = None
    consideration: tuple[GoldConsideration, ...] | None = None
    stake: Label[Percent] | None = None
    announced: Label[PartialDate] | None = None
    effective: Label[PartialDate] | None = None
    completion: Label[PartialDate] | None = None
    expiry: Label[PartialDate] | None = None
    term: Label[Duration] | None = None
    conditions: tuple[str, ...] | None = None
    reactions: tuple[GoldReaction, ...] | None = None
    related: tuple[GoldRelated, ...] | None = None
    facts: tuple[tuple[str, ...], ...] | None = None

    @property
    def no_deal(self) -> bool:
        """True where the article is labelled as one without a deal."""
        return self.deal_type is not None and self.deal_type.absent


@dataclass(frozen=True)
class GoldArticle:
    """An article with its labels.

    Args:
        id: Unique among the articles that are loaded together.
        language: ISO 639-1 code.
        text: The article exactly as the file holds it; spans of answers refer to it.
        gold: The labels.
        published: Day of publication, where it is known.
        split: ``dev`` (prompts may be tuned on it), ``test`` (only measured), or None.
        story: Articles about the same event share it; it is what is resampled.
        tags: What makes the article hard, in the words of whoever labelled it.
    """

    id: str
    language: str
    text: str = field(repr=False)
    gold: GoldDeal = field(repr=False)
    published: date | None
    split: Literal["dev", "test"] | None
    story: str
    tags: tuple[str, ...]

    @cached_property
    def marked(self) -> MarkedDocument:
        """The article as the readers see it."""
        return read(open_document(self.text, language=self.language, published=self.published))
