"""What checks of grounding let through: llmdeal's of prose, LangExtract's alignment, instructor's citations.

All are fed the same claims about the gold articles, half of them true in another form, half perturbed (see
``claims.py``). llmdeal reads the sentence of a claim and accepts it if it finds no fault; LangExtract aligns the
claim's extraction and accepts it if that has a place, at its default settings and again with exact matches only;
instructor's ``CitationMixin`` accepts it if its fuzzy search finds it. The target is 0 % of the wrong and at least 98 %
of the true ones. LangExtract runs in an interpreter of its own, where there is one:
``python evals/benchmarks/wrong_acceptance.py [--peer-python PATH] [--seed 1] [--misses] [--json]``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from instructor import CitationMixin

from llmdeal.evaluation import load_articles
from llmdeal.grounding import ProseCheck

sys.path.insert(0, str(Path(__file__).parents[2]))

from evals.benchmarks.claims import claims_about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.benchmarks.claims import Claim
    from llmdeal.evaluation import GoldArticle

HERE = Path(__file__).parent
ARTICLES = HERE.parent / "articles"
WRONG_TARGET, TRUE_TARGET = 0.0, 98.0
# Reads {"texts": {article: text}, "claims": [[article, extraction], ...]}, writes for each claim whether it has a
# place, by default and with exact matches only.
PEER = """
import json, logging, sys
from absl import logging as absl_logging
absl_logging.set_verbosity(absl_logging.ERROR)
import langextract
from langextract.core import data
from langextract.resolver import Resolver
asked = json.load(sys.stdin)
resolver = Resolver()
def placed(text, words, **settings):
    extraction = data.Extraction(extraction_class="value", extraction_text=words)
    return all(one.char_interval is not None for one in resolver.align([extraction], text, 0, 0, **settings))
exact = {"enable_fuzzy_alignment": False, "accept_match_lesser": False}
answers = []
for article, words in asked["claims"]:
    text = asked["texts"][article]
    answers.append([placed(text, words), placed(text, words, **exact)])
from importlib.metadata import version
json.dump({"version": version("langextract"), "answers": answers}, sys.stdout)
"""


class Row(NamedTuple):
    """How many claims of a kind a system accepts."""

    system: str
    kind: str
    wrong: int
    wrong_accepted: int
    true: int
    true_accepted: int

    @property
    def wrong_percent(self) -> float:
        """Share of the wrong claims that are accepted."""
        return 100 * self.wrong_accepted / self.wrong

    @property
    def true_percent(self) -> float:
        """Share of the true claims that are accepted."""
        return 100 * self.true_accepted / self.true


def ours(claims: Sequence[Claim], articles: dict[str, GoldArticle]) -> list[bool]:
    """Return which claims llmdeal accepts."""

    @cache
    def check(article: str, language: str) -> ProseCheck:
        return ProseCheck(articles[article].marked, language)

    return [not check(claim.article, claim.language).faults(claim.sentence) for claim in claims]


def instructors(claims: Sequence[Claim], articles: dict[str, GoldArticle]) -> list[bool]:
    """Return which claims instructor's citations are kept for."""
    return [
        bool(
            CitationMixin.model_validate(
                {"substring_quotes": [claim.extraction]}, context={"context": articles[claim.article].text}
            ).substring_quotes
        )
        for claim in claims
    ]


def langextracts(claims: Sequence[Claim], articles: dict[str, GoldArticle], python: str) -> dict[str, list[bool]]:
    """Return which claims LangExtract finds a place for; nothing where it is not installed."""
    texts = {name: article.text for name, article in articles.items()}
    asked = json.dumps({"texts": texts, "claims": [[claim.article, claim.extraction] for claim in claims]})
    done = subprocess.run([python, "-c", PEER], input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"LangExtract is left out: {python} cannot run it ({reason}); see --peer-python.", file=sys.stderr)
        return {}
    told = json.loads(done.stdout)
    names = f"langextract {told['version']}", "langextract, exact only"
    return {name: [answer[place] for answer in told["answers"]] for place, name in enumerate(names)}


def rows_of(system: str, claims: Sequence[Claim], accepted: Sequence[bool]) -> list[Row]:
    """Count a system's answers by kind of claim, and in all."""
    counts = Counter((claim.kind, claim.true, answer) for claim, answer in zip(claims, accepted, strict=True))
    rows = []
    for kind in sorted({claim.kind for claim in claims}):
        wrong, true = ((counts[kind, truth, True], counts[kind, truth, False]) for truth in (False, True))
        rows.append(Row(system, kind, sum(wrong), wrong[0], sum(true), true[0]))
    sums = [sum(column) for column in zip(*(row[2:] for row in rows), strict=True)]
    return [*rows, Row(system, "all", *sums)]


def main() -> None:
    """Print the table, or JSON; exit with 1 where llmdeal misses its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer-python", default=sys.executable, help="an interpreter that has langextract")
    parser.add_argument("--seed", type=int, default=1, help="which claims are drawn")
    parser.add_argument("--misses", action="store_true", help="print the claims that llmdeal gets wrong")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    articles = {article.id: article for article in load_articles(ARTICLES)}
    claims = claims_about(list(articles.values()), options.seed)
    answers = {
        "llmdeal": ours(claims, articles),
        **langextracts(claims, articles, options.peer_python),
        "instructor citations": instructors(claims, articles),
    }
    rows = [row for system, accepted in answers.items() for row in rows_of(system, claims, accepted)]
    misses = [claim for claim, accepted in zip(claims, answers["llmdeal"], strict=True) if accepted != claim.true]
    total = next(row for row in rows if (row.system, row.kind) == ("llmdeal", "all"))
    if options.json:
        figures = [
            {**row._asdict(), "wrong_percent": row.wrong_percent, "true_percent": row.true_percent} for row in rows
        ]
        told = {"seed": options.seed, "claims": len(claims), "targets": [WRONG_TARGET, TRUE_TARGET], "rows": figures}
        print(json.dumps({**told, "misses": [claim.to_dict() for claim in misses]}, indent=2, ensure_ascii=False))
    else:
        print(f"{len(claims)} claims about {len(articles)} articles, seed {options.seed}: % accepted of those that are")
        print(f"{'':24} {'kind':9} {'wrong':>7} {'of':>5}  {'true':>6} {'of':>5}")
        for row in rows:
            percents = f"{row.wrong_percent:7.1f} {row.wrong:5}  {row.true_percent:6.1f} {row.true:5}"
            print(f"{row.system:24} {row.kind:9} {percents}")
        print(f"target for llmdeal: {WRONG_TARGET:.0f} % of the wrong, at least {TRUE_TARGET:.0f} % of the true")
    if options.misses:
        for claim in misses:
            verdict = "true, refused" if claim.true else "wrong, accepted"
            print(f"{verdict}: {claim.article} ({claim.kind}, {claim.form}): {claim.sentence}", file=sys.stderr)
    sys.exit(total.wrong_percent > WRONG_TARGET or total.true_percent < TRUE_TARGET)


if __name__ == "__main__":
    main()
