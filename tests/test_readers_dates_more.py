"""Dates in Italian, Portuguese, Dutch, Polish, Japanese and Chinese, in an article of Monday, 3 November 2025."""

from __future__ import annotations

from datetime import date

import pytest

from llmdeal.mentions import MentionKind
from llmdeal.readers import open_document, read

PUBLISHED = date(2025, 11, 3)

# text, the words of the date, the date
ITALIAN: list[tuple[str, str | list[str], str]] = [
    ("firmato il 3 novembre 2025.", "3 novembre 2025", "2025-11-03"),
    ("dal 1° gennaio 2026", "1° gennaio 2026", "2026-01-01"),
    ("dal 1° gennaio 2025", "1° gennaio 2025", "2025-01-01"),
    ("lunedì 3 novembre", "lunedì 3 novembre", "2025-11-03"),
    ("lunedì 3 novembre 2025", "lunedì 3 novembre 2025", "2025-11-03"),
    ("il 03/11/2025", "03/11/2025", "2025-11-03"),
    ("il 15 gennaio", "15 gennaio", "2026-01-15"),
    ("nel novembre 2024", "novembre 2024", "2024-11-01/2024-11-30"),
    ("a giugno", "giugno", "2025-06-01/2025-06-30"),
    ("lo scorso giugno", "scorso giugno", "2025-06-01/2025-06-30"),
    ("nel 2027", "2027", "2027-01-01/2027-12-31"),
    ("entro il 2030", "2030", "2030-01-01/2030-12-31"),
    ("nel terzo trimestre del 2026", "terzo trimestre del 2026", "2026-07-01/2026-09-30"),
    ("nel primo semestre 2026", "primo semestre 2026", "2026-01-01/2026-06-30"),
    ("nel secondo semestre del prossimo anno", "secondo semestre del prossimo anno", "2026-07-01/2026-12-31"),
    ("entro la fine del 2026", "la fine del 2026", "2026-10-01/2026-12-31"),
    ("a fine 2026", "fine 2026", "2026-10-01/2026-12-31"),
    ("a metà 2026", "metà 2026", "2026-04-01/2026-09-30"),
    ("a inizio 2026", "inizio 2026", "2026-01-01/2026-03-31"),
    ("entro fine anno", "fine anno", "2025-10-01/2025-12-31"),
    ("a fine novembre", "fine novembre", "2025-11-21/2025-11-30"),
    ("ha detto lunedì", "lunedì", "2025-11-03"),
    ("ha detto martedì", "martedì", "2025-10-28"),
    ("martedì sera", "martedì sera", "2025-10-28"),
    ("ieri", "ieri", "2025-11-02"),
    ("oggi", "oggi", "2025-11-03"),
    ("la settimana scorsa", "la settimana scorsa", "2025-10-27/2025-11-02"),
    ("il mese scorso", "il mese scorso", "2025-10-01/2025-10-31"),
    ("l'anno prossimo", "l'anno prossimo", "2026-01-01/2026-12-31"),
    ("quest'anno", "quest'anno", "2025-01-01/2025-12-31"),
    ("piano 2026-2028", ["2026", "2028"], "2026-01-01/2026-12-31; 2028-01-01/2028-12-31"),
]

