"""The report in a browser: what it does, and what nobody can make it do."""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from llmdeal.evaluation.html import html_report
from tests.test_evaluation_html import ATTACK, TEXT, hostile_runs, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Locator, Page, Request

    Open = Callable[..., Page]

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need the package playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if CHROMIUM is None:
    pytest.skip("the browser tests need Chromium (apt-get install chromium)", allow_module_level=True)

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
AFTER = ("right", "inc", "mis", "spu", "failed", "right", "none", "right")
BEFORE = ("inc", "right", "right", "right", "right", "failed", "none", "right")


@pytest.fixture(scope="module", name="browser")
def _browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(name="incidents")
def _incidents() -> list[str]:
    """What a page did that a report must not do."""
    return []


@pytest.fixture(name="open_page")
def _open_page(browser: Browser, incidents: list[str], tmp_path: Path) -> Iterator[Open]:
    contexts = []

    def open_page(source: str, **options: Any) -> Page:  # noqa: ANN401  as the browser takes them
        file = tmp_path / "report.html"
        file.write_text(source, encoding="utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)

        def dismiss(dialog: Dialog) -> None:
            incidents.append(f"dialog {dialog.message}")
            dialog.dismiss()

        def asked(request: Request) -> None:
            if request.url != file.as_uri():
                incidents.append(f"request {request.url}")

        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: incidents.append(f"error {error}"))
        page.on("console", lambda message: incidents.append(f"console {message.text}"))
        page.on("popup", lambda popup: incidents.append(f"popup {popup.url}"))
        page.on("request", asked)
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@cache
def report(after: tuple[str, ...], before: tuple[str, ...] = ()) -> str:
    return html_report(run(*after), run(*before), title="A run", resamples=0)


@cache
def hostile_report(*, two: bool) -> str:
    after, before = hostile_runs()
    return html_report(after, before if two else (), title=ATTACK, resamples=0)


def article(page: Page, name: str) -> Locator:
    return page.locator("details.article", has=page.locator("h3", has_text=name))


def shown(page: Page) -> list[str]:
    """The articles that are not filtered out, in their order."""
    return [text.strip() for text in page.locator("details.article:not([hidden]) h3").all_text_contents()]


def opened(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("details.article[open] h3").all_text_contents()]


def focused(page: Page, attribute: str) -> object:
    return page.evaluate(f"document.activeElement.{attribute}")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_filters_leave_the_articles_they_name(open_page: Open, incidents: list[str]) -> None:
    page = open_page(report(AFTER))
    cases: tuple[tuple[dict[str, str], str], ...] = (
        ({}, "a0 a1 a2 a3 a4 a5 a6 a7"),
        ({"show": "wrong"}, "a1 a2 a3 a4 a6"),
        ({"show": "failed"}, "a4"),
        ({"show": "INC"}, "a1"),
        ({"show": "SPU"}, "a3"),
        ({"language": "fr"}, "a1 a3 a5 a7"),
        ({"tag": "two words"}, "a1 a3 a5 a7"),
        ({"slot": "stake"}, "a3"),
        ({"slot": "value"}, "a0 a1 a2 a3 a4 a5 a6 a7"),
        ({"slot": "value", "show": "wrong"}, "a1 a2 a4 a6"),
        ({"slot": "status", "show": "failed"}, "a4"),
        ({"slot": "status", "show": "wrong", "language": "fr"}, ""),
    )
    for chosen, left in cases:
        for name, choice in chosen.items():
            if name == "show":
                page.locator(f"#{name}").select_option(value=choice)
            else:
                page.locator(f"#{name}").select_option(label=choice)
        assert shown(page) == left.split(), chosen
        assert page.locator("#shown").inner_text() == f"{len(left.split())} of 8 shown"
        assert page.locator("#none").is_visible() == (not left)
        page.locator("#clear").click()
        assert len(shown(page)) == 8
    assert incidents == []


def test_a_filter_by_slot_leaves_the_rows_of_that_slot(open_page: Open) -> None:
    page = open_page(report(("spu",)))
    page.locator("details.article summary").click()
    assert page.locator("tr.leaf:visible").count() == 9
    page.locator("#slot").select_option(label="parties.name")
    assert page.locator("tr.leaf:visible code").all_inner_texts() == ["parties.name"] * 2
    page.locator("#clear").click()
    assert page.locator("tr.leaf:visible").count() == 9


