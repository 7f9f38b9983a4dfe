"""Web pages: the report in them, block by block, and an account of everything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cqcparse.errors import ReadError
from cqcparse.model.document import Document
from cqcparse.reading import document_from_bytes

PAGE = """<!DOCTYPE html>
<!-- saved from url=(0053)https://www.example.org/reports/brackenshire-0525/x -->
<html lang="en"><head><meta charset="utf-8">
<title>Partnerships and communities -
  Reports</title><script>var layer = [];</script></head>
<body class="has-cookie-banner">
<div id="cookie-banner"><h2>Cookies on this site</h2><button>Accept all</button></div>
<a class="skip-link" href="#main">Skip to main content</a>
<header><a href="/">The regulator</a><nav><ul><li><a href="/">Home</a></ul></nav></header>
<div class="page-title"><h1>Brackenshire: local&nbsp;authority assessment</h1></div>
<main id="main">
<nav aria-label="Breadcrumb"><a href="/">Home</a></nav>
<h2>Partnerships and communities</h2>
<p>Score: 3<br>3 &ndash; Evidence shows a good standard</p>
<h3>Key findings for this quality statement</h3>
<h4><button aria-expanded="false" aria-controls="p1">Impact of partnership working<span
  class="accordion-toggle">Show</span></button></h4>
<div id="p1" hidden><p>The Better Care&#32;Fund
   paid for   staff &amp; beds.</p></div>
