"""What is written for programs that annotate text is opened by them, and says what the report says.

They have an environment of their own, which `make test-interchange` makes; elsewhere they are skipped.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import cqcparse
from cqcparse.output.exporting import write_reports
from cqcparse.testing import REPORT

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ROOT = Path(__file__).resolve().parents[2]
#: A report with characters outside of the basic plane before, between and after what is found.
WIDE = "\U0001f600 " + REPORT.replace("the ", "the \U0001f3e5 ").replace(". ", ". \U0001f600 ")


@pytest.fixture(scope="module")
def pages() -> list[cqcparse.Assessment]:
    """A report as it was published, and one with wide characters in it."""
    parser = cqcparse.Parser(plugins=False)
    wide = parser.parse(WIDE, source="a b/wide.html")
    return [parser.read(ROOT / "seeds" / "harrow.txt"), wide]


def marked(page: cqcparse.Assessment) -> list[tuple[str, str, int, int]]:
    """Return label, words and place of each mention, and of each value read of one."""
    found = []
    for mention in page.mentions:
        found.append((mention.kind, mention.text, mention.span.start, mention.span.end))
        for name in (field.name for field in attrs.fields(type(mention))):
            value = getattr(mention, name)
            if isinstance(value, cqcparse.Quote):
                found.append((name, value.text, value.span.start, value.span.end))
    assert len(found) > len(page.mentions) > 5
    return sorted(found)


def test_spacy(pages: list[cqcparse.Assessment], tmp_path: Path) -> None:
    """With spaCy, there are documents with the same text, whose spans are the same characters."""
    spacy = pytest.importorskip("spacy", reason="make test-interchange has it")
    write_reports(tmp_path / "out.spacy", pages)
    english = spacy.blank("en")
    docs = [*spacy.tokens.DocBin().from_disk(tmp_path / "out.spacy").get_docs(english.vocab)]
    for page, doc in zip(pages, docs, strict=True):
        assert doc.text == page.document.text
        spans = [*doc.spans["mentions"], *doc.spans["values"]]
        found = sorted((s.label_, s.text, s.start_char, s.end_char) for s in spans)
        assert found == marked(page)
        assert [s.kb_id_ for s in doc.spans["mentions"]] == [
            m.canonical or "" for m in page.mentions
        ]
        assert {(e.label_, e.text) for e in doc.ents} <= {(m.kind, m.text) for m in page.mentions}
        assert doc.ents
        starts = {s.span.start for section in page.walk() for s in section.sentences}
        assert starts <= {sentence.start_char for sentence in doc.sents}
        ids = {row["mention_id"]: row for row in page.rows("mentions")}
        for span in doc.spans["mentions"]:
            assert ids[span.id_]["text"] == span.text
            assert doc.user_data["mentions"][span.id_].get("type", "") == (
                ids[span.id_]["type"] or ""
            )


def test_the_script_of_the_guide(pages: list[cqcparse.Assessment], tmp_path: Path) -> None:
    """It prints a line for each mention."""
    pytest.importorskip("spacy", reason="make test-interchange has it")
    write_reports(tmp_path / "reports.spacy", pages)
    guide = (ROOT / "docs" / "how-to" / "annotate.md").read_text(encoding="utf-8")
    (script,) = re.findall(
        r"`read_spacy.py`:\n\n```python\n(.*?)^```", guide, re.MULTILINE | re.DOTALL
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == sum(len(page.mentions) for page in pages)
    first = pages[0].mentions[0]
    assert lines[0].split() == [first.kind, *(first.canonical or "").split(), *first.text.split()]


def test_label_studio(pages: list[cqcparse.Assessment], tmp_path: Path) -> None:
    """Label Studio's own library takes each task with the configuration of the documentation."""
    interface = pytest.importorskip(
        "label_studio_sdk.label_interface", reason="make test-interchange has it"
    )
    guide = (ROOT / "docs" / "how-to" / "annotate.md").read_text(encoding="utf-8")
    (configuration,) = re.findall(r"^```xml\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    label_interface = interface.LabelInterface(configuration)
    path = tmp_path / "out.label-studio.json"
    write_reports(path, pages)
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for page, task in zip(pages, tasks, strict=True):
        assert label_interface.validate_task({"data": task["data"]})
        (prediction,) = task["predictions"]
        assert label_interface.validate_prediction(prediction, return_errors=True) == []
        units = page.document.text.encode("utf-16-le")
        found = []
        for item in prediction["result"]:
            if item["type"] == "labels":
                value = item["value"]
                words = units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le")
                assert words == value["text"]
                found.append((value["labels"][0], words))
        assert sorted(found) == sorted(item[:2] for item in marked(page))


def test_brat(pages: list[cqcparse.Assessment], tmp_path: Path) -> None:
    """A reader of brat standoff gives the same text, stretches, types and relations."""
    standoff = pytest.importorskip("edsnlp.data.standoff", reason="make test-interchange has it")
    write_reports(tmp_path / "out.brat.zip", pages)
    with zipfile.ZipFile(tmp_path / "out.brat.zip") as archive:
        archive.extractall(tmp_path / "brat")
    texts = sorted((tmp_path / "brat").glob("*.txt"))
    for page, text in zip(pages, texts, strict=True):
        found = standoff.parse_standoff_file(str(text), [str(text.with_suffix(".ann"))])
        assert found["text"] == page.document.text
        entities = {entity["entity_id"]: entity for entity in found["entities"]}
        assert sorted(map(stretch, entities.values())) == marked(page)
        for entity in entities.values():
            _, words, start, end = stretch(entity)
            assert words == found["text"][start:end]
        types = [
            e["attributes"][f"{e['label']}_type"] for e in entities.values() if e["attributes"]
        ]
        assert types == [mention.type for mention in page.mentions if mention.type]
        for relation in found["relations"]:
            whose, value = (entities[relation[end]] for end in ("from_entity_id", "to_entity_id"))
            assert relation["relation_label"] == f"has_{value['label']}"
            assert whose["label"] in {"funding", "service"}
        assert len(found["relations"]) == len(marked(page)) - len(page.mentions)


def stretch(entity: dict[str, Any]) -> tuple[str, str, int, int]:
    """Return label, words and place of something that brat has."""
    places = entity["fragments"]
    return entity["label"], entity["text"], places[0]["begin"], places[-1]["end"]


#: What the terms that are used mean in the context of the W3C, which is not fetched.
TERMS = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{term: f"@{term}" for term in ("id", "type")},
    **{term: f"oa:{term}" for term in ("Annotation", "TextualBody", "SpecificResource")},
    **{term: f"oa:{term}" for term in ("TextQuoteSelector", "TextPositionSelector")},
    **{
        term: f"oa:{term}"
        for term in ("classifying", "describing", "identifying", "linking", "tagging")
    },
    **{term: f"oa:{term}" for term in ("exact", "prefix", "suffix")},
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application",
    **{
        term: {"@id": id_, "@type": "@id"}
        for term, id_ in {
            "body": "oa:hasBody",
            "target": "oa:hasTarget",
            "source": "oa:hasSource",
            "selector": "oa:hasSelector",
            "generator": "as:generator",
            "first": "as:first",
            "partOf": "as:partOf",
        }.items()
    },
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "format": "dc:format",
    "value": "rdf:value",
    "name": "foaf:name",
    "label": "rdfs:label",
    **{
        term: {"@id": id_, "@type": "xsd:nonNegativeInteger"}
        for term, id_ in {
            "start": "oa:start",
            "end": "oa:end",
            "total": "as:totalItems",
            "startIndex": "as:startIndex",
        }.items()
    },
}


