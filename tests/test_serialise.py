"""Assessments as JSON: exact both ways, described by the schema, refused when not right."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from enum import Enum

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse import (
    Assessment,
    Count,
    Document,
    Funding,
    Mention,
    Money,
    Partner,
    Period,
    Quote,
    Reading,
    Section,
    Span,
)
from cqcparse.errors import DataError
from cqcparse.model.kinds import BUILT_IN
from cqcparse.output.schema import json_schema
from cqcparse.output.serialise import SCHEMA_VERSION, from_json, to_json
from cqcparse.testing.strategies import assessments, spans


@attrs.frozen(kw_only=True)
class Town(Mention):
    """A kind that a plugin might bring."""

    kind = "town"

    population: Reading[Count] | None = None
    area: Reading[Decimal] | None = None
    founded: dt.date | None = None
    nicknames: tuple[Quote, ...] = ()
    rivals: tuple[str, ...] = ()


class Direction(Enum):
    """A way to turn."""

    LEFT = "left"


@attrs.frozen(kw_only=True)
class Walk(Mention):
    """A kind with an enum and a tuple of a known length."""

    kind = "walk"

    direction: Direction | None = None
    leg: tuple[int, str] = (0, "")


KINDS = (*BUILT_IN, Town)
TEXT = "The Northmere Fund gave £1.50 to Easthaven in 2022/23."


def assessment(*mentions: Mention, text: str = TEXT) -> Assessment:
    """Return an assessment of *text* with these mentions and nothing else."""
    whole = Span(0, len(text))
    section = Section(role="other", title=None, level=0, span=whole, own=whole, body=whole)
    return Assessment(
        source="northmere.txt",
        authority=None,
        framework="local-authority",
        is_local_authority_assessment=True,
        indicative=False,
        overall=None,
        statements=(),
        mentions=mentions,
        diagnostics=(),
        sections=(section,),
        document=Document(text=text),
    )


def quote(words: str) -> Quote:
    """Return the first place of *words*."""
    start = TEXT.index(words)
    return Quote(words, Span(start, start + len(words)))


def fund() -> Funding:
    """Return a mention with an amount and a period."""
    amount, period, name = quote("£1.50"), quote("2022/23"), quote("Northmere Fund")
    return Funding(
        span=name.span,
        text=name.text,
        amount=Reading(amount.text, amount.span, Money(low=Decimal("1.50"), high=Decimal("1.50"))),
        period=Reading(
            period.text,
            period.span,
            Period(start=dt.date(2022, 4, 1), end=dt.date(2023, 3, 31)),
        ),
    )


def towns(text: str) -> st.SearchStrategy[Mention]:
    """Mentions of the kind of a plugin, at any place."""

    def build(span: Span, value: Count | None, area: Decimal, founded: dt.date | None) -> Mention:
        words = text[span.start : span.end]
        return Town(
            span=span,
            text=words,
            population=Reading(words, span, value),
            area=Reading(words, span, area),
            founded=founded,
            nicknames=(Quote(words, span),),
            rivals=("Southby",),
        )

    counts = st.builds(Count, value=st.integers(0, 10**30), unit=st.just("people"))
    areas = st.decimals(allow_nan=False, allow_infinity=False)
    return st.builds(build, spans(text), st.none() | counts, areas, st.none() | st.dates())


@given(assessments(towns))
def test_round_trip_is_exact(made: Assessment) -> None:
    """What was written is read back equal, the kinds of plugins included, and writes the same."""
    text = to_json(made)
    again = from_json(text, kinds=KINDS)
    assert again == made
    assert [type(mention) for mention in again.mentions] == [type(m) for m in made.mentions]
    assert to_json(again) == text


@given(assessments(towns))
def test_everything_written_fits_the_schema(made: Assessment) -> None:
    """The schema, made from the classes, accepts whatever is written."""
    schema = json_schema(KINDS)
    jsonschema.Draft202012Validator(schema).validate(json.loads(to_json(made)))


def test_the_schema_is_a_schema_and_refuses_what_is_not_written() -> None:
    """A field that no class has, and a kind that is not there, do not fit the schema."""
    schema = json_schema(BUILT_IN)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    data = json.loads(to_json(assessment(fund())))
    assert validator.is_valid(data)
    assert not validator.is_valid(data | {"colour": "red"})
    data["mentions"][0]["kind"] = "town"
    assert not validator.is_valid(data)


def test_values_keep_their_meaning_in_json() -> None:
    """Amounts keep their decimals, dates are ISO dates, and a mention says its kind first."""
    row = json.loads(to_json(assessment(fund())))["mentions"][0]
    assert next(iter(row)) == "kind"
    assert row["kind"] == "funding"
    assert row["amount"]["value"] == {
        "low": "1.50",
        "high": "1.50",
        "currency": "GBP",
        "bound": None,
    }
    assert row["period"]["value"] == {"start": "2022-04-01", "end": "2023-03-31", "days": None}


def test_method_and_indent() -> None:
    """``Assessment.to_json`` writes the same, on many lines if asked to."""
    made = assessment(fund())
    assert made.to_json() == to_json(made)
    assert "\n" not in made.to_json()
    assert from_json(made.to_json(indent=2)) == made


def test_a_kind_that_is_not_installed_is_named() -> None:
    """Reading a mention of an unknown kind says which, and that its plugin must be installed."""
    place = quote("Easthaven")
    text = to_json(assessment(Town(span=place.span, text=place.text)))
    with pytest.raises(DataError, match=r"'town'.*plugin that brings it must be installed"):
        from_json(text)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (f'"schema_version":{SCHEMA_VERSION}', '"schema_version":99', "99.*update cqcparse"),
        (f'"schema_version":{SCHEMA_VERSION}', '"schema_version":0', "parse the report again"),
        ('"schema_version"', '"version"', "has no 'schema_version'"),
        ('"indicative":false', '"indicative":"no"', r"'no' is not bool @ \$\.indicative"),
        ('"indicative":false', '"indicatif":false', "indicat"),
        ('"low":"1.50"', '"low":"much"', r"'much' is not a decimal number @ \$\.mentions\[0\]"),
        ('"low":"1.50"', '"low":1.5', "1.5 is not str"),
        ('"2022-04-01"', '"2022-14-01"', "month must be in"),
        ('"canonical":null', '"canonical":7', "7 is not str"),
        ('"kind":"funding"', '"sort":"funding"', "a mention has no 'kind'"),
        ('"text":"Northmere Fund"', '"text":"Easthaven Fund"', "the document does not say so"),
        ('"text":"£1.50"', '"text":"£9.50"', "the document does not say so"),
        ('"text":"£1.50"', '"text":"£1"', "covers 5"),
        ("}]", "}", "is not JSON"),
    ],
)
def test_what_is_not_right_is_refused(old: str, new: str, message: str) -> None:
    """A saved assessment that was damaged is refused with one sentence that says where."""
    text = to_json(assessment(fund()))
    assert old in text
    with pytest.raises(DataError, match=message) as caught:
        from_json(text.replace(old, new), source="saved.jsonl")
    assert str(caught.value).startswith("saved.jsonl")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "[]", "null", '"x"', "{}", "[" * 100_000])
def test_what_is_no_assessment_is_refused(text: str) -> None:
    """Any other JSON, and what is no JSON, is refused."""
    with pytest.raises(DataError):
        from_json(text)


def test_a_subclass_that_the_schema_cannot_describe_is_named() -> None:
    """A field of a type without a JSON form is an error that names the type."""

    @attrs.frozen(kw_only=True)
    class Odd(Mention):
        kind = "odd"
        value: complex = 0j

    with pytest.raises(TypeError, match="complex"):
        json_schema([Odd])


def test_enums_and_pairs_have_a_schema() -> None:
    """An enum is its values, a tuple of a known length is described place by place."""
    properties = json_schema([Walk])["$defs"]["Walk"]["properties"]
    assert properties["direction"] == {"anyOf": [{"enum": ["left"]}, {"type": "null"}]}
    assert properties["leg"]["prefixItems"] == [{"type": "integer"}, {"type": "string"}]
    made = assessment(Walk(span=Span(0, 3), text="The", direction=Direction.LEFT, leg=(1, "x")))
    jsonschema.validate(json.loads(to_json(made)), json_schema([Walk]))
    assert from_json(to_json(made), kinds=[Walk]) == made


def test_kinds_share_one_definition_of_what_they_hold() -> None:
    """A class that is used by several kinds is defined once."""
    definitions = json_schema([Funding, Partner, Town])["$defs"]
    assert {"Quote", "Reading_Money", "Reading_Decimal", "Town"} <= definitions.keys()
