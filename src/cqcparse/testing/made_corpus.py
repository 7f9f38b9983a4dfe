"""A made corpus: eleven pages a report on every council, whose facts are known beforehand.

What it says of a council is invented. Authorities, regions and boards are those of the register, so
that tables can be compared and joined; the same call writes the same bytes everywhere.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import attrs

from cqcparse.framework import Framework, builtin_frameworks
from cqcparse.registry import AuthorityRecord, authorities, boards_for_authority

#: Report number of what is odd about a few of them.
MISPRINTED, INCOMPLETE, PILOT = 7, 11, 13
#: How many authorities have no report, and how many have two.
UNSEEN = 3
_MOST_POINTS = 36
_HEADING = "Eligibility decisions for care and support"


@attrs.frozen(kw_only=True)
class MadeReport:
    """What was written of one council.

    Attributes:
        ons_code: Code of the council.
        name: Its name.
        region: Its region.
        folder: Folder with the pages.
        published: Day of publication.
        scores: The nine scores, by statement.
        rating: The overall rating as printed.
        percentage: What the scores make of 36, as printed.
        pages: How many pages were written.
        fund: Pounds that it received from the Better Care Fund, said once, in three mentions.
        grant: Pounds that it gave to Age UK; None if it did not.
        reablement_days: How long reablement lasts.
        services: Type and status of the services that begin or end.
        board: Name of the integrated care board it works with, where it lies in one.
        waiting: Days of the median wait.
        autism: Whether autistic people are spoken of.
        eligible: Number in the sentence under the heading on eligibility.
        voices: How many sentences say what people, staff and leaders told.
    """

    ons_code: str
    name: str
    region: str
    folder: str
    published: dt.date
    scores: dict[str, int]
    rating: str
    percentage: int
    pages: int
    fund: int
    grant: int | None
    reablement_days: int
    services: tuple[tuple[str, str], ...]
    board: str | None
    waiting: int
    autism: bool
    eligible: int
    voices: dict[str, int]

    @property
    def total(self) -> int:
        """Sum of the nine scores."""
        return sum(self.scores.values())


@attrs.frozen(kw_only=True)
class MadeCorpus:
    """The reports that were written, and the councils that have none."""

    reports: tuple[MadeReport, ...]
    unseen: tuple[str, ...]

    def of(self, ons_code: str) -> tuple[MadeReport, ...]:
        """Return the reports on a council, the earlier first."""
        return tuple(report for report in self.reports if report.ons_code == ons_code)


def make_corpus(folder: Path, councils: int | None = None, *, prose: int = 10) -> MadeCorpus:
    """Write the pages of a corpus, and return what stands in them.

    Three councils have no report and three have two, so that there are as many as councils.

    Args:
        folder: Where to write; each report has a folder of its own in it.
        councils: How many councils there are; None for all 153.
        prose: Sentences under each heading beside the planted ones; 30 make pages as long as real
            ones.
    """
    framework = next(f for f in builtin_frameworks() if f.local_authority)
    known = authorities()[:councils]
    seen, unseen = known[:-UNSEEN], known[-UNSEEN:]
    reports = [
        *(_planned(number, record, framework) for number, record in enumerate(seen)),
        *(
            _planned(number, record, framework, again=True)
            for number, record in enumerate(seen[:3])
        ),
    ]
    for number, report in enumerate(reports):
        place = folder / report.folder
        place.mkdir(parents=True, exist_ok=True)
        for name, text in _pages(report, number, framework, prose):
            (place / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    return MadeCorpus(reports=tuple(reports), unseen=tuple(record.ons_code for record in unseen))


def _chosen(number: int, what: str, most: int) -> int:
    """Return a number below *most* that depends on what is asked for and nothing else."""
    digest = hashlib.sha256(f"{number} {what}".encode()).digest()
    return int.from_bytes(digest[:6], "big") % most


def _planned(
    number: int, record: AuthorityRecord, framework: Framework, *, again: bool = False
) -> MadeReport:
    """Return what is to be written; of the second report on a council a little differs."""
    scores = {
        s.id: (2, 3, 3, 2, 3, 1, 4, 3)[_chosen(number, s.id, 8)] for s in framework.statements
    }
    if again:
        scores |= {"governance": 4, "equity": 1}
    percentage = round(100 * sum(scores.values()) / _MOST_POINTS)
    band = framework.band(percentage)
    rating = band.rating if band else ""
    if number == MISPRINTED:
        rating = next(level.rating for level in framework.scores if level.rating != rating)
    year, month = (2027, 1) if again else divmod(2024 * 12 + 10 + _chosen(number, "month", 14), 12)
    published = dt.date(year, month + 1, 1 + _chosen(number, "day", 28))
    if number == PILOT:
        published = dt.date(2023, 11, 17)
    slug = re.sub(r"[^a-z]+", "-", record.short_name.lower()).strip("-")
    # A name in one piece: what this corpus tries is tables, not how names are read.
    boards = [b.name for b in boards_for_authority(record.ons_code) if "," not in b.name]
    services = [("bridging", "new")] if number % 3 == 0 else []
    services += [("step-down", "ended")] if number % 5 == 0 or again else []
    return MadeReport(
        ons_code=record.ons_code,
        name=record.name,
        region=record.region,
        folder=slug if number == PILOT else f"{slug}-{published:%m%y}",
        published=published,
        scores=scores,
        rating=rating,
        percentage=percentage,
        pages=10 if number == INCOMPLETE else 11,
        fund=1_000_000 + 100_000 * _chosen(number, "fund", 90),
        grant=5_000 * (1 + _chosen(number, "grant", 60)) if number % 4 == 0 else None,
        reablement_days=7 * (2 + _chosen(number, "weeks", 5)),
        services=tuple(services),
        board=boards[0] if len(boards) == 1 else None,
        waiting=5 + _chosen(number, "wait", 80),
        autism=number % 6 != 0,
        eligible=1_000 + 7 * number + (1 if again else 0),
        voices={voice: 1 + _chosen(number, voice, 3) for voice in ("people", "staff", "leaders")},
    )


def _pages(
    report: MadeReport, number: int, framework: Framework, prose: int
) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page."""
    title = f"{report.name}: local authority assessment"
    yield "landing", _text(title, *_landing(report, number))
    yield "summary", _text(title, *_summary(report, number, framework))
    for statement in framework.statements:
        if number == INCOMPLETE and statement.id == "learning":
            continue
        score = report.scores[statement.id]
        level = next(level for level in framework.scores if level.value == score)
        topics = [topic.titles[0] for topic in statement.topics if topic.id != "eligibility"][:4]
        planted = [*_planted(report, statement.id)]
        findings = [*_findings(number, statement.id, topics, planted, prose)]
        if statement.id == "assessing-needs":
            sentence = f"The panel had looked at {report.eligible} decisions on eligibility."
            findings += [_HEADING, sentence]
        if statement.id == "governance" and report.published.year > 2026:  # noqa: PLR2004 - the second
            findings += ["Use of technology", "A dashboard showed leaders where people waited."]
        label = "Indicative score" if number == PILOT else "Score"
        yield (
            statement.id,
            _text(
                *(title, statement.title, f"{label}: {score}", f"{score} - {level.descriptor}"),
                *("What people expect", *statement.expectations),
                *("The local authority commitment", statement.commitment),
                *("Key findings for this quality statement", *findings),
            ),
        )


