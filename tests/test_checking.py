"""The check: every leaf of a summary, ours or another tool's, is looked up in the article."""

from __future__ import annotations

import copy
import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import llmdeal
from llmdeal.checking import CheckReport, LeafKind, LeafMapping, Verdict, check
from llmdeal.deal import DealSummary, Provenance, Result
from llmdeal.draft import DealDraft
from llmdeal.errors import DocumentError, InputError
from llmdeal.grounding import ground
from llmdeal.readers import open_document, read

ARTICLE = (
    "PARIS, 3 novembre 2025 - Amazon.com (AMZN.O) va fournir à OpenAI des services de cloud dans le cadre d'un accord "
    "pluriannuel de 38 milliards de dollars (32,58 milliards d'euros). L'accord, annoncé lundi, fait grimper le titre "
    "Amazon de 5%. La capacité sera déployée d'ici la fin de 2026 dans les centres d'Amazon Web Services (AWS). OpenAI "
    "aurait aussi conclu avec Oracle ORCL.N un accord de 300 milliards de dollars sur cinq ans, selon Reuters. AWS "
    "emploie 140.000 personnes dans douze pays."
)


def result() -> dict[str, Any]:
    """What ``summarize`` gives for the article, as plain data."""
    draft = DealDraft.model_validate(
        {
            "sentence": "s1",
            "deal_type": "supply",
            "status": "agreed",
            "subject": "des services de cloud",
            "supplier": ["Amazon"],
            "customer": ["OpenAI"],
            "parents": [{"party": "AWS", "parent": "Amazon"}],
            "value": "a1",
            "consideration": [{"kind": "cash", "amount": "a1"}],
            "announced": "d2",
            "completion": "d3",
            "term": "t1",
            "reactions": [{"party": "Amazon", "percent": "p1"}],
            "related": [
                {
                    "sentence": "s4",
                    "deal_type": "supply",
                    "parties": ["OpenAI", "Oracle"],
                    "value": "a3",
                    "term": "t2",
                    "certainty": "reported",
                    "attribution": "Reuters",
                }
            ],
            "headline": "OpenAI choisit Amazon pour 38 milliards de dollars",
            "key_points": [{"text": "Le titre Amazon gagne 5%.", "sentence": "s2"}],
        }
    )
    grounding = ground(draft, read(open_document(ARTICLE, language="fr")), DealSummary)
    assert grounding.warnings == ()
    provenance = Provenance(prompt="deal", version=1, prompt_sha256="0" * 64, model="none")
    return Result[DealSummary](deal=grounding.deal, provenance=provenance).to_dict()


OWN = result()


def one(report: CheckReport, path: str) -> Any:  # noqa: ANN401  a leaf
    (leaf,) = [leaf for leaf in report.leaves if leaf.path == path]
    return leaf


def verdict(value: Any, *, key: str = "leaf", article: str = ARTICLE, **beside: Any) -> Verdict:  # noqa: ANN401  JSON
    leaf = one(check(article, {key: value, **beside}), key)
    assert isinstance(leaf.verdict, Verdict)
    return leaf.verdict


def test_what_this_library_wrote_holds() -> None:
    report = check(ARTICLE, OWN)
    assert report.holds
    assert (report.language, report.published) == ("fr", date(2025, 11, 3))
    value = one(report, "deal.value")
    assert (value.value, value.kind, value.evidence[0].quote) == (
        "USD 38,000,000,000",
        LeafKind.AMOUNT,
        "38 milliards de dollars",
    )
    for path in ("deal.parties[0].name", "deal.value.same_as[0]", "deal.completion", "deal.headline", "deal.term"):
        assert one(report, path).verdict is Verdict.GROUNDED
    assert {leaf.verdict for leaf in report.leaves if leaf.path.startswith("provenance")} == {Verdict.UNCHECKED}


