"""The draft: what the model is asked to answer.

The model answers with marks (``a1`` for an amount, ``d2`` for a date, ``s3`` for a sentence ...) and with names copied
from the article, never with figures of its own.
"""

from __future__ import annotations

import types
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model

from llmdeal.deal import (
    Certainty,
    ConsiderationKind,
    DealStatus,
    DealSummary,
    DealType,
    Role,
    Statement,
)
from llmdeal.mentions import Duration, MentionKind, Money, PartialDate, Percent

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "MARK_KEY",
    "ROLES_BY_TYPE",
    "DealDraft",
    "DraftConsideration",
    "DraftParent",
    "DraftReaction",
    "DraftRelated",
    "DraftStatement",
    "Judgement",
    "Rewrites",
    "draft_type",
    "extra_fields",
]

MARK_KEY: Final = "x-mark"
"""Key of a field's JSON Schema that says of which kind its marks are."""
_LETTERS: Final = {
    MentionKind.AMOUNT: "a",
    MentionKind.DATE: "d",
    MentionKind.DURATION: "t",
    MentionKind.PERCENT: "p",
    "price": "a",
    "announced": "d",
    "completion": "d",
    "reaction": "p",
    "sentence": "s",
}


def _mark(kind: str) -> Any:  # noqa: ANN401  an annotation, which mypy cannot name
    letter = _LETTERS[kind]
    return Field(pattern=rf"^{letter}[0-9]{{1,6}}$", json_schema_extra={MARK_KEY: str(kind)})


AmountMark = Annotated[str, _mark(MentionKind.AMOUNT)]
PriceMark = Annotated[str, _mark("price")]
DateMark = Annotated[str, _mark(MentionKind.DATE)]
AnnouncedMark = Annotated[str, _mark("announced")]
CompletionMark = Annotated[str, _mark("completion")]
ReactionMark = Annotated[str, _mark("reaction")]
DurationMark = Annotated[str, _mark(MentionKind.DURATION)]
PercentMark = Annotated[str, _mark(MentionKind.PERCENT)]
SentenceMark = Annotated[str, _mark("sentence")]
Names = Annotated[list[str], Field(max_length=12)]

ROLES_BY_TYPE: Final[Mapping[DealType, tuple[Role, ...]]] = {
    DealType.ACQUISITION: (Role.TARGET, Role.ACQUIRER, Role.SELLER, Role.ADVISER),
    DealType.MERGER: (Role.PARTNER, Role.VENTURE, Role.ADVISER),
    DealType.JOINT_VENTURE: (Role.PARTNER, Role.VENTURE),
    DealType.SUPPLY: (Role.SUPPLIER, Role.CUSTOMER),
    DealType.PARTNERSHIP: (Role.PARTNER,),
    DealType.LICENSING: (Role.LICENSOR, Role.LICENSEE),
    DealType.FUNDING: (Role.ISSUER, Role.INVESTOR),
    DealType.DEBT: (Role.BORROWER, Role.LENDER),
    DealType.IPO: (Role.ISSUER, Role.SELLER, Role.ADVISER),
    DealType.OTHER: tuple(Role),
}
"""The roles that a deal of each type has; grounding takes any, a schema per article offers these."""


