"""The site: every number leads to its sentence, data stays text, and pages stay small."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

import cqcparse
from cqcparse import Report
from cqcparse.cli import group
from cqcparse.corpora.site import build
from cqcparse.corpora.site.drawing import hex_map
from cqcparse.corpora.site.search import Index
from cqcparse.corpora.site.texts import Block, Piece, TextPage
from cqcparse.errors import DataError
from cqcparse.framework import builtin_frameworks
from cqcparse.model.kinds import plain_kind
from cqcparse.reading.folders import SITE_MARKER
from cqcparse.registry import authorities

COUNCILS = next(f for f in builtin_frameworks() if f.local_authority)
IDS = [statement.id for statement in COUNCILS.statements]
PAYLOAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
#: Most bytes of a page.
MOST = 300_000


def pages_of(
    name: str,
    scores: Sequence[int],
    *,
    day: str = "3 March 2025",
    month: str = "0325",
    extra: str = "",
) -> dict[str, str]:
    """Return the pages of a made report by their paths."""
    percentage = round(sum(scores) / 36 * 100)
    band = COUNCILS.band(percentage)
    assert band is not None
    title = f"{name}: local authority assessment"
    folder = f"{re.sub('[^a-z]+', '-', name.lower()).strip('-')}-{month}"
    lines = [title, "Overall summary", "Local authority rating and score", name]
    lines += [band.rating, f"Overall rating for {name}: {percentage}%"]
    lines += ["Quality statement scores"]
    for statement, score in zip(COUNCILS.statements, scores, strict=True):
        lines += [statement.title, f"Score: {score}"]
    found = {
        f"{folder}/landing.txt": (
            f"{title}\n\nHow we assess local authorities\n\nAssessment published: {day}\n\n"
            f"About {name}\n\nDemographics\n\nThe area has a population of 123,456 people.\n"
        ),
        f"{folder}/summary.txt": "\n\n".join(lines),
    }
    for statement, score in zip(COUNCILS.statements, scores, strict=True):
        found[f"{folder}/{statement.id}.txt"] = (
            f"{title}\n\n{statement.title}\n\nScore: {score}\n\n"
            "Key findings for this quality statement\n\n"
            f"{name} worked with Age UK on home care. The council spent £{score}.5 million on "
            f"reablement in 2024/25. {extra}\n"
        )
    return found


def combined(*reports: dict[str, str]) -> tuple[Report, ...]:
    """Return the reports that made pages make."""
    return cqcparse.combine(
        cqcparse.parse(text, source=path) for report in reports for path, text in report.items()
    )


KENT = pages_of("Kent County Council", (3, 3, 2, 3, 4, 2, 3, 3, 3))
KENT_BEFORE = pages_of(
    "Kent County Council", (2, 3, 2, 3, 4, 3, 3, 3, 3), day="5 May 2024", month="0524"
)
ESSEX = pages_of("Essex County Council", (1, 2, 2, 2, 2, 2, 2, 2, 2))
SURREY = pages_of("Surrey County Council", (4, 4, 4, 4, 3, 4, 4, 4, 4), month="0125")


class Site:
    """A site that was built, and how tests look at it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, LexborHTMLParser] = {}

    def names(self) -> list[str]:
        """Return the addresses of all pages."""
        found = self.folder.rglob("*.html")
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def page(self, name: str) -> LexborHTMLParser:
        """Return a page as a browser reads it."""
        if name not in self._read:
            self._read[name] = LexborHTMLParser((self.folder / name).read_text(encoding="utf-8"))
        return self._read[name]

    def target(self, page: str, href: str) -> LexborNode:
        """Return the element that a link on a page leads to."""
        path, _, anchor = href.partition("#")
        name = (
            posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
            if path
            else page
        )
        node = self.page(name).css_first(f"[id='{anchor}']" if anchor else "main")
        assert node is not None, f"{page}: {href} leads nowhere"
        return node

    def links(self, name: str) -> list[str]:
        """Return the addresses that a page links to within the site."""
        nodes = self.page(name).css("a[href]")
        hrefs = [node.attributes["href"] or "" for node in nodes]
        return [href for href in hrefs if not href.startswith(("https:", "http:"))]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site about three councils, one of which was assessed twice."""
    folder = tmp_path_factory.mktemp("site") / "site"
    build(combined(KENT_BEFORE, KENT, ESSEX, SURREY), folder)
    return Site(folder)


def text(node: LexborNode) -> str:
    """Return the text of an element on one line."""
    return " ".join(node.text().split())


def built(reports: Iterable[Report], folder: Path) -> Site:
    """Return a site about reports."""
    folder.mkdir(exist_ok=True)
    build(reports, folder / "site")
    return Site(folder / "site")


# --- what the pages say -----------------------------------------------------------------------


def test_every_link_leads_somewhere(site: Site) -> None:
    """All links of all pages lead to a page of the site, and to an element of it."""
    for name in site.names():
        for href in site.links(name):
            site.target(name, href)


def test_every_score_leads_to_its_sentence(site: Site) -> None:
    """A cell of the heat map leads to the words that print its number."""
    cells = site.page("heat.html").css("tbody td a")
    assert len(cells) == 27
    for cell in cells:
        words = text(site.target("heat.html", cell.attributes["href"] or ""))
        assert words == f"Score: {text(cell)}"


def test_ratings_and_sums_lead_to_their_sentences(site: Site) -> None:
    """So do the rating and percentage of the league table, and the money of a council."""
    for link in site.page("league.html").css("td a"):
        assert text(link) in text(site.target("league.html", link.attributes["href"] or ""))
    page = "authorities/kent.html"
    sums = site.page(page).css(".money tbody a")
    assert [text(link) for link in sums].count("£3.5 million") == 6
    for link in sums:
        assert text(link) in text(site.target(page, link.attributes["href"] or ""))


def test_the_league_is_in_order(site: Site) -> None:
    """The highest share comes first, and its rating, rank and points are those of the scores."""
    rows = [
        [text(cell) for cell in row.css("th, td")]
        for row in site.page("league.html").css("tbody tr")
    ]
    assert [row[:4] for row in rows] == [
        ["1", "Surrey", "Outstanding", "97%"],
        ["2", "Kent", "Good", "72%"],
        ["3", "Essex", "Requires improvement", "47%"],
    ]
    assert [row[5] for row in rows] == ["–", "6 points", "6 points"]


def test_a_council_stands_against_region_and_england(site: Site) -> None:
    """The means are those of the newest reports: Kent and Surrey in the South East, and Essex."""
    row = site.page("authorities/kent.html").css_first(".scores tbody tr:nth-child(2)")
    assert row is not None
    cells = [text(cell) for cell in row.css("th, td")]
    assert cells[:2] + cells[-2:] == ["Assessing needs", "3", "3.50", "2.67"]
    words = text(site.page("authorities/kent.html").css_first("figcaption") or row)
    assert "Place 2 of 3 councils that were read, 2 of 2 read in South East." in words


def test_only_all_councils_are_england(tmp_path: Path) -> None:
    """A place and a mean are of England or a region where all its councils were read, else not."""
    made = [
        text
        for council in authorities()
        if council.region != "London" or "Borough of B" in council.name
        for text in [pages_of(council.name, (3, 3, 2, 3, 4, 2, 3, 3, 3))]
    ]
    site = built(
        combined(*({path: page} for of in made for path, page in of.items() if "summ" in path)),
        tmp_path,
    )

    def caption(name: str) -> str:
        return text(site.page(f"authorities/{name}.html").css("figcaption")[0])

    assert "1 of 19 in South East." in caption("kent")
    assert "that were read, 1 of 5 read in London." in caption("barnet")
    for name in (name for name in site.names() if name.startswith(("auth", "statements/"))):
        assert "mean of England" not in text(site.page(name).css("main")[0])


def test_the_search_is_by_council(site: Site) -> None:
    """Sentences of both reports on a council are found by its name, and tell their day."""
    options = {text(one) for one in site.page("search.html").css("select[name=council] option")}
    places = [
        place
        for file in (site.folder / "search").glob("places-*.js")
        for place in json.loads(
            file.read_text(encoding="utf-8").partition("(")[2].rpartition(")")[0]
        )[-1]
    ]
    assert {council for council, *_ in places} == options - {"all"}
    titles = [title for council, title, *_ in places if council == "Kent"]
    assert len(set(titles)) == len(titles)
    assert {"3 March 2025", "5 May 2024"} == {title.rpartition(", ")[2] for title in titles}


def test_all_titles_differ(tmp_path: Path) -> None:
    """Two reports on a council, with a date or without, and the parts of a page are told apart."""
    undated = {
        f"{n}/{path}": page.replace("Assessment published", "Seen")
        for n, of in enumerate((KENT, KENT_BEFORE))
        for path, page in of.items()
    }
    long = pages_of("Essex County Council", (2,) * 9, extra="It was kind to people. " * 5_000)
    for folder, reports in (("dated", (KENT, KENT_BEFORE, long)), ("undated", (undated,))):
        (tmp_path / folder).mkdir()
        site = built(combined(*reports), tmp_path / folder)
        titles = [text(site.page(name).css("title")[0]) for name in site.names()]
        assert len({name.split("/")[1] for name in site.names() if "text/" in name}) > 1
        assert sorted(set(titles)) == sorted(titles)


def test_a_second_assessment_says_what_changed(site: Site) -> None:
    """Scores then and now, the newest is the one that counts, and the earlier text is there."""
    page = site.page("authorities/kent.html")
    changed = {
        text(row.css("th")[0]): [text(cell) for cell in row.css("td")]
        for row in (page.css("h2#changes ~ table")[0].css("tbody tr"))
    }
    assert changed["Assessing needs"] == ["2", "3", "▲ up"]
    assert changed["Safe systems, pathways and transitions"] == ["3", "2", "▼ down"]
    assert changed["Equity in experience and outcomes"] == ["2", "2", "same"]
    assert len([name for name in site.names() if name.startswith("text/E10000016-2024-05/")]) == 11


def test_what_changed_is_what_the_question_says(tmp_path: Path) -> None:
    """Headings, services and sentences of a council's page are those of `ask changes`, and lead to their text."""
    paragraph = "{heading}\n\nThe council had {status} a {service} service. It met {number} carers. It met twice.\n\n"
    key = "Key findings for this quality statement\n\n"
    for month, days, heading, status, service, number in (
        ("0524", "5 May 2024", "Direct payments", "closed", "meals", 4),
        ("0325", "3 March 2025", "Use of <technology>", "launched", "reablement", 5),
    ):
        told = paragraph.format(heading=heading, status=status, service=service, number=number)
        report = pages_of("Kent County Council", [2] * 9, day=days, month=month)
        for path, text_ in report.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text_.replace(key, key + told), encoding="utf-8")
    corpus = cqcparse.corpus(tmp_path, parser=cqcparse.Parser(plugins=False))
    corpus.site(tmp_path / "site")
    site = Site(tmp_path / "site")
    page = site.page("authorities/kent.html")
    for node in page.css("details.told a, h3 ~ ul a.words"):
        passage = site.target("authorities/kent.html", node.attributes["href"] or "")
        assert text(node) in text(passage)
    rows = [*corpus.ask("changes", authority="Kent")]
    for what, title in (("heading", "Headings"), ("sentence", "Sentences")):
        (details,) = [d for d in page.css("details.told") if text(d).startswith(title)]
        for change, column, side in (
            ("added", "after", details.css(".side")[0]),
            ("removed", "before", details.css(".side")[1]),
        ):
            told_by_question = [
                row[column] for row in rows if (row["what"], row["change"]) == (what, change)
            ]
            assert sorted(text(node) for node in side.css("li.said")) == sorted(
                map(str, told_by_question)
            )
            assert len(told_by_question) == (9 if what == "heading" else 18)
    services = [row["change"] for row in rows if row["what"] == "service"]
    listed = [text(node) for node in page.css("li.said .status")]
    assert sorted(services) == sorted("begun" if s == "new" else "ended" for s in listed)
    assert services


