"""Which sentences of an article may speak of another deal than the one that it announces.

Behind the first sentences, one that names somebody new and uses a word for a deal, or a sum, may well be background.
It is for the model to say whether it is; what it can say of it stands in that sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from llmdeal.deal import Certainty, DealStatus, DealType
from llmdeal.document import Sentence
from llmdeal.mentions import AmountCue, MentionKind, Money, PartialDate
from llmdeal.readers.cues import cues_in, read_cues, says
from llmdeal.readers.names import fold, is_written, names_of_the_world
from llmdeal.readers.proper_names import are_plain_nouns, names_of, unspaced_names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmdeal.mentions import Mention
    from llmdeal.readers.marks import MarkedDocument

__all__ = ["Background", "read_background"]

_OWN_SENTENCES: Final = 3
_MOST: Final = 4
_SHORTEST_NAME: Final = 3
_WORD = re.compile(r"[^\W\d_]+(?:[&.-][^\W\d_]+)*")
# Who reports a deal is no party to it.
_AGENCIES: Final = frozenset(
    ["reuters", "bloomberg", "afp", "dpa", "efe", "ansa", "lusa", "anp", "pap", "kyodo", "nikkei", "xinhua"]
)
_BLANK = re.compile(r"\s")
# A deal in the background may well be an earlier one.
_BACKGROUND: Final = frozenset({AmountCue.EARLIER})
_LATELY: Final = timedelta(days=14)
_SETTLED: Final = (DealStatus.COMPLETED, DealStatus.AGREED)
_UNCERTAIN: Final = frozenset({"rumoured", "in_talks"})


@dataclass(frozen=True, slots=True)
class Background:
    """A sentence that may speak of another deal.

    Args:
        sentence: The sentence.
        deal_types: The types that its words speak for; all where none does.
        statuses: The statuses that its words speak for; agreed or completed where none does.
        certainties: How certain its words let it be.
        marks: The marks in it, by kind.
        names: Names that the first sentences do not have, and that this one has.
        plain: True where a hedge, or a sum and a date that is past beside a word for a deal, leave little doubt.
    """

    sentence: Sentence
    deal_types: tuple[DealType, ...]
    statuses: tuple[DealStatus, ...]
    certainties: tuple[Certainty, ...]
    marks: dict[MentionKind, list[str]]
    names: tuple[str, ...]
    plain: bool


def read_background(marked: MarkedDocument) -> tuple[Background, ...]:
    """Return the sentences of an article that may speak of other deals, in order.

    Args:
        marked: The article.

    Returns:
        At most four.

    Example:
        >>> from llmdeal.readers import open_document, read
        >>> text = "Kestrel buys Bella. It pays cash. It closes in May. In 2022 it bought Smaakhuis for $450 million."
        >>> [found] = read_background(read(open_document(text, language="en")))
        >>> found.sentence.number, [deal_type.value for deal_type in found.deal_types]
        (4, ['acquisition'])
    """
    return tuple(islice(_Behind(marked).found(), _MOST))


class _Behind:
    """An article behind its first sentences, and what those say already."""

    def __init__(self, marked: MarkedDocument) -> None:
        self._marked = marked
        self._document = document = marked.document
        head = document.sentences[:_OWN_SENTENCES]
        self._head = fold(document.text[: head[-1].span.stop])
        self._head_words = frozenset(_WORD.findall(self._head))
        self._known = dict[str, bool]()
        self._head_sums = {_sum_of(m) for sentence in head for m in marked.at(sentence.number) if _can_be_a_sum(m)}

    def found(self) -> Iterator[Background]:
        for sentence in self._document.sentences[_OWN_SENTENCES:]:
            if self._speaks_of_a_deal(sentence) and (names := tuple(self._new_names(sentence))):
                yield self._background(sentence, names)

    def _speaks_of_a_deal(self, sentence: Sentence) -> bool:
        sums = {_sum_of(mention) for mention in self._marked.at(sentence.number) if _can_be_a_sum(mention)}
        if sums & self._head_sums:
            # Who writes a sum of the first sentences again speaks of the same deal.
            return False
        return bool(sums) or bool(cues_in(self._document, sentence, "deal_type"))

    def _is_past(self, sentence: Sentence) -> bool:
        """Tell whether a sentence has a date that was over some time before the article."""
        published = self._document.published
        dates = [one.value for one in self._marked.at(sentence.number) if isinstance(one.value, PartialDate)]
        return any(published is None or value.latest < published - _LATELY for value in dates)

    def _new_names(self, sentence: Sentence) -> Iterator[str]:
        """Yield names with a word that the first sentences do not have, and no sentence writes without a capital."""
        words = self._document.quote(sentence.span)
        if _BLANK.search(words) is None:
            yield from (name for name in unspaced_names_in(words) if fold(name) not in self._head)
            return
        names = [
            name for name in names_of(self._marked, sentence) if not are_plain_nouns(name, self._document.language)
        ]
        new = [name for name in names if any(self._is_new(word) for word in _WORD.findall(name.text))]
        if not all(name.opens_sentence for name in new):
            yield from dict.fromkeys(name.text for name in new)

    def _is_new(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            folded, world = fold(word), names_of_the_world(self._document.language)
            known = self._known[word] = (
                len(word) < _SHORTEST_NAME
                or folded in _AGENCIES
                or folded in self._head_words
                or folded in world
                or is_written(self._document.text, word.lower())
            )
        return not known

    def _background(self, sentence: Sentence, names: tuple[str, ...]) -> Background:
        document = self._document
        statuses = cues_in(document, sentence, "status")
        hedged = bool(_UNCERTAIN & set(statuses))
        reported = says(document, sentence, "reported")
        spoken_of = cues_in(document, sentence, "deal_type")
        deal_types = spoken_of or [*read_cues(document).deal_types, DealType.ACQUISITION]
        marks: dict[MentionKind, list[str]] = {kind: [] for kind in MentionKind}
        for mention in self._marked.at(sentence.number):
            if mention.kind is not MentionKind.AMOUNT or _can_be_a_sum(mention):
                marks[mention.kind].append(self._marked.mark_of(mention))
        return Background(
            sentence=sentence,
            deal_types=tuple(dict.fromkeys(DealType(name) for name in deal_types)),
            statuses=tuple(dict.fromkeys(DealStatus(name) for name in statuses)) or _SETTLED,
            certainties=_certainties(hedged=hedged, reported=reported),
            marks=marks,
            names=names,
            plain=bool(hedged or reported or (spoken_of and marks[MentionKind.AMOUNT] and self._is_past(sentence))),
        )


def _sum_of(mention: Mention) -> tuple[object, ...]:
    """Return an amount without how exactly it is stated."""
    value = mention.value
    return (value.amount, value.upper, value.currency) if isinstance(value, Money) else ()


def _can_be_a_sum(mention: Mention) -> bool:
    return mention.kind is MentionKind.AMOUNT and (mention.cue in _BACKGROUND or not mention.cue.excludes_price)


def _certainties(*, hedged: bool, reported: bool) -> tuple[Certainty, ...]:
    if reported:
        return (Certainty.REPORTED,)
    return (Certainty.REPORTED, Certainty.RUMOURED) if hedged else (Certainty.STATED,)
