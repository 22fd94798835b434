"""What holds for any text: readers never raise, spans reproduce quotes, and what is written is read back."""

from __future__ import annotations

import re
import time
from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from llmdeal.errors import DocumentError
from llmdeal.mentions import Money, PartialDate
from llmdeal.readers import MarkedDocument, open_document, read
from llmdeal.readers.folding import fold

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "ja", "zh")
PUBLISHED = date(2025, 11, 3)
PIECES = [
    "$", "€", "US$", "38", "1.000", "1,2", "2½", "2026", "2025-11-03", "03/11/2025", " ", "-", "\u2013",
    "\u202f", "\n", "\n\n", "(", ")", "[", "]", "|", "[a9|", "[s3]", ".", ",", "%", "milliards", "billion",
    "Mrd.", "millones", "de", "d\u2019", "euros", "dollars", "bn", "m", "M€", "Nov.", "novembre", "3.", "1er",
    "Ende", "fin", "end of", "the", "last", "week", "next", "lundi", "Montag", "Q3", "third", "quarter",
    "cinq", "ans", "years", "five-year", "AMZN.O", "NASDAQ: AMZN", "İ", "\uff11\uff12", "par action",
    "年", "月", "日", "億", "万亿", "兆", "円", "美元", "三", "十", "来年", "末", "約", "1株", "百分之", "（4129）",
    "周二", "miliardi", "mld", "R$", "bi", "mil milhões", "mrd", "tys.", "roku", "segunda-feira", "(9)", "código JTBA3",
    "per share", "between", "and", "to", "à", "bis", "fell", "um", "gefallen", "revenue of", "a", "half a",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
)


def read_any(text: str, language: str, published: date | None) -> MarkedDocument | None:
    try:
        return read(open_document(text, language=language, published=published))
    except DocumentError:
        assert not text.strip()
        return None


@settings(deadline=None, max_examples=400)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES), published=st.sampled_from([None, PUBLISHED]))
def test_any_text_is_read(text: str, language: str, published: date | None) -> None:
    marked = read_any(text, language, published)
    if marked is None:
        return
    done = 0
    for mention in marked.mentions:
        assert mention.span.start >= done
        assert mention.quote == text[mention.span.start : mention.span.stop] != ""
        done = mention.span.stop
    assert all(marked.mark_of(mention) == mark for mark, mention in marked.marks.items())
    assert set(marked.conversions) <= set(marked.marks)


@settings(deadline=None, max_examples=400)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_the_rendering_holds_every_mark_once_and_no_other(text: str, language: str) -> None:
    marked = read_any(text, language, PUBLISHED)
    if marked is None:
        return
    lines = marked.render().split("\n")
    assert len(lines) == len(marked.document.sentences)
    assert all(line.startswith(f"[s{number}]") for number, line in enumerate(lines, start=1))
    rest = "\n".join(line.partition("]")[2] for line in lines)
    found = re.findall(r"\[([a-zA-Z]\d+)", rest)
    assert found == [marked.mark_of(mention) for mention in marked.mentions]


