"""From an article and a summary to a report: every leaf is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic_core import PydanticSerializationError, to_jsonable_python

from llmdeal.checking.leaves import Leaves, unchecked
from llmdeal.checking.mapping import LeafMapping, Rule, written
from llmdeal.checking.own import (
    check_evidence,
    check_value,
    deal_in,
    evidence_in,
    interval_in,
    is_result,
    published_in,
    value_in,
)
from llmdeal.checking.reading import Beside
from llmdeal.checking.report import CheckReport, LeafKind
from llmdeal.checking.stated import Stated
from llmdeal.document import Document
from llmdeal.errors import InputError
from llmdeal.readers import open_document, read
from llmdeal.readers.dateline import published_in as day_in_header
from llmdeal.segmentation import LANGUAGES, detect_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from llmdeal.checking.mapping import Step
    from llmdeal.checking.report import LeafCheck
    from llmdeal.mentions import Value

__all__ = ["check"]

# What a result says of itself and not of the deal.
_ABOUT_ITSELF: Final = frozenset({"warnings", "provenance", "text"})
_DEEPEST: Final = 60
# From how many characters of prose on its language is told whatever it is, and how many words make prose.
_TELLING: Final = 60
_PROSE: Final = 4


def check(
    article: str | Document,
    summary: Any,  # noqa: ANN401  whatever JSON can hold
    *,
    mapping: LeafMapping | Mapping[str, Any] | None = None,
    language: str | None = None,
    published: date | None = None,
) -> CheckReport:
    """Look up in an article whatever a summary says, whoever wrote it.

    What this library wrote is held to its evidence: each quote is at its span, each value is what the readers read
    there, each name is in the article, and the prose is checked. In any other JSON the kind of a leaf is told by its
    key, its looks or the mapping; an amount is stated only to the very figure, and a date only as exactly as the
    article gives it.

    Args:
        article: Its text, or a document.
        summary: A ``Result``, a ``DealSummary``, or plain data as JSON gives it.
        mapping: As what to check the leaves at given paths.
        language: ISO 639-1 code of the article's language; the summary's own word for it, or found, when None.
        published: Day of publication; the summary's own word for it, or found, when None.

    Returns:
        A verdict for every leaf.

    Raises:
        DocumentError: The article is empty.
        InputError: The summary is no plain data, or the mapping is none.

    Example:
        >>> article = "Amazon va fournir à OpenAI des services pour 38 milliards de dollars."
        >>> report = check(article, {"customer": "OpenAI", "value": {"amount": "38 billion", "currency": "USD"}})
        >>> [(leaf.path, leaf.verdict.value) for leaf in report.leaves]
        [('customer', 'grounded'), ('value.amount', 'grounded'), ('value.currency', 'grounded')]
        >>> [leaf.nearest for leaf in check(article, {"price": "€38bn"}).leaves]
        ['USD 38,000,000,000']
    """
    try:
        data = to_jsonable_python(summary)
    except (PydanticSerializationError, ValueError) as error:
        msg = f"The summary is no plain data: {error}"
        raise InputError(msg) from error
    deal = deal_in(data)
    document = _document(article, deal, language=language, published=published)
    stated = Stated(read(document), _vouched_for(article, document, published))
    rules = mapping if isinstance(mapping, LeafMapping) else LeafMapping.of(dict(mapping or {}))
    walk = _Walk(stated, rules, _language_of(data, document.language))
    return CheckReport(leaves=tuple(walk.leaves(data)), language=document.language, published=document.published)


def _document(
    article: str | Document, deal: dict[str, Any] | None, *, language: str | None, published: date | None
) -> Document:
    """Return the article as a document, read as the summary's own deal says that it was."""
    if isinstance(article, Document) and language is None and published is None:
        return article
    text = article.text if isinstance(article, Document) else article
    said = deal.get("language") if deal is not None else None
    if language is None and said in LANGUAGES:
        language = said
    if published is None and deal is not None:
        published = published_in(deal)
    return open_document(text, language=language, published=published)


def _vouched_for(article: str | Document, document: Document, published: date | None) -> date | None:
    """Return the day of publication as the caller or the article says it, whatever the summary does."""
    if published is not None:
        return published
    if isinstance(article, Document):
        return article.published
    return day_in_header(document.text, document.language)


