"""Two assessments of one authority held against each other: headings, services, sentences.

What counts as a change is what ``cqcparse ask changes`` says it is; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from cqcparse.corpora.site.texts import Texts, shortened
from cqcparse.model.mentions import Service
from cqcparse.model.report import Report
from cqcparse.model.sections import Role

#: Roles of sections whose sentences say what was found.
_FOUND: frozenset[Role] = frozenset({"topic", "key-findings"})
#: Roles of sections whose headings are the assessors' own choice.
_HEADED: frozenset[Role] = frozenset({"topic", "other"})
#: What a service can be said to have become, and how it is listed.
_BECAME = {"new": "begun", "ended": "ended", "reduced": "ended"}


@attrs.frozen(kw_only=True)
class Passage:
    """Something that a report says, with its place."""

    #: Id of the quality statement.
    statement: str | None
    text: str
    href: str


@attrs.frozen(kw_only=True)
class ServiceNews:
    """A service that a report says is new, ended or reduced."""

    type: str | None
    status: str
    name: str
    passage: Passage


@attrs.frozen(kw_only=True)
class Told:
    """What a report tells, to be held against another."""

    headings: tuple[Passage, ...]
    services: tuple[ServiceNews, ...]
    sentences: tuple[Passage, ...]


@attrs.frozen(kw_only=True)
class Difference:
    """What one report tells and the other does not.

    Attributes:
        headings: Headings of the later one only, and of the earlier one only.
        begun: Services that the later one says are new, and the earlier one did not.
        ended: Services that it says have ended or were reduced, likewise.
        sentences: Sentences of the later one only, and of the earlier one only.
    """

    headings: tuple[tuple[Passage, ...], tuple[Passage, ...]]
    begun: tuple[ServiceNews, ...]
    ended: tuple[ServiceNews, ...]
    sentences: tuple[tuple[Passage, ...], tuple[Passage, ...]]

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return any((*self.headings, self.begun, self.ended, *self.sentences))


def told_by(report: Report, texts: Texts) -> Told:
    """Return what a report tells.

    Args:
        report: The report.
        texts: The pages of the site that hold its text.
    """
    return Told(
        headings=tuple(_headings(report, texts)),
        services=tuple(_services(report, texts)),
        sentences=tuple(_sentences(report, texts)),
    )


def difference(now: Told, before: Told) -> Difference:
    """Return what the later of two reports of an authority tells otherwise than the earlier."""
    known = {(service.type, service.status) for service in before.services}
    news = [one for one in now.services if (one.type, one.status) not in known]
    return Difference(
        headings=_apart(now.headings, before.headings, str.lower),
        begun=tuple(one for one in news if _BECAME[one.status] == "begun"),
        ended=tuple(one for one in news if _BECAME[one.status] == "ended"),
        sentences=_apart(now.sentences, before.sentences, str),
    )


def _headings(report: Report, texts: Texts) -> Iterator[Passage]:
    for page in report.pages:
        for section in page.walk():
            if section.role in _HEADED and section.title is not None:
                statement = page.statement_of(section)
                yield Passage(
                    statement=statement.id if statement else None,
                    text=section.title.text,
                    href=texts.href(page, section.title.span.start),
                )


def _services(report: Report, texts: Texts) -> Iterator[ServiceNews]:
    for on in report.of(Service):
        page, service = on.page, on.item
        status = getattr(service, "status", None)  # a kind of this name may be another's
        if status not in _BECAME:
            continue
        statement, sentence = page.statement_of(service), page.sentence_of(service)
        yield ServiceNews(
            type=service.type,
            status=status,
            name=shortened(service.text),
            passage=Passage(
                statement=statement.id if statement else None,
                text=shortened(sentence.text if sentence else service.text),
                href=texts.href(page, service.span.start),
            ),
        )


def _sentences(report: Report, texts: Texts) -> Iterator[Passage]:
    for page in report.pages:
        for section in page.walk():
            if section.role not in _FOUND:
                continue
            for sentence in section.sentences:
                statement = page.statement_of(sentence)
                yield Passage(
                    statement=statement.id if statement else None,
                    text=sentence.text,
                    href=texts.href(page, sentence.span.start),
                )


def _apart(
    now: Iterable[Passage], before: Iterable[Passage], same: Callable[[str], str]
) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Return what only the one has, and what only the other has; each once."""
    first, second = ({(p.statement, same(p.text)): p for p in side} for side in (now, before))
    return (
        tuple(_quoted(passage) for key, passage in first.items() if key not in second),
        tuple(_quoted(passage) for key, passage in second.items() if key not in first),
    )


def _quoted(passage: Passage) -> Passage:
    return attrs.evolve(passage, text=shortened(passage.text))
