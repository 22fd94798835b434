"""The JSON Schema for the answer about one article: what a draft's schema admits, narrowed to what is on offer."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from llmdeal.deal import DealType, Role
from llmdeal.draft import MARK_KEY, ROLES_BY_TYPE, DealDraft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

    from llmdeal.offer import Offer, OfferedRelated

__all__ = ["schema_for"]


def schema_for(draft: type[BaseModel], offer: Offer) -> dict[str, Any]:
    """Return the JSON Schema of a draft for one article, its marks enumerated.

    Whatever fits this schema fits the draft; the reverse need not hold. A slot for which the article has no mark is
    left out. A deal is one of several objects, one for each type, with the roles of that type, which must be answered.

    Args:
        draft: A draft type, as ``draft_type`` returns it.
        offer: What is on offer, as ``llmdeal.offer.offer_of`` returns it.

    Returns:
        A JSON Schema that offers no mark that the article does not have.

    Raises:
        ValueError: A field that must be answered takes a mark, and none of its kind is on offer.

    Example:
        >>> from llmdeal.draft import DraftReaction
        >>> from llmdeal.offer import Offer
        >>> schema = schema_for(DraftReaction, Offer({"reaction": ["p1"]}))
        >>> schema["properties"]["percent"]
        {'enum': ['p1'], 'type': 'string'}
    """
    schema, marks = _plain_schema(draft), offer.marks
    definitions = {name: _narrow(part, marks, ()) for name, part in schema.get("$defs", {}).items()}
    impossible = [f"#/$defs/{name}" for name, part in definitions.items() if part is None]
    body = _narrow(schema, marks, impossible)
    if body is None:
        msg = f"{draft.__name__} needs a mark of a kind that is not on offer"
        raise ValueError(msg)
    if issubclass(draft, DealDraft):
        _limit_names(body["properties"], definitions, offer)
        body["properties"] |= _answers_fixed_by(offer, body["properties"])
        types = offer.deal_types if offer.certain else (*offer.deal_types, None)
        body = {"anyOf": [_of_type(body, deal_type, offer) for deal_type in types]}
    return {**body, "$defs": {name: part for name, part in definitions.items() if part is not None}}


@cache
def _plain_schema(draft: type[BaseModel]) -> dict[str, Any]:
    return draft.model_json_schema()


def _narrow(
    schema: dict[str, Any], marks: Mapping[str, Sequence[str]], impossible: Sequence[str]
) -> dict[str, Any] | None:
    """Return a schema with its marks enumerated, or None where nothing can fit it."""
    if schema.get("$ref") in impossible:
        return None
    if MARK_KEY in schema:
        offered = marks.get(schema[MARK_KEY], ())
        return {"enum": list(offered), "type": "string"} if offered else None
    if "anyOf" in schema:
        options = [_narrow(option, marks, impossible) for option in schema["anyOf"]]
        possible = [option for option in options if option not in (None, {"type": "null"})]
        nullable = {"type": "null"} in schema["anyOf"]
        return {"anyOf": possible + [{"type": "null"}] * nullable} if possible else None
    if schema.get("type") == "array":
        items = _narrow(schema["items"], marks, impossible)
        return None if items is None else {"type": "array", "items": items, "maxItems": schema.get("maxItems", 6)}
    if schema.get("type") == "object":
        return _narrow_object(schema, marks, impossible)
    return {key: value for key, value in schema.items() if key in {"type", "enum", "const", "$ref"}}


def _narrow_object(
    schema: dict[str, Any], marks: Mapping[str, Sequence[str]], impossible: Sequence[str]
) -> dict[str, Any] | None:
    narrowed = {name: _narrow(part, marks, impossible) for name, part in schema["properties"].items()}
    properties = {name: part for name, part in narrowed.items() if part is not None}
    required = schema.get("required", [])
    if not properties.keys() >= set(required):
        return None
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _limit_names(properties: dict[str, Any], definitions: dict[str, dict[str, Any] | None], offer: Offer) -> None:
    """Let names be none but those of the article, as far as these can be told beforehand."""
    name = _name(offer)
    if name is None:
        return
    definitions[_NAME] = name
    for role in Role:
        properties[role] = properties[role] | {"items": _A_NAME}
    for role, names in ((Role.ADVISER, offer.advisers), (Role.SELLER, offer.sellers)):
        if names:
            properties[role] = properties[role] | {"items": {"enum": list(names)}}
    for part, slots in _NAMED.items():
        if (definition := definitions.get(part)) is not None:
            definition["properties"] |= dict.fromkeys(slots, _A_NAME)


def _name(offer: Offer) -> dict[str, Any] | None:
    if offer.names:
        return {"enum": list(offer.names)}
    if offer.letters:
        return {"type": "string", "pattern": f"^[{re.escape(offer.letters)}]{{2,30}}$"}
    return None


def _answers_fixed_by(offer: Offer, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the slots that the article's own words decide, in whole or in part."""
    fixed: dict[str, Any] = {"status": {"enum": list(offer.statuses)}}
    if offer.closes:
        fixed["completion"] = {"enum": list(offer.marks["completion"])}
    if offer.priced:
        fixed["value"] = {"enum": list(offer.marks["price"])}
    if reactions := offer.marks.get("reaction"):
        fixed["reactions"] = properties["reactions"] | {"minItems": len(reactions), "maxItems": len(reactions)}
    if offer.parts:
        parts = [_closed({"kind": {"const": kind}, "amount": {"const": mark}}) for kind, mark in offer.parts]
        fixed["consideration"] = {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}
    else:
        fixed["consideration"] = {"type": "array", "items": {"type": "null"}, "maxItems": 0}
    fixed["key_points"] = properties["key_points"] | {"minItems": 1, "maxItems": _MOST_KEY_POINTS}
    related = [_related(item, named=_name(offer) is not None) for item in offer.related]
    fixed["related"] = {"type": "array", "prefixItems": related, "items": False, "minItems": len(related)}
    return fixed


