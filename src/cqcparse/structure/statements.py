"""What is read from the sections: statements with their scores, and the kind of document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from cqcparse.framework import Framework, builtin_frameworks
from cqcparse.framework.choice import FrameworkChoice, choose_framework
from cqcparse.model.diagnostics import Diagnostic, Severity
from cqcparse.model.document import Document
from cqcparse.model.scores import Overall, Tally
from cqcparse.model.sections import Paragraph, Section
from cqcparse.model.spans import Span
from cqcparse.model.statements import StatementAssessment
from cqcparse.structure.ratings import (
    check_overall,
    percentage_invalid,
    rating_missing,
    read_overall,
    read_score,
)
from cqcparse.structure.score_totals import tally
from cqcparse.structure.sections import findings, parse_sections

#: Fewest words of a sub-heading that no other kind of document is likely to have.
_TELLING_WORDS = 4
#: Fewest phrases of the profile that make up for headings lost in one long line.
_TELLING_MARKERS = 2
#: Longest text that may be a piece of an assessment whatever it speaks of, in code points.
_SHORT = 1000
#: Most headings of its own that a piece of an assessment has; more are those of another document.
_MOST_HEADINGS = 1


@attrs.frozen(kw_only=True)
class Structure:
    """A document, told apart: stage 2 and what is read from it."""

    framework: Framework
    #: Why the profile of a plugin was chosen; None for a built-in one, or one that was asked for.
    reason: str | None
    sections: tuple[Section, ...]
    statements: tuple[StatementAssessment, ...]
    overall: Overall | None
    #: What the scores of all statements add up to; None if one is missing.
    tally: Tally | None
    #: Whether scores and rating are said to be indicative, as in the pilots.
    indicative: bool
    is_local_authority_assessment: bool
    #: Whether the authority and mentions are looked for in it.
    wanted: bool
    #: What extractors read: the body of the key findings, or all paragraphs of a piece of text.
    findings: tuple[Paragraph, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_structure(
    document: Document,
    framework: Framework | None = None,
    further: Sequence[Framework] = (),
    *,
    piece: bool = True,
    any_document: bool = False,
) -> Structure:
    """Tell a document apart by the profile it belongs to; never raises on any text.

    Args:
        document: What the reader produced.
        framework: The profile to apply; None to decide from the text.
        further: Profiles to choose from beside the built-in ones.
        piece: Whether it may be a piece of an assessment, such as a paragraph, which is wanted
            though nothing in it says so. A file is a whole document, and never a piece.
        any_document: Whether what is no assessment is wanted, too.
    """
    profiles, others = (builtin_frameworks(), further) if framework is None else ([framework], ())
    choice = choose_framework(document.text, profiles, others)
    profile = choice.framework
    sections, heading_doubts = parse_sections(document, profile)
    statements, score_doubts = find_statements(sections, profile)
    objection = _objection(document, sections, statements, choice)
    piece = piece and objection is not None and _may_be_a_piece(document.text, sections, choice)
    asked_for = any_document or profile in further or (framework and not profile.local_authority)
    wanted = objection is None or piece or bool(asked_for)
    doubts: tuple[Diagnostic, ...] = ()
    if objection is not None:
        expected = bool(asked_for) and not any_document and not profile.local_authority
        severity: Severity = "info" if expected else "error"
        doubts = (_not_an_assessment(objection, severity, piece=piece, wanted=wanted),)
    if objection is not None and _is_not_its_own(choice, wanted=wanted):
        statements, overall = (), None
    else:
        overall = read_overall(document, sections, profile)
        values = [statement.score.value for statement in statements if statement.score]
        doubts += (
            *heading_doubts,
            *score_doubts,
            *check_overall(overall, sections, values, profile),
            *percentage_invalid(overall, document, sections, profile),
            *rating_missing(overall, sections, statements, profile),
        )
    return Structure(
        framework=profile,
        reason=choice.reason if choice.heading is not None else None,
        sections=sections,
        statements=statements,
        overall=overall,
        tally=tally([item.score.value for item in statements if item.score], profile),
        indicative=_is_indicative(sections, profile),
        is_local_authority_assessment=objection is None,
        wanted=wanted,
        findings=_findings(sections, choice, any_document=any_document) if wanted else (),
        diagnostics=doubts,
    )


def find_statements(
    sections: Iterable[Section], framework: Framework
) -> tuple[tuple[StatementAssessment, ...], tuple[Diagnostic, ...]]:
    """Return the quality statements of a document in order, and what is doubtful about them.

    A statement that a summary lists with its score, and that has a page of its own below, is one
    statement: the sections are those of the page, the score is the page's, else the summary's.
    """
    found: dict[str, tuple[StatementAssessment, tuple[Diagnostic, ...]]] = {}
    conflicts: list[Diagnostic] = []
    for group in _groups(sections):
        statement, doubts = _statement(group, framework)
        if statement is None:
            continue
        if statement.id not in found:
            found[statement.id] = (statement, doubts)
            continue
        earlier, earlier_doubts = found[statement.id]
        conflicts += _conflict(earlier, statement)
        merged = _merged(earlier, statement)
        scores_known = merged.score is not None
        found[statement.id] = (merged, () if scores_known else earlier_doubts or doubts)
        if scores_known:
            conflicts += [
                doubt for doubt in (*earlier_doubts, *doubts) if doubt.code != "score-missing"
            ]
    ordered = sorted(found.values(), key=lambda item: item[0].span)
    diagnostics = [doubt for _, doubts in ordered for doubt in doubts]
    return tuple(statement for statement, _ in ordered), (*diagnostics, *conflicts)


def _groups(sections: Iterable[Section]) -> Iterator[list[Section]]:
    """Yield the sections of each statement, the one with its heading first."""
    group: list[Section] = []
    for section in sections:
        if section.role == "score" and section.title is not None:
            if group:
                yield group
            group = [section]
        elif section.role == "footer":
            continue
        elif section.role in ("preamble", "other"):
            if group:
                yield group
            group = []
        elif group:
            group.append(section)
    if group:
        yield group


def _statement(
    group: Sequence[Section], framework: Framework
) -> tuple[StatementAssessment | None, tuple[Diagnostic, ...]]:
    head = group[0]
    known = framework.statement(head.id)
    if known is None or head.title is None:
        return None, ()
    score, doubts = read_score(head, framework)
    statement = StatementAssessment(
        id=known.id,
        title=head.title,
        theme=known.theme,
        score=score,
        sections=tuple(group),
        span=Span(head.title.span.start, group[-1].span.end),
    )
    return statement, doubts


def _merged(earlier: StatementAssessment, later: StatementAssessment) -> StatementAssessment:
    """Return the fuller of two accounts of a statement, with the score of either."""
    fuller, other = (
        (later, earlier) if len(later.sections) > len(earlier.sections) else (earlier, later)
    )
    return fuller if fuller.score else attrs.evolve(fuller, score=other.score)


def _conflict(earlier: StatementAssessment, later: StatementAssessment) -> Iterator[Diagnostic]:
    if earlier.score and later.score and earlier.score.value != later.score.value:
        yield Diagnostic(
            code="score-conflict",
            message=(
                f"{later.title.text!r} is printed with the score {earlier.score.value} "
                f"and with {later.score.value}"
            ),
            span=later.score.span,
        )


def _is_indicative(sections: Iterable[Section], framework: Framework) -> bool:
    """Return whether a heading or a line outside the findings says so."""
    texts = (
        text.lower()
        for section in sections
        if section.role in ("preamble", "score", "other")
        for text in (
            *([section.title.text] if section.title else []),
            *(paragraph.text for paragraph in section.paragraphs),
        )
    )
    return any(phrase in text for text in texts for phrase in framework.score.indicative)


def _findings(
    sections: Sequence[Section], choice: FrameworkChoice, *, any_document: bool
) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the key findings; of another document or a piece, all of them."""
    found = findings(sections, choice.framework)
    other_kind = choice.counter_markers or not choice.framework.local_authority
    whole = any_document or not (other_kind or _has_known_heading(sections))
    if found or not whole:
        return found
    return tuple(
        paragraph for top in sections for paragraph in top.paragraphs if top.role != "footer"
    )


