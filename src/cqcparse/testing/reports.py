"""Hypothesis strategy: pages of reports, with what they say known beforehand."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from cqcparse.framework import Framework, Statement, builtin_frameworks
from cqcparse.model.spans import Quote, Span

_NAMES = ("Larkshire", "Wendmouth", "Northmere", "Saltby and Fenwick")
_WORDS = (
    *("people", "staff", "leaders", "partners", "carers", "£2.4 million", "24 beds", "6 weeks"),
    *("the Better Care Fund (BCF)", "reablement", "told us", "had improved", "however", "2023/24"),
    *("İstanbul", "“quoted”", "1 in 5", "the trust", "(new)", "e\u0301", "24/7", "s.75"),
)


@attrs.frozen(kw_only=True)
class KnownStatement:
    """One quality statement of a generated report."""

    #: Id in the framework profile.
    id: str
    title: Quote
    score: int
    #: The paragraphs of its key findings, in order.
    findings: tuple[Quote, ...]


@attrs.frozen(kw_only=True)
class KnownReport:
    """A generated report, and what a parser must find in it."""

    text: str
    framework: str
    statements: tuple[KnownStatement, ...]


def reports(max_statements: int = 3) -> st.SearchStrategy[KnownReport]:
    """Return reports of one or more statements, each with score, commitment and key findings.

    Args:
        max_statements: Statements at most; no statement occurs twice.
    """
    framework = next(f for f in builtin_frameworks() if f.local_authority)
    chosen = st.lists(
        st.sampled_from(framework.statements),
        min_size=1,
        max_size=max_statements,
        unique_by=lambda statement: statement.id,
    )
    return chosen.flatmap(lambda statements: _report(framework, statements))


def paragraphs() -> st.SearchStrategy[str]:
    """Return paragraphs that look like findings, of one to three sentences."""
    words = st.lists(st.sampled_from(_WORDS), min_size=3, max_size=12)
    sentence = words.map(lambda chosen: f"The {' '.join(chosen)}.")
    return st.lists(sentence, min_size=1, max_size=3).map(" ".join)


class _Writer:
    """Writes lines one below the other, and knows where each stands."""

    def __init__(self, gap: str) -> None:
        self.text = ""
        self._gap = gap

    def line(self, words: str) -> Quote:
        start = len(self.text)
        self.text += words + self._gap
        return Quote(words, Span(start, start + len(words)))


@st.composite
def _report(draw: st.DrawFn, framework: Framework, statements: list[Statement]) -> KnownReport:
    writer = _Writer(draw(st.sampled_from(("\n", "\n\n"))))
    if draw(st.booleans()):
        writer.line(f"{draw(st.sampled_from(_NAMES))} Council: local authority assessment")
    known = tuple(_statement(draw, framework, statement, writer) for statement in statements)
    return KnownReport(text=writer.text, framework=framework.id, statements=known)


def _statement(
    draw: st.DrawFn, framework: Framework, statement: Statement, writer: _Writer
) -> KnownStatement:
    level = draw(st.sampled_from(framework.scores))
    title = writer.line(statement.title)
    writer.line(draw(st.sampled_from(("Score: {}", "Score {}"))).format(level.value))
    writer.line(f"{level.value} {draw(st.sampled_from('-–'))} {level.descriptor}")
    writer.line("What people expect")
    for expectation in statement.expectations:
        writer.line(expectation)
    writer.line("The local authority commitment")
    writer.line(statement.commitment)
    writer.line("Key findings for this quality statement")
    findings = draw(st.lists(paragraphs(), min_size=1, max_size=4))
    return KnownStatement(
        id=statement.id,
        title=title,
        score=level.value,
        findings=tuple(map(writer.line, findings)),
    )
