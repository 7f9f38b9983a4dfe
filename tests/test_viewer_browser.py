"""The viewer in a real browser, where there is one: Chromium without a screen."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

import cqcparse

SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")

HOSTILE = (
    "<script>document.title='run'</script> assessment\n\nKey findings\n\n"
    "<img src=x onerror=\"document.title='run'\"> £2m was paid & <b>spent</b>.\r\nA line.\n\n"
    "</article></style><svg onload=\"document.title='run'\">\n"
)


def opened(page: str, folder: Path) -> LexborHTMLParser:
    """Return what the browser has made of a page, after it was loaded."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8", newline="")
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
    result = subprocess.run([*command, file.as_uri()], check=True, capture_output=True, timeout=120)
    return LexborHTMLParser(result.stdout.decode())


@pytest.mark.parametrize(
    "text", [SEEDS[0].read_text(encoding="utf-8"), HOSTILE], ids=["seed", "hostile"]
)
def test_a_browser_has_the_text_and_runs_nothing(text: str, tmp_path: Path) -> None:
    """The text is the document's, character for character, and no payload took effect."""
    assessment = cqcparse.parse(text, source="page.txt")
    tree = opened(assessment.to_html(), tmp_path)
    article, title = tree.css_first("#text"), tree.css_first("title")
    assert article is not None
    assert title is not None
    # The browser prints the text as a file, in which CR LF is one line end.
    assert article.text() == text.replace("\r\n", "\n")
    assert title.text() != "run"
    assert not tree.css("script, img, svg, iframe")
    assert len(tree.css(".card")) == len(assessment.mentions)
