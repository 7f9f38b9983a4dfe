"""Texts that nobody writes: the time of a parse grows no faster than the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import cqcparse

Growth = Callable[[Callable[[str], object], Callable[[int], str]], float]

#: Four times the text may take this many times as long: 4 is linear, 16 quadratic.
_LINEAR = 9
_HEADINGS = "Assessing needs\n2\nKey findings for this quality statement\n"
#: What is said again and again, in one paragraph, by what makes it hard.
_SHAPES = {
    "prose": "The council used the Better Care Fund to fund a new reablement service. ",
    "one-sentence": "the council used the fund to fund a new hub for people and ",
    "no-white-space": "carehome",
    "capitals": "Alpha Beta ",
    "list-of-names": "Alpha Beta, Gamma and ",
    "name-that-goes-on": "University of ",
    "explained-names": "Alpha Beta, a local charity, ",
    "open-brackets": "(NHS Trust ",
    "closed-brackets": "NHS Trust) ",
    "acronyms": "Better Care Fund (BCF) ",
    "heads-of-services": "health and care services and ",
    "heads-of-partners": "partners, boards and ",
    "verbs-of-money": "was funded by and to fund ",
    "money": "£4.5m of £3-£4 million in ",
    "periods": "in 2022/23 to March 2024 for 6 weeks ",
    "digits": "1,",
    "percentages": "00%",
    "rates": "0 %",
    "commas": ", ",
    "conjunctions": "and or ",
    "relatives": "service which was ",
    "fronted": "through which the club, through which the fund ",
    "unclaimed-sums": "a grant, £9,000 and the reserve, £8,000 ",
    "parts": "the grant paid £9,000, of which the fund spent £8,000 ",
    "full-stops": ". ",
    "possessives": "carers' ",
    "hyphens": "home-care-",
    "slashes": "home/care/",
    "addresses": "https://a.b/c?d ",
    "councils": "Harrow Council and Borough of London ",
}


@pytest.fixture(scope="module")
def parser() -> cqcparse.Parser:
    """The built-in extractors, warm."""
    made = cqcparse.Parser(plugins=False)
    made.parse(_HEADINGS + _SHAPES["prose"])
    return made


@pytest.mark.parametrize("shape", _SHAPES)
def test_one_long_paragraph(growth: Growth, parser: cqcparse.Parser, shape: str) -> None:
    """However a paragraph is made, four times its length takes about four times as long."""
    words = _SHAPES[shape]
    share = max(2, len(words) // 6)  # what is long is dear, and less of it is enough
    times = growth(parser.parse, lambda size: _HEADINGS + words * (size // share))
    assert times < _LINEAR


@pytest.mark.parametrize("line", ["Health Team", "Assessing needs", "- a new hub", "Score: 3", ""])
def test_many_lines(growth: Growth, parser: cqcparse.Parser, line: str) -> None:
    """Lines that may be headings, items or nothing are read in time that grows with their number."""
    times = growth(parser.parse, lambda size: _HEADINGS + f"{line}\n" * (size // 2))
    assert times < _LINEAR


@pytest.mark.parametrize("signs", ["()", "[]", "‘’", "“”"])
def test_nested_brackets(growth: Growth, parser: cqcparse.Parser, signs: str) -> None:
    """Brackets in brackets are looked into once."""
    opening, closing = signs[0], signs[1]

    def nested(size: int) -> str:
        depth = size // 2
        return f"{_HEADINGS}{(opening + 'the board ') * depth}{(closing + ' of') * depth}"

    assert growth(parser.parse, nested) < _LINEAR


def test_words_that_never_come_again(growth: Growth, parser: cqcparse.Parser) -> None:
    """What is remembered of each word does not make new words slow."""

    def words(size: int) -> str:
        return _HEADINGS + " ".join(f"Word{n} care{n} fund-{n}," for n in range(size // 4))

    assert growth(parser.parse, words) < _LINEAR
