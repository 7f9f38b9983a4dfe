"""References: a value of a mention that is another mention."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import ClassVar

import attrs
import pytest

import cqcparse
from cqcparse import Assessment, Mention, Parser, Span
from cqcparse.errors import DataError
from cqcparse.model import Reference

TEXT = "Age UK wrote a strategy with Mind."


@attrs.frozen(kw_only=True)
class Plan(Mention):
    """A plan, who wrote it, and what came before."""

    kind: ClassVar[str] = "plan"

    owner: Reference | None = None
    before: tuple[Reference, ...] = ()


PLACE = Span(15, 23)
KINDS = (cqcparse.Funding, cqcparse.Service, cqcparse.Partner, Plan)


class Plans:
    """Finds the strategy of the text, with the owner that it was given."""

    name = "plans"
    produces = (Plan,)
    requires = ("partner",)

    def __init__(self, owner: Reference | None, before: tuple[Reference, ...] = ()) -> None:
        self.owner, self.before = owner, before

    def extract(self, view: cqcparse.View) -> Iterator[Plan]:
        """Yield two plans, one of which refers to nothing."""
        owner = self.owner or Reference.to(view.mentions("partner")[0])
        yield Plan(span=PLACE, text="strategy", owner=owner, before=self.before)
        yield Plan(span=Span(0, 3), text="Age")


def read(owner: Reference | None = None, before: tuple[Reference, ...] = ()) -> Assessment:
    """Return the report with the plans."""
    built_in = Parser(plugins=False).extractors
    return Parser([*built_in, Plans(owner, before)], plugins=False).parse(TEXT)


def test_it_leads_to_its_mention() -> None:
    """Through the assessment, and through JSON, the owner is the partner that was found."""
    report = read()
    for one in (report, cqcparse.from_json(report.to_json(), kinds=KINDS)):
        (_, plan) = one.of(Plan)
        assert plan.owner is not None
        found = one.referred(plan.owner)
        assert found in one.partners
        assert found is not None
        assert found.text == "Age UK"
    assert cqcparse.from_json(report.to_json(), kinds=KINDS) == report


def test_tables_have_its_id() -> None:
    """The id beside the text is that of the row of the partner."""
    rows = [*read().rows("mentions")]
    (row,) = [row for row in rows if row["text"] == "strategy"]
    (owner,) = [one for one in rows if one["mention_id"] == row["owner_id"]]
    assert (owner["kind"], owner["text"], row["owner"]) == ("partner", "Age UK", "Age UK")


def test_the_viewer_says_its_kind() -> None:
    """On the card of the plan stands what is meant."""
    assert "“Age UK” (partner)" in read().to_html()


@pytest.mark.parametrize(
    ("owner", "problem"),
    [
        (
            Reference("Age UK", Span(0, 6), "service"),
            "it refers to a service 'Age UK', which is not",
        ),
        (Reference("Age", Span(0, 3), "partner"), "it refers to a partner 'Age', which is not"),
        (Reference("xxxxxx", Span(0, 6), "partner"), "says 'xxxxxx' where the document has other"),
        (Reference("Age UK", Span(0, 6), "\ud800"), "as 'owner'"),
    ],
)
def test_one_that_leads_nowhere(owner: Reference, problem: str) -> None:
    """The mention is left out with a sentence; the one beside it stays, as do all others."""
    report = read(owner)
    assert [plan.text for plan in report.of(Plan)] == ["Age"]
    (said,) = [d for d in report.diagnostics if d.code == "mention-rejected"]
    assert problem in said.message
    assert said.extractor == "plans"
    assert report.partners == Parser(plugins=False).parse(TEXT).partners


def test_what_refers_to_one_that_goes_goes_too() -> None:
    """A chain of references is followed to its end."""
    lost = Reference("wrote", Span(7, 12), "partner")

    class Chain(Plans):
        def extract(self, view: cqcparse.View) -> Iterator[Plan]:
            assert view.document.text == TEXT
            yield Plan(span=Span(0, 3), text="Age", owner=lost)
            yield Plan(span=Span(4, 6), text="UK", before=(Reference("Age", Span(0, 3), "plan"),))
            yield Plan(span=PLACE, text="strategy")

    built_in = Parser(plugins=False).extractors
    report = Parser([*built_in, Chain(None)], plugins=False).parse(TEXT)
    assert [plan.text for plan in report.of(Plan)] == ["strategy"]


def test_json_that_refers_to_nothing_is_refused() -> None:
    """What was tampered with is not taken for what it says."""
    data = json.loads(read().to_json())
    data["mentions"] = [row for row in data["mentions"] if row["kind"] != "partner"]
    with pytest.raises(DataError, match="refers to a partner where none is: 'Age UK'"):
        cqcparse.from_json(json.dumps(data), kinds=[Plan])


def test_a_reference_may_be_one_of_several() -> None:
    """Tuples of references are checked like single ones."""
    mind = Reference("Mind", Span(29, 33), "partner")
    (_, plan) = read(before=(mind,)).of(Plan)
    assert plan.before == (mind,)
