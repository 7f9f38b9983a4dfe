"""Texts that nobody writes: what is made of one grows no faster than the text."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_args

import attrs
import pytest
from click.testing import CliRunner

import cqcparse
from cqcparse import Assessment, Document, Mention, Section, Span
from cqcparse.cli import group
from cqcparse.cli.parse import outline
from cqcparse.evaluation import evaluate
from cqcparse.evaluation.diff import diff
from cqcparse.evaluation.export import to_json
from cqcparse.evaluation.gold import Gold
from cqcparse.evaluation.page import to_html
from cqcparse.evaluation.text import LISTS, listing
from cqcparse.model.kinds import BUILT_IN, plain_kind
from cqcparse.model.spans import EXCERPT
from cqcparse.model.tables import TableName
from cqcparse.output.tables import mention_table
from cqcparse.output.writing import to_line

pytestmark = pytest.mark.no_cover

Maker = Callable[[int], Assessment]

#: Repetitions in the shorter text: enough to be longer than what is repeated of it.
_SIZE = 300
#: What needs twice as many for that.
_LONG = frozenset({"a long source", "purposes"})
#: Twice the text may give so many times the output: 2 is linear, 4 quadratic.
_LINEAR = 2.2

_TITLE = "Ashmere: local authority assessment"
_STATEMENT = "Partnerships and communities\n\nScore: 3\n\nKey findings for this quality statement"
_HTML = (
    f"<!doctype html><title>{_TITLE}</title><main><h1>{_TITLE}</h1><h2>Partnerships and communities"
    "</h2><p>Score: 3</p><h3>Key findings for this quality statement</h3>"
)


def said(words: str) -> Maker:
    """Return what parses *words*, so many times over, as one paragraph of findings."""
    return lambda size: cqcparse.parse(f"{_TITLE}\n\n{_STATEMENT}\n\n{words * size}")


def under(heading: str, words: str, before: str = "") -> Maker:
    """Return what parses *words* so many times over, with *before* once, under a heading."""
    return lambda size: cqcparse.parse(f"{_TITLE}\n\n{heading}\n\n{before}{words * size}")


def long_heading(size: int) -> Assessment:
    """Parse findings under a heading of many words."""
    words = f"<h4>{'long heading ' * size}</h4><p>{'The fund helped. ' * size}</p></main>"
    return cqcparse.read(io.BytesIO((_HTML + words).encode()))


def long_authority(size: int) -> Assessment:
    """Parse findings about an authority with a name of many words."""
    title = f"London Borough of {'Ash ' * size}: local authority assessment"
    return cqcparse.parse(f"{title}\n\n{_STATEMENT}\n\n{'The fund helped. ' * size}")


def long_source(size: int) -> Assessment:
    """Parse findings from a place with a name of many parts."""
    text = f"{_TITLE}\n\n{_STATEMENT}\n\n{'The fund helped. ' * size}"
    return cqcparse.parse(text, source="folder/" * size)


def long_name(size: int) -> Assessment:
    """Parse a name of many words with a short form that stands again and again."""
    words = f"The {'Ashmere ' * size}Partnership Board (APB) met. {'The APB met. ' * size}"
    return cqcparse.parse(f"{_TITLE}\n\n{_STATEMENT}\n\n{words}")


def crowded(size: int) -> Assessment:
    """Return as many mentions as there are characters, each across thirty of them."""
    text = "x" * (size + 30)
    whole = Span(0, len(text))
    section = Section(role="other", title=None, level=0, span=whole, own=whole, body=whole)
    crowd = plain_kind("crowd")
    mentions: tuple[Mention, ...] = tuple(
        crowd(span=Span(start, start + 30), text="x" * 30) for start in range(size)
    )
    return attrs.evolve(
        cqcparse.parse(text),
        document=Document(text=text),
        sections=(section,),
        mentions=mentions,
        diagnostics=(),
    )


def heaped(size: int) -> Assessment:
    """Return many mentions of the same one character."""
    one = crowded(1)
    return attrs.evolve(one, mentions=tuple(one.mentions[0] for _ in range(size)))


SHAPES: Mapping[str, Maker] = {
    "funds": said("Fund "),
    "acronyms": said("NHS "),
    "a list": said("Age UK, "),
    "money and what for": said("£1m for the fund of "),
    "purposes": said("a grant to fund services for people and "),
    "providers": said("a reablement service provided by the NHS and "),
    "events": said("the council was funded by the NHS to fund the service for people "),
    "durations": said("6-week service for 45 people "),
    "sentences": said("The Better Care Fund helped the NHS. "),
    "what has to be escaped": said('Fund\x00<&">'),
    "explained acronyms": said("Ashmere Joint Board (AJB) and "),
    "headings": under(_STATEMENT, "Working with partners\n\nThe fund helped.\n\n"),
    "figures": under("Demographics", "12% and ", before="Ashmere has a population of "),
    "budgets": under("Financial facts", "The total budget was £1,000 in 2023/24 and "),
    "a long heading": long_heading,
    "a long authority": long_authority,
    "a long source": long_source,
    "a long name": long_name,
    "mentions that cross": crowded,
    "mentions in one place": heaped,
}


TABLES: tuple[TableName, ...] = get_args(TableName)


def sizes(made: Assessment) -> dict[str, int]:
    """Return the length of whatever is made of an assessment."""
    scored = evaluate([(Gold(name="a", group="g", mentions=()), made)])
    nothing = attrs.evolve(made, mentions=())
    return {
        "parse": sum(map(len, outline(made))),
        "parse --json": len(made.to_json()),
        **{name: sum(len(to_line(row)) for row in made.rows(name)) for name in TABLES},
        "view": len(made.to_html()),
        "diff": len(str(attrs.asdict(diff([nothing], [made])))),
        "evaluate --show all": sum(len(listing(scored, name)) for name in LISTS),
        "evaluate --json": len(to_json(scored)),
        "evaluate --html": len(to_html(scored)),
    }


@pytest.mark.parametrize("shape", SHAPES)
def test_output_is_in_proportion(shape: str) -> None:
    """Whatever a text is made of, twice the text gives about twice of each output."""
    size = 2 * _SIZE if shape in _LONG else _SIZE
    once, twice = (sizes(SHAPES[shape](size * times)) for times in (1, 2))
    grown = {name: twice[name] / once[name] for name in once if once[name]}
    assert {name: ratio for name, ratio in grown.items() if ratio > _LINEAR} == {}


def test_an_explanation_is_in_proportion(tmp_path: Path) -> None:
    """What is said of one place of a long sentence is no longer than the sentence."""
    path = tmp_path / "page.txt"
    path.write_text(f"{_TITLE}\n\n{_STATEMENT}\n\n{'Fund ' * _SIZE}", encoding="utf-8")
    offset = path.read_text(encoding="utf-8").index("Fund")
    result = CliRunner().invoke(group, ["explain", str(path), str(offset)])
    assert "funding" in result.stdout
    assert len(result.stdout) < len("Fund ") * _SIZE + 1_000


@pytest.mark.parametrize("place", [0, 700, 2_600])
def test_a_part_of_a_long_sentence_holds_its_mention(place: int) -> None:
    """A row has so much of the sentence around the mention, and says where it stands."""
    words = ["word"] * 600
    words[place // 5] = "fund"
    made = cqcparse.parse(f"{_TITLE}\n\n{_STATEMENT}\n\n{' '.join(words)}.")
    (row,) = mention_table(BUILT_IN)[1](made)
    start, end = row["sentence_start"], row["sentence_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert end - start == EXCERPT
    assert row["sentence"] == made.document.text[start:end]
    assert start <= made.mentions[0].span.start
    assert made.mentions[0].span.end <= end