<details><summary>Arrangements</summary>Leaders <em>met</em> often.</details>
<p><b>Working with charities</b></p>
<ul><li>one<li><p>two</p></ul>
<table><tr><th>Statement<th>Score</tr><tr><td>Equity<td>2</table>
<p hidden>draft</p>
<h2>Related pages</h2><ul><li><a href="/2">Another report</a></ul>
<footer>© The regulator</footer>
</main>
<footer>Contact us</footer>
</body></html>"""


def read(page: str, name: str = "page.html") -> Document:
    """Return the document for a page."""
    return document_from_bytes(page.encode(), name)


def outline(document: Document) -> list[tuple[str, int | None, str]]:
    """Return kind, level and text of each block."""
    return [(block.kind, block.level, document.quote(block.span).text) for block in document.blocks]


def texts(page: str) -> list[str]:
    """Return the text of each block of a page."""
    return [text for _, _, text in outline(read(page))]


def test_the_report_of_a_page_is_read_in_order() -> None:
    """Headings, expandable and bold ones too, paragraphs, lists and tables become blocks."""
    assert outline(read(PAGE)) == [
        ("heading", 1, "Brackenshire: local\N{NO-BREAK SPACE}authority assessment"),
        ("heading", 2, "Partnerships and communities"),
        ("paragraph", None, "Score: 3"),
        ("paragraph", None, "3 – Evidence shows a good standard"),
        ("heading", 3, "Key findings for this quality statement"),
        ("heading", 4, "Impact of partnership working"),
        ("paragraph", None, "The Better Care Fund paid for staff & beds."),
        ("heading", 5, "Arrangements"),
        ("paragraph", None, "Leaders met often."),
        ("heading", 5, "Working with charities"),
        ("list-item", None, "one"),
        ("list-item", None, "two"),
        ("table-row", None, "Statement\tScore"),
        ("table-row", None, "Equity\t2"),
        ("furniture", None, "© The regulator"),
    ]


def test_what_is_left_out_is_accounted_for() -> None:
    """Each part that is not in the text is an omission with reason, place and length."""
    omissions = [(o.reason, o.path, o.length) for o in read(PAGE).omissions]

    assert omissions == [
        ("script", "/html/head/script[1]", 15),
        ("cookie-notice", "/html/body/div[1]", 30),
        ("navigation", "/html/body/a[1]", 20),
        ("page-header", "/html/body/header[1]", 17),
        ("navigation", "/html/body/main/nav[1]", 4),
        ("control", "/html/body/main/h4[1]/button[1]/span[1]", 4),
        ("hidden", "/html/body/main/p[3]", 5),
        ("page-footer", "/html/body/footer[1]", 10),
        ("related-links", "/html/body/main/h2[2]", 13),
        ("related-links", "/html/body/main/ul[2]/li[1]", 14),
    ]


def test_a_page_says_where_it_comes_from() -> None:
    """The title of the page and the address it was saved from are kept beside the text."""
    document = read(PAGE)

    assert document.title == "Partnerships and communities - Reports"
    assert document.address == "https://www.example.org/reports/brackenshire-0525/x"
    assert document.media_type == "text/html"


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://a.example/r">',
        '<meta property="og:url" content="https://a.example/r">',
    ],
)
def test_the_address_is_read_from_the_head_too(head: str) -> None:
    """A canonical link says where a page belongs."""
    assert read(f"<html><head>{head}</head><p>Text").address == "https://a.example/r"


def test_blocks_say_where_they_stand_in_the_source() -> None:
    """The path of each block leads to an element that has its words."""
    tree = LexborHTMLParser(PAGE)
    document = read(PAGE)

    for block in document.blocks:
        assert block.origin is not None
        assert block.origin.path is not None
        path = block.origin.path.removeprefix("/").replace("/", " > ")
        node = tree.css_first(path.replace("[", ":nth-of-type(").replace("]", ")"))
        assert node is not None
        for word in document.quote(block.span).text.split():
            assert word in node.text()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("<p>one<p>two<div>three", ["one", "two", "three"], id="unclosed"),
        pytest.param("<b><p>one</b> two</p>three", ["one two", "three"], id="misnested"),
        pytest.param("<table><tr><td>a<p>b</table>", ["a\n\nb"], id="block-in-cell"),
        pytest.param("<table>loose<tr><td>a</table>", ["loose", "a"], id="text-in-table"),
        pytest.param("<p>co&shy;ordinate&#8203;d", ["coordinated"], id="invisible"),
        pytest.param("<p>a<span>b</span> <i>c</i>\n d", ["ab c d"], id="inline"),
        pytest.param(
            "<p>A long line of a letter<br>and more",
            ["A long line of a letter and more"],
            id="break-in-sentence",
        ),
        pytest.param(
            "<p>1 High Street<br>Brackton<br><br>BR1",
            ["1 High Street", "Brackton", "BR1"],
            id="address",
        ),
        pytest.param("<pre>Score: 3\n\n  Good  care\n</pre>", ["Score: 3", "Good  care"], id="pre"),
        pytest.param("<div>a<p>b</p>c</div>", ["a", "b", "c"], id="text-around-blocks"),
        pytest.param(
            "<table><tr><td><h2>a</h2><p>b</p></td><td>c</table>",
            ["a", "b", "c"],
            id="layout-table",
        ),
        pytest.param(
            "<p>a<svg><text>x</text></svg>b<template>t</template>", ["ab"], id="never-shown"
        ),
        pytest.param("<p>&nbsp;</p><p> </p><p>a", ["a"], id="empty-blocks"),
        pytest.param(
            "<article><header><h1>a</h1></header><p>b<footer>c</footer></article>",
            ["a", "b", "c"],
            id="own-header",
        ),
        pytest.param("<form><input><h1>a</h1><p>b</form>", ["a", "b"], id="page-in-a-form"),
        pytest.param("<h2>a<p>b<p>c", ["a", "b", "c"], id="unclosed-heading"),
    ],
)
def test_markup_is_understood_as_by_a_browser(page: str, expected: list[str]) -> None:
    """Broken, old and odd markup gives the text a browser shows, in its order."""
    assert texts(f"<body>{page}") == expected


def test_a_bold_sentence_is_no_heading() -> None:
    """Only a short line without a full stop, all of it bold, is taken for a heading."""
    page = "<p><b>Impact of care</b><p><b>It was good.</b><p><b>Note</b> this<p><b>" + "w " * 99

    kinds = [block.kind for block in read(f"<main><h1>t</h1>{page}").blocks]

    assert kinds == ["heading", "heading", "paragraph", "paragraph", "paragraph"]


def test_a_page_that_names_no_article_is_read_without_its_menus() -> None:
    """Lists of links go, whatever they are called; text with links in it stays."""
    page = """<body><div>Logo</div>
    <ul><li><a href=1>A</a><li><a href=2>B</a><li><a href=3>C</a></ul>
    <h1>Title</h1><p>See <a href=4>this</a>.<ul><li><a href=5>One</a> says<li>Two</ul>"""

    assert texts(page) == ["Logo", "Title", "See this.", "One says", "Two"]


def test_a_class_alone_does_not_lose_text() -> None:
    """A long part whose class says "related" is read; a short one of links is not."""
    long = f"<div class='related'><p>{'Care was good. ' * 500}</p></div>"
    short = "<div class='relatedContent'><p><a href=1>Other pages</a></p></div>"

    document = read(f"<main><h1>t</h1>{long}{short}</main>")

    assert len(document.blocks) == 2
    assert [omission.reason for omission in document.omissions] == ["related-links"]


def test_an_id_made_from_a_heading_does_not_lose_text() -> None:
    """Sections called after feedback, consent or related services are part of the report."""
    sections = "".join(
        f"<section id='{name}'><h2>Heading</h2><p>Care was good.</section>"
        for name in (
            "learning-from-feedback",
            "consent-to-care",
            "related-services",
            "menu-of-care",
        )
    )

    document = read(f"<main><h1>t</h1>{sections}</main>")

    assert document.text.count("Care was good.") == 4
    assert document.omissions == ()


def test_an_aside_of_text_is_read_and_one_of_links_is_not() -> None:
    """Facts in a box beside the text belong to the report."""
    page = """<main><h1>t</h1><aside><p>The budget was £5.</aside>
    <aside><a href=1>Other reports</a></aside></main><aside>Elsewhere</aside>"""

    document = read(page)

    assert document.text == "t\n\nThe budget was £5."
    assert [omission.reason for omission in document.omissions] == ["aside", "outside-article"]


@pytest.mark.parametrize(
    ("label", "is_heading"),
    [
        ("Close working with partners", True),
        ("Show all sections", False),
        ("Download the report (PDF)", False),
        ("+", False),
        ("Open", False),
        ("Safeguarding", True),
    ],
)
def test_a_button_that_opens_a_part_is_its_heading(label: str, is_heading: bool) -> None:  # noqa: FBT001
    """Unless its words say only what it does."""
    page = f"<main><h1>t</h1><button aria-expanded=false>{label}</button><div>Text.</div></main>"

    assert ("heading", 2, label) in outline(read(page)) or not is_heading
    assert (label in read(page).text) == is_heading


@pytest.mark.parametrize(
    ("attributes", "is_read"),
    [
        ("hidden", False),
        ("style='display: none'", False),
        ("class=sr-only", False),
        ("class='govuk-visually-hidden'", False),
        ("hidden=until-found", True),
        ("hidden role=tabpanel", True),
        ("hidden class='accordion__panel'", True),
        ("id=p hidden", True),
        ("aria-hidden=true", True),
    ],
)
def test_what_is_hidden_until_a_click_is_read(attributes: str, is_read: bool) -> None:  # noqa: FBT001
    """Folded parts belong to the report; what is never shown does not."""
    page = f"<main><h1>t</h1><a aria-controls=p>More</a><div {attributes}>folded</div></main>"

    assert ("folded" in read(page).text) == is_read


def test_headings_by_role_have_the_level_they_state() -> None:
    """A role makes a heading of any element."""
    page = "<div role=heading aria-level=3>One</div><span role=heading>Two</span><p>Text"

    assert outline(read(f"<main>{page}</main>")) == [
        ("heading", 3, "One"),
        ("heading", 4, "Two"),
        ("paragraph", None, "Text"),
    ]


def test_text_around_the_article_is_accounted_for() -> None:
    """Loose text and parts outside of the article are omissions with their path."""
    page = "<body><div>loose <main><h1>t</h1><p>Text</main> more<div>part</div></div>"

    omissions = [(o.reason, o.path, o.length) for o in read(page).omissions]

    assert omissions == [
        ("outside-article", "/html/body/div[1]", 5),
        ("outside-article", "/html/body/div[1]", 4),
        ("outside-article", "/html/body/div[1]/div[1]", 4),
    ]


def test_an_article_element_is_enough() -> None:
    """A page with one article has it read; with several, the whole page is."""
    one = "<body><div>loose</div><article><h1>t</h1><p>Text</article>"
    two = "<body><div>loose</div><article><h2>a</h2></article><article><h2>b</h2></article>"

    assert texts(one) == ["t", "Text"]
    assert texts(two) == ["loose", "a", "b"]


def test_cookie_notices_and_feedback_forms_are_left_out() -> None:
    """A class and what is in the element together say what it is."""
    page = """<main><h1>t</h1><p>Care was good.
    <div class="consentDialog"><p>We use cookies to count visits.</p><button>OK</button></div>
    <div class="page-feedback">Is this page useful? <button>Yes</button></div></main>"""

    document = read(page)

    assert document.text == "t\n\nCare was good."
    assert [omission.reason for omission in document.omissions] == ["cookie-notice", "form"]


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Report</title></head><body></body></html>",
        "<html><body><nav><a href=1>Home</a></nav><script>render()</script></body></html>",
        "<!doctype html><body><main><div id='app'></div></main>",
        "<html><frameset><frame src='a.html'></frameset></html>",
    ],
)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    """A page of scripts, menus or frames only gets one sentence with what to do."""
    with pytest.raises(ReadError, match=r"page\.html: this page has no article text; save"):
        read(page)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<div>" * 1_100, id="deep"),
        pytest.param("<div><table><tr><td></div>" * 300, id="deep-in-tables"),
        pytest.param("<svg><style>" + "<g>" * 1_100, id="deep-in-a-drawing"),
        pytest.param(f"<p {' '.join(f'a{n}=1' for n in range(1_100))}>x", id="attributes"),
        pytest.param("<select>" + "<option>x" * 5_100, id="options"),
        pytest.param(
            "<p>" + "".join(f"<b id={n}>" for n in range(3000)) + "</p>" + "<p>x" * 3000,
            id="never-closed",
        ),
    ],
)
def test_a_page_made_to_stall_the_parser_is_refused(page: str) -> None:
    """What would take quadratic time or memory is told before it is parsed."""
    with pytest.raises(ReadError, match="give the page as a browser saves it"):
        read(f"<html><body>{page}")


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "part",
    [
        "<tr><td>a<td>b",
        "<tbody><tr><td>a",
        "<ul><li>a</ul>",
        "<ul><li><div>a</ul>",
        "<li><p>a",
        "<dt>a<dd>b",
        "<p><b>a</b>",
        "<p><b>a",
        "<p>a<div></div>",
        "<a name=x>a",
        '<p title="<div>">a</p>',
        "<p title=it's>a</p>",
        "<!-- <div> -->a<br>",
        "<script>'<div>'</script>a<br>",
        "<select><option>x</select>a<br>",
    ],
)
def test_end_tags_that_may_be_left_out_make_no_page_deep(part: str) -> None:
    """Four thousand rows or items without end tags are a long page, and are read.

    That many elements within each other would be four times too deep.
    """
    page = f"<html><body><table>{part * 4_000}" if "<t" in part[:3] else f"<main>{part * 4_000}"

    assert read(page).text.count("a") == 4_000


def test_nested_elements_are_read() -> None:
    """Nesting is no recursion, and a path does not grow with it."""
    document = read("<html><body>" + "<div>text" * 900)

    assert len(document.blocks) == 900
    last = document.blocks[-1].origin
    assert last is not None
    assert last.path == "/descendant::div[900]"


@pytest.mark.parametrize("name", ["report.txt", "report", "report.html"])
def test_the_content_decides_before_the_name(name: str) -> None:
    """A page is read as one by any name, and text without tags is text by any name."""
    assert read("<!doctype html><p>a", name).media_type == "text/html"
    assert read("Score: 3, and 2 < 3", name).media_type == "text/plain"


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf8() -> None:
    """A page in ISO 8859-15 says so, and its euro sign is one."""
    page = "<html><head><meta charset=iso-8859-15></head><p>\N{EURO SIGN}5 café"

    document = document_from_bytes(page.encode("iso-8859-15"))

    assert document.text == "\N{EURO SIGN}5 café"
    assert document.encoding == "iso8859-15"


def test_utf16_pages_are_pages() -> None:
    """Windows saves pages in UTF-16, and those are recognised."""
    document = document_from_bytes(PAGE.encode("utf-16"), "page")

    assert document.text == read(PAGE).text
    assert document.encoding == "utf-16-le"


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
inline = st.recursive(
    words,
    lambda inner: st.tuples(st.sampled_from(["b", "i", "span", "a", "em"]), inner).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
    ),
    max_leaves=3,
)
paragraphs = st.lists(inline, min_size=1, max_size=5).map(" ".join)
blocks = st.recursive(
    paragraphs,
    lambda inner: st.tuples(
        st.sampled_from(["p", "div", "li", "ul", "h2", "td", "tr", "table", "section", "summary"]),
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.booleans(),
    ).map(lambda t: f"<{t[0]}>{t[1]}" + (f"</{t[0]}>" if t[2] else "")),
    max_leaves=12,
)


@given(blocks, st.booleans())
def test_every_visible_word_is_read_once_and_in_order(markup: str, is_main: bool) -> None:  # noqa: FBT001
    """The words of any page are those a parser of HTML sees, in its order."""
    page = f"<main>{markup}</main>" if is_main else f"<body><h1>t</h1>{markup}<p>end</p>"
    seen = LexborHTMLParser(page).body
    assert seen is not None

    document = read(f"<!doctype html>{page}")

    read_words = document.text + "".join(
        "x" * o.length for o in document.omissions if o.reason == "related-links"
    )
    assert len("".join(read_words.split())) == len("".join(seen.text().split()))
    if not document.omissions:
        assert "".join(document.text.split()) == "".join(seen.text().split())


@given(blocks)
def test_blocks_are_in_order_and_hold_all_text(markup: str) -> None:
    """Blocks do not overlap, and there is only white space outside of them."""
    document = read(f"<!doctype html><main><p>a</p>{markup}</main>")

    end = 0
    for block in document.blocks:
        assert not document.text[end : block.span.start].strip()
        text = document.quote(block.span).text
        assert text == text.strip() != ""
        end = block.span.end
    assert end == len(document.text)


@given(st.text())
def test_any_text_between_tags_is_read_or_refused(text: str) -> None:
    """There is a document or a ReadError for any page, and nothing else."""
    try:
        result = read(f"<html>{text}").text
    except ReadError as error:
        result = str(error)

    assert result.strip()


@pytest.mark.parametrize(
    ("page", "text", "omissions"),
    [
        pytest.param("<p>£3<sup>1</sup> million", "£3 million", [("note-mark", 1)], id="in-a-sum"),
        pytest.param("<p>beds<sup>[2]</sup> and", "beds and", [("note-mark", 3)], id="in-brackets"),
        pytest.param("<p>£4m<sup>2, 3</sup>", "£4m", [("note-mark", 4)], id="two"),
        pytest.param(
            "<p>beds<span style='vertical-align: super'>2</span>", "beds", [("note-mark", 1)],
            id="raised-by-style",
        ),
        pytest.param("<p>the 21<sup>st</sup> century", "the 21st century", [], id="ordinal"),
        pytest.param("<p>90 m<sup>2</sup> of it", "90 m2 of it", [], id="area"),
        pytest.param("<p>it spent <s>£2m</s> £3m", "it spent £3m", [("struck-out", 3)], id="s"),
        pytest.param("<p><del>old</del> new", "new", [("struck-out", 3)], id="del"),
        pytest.param(
            "<p><b style='text-decoration: red line-through'>old</b> new", "new",
            [("struck-out", 3)], id="struck-out-by-style",
        ),
        pytest.param("<p>Score: <img alt=3>", "Score: 3", [], id="picture-of-a-score"),
        pytest.param(
            f"<div><p>{'A long paragraph. ' * 9}</p><img alt='Score: 3'></div>",
            f"{('A long paragraph. ' * 9).strip()}\n\nScore: 3", [], id="picture-that-says-score",
        ),
        pytest.param(
            "<p>Overall <picture><source><img alt=Good></picture>", "Overall Good", [], id="picture"
        ),
        pytest.param(
            "<p>Rating <svg role=img><title>Good</title><text>x</text></svg>", "Rating Good",
            [("media", 1)], id="svg",
        ),
        pytest.param("<p>Rating <i role=img aria-label=Good></i>", "Rating Good", [], id="icon"),
        pytest.param(
            f"<p>{'A long paragraph. ' * 9}<img alt=Good>", "A long paragraph. " * 9,
            [("media", 4)], id="picture-in-prose",
        ),
        pytest.param("<p>a<img alt='' src=x><img aria-hidden=true alt=b>", "a", [], id="for-looks"),
    ],
)  # fmt: skip
def test_what_is_in_a_line_and_no_word_of_it(
    page: str, text: str, omissions: list[tuple[str, int]]
) -> None:
    """Marks of notes and struck-out words are left out and told; a picture may be a value."""
    document = read(f"<main><h1>Report</h1>{page}</main>")

    assert document.text == f"Report\n\n{text.strip()}"
    assert [(found.reason, found.length) for found in document.omissions] == omissions
