"""The viewer: balanced, complete, escaped, and nothing that runs but its own script."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from urllib.request import url2pathname

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import cqcparse
from cqcparse import Diagnostic, Evidence, Mention, Money, Quote, Reading, Span
from cqcparse.cli import group
from cqcparse.model import Block, Origin, PrintedLine
from cqcparse.model.kinds import plain_kind
from cqcparse.output.html.marking import Anchor, Wrap, marked, shown
from cqcparse.output.html.words import name_of
from cqcparse.testing.strategies import assessments, texts

SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))

#: Elements without an end tag.
VOID = {"meta", "input"}

SCRIPT = (files("cqcparse.output.html") / "viewer.js").read_text(encoding="utf-8")

PAYLOADS = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></article><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<!-- --><svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript:alert(1)",
    "]]><![CDATA[<b>",
    "{{7*7}} ${7*7} <%= 7 %>",
)


#: What ends an element of a table whose end tag is left out.
ENDED_BY = {
    "td": {"td", "th", "tr", "tbody", "table"},
    "th": {"td", "th", "tr", "tbody", "table"},
    "tr": {"tr", "tbody", "table"},
    "tbody": {"tbody", "table"},
}


class Outline(HTMLParser):
    """Reads a page, and fails where a tag is not closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take in what a tag brings."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        assert len(attributes) == len(dict(attributes))
        self.ids += [value for name, value in attributes if name == "id" and value]
        self.links += [value for name, value in attributes if name == "href" and value]
        while self._open and tag in ENDED_BY.get(self._open[-1], ()):
            self._open.pop()
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        while self._open[-1] != tag and tag in ENDED_BY.get(self._open[-1], ()):
            self._open.pop()
        assert self._open.pop() == tag


def text_of(page: str) -> str:
    """Return the text of the report as a browser has it."""
    node = LexborHTMLParser(page).css_first("#text")
    assert node is not None
    return node.text()


def check(page: str, text: str) -> Outline:
    """Check what holds of every page, and return what is in it."""
    outline = Outline(page)
    assert text_of(page) == re.sub("[\0\ud800-\udfff]", "\ufffd", text)
    assert outline.tags.isdisjoint({"iframe", "img", "object", "embed", "link", "base", "template"})
    assert re.findall("<script.*?</script>", page, re.DOTALL) == [f"<script>{SCRIPT}</script>"]
    assert not any(name.startswith("on") or name in {"src", "style"} for name in outline.attributes)
    assert len(outline.ids) == len(set(outline.ids))
    assert all(link[0] == "#" and link[1:] in outline.ids for link in outline.links)
    return outline


# --- the page ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_report_has_its_text_and_a_row_for_each_mention(path: Path) -> None:
    """The visible text is the document; every mention is marked, and each leads to the other."""
    assessment = cqcparse.read(path)
    page = assessment.to_html()
    check(page, assessment.document.text)
    tree = LexborHTMLParser(page)
    assert assessment.mentions
    for number, mention in enumerate(assessment.mentions, 1):
        mark, row = tree.css_first(f"mark#m{number}"), tree.css_first(f"tr#r{number}")
        assert mark is not None
        assert row is not None
        assert mark.text().startswith(mention.text[:1])
        link = row.css_first(f"a[href='#m{number}']")
        assert link is not None
        assert link.text().rstrip("…") in " ".join(mention.text.split())
        assert row.css_first("td:last-child") is not None


@given(texts())
def test_any_report_gives_a_balanced_page(text: str) -> None:
    """Whatever the parser makes of a report can be shown."""
    check(cqcparse.parse(text).to_html(), text)


@given(assessments())
def test_any_assessment_gives_a_balanced_page(assessment: cqcparse.Assessment) -> None:
    """Whatever extractors find, crossing and nested, can be shown."""
    check(assessment.to_html(), assessment.document.text)


@given(st.text())
def test_any_text_gives_a_balanced_page(text: str) -> None:
    """No text breaks the page, nor gets lost in it."""
    check(cqcparse.parse(text, source=text).to_html(), text)


@pytest.mark.parametrize(
    "text", ["a\r\nb\rc\n", "\n\n\nx", "\0", "\ud800x", "\x0c\x0b\x85\u2028", ""]
)
def test_odd_characters_are_kept(text: str) -> None:
    """Line ends of any kind and characters that HTML does not like come back."""
    check(cqcparse.parse(text).to_html(), text)