@pytest.mark.parametrize("summary", [OWN["deal"], DealSummary.model_validate(OWN["deal"]), Result.model_validate(OWN)])
def test_a_summary_alone_and_one_that_is_no_plain_data_hold_too(summary: Any) -> None:  # noqa: ANN401  several types
    assert check(ARTICLE, summary).holds


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("value", "amount"), "83000000000", "does not say USD 83,000,000,000"),
        (("value", "currency"), "EUR", "does not say EUR"),
        (("value", "qualifier"), "up_to", "does not say up to"),
        (("value", "evidence", 0, "quote"), "83 milliards de dollars", "the article has '38 milliards de dollars'"),
        (("value", "evidence", 0, "span", "start"), 3, "the article has"),
        (("value", "evidence", 0, "span", "stop"), 10**9, "the article has no characters"),
        (("value", "evidence", 0, "sentence"), 2, "is in sentence 1, not 2"),
        (("value", "same_as", 0, "amount"), "32580000", "does not say EUR 32,580,000"),
        (("completion", "latest"), "2027-12-31", "does not say 2026-10-01/2027-12-31"),
        (("term", "months"), 60, "does not say 5 years"),
        (("reactions", 0, "percent", "percent"), "-5", "does not say -5%"),
        (("parties", 0, "ticker", "symbol"), "AMZN", "does not say AMZN"),
        (("parties", 0, "name"), "Globex", None),
        (("parties", 0, "evidence", 0, "quote"), "Globex", "the article has 'Amazon.com'"),
        (("related", 0, "attribution"), "Bloomberg", None),
        (("headline",), "OpenAI paie 83 milliards de dollars", "the number '83 milliards de dollars' is not one"),
        (("key_points", 0, "text"), "Le titre Amazon gagne 6%.", "the number '6%' is not one"),
    ],
)
def test_whatever_is_changed_in_it_is_seen(path: tuple[str | int, ...], value: object, words: str | None) -> None:
    forged = copy.deepcopy(OWN)
    node: Any = forged["deal"]
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    report = check(ARTICLE, forged)
    assert not report.holds
    (leaf,) = report.of(Verdict.NOT_STATED)
    assert words is None or words in (leaf.message or "")


def test_a_summary_of_another_article_does_not_hold() -> None:
    report = check("Kestrel kauft Bella für 2 Milliarden Euro.", OWN)
    assert one(report, "deal.value").verdict is Verdict.NOT_STATED
    assert one(report, "deal.parties[0].name").verdict is Verdict.NOT_STATED


def test_no_deal_is_nothing_to_check() -> None:
    report = check(ARTICLE, {**OWN, "deal": None})
    assert report.holds
    assert one(report, "deal").verdict is Verdict.UNCHECKED


GROUNDED = [
    ("price", 38_000_000_000, {"currency": "USD"}),
    ("price", 38e9, {"currency": "usd"}),
    ("price", "38,000,000,000", {"currency": "$"}),
    ("price", 38, {"currency": "USD", "unit": "billion"}),
    ("price", 38, {"currency": "dollars", "scale": "bn"}),
    ("priceUsdBn", 38, {}),
    ("price_eur_m", 32_580, {}),
    ("amount", "38 billion", {"currency": "USD"}),
    ("amount", "38 milliards", {"currency": "USD"}),
    ("amount", "$38bn", {}),
    ("amount", "€32.58 billion", {}),
    ("amount", "38 milliards de dollars", {}),
    ("announced", "2025-11-03", {}),
    ("announced", "2025-11-03T09:30:00Z", {}),
    ("date", "November 3, 2025", {}),
    ("date", "3 novembre 2025", {}),
    ("completion", "2026-Q4", {}),
    ("completion", "end of 2026", {}),
    ("completion", "2026", {}),
    ("completion", {"earliest": "2026-10-01", "latest": "2026-12-31"}, {}),
    ("year", 2026, {}),
    ("reaction", "5%", {}),
    ("reaction_percent", 5, {}),
    ("stake", 0.05, {}),
    ("term", "cinq ans", {}),
    ("term", "five years", {}),
    ("term", "P5Y", {}),
    ("term", "multi-year", {}),
    ("term_years", 5, {}),
    ("term_months", 60, {}),
    ("ticker", "AMZN.O", {}),
    ("ticker", "AMZN", {}),
    ("employees", 140_000, {}),
    ("employees", "140,000", {}),
    ("countries", 12, {}),
    ("supplier", "amazon.com", {}),
    ("supplier", "Amazon Web Services", {}),
    ("supplier", "Amazon Web Services (AWS)", {}),
    ("supplier", "Amazon.com Inc. (AMZN.O)", {}),
    ("parties", "OpenAI, Oracle", {}),
    ("parties", "OpenAI and Oracle", {}),
    ("headline", "OpenAI pays Amazon $38 billion over several years", {}),
    ("target", "the cloud services of Amazon", {}),
    ("quote", "La capacité sera déployée d'ici la fin de 2026", {}),
]
NOT_STATED = [
    ("price", 83_000_000_000, {"currency": "USD"}),
    ("price", 38_000_000, {"currency": "USD"}),
    ("price", 38_000_000_000, {"currency": "EUR"}),
    ("price", 38_000_000_001, {}),
    ("price", 38, {"currency": "USD", "unit": "million"}),
    ("price_eur_bn", 38, {}),
    ("amount", "83 billion", {"currency": "USD"}),
    ("amount", "38 million", {"currency": "USD"}),
    ("amount", "€38bn", {}),
    ("amount", "$30-38 billion", {}),
    ("currency", "GBP", {}),
    ("announced", "2025-11-04", {}),
    ("completion", "2026-12-31", {}),
    ("completion", "end of 2027", {}),
    ("completion", {"earliest": "2026-10-01", "latest": "2026-10-31"}, {}),
    ("year", 2031, {}),
    ("reaction", "6%", {}),
    ("reaction_percent", -5, {}),
    ("stake", 0.51, {}),
    ("term", "seven years", {}),
    ("term_years", 7, {}),
    ("ticker", "MSFT.O", {}),
    ("employees", 140, {}),
    ("supplier", "Globex", {}),
    ("supplier", "Amazon Globex", {}),
    ("supplier", "Amazon (Globex)", {}),
    ("parties", "OpenAI, Globex", {}),
    ("headline", "OpenAI pays Amazon $83 billion", {}),
    ("headline", "OpenAI paie Amazon et Globex", {}),
    ("target", "the cloud services of Globex", {}),
]
UNCHECKED = [
    ("flag", True),
    ("flag", None),
    ("deal_type", "supply"),
    ("status", "agreed"),
    ("buyer", "N/A"),
    ("buyer", ""),
    ("confidence", 0.93),
    ("sourceUrl", "https://news.example/7"),
    ("link", "https://news.example/7"),
    ("mood", "cautiously optimistic"),
    ("note", "un accord important pour les deux"),
]


