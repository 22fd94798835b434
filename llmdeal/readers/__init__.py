"""Finds what an article states: amounts, dates, durations, percentages and tickers, in its own language."""

from __future__ import annotations

from llmdeal.readers.dateline import open_document
from llmdeal.readers.marks import MarkedDocument
from llmdeal.readers.scan import read

__all__ = ["MarkedDocument", "open_document", "read"]
