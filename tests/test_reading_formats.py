"""Word, saved pages and Markdown: the same report by other ways, and what only looks like one."""

from __future__ import annotations

import html
import importlib.util
import io
import zipfile
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse.errors import ReadError
from cqcparse.model.document import Document
from cqcparse.reading import document_from_bytes

SEEDS = sorted(Path(__file__).parents[1].joinpath("seeds").glob("*.txt"))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
    "</w:style>"
    for name in ("Title", "heading 1", "heading 2")
)
TITLE = "Lincolnshire: local authority assessment"
CORE = (
    '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>A report</d:title>'
    "</c:coreProperties>"
)
BODY = """
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Brackenshire assessment</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="heading1"/></w:pPr><w:r><w:t>Safeguarding</w:t></w:r></w:p>
<w:p><w:r><w:t>Score: 3 &amp; </w:t></w:r><w:r><w:t>rising</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Making safeguarding personal</w:t></w:r></w:p>
<w:p><w:r><w:t>Staff knew their role.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Theme</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
"""


def zipped(parts: dict[str, str]) -> bytes:
    """Return a ZIP archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(body: str = BODY, **more: str) -> bytes:
    """Return a Word file with this body."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'content-types"><Override PartName="/word/document.xml" ContentType="{main}"/>'
            "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship '
            f'Id="s" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>",
            "word/header1.xml": f"<w:hdr {W}><w:p><w:r><w:t>Draft 2</w:t></w:r></w:p></w:hdr>",
            "docProps/core.xml": CORE,
            **more,
        }
    )


def outline(document: Document) -> list[tuple[str, int | None, str]]:
    """Return kind, level and text of each block."""
    return [(block.kind, block.level, document.quote(block.span).text) for block in document.blocks]


def test_a_word_file_is_read_by_its_structure() -> None:
    """Styles make headings, bold lines too, and a row of a table is a block."""
    document = document_from_bytes(word(), "report.docx")

    assert outline(document) == [
        ("furniture", None, "Draft 2"),
        ("heading", 1, "Brackenshire assessment"),
        ("heading", 1, "Safeguarding"),
        ("paragraph", None, "Score: 3 & rising"),
        ("heading", 2, "Making safeguarding personal"),
        ("paragraph", None, "Staff knew their role."),
        ("table-row", None, "Theme\t3"),
    ]
    assert document.title == "A report"
    assert document.omissions == ()
    assert document.media_type.endswith("wordprocessingml.document")


#: The namespace of formulas.
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph of a Word file."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run of a Word file."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text", "omissions"),
    [
        pytest.param(
            paragraph(
                run("It spent ")
                + f'<w:fldSimple w:instr="A"><w:fldSimple w:instr="B">{run("£7m")}</w:fldSimple>'
                + "</w:fldSimple>"
            ),
            "It spent £7m",
            [],
            id="fields",
        ),
        pytest.param(
            paragraph(run("a ") + run("old", "<w:vanish/>") + run("b", '<w:vanish w:val="0"/>')),
            "a b",
            [("hidden", 3)],
            id="hidden",
        ),
        pytest.param(
            paragraph(run("a ") + run("old", '<w:rStyle w:val="Secret"/>') + run("b")),
            "a b",
            [("hidden", 3)],
            id="hidden-by-style",
        ),
        pytest.param(
            paragraph(run("a ") + run("old", "<w:strike/>") + run("older", "<w:dstrike/>")),
            "a",
            [("struck-out", 8)],
            id="struck-out",
        ),
        pytest.param(
            paragraph(run("a ") + run("old", '<w:rStyle w:val="Struck"/>')),
            "a",
            [("struck-out", 3)],
            id="struck-out-by-style",
        ),
        pytest.param(
            paragraph(run("a") + f"<w:ins>{run(' b')}</w:ins><w:del><w:r><w:delText>old</w:delText>"
            f"</w:r></w:del><w:moveFrom>{run('gone')}</w:moveFrom>"),
            "a b",
            [("deletion", 7)],
            id="tracked",
        ),
        pytest.param(
            paragraph("<w:r><w:t>Age UK</w:t><w:tab/><w:t>Police</w:t></w:r>"),
            "Age UK\tPolice",
            [],
            id="tab",
        ),
        pytest.param(
            paragraph(run("£3") + run("1", '<w:vertAlign w:val="superscript"/>') + run(" million")),
            "£3 million",
            [("note-mark", 1)],
            id="raised",
        ),
        pytest.param(
            paragraph(run("£3") + run("1", '<w:rStyle w:val="Mark"/>') + run(" million")),
            "£3 million",
            [("note-mark", 1)],
            id="raised-by-style",
        ),
        pytest.param(
            paragraph(run("£3") + run("1", '<w:position w:val="6"/>') + run(" million")),
            "£3 million",
            [("note-mark", 1)],
            id="raised-by-position",
        ),
        pytest.param(
            paragraph(run("It is ") + f"<m:oMath {M}><m:r><m:t>x=3</m:t></m:r></m:oMath>" + run("4")),
            "It is 4",
            [("formula", 3)],
            id="formula",
        ),
    ],
)  # fmt: skip
def test_words_of_a_word_file_that_are_not_current(
    body: str, text: str, omissions: list[tuple[str, int]]
) -> None:
    """Fields are words; hidden, struck-out and deleted words are left out, and that is told."""
    styles = (
        f"<w:styles {W}>{STYLES}"
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Secret"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="character" w:styleId="Mark"><w:rPr><w:vertAlign w:val="superscript"/>'
        "</w:rPr></w:style>"
        '<w:style w:type="character" w:styleId="Struck"><w:rPr><w:strike/></w:rPr></w:style>'
        "</w:styles>"
    )
    parts = {"word/styles.xml": styles, "word/header1.xml": f"<w:hdr {W}/>"}
    document = document_from_bytes(word(body, **parts))

    assert document.text == text
    assert [(found.reason, found.length) for found in document.omissions] == omissions


