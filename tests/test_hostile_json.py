"""Saved assessments and reports that were tampered with: refused in one sentence, or usable.

``HYPOTHESIS_PROFILE=deep`` looks at 20,000 of each sort.
"""

from __future__ import annotations

import copy
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, TypeAlias

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cqcparse
from cqcparse import Assessment, Document, Parser, Report, Span
from cqcparse.errors import DataError
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import (
    Block,
    Omission,
    Origin,
    PrintedCell,
    PrintedLine,
    PrintedTable,
)
from cqcparse.model.kinds import BUILT_IN, PlainMention, plain_kind
from cqcparse.model.scores import Overall, Tally
from cqcparse.output.schema import json_schema
from cqcparse.output.serialise import from_json
from tests.fuzz.invariants import READ, check_result, check_saved

pytestmark = pytest.mark.no_cover

Json: TypeAlias = Any
Path: TypeAlias = tuple[str | int, ...]

#: A name that would be code, were it ever put into the source of a class or a function.
PAYLOAD = "x(a=exec('import os; os.system(\"true\")'),*b,**k): #"

FINDINGS = """Ashmere: local authority assessment

Partnerships and communities

Score: 3
3 - Evidence shows a good standard

Key findings for this quality statement

The Better Care Fund (BCF) of £2.4m in 2022/23 paid for a new
6-week reablement service for 45 people.

Working with partners

Partners such as Age UK and the NHS were positive.
"""
LANDING = """Ashmere: local authority assessment

How we assess local authorities

Assessment published: 30 May 2025

About Ashmere

Demographics

Ashmere has a population of 41,049 people. In 2023/24, 24.8% were 65 and over.

Financial facts

The local authority estimated that in 2023/24, its total budget would be £86,630,000.
"""


def printed(text: str) -> Document:
    """Return a document as a reader of pages makes it, with all that it can say."""
    line = PrintedLine(span=Span(0, 7), page=1, bottom=1.5, top=2.5, edges=(0.0, *range(1, 8)))
    cells = (
        PrintedCell(span=Span(0, 7), row=0, column=0, columns=2, is_header=True),
        PrintedCell(span=Span(8, 20), row=1, column=1),
    )
    return Document(
        text=text,
        source="ashmere.pdf",
        title="Ashmere",
        address="https://example.org/ashmere",
        media_type="application/pdf",
        encoding="utf-8",
        blocks=(
            Block(span=Span(0, 7), kind="heading", level=1, origin=Origin(lines=(line,))),
            Block(span=Span(8, 20), origin=Origin(offset=3, path="/html/body/p[1]")),
        ),
        tables=(PrintedTable(cells=cells),),
        diagnostics=(Diagnostic(code="text-replaced", message="one byte", span=Span(2, 3)),),
        omissions=(Omission(reason="navigation", path="/html/nav", length=4),),
    )


def page() -> Assessment:
    """Return an assessment with something at almost every place of the schema."""
    made = Parser().parse_document(printed(FINDINGS))
    title = made.document.quote(Span(0, 7))
    choir = plain_kind("choir")(span=title.span, text=title.text, type="parish-choir")
    tally = Tally(
        total=3, maximum=4, percentage=75, rating="Good", next_rating="Outstanding",
        points_to_next=1, points_to_spare=0,
    )  # fmt: skip
    overall = Overall(rating=title, percentage=75, percentage_span=title.span)
    mentions = (choir, *made.mentions)
    return attrs.evolve(made, mentions=mentions, overall=overall, tally=tally)


PAGE = page()
REPORT = cqcparse.combine([PAGE, cqcparse.parse(LANDING, source="ashmere.txt")])[0]
SAVED: dict[type, Json] = {
    Assessment: json.loads(PAGE.to_json()),
    Report: json.loads(REPORT.to_json()),
}


class Watch:
    """Notes what runs, loads or opens something while it is armed; a hook can not be taken out."""

    EVENTS = (
        *("exec", "compile", "import", "open", "code.__new__", "function.__new__"),
        *("marshal.", "pickle.", "subprocess.", "os.", "socket.", "ctypes.", "pty.", "shutil."),
    )

    def __init__(self) -> None:
        self._armed = False
        self._seen: list[str] = []
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._armed and event.startswith(self.EVENTS):
            self._seen.append(f"{event} {arguments!r:.100}")

    @contextmanager
    def armed(self) -> Iterator[list[str]]:
        """Give the list of what happened within."""
        self._seen = []
        self._armed = True
        try:
            yield self._seen
        finally:
            self._armed = False