class _Draft(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class DraftStatement(_Draft):
    """A statement and the sentence of the article that it rests on."""

    text: str
    sentence: SentenceMark


class DraftParent(_Draft):
    """A party and the company that it belongs to."""

    party: str
    parent: str


class DraftConsideration(_Draft):
    """A part of the price."""

    kind: ConsiderationKind
    amount: AmountMark


class DraftReaction(_Draft):
    """A share price that moved on the news."""

    party: str
    percent: ReactionMark


class DraftRelated(_Draft):
    """Another deal that the article mentions."""

    sentence: SentenceMark
    """The sentence that mentions it."""
    deal_type: DealType | Literal["none"] | None = None
    """Its kind; none where the sentence speaks of no other deal."""
    parties: Names = []
    """Names of its parties, as written."""
    status: DealStatus | None = None
    value: AmountMark | None = None
    stake: PercentMark | None = None
    term: DurationMark | None = None
    date: DateMark | None = None
    certainty: Certainty = Certainty.STATED
    """stated as a fact, reported by others, or rumoured."""
    attribution: str | None = None
    """Who says so, as the article names them."""


class DealDraft(_Draft):
    """The deal that the article announces, in marks and names of the article."""

    sentence: SentenceMark
    """The sentence that announces the deal."""
    headline: str | None = None
    """One short sentence: who does what with whom."""
    deal_type: DealType | Literal["none"]
    """The kind of deal; none where the article announces no deal."""
    status: DealStatus | None = None
    """How far the deal has come."""
    target: Names = []
    """The company, unit or assets bought."""
    acquirer: Names = []
    """Who buys a company, a unit, assets or a stake."""
    seller: Names = []
    """Who sells it."""
    supplier: Names = []
    """Who sells goods, services or capacity."""
    customer: Names = []
    """Who buys them."""
    licensor: Names = []
    """Who grants a licence."""
    licensee: Names = []
    """Who takes it."""
    issuer: Names = []
    """Who raises money, or lists its shares."""
    investor: Names = []
    """Who puts money in."""
    borrower: Names = []
    """Who borrows."""
    lender: Names = []
    """Who lends."""
    partner: Names = []
    """Companies that work together, found a venture or merge as equals."""
    venture: Names = []
    """The company that a joint venture or a merger creates."""
    adviser: Names = []
    """Banks and firms that advise a party."""
    parents: list[DraftParent] = []
    """Parties that belong to another company."""
    subject: str | None = None
    """What changes hands, in a few words."""
    value: PriceMark | None = None
    """The total price or volume of this deal; null where the article does not state it."""
    consideration: list[DraftConsideration] = []
    """The parts of the price."""
    stake: PercentMark | None = None
    """The share of the company that changes hands."""
    announced: AnnouncedMark | None = None
    """When the deal was made known."""
    effective: DateMark | None = None
    """When it takes effect."""
    completion: CompletionMark | None = None
    """When it is, or is to be, completed."""
    expiry: DateMark | None = None
    """When it ends."""
    term: DurationMark | None = None
    """How long it lasts."""
    conditions: list[DraftStatement] = []
    """What it still depends on."""
    reactions: list[DraftReaction] = []
    """Share prices that moved on this news."""
    related: list[DraftRelated] = []
    """Other deals that the article mentions."""
    summary: str | None = None
    """Two or three sentences on the deal."""
    key_points: list[DraftStatement] = []
    """The points that matter most, each with its sentence."""

    def names(self, role: Role) -> list[str]:
        """Return the names in the slot of a role."""
        names: list[str] = getattr(self, role.value)
        return names


class Rewrites(_Draft):
    """Sentences written again, in the order they were asked for."""

    sentences: list[str]


class Judgement(_Draft):
    """What a judge says of a summary's prose."""

    covered: list[str]
    """Marks of the facts that the summary states."""
    unsupported: list[str]
    """Marks of its sentences that say what the article does not."""


_MARKED_TYPES: Final[Mapping[type, Any]] = {
    Money: AmountMark,
    PartialDate: DateMark,
    Duration: DurationMark,
    Percent: PercentMark,
    Statement: DraftStatement,
}


def _drafted(annotation: Any, where: str) -> Any:  # noqa: ANN401  annotations have no common type
    """Return what the model is asked for where a summary has a field of this annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in _MARKED_TYPES:
        return _MARKED_TYPES[annotation]
    if annotation is str or annotation is bool or annotation is type(None):
        return annotation
    if origin is Literal and all(isinstance(argument, str | bool | None) for argument in arguments):
        return annotation
    if isinstance(annotation, type) and issubclass(annotation, Enum) and not _has_figures(annotation):
        return annotation
    if origin in (Union, types.UnionType):
        return Union[tuple(_drafted(argument, where) for argument in arguments)]  # noqa: UP007  made at run time
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:  # noqa: PLR2004  tuple[X, ...]
        return list[_drafted(arguments[0], where)]  # type: ignore[misc]  # built at run time
    msg = (
        f"{where}: a field of a summary may be a str, a bool, an Enum or Literal of strings, Money, PartialDate, "
        f"Duration, Percent, Statement, a tuple[..., ...] of one of them, or None, not {annotation!r}: figures must "
        "come from marks of the article (use Money, Percent, PartialDate or Duration)."
    )
    raise TypeError(msg)


def _has_figures(enumeration: type[Enum]) -> bool:
    return not all(isinstance(member.value, str | bool) for member in enumeration)


def _refuse_overrides(summary_type: type[DealSummary]) -> None:
    for name, field in DealSummary.model_fields.items():
        if summary_type.model_fields[name].annotation != field.annotation:
            msg = f"{summary_type.__name__}.{name}: a subclass may add fields, not change ours; give it another name."
            raise TypeError(msg)


def extra_fields(summary_type: type[DealSummary]) -> dict[str, str]:
    """Return the fields that a caller's subclass adds, with their descriptions.

    Example:
        >>> class WithSector(DealSummary):
        ...     sector: str | None = Field(None, description="Industry of the target.")
        >>> extra_fields(WithSector)
        {'sector': 'Industry of the target.'}
    """
    return {
        name: field.description or name.replace("_", " ")
        for name, field in summary_type.model_fields.items()
        if name not in DealSummary.model_fields
    }


@cache
def draft_type(summary_type: type[DealSummary]) -> type[DealDraft]:
    """Return the draft that the model is asked for to fill a summary type.

    Args:
        summary_type: ``DealSummary`` or a subclass with further fields.

    Returns:
        ``DealDraft``, or a subclass with a field for each further field.

    Raises:
        TypeError: A further field has no default, or is of a type that could hold a figure of the model's own.

    Example:
        >>> class WithFee(DealSummary):
        ...     break_fee: Money | None = Field(None, description="What a side pays that walks away.")
        >>> draft_type(WithFee).model_fields["break_fee"].description
        'What a side pays that walks away.'
    """
    _refuse_overrides(summary_type)
    extras = extra_fields(summary_type)
    if not extras:
        return DealDraft
    fields: dict[str, Any] = {}
    for name, description in extras.items():
        field, where = summary_type.model_fields[name], f"{summary_type.__name__}.{name}"
        if field.is_required():
            msg = f"{where}: give it a default (None, or () for a tuple); an article need not state it."
            raise TypeError(msg)
        drafted = _drafted(field.annotation, where)
        if get_origin(drafted) is list:
            fields[name] = (drafted, Field(default_factory=list, description=description))
        else:
            fields[name] = (drafted | None, Field(default=None, description=description))
    return create_model(f"{summary_type.__name__}Draft", __base__=DealDraft, **fields)
