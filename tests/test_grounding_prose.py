"""The prose check, in ten languages: what newsrooms would write about an article, and what they would get wrong."""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from llmdeal.deal import WarningCode
from llmdeal.evaluation import load_article
from llmdeal.grounding import ProseCheck
from llmdeal.readers import open_document, read

ROOT = Path(__file__).parents[1]
PUBLISHED = date(2025, 11, 4)
ARTICLES = {
    "en": (
        "LONDON, Nov 4 2025 - Harwick Group said on Monday it would buy Pelloni S.p.A., an Italian maker of "
        "pumps, for $1.37 billion, or $42.50 a share. Harwick, advised by Aldgate Partners, has 2,400 employees "
        "at seven plants. The deal runs past Northbeck Ventures, which holds 41 percent, and should close by the "
        "end of 2026. A five-year supply contract is part of it. Pelloni shares rose 8.1 percent; Harwick lost "
        "2.6 percent."
    ),
    "fr": (
        "PARIS, 4 novembre 2025 - Le groupe Évrard Énergie rachète Optimétra pour 412 millions d’euros, ont "
        "annoncé lundi les deux sociétés. La cible, fondée en 1998, emploie 1 250 salariés en Allemagne. Le "
        "vendeur, Brévent Capital, conserve 15 % du capital. Le bouclage est prévu au deuxième trimestre 2026. "
        "L’action Évrard cédait 3,2 % à Paris. Le contrat avec Delorme & Vasseur court sur sept ans."
    ),
    "de": (
        "FRANKFURT, 4. November 2025 - Der Baukonzern Quarzhof übernimmt die Betonwerke Eschach für rund 640 "
        "Mio. Euro, wie beide am Montag mitteilten. Verkäufer ist der Finanzinvestor Hagenau Industrie, der 75 "
        "Prozent hält. Eschach setzte zuletzt 1,2 Milliarden Euro um und beschäftigt 3.100 Menschen in Polen. "
        "Der Vollzug ist für Ende 2026 geplant, der Liefervertrag läuft über fünf Jahre. Die Aktie von Quarzhof "
        "fiel um 4,5 Prozent."
    ),
    "es": (
        "MADRID, 4 nov 2025 - La cadena Almaraz comprará el 51,5 % de Supertiendas Caribia por 275 millones de "
        "dólares, informó el lunes. El vendedor es Inversiones Tolú. Caribia tiene 1.840 tiendas en Colombia y "
        "factura 1.200 millones de euros. La operación se cerrará el 31 de marzo de 2026. El pacto tiene una "
        "vigencia de cinco años. Las acciones de Almaraz subieron un 3,4 %."
    ),
    "it": (
        "MILANO, 4 novembre 2025 - Officine Brandolese rileva Tecnovalvole Iseo per 87,5 milioni di euro, ha "
        "annunciato lunedì. Il venditore è il fondo Arcadia Tre. Tecnovalvole dà lavoro a 230 persone in "
        "Germania e ha ricavi per 1,4 miliardi di euro. L'operazione si chiuderà nel secondo trimestre del 2026; "
        "l'accordo dura sette anni. Il titolo Brandolese è salito del 2,8%. La quota è del 60%."
    ),
    "pt": (
        "LISBOA, 4 nov 2025 - O Grupo Nortejo compra 80% da Óticas Visavela por 265 milhões de euros, anunciou "
        "na segunda-feira. O vendedor é a Meridional Partners. A Visavela tem 1.450 trabalhadores em Espanha e "
        "vendas de 1,1 mil milhões de euros. A operação fica concluída até ao final de 2026. O contrato tem a "
        "duração de cinco anos. As ações da Nortejo caíram 1,9%."
    ),
    "nl": (
        "AMSTERDAM, 4 november 2025 - Quillon Capital neemt Dokhaven Logistiek over voor € 1,26 miljard, meldde "
        "het bedrijf maandag. Dokhaven telt 5.200 medewerkers in Duitsland. Familie Vreeland bezit 34 procent. "
        "De overname wordt in het eerste kwartaal van 2026 afgerond en het contract loopt zeven jaar. Het "
        "aandeel daalde 2,6 procent."
    ),
    "pl": (
        "WARSZAWA, 4 listopada 2025 - Fundusz Hallmere Equity kupi Bułkowo za 900 mln zł, podano w poniedziałek. "
        "Sprzedającym jest Inwestorium Capital. Bułkowo ma 345 lokali w Czechach i 1,1 mld zł przychodów. "
        "Transakcja zostanie zamknięta do końca 2026 r., a umowa obowiązuje pięć lat. Hallmere obejmie 60 proc. "
        "udziałów. Kurs spadł o 1,9 proc."
    ),
    "ja": (
        "【東京 2025年11月4日】冬木電装は3日、曜岳電子を約900億円で買収すると発表した。売り手はフォルテナ・パート"
        "ナーズで、株式の60%を取得する。曜岳電子の従業員は2300人、売上高は1兆4200億円。2026年7月に完了する。契約"
        "期間は10年間。冬木電装の株価は2.8%安だった。"
    ),
    "zh": (
        "2025年11月4日电 飞骊汽车周一宣布，将以68亿元收购恒皋新材，卖方为赤松资本。飞骊汽车将持有60%股权。恒皋新"
        "材有员工2300人，2024年营业收入97.8亿元。交易将于2026年第三季度完成，合同期三年。飞骊汽车股价下跌2.6%。"
    ),
}

