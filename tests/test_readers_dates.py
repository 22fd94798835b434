"""Dates as the press of each language writes them, in an article of Monday, 3 November 2025."""

from __future__ import annotations

from datetime import date

import pytest

from llmdeal.mentions import MentionKind
from llmdeal.readers import open_document, read

PUBLISHED = date(2025, 11, 3)

# text, the words of the date, the date
ENGLISH = [
    ("closed on 3 November 2025.", "3 November 2025", "2025-11-03"),
    ("closed on Nov. 3, 2025, it said", "Nov. 3, 2025", "2025-11-03"),
    ("closed on November 3rd, 2025", "November 3rd, 2025", "2025-11-03"),
    ("closed on the 3rd of November 2025", "3rd of November 2025", "2025-11-03"),
    ("closed on Monday, Nov. 3, 2025", "Monday, Nov. 3, 2025", "2025-11-03"),
    ("on 2025-11-03 it closed", "2025-11-03", "2025-11-03"),
    ("on 11/03/2025 it closed", "11/03/2025", "2025-11-03"),
    ("on 25/11/2025 it closed", "25/11/2025", "2025-11-25"),
    ("closed on May 5", "May 5", "2025-05-05"),
    ("closed on 5 May", "5 May", "2025-05-05"),
    ("will close on Jan. 15", "Jan. 15", "2026-01-15"),
    ("in November 2024", "November 2024", "2024-11-01/2024-11-30"),
    ("reported in June", "June", "2025-06-01/2025-06-30"),
    ("in 2027 and beyond", "2027", "2027-01-01/2027-12-31"),
    ("founded in 2019", "2019", "2019-01-01/2019-12-31"),
    ("in Q3 2026", "Q3 2026", "2026-07-01/2026-09-30"),
    ("in the third quarter of 2026", "third quarter of 2026", "2026-07-01/2026-09-30"),
    ("in the second half of next year", "second half of next year", "2026-07-01/2026-12-31"),
    ("in H1 2026", "H1 2026", "2026-01-01/2026-06-30"),
    ("by the end of 2026", "the end of 2026", "2026-10-01/2026-12-31"),
    ("in late 2026", "late 2026", "2026-10-01/2026-12-31"),
    ("in early 2026", "early 2026", "2026-01-01/2026-03-31"),
    ("by mid-2026", "mid-2026", "2026-04-01/2026-09-30"),
    ("early next year", "early next year", "2026-01-01/2026-03-31"),
    ("by the end of the year", "the end of the year", "2025-10-01/2025-12-31"),
    ("by year-end", "year-end", "2025-10-01/2025-12-31"),
    ("late November", "late November", "2025-11-21/2025-11-30"),
    ("said on Monday", "Monday", "2025-11-03"),
    ("said on Tuesday", "Tuesday", "2025-10-28"),
    ("next Tuesday", "next Tuesday", "2025-11-04"),
    ("last Monday", "last Monday", "2025-10-27"),
    ("said yesterday", "yesterday", "2025-11-02"),
    ("said today", "today", "2025-11-03"),
    ("completed last week", "last week", "2025-10-27/2025-11-02"),
    ("completed last month", "last month", "2025-10-01/2025-10-31"),
    ("this quarter", "this quarter", "2025-10-01/2025-12-31"),
    ("next year", "next year", "2026-01-01/2026-12-31"),
    ("in fiscal 2026", "fiscal 2026", "2026-01-01/2026-12-31"),
    ("in the 2024 fiscal year", "2024 fiscal year", "2024-01-01/2024-12-31"),
    ("in Q2 FY26", "Q2 FY26", "2026-04-01/2026-06-30"),
    ("said on 2 May", "2 May", "2025-05-02"),
    ("since January", "January", "2025-01-01/2025-01-31"),
    ("from 3-5 November", "3-5 November", "2025-11-03/2025-11-05"),
    ("the November 3-5, 2025, meeting", "November 3-5, 2025", "2025-11-03/2025-11-05"),
    ("between 3 and 5 November 2025", "3 and 5 November 2025", "2025-11-03/2025-11-05"),
    ("from March to May 2026", "March to May 2026", "2026-03-01/2026-05-31"),
    ("from November to February 2026", "November to February 2026", "2025-11-01/2026-02-28"),
    ("in the spring of 2026", "spring of 2026", "2026-03-01/2026-05-31"),
    ("this autumn", "this autumn", "2025-09-01/2025-11-30"),
    ("next summer", "next summer", "2026-06-01/2026-08-31"),
    ("in fall 2026", "fall 2026", "2026-09-01/2026-11-30"),
    ("by the summer", "summer", "2026-06-01/2026-08-31"),
    ("in the winter of 2025/26", "winter of 2025/26", "2025-12-01/2026-02-28"),
    ("in 3Q26", "3Q26", "2026-07-01/2026-09-30"),
    ("in Q3 '26", "Q3 '26", "2026-07-01/2026-09-30"),
]

