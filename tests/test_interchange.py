"""Exporters for programs that annotate text: every stretch is where the report has it.

tests/interchange opens what is written with the programs themselves.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import cqcparse
from cqcparse.cli import group
from cqcparse.errors import DataError, MissingPackageError
from cqcparse.extraction.name_conflicts import _WRITTEN
from cqcparse.output.exporting import write_reports
from cqcparse.output.writing import FORMATS

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
GUIDE = Path(__file__).resolve().parent.parent / "docs" / "how-to" / "annotate.md"

#: Pieces of text with something to find, and what is hard about places in it.
PIECES = (
    "The council received £2.4 million from the Better Care Fund in 2023/24",
    "for a new reablement service with 24 beds for up to 6 weeks",
    "and the Integrated\nCare Board",
    "NHS\u2028England",
    ". However, there was no funding for a day\r\ncentre.",
    *("\U0001f600", "e\u0301", " ", "\t", "\r", "\n\n", "\x85", "\u2028", "\0", "\ud83d", "«"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
PARSER = cqcparse.Parser(plugins=False)


def values_of(mention: cqcparse.Mention) -> Iterator[tuple[str, cqcparse.Quote]]:
    """Yield name and quote of what was read of a mention."""
    for field in attrs.fields(type(mention)):
        value = getattr(mention, field.name)
        if isinstance(value, cqcparse.Quote):
            yield field.name, value


def marked(page: cqcparse.Assessment) -> list[tuple[str, str]]:
    """Return label and words of each mention and each value of one, as a file can hold them."""
    found = [(mention.kind, mention.text) for mention in page.mentions]
    found += [(name, quote.text) for m in page.mentions for name, quote in values_of(m)]
    return sorted((label, filled(text)) for label, text in found)


def filled(text: str) -> str:
    """Return a text with U+FFFD for halves of surrogate pairs."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def written(suffix: str, page: cqcparse.Assessment | cqcparse.Report, folder: Path) -> Path:
    """Return the file that a page writes."""
    path = folder / f"out{suffix}"
    page.write(path)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the examples of a property share."""
    return tmp_path_factory.mktemp("interchange")


class TestPlaces:
    """Whatever stands in a text, each stretch has the characters of the report."""

    @given(text=TEXTS)
    @settings(max_examples=40)
    def test_label_studio_counts_units_of_utf_16(self, text: str, folder: Path) -> None:
        """Cut out of the text as a browser has it, a region is its words."""
        page = PARSER.parse(text)
        (task,) = json.loads(written(".label-studio.json", page, folder).read_text("utf-8"))
        assert task["data"]["text"] == filled(text)
        units = task["data"]["text"].encode("utf-16-le")
        found = []
        for item in task["predictions"][0]["result"]:
            if item["type"] == "labels":
                value = item["value"]
                assert (
                    units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le")
                    == value["text"]
                )
                found.append((value["labels"][0], value["text"]))
        assert sorted(found) == marked(page)

    @given(text=TEXTS)
    @settings(max_examples=40)
    def test_brat_has_lines_and_columns(self, text: str, folder: Path) -> None:
        """Pieces of a stretch are its words; no character of the text ends a line or a column."""
        page = PARSER.parse(text)
        with zipfile.ZipFile(written(".brat.zip", page, folder)) as archive:
            own = archive.read("0001.txt").decode()
            lines = archive.read("0001.ann").decode().splitlines()
            labels = archive.read("annotation.conf").decode().splitlines()
        assert len(own) == len(text)
        assert "\r" not in own
        found = []
        for line in lines:
            if line.startswith("T"):
                _, where, words = line.split("\t")
                label, _, places = where.partition(" ")
                pieces = [own[slice(*map(int, place.split()))] for place in places.split(";")]
                assert words == " ".join(pieces)
                assert label in labels
                found.append((label, re.sub(r"\s+", "", words)))
        expected = [(label, re.sub(r"\s+", "", words)) for label, words in marked(page)]
        assert sorted(found) == sorted(expected)

    @given(text=TEXTS)
    @settings(max_examples=40)
    def test_web_annotations_say_it_twice(self, text: str, folder: Path) -> None:
        """By its place and by its words a stretch is found, and the words beside it are there."""
        page = PARSER.parse(text)
        annotations = items_of(written(".jsonld", page, folder))
        found = []
        for one in annotations:
            words, place = one["target"]["selector"]
            start, end = place["start"], place["end"]
            assert words["exact"] == filled(text)[start:end]
            assert filled(text)[:start].endswith(words["prefix"])
            assert filled(text)[end:].startswith(words["suffix"])
            found.append((one["body"][0]["value"], words["exact"]))
        assert sorted(found) == marked(page)


def items_of(path: Path) -> list[dict[str, Any]]:
    """Return the annotations in a file of Web Annotations."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(collection, COLLECTION, format_checker=jsonschema.FormatChecker())
    items: list[dict[str, Any]] = collection["first"]["items"]
    assert collection["total"] == len(items)
    return items


