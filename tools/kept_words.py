"""Count the words of public files that are kept in what is read, beside bare readers.

    .venv/bin/python tools/kept_words.py FOLDER...

The folders hold web pages, Word files and PDF, such as the test files of libraries that read these
formats; they are only counted, and none is part of the project. A bare reader takes all text there
is: pypdfium2 of the pages of a PDF, the runs of a Word file, what stands in the body of a page but
for scripts, navigation, header, footer and asides. A word is lost if it stands more often there
than in the document; a loss that omissions have the length of is accounted for. Nothing is lost
where all letters are there in words cut otherwise, such as the labels of a drawing, if a diagnostic
tells so. The exit status is 1 if a median or a file is below its gate.
"""

from __future__ import annotations

import argparse
import io
import re
import statistics
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pypdfium2
from selectolax.lexbor import LexborHTMLParser

from cqcparse.errors import ReadError
from cqcparse.model.document import Document
from cqcparse.reading import document_from_bytes

#: Median share of words that is kept at least, for each format.
GATES: Mapping[str, float] = {"html": 0.99, "docx": 0.99, "pdf": 0.97}
#: Share of the letters of each file that is kept or accounted for.
FLOOR = 0.9
#: Share of the letters that shows that nothing is lost where words are cut otherwise.
ALL_LETTERS = 0.98
#: Codes that tell that words may not be those that are printed.
TOLD = frozenset({"words-uncertain", "text-replaced"})
#: Scripts without spaces between words are counted by character.
_WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]|[^\W_\u2e80-\u9fff\uac00-\ud7af]+")
_SOFT = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufffe\x02]\\s*")
_BROKEN = re.compile(r"[^\W\d_]+-\s*\n\s*[^\W\d_]+")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_INLINE = (
    "a, abbr, b, cite, code, em, font, i, ins, mark, q, s, small, span, strong, sub, sup, time, u"
)
_BLOCKS = f"body *:not({_INLINE})"
_BESIDE = "script, style, noscript, template, nav, header, footer, aside, head"

#: Takes a file, and what was read of it for its encoding; returns all text there is.
Bare = Callable[[bytes, Document], str]


@attrs.frozen(kw_only=True)
class Count:
    """What was kept of a file, in shares of what the bare reader has."""

    path: Path
    #: Words that are kept.
    kept: float
    #: Letters of words that are kept, or as many as are in omissions.
    accounted: float
    #: Letters that are kept, in whatever words.
    letters: float
    #: Whether a diagnostic tells that words may be others than are printed.
    is_told: bool
    #: The words that are lost most often.
    lost: tuple[str, ...]


def main() -> int:
    """Print a row for each format and for each file below the floor."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    folders = arguments.parse_args().folders
    failed = False
    for kind, gate in GATES.items():
        counts, refused = counted(folders, kind)
        if not counts:
            print(f"{kind}: no file")
            continue
        median = statistics.median(count.kept for count in counts)
        low = [count for count in counts if count.kept < FLOOR]
        unexplained = [count for count in low if count.accounted < FLOOR]
        bad = [one for one in unexplained if one.letters < ALL_LETTERS or not one.is_told]
        failed = failed or median < gate or bool(bad)
        print(
            f"{kind}: {len(counts)} files, median of words kept {median:.4f} (gate {gate}), "
            f"{len(low)} below {FLOOR}: {len(low) - len(unexplained)} by omissions, "
            f"{len(unexplained) - len(bad)} with their letters in other words and told, "
            f"{len(bad)} lost; "
            f"{sum(refused.values())} refused"
        )
        for count in unexplained:
            told = "told" if count.is_told else "NOT told"
            shares = f"{count.kept:.3f} {count.letters:.3f}"
            print(f"  {shares} {told} {count.path} {' '.join(count.lost)}")
        for problem, number in refused.most_common():
            print(f"  {number} refused: {problem}")
    return int(failed)


def counted(folders: list[Path], kind: str) -> tuple[list[Count], Counter[str]]:
    """Return what was kept of each file of a format, and how often each refusal was heard."""
    counts: list[Count] = []
    refused: Counter[str] = Counter()
    for path in sorted(path for folder in folders for path in folder.rglob(f"*.{kind}")):
        data = path.read_bytes()
        try:
            count = count_of(path, data, BARE[kind])
        except ReadError as error:
            refused[error.problem] += 1
        else:
            if count:
                counts.append(count)
    return counts, refused


def count_of(path: Path, data: bytes, bare: Bare) -> Count | None:
    """Return what was kept of a file; None if the bare reader finds no words.

    Raises:
        ReadError: If the file is refused.
    """
    document = document_from_bytes(data, str(path))
    try:
        expected = words_of(bare(data, document))
    except (zipfile.BadZipFile, ET.ParseError, pypdfium2.PdfiumError):
        return None  # it is not what it is called
    if not expected:
        return None
    found = words_of(f"{document.title or ''}\n{document.text}")
    missing = expected - found
    letters = letters_of(expected)
    unseen = letters - letters_of(found)
    omitted = sum(omission.length for omission in document.omissions)
    return Count(
        path=path,
        kept=1 - missing.total() / expected.total(),
        accounted=1 - max(0, letters_of(missing).total() - omitted) / letters.total(),
        letters=1 - unseen.total() / letters.total(),
        is_told=any(diagnostic.code in TOLD for diagnostic in document.diagnostics),
        lost=tuple(word for word, _ in missing.most_common(8)),
    )


def words_of(text: str) -> Counter[str]:
    """Return the words of a text, without those that are broken at the end of a line."""
    plain = _BROKEN.sub(" ", _SOFT.sub("", text))
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", plain).casefold()))


def letters_of(words: Counter[str]) -> Counter[str]:
    """Return the letters of some words."""
    letters: Counter[str] = Counter()
    for word, number in words.items():
        for letter in word:
            letters[letter] += number
    return letters


def pdf_text(data: bytes, _document: Document) -> str:
    """Return the text of all pages."""
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def docx_text(data: bytes, _document: Document) -> str:
    """Return the runs of the body and of the notes, a paragraph a line."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = (n for n in archive.namelist() if re.fullmatch(r"word/(document\d*|\w+notes)\.xml", n))
    roots = (ET.fromstring(archive.read(part)) for part in parts)  # noqa: S314 - files of one's own
    return "\n".join("".join(_runs(root)) for root in roots)


def _runs(element: ET.Element) -> Iterator[str]:
    if element.tag == f"{_MC}AlternateContent":
        # A drawing twice, for programs that know more and less; one of them is read.
        chosen = [child for child in element if "".join(_runs(child)).strip()][-1:]
        for child in chosen:
            yield from _runs(child)
        return
    if element.tag == f"{_W}t":
        yield element.text or ""
    elif element.tag in {f"{_W}tab", f"{_W}br", f"{_W}p"}:
        yield "\n"
    for child in element:
        yield from _runs(child)


def html_text(data: bytes, document: Document) -> str:
    """Return what stands in the body, but for what is beside the article."""
    page = LexborHTMLParser(data.decode(document.encoding or "utf-8", "replace"))
    for element in page.css(_BESIDE):
        element.decompose()
    for element in page.css(_BLOCKS):
        element.insert_before("\n")
        element.insert_after("\n")
    return page.body.text() if page.body else ""


BARE: Mapping[str, Bare] = {
    "html": html_text,
    "docx": docx_text,
    "pdf": pdf_text,
}

if __name__ == "__main__":
    sys.exit(main())