# The article, the language of the prose, a sentence that holds.
TRUE = [
    ("en", "en", "Harwick is paying $1.37bn for Pelloni."),
    ("en", "en", "Harwick Group plc agreed to acquire Pelloni for about $1.4 billion."),
    ("en", "en", "Shareholders of Pelloni will get 42.50 dollars a share in a US$1,370 million deal."),
    ("en", "en", "The deal was announced on November 3 and is due to complete in late 2026."),
    ("en", "en", "Northbeck owns more than 40% and Pelloni's shares gained 8.1%."),
    ("en", "en", "Its 2,400 staff work at 7 plants."),
    ("en", "en", "Harwick Group Will Buy Italian Maker of Pumps for $1.37 Billion"),
    ("en", "fr", "Harwick rachète l'italien Pelloni pour 1,37 milliard de dollars, a-t-il annoncé le 3 novembre 2025."),
    ("en", "de", "Harwick zahlt rund 1,4 Milliarden Dollar; die Aktie verlor 2,6 Prozent."),
    ("en", "ja", "Harwickは13億7000万ドルでPelloniを買収する。"),
    ("en", "pl", "Harwick zapłaci za spółkę Pelloni 1,37 mld dolarów."),
    ("fr", "fr", "Optimétra est vendue 412 M€ par Brévent Capital SAS."),
    ("fr", "fr", "L’opération, annoncée le 3 novembre, doit aboutir au T2 2026."),
    ("fr", "fr", "Le vendeur garde environ 15 % et l'action Evrard a reculé de 3,2 %."),
    ("fr", "fr", "La société compte plus de 1 200 salariés allemands."),
    ("fr", "fr", "Un contrat de 84 mois lie Delorme & Vasseur."),
    ("fr", "en", "Evrard Energie will pay about €410 million for OPTIMETRA, which employs 1,250 people in Germany."),
    ("fr", "en", "The seven-year contract was signed with Delorme & Vasseur."),
    ("fr", "es", "Évrard compra Optimétra por 412 millones de euros."),
    ("de", "de", "Quarzhof zahlt etwa 640 Millionen Euro für Eschach."),
    ("de", "de", "Der Umsatz der Betonwerke lag bei 1.200 Mio. Euro, die Belegschaft bei 3100 Beschäftigten."),
    ("de", "de", "Bekanntgegeben wurde die Übernahme am 3. November 2025."),
    ("de", "de", "Hagenaus Anteil beträgt 75 %."),
    ("de", "de", "Der Kaufpreis und die Laufzeit von fünf Jahren stehen fest."),
    ("de", "de", "Quarzhofs Aktienkurs gab um 4,5 Prozent nach."),
    ("de", "en", "Quarzhof, a builder, is buying Eschach for about 640 million euros from Hagenau Industrie."),
    ("de", "en", "The five-year contract covers plants in Poland."),
    ("de", "zh", "Quarzhof以约6.4亿欧元收购Eschach。"),
    ("es", "es", "Almaraz pagará 275 millones de dólares por Caribia."),
    ("es", "es", "Pagará unos 280 millones de dólares por algo más de la mitad del capital."),
    ("es", "es", "Inversiones Tolú vende el 51,5 por ciento de la cadena."),
    ("es", "es", "El cierre está previsto para marzo de 2026."),
    ("es", "es", "Caribia ingresa 1,2 mil millones de euros en 1840 tiendas."),
    ("es", "es", "Los títulos ganaron un 3,4 % tras el anuncio del 3 de noviembre."),
    ("es", "en", "Almaraz is buying 51.5% of Supertiendas Caribia for $275 million."),
    ("es", "de", "Almaraz kauft 51,5 Prozent an Caribia für 275 Millionen Dollar."),
    ("it", "it", "Brandolese S.p.A. paga circa 88 milioni di euro per Tecnovalvole."),
    ("it", "it", "Arcadia Tre cede il 60 per cento della società."),
    ("it", "it", "L'annuncio è del 3 novembre 2025, il closing è atteso nel 2026."),
    ("it", "it", "I ricavi sono pari a 1.400 milioni di euro."),
    ("it", "it", "Il titolo ha guadagnato il 2,8%."),
    ("it", "it", "L'intesa, di durata settennale, riguarda 230 addetti tedeschi."),
    ("it", "en", "Officine Brandolese is paying 87.5 million euros for Tecnovalvole Iseo, which has 230 workers."),
    ("it", "fr", "Brandolese rachète Tecnovalvole à Arcadia Tre pour 87,5 millions d’euros."),
    ("pt", "pt", "A Nortejo paga 265 M€ por 80 por cento da Visavela."),
    ("pt", "pt", "Fala-se em cerca de 270 milhões de euros."),
    ("pt", "pt", "As vendas rondam 1.100 milhões de euros."),
    ("pt", "pt", "O anúncio foi feito a 3 de novembro de 2025."),
    ("pt", "pt", "Óticas Visavela, Lda. tem mais de 1.400 trabalhadores espanhóis."),
    ("pt", "pt", "As ações da Nortejo perderam 1,9%."),
    ("pt", "en", "Grupo Nortejo is buying 80% of Oticas Visavela from Meridional Partners for €265m."),
    ("nl", "nl", "Quillon betaalt ongeveer 1,3 miljard euro voor Dokhaven."),
    ("nl", "nl", "De overname werd op 3 november aangekondigd."),
    ("nl", "nl", "Dokhaven heeft ruim 5.000 werknemers."),
    ("nl", "nl", "De familie Vreeland houdt 34% van de aandelen."),
    ("nl", "nl", "Het fonds verloor 2,6 procent op de beurs."),
    ("nl", "nl", "De afronding volgt in het eerste kwartaal van 2026; de looptijd is 84 maanden."),
    ("nl", "en", "Quillon Capital will buy Dokhaven Logistiek for €1,260 million."),
    ("pl", "pl", "Hallmere zapłaci za Bułkowo 0,9 mld zł."),
    ("pl", "pl", "Fundusz przejmie 60% udziałów od Inwestorium Capital S.A."),
    ("pl", "pl", "O przejęciu Bułkowa poinformowano 3 listopada 2025 r."),
    ("pl", "pl", "Przychody sieci sięgają 1100 mln zł."),
    ("pl", "pl", "Sieć prowadzi ponad 300 lokali."),
    ("pl", "pl", "Akcje straciły 1,9 proc."),
    ("pl", "en", "Hallmere is paying 900 million zlotys for Bulkowo, which has 345 outlets."),
    ("ja", "ja", "冬木電装による曜岳電子の買収額は約９００億円となる。"),
    ("ja", "ja", "フォルテナ・パートナーズが株式の６０％を売却する。"),
    ("ja", "ja", "買収は2026年7月に完了する予定だ。"),
    ("ja", "ja", "売上高は1.42兆円に上る。"),
    ("ja", "ja", "冬木電装株は2.8%下落した。"),
    ("ja", "ja", "契約は十年間で、11月3日に発表された。"),
    ("ja", "en", "冬木電装 is paying about 90 billion yen for 60% of 曜岳電子."),
    ("zh", "zh", "飞骊汽车将以68亿元的价格收购恒皋新材。"),
    ("zh", "zh", "赤松资本出售60%的股权。"),
    ("zh", "zh", "该交易于11月3日宣布，预计2026年第三季度完成。"),
    ("zh", "zh", "恒皋新材的营业收入约为98亿元。"),
    ("zh", "zh", "飛驪汽車的股價跌2.6%。"),
    ("zh", "zh", "合同期为36个月。"),
    ("zh", "en", "飞骊汽车 will pay 6.8 billion yuan for 恒皋新材."),
]

