"""Gold files: what a careful annotator marked in a report, read and checked against its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from cqcparse.errors import DataError
from cqcparse.model.identifiers import RULE, is_name
from cqcparse.model.spans import Span
from cqcparse.output.serialise import load_json
from cqcparse.reading.data_files import read_data_file

UNSURE_SUFFIX = ".unsure.jsonl"

#: Kinds the guidelines annotate on every page; any other counts only where a gold file has it.
ALWAYS_ANNOTATED = ("funding", "service", "partner")

_OWN_KEYS = frozenset({"kind", "type", "quote", "start", "end", "canonical", "in_gold"})


@attrs.frozen(kw_only=True)
class GoldAttribute:
    """One attribute of a gold mention: a quote from its sentence, or a label such as ``new``."""

    name: str
    value: str


@attrs.frozen(kw_only=True)
class GoldMention:
    """One line of a gold file."""

    kind: str
    type: str | None
    span: Span
    #: The characters of the span.
    text: str
    canonical: str | None = None
    attributes: tuple[GoldAttribute, ...] = ()
    #: The guidelines leave room for leaving it out: a miss is forgiven.
    unsure: bool = False
    #: Line of the file, counted from 1.
    line: int = 0

    def attribute(self, name: str) -> str | None:
        """Return what the annotator wrote for attribute *name*; None if nothing."""
        if name == "canonical":
            return self.canonical
        return next((a.value for a in self.attributes if a.name == name), None)

    @property
    def stated(self) -> tuple[str, ...]:
        """Names of the attributes the annotator gave, ``canonical`` first."""
        names = tuple(a.name for a in self.attributes)
        return ("canonical", *names) if self.canonical is not None else names


@attrs.frozen(kw_only=True)
class Gold:
    """The gold of one report."""

    #: Name that gold and report share, without suffix.
    name: str
    #: Name of the folder the file stands in; results are also given by it.
    group: str
    mentions: tuple[GoldMention, ...]
    #: Spans that may be found although they are not in the gold.
    forgiven: tuple[GoldMention, ...] = ()

    @property
    def label(self) -> str:
        """Folder and name: what tells the reports of an evaluation apart."""
        return f"{self.group}/{self.name}"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds this file annotates, in a fixed order."""
        others = {m.kind for m in self.mentions} - set(ALWAYS_ANNOTATED)
        return (*ALWAYS_ANNOTATED, *sorted(others))

    def of(self, kind: str) -> tuple[GoldMention, ...]:
        """Return the mentions of *kind*, in the order of the text."""
        return tuple(m for m in self.mentions if m.kind == kind)


def load_gold(path: str | Path, text: str | None = None) -> Gold:
    """Read a gold file, and the list of unsure spans beside it if there is one.

    Args:
        path: A ``<name>.jsonl`` file; ``<name>.unsure.jsonl`` beside it is read too.
        text: The text of the report; with it every quote is checked against its offsets.

    Raises:
        DataError: If a file cannot be read or a line breaks the format; file, line and reason.
    """
    path = Path(path)
    mentions = tuple(mention for mention, _ in _read(path, text))
    _check_overlaps(path, mentions)
    unsure_path = path.with_name(path.stem + UNSURE_SUFFIX)
    unsure = tuple(_read(unsure_path, text, unsure=True)) if unsure_path.is_file() else ()
    doubtful = {(m.kind, m.span) for m, in_gold in unsure if in_gold}
    _check_unsure(unsure_path, unsure, mentions)
    return Gold(
        name=path.stem,
        group=path.resolve().parent.name,
        mentions=tuple(
            sorted(
                (attrs.evolve(m, unsure=(m.kind, m.span) in doubtful) for m in mentions),
                key=lambda m: (m.span, m.kind),
            )
        ),
        forgiven=tuple(m for m, in_gold in unsure if not in_gold),
    )


def gold_files(paths: Iterable[str | Path]) -> tuple[Path, ...]:
    """Return the gold files among *paths*: files as they are, folders searched, in order of name.

    Raises:
        DataError: If a path does not exist or a folder has no gold file.
    """
    result: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            result.extend(_in_folder(path))
        elif path.is_file():
            result.append(path)
        else:
            raise DataError(str(path), "there is no such gold file or folder; check the path")
    return tuple(dict.fromkeys(result))