def test_a_statement_has_its_distribution(site: Site) -> None:
    """How many councils have each score, and which they are."""
    page = site.page("statements/assessing-needs.html")
    counts = [text(row.css("td")[2]) for row in page.css(".columns tbody tr")]
    assert counts == ["1", "1", "0", "1"]
    assert [text(link) for link in page.css("#score-4 li a")][-1] == "Surrey"


def test_maps_show_every_authority(site: Site) -> None:
    """A hexagon each, none on another, and those with a report lead to their page."""
    places = [(hexagon.x, hexagon.y) for hexagon in hex_map().hexagons]
    assert len(set(places)) == len(places) == len(authorities())
    links = site.page("index.html").css(".hexmap a")
    assert {text(link) for link in links} == {
        "Kent: Good, 72%3",
        "Essex: Requires improvement, 47%2",
        "Surrey: Outstanding, 97%4",
    }
    assert all(
        picture.attributes.get("aria-label")
        for name in site.names()
        for picture in site.page(name).css("svg[role=img]")
    )


def finding(report: Report, sentence: str, polarity: str) -> Report:
    """Return a report in which a plugin says something of a sentence."""
    kind = attrs.make_class(
        "Finding",
        {"polarity": attrs.field(type=str), "voice": attrs.field(default=None, type=str)},
        bases=(cqcparse.Mention,),
        frozen=True,
        kw_only=True,
        class_body={"kind": "finding"},
    )
    pages = []
    for page in report.pages:
        at = page.document.text.find(sentence)
        found = (
            ()
            if at < 0
            else (
                kind(span=cqcparse.Span(at, at + len(sentence)), text=sentence, polarity=polarity),
            )
        )
        pages.append(attrs.evolve(page, mentions=(*page.mentions, *found)))
    return attrs.evolve(report, pages=tuple(pages))


