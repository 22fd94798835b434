from __future__ import annotations

import pytest

from llmdeal.evaluation.comparators import best_of, compare
from llmdeal.evaluation.labels import Label
from llmdeal.mentions import Duration, Money, PartialDate, Percent, Ticker


def money(amount: int, currency: str = "USD", **fields: object) -> Money:
    return Money.model_validate({"amount": amount, "currency": currency} | fields)


@pytest.mark.parametrize(
    ("gold", "answer", "outcome"),
    [
        (money(1000), money(1000), "COR"),
        (money(1000), money(1005), "COR"),  # 0.498 % of the larger
        (money(1000), money(995), "COR"),  # 0.5 % of the larger
        (money(1000), money(1006), "INC"),
        (money(1000), money(1000, "EUR"), "INC"),
        (money(1000), money(1000, qualifier="about"), "PAR"),
        (money(1000), money(1001, qualifier="about"), "PAR"),
        (money(1000), money(2000, qualifier="about"), "INC"),
        (money(1000), money(1000, per="year"), "INC"),
        (money(1000, upper=1200), money(1000, upper=1200), "COR"),
        (money(1000, upper=1200), money(1000, upper=1300), "INC"),
        (money(1000, upper=1200), money(1000), "PAR"),
        (money(1200), money(1000, upper=1200), "PAR"),
        (money(1100), money(1000, upper=1200), "INC"),
        (money(0), money(0), "COR"),
        (money(38), money(33, "EUR", same_as=(money(38),)), "INC"),
    ],
)
def test_amounts(gold: Money, answer: Money, outcome: str) -> None:
    assert compare(gold, answer) == compare(answer, gold) == outcome


@pytest.mark.parametrize(
    ("gold", "answer", "outcome"),
    [
        ("2026-10-01/2026-12-31", "2026-10-01/2026-12-31", "COR"),
        ("2026-10-01/2026-12-31", "2026-12-31/2027-01-31", "PAR"),
        ("2026-01-01/2026-12-31", "2026-05-05/2026-05-05", "PAR"),
        ("2026-10-01/2026-12-31", "2027-01-01/2027-01-01", "INC"),
    ],
)
def test_dates(gold: str, answer: str, outcome: str) -> None:
    one, other = (
        PartialDate.model_validate(dict(zip(("earliest", "latest"), text.split("/"), strict=True)))
        for text in (gold, answer)
    )
    assert compare(one, other) == compare(other, one) == outcome


@pytest.mark.parametrize(
    ("gold", "answer", "outcome"), [(60, 60, "COR"), (None, None, "COR"), (60, None, "INC"), (60, 61, "INC")]
)
def test_durations(gold: int | None, answer: int | None, outcome: str) -> None:
    assert compare(Duration(months=gold), Duration(months=answer, qualifier="about")) == outcome


@pytest.mark.parametrize(
    ("gold", "answer", "outcome"),
    [
        ("5", "5.05", "COR"),
        ("5", "5.06", "INC"),
        ("5", "-5", "INC"),
        ("-0.8", "-0.8", "COR"),
        ("0.02", "-0.02", "INC"),
        ("0", "-0.02", "COR"),
    ],
)
def test_percentages(gold: str, answer: str, outcome: str) -> None:
    assert compare(Percent.model_validate({"percent": gold}), Percent.model_validate({"percent": answer})) == outcome


@pytest.mark.parametrize(
    ("gold", "answer", "outcome"),
    [
        ("Thévalys", "THEVALYS S.A.", "COR"),
        ("L’Oréal", "L'Oreal SA", "COR"),
        ("U.S. Steel", "US Steel Corp.", "COR"),
        ("AT&T Inc.", "AT & T", "COR"),
        ("Ostermann & Kolb", "Ostermann & Kolb GmbH & Co. KG", "COR"),
        ("Petróleo Brasileiro", "Petróleo Brasileiro S/A", "COR"),
        ("Grupo Bimbo, S.A.B. de C.V.", "Grupo Bimbo", "COR"),
        ("トヨタ自動車", "トヨタ自動車株式会社", "COR"),
        ("株式会社トヨタ", "トヨタ", "COR"),
        ("比亚迪股份有限公司", "比亚迪", "COR"),
        ("Amazon.com", "Amazon", "PAR"),
        ("Amazon.com", "Amazon Web Services", "PAR"),
        ("Grupo Almaraz", "Almaraz", "PAR"),
        ("Almaraz Group", "Grupo Almaraz", "PAR"),
        ("丰田汽车", "丰田", "PAR"),
        ("Amazon Web Services", "Web Amazon", "INC"),
        ("American Airlines", "American Express", "INC"),
        ("Bank of America", "Bank of Montreal", "INC"),
        ("The Group", "Holdings", "INC"),
        ("X", "X Holdings Europe", "INC"),
        ("Metapoint", "Meta", "INC"),
        ("!", "?", "INC"),
    ],
)
def test_names(gold: str, answer: str, outcome: str) -> None:
    assert compare(gold, answer) == compare(answer, gold) == outcome


@pytest.mark.parametrize(
    ("gold", "symbol", "exchange", "outcome"),
    [
        ("AMZN.O", "AMZN.O", None, "COR"),
        ("AMZN.O", "AMZN", None, "COR"),
        ("AMZN.O", "AMZN", "NASDAQ", "COR"),
        ("Nasdaq: HRGT", "HRGT", "NASDAQ", "COR"),
        ("Nasdaq: HRGT", "HRGT", None, "COR"),
        ("Nasdaq: HRGT", "HRGT", "NYSE", "INC"),
        ("BMV:ALMARZ", "ALMARZ", "BMV", "COR"),
        ("BRK.A", "BRK.B", None, "INC"),
        ("7203", "7203.T", None, "COR"),
        ("AMZN", "AMZ", None, "INC"),
    ],
)
def test_tickers(gold: str, symbol: str, exchange: str | None, outcome: str) -> None:
    assert compare(gold, Ticker(symbol=symbol, exchange=exchange)) == outcome


def test_the_best_of_the_alternatives_counts() -> None:
    either = Label((money(33, "EUR"), money(38, qualifier="about"), money(38)))
    assert best_of(either, money(38)) == "COR"
    assert best_of(either, money(38, qualifier="up_to")) == "PAR"
    assert best_of(either, money(5)) == "INC"