@pytest.mark.parametrize(
    ("style", "properties", "level"),
    [
        pytest.param('<w:name w:val="Own"/>', '<w:outlineLvl w:val="1"/>', 2, id="of-paragraph"),
        pytest.param(
            '<w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>', "", 3, id="of-style"
        ),
        pytest.param('<w:name w:val="Own"/><w:basedOn w:val="heading1"/>', "", 1, id="based-on"),
        pytest.param('<w:name w:val="Überschrift 2"/>', "", 2, id="german"),
        pytest.param('<w:name w:val="Own"/>', '<w:outlineLvl w:val="9"/>', None, id="body-text"),
        pytest.param('<w:name w:val="Own"/><w:basedOn w:val="Own"/>', "", None, id="on-itself"),
    ],
)
def test_a_heading_of_a_word_file_by_its_level(
    style: str, properties: str, level: int | None
) -> None:
    """A level of outline makes a heading, whatever the style is called."""
    base = (
        '<w:style w:type="paragraph" w:styleId="heading1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    own = f'<w:style w:type="paragraph" w:styleId="Own">{style}</w:style>'
    body = paragraph(run("Money."), f'<w:pStyle w:val="Own"/>{properties}') + paragraph(run("a"))
    parts = {"word/styles.xml": f"<w:styles {W}>{base}{own}</w:styles>"}
    document = document_from_bytes(word(body, **parts))

    kind = "paragraph" if level is None else "heading"
    assert outline(document)[1:] == [(kind, level, "Money."), ("paragraph", None, "a")]


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(
            {"word/header1.xml": f"<w:hdr {W}>{paragraph(run(TITLE))}</w:hdr>"}, id="header"
        ),
        pytest.param({"docProps/core.xml": CORE.replace("A report", TITLE)}, id="title"),
    ],
)
def test_the_title_of_a_word_file_names_the_authority(parts: dict[str, str]) -> None:
    """It may stand in the running header, or only among the properties of the file."""
    body = paragraph(run("Safeguarding")) + paragraph(run("Score: 3"))
    assessment = cqcparse.read(io.BytesIO(word(body, **parts)))

    assert assessment.authority is not None
    assert (assessment.authority.ons_code, assessment.authority.basis) == ("E10000019", "title")
    assert [statement.id for statement in assessment.statements] == ["safeguarding"]


@pytest.mark.parametrize(
    "fallback",
    [
        pytest.param("", id="none"),
        pytest.param("<mc:Fallback><w:drawing/></mc:Fallback>", id="picture"),
        pytest.param(
            "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></mc:Fallback>",
            id="same",
        ),
    ],
)
def test_a_text_box_is_read_once(fallback: str) -> None:
    """It may stand in what newer programs read, in what older ones do, or in both."""
    box = f"<w:txbxContent>{paragraph(run('In a box'))}</w:txbxContent>"
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p {compatible}><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice><w:drawing><g>{box}</g></w:drawing></mc:Choice>{fallback}"
        "</mc:AlternateContent></w:r></w:p>"
    )
    parts = {"word/header1.xml": f"<w:hdr {W}/>"}

    assert document_from_bytes(word(body, **parts)).text == "Before\n\nIn a box"


