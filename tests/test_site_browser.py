"""The site in a real browser: readable for everybody, fits a phone, sorts, filters and finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cqcparse.corpora.site import build
from tests.browser import DESK, PHONE, faults_of, needs_chromium, size, started
from tests.test_site import ESSEX, KENT, KENT_BEFORE, SURREY, combined, finding, hostile

pytestmark = needs_chromium

#: One page of each template.
TEMPLATES = (
    *("index.html", "league.html", "heat.html", "map.html", "statements.html", "about.html"),
    *("authorities.html", "search.html#q=reablement", "authorities/kent.html"),
    *("statements/equity.html", "text/E10000016-2025-03/05-equity.html"),
)
SAID = "Kent County Council worked with Age UK on home care."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site about three councils, with a strength in each statement of one."""
    folder = tmp_path_factory.mktemp("site") / "site"
    before, kent, *others = combined(KENT_BEFORE, KENT, ESSEX, SURREY)
    build([before, finding(kent, SAID, "strength"), *others], folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all tests of this file."""
    with started() as browser:
        yield browser


#: What went wrong on the pages of the test that runs.
ERRORS: list[str] = []


@pytest.fixture(autouse=True)
def without_errors() -> Iterator[None]:
    """Fail a test in which a page said that something went wrong."""
    ERRORS.clear()
    yield
    assert not ERRORS


def opened(browser: Browser, folder: Path, name: str, **context: object) -> Page:
    """Return a page of the site as the browser shows it."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    page.on("pageerror", lambda error: ERRORS.append(f"{name}: {error}"))
    page.on("console", lambda said: ERRORS.append(f"{name}: {said.text}"))
    page.on("dialog", lambda dialog: ERRORS.append(f"{name}: {dialog.message}"))
    path, _, anchor = name.partition("#")
    page.goto(f"{(folder / path).as_uri()}#{anchor}")
    return page


@pytest.mark.parametrize(
    ("scheme", "window"),
    [
        ("light", DESK),
        pytest.param("dark", DESK, marks=pytest.mark.ci),
        pytest.param("light", PHONE, marks=pytest.mark.ci),
    ],
    ids=["light", "dark", "phone"],
)
@pytest.mark.parametrize(
    "name",
    [
        "authorities/kent.html",
        *(pytest.param(name, marks=pytest.mark.ci) for name in TEMPLATES if "kent" not in name),
    ],
)
def test_pages_have_no_fault_of_accessibility(
    name: str, scheme: str, window: tuple[int, int], browser: Browser, folder: Path
) -> None:
    """Contrast, names, roles and order, in light and in dark, on a desk and a phone."""
    page = opened(browser, folder, name, color_scheme=scheme, viewport=size(*window))
    page.wait_for_load_state("networkidle")
    assert faults_of(page) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_pages_fit_a_phone(name: str, browser: Browser, folder: Path) -> None:
    """Nothing stands out to the right but what scrolls by itself."""
    page = opened(browser, folder, name, viewport=size(*PHONE))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def column(page: Page, number: int) -> list[str]:
    """Return the texts of a column of the table, from the top, of the rows that are shown."""
    rows = page.locator("tbody tr:visible")
    return [rows.nth(n).locator("th, td").nth(number).inner_text() for n in range(rows.count())]


def test_a_table_is_sorted_by_its_heads(browser: Browser, folder: Path) -> None:
    """With the mouse and with keys; a second time the other way round; and it says so."""
    page = opened(browser, folder, "league.html")
    assert column(page, 1) == ["Surrey", "Kent", "Essex"]
    head = page.get_by_role("button", name="Council")
    head.click()
    assert column(page, 1) == ["Essex", "Kent", "Surrey"]
    head.focus()
    page.keyboard.press("Enter")
    assert column(page, 1) == ["Surrey", "Kent", "Essex"]
    assert (
        page.get_by_role("columnheader", name="Council").get_attribute("aria-sort") == "descending"
    )


def test_a_table_is_filtered(browser: Browser, folder: Path) -> None:
    """By name and by region."""
    page = opened(browser, folder, "heat.html")
    page.get_by_label("Region").select_option("South East")
    assert column(page, 0) == ["Surrey", "Kent"]
    page.get_by_label("Find").fill("ken")
    assert column(page, 0) == ["Kent"]
    assert page.get_by_text("1 of 3 councils").is_visible()


def test_the_search_finds_sentences(browser: Browser, folder: Path) -> None:
    """By the beginnings of words, by statement and by score; and it leads to the sentence."""
    page = opened(browser, folder, "search.html")
    page.get_by_label("Words").fill("spent reable £4.5")
    page.get_by_text("10 sentences").wait_for()
    page.get_by_label("Statement").select_option("Partnerships and communities")
    page.get_by_text("2 sentences", exact=True).wait_for()
    page.get_by_label("Council").select_option("Surrey")
    page.get_by_text("0 sentences").wait_for()
    page.get_by_label("Council").select_option("")
    page.get_by_label("Words").fill("essex home")
    page.get_by_text("1 sentence", exact=True).wait_for()
    page.locator("#results a").click()
    assert (
        "Essex County Council worked with Age UK on home care."
        in page.locator(":target").inner_text()
    )


def test_pages_work_without_a_script(browser: Browser, folder: Path) -> None:
    """Tables are complete, forms that would do nothing are not shown, and the search says why."""
    page = opened(browser, folder, "league.html", java_script_enabled=False)
    assert page.locator("tbody tr").count() == 3
    assert not page.locator(".filters").is_visible()
    page = opened(browser, folder, "search.html", java_script_enabled=False)
    assert page.get_by_text("Searching needs a script").is_visible()


def test_markup_in_data_never_runs(browser: Browser, tmp_path: Path) -> None:
    """Neither on a page nor in what the search shows."""
    build(hostile(), tmp_path / "site")
    for name in ("index.html", "authorities/kent.html", "search.html#q=alert"):
        page = opened(browser, tmp_path / "site", name)
        page.wait_for_load_state("networkidle")
        assert page.locator("img").count() == 0
    page.locator("#results li").first.wait_for()
    assert "<script>" in page.locator("#results").inner_text()
