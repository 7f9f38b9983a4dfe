"""A Word file -> what mammoth is to read of it, and what it leaves out of that."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import attrs

from cqcparse.model.document import Omission

#: The part that has the text of a file, where no relationship says which it is.
_MAIN_PART = "word/document.xml"
_MARKUP = (".xml", ".rels")
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
#: What mammoth does not read as it is meant, in the bytes of a part.
_SPECIAL = re.compile(
    rb"fldSimple|vanish|outlineLvl|dstrike|delText|:moveFrom[ >]|:del[ >]|txbxContent"
    rb"|:position |:oMath[ >]"
)
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: Levels of outline that make a heading; the next one is that of the text.
_LEVELS = 9
_MAX_HEADING = 6
#: A style that mammoth takes for a heading by its name, and one that says so in another language.
_HEADING = re.compile(r"(?:heading|title|subtitle)(?: \d)?", re.IGNORECASE)
_HEADING_ABROAD = re.compile(
    r"(?:überschrift|titre|título|titolo|kop|overskrift|rubrik|nagłówek|heading|pennawd)\s?([1-9])",
    re.IGNORECASE,
)
#: Styles that one may be based on, one on the other.
_MAX_BASED_ON = 20
#: Half points that a figure is raised by at least, if it is the mark of a note.
_RAISED = 4
_FORMULA = re.compile(r"\{[^}]*/math\}oMath")
_OFF = frozenset({"0", "false", "off", "none"})
_TEXTS = ("t", "delText")


class NotWordError(ValueError):
    """An archive has no part with the text of a Word file."""


@attrs.frozen(kw_only=True)
class WordMarkup:
    """A Word file, ready to be read."""

    #: The file, with the markup that mammoth knows.
    data: bytes
    title: str | None
    #: The lines of its running headers and footers, each once.
    headers: tuple[str, ...]
    footers: tuple[str, ...]
    omissions: tuple[Omission, ...]


def read_markup(data: bytes) -> WordMarkup:
    """Return what is to be read of a Word file.

    Fields are their words, a paragraph with a level of outline is a heading whatever its style is
    called, hidden words and formulas are left out, what is struck out twice is struck out once, and
    what a style raises is raised.

    Raises:
        NotWordError: If no part of the archive is the text of a Word file.
        Exception: Whatever damaged parts make of it.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = _Package(archive)
        styles = _styles(package)
        changed: dict[str, bytes] = {}
        left_out: Counter[tuple[str, str]] = Counter()
        for part in (package.main, *package.related("footnotes"), *package.related("endnotes")):
            content = archive.read(part)
            if _SPECIAL.search(content) or any(name.encode() in content for name in styles):
                cleaner = _Cleaner(_parsed(content), styles)
                cleaner.clean()
                left_out.update({(reason, part): n for reason, n in cleaner.left_out.items()})
                changed[part] = ET.tostring(cleaner.root)
        for part in package.related("comments"):
            left_out["comment", part] += sum(map(len, _lines(_parsed(archive.read(part)))))
        return WordMarkup(
            data=_rewritten(archive, changed) if changed else data,
            title=_title(archive),
            headers=package.lines("header"),
            footers=package.lines("footer"),
            omissions=tuple(
                Omission(reason=reason, path=part, length=length)
                for (reason, part), length in sorted(left_out.items())
                if length
            ),
        )


