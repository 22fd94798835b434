"""Structured, grounded summaries of business deals.

Example:
    >>> import llmdeal
    >>> from llmdeal.llm import FakeLLM
    >>> answer = {"sentence": "s1", "deal_type": "supply", "status": "agreed", "customer": ["OpenAI"], "value": "a1"}
    >>> result = llmdeal.summarize("OpenAI va payer 38 milliards de dollars.", llm=FakeLLM([answer]))
    >>> print(result.deal.value)
    USD 38,000,000,000
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from llmdeal.checking import (
        CheckReport,
        check,
    )
    from llmdeal.deal import (
        Certainty,
        Consideration,
        ConsiderationKind,
        DealStatus,
        DealSummary,
        DealType,
        DealWarning,
        Party,
        Provenance,
        Reaction,
        RelatedDeal,
        Result,
        Role,
        Statement,
        WarningCode,
    )
    from llmdeal.document import (
        Document,
        Evidence,
        Sentence,
        Span,
    )
    from llmdeal.errors import (
        AnswerError,
        AuthenticationError,
        DocumentError,
        EmptyAnswerError,
        FetchError,
        InputError,
        InvalidAnswerError,
        LLMDealError,
        ModelError,
        PromptError,
        RateLimitError,
        RefusalError,
        RequestError,
        TransportError,
        TruncatedError,
    )
    from llmdeal.mentions import (
        AmountCue,
        Duration,
        Mention,
        MentionKind,
        Money,
        PartialDate,
        Percent,
        Period,
        Qualifier,
        Ticker,
    )
    from llmdeal.readers import (
        MarkedDocument,
        open_document,
        read,
    )
    from llmdeal.summarizer import (
        AsyncSummarizer,
        Summarizer,
        asummarize,
        summarize,
    )
    from llmdeal.usage import (
        Usage,
    )

__all__ = [
    "AmountCue",
    "AnswerError",
    "AsyncSummarizer",
    "AuthenticationError",
    "Certainty",
    "CheckReport",
    "Consideration",
    "ConsiderationKind",
    "DealStatus",
    "DealSummary",
    "DealType",
    "DealWarning",
    "Document",
    "DocumentError",
    "Duration",
    "EmptyAnswerError",
    "Evidence",
    "FetchError",
    "InputError",
    "InvalidAnswerError",
    "LLMDealError",
    "MarkedDocument",
    "Mention",
    "MentionKind",
    "ModelError",
    "Money",
    "PartialDate",
    "Party",
    "Percent",
    "Period",
    "PromptError",
    "Provenance",
    "Qualifier",
    "RateLimitError",
    "Reaction",
    "RefusalError",
    "RelatedDeal",
    "RequestError",
    "Result",
    "Role",
    "Sentence",
    "Span",
    "Statement",
    "Summarizer",
    "Ticker",
    "TransportError",
    "TruncatedError",
    "Usage",
    "WarningCode",
    "asummarize",
    "check",
    "open_document",
    "read",
    "summarize",
]

# Names are imported when they are first asked for: `llmdeal --help` needs none of them.
_HOMES: Final = {
    "llmdeal.checking": (
        "CheckReport",
        "check",
    ),
    "llmdeal.deal": (
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
    ),
    "llmdeal.document": (
        "Document",
        "Evidence",
        "Sentence",
        "Span",
    ),
    "llmdeal.errors": (
        "AnswerError",
        "AuthenticationError",
        "DocumentError",
        "EmptyAnswerError",
        "FetchError",
        "InputError",
        "InvalidAnswerError",
        "LLMDealError",
        "ModelError",
        "PromptError",
        "RateLimitError",
        "RefusalError",
        "RequestError",
        "TransportError",
        "TruncatedError",
    ),
    "llmdeal.mentions": (
        "AmountCue",
        "Duration",
        "Mention",
        "MentionKind",
        "Money",
        "PartialDate",
        "Percent",
        "Period",
        "Qualifier",
        "Ticker",
    ),
    "llmdeal.readers": (
        "MarkedDocument",
        "open_document",
        "read",
    ),
    "llmdeal.summarizer": (
        "AsyncSummarizer",
        "Summarizer",
        "asummarize",
        "summarize",
    ),
    "llmdeal.usage": ("Usage",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return __all__
