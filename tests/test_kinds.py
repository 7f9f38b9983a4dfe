"""Kinds of mention: the types of their fields, and values that do not fit them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Literal

import attrs
import pytest
from hypothesis import given

from cqcparse import (
    Assessment,
    Count,
    Funding,
    Mention,
    Money,
    Parser,
    Partner,
    Quote,
    Reading,
    Service,
    Span,
    View,
)
from cqcparse.model.kinds import attribute_types, field_types, misfit, with_built_in
from cqcparse.testing.strategies import assessments


class Size(Enum):
    """How large a town is."""

    SMALL = "small"


@attrs.frozen(kw_only=True)
class Town(Mention):
    """A kind that a plugin might bring."""

    kind = "town"

    population: Reading[Count] | None = None
    pair: tuple[int, str] | None = None
    names: tuple[Quote, ...] = ()
    size: Size | None = None
    share: float | None = None
    founded: dt.date | None = None
    side: Literal["left", "right"] | None = None


SPAN = Span(0, 3)
QUOTE = Quote("The", SPAN)


def town(**fields: object) -> Town:
    """Return a mention of a town with these fields, right or wrong."""
    return Town(span=SPAN, text="The", **fields)  # type: ignore[arg-type]


def test_field_types_are_resolved() -> None:
    """Generic classes are filled in, and inherited fields are no attributes."""
    assert field_types(Reading[Money])["value"] == Money | None
    assert list(attribute_types(Partner)) == ["specificity", "registry_id"]


def test_built_in_kinds_come_first_and_each_name_once() -> None:
    """The order does not depend on the order in which plugins were loaded."""
    assert with_built_in([Town, Service, Town]) == (Funding, Service, Partner, Town)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"population": Reading("The", SPAN, Count(value=3, unit="people"))},
        {"population": Reading("The", SPAN)},
        {"pair": (1, "x"), "names": (QUOTE, QUOTE), "size": Size.SMALL},
        {"share": 1, "founded": dt.date(1974, 4, 1), "side": "left"},
    ],
)
def test_values_of_the_declared_types_fit(fields: dict[str, object]) -> None:
    """Nothing is said of a mention that keeps to its class."""
    assert misfit(town(**fields)) is None


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"population": "3,000"}, "population"),
        ({"population": QUOTE}, "population"),
        ({"population": Reading("The", SPAN, 3000)}, "population"),
        ({"population": Reading("The", SPAN, Count(value=Decimal(3), unit="x"))}, "population"),  # type: ignore[arg-type]
        ({"pair": (1,)}, "pair"),
        ({"pair": (1, 2)}, "pair"),
        ({"pair": [1, "x"]}, "pair"),
        ({"names": [QUOTE]}, "names"),
        ({"names": ("The",)}, "names"),
        ({"names": (Reading("The", SPAN, 1),)}, "names"),
        ({"size": "small"}, "size"),
        ({"share": True}, "share"),
        ({"founded": dt.datetime(1974, 4, 1, tzinfo=dt.UTC)}, "founded"),
        ({"side": "up"}, "side"),
        ({"type": 5}, "type"),
        ({"canonical": 7}, "canonical"),
        ({"evidence": "because"}, "evidence"),
    ],
)
def test_a_value_of_another_type_is_named(fields: dict[str, object], name: str) -> None:
    """The sentence names the field, its value and its declared type."""
    problem = misfit(town(**fields))
    assert problem is not None
    assert f" as {name!r}, which is declared as " in problem


@given(assessments())
def test_mentions_that_keep_to_their_class_fit(made: Assessment) -> None:
    """No mention with values of the declared types is refused."""
    assert [misfit(mention) for mention in made.mentions] == [None] * len(made.mentions)


def test_a_mention_that_does_not_fit_is_left_out_and_named() -> None:
    """A plugin's mistake costs its mention, not the JSON or the table of the whole report."""

    class Towns:
        name = "towns"
        produces: tuple[type[Mention], ...] = (Town,)

        def extract(self, view: View) -> list[Town]:
            assert view.document.text
            return [town(population="3,000"), Town(span=Span(4, 8), text="town")]

    result = Parser(extractors=[Towns()]).parse("The town")
    assert [mention.text for mention in result.mentions] == ["town"]
    (rejected,) = [d for d in result.diagnostics if d.code == "mention-rejected"]
    assert "'3,000' as 'population'" in rejected.message
