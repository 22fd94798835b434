"""Asks one model, with one prompt, about many articles, and keeps every answer as soon as it is there."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from llmdeal.deal import Provenance
from llmdeal.errors import (
    AnswerError,
    AuthenticationError,
    DocumentError,
    LLMDealError,
    RequestError,
    TransportError,
)
from llmdeal.evaluation.answers import Answered
from llmdeal.evaluation.labels import GoldArticle
from llmdeal.evaluation.runs import Run, RunAbout, RunWriter, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from llmdeal.deal import DealSummary
    from llmdeal.summarizer import AsyncSummarizer

    Keep = Callable[[Answered], None]
    OnAnswer = Callable[[Answered, int, int], None]

__all__ = ["Question", "about_run", "ask_all", "run_articles", "run_name"]

# So many articles in a row that the server did not get to, or refused, and it is no matter of the article.
_IN_A_ROW: Final = 3
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
# What a failure begins with that says nothing of the model: the article is asked about again.
_OF_THE_NETWORK: Final = ("TransportError:", "RateLimitError:")


@dataclass(frozen=True, slots=True)
class Question:
    """An article that is asked about, for the ``repeat``-th time, from 0."""

    article: GoldArticle
    repeat: int = 0


async def run_articles(
    summarizer: AsyncSummarizer[DealSummary],
    articles: Sequence[GoldArticle],
    path: Path,
    *,
    repeats: int = 1,
    concurrency: int = 1,
    on_answer: OnAnswer | None = None,
) -> Run:
    """Ask about articles and save the answers; what the file has already is not asked again.

    Args:
        summarizer: The model and the prompt.
        articles: What to ask about.
        path: The file of the run; it is gone on with where it is there.
        repeats: How often to ask about each article.
        concurrency: How many questions may be under way at the same time.
        on_answer: Called after each answer with it, how many are done, and of how many.

    Returns:
        The run. A failure with one article is an answer like any other; one of the network is asked again the next
        time.

    Raises:
        RunError: The file is a run of something else.
        LLMDealError: Something is wrong that concerns all articles, such as a refused key. The file is as far as it
            came.

    Example:
        >>> import asyncio, tempfile
        >>> from pathlib import Path
        >>> from llmdeal.evaluation.labels import GoldArticle, GoldDeal
        >>> from llmdeal.llm import FakeLLM
        >>> from llmdeal.summarizer import AsyncSummarizer
        >>> article = GoldArticle("one", "en", "Sales rose by 4 per cent.", GoldDeal(), None, None, "one", ())
        >>> summarizer = AsyncSummarizer(llm=FakeLLM([{"sentence": "s1", "deal_type": "none"}]))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     for _ in range(2):  # the second time there is nothing left to ask
        ...         run = asyncio.run(run_articles(summarizer, [article], Path(folder, "one.jsonl")))
        >>> [(answered.id, answered.deal) for answered in run.answers], len(summarizer.llm.requests)
        ([('one', None)], 1)
    """
    with RunWriter(path, about_run(path.stem, summarizer, articles, repeats=repeats)) as writer:
        done = {(one.id, one.repeat) for one in writer.run.answers if not _is_of_the_network(one)}
        questions = [Question(article, repeat) for repeat in range(repeats) for article in articles]
        left = [question for question in questions if (question.article.id, question.repeat) not in done]
        count = len(questions) - len(left)

        def keep(answered: Answered) -> None:
            nonlocal count
            count += 1
            writer.add(answered)
            if on_answer is not None:
                on_answer(answered, count, len(questions))

        await ask_all(summarizer, left, keep, concurrency=concurrency, reached=bool(done))
        return writer.run


async def ask_all(
    summarizer: AsyncSummarizer[DealSummary],
    questions: Iterable[Question],
    keep: Keep,
    *,
    concurrency: int = 1,
    reached: bool = False,
) -> None:
    """Ask questions, some at the same time.

    An article that the server does not get to, or refuses, is a failure of its own as long as others are answered.
    Three in a row, or none that is answered, are a failure of all: nothing is kept of them, and the asking ends. What
    is under way then is awaited, because it is paid for.

    Args:
        summarizer: The model and the prompt.
        questions: What to ask, in this order.
        keep: Called with each answer, also where it is a failure, from the event loop's thread.
        concurrency: How many may be under way at the same time.
        reached: Whether the model is known to answer.

    Raises:
        LLMDealError: What is wrong for all articles.
    """
    asking = _Asking(summarizer, questions, keep, reached=reached)
    async with asyncio.TaskGroup() as group:
        for _ in range(max(concurrency, 1)):
            group.create_task(asking.work())
    asking.end()


def about_run(
    name: str, summarizer: AsyncSummarizer[DealSummary], articles: Iterable[GoldArticle], *, repeats: int = 1
) -> RunAbout:
    """Say what a run is a run of.

    Args:
        name: Of the run.
        summarizer: The model and the prompt.
        articles: What is asked about.
        repeats: How often.
    """
    prompt, llm = summarizer.prompt, summarizer.llm
    return RunAbout(
        name=name,
        created=datetime.now(UTC).replace(microsecond=0),
        llmdeal=_library_version(),
        prompt=prompt.name,
        version=prompt.version,
        prompt_sha256=prompt.sha256,
        model=llm.name,
        temperature=getattr(llm, "temperature", 0.0),
        repeats=repeats,
        articles=tuple(digest_of(article) for article in articles),
    )


def run_name(summarizer: AsyncSummarizer[DealSummary]) -> str:
    """Return the name of a run: prompt, version, model, and the temperature where it is not 0.

    Args:
        summarizer: The model and the prompt.

    Example:
        >>> from llmdeal.llm import FakeLLM
        >>> from llmdeal.summarizer import AsyncSummarizer
        >>> run_name(AsyncSummarizer(llm=FakeLLM(name="openai/gpt-4.1-mini"), prompt="deal.v1"))
        'deal.v1--openai-gpt-4.1-mini'
    """
    temperature: float = getattr(summarizer.llm, "temperature", 0.0)
    warmth = f"--t{temperature:g}" if temperature else ""
    return f"{summarizer.prompt.reference}--{_NOT_IN_A_NAME.sub('-', summarizer.llm.name)}{warmth}"


class _Asking:
    """What the tasks that ask have in common."""

    def __init__(
        self,
        summarizer: AsyncSummarizer[DealSummary],
        questions: Iterable[Question],
        keep: Keep,
        *,
        reached: bool,
    ) -> None:
        self._summarizer = summarizer
        self._questions = iter(questions)
        self._keep = keep
        self._reached = reached
        self._fatal: LLMDealError | None = None
        # Not answered, and not known yet whether for want of a server.
        self._doubtful: list[tuple[Answered, AnswerError]] = []

    async def work(self) -> None:
        """Ask one question after the other, until there is none left or all is lost."""
        while self._fatal is None and (question := next(self._questions, None)) is not None:
            await self._ask(question)

    def end(self) -> None:
        """Keep what is left in doubt, or raise what is wrong for all."""
        if self._fatal is None and self._doubtful and not self._reached:
            self._fatal = self._doubtful[-1][1]
        if self._fatal is not None:
            raise self._fatal
        self._settle()

    async def _ask(self, question: Question) -> None:
        article = question.article
        try:
            result = await self._summarizer.summarize(
                article.text, language=article.language, published=article.published
            )
        except AuthenticationError as error:
            self._stop(error)
        except (AnswerError, DocumentError) as error:
            self._failed(self._failure(question, error), error)
        except LLMDealError as error:
            self._stop(error)
        else:
            self._answered(
                Answered(
                    id=article.id,
                    repeat=question.repeat,
                    deal=result.deal,
                    warnings=result.warnings,
                    provenance=result.provenance,
                )
            )

    def _answered(self, answered: Answered) -> None:
        self._reached = True
        self._settle()
        self._keep(answered)

    def _failed(self, answered: Answered, error: AnswerError | DocumentError) -> None:
        if isinstance(error, (TransportError, RequestError)):
            self._doubtful.append((answered, error))
            if len(self._doubtful) >= _IN_A_ROW:
                self._stop(error)
        elif isinstance(error, DocumentError):
            self._keep(answered)
        else:
            self._answered(answered)

    def _stop(self, error: LLMDealError) -> None:
        self._fatal = self._fatal or error

    def _settle(self) -> None:
        """Keep what was in doubt: the model answers, so it was the articles."""
        while self._fatal is None and self._doubtful:
            self._keep(self._doubtful.pop(0)[0])

    def _failure(self, question: Question, error: AnswerError | DocumentError) -> Answered:
        return Answered(
            id=question.article.id,
            repeat=question.repeat,
            failure=" ".join(f"{type(error).__name__}: {error}".split()),
            provenance=self._spent(error) if isinstance(error, AnswerError) else None,
        )

    def _spent(self, error: AnswerError) -> Provenance:
        prompt, llm = self._summarizer.prompt, self._summarizer.llm
        return Provenance(
            prompt=prompt.name,
            version=prompt.version,
            prompt_sha256=prompt.sha256,
            model=llm.name,
            usage=error.usage,
            attempts=error.attempts,
        )


def _is_of_the_network(answered: Answered) -> bool:
    return answered.failure is not None and answered.failure.startswith(_OF_THE_NETWORK)


def _library_version() -> str:
    try:
        return version("llmdeal")
    except PackageNotFoundError:
        return "unknown"
