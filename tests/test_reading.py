"""Reading: bytes to documents, in any encoding, and one sentence for what is no report."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse import reading
from cqcparse.errors import ReadError
from cqcparse.reading import Reader, document_from_bytes, document_from_text, read_document

CASES = Path(__file__).with_name("cases") / "reading"
REPORT = (
    "Brackenshire: local authority assessment\n\nScore: 3\n\n3 – Evidence shows “a good standard”\n"
)


def problem(data: bytes, name: str = "page.txt") -> str:
    """Return the sentence for bytes that cannot be read."""
    with pytest.raises(ReadError) as error:
        document_from_bytes(data, name)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param(REPORT.encode(), "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + REPORT.encode(), "utf-8", id="utf-8-mark"),
        pytest.param(
            codecs.BOM_UTF16_LE + REPORT.encode("utf-16-le"), "utf-16-le", id="utf-16-le-mark"
        ),
        pytest.param(
            codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be"), "utf-16-be", id="utf-16-be-mark"
        ),
        pytest.param(
            codecs.BOM_UTF32_LE + REPORT.encode("utf-32-le"), "utf-32-le", id="utf-32-le-mark"
        ),
        pytest.param(REPORT.encode("utf-16-le"), "utf-16-le", id="utf-16-le"),
        pytest.param(REPORT.encode("utf-16-be"), "utf-16-be", id="utf-16-be"),
        pytest.param(REPORT.encode("cp1252"), "windows-1252", id="windows-1252"),
    ],
)
def test_text_and_encoding_are_recognised(data: bytes, encoding: str) -> None:
    """The same text comes out of every encoding, and the document says which it was."""
    document = document_from_bytes(data, "report.txt")

    assert (document.text, document.encoding) == (REPORT, encoding)
    assert [said.code for said in document.diagnostics] == (
        ["encoding-assumed"] if encoding == "windows-1252" else []
    )


@given(st.text().filter(lambda text: not text.isspace()))
def test_a_string_is_never_rewritten(text: str) -> None:
    """What a string says, its document says, to the last code point."""
    assert document_from_text(text).text == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf8_is_decoded_and_not_rewritten(text: str) -> None:
    """Line ends, spaces and combining characters come out of a file as they went in."""
    text = f"Score: 3\r\n{text}\r\n"

    assert document_from_bytes(text.encode()).text == text


def test_bytes_that_do_not_decode_are_replaced_and_said() -> None:
    """A broken character in UTF-8 text becomes U+FFFD, and a diagnostic points at the first."""
    data = "“Good” – people’s care".encode().replace("–".encode(), b"\xe2\x80")

    document = document_from_bytes(data)

    assert document.text == "“Good” \N{REPLACEMENT CHARACTER} people’s care"
    (diagnostic,) = document.diagnostics
    assert diagnostic.code == "text-replaced"
    assert diagnostic.span is not None
    assert document.quote(diagnostic.span).text == "\N{REPLACEMENT CHARACTER}"


def test_undefined_bytes_of_windows_1252_are_replaced_and_said() -> None:
    """The five holes of Windows-1252 are counted too."""
    document = document_from_bytes(b"it\x92s a \x81 good \x8d standard")

    assert document.text == "it’s a \ufffd good \ufffd standard"
    assert document.encoding == "windows-1252"
    assumed, replaced = document.diagnostics
    assert (assumed.code, replaced.code) == ("encoding-assumed", "text-replaced")
    assert assumed.span is not None
    assert document.quote(assumed.span).text == "’"
    assert "2 places" in replaced.message


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30),
    st.lists(
        st.sampled_from([b"\x92", b"\x80", b"\xa3", b"\xc2", b"\xe2\x80", b"\xff"]), min_size=1
    ),
)
def test_whole_characters_show_that_it_was_utf_8(text: str, strays: list[bytes]) -> None:
    """However many bytes are damaged, what is whole is read as it was written, and that is said."""
    data = f"It cost £4.5m. {text} ".encode() + b" ".join(strays)

    document = document_from_bytes(data)

    assert document.encoding == "utf-8"
    assert document.text.startswith(f"It cost £4.5m. {text} ")
    assert [said.code for said in document.diagnostics] == ["text-replaced"]


@pytest.mark.parametrize(
    ("data", "encoding", "text", "severity"),
    [
        pytest.param(
            "A CAFÉ’S “tea”".encode("cp1252"),
            "windows-1252",
            "A CAFÉ’S “tea”",
            "warning",
            id="looks-like-one-character-of-utf-8",
        ),
        pytest.param(
            '<meta charset="iso-8859-1"><p>“tea”'.encode("cp1252"),
            "windows-1252",
            "“tea”",
            "info",
            id="declared-latin-1",
        ),
        pytest.param(
            '<meta charset="windows-1251"><p>Ёлка'.encode("cp1251"),
            "cp1251",
            "Ёлка",
            "info",
            id="declared-cyrillic",
        ),
        pytest.param(
            '<meta charset="utf-8"><p>“tea”'.encode("cp1252"),
            "windows-1252",
            "“tea”",
            "warning",
            id="declared-wrongly",
        ),
        pytest.param(
            '<meta charset="punycode"><p>“tea”'.encode("cp1252"),
            "windows-1252",
            "“tea”",
            "warning",
            id="declared-what-is-no-encoding-of-pages",
        ),
    ],
)
def test_giving_up_utf_8_is_said(data: bytes, encoding: str, text: str, severity: str) -> None:
    """Where no character is whole in UTF-8 the declared encoding or Windows-1252 is read."""
    document = document_from_bytes(data)

    assert (document.encoding, document.text) == (encoding, text)
    (assumed,) = document.diagnostics
    assert (assumed.code, assumed.severity) == ("encoding-assumed", severity)


def test_a_nul_is_a_character_like_others() -> None:
    """One control character does not make a text a binary file, and stays where it is."""
    document = document_from_bytes((CASES / "one_nul.txt").read_bytes())

    assert document.text.count("\0") == 1
    assert "Score: 3" in document.text


def test_a_stray_byte_does_not_change_the_others() -> None:
    """A found case: one byte of Windows-1252 in UTF-8 text."""
    document = document_from_bytes((CASES / "utf8_one_stray_byte.txt").read_bytes())

    assert "£4.5m" in document.text
    assert [said.code for said in document.diagnostics] == ["text-replaced"]


@given(
    st.lists(
        st.sampled_from([b"caf\xe9 ", b"\xc2\xa3", b"<p>", b"a b ", b"\x81", b"\n\n", b"<nav>"])
    ),
    st.sampled_from(["a.txt", "a.html", "a.md", "a.mhtml"]),
)
def test_spans_of_what_is_said_are_places_of_the_text(parts: list[bytes], name: str) -> None:
    """A diagnostic points at the right character of what was read, or nowhere."""
    data = b"".join(parts)
    if name == "a.mhtml":
        data = b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + data
    try:
        document = document_from_bytes(data, name)
    except ReadError:
        return

    for said in document.diagnostics:
        if said.code == "text-replaced" and said.span is not None:
            assert document.quote(said.span).text == "\ufffd"
        elif said.span is not None:
            assert not document.quote(said.span).text.isascii()


def test_a_span_in_the_markup_is_no_place_of_the_text() -> None:
    """A found case: a byte that was lost behind a long attribute."""
    document = document_from_bytes((CASES / "replaced_span_outside.html").read_bytes())

    (said,) = document.diagnostics
    assert (said.code, said.span) == ("text-replaced", None)


@pytest.mark.parametrize("tag", [b"", b"<p>"])
def test_any_number_of_comments_may_come_first(
    tag: bytes, within: Callable[[float], AbstractContextManager[None]]
) -> None:
    """A page is told by its first tag, and comments without one are text, in linear time."""
    data = (CASES / "comments_hang.txt").read_bytes().replace(b"Score", tag + b"Score")

    with within(5):
        document = document_from_bytes(data, "page.txt")

    assert document.media_type == ("text/html" if tag else "text/plain")


def test_replacement_characters_of_the_source_are_no_news() -> None:
    """U+FFFD that somebody else wrote into the file is not reported as lost here."""
    document = document_from_bytes("lost\ufffd before".encode())

    assert document.diagnostics == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b" \r\n\t ", "the file is empty", id="white-space"),
        pytest.param(codecs.BOM_UTF8, "the file is empty", id="only-a-mark"),
        pytest.param(b"\xa0", "the file is empty", id="only-a-hard-space"),
        pytest.param("\u2003\n".encode(), "the file is empty", id="only-a-wide-space"),
        pytest.param(codecs.BOM_UTF16_LE, "the file is empty", id="only-a-utf-16-mark"),
        pytest.param(b"Score: 3\0\0\0\0 good", "this is a binary file", id="nul"),
        pytest.param(bytes(range(1, 256)) * 9, "this is a binary file", id="controls"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is a PNG image", id="png"),
        pytest.param(b"{\\rtf1\\ansi Score: 3}", "rich text", id="rtf"),
        pytest.param(b"\x1f\x8b\x08\0\0\0\0\0", "gzip archive", id="gzip"),
    ],
)
def test_what_is_no_text_gets_one_sentence(data: bytes, expected: str) -> None:
    """Name, problem and remedy stand in one line."""
    sentence = problem(data, "some/page.txt")

    assert sentence.startswith("some/page.txt: ")
    assert expected in sentence
    assert "; " in sentence


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """There is a document or a ReadError for any bytes, and nothing else."""
    try:
        text = document_from_bytes(data).text
    except ReadError as error:
        text = str(error)

    assert text.strip()


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    """A path that leads nowhere, or to a folder, is a ReadError with that path."""
    with pytest.raises(ReadError, match="there is no such file; check the path"):
        read_document(tmp_path / "absent.txt")
    with pytest.raises(ReadError, match="this is a folder"):
        read_document(tmp_path)
    with pytest.raises(ReadError, match="cannot be opened"):
        read_document("a\0b")


def test_source_is_the_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths, names and open files all end up in source, unchanged."""
    (tmp_path / "page.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert read_document("page.txt").source == "page.txt"
    assert read_document(tmp_path / "page.txt").source == str(tmp_path / "page.txt")
    with Path("page.txt").open("rb") as file:
        assert read_document(file).source == "page.txt"
    assert read_document(io.BytesIO(REPORT.encode())).source is None


def test_a_file_in_text_mode_is_a_mistake_of_the_caller() -> None:
    """Handing over decoded text as a file is said to be wrong use."""
    with pytest.raises(TypeError, match="binary mode"):
        read_document(io.StringIO("text"))  # type: ignore[arg-type]


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is not read to its end."""
    monkeypatch.setattr(reading, "MAX_BYTES", 10)

    with pytest.raises(ReadError, match="larger than"):
        read_document(io.BytesIO(b"x" * 11))
    with pytest.raises(ReadError, match="larger than"):
        document_from_bytes(b"x" * 11)


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit holds for the text that comes out, whatever the format."""
    monkeypatch.setattr(reading, "MAX_CHARACTERS", 10)

    assert document_from_bytes("£".encode() * 10).text == "£" * 10
    for data in (b"x" * 11, b"<html><body><p>some more words"):
        with pytest.raises(ReadError, match="more than 10 characters of text; give single"):
            document_from_bytes(data)


def test_a_long_line_is_one_line() -> None:
    """Five million characters without a line end come out whole."""
    text = "Good care. " * 500_000

    assert document_from_bytes(text.encode()).text == text


def test_a_reader_of_a_plugin_comes_first() -> None:
    """A reader that accepts the bytes is asked before the built-in ones."""
    shout = Reader(
        name="shout",
        accepts=lambda data, suffix: suffix == ".shout" and data.startswith(b"!"),
        read=lambda data, source: document_from_text(data.decode()[1:].upper(), source),
    )

    assert document_from_bytes(b"!good", "a.shout", readers=[shout]).text == "GOOD"
    assert document_from_bytes(b"good", "a.shout", readers=[shout]).text == "good"