PORTUGUESE: list[tuple[str, str | list[str], str]] = [
    ("em 3 de novembro de 2025.", "3 de novembro de 2025", "2025-11-03"),
    ("a 1 de abril", "1 de abril", "2025-04-01"),
    ("em 1º de outubro de 2025", "1º de outubro de 2025", "2025-10-01"),
    ("segunda-feira, 3 de novembro,", "segunda-feira, 3 de novembro", "2025-11-03"),
    ("em 03/11/2025", "03/11/2025", "2025-11-03"),
    ("08 out 2024", "08 out 2024", "2024-10-08"),
    ("em 15 de janeiro", "15 de janeiro", "2026-01-15"),
    ("em novembro de 2024", "novembro de 2024", "2024-11-01/2024-11-30"),
    ("em outubro de 2031", "outubro de 2031", "2031-10-01/2031-10-31"),
    ("em junho", "junho", "2025-06-01/2025-06-30"),
    ("em junho passado", "junho passado", "2025-06-01/2025-06-30"),
    ("em 2027", "2027", "2027-01-01/2027-12-31"),
    ("até 2030", "2030", "2030-01-01/2030-12-31"),
    ("no terceiro trimestre de 2026", "terceiro trimestre de 2026", "2026-07-01/2026-09-30"),
    ("no 3º trimestre de 2026", "3º trimestre de 2026", "2026-07-01/2026-09-30"),
    ("no primeiro semestre de 2026", "primeiro semestre de 2026", "2026-01-01/2026-06-30"),
    ("no 3T 2026", "3T 2026", "2026-07-01/2026-09-30"),
    ("no final de 2026", "final de 2026", "2026-10-01/2026-12-31"),
    ("no início de 2026", "início de 2026", "2026-01-01/2026-03-31"),
    ("em meados de 2026", "meados de 2026", "2026-04-01/2026-09-30"),
    ("até ao final do ano", "final do ano", "2025-10-01/2025-12-31"),
    ("no final de novembro", "final de novembro", "2025-11-21/2025-11-30"),
    ("na segunda-feira", "segunda-feira", "2025-11-03"),
    ("na terça-feira", "terça-feira", "2025-10-28"),
    ("na terça-feira (4)", "terça-feira", "2025-11-04"),
    ("na segunda-feira à noite", "segunda-feira à noite", "2025-11-03"),
    ("na próxima terça-feira", "próxima terça-feira", "2025-11-04"),
    ("ontem", "ontem", "2025-11-02"),
    ("na semana passada", "semana passada", "2025-10-27/2025-11-02"),
    ("no mês passado", "mês passado", "2025-10-01/2025-10-31"),
    ("no próximo ano", "próximo ano", "2026-01-01/2026-12-31"),
    ("no ano que vem", "ano que vem", "2026-01-01/2026-12-31"),
]

DUTCH: list[tuple[str, str | list[str], str]] = [
    ("op 3 november 2025.", "3 november 2025", "2025-11-03"),
    ("op maandag 3 november", "maandag 3 november", "2025-11-03"),
    ("op 03-11-2025", "03-11-2025", "2025-11-03"),
    ("per 30 juni", "30 juni", "2025-06-30"),
    ("uiterlijk 15 januari", "15 januari", "2026-01-15"),
    ("3 nov. 2025", "3 nov. 2025", "2025-11-03"),
    ("in november 2024", "november 2024", "2024-11-01/2024-11-30"),
    ("in mei", "mei", "2025-05-01/2025-05-31"),
    ("in juni", "juni", "2025-06-01/2025-06-30"),
    ("in 2027", "2027", "2027-01-01/2027-12-31"),
    ("sinds 2021", "2021", "2021-01-01/2021-12-31"),
    ("in het derde kwartaal van 2026", "derde kwartaal van 2026", "2026-07-01/2026-09-30"),
    ("in het eerste kwartaal van 2026", "eerste kwartaal van 2026", "2026-01-01/2026-03-31"),
    ("in de eerste helft van 2026", "eerste helft van 2026", "2026-01-01/2026-06-30"),
    ("in de tweede helft van volgend jaar", "tweede helft van volgend jaar", "2026-07-01/2026-12-31"),
    ("in het vierde kwartaal", "vierde kwartaal", "2025-10-01/2025-12-31"),
    ("eind 2026", "eind 2026", "2026-10-01/2026-12-31"),
    ("begin 2026", "begin 2026", "2026-01-01/2026-03-31"),
    ("medio 2026", "medio 2026", "2026-04-01/2026-09-30"),
    ("voor het einde van het jaar", "het einde van het jaar", "2025-10-01/2025-12-31"),
    ("eind november", "eind november", "2025-11-21/2025-11-30"),
    ("maandag", "maandag", "2025-11-03"),
    ("dinsdag", "dinsdag", "2025-10-28"),
    ("donderdagavond", "donderdagavond", "2025-10-30"),
    ("volgende week dinsdag", ["volgende week", "dinsdag"], "2025-11-10/2025-11-16; 2025-10-28"),
    ("gisteren", "gisteren", "2025-11-02"),
    ("vorige week", "vorige week", "2025-10-27/2025-11-02"),
    ("vorige maand", "vorige maand", "2025-10-01/2025-10-31"),
    ("volgend jaar", "volgend jaar", "2026-01-01/2026-12-31"),
    ("dit jaar", "dit jaar", "2025-01-01/2025-12-31"),
    ("in het boekjaar 2026", "boekjaar 2026", "2026-01-01/2026-12-31"),
]

