"""Reports -> brat standoff: an archive with ``.txt`` and ``.ann`` of each page, and the labels.

Unpacked in the data folder of brat, it is a collection. brat counts code points, as cqcparse does.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import attrs

from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.model.spans import Span
from cqcparse.output.interchange.annotations import Mark, Page, pages_of

#: The names of files in an archive have a date; that of all is the first there is.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
#: No part of an annotation goes across a tab, or what ends a line for some program.
_UNBROKEN = re.compile("[^\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_OUT_OF_NAME = re.compile(r"[^A-Za-z0-9]+")
_OUT_OF_LABEL = re.compile(r"[^A-Za-z0-9_-]")
#: Most characters of the name of a file, before what tells it from others.
_NAME = 60


@attrs.define
class _Labels:
    """The labels that occur, for the configuration."""

    kinds: dict[str, set[str]] = attrs.Factory(dict)
    values: dict[str, set[str]] = attrs.Factory(dict)

    def note(self, mark: Mark) -> None:
        types = self.kinds.setdefault(_label(mark.label), set())
        if "type" in mark.said:
            types.add(_label(mark.said["type"]))
        for value in mark.values:
            self.values.setdefault(_label(value.name), set()).add(_label(mark.label))

    def configuration(self) -> Iterator[str]:
        """Yield the lines of ``annotation.conf``."""
        yield "[entities]"
        yield from sorted({*self.kinds, *self.values})
        yield "[relations]"
        yield "<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
        for name, kinds in sorted(self.values.items()):
            yield f"{_relation(name)} Arg1:{'|'.join(sorted(kinds))}, Arg2:{name}"
        yield "[events]"
        yield "[attributes]"
        for kind, types in sorted(self.kinds.items()):
            if types:
                yield f"{_attribute(kind)} Arg:{kind}, Value:{'|'.join(sorted(types))}"


def write(path: Path, reports: Iterable[Assessment | Report]) -> None:
    """Write a text and its annotations for each page."""
    labels = _Labels()
    with zipfile.ZipFile(path, "w") as archive:
        for number, page in enumerate(pages_of(reports), 1):
            name = _name(number, page)
            _add(archive, f"{name}.txt", _one_line_end(page.text))
            _add(archive, f"{name}.ann", "".join(f"{line}\n" for line in _lines(page, labels)))
        _add(archive, "annotation.conf", "".join(f"{line}\n" for line in labels.configuration()))


def _lines(page: Page, labels: _Labels) -> Iterator[str]:
    numbers: dict[str, int] = {}

    def entity(id_: str, label: str, span: Span) -> Iterator[str]:
        pieces = [
            (found.start(), found.end())
            for found in _UNBROKEN.finditer(page.text, span.start, span.end)
        ]
        if pieces:  # brat has no annotation of nothing
            number = numbers[id_] = len(numbers) + 1
            places = ";".join(f"{start} {end}" for start, end in pieces)
            words = " ".join(page.text[start:end] for start, end in pieces)
            yield f"T{number}\t{_label(label)} {places}\t{words}"

    relations = attributes = notes = 0
    for mark in page.marks:
        yield from entity(mark.id, mark.label, mark.span)
        if mark.id not in numbers:
            continue
        labels.note(mark)
        whose = f"T{numbers[mark.id]}"
        if "type" in mark.said:
            attributes += 1
            of = _attribute(_label(mark.label))
            yield f"A{attributes}\t{of} {whose} {_label(mark.said['type'])}"
        if mark.said:
            notes += 1
            said = "; ".join(f"{name}: {value}" for name, value in mark.said.items())
            yield f"#{notes}\tAnnotatorNotes {whose}\t{' '.join(said.split())}"
        for value in mark.values:
            yield from entity(value.id, value.name, value.span)
            if value.id in numbers:
                relations += 1
                name = _relation(_label(value.name))
                yield f"R{relations}\t{name} Arg1:{whose} Arg2:T{numbers[value.id]}"


def _name(number: int, page: Page) -> str:
    """Return a name for the files of a page that is safe on every system, and no other's."""
    stem = PurePosixPath((page.source or "").replace("\\", "/")).stem
    words = _OUT_OF_NAME.sub("-", stem).strip("-").lower()[:_NAME]
    return f"{number:04}-{words}" if words else f"{number:04}"


def _one_line_end(text: str) -> str:
    """Return a text of the same length in which no reader takes two characters for one line end."""
    return text.replace("\r\n", " \n").replace("\r", "\n")


def _label(name: str) -> str:
    return _OUT_OF_LABEL.sub("_", name)


def _relation(name: str) -> str:
    return f"has_{name}"


def _attribute(kind: str) -> str:
    return f"{kind}_type"


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, _NO_DATE)
    info.external_attr = 0o644 << 16
    archive.writestr(info, text.encode(), zipfile.ZIP_DEFLATED)
