"""Reads the ``gold`` of a gold file into labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, cast

from llmdeal.deal import Certainty, ConsiderationKind, DealStatus, DealType, Role
from llmdeal.evaluation.forms import (
    AMOUNT_KEYS,
    alternatives,
    dates,
    durations,
    enumeration,
    is_optional,
    money_in,
    moneys,
    percents,
    texts,
)
from llmdeal.evaluation.labels import (
    ABSENT,
    GoldConsideration,
    GoldDeal,
    GoldParty,
    GoldReaction,
    GoldRelated,
    Label,
)
from llmdeal.evaluation.located import fault_at
from llmdeal.mentions import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from llmdeal.evaluation.located import Located

__all__ = ["read_deal"]

V = TypeVar("V")

_deal_type, _status, _role = enumeration(DealType), enumeration(DealStatus), enumeration(Role)
_kind, _certainty = enumeration(ConsiderationKind), enumeration(Certainty)

_SLOTS: Final = tuple(GoldDeal.__dataclass_fields__)


def read_deal(node: Located, text: str) -> GoldDeal:
    """Read the labels of an article.

    Args:
        node: The mapping under ``gold``.
        text: The article, which must hold every quote.

    Returns:
        The labels. In an article without a deal every slot is labelled as absent, also those left out.

    Raises:
        GoldError: Something in it is not allowed.
    """
    deal = _Gold(text).deal(node.mapping(_SLOTS))
    if not deal.no_deal:
        return deal
    for slot in _SLOTS:
        if (stated := node.mapping(_SLOTS).get(slot)) and not stated.empty:
            raise fault_at(stated, "is stated, though deal_type is null: an article without a deal states nothing")
    lists = dict.fromkeys(("parties", "consideration", "conditions", "reactions", "related", "facts"), ())
    return GoldDeal(**(dict.fromkeys(_SLOTS, ABSENT) | lists))  # type: ignore[arg-type]  # as the fields are


class _Gold:
    def __init__(self, text: str) -> None:
        self._text = " ".join(text.split())

    def deal(self, slots: dict[str, Located]) -> GoldDeal:
        def leaf(slot: str, read: Callable[[Located], list[V]]) -> Label[V] | None:
            return self._label(slots[slot], read) if slot in slots else None

        def items(slot: str, read: Callable[[Located], V]) -> tuple[V, ...] | None:
            return tuple(read(item) for item in slots[slot].items()) if slot in slots else None

        return GoldDeal(
            deal_type=leaf("deal_type", _deal_type),
            status=leaf("status", _status),
            subject=leaf("subject", texts),
            parties=items("parties", self._party),
            value=leaf("value", moneys),
            consideration=items("consideration", self._consideration),
            stake=leaf("stake", percents),
            announced=leaf("announced", dates),
            effective=leaf("effective", dates),
            completion=leaf("completion", dates),
            expiry=leaf("expiry", dates),
            term=leaf("term", durations),
            conditions=items("conditions", lambda item: item.string()),
            reactions=items("reactions", self._reaction),
            related=items("related", self._related),
            facts=items("facts", _fact),
        )

    def _party(self, node: Located) -> GoldParty:
        fields = node.mapping(
            ("name", "aliases", "role", "ticker", "parent", "quote", "optional"), required=("name", "role")
        )
        name = self._required(fields["name"], texts)
        aliases = self._stated(fields, "aliases", texts)
        return GoldParty(
            name=Label((*name.options, *aliases.options), quotes=self._quotes(fields)),
            role=self._required(fields["role"], _role),
            ticker=self._stated(fields, "ticker", texts),
            parent=self._label(fields["parent"], texts) if "parent" in fields else None,
            optional=is_optional(fields),
        )

    def _consideration(self, node: Located) -> GoldConsideration:
        fields = node.mapping(("kind", *AMOUNT_KEYS, "quote", "optional"), required=("kind", "amount", "currency"))
        kind = self._required(fields["kind"], _kind)
        amounts = money_in(node, fields)
        if ConsiderationKind.PER_SHARE in kind.options and "per" not in fields:
            implied = [amount.model_copy(update={"per": Period.SHARE}) for amount in amounts]
            amounts = implied if len(kind.options) == 1 else [*implied, *amounts]
        return GoldConsideration(
            kind=kind, amount=Label(tuple(amounts), quotes=self._quotes(fields)), optional=is_optional(fields)
        )

    def _reaction(self, node: Located) -> GoldReaction:
        fields = node.mapping(("party", "percent", "quote", "optional"), required=("party", "percent"))
        percent = self._required(fields["percent"], percents)
        return GoldReaction(
            party=self._required(fields["party"], texts),
            percent=Label(percent.options, quotes=(*percent.quotes, *self._quotes(fields))),
            optional=is_optional(fields),
        )

    def _related(self, node: Located) -> GoldRelated:
        keys = ("parties", "deal_type", "status", "value", "stake", "term", "date", "certainty", "attribution")
        fields = node.mapping((*keys, "quote", "optional"), required=("parties",))

        def leaf(key: str, read: Callable[[Located], list[V]]) -> Label[V] | None:
            return self._label(fields[key], read) if key in fields else None

        parties = tuple(self._required(party, texts) for party in fields["parties"].items())
        if not parties:
            raise fault_at(fields["parties"], "is empty; a related deal needs a party")
        self._quotes(fields)
        return GoldRelated(
            parties=parties,
            deal_type=self._stated(fields, "deal_type", _deal_type),
            value=self._stated(fields, "value", moneys),
            term=self._stated(fields, "term", durations),
            # An answer has no way to leave it out: saying nothing of a doubt is saying that the article states it.
            certainty=self._required(fields["certainty"], _certainty)
            if "certainty" in fields
            else Label((Certainty.STATED,)),
            status=leaf("status", _status),
            stake=leaf("stake", percents),
            date=leaf("date", dates),
            attribution=leaf("attribution", texts),
            optional=is_optional(fields),
        )

    def _stated(self, fields: dict[str, Located], key: str, read: Callable[[Located], list[V]]) -> Label[V]:
        """Return the label of a leaf of a list item that is absent where it is left out."""
        return self._label(fields[key], read) if key in fields else cast("Label[V]", ABSENT)

    def _required(self, node: Located, read: Callable[[Located], list[V]]) -> Label[V]:
        label = self._label(node, read)
        if label.absent:
            raise fault_at(node, "is null, but every answer has one; name it")
        return label

    def _label(self, node: Located, read: Callable[[Located], list[V]]) -> Label[V]:
        """Read a leaf: one value, a list that means any of these, or a mapping with ``any_of``."""
        found, optional = alternatives(node)
        options = [value for item in found for value in read(item)]
        mappings = [item.value for item in found if isinstance(item.value, dict)]
        optional |= sum(map(is_optional, mappings)) > 0
        quotes = tuple(quote for fields in mappings for quote in self._quotes(fields))
        return Label(tuple(options), optional=optional and bool(options), quotes=quotes)

    def _quotes(self, fields: dict[str, Located]) -> tuple[str, ...]:
        """Return the quotes of a mapping, each of them words of the article."""
        node = fields.get("quote")
        if node is None or node.value is None:
            return ()
        for quote in (found := node.items() if isinstance(node.value, list) else [node]):
            if " ".join(quote.string().split()) not in self._text:
                raise fault_at(quote, f"{quote.value!r} is not in the text")
        return tuple(quote.string() for quote in found)


def _fact(node: Located) -> tuple[str, ...]:
    forms = node.items() if isinstance(node.value, list) else [node]
    if not forms:
        raise fault_at(node, "is empty; name at least one form of the fact")
    return tuple(form.string() for form in forms)