POLISH: list[tuple[str, str | list[str], str]] = [
    ("podpisano 3 listopada 2025 r.", "3 listopada 2025", "2025-11-03"),
    ("do 30 listopada 2027 r.", "30 listopada 2027", "2027-11-30"),
    ("w poniedziałek 3 listopada", "poniedziałek 3 listopada", "2025-11-03"),
    ("w dniu 03.11.2025", "03.11.2025", "2025-11-03"),
    ("zwołane na 18 listopada", "18 listopada", "2025-11-18"),
    ("do 15 stycznia", "15 stycznia", "2026-01-15"),
    ("w listopadzie 2024 r.", "listopadzie 2024", "2024-11-01/2024-11-30"),
    ("w maju", "maju", "2025-05-01/2025-05-31"),
    ("w czerwcu", "czerwcu", "2025-06-01/2025-06-30"),
    ("we wrześniu", "wrześniu", "2025-09-01/2025-09-30"),
    ("w 2027 r.", "2027", "2027-01-01/2027-12-31"),
    ("w 2019 roku", "2019", "2019-01-01/2019-12-31"),
    ("do 2030 roku", "2030", "2030-01-01/2030-12-31"),
    ("w trzecim kwartale 2026 r.", "trzecim kwartale 2026", "2026-07-01/2026-09-30"),
    ("w drugim kwartale 2026 r.", "drugim kwartale 2026", "2026-04-01/2026-06-30"),
    ("w III kwartale 2026 r.", "III kwartale 2026", "2026-07-01/2026-09-30"),
    ("w pierwszym półroczu 2026 r.", "pierwszym półroczu 2026", "2026-01-01/2026-06-30"),
    ("w drugiej połowie 2026 r.", "drugiej połowie 2026", "2026-07-01/2026-12-31"),
    ("do końca 2026 r.", "końca 2026", "2026-10-01/2026-12-31"),
    ("na początku 2026 r.", "na początku 2026", "2026-01-01/2026-03-31"),
    ("w połowie 2026 r.", "połowie 2026", "2026-04-01/2026-09-30"),
    ("do końca roku", "końca roku", "2025-10-01/2025-12-31"),
    ("pod koniec listopada", "koniec listopada", "2025-11-21/2025-11-30"),
    ("w poniedziałek", "poniedziałek", "2025-11-03"),
    ("we wtorek", "wtorek", "2025-10-28"),
    ("w środę", "środę", "2025-10-29"),
    ("w przyszły wtorek", "przyszły wtorek", "2025-11-04"),
    ("wczoraj", "wczoraj", "2025-11-02"),
    ("w zeszłym tygodniu", "zeszłym tygodniu", "2025-10-27/2025-11-02"),
    ("w ubiegłym miesiącu", "ubiegłym miesiącu", "2025-10-01/2025-10-31"),
    ("w przyszłym roku", "przyszłym roku", "2026-01-01/2026-12-31"),
    ("w ubiegłym roku", "ubiegłym roku", "2024-01-01/2024-12-31"),
]

