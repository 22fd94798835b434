"""Gathers what of an article is likely for each slot."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from llmdeal.deal import ConsiderationKind, DealStatus, DealType
from llmdeal.mentions import AmountCue, MentionKind, Money, PartialDate, Percent
from llmdeal.offer.kinds import Offer, OfferedRelated
from llmdeal.readers.background import read_background
from llmdeal.readers.cues import cues_in, lead_of, part_of_price, read_cues, says, words_beside
from llmdeal.readers.proper_names import distinct, letters_of, names_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from llmdeal.document import Sentence
    from llmdeal.mentions import Mention
    from llmdeal.readers import MarkedDocument
    from llmdeal.readers.background import Background
    from llmdeal.readers.cues import DealCues
    from llmdeal.readers.proper_names import ProperName

__all__ = ["offer_of"]

CueT = TypeVar("CueT", DealType, DealStatus)
# A type or status is on offer when its cues weigh at least this part of the heaviest one's.
_NEAR_THE_TOP: Final = 0.5
# Below this many units of a currency, an amount is the price of a share or of a ticket.
_LEAST_PRICE: Final = 10_000
_FIRST_SENTENCES: Final = 3
# What was made known longer ago is not what the article reports; where something is fresher, that is.
_NEWS: Final = timedelta(days=14)
_FRESH: Final = timedelta(days=2)
# A deal was closed shortly before the article, if not after it.
_CLOSED_LATELY: Final = timedelta(days=60)
# Cues that weigh about as much as one in the headline leave no doubt of a deal; with a price half of that will do.
_CERTAIN: Final = 0.9
_A_MONTH: Final = timedelta(days=32)
_A_QUARTER: Final = timedelta(days=93)
# "80 % da Nutrigado": a short word or two, and a capital.
_OF_A_NAME = re.compile(r"[ \u00a0](?:[^\W\d_]{1,5}['’ ]){1,2}(?=[^\W\d_a-zß-ÿ])")
_RESULTS: Final = frozenset({AmountCue.REVENUE, AmountCue.PROFIT, AmountCue.LOSS})
# What a lead that says so as plainly as a headline, and an offer said twice, leaves no agreement beside it.
_LESS_THAN_AGREED: Final = {DealStatus.RUMOURED: 1.0, DealStatus.TERMINATED: 1.0, DealStatus.OFFERED: 2.0}
# Shares and bonds are offered by agreement.
_LISTING: Final = frozenset({DealType.IPO, DealType.DEBT})
# A deal moves a share price by less than this many per cent, whatever else in the sentence does.
_MOST_MOVED: Final = 60


def offer_of(marked: MarkedDocument) -> Offer:
    """Return what is on offer for an article.

    Args:
        marked: The article.

    Returns:
        Marks by kind, types, statuses and parts of the price: those for which the words of the article speak.
    """
    return _Offering(marked).offer()


class _Offering:
    def __init__(self, marked: MarkedDocument) -> None:
        self._marked = marked
        self._document = marked.document
        self._lead = lead_of(marked.document)
        repeated = {mark for others in marked.conversions.values() for mark in others}
        self._marks = {mark: mention for mark, mention in marked.marks.items() if mark not in repeated}

    def offer(self) -> Offer:
        cues = read_cues(self._document)
        closing, prices = self._closing(), self._prices()
        advising, selling = self._that_say("adviser"), self._that_say("seller")
        sellers = self._sellers(selling)
        in_front = self._in_front(prices)
        names = [name.text for name in distinct(name for found in self._names.values() for name in found)]
        marks: dict[str, list[str]] = {kind.value: [] for kind in MentionKind}
        for mark, mention in self._marked.marks.items():
            marks[mention.kind].append(mark)
        marks |= {
            "sentence": [f"s{sentence.number}" for sentence in self._document.sentences],
            "price": in_front or prices,
            "announced": self._announced,
            "completion": closing or self._likely_closings(marks[MentionKind.DATE]),
            "reaction": self._reactions(),
            "effective": self._starting,
            "expiry": self._expiring,
            "share": self._shares(),
        }
        return Offer(
            marks=marks,
            deal_types=_near_the_top(cues.deal_types) or tuple(DealType),
            statuses=_statuses(cues, closes=bool(closing)),
            certain=self._certain(cues, priced=bool(in_front)),
            parts=self._parts,
            closes=bool(closing),
            advised=bool(advising),
            names=names,
            advisers=self._names_of(advising),
            sells=bool(sellers if names else selling),
            sellers=sellers,
            letters=letters_of(self._document),
            priced=bool(in_front),
            # Without names to choose from, those of a sentence would be the only ones.
            related=[_offered(one, one.names if names else ()) for one in read_background(self._marked)],
        )

    def _that_say(self, saying: str) -> list[Sentence]:
        return [sentence for sentence in self._document.sentences if says(self._document, sentence, saying)]

    @cached_property
    def _names(self) -> dict[int, tuple[ProperName, ...]]:
        """What may be a name in each sentence, by its number."""
        return {one.number: names_of(self._marked, one) for one in self._document.sentences}

    def _names_of(self, sentences: Sequence[Sentence]) -> list[str]:
        return list(dict.fromkeys(name.text for one in sentences for name in self._names[one.number]))

    def _sellers(self, sentences: Sequence[Sentence]) -> list[str]:
        """Return the names of some sentences; a sentence's first word counts where it has a capital elsewhere, too."""
        sure = {name.text for found in self._names.values() for name in found if name.words}
        return [name for name in self._names_of(sentences) if name in sure]

    def _certain(self, cues: DealCues, *, priced: bool) -> bool:
        """Tell whether the words speak for a deal and no sales or profit is what the article begins with."""
        weight = max(cues.deal_types.values(), default=0.0) + max(cues.statuses.values(), default=0.0)
        stop = self._lead[:2][-1].span.stop
        of_results = any(m.cue in _RESULTS for m in self._marks.values() if m.span.start < stop)
        return weight >= _CERTAIN * (0.5 if priced else 1.0) and not of_results

    def _likely_closings(self, marks: list[str]) -> list[str]:
        """Return the dates on which a deal can have been closed where no word says so.

        Not long before the article, nor the day of its dateline or of the news; no whole year, and none on which
        something else begins or ends.
        """
        published = self._document.published
        if published is None:
            return marks
        since, mentions = published - _CLOSED_LATELY, self._marked.marks
        taken = {*self._starting, *self._expiring, *self._announced}
        dates = [mark for mark in marks if mark not in taken and not self._in_dateline(mentions[mark])]
        return [
            mark
            for mark in dates
            if isinstance(value := mentions[mark].value, PartialDate)
            and since <= value.latest < value.earliest + _A_QUARTER
        ]

    def _prices(self) -> list[str]:
        """Return the amounts of the lead that can be the price: what touches a word for something else cannot."""
        parts = {mark for _, mark in self._parts}
        stop = self._end_of_prices()
        prices: dict[tuple[object, ...], str] = {}
        for mark, mention in self._marks.items():
            value = mention.value
            if not isinstance(value, Money) or mention.cue.excludes_price or mark in parts:
                continue
            if mention.span.start < stop and value.amount >= _LEAST_PRICE:
                prices.setdefault((value.amount, value.currency, value.upper), mark)
        return list(prices.values())

    def _in_front(self, marks: list[str]) -> list[str]:
        """Return those marks that the first sentences have: an article that states its price does so there."""
        stop = self._lead[:_FIRST_SENTENCES][-1].span.stop
        return [mark for mark in marks if self._marks[mark].span.start < stop]

    def _end_of_prices(self) -> int:
        """Return where the lead ends, or where it says that the price is not told: what follows is something else."""
        for sentence in self._lead:
            if says(self._document, sentence, "undisclosed"):
                return sentence.span.start
        return self._lead[-1].span.stop

    @cached_property
    def _parts(self) -> tuple[tuple[ConsiderationKind, str], ...]:
        """Return the parts of the price: amounts of the lead beside a word for cash, shares, milestones and so on."""
        parts, stop = list[tuple[ConsiderationKind, str]](), self._end_of_prices()
        for mark, mention in self._marks.items():
            if not isinstance(mention.value, Money) or mention.span.start >= stop:
                continue
            if mention.cue is AmountCue.PER_SHARE:
                # A raised offer is told with the one before it, which comes after.
                if all(kind is not ConsiderationKind.PER_SHARE for kind, _ in parts):
                    parts.append((ConsiderationKind.PER_SHARE, mark))
            elif not mention.cue.excludes_price and (kind := part_of_price(self._document, mention)):
                parts.append((kind, mark))
        return tuple(parts)

    @cached_property
    def _announced(self) -> list[str]:
        """Return the days on which the news can have been made known; the dateline only where there is no other."""
        published = self._document.published
        if published is None:
            return [mark for mark, mention in self._marks.items() if isinstance(mention.value, PartialDate)]
        days = [
            mark
            for mark, mention in self._marks.items()
            if isinstance(mention.value, PartialDate)
            and mention.value.earliest == mention.value.latest
            and published - _NEWS <= mention.value.latest <= published
        ]
        days = [mark for mark in days if self._is_fresh(mark, published)] or days
        return [mark for mark in days if not self._in_dateline(self._marks[mark])] or days

    def _is_fresh(self, mark: str, published: date) -> bool:
        value = self._marks[mark].value
        return isinstance(value, PartialDate) and value.latest >= published - _FRESH

    def _in_dateline(self, mention: Mention) -> bool:
        value, first = mention.value, self._lead[0].span
        in_front = mention.span.start - first.start < 120 or mention.span.start < 200  # noqa: PLR2004  a header's length
        states_year = any(character.isdigit() for character in mention.quote)
        return isinstance(value, PartialDate) and value.latest == self._document.published and in_front and states_year

    def _closing(self) -> list[str]:
        """Return the dates yet to come in sentences that speak of a closing."""
        published = self._document.published
        return [
            mark
            for mark, mention in self._marks.items()
            if isinstance(mention.value, PartialDate)
            and published is not None
            and mention.value.latest > published
            and says(self._document, self._document.sentence_at(mention.span.start), "closing")
        ]

    @cached_property
    def _starting(self) -> list[str]:
        return self._bound("starting")

    @cached_property
    def _expiring(self) -> list[str]:
        return self._bound("expiring")

    def _bound(self, side: str) -> list[str]:
        """Return the days and months yet to come of the lead on which something begins or ends, but no closing."""
        published, stop = self._document.published, self._lead[-1].span.stop
        return [
            mark
            for mark, mention in self._marks.items()
            if isinstance(value := mention.value, PartialDate)
            and published is not None
            and mention.span.start < stop
            and published < value.latest < value.earliest + _A_MONTH
            and side in words_beside(self._document, mention)
            and not says(self._document, self._document.sentence_at(mention.span.start), "closing")
        ]

    def _shares(self) -> list[str]:
        """Return the first percentage of the lead that is a part of a company."""
        stop = self._lead[-1].span.stop
        shares = (
            mark
            for mark, mention in self._marks.items()
            if isinstance(mention.value, Percent)
            and mention.span.start < stop
            and mention.value.percent > 0
            and self._is_a_share(mention)
        )
        return list(islice(shares, 1))

    def _is_a_share(self, mention: Mention) -> bool:
        if "stake" in words_beside(self._document, mention):
            return True
        sentence = self._document.sentence_at(mention.span.start)
        of_a_name = _OF_A_NAME.match(self._document.text, mention.span.stop, sentence.span.stop)
        speaks_of_it = DealType.ACQUISITION in cues_in(self._document, sentence, "deal_type")
        return bool(of_a_name and speaks_of_it and not says(self._document, sentence, "share_price"))

    def _reactions(self) -> list[str]:
        """Return the first percentage of each sentence that speaks of a share price, where it is one that moves."""
        marks, seen = [], set()
        for mark, mention in self._marks.items():
            sentence = self._document.sentence_at(mention.span.start)
            if not isinstance(mention.value, Percent) or sentence.number in seen:
                continue
            if abs(mention.value.percent) < _MOST_MOVED and says(self._document, sentence, "share_price"):
                seen.add(sentence.number)
                marks.append(mark)
        return marks


