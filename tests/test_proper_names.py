"""What of an article may be a name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmdeal.readers import MarkedDocument, open_document, read
from llmdeal.readers.background import read_background
from llmdeal.readers.proper_names import are_plain_nouns, distinct, letters_of, names_of, unspaced_names_in
from llmdeal.segmentation import LANGUAGES

PUBLISHED = date(2025, 11, 3)


def marked(text: str, language: str) -> MarkedDocument:
    return read(open_document(text, language=language, published=PUBLISHED))


def names_in(article: MarkedDocument) -> list[str]:
    found = (name for sentence in article.document.sentences for name in names_of(article, sentence))
    return [name.text for name in distinct(found)]


def names(text: str, language: str) -> list[str]:
    return names_in(marked(text, language))


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "It was sold to Brisebois Royalty Corp. for cash.", "Brisebois Royalty Corp"),
        ("en", "Kestrel and Bella Nonna walk away.", "Kestrel"),
        ("en", "Kestrel and Bella Nonna walk away.", "Bella Nonna"),
        ("en", "It is Kestrel's purchase.", "Kestrel"),
        ("en", "Advised by Lathom Reyes & Co. on it.", "Lathom Reyes & Co"),
        ("fr", "Le vendeur d’Optimétra est connu.", "Optimétra"),
        ("fr", "Le prêt vient de la Caisse Lutèce.", "Caisse Lutèce"),
        ("fr", "Elle reprend L’Oréal demain.", "Oréal"),
        ("de", "Er verkauft an den Wettbewerber Zielowat Energie.", "Zielowat Energie"),
        ("es", "Compra la peruana Bodegas Sumaq.", "Bodegas Sumaq"),
        ("it", "È dell'americana Mosaicrest.", "Mosaicrest"),
        ("pt", "Com o Crédit du Littoral e outros.", "Crédit du Littoral"),
        ("nl", "Dat is het Forrajes del Chaco uit Asunción.", "Forrajes del Chaco"),
        ("pl", "Kupuje firmę z Bułkowa, Inwestorium Capital.", "Inwestorium Capital"),
    ],
)
def test_a_name_is_among_what_may_be_one(language: str, text: str, name: str) -> None:
    assert name in names(text, language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "It paid 11 times EBITDA in its IPO.", "EBITDA"),
        ("en", "It opened in France on Monday in May.", "France"),
        ("en", "Sales rose. The sales were good.", "Sales"),
        ("en", "Oracle (NYSE: ORCL) fell.", "ORCL"),
        ("fr", "L’acquéreur paie.", "L"),
    ],
)
def test_what_names_nobody_is_not(language: str, text: str, name: str) -> None:
    assert name not in names(text, language)


def test_a_noun_of_a_language_that_writes_all_with_a_capital_is_told_from_a_name() -> None:
    article = marked("Der Auftragsbestand steigt. Der Konkurrent Wendlau SE bietet mit.", "de")
    first, second = article.document.sentences
    assert all(are_plain_nouns(name, "de") for name in names_of(article, first))
    assert not all(are_plain_nouns(name, "de") for name in names_of(article, second))
    assert not any(are_plain_nouns(name, "en") for name in names_of(article, first))


def test_japanese_and_chinese_limit_the_letters_instead() -> None:
    assert names("曜岳電子入股Rautner。", "zh") == []
    assert set(letters_of(marked("曜岳電子入股Rautner。", "zh").document)) == set("曜岳電子入股Rautner")
    assert letters_of(marked("Kestrel buys Bella.", "en").document) == ""


def test_a_name_in_unspaced_words_is_told_by_script_or_ending() -> None:
    assert any(name.endswith("东澳银行") for name in unspaced_names_in("由东澳银行提供"))
    assert unspaced_names_in("英ハルバート・アセットが") == ("ハルバート・アセット",)
    assert unspaced_names_in("締結した。") == ()


def test_the_first_word_of_a_sentence_alone_makes_it_no_other_deal() -> None:
    text = "Kestrel buys Bella. It pays cash. It closes soon. Daar it paid $5 million. It bought Smaak in 2020."
    assert [found.sentence.number for found in read_background(marked(text, "en"))] == [5]


def test_a_sum_and_a_day_that_is_past_leave_little_doubt_of_another_deal() -> None:
    head = "Kestrel buys Bella. It pays cash. It closes soon. "
    plain, open_ = (
        read_background(marked(head + text, "en"))[0].plain
        for text in ("It bought Smaak in 2020 for $5 million.", "Its purchase needs $5 million for Smaak.")
    )
    assert plain
    assert not open_


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(LANGUAGES))
def test_any_text_gives_names_that_stand_in_it(text: str, language: str) -> None:
    article = marked(f"{text} Kestrel Foods", language)
    assert all(name in article.document.text for name in names_in(article))