def _has_known_heading(sections: Iterable[Section]) -> bool:
    """Return whether there is a heading that the profile knows, beside those of footers."""
    return any(
        section.title is not None and section.id is not None and section.role != "footer"
        for top in sections
        for section in top.walk()
    )


def _objection(
    document: Document,
    sections: Sequence[Section],
    statements: Iterable[StatementAssessment],
    choice: FrameworkChoice,
) -> str | None:
    """Return why a document is no assessment of a local authority; None if it is one."""
    framework = choice.framework
    if not document.text.strip():
        return "there is no text in it"
    if not framework.local_authority:
        return f"it belongs to the profile {framework.id!r}: {choice.reason}"
    if any(_is_proof(section, framework) for top in sections for section in top.walk()):
        return None
    if choice.counter_markers:
        found = ", ".join(repr(marker) for marker in choice.counter_markers[:3])
        return f"it is another kind of document, with phrases such as {found}"
    scored = any(statement.score for statement in statements)
    if scored or len(choice.markers) >= _TELLING_MARKERS:
        return None
    return "it has none of the headings of such a report"


def _is_proof(section: Section, framework: Framework) -> bool:
    """Return whether only an assessment has a section with this heading."""
    if section.title is None or section.id is None:
        return False
    if section.id in framework.telling_headings:
        return section.role != "footer"
    long = len(section.title.text.split()) >= _TELLING_WORDS
    return long and (
        section.role == "topic" or any(theme.id == section.id for theme in framework.themes)
    )


def _may_be_a_piece(text: str, sections: Iterable[Section], choice: FrameworkChoice) -> bool:
    """Return whether a text may be a piece of an assessment: nothing shows another document.

    A sentence may speak of anything; more than a paragraph or two speak of what assessments do.
    """
    if choice.counter_markers or not choice.framework.local_authority:
        return False
    if len(text) > _SHORT and not _speaks_of(text, choice.framework.subjects):
        return False
    own = [
        section
        for top in sections
        for section in top.walk()
        if section.title is not None and section.id is None and section.role != "footer"
    ]
    return len(own) <= _MOST_HEADINGS


def _speaks_of(text: str, subjects: Sequence[str]) -> bool:
    low = " ".join(text.lower().split())
    return not subjects or any(subject in low for subject in subjects)


def _is_not_its_own(choice: FrameworkChoice, *, wanted: bool) -> bool:
    """Return whether statements found in what is no assessment are none of the document's own.

    A press release lists the scores of an authority, and an unrelated text may have a heading
    like that of a statement; a report on a provider has the statements of its own profile.
    """
    return choice.framework.local_authority and (bool(choice.counter_markers) or not wanted)


def _not_an_assessment(
    objection: str, severity: Severity, *, piece: bool, wanted: bool
) -> Diagnostic:
    done = "it was read as a piece of one" if piece else "it was read all the same"
    if not wanted:
        done = "nothing was looked for in it; Parser(any_document=True) and --any-document do so"
    return Diagnostic(
        code="not-an-assessment",
        message=f"this is not taken for an assessment of a local authority: {objection}; {done}",
        severity=severity,
    )
