from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmdeal.document import Document
from llmdeal.readers.names import NameIndex, fold

TEXT = (
    "L’Oréal S.A. et Amazon.com AMZN.O ont racheté « Aésop » à J. P. Morgan; Pinlark's founders and the "
    "Wendlau\u00a0SE, OpenAI, Ostermann & Kolb and SAP\nSystems agreed."
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("L'Oreal", "L’Oréal"),
        ("L'ORÉAL SA", "L’Oréal"),
        ("Amazon", "Amazon.com"),
        ("Amazon.com AMZN.O", "Amazon.com AMZN.O"),
        ("Amazon.com [k1|AMZN.O]", "Amazon.com"),
        ("aesop", "Aésop"),
        ("Pinlark", "Pinlark"),
        ("Wendlau", "Wendlau"),
        ("Wendlau SE", "Wendlau\u00a0SE"),
        ("Wendlau GmbH", "Wendlau"),
        ("Open AI", None),
        ("Ostermann & Kolb", "Ostermann & Kolb"),
        ("SAP Systems", "SAP\nSystems"),
        ("Amazo", None),
        ("Oracle", None),
        ("&", None),
        ("", None),
    ],
)
def test_a_name_is_found_in_the_form_that_the_article_writes(name: str, found: str | None) -> None:
    document = Document.of(TEXT, language="fr")
    spans = NameIndex(document).find(name)
    assert [document.quote(span) for span in spans[:1]] == ([] if found is None else [found])


def test_names_join_to_particles_where_no_blank_divides_words() -> None:
    document = Document.of("ソフトバンクグループは米オープンAIに出資する。", language="ja")
    index = NameIndex(document)
    assert [document.quote(span) for span in index.find("ソフトバンクグループ")] == ["ソフトバンクグループ"]
    assert index.find("オープンAI")


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_name_can_be_looked_for_in_any_text(text: str, name: str) -> None:
    document = Document.of(text, language="en")
    for span in NameIndex(document).find(name):
        assert 0 <= span.start < span.stop <= len(text)
