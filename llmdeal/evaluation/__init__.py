"""Evaluation: gold articles, honest counts, and what can be said from them. Needs the extra ``evals``."""

from __future__ import annotations

from llmdeal.evaluation.comparison import Comparison, compare_runs
from llmdeal.evaluation.counts import Counts, Outcome
from llmdeal.evaluation.dataset import load_article, load_articles
from llmdeal.evaluation.faults import ComparisonError, ExtraMissingError, GoldError
from llmdeal.evaluation.figures import Figure, Figures, Share, summarise
from llmdeal.evaluation.labels import GoldArticle, GoldDeal, Label
from llmdeal.evaluation.leaves import Leaf
from llmdeal.evaluation.measures import MEASURES, measure
from llmdeal.evaluation.prose import Prose, check_prose
from llmdeal.evaluation.scoring import ArticleScore, score, score_failure
from llmdeal.evaluation.statistics import FlipTest, Interval

__all__ = [
    "MEASURES",
    "ArticleScore",
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
    "Prose",
    "Share",
    "check_prose",
    "compare_runs",
    "load_article",
    "load_articles",
    "measure",
    "score",
    "score_failure",
    "summarise",
]
