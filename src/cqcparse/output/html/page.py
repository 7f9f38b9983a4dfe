"""The page: what the report is, the text of each of its documents, the cards of the mentions."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.model.scores import Score
from cqcparse.model.statements import Authority
from cqcparse.output.html.escaping import shown
from cqcparse.output.html.legend import kinds_of, legend, legend_style
from cqcparse.output.html.part import Part, diagnostics


def to_html(result: Assessment | Report) -> str:
    """Return an assessment, or a report with all its pages, as one page of HTML.

    It holds the text with every mention marked, for a browser and for paper. It needs nothing
    else, runs no script and loads nothing: its content policy allows its own style and no more.

    Args:
        result: What to show.
    """
    return "".join(_Page(result).parts())


@cache
def _style() -> str:
    return (files("cqcparse.output.html") / "style.css").read_text(encoding="utf-8")


class _Page:
    """A result on its way to a page."""

    def __init__(self, result: Assessment | Report) -> None:
        self._result = result
        pages = result.pages if isinstance(result, Report) else (result,)
        self._kinds = kinds_of(chain.from_iterable(page.mentions for page in pages))
        alone = len(pages) == 1
        self._parts = [
            Part(page, self._kinds, prefix="" if alone else f"p{number}-")
            for number, page in enumerate(pages, 1)
        ]

    def parts(self) -> Iterator[str]:
        """Yield the page in pieces."""
        title = shown(_title(self._result))
        style = _style() + legend_style(self._kinds.values())
        yield '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">\n'
        yield '<meta name="viewport" content="width=device-width">\n'
        yield '<meta name="referrer" content="no-referrer">\n'
        yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        yield f'<a class="skip" href="#{self._parts[0].id}">To the text</a>\n<div class="page">\n'
        yield f"<header>\n<h1>{title}</h1>\n"
        yield from _definitions(_summary(self._result))
        yield from _statements(self._scores())
        if isinstance(self._result, Report):
            yield from diagnostics(self._result.diagnostics)
        if len(self._parts) == 1:
            yield from self._about(self._parts[0])
        else:
            yield from self._list()
        yield "</header>\n"
        yield from legend(self._kinds.values()) if self._kinds else ()
        yield from self._bodies()
        yield '<aside class="panel" aria-label="The chosen mention"><div class="inner">\n'
        yield '<p class="hint">Choose a marked passage to see what was read from it.</p>\n'
        for part in self._parts:
            yield from part.cards()
        yield "</div></aside>\n</div>\n</body>\n</html>\n"

    def _about(self, part: Part) -> Iterator[str]:
        yield from part.contents()
        yield from part.diagnostics()

    def _bodies(self) -> Iterator[str]:
        """Yield the documents; where there are several, each under its name."""
        for part in self._parts:
            if len(self._parts) > 1:
                yield f'<div class="after"><h2>{shown(part.assessment.source or "")}</h2>\n'
                yield from _definitions(_origin(part.assessment))
                yield from self._about(part)
                yield "</div>\n"
            yield from part.text()
            yield '<div class="after">\n'
            yield from part.table()
            yield "</div>\n"

    def _list(self) -> Iterator[str]:
        """Yield the documents as links."""
        yield f"<nav><details open><summary>{len(self._parts)} pages</summary>\n<ol>\n"
        for part in self._parts:
            yield f'<li><a href="#{part.id}">{shown(part.assessment.source or "")}</a></li>\n'
        yield "</ol></details></nav>\n"

    def _scores(self) -> Iterator[tuple[str, Score | None, str | None]]:
        """Yield title, score and place of each statement."""
        if isinstance(self._result, Assessment):
            for statement in self._result.statements:
                place = self._parts[0].heading_at(statement.title.span.start)
                yield statement.title.text, statement.score, place
            return
        parts = {id(part.assessment): part for part in self._parts}
        for item in self._result.statements:
            place = parts[id(item.page)].heading_at(item.statement.title.span.start)
            yield item.title, item.score, place


def _policy(style: str) -> str:
    """Return a content policy that allows this one style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _title(result: Assessment | Report) -> str:
    name = result.authority.name if result.authority else result.source
    if not result.is_local_authority_assessment:
        return name or "A text without a name"
    about = "local authority assessment"
    if isinstance(result, Assessment) and len(result.statements) == 1:
        about = result.statements[0].title.text
    return f"{name or 'Unknown authority'}: {about}"


#: Name and value of a line about a result; None where there is nothing to say.
_Line = tuple[str, str | None]


def _summary(result: Assessment | Report) -> Iterator[_Line]:
    """Yield what a result says as a whole."""
    overall, tally = result.overall, result.tally
    yield "Source", result.source
    if isinstance(result, Assessment):
        yield from _origin(result)
    else:
        yield "Published", result.published.isoformat() if result.published else None
    yield "Authority", _authority(result.authority)
    yield "Rating", overall.rating.text if overall and overall.rating else None
    yield "Percentage", f"{overall.percentage}%" if overall and overall.percentage else None
    if tally is not None:
        yield (
            "Scores make",
            f"{tally.total} of {tally.maximum}, {tally.percentage}%, {tally.rating}",
        )
    yield "Scores are", "indicative" if result.indicative else None
    yield "Framework", result.framework


def _origin(assessment: Assessment) -> Iterator[_Line]:
    yield "Saved from", assessment.document.address
    yield "Left out", _omissions(assessment)


def _definitions(lines: Iterable[_Line]) -> Iterator[str]:
    entries = [f"<dt>{name}</dt><dd>{shown(value)}</dd>" for name, value in lines if value]
    if entries:
        yield f"<dl>{''.join(entries)}</dl>\n"


def _authority(authority: Authority | None) -> str:
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


def _statements(scores: Iterable[tuple[str, Score | None, str | None]]) -> Iterator[str]:
    rows: Sequence[str] = [_score_row(*row) for row in scores]
    if not rows:
        return
    yield '<table><thead><tr><th scope="col">Quality statement</th>'
    yield '<th scope="col" class="n">Score</th><th scope="col">In words</th></tr></thead>\n<tbody>'
    yield from rows
    yield "</tbody></table>\n"


def _score_row(title: str, score: Score | None, place: str | None) -> str:
    name = f'<a href="#{place}">{shown(title)}</a>' if place else shown(title)
    words = shown(score.descriptor or "") if score else "no score"
    value = score.value if score else "–"
    return f'<tr><td>{name}</td><td class="n">{value}</td><td>{words}</td></tr>\n'
