"""The report for people: one self-contained page about a run, or about what changed between two."""

from __future__ import annotations

from llmdeal.evaluation.html.report import html_report

__all__ = ["html_report"]
