from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from llmdeal.errors import InvalidAnswerError
from llmdeal.evaluation import load_articles
from llmdeal.evaluation.agreement import answer_of
from llmdeal.evaluation.answers import Answered, Scored, score_answer
from llmdeal.evaluation.judge import Judged, Verdicts, judge
from llmdeal.llm import FakeLLM

ARTICLES = {article.id: article for article in load_articles(Path(__file__).parents[1] / "evals" / "articles")}


def answered(identity: str, summary: str) -> Scored:
    article = ARTICLES[identity]
    deal = answer_of(article)
    assert deal is not None
    told = deal.model_copy(update={"headline": None, "summary": summary, "key_points": ()})
    return score_answer(article, Answered(id=identity, deal=told))


def test_the_judge_is_asked_about_each_fact_and_each_sentence_and_set_beside_the_deterministic_figure() -> None:
    scored = answered("openai-aws.fr", "L'accord porte sur 38 milliards de dollars. La lune est en fromage.")
    llm = FakeLLM([{"covered": ["f1"], "unsupported": ["c2"]}])
    verdicts = asyncio.run(judge(llm, [scored]))
    [one] = verdicts.judged
    facts = scored.score.article.gold.facts or ()
    assert one.covered == (True,) + (False,) * (len(facts) - 1)
    assert one.stated == scored.score.facts
    assert one.unsupported == ("La lune est en fromage.",)
    assert verdicts.faithfulness == 0.5
    [request] = llm.requests
    assert [message.role for message in request.messages] == ["system", "user"]
    assert "[f1] 38 milliards" in request.messages[1].content
    assert "[c2] La lune est en fromage." in request.messages[1].content
    assert request.schema is not None
    assert request.schema["properties"]["unsupported"]["items"] == {"enum": ["c1", "c2"]}


def test_an_answer_without_a_deal_is_passed_over() -> None:
    article = ARTICLES["openai-aws.fr"]
    llm = FakeLLM([])
    verdicts = asyncio.run(judge(llm, [score_answer(article, Answered(id=article.id))]))
    assert (verdicts.judged, llm.requests) == ((), [])
    assert verdicts.to_dict()["coverage"] is None


def test_a_verdict_that_is_none_is_an_error() -> None:
    scored = answered("openai-aws.fr", "L'accord porte sur 38 milliards de dollars.")
    with pytest.raises(InvalidAnswerError):
        asyncio.run(judge(FakeLLM(["no idea"] * 3), [scored]))


def test_kappa_is_agreement_beyond_chance() -> None:
    # By hand: 2 of 4 agree; chance is .5 * .5 + .5 * .5.
    verdicts = Verdicts("fake", (Judged("one", (True, True, False, False), (True, False, True, False), 2, ()),))
    assert (verdicts.agreement, verdicts.kappa) == (0.5, 0.0)
    alike = Verdicts("fake", (Judged("one", (True, True), (True, True), 2, ()),))
    assert (alike.agreement, alike.kappa) == (1.0, None)
    json.dumps(verdicts.to_dict())
