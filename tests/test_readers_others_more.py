"""Durations, percentages, tickers and amounts' cues, in Italian, Portuguese, Dutch, Polish, Japanese and Chinese."""

from __future__ import annotations

import pytest

from llmdeal.mentions import MentionKind
from llmdeal.readers import open_document, read


def values(text: str, language: str, kind: MentionKind) -> list[str]:
    marked = read(open_document(text, language=language))
    return [str(mention.value) for mention in marked.mentions if mention.kind is kind]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("it", "un contratto di cinque anni", "5 years"),
        ("it", "per 18 mesi", "18 months"),
        ("it", "un accordo triennale", "3 years"),
        ("it", "un accordo pluriennale", "multi-year"),
        ("it", "circa dieci anni", "about 10 years"),
        ("it", "due anni fa", ""),
        ("it", "negli ultimi cinque anni", ""),
        ("pt", "por quatro anos", "4 years"),
        ("pt", "um prazo de sete anos", "7 years"),
        ("pt", "durante 18 meses", "18 months"),
        ("pt", "pelo menos três anos", "at least 3 years"),
        ("pt", "um contrato plurianual", "multi-year"),
        ("pt", "há cinco anos", ""),
        ("pt", "um ano antes", ""),
        ("nl", "een contract van vijf jaar", "5 years"),
        ("nl", "een tienjarig contract", "10 years"),
        ("nl", "18 maanden", "18 months"),
        ("nl", "minstens drie jaar", "at least 3 years"),
        ("nl", "een meerjarige overeenkomst", "multi-year"),
        ("nl", "twee jaar geleden", ""),
        ("nl", "een jaar eerder", ""),
        ("pl", "na pięć lat", "5 years"),
        ("pl", "3,5 roku", "42 months"),
        ("pl", "18 miesięcy", "18 months"),
        ("pl", "umowa trzyletnia", "3 years"),
        ("pl", "wieloletnia umowa", "multi-year"),
        ("pl", "dwa lata temu", ""),
        ("ja", "10年間", "10 years"),
        ("ja", "約7年間", "about 7 years"),
        ("ja", "18カ月", "18 months"),
        ("ja", "10年の長期契約", "10 years"),
        ("ja", "10年以上", "at least 10 years"),
        ("it", "oltre dieci anni", "more than 10 years"),
        ("pl", "umowa siedmioletnia", "7 years"),
        ("pl", "dwudziestoletnia umowa", "20 years"),
        ("pl", "sześciomiesięczny okres", "6 months"),
        ("ja", "複数年契約", "multi-year"),
        ("ja", "3年前", ""),
        ("ja", "10年債", ""),
        ("ja", "5年ぶり", ""),
        ("zh", "合同期三年", "3 years"),
        ("zh", "为期五年", "5 years"),
        ("zh", "18个月", "18 months"),
        ("zh", "10年期贷款", "10 years"),
        ("zh", "多年期协议", "multi-year"),
        ("zh", "三年前", ""),
        ("zh", "未来五年", ""),
    ],
)
def test_duration(language: str, text: str, expected: str) -> None:
    assert "; ".join(values(text, language, MentionKind.DURATION)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("it", "il 60% del capitale", "60%"),
        ("it", "il titolo ha perso il 2,2%", "-2.2%"),
        ("it", "in calo del 3 per cento", "-3%"),
        ("it", "il titolo ripiegava dell'1%", "-1%"),
        ("it", "ha guadagnato il 12,7%", "12.7%"),
        ("it", "in rialzo dell'1,9%", "1.9%"),
        ("pt", "30 por cento do capital", "30%"),
        ("pt", "a ação caiu 5,2%", "-5.2%"),
        ("pt", "as ações subiam 4,1%", "4.1%"),
        ("pt", "queda de 3%", "-3%"),
        ("nl", "80 procent van de aandelen", "80%"),
        ("nl", "stond 2,6% lager", "-2.6%"),
        ("nl", "steeg 7,8 procent", "7.8%"),
        ("nl", "daalde met 3 procent", "-3%"),
        ("pl", "5,3 proc.", "5.3%"),
        ("pl", "traciła 1,9 proc.", "-1.9%"),
        ("pl", "wzrosły o 3 procent", "3%"),
        ("pl", "spadek o 4 proc.", "-4%"),
        ("ja", "60%を出資", "60%"),
        ("ja", "前日比1.4%安", "-1.4%"),
        ("ja", "４．２％高", "4.2%"),
        ("ja", "純利益は45%減", "-45%"),
        ("ja", "3割", "30%"),
        ("ja", "12.5パーセント", "12.5%"),
        ("zh", "100%股权", "100%"),
        ("zh", "股价下跌3.9%", "-3.9%"),
        ("zh", "上涨2.6%", "2.6%"),
        ("zh", "百分之五", "5%"),
        ("zh", "百分之十二点", "12%"),
        ("zh", "五成以上", "at least 50%"),
        ("zh", "同比下降12%", "-12%"),
        ("zh", "同比增长6.1%", "6.1%"),
        ("zh", "负3%", "-3%"),
        ("ja", "▲3%", "-3%"),
        ("ja", "三・五％", "3.5%"),
        ("it", "meno 3%", "-3%"),
        ("it", "più o meno 3%", "about 3%"),
        ("pt", "mais ou menos 3%", "about 3%"),
    ],
)
def test_percent(language: str, text: str, expected: str) -> None:
    assert "; ".join(values(text, language, MentionKind.PERCENT)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "トヨタ（東証：7203）", "東証: 7203"),
        ("ja", "岬精機製作所（東証スタンダード、証券コード6153）", "6153"),
        ("ja", "株式会社（コード番号 4509　東証プライム）", "4509"),
        ("ja", "蒼海汽船（東証プライム、9117）", "東証プライム: 9117"),
        ("ja", "瀬戸マテリアル（4129）は", "4129"),
        ("ja", "トヨタ（東証コード：7203）", "7203"),
        ("en", "Alphabet (NASDAQ: GOOG, GOOGL)", "NASDAQ: GOOG; NASDAQ: GOOGL"),
        ("en", "Alphabet (Nasdaq: GOOG and GOOGL)", "Nasdaq: GOOG; Nasdaq: GOOGL"),
        ("en", "Berkshire (NYSE: BRK.A/BRK.B)", "NYSE: BRK.A; NYSE: BRK.B"),
        ("en", "Barrick (TSX: ABX; NYSE: GOLD)", "TSX: ABX; NYSE: GOLD"),
        ("en", "Amazon (NASDAQ: AMZN), IBM and others", "NASDAQ: AMZN"),
        ("en", "NYSE: T, AT&T said", "NYSE: T"),
        ("ja", "創業（1987）以来", ""),
        ("ja", "ソフトバンク（9984.T）", "9984.T"),
        ("zh", "腾讯（0700.HK）", "0700.HK"),
        ("zh", "贵州茅台（600519.SH）", "600519.SH"),
        ("zh", "恒皋新材（301899.SZ）", "301899.SZ"),
        ("zh", "（股票代码：600519）", "600519"),
        ("zh", "（7998.TW）", "7998.TW"),
        ("it", "Farmadria (FMDR.MI)", "FMDR.MI"),
        ("pt", "Cimentos Paranavaí (CPNV3) vai", "CPNV3"),
        ("pt", "com o código JTBA3.", "JTBA3"),
        ("pt", "Comissão do Mercado de Valores Mobiliários (CMVM)", ""),
        ("pt", "(Euronext Lisboa: VLDM)", "Euronext Lisboa: VLDM"),
        ("pl", "Soltara (SLTR) i wrocławski Brevix (BRVX)", "SLTR; BRVX"),
        ("pl", "(GPW: TBRA)", "GPW: TBRA"),
        ("en", "under the ticker symbol “FCRB.”", "FCRB"),
        ("en", "Amazon Web Services (AWS) and the International Monetary Fund (IMF)", ""),
    ],
)
def test_ticker(language: str, text: str, expected: str) -> None:
    assert "; ".join(values(text, language, MentionKind.TICKER)) == expected