def hostile(payload: str) -> cqcparse.Assessment:
    """Return an assessment with *payload* wherever a stranger could put it."""
    text = f"{payload} assessment\n\nKey findings\n\nThe council paid {payload} to us.\n"
    base = cqcparse.parse(text, source=payload)
    span = Span(0, len(payload))
    quote = Quote(payload, span)
    mention = plain_kind("oddity")(
        span=span,
        text=payload,
        type=payload,
        canonical=payload,
        extractor=payload,
        evidence=Evidence(rule=payload, entry=payload, cues=(quote,), beat=(payload,)),
    )
    funding = cqcparse.Funding(
        span=Span(1, len(payload) + 1),
        text=text[1 : len(payload) + 1],
        amount=Reading(payload, span, Money(low=1, high=2, currency=payload)),  # type: ignore[arg-type]
        funder=quote,
    )
    return attrs.evolve(
        base,
        mentions=(mention, funding),
        diagnostics=(Diagnostic(code=payload, message=payload, span=Span(1, 2)),),
        framework=payload,
        authority=cqcparse.model.Authority(
            name=payload, short_name=payload, ons_code=payload, basis="given"
        ),
        document=attrs.evolve(base.document, address=payload, title=payload),
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_are_escaped_everywhere(payload: str) -> None:
    """What a report, a name or a plugin says is shown as it is, and never becomes markup."""
    assessment = hostile(payload)
    page = assessment.to_html()
    check(page, assessment.document.text)
    assert "<img" not in page
    tree = LexborHTMLParser(page)
    title, code = tree.css_first("title"), tree.css_first("code")
    assert title is not None
    assert code is not None
    assert payload in title.text()
    assert code.text() == payload


def test_the_policy_allows_its_own_style_and_script_only() -> None:
    """The digests in the policy are those of style and script, and all else is forbidden."""
    page = cqcparse.read(SEEDS[0]).to_html()
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert unescape(policy[1]).split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{_digest(style[1])}'",
        f"script-src 'sha256-{_digest(SCRIPT)}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def row(page: str, number: int) -> str:
    """Return the words of a mention's row on one line: what it is stands over its group."""
    tree = LexborHTMLParser(page)
    head = tree.css_first(f"tbody:has(#r{number}) th")
    cells = tree.css(f"#r{number} td")
    assert head is not None
    words = (node.text(separator=" ") for node in (cells[0], head, cells[1]))
    return " ".join(" ".join(words).split())


def test_a_row_says_what_was_read() -> None:
    """Kind and type in words, attributes quoted with their meaning, and the rule."""
    page = hostile("£2 million").to_html()
    assert "amount “£2 million” (" in row(page, 2)
    assert "funder “£2 million”" in row(page, 2)
    assert "Oddity: £2 million" in row(page, 1)
    assert "rule £2 million" in row(page, 1)
    seed = cqcparse.read(SEEDS[-1])
    number, partner = next((n, m) for n, m in enumerate(seed.mentions, 1) if m.type == "nhs-other")
    assert f"{partner.text} Partner: NHS body" in row(seed.to_html(), number)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The council used £4.5m to £5m of the Better Care Fund.",
            "“£4.5m to £5m” (£4,500,000 to £5,000,000)",
        ),
        ("They used the Better Care Fund of 2023/24.", "“2023/24” (1 April 2023 to 31 March 2024)"),
        ("There was a 6-week reablement service.", "“6-week” (42 days)"),
        ("There was a step-down service with 12 beds.", "“12 beds” (12 beds)"),
    ],
)
def test_values_are_said_in_words(text: str, words: str) -> None:
    """Money, periods, lengths and numbers, as people write them."""
    assessment = cqcparse.parse(text)
    numbers = range(1, len(assessment.mentions) + 1)
    assert any(words in row(assessment.to_html(), number) for number in numbers)


def test_names_are_for_people() -> None:
    """Every type of the built-in extractors reads as words; what is not known is taken apart."""
    for kind, types in _types().items():
        for type_ in types:
            words = name_of(type_, kind)
            assert words[0].isupper()
            assert "-" not in words
    assert name_of("my-new_type") == "My new type"
    assert name_of(None) == ""


def _types() -> dict[str, set[str | None]]:
    found: dict[str, set[str | None]] = {}
    for path in SEEDS:
        for mention in cqcparse.read(path).mentions:
            if mention.type:
                found.setdefault(mention.kind, set()).add(mention.type)
    return found


