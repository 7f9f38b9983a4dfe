"""A browser without a screen, for the tests of pages: Playwright with the machine's Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")

#: Width and height of a desk and of a phone.
DESK, PHONE = (1280, 900), (390, 844)


def size(width: int, height: int) -> dict[str, int]:
    """Return the size of a window as the browser takes it."""
    return {"width": width, "height": height}


@contextmanager
def started() -> Iterator[Browser]:
    """Give a browser, which is ended afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def faults_of(page: Page) -> list[str]:
    """Return what axe-core finds against the accessibility of the page that is shown."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({preload: false})")
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
