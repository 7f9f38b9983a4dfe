"""Blocks of plain text: lines however they end, and paragraphs where the text is wrapped."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse.model.document import Block, Document
from cqcparse.model.spans import Span
from cqcparse.structure.outline import document_blocks, text_blocks

SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))
ENDS = ["\n", "\r\n", "\r", "\x0c", "\x85", "\u2028", "\u2029"]


def texts(text: str, blocks: tuple[Block, ...]) -> list[str]:
    """Return the characters of each block."""
    return [text[block.span.start : block.span.end] for block in blocks]


@pytest.mark.parametrize("end", ENDS, ids=ascii)
def test_every_line_end_ends_a_block(end: str) -> None:
    """Unix, Windows and old Mac, form feeds and the line ends of Unicode."""
    text = f"Score: 3{end}{end} Next line {end}\xa0Last"

    assert texts(text, text_blocks(text)) == ["Score: 3", "Next line", "Last"]


@given(st.text())
def test_blocks_hold_every_character(text: str) -> None:
    """Blocks are in order, do not overlap, are trimmed, and leave only white space out."""
    position = 0
    for block in text_blocks(text):
        content = text[block.span.start : block.span.end]
        assert text[position : block.span.start].strip() == ""
        assert content == content.strip() != ""
        position = block.span.end
    assert text[position:].strip() == ""


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_wrapped_reports_are_joined_to_their_paragraphs(seed: Path, width: int) -> None:
    """A report wrapped at any common column has the paragraphs it had before."""
    paragraphs = [line for line in seed.read_text(encoding="utf-8").splitlines() if line.strip()]
    text = "\n\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in paragraphs)

    found = [" ".join(content.split()) for content in texts(text, text_blocks(text))]

    assert found == [" ".join(line.split()) for line in paragraphs]


@pytest.mark.parametrize("width", [64, 76, 92])
def test_wrapped_text_without_blank_lines_is_joined(width: int) -> None:
    """Where the next word had room on the line above, a paragraph begins."""
    sentence = "The team worked with several partners on the hospital discharge pathway in 2024. "
    paragraphs = [(sentence * count).strip() for count in (3, 4, 2)]
    text = "\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)

    assert len(text_blocks(text)) == 3


def test_wrapping_keeps_list_items_apart() -> None:
    """A line with a bullet begins a block, and the lines wrapped behind it belong to it."""
    text = (
        "There were several ways in which the local authority and its partners had begun to\n"
        "work together, and each of these was described to us by the people we met during\n"
        "our visit:\n"
        "- joint commissioning with the integrated care board, which had only just begun to\n"
        "  make a difference\n"
        "- a shared hub\n"
    )

    assert [content.split()[0] for content in texts(text, text_blocks(text))] == ["There", "-", "-"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Assessing needs\nScore: 2\nSafeguarding\nScore: 3", id="list-of-scores"),
        pytest.param("It included:\nhousing\nbenefits\ncare", id="list-of-words"),
        pytest.param("A short line that goes\non in the next", id="narrow"),
        pytest.param("word " * 60 + "\nthen more words " * 5, id="long-lines"),
    ],
)
def test_lines_that_are_not_wrapped_stay_lines(text: str) -> None:
    """Without a column that lines run up to, every line is a block."""
    assert len(text_blocks(text)) == len(text.strip().splitlines())


class TestDocumentBlocks:
    """The blocks of a document, whatever its reader gave."""

    def test_blocks_of_the_reader_are_kept(self) -> None:
        """A reader that knows its format has the last word."""
        blocks = (
            Block(span=Span(0, 5), kind="heading", level=2),
            Block(span=Span(6, 12), kind="list-item"),
        )

        assert document_blocks(Document(text="Title\nan item", blocks=blocks))[:1] == blocks[:1]

    def test_a_document_without_blocks_is_cut_into_lines(self) -> None:
        """Plain text needs no reader to have blocks."""
        assert document_blocks(Document(text="one\ntwo")) == text_blocks("one\ntwo")

    def test_text_between_the_blocks_is_not_lost(self) -> None:
        """What a reader left out, overlapped or put in disorder is made good."""
        text = "lead one two and then the rest"
        spans = (Span(7, 13), Span(4, 9), Span(22, 99), Span(12, 13), Span(3, 3))
        blocks = tuple(Block(span=span, kind="paragraph") for span in spans)

        found = document_blocks(Document(text=text, blocks=blocks))

        assert texts(text, found) == ["lead", "one", "two", "and then", "the rest"]

    @given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
    def test_any_blocks_are_completed(self, text: str, ranges: list[tuple[int, int]]) -> None:
        """Whatever a reader says, blocks are in order and leave only white space out."""
        blocks = tuple(Block(span=Span(min(pair), max(pair))) for pair in ranges)

        position = 0
        for block in document_blocks(Document(text=text, blocks=blocks)):
            assert text[position : block.span.start].strip() == ""
            position = block.span.end
        assert text[position:].strip() == ""


@pytest.mark.parametrize(
    "piece",
    ["\n", "word ", "x", "A line\n", "x" * 70 + " and\ngoes ", "- item\n", " \t\n"],
    ids=["ends", "words", "one-word", "lines", "wrapped", "items", "blank"],
)
def test_work_grows_with_the_length(
    piece: str, growth: Callable[[Callable[[str], object], Callable[[int], str]], float]
) -> None:
    """Lines, one endless line, and wrapped text are read once."""
    assert growth(text_blocks, lambda size: piece * size) < 10
