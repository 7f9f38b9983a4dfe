"""Render the pictures in README and docs with Chromium: a report as `view` shows it, and a site.

Run it when these pages look different: ``.venv/bin/python tools/picture.py``. It needs Chromium
(Debian: ``chromium``) and Pillow. It writes ``docs/report.png``, from the README's own example, and
the others from reports that are made up.
"""

from __future__ import annotations

import doctest
import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import cqcparse
from cqcparse.corpora.site import build
from cqcparse.testing.made_corpus import make_corpus

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
#: Few colours are on the pages, so a palette loses nothing and makes the file small.
COLOURS = 96


def main() -> int:
    """Write the pictures; return 1 if there is no browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("picture: there is no Chromium; install it (Debian: chromium)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.html").write_text(example().to_html(), encoding="utf-8", newline="")
        make_corpus(folder / "reports")
        pages = cqcparse.read_many(sorted((folder / "reports").rglob("*.txt")), workers=0)
        reports = cqcparse.combine(p for p in pages if isinstance(p, cqcparse.Assessment))
        build(reports, folder / "site")
        photograph(chromium, folder)
    return 0


def example() -> cqcparse.Assessment:
    """Return the report that the README parses."""
    examples = doctest.DocTestParser().get_examples((ROOT / "README.md").read_text("utf-8"))
    text = next(item.source for item in examples if "cqcparse.parse(" in item.source)
    names: dict[str, cqcparse.Assessment] = {}
    exec(text, {"cqcparse": cqcparse}, names)  # noqa: S102 - our own documentation
    return names["report"]


def photograph(chromium: str, folder: Path) -> None:
    """Write what the browser shows of each page, as far as the window reaches."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture, address, height in (
            ("report.png", "report.html#m1", 800),
            ("site.png", "site/index.html", 960),
            ("council.png", "site/authorities/kent.html", 900),
            ("heat.png", "site/heat.html", 800),
            ("statement.png", "site/statements/equity.html", 900),
        ):
            page = browser.new_page(viewport={"width": 1180, "height": height})
            path, _, anchor = address.partition("#")
            page.goto(f"{(folder / path).as_uri()}#{anchor}")
            shot = Image.open(io.BytesIO(page.screenshot()))
            shot.convert("RGB").quantize(COLOURS).save(DOCS / picture, optimize=True)
        browser.close()


if __name__ == "__main__":
    os.environ["CQCPARSE_PLUGINS"] = ""  # the pictures show what comes without plugins
    sys.exit(main())
