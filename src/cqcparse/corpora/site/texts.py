"""The text of a report as pages of the site: every sentence has an address."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from html import escape

import attrs

from cqcparse.framework import Framework
from cqcparse.model.assessment import Assessment
from cqcparse.model.identifiers import as_name
from cqcparse.model.report import Report
from cqcparse.model.sections import Role, Section
from cqcparse.model.spans import Span
from cqcparse.output.html.titles import title_of
from cqcparse.output.keys import cut

#: Kind of mention, brought by a plugin, that says what a sentence says of its matter.
FINDING = "finding"
#: Bytes of text, as HTML, behind which a page is continued on another.
_FULL = 120_000
#: Most characters of a sentence that stay together.
_LONGEST = 10_000
#: Most characters of a sentence that are quoted.
_LONGEST_QUOTE = 420
#: Bytes that the markup of a sentence takes.
_MARKUP = 60
#: Roles of sections whose words every report has.
_SAME_IN_ALL: frozenset[Role] = frozenset({"expectations", "commitment", "footer", "score"})


@attrs.frozen(kw_only=True)
class Piece:
    """A sentence, or a part of a very long one."""

    start: int
    text: str
    #: What a finding says of it, if anything does.
    polarity: str | None
    #: Whether it has an address; the further parts of a long sentence have none.
    addressed: bool = True
    #: Whether the search finds it: not what is the same in all reports.
    findable: bool = True


@attrs.frozen(kw_only=True)
class Block:
    """A heading or a paragraph."""

    #: Level of the heading, from 2; 0 for a paragraph.
    level: int
    pieces: tuple[Piece, ...]


@attrs.frozen(kw_only=True)
class TextPage:
    """A page of the site with text."""

    href: str
    title: str
    blocks: tuple[Block, ...]
    #: Address on the web of the page it was read from.
    url: str | None
    statement: str | None
    score: int | None
    #: Number of the page among those the text is cut into, and how many these are.
    part: int
    parts: int


class Texts:
    """The pages of a report's text, and the address of every place in it.

    Args:
        report: The report.
        folder: Address of the folder of the pages.
        framework: Its profile.
    """

    def __init__(self, report: Report, folder: str, framework: Framework) -> None:
        #: By the identity of a page: where its sentences and headings begin, and in which file.
        self._places: dict[int, tuple[list[int], list[str]]] = {}
        self._contents: list[tuple[str, str, int]] = []
        self.pages: list[TextPage] = []
        for number, page in enumerate(report.pages, 1):
            self._add(page, number, folder, framework)

    def href(self, page: Assessment, offset: int) -> str:
        """Return the address of the sentence or heading at *offset* of a page of the report."""
        starts, names = self._places[id(page)]
        place = bisect_right(starts, offset) - 1
        return f"{names[place]}#s{starts[place]}" if place >= 0 else names[0]

    def contents(self) -> tuple[tuple[str, str, int], ...]:
        """Return title, address and number of sentences of each page of the report."""
        return tuple(self._contents)

    def _add(self, page: Assessment, number: int, folder: str, framework: Framework) -> None:
        title = title_of(page, framework)
        statement = page.statements[0].id if len(page.statements) == 1 else None
        scored = page.statements[0].score if statement else None
        stem = f"{folder}/{number:02}-{as_name(statement or title) or 'text'}"
        parts = list(_cut(_blocks(page)))
        names = [f"{stem}{'' if n == 1 else f'-{n}'}.html" for n in range(1, len(parts) + 1)]
        places = [
            (start, name)
            for name, part in zip(names, parts, strict=True)
            for start in _starts(part)
        ]
        self._places[id(page)] = (
            [start for start, _ in places],
            [name for _, name in places] or names,
        )
        for part, (blocks, name) in enumerate(zip(parts, names, strict=True), 1):
            self.pages.append(
                TextPage(
                    href=name,
                    title=title,
                    blocks=tuple(blocks),
                    url=page.document.address,
                    statement=statement,
                    score=scored.value if scored and 1 <= scored.value <= 4 else None,  # noqa: PLR2004 - steps
                    part=part,
                    parts=len(parts),
                )
            )
        count = sum(len(section.sentences) for section in page.walk())
        self._contents.append((title, names[0], count))


def shortened(text: str) -> str:
    """Return a text that is not too long to be quoted; all of it is behind the link."""
    if len(text) <= _LONGEST_QUOTE:
        return text
    return f"{text[:_LONGEST_QUOTE].rsplit(None, 1)[0]} …"


def _blocks(page: Assessment) -> Iterator[Block]:
    polarities = _polarities(page)
    for section in page.walk():
        if section.title is not None and section.title.text.strip():
            yield _heading(section)
        for paragraph in section.paragraphs:
            pieces = [
                piece
                for sentence in paragraph.sentences
                for piece in _pieces(sentence.text, sentence.span, polarities, section.role)
            ]
            if pieces:
                yield Block(level=0, pieces=tuple(pieces))


def _heading(section: Section) -> Block:
    text = section.title.text if section.title else ""
    piece = Piece(start=section.own.start, text=cut(text, _LONGEST) or "", polarity=None)
    return Block(level=min(max(section.level, 1), 4) + 1, pieces=(piece,))


def _polarities(page: Assessment) -> Mapping[int, str]:
    found = (
        (m.span.start, getattr(m, "polarity", None)) for m in page.mentions if m.kind == FINDING
    )
    return {start: polarity for start, polarity in found if polarity}


def _pieces(text: str, span: Span, polarities: Mapping[int, str], role: Role) -> Iterator[Piece]:
    polarity = polarities.get(span.start)
    for at in range(0, len(text), _LONGEST):
        part = text[at : at + _LONGEST]
        yield Piece(
            start=span.start + at,
            text=part,
            polarity=polarity,
            addressed=at == 0,
            findable=role not in _SAME_IN_ALL,
        )


def _cut(blocks: Iterator[Block]) -> Iterator[list[Block]]:
    """Yield the blocks in portions that each fit a page; there is one at least."""
    portion: list[Block] = []
    size, told = 0, False
    for block in blocks:
        pieces: list[Piece] = []
        for piece in block.pieces:
            more = len(escape(piece.text).encode("utf-8", "replace")) + _MARKUP
            if size and size + more > _FULL:
                if pieces:
                    portion.append(attrs.evolve(block, pieces=tuple(pieces)))
                yield portion
                portion, pieces, size, told = [], [], 0, True
            pieces.append(piece)
            size += more
        portion.append(attrs.evolve(block, pieces=tuple(pieces)))
    if portion or not told:
        yield portion


def _starts(blocks: list[Block]) -> Iterator[int]:
    return (piece.start for block in blocks for piece in block.pieces if piece.addressed)
