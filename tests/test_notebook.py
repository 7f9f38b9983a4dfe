"""What a notebook shows: a card of a report, a statement or a mention; one line elsewhere."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given

import cqcparse
from cqcparse import Assessment, Mention, Report
from cqcparse.framework import builtin_frameworks
from cqcparse.testing.made_corpus import make_corpus
from cqcparse.testing.strategies import assessments

COUNCILS = next(f for f in builtin_frameworks() if f.local_authority)
#: What a card is made of; anything else would be the text's own.
_ELEMENTS = {"div", "span", "table", "tbody", "tr", "th", "td", "blockquote"}


class _Elements(HTMLParser):
    """Collects the elements of a card, and whether all that are opened are closed."""

    def __init__(self, card: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []
        self.feed(card)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.open.append(tag)
        assert {name for name, _ in attrs} <= {"style", "scope"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def words(card: str) -> str:
    """Return what a person reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", card)).split())


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A whole report whose scores are known."""
    folder = tmp_path_factory.mktemp("made")
    made = make_corpus(folder, councils=4).reports[0]
    pages = cqcparse.Parser(plugins=False).read_many(sorted((folder / made.folder).iterdir()))
    (whole,) = cqcparse.combine(page for page in pages if isinstance(page, Assessment))
    return whole


def test_a_report_shows_nine_scores_in_four_colours(report: Report) -> None:
    """Each statement has its score; the same score has the same colour, and no other has it."""
    card = report._repr_html_()
    colours: dict[str, set[str]] = {}
    for statement in COUNCILS.statements:
        item = report.statement(statement.id)
        assert item
        assert item.score
        row = card[card.index(html.escape(statement.title)) :].partition("</tr>")[0]
        found = re.search(r"background:(#\w+);color:#\w+\">(\d)<", row)
        assert found
        assert int(found[2]) == item.score.value
        colours.setdefault(found[2], set()).add(found[1])
    assert all(len(used) == 1 for used in colours.values())
    assert len({next(iter(used)) for used in colours.values()}) == len(colours)
    assert report.authority
    assert words(card).startswith(f"{report.authority.name} ")


def test_a_page_shows_what_it_has() -> None:
    """A statement without a score has a dash."""
    text = words(cqcparse.read("seeds/harrow.txt")._repr_html_())
    assert "Partnerships and communities 3 Evidence shows a good standard" in text
    assert "Safeguarding –" in text


def test_a_statement_shows_its_score(report: Report) -> None:
    """Title, score and theme, of a report or a page."""
    item = report.statements[0]
    assert item.score
    for of in (item, item.statement):
        assert words(of._repr_html_()).startswith(f"{item.title} {item.score.value} ")
        assert "\n" not in repr(of)


def test_a_mention_shows_what_is_said_of_it() -> None:
    """Every attribute that has a value, in words."""
    fund = next(
        fund
        for fund in cqcparse.parse("The council gave Age UK £250,000 in 2024/25.").funding
        if fund.amount
    )
    text = words(fund._repr_html_())
    assert "Amount £250,000" in text
    assert "Period 2024/25" in text
    assert "Purpose" not in text


@given(assessments())
def test_nothing_of_a_text_is_markup(made: Assessment) -> None:
    """A card is sound whatever the report says, and has no element but its own."""
    shown: list[Assessment | Mention] = [made, *made.mentions]
    for of in shown:
        elements = _Elements(of._repr_html_())
        assert elements.seen <= _ELEMENTS
        assert elements.open == []
        assert "\n" not in repr(of) or isinstance(of, Mention)
