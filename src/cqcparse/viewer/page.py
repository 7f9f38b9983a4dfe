"""The page: what the report is, the text with its marks, the cards, the diagnostics."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from cqcparse.assessment import Assessment
from cqcparse.errors import Diagnostic
from cqcparse.mentions import Mention
from cqcparse.sections import Section
from cqcparse.statements import StatementAssessment
from cqcparse.viewer.cards import Marked, card
from cqcparse.viewer.escaping import shown
from cqcparse.viewer.legend import kinds_of, legend, legend_style
from cqcparse.viewer.marking import Anchor, Wrap, levels, marked

#: Most marks on the same words whose lines are drawn below each other.
_DEEPEST = 3


def to_html(assessment: Assessment) -> str:
    """Return the assessment as one page of HTML, for a browser and for paper.

    The page holds the text with every mention marked. It needs nothing else, runs no script and
    loads nothing: its content policy allows its own style and no more.

    Args:
        assessment: What to show.
    """
    return "".join(_Page(assessment).parts())


@cache
def _style() -> str:
    return (files("cqcparse.viewer") / "style.css").read_text(encoding="utf-8")


class _Page:
    """One assessment on its way to a page."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._kinds = kinds_of(assessment.mentions)
        self._marked = [
            Marked(mention=mention, id=str(number), css=self._kinds[mention.kind].css)
            for number, mention in enumerate(assessment.mentions, 1)
        ]
        self._sections = [
            section for section in assessment.walk() if section.title and section.title.text
        ]

    def parts(self) -> Iterator[str]:
        """Yield the page in pieces."""
        title = shown(_title(self._assessment))
        style = _style() + legend_style(self._kinds.values())
        yield '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">\n'
        yield '<meta name="viewport" content="width=device-width">\n'
        yield '<meta name="referrer" content="no-referrer">\n'
        yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        yield '<a class="skip" href="#text">To the text</a>\n<div class="page">\n'
        yield f"<header>\n<h1>{title}</h1>\n"
        yield from _summary(self._assessment)
        yield from _statements(self._assessment.statements, self._targets())
        yield from self._contents()
        yield from _diagnostics(self._assessment.diagnostics)
        yield "</header>\n"
        yield from legend(self._kinds.values()) if self._kinds else ()
        yield '<article class="text" id="text">'
        yield from marked(self._assessment.document.text, self._wraps(), self._anchors())
        yield '</article>\n<div class="after">\n'
        yield from self._list()
        yield '</div>\n<aside class="panel" aria-label="The chosen mention"><div class="inner">\n'
        yield '<p class="hint">Choose a marked passage to see what was read from it.</p>\n'
        yield from self._cards()
        yield "</div></aside>\n</div>\n</body>\n</html>\n"

    def _targets(self) -> Mapping[int, str]:
        """Return the ids of the headings by where they begin."""
        return {
            section.title.span.start: f"s{number}"
            for number, section in enumerate(self._sections, 1)
            if section.title
        }

    def _contents(self) -> Iterator[str]:
        if not self._sections:
            return
        yield "<nav><details><summary>Contents</summary>\n<ol>\n"
        for number, section in enumerate(self._sections, 1):
            name = shown(section.title.text) if section.title else ""
            yield f'<li class="d{section.level}"><a href="#s{number}">{name}</a></li>\n'
        yield "</ol></details></nav>\n"

    def _wraps(self) -> Iterator[Wrap]:
        for number, section in enumerate(self._sections, 1):
            yield _heading(section, f"s{number}")
        stacked = levels([item.mention.span for item in self._marked])
        for item, level in zip(self._marked, stacked, strict=True):
            yield _mark(item, min(level, _DEEPEST))

    def _anchors(self) -> Iterator[Anchor]:
        for item in self._marked:
            if not len(item.mention.span):
                yield Anchor(offset=item.mention.span.start, id=f"t{item.id}")
        for number, diagnostic in enumerate(self._assessment.diagnostics, 1):
            if diagnostic.span is not None:
                yield Anchor(offset=diagnostic.span.start, id=f"d{number}")

    def _cards(self) -> Iterator[str]:
        here = _neighbours(self._marked)
        for item in self._marked:
            yield from card(item, self._assessment, here.get(item.id, ()))

    def _list(self) -> Iterator[str]:
        """Yield all mentions as a table, which a reader may open and print."""
        if not self._marked:
            return
        yield f"<details><summary>All {len(self._marked)} mentions as a table</summary>\n<table>"
        yield '<thead><tr><th scope="col">Kind</th><th scope="col">Type</th>'
        yield '<th scope="col">Words</th><th scope="col">Stands for</th></tr></thead>\n<tbody>\n'
        for item in self._marked:
            yield _row(item)
        yield "</tbody></table></details>\n"


