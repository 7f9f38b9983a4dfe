"""Measure the whole path of a report beside what a user would pick instead, in one run.

Times on one machine move from run to run, ratios inside one run much less: so contenders take
turns in a random order over the same pages, and what is printed are ratios of their medians.
Nothing here passes or fails. The peers are measured where they are installed:
``.venv/bin/pip install ahocorasick_rs spacy``.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar
from unittest.mock import patch
from xml.etree import ElementTree as ET

import attrs
import pypdfium2
from fpdf import FPDF
from selectolax.lexbor import LexborHTMLParser

import cqcparse
from cqcparse.grammar.vocabulary import Vocabulary
from cqcparse.reading import document_from_bytes

ROOT = Path(__file__).resolve().parent.parent
PAGES = 60
PHRASES = 320
MANY_PHRASES = 25_000
LONG = 1_000_000
WORD = re.compile(r"\w+")
_OPEN = "http://schemas.openxmlformats.org"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RUN = f"{{{_OPEN}/wordprocessingml/2006/main}}t"

Job = Callable[[], object]


@attrs.frozen
class Figure:
    """One line of the result."""

    what: str
    #: The measured figure, ready to print.
    value: str
    #: What it should not miss, and what it aims at.
    gate: str = ""
    goal: str = ""


def main() -> None:
    """Measure everything and print it."""
    os.environ["CQCPARSE_PLUGINS"] = ""  # the children, too, measure the core
    # Without byte code Python would compile every module anew, which no installed package does.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--repeats", type=int, default=9, help="runs of each contender (9)")
    repeats = arguments.parse_args().repeats
    pages = corpus(PAGES)
    size = sum(map(len, pages))
    print(
        f"{len(pages)} pages, {size:,} code points; Python {sys.version.split()[0]}; "
        f"median of {repeats} interleaved runs\n"
    )
    print_figure(Figure("", "measured", "gate", "goal"))
    for figures in (
        whole_path(pages, repeats),
        vocabulary_scan(pages, repeats),
        lexicon_size(pages, repeats),
        text_length(repeats),
        file_formats(repeats),
        processes(pages),
        cold_starts(repeats),
    ):
        for figure in figures:
            print_figure(figure)


def print_figure(figure: Figure) -> None:
    """Print one line of the result at once: some figures take a while."""
    print(f"{figure.what:<58} {figure.value:>14} {figure.gate:>10} {figure.goal:>10}", flush=True)


# --- what is measured -------------------------------------------------------------------------


def whole_path(pages: Sequence[str], repeats: int) -> Iterator[Figure]:
    """Measure parsing beside a bare scan for words, and beside spaCy where it is installed."""
    parser = cqcparse.Parser(plugins=False)
    jobs: dict[str, Job] = {
        "cqcparse": partial(parse_all, parser, pages),
        "words": lambda: [WORD.findall(page) for page in pages],
    }
    if find_spec("spacy"):
        jobs["spacy"] = spacy_matcher(pages, phrases(pages, PHRASES))
    seconds = interleaved(jobs, repeats)
    times = seconds["cqcparse"] / seconds["words"]
    yield Figure("whole path / re.findall(r'\\w+')", f"{times:.1f}x", "<= 15x", "<= 6x")
    megabytes = sum(map(len, pages)) / 1e6
    yield Figure("whole path, throughput", f"{megabytes / seconds['cqcparse']:.2f} MB/s")
    what = "spaCy blank + sentencizer + PhraseMatcher / whole path"
    if "spacy" in seconds:
        value = f"{seconds['spacy'] / seconds['cqcparse']:.2f}x"
        yield Figure(what, value, ">= 1x", ">= 3x")
    else:
        yield Figure(what, "spacy absent", ">= 1x", ">= 3x")


def vocabulary_scan(pages: Sequence[str], repeats: int) -> Iterator[Figure]:
    """Measure the vocabulary scan beside an exact Aho-Corasick scan for the same phrases."""
    wanted = phrases(pages, PHRASES)
    vocabulary = Vocabulary(dict.fromkeys(wanted, ""))
    jobs: dict[str, Job] = {"cqcparse": lambda: [list(vocabulary.scan(page)) for page in pages]}
    what = f"scan for {PHRASES} phrases / ahocorasick_rs"
    if not find_spec("ahocorasick_rs"):
        yield Figure(what, "absent", "<= 6x", "<= 3.5x")
        return
    jobs["peer"] = aho_corasick(pages, wanted)
    seconds = interleaved(jobs, repeats)
    yield Figure(what, f"{seconds['cqcparse'] / seconds['peer']:.1f}x", "<= 6x", "<= 3.5x")


def lexicon_size(pages: Sequence[str], repeats: int) -> Iterator[Figure]:
    """Measure the whole path with a small and a large lexicon beside the built-in ones."""
    base = cqcparse.Parser(plugins=False).extractors
    few, many = (Terms(phrases(pages, count)) for count in (PHRASES, MANY_PHRASES))
    build = timed(partial(list, many.vocabulary.scan("the first scan builds it")))
    parsers = {
        name: cqcparse.Parser(extractors=[*base, terms])
        for name, terms in (("few", few), ("many", many))
    }
    seconds = interleaved(
        {name: partial(parse_all, parser, pages) for name, parser in parsers.items()},
        repeats,
    )
    what = f"throughput kept from {PHRASES} to {MANY_PHRASES:,} further phrases"
    yield Figure(what, f"{seconds['few'] / seconds['many']:.0%}", ">= 60%", ">= 80%")
    yield Figure(
        f"building a vocabulary of {MANY_PHRASES:,} phrases", f"{build:.2f} s", "", "<= 1.3 s"
    )


def text_length(repeats: int) -> Iterator[Figure]:
    """Measure one text of a hundred times the length, piece by piece the same words."""
    parser = cqcparse.Parser(plugins=False)
    page = corpus(1)[0]
    copies = LONG // len(page)
    head, findings = page.split("Key findings for this quality statement\n", 1)
    long = f"{head}Key findings for this quality statement\n{findings * copies}"
    seconds = interleaved(
        {
            "pages": lambda: [parser.parse(page) for _ in range(copies)],
            "long": lambda: parser.parse(long),
        },
        max(repeats // 3, 1),
    )
    kept = (seconds["pages"] / copies / len(page)) / (seconds["long"] / len(long))
    what = f"throughput kept from {len(page):,} to {len(long):,} code points"
    yield Figure(what, f"{kept:.0%}", ">= 50%", ">= 70%")


def file_formats(repeats: int) -> Iterator[Figure]:
    """Measure reading a report in each format, not parsing it, beside a bare reader of its text."""
    lines = [line for line in corpus(1)[0].splitlines() if line.strip()]
    files = {"html": as_html(lines), "docx": as_docx(lines), "pdf": as_pdf(lines)}
    jobs: dict[str, Job] = {}
    for kind, data in files.items():
        jobs[kind] = partial(document_from_bytes, data, f"report.{kind}")
        jobs[f"bare {kind}"] = partial(BARE[kind], data)
    # A PDF is read in this process, where what it costs is seen, instead of in a worker.
    with patch("cqcparse.reading.pdf.is_worker", return_value=True):
        seconds = interleaved(jobs, repeats)
    pages = len(pypdfium2.PdfDocument(files["pdf"]))
    for what, kind, count, gate in (
        ("web page into blocks", "html", 1, "<= 1.0 ms"),
        ("Word file into blocks", "docx", 1, "<= 60 ms"),
        (f"PDF into blocks, each of {pages} pages", "pdf", pages, "<= 15 ms"),
    ):
        times = seconds[kind] / seconds[f"bare {kind}"]
        value = f"{1000 * seconds[kind] / count:.1f} ms"
        yield Figure(f"{what} ({times:.0f}x a bare reader)", value, gate)


def processes(pages: Sequence[str]) -> Iterator[Figure]:
    """Measure two worker processes against one, results sent back and start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.txt") for number in range(len(pages) * 8)]
        for path, page in zip(paths, list(pages) * 8, strict=True):
            path.write_text(page, encoding="utf-8")
        one, two = (timed(partial(read_all, paths, workers)) for workers in (1, 2))
    yield Figure(
        f"two processes against one, {len(paths)} pages", f"{one / two:.2f}x", ">= 1.4x", ">= 1.6x"
    )


