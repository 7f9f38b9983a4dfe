"""The viewer in a real browser: the text as it is, cards, keys, search, and no fault for anybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import cqcparse
from cqcparse import Assessment, Report
from cqcparse.output.html.words import name_of
from tests.browser import DESK, PHONE, faults_of, needs_chromium, size, started
from tests.test_site import KENT, combined, finding

SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))

pytestmark = needs_chromium

HOSTILE = (
    "<script>document.title='run'</script> assessment\n\nKey findings\n\n"
    "<img src=x onerror=\"document.title='run'\"> £2m was paid & <b>spent</b>.\r\nA line.\n\n"
    "</article></style><svg onload=\"document.title='run'\">\n"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all tests of this file."""
    with started() as browser:
        yield browser


class Shown:
    """Shows results in a browser."""

    def __init__(self, browser: Browser, file: Path) -> None:
        self.errors: list[str] = []
        self._browser = browser
        self._file = file

    def __call__(self, of: Assessment | Report, anchor: str = "", **context: object) -> Page:
        """Return the page as it is shown, at a place."""
        self._file.write_text(of.to_html(), encoding="utf-8", newline="")
        page = self._browser.new_context(**context).new_page()  # type: ignore[arg-type]
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text))
        page.goto(f"{self._file.as_uri()}#{anchor}")
        return page


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Iterator[Shown]:
    """Shows results in the browser, and fails a test in which the page said something was wrong."""
    shown = Shown(browser, tmp_path / "page.html")
    yield shown
    assert not shown.errors


def seed() -> Assessment:
    """Return a report that was published."""
    return cqcparse.read(SEEDS[-1])


@pytest.mark.parametrize(
    "text", [SEEDS[0].read_text(encoding="utf-8"), HOSTILE], ids=["seed", "hostile"]
)
@pytest.mark.parametrize("script", ["script", "no script"])
def test_a_browser_has_the_text_and_runs_no_payload(text: str, script: str, shown: Shown) -> None:
    """The text is the document's, character for character, and no payload took effect."""
    scripted = script == "script"
    page = shown(cqcparse.parse(text, source="page.txt"), java_script_enabled=scripted)
    assert page.locator("article").evaluate("node => node.textContent") == text
    assert page.title() != "run"
    assert page.locator("img, iframe, article svg").count() == 0


def test_a_shared_address_shows_its_mark_and_card(shown: Shown) -> None:
    """The mark is in sight, and what was read of it beside."""
    last = len(seed().mentions)
    page = shown(seed(), f"m{last}", viewport=size(*DESK))
    top = page.locator(f"#m{last}").bounding_box()
    assert top is not None
    assert 0 < top["y"] < DESK[1]
    assert page.locator(".card h2").inner_text() == seed().mentions[-1].text
    page.keyboard.press("Escape")
    assert page.locator(".card").count() == 0


def test_a_mark_leads_to_its_card_or_row(shown: Shown) -> None:
    """A click or Enter shows the card; without a script the link leads to the row, and back."""
    page = shown(seed())
    page.locator("mark a").first.click()
    first = seed().mentions[0]
    assert page.locator(".card p").inner_text() == f"Partner: {name_of(first.type, first.kind)}"
    told = page.locator("tbody:has(#r1) th b, #r1 b").all_text_contents()
    assert sorted(told) == sorted(page.locator(".card dt").all_text_contents())
    assert "rule" in told
    assert page.url.endswith("#m1")
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("Enter")
    assert page.locator(".card").is_visible()
    page = shown(seed(), java_script_enabled=False)
    page.locator("mark a").first.click()
    assert page.url.endswith("#r1")
    assert not page.locator(".bar").is_visible()


def test_keys_go_from_mark_to_mark(shown: Shown) -> None:
    """To the next and back, over those that the legend hides, and not while one types."""
    page = shown(seed())
    page.locator("article").first.focus()
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.url.endswith("#m2")
    page.keyboard.press("p")
    assert page.url.endswith("#m1")
    assert page.locator(".bar output").inner_text() == f"1 of {len(seed().mentions)} marks"
    kind = seed().mentions[0].kind
    css = (page.locator("#m1").get_attribute("class") or "").split()[0]
    page.locator(f".legend > li:has(#{css}) > label input").uncheck()
    page.get_by_role("button", name="Next").click()
    number = int(page.url.rpartition("#m")[2])
    assert seed().mentions[number - 1].kind != kind
    page.get_by_label("Find words").type("nnp")
    assert page.url.endswith(f"#m{number}")


def test_the_legend_hides_marks_by_kind_and_type(shown: Shown) -> None:
    """Without a script too."""
    page = shown(seed(), java_script_enabled=False)
    mark = page.locator("#m1")
    (type_,) = (mark.get_attribute("class") or "").split()
    kind = page.locator(f".legend > li:has(#{type_}) > label input").get_attribute("id")
    ground = "node => getComputedStyle(node).backgroundColor"
    marked = mark.evaluate(ground)
    page.locator(f"#{kind}").uncheck()
    assert mark.evaluate(ground) != marked
    page.locator(f"#{kind}").check()
    page.locator(f".legend details:has(#{type_}) summary").first.click()
    page.locator(f"#{type_}").uncheck()
    assert mark.evaluate(ground) == "rgba(0, 0, 0, 0)"


def test_one_type_is_shown_alone(shown: Shown) -> None:
    """One click hides the marks of all other kinds and types, and another shows all again."""
    (kent,) = combined(KENT)
    said = "Kent County Council worked with Age UK on home care."
    page = shown(finding(kent, said, "shortfall"))
    page.get_by_role("button", name="Only Shortfall").click()
    ticked = page.locator(".legend input:checked")
    assert [ticked.nth(n).locator("..").inner_text() for n in range(ticked.count())] == [
        "Findings\n9",
        "Shortfall\n9",
    ]
    page.get_by_role("button", name="Next").click()
    assert page.locator(".bar output").inner_text() == "1 of 9 marks"
    page.get_by_role("button", name="show all").click()
    assert page.locator(".legend input:not(:checked)").count() == 0


def test_words_are_found_across_marks(shown: Shown) -> None:
    """However the text is cut by marks, each place is found, and Enter goes there."""
    mention = next(m for m in seed().mentions if m.text.count(" ") > 1)
    text = seed().document.text
    words = text[mention.span.start - 8 : mention.span.end + 8]
    page = shown(seed())
    page.get_by_label("Find words").fill(words)
    assert page.locator(".bar output").inner_text() == f"found {text.count(words)} times"
    page.keyboard.press("Enter")
    assert page.evaluate("getSelection().toString()").strip() == words.strip()
    page.get_by_label("Find words").fill("no such words")
    assert page.locator(".bar output").inner_text() == "not found"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "window", [pytest.param(DESK, id="desk", marks=pytest.mark.ci), pytest.param(PHONE, id="phone")]
)
def test_pages_have_no_fault_of_accessibility(
    window: tuple[int, int], scheme: str, shown: Shown
) -> None:
    """One page and a whole report, with a card open, in light and dark, on a desk and a phone."""
    (kent,) = combined(KENT)
    said = "Kent County Council worked with Age UK on home care."
    for result, anchor in ((seed(), "m3"), (finding(kent, said, "shortfall"), "m1-1")):
        page = shown(result, anchor, color_scheme=scheme, viewport=size(*window))
        assert page.evaluate("document.documentElement.scrollWidth") <= window[0]
        assert faults_of(page) == []