class _Package:
    """The parts of a file, by what they are to it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        targets = self._targets("_rels/.rels", "").get("officeDocument", [])
        #: The part with the text.
        self.main = next(iter(targets), _MAIN_PART)
        if self.main not in self._names:
            raise NotWordError
        self._folder, name = posixpath.split(self.main)
        self._related = self._targets(f"{self._folder}/_rels/{name}.rels", self._folder)

    def related(self, kind: str) -> list[str]:
        """Return the parts of a kind, by their relationship to the text, else by their names."""
        named = re.compile(rf"{re.escape(self._folder)}/{kind}\d*\.xml")
        return self._related.get(kind) or sorted(filter(named.fullmatch, self._names))

    def parsed(self, kind: str) -> Iterator[ET.Element]:
        """Yield the parts of a kind."""
        for part in self.related(kind):
            yield _parsed(self._archive.read(part))

    def lines(self, kind: str) -> tuple[str, ...]:
        """Return the lines of all parts of a kind, each once."""
        return tuple(dict.fromkeys(line for part in self.parsed(kind) for line in _lines(part)))

    def _targets(self, part: str, folder: str) -> dict[str, list[str]]:
        """Return the parts that the relationships of another point at, by the end of their type."""
        found: dict[str, list[str]] = {}
        if part in self._names:
            for link in _parsed(self._archive.read(part)):
                target = posixpath.normpath(posixpath.join("/", folder, link.get("Target") or ""))
                if target[1:] in self._names and link.get("TargetMode") != "External":
                    kind = (link.get("Type") or "").rpartition("/")[2]
                    found.setdefault(kind, []).append(target[1:])
        return found


@attrs.frozen(kw_only=True)
class _Style:
    """What a style says that mammoth does not ask it."""

    level: int | None = None
    is_hidden: bool = False
    is_struck: bool = False
    is_raised: bool = False


def _styles(package: _Package) -> dict[str, _Style]:
    """Return the styles, by id, that say more than mammoth hears."""
    found: dict[str, _Style] = {}
    for root in package.parsed("styles"):
        space = _space(root)
        nodes = {node.get(f"{space}styleId") or "": node for node in root.iter(f"{space}style")}
        for name in nodes:
            style = _style(name, nodes, space)
            if style != _Style():
                found[name] = style
    return found


def _style(name: str, nodes: Mapping[str, ET.Element], space: str) -> _Style:
    """Return what a style and those that it is based on say."""
    level, hidden, struck, raised = None, None, None, None
    for depth in range(_MAX_BASED_ON):
        node = nodes.get(name)
        if node is None:
            break
        called = _value(node, "name", space) or ""
        hidden = _switch(node, "rPr/vanish", space) if hidden is None else hidden
        struck = _switch(node, "rPr/strike", space) if struck is None else struck
        raised = _value(node, "rPr/vertAlign", space) if raised is None else raised
        if level is None and _HEADING.fullmatch(called) and not depth:
            level = _LEVELS  # mammoth knows it
        abroad = _HEADING_ABROAD.fullmatch(called)
        said = str(int(abroad[1]) - 1) if abroad else _value(node, "pPr/outlineLvl", space)
        if level is None and said is not None and said.isdigit():
            level = int(said)
        name = _value(node, "basedOn", space) or ""
    is_heading = level is not None and level < _LEVELS
    return _Style(
        level=level if is_heading else None,
        is_hidden=bool(hidden),
        is_struck=bool(struck),
        is_raised=raised == "superscript",
    )


class _Cleaner:
    """Makes of one part what mammoth is to read."""

    def __init__(self, root: ET.Element, styles: Mapping[str, _Style]) -> None:
        self.root = root
        #: Length of what is left out, by the reason.
        self.left_out: Counter[str] = Counter()
        self._styles = styles
        self._space = _space(root)

    def clean(self) -> None:
        """Change the part in place."""
        space = self._space
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            if node.tag in {f"{space}del", f"{space}moveFrom"}:
                self.left_out["deletion"] += _length(node, space)
                continue
            if _FORMULA.match(node.tag):
                self.left_out["formula"] += sum(len(text.strip()) for text in node.itertext())
                continue
            if node.tag == f"{space}p":
                self._mark_heading(node)
            elif node.tag == f"{_ALTERNATE}AlternateContent":
                self._fall_back(node)
            if any(child.tag in {f"{space}fldSimple", f"{space}r"} for child in node):
                node[:] = self._read(node)
            waiting.extend(node)

    def _fall_back(self, node: ET.Element) -> None:
        """Put text boxes where they are read, unless they stand there for older programs."""
        space = self._space
        fallback = node.find(f"{_ALTERNATE}Fallback")
        boxes = [*node.iterfind(f"{_ALTERNATE}Choice//{space}txbxContent")]
        if not boxes or (fallback is not None and fallback.find(f".//{space}t") is not None):
            return
        if fallback is None:
            fallback = ET.SubElement(node, f"{_ALTERNATE}Fallback")
        fallback[:] = [ET.Element(f"{space}pict")]
        fallback[0].extend(boxes)
        for choice in node.findall(f"{_ALTERNATE}Choice"):
            node.remove(choice)

    def _read(self, node: ET.Element) -> Iterator[ET.Element]:
        """Yield the children of an element that are read; of a field those of the field."""
        space = self._space
        for child in node:
            if child.tag == f"{space}fldSimple":
                yield from self._read(child)
            elif child.tag != f"{space}r" or not self._is_hidden(child):
                yield child
            else:
                self.left_out["hidden"] += _length(child, space)

    def _is_hidden(self, run: ET.Element) -> bool:
        """Return whether a run is hidden; strike out and raise what mammoth would not."""
        space = self._space
        style = self._styles.get(_value(run, "rPr/rStyle", space) or "", _Style())
        struck = _switch(run, "rPr/strike", space) or _switch(run, "rPr/dstrike", space)
        if struck or (struck is None and style.is_struck):
            properties = run.find(f"{space}rPr")
            if properties is not None:
                for old in properties.findall(f"{space}strike"):
                    properties.remove(old)
                properties.append(ET.Element(f"{space}strike"))
        if _value(run, "rPr/vertAlign", space) is None and self._is_raised(run, style):
            properties = run.find(f"{space}rPr")
            mark = ET.SubElement(run if properties is None else properties, f"{space}vertAlign")
            mark.set(f"{space}val", "superscript")
        hidden = _switch(run, "rPr/vanish", space)
        return style.is_hidden if hidden is None else hidden

    def _is_raised(self, run: ET.Element, style: _Style) -> bool:
        position = _value(run, "rPr/position", self._space) or "0"
        return style.is_raised or (position.isdigit() and int(position) >= _RAISED)

    def _mark_heading(self, paragraph: ET.Element) -> None:
        """Give a paragraph with a level of outline the style of a heading."""
        space = self._space
        properties = paragraph.find(f"{space}pPr")
        if properties is None:
            return
        style = properties.find(f"{space}pStyle")
        name = "" if style is None else style.get(f"{space}val") or ""
        said = _value(properties, "outlineLvl", space)
        level = int(said) if said is not None and said.isdigit() else None
        level = self._styles.get(name, _Style()).level if level is None else level
        if level is None or level >= _LEVELS:
            return
        if style is None:
            style = ET.SubElement(properties, f"{space}pStyle")
        style.set(f"{space}val", f"Heading{min(level + 1, _MAX_HEADING)}")


def _rewritten(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """Return the archive with some parts changed, and without pictures."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as copy:
        for part in archive.namelist():
            if part.endswith(_MARKUP):
                copy.writestr(part, changed.get(part) or archive.read(part))
    return stream.getvalue()