def test_strengths_lead_into_the_text(tmp_path: Path) -> None:
    """What a plugin takes for a strength is quoted, and marked where it stands by more than colour."""
    (report,) = combined(KENT)
    said = "Kent County Council worked with Age UK on home care."
    site = built([finding(report, said, "strength")], tmp_path)
    page = "authorities/kent.html"
    quotes = site.page(page).css(".said.strength a")
    assert len(quotes) == 9
    target = site.target(page, quotes[0].attributes["href"] or "")
    assert text(target) == f"Strength: {said}"
    assert target.attributes["class"] == "x strength"
    assert "1 strength" in text(site.page(page).css_first(".side.strength h4") or target)


def test_without_the_plugin_a_page_says_so(site: Site) -> None:
    """A council without findings is not one without strengths."""
    page = site.page("authorities/kent.html")
    assert "None were looked for" in page.text()


# --- data stays text --------------------------------------------------------------------------


def hostile() -> tuple[Report, ...]:
    """Return reports with markup wherever a stranger could put it."""
    named = combined(pages_of(f"{PAYLOAD} County Council", (3,) * 9, extra=PAYLOAD))
    (kent,) = combined(pages_of("Kent County Council", (2,) * 9, extra=PAYLOAD))
    odd = plain_kind("service")
    pages = tuple(
        attrs.evolve(
            page,
            source=f"../{PAYLOAD}/{number}.txt",
            document=attrs.evolve(page.document, address=f"javascript:alert('{PAYLOAD}')"),
            mentions=(
                *page.mentions,
                odd(span=cqcparse.Span(0, 4), text="Kent", type=PAYLOAD, canonical=PAYLOAD),
            ),
        )
        for number, page in enumerate(kent.pages)
    )
    return (*named, attrs.evolve(kent, pages=pages))