FRENCH = [
    ("conclu le 3 novembre 2025.", "3 novembre 2025", "2025-11-03"),
    ("conclu le 1er octobre 2025", "1er octobre 2025", "2025-10-01"),
    ("conclu lundi 3 novembre", "lundi 3 novembre", "2025-11-03"),
    ("le 03/11/2025", "03/11/2025", "2025-11-03"),
    ("le 3 nov. 2025", "3 nov. 2025", "2025-11-03"),
    ("le 15 janvier", "15 janvier", "2026-01-15"),
    ("en novembre 2024", "novembre 2024", "2024-11-01/2024-11-30"),
    ("en juin", "juin", "2025-06-01/2025-06-30"),
    ("en juin dernier", "juin dernier", "2025-06-01/2025-06-30"),
    ("en mars prochain", "mars prochain", "2026-03-01/2026-03-31"),
    ("en 2027 et au-delà", "2027", "2027-01-01/2027-12-31"),
    ("d'ici 2030", "2030", "2030-01-01/2030-12-31"),
    ("au T3 2026", "T3 2026", "2026-07-01/2026-09-30"),
    ("au troisième trimestre 2026", "troisième trimestre 2026", "2026-07-01/2026-09-30"),
    ("au premier semestre de 2026", "premier semestre de 2026", "2026-01-01/2026-06-30"),
    ("au second semestre 2026", "second semestre 2026", "2026-07-01/2026-12-31"),
    ("au S1 2026", "S1 2026", "2026-01-01/2026-06-30"),
    ("d’ici la fin de 2026", "la fin de 2026", "2026-10-01/2026-12-31"),
    ("d'ici fin 2026", "fin 2026", "2026-10-01/2026-12-31"),
    ("début 2026", "début 2026", "2026-01-01/2026-03-31"),
    ("mi-2026", "mi-2026", "2026-04-01/2026-09-30"),
    ("d'ici la fin de l'année", "la fin de l'année", "2025-10-01/2025-12-31"),
    ("fin novembre", "fin novembre", "2025-11-21/2025-11-30"),
    ("annoncé lundi", "lundi", "2025-11-03"),
    ("annoncé mardi", "mardi", "2025-10-28"),
    ("mardi prochain", "mardi prochain", "2025-11-04"),
    ("annoncé hier", "hier", "2025-11-02"),
    ("achevée la semaine dernière", "la semaine dernière", "2025-10-27/2025-11-02"),
    ("l'exercice 2024/25", "l'exercice 2024/25", "2024-01-01/2025-12-31"),
    ("le mois dernier", "le mois dernier", "2025-10-01/2025-10-31"),
    ("l'an dernier", "l'an dernier", "2024-01-01/2024-12-31"),
    ("l'année prochaine", "l'année prochaine", "2026-01-01/2026-12-31"),
    ("cette année", "cette année", "2025-01-01/2025-12-31"),
    ("ce trimestre", "ce trimestre", "2025-10-01/2025-12-31"),
    ("du 3 au 5 novembre", "3 au 5 novembre", "2025-11-03/2025-11-05"),
    ("les 3 et 4 novembre", "3 et 4 novembre", "2025-11-03/2025-11-04"),
    ("de mars à mai 2026", "mars à mai 2026", "2026-03-01/2026-05-31"),
    ("au printemps 2026", "printemps 2026", "2026-03-01/2026-05-31"),
    ("cet automne", "cet automne", "2025-09-01/2025-11-30"),
    ("d'ici l'été", "été", "2026-06-01/2026-08-31"),
    ("le 1er juill. 2026", "1er juill. 2026", "2026-07-01"),
]