CUES = {
    "it": [
        ("25 euro per azione", "per_share"),
        ("ricavi per 284 milioni di euro", "revenue"),
        ("un fatturato di 120 milioni di euro", "revenue"),
        ("un utile di 33 milioni di euro", "profit"),
        ("una perdita di 5 milioni di euro", "loss"),
        ("masse per 10 miliardi di euro", "assets"),
        ("una capitalizzazione di 963 milioni di euro", "market_value"),
        ("una valutazione di 2 miliardi di euro", "valuation"),
        ("debiti per 2 miliardi di euro", "debt"),
        ("rispetto ai 400 milioni di euro di un anno prima", "earlier"),
        ("sinergie per 15 milioni di euro", "savings"),
        ("una multa di 3 milioni di euro", "fee"),
        ("Il prezzo è di 87,5 mln di euro", "total"),
        ("comprerà la società per 5 miliardi di euro", "none"),
    ],
    "pt": [
        ("R$ 16,20 por ação", "per_share"),
        ("a receita líquida foi de R$ 2,9 bi", "revenue"),
        ("um volume de negócios de 120 milhões de euros", "revenue"),
        ("lucrou R$ 311 mi", "profit"),
        ("um prejuízo de R$ 5 milhões", "loss"),
        ("ativos de R$ 10 bilhões", "assets"),
        ("um valor de mercado de R$ 6 bilhões", "market_value"),
        ("avaliada em R$ 2 bilhões", "valuation"),
        ("a dívida líquida ascendia a 3,4 mil milhões de euros", "debt"),
        ("ante os R$ 400 milhões de um ano antes", "earlier"),
        ("sinergias de R$ 15 milhões", "savings"),
        ("uma multa de R$ 3 milhões", "fee"),
        ("um contrato no valor de 2 mil milhões de euros", "total"),
        ("vai comprar a empresa por R$ 5 bilhões", "none"),
    ],
    "nl": [
        ("€ 20,25 per aandeel", "per_share"),
        ("een omzet van € 1,9 miljard", "revenue"),
        ("een winst van € 54 mln", "profit"),
        ("bedroeg het verlies € 31,9 mln", "loss"),
        ("een vermogen van € 10 mrd", "assets"),
        ("een beurswaarde van € 3 mrd", "market_value"),
        ("een waardering van € 2 mrd", "valuation"),
        ("een schuld van € 300 mln", "debt"),
        ("tegenover € 400 mln een jaar eerder", "earlier"),
        ("synergievoordelen van € 15 mln", "savings"),
        ("een boete van € 3 mln", "fee"),
        ("een deal van € 2 mrd", "total"),
        ("neemt het bedrijf over voor € 5 mrd", "none"),
    ],
    "pl": [
        ("25 zł za akcję", "per_share"),
        ("przychody wyniosły 702 mln zł", "revenue"),
        ("zysk netto w wysokości 131 mln zł", "profit"),
        ("strata w wysokości 5 mln zł", "loss"),
        ("zarządza aktywami wartymi 3,4 mld funtów", "assets"),
        ("kapitalizacja na poziomie 3 mld zł", "market_value"),
        ("wycena na poziomie 2 mld zł", "valuation"),
        ("dług netto w wysokości 215 mln zł", "debt"),
        ("wobec 400 mln zł rok wcześniej", "earlier"),
        ("oszczędności rzędu 45 mln zł", "savings"),
        ("kara w wysokości 3 mln zł", "fee"),
        ("wartość transakcji to 814 mln zł", "total"),
        ("kupi spółkę za 5 mld zł", "none"),
    ],
    "ja": [
        ("1株2480円", "per_share"),
        ("売上高は1兆4200億円", "revenue"),
        ("純利益は2465億円", "profit"),
        ("減損損失35億円", "loss"),
        ("総資産は約9兆8000億円", "assets"),
        ("時価総額は3000億円", "market_value"),
        ("評価額は2000億円", "valuation"),
        ("有利子負債は300億円", "debt"),
        ("前年同期は400億円", "earlier"),
        ("相乗効果は150億円", "savings"),
        ("違約金は30億円", "fee"),
        ("買い付け総額は約612億円", "total"),
        ("同社に300億円を", "none"),
    ],
    "zh": [
        ("每股3.65港元", "per_share"),
        ("营业收入97.8亿元", "revenue"),
        ("净利润5.3亿元", "profit"),
        ("亏损1.6亿元", "loss"),
        ("总资产300亿元", "assets"),
        ("总市值约142亿元", "market_value"),
        ("估值为28亿美元", "valuation"),
        ("净负债30亿元", "debt"),
        ("上年同期为4亿元", "earlier"),
        ("协同效应1.5亿美元", "savings"),
        ("罚款3亿元", "fee"),
        ("交易对价为3.35亿美元", "total"),
        ("该公司将支付5亿美元", "none"),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "expected"), [(language, *case) for language, cases in CUES.items() for case in cases]
)
def test_cue(language: str, text: str, expected: str) -> None:
    mentions = read(open_document(text, language=language)).mentions
    assert [mention.cue for mention in mentions if mention.kind is MentionKind.AMOUNT] == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "38 miliardi di dollari (32,58 miliardi di euro)"),
        ("it", "38 miliardi di dollari, pari a circa 32,58 miliardi di euro"),
        ("pt", "R$ 1,2 bilhão (cerca de US$ 220 milhões)"),
        ("pt", "1,1 mil milhões de euros (cerca de 1,2 mil milhões de dólares)"),
        ("nl", "$ 45 mln (€ 42,6 mln)"),
        ("pl", "1,1 mld zł (ok. 260 mln euro)"),
        ("ja", "2億ドル（約300億円）"),
        ("zh", "3.35亿美元（约合人民币24.6亿元）"),
    ],
)
def test_same_sum(language: str, text: str) -> None:
    assert dict(read(open_document(text, language=language)).conversions) == {"a1": ("a2",)}


def test_what_goes_on_behind_a_conversion_is_in_the_currency_before_it() -> None:
    text = "700 milhões de euros (cerca de 4,1 mil milhões de reais) e outro de 400 milhões"
    assert values(text, "pt", MentionKind.AMOUNT)[-1] == "EUR 400,000,000"


@pytest.mark.parametrize("text", ["en el 2.º trimestre 2026", "en el 2.º trimestre de 2026"])
def test_an_ordinal_has_a_full_stop_before_its_sign(text: str) -> None:
    assert values(text, "es", MentionKind.DATE) == ["2026-04-01/2026-06-30"]
