"""The summary of a deal: what this library vouches for.

Everything here is frozen, and serialises to JSON and back without loss.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeVar

from llmdeal.document import Evidence
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Ticker
from llmdeal.usage import Usage

__all__ = [
    "Certainty",
    "Consideration",
    "ConsiderationKind",
    "DealStatus",
    "DealSummary",
    "DealType",
    "DealWarning",
    "Party",
    "Provenance",
    "Reaction",
    "RelatedDeal",
    "Result",
    "Role",
    "Statement",
    "WarningCode",
]


class DealType(StrEnum):
    """What kind of deal it is."""

    ACQUISITION = "acquisition"
    MERGER = "merger"
    JOINT_VENTURE = "joint_venture"
    SUPPLY = "supply"
    PARTNERSHIP = "partnership"
    LICENSING = "licensing"
    FUNDING = "funding"
    DEBT = "debt"
    IPO = "ipo"
    OTHER = "other"


class DealStatus(StrEnum):
    """How far the deal has come, by the article."""

    RUMOURED = "rumoured"
    IN_TALKS = "in_talks"
    OFFERED = "offered"
    AGREED = "agreed"
    COMPLETED = "completed"
    TERMINATED = "terminated"


class Role(StrEnum):
    """What a party is in a deal."""

    ACQUIRER = "acquirer"
    TARGET = "target"
    SELLER = "seller"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    LICENSOR = "licensor"
    LICENSEE = "licensee"
    INVESTOR = "investor"
    ISSUER = "issuer"
    LENDER = "lender"
    BORROWER = "borrower"
    PARTNER = "partner"
    VENTURE = "venture"
    ADVISER = "adviser"


class ConsiderationKind(StrEnum):
    """Which part of the price an amount is."""

    CASH = "cash"
    STOCK = "stock"
    DEBT = "debt"
    UPFRONT = "upfront"
    MILESTONE = "milestone"
    EARN_OUT = "earn_out"
    PER_SHARE = "per_share"


class Certainty(StrEnum):
    """How certain the article is of a related deal."""

    STATED = "stated"
    REPORTED = "reported"
    RUMOURED = "rumoured"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Statement(_Part):
    """A sentence or phrase in the summary's own words, and the sentences of the article behind it."""

    text: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)

    def __str__(self) -> str:
        """Return its words."""
        return self.text


class Party(_Part):
    """A party to the deal, in its role."""

    name: str
    """The name as the article writes it first."""
    role: Role
    ticker: Ticker | None = None
    parent: str | None = None
    """The company that it belongs to, as the article names it."""
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Consideration(_Part):
    """A part of the price."""

    kind: ConsiderationKind
    amount: Money


class Reaction(_Part):
    """What the market made of the deal: how far a party's share price moved."""

    party: str
    percent: Percent
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class RelatedDeal(_Part):
    """Another deal that the article mentions."""

    parties: tuple[str, ...]
    deal_type: DealType | None = None
    status: DealStatus | None = None
    value: Money | None = None
    stake: Percent | None = None
    term: Duration | None = None
    date: PartialDate | None = None
    certainty: Certainty = Certainty.STATED
    attribution: str | None = None
    """Who says so, as the article names them."""
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class DealSummary(_Part):
    """The deal that an article announces; every fact points at the words that state it."""

    deal_type: DealType
    status: DealStatus
    subject: Statement | None = None
    """What changes hands."""
    parties: tuple[Party, ...] = ()
    value: Money | None = None
    """The total."""
    consideration: tuple[Consideration, ...] = ()
    stake: Percent | None = None
    announced: PartialDate | None = None
    """When the event that the article reports was made known."""
    effective: PartialDate | None = None
    completion: PartialDate | None = None
    expiry: PartialDate | None = None
    term: Duration | None = None
    conditions: tuple[Statement, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    related: tuple[RelatedDeal, ...] = ()
    headline: str | None = None
    summary: str | None = None
    key_points: tuple[Statement, ...] = ()
    language: str
    """ISO 639-1 code of the article's language."""
    published: date | None = None
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    """The sentence that states the deal, its type and its status."""


class WarningCode(StrEnum):
    """Why something is not in a summary, or is there with a doubt."""

    UNKNOWN_MARK = "unknown_mark"
    NAME_NOT_FOUND = "name_not_found"
    NUMBER_NOT_STATED = "number_not_stated"
    NAME_NOT_STATED = "name_not_stated"
    DOUBTFUL_VALUE = "doubtful_value"
    HEDGED = "hedged"
    DENIED = "denied"
    COLLAPSED = "collapsed"
    INCOMPLETE = "incomplete"
    PUBLICATION_UNKNOWN = "publication_unknown"
    SERVER = "server"


class DealWarning(_Part):
    """Something that the reader of a summary should know."""

    code: WarningCode
    slot: str | None = None
    """Which field it concerns, as a path: ``parties.supplier``, ``key_points[2]``."""
    message: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.slot}: {self.message}" if self.slot else self.message


class Provenance(_Part):
    """Where a summary comes from and what it took."""

    prompt: str
    version: int
    prompt_sha256: str
    model: str
    usage: Usage = Usage()
    cost: Decimal | None = None
    """US dollars; None where the model's price is not known."""
    seconds: float = 0.0
    attempts: int = 1
    """Requests whose answers were read, re-asks included."""
    replayed: bool = False


DealT = TypeVar("DealT", bound=DealSummary, default=DealSummary)


class Result(_Part, Generic[DealT]):
    """What ``summarize`` returns.

    ``deal`` is None where the article announces no deal: that is an answer, not an error.
    """

    deal: DealT | None
    warnings: tuple[DealWarning, ...] = ()
    provenance: Provenance
    text: str | None = None
    """The text that the spans refer to, where it was taken out of HTML or Markdown."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data that JSON and YAML can write."""
        return self.model_dump(mode="json")