def cold_starts(repeats: int) -> Iterator[Figure]:
    """Measure a fresh interpreter: importing the package, and reading one report."""
    report = str(next((ROOT / "seeds").glob("*.txt")))
    command = [sys.executable, "-m", "cqcparse", "parse", report]
    seconds = interleaved(
        {
            "bare": lambda: child([sys.executable, "-c", "pass"]),
            "import": lambda: child([sys.executable, "-c", "import cqcparse"]),
            "command": lambda: child(command),
        },
        repeats,
    )
    importing = 1000 * (seconds["import"] - seconds["bare"])
    yield Figure(
        "import cqcparse, over a bare interpreter", f"{importing:.0f} ms", "<= 120 ms", "<= 55 ms"
    )
    cold = f"{1000 * seconds['command']:.0f} ms"
    yield Figure("cqcparse parse, one report, cold", cold, "<= 400 ms", "<= 150 ms")


# --- what it is measured with -----------------------------------------------------------------


def corpus(count: int) -> list[str]:
    """Return *count* pages: the reports of the checkout, and the invented ones, over and over."""
    files = sorted((ROOT / "seeds").glob("*.txt"))
    files += sorted((ROOT / "tests" / "quality" / "gold" / "invented").glob("*.txt"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    return [texts[number % len(texts)] for number in range(count)]


def phrases(pages: Iterable[str], count: int) -> list[str]:
    """Return *count* phrases: what the pages mention, then made-up names that they do not."""
    parser = cqcparse.Parser(plugins=False)
    found = {mention.text: None for page in set(pages) for mention in parser.parse(page).mentions}
    words = sorted({word for page in set(pages) for word in WORD.findall(page) if len(word) > 3})  # noqa: PLR2004
    chance = random.Random(0)  # noqa: S311 - the same phrases every time
    while len(found) < count:
        found[" ".join(chance.choices(words, k=3))] = None
    return sorted(found)[:count] if count < len(found) else list(found)


@attrs.frozen(kw_only=True)
class Term(cqcparse.Mention):
    """A phrase of the measured lexicon."""

    kind: ClassVar[str] = "term"


class Terms:
    """An extractor as a stranger would write it: a vocabulary and nothing else."""

    name = "terms"
    produces = (Term,)

    def __init__(self, wanted: Iterable[str]) -> None:
        self.vocabulary = Vocabulary({phrase: phrase for phrase in wanted})

    def extract(self, view: cqcparse.View) -> Iterator[Term]:
        """Yield the phrases that stand in the text."""
        for span, phrase in self.vocabulary.scan(view.document.text):
            text = view.document.text[span.start : span.end]
            yield Term(span=span, text=text, canonical=phrase)


def spacy_matcher(pages: Sequence[str], wanted: Iterable[str]) -> Job:
    """Return spaCy's usual way: sentences and labelled phrases as records."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("TERM", list(nlp.tokenizer.pipe(wanted)))

    def run() -> list[tuple[int, int, str]]:
        documents = (nlp(page) for page in pages)
        return [
            (span.start_char, span.end_char, span.sent.text)
            for document in documents
            for span in matcher(document, as_spans=True)
        ]

    return run


def aho_corasick(pages: Sequence[str], wanted: Iterable[str]) -> Job:
    """Return an exact scan: overlapping hits, whole words only, leftmost-longest."""
    from ahocorasick_rs import AhoCorasick

    scanner = AhoCorasick([phrase.lower() for phrase in wanted])

    def scan(text: str) -> list[tuple[int, int]]:
        lowered = text.lower()
        hits = [
            (start, end)
            for _, start, end in scanner.find_matches_as_indexes(lowered, overlapping=True)
            if not lowered[start - 1 : start].isalnum() and not lowered[end : end + 1].isalnum()
        ]
        kept: list[tuple[int, int]] = []
        for start, end in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return kept

    return lambda: [scan(page) for page in pages]


def as_html(lines: Sequence[str]) -> bytes:
    """Return a web page of paragraphs."""
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    return f"<!doctype html><meta charset=utf-8><main>{body}</main>".encode()


def as_docx(lines: Sequence[str]) -> bytes:
    """Return a Word file of paragraphs."""
    stream = io.BytesIO()
    runs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_OPEN}/package/2006/content-types"><Override '
            f'PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="r" '
            f'Type="{_OPEN}/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        space = f'xmlns:w="{_OPEN}/wordprocessingml/2006/main"'
        text = f"<w:document {space}><w:body>{runs}</w:body></w:document>"
        archive.writestr("word/document.xml", text)
    return stream.getvalue()


def as_pdf(lines: Sequence[str]) -> bytes:
    """Return a PDF of paragraphs."""
    report = FPDF()
    report.add_page()
    report.set_font("helvetica", size=11)
    for line in lines:
        report.multi_cell(0, 5, line.encode("latin-1", "replace").decode("latin-1"))
        report.ln(3)
    return bytes(report.output())


def bare_pdf(data: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def bare_docx(data: bytes) -> list[str]:
    """Return the runs of the text."""
    part = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    return [text.text or "" for text in ET.fromstring(part).iter(_RUN)]  # noqa: S314 - made above


def bare_html(data: bytes) -> str:
    """Return the text of the page."""
    body = LexborHTMLParser(data).body
    return body.text() if body else ""


BARE: Mapping[str, Callable[[bytes], object]] = {
    "html": bare_html,
    "docx": bare_docx,
    "pdf": bare_pdf,
}


# --- how it is measured -----------------------------------------------------------------------


def parse_all(parser: cqcparse.Parser, pages: Iterable[str]) -> None:
    """Parse pages one after the other."""
    for page in pages:
        parser.parse(page)


def read_all(paths: Iterable[Path], workers: int) -> None:
    """Read files with a number of worker processes."""
    for _ in cqcparse.read_many(paths, workers=workers):
        pass


def interleaved(jobs: Mapping[str, Job], repeats: int) -> dict[str, float]:
    """Return the median seconds of each job; in every round they take turns in a random order."""
    chance = random.Random(0)  # noqa: S311 - an order, not a secret
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()  # builds what is built on first use
    for _ in range(repeats):
        for name in chance.sample(sorted(jobs), len(jobs)):
            seconds[name].append(timed(jobs[name]))
    return {name: statistics.median(values) for name, values in seconds.items()}


def timed(job: Job) -> float:
    """Return the seconds that *job* takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def child(command: Sequence[str]) -> None:
    """Run a command to its end, without its output."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


if __name__ == "__main__":
    main()
