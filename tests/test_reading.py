"""Reading: bytes to documents, in any encoding, and one sentence for what is no report."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse import reading
from cqcparse.errors import ReadError
from cqcparse.reading import Reader, document_from_bytes, document_from_text, read_document

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
    assert document.diagnostics == ()


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
    assert "2 places" in document.diagnostics[0].message


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
