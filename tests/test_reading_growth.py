"""Files that nobody makes: the time to read one grows no faster than the file, or it is refused."""

from __future__ import annotations

import contextlib
import math
import random
from collections.abc import Callable, Mapping

import pytest

from cqcparse.errors import ReadError
from cqcparse.reading import document_from_bytes

pytestmark = pytest.mark.no_cover

Growth = Callable[[Callable[[str], object], Callable[[int], str]], float]

#: Four times the file may take this many times as long: 4 is linear, 16 quadratic.
_LINEAR = 9
_PAGE = "<!doctype html><main><h1>Ashmere</h1>"


def _numbered(part: str) -> Callable[[int], str]:
    return lambda size: _PAGE + "".join(part.replace("#", str(n)) for n in range(size))


def _repeated(part: str) -> Callable[[int], str]:
    return lambda size: _PAGE + part * size


_PAGES: Mapping[str, Callable[[int], str]] = {
    "attributes": lambda size: f"{_PAGE}<p {' '.join(f'a{n}=1' for n in range(size))}>word",
    "attributes-alike": lambda size: f"{_PAGE}<p {'a=1 ' * size}>word",
    "quotes": lambda size: _PAGE + '<p a="b' * size + ">word",
    "equals": lambda size: f"{_PAGE}<p {'= ' * size}>word",
    "options": lambda size: f"{_PAGE}<p>word<select>{'<option>x' * size}",
    "selects": _repeated("<select><option>x</select>word"),
    "font-unclosed": _numbered("<p><font a#=1>x"),
    "font-unclosed-alike": _repeated("<p><font a=1>x"),
    "font-in-blocks": _numbered("<div><font a#=1>x</div>"),
    "bold-unclosed": _repeated("<b>x"),
    "all-unclosed": _repeated("<p><b><i><u><s><tt><code>x"),
    "end-tags": _repeated("<i>x</b></p>"),
    "divs": _repeated("<div>"),
    "divs-with-text": _repeated("<div>word"),
    "spans": _repeated("<span>x"),
    "lists-in-items": _repeated("<ul><li>x"),
    "items": _repeated("<li>x"),
    "links-and-blocks": _repeated("<a href=x>x<div>"),
    "buttons-in-headings": _repeated("<h2><div role=button>word"),
    "buttons": _repeated("<button>word"),
    "menus": _repeated('<div class="menu">some text '),
    "menus-beside": _repeated('<div class="menu">some text</div>'),
    "asides": _repeated("<aside>x"),
    "headers": _repeated("<header>x"),
    "tables": _repeated("<table><tr><td>x"),
    "rows": lambda size: f"{_PAGE}<table>{'<tr><td>x<td>y' * size}",
    "fostered": lambda size: f"{_PAGE}<table>{'<b>x<p>' * size}",
    "line-breaks": lambda size: f"{_PAGE}<p>{'word<br>' * size}",
    "drawings": _repeated("<svg><style><div>"),
    "templates": _repeated("<template>x"),
    "comments": _repeated("<!-- x -->"),
    "comments-unclosed": _repeated("<!-- x "),
    "scripts-unclosed": _repeated("<script>"),
    "classes": lambda size: f'{_PAGE}<p class="{"menu " * size}">word',
    "comments-first": lambda size: "<!-- x -->" * size + _PAGE + "<p>word",
    "declarations-first": lambda size: "<?x ?> " * size + _PAGE + "<p>word",
    "metas": lambda size: f"<html><head>{'<meta charset ' * size}><body>caf\xe9",
    "shells": lambda size: f"<html><body>{'<div>' * size}{'<h1>words</h1>' * size}",
}
_MARKDOWN: Mapping[str, Callable[[int], str]] = {
    "backticks": lambda size: " ".join("`" * n for n in range(1, math.isqrt(40 * size))),
    "backticks-alike": lambda size: "`a ``b " * size,
    "quotes": lambda size: "> " * size + "word\n",
    "items": lambda size: "- " * size + "word\n",
    "lists-in-lists": lambda size: "".join("  " * n + "- x\n" for n in range(math.isqrt(size))),
    "brackets": lambda size: "[" * size + "word\n",
    "links": lambda size: "[x](" * size + "word\n",
    "pictures": lambda size: "![a](<b" * size + "word\n",
    "stars": lambda size: "*a **b " * size + "word\n",
    "fences": lambda size: "```\n" * size + "word\n",
    "angles": lambda size: "a <!-- <? <a " * size + "word\n",
    "references": lambda size: "".join(f"[a{n}]: /x\n" for n in range(size)) + "word\n",
    "front-matter": lambda size: "---\n" + "a\n" * size + "word\n",
}


