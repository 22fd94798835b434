from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmdeal.deal import Certainty, ConsiderationKind, DealStatus, DealType
from llmdeal.document import Document
from llmdeal.readers import open_document, read
from llmdeal.readers.background import read_background
from llmdeal.readers.cues import part_of_price, read_cues, says, words_beside
from llmdeal.readers.names import fold
from llmdeal.segmentation import LANGUAGES

TYPES = [
    ("en", "Kestrel agreed to buy Bella Nonna.", DealType.ACQUISITION),
    ("en", "Sunray raised a Series B round from investors.", DealType.FUNDING),
    ("fr", "Le chantier livrera douze navires à l'armateur.", DealType.SUPPLY),
    ("fr", "Les deux groupes créent une coentreprise.", DealType.JOINT_VENTURE),
    ("de", "Der Konzern übernimmt seinen Rivalen.", DealType.ACQUISITION),
    ("de", "Die Stadtwerke begeben eine Anleihe.", DealType.DEBT),
    ("es", "La compañía prepara su salida a Bolsa.", DealType.IPO),
    ("es", "Ambas firmas sellan una alianza.", DealType.PARTNERSHIP),
    ("it", "Il gruppo rileva la rivale.", DealType.ACQUISITION),
    ("pt", "As duas empresas anunciaram a fusão.", DealType.MERGER),
    ("nl", "Het bedrijf neemt zijn rivaal over: de overname is rond.", DealType.ACQUISITION),
    ("pl", "Spółka przejmuje konkurenta.", DealType.ACQUISITION),
    ("ja", "両社は資本業務提携を結んだ。", DealType.PARTNERSHIP),
    ("zh", "两家公司签署授权许可协议。", DealType.LICENSING),
]
STATUSES = [
    ("en", "Kestrel is in talks to buy Bella.", DealStatus.IN_TALKS),
    ("en", "Kestrel walked away from the deal.", DealStatus.TERMINATED),
    ("fr", "Kestrel envisagerait un rachat, selon des sources proches.", DealStatus.RUMOURED),
    ("de", "Die Übernahme ist gescheitert.", DealStatus.TERMINATED),
    ("es", "La firma presentó una oferta.", DealStatus.OFFERED),
    ("it", "L'operazione è stata perfezionata.", DealStatus.COMPLETED),
    ("pt", "A venda foi concluída.", DealStatus.COMPLETED),
    ("nl", "De onderhandelingen lopen.", DealStatus.IN_TALKS),
    ("pl", "Spółka prowadzi rozmowy.", DealStatus.IN_TALKS),
    ("ja", "両社は交渉を進めている。", DealStatus.IN_TALKS),
    ("zh", "双方终止了协议。", DealStatus.TERMINATED),
]


@pytest.mark.parametrize(("language", "text", "deal_type"), TYPES)
def test_the_type_is_read_from_its_words(language: str, text: str, deal_type: DealType) -> None:
    weights = read_cues(Document.of(text, language=language)).deal_types
    assert max(weights, key=lambda name: weights[name]) is deal_type


@pytest.mark.parametrize(("language", "text", "status"), STATUSES)
def test_the_status_is_read_from_its_words(language: str, text: str, status: DealStatus) -> None:
    assert status in read_cues(Document.of(text, language=language)).statuses


def test_earlier_cues_weigh_more() -> None:
    cues = read_cues(Document.of("They merge. They buy. They buy.", language="en"))
    assert cues.deal_types[DealType.MERGER] == 1
    assert cues.deal_types[DealType.ACQUISITION] == pytest.approx(1 / 2 + 1 / 3)