GERMAN = [
    ("am 3. November 2025 vereinbart", "3. November 2025", "2025-11-03"),
    ("am 03.11.2025 vereinbart", "03.11.2025", "2025-11-03"),
    ("am Montag, 3. November 2025,", "Montag, 3. November 2025", "2025-11-03"),
    ("am Montag, dem 3. November,", "Montag, dem 3. November", "2025-11-03"),
    ("am 3. Nov. 2025", "3. Nov. 2025", "2025-11-03"),
    ("zum 15. Januar", "15. Januar", "2026-01-15"),
    ("im November 2024", "November 2024", "2024-11-01/2024-11-30"),
    ("im Juni", "Juni", "2025-06-01/2025-06-30"),
    ("im vergangenen Juni", "vergangenen Juni", "2025-06-01/2025-06-30"),
    ("im Jahr 2027", "2027", "2027-01-01/2027-12-31"),
    ("bis 2030 soll", "2030", "2030-01-01/2030-12-31"),
    ("soll 2026 abgeschlossen werden", "2026", "2026-01-01/2026-12-31"),
    ("im dritten Quartal 2026", "dritten Quartal 2026", "2026-07-01/2026-09-30"),
    ("im 3. Quartal 2026", "3. Quartal 2026", "2026-07-01/2026-09-30"),
    ("zweites Halbjahr 2026", "zweites Halbjahr 2026", "2026-07-01/2026-12-31"),
    ("in Q3 2026", "Q3 2026", "2026-07-01/2026-09-30"),
    ("im ersten Quartal des kommenden Jahres", "ersten Quartal des kommenden Jahres", "2026-01-01/2026-03-31"),
    ("bis Ende 2026", "Ende 2026", "2026-10-01/2026-12-31"),
    ("Anfang 2026", "Anfang 2026", "2026-01-01/2026-03-31"),
    ("Mitte 2026", "Mitte 2026", "2026-04-01/2026-09-30"),
    ("Anfang kommenden Jahres", "Anfang kommenden Jahres", "2026-01-01/2026-03-31"),
    ("bis Ende des Jahres", "Ende des Jahres", "2025-10-01/2025-12-31"),
    ("bis zum Jahresende", "Jahresende", "2025-10-01/2025-12-31"),
    ("Ende November", "Ende November", "2025-11-21/2025-11-30"),
    ("am Montag", "Montag", "2025-11-03"),
    ("am Dienstag", "Dienstag", "2025-10-28"),
    ("nächsten Dienstag", "nächsten Dienstag", "2025-11-04"),
    ("gestern", "gestern", "2025-11-02"),
    ("letzte Woche", "letzte Woche", "2025-10-27/2025-11-02"),
    ("im vergangenen Monat", "vergangenen Monat", "2025-10-01/2025-10-31"),
    ("im nächsten Jahr", "nächsten Jahr", "2026-01-01/2026-12-31"),
    ("in diesem Jahr", "diesem Jahr", "2025-01-01/2025-12-31"),
    ("im Geschäftsjahr 2026", "Geschäftsjahr 2026", "2026-01-01/2026-12-31"),
    ("vom 3. bis 5. November", "3. bis 5. November", "2025-11-03/2025-11-05"),
    ("am 3.-5. November 2025", "3.-5. November 2025", "2025-11-03/2025-11-05"),
    ("von März bis Mai 2026", "März bis Mai 2026", "2026-03-01/2026-05-31"),
    ("im Frühjahr 2026", "Frühjahr 2026", "2026-03-01/2026-05-31"),
    ("im Herbst", "Herbst", "2025-09-01/2025-11-30"),
    ("im kommenden Sommer", "kommenden Sommer", "2026-06-01/2026-08-31"),
    ("im Winter 2025/26", "Winter 2025/26", "2025-12-01/2026-02-28"),
]