def report_for(gold: Path, reports: Path, suffixes: Sequence[str]) -> Path:
    """Return the report that *gold* annotates: ``<name>.*`` in *reports*, else beside the gold.

    Args:
        gold: The gold file.
        reports: Folder of the reports.
        suffixes: Suffixes that can be read, with their dots, the preferred first.

    Raises:
        DataError: If there is none.
    """
    for folder in (reports, gold.parent):
        for suffix in suffixes:
            candidate = folder / (gold.stem + suffix)
            if candidate.is_file():
                return candidate
    raise DataError(
        str(gold),
        f"no report named {gold.stem}.* in {reports} or beside the gold file; "
        "name the folder of the reports with --reports",
    )


def _in_folder(folder: Path) -> list[Path]:
    files = sorted(p for p in folder.rglob("*.jsonl") if not p.name.endswith(UNSURE_SUFFIX))
    if not files:
        raise DataError(str(folder), "the folder has no gold file (<name>.jsonl)")
    return files


def _read(
    path: Path, text: str | None, *, unsure: bool = False
) -> Iterator[tuple[GoldMention, bool]]:
    """Yield each line as a mention, with what it says under ``in_gold``."""
    lines = read_data_file(path, "the gold file").split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _mention(path, number, line, text, unsure=unsure)


def _mention(
    path: Path, number: int, line: str, text: str | None, *, unsure: bool
) -> tuple[GoldMention, bool]:
    row: Any = load_json(line, str(path), number)
    problem = _problem(row, text, unsure=unsure)
    if problem is not None:
        raise DataError(str(path), problem, number)
    attributes = [GoldAttribute(name=k, value=v) for k, v in row.items() if k not in _OWN_KEYS]
    mention = GoldMention(
        kind=row["kind"],
        type=row.get("type"),
        span=Span(row["start"], row["end"]),
        text=row["quote"],
        canonical=row.get("canonical"),
        attributes=tuple(attributes),
        line=number,
    )
    return mention, bool(row.get("in_gold", True))


def _problem(row: object, text: str | None, *, unsure: bool) -> str | None:
    """Return what is wrong with a line, as the end of a sentence; None if nothing."""
    if not isinstance(row, dict):
        return "is not an object; each line is one mention"
    for key, wanted in (("kind", str), ("quote", str), ("start", int), ("end", int)):
        if type(row.get(key)) is not wanted:
            what = "text" if wanted is str else "a whole number"
            return f"{key!r} is missing or not {what}"
    if unsure and not isinstance(row.get("in_gold"), bool):
        return "'in_gold' is missing or not true or false"
    for key, value in row.items():
        if key not in {"start", "end", "in_gold"} and not isinstance(value, str):
            return f"{key!r} is not text"
    for key in ("kind", "type"):
        if key in row and not is_name(row[key]):
            return f"{row[key]!r:.60} as {key!r} must be {RULE}"
    return _place_problem(row["start"], row["end"], row["quote"], text)


def _place_problem(start: int, end: int, quote: str, text: str | None) -> str | None:
    if not 0 <= start < end:
        return f"start {start} and end {end} are not a range of characters"
    if end - start != len(quote):
        return f"the quote has {len(quote)} characters, start and end cover {end - start}"
    if text is None:
        return None
    if end > len(text):
        return f"end {end} is past the end of the report ({len(text)} characters)"
    if text[start:end] != quote:
        return f"the report has {text[start:end]!r} at {start}-{end}, the quote is {quote!r}"
    return None


def _check_overlaps(path: Path, mentions: Sequence[GoldMention]) -> None:
    """Refuse two mentions of one kind on the same characters: the guidelines rule it out."""
    last: dict[str, GoldMention] = {}
    for mention in sorted(mentions, key=lambda m: m.span):
        before = last.get(mention.kind)
        if before is not None and before.span.overlaps(mention.span):
            problem = (
                f"{mention.text!r} shares characters with {before.text!r} (line {before.line}), "
                f"and both are {mention.kind}"
            )
            raise DataError(str(path), problem, mention.line)
        last[mention.kind] = mention


def _check_unsure(
    path: Path, unsure: Sequence[tuple[GoldMention, bool]], mentions: Sequence[GoldMention]
) -> None:
    """Refuse an unsure span that says it is in the gold and is not."""
    places = {(m.kind, m.span) for m in mentions}
    for mention, in_gold in unsure:
        if in_gold and (mention.kind, mention.span) not in places:
            problem = f"{mention.text!r} has in_gold true, but the gold has no such {mention.kind}"
            raise DataError(str(path), problem, mention.line)