def test_only_the_lead_counts() -> None:
    document = Document.of("They merge. " + "Nothing else is known. " * 60 + "They buy.", language="en")
    assert set(read_cues(document).deal_types) == {DealType.MERGER}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_cues_for_everything(language: str) -> None:
    data = tomllib.loads((files("llmdeal.readers") / "signals" / f"{language}.toml").read_text("utf-8"))
    assert set(data["deal_type"]) == set(DealType)
    assert set(data["status"]) == set(DealStatus) - {DealStatus.AGREED}
    assert set(data["said"]) == {"undisclosed", "closing", "share_price", "reported", "adviser", "seller"}
    assert set(data["beside"]) == {"starting", "expiring", "stake"}
    assert set(data["part"]) == set(ConsiderationKind) - {ConsiderationKind.PER_SHARE}
    cues = [cue for table in data.values() for row in table.values() for cue in row]
    assert [cue for cue in cues if re.search(r"[A-Z]", cue) and language not in {"ja", "zh"}] == []


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "It runs until 30 April 2033.", ["expiring"]),
        ("en", "Sales will begin in January 2026.", ["starting"]),
        ("en", "Sales rose in January 2026.", []),
        ("en", "Sales begin January 2026.", ["starting"]),
        ("fr", "Le prêt arrive à échéance du 30 avril 2033.", ["expiring"]),
        ("de", "Der Vertrag gilt ab 1. Januar 2026.", ["starting"]),
        ("es", "Vencerá el 30 de septiembre de 2030.", ["expiring"]),
        ("it", "L'intesa è operativa dal 1° gennaio 2025.", ["starting"]),
        ("pt", "Com vencimento em outubro de 2031.", ["expiring"]),
        ("nl", "De levering loopt vanaf 1 januari 2026.", ["starting"]),
        ("pl", "Umowa obowiązuje do 30 listopada 2027 r.", ["expiring"]),
        ("ja", "2026年1月から供給する。", ["starting"]),
        ("zh", "合同期自2026年1月1日起。", ["starting"]),
        ("zh", "供货至2028年12月31日止。", ["expiring"]),
        ("en", "It takes 51 per cent of the shares.", ["stake"]),
        ("de", "Der Umsatz stieg um 4 Prozent.", []),
    ],
)
def test_the_words_beside_a_date_or_a_percentage_say_what_it_is(language: str, text: str, said: list[str]) -> None:
    document = Document.of(text, language=language, published=date(2025, 11, 3))
    [mention] = read(document).mentions
    assert sorted(words_beside(document, mention)) == said


@pytest.mark.parametrize(
    ("language", "text", "saying"),
    [
        ("en", "Financial terms were not disclosed.", "undisclosed"),
        ("fr", "Le bouclage est attendu en juin.", "closing"),
        ("de", "Die Aktie verlor 2 Prozent.", "share_price"),
        ("es", "Según un diario, negocia otra compra.", "reported"),
    ],
)
def test_what_a_sentence_says(language: str, text: str, saying: str) -> None:
    document = Document.of(text, language=language)
    assert says(document, document.sentences[0], saying)


def test_the_part_of_the_price_stands_behind_its_amount() -> None:
    text = "Il versera 340 M€ en numéraire et 72 M€ en actions nouvelles, puis 5 M€."
    document = Document.of(text, language="fr")
    parts = [part_of_price(document, mention) for mention in read(document).mentions]
    assert parts == [ConsiderationKind.CASH, ConsiderationKind.STOCK, None]


BACKGROUND = (
    "Kestrel agreed to buy Bella Nonna for $500 million. The price is cash. It closes in spring. "
    "Kestrel likes pizza. In 2022 it paid $450 million for Smaakhuis. "
    "It is also said to be in talks to buy Fritola, sources said. Bella Nonna had sales of $310 million in Ohio. "
    "The $500 million price surprised Moorgate."
)


def test_other_deals_are_where_somebody_new_meets_a_deal() -> None:
    document = open_document(BACKGROUND, language="en")
    found = read_background(read(document))
    assert [item.sentence.number for item in found] == [5, 6]
    # A sum without a word for a deal leaves it to the model.
    assert [item.plain for item in found] == [False, True]
    assert found[0].certainties == (Certainty.STATED,)
    assert Certainty.RUMOURED in found[1].certainties or found[1].certainties == (Certainty.REPORTED,)


def test_an_agency_is_nobody_new() -> None:
    text = "Kestrel buys Bella. It pays cash. It closes in May. Its purchase was first seen by Reuters."
    assert read_background(read(open_document(text, language="en"))) == ()


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read_for_cues(text: str, language: str) -> None:
    document = Document.of(text, language=language)
    cues = read_cues(document)
    assert all(weight > 0 for weight in [*cues.deal_types.values(), *cues.statuses.values()])
    assert len(read_background(read(document))) <= 4


def test_cues_are_written_folded() -> None:
    for language in LANGUAGES:
        data = tomllib.loads((files("llmdeal.readers") / "signals" / f"{language}.toml").read_text("utf-8"))
        for table in data.values():
            for row in table.values():
                assert all(fold(fold(cue)) == fold(cue) for cue in row)