@pytest.mark.parametrize(("key", "value", "beside"), GROUNDED)
def test_what_the_article_says_in_another_form_is_grounded(key: str, value: object, beside: dict[str, str]) -> None:
    leaf = one(check(ARTICLE, {key: value, **beside}), key)
    assert leaf.verdict is Verdict.GROUNDED
    assert leaf.evidence
    assert all(ARTICLE[one.span.start : one.span.stop] == one.quote for one in leaf.evidence)


@pytest.mark.parametrize(("key", "value", "beside"), NOT_STATED)
def test_what_it_does_not_say_is_not_stated(key: str, value: object, beside: dict[str, str]) -> None:
    leaf = one(check(ARTICLE, {key: value, **beside}), key)
    assert (leaf.verdict, leaf.evidence) == (Verdict.NOT_STATED, ())


@pytest.mark.parametrize(("key", "value"), UNCHECKED)
def test_what_claims_nothing_is_unchecked(key: str, value: object) -> None:
    assert verdict(value, key=key) is Verdict.UNCHECKED


@pytest.mark.parametrize(
    ("key", "value", "nearest"),
    [
        ("price_usd", 39_000_000_000, "USD 38,000,000,000"),
        ("price", "€38bn", "EUR 32,580,000,000"),
        ("price_gbp", 38_000_000_000, "USD 38,000,000,000"),
        ("completion", "2026-12-31", "2026-10-01/2026-12-31"),
        ("term", "six years", "5 years"),
        ("reaction", "6%", "5%"),
        ("ticker", "AMZN.DE", "AMZN.O"),
        ("employees", 139_999, "140,000"),
        ("supplier", "Amazn", "Amazon"),
        ("headline", "OpenAI pays Amazon $39 billion", "USD 38,000,000,000"),
    ],
)
def test_the_nearest_that_it_does_say_is_told(key: str, value: object, nearest: str) -> None:
    assert one(check(ARTICLE, {key: value}), key).nearest == nearest