def test_markup_in_data_is_shown_and_never_run(tmp_path: Path) -> None:
    """Names, sentences, addresses, types and paths come out as they are, and as text."""
    site = built(hostile(), tmp_path)
    own = {"site.js", "search.js", "search/index.js"}
    for name in site.names():
        page = site.page(name)
        assert not page.css("img, iframe, object, embed, base, form[action]")
        for script in page.css("script"):
            assert not script.text()
            assert (
                posixpath.normpath(
                    posixpath.join(posixpath.dirname(name), script.attributes["src"] or "")
                )
                in own
            )
        for node in page.css("*"):
            assert not any(key.startswith("on") or key == "style" for key in node.attributes)
            assert not (node.attributes.get("href") or "").startswith("javascript:")
        for href in site.links(name):
            site.target(name, href)
    assert any(
        PAYLOAD in site.page(name).text() for name in site.names() if name.startswith("text/")
    )


def test_names_of_files_are_safe(tmp_path: Path) -> None:
    """Small letters, digits and hyphens, whatever the report is called; nothing outside the folder."""
    site = built(hostile(), tmp_path)
    for path in site.folder.rglob("*"):
        name = path.relative_to(site.folder).as_posix()
        assert re.fullmatch(r"[A-Za-z0-9/-]+(\.(html|js|css))?", name) or name == SITE_MARKER
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