def _lines(part: ET.Element) -> Iterator[str]:
    """Yield the paragraphs of a part that have words."""
    space = _space(part)
    for paragraph in part.iter(f"{space}p"):
        text = "".join(node.text or "" for node in paragraph.iter(f"{space}t"))
        if line := " ".join(text.split()):
            yield line


def _title(archive: zipfile.ZipFile) -> str | None:
    if _CORE not in archive.namelist():
        return None
    return " ".join((_parsed(archive.read(_CORE)).findtext(_TITLE) or "").split()) or None


def _length(node: ET.Element, space: str) -> int:
    """Return the length of the words in an element, deleted ones too."""
    return sum(
        len((inner.text or "").strip()) for name in _TEXTS for inner in node.iter(f"{space}{name}")
    )


def _value(node: ET.Element, path: str, space: str) -> str | None:
    """Return the value of the element at a path below *node*; None if there is none."""
    found = node.find("/".join(f"{space}{name}" for name in path.split("/")))
    return None if found is None else found.get(f"{space}val")


def _switch(node: ET.Element, path: str, space: str) -> bool | None:
    """Return whether a property is on; None if nothing is said of it."""
    found = node.find("/".join(f"{space}{name}" for name in path.split("/")))
    return None if found is None else (found.get(f"{space}val") or "") not in _OFF


def _space(root: ET.Element) -> str:
    """Return the namespace of a part, which is another one in strict files, in braces."""
    return root.tag.partition("}")[0] + "}"


def _parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - expat fetches nothing and has limits