def test_words_are_found_in_names_texts_and_values(open_page: Open) -> None:
    page = open_page(report(AFTER))
    for words, left in (
        ("a3", "a3"),
        ("FOUNDED IN 1999", "a0 a1 a2 a3 a4 a5 a6 a7"),
        ("no <thanks>", "a4"),
        ("eur 20", "a1"),
        ("easy", "a0 a2 a4 a6"),
        ("nowhere to be seen", ""),
    ):
        page.locator("#find").fill(words)
        assert shown(page) == left.split(), words


def test_a_name_in_a_table_filters_the_articles(open_page: Open) -> None:
    page = open_page(report(AFTER))
    page.locator("button[data-filter=slot]", has_text="stake").click()
    assert shown(page) == ["a3"]
    assert focused(page, "id") == "slot"
    page.locator("#clear").click()
    page.locator("summary", has_text="By language").click()
    page.locator("button[data-filter=language]", has_text="en").click()
    assert shown(page) == ["a0", "a2", "a4", "a6"]


def test_articles_can_be_ordered(open_page: Open) -> None:
    page = open_page(report(AFTER, BEFORE))
    page.locator("#order").select_option("worst")
    assert shown(page) == ["a4", "a6", "a1", "a2", "a3", "a0", "a5", "a7"]
    page.locator("#order").select_option("losses")
    assert shown(page)[0] == "a4"
    press(page, "Escape")
    page.locator("h1").click()
    press(page, "j", "j")
    assert opened(page) == [shown(page)[1]]
    page.locator("#clear").click()
    assert shown(page) == [f"a{number}" for number in range(8)]


def test_keys_go_from_article_to_article(open_page: Open, incidents: list[str]) -> None:
    page = open_page(report(AFTER))
    press(page, "j")
    assert opened(page) == ["a0"]
    assert focused(page, "tagName") == "SUMMARY"
    press(page, "j", "ArrowRight", "k")
    assert opened(page) == ["a1"]
    press(page, "ArrowLeft", "k", "k")
    assert opened(page) == ["a0"]
    page.locator("#language").select_option(label="fr")
    page.locator("h1").click()
    press(page, "j", "j")
    assert opened(page) == ["a3"]
    assert page.locator("details.article[open] summary").is_visible()
    assert incidents == []


def test_what_a_reader_opened_stays_open(open_page: Open) -> None:
    page = open_page(report(AFTER))
    article(page, "a2").locator("> summary").click()
    press(page, "j", "j")
    assert opened(page) == ["a2", "a4"]
    page.locator("#open-all").click()
    assert len(opened(page)) == 8
    page.locator("#close-all").click()
    assert opened(page) == []


def test_keys_reach_the_filter_and_the_help(open_page: Open) -> None:
    page = open_page(report(AFTER))
    press(page, "/")
    assert focused(page, "id") == "find"
    page.keyboard.type("a3?jk/")
    assert page.locator("#find").input_value() == "a3?jk/"
    press(page, "Escape")
    assert page.locator("#find").input_value() == ""
    assert len(shown(page)) == 8
    press(page, "?")
    assert page.locator("#help").is_visible()
    press(page, "j")
    assert opened(page) == []
    page.locator("#keys").uncheck()
    press(page, "Escape")
    assert not page.locator("#help").is_visible()
    press(page, "j", "?")
    assert opened(page) == []
    assert not page.locator("#help").is_visible()
    page.locator("#help-open").click()
    page.locator("#help-close").click()
    assert focused(page, "id") == "help-open"


def test_a_leaf_lights_its_evidence_when_it_is_focused_or_pointed_at(open_page: Open) -> None:
    page = open_page(report(("inc",)))
    press(page, "j", "l", "ArrowDown", "ArrowDown")
    assert page.locator("tr.leaf:focus code").inner_text() == "value"
    assert page.locator(".lit").all_inner_texts() == ["20"]
    assert page.locator(".lit-quoted").all_inner_texts() == ["9 million euros", "“about\u00a010 million dollars”"]
    press(page, "ArrowDown")
    assert page.locator("tr.leaf:focus code").inner_text() == "parties.name"
    assert page.locator(".lit").all_inner_texts() == ["Arel Labs"]
    page.locator("tr.leaf", has_text="deal_type").hover()
    assert "".join(page.locator(".lit").all_inner_texts()).startswith("Arel Labs (ARL.P) said on Monday")
    page.locator("h1").hover()
    assert page.locator(".lit").all_inner_texts() == ["Arel Labs"]
    page.locator("mark.inc").hover()
    assert page.locator("tr.lit code").all_inner_texts() == ["value"]