@pytest.mark.parametrize("name", ["site", *"text authorities statements search".split()])
def test_each_page_forbids_what_is_not_its_own(site: Site, name: str) -> None:
    """The policy lets in the site's own style and scripts, and nothing else."""
    pages = [page for page in site.names() if page.startswith(name)] or ["index.html"]
    for page in pages[:3]:
        policy = site.page(page).css_first("meta[http-equiv=Content-Security-Policy]")
        assert policy is not None
        assert policy.attributes["content"] == (
            "default-src 'none'; style-src 'self'; script-src 'self'; "
            "base-uri 'none'; form-action 'none'"
        )


@pytest.mark.no_cover
def test_pages_stay_small(tmp_path: Path) -> None:
    """A report of a megabyte, in one sentence or in many, is cut into pages of a size to open."""
    long = "Carers & families said <it> was good, " * 9_000
    many = "A home care service began in spring \N{HOUSE BUILDING}\N{HEAVY BLACK HEART}. " * 9_000
    report = pages_of("Kent County Council", (3,) * 9)
    first, second = list(report)[2:4]
    report[first] += f"\n{long}\n"
    report[second] += f"\n{many}\n"
    site = built(combined(report), tmp_path)
    sizes = {path: path.stat().st_size for path in site.folder.rglob("*") if path.is_file()}
    assert max(sizes.values()) < MOST
    for name in site.names():
        for href in site.links(name):
            site.target(name, href)
    parts = [
        page for page in site.names() if "assessing-needs" in page and page.startswith("text/")
    ]
    assert len(parts) > 2
    words = "".join(text(node) for page in parts for node in site.page(page).css("article"))
    assert words.count("Carers & families said <it> was good,") > 8_950


# --- the search -------------------------------------------------------------------------------


def searched(files: dict[str, str]) -> tuple[dict[str, list[int]], list[list[object]]]:
    """Return the words with their sentences, and the sentences, as the script reads them."""
    words: dict[str, list[int]] = {}
    sentences: list[list[object]] = []
    for name, content in files.items():
        call = re.fullmatch(r"found\.(\w+)\((.*)\);\n", content, flags=re.DOTALL)
        if call is None:
            assert name == "index.js"
            continue
        _, data = json.loads(call[2])
        if call[1] == "sentences":
            sentences += data
        elif call[1] == "words":
            for word, coded in data.items():
                numbers, sum_ = [], 0
                for digits in coded.split():
                    sum_ += int(digits, 36)
                    numbers.append(sum_)
                words[word] = numbers
    return words, sentences


@given(st.lists(st.text(min_size=1, max_size=60), max_size=12))
def test_every_word_finds_its_sentences(texts: list[str]) -> None:
    """Whatever a sentence holds, each of its words leads to it, and to no other without it."""
    pieces = tuple(Piece(start=n, text=words, polarity=None) for n, words in enumerate(texts))
    page = TextPage(
        href="x.html",
        title="x",
        blocks=(Block(level=0, pieces=pieces),),
        url=None,
        statement=None,
        score=None,
        part=1,
        parts=1,
    )
    index = Index()
    files = dict([*index.add(page, "Kent"), *index.finish()])
    assert all(content.isascii() for content in files.values())
    words, sentences = searched(files)
    assert [words for _, _, words in sentences] == texts
    for number, sentence in enumerate(texts):
        for word in re.findall(r"[^\W_]+", sentence.casefold()):
            assert any(number in of for found, of in words.items() if word in found)