def test_a_row_says_where_the_words_are_printed() -> None:
    """On which page of a printed report."""
    box = PrintedLine(span=Span(0, 3), page=7, bottom=1, top=2, edges=(1, 2, 3, 4))
    block = Block(span=Span(0, 3), origin=Origin(lines=(box,)))
    printed = attrs.evolve(cqcparse.parse("abc"), mentions=(Mention(span=Span(0, 3), text="abc"),))
    document = attrs.evolve(printed.document, blocks=(block,))
    assert "printed on page 7" in row(attrs.evolve(printed, document=document).to_html(), 1)


def test_every_kind_and_type_has_a_box_and_rules_of_its_own() -> None:
    """Kinds of plugins too; a box without a tick hides the marks and rows of its kind or type."""
    page = hostile("some words").to_html()
    tree = LexborHTMLParser(page)
    assert [node.text() for node in tree.css(".legend .sample")] == ["Money", "Oddity"]
    boxes = [node.attributes["id"] for node in tree.css(".legend input[type=checkbox][checked]")]
    assert boxes == ["k0", "t1", "k1", "t2"]
    for type_, kind in (("t1", "k0"), ("t2", "k1")):
        assert f"body:has(#{type_}:not(:checked)) .{type_}," in page
        assert f"body:has(#{kind}:not(:checked)) :is(.{type_})" in page
        assert tree.css_first(f"mark.{type_}") is not None
        assert tree.css_first(f"tbody.{type_}") is not None


def test_more_kinds_than_colours_are_all_marked() -> None:
    """Each has a colour and a line, if not one of its own."""
    text = "abcdefghijkl"
    mentions = tuple(plain_kind(f"kind-{n}")(span=Span(n, n + 1), text=text[n]) for n in range(12))
    page = attrs.evolve(cqcparse.parse(text), mentions=mentions).to_html()
    assert all(
        re.search(rf"\.k{n},\.t{n + 1} {{ --h: \d+; --line-style: \w+ }}", page) for n in range(12)
    )


def test_what_a_sentence_says_of_its_matter_has_a_sign() -> None:
    """A finding is told by sign and colour, and has no ground that hides what is marked in it."""
    text = "The council worked with the police to make sure that people were safe and well at home."
    finding = attrs.make_class(
        "Finding",
        {"polarity": attrs.field(type=str)},
        bases=(Mention,),
        frozen=True,
        kw_only=True,
        class_body={"kind": "finding"},
    )
    sentence = finding(span=Span(0, len(text)), text=text, polarity="shortfall")
    partner = cqcparse.Partner(span=Span(24, 34), text=text[24:34])
    page = attrs.evolve(cqcparse.parse(text), mentions=(sentence, partner)).to_html()
    tree = LexborHTMLParser(page)
    assert tree.css_first("mark#m1.w.shortfall") is not None
    assert tree.css_first("mark#m2.w") is None
    assert [node.text().split() for node in tree.css(".legend .shortfall ~ .c")] == [["1"]]
    assert "Finding: Shortfall" in row(page, 1)


def test_the_page_is_in_proportion_to_the_text() -> None:
    """A mention costs some hundred bytes, whatever its sentence; style and script are small."""
    for path in SEEDS:
        assessment = cqcparse.read(path)
        size = len(assessment.to_html().encode())
        assert size < 32_000 + 1.3 * len(assessment.document.text) + 260 * len(assessment.mentions)


def test_a_diagnostic_leads_to_its_place() -> None:
    """It has a link to the characters it is about."""
    text = "Safeguarding\nScore: 3\n3 - Evidence shows some shortfalls\n"
    assessment = cqcparse.parse(text)
    page = assessment.to_html()
    check(page, text)
    (number,) = [n for n, d in enumerate(assessment.diagnostics, 1) if d.span]
    assert f'<a href="#d{number}">' in page
    assert f'<span id="d{number}"></span>3 - Evidence' in page


def test_pages_are_the_same_every_time() -> None:
    """The same assessment gives the same bytes."""
    assert cqcparse.read(SEEDS[0]).to_html() == cqcparse.read(SEEDS[0]).to_html()


