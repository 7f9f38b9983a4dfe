"""The targets: each takes any bytes as one sort of file, and fails if a promise is broken."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import attrs

from cqcparse import Assessment, Parser, Report
from cqcparse.cli.extract import are_plain, revived
from cqcparse.cli.manifest import Manifest
from cqcparse.corpora.questioning import questions_in
from cqcparse.corpora.verifying import claims_of
from cqcparse.errors import CqcParseError, ReadError
from cqcparse.evaluation import evaluate
from cqcparse.evaluation.export import to_json
from cqcparse.evaluation.gold import load_gold
from cqcparse.extraction.lexicon_extractor import load_terms
from cqcparse.framework.loading import load_framework
from cqcparse.model.kinds import BUILT_IN
from cqcparse.output.tables import mention_table
from cqcparse.output.writing import to_line
from cqcparse.reading import document_from_bytes
from cqcparse.testing import REPORT
from tests.fuzz.invariants import check_parsed, check_refusal, check_result, check_saved

FOLDER = Path(__file__).parent
_CASES = FOLDER.parent / "cases"

# No budget: what takes too long is for the fuzzer to find, not for the fence to end.
_PARSER = Parser(plugins=False, budget=None, any_document=True)
_SAMPLE = _PARSER.parse(REPORT)


@attrs.frozen(kw_only=True)
class Target:
    """One sort of file.

    Attributes:
        check: Is given the content of a file, and raises if a promise is broken.
        dictionary: Name of the list of words that such files are made of.
        cases: A folder of the other tests with inputs for it, beside its own corpus.
    """

    check: Callable[[bytes], None]
    dictionary: str
    cases: str | None = None


def _report(suffix: str) -> Callable[[bytes], None]:
    """Return what checks the bytes of a report with this suffix."""

    def check(data: bytes) -> None:
        try:
            document = document_from_bytes(data, f"given{suffix}")
        except ReadError as error:
            check_refusal(error)
        else:
            check_parsed(_PARSER.parse_document(document))

    return check


_OPEN = "http://schemas.openxmlformats.org"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#: What a Word file must have beside its body.
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_OPEN}/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship '
    f'Id="r" Type="{_OPEN}/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
}


def _word_body(data: bytes) -> None:
    """Check what stands in a Word file; changed bytes of the archive itself only damage it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, content)
        archive.writestr("word/document.xml", data)
    _report(".docx")(stream.getvalue())


def _saved(cls: type) -> Callable[[bytes], None]:
    """Return what checks the bytes of a saved result of this class."""

    def check(data: bytes) -> None:
        check_saved(cls, data.decode("utf-8", errors="surrogateescape"))

    return check


def _data_file(use: Callable[[Path], object], name: str) -> Callable[[bytes], None]:
    """Return what checks a data file, which is refused in one sentence or used."""

    def check(data: bytes) -> None:
        with tempfile.TemporaryDirectory(prefix="cqcparse-fuzz-") as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            try:
                use(path)
            except CqcParseError as error:
                check_refusal(error)

    return check


def _find_terms(source: Path) -> None:
    """Look for the terms of a lexicon or a rule book."""
    terms = load_terms(source)
    parser = Parser(plugins=False, lexicons=[terms], any_document=True)
    check_result(parser.parse(REPORT))


def _apply_profile(path: Path) -> None:
    parser = Parser([], plugins=False, framework=load_framework(path), any_document=True)
    check_result(parser.parse(REPORT))


def _score(path: Path) -> None:
    """Score the sample report against a gold file; behind a NUL stands what is unsure."""
    gold, _, unsure = path.read_bytes().partition(b"\0")
    path.write_bytes(gold)
    path.with_name("given.unsure.jsonl").write_bytes(unsure)
    load_gold(path)
    to_json(evaluate([(load_gold(path, REPORT), _SAMPLE)]))


#: What a manifest in the corpus has in place of the digest of the sample report.
_DIGEST = b"DIGEST"


_TABLE, _ = mention_table(BUILT_IN)


def _are_rows(output: object) -> bool:
    return are_plain(output, _TABLE)


def _go_on(path: Path) -> None:
    """Take from a manifest what was made before, and go on with it."""
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    path.write_bytes(path.read_bytes().replace(_DIGEST, digest.encode()))
    for _ in range(2):
        with closing(Manifest(path, "a fuzz target", _are_rows)) as manifest:
            if manifest.has("given.txt", digest):
                done = manifest.get("given.txt")
                assert all(isinstance(remark.message, str) for remark in done.said)
                for row in revived(done.output, _TABLE):
                    to_line(row)
                manifest.add("given.txt", digest, done)
                assert manifest.get("given.txt") == done


def _ask(path: Path) -> None:
    """Take a question from a file, and the values that it has by itself."""
    for question in questions_in([path]):
        given = {parameter.name: "1" for parameter in question.parameters if parameter.required}
        assert question.bound(given).keys() == {p.name for p in question.parameters}


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "text": Target(check=_report(".txt"), dictionary="report", cases="reading"),
        "html": Target(check=_report(".html"), dictionary="html", cases="reading"),
        "markdown": Target(check=_report(".md"), dictionary="markdown", cases="reading"),
        "mhtml": Target(check=_report(".mhtml"), dictionary="mhtml", cases="reading"),
        "word": Target(check=_report(".docx"), dictionary="word"),
        "word-body": Target(check=_word_body, dictionary="word"),
        "pdf": Target(check=_report(".pdf"), dictionary="pdf"),
        "assessment": Target(check=_saved(Assessment), dictionary="json"),
        "report": Target(check=_saved(Report), dictionary="json"),
        "lexicon": Target(
            check=_data_file(_find_terms, "given.toml"), dictionary="toml", cases="data"
        ),
        "rules": Target(
            check=_data_file(lambda path: _find_terms(path.parent), "rules.toml"),
            dictionary="toml",
        ),
        "profile": Target(check=_data_file(_apply_profile, "given.toml"), dictionary="toml"),
        "gold": Target(check=_data_file(_score, "given.jsonl"), dictionary="json"),
        "manifest": Target(check=_data_file(_go_on, "given.manifest"), dictionary="json"),
        "question": Target(check=_data_file(_ask, "given.sql"), dictionary="sql"),
        "rows": Target(check=_data_file(claims_of, "given.jsonl"), dictionary="json"),
        "sheet": Target(check=_data_file(claims_of, "given.csv"), dictionary="report"),
    }
)


def folders_of(name: str) -> list[Path]:
    """Return the folders with the kept inputs of a target, its own first."""
    cases = TARGETS[name].cases
    return [FOLDER / "corpus" / name, *([_CASES / cases] if cases else [])]
