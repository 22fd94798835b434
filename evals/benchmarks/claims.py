"""Claims about the gold articles, half true in another form, half perturbed: what a check of grounding is put to.

Every claim comes from a value that a person labelled with its words, or from a party's name, and from a seed. A claim
is a short sentence in one of ten languages, and the extraction that a tool would have to align for it. Whether it is
true of its article is certain: a perturbed value that the article states elsewhere, as far as its labels, its readers
and its bare figures tell, is thrown away.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, Final

from evals.benchmarks import claims_perturbed as perturbed
from evals.benchmarks import claims_wording as wording
from evals.benchmarks.claims_perturbed import Stated
from llmdeal.evaluation import GoldArticle
from llmdeal.mentions import Duration, Money, PartialDate, Percent
from llmdeal.readers.names import NameIndex, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from llmdeal.evaluation.labels import Label

__all__ = ["Claim", "claims_about"]

_LEGAL_FORMS: Final = {
    "en": ("Inc.", "Ltd", "plc", "Corp."),
    "fr": ("SA", "SAS", "S.A."),
    "de": ("AG", "GmbH", "SE"),
    "es": ("S.A.", "S.L."),
    "it": ("S.p.A.", "S.r.l."),
    "pt": ("S.A.", "Lda."),
    "nl": ("N.V.", "B.V."),
    "pl": ("S.A.", "sp. z o.o."),
    "ja": ("株式会社",),
    "zh": ("有限公司", "股份有限公司"),
}
# What a party that is still to be founded is called: it names nobody, so no article is wrong about it.
_NO_NAMES: Final = frozenset({"共同持ち株会社"})
_DIRECTIONS: Final = {True: "rise", False: "fall"}


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about an article.

    Args:
        article: Id of the article.
        kind: amount, date, percent, duration or name.
        form: How it differs from what the article writes.
        true: True where the article states it.
        language: ISO 639-1 code of the sentence.
        sentence: The statement.
        extraction: The words of it that state the value.
    """

    article: str
    kind: str
    form: str
    true: bool
    language: str
    sentence: str
    extraction: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def claims_about(articles: Sequence[GoldArticle], seed: int = 1) -> list[Claim]:
    """Return claims about some articles, as many true ones as perturbed ones of every kind.

    Args:
        articles: The articles with their labels.
        seed: Claims are the same for the same seed.

    Returns:
        The claims, ordered by kind and article.
    """
    random = Random(seed)  # noqa: S311  claims are no secret
    drawn = {claim for article in articles for claim in _Claims(article, _names_like(article, articles), random).all()}
    groups: dict[str, dict[bool, list[Claim]]] = defaultdict(lambda: {True: [], False: []})
    for claim in sorted(drawn, key=lambda one: (one.article, one.form, one.language, one.sentence)):
        groups[claim.kind][claim.true].append(claim)
    chosen: list[Claim] = []
    for kind in sorted(groups):
        size = min(map(len, groups[kind].values()))
        for half in groups[kind].values():
            chosen += sorted(random.sample(half, size), key=lambda one: (one.article, one.sentence))
    return chosen


def _names_like(article: GoldArticle, articles: Sequence[GoldArticle]) -> list[str]:
    """Return the names of all parties that could be one of an article: where signs are words, of its language only."""
    names = {
        party.name.options[0]
        for other in articles
        for party in other.gold.parties or ()
        if other.language == article.language or not perturbed.is_unspaced(party.name.options[0])
    }
    own = {option for party in article.gold.parties or () for option in party.name.options}
    return sorted(names - own - _NO_NAMES)