def test_a_report_shows_all_its_pages() -> None:
    """Each document has its title and its text, and the ids of all are apart."""
    pages = [
        cqcparse.parse(
            f"Kent County Council: local authority assessment\n\n{text}", source=f"deep/{text[:4]}"
        )
        for text in (
            "Equity in experience and outcomes\n\nScore: 2\n",
            "Safeguarding\n\nScore: 3\n",
        )
    ]
    (report,) = cqcparse.combine(pages)
    page = report.to_html()
    outline = Outline(page)
    assert len(outline.ids) == len(set(outline.ids))
    assert all(link[1:] in outline.ids for link in outline.links)
    tree = LexborHTMLParser(page)
    assert [node.text() for node in tree.css("article")] == [p.document.text for p in report.pages]
    titles = [" ".join(node.text().split()) for node in tree.css(".page > h2")]
    assert titles == ["Equity in experience and outcomes score 2", "Safeguarding score 3"]
    assert [node.text() for node in tree.css(".statements .sc")] == ["2", "3"]
    assert len(tree.css(".statements .steps rect.f2")) == 2
    assert "report-incomplete" in page


# --- marking ----------------------------------------------------------------------------------


def wrap(start: int, end: int, name: str = "b", href: str | None = None) -> Wrap:
    """Return a wrap with tags that tests can read."""
    return Wrap(
        span=Span(start, end), first=f"<{name} 1>", again=f"<{name}>", close=f"</{name}>", href=href
    )


def test_wraps_that_cross_are_cut() -> None:
    """The one that began later is closed and opened again."""
    html = "".join(marked("abcdef", [wrap(0, 4, "a"), wrap(2, 6, "b")]))
    assert html == "<a 1>ab<b 1>cd</b></a><b>ef</b>"


def test_wraps_on_the_same_words_nest() -> None:
    """The first one given is outside."""
    html = "".join(marked("abc", [wrap(0, 2, "a"), wrap(0, 2, "b"), wrap(0, 3, "c")]))
    assert html == "<c 1><a 1><b 1>ab</b></a>c</c>"


def test_only_the_first_words_of_a_mark_are_a_link() -> None:
    """So that each mention is one stop for the Tab key."""
    html = "".join(marked("abc", [wrap(0, 3, "a", "#x"), wrap(1, 2, "b")]))
    assert html == "<a 1><a href=#x>a</a><b 1>b</b>c</a>"


def test_an_anchor_stands_at_its_place() -> None:
    """Inside and at the ends of the text."""
    anchors = [Anchor(offset=3, id="z"), Anchor(offset=0, id="x"), Anchor(offset=1, id="y")]
    html = "".join(marked("a&c", [], anchors))
    assert html == '<span id="x"></span>a<span id="y"></span>&amp;c<span id="z"></span>'


@st.composite
def wrapped_texts(draw: st.DrawFn) -> tuple[str, list[Wrap], list[Anchor]]:
    """A text with any wraps and anchors on it."""
    text = draw(st.text(max_size=40))
    offsets = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(offsets, offsets).map(sorted), max_size=8))
    wraps = [wrap(start, end, f"w{n}", f"#{n}") for n, (start, end) in enumerate(spans)]
    places = draw(st.lists(offsets, max_size=4))
    return text, wraps, [Anchor(offset=place, id=f"a{n}") for n, place in enumerate(places)]


@given(wrapped_texts())
def test_marking_is_balanced_and_keeps_the_text(case: tuple[str, list[Wrap], list[Anchor]]) -> None:
    """Any wraps give balanced tags, each opened first once, around exactly their characters."""
    text, wraps, anchors = case
    html = "".join(marked(text, wraps, anchors))
    Outline(html)
    assert re.sub("<[^>]*>", "", html) == shown(text)
    for item in wraps:
        name = item.close[2:-1]
        inside = re.findall(rf"<{name}(?: 1)?>(.*?)</{name}>", html, re.DOTALL)
        words = re.sub("<[^>]*>", "", "".join(inside))
        assert words == shown(text[item.span.start : item.span.end])
        assert html.count(item.first) == (1 if len(item.span) else 0)
    assert all(html.count(f'id="{anchor.id}"') == 1 for anchor in anchors)


# --- the command ------------------------------------------------------------------------------


def run(*args: str | Path, stdin: bytes | None = None) -> tuple[int, str]:
    """Run ``cqcparse view`` and return its exit status and standard error."""
    result = CliRunner().invoke(group, ["view", *map(str, args)], input=stdin)
    assert not result.stdout
    return result.exit_code, result.stderr


def test_view_writes_the_page(tmp_path: Path) -> None:
    """The file holds the page, and nothing is printed."""
    output = tmp_path / "page.html"
    assert run(SEEDS[0], "-o", output) == (0, "")
    assert output.read_text(encoding="utf-8") == cqcparse.read(SEEDS[0]).to_html()
    assert list(tmp_path.iterdir()) == [output]