@pytest.fixture(scope="module")
def watch() -> Watch:
    """A watch; what is loaded and made on first use, whatever is read, was used before."""
    for cls, data in SAVED.items():
        made = READ[cls](json.dumps(data))
        check_result(made)
        for broken in ({**data, "more": 1}, {**data, "diagnostics": 1, "framework": [1]}):
            with pytest.raises(DataError):
                READ[cls](json.dumps(broken))
    return Watch()


def check(cls: type, text: str, watch: Watch) -> None:
    """Check that *text* is refused in one sentence, or gives what can be used and written again."""
    with watch.armed() as seen:
        check_saved(cls, text)
    assert seen == []


def paths(data: Json, here: Path = ()) -> Iterator[Path]:
    """Yield the path of every value in *data*."""
    yield here
    if isinstance(data, (dict, list)):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from paths(value, (*here, key))


def at(data: Json, path: Path) -> Json:
    """Return the value at *path*."""
    for key in path:
        data = data[key]
    return data


PATHS = {cls: list(paths(data))[1:] for cls, data in SAVED.items()}
#: The places where any text may stand, so that most of what changes only these is let in.
_FREE = (
    "canonical",
    "name",
    "source",
    "address",
    "message",
    "descriptor",
    "rating",
    "unit",
    "path",
)
FREE = {cls: [path for path in found if path[-1] in _FREE] for cls, found in PATHS.items()}

_TEXTS = st.sampled_from(
    (
        *("", "funding", "town", "x" * 300, PAYLOAD, "mention", "document", "choir", "Choir"),
        *("\ud800", "\udfff\ud83d", "NaN", "1E+999999999", "2024-1-1", "__class__", "../x", "\0"),
        *("<script>", "0x1", "1_000", "٣", "2022-W01-1", "Infinity", "-0", "{}", "%s", "a-b"),
    )
) | st.text(max_size=8)
_NUMBERS = st.one_of(
    st.integers(-3, 300),
    st.sampled_from((10**20, -(10**4_000), 10**4_299, 2**63)),
    st.floats(),
)
VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
) | st.integers(1, 2_000).map("nested {}".format)


def dumped(data: Json) -> str:
    """Return *data* as JSON, with lists within lists where it asks for them."""

    def nested(match: re.Match[str]) -> str:
        return "[" * int(match[1]) + "]" * int(match[1])

    return re.sub(r'"nested (\d+)"', nested, json.dumps(data))


@st.composite
def tampered(draw: st.DrawFn, cls: type) -> Json:
    """Return what was saved with up to three places changed to something else."""
    data = copy.deepcopy(SAVED[cls])
    if draw(st.booleans()):
        *way, key = draw(st.sampled_from(FREE[cls]))
        at(data, tuple(way))[key] = draw(_TEXTS)
        return data
    for _ in range(draw(st.integers(1, 3))):
        *way, key = draw(st.sampled_from(PATHS[cls]))
        holder: Json
        try:
            holder = at(data, tuple(way))
            holder[key]
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took it away
        change = draw(st.sampled_from(("set", "copy", "delete", "add", "nudge")))
        if change == "set":
            holder[key] = draw(VALUES)
        elif change == "copy":  # what belongs elsewhere
            holder[key] = copy.deepcopy(at(SAVED[cls], draw(st.sampled_from(PATHS[cls]))))
        elif change == "delete":
            del holder[key]
        elif change == "nudge" and type(holder[key]) is int:
            holder[key] += draw(st.sampled_from((-1, 1, 2, 100)))
        elif isinstance(holder, list):
            place = int(key)
            holder.insert(place, copy.deepcopy(holder[place]))
        else:
            holder[draw(_TEXTS)] = draw(VALUES)
    return data