def _offered(background: Background, names: Sequence[str]) -> OfferedRelated:
    return OfferedRelated(
        sentence=f"s{background.sentence.number}",
        deal_types=background.deal_types,
        statuses=background.statuses,
        certainties=background.certainties,
        marks={kind.value: marks for kind, marks in background.marks.items()},
        names=names,
        plain=background.plain,
    )


def _statuses(cues: DealCues, *, closes: bool) -> tuple[DealStatus, ...]:
    """Return the statuses that the lead speaks for; agreed is the usual one, unless it plainly speaks for less."""
    spoken_for = _near_the_top(cues.statuses)
    statuses = [status for status in spoken_for if status is not DealStatus.COMPLETED or not closes]
    lists = bool(_LISTING.intersection(_near_the_top(cues.deal_types)))
    for status, least in _LESS_THAN_AGREED.items():
        weight = cues.statuses.get(status, 0.0)
        settled = status is DealStatus.OFFERED and (lists or weight < 2 * cues.statuses.get(DealStatus.COMPLETED, 0.0))
        if weight >= least and not settled:
            return tuple(statuses) or (status,)
    return tuple(dict.fromkeys((DealStatus.AGREED, *statuses)))


def _near_the_top(weights: Mapping[CueT, float]) -> tuple[CueT, ...]:
    least = max(weights.values(), default=0.0) * _NEAR_THE_TOP
    return tuple(sorted((name for name, weight in weights.items() if weight >= least), key=lambda name: -weights[name]))