def test_a_note_is_read_without_the_way_back() -> None:
    """The text of a note is read, and nothing that only the program makes of it."""
    reference = paragraph(run("It cost £6m") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    note = f'<w:footnote w:id="2">{paragraph(run("Of 2023."))}</w:footnote>'
    part = f"<w:footnotes {W}>{note}</w:footnotes>"

    parts = {"word/footnotes.xml": part, "word/header1.xml": f"<w:hdr {W}/>"}
    document = document_from_bytes(word(reference, **parts))

    assert document.text == "It cost £6m\n\nOf 2023."


def test_comments_and_the_main_part_of_a_word_file() -> None:
    """Relationships say which part has the text, as of Word for the web; comments are told."""
    note = f'<w:comments {W}><w:comment w:id="0">{paragraph(run("Check this"))}</w:comment></w:comments>'
    data = word(paragraph(run("Ashmere")), **{"word/comments.xml": note})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {
            name.replace("document.xml", "document2.xml"): archive.read(name)
            .decode()
            .replace("document.xml", "document2.xml")
            for name in archive.namelist()
        }
    document = document_from_bytes(zipped(parts))

    assert document.text == "Draft 2\n\nAshmere"
    assert [(o.reason, o.path, o.length) for o in document.omissions] == [
        ("comment", "word/comments.xml", 10)
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(zipped({"a.txt": "a"}), "a ZIP archive, not a report", id="zip"),
        pytest.param(zipped({"xl/workbook.xml": "a"}), "an Excel workbook", id="excel"),
        pytest.param(zipped({"content.xml": "a"}), "an OpenDocument file", id="odt"),
        pytest.param(word()[:700], "damaged", id="cut"),
        pytest.param(word("<w:p>"), "damaged", id="broken-xml"),
        pytest.param(word("<w:p></w:p>"), "has no text", id="empty"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office file", id="doc"
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
            id="encrypted",
        ),
    ],
)
def test_what_is_no_word_file_is_said(data: bytes, problem: str) -> None:
    """The content decides, whatever the name says."""
    with pytest.raises(ReadError, match=problem) as error:
        document_from_bytes(data, "page.html")

    assert str(error.value).startswith("page.html: this ")


