"""Grounding as a tool of its own: does an article state what a summary says, whoever wrote it?"""

from __future__ import annotations

from llmdeal.checking.check import check
from llmdeal.checking.mapping import LeafMapping, read_mapping
from llmdeal.checking.report import CheckReport, LeafCheck, LeafKind, Verdict

__all__ = ["CheckReport", "LeafCheck", "LeafKind", "LeafMapping", "Verdict", "check", "read_mapping"]
