from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmdeal.document import Document, Span
from llmdeal.errors import DocumentError
from llmdeal.segmentation import LANGUAGES

# One text a language; the bar shows where a sentence ends.
SENTENCES = [
    ("en", "Google (GOOGL.O) and Oracle ORCL.N agreed.|The price is $2.5 billion."),
    ("en", "Apple Inc. said it would buy J. P. Morgan Co. for $3.|It did."),
    ("en", "U.S. regulators met on Nov. 3 in St. Louis.|Mr. Smith left."),
    ("en", '"We are happy. Very happy," he said.|The deal closes in May.'),
    ("fr", "Amazon.com AMZN.O va fournir à OpenAI des services.|L'accord vaut 38 Mds d'euros."),
    ("fr", "M. Dupont a signé le 3 nov. 2025 pour 1.000 milliards.|Mme Durand aussi."),
    ("fr", "OpenAI a fait appel à Google, filiale d'Alphabet\n\nGOOGL.O , pour ses services.|Oracle aussi."),
    ("de", "Der Umsatz lag bei 4,1 Mrd. Euro, z. B. in Europa.|Der Gewinn fiel um ca. 3 Mio. Euro."),
    ("de", "Am 3. November wurde unterschrieben.|Die Dr. Oetker KG schweigt."),
    ("en", "The U.S.\nantitrust agency met.|It paid 5 bn.|It left."),
    ("en", "SAN FRANCISCO, Nov. 3, 2025 (Reuters). - Amazon said so.|It did."),
    ("de", "BERLIN, 12. März 2025. – Der Konzern kauft.|Das war alles, sagte er."),
    ("de", "Berlin, 22. Apr. – Der Konzern kauft am 22. April zu.|Das war alles, sagte er."),
    ("es", "Madrid, 3 nov (EFE).- La empresa compra a su rival.|Así lo informó ayer."),
    ("it", "MILANO, 3 nov. - La società compra la rivale.|Lo ha detto ieri."),
    ("pl", "Do końca 2026 r. spółka m.in. kupi rywala za 5 tys. zł.|Na razie to plan."),
    ("nl", "De directie van Ter Aa B.V. koopt de rivaal voor 5 mln. euro.|Dat is alles."),
    ("es", "La empresa de EE. UU. pagará 5.060 millones.|El Sr. Gómez firmó ayer."),
    ("it", "L'operazione vale 1,2 mld. di euro.|Il closing è atteso entro giugno."),
    ("pt", "A empresa pagará R$ 1,2 bi pela rival.|O negócio fecha em junho."),
    ("nl", "Het bedrijf betaalt 1,2 mld. euro.|De deal wordt in juni afgerond."),
    ("pl", "Spółka zapłaci 1,2 mld. zł za rywala.|Umowa wejdzie w życie w czerwcu."),
    ("ja", "ソフトバンクグループ（9984.T）は5月に買収する。|金額は300億円だ。"),
    ("zh", "腾讯（0700.HK）将以12.5亿元收购该公司。|交易将于5月完成。"),
]


@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_sentences_end_where_they_do(language: str, text: str) -> None:
    gap = "" if language in {"ja", "zh"} else " "
    document = Document.of(text.replace("|", gap), language=language)
    assert [document.quote(sentence.span) for sentence in document.sentences] == text.split("|")


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u3000", "\u2028", "\x85"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_initial_before_any_blank_and_a_full_stop_is_split_like_before_a_space(language: str, blank: str) -> None:
    # sentencex panics here on a blank of more than one byte.
    text = "It is J{}. He said so.  Nothing more, A\u202f. b"
    bounds = [
        [sentence.span for sentence in Document.of(text.format(one), language=language).sentences]
        for one in (blank, " ")
    ]
    assert bounds[0] == bounds[1]


@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_the_language_is_found(language: str, text: str) -> None:
    assert Document.of(text.replace("|", " ")).language == language


def test_every_language_of_the_design_is_tried() -> None:
    assert {language for language, _ in SENTENCES} == set(LANGUAGES)


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(LANGUAGES))
def test_sentences_are_ordered_stretches_that_leave_only_white_space(text: str, language: str) -> None:
    document = Document.of(text, language=language)
    rest, end = text, 0
    for number, sentence in enumerate(document.sentences, start=1):
        span = sentence.span
        assert sentence.number == number
        assert end <= span.start < span.stop <= len(text)
        assert document.quote(span) == document.quote(span).strip()
        rest = rest[: span.start] + " " * len(span) + rest[span.stop :]
        end = span.stop
    assert not rest.strip()


@given(st.text(min_size=1).filter(str.strip), st.data())
def test_evidence_is_the_words_at_its_span(text: str, data: st.DataObject) -> None:
    document = Document.of(text, language="en")
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    evidence = document.evidence(Span(start=start, stop=stop))
    assert evidence.quote == text[start:stop]
    assert 1 <= evidence.sentence <= len(document.sentences)


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0\u202f"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="empty"):
        Document.of(text)


def test_a_document_is_frozen_and_known_by_its_text() -> None:
    document = Document.of("Amazon signs.", language="en")
    with pytest.raises(FrozenInstanceError):
        document.text = "other"  # type: ignore[misc]
    assert document.id == Document.of("Amazon signs.", language="fr").id
    assert document.id != Document.of("Amazon signs!", language="en").id
    assert len(document.id) == 64
