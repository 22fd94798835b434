"""Composes the rooms: an article goes in, a grounded summary comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypedDict, Unpack, cast

from llmdeal.deal import DealSummary, DealT, DealWarning, Provenance, Result, WarningCode
from llmdeal.document import Document
from llmdeal.draft import DealDraft, Rewrites, draft_type, extra_fields
from llmdeal.errors import AnswerError, DocumentError, InputError, PromptError
from llmdeal.grounding import Grounding, ground
from llmdeal.llm import Answer, Message, Request, Settings, connect
from llmdeal.narrowing import schema_for
from llmdeal.offer import offer_of
from llmdeal.portal import run_blocking
from llmdeal.prompts import find_prompt
from llmdeal.readers import open_document, read
from llmdeal.rewriting import with_rewrites
from llmdeal.segmentation import language_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path
    from types import TracebackType

    from llmdeal.grounding import Fault
    from llmdeal.llm import LLM
    from llmdeal.prompts import Prompt, Turn
    from llmdeal.readers import MarkedDocument

    OnPartial = Callable[[dict[str, Any]], None]

__all__ = ["AsyncSummarizer", "Summarizer", "asummarize", "summarize"]

_OUTPUT_TOKENS: Final = 1536
_REWRITE_TOKENS: Final = 512


class _Options(TypedDict, total=False):
    """What ``AsyncSummarizer`` takes besides the summary type."""

    model: str | None
    base_url: str | None
    api_key: str | None
    prompt: str
    prompts: Path | str | None
    output_language: str | None
    llm: LLM | None


class AsyncSummarizer(Generic[DealT]):
    """Summarises articles with one model and one prompt; reusable, and safe to share between tasks.

    Args:
        model: ``provider/model``, an OpenAI name, the name of an embedded model or the path of a ``.gguf`` file; found
            from the environment when None, and without a key or an address the embedded model.
        base_url: An OpenAI-compatible address to ask instead.
        api_key: The key; found in the environment when None.
        prompt: Name of the prompt, with a version (``deal.v1``) or without (the newest).
        prompts: A folder of one's own prompts.
        output_language: ISO 639-1 code for headline, summary and key points; the article's when None.
        summary_type: ``DealSummary``, or a subclass with further fields.
        llm: A connected model, instead of ``model``, ``base_url`` and ``api_key``.

    Raises:
        PromptError: There is no such prompt, or it does not ask for a deal.
        ModelError: There is no such model.
        InputError: There is no such language.
        TypeError: The summary type has a field that could hold a figure of the model's own.

    Example:
        >>> import asyncio
        >>> from llmdeal.llm import FakeLLM
        >>> answer = {"sentence": "s1", "deal_type": "supply", "supplier": ["Amazon"], "value": "a1"}
        >>> summarizer = AsyncSummarizer(llm=FakeLLM([answer]))
        >>> result = asyncio.run(summarizer.summarize("Amazon sells OpenAI capacity for $38 billion."))
        >>> print(result.deal.value, "from", repr(result.deal.value.evidence[0].quote))
        USD 38,000,000,000 from '$38 billion'
    """

    def __init__(
        self,
        *,
        model: str | None = None,
        base_url: str | None = None,
        api_key: str | None = None,
        prompt: str = "deal",
        prompts: Path | str | None = None,
        output_language: str | None = None,
        summary_type: type[DealT] = DealSummary,  # type: ignore[assignment]  # the default of the type variable
        llm: LLM | None = None,
    ) -> None:
        self.prompt: Prompt = find_prompt(prompt, prompts)
        if self.prompt.output is not DealDraft:
            msg = f"{self.prompt.reference} does not ask for a deal; give a prompt whose output is DealDraft."
            raise PromptError(msg)
        self.prompt.check()
        if output_language is not None:
            _check_language(output_language)
        self.llm: LLM = llm or connect(Settings(model=model, base_url=base_url, api_key=api_key))
        self._summary_type = summary_type
        self._draft_type = draft_type(summary_type)
        self._output_language = output_language
        self._rewrite = find_prompt("rewrite", prompts)

    async def summarize(
        self,
        article: str | Document,
        *,
        language: str | None = None,
        published: date | None = None,
        on_partial: OnPartial | None = None,
    ) -> Result[DealT]:
        """Summarise one article.

        Args:
            article: Its text, or a document.
            language: ISO 639-1 code of its language; found from the text when None.
            published: Day of publication; found from a dateline when None.
            on_partial: Called with the draft as far as the model has come, again and again.

        Returns:
            The summary, with ``deal`` None where the article announces no deal.

        Raises:
            DocumentError: The article is empty, or longer than the model's context.
            AnswerError: The model gave no answer to use.
        """
        document = (
            article if isinstance(article, Document) else open_document(article, language=language, published=published)
        )
        marked = read(document)
        turns = self.prompt.render(
            marked, output_language=self._output_language, fields=extra_fields(self._summary_type)
        )
        schema = schema_for(self._draft_type, offer_of(marked)) if self.llm.enumerates else None
        request = Request(_messages(turns), self._draft_type, schema, _OUTPUT_TOKENS)
        await self._check_length(request)
        answer = await self.llm.ask(request, on_partial=on_partial)
        draft = cast("DealDraft", answer.parsed)
        grounding = self._ground(draft, marked)
        answers, notes = [answer], list(answer.notices)
        if grounding.unsound:
            try:
                again = await self._ask_again(request, answer, grounding.unsound, document)
            except AnswerError as error:
                notes.append(f"asking again for {len(grounding.unsound)} sentences failed: {error}")
            else:
                answers.append(again)
                grounding = self._ground(with_rewrites(draft, _rewrites(grounding, again)), marked)
        return Result[self._summary_type](  # type: ignore[name-defined]  # known at run time
            deal=grounding.deal,
            warnings=(*grounding.warnings, *_cautions(document, notes)),
            provenance=self._provenance(answers),
        )

    async def aclose(self) -> None:
        """Close connections; the object may be used again afterwards."""
        await self.llm.aclose()

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close connections."""
        await self.aclose()

    def _ground(self, draft: DealDraft, marked: MarkedDocument) -> Grounding[DealT]:
        return ground(draft, marked, self._summary_type, output_language=self._output_language)

    async def _check_length(self, request: Request) -> None:
        """Refuse what does not fit: an article that is cut in silence loses facts in silence."""
        context = self.llm.context_tokens
        if context is None:
            return
        needed = sum([await self.llm.count_tokens(message.content) + 8 for message in request.messages])
        room = context - request.max_output_tokens
        if needed > room:
            msg = (
                f"The article does not fit: with its prompt it takes {needed} tokens, and {self.llm.name} has room for "
                f"{room}. Give a shorter text, or a model with a larger context."
            )
            raise DocumentError(msg)

    async def _ask_again(
        self, request: Request, answer: Answer, unsound: Sequence[tuple[str, Fault]], document: Document
    ) -> Answer:
        faults = dict(unsound)
        turn = self._rewrite.render_alone(
            {
                "faults": [{"sentence": sentence, "fault": str(fault)} for sentence, fault in faults.items()],
                "language": language_name(self._output_language or document.language),
            }
        )
        messages = (*request.messages, Message(role="assistant", content=answer.text), *_messages([turn]))
        return await self.llm.ask(Request(messages, Rewrites, None, _REWRITE_TOKENS))

    def _provenance(self, answers: Sequence[Answer]) -> Provenance:
        costs: list[Decimal] = [answer.cost for answer in answers if answer.cost is not None]
        usage = answers[0].usage
        for answer in answers[1:]:
            usage += answer.usage
        return Provenance(
            prompt=self.prompt.name,
            version=self.prompt.version,
            prompt_sha256=self.prompt.sha256,
            model=answers[0].model,
            usage=usage,
            cost=sum(costs[1:], costs[0]) if len(costs) == len(answers) else None,
            seconds=round(sum(answer.seconds for answer in answers), 3),
            attempts=sum(answer.attempts for answer in answers),
            replayed=all(answer.replayed for answer in answers),
        )


