"""JSON schemas as servers want them: closed, complete, and without keywords that strict mode refuses."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

# Annotations and limits that OpenAI's strict mode refuses. What they demand is still checked on the answer.
_REFUSED = frozenset(
    {
        *("title", "default", "examples", "deprecated", "discriminator", "readOnly", "writeOnly"),
        *("minLength", "maxLength", "contentEncoding", "contentMediaType"),
        *("uniqueItems", "contains", "minContains", "maxContains", "unevaluatedItems"),
        *("minProperties", "maxProperties", "propertyNames", "patternProperties", "unevaluatedProperties"),
    },
)
_INEXPRESSIBLE = frozenset({"prefixItems", "not", "if", "dependentRequired", "dependentSchemas"})
_FORMATS = frozenset({"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"})


@lru_cache(maxsize=32)
def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of ``model``, closed and complete where that is possible.

    Args:
        model: The model that answers are validated into.

    Returns:
        A schema in which every object lists all its properties as required and admits no others; the plain schema of
        the model where it holds something that strict mode cannot express, such as a free mapping. It is computed once
        a model: do not change it.

    Example:
        >>> from pydantic import BaseModel
        >>> class City(BaseModel):
        ...     name: str
        ...     people: int | None = None
        >>> strict_schema(City)["required"]
        ['name', 'people']
    """
    plain = model.model_json_schema()
    schema = _strict(deepcopy(plain), plain.get("$defs", {}), ())
    return schema if is_strict(schema) else plain


def is_strict(schema: object) -> bool:
    """Return whether strict mode accepts ``schema``: every object closed, every property required.

    Args:
        schema: A JSON schema, or any part of one.

    Example:
        >>> is_strict({"type": "object", "properties": {"a": {}}, "required": ["a"], "additionalProperties": False})
        True
        >>> is_strict({"type": "object", "additionalProperties": {"type": "string"}})
        False
    """
    if isinstance(schema, list):
        return all(is_strict(part) for part in schema)
    if not isinstance(schema, dict):
        return True
    if not _INEXPRESSIBLE.isdisjoint(schema):
        return False
    properties = schema.get("properties", {})
    if schema.get("type") == "object" and (
        schema.get("additionalProperties") is not False or set(schema.get("required", ())) != set(properties)
    ):
        return False
    parts = [*properties.values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ())]
    return all(is_strict(part) for part in [*parts, schema.get("items")])


def response_format(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return OpenAI's ``response_format`` for ``schema``, strict where the schema admits it.

    Args:
        name: What the schema is called, letters, digits, ``_`` and ``-``.
        schema: The schema, sent exactly as it is.
    """
    safe = "".join(char if char.isascii() and (char.isalnum() or char in "_-") else "_" for char in name)[:64]
    wrapped: dict[str, Any] = {"name": safe, "schema": schema}
    if is_strict(schema):
        wrapped["strict"] = True
    return {"type": "json_schema", "json_schema": wrapped}


def _strict(node: Any, defs: dict[str, Any], inside: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON is anything
    if isinstance(node, list):
        return [_strict(part, defs, inside) for part in node]
    if not isinstance(node, dict):
        return node
    node = _without_siblings_of_ref(node, defs, inside)
    if "$ref" in node:
        return node
    if len(node.get("allOf", ())) == 1:
        node = {**node.pop("allOf")[0], **node}
    kept = {key: value for key, value in node.items() if _is_kept(key, value)}
    return _closed({("anyOf" if key == "oneOf" else key): _part(key, kept[key], defs, inside) for key in kept})


def _is_kept(key: str, value: object) -> bool:
    return value in _FORMATS if key == "format" else key not in _REFUSED


def _part(key: str, value: Any, defs: dict[str, Any], inside: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON is anything
    if key in {"properties", "$defs"}:
        return {name: _strict(part, defs, inside) for name, part in value.items()}
    return value if key in {"enum", "const", "required"} else _strict(value, defs, inside)


def _closed(node: dict[str, Any]) -> dict[str, Any]:
    # A free mapping stays one: is_strict then refuses the whole.
    free = isinstance(node.get("additionalProperties"), dict)
    if node.get("type") != "object" or free or node.get("additionalProperties") is True:
        return node
    properties = node.get("properties", {})
    return {**node, "properties": properties, "required": list(properties), "additionalProperties": False}


def _without_siblings_of_ref(node: dict[str, Any], defs: dict[str, Any], inside: tuple[str, ...]) -> dict[str, Any]:
    """Inline a ``$ref`` that carries a description, since strict mode admits no keyword beside it."""
    reference = node.get("$ref")
    siblings = {key: value for key, value in node.items() if key != "$ref" and key not in _REFUSED}
    if not isinstance(reference, str) or not siblings:
        return {"$ref": reference} if reference else node
    name = reference.removeprefix("#/$defs/")
    if name in inside or name not in defs:
        return {"$ref": reference}
    return {**_strict(deepcopy(defs[name]), defs, (*inside, name)), **siblings}