JAPANESE: list[tuple[str, str | list[str], str]] = [
    ("2025年11月3日に締結した", "2025年11月3日", "2025-11-03"),
    ("２０２７年４月１日に設立", "２０２７年４月１日", "2027-04-01"),
    ("11月3日、発表した", "11月3日", "2025-11-03"),
    ("は3日、発表した", "3日", "2025-11-03"),
    ("は2日、発表した", "2日", "2025-11-02"),
    ("は24日、発表した", "24日", "2025-10-24"),
    ("１月15日に開く", "１月15日", "2026-01-15"),
    ("2024年11月に", "2024年11月", "2024-11-01/2024-11-30"),
    ("28年4月の稼働", "28年4月", "2028-04-01/2028-04-30"),
    ("6月に", "6月", "2025-06-01/2025-06-30"),
    ("来年4月に", "来年4月", "2026-04-01/2026-04-30"),
    ("昨年12月に", "昨年12月", "2024-12-01/2024-12-31"),
    ("2027年に", "2027年", "2027-01-01/2027-12-31"),
    ("30年までに", "30年", "2030-01-01/2030-12-31"),
    ("2026年第3四半期", "2026年第3四半期", "2026-07-01/2026-09-30"),
    ("2026年前半", "2026年前半", "2026-01-01/2026-06-30"),
    ("2026年上期", "2026年上期", "2026-01-01/2026-06-30"),
    ("2025年4〜12月期", "2025年4〜12月期", "2025-04-01/2025-12-31"),
    ("25年1〜9月に", "25年1〜9月", "2025-01-01/2025-09-30"),
    ("2026年3月期", "2026年3月期", "2025-04-01/2026-03-31"),
    ("26年3月期の売上高", "26年3月期", "2025-04-01/2026-03-31"),
    ("2025年3月期第1四半期", "2025年3月期第1四半期", "2024-04-01/2024-06-30"),
    ("2027年度に", "2027年度", "2027-01-01/2027-12-31"),
    ("来年3月末までに", "来年3月末", "2026-03-21/2026-03-31"),
    ("11月下旬に", "11月下旬", "2025-11-21/2025-11-30"),
    ("年末までに", "年末", "2025-10-01/2025-12-31"),
    ("2026年末", "2026年末", "2026-10-01/2026-12-31"),
    ("月曜日に", "月曜日", "2025-11-03"),
    ("火曜に", "火曜", "2025-10-28"),
    ("昨日", "昨日", "2025-11-02"),
    ("本日", "本日", "2025-11-03"),
    ("先週", "先週", "2025-10-27/2025-11-02"),
    ("先月", "先月", "2025-10-01/2025-10-31"),
    ("来年", "来年", "2026-01-01/2026-12-31"),
    ("二〇二六年三月", "二〇二六年三月", "2026-03-01/2026-03-31"),
]