@pytest.mark.parametrize(
    ("language", "article", "summary"),
    [
        (
            "en",
            "Kestrel pays Rs 1,250 crore for Bella.",
            {"buyer": "Kestrel", "price": 12_500_000_000, "currency": "INR"},
        ),
        ("de", "Kestrel zahlt 1,8 Mrd. Euro für Bella.", {"buyer": "Kestrel", "price": "€1.8 billion"}),
        ("es", "Kestrel paga 900 millones de euros por Bella.", {"buyer": "Kestrel", "price_eur": 900_000_000}),
        ("it", "Kestrel paga 87,5 mln di euro per Bella.", {"buyer": "Kestrel", "price_eur_mn": 87.5}),
        ("pt", "A Kestrel paga 1,1 mil milhões de euros.", {"buyer": "Kestrel", "price": "€1.1 billion"}),
        ("nl", "Kestrel betaalt € 62 mln.", {"buyer": "Kestrel", "price": {"amount": "62 million", "currency": "EUR"}}),
        ("pl", "Kestrel zapłaci 814,6 mln zł.", {"buyer": "Kestrel", "price": 814_600_000, "currency": "PLN"}),
        (
            "ja",
            "ケストレルはベラを300億円で買収する。",
            {"buyer": "ケストレル", "price": "¥30 billion", "price_jpy": 30_000_000_000},
        ),
        ("zh", "凯斯特以68亿元收购贝拉。", {"buyer": "凯斯特", "price": 6_800_000_000, "currency": "CNY"}),
    ],
)
def test_summaries_in_english_of_articles_in_all_languages(
    language: str, article: str, summary: dict[str, Any]
) -> None:
    report = check(article, summary, language=language)
    assert [leaf.path for leaf in report.leaves if leaf.verdict is not Verdict.GROUNDED] == []


def test_a_name_in_a_script_without_capitals_is_looked_up() -> None:
    article = "ケストレルは300億円でベラを買収する。"
    report = check(article, {"buyer": "ベラ", "name2": "オルカ", "about": "ケストレル"}, language="ja")
    assert [leaf.verdict.value for leaf in report.leaves] == ["grounded", "not_stated", "grounded"]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("OpenAI paie 38 billions de dollars à Amazon", Verdict.NOT_STATED),
        ("OpenAI pays Amazon 38 billion dollars", Verdict.GROUNDED),
        (
            "OpenAI zahlt Amazon 38 Milliarden Dollar für die Dienste, und die Aktie steigt um 5 Prozent",
            Verdict.GROUNDED,
        ),
        (
            "OpenAI zahlt Amazon 38 Billionen Dollar für die Dienste, und die Aktie steigt um 5 Prozent",
            Verdict.NOT_STATED,
        ),
    ],
)
def test_prose_is_read_in_its_own_language(headline: str, expected: Verdict) -> None:
    assert verdict(headline, key="headline") is expected


def test_a_scale_word_means_what_it_means_in_the_language_of_the_summary() -> None:
    prose = "OpenAI paie Amazon et le titre gagne 5% ; la capacité sera déployée d'ici la fin de 2026."
    report = check(ARTICLE, {"summary": prose, "amount": "38 billions de dollars"})
    assert one(report, "summary").verdict is Verdict.GROUNDED
    assert one(report, "amount").verdict is Verdict.NOT_STATED


def test_the_currency_is_the_nearest_one() -> None:
    deal = {"currency": "EUR", "parts": [{"cash": 38_000_000_000, "cash_currency": "USD", "currency": "GBP"}]}
    leaves = check(ARTICLE, {"deal": deal}).leaves
    assert {leaf.path: leaf.verdict.value for leaf in leaves} == {
        "deal.currency": "grounded",
        "deal.parts[0].cash": "grounded",
        "deal.parts[0].cash_currency": "grounded",
        "deal.parts[0].currency": "not_stated",
    }


def test_the_day_of_publication_is_stated_by_whoever_gives_it() -> None:
    article = "Amazon va fournir OpenAI."
    assert check(article, {"date": "2025-11-03"}, published=date(2025, 11, 3)).holds
    assert not check(article, {"date": "2025-11-03"}).holds
    assert not check(article, {"date": "2025-11-04"}, published=date(2025, 11, 3)).holds


def test_a_mapping_says_what_keys_do_not() -> None:
    summary = {"x": 38, "y": {"who": ["Globex", "OpenAI"]}, "z": "le 4 mai 2031", "n": 7, "q": "2031", "p": 5}
    rules = {
        "x": {"kind": "amount", "currency": "USD", "scale": 1_000_000_000},
        "y.who[*]": "name",
        "$.z": "ignore",
        "n": "ignore",
        "q": "date",
        "p": "percent",
    }
    report = check(ARTICLE, summary, mapping=rules)
    assert {leaf.path: (leaf.kind, leaf.verdict.value) for leaf in report.leaves} == {
        "x": (LeafKind.AMOUNT, "grounded"),
        "y.who[0]": (LeafKind.NAME, "not_stated"),
        "y.who[1]": (LeafKind.NAME, "grounded"),
        "z": (None, "unchecked"),
        "n": (None, "unchecked"),
        "q": (LeafKind.DATE, "not_stated"),
        "p": (LeafKind.PERCENT, "grounded"),
    }