def test_one_row_of_a_table_is_reached_by_tab(open_page: Open) -> None:
    page = open_page(report(("inc",)))
    press(page, "j")
    assert page.locator("tr.leaf[tabindex='0']").count() == 1
    press(page, "Tab", "Tab")
    assert page.locator("tr.leaf:focus code").inner_text() == "deal_type"
    press(page, "ArrowDown", "Tab", "Shift+Tab")
    assert page.locator("tr.leaf:focus code").inner_text() == "status"


def test_two_runs_are_filtered_by_what_changed(open_page: Open, incidents: list[str]) -> None:
    page = open_page(report(AFTER, BEFORE))
    assert page.locator(".verdicts li").count() == 7
    page.locator("#changed").check()
    assert shown(page) == ["a0", "a1", "a2", "a3", "a4", "a5"]
    page.locator("#slot").select_option(label="value")
    assert shown(page) == ["a0", "a1", "a2", "a4", "a5"]
    page.locator("#show").select_option("wrong")
    assert shown(page) == ["a1", "a2", "a4"]
    article(page, "a2").locator("> summary").click()
    lost = " ".join(article(page, "a2").locator("li.leaf:visible").first.inner_text().split())
    assert lost.startswith("▼ lost value gold EUR 9,000,000 was EUR 9,000,000 is – LYON - Arel Labs (ARL.P) said")
    page.locator("#clear").click()
    assert not page.locator("#changed").is_checked()
    assert len(shown(page)) == 8
    assert incidents == []


def test_a_change_lights_its_sentence(open_page: Open) -> None:
    page = open_page(report(("mis",), ("right",)))
    article(page, "a0").locator("> summary").click()
    page.locator("li.leaf", has_text="▼ lost").first.focus()
    lit = "".join(page.locator(".lit").all_inner_texts())
    assert "9 million euros" in lit
    assert " ".join(lit.split()) in " ".join(TEXT.split())


