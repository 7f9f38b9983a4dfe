"""Cards for notebooks: a report with its scores in colour, a statement, a mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cqcparse.framework import builtin_frameworks
from cqcparse.model.assessment import Assessment
from cqcparse.model.kinds import attribute_types
from cqcparse.model.mentions import Mention
from cqcparse.model.report import Report, ReportStatement
from cqcparse.model.spans import EXCERPT
from cqcparse.model.statements import StatementAssessment
from cqcparse.output.html.environment import environment, short_day
from cqcparse.output.html.words import name_of
from cqcparse.registry import find_authority_by_code


def report_card(of: Assessment | Report) -> str:
    """Return a card with authority, rating, the scores of all statements, and what was found."""
    authority, overall = of.authority, of.overall
    record = (
        find_authority_by_code(authority.ons_code) if authority and authority.ons_code else None
    )
    rating = overall.rating.text if overall and overall.rating else None
    about = [
        record.region if record else None,
        short_day(of.published) if of.published else None,
        f"{overall.percentage}%" if overall and overall.percentage is not None else None,
        "indicative" if of.indicative else None,
        of.source,
    ]
    return _card(
        title=authority.name if authority else "Unknown authority",
        rating=rating,
        subtitle=" · ".join(filter(None, about)),
        scores=[*_scores(of)],
        facts=[*_found(of)],
    )


def statement_card(of: StatementAssessment | ReportStatement) -> str:
    """Return a card with title, score and theme."""
    score = of.score
    title = of.title if isinstance(of, ReportStatement) else of.title.text
    return _card(
        title=title,
        own=score.value if score else 0,
        subtitle=" · ".join(filter(None, (name_of(of.theme), score.descriptor if score else None))),
    )


def mention_card(mention: Mention) -> str:
    """Return a card with what is meant and every attribute that is said."""
    said = [("Place", f"{mention.span.start}-{mention.span.end}")]
    for name in ("canonical", "entity_id", *attribute_types(type(mention))):
        value = getattr(mention, name)
        if value not in {None, ()} and name != "evidence":
            said.append((name_of(name), _words(value)))
    if mention.evidence:
        said.append(("Rule", mention.evidence.rule))
    kind = name_of(mention.kind, "one")
    return _card(
        title=f"{kind}: {name_of(mention.type, mention.kind)}" if mention.type else kind,
        quotation=mention.text[:EXCERPT],
        facts=said,
    )


def _scores(of: Assessment | Report) -> Iterator[tuple[str, int | None, str | None]]:
    """Yield the statements of the framework with their scores, and those it does not know."""
    statements: list[StatementAssessment | ReportStatement] = [*of.statements]
    found = {s.id: s.score for s in reversed(statements)}
    titles = {s.id: s.title if isinstance(s, ReportStatement) else s.title.text for s in statements}
    framework = next((f for f in builtin_frameworks() if f.id == of.framework), None)
    known = {s.id: s.title for s in framework.statements} if framework else {}
    if not of.is_local_authority_assessment:
        known = {}
    for id_, title in (known | titles).items():
        score = found.get(id_)
        yield (
            known.get(id_, title),
            score.value if score else None,
            (score.descriptor if score else None),
        )


def _found(of: Assessment | Report) -> Iterator[tuple[str, str]]:
    """Yield how much was found."""
    if isinstance(of, Report):
        yield (
            "Pages",
            f"{len(of.pages)}, {len(of.missing)} missing" if of.missing else str(len(of.pages)),
        )
        kinds = Counter(on.item.kind for on in of.mentions)
    else:
        kinds = Counter(mention.kind for mention in of.mentions)
    yield "Found", ", ".join(f"{kind} {n:,}" for kind, n in kinds.most_common()) or "nothing"
    codes = [*dict.fromkeys(doubt.code for doubt in of.diagnostics)]
    if codes:
        yield "Doubts", ", ".join(codes)


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(_words, value))
    return str(value)[:EXCERPT]


def _card(**given: object) -> str:
    empty = dict.fromkeys(("rating", "own", "subtitle", "scores", "quotation", "facts"))
    return environment().get_template("html/notebook.html").render(**(empty | given))
