"""``llmdeal summarize``: articles in, grounded summaries out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from llmdeal.cli.failures import NO_ANSWER, concerns_one_article
from llmdeal.cli.options import (  # noqa: TC001  typer resolves them at run time
    AllowPrivate,
    AsJson,
    Language,
    OutputLanguage,
    Prompts,
    Published,
)
from llmdeal.cli.report import Report, Shape
from llmdeal.cli.terminal import note
from llmdeal.cli.watching import Watch, watch

if TYPE_CHECKING:
    from datetime import date

    from llmdeal.deal import Result
    from llmdeal.document import Document
    from llmdeal.summarizer import Summarizer

__all__ = ["summarize"]


def summarize(  # noqa: PLR0913  a command's options are its parameters
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Files, - for standard input, or http(s) addresses.")
    ],
    *,
    as_json: AsJson = False,
    as_yaml: Annotated[bool, typer.Option("--yaml", help="Print YAML.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the article too, its evidence highlighted.")
    ] = False,
    language: Language = None,
    published: Published = None,
    output_language: OutputLanguage = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="embedded, a .gguf file, an OpenAI name or provider/model. Default: LLMDEAL_MODEL, else embedded"
            " where no key is set.",
        ),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="An OpenAI-compatible address. Default: OPENAI_BASE_URL.")
    ] = None,
    prompt: Annotated[
        str, typer.Option(metavar="NAME", help="deal for its newest version, deal.v1 for that one.")
    ] = "deal",
    prompts: Prompts = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Summarise news articles about business deals.

    One article with --json gives one object. Several give one line of JSON each, in their order; one that fails
    gives a line {"source": ..., "error": ...} in its place, and the exit code is 1.
    """
    shape = _shape(as_json=as_json, as_yaml=as_yaml, explain=explain)
    from llmdeal.llm import Settings, connect
    from llmdeal.summarizer import Summarizer

    screen = watch()
    # Said once an article is there: what cannot be read is refused in one line.
    announcements: list[str] = []
    llm = connect(Settings(model=model, base_url=base_url), announce=announcements.append, progress=screen.bytes)
    with Summarizer(llm=llm, prompt=prompt, prompts=prompts, output_language=output_language) as summarizer:
        reading = _Reading(
            summarizer,
            screen,
            announcements,
            language=language,
            published=published,
            allow_private=allow_private,
        )
        failed = _summarize_all(sources, reading, Report(shape, many=len(sources) > 1))
    if failed:
        raise typer.Exit(NO_ANSWER)


def _shape(*, as_json: bool, as_yaml: bool, explain: bool) -> Shape:
    if as_json + as_yaml + explain > 1:
        msg = "--json, --yaml and --explain exclude each other: give one of them"
        raise typer.BadParameter(msg)
    if explain:
        return Shape.EXPLAIN
    return Shape.JSON if as_json else Shape.YAML if as_yaml else Shape.CARD


class _Reading:
    """Reads and summarises one article after the other, all in the same way."""

    def __init__(
        self,
        summarizer: Summarizer,
        screen: Watch,
        announcements: list[str],
        *,
        language: str | None,
        published: date | None,
        allow_private: bool,
    ) -> None:
        self._summarizer = summarizer
        self._screen = screen
        self._announcements = announcements
        self._language = language
        self._published = published
        self._allow_private = allow_private

    def __call__(self, source: str) -> tuple[str, Result]:
        """Return the text of an article and its summary."""
        from llmdeal.readers import open_document
        from llmdeal.sources import load

        with self._screen.step(f"reading {source}"):
            article = load(source, allow_private=self._allow_private)
        for warning in article.warnings:
            note(f"warning: {warning}")
        document = open_document(article.text, language=self._language, published=self._published)
        while self._announcements:
            note(self._announcements.pop(0))
        with self._screen.step(f"the model is reading {article.name}"):
            result = self._ask(document)
        return article.text, result.model_copy(update={"text": article.text}) if article.extracted else result

    def _ask(self, document: Document) -> Result:
        if not self._screen.moves:
            return self._summarizer.summarize(document)
        from llmdeal.readers import read

        quotes = {mark: mention.quote for mark, mention in read(document).marks.items()}
        return self._summarizer.summarize(document, on_partial=lambda draft: self._screen.fields(draft, quotes))


def _summarize_all(sources: list[str], reading: _Reading, report: Report) -> bool:
    """Report on each article as soon as it is done, and return whether any failed.

    What concerns one article does not keep the others from being read; what concerns all of them ends the run.
    """
    from llmdeal.errors import LLMDealError

    failed = False
    for source in sources:
        try:
            text, result = reading(source)
        except LLMDealError as error:
            if len(sources) == 1 or not concerns_one_article(error):
                raise
            report.failure(source, error)
            failed = True
        else:
            report.result(source, text, result)
    return failed
