"""Which sentences of an article may speak of another deal than the one that it announces.

Behind the first sentences, one that names somebody new and uses a word for a deal, or a sum, may well be background.
It is for the model to say whether it is; what it can say of it stands in that sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from llmdeal.deal import Certainty, DealStatus, DealType
from llmdeal.document import Sentence
from llmdeal.mentions import AmountCue, MentionKind
from llmdeal.readers.cues import cues_in, read_cues, says
from llmdeal.readers.names import fold, names_of_the_world

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
_UNSPACED_NAME = re.compile(r"[\u30a0-\u30ff]{3,}|[A-Za-z]{3,}")
# A deal in the background may well be an earlier one.
_BACKGROUND: Final = frozenset({AmountCue.EARLIER})
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
        plain: True where a sum or a hedge leaves little doubt that it does.
    """

    sentence: Sentence
    deal_types: tuple[DealType, ...]
    statuses: tuple[DealStatus, ...]
    certainties: tuple[Certainty, ...]
    marks: dict[MentionKind, list[str]]
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
        self._head_sums = [m.value for sentence in head for m in marked.at(sentence.number) if _can_be_a_sum(m)]
        self._lower = frozenset(word for word in _WORD.findall(document.text) if word.islower())

    def found(self) -> Iterator[Background]:
        for sentence in self._document.sentences[_OWN_SENTENCES:]:
            if self._speaks_of_a_deal(sentence) and any(self._new_names(sentence)):
                yield self._background(sentence)

    def _speaks_of_a_deal(self, sentence: Sentence) -> bool:
        sums = [mention.value for mention in self._marked.at(sentence.number) if _can_be_a_sum(mention)]
        if any(value in self._head_sums for value in sums):
            # Who writes a sum of the first sentences again speaks of the same deal.
            return False
        return bool(sums) or bool(cues_in(self._document, sentence, "deal_type"))

    def _new_names(self, sentence: Sentence) -> Iterator[str]:
        """Yield words with a capital that the first sentences do not have, and no sentence writes without it."""
        words = self._document.quote(sentence.span)
        if not any(character.isspace() for character in words):
            yield from (name for name in _UNSPACED_NAME.findall(words) if fold(name) not in self._head)
            return
        world = names_of_the_world(self._document.language)
        taken = [mention.span for mention in self._marked.at(sentence.number)]
        for match in islice(_WORD.finditer(words), 1, None):
            word, start = match.group(), sentence.span.start + match.start()
            if not word[0].isupper() or len(word) < _SHORTEST_NAME or word.lower() in self._lower:
                continue
            folded = fold(word)
            if folded in _AGENCIES or folded in self._head_words or folded in world:
                continue
            if not any(span.start <= start < span.stop for span in taken):
                yield word

    def _background(self, sentence: Sentence) -> Background:
        document = self._document
        statuses = cues_in(document, sentence, "status")
        hedged = bool(_UNCERTAIN & set(statuses))
        reported = says(document, sentence, "reported")
        deal_types = cues_in(document, sentence, "deal_type") or [*read_cues(document).deal_types, DealType.ACQUISITION]
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
            plain=bool(hedged or reported or marks[MentionKind.AMOUNT]),
        )


def _can_be_a_sum(mention: Mention) -> bool:
    return mention.kind is MentionKind.AMOUNT and (mention.cue in _BACKGROUND or not mention.cue.excludes_price)


def _certainties(*, hedged: bool, reported: bool) -> tuple[Certainty, ...]:
    if reported:
        return (Certainty.REPORTED,)
    return (Certainty.REPORTED, Certainty.RUMOURED) if hedged else (Certainty.STATED,)
