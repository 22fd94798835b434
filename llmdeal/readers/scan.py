"""All readers over one document: overlaps resolved, in text order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from llmdeal.document import Span
from llmdeal.mentions import AmountCue, Mention, MentionKind, Money, PartialDate
from llmdeal.readers.dates import DateReader
from llmdeal.readers.durations import duration_at
from llmdeal.readers.ellipses import REACH, ellipsis_at
from llmdeal.readers.homes import settled
from llmdeal.readers.lexicon import NOTHING
from llmdeal.readers.lexing import END, lex
from llmdeal.readers.marks import MarkedDocument
from llmdeal.readers.money import money_at
from llmdeal.readers.percents import percent_at
from llmdeal.readers.surroundings import cue_of, same_sums
from llmdeal.readers.tickers import codes_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from llmdeal.document import Document
    from llmdeal.mentions import Value
    from llmdeal.readers.lexing import Lexed

__all__ = ["read"]

_LONGEST_IN_DATE: Final = 4  # a year
_CLOSING: Final = frozenset(")）]")
_RANGING: Final = frozenset({"to", "and"})


class _Candidate(NamedTuple):
    """A reading; ``context`` is where it begins with what qualifies it."""

    start: int
    stop: int
    value: Value
    context: int = -1
    ambiguous: bool = False


def read(document: Document) -> MarkedDocument:
    """Find every amount, date, duration, percentage and ticker of an article.

    Where two readers claim the same words the longer claim wins, so a number is one mention. It never
    raises, and its time grows in proportion to the length.

    Args:
        document: The article; its language decides how it is read, and without its day of publication
            "Monday", "last week" and days without a year are no mentions.

    Returns:
        The article with its mentions marked.

    Example:
        >>> from llmdeal.readers import open_document
        >>> marked = read(open_document("Un accord de 38 milliards de dollars sur cinq ans.", language="fr"))
        >>> {mark: str(mention.value) for mark, mention in marked.marks.items()}
        {'a1': 'USD 38,000,000,000', 't1': '5 years'}
    """
    lexed = lex(document.text, document.language)
    candidates = [*_candidates(lexed, document.published)]
    candidates += [_Candidate(code.start, code.stop, code.value) for code in codes_in(document.text)]
    chosen = _without_overlaps(candidates)
    ellipses = [*_ellipses(lexed, chosen)]
    chosen = settled(lexed, _without_overlaps([*chosen, *ellipses]) if ellipses else chosen)
    mentions = tuple(
        Mention(
            span=Span(start=one.start, stop=one.stop),
            quote=document.text[one.start : one.stop],
            value=one.value,
            cue=_cue(lexed, one),
            ambiguous=one.ambiguous,
        )
        for one in chosen
    )
    amounts = [mention for mention in mentions if mention.kind is MentionKind.AMOUNT]
    conversions = {
        f"a{leader + 1}": tuple(f"a{position + 1}" for position in group)
        for leader, group in same_sums(lexed.text, lexed.language, amounts).items()
    }
    return MarkedDocument(document, mentions, conversions)


def _candidates(lexed: Lexed, published: date | None) -> Iterator[_Candidate]:
    """Let every reader try every lexeme that it can begin with."""
    dates = DateReader(lexed, published)
    opening, dating = lexed.language.opening, lexed.language.dating
    for index, lexeme in enumerate(lexed.lexemes):
        sense = lexeme.sense
        if sense is NOTHING:
            if lexeme.number is not None:
                yield from _counted(lexed, index)
            if lexeme.kind == "d" or len(lexeme.text) <= _LONGEST_IN_DATE:
                yield from _date(lexed, index, dates)
        elif lexeme.text in opening:
            if lexeme.number is not None:
                yield from _counted(lexed, index)
            elif sense.sign or sense.article is not None:
                yield from _amount(lexed, index)
            if sense.length is not None or sense.indefinite:
                yield from _lasting(lexed, index)
            if lexeme.text in dating and ("the" not in sense.roles or lexed.next_to(index + 1).text in dating):
                yield from _date(lexed, index, dates)


def _counted(lexed: Lexed, index: int) -> Iterator[_Candidate]:
    """Let those readers try a number for which the next word can be a unit, or begin the other end of a range."""
    if "percent_before" in lexed[index - 1].sense.roles:
        yield from _share(lexed, index)
    following = lexed.next_to(index + 1)
    if following is END:
        return
    sense = following.sense
    ranged = following.kind == "n" or not sense.roles.isdisjoint(_RANGING)
    if ranged or sense.scale is not None or sense.currency or "of" in sense.roles:
        yield from _amount(lexed, index)
    if ranged or sense.percent:
        yield from _share(lexed, index)
    if ranged or sense.months is not None:
        yield from _lasting(lexed, index)


def _ellipses(lexed: Lexed, stated: list[_Candidate]) -> Iterator[_Candidate]:
    """Read the amounts without a currency that stand shortly after one with it."""
    sums = [(one.stop, one.value.currency) for one in stated if isinstance(one.value, Money)]
    # One that closes a bracket is the same sum in another currency; what follows goes on from the one before it.
    amounts = [sum_ for sum_ in sums if lexed.text[sum_[0] : sum_[0] + 1] not in _CLOSING] or sums
    if not amounts:
        return
    last = 0
    for index, lexeme in enumerate(lexed.lexemes):
        if lexeme.kind != "n" or lexeme.number is None or lexed.sense(index + 1).scale is None:
            continue
        while last < len(amounts) and amounts[last][0] <= lexeme.start:
            last += 1
        if not last or lexeme.start - amounts[last - 1][0] > REACH:
            continue
        found = ellipsis_at(lexed, index, amounts[last - 1][1])
        if found:
            context = lexed[found.context_first].start
            yield _Candidate(lexeme.start, _stop(lexed, found.end), found.value, context, ambiguous=True)


def _share(lexed: Lexed, index: int) -> Iterator[_Candidate]:
    share = percent_at(lexed, index)
    if share:
        yield _Candidate(share.start, share.stop, share.value)


def _lasting(lexed: Lexed, index: int) -> Iterator[_Candidate]:
    lasting = duration_at(lexed, index)
    if lasting:
        yield _Candidate(lexed[index].start, _stop(lexed, lasting.end), lasting.value)


def _date(lexed: Lexed, index: int, dates: DateReader) -> Iterator[_Candidate]:
    dated = dates.at(index)
    if dated:
        interval = dated.interval
        value = PartialDate(earliest=interval.earliest, latest=interval.latest, fiscal=dated.fiscal)
        yield _Candidate(lexed[index].start, _stop(lexed, dated.end), value, ambiguous=dated.vague)


def _amount(lexed: Lexed, index: int) -> Iterator[_Candidate]:
    found = money_at(lexed, index)
    if found:
        context = lexed[found.context_first].start
        yield _Candidate(lexed[index].start, _stop(lexed, found.end), found.value, context, found.vague)


def _cue(lexed: Lexed, one: _Candidate) -> AmountCue:
    if not isinstance(one.value, Money):
        return AmountCue.NONE
    return cue_of(lexed.text, lexed.language, one.context, one.stop, one.value.per)


def _stop(lexed: Lexed, end: int) -> int:
    """Return where a phrase ends; the full stop of a last abbreviation may be the sentence's."""
    stop = lexed[end - 1].stop
    return stop - lexed.text[stop - 1 : stop].count(".")


def _without_overlaps(candidates: list[_Candidate]) -> list[_Candidate]:
    """Return the longest candidates that do not overlap, in text order."""
    chosen: list[_Candidate] = []
    for one in sorted(candidates, key=lambda candidate: (candidate.start, -candidate.stop)):
        if not chosen or one.start >= chosen[-1].stop:
            chosen.append(one)
        elif one.stop - one.start > chosen[-1].stop - chosen[-1].start:
            chosen[-1] = one
    return chosen