def _landing(report: MadeReport, number: int) -> Iterator[str]:
    day = f"{report.published.day} {report.published:%B %Y}"
    yield from ("How we assess local authorities", f"Assessment published: {day}")
    yield from (f"About {report.name}", "Financial facts")
    budget = 90_000_000 + 1_000_000 * _chosen(number, "budget", 300)
    yield (
        f"The local authority estimated that in 2023/24, its total budget would be £{budget:,}. "
        f"Its actual spend for that year was £{budget + 1_250_000:,}, which was £1,250,000 more "
        "than estimated."
    )


def _summary(report: MadeReport, number: int, framework: Framework) -> Iterator[str]:
    yield from ("Overall summary", "Local authority rating and score", report.name, report.rating)
    if number != PILOT:
        yield f"Overall rating for {report.name}: {report.percentage}%"
    yield "Quality statement scores"
    for statement in framework.statements:
        yield statement.title
        yield f"Score: {report.scores[statement.id]}"
    yield from ("Summary of people's experiences", " ".join(_prose(number, "summary", 6)))
    yield "Summary of strengths, areas for development and next steps"
    yield " ".join(_prose(number, "strengths", 6))


def _planted(report: MadeReport, statement: str) -> Iterator[str]:
    """Yield the sentences with what is known of a report."""
    if statement == "assessing-needs":
        yield f"The median wait for an assessment was {report.waiting} days."
        for voice, told in _VOICES.items():
            yield from told[: report.voices[voice]]
    elif statement == "equity" and report.autism:
        yield "Autistic people told us they had waited a long time for support."
    elif statement == "care-provision":
        yield (
            f"In 2023/24, the council received £{report.fund:,} from the Better Care Fund "
            "to expand its reablement team."
        )
        yield f"People left hospital with a {report.reablement_days // 7}-week reablement service."
        for type_, status in report.services:
            yield _SERVICES[type_, status]
    elif statement == "partnerships":
        if report.board:
            yield f"The council worked closely with {report.board}."
        if report.grant:
            yield f"The council gave a grant of £{report.grant:,} to Age UK in 2024/25."


_SERVICES = {
    ("bridging", "new"): "A new bridging service had been launched.",
    ("step-down", "ended"): "The step-down service had been decommissioned.",
}
_VOICES: dict[str, Sequence[str]] = {
    "people": (
        "People told us that they were happy with the support they received.",
        "People told us that nobody had called them back.",
        "People told us that they had been listened to.",
    ),
    "staff": (
        "Staff told us that training was poor and that they did not have enough time.",
        "Staff told us that their managers were supportive.",
        "Staff told us that they felt valued.",
    ),
    "leaders": (
        "Leaders told us they had a clear plan for the coming year.",
        "Leaders told us that they did not know why people waited.",
        "Leaders told us that recruitment had improved.",
    ),
}


def _findings(
    number: int, statement: str, topics: Sequence[str], planted: Sequence[str], count: int
) -> Iterator[str]:
    """Yield headings and paragraphs, with the planted sentences spread over them."""
    prose = [*_prose(number, statement, count * len(topics))]
    for place, topic in enumerate(topics):
        own = prose[count * place : count * (place + 1)]
        yield topic
        yield " ".join(own[: count // 3])
        yield " ".join([*planted[place :: len(topics)], *own[count // 3 : 2 * count // 3]])
        yield " ".join(own[2 * count // 3 :])


def _prose(number: int, what: str, count: int) -> Iterator[str]:
    prose = _sentences()
    first = _chosen(number, what, len(prose))
    for place in range(count):
        yield prose[(first + place) % len(prose)]


@cache
def _sentences() -> tuple[str, ...]:
    """Return sentences as reports have them, of nobody in particular."""
    return tuple(
        files("cqcparse.testing").joinpath("made_prose.txt").read_text("utf-8").splitlines()
    )


def _text(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"