def test_a_word_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sizes of the parts are looked at before anything is unpacked."""
    monkeypatch.setattr("cqcparse.reading.docx._MAX_UNPACKED", 10_000_000)

    with pytest.raises(ReadError, match="more than 10 MB"):
        document_from_bytes(word(bomb=" " * 20_000_000))


def test_a_word_file_with_too_much_text_is_refused() -> None:
    """A small archive may hold one paragraph of sixty million letters, and it is not unpacked."""
    with pytest.raises(ReadError, match="more than 20 MB of text and markup in it"):
        document_from_bytes(word(f"<w:p><w:r><w:t>{'a' * 60_000_000}</w:t></w:r></w:p>"))


def test_an_encrypted_archive_is_refused() -> None:
    """A Word file zipped with a password says so in its directory."""
    data = bytearray(word())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4

    with pytest.raises(ReadError, match="encrypted"):
        document_from_bytes(bytes(data))


def test_external_entities_are_not_read() -> None:
    """A part that asks for a local file gets nothing from it."""
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    body = "<w:body><w:p><w:r><w:t>a&e;b</w:t></w:r></w:p></w:body>"
    content = f"{entity}<w:document {W}>{body}</w:document>"

    try:
        text = document_from_bytes(word(**{"word/document.xml": content})).text
    except ReadError as error:
        text = str(error)

    assert "root:" not in text


def saved_page(page: str, encoding: str = "utf-8") -> bytes:
    """Return a page as browsers save it with its pictures."""
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = "https://www.example.org/reports/brackenshire"
    part = MIMEText(page, "html", encoding)
    part["Content-Location"] = "https://www.example.org/reports/brackenshire"
    message.attach(part)
    message.attach(MIMEText("<p>A frame", "html"))
    picture = EmailMessage()
    picture.set_content(b"\x89PNG", "image", "png")
    message.attach(picture)
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "iso-8859-15"])
def test_a_saved_page_is_read_like_the_page(encoding: str) -> None:
    """The first page in it is the report, in its own encoding; its address is kept."""
    page = "<main><h1>Brackenshire</h1><p>A café for £5</main>"

    document = document_from_bytes(saved_page(page, encoding), "report.mhtml")

    assert outline(document) == [
        ("heading", 1, "Brackenshire"),
        ("paragraph", None, "A café for £5"),
    ]
    assert document.address == "https://www.example.org/reports/brackenshire"
    assert document.media_type == "multipart/related"


NO_PAGE = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n"


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"--b0\nContent-Type: text/plain\n\nhello\n--b0--\n", id="text"),
        pytest.param(
            b"".join(
                b"--b%d\nContent-Type: multipart/related; boundary=b%d\n\n" % (n, n + 1)
                for n in range(3000)
            ),
            id="nested",
        ),
    ],
)
def test_a_saved_page_without_a_page_is_refused(parts: bytes) -> None:
    """A message of other things, or nothing, gets one sentence."""
    with pytest.raises(ReadError, match="no page in it"):
        document_from_bytes(NO_PAGE + parts)


FILES = {
    "word": word(),
    "saved": saved_page("<main><h1>Brackenshire</h1><p>A café</main>"),
    "page": b"<!doctype html><main><h1>t</h1><table><tr><td>a<td>b</table><p>c<br>d</main>",
}


@pytest.mark.parametrize("kind", FILES)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    """Bytes cut out, changed or put in anywhere give a document or a ReadError, nothing else."""
    content = bytearray(FILES[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 60))
        content[start : start + length] = data.draw(st.binary(max_size=8))

    try:
        text = document_from_bytes(bytes(content)).text
    except ReadError as error:
        text = str(error)

    assert text.strip()


MARKDOWN = """---
title: A report
---
# Brackenshire

Score: 3
: not a list

## Key *findings*

- one
- two

| Theme | Score |
|---|---|
| Equity | 2 |