SPANISH = [
    ("el 3 de noviembre de 2025.", "3 de noviembre de 2025", "2025-11-03"),
    ("el 1 de octubre del 2025", "1 de octubre del 2025", "2025-10-01"),
    ("el lunes 3 de noviembre", "lunes 3 de noviembre", "2025-11-03"),
    ("el lunes, 3 de noviembre,", "lunes, 3 de noviembre", "2025-11-03"),
    ("el 03/11/2025", "03/11/2025", "2025-11-03"),
    ("el 3 nov 2025", "3 nov 2025", "2025-11-03"),
    ("el 15 de enero", "15 de enero", "2026-01-15"),
    ("en noviembre de 2024", "noviembre de 2024", "2024-11-01/2024-11-30"),
    ("en junio", "junio", "2025-06-01/2025-06-30"),
    ("el pasado junio", "pasado junio", "2025-06-01/2025-06-30"),
    ("en 2027", "2027", "2027-01-01/2027-12-31"),
    ("hasta 2030", "2030", "2030-01-01/2030-12-31"),
    ("en el tercer trimestre de 2026", "tercer trimestre de 2026", "2026-07-01/2026-09-30"),
    ("en el primer semestre de 2026", "primer semestre de 2026", "2026-01-01/2026-06-30"),
    ("en el segundo semestre del próximo año", "segundo semestre del próximo año", "2026-07-01/2026-12-31"),
    ("en el 3T 2026", "3T 2026", "2026-07-01/2026-09-30"),
    ("a finales de 2026", "finales de 2026", "2026-10-01/2026-12-31"),
    ("a principios de 2026", "principios de 2026", "2026-01-01/2026-03-31"),
    ("a mediados de 2026", "mediados de 2026", "2026-04-01/2026-09-30"),
    ("a finales de año", "finales de año", "2025-10-01/2025-12-31"),
    ("a finales de noviembre", "finales de noviembre", "2025-11-21/2025-11-30"),
    ("el lunes", "lunes", "2025-11-03"),
    ("el martes", "martes", "2025-10-28"),
    ("el próximo martes", "próximo martes", "2025-11-04"),
    ("desde el 1 de enero", "1 de enero", "2025-01-01"),
    ("ayer", "ayer", "2025-11-02"),
    ("la semana pasada", "la semana pasada", "2025-10-27/2025-11-02"),
    ("el mes pasado", "el mes pasado", "2025-10-01/2025-10-31"),
    ("el año que viene", "el año que viene", "2026-01-01/2026-12-31"),
    ("el próximo año", "próximo año", "2026-01-01/2026-12-31"),
    ("este año", "este año", "2025-01-01/2025-12-31"),
    ("del 3 al 5 de noviembre", "3 al 5 de noviembre", "2025-11-03/2025-11-05"),
    ("entre marzo y mayo de 2026", "marzo y mayo de 2026", "2026-03-01/2026-05-31"),
    ("en la primavera de 2026", "primavera de 2026", "2026-03-01/2026-05-31"),
    ("el verano pasado", "verano pasado", "2025-06-01/2025-08-31"),
    ("en el 3T26", "3T26", "2026-07-01/2026-09-30"),
]

UNREAD = [
    ("en", "it may 3 times"),
    ("en", "the 2000 employees"),
    ("en", "in 2,019 cases"),
    ("en", "a $2019 laptop"),
    ("en", "will start immediately"),
    ("en", "shares fall 2026 points"),
    ("en", "in the fall of Lehman"),
    ("en", "the last fall in prices"),
    ("en", "Silver Spring, Maryland"),
    ("fr", "il a été cédé"),
    ("en", "The Boeing 747"),
    ("en", "on Feb 30, 2025 nothing"),
    ("fr", "OpenAI commencera dès à présent"),
    ("fr", "les 2000 salariés"),
    ("fr", "la planète Mars"),
    ("de", "für 2026 Euro"),
    ("es", "la empresa de 2000 empleados"),
]