@given(text=st.text())
def test_folding_moves_no_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("day", [date(2025, month, 28) for month in range(1, 13)])
@pytest.mark.parametrize("width", ["short", "medium", "long", "full"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_in_the_forms_of_its_language_is_read_back(language: str, width: str, day: date) -> None:
    written = format_date(day, format=width, locale=language)
    marked = read(open_document(f"x {written} x", language=language, published=PUBLISHED))
    if width == "short" and str(day.year) not in written:
        return
    assert [m.value for m in marked.mentions] == [PartialDate(earliest=day, latest=day)]


# For each language its forms, and the power of ten that they name.
FORMS = {
    "it": ["{} miliardi di dollari", "{} mld di dollari", "{} mld. dollari"],
    "pt": ["{} mil milhões de dólares", "US$ {} bi", "{} bilhões de dólares"],
    "nl": ["{} miljard dollar", "$ {} mrd", "{} mld. dollar"],
    "pl": ["{} miliardów dolarów", "{} mld USD", "{} mld dol."],
    "ja": ["{}億ドル", "{}億米ドル", "約{}億ドル"],
    "zh": ["{}亿美元", "{}億美元", "US${}亿"],
    "en": ["${} billion", "US$ {}bn", "{} billion dollars", "USD {} billion"],
    "fr": ["{} milliards de dollars", "{} Md$", "{} milliards $", "{} Mds de dollars"],
    "de": ["{} Milliarden Dollar", "{} Mrd. US-Dollar", "{} Mrd. $", "{}-Milliarden-Dollar"],
    "es": ["{} mil millones de dólares", "US$ {} mil millones", "{} millardos de dólares"],
}


@settings(deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    form=st.integers(min_value=0, max_value=2),
    number=st.decimals(min_value="0.01", max_value="999", places=2),
)
def test_an_amount_in_the_forms_of_its_language_is_read_back(language: str, form: int, number: Decimal) -> None:
    written = FORMS[language][form].format(format_decimal(number, locale=language))
    mentions = read(open_document(f"x {written} x", language=language)).mentions
    power = 8 if language in {"ja", "zh"} else 9
    assert [(m.value.amount, m.value.currency) for m in mentions if isinstance(m.value, Money)] == [
        (number.scaleb(power).normalize(), "USD")
    ]


@settings(deadline=None)
@given(language=st.sampled_from(LANGUAGES), number=st.integers(min_value=1, max_value=10**12))
def test_a_full_amount_is_read_back(language: str, number: int) -> None:
    written = format_decimal(number, locale=language)
    euro = {"ja": "ユーロ", "zh": "欧元"}.get(language, " euro")
    mentions = read(open_document(f"x {written}{euro} x", language=language)).mentions
    assert [m.value for m in mentions] == [Money(amount=Decimal(number), currency="EUR")]


def composed(number: int, myriads: str) -> str:
    """Write a number as Japan and China do: 1兆2000億."""
    written = ""
    for sign in reversed(myriads):
        power = {"萬": 4, "万": 4, "億": 8, "亿": 8, "兆": 12}[sign]
        count, number = divmod(number, 10**power)
        written += f"{count}{sign}" if count else ""
    return written + (str(number) if number else "")


@settings(deadline=None)
@given(number=st.integers(min_value=1, max_value=10**16 - 1))
def test_a_composed_amount_is_read_back(number: int) -> None:
    for language, myriads, yen in (("ja", "万億兆", "円"), ("zh", "万亿", "日元"), ("zh", "萬億兆", "日圓")):
        if number >= 10**12 and len(myriads) == 2:
            continue
        mentions = read(open_document(f"x {composed(number, myriads)}{yen} x", language=language)).mentions
        assert [m.value for m in mentions] == [Money(amount=Decimal(number), currency="JPY")]


HOSTILE = [
    *PIECES, "億", "一", "二十", "1億2", "年3月", "3日", "売上高は", "62,5 mln ", "12 mln, ", "周二（3日",
    "Soltara (SLTR) ", "de 3 a ", "東証", "证券代码：6", "1,1.", "((((", ".A",
    "about ", "fiscal ", "2026, ", "2026-", "the ", "a-", "1.", "1 000 ", "$1-", "1-", "$5 (€5; £5) ",
    "revenue ", "valuing a-b-c-d ", "AAAAAA.", "\n ", "one hundred and ", "billion ", "third ", "fell a b c ", "1/2 ",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_one_piece_over_and_over_is_read_in_bounded_time(language: str) -> None:
    read(open_document("warm $5 5%", language=language))
    for piece in HOSTILE:
        text = "x " + piece * (5_000 // len(piece))
        start = time.process_time()
        read(open_document(text, language=language, published=PUBLISHED))
        assert time.process_time() - start < 3.0, piece
