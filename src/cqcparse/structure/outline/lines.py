"""The lines of a document, each with what profile and shape say about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

import attrs

from cqcparse.framework import Framework, HeadingMatcher, KnownLine, ScoreLine
from cqcparse.framework.matching import MAX_LINE, MAX_WRAPPED, words_of
from cqcparse.model.document import Block, BlockKind, Document
from cqcparse.model.spans import Span
from cqcparse.reading.cells import BULLET, parts_of
from cqcparse.structure.outline.blocks import document_blocks
from cqcparse.structure.outline.rows import heads_of, read_row, score_cells

#: Longest unknown heading, in code points and in words.
_MAX_HEADING, _MAX_WORDS = 110, 14
#: Fewest words of a sentence that makes a line a paragraph.
_MIN_SENTENCE = 3
#: Fewest words of a known title that may be printed with a full stop.
_MIN_STOPPED = 3

_SENTENCE_END = re.compile(r"[.!?…][\"'’”)\]]{0,3}\Z|[a-z]{3}[.!?][\"'’”)\]]{0,3}\s+[A-Z]")
_LINK = re.compile(r"(?:\[[^\]]*\]\([^)\s]*\)|<?(?:https?://|www\.)\S+>?)\Z")
_MARKUP = "#*_ \t\ufeff\xa0"
_STOPS = '.!?;,…"”'
#: Last words of a line with a colon that leads into what follows and is no heading.
_LEADS = frozenset(
    """us me them said say says told felt added noted including include includes included following
    follows below as were was are is that example examples like with by for to of and or
    commented explained reported described because""".split()
)
_ITEM_KINDS = frozenset({"list-item", "table-row"})
_FURNITURE = KnownLine(kind="furniture", id="furniture", role="footer")


@attrs.frozen(kw_only=True)
class Line:
    """A block, and what it may be."""

    span: Span
    kind: BlockKind
    level: int | None = None
    #: The characters; empty where the block is too long to be anything but a paragraph.
    text: str = ""
    #: The line of the profile that it is.
    known: KnownLine | None = None
    #: The title that it is taken for, where it is not quite the same.
    near: str | None = None
    #: The score it prints.
    score: ScoreLine | None = None
    #: Where the name of a statement stands in the text, if the line prints its score too.
    name_at: tuple[int, int] | None = None
    #: Where what is printed behind that name stands: the rest of the line, or further cells.
    behind: tuple[Span, ...] = ()
    #: Whether it is an item of a list, or a row of a table.
    item: bool = False
    #: Whether that is a number or a letter, as headings have it, too.
    numbered: bool = False
    #: Whether it has the shape of a heading.
    heading_shape: bool = False
    #: Whether it has the shape of a paragraph; it may have neither.
    prose: bool = True

    @property
    def furniture(self) -> bool:
        """Whether the line is about the page."""
        return self.known is not None and self.known.kind == "furniture"

    @property
    def scored(self) -> bool:
        """Whether the line is a score by itself, wherever it stands."""
        score = self.score
        if score is None or self.name_at:
            return False
        return score.labelled or (score.value is not None and score.level is not None)

    @property
    def name(self) -> str:
        """The name of a statement that the line prints, without the score behind it."""
        return self.text[slice(*self.name_at)] if self.name_at else self.text

    @property
    def names(self) -> bool:
        """Whether it may be a name that the profile does not know: short, and no sentence."""
        special = self.known or self.score or self.prose
        return not special and bool(self.text) and self.text[-1] not in _STOPS

    @property
    def bare(self) -> bool:
        """Whether the line is short, and neither known nor a score, an item or a sentence."""
        special = self.known or self.score or self.item or self.prose or self.kind == "heading"
        return not special and bool(self.text)


def classify(document: Document, framework: Framework) -> list[Line]:
    """Return a line for each block of the document."""
    text = document.text
    blocks = [*_unwrapped(text, document_blocks(document), framework.matcher)]
    shaped = not any(block.kind == "heading" for block in blocks)
    columns = score_cells(heads_of(document), framework)
    lines: list[Line] = []
    at_start = True
    for block in blocks:
        for piece in _pieces(text, block, framework):
            line = _row(text, piece, framework, columns)
            line = line or _line(text, piece, framework, shaped=shaped, at_start=at_start)
            at_start = at_start and (line.furniture or _is_notice(line.known))
            lines.append(line)
    return lines


def _unwrapped(text: str, blocks: Sequence[Block], matcher: HeadingMatcher) -> Iterator[Block]:
    """Yield the blocks; those that only together are a title of the profile are one."""
    index = 0
    while index < len(blocks):
        block, size = blocks[index], 1
        following = blocks[index + 1].span if index + 1 < len(blocks) else None
        if following and len(following) <= _MAX_HEADING and _may_go_on(text, block, matcher):
            size = _title_size(text, blocks[index : index + MAX_WRAPPED], matcher)
        if size > 1:
            block = attrs.evolve(
                block, span=Span(block.span.start, blocks[index + size - 1].span.end)
            )
        yield block
        index += size


def _title_size(text: str, blocks: Sequence[Block], matcher: HeadingMatcher) -> int:
    """Return how many of *blocks*, which follow each other, are a title together; else 1."""
    lines = [text[blocks[0].span.start : blocks[0].span.end]]
    for block in blocks[1:]:
        if block.kind != blocks[0].kind or block.span.end - block.span.start > _MAX_HEADING:
            return 1
        lines.append(text[block.span.start : block.span.end])
        if not matcher.may_be_part(lines[-1]):
            return 1
        if matcher.find_wrapped(lines):
            return len(lines)
    return 1


def _may_go_on(text: str, block: Block, matcher: HeadingMatcher) -> bool:
    """Return whether a block may be the first line of a title."""
    length = block.span.end - block.span.start
    if length > _MAX_HEADING or block.kind in _ITEM_KINDS:
        return False
    return matcher.may_be_part(text[block.span.start : block.span.end])


def _pieces(text: str, block: Block, framework: Framework) -> Iterator[Block]:
    """Yield the block; a known heading that wrapping joined to its paragraph is split off."""
    start, end = block.span.start, block.span.end
    lines = text[start:end].splitlines(keepends=True) if block.kind == "text" else []
    for line in lines[:-1]:
        title = line.strip()
        if framework.matcher.find_title(title) is None:
            break
        begin = start + len(line) - len(line.lstrip())
        yield attrs.evolve(block, span=Span(begin, begin + len(title)))
        start += len(line)
    if start == block.span.start:
        yield block
        return
    rest = text[start:end]
    yield attrs.evolve(block, span=Span(end - len(rest.lstrip()), end))


def _line(text: str, block: Block, framework: Framework, *, shaped: bool, at_start: bool) -> Line:
    """Return what a block may be; *shaped* allows headings that only their shape tells."""
    span, kind = block.span, block.kind
    if kind == "furniture":
        return Line(span=span, kind=kind, known=_FURNITURE)
    bullet = BULLET.match(text, span.start, span.end)
    item = kind in _ITEM_KINDS or bullet is not None
    if span.end - span.start > MAX_LINE:
        return Line(span=span, kind=kind, level=block.level, item=item)
    content = text[span.start : span.end]
    known, near = _known(content, framework, at_start=at_start), None
    cells = [] if known else [*parts_of(text, span)]
    score, name_at, start = (None, None, 0) if known else _score(content, framework)
    if score is None and len(cells) > 1:
        label, value = (text[cell.start : cell.end] for cell in cells[:2])
        score = framework.score_reader.read(f"{label}\t{value}")
        score = score if score and score.labelled and score.value is not None else None
    name = content[: name_at[1]] if name_at else content
    if name_at:
        known = framework.matcher.find(name)
        known = known if known and known.kind == "statement" else None
    if known is None and (score is None or name_at) and len(name) <= _MAX_HEADING:
        known, near = _near(name, framework.matcher)
    may_head = (kind == "text" or shaped) and len(cells) < 2 and _has_heading_shape(content)  # noqa: PLR2004
    return Line(
        span=span,
        kind=kind,
        level=block.level,
        text=content,
        known=known,
        near=near,
        score=score,
        name_at=name_at,
        behind=(Span(span.start + start, span.end),) if name_at else (),
        item=item or len(cells) > 1,
        numbered=bullet is not None and any(map(str.isalnum, bullet.group())),
        heading_shape=(kind == "heading" or may_head) and known is None and score is None,
        prose=known is None and _is_prose(content),
    )


def _row(text: str, block: Block, framework: Framework, columns: AbstractSet[int]) -> Line | None:
    """Return what a row of a table is that prints the score of a statement; None for others."""
    row = read_row(text, block.span, framework, columns)
    if row is None:
        return None
    span = block.span
    name = text[row.name.start : row.name.end]
    known, near = framework.matcher.find(name), None
    if known is None or known.kind != "statement":
        known, near = _near(name, framework.matcher)
    return Line(
        span=span,
        kind=block.kind,
        text=text[span.start : span.end],
        known=known,
        near=near,
        score=row.score,
        name_at=(row.name.start - span.start, row.name.end - span.start),
        behind=row.behind,
        item=True,
        prose=False,
    )


#: What may stand between the name of a statement and its score.
SEPARATORS = " \t\xa0:|,(-–—"


def _is_notice(known: KnownLine | None) -> bool:
    return known is not None and known.kind == "notice"


def _known(content: str, framework: Framework, *, at_start: bool) -> KnownLine | None:
    """Return the line of the profile that a block is; a sentence is none."""
    known = framework.matcher.find(content)
    if known is None:
        return _FURNITURE if _LINK.match(content) else None
    if known.at_start and not at_start:
        return None
    if content[-1] not in _STOPS or known.role == "footer" or _is_notice(known):
        return known
    if content[-1] != "." or len(words_of(content)) < _MIN_STOPPED:
        return None
    return framework.matcher.find_title(content)


def _score(
    content: str, framework: Framework
) -> tuple[ScoreLine | None, tuple[int, int] | None, int]:
    """Return the score that a line prints, and behind a name where that stands and it begins.

    A number without a label is a score only behind the name of a statement.
    """
    if score := framework.score_reader.read(content):
        return score, None, 0
    for end, start in framework.score_reader.starts(content):
        score = framework.score_reader.read(content[start:])
        if score is None or score.value is None:
            continue
        name = content[:end]
        known = framework.matcher.find(name)
        if (known is not None and known.kind == "statement") or score.labelled:
            return score, (0, len(name.rstrip(SEPARATORS))), start
        return None, None, 0
    return None, None, 0


def _near(name: str, matcher: HeadingMatcher) -> tuple[KnownLine | None, str | None]:
    """Return the line of the profile that a misspelt one is taken for, and its title."""
    if name[-1:] in _STOPS or (near := matcher.find_near(name)) is None:
        return None, None
    return near.known, near.title


def _has_heading_shape(content: str) -> bool:
    """Return whether a line is short, opens in upper case and ends without a stop."""
    if len(content) > _MAX_HEADING:
        return False
    title = content.strip(_MARKUP)
    if not title or not title[0].isupper() or title[-1] in _STOPS or _SENTENCE_END.search(title):
        return False
    words = words_of(title)
    if not words or len(words) > _MAX_WORDS:
        return False
    return title[-1] != ":" or words[-1] not in _LEADS


def _is_prose(content: str) -> bool:
    if len(content) > _MAX_HEADING:
        return True
    return _SENTENCE_END.search(content) is not None and len(content.split()) >= _MIN_SENTENCE