@dataclass
class _Claims:
    """Draws the claims about one article."""

    article: GoldArticle
    names: list[str]
    random: Random
    stated: Stated = field(init=False)

    def __post_init__(self) -> None:
        self.stated = Stated.of(self.article.marked, [value for value, _ in self._values()])

    def all(self) -> Iterator[Claim]:
        seen: set[str] = set()
        for value, quote in self._values():
            key = f"{type(value).__name__} {value}"
            if key in seen:
                continue
            seen.add(key)
            if isinstance(value, Money):
                yield from self._amounts(value)
            elif isinstance(value, PartialDate):
                yield from self._dates(value, quote)
            elif isinstance(value, Percent):
                yield from self._percents(value)
            elif isinstance(value, Duration):
                yield from self._durations(value)
        for party in self.article.gold.parties or ():
            yield from self._names(party.name)

    def _values(self) -> Iterator[tuple[Any, str]]:
        """Yield the labelled values that have their words, with the words."""
        gold = self.article.gold
        labels: list[Label[Any] | None] = [gold.value, gold.stake, gold.announced, gold.effective, gold.completion]
        labels += [gold.expiry, gold.term]
        labels += [item.amount for item in gold.consideration or ()]
        labels += [item.percent for item in gold.reactions or ()]
        for item in gold.related or ():
            labels += [item.value, item.term, item.stake]
        for label in labels:
            if label:
                # Where fewer words are given than values, they are those of the first.
                yield from zip(label.options, label.quotes, strict=False)

    def _language(self) -> str:
        """Draw the language of a summary: the article's own as often as all the others together."""
        return self.article.language if self.random.random() < 0.5 else self.random.choice(wording.LANGUAGES)  # noqa: PLR2004  half of them

    def _claim(
        self, kind: str, form: str, extraction: str | None, language: str, *, true: bool, sentence: str = ""
    ) -> Iterator[Claim]:
        if extraction is None:
            return
        template = self.random.choice(wording.SENTENCES[sentence or kind][language])
        text = template.format(extraction)
        yield Claim(self.article.id, kind, form, true, language, text[0].upper() + text[1:], extraction)

    def _amounts(self, value: Money) -> Iterator[Claim]:
        ends = [value.amount] if value.upper is None else [value.amount, value.upper]
        for end in ends:
            for form in ("word", "small", "code", "sign", "plain"):
                language = self._language()
                written = wording.amount(end, value.currency, language, form)
                if form == "sign" and not perturbed.sign_is_clear(value.currency):
                    continue
                if language in wording.UNSPACED and written and self.random.random() < 0.5:  # noqa: PLR2004  half of them
                    form, written = "full width", wording.wide(written)  # noqa: PLW2901  what it is now
                yield from self._claim("amount", form, written, language, true=True)
            rounded = perturbed.rounded(end)
            if rounded is not None:
                yield from self._hedged(
                    "amount", "rounded as stated", Money(amount=rounded, currency=value.currency), true=True
                )
            for form, wrong in perturbed.amounts(end, value.currency, self.stated, self.random):
                if form == "hedged":
                    yield from self._hedged("amount", "hedged", wrong, true=False)
                    continue
                language = self._language()
                how = self.random.choice(("word", "code", "small" if form == "digit" else "word"))
                yield from self._claim(
                    "amount", form, wording.amount(wrong.amount, wrong.currency, language, how), language, true=False
                )

    def _hedged(self, kind: str, form: str, value: Money, *, true: bool) -> Iterator[Claim]:
        language = self._language()
        written = wording.amount(value.amount, value.currency, language, "word")
        if written:
            gap = "" if language in wording.UNSPACED else " "
            written = f"{self.random.choice(wording.ABOUT[language])}{gap}{written}"
        yield from self._claim(kind, form, written, language, true=true)

    def _dates(self, value: PartialDate, quote: str) -> Iterator[Claim]:
        if value.earliest == value.latest:
            for form in ("long", "figures", "weekday"):
                language = self._language()
                yield from self._claim("date", form, wording.day(value.earliest, language, form), language, true=True)
            language = self._language()
            month = perturbed.month_around(value.earliest)
            yield from self._claim(
                "date",
                "coarser",
                wording.period(month, language, quarterly=True),
                language,
                true=True,
                sentence="period",
            )
            for form, when in perturbed.days(value.earliest, self.stated, self.random):
                language = self._language()
                how = self.random.choice(("long", "figures"))
                yield from self._claim("date", form, wording.day(when, language, how), language, true=False)
            return
        quarterly = perturbed.names_a_quarter(quote)
        for _ in range(2):
            language = self._language()
            written = wording.period(value, language, quarterly=quarterly)
            yield from self._claim("date", "period", written, language, true=True, sentence="period")
        for form, other in perturbed.periods(value, self.stated, self.random):
            language = self._language()
            written = wording.period(other, language, quarterly=quarterly)
            yield from self._claim("date", form, written, language, true=False, sentence="period")

    def _percents(self, value: Percent) -> Iterator[Claim]:
        moves = any(
            item.percent.options and value in item.percent.options for item in self.article.gold.reactions or ()
        )
        sentence = _DIRECTIONS[value.percent > 0] if moves else "share"
        for number, name in enumerate(("sign", "word")):
            language = self._language()
            written = wording.percent(value.percent, language, number)
            if language in wording.UNSPACED and name == "sign":
                name, written = "full width", wording.wide(written)  # noqa: PLW2901  what it is now
            yield from self._claim("percent", name, written, language, true=True, sentence=sentence)
        for form, wrong in perturbed.percents(value.percent, self.stated, self.random, moves=moves):
            language = self._language()
            kind = _DIRECTIONS[wrong > 0] if moves else "share"
            written = wording.percent(wrong, language, self.random.choice((0, 1)))
            yield from self._claim("percent", form, written, language, true=False, sentence=kind)

    def _durations(self, value: Duration) -> Iterator[Claim]:
        if value.months is None:
            return
        for form in ("years", "words", "months"):
            language = self._language()
            yield from self._claim(
                "duration", form, wording.duration(value.months, language, form), language, true=True
            )
        for form, months in perturbed.durations(value.months, self.stated, self.random):
            language = self._language()
            how = "months" if months % 12 else self.random.choice(("years", "words"))
            yield from self._claim("duration", form, wording.duration(months, language, how), language, true=False)

    def _names(self, label: Label[str]) -> Iterator[Claim]:
        index = NameIndex(self.article.marked.document)
        known = [option for option in label.options if index.find(option) and option not in _NO_NAMES]
        if not known:
            return
        name = known[0]
        script = perturbed.is_unspaced(name)
        for alias in known[1:]:
            yield from self._named("alias", alias, true=True)
        if not script:
            yield from self._named("case", name.upper(), true=True)
            if fold(name) != name.lower():
                yield from self._named("accents", perturbed.without_accents(name), true=True)
        forms = _LEGAL_FORMS[
            "ja" if script and self.article.language == "ja" else "zh" if script else self._spaced_language()
        ]
        if not any(map(perturbed.has_legal_form, known)) and (script or name.split()[-1][0].isupper()):
            gap = "" if script else " "
            yield from self._named("legal form", f"{name}{gap}{self.random.choice(forms)}", true=True)
        yield from self._named("as written", name, true=True)
        for form, wrong in perturbed.names(name, self.names, self.article.marked, self.random):
            yield from self._named(form, wrong, true=False)

    def _spaced_language(self) -> str:
        return self.random.choice([one for one in wording.LANGUAGES if one not in wording.UNSPACED])

    def _named(self, form: str, name: str, *, true: bool) -> Iterator[Claim]:
        """Claim a name in a language that writes it so: the article's, or one of the same script."""
        unspaced = perturbed.is_unspaced(name)
        languages = [self.article.language, "en"] if unspaced else [self._spaced_language(), self.article.language]
        language = self.random.choice(languages)
        yield from self._claim("name", form, name, language, true=true)