# The article, the language of the prose, a sentence that does not hold, the words that are at fault.
WRONG = [
    ("en", "en", "Harwick is paying $1.73bn for Pelloni.", "$1.73bn"),
    ("en", "en", "Harwick is paying €1.37bn for Pelloni.", "€1.37bn"),
    ("en", "en", "Harwick is paying $1.4 billion for Pelloni.", "$1.4 billion"),
    ("en", "en", "The $1.37 million deal was signed on Monday.", "$1.37 million"),
    ("en", "en", "The deal was announced on November 2.", "November 2"),
    ("en", "en", "Pelloni's shares fell 8.1 percent.", "8.1 percent"),
    ("en", "en", "The seller, Northbeck Partners, holds 41 percent.", "Northbeck Partners"),
    ("en", "en", "Globex buys Pelloni.", "Globex"),
    ("en", "en", "Globex Will Buy Italian Maker of Pumps for $1.37 Billion", "Globex"),
    ("en", "en", "Harwick Pumps is buying Pelloni.", "Harwick Pumps"),
    ("en", "en", "The company has eight plants.", "eight"),
    ("en", "en", "It has 24,000 employees.", "24,000"),
    ("en", "en", "Pelloni GmbH is a French maker of pumps.", "GmbH"),
    ("en", "fr", "Harwick rachète Pelloni pour 1,37 million de dollars.", "1,37 million de dollars"),
    ("en", "de", "Harwick zahlt 1,37 Billionen Dollar.", "1,37 Billionen Dollar"),
    ("en", "ja", "Harwickは1億3700万ドルでPelloniを買収する。", "1億3700万ドル"),
    ("fr", "fr", "Évrard débourse 421 millions d’euros.", "421 millions d’euros"),
    ("fr", "fr", "Le montant est de 412 millions de dollars.", "412 millions de dollars"),
    ("fr", "fr", "Le bouclage est attendu au troisième trimestre 2026.", "troisième trimestre 2026"),
    ("fr", "fr", "L’action Évrard a gagné 3,2 %.", "3,2 %"),
    ("fr", "fr", "Brévent Conseil conserve 15 %.", "Brévent Conseil"),
    ("fr", "fr", "Le contrat court sur cinq ans.", "cinq ans"),
    ("fr", "fr", "Optimétra emploie des salariés en Espagne.", "Espagne"),
    ("fr", "en", "Evrard pays £412 million.", "£412 million"),
    ("fr", "en", "The buyer has 1,520 employees in Poland.", "1,520"),
    ("de", "de", "Quarzhof zahlt 64 Mio. Euro für Eschach.", "64 Mio. Euro"),
    ("de", "de", "Der Umsatz lag bei 2,1 Milliarden Euro.", "2,1 Milliarden Euro"),
    ("de", "de", "Die Aktie von Quarzhof stieg um 4,5 Prozent.", "4,5 Prozent"),
    ("de", "de", "Verkäufer ist Globex.", "Globex"),
    ("de", "de", "Der Investor Hagenau Capital hält 75 Prozent.", "Capital"),
    ("de", "de", "Der Vollzug ist für Ende 2027 geplant.", "Ende 2027"),
    ("de", "de", "Mitgeteilt wurde das am 5. November.", "5. November"),
    ("de", "en", "Quarzhof is paying about $640 million.", "$640 million"),
    ("de", "zh", "Quarzhof以64亿欧元收购Eschach。", "64亿欧元"),
    ("es", "es", "Almaraz pagará 257 millones de dólares.", "257 millones de dólares"),
    ("es", "es", "Almaraz pagará 275 millones de euros.", "275 millones de euros"),
    ("es", "es", "La operación se cerrará el 13 de marzo de 2026.", "13 de marzo de 2026"),
    ("es", "es", "Las acciones cayeron un 3,4 %.", "3,4 %"),
    ("es", "es", "Inversiones Caribia vende su parte.", "Inversiones Caribia"),
    ("es", "es", "Soltara compra Supertiendas.", "Soltara"),
    ("es", "es", "La cadena tiene 1.480 tiendas.", "1.480"),
    ("es", "en", "Almaraz is buying 15.5% of Caribia.", "15.5%"),
    ("it", "it", "Brandolese paga 78,5 milioni di euro.", "78,5 milioni di euro"),
    ("it", "it", "Brandolese paga 87,5 miliardi di euro.", "87,5 miliardi di euro"),
    ("it", "it", "Il titolo ha perso il 2,8%.", "2,8%"),
    ("it", "it", "Il venditore è il fondo Arcadia Due.", "Arcadia Due"),
    ("it", "it", "L'operazione si chiuderà nel primo trimestre del 2026.", "primo trimestre del 2026"),
    ("it", "it", "La società lavora in Francia.", "Francia"),
    ("it", "en", "Officine Iseo is paying 87.5 million euros.", "Officine Iseo"),
    ("pt", "pt", "A Nortejo paga 256 milhões de euros.", "256 milhões de euros"),
    ("pt", "pt", "A Nortejo paga 265 milhões de reais.", "265 milhões de reais"),
    ("pt", "pt", "As ações da Nortejo subiram 1,9%.", "1,9%"),
    ("pt", "pt", "O vendedor é a Meridional Capital.", "Capital"),
    ("pt", "pt", "Banco Nortejo compra a Visavela.", "Banco Nortejo"),
    ("pt", "pt", "O contrato tem a duração de seis anos.", "seis anos"),
    ("pt", "en", "Nortejo buys 8% of Visavela.", "8%"),
    ("nl", "nl", "Quillon betaalt 1,62 miljard euro.", "1,62 miljard euro"),
    ("nl", "nl", "Quillon betaalt € 1,26 mln.", "€ 1,26 mln"),
    ("nl", "nl", "Het aandeel steeg 2,6 procent.", "2,6 procent"),
    ("nl", "nl", "De koper is Quillon Logistiek.", "Quillon Logistiek"),
    ("nl", "nl", "Globex neemt Dokhaven over.", "Globex"),
    ("nl", "nl", "De overname wordt in het tweede kwartaal van 2026 afgerond.", "tweede kwartaal van 2026"),
    ("nl", "en", "Dokhaven has 2,500 workers in Belgium.", "2,500"),
    ("pl", "pl", "Hallmere zapłaci 90 mln zł.", "90 mln zł"),
    ("pl", "pl", "Hallmere zapłaci 900 mln euro.", "900 mln euro"),
    ("pl", "pl", "Kurs wzrósł o 1,9 proc.", "1,9 proc."),
    ("pl", "pl", "Sprzedającym jest Hallmere Capital.", "Hallmere Capital"),
    ("pl", "pl", "Umowa obowiązuje osiem lat.", "osiem lat"),
    ("pl", "pl", "O przejęciu poinformowano 3 października 2025 r.", "3 października 2025"),
    ("pl", "en", "Hallmere bought Bulkova.", "Bulkova"),
    ("ja", "ja", "冬木電装の買収額は約90億円となる。", "90億円"),
    ("ja", "ja", "冬木電機は曜岳電子を買収する。", "冬木電機"),
    ("ja", "ja", "売り手はリッジライン・パートナーズだ。", "リッジライン・パートナーズ"),
    ("ja", "ja", "冬木電装株は2.8%上昇した。", "2.8%"),
    ("ja", "ja", "買収は2026年8月に完了する。", "2026年8月"),
    ("ja", "ja", "契約期間は7年間だ。", "7年間"),
    ("ja", "en", "冬木電機 is paying about 90 billion yen.", "冬木電機"),
    ("zh", "zh", "飞骊汽车将以86亿元收购恒皋新材。", "86亿元"),
    ("zh", "zh", "飞骊汽车将以68亿美元收购恒皋新材。", "68亿美元"),
    ("zh", "zh", "飞骊电池收购恒皋新材。", "飞骊电池"),
    ("zh", "zh", "卖方为北辰电池。", "北辰电池"),
    ("zh", "zh", "飞骊汽车股价上涨2.6%。", "2.6%"),
    ("zh", "zh", "交易将于2027年第三季度完成。", "2027年第三季度"),
    ("zh", "en", "The price is 680 million yuan.", "680 million yuan"),
]