CHINESE: list[tuple[str, str | list[str], str]] = [
    ("2025年11月3日签署", "2025年11月3日", "2025-11-03"),
    ("２０２５年１１月３日", "２０２５年１１月３日", "2025-11-03"),
    ("11月3日公告", "11月3日", "2025-11-03"),
    ("3日宣布", "3日", "2025-11-03"),
    ("20日晚", "20日", "2025-10-20"),
    ("1月15日", "1月15日", "2026-01-15"),
    ("十一月三日", "十一月三日", "2025-11-03"),
    ("2024年11月", "2024年11月", "2024-11-01/2024-11-30"),
    ("去年7月", "去年7月", "2024-07-01/2024-07-31"),
    ("明年3月", "明年3月", "2026-03-01/2026-03-31"),
    ("于12月撤销", "12月", "2025-12-01/2025-12-31"),
    ("2027年", "2027年", "2027-01-01/2027-12-31"),
    ("二〇二六年", "二〇二六年", "2026-01-01/2026-12-31"),
    ("2026年第三季度", "2026年第三季度", "2026-07-01/2026-09-30"),
    ("明年第一季", "明年第一季", "2026-01-01/2026-03-31"),
    ("明年上半年", "明年上半年", "2026-01-01/2026-06-30"),
    ("2026年下半年", "2026年下半年", "2026-07-01/2026-12-31"),
    ("2026年底", "2026年底", "2026-10-01/2026-12-31"),
    ("年底前", "年底", "2025-10-01/2025-12-31"),
    ("今年年底", "今年年底", "2025-10-01/2025-12-31"),
    ("明年初", "明年初", "2026-01-01/2026-03-31"),
    ("3月底", "3月底", "2026-03-21/2026-03-31"),
    ("12月中旬", "12月中旬", "2025-12-11/2025-12-20"),
    ("2026财年", "2026财年", "2026-01-01/2026-12-31"),
    ("周一宣布", "周一", "2025-11-03"),
    ("週二宣布", "週二", "2025-10-28"),
    ("星期二宣布", "星期二", "2025-10-28"),
    ("周二（28日）", ["周二", "28日"], "2025-10-28; 2025-10-28"),
    ("上周四", "上周四", "2025-10-30"),
    ("上週一", "上週一", "2025-10-27"),
    ("下周五", "下周五", "2025-11-14"),
    ("昨日", "昨日", "2025-11-02"),
    ("上周", "上周", "2025-10-27/2025-11-02"),
    ("上个月", "上个月", "2025-10-01/2025-10-31"),
    ("本季度", "本季度", "2025-10-01/2025-12-31"),
    ("去年", "去年", "2024-01-01/2024-12-31"),
    ("明年", "明年", "2026-01-01/2026-12-31"),
]

UNREAD = [
    ("it", "i 2000 dipendenti"),
    ("it", "marcia indietro"),
    ("pt", "de 2000 pessoas"),
    ("pt", "a segunda maior empresa"),
    ("pt", "no dia seguinte"),
    ("nl", "van 2000 werknemers"),
    ("pl", "z 2000 pracowników"),
    ("pl", "maja dom"),
    ("ja", "30日間"),
    ("ja", "3日後"),
    ("ja", "日本の会社"),
    ("ja", "翌日の株価"),
    ("zh", "30日内支付"),
    ("zh", "日本公司"),
    ("zh", "三年前"),
]
TABLES: dict[str, list[tuple[str, str | list[str], str]]] = {
    "it": ITALIAN, "pt": PORTUGUESE, "nl": DUTCH, "pl": POLISH, "ja": JAPANESE, "zh": CHINESE,
}  # fmt: skip
CASES = [(language, text, quote, day) for language, table in TABLES.items() for text, quote, day in table]


def dates(text: str, language: str) -> list[tuple[str, str]]:
    marked = read(open_document(text, language=language, published=PUBLISHED))
    return [(m.quote, str(m.value)) for m in marked.mentions if m.kind is MentionKind.DATE]


@pytest.mark.parametrize(("language", "text", "quote", "expected"), CASES)
def test_date(language: str, text: str, quote: str | list[str], expected: str) -> None:
    quotes = [quote] if isinstance(quote, str) else quote
    assert dates(text, language) == list(zip(quotes, expected.split("; "), strict=True))


@pytest.mark.parametrize(("language", "text"), UNREAD)
def test_no_date(language: str, text: str) -> None:
    assert dates(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("it", "Viareggio, 3 novembre 2025 - Velaria rinuncia", PUBLISHED),
        ("pt", "Lisboa, 03 nov 2025 – A Serralva contratou", PUBLISHED),
        ("nl", "Leiden, 3 november 2025, 7.30 uur – Ligandis meldt", PUBLISHED),
        ("pl", "Warszawa, 03.11.2025 – Soltara łączy siły", PUBLISHED),
        ("ja", "2025年11月3日\n各位\n碓氷製薬株式会社", PUBLISHED),
        ("zh", "2025年11月3日\n公司公告", PUBLISHED),
        ("it", "Il contratto del 3 novembre 2025 prevede", None),
        ("pl", "Umowa z 3 listopada 2025 r. przewiduje", None),
    ],
)
def test_day_of_publication(language: str, text: str, expected: date | None) -> None:
    assert open_document(text, language=language).published == expected
