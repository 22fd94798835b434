"""How far an article vouches for what it tells: hearsay, sources, rumours, denials, talks that came to nothing.

The words are data: the table ``hedge`` of ``signals/<language>.toml``. What stands in moods and turns of phrase is read
by the language's own: the conditional of French and Italian, the "soll" of German, the "terá" of Portugal.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from llmdeal.deal import Certainty
from llmdeal.readers.cues import cues_in

if TYPE_CHECKING:
    from llmdeal.document import Document, Sentence

__all__ = ["Hedge", "certainty_in", "doubt_about", "hedges_in"]

_TABLE: Final = "hedge"
_LEAD: Final = 5
# A headline says everything as a fact: without a hedge of its own it takes two of the sentences below it.
_HEADLINE: Final = 1


class Hedge(StrEnum):
    """What a sentence says of the ground that it stands on; FIRM is the opposite of all the others."""

    CONDITIONAL = "conditional"
    ATTRIBUTED = "attributed"
    RUMOURED = "rumoured"
    WEIGHED = "weighed"
    DENIED = "denied"
    COLLAPSED = "collapsed"
    FIRM = "firm"


# The first that a sentence has says most about it.
_BY_WEIGHT: Final = (
    Hedge.DENIED,
    Hedge.COLLAPSED,
    Hedge.ATTRIBUTED,
    Hedge.RUMOURED,
    Hedge.CONDITIONAL,
    Hedge.WEIGHED,
)
_FINAL: Final = frozenset({Hedge.DENIED, Hedge.COLLAPSED})


def hedges_in(document: Document, sentence: Sentence) -> frozenset[Hedge]:
    """Return what the words of a sentence say of the ground that it stands on.

    Args:
        document: The article.
        sentence: One of its sentences.

    Example:
        >>> from llmdeal.document import Document
        >>> document = Document.of("OpenAI aurait conclu un accord, selon des sources.", language="fr")
        >>> sorted(hedges_in(document, document.sentences[0]))
        [<Hedge.ATTRIBUTED: 'attributed'>, <Hedge.CONDITIONAL: 'conditional'>]
    """
    return frozenset(map(Hedge, cues_in(document, sentence, _TABLE)))


def certainty_in(document: Document, sentence: Sentence) -> Certainty:
    """Return how certain the words of a sentence are of what it tells.

    Args:
        document: The article.
        sentence: One of its sentences.

    Returns:
        REPORTED for what others say and for hearsay, RUMOURED where only rumour speaks, else STATED.

    Example:
        >>> from llmdeal.document import Document
        >>> document = Document.of("Wrenfold soll 1,8 Milliarden Euro bieten. Es ist ein Gerücht.", language="de")
        >>> [certainty_in(document, sentence).value for sentence in document.sentences]
        ['reported', 'rumoured']
    """
    hedges = hedges_in(document, sentence)
    if hedges & {Hedge.ATTRIBUTED, Hedge.CONDITIONAL}:
        return Certainty.REPORTED
    return Certainty.RUMOURED if Hedge.RUMOURED in hedges and Hedge.FIRM not in hedges else Certainty.STATED


def doubt_about(document: Document, announcing: Sentence) -> Hedge | None:
    """Return what keeps the deal that an article is about from being a fact, or None where its words do not say.

    Nothing does where the sentence, or one at the beginning of the article, tells of an announcement, a signature or
    the like. Else denials, the end of talks and what only sources say count where the announcing sentence has them,
    and any other hedge where another sentence at the beginning has one too: much is left open about a deal that is
    agreed.

    Args:
        document: The article.
        announcing: The sentence that is taken to announce the deal.

    Example:
        >>> from llmdeal.document import Document
        >>> text = "Kestrel is considering a bid for Bella, people familiar said. It could agree a price in May."
        >>> document = Document.of(text, language="en")
        >>> doubt_about(document, document.sentences[0])
        <Hedge.ATTRIBUTED: 'attributed'>
        >>> document = Document.of("Kestrel agreed to buy Bella, ending months of speculation.", language="en")
        >>> doubt_about(document, document.sentences[0])
    """
    own = hedges_in(document, announcing)
    heaviest = _heaviest(own)
    if Hedge.FIRM in own or (heaviest is None and announcing.number != _HEADLINE):
        return None
    found = [heaviest] if heaviest else []
    enough = 1 if heaviest in _FINAL else 2
    for sentence in document.sentences[:_LEAD]:
        if sentence.number == announcing.number:
            continue
        if len(found) >= enough and sentence.number > announcing.number:
            break
        hedges = hedges_in(document, sentence)
        if Hedge.FIRM in hedges:
            return None
        if (hedge := _heaviest(hedges)) is not None:
            found.append(hedge)
    alone = heaviest is Hedge.ATTRIBUTED or len(document.sentences) == 1
    return found[0] if len(found) >= enough or (found and alone) else None


def _heaviest(hedges: frozenset[Hedge]) -> Hedge | None:
    return next((hedge for hedge in _BY_WEIGHT if hedge in hedges), None)