def test_a_mapping_can_name_the_key_that_holds_the_currency() -> None:
    summary = {"deal": {"p": "38 billion", "iso": "USD"}, "rows": [{"p": 38_000_000_000, "iso": "EUR"}]}
    rules = {"deal.p": {"kind": "amount", "currency": "iso"}, "rows[*].p": {"kind": "amount", "currency": "iso"}}
    report = check(ARTICLE, summary, mapping=rules)
    assert one(report, "deal.p").verdict is Verdict.GROUNDED
    assert one(report, "rows[0].p").verdict is Verdict.NOT_STATED


def test_the_longest_path_of_a_mapping_counts() -> None:
    mapping = LeafMapping.of({"a": "ignore", "a.b[*].c": "name", "a.b[0].c": "text"})
    kinds = [mapping.rule_at(path) for path in (("a", "x"), ("a", "b", 1, "c"), ("a", "b", 0, "c", "d"), ("z",))]
    assert [rule and rule.kind for rule in kinds] == [LeafKind.IGNORE, LeafKind.NAME, LeafKind.TEXT, None]


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (["price"], "A mapping is an object"),
        ({"price": "money"}, "the kind 'money': it is one of amount, date"),
        ({"price": {"kind": "amount", "unit": "m"}}, "has unit: allowed are kind, currency and scale"),
        ({"price": {"kind": "amount", "currency": 7}}, "the currency 7"),
        ({"price": {"kind": "amount", "scale": 0}}, "the scale 0"),
        ({"price": {"kind": "amount", "scale": True}}, "the scale True"),
        ({"a[b]": "amount"}, "no JSON path"),
        ({"price": "evidence"}, "the kind 'evidence'"),
    ],
)
def test_a_mapping_that_is_none_is_refused(rules: Any, words: str) -> None:  # noqa: ANN401  what a file may hold
    with pytest.raises(InputError, match=re.escape(words)):
        LeafMapping.of(rules)


def test_an_empty_article_and_a_summary_that_is_no_data_are_refused() -> None:
    with pytest.raises(DocumentError, match="empty"):
        check(" ", {})
    with pytest.raises(InputError, match="no plain data"):
        check(ARTICLE, {"x": object()})
    deep: Any = "x"
    for _ in range(100):
        deep = [deep]
    with pytest.raises(InputError, match="nested"):
        check(ARTICLE, deep)


def test_it_is_a_public_name_and_its_report_is_plain_data() -> None:
    report = llmdeal.check(ARTICLE, {"price_usd": 38_000_000_000, "buyer": "Globex"})
    assert isinstance(report, llmdeal.CheckReport)
    data = json.loads(json.dumps(report.to_dict()))
    assert (data["holds"], data["counts"]) == (False, {"grounded": 1, "not_stated": 1, "unchecked": 0})
    fields = {name: data[name] for name in CheckReport.model_fields}
    assert CheckReport.model_validate(fields) == report


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["38 billion", "5%", "OpenAI"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["price", "a", "evidence", "term"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(JSON)
def test_any_data_can_be_checked_and_what_is_grounded_is_in_the_article(summary: Any) -> None:  # noqa: ANN401  any JSON
    report = check(ARTICLE, summary, language="fr")
    for leaf in report.of(Verdict.GROUNDED):
        assert leaf.evidence or leaf.message
        assert all(ARTICLE[one.span.start : one.span.stop] == one.quote for one in leaf.evidence)


@settings(max_examples=60)
@given(st.integers(min_value=1, max_value=10**15).filter(lambda amount: amount not in {38 * 10**9, 300 * 10**9}))
def test_no_other_amount_is_ever_grounded(amount: int) -> None:
    summary = {
        "price": amount,
        "currency": "USD",
        "same": {"value": f"${amount}"},
        "prose": f"OpenAI pays ${amount:,}.",
    }
    verdicts = {leaf.path: leaf.verdict for leaf in check(ARTICLE, summary, language="fr").leaves}
    assert verdicts["price"] is verdicts["same.value"] is verdicts["prose"] is Verdict.NOT_STATED
