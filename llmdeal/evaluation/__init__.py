"""Evaluation: gold articles, honest counts, and what can be said from them. Needs the extra ``evals``."""

from __future__ import annotations

from llmdeal.evaluation.answers import Answered, Scored, score_answer
from llmdeal.evaluation.changes import Change, ChangeKind, Changes, compare_leaves
from llmdeal.evaluation.comparison import Comparison, compare_runs
from llmdeal.evaluation.counts import Counts, Outcome
from llmdeal.evaluation.dataset import load_article, load_articles
from llmdeal.evaluation.faults import ComparisonError, ExtraMissingError, GoldError
from llmdeal.evaluation.figures import Figure, Figures, Share, summarise
from llmdeal.evaluation.gate import ALLOWANCES, Verdict, gate_runs, gate_to_dict, verdict_of
from llmdeal.evaluation.junit import junit_xml
from llmdeal.evaluation.labels import GoldArticle, GoldDeal, Label
from llmdeal.evaluation.leaves import Leaf
from llmdeal.evaluation.markdown import gate_markdown
from llmdeal.evaluation.measures import MEASURES, measure
from llmdeal.evaluation.pairing import Pairing, pair_runs, pair_slots
from llmdeal.evaluation.prose import Prose, check_prose
from llmdeal.evaluation.results import Results, score_run
from llmdeal.evaluation.runner import about_run, run_articles, run_name
from llmdeal.evaluation.runs import Run, RunAbout, RunError, RunWriter, load_run, save_run
from llmdeal.evaluation.scoring import ArticleScore, score, score_failure
from llmdeal.evaluation.selection import Selection
from llmdeal.evaluation.spending import Spending, spending_of
from llmdeal.evaluation.statistics import FlipTest, Interval

__all__ = [
    "ALLOWANCES",
    "MEASURES",
    "Answered",
    "ArticleScore",
    "Change",
    "ChangeKind",
    "Changes",
    "Comparison",
    "ComparisonError",
    "Counts",
    "ExtraMissingError",
    "Figure",
    "Figures",
    "FlipTest",
    "GoldArticle",
    "GoldDeal",
    "GoldError",
    "Interval",
    "Label",
    "Leaf",
    "Outcome",
    "Pairing",
    "Prose",
    "Results",
    "Run",
    "RunAbout",
    "RunError",
    "RunWriter",
    "Scored",
    "Selection",
    "Share",
    "Spending",
    "Verdict",
    "about_run",
    "check_prose",
    "compare_leaves",
    "compare_runs",
    "gate_markdown",
    "gate_runs",
    "gate_to_dict",
    "junit_xml",
    "load_article",
    "load_articles",
    "load_run",
    "measure",
    "pair_runs",
    "pair_slots",
    "run_articles",
    "run_name",
    "save_run",
    "score",
    "score_answer",
    "score_failure",
    "score_run",
    "spending_of",
    "summarise",
    "verdict_of",
]
