"""What sentences vouch for, language by language, and what a draft that says more than they do is told."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from llmdeal.deal import Certainty, DealStatus, DealSummary, WarningCode
from llmdeal.document import Document
from llmdeal.draft import DealDraft
from llmdeal.grounding import Grounding, ground
from llmdeal.readers import open_document, read
from llmdeal.readers.hedging import Hedge, certainty_in, doubt_about, hedges_in
from llmdeal.segmentation import LANGUAGES

ARTICLES = sorted((Path(__file__).parents[1] / "evals" / "articles").glob("*.yaml"))
SETTLED = {"agreed", "completed"}

SENTENCES = [
    ("en", "Kestrel is said to have offered $2 billion.", Hedge.CONDITIONAL),
    ("en", "Kestrel could agree a price as soon as Friday.", Hedge.CONDITIONAL),
    ("en", "The price is $2 billion, according to people familiar with the matter.", Hedge.ATTRIBUTED),
    ("en", "Bella rose on rumours of a bid.", Hedge.RUMOURED),
    ("en", "Kestrel is exploring a sale of its frozen-food arm.", Hedge.WEIGHED),
    ("en", "Bella denied that it was for sale.", Hedge.DENIED),
    ("en", "Talks between the two collapsed over price.", Hedge.COLLAPSED),
    ("en", "Kestrel said in a statement that it would pay cash.", Hedge.FIRM),
    ("fr", "Kestrel aurait conclu un accord avec Bella.", Hedge.CONDITIONAL),
    ("fr", "Le prix avoisine deux milliards, selon deux sources.", Hedge.ATTRIBUTED),
    ("fr", "Le titre profite de rumeurs de rachat.", Hedge.RUMOURED),
    ("fr", "Kestrel étudie une cession de ses surgelés.", Hedge.WEIGHED),
    ("fr", "Le groupe a démenti toute intention d'achat.", Hedge.DENIED),
    ("fr", "Les négociations entre les deux groupes ont échoué.", Hedge.COLLAPSED),
    ("fr", "Kestrel a annoncé lundi le rachat de Bella.", Hedge.FIRM),
    ("de", "Kestrel soll den Rivalen Bella übernehmen.", Hedge.CONDITIONAL),
    ("de", "Das Angebot liegt bei zwei Milliarden Euro, wie es heißt.", Hedge.CONDITIONAL),
    ("de", "Laut Insidern ist der Vertrag fast fertig.", Hedge.ATTRIBUTED),
    ("de", "An der Börse kursieren Gerüchte über ein Gebot.", Hedge.RUMOURED),
    ("de", "Der Konzern erwägt den Verkauf der Sparte.", Hedge.WEIGHED),
    ("de", "Bella dementierte den Bericht.", Hedge.DENIED),
    ("de", "Die Übernahme ist geplatzt.", Hedge.COLLAPSED),
    ("de", "Die Firma wird verkauft, teilte Kestrel am Montag mit.", Hedge.FIRM),
    ("es", "Kestrel estaría ultimando la compra de Bella.", Hedge.CONDITIONAL),
    ("es", "El precio ronda los 2.000 millones, según fuentes del sector.", Hedge.ATTRIBUTED),
    ("es", "La acción sube por los rumores de una opa.", Hedge.RUMOURED),
    ("es", "El grupo sopesa vender su filial.", Hedge.WEIGHED),
    ("es", "La empresa desmintió las conversaciones.", Hedge.DENIED),
    ("es", "Las dos firmas rompieron las negociaciones.", Hedge.COLLAPSED),
    ("es", "Kestrel anunció la compra de Bella.", Hedge.FIRM),
    ("it", "Kestrel starebbe per rilevare Bella.", Hedge.CONDITIONAL),
    ("it", "L'offerta vale due miliardi, secondo fonti vicine al dossier.", Hedge.ATTRIBUTED),
    ("it", "Si vocifera di un'offerta.", Hedge.RUMOURED),
    ("it", "Il gruppo valuta la cessione della controllata.", Hedge.WEIGHED),
    ("it", "La società ha smentito le trattative.", Hedge.DENIED),
    ("it", "L'accordo con Bella è sfumato: Kestrel si ritira.", Hedge.COLLAPSED),
    ("it", "Kestrel ha annunciato l'acquisizione di Bella.", Hedge.FIRM),
    ("pt", "A Kestrel terá chegado a acordo com a Bella.", Hedge.CONDITIONAL),
    ("pt", "A Kestrel estaria perto de comprar a Bella.", Hedge.CONDITIONAL),
    ("pt", "O preço ronda os dois mil milhões, segundo fontes próximas do processo.", Hedge.ATTRIBUTED),
    ("pt", "As ações sobem com rumores de uma oferta.", Hedge.RUMOURED),
    ("pt", "A empresa cogita vender a subsidiária.", Hedge.WEIGHED),
    ("pt", "A companhia negou as conversas.", Hedge.DENIED),
    ("pt", "A Kestrel desistiu da compra.", Hedge.COLLAPSED),
    ("pt", "A Kestrel anunciou a compra da Bella.", Hedge.FIRM),
    ("nl", "Kestrel zou concurrent Bella willen overnemen.", Hedge.CONDITIONAL),
    ("nl", "De prijs is twee miljard, melden ingewijden.", Hedge.ATTRIBUTED),
    ("nl", "Er doen geruchten de ronde over een bod.", Hedge.RUMOURED),
    ("nl", "Het concern overweegt een verkoop.", Hedge.WEIGHED),
    ("nl", "Bella ontkent de berichten.", Hedge.DENIED),
    ("nl", "De overname is afgeblazen.", Hedge.COLLAPSED),
    ("nl", "Kestrel maakte maandag de overname van Bella bekend.", Hedge.FIRM),
    ("pl", "Kestrel miałby przejąć Bellę.", Hedge.CONDITIONAL),
    ("pl", "Spółka miałaby zapłacić dwa miliardy.", Hedge.CONDITIONAL),
    ("pl", "Cena to dwa miliardy, mówią osoby znające kulisy rozmów.", Hedge.ATTRIBUTED),
    ("pl", "Na rynku krążą plotki o ofercie.", Hedge.RUMOURED),
    ("pl", "Grupa rozważa sprzedaż spółki.", Hedge.WEIGHED),
    ("pl", "Spółka zaprzecza tym doniesieniom.", Hedge.DENIED),
    ("pl", "Rozmowy zakończyły się fiaskiem.", Hedge.COLLAPSED),
    ("pl", "Kestrel ogłosił w poniedziałek przejęcie Belli.", Hedge.FIRM),
    ("ja", "ケストレルはベラを買収するとみられる。", Hedge.CONDITIONAL),
    ("ja", "買収額は2000億円と報じられた。", Hedge.ATTRIBUTED),
    ("ja", "市場では買収の観測が出ている。", Hedge.RUMOURED),
    ("ja", "同社は事業の売却を検討している。", Hedge.WEIGHED),
    ("ja", "同社は報告内容を否定した。", Hedge.DENIED),
    ("ja", "両社の交渉は決裂した。", Hedge.COLLAPSED),
    ("ja", "ケストレルはベラを買収すると発表した。", Hedge.FIRM),
    ("zh", "凯斯特公司可能收购贝拉。", Hedge.CONDITIONAL),
    ("zh", "据悉，收购价约为20亿美元。", Hedge.ATTRIBUTED),
    ("zh", "據報道，收購價約為20億美元。", Hedge.ATTRIBUTED),
    ("zh", "市场传闻该公司将被收购。", Hedge.RUMOURED),
    ("zh", "该集团正考虑出售子公司。", Hedge.WEIGHED),
    ("zh", "该公司否认了有关谈判。", Hedge.DENIED),
    ("zh", "双方的谈判破裂。", Hedge.COLLAPSED),
    ("zh", "凯斯特公司宣布收购贝拉。", Hedge.FIRM),
]
PLAIN = [
    ("en", "Kestrel buys Bella for $2 billion, and the deal should close in May."),
    ("fr", "Kestrel rachète Bella pour deux milliards d'euros."),
    ("de", "Die Übernahme soll im Mai abgeschlossen werden."),
    ("es", "La operación se cerrará en mayo."),
    ("it", "Kestrel compra Bella per due miliardi."),
    ("pt", "A empresa terá 60% da nova sociedade."),
    ("nl", "Volgens Wolbers was dat een goede stap."),
    ("pl", "Cena wynosi dwa miliardy złotych."),
    ("ja", "買収額は2000億円。"),
    ("zh", "收购价为20亿美元。"),
]


def only(text: str, language: str) -> Document:
    document = Document.of(text, language=language)
    assert len(document.sentences) == 1
    return document


@pytest.mark.parametrize(("language", "text", "hedge"), SENTENCES)
def test_the_words_of_a_sentence_say_what_it_vouches_for(language: str, text: str, hedge: Hedge) -> None:
    document = only(text, language)
    assert hedge in hedges_in(document, document.sentences[0])


@pytest.mark.parametrize(("language", "text"), PLAIN)
def test_a_plain_statement_has_no_hedge(language: str, text: str) -> None:
    document = only(text, language)
    assert hedges_in(document, document.sentences[0]) - {Hedge.FIRM} == frozenset()
    assert certainty_in(document, document.sentences[0]) is Certainty.STATED


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_eight_cues_of_every_hedge(language: str) -> None:
    data = tomllib.loads((files("llmdeal.readers") / "signals" / f"{language}.toml").read_text("utf-8"))
    assert set(data["hedge"]) == set(Hedge)
    assert [row for row, cues in data["hedge"].items() if len(set(cues)) < 8] == []


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Kestrel is said to be in talks with Fritola.", Certainty.REPORTED),
        ("There is speculation that Fritola is for sale.", Certainty.RUMOURED),
        ("Kestrel announced the sale of Fritola after years of speculation.", Certainty.STATED),
        ("In 2022 Kestrel bought Fritola.", Certainty.STATED),
    ],
)
def test_a_sentence_is_as_certain_as_its_words(text: str, certainty: Certainty) -> None:
    document = only(text, "en")
    assert certainty_in(document, document.sentences[0]) is certainty


@pytest.mark.parametrize(
    ("text", "number", "doubt"),
    [
        ("Kestrel is said to be buying Bella.", 1, Hedge.CONDITIONAL),
        ("Kestrel nears a deal for Bella. It is exploring other purchases. More is not known.", 1, Hedge.CONDITIONAL),
        # Whatever else is left open: it was announced.
        ("Kestrel agreed to buy Bella. It is exploring more purchases. It may buy Fritola.", 1, None),
        ("Kestrel buys Bella. The two announced it on Monday. It may buy Fritola, people familiar said.", 3, None),
        # A headline takes two sentences below it.
        ("Kestrel buys Bella. It is exploring more purchases. The price is cash.", 1, None),
        ("Kestrel to buy Bella. It is said to pay cash. Rumours began in May.", 1, Hedge.CONDITIONAL),
        # What sources say needs no second voice, and neither does a denial.
        ("Who buys Bella? Kestrel does, people familiar said. The price is high.", 2, Hedge.ATTRIBUTED),
        ("Kestrel denied that it is buying Bella. Its shares fell.", 1, Hedge.DENIED),
        ("Kestrel's talks with Bella collapsed on Monday. Its shares fell.", 1, Hedge.COLLAPSED),
        ("Kestrel agreed to buy Bella after talks with Fritola collapsed.", 1, None),
        (
            "Kestrel announced a deal. It buys Bella. It owns mills. It is in Ohio. It denied that it wants Fritola.",
            5,
            None,
        ),
    ],
)
def test_the_announcing_sentence_and_the_beginning_decide(text: str, number: int, doubt: Hedge | None) -> None:
    document = Document.of(text, language="en")
    assert doubt_about(document, document.sentences[number - 1]) is doubt


def grounded(text: str, language: str, **slots: Any) -> Grounding[DealSummary]:  # noqa: ANN401  whatever the caller passes on
    draft = {"sentence": "s1", "deal_type": "acquisition", "status": "agreed", **slots}
    return ground(DealDraft.model_validate(draft), read(open_document(text, language=language)), DealSummary)


LEADS = [
    ("en", "Kestrel is close to a deal for Bella, sources said. It could agree a price in May.", WarningCode.HEDGED),
    ("fr", "Kestrel aurait conclu le rachat de Bella. Des sources proches du dossier l'affirment.", WarningCode.HEDGED),
    ("de", "Kestrel soll den Rivalen Bella übernehmen. Das sagten Insider.", WarningCode.HEDGED),
    ("es", "Kestrel estaría a punto de comprar Bella. Lo dicen fuentes cercanas.", WarningCode.HEDGED),
    ("it", "Kestrel starebbe rilevando Bella. Lo dicono fonti vicine al dossier.", WarningCode.HEDGED),
    ("pt", "A Kestrel terá fechado a compra da Bella. Dizem-no fontes próximas.", WarningCode.HEDGED),
    ("nl", "Kestrel zou Bella willen overnemen. Dat melden ingewijden.", WarningCode.HEDGED),
    ("pl", "Kestrel miałby przejąć Bellę. Tak mówią osoby znające sprawę.", WarningCode.HEDGED),
    ("ja", "ケストレルはベラを買収するとみられる。関係者が語った。", WarningCode.HEDGED),
    ("zh", "知情人士称，凯斯特可能收购贝拉。双方正考虑价格。", WarningCode.HEDGED),
    ("en", "Bella denied that Kestrel is buying it. Its shares fell.", WarningCode.DENIED),
    ("de", "Kestrel dementiert den Kauf von Bella. Die Aktie fiel.", WarningCode.DENIED),
    ("it", "Kestrel smentisce l'acquisto di Bella. Il titolo scende.", WarningCode.DENIED),
    ("fr", "Kestrel renonce à Bella. Le titre recule.", WarningCode.COLLAPSED),
    ("zh", "凯斯特收购贝拉的谈判告吹。股价下跌。", WarningCode.COLLAPSED),
]


@pytest.mark.parametrize("status", ["agreed", "completed"])
@pytest.mark.parametrize(("language", "text", "code"), LEADS)
def test_a_draft_that_says_more_than_the_article_is_told(
    language: str, text: str, code: WarningCode, status: str
) -> None:
    grounding = grounded(text, language, status=status)
    assert grounding.deal is not None
    assert grounding.deal.status is DealStatus(status)
    assert [(warning.slot, warning.code) for warning in grounding.warnings] == [("status", code)]


@pytest.mark.parametrize(("language", "text", "_code"), LEADS)
def test_a_draft_that_says_no_more_than_the_article_is_told_nothing(
    language: str, text: str, _code: WarningCode
) -> None:
    assert grounded(text, language, status="rumoured").warnings == ()


RELATED = "Kestrel agreed to buy Bella. It pays cash. It closes in May. {} Nothing else is known."


@pytest.mark.parametrize(
    ("sentence", "said", "certainty"),
    [
        ("It is said to be buying Fritola.", "stated", Certainty.REPORTED),
        ("There is speculation that it will bid for Fritola.", "stated", Certainty.RUMOURED),
        ("In 2022 it bought Fritola.", "stated", Certainty.STATED),
        ("In 2022 it bought Fritola.", "rumoured", Certainty.RUMOURED),
        ("It is said to be buying Fritola.", "rumoured", Certainty.RUMOURED),
    ],
)
def test_a_related_deal_is_no_more_certain_than_its_sentence(sentence: str, said: str, certainty: Certainty) -> None:
    related = [{"sentence": "s4", "deal_type": "acquisition", "parties": ["Fritola"], "certainty": said}]
    deal = grounded(RELATED.format(sentence), "en", related=related).deal
    assert deal is not None
    assert [item.certainty for item in deal.related] == [certainty]


def gold() -> list[tuple[str, Document, set[str]]]:
    loaded = []
    for path in ARTICLES:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        status = data["gold"].get("status")
        document = open_document(data["text"], language=data["language"], published=data["published"])
        loaded.append((data["id"], document, {status} if isinstance(status, str) else set(status or ())))
    return loaded


def test_no_agreed_deal_of_the_gold_articles_is_doubted_whichever_sentence_announces_it() -> None:
    articles = [(name, document) for name, document, status in gold() if status & SETTLED]
    assert articles
    doubted = {name for name, document in articles for one in document.sentences if doubt_about(document, one)}
    assert doubted == set()


def test_every_rumour_of_the_gold_articles_is_doubted() -> None:
    articles = [(name, document) for name, document, status in gold() if "rumoured" in status]
    assert articles
    certain = [
        name for name, document in articles if not any(doubt_about(document, one) for one in document.sentences[:4])
    ]
    assert certain == []


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(LANGUAGES))
def test_any_text_can_be_asked(text: str, language: str) -> None:
    document = Document.of(text, language=language)
    for sentence in document.sentences:
        assert doubt_about(document, sentence) in {*Hedge, None}
        assert certainty_in(document, sentence) in Certainty
