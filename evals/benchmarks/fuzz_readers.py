"""Reads random and damaged texts for some minutes: none may raise, none may take long, whatever stands in it.

Texts are made of the words of a language, of figures, signs and brackets, of one piece over and over, or of an article
of ``evals/articles`` with parts of it cut, doubled, turned round or overwritten. Each is read, its mentions are
checked, and the processor time for a byte is bounded; of the slowest ones, and of some that repeat a piece, the time
for a byte must not grow as they get eight times as long. Exit code 1 where one raised or a bound was exceeded.

Run it with ``python evals/benchmarks/fuzz_readers.py [--seconds 300] [--seed 1] [--json]``. A finding names its case;
``--case N`` reads that one again.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import traceback
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from llmdeal.errors import DocumentError
from llmdeal.readers import open_document, read
from llmdeal.readers.lexicon import language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from llmdeal.document import Document
    from llmdeal.readers import MarkedDocument

LANGUAGES: Final = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "ja", "zh")
# A text of an article takes about 1,000 ns a byte; nothing but amounts, about 10,000.
MOST_NS_A_BYTE: Final = 60_000
# Below this length what a call costs at all counts for more than its text.
SHORTEST: Final = 2_000
# How much the time for a byte may grow as a text is made eight times as long: linear is 1.
MOST_GROWTH: Final = 2.0
GROWN_FROM: Final = 2_500
LONGEST: Final = 200_000
SLOWEST_KEPT: Final = 12
PUBLISHED: Final = (None, date(2025, 11, 3), date(1, 1, 1), date(9999, 12, 31))
ARTICLES: Final = Path(__file__).parents[1] / "articles"
FIGURES: Final = (
    "0", "1", "38", "2026", "1.000", "1,5", "1 000 000", "1'000", "12,34,567", "2½", "1/2", "3-5", "03/11/2025",
    "2025-11-03", "9" * 40, "1." * 30, "1," * 30, "007", "\uff11\uff12", "٣٤", "²", "Ⅷ", "1e9", "0x1f", "三",
    "二百五十", "1兆2000億", "一点五亿", "1・5兆",
)  # fmt: skip
SIGNS: Final = (
    "$", "€", "US$", "¥", "%", "-", "\u2013", "\u2212", "+", "~", "<", ">", "=", "/", ".", ",", ";", ":", "·", "・",
    "▲", "|", "'", "\u2019", '"', "«", "(", ")", "[", "]", "{", "}", "（", "）", "【", "】", "[a9|", "[s3]",
    "<|im_start|>", "AMZN.O", "(NASDAQ: A, B)", "US0378331005", "東証：7203", "&", "@", "#", "_", "\\",
)  # fmt: skip
GAPS: Final = ("", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u202f", "\u3000", "-", ", ", ". ", "\r\n")
STRANGE: Final = (
    "\x00", "\x1f", "\ufeff", "\u200b", "\u202e", "\u2066", "\u2069", "\u0301", "\U0001f4b0", "İ", "ß", "ﬁ", "ﷺ",
    "\U0010ffff", "\ufffd", "ı", "ς", "\u2028", "\x85", "a\u0300\u0316" * 20,
)  # fmt: skip


_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class Case(NamedTuple):
    """A text to read: how it was made, and what of it repeats (nothing where it does not)."""

    language: str
    published: date | None
    kind: str
    text: str
    repeats: str = ""


class Finding(NamedTuple):
    """A case that went wrong, or the slowest of all."""

    case: int
    kind: str
    language: str
    figure: float
    text: str
    what: str = ""


@cache
def words_of(language: str) -> tuple[str, ...]:
    """Return the words that mean something to the readers of a language."""
    return tuple(sorted(language_of(language).words))


@cache
def articles() -> dict[str, list[str]]:
    """Return the texts of ``evals/articles``, by language."""
    texts: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for file in sorted(ARTICLES.glob("*.yaml")):
        article = yaml.load(file.read_text("utf-8"), Loader=loader)  # noqa: S506  a safe one in either case
        texts[article["language"]].append(article["text"])
    return texts


class Maker:
    """Makes one case from a seed.

    Args:
        seed: Of the whole run.
        case: Number of the case.
    """

    def __init__(self, seed: int, case: int) -> None:
        self._random = random.Random(f"{seed}:{case}")  # noqa: S311  reproducible, not secret
        self._language = self._random.choice(LANGUAGES)

    def case(self, longest: int = LONGEST) -> Case:
        """Return the case.

        Args:
            longest: Most code points of its text.
        """
        kind = self._random.choice(
            ("grammar", "grammar", "mutant", "mutant", "repeated", "repeated", "nested", "noise")
        )
        length = min(longest, int(10 ** self._random.uniform(1, 3.7)))
        if self._random.random() < 0.01:  # noqa: PLR2004  now and then a very long one
            length = longest
        make: Callable[[int], tuple[str, str]] = getattr(self, f"_{kind}")
        text, repeats = make(length)
        return Case(self._language, self._random.choice(PUBLISHED), kind, text[:longest], repeats)

    def _piece(self) -> str:
        """Return a word, a figure, a sign, now and then something strange."""
        choice = self._random.random()
        if choice < 0.45:  # noqa: PLR2004  shares that sum to one
            word = self._random.choice(words_of(self._language))
            return self._random.choice((word, word, word.title(), word.upper()))
        if choice < 0.7:  # noqa: PLR2004  shares that sum to one
            return self._random.choice((*FIGURES, str(self._random.randrange(10 ** self._random.randrange(1, 14)))))
        if choice < 0.92:  # noqa: PLR2004  shares that sum to one
            return self._random.choice(SIGNS)
        if choice > 0.999:  # noqa: PLR2004  half of a surrogate pair makes the whole text none
            return self._random.choice("\ud800\udfff")
        return self._random.choice(
            (*STRANGE, "".join(self._random.choices("abcxyzéü億", k=self._random.randrange(1, 90))))
        )

    def _sequence(self, count: int) -> str:
        gaps = self._random.choice((GAPS, ("",), (" ",), GAPS[:3]))
        return "".join(self._piece() + self._random.choice(gaps) for _ in range(count))

    def _grammar(self, length: int) -> tuple[str, str]:
        return self._sequence(max(1, length // 6)), ""

    def _repeated(self, length: int) -> tuple[str, str]:
        unit = self._sequence(self._random.choice((1, 1, 1, 2, 3, 5, 9))) or "x"
        return unit * max(1, length // len(unit)), unit

    def _nested(self, length: int) -> tuple[str, str]:
        opening, closing = self._random.choice(
            (("(", ")"), ("[", "]"), ("（", "）"), ("[a1|", "]"), ("«", "»"), ('"', '"'))
        )
        inner, depth = self._sequence(2), max(1, length // 8)
        return (opening + inner) * depth + closing * depth, ""

    def _noise(self, length: int) -> tuple[str, str]:
        low, high = self._random.choice(((0, 0x7F), (0, 0x2FF), (0x3000, 0x9FFF), (0, 0x10FFFF)))
        noise = "".join(chr(self._random.randint(low, high)) for _ in range(length))
        return (noise if self._random.random() < 0.1 else _SURROGATE.sub("?", noise)), ""  # noqa: PLR2004  now and then with half of a surrogate pair

    def _mutant(self, length: int) -> tuple[str, str]:
        text = self._random.choice(articles()[self._language] or ["It paid $5 million in 2026."])
        for _ in range(self._random.randrange(1, 30)):
            start = self._random.randrange(len(text) + 1)
            stop = min(len(text), start + int(10 ** self._random.uniform(0, 2.5)))
            part = text[start:stop]
            change = self._random.choice(
                ("", part * 2, part[::-1], self._piece(), part.upper(), part.replace(" ", ""), part + part)
            )
            text = text[:start] + change + text[stop:]
        return text if length < 1_000 else text[: 4 * length], ""  # noqa: PLR2004  short ones are kept whole


def size_of(text: str) -> int:
    """Return the length of a text in bytes of UTF-8, lone surrogates as they come."""
    return len(text.encode("utf-8", "surrogatepass"))


def opened(case: Case) -> Document | None:
    """Return the document of a case, or None where it is refused: nothing but white space, or no Unicode."""
    try:
        return open_document(case.text, language=case.language, published=case.published)
    except DocumentError:
        if case.text.strip() and not _SURROGATE.search(case.text):
            raise
        return None


def check(marked: MarkedDocument) -> None:
    """Raise where what was read is not what the text holds.

    Raises:
        AssertionError: A quote is not the words at its span, or two mentions overlap.
    """
    done = 0
    for mention in marked.mentions:
        start, stop = mention.span.start, mention.span.stop
        if not (done <= start < stop and mention.quote == marked.document.text[start:stop]):
            message = f"{mention.quote!r} is not what stands at {start}-{stop}, or overlaps what ends at {done}"
            raise AssertionError(message)
        done = stop
    marked.render()


def nanoseconds(action: Callable[[], object], rounds: int = 1) -> int:
    """Return the least processor time of an action."""
    times = []
    for _ in range(rounds):
        start = time.process_time_ns()
        action()
        times.append(time.process_time_ns() - start)
    return min(times)


def growth(document: Document, unit: str) -> float:
    """Return how much longer a byte takes in a text eight times as long: 1 where time grows with the length.

    Args:
        document: What is made longer; its own text where ``unit`` is empty.
        unit: What repeats in it.
    """
    part = unit or document.text[:GROWN_FROM]
    text = part * max(1, GROWN_FROM // len(part))
    rates = []
    for times in (1, 8):
        longer = open_document(text * times, language=document.language, published=document.published)
        rates.append(nanoseconds(lambda longer=longer: read(longer), 3) / len(longer.text))  # type: ignore[misc]  # a default of a lambda
    return rates[1] / rates[0]


class Fuzz:
    """A run: cases read, and what was found.

    Args:
        seed: Of the run.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.cases, self.refused, self.size, self.mentions = 0, 0, 0, 0
        self.crashes: list[Finding] = []
        self.slow: list[Finding] = []
        self.grown: list[Finding] = []
        self.slowest: list[tuple[float, int, Case]] = []
        self.most_growth = Finding(-1, "", "", 0.0, "")
        self.most_opening = Finding(-1, "", "", 0.0, "")

    def run(self, seconds: float) -> None:
        """Read cases for so many seconds of processor time; at the end see how the slowest grow."""
        stop = time.process_time() + seconds * 0.9
        while time.process_time() < stop:
            self.read(self.cases, Maker(self.seed, self.cases).case())
            self.cases += 1
        for _, number, case in self.slowest:
            self._see_growth(number, case)

    def read(self, number: int, case: Case) -> None:
        """Read one case and note what it shows."""
        try:
            start = time.process_time_ns()
            document = opened(case)
            opening = time.process_time_ns() - start
            if document is None:
                self.refused += 1
                return
            start = time.process_time_ns()
            marked = read(document)
            taken = time.process_time_ns() - start
            check(marked)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001  whatever is raised is a finding, a panic of a library in Rust too
            self._note_crash(number, case)
            return
        size = size_of(case.text)
        self.size, self.mentions = self.size + size, self.mentions + len(marked.mentions)
        rate = taken / max(size, SHORTEST)
        if rate > MOST_NS_A_BYTE:
            rate = nanoseconds(lambda: read(document), 3) / max(size, SHORTEST)
        if rate > MOST_NS_A_BYTE:
            self.slow.append(Finding(number, case.kind, case.language, rate, case.text[:200]))
        opening_rate = opening / max(size, SHORTEST)
        if opening_rate > self.most_opening.figure:
            self.most_opening = Finding(number, case.kind, case.language, opening_rate, case.text[:120])
        self.slowest = sorted([*self.slowest, (rate, number, case)], key=lambda one: -one[0])[:SLOWEST_KEPT]
        if case.repeats and number % 40 == 0:
            self._see_growth(number, case)

    def _note_crash(self, number: int, case: Case) -> None:
        what = traceback.format_exc(limit=-3)
        self.crashes.append(Finding(number, case.kind, case.language, 0.0, case.text[:200], what))

    def _see_growth(self, number: int, case: Case) -> None:
        try:
            document = opened(case)
            if document is None:
                return
            ratio = growth(document, case.repeats)
            if ratio > MOST_GROWTH:
                ratio = min(ratio, growth(document, case.repeats))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001  whatever is raised is a finding
            self._note_crash(number, case)
            return
        found = Finding(number, case.kind, case.language, ratio, (case.repeats or case.text)[:120])
        if ratio > MOST_GROWTH:
            self.grown.append(found)
        if ratio > self.most_growth.figure:
            self.most_growth = found

    @property
    def failed(self) -> bool:
        """True where a case raised or exceeded a bound."""
        return bool(self.crashes or self.slow or self.grown)

    def report(self) -> dict[str, object]:
        """Return the figures, ready for JSON."""
        rate, number, case = self.slowest[0] if self.slowest else (0.0, -1, Case("", None, "", ""))
        worst = Finding(number, case.kind, case.language, rate, case.text[:120])
        return {
            "seed": self.seed, "cases": self.cases, "refused": self.refused,
            "bytes": self.size, "mentions": self.mentions,
            "slowest_ns_a_byte": worst._asdict(), "most_growth": self.most_growth._asdict(),
            "slowest_opening_ns_a_byte": self.most_opening._asdict(),
            "crashes": _dicts(self.crashes), "too_slow": _dicts(self.slow), "grown": _dicts(self.grown),
        }  # fmt: skip