def test_web_annotations(pages: list[cqcparse.Assessment], tmp_path: Path) -> None:
    """A processor of JSON-LD finds each annotation, with nothing in it that has no meaning."""
    jsonld = pytest.importorskip("pyld.jsonld", reason="make test-interchange has it")
    path = tmp_path / "out.jsonld"
    write_reports(path, pages)
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["@context"] == CONTEXT

    def load(url: str, _: object) -> dict[str, Any]:
        assert url == CONTEXT
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": TERMS}}

    options = {"documentLoader": load, "base": "https://reports.example/"}
    (whole,) = jsonld.expand(written, options)
    oa, activity = TERMS["oa"], TERMS["as"]
    (page,) = whole[f"{activity}first"]
    (items,) = page[f"{activity}items"]
    annotations = items["@list"]
    assert whole[f"{activity}totalItems"][0]["@value"] == len(annotations)
    assert len({one["@id"] for one in annotations}) == len(annotations)
    found = []
    for one in annotations:
        assert one["@type"] == [f"{oa}Annotation"]
        (target,) = one[f"{oa}hasTarget"]
        (source,) = target[f"{oa}hasSource"]
        words, place = sorted(target[f"{oa}hasSelector"], key=lambda s: s["@type"], reverse=True)
        span = [place[f"{oa}{end}"][0]["@value"] for end in ("start", "end")]
        tag = next(
            b for b in one[f"{oa}hasBody"] if b[f"{oa}hasPurpose"][0]["@id"] == f"{oa}tagging"
        )
        label = tag[f"{TERMS['rdf']}value"][0]["@value"]
        found.append((source["@id"], label, words[f"{oa}exact"][0]["@value"], *span))
        assert source["@id"].startswith("https://reports.example/")
    expected = [marked(page) for page in pages]
    assert sorted(item[1:] for item in found) == sorted(item for of in expected for item in of)
    assert {item[0] for item in found} >= {"https://reports.example/a%20b/wide.html"}
    plain = len([*keys_of(written)])
    assert len([*keys_of(jsonld.compact(whole, TERMS, options))]) >= plain, "a term has no meaning"


def keys_of(value: object) -> Iterator[str]:
    """Yield all keys of a value of JSON, but for what begins with "@"."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            for key, within in one.items():
                if not key.startswith("@"):
                    yield key
                yield from keys_of(within)
