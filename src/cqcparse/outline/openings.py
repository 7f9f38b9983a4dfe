"""Where each section of a document opens, decided by profile, shape and place of its lines."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from cqcparse.document import Document
from cqcparse.framework import Framework, KnownLine, Role
from cqcparse.outline.boilerplate import boilerplate_role
from cqcparse.outline.lines import Line, classify
from cqcparse.spans import Span

#: Longest run of lines in the shape of headings in which each is one; more are a list.
_MAX_RUN = 2


@attrs.define(kw_only=True)
class Opening:
    """The start of a section; it goes on to the next opening."""

    role: Role
    id: str | None
    #: Offset of the first character.
    start: int
    #: The heading; None for a section without one.
    title: Span | None = None
    #: Whether it lies within the last opening that is not nested.
    nested: bool = False
    paragraphs: list[Span] = attrs.field(factory=list)
    #: Code and message of what is doubtful about it.
    doubt: tuple[str, str] | None = None


def find_openings(document: Document, framework: Framework) -> list[Opening]:
    """Return the openings of all sections, in order; none only if the text is empty."""
    lines = classify(document, framework)
    walk = _Walk(document.text, framework, lines)
    for index, line in enumerate(lines):
        walk.take(index, line)
    if not walk.openings and document.text:
        walk.openings.append(Opening(role="preamble", id=None, start=0))
    return walk.openings


@attrs.define
class _Walk:
    """The walk over the lines, with what is known of the place it has reached."""

    text: str
    framework: Framework
    lines: Sequence[Line]
    openings: list[Opening] = attrs.field(factory=list)
    #: The last opening that is not nested, and the last that is not a footer.
    top: Opening | None = None
    content: Opening | None = None
    #: Id of the statement the walk is in.
    statement: str | None = None
    #: Whether the line before was the name of a statement in a list.
    listing: bool = False
    #: Where the current run of lines in the shape of headings ends, and whether it is headings.
    run_end: int = -1
    run_opens: bool = False
    #: For each line: the next line that is not about the page; whether a heading of key findings
    #: comes before the next statement.
    following: list[int] = attrs.field(init=False)
    findings_ahead: list[bool] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        count = len(self.lines)
        self.following = [count] * count
        self.findings_ahead = [False] * count
        following, ahead = count, False
        for index in range(count - 1, -1, -1):
            line = self.lines[index]
            self.following[index] = following
            self.findings_ahead[index] = ahead
            if line.furniture:
                continue
            if line.known and not line.item:
                if line.known.role == "key-findings":
                    ahead = True
                elif line.known.kind == "theme" or self._opens_statement(
                    line, self._line(following)
                ):
                    ahead = False
            following = index

    def take(self, index: int, line: Line) -> None:
        """Open a section at the line, or add the line to the section that is open."""
        listing, self.listing = self.listing, False
        if line.furniture or self._is_page_number(line):
            self._footer(index, line)
        elif line.known and self._take_known(index, line, line.known, listing=listing):
            pass
        elif self._is_unknown_statement(index, line):
            self._open_unknown_statement(line)
        elif self._is_unknown_heading(index, line):
            self._open_unknown(line)
        else:
            self._paragraph(index, line)

    # --- what the profile knows ---------------------------------------------------------------

    def _take_known(self, index: int, line: Line, known: KnownLine, *, listing: bool) -> bool:
        """Open what a known line opens; return False if it is only a paragraph."""
        if known.kind == "notice":
            return False
        if known.kind == "statement":
            return self._take_statement(index, line, known, listing=listing)
        if (line.item and line.kind != "heading") or (known.at_start and self.content is not None):
            return False
        following = self._line(self.following[index])
        if known.kind == "topic":
            return self._take_topic(line, known, following)
        if self._in_findings() and self._is_weak(line) and following and following.prose:
            self._open("topic", None, line.span, nested=True)
            return True
        if known.role == "preamble" and self.statement is not None and not self._is_new_page(index):
            self._open("footer", known.id, line.span, nested=self._goes_on(index))
            return True
        if known.role in ("other", "preamble"):
            self.statement = None
        self._open(known.role, known.id, line.span)
        return True

    def _take_statement(self, index: int, line: Line, known: KnownLine, *, listing: bool) -> bool:
        following = self._line(self.following[index])
        if self._opens_statement(line, following):
            self._open_statement(line, known)
            return True
        if line.item:
            return False
        in_list = following is not None and following.known and following.known.kind == "statement"
        if in_list or listing:
            self.listing = True
            return False
        if self._in_findings() and following is not None and not self._outranks(line):
            if known.id == self.statement:
                self._footer(index, line)
            else:
                self._open("topic", None, line.span, nested=True)
            return True
        self._open_statement(line, known)
        return True

    def _take_topic(self, line: Line, known: KnownLine, following: Line | None) -> bool:
        if self.content is not None and self.content.role in ("preamble", "other"):
            if following is None or not following.prose:
                return False
        self._open("topic", known.id, line.span, nested=True)
        return True

    def _open_statement(self, line: Line, known: KnownLine) -> None:
        self.statement = known.id
        title = line.span
        if line.score_at:
            name = line.text[: line.score_at].rstrip(" \t\xa0:|,(-–—")
            title = Span(line.span.start, line.span.start + len(name))
        opening = self._open("score", known.id, title)
        if line.score_at:
            opening.paragraphs.append(Span(line.span.start + line.score_at, line.span.end))

    @staticmethod
    def _opens_statement(line: Line, following: Line | None) -> bool:
        """Return whether a statement's name is followed by what only follows a heading."""
        if line.known is None or line.known.kind != "statement":
            return False
        if line.score is not None or (following is not None and following.scored):
            return True
        parts = ("expectations", "commitment", "key-findings", "topic")
        return (
            not line.item
            and following is not None
            and following.known is not None
            and following.known.role in parts
        )

    # --- what only shape and place tell -------------------------------------------------------

    def _is_unknown_statement(self, index: int, line: Line) -> bool:
        following = self._line(self.following[index])
        return (
            line.heading_shape
            and not line.item
            and line.score is None
            and following is not None
            and following.scored
            and following.score is not None
            and following.score_at == 0
        )

    def _open_unknown_statement(self, line: Line) -> None:
        self.statement = None
        opening = self._open("score", None, line.span)
        opening.doubt = (
            "statement-unknown",
            f"{line.text!r} has a score but is no quality statement of {self.framework.title!r}",
        )

    def _is_unknown_heading(self, index: int, line: Line) -> bool:
        if not line.heading_shape or line.known or line.score is not None:
            return False
        if line.kind == "heading":
            return True
        if line.item or self._is_before_rating():
            return False
        if index > self.run_end:
            self._measure_run(index)
        return self.run_opens

    def _measure_run(self, index: int) -> None:
        """Find the end of the lines in the shape of headings that begin at *index*."""
        end = index
        while (next_line := self._line(self.following[end])) and self._is_bare(next_line):
            end = self.following[end]
        before = self._line(index - 1)
        after = self._line(self.following[end])
        leads = before is not None and before.text.endswith(":") and not before.known
        self.run_end = end
        self.run_opens = (
            not leads
            and after is not None
            and self.following[index] <= end + 1
            and end - index < _MAX_RUN
            and (after.prose or (after.item and not self.lines[end].text.endswith(":")))
        )

    @staticmethod
    def _is_bare(line: Line) -> bool:
        """Return whether a line is neither known nor a score, a list item or a sentence."""
        return not (line.known or line.score or line.item or line.prose) and bool(line.text)

    def _is_before_rating(self) -> bool:
        """Return whether the walk is where the name of the body and its rating are printed."""
        content = self.content
        return (
            content is not None
            and content.id in self.framework.overall.headings
            and not any(
                span.end - span.start > len("Requires improvement:") * 2
                for span in content.paragraphs
            )
        )

    def _open_unknown(self, line: Line) -> None:
        role: Role = "other"
        if self._in_findings() or (
            self.content is not None
            and self.content.role in ("score", "expectations", "commitment")
        ):
            role = "topic"
        opening = self._open(role, None, line.span, nested=role == "topic")
        opening.doubt = (
            "heading-unknown",
            f"the heading {line.text!r} is not in the profile {self.framework.title!r}; "
            "it is kept as a section of its own",
        )

    # --- lines that open nothing --------------------------------------------------------------

    def _paragraph(self, index: int, line: Line) -> None:
        current = self.openings[-1] if self.openings else None
        if current is None:
            current = self._open_first(line)
        elif current.role == "footer" and current.title is None:
            current = self._continue(line)
        role = self._untitled_role(index, line, current)
        if role is not None:
            current = self._open(role, role, None, start=line.span.start)
            if role == "key-findings":
                current.doubt = (
                    "heading-missing",
                    "there is no heading of key findings; the text after score and commitment is taken for them",
                )
        current.paragraphs.append(line.span)

    def _open_first(self, line: Line) -> Opening:
        if not line.scored:
            return self._open("preamble", None, None, start=line.span.start)
        opening = self._open("score", None, None, start=line.span.start)
        opening.doubt = (
            "statement-unknown",
            "a score is printed without the name of its statement",
        )
        return opening

    def _continue(self, line: Line) -> Opening:
        """Open a section that goes on with what a line about the page broke off."""
        content = self.content
        if content is None:
            return self._open("preamble", None, None, start=line.span.start)
        nested = content.nested or content.role == "key-findings"
        return self._open(content.role, content.id, None, start=line.span.start, nested=nested)

    def _untitled_role(self, index: int, line: Line, current: Opening) -> Role | None:
        """Return the role that opens at a paragraph without a heading, if one does."""
        if current.role not in ("score", "expectations", "commitment") or not line.prose:
            return None
        content = self.text[line.span.start : line.span.end] if len(line.span) < 1000 else ""
        role = boilerplate_role(content, self.framework, self.statement)
        if role == current.role or (role == "expectations" and current.role == "commitment"):
            return None
        if role is not None:
            return role
        if self.findings_ahead[index] or line.score is not None:
            return None
        first = current.title is not None and not current.paragraphs
        return None if first and current.role != "score" else "key-findings"

    # --- lines about the page -----------------------------------------------------------------

    def _is_page_number(self, line: Line) -> bool:
        content = self.content
        return (
            line.text.isdigit()
            and content is not None
            and content.role in ("key-findings", "topic")
        )

    def _footer(self, index: int, line: Line) -> None:
        current = self.openings[-1] if self.openings else None
        if current is None or current.role != "footer":
            current = self._open(
                "footer", "furniture", None, start=line.span.start, nested=self._goes_on(index)
            )
        current.paragraphs.append(line.span)

    def _goes_on(self, index: int) -> bool:
        """Return whether the text behind a line about the page goes on with what was before it."""
        following = self._line(self.following[index])
        if following is None or not self._in_findings():
            return False
        return following.known is None or following.known.kind in ("topic", "notice")

    def _is_new_page(self, index: int) -> bool:
        """Return whether a heading of the page's top is followed by what opens a page."""
        following = self._line(self.following[index])
        return (
            following is not None
            and following.known is not None
            and following.known.kind != "topic"
        )

    # --- places ---------------------------------------------------------------------------------

    def _open(
        self,
        role: Role,
        id_: str | None,
        title: Span | None,
        *,
        start: int | None = None,
        nested: bool = False,
    ) -> Opening:
        if title is not None:
            start = title.start
        nested = nested and self.top is not None and self.top.role == "key-findings"
        opening = Opening(role=role, id=id_, start=start or 0, title=title, nested=nested)
        self.openings.append(opening)
        if not nested:
            self.top = opening
        if role != "footer" or title is not None:
            self.content = opening
        return opening

    def _in_findings(self) -> bool:
        return self.content is not None and self.content.role in ("key-findings", "topic")

    def _outranks(self, line: Line) -> bool:
        """Return whether the format says that a heading stands above sub-headings."""
        return line.kind == "heading" and line.level is not None and line.level <= 2  # noqa: PLR2004

    def _is_weak(self, line: Line) -> bool:
        """Return whether a title is a single word, which may as well be a sub-heading."""
        return " " not in line.text.strip()

    def _line(self, index: int) -> Line | None:
        return self.lines[index] if 0 <= index < len(self.lines) else None
