"""Where articles come from: a file, standard input or an address becomes the text of an article."""

from __future__ import annotations

from llmdeal.sources.loading import Article, load

__all__ = ["Article", "load"]