CASES = [
    *(("en", *case) for case in ENGLISH),
    *(("fr", *case) for case in FRENCH),
    *(("de", *case) for case in GERMAN),
    *(("es", *case) for case in SPANISH),
]


def dates(text: str, language: str, published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    marked = read(open_document(text, language=language, published=published))
    return [(m.quote, str(m.value)) for m in marked.mentions if m.kind is MentionKind.DATE]


@pytest.mark.parametrize(("language", "text", "quote", "expected"), CASES)
def test_date(language: str, text: str, quote: str, expected: str) -> None:
    assert dates(text, language) == [(quote, expected)]


@pytest.mark.parametrize(("language", "text"), UNREAD)
def test_no_date(language: str, text: str) -> None:
    assert dates(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "on Monday, last week, May 5, in June, this year"), ("fr", "lundi, hier, en juin, l'an dernier")],
)
def test_without_a_day_of_publication_nothing_relative_is_a_date(language: str, text: str) -> None:
    marked = read(open_document(text, language=language))
    assert marked.mentions == ()


def test_fiscal_and_ambiguous_dates_say_so() -> None:
    marked = read(open_document("In fiscal 2026, on 03/04/2025 and on 25/04/2025.", language="en"))
    fiscal, either, clear = marked.mentions
    assert getattr(fiscal.value, "fiscal", False)
    assert either.ambiguous
    assert not clear.ambiguous


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "in the spring of 2026"), ("fr", "cet automne"), ("de", "Ende des Sommers"), ("en", "early next summer")],
)
def test_a_season_is_ambiguous_as_the_south_has_another(language: str, text: str) -> None:
    (mention,) = read(open_document(text, language=language, published=PUBLISHED)).mentions
    assert mention.ambiguous


def test_a_range_of_days_is_no_day_of_publication() -> None:
    assert open_document("LISBON, 3-5 November 2025 - The congress", language="en").published is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", " date 2025-11-03 Amazon.com AMZN.O va fournir", date(2025, 11, 3)),
        ("fr", "PARIS, 3 novembre 2025 (Reuters) - Amazon va", date(2025, 11, 3)),
        ("fr", "Publié le 3 novembre 2025 à 10h22\nAmazon va", date(2025, 11, 3)),
        ("en", "SAN FRANCISCO, Nov. 3, 2025 /PRNewswire/ -- Amazon", date(2025, 11, 3)),
        ("en", "Amazon wins deal\n\nNov 3, 2025\n\nAmazon said", date(2025, 11, 3)),
        ("en", "2025-11-03T10:22:00Z\nAmazon said", date(2025, 11, 3)),
        ("en", "Amazon said so.\n" + "It did so again. " * 40 + "\nPublished November 3, 2025", date(2025, 11, 3)),
        ("de", "Berlin (dpa) - 3. November 2025", date(2025, 11, 3)),
        ("de", "Von Max Müller, 3. November 2025\nDer Konzern", date(2025, 11, 3)),
        ("de", "Stand: 03.11.2025, 10:22 Uhr\nDer Konzern", date(2025, 11, 3)),
        ("es", "Madrid, 3 nov 2025 (EFE).- La empresa", date(2025, 11, 3)),
        ("es", "CIUDAD DE MÉXICO, 26 de noviembre de 2025. - La cadena", date(2025, 11, 26)),
        ("en", "On Nov 3, 2025 the company agreed to buy it.", None),
        ("en", "Amazon agreed on Nov 3, 2025, to buy it.", None),
        ("en", "LONDON, Nov 3 (Reuters) - Amazon said", None),
        ("en", "Amazon said so.\n" + "It did so again. " * 40 + "It signed on November 3, 2025.", None),
        ("fr", "L'accord du 3 novembre 2025 prévoit", None),
        ("de", "Der Vertrag vom 3. November 2025 gilt", None),
    ],
)
def test_day_of_publication(language: str, text: str, expected: date | None) -> None:
    assert open_document(text, language=language).published == expected
