"""A baseline without a model: the first of what is on offer, and the first names.

It is asked what a model is asked, with the same schema, which the readers have narrowed to what the article's words
admit, and takes the first of everything. So what a model scores above it is the model's own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from llmdeal.deal import DealType, Role
from llmdeal.draft import ROLES_BY_TYPE
from llmdeal.errors import InvalidAnswerError
from llmdeal.llm.counting import estimate_tokens
from llmdeal.llm.request import Answer
from llmdeal.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from llmdeal.llm.request import OnPartial, Request

__all__ = ["Rules"]

_SENTENCE = re.compile(r"^\[(s\d+)\] (.*)$", re.MULTILINE)
_MARK = re.compile(r"\[[a-z]\d+[^|\]]*\|([^\]]*)\]")
_UPPER: Final = r"[^\W\d_a-zß-öø-ÿ]"
# Words with a capital, one after the other; where a script has none, katakana, or a few Han before a particle.
_NAME = re.compile(
    rf"(?<!\w){_UPPER}[\w&.'’-]*(?: (?:& |de |of )?{_UPPER}[\w&.'’-]*)*"
    r"|[\u30a0-\u30ff]{3,}|[\u4e00-\u9fff]{3,6}(?=[はがと、，])"
)
_TRAILING: Final = ".,'’-"
_AGENCY: Final = re.compile(r"^[^.]{0,60}?(?:\(.{2,20}\)|\d{4}\)?) ?[-–—] ?")
# Who does it stands before whom it is done to.
_ORDER: Final[Mapping[DealType, tuple[Role, ...]]] = {
    **ROLES_BY_TYPE,
    DealType.ACQUISITION: (Role.ACQUIRER, Role.TARGET),
    DealType.OTHER: (Role.ACQUIRER,),
}
_MOST_PARTIES: Final = 2


class Rules:
    """A language model's stand-in that takes the first of what is on offer; named ``rules`` in the harness.

    Example:
        >>> from llmdeal.summarizer import Summarizer
        >>> with Summarizer(llm=Rules()) as summarizer:
        ...     deal = summarizer.summarize("Kestrel buys Bella for $40 million.", language="en").deal
        >>> [(party.role.value, party.name) for party in deal.parties], str(deal.value)
        ([('target', 'Bella'), ('acquirer', 'Kestrel')], 'USD 40,000,000')
    """

    name = "rules"
    context_tokens = None
    enumerates = True
    temperature = 0.0

    async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
        """Answer from the schema and the marked article of a request.

        Args:
            request: The question; its schema is one for the article.
            on_partial: Called once, with the whole answer.

        Raises:
            InvalidAnswerError: The request has no schema of its own, or asks for something else than a deal.
        """
        article = _Article(request.messages[-1].content)
        answer = _first(request.schema or {}, request.schema or {}, article)
        text = json.dumps(answer, ensure_ascii=False)
        try:
            parsed = request.response_model.model_validate(answer)
        except ValidationError as error:
            msg = f"The rules know how to answer about a deal only, not {request.response_model.__name__}."
            raise InvalidAnswerError(msg, attempts=1, usage=Usage(), last_answer=text) from error
        if on_partial is not None:
            on_partial(answer)
        return Answer(parsed=parsed, text=text, usage=Usage(), attempts=1, seconds=0.0, model=self.name, cost=None)

    async def count_tokens(self, text: str) -> int:
        """Return an estimate: nothing is sent."""
        return estimate_tokens(text)

    async def aclose(self) -> None:
        """Do nothing: there is nothing to close."""


class _Article:
    """The marked article of a request: its sentences without their marks, and the names in them."""

    def __init__(self, rendered: str) -> None:
        found = _SENTENCE.findall(rendered)
        self.sentences: dict[str, str] = {mark: _MARK.sub(r"\1", words) for mark, words in found}
        self._plain = {mark: _MARK.sub(" ", words) for mark, words in found}
        self._often = Counter(name for words in self._plain.values() for name in _names(words))

    def first(self) -> str:
        return next(iter(self.sentences.values()), "")

    def names(self) -> list[str]:
        """Return the names of the first sentences, those first that the article writes again."""
        leading = [name for words in islice(self._plain.values(), 3) for name in _names(words)]
        distinct = list(dict.fromkeys(leading))
        return sorted(distinct, key=lambda name: self._often[name] < 2)  # noqa: PLR2004  again: twice

    def names_in(self, sentence: str) -> list[str]:
        return list(dict.fromkeys(_names(self._plain.get(sentence, ""))))


def _names(words: str) -> Iterator[str]:
    for match in _NAME.finditer(_AGENCY.sub("", words)):
        yield match.group().rstrip(_TRAILING)


def _first(schema: Mapping[str, Any], root: Mapping[str, Any], article: _Article) -> Any:  # noqa: ANN401  JSON
    """Return the first answer that a schema admits."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return _first(schema["anyOf"][0], root, article)
    if schema.get("type") == "array":
        items = [*schema.get("prefixItems", ()), *[schema.get("items")] * schema.get("minItems", 0)]
        return [_first(item, root, article) for item in items[: schema.get("minItems", 0)]]
    if schema.get("type") == "object":
        return _first_object(schema, root, article)
    options = [schema["const"]] if "const" in schema else schema.get("enum", ())
    return next(iter(options), article.first() if schema.get("type") == "string" else None)


def _first_object(schema: Mapping[str, Any], root: Mapping[str, Any], article: _Article) -> dict[str, Any]:
    properties = schema["properties"]
    asked = {name: properties[name] for name in properties if name in schema.get("required", ())}
    answer = {name: _first(part, root, article) for name, part in asked.items()}
    if "headline" in properties and answer["deal_type"] in set(DealType):
        answer |= _roles(DealType(answer["deal_type"]), article.names(), properties)
    elif "parties" in answer:
        answer["parties"] = article.names_in(answer["sentence"])[:_MOST_PARTIES] or [article.first()[:40]]
    elif "party" in answer:
        answer["party"] = next(iter(article.names()), "")
    return answer


def _roles(deal_type: DealType, names: Sequence[str], properties: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the first names in the roles of a type, in the order in which a sentence has them."""
    roles = [role for role in _ORDER[deal_type] if role in properties][:_MOST_PARTIES]
    if len(roles) == 1 or roles[0] is Role.PARTNER:
        return {roles[0].value: list(names[:_MOST_PARTIES])}
    return {role.value: [name] for role, name in zip(roles, names, strict=False)}
