"""Where each section of a document opens, decided by profile, shape and place of its lines."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

import attrs

from cqcparse.framework import Framework, KnownLine
from cqcparse.model.document import Document
from cqcparse.model.sections import Role
from cqcparse.model.spans import Span
from cqcparse.structure.outline.ahead import Ahead, opens_statement
from cqcparse.structure.outline.boilerplate import MAX_LENGTH, boilerplate_role
from cqcparse.structure.outline.lines import Line, classify
from cqcparse.structure.outline.shape import headings_by_shape

#: Roles of the sections between a statement's name and its key findings.
_FRONT: tuple[Role, ...] = ("score", "expectations", "commitment")
#: Roles of the sections whose paragraphs are findings.
_FINDINGS: tuple[Role, ...] = ("key-findings", "topic")


class Doubt(NamedTuple):
    """What is doubtful about an opening."""

    code: str
    message: str
    #: The characters it is about, where those are not the heading.
    span: Span | None = None


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
    #: Whether one of the paragraphs is more than a short line.
    prose: bool = False
    #: Whether a score is printed in it.
    scored: bool = False
    doubts: list[Doubt] = attrs.field(factory=list)


def find_openings(document: Document, framework: Framework) -> list[Opening]:
    """Return the openings of all sections, in order; none only if the text is empty."""
    lines = classify(document, framework)
    walk = _Walk(document.text, framework, Ahead.of(lines), headings_by_shape(lines))
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
    ahead: Ahead
    #: Indices of the lines that are headings by their shape.
    shaped: AbstractSet[int]
    openings: list[Opening] = attrs.field(factory=list)
    #: The last opening that is not nested.
    top: Opening | None = None
    #: The last opening that lines without a heading may go on with.
    content: Opening | None = None
    #: Id of the statement the walk is in.
    statement: str | None = None
    #: Level that the format gives the heading of the key findings.
    findings_level: int | None = None
    #: Whether the line before was the name of a statement in a list.
    listing: bool = False
    #: Whether the line before printed a score.
    scoring: bool = False

    def take(self, index: int, line: Line) -> None:
        """Open a section at the line, or add the line to the section that is open."""
        listing, self.listing = self.listing, False
        scoring, self.scoring = self.scoring, line.score is not None
        if line.furniture or self._is_page_number(line):
            self._add_footer(index, line)
        elif line.known and self._take_known(index, line, line.known, listing=listing):
            self._tell_nearness(line, line.near)
        elif self._is_unknown_statement(index, line):
            self._take_unknown_statement(line)
        elif line.heading_shape and (index in self.shaped or line.kind == "heading"):
            self._take_unknown_heading(line)
        else:
            self._add_paragraph(index, line, scoring=scoring)

    # --- lines that the profile knows ---------------------------------------------------------

    def _take_known(self, index: int, line: Line, known: KnownLine, *, listing: bool) -> bool:
        """Open what a known line opens; return False if it is only a paragraph."""
        if known.kind == "statement":
            return self._take_statement(index, line, known, listing=listing)
        if known.kind == "notice" or (line.item and not self._is_numbered_heading(index, line)):
            return False
        if known.kind == "topic":
            return self._take_topic(index, line, known)
        if self._in_findings() and self._is_single_word(line) and self._before_prose(index):
            self._open("topic", None, line.span, nested=True)
        elif known.role == "preamble" and self._is_inside_statement(index):
            self._open_or_add_footer(index, line, known)
        else:
            self._open_heading(line, known)
        return True

    def _open_heading(self, line: Line, known: KnownLine) -> None:
        if known.role in {"other", "preamble"}:
            self.statement = None
        if known.role == "key-findings":
            self.findings_level = line.level
        self._open(known.role, known.id, line.span)

    def _open_or_add_footer(self, index: int, line: Line, known: KnownLine) -> None:
        """Take a heading of the page's top that is printed elsewhere, a running title perhaps."""
        if self.framework.matcher.slot(line.text):
            self._add_footer(index, line)
        else:
            self._open("footer", known.id, line.span)

    def _take_statement(self, index: int, line: Line, known: KnownLine, *, listing: bool) -> bool:
        after = self.ahead.line(index)
        if opens_statement(line, after):
            self._open_statement(line, known.id)
            return True
        if line.item and not self._is_numbered_heading(index, line):
            return False
        if listing or (after and after.known and after.known.kind == "statement"):
            self.listing = True
            return False
        if not self._in_findings() or after is None or self._outranks(line, strictly=False):
            self._open_statement(line, known.id)
        elif known.id == self.statement:
            self._add_footer(index, line)
        else:
            self._open("topic", None, line.span, nested=True)
        return True

    def _open_statement(self, line: Line, id_: str | None) -> Opening:
        """Open the section of a statement's score, which may stand on the line of its name."""
        self.statement = id_
        if not line.name_at:
            return self._open("score", id_, line.span)
        start = line.span.start
        name = Span(start + line.name_at[0], start + line.name_at[1])
        self._leave_behind(Span(start, name.start))
        opening = self._open("score", id_, name)
        opening.paragraphs.extend(line.behind)
        opening.scored = True
        return opening

    def _leave_behind(self, before: Span) -> None:
        """Leave what stands in front of a name in its row, such as a theme, to what was before."""
        text = self.text[before.start : before.end].rstrip()
        if text:
            if not self.openings:
                self._open("preamble", None, None, start=before.start)
            span = Span(before.start, before.start + len(text))
            self.openings[-1].paragraphs.append(span)

    def _tell_nearness(self, line: Line, title: str | None) -> None:
        """Tell that the heading at a line is not quite the title that it is taken for."""
        opening = self.openings[-1]
        if title is not None and opening.start >= line.span.start:
            message = f"the heading {line.name!r} is taken for {title!r}"
            opening.doubts.append(Doubt("heading-inferred", message))

    def _take_topic(self, index: int, line: Line, known: KnownLine) -> bool:
        content = self.content
        cut = content and content.role == "preamble" and content.title is None and content.prose
        if content and cut:
            self._become_findings(content)
        elif content and content.role in {"preamble", "other"} and not self._before_prose(index):
            return False
        self._open("topic", known.id, line.span, nested=True)
        return True

    @staticmethod
    def _become_findings(opening: Opening) -> None:
        """Take the text in front of the first topic of a page that was cut off at its top."""
        opening.role, opening.id = "key-findings", "key-findings"
        opening.doubts.append(_no_findings_heading("what stands in front of the first topic"))

    # --- lines that only shape and place tell -------------------------------------------------

    def _is_unknown_statement(self, index: int, line: Line) -> bool:
        if line.name_at:
            return line.known is None and not line.prose
        after = self.ahead.line(index)
        if after is None or not after.scored or not line.names:
            return False
        return (line.heading_shape and not line.item) or not self._awaits_score()

    def _awaits_score(self) -> bool:
        """Return whether the walk is between the name of a statement and its score."""
        content = self.content
        return content is not None and content.role == "score" and not content.scored

    def _take_unknown_statement(self, line: Line) -> None:
        """Open the statement whose title begins so, else one that the profile does not know."""
        name = line.name
        matcher = self.framework.matcher
        near = None if matcher.find(name) else matcher.find_statement(name)
        if near is not None:
            self._open_statement(line, near.known.id)
            self._tell_nearness(line, near.title)
            return
        message = f"{name!r} has a score but is no quality statement of {self.framework.id!r}"
        opening = self._open_statement(line, None)
        opening.doubts.append(Doubt("statement-unknown", message))

    def _take_unknown_heading(self, line: Line) -> None:
        content = self.content
        if content and content.id in self.framework.overall.headings and line.kind != "heading":
            goes_on = self.openings[-1] is content
            (content if goes_on else self._go_on(line)).paragraphs.append(line.span)
            return
        topical = content is not None and content.role in (*_FRONT, *_FINDINGS)
        role: Role = "topic" if topical and not self._outranks(line, strictly=True) else "other"
        goes_on = content is not None and content.id in self.framework.searched_headings
        opening = self._open(
            role, content.id if content and goes_on else None, line.span, nested=True
        )
        profile = self.framework.id
        message = (
            f"the heading {line.text!r} is not in the profile {profile!r}; it is kept as {role!r}"
        )
        opening.doubts.append(Doubt("heading-unknown", message))

    # --- lines that are no headings -----------------------------------------------------------

    def _add_paragraph(self, index: int, line: Line, *, scoring: bool) -> None:
        current = self.openings[-1] if self.openings else None
        if current is None:
            current = self._open_first(line)
        elif current.role == "footer" and current.title is None:
            current = self._go_on(line)
        role = self._untitled_role(index, line, current)
        if role is not None:
            current = self._open_untitled(role, line)
        if line.scored:
            self._add_score(line, current, scoring=scoring)
        current.paragraphs.append(line.span)
        current.prose = current.prose or line.prose

    def _add_score(self, line: Line, current: Opening, *, scoring: bool) -> None:
        """Tell of a score that does not stand under the name of a statement, as its first."""
        valued = line.score is not None and line.score.value is not None
        first = current.role == "score" and not current.scored
        if valued and not (first or scoring) and current.id not in self.framework.overall.headings:
            message = f"{line.text!r} is a score without the name of a quality statement"
            current.doubts.append(Doubt("statement-unknown", message, line.span))
        current.scored = current.scored or valued

    def _open_first(self, line: Line) -> Opening:
        if not line.scored:
            return self._open("preamble", None, None, start=line.span.start)
        opening = self._open("score", None, None, start=line.span.start)
        message = "a score is printed without the name of its quality statement"
        opening.doubts.append(Doubt("statement-unknown", message))
        return opening

    def _go_on(self, line: Line) -> Opening:
        """Open a section that goes on with what a line about the page broke off."""
        content, start = self.content, line.span.start
        if content is None:
            return self._open("preamble", None, None, start=start)
        nested = content.nested or content.role == "key-findings"
        return self._open(content.role, content.id, None, start=start, nested=nested)

    def _untitled_role(self, index: int, line: Line, current: Opening) -> Role | None:
        """Return the role of the section that a paragraph opens without a heading, if it does."""
        if current.role not in _FRONT or not line.prose or line.score is not None:
            return None
        length = line.span.end - line.span.start
        content = self.text[line.span.start : line.span.end] if length <= MAX_LENGTH else ""
        role = boilerplate_role(content, self.framework, self.statement)
        if role is not None:
            return None if current.role in {role, "commitment"} else role
        if self.ahead.findings[index]:
            return None
        first = current.title is not None and not current.paragraphs
        return None if first and current.role != "score" else "key-findings"

    def _open_untitled(self, role: Role, line: Line) -> Opening:
        opening = self._open(role, role, None, start=line.span.start)
        if role == "key-findings":
            opening.doubts.append(_no_findings_heading("what follows score and commitment"))
        return opening

    # --- lines about the page -----------------------------------------------------------------

    def _is_page_number(self, line: Line) -> bool:
        return line.text.isdigit() and self._in_findings()

    def _add_footer(self, index: int, line: Line) -> None:
        current = self.openings[-1] if self.openings else None
        if current is None or current.role != "footer":
            after = self.ahead.beyond(index)
            goes_on = after is not None and (
                after.known is None or after.known.kind in {"topic", "notice"}
            )
            nested = goes_on and self._in_findings()
            current = self._open("footer", None, None, start=line.span.start, nested=nested)
        current.paragraphs.append(line.span)

    # --- places -------------------------------------------------------------------------------

    def _open(
        self,
        role: Role,
        id_: str | None,
        title: Span | None,
        *,
        start: int = 0,
        nested: bool = False,
    ) -> Opening:
        """Open a section; *nested* only takes effect under key findings."""
        nested = nested and role != "other" and self._under_findings()
        start = start if title is None else title.start
        opening = Opening(role=role, id=id_, start=start, title=title, nested=nested)
        self.openings.append(opening)
        if not nested:
            self.top = opening
        if role != "footer" or title is not None:
            self.content = opening
        return opening

    def _under_findings(self) -> bool:
        return self.top is not None and self.top.role == "key-findings"

    def _in_findings(self) -> bool:
        return self.content is not None and self.content.role in _FINDINGS

    def _is_inside_statement(self, index: int) -> bool:
        """Return whether a heading of the page's top stands where no page begins."""
        after = self.ahead.line(index)
        begins = after is not None and after.known is not None and after.known.kind != "topic"
        return self.statement is not None and not begins

    def _is_numbered_heading(self, index: int, line: Line) -> bool:
        """Return whether an item of a list is a heading with a number in front."""
        return line.kind == "heading" or (line.numbered and self._before_prose(index))

    def _before_prose(self, index: int) -> bool:
        after = self.ahead.line(index)
        return after is not None and after.prose

    def _outranks(self, line: Line, *, strictly: bool) -> bool:
        """Return whether the format puts a heading above the sub-headings of the findings."""
        if not self._in_findings() or line.level is None or self.findings_level is None:
            return False
        return line.level < self.findings_level + (not strictly)

    @staticmethod
    def _is_single_word(line: Line) -> bool:
        return len(line.text.split()) == 1


def _no_findings_heading(what: str) -> Doubt:
    message = f"no heading of key findings is printed; {what} is taken for them"
    return Doubt("heading-missing", message)
