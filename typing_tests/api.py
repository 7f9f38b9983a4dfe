"""What a type checker sees of the public names. Checked by ``make types``, never run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar, assert_type

import attrs

import cqcparse
import cqcparse.model

# --- from a report to what was read --------------------------------------------------------------

report = cqcparse.parse("Safeguarding", source="page.txt")
assert_type(report, cqcparse.Assessment)
assert_type(cqcparse.read(Path("report.html")), cqcparse.Assessment)
assert_type(
    cqcparse.read_many(["a.txt", Path("b.pdf")], workers=2),
    Iterator[cqcparse.Assessment | cqcparse.ReadFailure],
)
assert_type(cqcparse.Parser(plugins=False).parse(""), cqcparse.Assessment)
assert_type(cqcparse.from_json(report.to_json()), cqcparse.Assessment)

for statement in report.statements:
    assert_type(statement.score, cqcparse.model.Score | None)
    assert_type(statement.span, cqcparse.Span)
assert_type(report.authority, cqcparse.model.Authority | None)
assert_type(report.diagnostics, tuple[cqcparse.Diagnostic, ...])

# --- mentions by their kind: a class gives its own type, a name the type of all ------------------

assert_type(report.mentions, tuple[cqcparse.Mention, ...])
assert_type(report.funding, tuple[cqcparse.Funding, ...])
assert_type(report.services, tuple[cqcparse.Service, ...])
assert_type(report.partners, tuple[cqcparse.Partner, ...])
assert_type(report.of(cqcparse.Service), tuple[cqcparse.Service, ...])
assert_type(report.of("service"), tuple[cqcparse.Mention, ...])

# --- a reading is a quote with its meaning: either may be absent, and a checker insists on asking

for fund in report.funding:
    assert_type(fund.amount, cqcparse.Reading[cqcparse.Money] | None)
    assert_type(fund.funder, cqcparse.Quote | None)
    if fund.amount:
        assert_type(fund.amount.text, str)
        assert_type(fund.amount.value, cqcparse.Money | None)
    assert_type(fund.amount.value.low, Any)  # type: ignore[union-attr, assert-type]
for service in report.services:
    assert_type(service.duration, cqcparse.Reading[cqcparse.Duration] | None)
    assert_type(service.capacity, cqcparse.Reading[cqcparse.Count] | None)

# --- what an author of a plugin writes -----------------------------------------------------------


@attrs.frozen(kw_only=True)
class Town(cqcparse.Mention):
    """A kind of a plugin's own."""

    kind: ClassVar[str] = "town"

    population: cqcparse.Reading[cqcparse.Count] | None = None


class Towns:
    """An extractor needs no base class: its shape is enough."""

    name = "towns"
    produces = (Town,)

    def extract(self, view: cqcparse.View) -> Iterator[Town]:
        """Yield the towns of the findings."""
        for paragraph in view.findings:
            assert_type(paragraph, cqcparse.Paragraph)
            for match in re.finditer(r"\b[A-Z]\w+ton\b", paragraph.text):
                start = paragraph.span.start + match.start()
                span = cqcparse.Span(start, start + len(match.group()))
                yield Town(span=span, text=match.group())


class Nameless:
    """Not an extractor: it has no name."""

    produces = (Town,)

    def extract(self, view: cqcparse.View) -> Iterable[cqcparse.Mention]:
        """Yield nothing."""
        return view.mentions("town")


towns: cqcparse.Extractor = Towns()
nameless: cqcparse.Extractor = Nameless()  # type: ignore[assignment]
assert_type(cqcparse.Parser(extractors=[towns]).parse("").of(Town), tuple[Town, ...])


@cqcparse.hookimpl
def cqcparse_extractors() -> list[cqcparse.Extractor]:
    """A marked hook keeps its signature."""
    return [Towns()]


assert_type(cqcparse_extractors(), list[cqcparse.Extractor])
assert_type(cqcparse.json_schema(), dict[str, Any])