@pytest.mark.parametrize("two", [False, True])
def test_nothing_of_a_hostile_article_runs(open_page: Open, incidents: list[str], two: bool) -> None:  # noqa: FBT001  a column of the table
    page = open_page(hostile_report(two=two))
    page.locator("#open-all").click()
    page.locator("details.table summary", has_text="By tag").click()
    page.evaluate(
        "for (const part of document.querySelectorAll('.article *')) for (const name of ['mouseover', 'mouseout',"
        " 'focus', 'load', 'error']) part.dispatchEvent(new Event(name, { bubbles: true }))"
    )
    page.locator("tr.leaf").first.hover()
    page.locator("mark").first.hover()
    press(page, "j", "l", "ArrowDown", "j", "Tab", "Tab", "Tab", "/")
    page.keyboard.type(ATTACK[:60])
    page.locator("#tag").select_option(index=1)
    page.locator("button[data-filter=tag]").first.click()
    page.evaluate("dispatchEvent(new Event('beforeprint')), dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("'ran' in window") is False
    assert incidents == []
    assert page.url.startswith("file:")
    assert page.title().split() == ATTACK.split()
    texts = page.locator("div.text").evaluate_all("boxes => boxes.map((box) => box.textContent)")
    assert texts == [one.score.article.text for one in hostile_runs()[0]]


@pytest.mark.parametrize(
    "injected",
    [
        "<script>window.ran = 1</script>",
        "<img src='http://127.0.0.1:1/x.png' onerror='window.ran = 1'>",
        "<style>body { display: none }</style><link rel=stylesheet href='http://127.0.0.1:1/x.css'>",
        "<iframe src='http://127.0.0.1:1/'></iframe>",
    ],
)
def test_what_were_not_escaped_would_be_stopped_by_the_policy(
    open_page: Open, incidents: list[str], injected: str
) -> None:
    page = open_page(report(("right",)).replace("</main>", f"{injected}</main>"))
    assert page.locator("h1").is_visible()
    assert page.evaluate("'ran' in window") is False
    assert [incident for incident in incidents if "Content Security Policy" in incident]


def test_the_text_is_the_article_character_for_character(open_page: Open) -> None:
    page = open_page(report(("inc", "spu")))
    assert page.locator("div.text").evaluate_all("boxes => boxes.map((box) => box.textContent)") == [TEXT, TEXT]


@pytest.mark.parametrize("kind", ["plain", "hostile"])
def test_a_phone_shows_it_without_scrolling_sideways(open_page: Open, kind: str) -> None:
    page = open_page(hostile_report(two=True) if kind == "hostile" else report(AFTER, BEFORE), viewport=PHONE)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter((part) => !part.closest('.scroll, svg, .unseen')"
        " && part.getBoundingClientRect().right > 390.5).map((part) => part.outerHTML.slice(0, 80))"
    )
    assert wide == []
    assert page.locator("td[data-label]").first.is_visible()


# Relative luminance and contrast ratio: WCAG 2.2.
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channels = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => rgb.slice(0, 3)
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (part) => {
    for (let here = part; here; here = here.parentElement) {
      const back = channels(getComputedStyle(here).backgroundColor);
      if (back[3] === 255) return back;
    }
    return [255, 255, 255, 255];
  };
  const found = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const part = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !part.checkVisibility() || part.closest("script, .unseen, .skip")) continue;
    const [one, other] = [light(channels(getComputedStyle(part).color)), light(behind(part))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) found[`${part.tagName}.${part.className} ${walker.currentNode.data.trim().slice(0, 20)}`] = ratio;
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(open_page: Open, scheme: str) -> None:
    page = open_page(report((*AFTER, "par"), (*BEFORE, "right")), color_scheme=scheme)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.evaluate("for (const part of document.querySelectorAll('.article')) part.style.contentVisibility = 'visible'")
    press(page, "j", "l")
    assert page.evaluate(CONTRASTS) == {}


def test_the_style_follows_the_system_until_it_is_chosen(open_page: Open) -> None:
    page = open_page(report(("right",)), color_scheme="light")

    def background() -> object:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = background()
    page.emulate_media(color_scheme="dark")
    dark = background()
    assert light != dark
    button = page.locator("#theme")
    # The page is told of the change after its style has followed it.
    page.locator("#theme[aria-pressed=true]").wait_for()
    button.click()
    assert (background(), button.get_attribute("aria-pressed")) == (light, "false")
    button.click()
    assert (background(), button.get_attribute("aria-pressed")) == (dark, "true")


def test_print_has_all_that_is_shown_and_no_tools(open_page: Open) -> None:
    page = open_page(report(AFTER), color_scheme="dark")
    page.locator("#language").select_option(label="fr")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened(page) == ["a1", "a3", "a5", "a7"]
    assert page.locator("#filters, .tools").filter(visible=True).count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert article(page, "a1").locator("tr.leaf").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened(page) == []


def test_without_script_all_can_still_be_read(open_page: Open) -> None:
    page = open_page(report(AFTER, BEFORE), java_script_enabled=False)
    assert not page.locator("#filters").is_visible()
    article(page, "a3").locator("> summary").click()
    assert article(page, "a3").locator("div.text").is_visible()
    assert article(page, "a3").locator("tr.leaf:visible").count() == 9


def test_parts_have_names_for_those_who_do_not_see_them(open_page: Open) -> None:
    page = open_page(report(AFTER, BEFORE))
    tree = page.locator("body").aria_snapshot()
    for part in ("banner:", "main:", 'search "Filter the articles"', 'heading "A run" [level=1]', 'searchbox "Find /"'):
        assert part in tree
    for name in ("Show", "Slot", "Language", "Tag", "Order"):
        assert page.get_by_role("combobox", name=name, exact=True).count() == 1
    unnamed = page.evaluate(
        "[...document.querySelectorAll('section')].filter((part) => !document.getElementById("
        "part.getAttribute('aria-labelledby'))).length"
    )
    assert unnamed == 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((part) => part.id)")
    assert len(ids) == len(set(ids))
    press(page, "Tab")
    assert focused(page, "className") == "skip"
    press(page, "Enter")
    assert focused(page, "id") == "articles"
