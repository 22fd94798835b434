"""Which of the articles a run is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from llmdeal.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from llmdeal.evaluation.labels import GoldArticle

__all__ = ["Selection"]


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice of articles; what is left open chooses all.

    Args:
        only: Tags, languages (ISO 639-1) and ids; an article is chosen that has any of them.
        split: ``dev`` or ``test``.
        limit: How many at most, in the order of their ids.
    """

    only: tuple[str, ...] = ()
    split: Literal["dev", "test"] | None = None
    limit: int | None = None

    def of(self, articles: Iterable[GoldArticle]) -> tuple[GoldArticle, ...]:
        """Choose.

        Args:
            articles: The articles to choose from.

        Returns:
            Those chosen, in the order they came in.

        Raises:
            InputError: None is chosen, or a part of ``only`` is no article's tag, language or id.

        Example:
            >>> from llmdeal.evaluation.labels import GoldArticle, GoldDeal
            >>> def article(name, language):
            ...     return GoldArticle(name, language, "A buys B.", GoldDeal(), None, "dev", name, ("wire",))
            >>> both = article("one", "en"), article("two", "fr")
            >>> [chosen.id for chosen in Selection(only=("fr",)).of(both)], len(Selection(limit=1).of(both))
            (['two'], 1)
        """
        articles = tuple(articles)
        if unknown := set(self.only).difference(*map(_names, articles)):
            known = sorted({name for article in articles for name in (article.language, *article.tags)})
            msg = (
                f"No article has the id, language or tag {', '.join(map(repr, sorted(unknown)))}; "
                f"languages and tags are: {', '.join(known) or 'none'}."
            )
            raise InputError(msg)
        chosen = [
            article
            for article in articles
            if (not self.only or _names(article).intersection(self.only))
            and (self.split is None or article.split == self.split)
        ]
        if not chosen:
            msg = f"No article is chosen: of {len(articles)}, none is in split {self.split} and what else is asked for."
            raise InputError(msg)
        return tuple(chosen[: self.limit])


def _names(article: GoldArticle) -> set[str]:
    return {article.id, article.language, *article.tags}