def test_view_reads_standard_input(tmp_path: Path) -> None:
    """``-`` is the report that comes in."""
    output = tmp_path / "page.html"
    status, _ = run("-", "-o", output, stdin=SEEDS[0].read_bytes())
    assert status == 0
    assert text_of(output.read_text(encoding="utf-8")) == SEEDS[0].read_text(encoding="utf-8")


def test_view_shows_the_report_in_a_folder(tmp_path: Path) -> None:
    """Its pages are put together; two reports are too many, and none is a failure."""
    folder = tmp_path / "pages"
    folder.mkdir()
    output = tmp_path / "page.html"
    assert run(folder, "-o", output)[0] == 1
    for name in ("Safeguarding", "Equity in experience and outcomes"):
        text = f"Kent County Council: local authority assessment\n\n{name}\n\nScore: 2\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run(folder, "-o", output) == (0, "")
    assert output.read_text(encoding="utf-8").count("<article") == 2
    (folder / "other.txt").write_text(
        "Camden Council: local authority assessment\n", encoding="utf-8"
    )
    output.unlink()
    status, message = run(folder, "-o", output)
    assert status == 1
    assert "has 2 reports (Kent County Council, London Borough of Camden)" in message
    assert not output.exists()


def test_view_needs_a_page_to_write(tmp_path: Path) -> None:
    """Without -o, or with a name that is no page's, the use is wrong, and nothing is written."""
    assert run(SEEDS[0])[0] == 2
    status, message = run(SEEDS[0], "-o", tmp_path / "page.txt")
    assert status == 2
    assert "must end in one of .html, .htm" in message
    assert not list(tmp_path.iterdir())


def test_view_shows_the_page_in_a_browser(tmp_path: Path) -> None:
    """The browser is given the page, which needs no name then; one that is named is kept."""
    browser, told = tmp_path / "browser", tmp_path / "told"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{told}"\n', encoding="utf-8")
    browser.chmod(0o755)
    for named in ((), ("-o", str(tmp_path / "kept.html"))):
        result = subprocess.run(
            [sys.executable, "-m", "cqcparse", "view", str(SEEDS[0]), "--open", *named],
            env={**os.environ, "BROWSER": f"{browser} %s", "TMPDIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        page = Path(url2pathname(told.read_text(encoding="utf-8").removeprefix("file://")))
        assert f"{page}: shown in a browser" in result.stderr
        assert page.read_text(encoding="utf-8") == cqcparse.read(SEEDS[0]).to_html()
    assert page == tmp_path / "kept.html"


def test_view_never_overwrites_the_report(tmp_path: Path) -> None:
    """A page that is read is not written."""
    page = tmp_path / "page.html"
    page.write_text("<main><p>A report.</p></main>", encoding="utf-8")
    status, message = run(page, "-o", tmp_path / "." / "page.html")
    assert status == 2
    assert "would be read and written" in message
    assert page.read_text(encoding="utf-8") == "<main><p>A report.</p></main>"


@pytest.mark.parametrize("name", ["none.txt", "nul\0.txt", ""])
def test_view_says_what_it_cannot_read(name: str, tmp_path: Path) -> None:
    """One sentence, exit status 1, and no page."""
    status, message = run(name, "-o", tmp_path / "page.html")
    assert status == 1
    assert len(message.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_view_says_where_it_cannot_write(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    status, message = run(SEEDS[0], "-o", tmp_path / "no" / "page.html")
    assert status == 1
    assert "cannot be written" in message


def test_a_mention_without_words_has_a_row() -> None:
    """It cannot be marked; its place has an address, and its row is there all the same."""
    base = cqcparse.parse("abc")
    empty = Mention(span=Span(1, 1), text="")
    page = attrs.evolve(base, mentions=(empty,)).to_html()
    assert 'id="m1"' in page
    check(page, "abc")


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param(lambda size: [(n, n + 1) for n in range(size)], id="side by side"),
        pytest.param(lambda size: [(2 * n, 2 * n + 3) for n in range(size // 2)], id="crossing"),
        pytest.param(lambda size: [(n % 7, size) for n in range(8)], id="nested"),
    ],
)
def test_work_grows_with_the_marks(
    spans: Callable[[int], list[tuple[int, int]]],
    growth: Callable[[Callable[[str], object], Callable[[int], str]], float],
) -> None:
    """Marking a text takes time by its length and the number of its marks."""

    def mark(text: str) -> str:
        wraps = [wrap(*span, href="#x") for span in spans(len(text) - 3)]
        return "".join(marked(text, wraps, [Anchor(offset=0, id="x")]))

    assert growth(mark, lambda size: "x" * size) < 12