IRI = {"type": "string", "pattern": r"^[\x21-\x7e]+$"}
#: What the model of the W3C asks of the parts that are used.
COLLECTION = {
    "type": "object",
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "required": ["id", "type", "partOf", "items"],
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "partOf": IRI,
                "startIndex": {"const": 0},
                "items": {"type": "array", "items": {"$ref": "#/$defs/annotation"}},
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
    "$defs": {
        "annotation": {
            "required": ["id", "type", "target", "body", "motivation", "generator"],
            "properties": {
                "id": IRI,
                "type": {"const": "Annotation"},
                "motivation": {"const": "classifying"},
                "generator": {"required": ["type", "name"]},
                "body": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/body"}},
                "target": {
                    "required": ["source", "selector"],
                    "properties": {
                        "source": IRI,
                        "selector": {
                            "prefixItems": [
                                {
                                    "properties": {"type": {"const": "TextQuoteSelector"}},
                                    "required": ["type", "exact", "prefix", "suffix"],
                                },
                                {
                                    "properties": {"type": {"const": "TextPositionSelector"}},
                                    "required": ["type", "start", "end"],
                                },
                            ],
                            "minItems": 2,
                            "maxItems": 2,
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        "body": {
            "oneOf": [
                {
                    "required": ["type", "purpose", "format", "value"],
                    "properties": {
                        "type": {"const": "TextualBody"},
                        "purpose": {"enum": ["tagging", "identifying", "describing"]},
                        "format": {"const": "text/plain"},
                        "value": {"type": "string", "minLength": 1},
                    },
                    "additionalProperties": False,
                },
                {
                    "required": ["type", "purpose", "source"],
                    "properties": {
                        "type": {"const": "SpecificResource"},
                        "purpose": {"const": "linking"},
                        "source": IRI,
                    },
                    "additionalProperties": False,
                },
            ]
        },
    },
}


class TestWhatGoesAlong:
    """What is known of a mention beside its words is there, under the names of the tables."""

    @pytest.fixture
    def page(self) -> cqcparse.Assessment:
        """A page with a fund, its amount, and a body with a name."""
        return PARSER.parse(
            "The council received £2 million from NHS England.", source="a b/é.html"
        )

    def test_of_web_annotations(self, page: cqcparse.Assessment, tmp_path: Path) -> None:
        """Type and canonical name are bodies of their own; a value is linked to its mention."""
        items = items_of(written(".jsonld", page, tmp_path))
        assert {one["target"]["source"] for one in items} == {"a%20b/%C3%A9.html"}
        by_label = {one["body"][0]["value"]: one for one in items}
        bodies = {(b["purpose"], b["value"]) for b in by_label["partner"]["body"]}
        assert {("tagging", "partner/nhs-national"), ("identifying", "NHS England")} <= bodies
        bodies = {(b["purpose"], b["value"]) for b in by_label["funding"]["body"]}
        assert ("describing", "amount_low: 2000000") in bodies
        (link,) = by_label["amount"]["body"][1:]
        assert (link["purpose"], link["source"]) == ("linking", by_label["funding"]["id"])

    def test_of_label_studio(self, page: cqcparse.Assessment, tmp_path: Path) -> None:
        """A region has the id of its row; its values are tied to it by name."""
        (task,) = json.loads(written(".label-studio.json", page, tmp_path).read_text("utf-8"))
        assert task["data"]["source"] == "a b/é.html"
        result = task["predictions"][0]["result"]
        regions = {item["id"]: item for item in result if item["type"] == "labels"}
        rows = {str(row["mention_id"]): row for row in page.rows("mentions")}
        assert rows.keys() <= regions.keys()
        (fund,) = [id_ for id_, row in rows.items() if row["kind"] == "funding"]
        assert "amount_low: 2000000" in regions[fund]["meta"]["text"]
        tied = {
            (item["from_id"], *item["labels"], *regions[item["to_id"]]["value"]["labels"])
            for item in result
            if item["type"] == "relation"
        }
        assert (fund, "amount", "amount") in tied

    def test_of_brat(self, page: cqcparse.Assessment, tmp_path: Path) -> None:
        """Types are attributes, values relations, the rest a note; all are configured."""
        with zipfile.ZipFile(written(".brat.zip", page, tmp_path)) as archive:
            assert archive.namelist() == ["0001.txt", "0001.ann", "annotation.conf"]
            lines = archive.read("0001.ann").decode().splitlines()
            labels = archive.read("annotation.conf").decode().splitlines()
        assert any(re.search(r"^A\d+\tpartner_type T\d+ nhs-national$", line) for line in lines)
        assert any(re.search(r"^R\d+\thas_amount Arg1:T\d+ Arg2:T\d+$", line) for line in lines)
        assert any(
            re.search(r"^#\d+\tAnnotatorNotes T\d+\t.*amount_low: 2000000", line) for line in lines
        )
        assert "partner_type Arg:partner, Value:nhs-national" in labels
        assert "has_amount Arg1:funding, Arg2:amount" in labels

    def test_the_guide_has_all_labels(self) -> None:
        """The configuration of the documentation has the built-in kinds and what is quoted of them."""
        names = set()
        for cls in PARSER.kinds:
            fields = attrs.fields(cls)[len(attrs.fields(cqcparse.Mention)) :]
            quoted = {f.name for f in fields if re.search("Quote|Reading", str(f.type))}
            names |= {cls.kind, *quoted}
        assert (
            set(re.findall(r'<Label value="(\w+)"/>', GUIDE.read_text(encoding="utf-8"))) == names
        )


class TestMany:
    """Pages, and reports that pages make, are written one after the other."""

    def test_pages_of_a_report(self, tmp_path: Path) -> None:
        """A report is written as its pages, with the keys of the report."""
        pages = [PARSER.read(SEEDS / name) for name in ("harrow.txt", "ealing.txt")]
        reports = cqcparse.combine(pages)
        write_reports(tmp_path / "out.label-studio.json", reports, parser=PARSER)
        tasks = json.loads((tmp_path / "out.label-studio.json").read_text(encoding="utf-8"))
        assert [task["data"]["text"] for task in tasks] == [page.document.text for page in pages]
        assert [task["data"]["report_id"] for task in tasks] == [
            report.rows("scores")[0]["report_id"] for report in reports
        ]

    @pytest.mark.parametrize("suffix", [".jsonld", ".label-studio.json", ".brat.zip"])
    def test_the_same_bytes_each_time(self, suffix: str, tmp_path: Path) -> None:
        """Nothing of the clock or of chance is in a file."""
        page = PARSER.read(SEEDS / "harrow.txt")
        first = written(suffix, page, tmp_path).read_bytes()
        assert written(suffix, page, tmp_path).read_bytes() == first

    def test_no_reports(self, tmp_path: Path) -> None:
        """A file of none is whole."""
        write_reports(tmp_path / "none.jsonld", [])
        assert items_of(tmp_path / "none.jsonld") == []
        write_reports(tmp_path / "none.label-studio.json", [])
        assert json.loads((tmp_path / "none.label-studio.json").read_text(encoding="utf-8")) == []

    def test_a_name_of_a_file_is_safe(self, tmp_path: Path) -> None:
        """Whatever a page is called, what it writes stays in its folder, apart from others."""
        sources = ("../../etc/passwd", "C:\\x\\CON.txt", "a/../..", "é" * 500, "")
        pages = [PARSER.parse("NHS England.", source=source) for source in sources]
        write_reports(tmp_path / "out.brat.zip", pages)
        with zipfile.ZipFile(tmp_path / "out.brat.zip") as archive:
            names = archive.namelist()
        assert len({*names}) == 2 * len(sources) + 1
        assert all(
            re.fullmatch(r"\d{4}(-[a-z0-9-]{1,60})?\.(txt|ann)|annotation\.conf", n) for n in names
        )

    def test_without_spacy_one_sentence_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It names the package and how to get it, and no report is read for it."""

        def pages() -> Iterator[cqcparse.Assessment]:
            pytest.fail("it was read")
            yield PARSER.parse("")

        monkeypatch.setitem(sys.modules, "spacy", None)
        with pytest.raises(MissingPackageError, match=r"pip install 'cqcparse\[spacy\]'"):
            write_reports(tmp_path / "out.spacy", pages())
        done = run("parse", str(SEEDS), "-o", str(tmp_path / "out.spacy"))
        assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
        assert not [*tmp_path.iterdir()]


def run(*arguments: str) -> Result:
    """Return what a command does."""
    return CliRunner().invoke(group, arguments)


class TestCommands:
    """`parse` and `extract` write them by their suffix."""

    @pytest.mark.parametrize("command", [["extract"], ["parse"], ["parse", "--combine"]])
    def test_by_suffix(self, command: list[str], tmp_path: Path) -> None:
        """All do the same with pages that stand by themselves."""
        out = tmp_path / "out.jsonld"
        done = run(*command, str(SEEDS), "-o", str(out))
        assert (done.exit_code, done.stdout) == (0, ""), done.stderr
        pages = [cqcparse.read(path) for path in sorted(SEEDS.glob("*.txt"))]
        assert len(items_of(out)) >= sum(len(page.mentions) for page in pages)

    @pytest.mark.parametrize(
        "more",
        [["--raw"], ["--where", "kind = 'funding'"], ["--columns", "text"], ["--manifest", "m"]],
    )
    def test_what_is_for_rows_does_not_go_with_it(self, more: list[str], tmp_path: Path) -> None:
        """It is refused before anything is read."""
        done = run("extract", str(SEEDS), "-o", str(tmp_path / "out.jsonld"), *more)
        assert done.exit_code == 2
        assert "'out.jsonld' has whole texts, not rows" in done.stderr
        assert not [*tmp_path.iterdir()]

    def test_an_unknown_suffix_of_extract(self, tmp_path: Path) -> None:
        """All that it writes are named."""
        done = run("extract", str(SEEDS), "-o", str(tmp_path / "out.brat"))
        assert done.exit_code == 2
        said = " ".join(done.stderr.split())
        assert ".graphml, .jsonld, .label-studio.json, .spacy, .brat.zip" in said
        assert said.count(".jsonl,") == 1

    def test_scores_have_no_text(self, tmp_path: Path) -> None:
        """A command that has rows only says what it writes."""
        done = run("scores", str(SEEDS), "-o", str(tmp_path / "out.jsonld"))
        assert done.exit_code == 2
        assert "must end in one of .jsonl, .csv" in " ".join(done.stderr.split())

    def test_an_unknown_suffix_is_one_sentence(self, tmp_path: Path) -> None:
        """From Python as well."""
        with pytest.raises(
            DataError, match=r"must end in one of \.jsonl, \.jsonld, \.label-studio\.json"
        ):
            PARSER.parse("").write(tmp_path / "out.brat")


def test_no_plugin_takes_a_suffix_that_is_written_here() -> None:
    """Every form of rows is in the list of suffixes that plugins may not have."""
    assert set(_WRITTEN) == set(FORMATS)