def _policy(style: str) -> str:
    """Return a content policy that allows this one style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _title(assessment: Assessment) -> str:
    name = assessment.authority.name if assessment.authority else assessment.source
    titles = [statement.title.text for statement in assessment.statements]
    about = titles[0] if len(titles) == 1 else "local authority assessment"
    if not assessment.is_local_authority_assessment:
        return name or "A text without a name"
    return f"{name or 'Unknown authority'}: {about}"


def _summary(assessment: Assessment) -> Iterator[str]:
    authority, overall, document = assessment.authority, assessment.overall, assessment.document
    entries = [
        ("Source", assessment.source),
        ("Saved from", document.address),
        ("Authority", _authority_line(assessment) if authority else "unknown"),
        ("Rating", overall.rating.text if overall and overall.rating else None),
        ("Percentage", f"{overall.percentage}%" if overall and overall.percentage else None),
        ("Scores are", "indicative" if assessment.indicative else None),
        ("Framework", assessment.framework),
        ("Left out", _omissions(assessment)),
    ]
    yield "<dl>"
    for name, value in entries:
        if value:
            yield f"<dt>{name}</dt><dd>{shown(value)}</dd>"
    yield "</dl>\n"


def _authority_line(assessment: Assessment) -> str:
    authority = assessment.authority
    if authority is None:
        return "unknown"
    code = authority.ons_code or "not in the register"
    return f"{authority.name} ({code}), from the {authority.basis}"


def _omissions(assessment: Assessment) -> str:
    """Return what the reader left out of the source, summed up by what it was taken for."""
    lengths: dict[str, int] = defaultdict(int)
    for omission in assessment.document.omissions:
        lengths[omission.reason] += omission.length
    return ", ".join(f"{reason} ({length:,} characters)" for reason, length in lengths.items())


def _statements(
    statements: Sequence[StatementAssessment], targets: Mapping[int, str]
) -> Iterator[str]:
    if not statements:
        return
    yield '<table><thead><tr><th scope="col">Quality statement</th>'
    yield '<th scope="col" class="n">Score</th><th scope="col">In words</th></tr></thead>\n<tbody>'
    for statement in statements:
        id_, score = targets.get(statement.title.span.start), statement.score
        name = shown(statement.title.text)
        yield f'<tr><td><a href="#{id_}">{name}</a></td>' if id_ else f"<tr><td>{name}</td>"
        yield f'<td class="n">{score.value if score else "–"}</td>'
        yield f"<td>{shown(score.descriptor or '') if score else 'no score'}</td></tr>\n"
    yield "</tbody></table>\n"


def _diagnostics(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    if not diagnostics:
        return
    worst = " open" if any(d.severity != "info" for d in diagnostics) else ""
    yield f"<details{worst}><summary>{len(diagnostics)} to look at</summary>\n<ul>\n"
    for number, diagnostic in enumerate(diagnostics, 1):
        place = f' <a href="#d{number}">show</a>' if diagnostic.span else ""
        yield (
            f'<li class="{diagnostic.severity}"><b>{diagnostic.severity}</b> '
            f"<code>{shown(diagnostic.code)}</code> {shown(diagnostic.message)}{place}</li>\n"
        )
    yield "</ul></details>\n"


def _heading(section: Section, id_: str) -> Wrap:
    span = section.title.span if section.title else section.own
    level = max(section.level, 1)
    tag = f'class="heading l{level}"'
    return Wrap(
        span=span,
        first=f'<span {tag} id="{id_}" role="heading" aria-level="{level + 1}">',
        again=f"<span {tag}>",
        close="</span>",
    )


def _mark(item: Marked, level: int) -> Wrap:
    mention: Mention = item.mention
    about = shown(f"{mention.kind}: {mention.type}" if mention.type else mention.kind)
    tag = f'mark class="{item.css} v{level}"'
    return Wrap(
        span=mention.span,
        first=f'<{tag} id="t{item.id}" title="{about}">',
        again=f'<{tag} title="{about}">',
        close="</mark>",
        href=f"#m{item.id}",
    )


def _row(item: Marked) -> str:
    mention = item.mention
    return (
        f'<tr class="row {item.css}"><td>{shown(mention.kind)}</td>'
        f"<td>{shown(mention.type or '')}</td>"
        f'<td><a href="#t{item.id}">{shown(mention.text)}</a></td>'
        f"<td>{shown(mention.canonical or '')}</td></tr>\n"
    )


def _neighbours(items: Iterable[Marked]) -> Mapping[str, Sequence[Marked]]:
    """Return for the id of each mention the others that share characters with it, in order."""
    found: dict[str, list[Marked]] = defaultdict(list)
    around: list[Marked] = []
    for item in items:
        around = [other for other in around if other.mention.span.overlaps(item.mention.span)]
        for other in around:
            found[item.id].append(other)
            found[other.id].append(item)
        around.append(item)
    return found
