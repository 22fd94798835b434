"""A short run of ``evals/benchmarks/fuzz_readers.py``: whatever a text holds, it is read, and in linear work."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmdeal.readers import open_document, read
from llmdeal.readers.homes import settled
from llmdeal.readers.lexing import lex
from llmdeal.readers.numberwords import join_number_words
from llmdeal.segmentation import LANGUAGES

if TYPE_CHECKING:
    from types import FrameType, ModuleType

CASES = 12
LONGEST = 1_500
SEED = 2026
PATH = Path(__file__).parents[1] / "evals" / "benchmarks" / "fuzz_readers.py"
PIECES = [
    "$5 million, ", "two hundred and ", "3-5 ", "3 to 5 November ", "March to May ", "spring ", "(NASDAQ: A, B, C) ",
    "kr ", "\u00a55 ", "TORONTO, ", "3日から5日", "一点五亿元", "1・", "minus 3%", "the ", "and ", "between ", "((((",
    "fall ", "Q3'26 ",
]  # fmt: skip


def benchmark() -> ModuleType:
    spec = spec_from_file_location("fuzz_readers", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


FUZZ = benchmark()


@pytest.mark.parametrize("start", range(0, 10 * CASES, CASES))
def test_any_case_is_read_and_its_mentions_are_what_stands_there(start: int) -> None:
    for number in range(start, start + CASES):
        document = FUZZ.opened(FUZZ.Maker(SEED, number).case(LONGEST))
        if document is not None:
            FUZZ.check(read(document))


def test_a_wrong_mention_is_a_finding() -> None:
    marked = read(open_document("It paid $5 million.", language="en"))
    other = open_document("She paid $5 million.", language="en")
    with pytest.raises(AssertionError, match="is not what stands at 8-18"):
        FUZZ.check(type(marked)(other, marked.mentions))


def test_the_same_seed_makes_the_same_case() -> None:
    assert FUZZ.Maker(SEED, 7).case() == FUZZ.Maker(SEED, 7).case() != FUZZ.Maker(SEED, 8).case()


def calls_to_read(text: str, language: str) -> int:
    """Count the calls of functions that reading a text takes."""
    document = open_document(text, language=language, published=FUZZ.PUBLISHED[1])
    read(document)
    calls = 0

    def count(_: FrameType, event: str, __: Any) -> None:  # noqa: ANN401  as sys.setprofile says
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(document)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("language", ["en", "de", "ja", "zh"])
def test_the_work_for_a_piece_over_and_over_grows_with_its_length(language: str, piece: str) -> None:
    short, long = (calls_to_read("x " + piece * times, language) for times in (40, 160))
    assert long <= 4.5 * short + 100


@pytest.mark.parametrize("language", ["en", "fr", "ja"])
def test_number_words_and_homes_are_found_in_one_pass_over_the_lexemes(language: str) -> None:
    lexed = lex("two hundred and fifty kr cent deux mille cinq 5円 " * 50, language)
    joined = join_number_words(lexed.lexemes, lexed.text)
    assert len(joined) <= len(lexed.lexemes)
    assert [one.start for one in joined] == sorted({one.start for one in joined})
    assert settled(lexed, []) == []


@pytest.mark.parametrize("language", ["ja", "zh"])
@pytest.mark.parametrize(
    "text",
    [
        "十,億二.8亿〇3",
        "日54年兆4兆万,億元月",
        "9万千 日一.点 1亿",
        "一.・二万・年年01 億",
        ".億",
        "億.",
        "1.億",
        "，，億",
        "点",
        "一点",
    ],
)
def test_a_bare_point_beside_a_numeral_sign_is_no_number(language: str, text: str) -> None:
    FUZZ.check(read(open_document(text, language=language)))


@given(
    st.text("0123456789.,・点，．億万亿兆千百十一二〇五 円元年月日%", min_size=1, max_size=16),
    st.sampled_from(["ja", "zh"]),
)
@settings(max_examples=400)
def test_any_figures_and_signs_are_read(text: str, language: str) -> None:
    FUZZ.check(read(open_document(f"x {text}", language=language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_of_digits_is_read_in_linear_time(language: str) -> None:
    # Its work is inside one regular expression, which no line count sees; at 100,000 digits the square is minutes.
    lexed = lex("1" * 100_000, language)
    assert [lexeme.number for lexeme in lexed.lexemes] == [None]


@pytest.mark.parametrize("language", ["es", "en", "ja"])
def test_a_sign_that_begins_nothing_is_not_searched_past_again_and_again(language: str) -> None:
    # As above: a stretch whose sign may begin a word was searched to the end of the text, once for each.
    assert lex("/  " * 100_000, language).lexemes == []
