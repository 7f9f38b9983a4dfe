"""How many findings there are, by report, statement, voice and polarity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from cqcparse import Assessment
from cqcparse_findings.mention import Finding, Polarity, Voice


@attrs.frozen(kw_only=True)
class FindingCount:
    """How often one voice says one thing about one statement of a report."""

    source: str | None
    #: Name of the authority; None if it is not known.
    authority: str | None
    #: Id of the quality statement; None outside of all.
    statement: str | None
    voice: Voice
    polarity: Polarity
    #: Number of sentences.
    sentences: int


def count_findings(assessments: Iterable[Assessment]) -> tuple[FindingCount, ...]:
    """Return the number of findings by statement, voice and polarity; those that occur.

    Reports and statements are in the order in which they come, voices and polarities in that of
    the alphabet. ``attrs.asdict`` makes a row of each.

    Args:
        assessments: The reports, read while this plugin is loaded.
    """
    return tuple(count for assessment in assessments for count in _of_one(assessment))


def _of_one(assessment: Assessment) -> Iterable[FindingCount]:
    counts: dict[str | None, Counter[tuple[Voice, Polarity]]] = {}
    for finding in assessment.of(Finding):
        statement = assessment.statement_of(finding)
        counter = counts.setdefault(statement.id if statement else None, Counter())
        counter[finding.voice, finding.polarity] += 1
    for statement_id, counter in counts.items():
        for (voice, polarity), sentences in sorted(counter.items()):
            yield FindingCount(
                source=assessment.source,
                authority=assessment.authority.name if assessment.authority else None,
                statement=statement_id,
                voice=voice,
                polarity=polarity,
                sentences=sentences,
            )
