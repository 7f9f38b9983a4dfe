"""The lines of a document, each with what profile and shape say about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from cqcparse.document import Block, BlockKind, Document
from cqcparse.framework import Framework, KnownLine, ScoreLine
from cqcparse.framework.matching import MAX_LINE, words_of
from cqcparse.outline.blocks import BULLET, document_blocks
from cqcparse.spans import Span

#: Longest unknown heading, in code points and in words.
_MAX_HEADING, _MAX_WORDS = 110, 14
#: Fewest words of a sentence that makes a line a paragraph.
_MIN_SENTENCE = 3
#: Fewest words of a known title that may be printed with a full stop.
_MIN_STOPPED = 3

_SENTENCE_END = re.compile(r"[.!?…][\"'’”)\]]{0,3}\Z")
_LINE_END = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_LINK = re.compile(r"(?:\[[^\]]*\]\([^)\s]*\)|<?(?:https?://|www\.)\S+>?|\d{1,4})\Z")
_MARKUP = "#*_ \t\ufeff\xa0"
#: Where the title of a statement may end and its score begin, on one line.
_TITLE_END = re.compile(r"[\s:|,(\-–—]+(?=(?:[^\W\d_]|\d\b))")
#: Last words of a line with a colon that leads into what follows and is no heading.
_LEADS = frozenset(
    "us me them said say says told felt added noted including include includes included following "
    "follows below as were was are is that example examples like with by for to of and or "
    "commented explained reported described because were".split()
)

_FURNITURE = KnownLine(kind="furniture", id="furniture", role="footer")


@attrs.frozen(kw_only=True)
class Line:
    """A block, and what it may be."""

    span: Span
    kind: BlockKind
    level: int | None
    #: The characters; empty where the block is too long to be anything but a paragraph.
    text: str = ""
    #: The line of the profile that it is.
    known: KnownLine | None = None
    #: The score it prints, and where in the line that begins.
    score: ScoreLine | None = None
    score_at: int = 0
    #: Whether it is an item of a list, or a row of a table.
    item: bool = False
    #: Whether it has the shape of a heading, or of a full sentence; it may have neither.
    heading_shape: bool = False
    prose: bool = True

    @property
    def furniture(self) -> bool:
        """Whether the line is about the page."""
        return self.known is not None and self.known.kind == "furniture"

    @property
    def scored(self) -> bool:
        """Whether the line is a score by itself, wherever it stands."""
        score = self.score
        return score is not None and (
            score.labelled or (score.value is not None and score.level is not None)
        )


def classify(document: Document, framework: Framework) -> list[Line]:
    """Return a line for each block of the document."""
    blocks = document_blocks(document)
    shaped = not any(block.kind == "heading" for block in blocks)
    return [
        _line(document.text, piece, framework, shaped=shaped)
        for block in blocks
        for piece in _pieces(document.text, block, framework)
    ]


def _pieces(text: str, block: Block, framework: Framework) -> Iterator[Block]:
    """Yield the block; a known heading that wrapping joined to its paragraph is split off."""
    start, end = block.span.start, block.span.end
    while block.kind == "text" and (line_end := _LINE_END.search(text, start, end)):
        first = text[start : line_end.start()].rstrip()
        if framework.matcher.find(first) is None:
            break
        yield attrs.evolve(block, span=Span(start, start + len(first)))
        rest = text[line_end.end() : end]
        start = end - len(rest.lstrip())
    yield block if start == block.span.start else attrs.evolve(block, span=Span(start, end))


def _line(text: str, block: Block, framework: Framework, *, shaped: bool) -> Line:
    """Return what a block may be; *shaped* allows headings that only their shape tells."""
    span, kind = block.span, block.kind
    if kind == "furniture":
        return Line(span=span, kind=kind, level=None, known=_FURNITURE)
    if span.end - span.start > MAX_LINE:
        item = kind in {"list-item", "table-row"} or BULLET.match(text, *_ends(span)) is not None
        return Line(span=span, kind=kind, level=block.level, item=item)
    content = text[span.start : span.end]
    known = _known(content, framework)
    score, score_at = (None, 0) if known else _score(content, framework)
    if score_at:
        known = framework.matcher.find(content[:score_at].rstrip(_SEPARATORS))
    return Line(
        span=span,
        kind=kind,
        level=block.level,
        text=content,
        known=known,
        score=score,
        score_at=score_at,
        item=kind in {"list-item", "table-row"} or BULLET.match(content) is not None,
        heading_shape=(
            kind == "heading" or (kind == "text" or shaped) and _has_heading_shape(content)
        )
        and not known,
        prose=not known and _is_prose(content),
    )


_SEPARATORS = " \t\xa0:|,(-–—"


def _ends(span: Span) -> tuple[int, int]:
    return span.start, min(span.end, span.start + 20)


def _known(content: str, framework: Framework) -> KnownLine | None:
    known = framework.matcher.find(content)
    if known is None:
        return _FURNITURE if _LINK.match(content) and not content.isdigit() else None
    if known.role == "footer" or content[-1] not in ".!?;,":
        return known
    stopped = content[-1] == "." and known.kind != "notice"
    return (
        known
        if known.kind == "notice" or (stopped and _MIN_STOPPED <= len(words_of(content)))
        else None
    )


def _score(content: str, framework: Framework) -> tuple[ScoreLine | None, int]:
    """Return the score that a line prints, and where it begins behind the name of a statement."""
    if score := framework.score_reader.read(content):
        return score, 0
    for gap in _TITLE_END.finditer(content):
        score = framework.score_reader.read(content[gap.end() :])
        if score is None or not (score.labelled or score.value is not None):
            continue
        known = framework.matcher.find(content[: gap.start()])
        return (score, gap.end()) if known and known.kind == "statement" else (None, 0)
    return None, 0


def _has_heading_shape(content: str) -> bool:
    """Return whether a line is short, opens in upper case and ends without a stop."""
    if len(content) > _MAX_HEADING:
        return False
    title = content.strip(_MARKUP)
    if not title or not title[0].isupper() or title[-1] in '.!?;,…"”':
        return False
    words = words_of(title)
    if not words or len(words) > _MAX_WORDS:
        return False
    return title[-1] != ":" or words[-1] not in _LEADS


def _is_prose(content: str) -> bool:
    if len(content) > _MAX_HEADING:
        return True
    return bool(_SENTENCE_END.search(content)) and len(content.split()) >= _MIN_SENTENCE