def _reads(name: str) -> Callable[[str], object]:
    def read(text: str) -> None:
        with contextlib.suppress(ReadError):
            document_from_bytes(text.encode("latin-1"), name)

    return read


@pytest.mark.parametrize("shape", _PAGES)
def test_pages(growth: Growth, shape: str) -> None:
    """However a page is made, four times its length takes about four times as long, or nothing."""
    assert growth(_reads("page.html"), _PAGES[shape]) < _LINEAR


@pytest.mark.parametrize("shape", _MARKDOWN)
def test_markdown(growth: Growth, shape: str) -> None:
    """Markdown is read in time that grows with its length, however it is nested."""
    assert growth(_reads("page.md"), _MARKDOWN[shape]) < _LINEAR


def _saved(part: str) -> Callable[[int], str]:
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n"
    page = "--b\nContent-Type: text/html\n\n<main><p>word</main>\n--b--\n"
    return lambda size: head + part * size + "\n" + page


@pytest.mark.parametrize("part", ["X-A: b\n", "\n--b\nContent-Type: text/plain\n\nx\n"])
def test_saved_pages(growth: Growth, part: str) -> None:
    """Headers and parts of a saved page are read once."""
    assert growth(_reads("page.mhtml"), _saved(part)) < _LINEAR


def _pdf(places: list[tuple[float, float]], width: float, height: float, drawn: str = "") -> str:
    """Return a PDF of one page with a letter at each of some places, on what is drawn."""
    letters = " ".join(f"1 0 0 1 {x:.1f} {y:.1f} Tm (a) Tj" for x, y in places)
    content = f"{drawn}BT /F1 8 Tf {letters} ET"
    fonts = "/Resources << /Font << /F1 5 0 R >> >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R {fonts} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body = "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer << /Size 6 /Root 1 0 R >>\n%%EOF"


def _scattered(size: int) -> str:
    chance = random.Random(size)  # noqa: S311 - the same file each time
    return _pdf([(chance.random() * 600, chance.random() * 800) for _ in range(size)], 600, 800)


def _ruled(size: int) -> str:
    """Return a page of a table with ten columns."""
    rows = size // 10
    upright = "".join(f"{60 * n} 0 m {60 * n} {20 * rows} l S\n" for n in range(11))
    level = "".join(f"0 {20 * n} m 600 {20 * n} l S\n" for n in range(rows + 1))
    places = [(n % 10 * 60 + 20.0, n // 10 * 20 + 6.0) for n in range(size)]
    return _pdf(places, 600, 20 * rows, upright + level)


def _white(size: int) -> str:
    """Return a page of white letters and of boxes that may be behind them."""
    boxes = "".join(f"{n * 37 % 600} {n * 91 % 800} 30 30 re f\n" for n in range(size))
    places = [(n * 31.0 % 600, n * 17.0 % 800) for n in range(size)]
    return _pdf(places, 600, 800, f"{boxes}1 g\n")


_PDFS: Mapping[str, Callable[[int], str]] = {
    "scattered": _scattered,
    "in-a-ruled-table": _ruled,
    "white": _white,
    "in-a-row": lambda size: _pdf([(n * 30.0, 400) for n in range(size)], 30 * size, 800),
    "in-a-column": lambda size: _pdf([(30, n * 15.0) for n in range(size)], 600, 15 * size),
    "at-one-place": lambda size: _pdf([(30, 400)] * size, 600, 800),
    "in-a-grid": lambda size: _pdf(
        [(n % 50 * 30, n // 50 * 20) for n in range(size)], 1500, 20 * size / 50
    ),
}


@pytest.mark.parametrize("shape", _PDFS)
def test_pdf(growth: Growth, shape: str) -> None:
    """Wherever the characters of a page stand, they are put in order in linear time."""
    assert growth(_reads("page.pdf"), _PDFS[shape]) < _LINEAR