def _language_of(data: Any, own: str) -> str | None:  # noqa: ANN401  whatever JSON can hold
    """Return the language of a summary's prose, or None where there is too little of it to tell.

    Args:
        data: The summary.
        own: The article's language: that, or English, is believed of a few words too.
    """
    prose = " ".join(words for words in _strings(data) if len(words.split()) >= _PROSE)
    if not prose:
        return None
    language = detect_language(prose)
    return language if len(prose) >= _TELLING or language in (own, "en") else None


def _strings(data: Any) -> Iterator[str]:  # noqa: ANN401  whatever JSON can hold
    """Yield the strings of plain data, but not the article's own: quotes, and what is said about a result."""
    stack, depth = [(data, 0)], 0
    while stack:
        node, depth = stack.pop()
        if depth > _DEEPEST:
            msg = f"The summary is nested more than {_DEEPEST} deep."
            raise InputError(msg)
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            stack += [(value, depth + 1) for key, value in node.items() if key not in {*_ABOUT_ITSELF, "evidence"}]
        elif isinstance(node, list):
            stack += [(value, depth + 1) for value in node]


class _Walk:
    """Walks through plain data, leaf by leaf."""

    def __init__(self, stated: Stated, rules: LeafMapping, told: str | None) -> None:
        self._stated = stated
        self._rules = rules
        own = stated.document.language
        self._leaves = Leaves(stated, told or own)
        # Where the summary's language is not told, most tools answer in English whatever they read.
        self._languages = ((told,), (own,)) if told else (tuple(dict.fromkeys((own, "en"))),)

    def leaves(self, data: Any) -> Iterator[LeafCheck]:  # noqa: ANN401  whatever JSON can hold
        if is_result(data):
            for key, value in data.items():
                if key in _ABOUT_ITSELF:
                    yield from (unchecked(path, leaf) for path, leaf in _flat(value, key))
                else:
                    yield from self._node(value, (key,), (data,))
        else:
            yield from self._node(data, (), ())

    def _node(self, node: Any, path: tuple[Step, ...], objects: tuple[dict[str, Any], ...]) -> Iterator[LeafCheck]:  # noqa: ANN401  whatever JSON holds
        if len(path) > _DEEPEST:
            msg = f"The summary is nested more than {_DEEPEST} deep."
            raise InputError(msg)
        if isinstance(node, list):
            for position, item in enumerate(node):
                yield from self._node(item, (*path, position), objects)
        elif isinstance(node, dict):
            yield from self._object(node, path, objects)
        else:
            key = next((step for step in reversed(path) if isinstance(step, str)), "")
            beside = Beside(objects, self._languages, self._stated.document.published)
            yield self._leaves.check(written(path), key, node, beside, self._rules.rule_at(path))

    def _object(
        self, node: dict[str, Any], path: tuple[Step, ...], objects: tuple[dict[str, Any], ...]
    ) -> Iterator[LeafCheck]:
        value = value_in(node)
        if value is not None:
            yield from self._value(value, path)
            return
        evidence = evidence_in(node)
        for number, one in enumerate(evidence):
            yield check_evidence(self._stated.document, written((*path, "evidence", number)), one)
        dated = interval_in(node)
        if dated is not None:
            beside = Beside((node, *objects), self._languages, self._stated.document.published)
            yield self._leaves.check(written(path), "date", dated, beside, Rule(LeafKind.DATE))
        for key, item in node.items():
            if not (evidence and key == "evidence") and not (dated and key in {"earliest", "latest"}):
                yield from self._node(item, (*path, key), (node, *objects))

    def _value(self, value: Value, path: tuple[Step, ...]) -> Iterator[LeafCheck]:
        yield check_value(self._stated, written(path), value)
        for number, same in enumerate(getattr(value, "same_as", ())):
            yield check_value(self._stated, written((*path, "same_as", number)), same)


def _flat(node: Any, path: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  whatever JSON can hold
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _flat(value, f"{path}.{key}")
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from _flat(value, f"{path}[{position}]")
    else:
        yield path, node
