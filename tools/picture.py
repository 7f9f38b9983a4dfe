"""Render the picture in the README from the README's own example, with Chromium.

Run it when the page of ``cqcparse view`` looks different: ``.venv/bin/python tools/picture.py``.
It needs Chromium (Debian: ``chromium``) and Pillow, and writes ``docs/report.png``.
"""

from __future__ import annotations

import doctest
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

import cqcparse

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "report.png"
#: Wide enough for the text and a card side by side, in pixels.
SIZE = (1080, 760)
#: Few colours are on the page, so a palette loses nothing and makes the file small.
COLOURS = 128


def main() -> int:
    """Write the picture; return 1 if there is no browser."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        print("picture: there is no Chromium; install it (Debian: chromium)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        page = Path(name, "report.html")
        page.write_text(example().to_html(), encoding="utf-8", newline="")
        photograph(browser, f"{page.as_uri()}#m1", Path(name))
    return 0


def example() -> cqcparse.Assessment:
    """Return the report that the README parses."""
    examples = doctest.DocTestParser().get_examples((ROOT / "README.md").read_text("utf-8"))
    text = next(item.source for item in examples if "cqcparse.parse(" in item.source)
    names: dict[str, cqcparse.Assessment] = {}
    exec(text, {"cqcparse": cqcparse}, names)  # noqa: S102 - our own documentation
    return names["report"]


def photograph(browser: str, address: str, folder: Path) -> None:
    """Write what a browser shows at an address, the first card open."""
    shot = folder / "shot.png"
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={SIZE[0]},{SIZE[1]}",
        f"--screenshot={shot}",
    )
    subprocess.run([browser, *flags, address], check=True, capture_output=True)  # noqa: S603
    Image.open(shot).convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)


if __name__ == "__main__":
    os.environ["CQCPARSE_PLUGINS"] = ""  # the picture shows what comes without plugins
    sys.exit(main())