@cache
def check(article: str, language: str) -> ProseCheck:
    marked = read(open_document(ARTICLES[article], language=article, published=PUBLISHED))
    return ProseCheck(marked, language)


@pytest.mark.parametrize(("article", "language", "sentence"), TRUE)
def test_what_the_article_states_otherwise_holds(article: str, language: str, sentence: str) -> None:
    assert check(article, language).faults(sentence) == ()


@pytest.mark.parametrize(("article", "language", "sentence", "words"), WRONG)
def test_what_the_article_does_not_state_is_a_fault(article: str, language: str, sentence: str, words: str) -> None:
    assert words in [fault.words for fault in check(article, language).faults(sentence)]


def test_every_language_has_six_sentences_of_either_kind() -> None:
    for language in ARTICLES:
        assert sum(article == language for article, *_ in TRUE) >= 6
        assert sum(article == language for article, *_ in WRONG) >= 6


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("The price is about $38 billion.", True),
        ("The price is nearly $40 billion.", False),
        ("The price is more than $37 billion.", True),
        ("The price is more than $38 billion.", False),
        ("The price is less than $38 billion.", True),
        ("The price is up to $37 billion.", False),
        ("The price is about $37.9 billion.", True),
        ("The price is about $37.8 billion.", False),
    ],
)
def test_a_figure_is_rounded_only_as_the_prose_says(sentence: str, holds: bool) -> None:  # noqa: FBT001  a parameter
    article = read(open_document("Amazon pays $37.9 billion for the capacity.", language="en"))
    assert (ProseCheck(article, "en").faults(sentence) == ()) is holds


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "pt", "nl", "pl"])
def test_a_word_that_only_begins_a_sentence_is_no_name(language: str) -> None:
    openings = {
        "en": ("Analysts expect more.", "Nevertheless it sold well.", "According to the company, more will follow."),
        "fr": ("Les analystes en attendent plus.", "Selon elle, d'autres suivront.", "L’entreprise se tait."),
        "de": ("Analysten erwarten mehr.", "Nach Angaben der Firma folgen weitere Zukäufe.", "Die Börse zweifelt."),
        "es": ("Pagará más.", "Según la empresa, habrá otros.", "Prevé que lleguen otros."),
        "it": ("Secondo gli analisti ne arriveranno altri.", "L'azienda tace.", "Pagherà di più."),
        "pt": ("Fala-se em mais.", "Segundo a empresa, virão outros.", "Espera que venham outros."),
        "nl": ("Volgens het bedrijf volgen er meer.", "Analisten verwachten meer.", "Beleggers twijfelen."),
        "pl": ("Według spółki będzie ich więcej.", "Analitycy czekają.", "Zarząd milczy."),
    }
    article = read(open_document("OpenAI 2025.", language="en"))
    for sentence in openings[language]:
        assert ProseCheck(article, language).faults(sentence) == ()


def test_a_number_fault_and_a_name_fault_are_told_apart() -> None:
    faults = check("en", "en").faults("Globex and Harwick sign a contract worth $7 billion.")
    assert [(fault.code, fault.words) for fault in faults] == [
        (WarningCode.NUMBER_NOT_STATED, "$7 billion"),
        (WarningCode.NAME_NOT_STATED, "Globex"),
    ]


def test_no_perturbed_claim_about_gold_articles_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])
    from evals.benchmarks.claims import claims_about

    names = ("calderwick-series-c.en", "fortena-misaki.ja", "fuyuki-yaoyue.ja", "hallmere-bulkowo.pl", "openai-aws.fr")
    articles = {name: load_article(ROOT / "evals" / "articles" / f"{name}.yaml") for name in names}
    claims = claims_about(list(articles.values()))
    accepted = {True: list[str](), False: list[str]()}
    for claim in claims:
        if not ProseCheck(articles[claim.article].marked, claim.language).faults(claim.sentence):
            accepted[claim.true].append(claim.sentence)
    assert len(claims) >= 150
    assert accepted[False] == []
    assert len(accepted[True]) >= 0.98 * sum(claim.true for claim in claims)