def _parties(offered: OfferedRelated, *, named: bool) -> dict[str, Any]:
    """Return what the parties of another deal can be: first somebody whom the article has not named before."""
    parties = {"type": "array", "items": _A_NAME if named else {"type": "string"}, "minItems": 1, "maxItems": 4}
    return parties | ({"prefixItems": [{"enum": list(offered.names)}]} if offered.names else {})


def _related(offered: OfferedRelated, *, named: bool) -> dict[str, Any]:
    slots = {"value": "amount", "stake": "percent", "term": "duration", "date": "date"}
    answers = {slot: {"enum": list(offered.marks[kind])} for slot, kind in slots.items() if offered.marks.get(kind)}
    sentence = {"sentence": {"const": offered.sentence}}
    deal = {
        "deal_type": {"enum": list(offered.deal_types)},
        "parties": _parties(offered, named=named),
        "status": {"enum": list(offered.statuses)},
        **answers,
        "certainty": {"enum": list(offered.certainties)},
    }
    asked = [slot for slot in deal if slot not in answers or slot in {"value", "term"}]
    of_a_deal = _closed(sentence | deal) | {"required": ["sentence", *asked]}
    if offered.plain:
        return of_a_deal
    return {"anyOf": [of_a_deal, _closed(sentence | {"deal_type": {"const": "none"}})]}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _of_type(body: dict[str, Any], deal_type: DealType | None, offer: Offer) -> dict[str, Any]:
    """Return the schema of a deal of one type, or of the answer that there is none."""
    properties: dict[str, Any] = body["properties"] | {"deal_type": {"const": deal_type or "none"}}
    if deal_type is None:
        kept = required = list(_ALWAYS)
    else:
        unspoken = {role for role, spoken in ((Role.ADVISER, offer.advised), (Role.SELLER, offer.sells)) if not spoken}
        roles = [role for role in ROLES_BY_TYPE[deal_type] if role not in unspoken]
        stated = {
            slot: {"enum": list(offer.marks[kind])}
            for slot, kind, types in _STATED_BY_CUES
            if deal_type in types and offer.marks.get(kind)
        }
        properties |= stated
        properties[Role.ADVISER] = properties[Role.ADVISER] | {"maxItems": _MOST_ADVISERS}
        kept = [name for name in properties if name not in _ROLES or name in roles]
        required = [name for name in kept if name in _ASKED or name in stated or name in (*roles[:3], Role.ADVISER)]
    return {
        "type": "object",
        "properties": {name: properties[name] for name in kept},
        "required": required,
        "additionalProperties": False,
    }


_CONTRACTS: Final = frozenset({DealType.SUPPLY, DealType.PARTNERSHIP, DealType.LICENSING, DealType.DEBT})
# A slot, the kind of the marks that its cues point at, and the types of deal that have it.
_STATED_BY_CUES: Final = (
    ("effective", "effective", _CONTRACTS),
    ("expiry", "expiry", _CONTRACTS),
    ("stake", "share", frozenset({DealType.ACQUISITION})),
)
_NAME: Final = "Name"
_A_NAME: Final = {"$ref": f"#/$defs/{_NAME}"}
# The parts of a draft that name somebody, and the slots in which they do.
_NAMED: Final = {"DraftReaction": ("party",), "DraftParent": ("party", "parent")}
_ROLES: Final = frozenset(Role)
_MOST_ADVISERS: Final = 3
_MOST_KEY_POINTS: Final = 3
_ALWAYS: Final = ("sentence", "headline", "deal_type")
_ASKED: Final = frozenset(DealDraft.model_fields) - {*Role, "parents", "effective", "expiry", "conditions"}