class OfSchema:
    """Makes values that fit a schema, whatever they say."""

    PLAIN: ClassVar[dict[str, st.SearchStrategy[Json]]] = {
        "null": st.none(),
        "string": _TEXTS,
        "integer": st.integers(0, 9),
        "number": st.floats(allow_nan=False),
        "boolean": st.booleans(),
    }

    def __init__(self, cls: type) -> None:
        self._schema = json_schema((*BUILT_IN, plain_kind("choir")), of=cls)
        self._made: dict[str, st.SearchStrategy[Json]] = {}

    def values(self) -> st.SearchStrategy[Json]:
        """Return the values."""
        return self._of(self._schema)

    def _of(self, part: Json) -> st.SearchStrategy[Json]:
        if "$ref" in part:
            return self._defined(part["$ref"].rpartition("/")[2])
        if "const" in part or "enum" in part:
            return st.sampled_from(part.get("enum", [part.get("const")]))
        choices = part.get("anyOf") or part.get("oneOf")
        if choices:
            return st.one_of([self._of(one) for one in choices[::-1]])
        return self._typed(part)

    def _typed(self, part: Json) -> st.SearchStrategy[Json]:
        if part["type"] == "object":
            properties = part["properties"].items()
            return st.fixed_dictionaries({name: self._of(of) for name, of in properties})
        if part["type"] == "array":
            return st.lists(self._of(part["items"]), max_size=2)
        return st.from_regex(part["pattern"]) if "pattern" in part else self.PLAIN[part["type"]]

    def _defined(self, name: str) -> st.SearchStrategy[Json]:
        if name not in self._made:  # a class may hold others of its own
            self._made[name] = st.deferred(lambda: made)
            made = self._of(self._schema["$defs"][name])
        return self._made[name]


@pytest.mark.parametrize("cls", [Assessment, Report])
def test_what_was_tampered_with_is_refused_or_usable(cls: type, watch: Watch) -> None:
    """Any change to what was saved gives one sentence or a sound result, and runs nothing."""

    @settings(suppress_health_check=list(HealthCheck))
    @given(tampered(cls))
    def look(data: Json) -> None:
        check(cls, dumped(data), watch)

    look()


@pytest.mark.parametrize("cls", [Assessment, Report])
def test_what_fits_the_schema_is_refused_or_usable(cls: type, watch: Watch) -> None:
    """The schema does not tell whether quotes are right; whatever fits it does no harm."""

    @settings(suppress_health_check=list(HealthCheck))
    @given(OfSchema(cls).values())
    def look(data: Json) -> None:
        check(cls, dumped(data), watch)

    look()


@pytest.mark.parametrize("each", [3, pytest.param(1, marks=pytest.mark.ci)])
@pytest.mark.parametrize("cls", [Assessment, Report])
def test_every_single_place_is_checked(cls: type, each: int, watch: Watch) -> None:
    """Each place of a saved file holds out against a few values that fit nowhere.

    Of items that stand in one list the first and the last are looked at, in all combinations; of
    the values all, or each third in turn.
    """
    misfits: tuple[Json, ...] = (PAYLOAD, [], {}, -1, 10**4_000, 1.5, True, None, "nested 99")
    for number, path in enumerate(filter(_at_an_end(PATHS[cls]), PATHS[cls])):
        for value in misfits[number % each :: each]:
            data = copy.copy(SAVED[cls])
            holder = data
            for key in path[:-1]:
                holder[key] = copy.copy(holder[key])
                holder = holder[key]
            holder[path[-1]] = value
            check(cls, dumped(data), watch)


def _at_an_end(paths: Iterable[Path]) -> Callable[[Path], bool]:
    """Return whether all numbers of a path are the first or the last of their list."""
    ends: dict[Path, int] = {}
    for path in paths:
        for number, step in enumerate(path):
            if isinstance(step, int):
                ends[path[:number]] = max(step, ends.get(path[:number], 0))
    return lambda path: all(
        step in {0, ends[path[:number]]}
        for number, step in enumerate(path)
        if isinstance(step, int)
    )


def test_the_name_of_a_kind_never_becomes_code() -> None:
    """A kind that is no name is refused, and one that is names no class."""
    data = copy.deepcopy(SAVED[Assessment])
    data["mentions"][0]["kind"] = PAYLOAD
    with pytest.raises(DataError, match="has a mention of kind 'x"):
        from_json(json.dumps(data))
    data["mentions"][0]["kind"] = "choir"
    cls = type(from_json(json.dumps(data)).mentions[0])
    assert cls.__name__ == cls.__qualname__ == PlainMention.__name__
    with pytest.raises(ValueError, match="no name of a kind"):
        plain_kind(PAYLOAD)


@pytest.mark.parametrize("nan", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_json_does_not_have_is_refused(nan: str) -> None:
    """Nothing is written that only Python could read again."""
    text = PAGE.to_json().replace('"bottom":1.5', f'"bottom":{nan}')
    with pytest.raises(DataError):
        from_json(text)