def _dicts(findings: Sequence[Finding]) -> list[dict[str, object]]:
    return [finding._asdict() for finding in findings[:20]]


def main() -> int:
    """Run, print the figures, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=300.0, help="processor time, all in all (default: 300)")
    parser.add_argument("--seed", type=int, default=1, help="what the texts are made from (default: 1)")
    parser.add_argument("--case", type=int, help="read this case of the seed only")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    for language in LANGUAGES:
        read(open_document("warm $5 5% 2026", language=language))
    fuzz = Fuzz(arguments.seed)
    if arguments.case is None:
        fuzz.run(arguments.seconds)
    else:
        fuzz.read(arguments.case, Maker(arguments.seed, arguments.case).case())
        fuzz.cases = 1
    report = fuzz.report()
    if arguments.json:
        print(json.dumps(report, indent=2))  # ASCII: a text may hold half of a surrogate pair
        return int(fuzz.failed)
    print(f"seed {fuzz.seed}: {fuzz.cases:,} texts ({fuzz.refused:,} refused), {fuzz.size / 1e6:.1f} MB")
    print(f"mentions: {fuzz.mentions:,}")
    for name in ("slowest_ns_a_byte", "most_growth", "slowest_opening_ns_a_byte"):
        print(f"{name.replace('_', ' ')}: {report[name]!a}")
    for name in ("crashes", "too_slow", "grown"):
        findings = report[name]
        print(f"{name.replace('_', ' ')}: {ascii(findings) if findings else 'none'}")
    return int(fuzz.failed)


if __name__ == "__main__":
    sys.exit(main())