def test_the_search_has_all_sentences_of_the_findings(site: Site) -> None:
    """And none of those that are the same in every report."""
    files = {
        path.name: path.read_text(encoding="utf-8") for path in (site.folder / "search").iterdir()
    }
    words, sentences = searched(files)
    reablement = [sentences[number] for number in words["reablement"]]
    assert len(reablement) == 4 * 9
    assert all("spent £" in str(words) for _, _, words in reablement)


# --- the folder -------------------------------------------------------------------------------


def test_the_same_reports_give_the_same_bytes(tmp_path: Path) -> None:
    """Each file, in two runs."""
    first, second = (built(combined(KENT, ESSEX), tmp_path / name) for name in ("a", "b"))
    for path in first.folder.rglob("*"):
        other = second.folder / path.relative_to(first.folder)
        assert path.is_dir() or path.read_bytes() == other.read_bytes()


def test_a_site_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    """Pages that are no longer made are gone; a folder with other files is left alone."""
    site = built(combined(KENT), tmp_path)
    assert "authorities/kent.html" in site.names()
    assert "authorities/kent.html" not in built(combined(ESSEX), tmp_path).names()
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match="has other files in it"):
        build(combined(KENT), other)
    assert [path.name for path in other.iterdir()] == ["thesis.txt"]
    with pytest.raises(DataError, match="is a file"):
        build(combined(KENT), other / "thesis.txt")


def test_nothing_is_left_of_a_site_that_failed(tmp_path: Path) -> None:
    """If reports stop coming, the folder is as it was."""

    def failing() -> Iterable[Report]:
        yield from combined(KENT)
        raise KeyboardInterrupt

    before = built(combined(ESSEX), tmp_path).names()
    with pytest.raises(KeyboardInterrupt):
        build(failing(), tmp_path / "site")
    assert Site(tmp_path / "site").names() == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        pytest.param(lambda: "A shopping list.\n", "no assessment", id="no assessment"),
        pytest.param(
            lambda: "Safeguarding\n\nScore: 3\n\nThe local authority commitment\n",
            "does not say which authority",
            id="nobody's",
        ),
    ],
)
def test_what_has_no_place_is_named(make: Callable[[], str], why: str, tmp_path: Path) -> None:
    """A document that is no report of a known council is left out, and said to be."""
    reports = cqcparse.combine([cqcparse.parse(make(), source="odd.txt")])
    result = build([*combined(KENT), *reports], tmp_path / "site")
    assert result.councils == 1
    assert [sentence for sentence in result.left_out if why in sentence and "odd.txt" in sentence]
    assert why in Site(tmp_path / "site").page("about.html").text()


def test_there_is_no_site_about_nothing(tmp_path: Path) -> None:
    """Without a report of a council nothing is written, and a sentence says why."""
    with pytest.raises(DataError, match="no report of a council was read"):
        build((), tmp_path / "site")
    assert not list(tmp_path.iterdir())


def test_the_command_writes_the_site(tmp_path: Path) -> None:
    """It reads folders, says where to look, and names what it could not use."""
    for path, content in (KENT | {"kent-0325/list.txt": "A shopping list.\n"}).items():
        file = tmp_path / "reports" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    folder = tmp_path / "out"
    result = CliRunner().invoke(group, ["site", str(tmp_path / "reports"), "-o", str(folder)])
    assert result.exit_code == 1
    assert not result.stdout
    assert "1 document left out; about.html of the site says why" in result.stderr
    assert f"{folder / 'index.html'}: 1 council on " in result.stderr
    assert (folder / "authorities" / "kent.html").is_file()


def test_a_site_beside_its_reports_is_not_read(tmp_path: Path) -> None:
    """The pages of a site are none of the reports, when the folder above both is read again."""
    for path, content in KENT.items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    command = ["site", str(tmp_path), "-o", str(tmp_path / "site")]
    first, second = (CliRunner().invoke(group, command) for _ in range(2))
    assert first.exit_code == second.exit_code == 0
    assert first.stderr == second.stderr