<details><summary>Impact</summary>Good &amp; lasting.</details>
"""


def test_markdown_is_read_by_its_structure() -> None:
    """Headings, lists, tables and HTML in it become blocks; front matter does not."""
    document = document_from_bytes(MARKDOWN.encode(), "report.md")

    assert outline(document) == [
        ("heading", 1, "Brackenshire"),
        ("paragraph", None, "Score: 3 : not a list"),
        ("heading", 2, "Key findings"),
        ("list-item", None, "one"),
        ("list-item", None, "two"),
        ("table-row", None, "Theme\tScore"),
        ("table-row", None, "Equity\t2"),
        ("heading", 3, "Impact"),
        ("paragraph", None, "Good & lasting."),
    ]
    assert [omission.reason for omission in document.omissions] == ["front-matter"]
    assert document.media_type == "text/markdown"


def test_markdown_without_text_is_refused() -> None:
    """A link without words is nothing to read."""
    with pytest.raises(ReadError, match="this Markdown file has no text"):
        document_from_bytes(b"[](x)", "a.md")


@pytest.mark.parametrize(
    ("data", "name", "extra"),
    [(word(), "a.docx", "docx"), (b"# Score", "a.md", "markdown")],
)
def test_a_missing_extra_is_said(
    data: bytes, name: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the library of a format the sentence says what to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(ReadError, match=rf"pip install 'cqcparse\[{extra}\]'"):
        document_from_bytes(data, name)


def as_page(text: str) -> str:
    """Return a report as a web page, each line a paragraph."""
    lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines() if line.strip())
    return f"<!doctype html><title>t</title><nav>Home</nav><main>{lines}</main><footer>f</footer>"


def as_word(text: str) -> bytes:
    """Return a report as a Word file, each line a paragraph."""
    lines = (html.escape(line, quote=False) for line in text.splitlines() if line.strip())
    return word("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_format_says_the_same(path: Path) -> None:
    """A report has the same statements and mentions as a page, a saved page and a Word file."""
    text = path.read_text(encoding="utf-8")
    forms = [as_page(text).encode(), saved_page(as_page(text)), as_word(text)]

    expected = cqcparse.parse(text)
    for data in forms:
        found = cqcparse.read(io.BytesIO(data))
        assert [(m.kind, m.text) for m in found.mentions] == [
            (m.kind, m.text) for m in expected.mentions
        ]
        assert [(s.id, s.score and s.score.value) for s in found.statements] == [
            (s.id, s.score and s.score.value) for s in expected.statements
        ]


def test_the_address_of_a_saved_page_says_whose_it_is() -> None:
    """A page whose text names nobody is known by where it was saved from."""
    page = (
        "<!-- saved from url=(0080)https://www.cqc.org.uk/care-services/local-authority-assessment-"
        "reports/ealing-0125-theme2-partnerships -->\n<html><main><h1>Partnerships and "
        "communities</h1><p>Score: 3</p></main>"
    )

    authority = cqcparse.read(io.BytesIO(page.encode())).authority

    assert authority is not None
    assert (authority.short_name, authority.basis) == ("Ealing", "url")


def mail(*parts: EmailMessage | MIMEText, subject: str = "Report") -> bytes:
    """Return a mail with these parts."""
    message = MIMEMultipart("mixed")
    message["From"], message["Subject"] = "a@example.org", subject
    for part in parts:
        message.attach(part)
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_a_mail_with_a_plain_part_is_read(encoding: str) -> None:
    """Its parts are decoded, whatever the transfer; its subject is its title."""
    file = MIMEText("x", "csv")
    file.add_header("Content-Disposition", "attachment", filename="sums.csv")
    texts = [f"{TITLE}\n\nSafeguarding\n\nScore: 3\n\nIt cost £2m.", "A\tB"]
    document = document_from_bytes(
        mail(*(MIMEText(text, "plain", encoding) for text in texts), file, subject="On scores")
    )

    assert document.text == "\n\n".join(texts)
    assert (document.title, document.media_type) == ("On scores", "message/rfc822")
    assert [(omission.reason, omission.path) for omission in document.omissions] == [
        ("attachment", "sums.csv")
    ]
    assert len(document.tables) == 1


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b'{"title": "A"}', "this is JSON", id="json"),
        pytest.param(b'[\n {"title": "A"}]', "this is JSON", id="list"),
        pytest.param(b'{"a": 1}\n{"a": 2}\n', "this is JSON", id="json-lines"),
        pytest.param(rb'["Leeds\n\nScore: 3", "It gave \u00a32m"]', "this is JSON", id="strings"),
        pytest.param(rb'"Leeds\n\nScore: 3"', "this is JSON", id="string"),
        pytest.param(b'{"schema_version":1}', "a saved assessment or report", id="saved"),
        pytest.param(b"WARC/1.0\r\nWARC-Type: warcinfo", "archive of web pages", id="warc"),
        pytest.param(b"bplist00\xd1", "web archive of Safari", id="webarchive"),
        pytest.param(b"a" * 257 + b"ustar\0", "a tar archive", id="tar"),
        pytest.param(b"SQLite format 3\0", "a SQLite database", id="sqlite"),
        pytest.param(mail(MIMEText("", "plain")), "this mail has no text", id="empty-mail"),
    ],
)
def test_what_people_take_for_a_report_is_named(data: bytes, problem: str) -> None:
    """The beginning of a file says what it is, whatever its name says."""
    with pytest.raises(ReadError, match=problem):
        document_from_bytes(data, "report.txt")


@pytest.mark.parametrize("text", ["[1] A note.", "{draft} Ashmere", '"Quoted": it said.', "[]"])
def test_text_that_begins_like_json_is_text(text: str) -> None:
    """A bracket opens a note as well."""
    assert document_from_bytes(text.encode(), "report.json").text == text


@pytest.mark.parametrize(
    ("text", "read", "omissions"),
    [
        pytest.param("It spent ~~£2m~~ £3m.", "It spent £3m.", [("struck-out", 3)], id="struck"),
        pytest.param(
            "It cost £3[^1] million.", "It cost £3 million.", [("note-mark", 3)], id="note"
        ),
        pytest.param("Age UK\tPolice", "Age UK\tPolice", [], id="tab"),
        pytest.param("```\na\tb\n```", "a\tb", [], id="tab-in-code"),
        pytest.param("1.\tOne\n2.\tTwo", "One\n\nTwo", [], id="list"),
    ],
)
def test_what_is_within_lines_of_markdown(
    text: str, read: str, omissions: list[tuple[str, int]]
) -> None:
    """Struck-out words and marks of notes are left out, and a tab ends a cell."""
    document = document_from_bytes(text.encode(), "a.md")

    assert document.text == read
    assert [(found.reason, found.length) for found in document.omissions] == omissions