class Summarizer(Generic[DealT]):
    """The same as ``AsyncSummarizer``, for code that does not await.

    Example:
        >>> from llmdeal.llm import FakeLLM
        >>> with Summarizer(llm=FakeLLM([{"sentence": "s1", "deal_type": "none"}])) as summarizer:
        ...     print(summarizer.summarize("Sales rose by 4 per cent.").deal)
        None
    """

    def __init__(
        self,
        *,
        summary_type: type[DealT] = DealSummary,  # type: ignore[assignment]  # the default of the type variable
        **settings: Unpack[_Options],
    ) -> None:
        self._asynchronous = AsyncSummarizer(summary_type=summary_type, **settings)

    def summarize(
        self,
        article: str | Document,
        *,
        language: str | None = None,
        published: date | None = None,
        on_partial: OnPartial | None = None,
    ) -> Result[DealT]:
        """Summarise one article; see ``AsyncSummarizer.summarize``."""
        return run_blocking(
            lambda: self._asynchronous.summarize(article, language=language, published=published, on_partial=on_partial)
        )

    def close(self) -> None:
        """Close connections; the object may be used again afterwards."""
        run_blocking(self._asynchronous.aclose)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close connections."""
        self.close()


def summarize(
    text: str | Document,
    *,
    language: str | None = None,
    published: date | None = None,
    summary_type: type[DealT] = DealSummary,  # type: ignore[assignment]  # the default of the type variable
    **settings: Unpack[_Options],
) -> Result[DealT]:
    """Summarise one article.

    Args:
        text: The article.
        language: ISO 639-1 code of its language; found from the text when None.
        published: Day of publication; found from a dateline when None.
        summary_type: ``DealSummary``, or a subclass with further fields.
        **settings: What ``AsyncSummarizer`` takes: model, base_url, api_key, prompt, prompts, output_language, llm.

    Returns:
        The summary, with ``deal`` None where the article announces no deal.

    Raises:
        InputError: The article, the prompt or the model cannot be used.
        AnswerError: The model gave no answer to use.

    Example:
        >>> from llmdeal.llm import FakeLLM
        >>> answer = {"sentence": "s1", "deal_type": "acquisition", "status": "agreed", "acquirer": ["Kestrel"]}
        >>> result = summarize("Kestrel buys Bella Nonna.", llm=FakeLLM([answer]))
        >>> result.deal.parties[0].name, result.deal.value
        ('Kestrel', None)
    """
    with Summarizer(summary_type=summary_type, **settings) as summarizer:
        return summarizer.summarize(text, language=language, published=published)


async def asummarize(
    text: str | Document,
    *,
    language: str | None = None,
    published: date | None = None,
    summary_type: type[DealT] = DealSummary,  # type: ignore[assignment]  # the default of the type variable
    **settings: Unpack[_Options],
) -> Result[DealT]:
    """Summarise one article, for code that awaits; see ``summarize``."""
    async with AsyncSummarizer(summary_type=summary_type, **settings) as summarizer:
        return await summarizer.summarize(text, language=language, published=published)


def _messages(turns: Sequence[Turn]) -> tuple[Message, ...]:
    return tuple(Message(role=turn.role, content=turn.content) for turn in turns)


def _check_language(code: str) -> None:
    try:
        language_name(code)
    except ValueError as error:
        raise InputError(str(error)) from error


def _rewrites(grounding: Grounding[Any], answer: Answer) -> dict[str, str]:
    """Return the new sentence for each unsound one; what was answered with nothing is dropped as unsound."""
    asked = dict.fromkeys(sentence for sentence, _ in grounding.unsound)
    answered = cast("Rewrites", answer.parsed).sentences
    return {old: new for old, new in zip(asked, answered, strict=False) if new.strip()}


def _cautions(document: Document, notes: Sequence[str]) -> list[DealWarning]:
    cautions = [DealWarning(code=WarningCode.SERVER, message=note) for note in notes]
    if document.published is None:
        cautions.append(
            DealWarning(
                code=WarningCode.PUBLICATION_UNKNOWN,
                slot="published",
                message="no publication date: weekdays and the like cannot be resolved (give one with published=)",
            )
        )
    return cautions
