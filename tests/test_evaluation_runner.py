"""The runner: what is asked, how often, at the same time as what, and what stops it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from llmdeal.errors import (
    AnswerError,
    AuthenticationError,
    DocumentError,
    LLMDealError,
    ModelError,
    RateLimitError,
    RefusalError,
    RequestError,
    TransportError,
)
from llmdeal.evaluation import Answered, Run, RunError, load_articles, load_run, run_articles, run_name, score_run
from llmdeal.llm import Recording
from llmdeal.summarizer import AsyncSummarizer
from llmdeal.usage import Usage
from tests.invented import IDS, POOR, WellRead, write_articles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from llmdeal.evaluation import GoldArticle
    from llmdeal.llm import LLM, Answer, Request
    from llmdeal.llm.request import OnPartial


@pytest.fixture(name="articles")
def _articles(tmp_path: Path) -> tuple[GoldArticle, ...]:
    return load_articles(write_articles(tmp_path / "gold"))


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "runs" / "run.jsonl"


def run(llm: LLM, articles: Sequence[GoldArticle], path: Path, **options: Any) -> Run:  # noqa: ANN401  options of the runner, passed on
    return asyncio.run(run_articles(AsyncSummarizer(llm=llm), articles, path, **options))


def refused() -> RefusalError:
    return RefusalError("it\ndeclined", attempts=2, usage=Usage(input_tokens=7))


def test_every_article_is_asked_about_once_and_saved(articles: Sequence[GoldArticle], path: Path) -> None:
    llm = WellRead()
    made = run(llm, articles, path)
    assert llm.asked == list(IDS)
    assert load_run(path) == made
    assert (made.about.model, made.about.prompt, made.about.repeats) == ("fake", "deal", 1)
    figures = score_run(made, articles).figures(resamples=0)
    assert (figures.micro.counts.f1, figures.exact_records.value, figures.ungrounded.hits) == (1.0, 1.0, 0)


def test_what_is_answered_is_not_asked_again(articles: Sequence[GoldArticle], path: Path) -> None:
    first, second, third = WellRead(), WellRead({"birch": refused()}), WellRead()
    run(first, articles[:5], path)
    done = run(second, articles, path)
    assert (first.asked, second.asked) == (list(IDS[:5]), list(IDS[5:]))
    assert run(third, articles, path) == done
    assert third.asked == []


def test_after_a_kill_only_the_torn_answer_and_the_rest_are_asked(articles: Sequence[GoldArticle], path: Path) -> None:
    whole = run(WellRead(), articles, path)
    lines = path.read_bytes().splitlines(keepends=True)
    # Killed while the line of the fifth answer was being written.
    path.write_bytes(b"".join(lines[:5]) + lines[5][:40])
    again = WellRead()
    assert run(again, articles, path).by_key.keys() == whole.by_key.keys()
    assert again.asked == list(IDS[4:])
    assert [answered.id for answered in load_run(path).answers] == list(IDS)


def test_an_interrupted_run_has_kept_what_was_paid_for(articles: Sequence[GoldArticle], path: Path) -> None:
    class Interrupted(WellRead):
        async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
            if len(self.asked) == 3:
                raise KeyboardInterrupt
            return await super().ask(request, on_partial=on_partial)

    with pytest.raises(KeyboardInterrupt):
        run(Interrupted(), articles, path)
    assert [answered.id for answered in load_run(path).answers] == list(IDS[:3])
    again = WellRead()
    run(again, articles, path)
    assert again.asked == list(IDS[3:])


def test_no_more_are_under_way_than_may_be(articles: Sequence[GoldArticle], path: Path) -> None:
    class Counting(WellRead):
        under_way = most = 0

        async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            for _ in range(5):
                await asyncio.sleep(0)
            self.under_way -= 1
            return await super().ask(request, on_partial=on_partial)

    llm = Counting()
    made = run(llm, articles, path, concurrency=3)
    assert llm.most == 3
    assert sorted(answered.id for answered in made.answers) == list(IDS)
    assert score_run(made, articles).figures(resamples=0).micro.counts.f1 == 1.0


def test_a_failure_of_one_article_is_a_record(articles: Sequence[GoldArticle], path: Path) -> None:
    llm = WellRead({"birch": refused(), "cedar": DocumentError("too long")})
    made = run(llm, articles[:4], path)
    birch, cedar = made.by_key["birch", 0], made.by_key["cedar", 0]
    assert (birch.failure, cedar.failure) == ("RefusalError: it declined", "DocumentError: too long")
    assert birch.provenance is not None
    assert (birch.provenance.usage.input_tokens, birch.provenance.attempts) == (7, 2)
    assert cedar.provenance is None
    results = score_run(made, articles[:4])
    figures = results.figures(resamples=0)
    assert figures.failed == 2
    assert figures.micro.counts.recall == 0.5
    assert results.spending.cost == 0


@pytest.mark.parametrize(
    "error", [ModelError("not recorded"), AuthenticationError("bad key"), LLMDealError("something else")]
)
def test_what_is_wrong_for_all_stops_the_run(articles: Sequence[GoldArticle], path: Path, error: LLMDealError) -> None:
    llm = WellRead({"cedar": error})
    with pytest.raises(type(error), match=str(error)):
        run(llm, articles, path)
    assert llm.asked == list(IDS[:3])
    again = WellRead()
    run(again, articles, path)
    assert again.asked == list(IDS[2:])


@pytest.mark.parametrize("kind", [TransportError, RateLimitError, RequestError])
def test_a_server_that_is_not_reached_stops_the_run(
    articles: Sequence[GoldArticle], path: Path, kind: type[AnswerError]
) -> None:
    llm = WellRead(dict.fromkeys(IDS[4:], kind("gone")))
    with pytest.raises(kind, match="gone"):
        run(llm, articles, path)
    assert llm.asked == list(IDS[:7])
    assert [answered.id for answered in load_run(path).answers] == list(IDS[:4])


def test_an_only_article_that_is_not_reached_is_no_record(articles: Sequence[GoldArticle], path: Path) -> None:
    with pytest.raises(TransportError):
        run(WellRead({"almond": TransportError("gone")}), articles[:1], path)
    assert load_run(path).answers == ()


def test_an_article_that_alone_is_not_reached_is_a_record(articles: Sequence[GoldArticle], path: Path) -> None:
    told = {"almond": RequestError("too long"), "cedar": TransportError("timed out"), "larch": TransportError("reset")}
    made = run(WellRead(told), articles, path)
    assert {answered.id: answered.failure for answered in made.answers if answered.failure} == {
        "almond": "RequestError: too long",
        "cedar": "TransportError: timed out",
        "larch": "TransportError: reset",
    }
    # The network may be better the next time; the request will not be.
    again = WellRead({"larch": TransportError("reset")})
    made = run(again, articles, path)
    assert again.asked == ["cedar", "larch"]
    assert (made.by_key["cedar", 0].failure, made.unanswered) == (None, ())
    assert len(made.answers) == len(IDS)


def test_what_is_under_way_when_a_run_stops_is_kept(articles: Sequence[GoldArticle], path: Path) -> None:
    class Slow(WellRead):
        async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
            for _ in range(20 if "Bella Birch" in request.messages[-1].content else 1):
                await asyncio.sleep(0)
            return await super().ask(request, on_partial=on_partial)

    llm = Slow({"almond": ModelError("not recorded")})
    with pytest.raises(ModelError):
        run(llm, articles, path, concurrency=2)
    assert [answered.id for answered in load_run(path).answers] == ["birch"]
    assert sorted(llm.asked) == ["almond", "birch"]


def test_repeats_are_asked_and_their_variance_is_reported(articles: Sequence[GoldArticle], path: Path) -> None:
    class Wavering(WellRead):
        async def ask(self, request: Request, *, on_partial: OnPartial | None = None) -> Answer:
            if len(self.asked) == len(IDS):
                self.told = dict.fromkeys(IDS[:6], POOR)
            return await super().ask(request, on_partial=on_partial)

    llm = Wavering()
    made = run(llm, articles, path, repeats=3)
    assert (len(llm.asked), len(made.answers), made.unanswered) == (36, 36, ())
    repeats = score_run(made, articles).repeats
    assert len(repeats.f1) == 3
    assert repeats.f1[0] == 1.0
    assert repeats.f1[1] == repeats.f1[2]
    assert repeats.f1[1] is not None
    low = repeats.f1[1]
    assert low < 1.0
    # Of 1, x, x about their mean: (1 - x) / sqrt(3).
    assert repeats.std == pytest.approx((1 - low) / 3**0.5)


def test_a_repeat_that_is_not_whole_has_no_part_in_the_variance(articles: Sequence[GoldArticle], path: Path) -> None:
    made = run(WellRead(), articles, path, repeats=2)
    cut = Run(made.about, made.answers[:-1])
    assert score_run(cut, articles).repeats.f1 == (1.0,)
    assert score_run(cut, articles).repeats.std is None


def test_progress_is_told_with_what_was_there_before(articles: Sequence[GoldArticle], path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    def on_answer(answered: Answered, done: int, total: int) -> None:
        told.append((answered.id, done, total))

    run(WellRead(), articles[:2], path)
    run(WellRead({"cedar": refused()}), articles[:4], path, on_answer=on_answer)
    assert told == [("cedar", 3, 4), ("damson", 4, 4)]


def test_another_model_does_not_go_on_with_a_run(articles: Sequence[GoldArticle], path: Path) -> None:
    run(WellRead(), articles[:1], path)
    llm = WellRead(name="other")
    with pytest.raises(RunError, match="model fake, not other"):
        run(llm, articles, path)
    assert llm.asked == []


def test_a_replay_is_the_run_that_was_recorded(articles: Sequence[GoldArticle], tmp_path: Path) -> None:
    recordings = tmp_path / "recordings"
    first = run(Recording(recordings, WellRead()), articles, tmp_path / "first.jsonl")
    second = run(Recording(recordings), articles, tmp_path / "second.jsonl")
    assert [one.deal for one in first.answers] == [one.deal for one in second.answers]
    assert score_run(first, articles).spending.replayed == 0
    assert score_run(second, articles).spending.replayed == len(IDS)


def test_a_warm_run_has_a_name_of_its_own() -> None:
    llm = WellRead(name="https://x/ä model")
    llm.temperature = 0.7
    assert run_name(AsyncSummarizer(llm=llm, prompt="deal.v1")) == "deal.v1--https-x-ä-model--t0.7"
