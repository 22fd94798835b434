"""The command line: reads what it is given, calls the library, prints what comes back."""

from __future__ import annotations

from llmdeal.cli.entry import app, main

__all__ = ["app", "main"]
