"""A plugin that implements every hook, as the contract asks."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import cqcparse
from cqcparse.extraction import Corrector, PluginContext

cqcparse_contract = ">=2,<3"


@cqcparse.pattern_extractor(cqcparse.Funding, r"(?P<sum>\d+)p in the pound")
def rates(match: cqcparse.PatternMatch) -> cqcparse.Funding | None:
    """Find rates of tax above nothing."""
    if match.group("sum") is None or match.text.startswith("0"):
        return None
    return cqcparse.Funding(span=match.span, text=match.text, type="tax")


def read(data: bytes, source: str | None) -> cqcparse.Document:
    """Read a file whose letters stand in reverse."""
    return cqcparse.Document(text=data.decode()[::-1], source=source, media_type="text/odd")


def write(path: Path, table: cqcparse.model.Table, rows: Iterable[dict[str, object]]) -> None:
    """Write the texts of the mentions, a line each."""
    path.write_text("".join(f"{row['text']}\n" for row in rows), encoding="utf-8")


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    return [rates]


class NoMorris:
    """Drops dances called Morris."""

    name = "no-morris"
    corrects = ("dance",)

    def correct(self, mention: cqcparse.Mention, view: cqcparse.View) -> cqcparse.Mention | None:
        return None if mention.text == "Morris" else mention


@cqcparse.hookimpl
def cqcparse_correctors() -> Iterable[Corrector]:
    return [NoMorris()]


@cqcparse.hookimpl
def cqcparse_lexicons() -> Iterable[Traversable]:
    return [files(__name__) / "dances.toml"]


@cqcparse.hookimpl
def cqcparse_frameworks() -> Iterable[Traversable]:
    return [files(__name__) / "next.toml"]


@cqcparse.hookimpl
def cqcparse_readers() -> Iterable[cqcparse.Reader]:
    return [cqcparse.Reader(name="odd", suffixes=(".odd",), read=read)]


@cqcparse.hookimpl
def cqcparse_exporters() -> Iterable[cqcparse.Exporter]:
    return [cqcparse.Exporter(name="odd", suffix=".odd", write=write)]


@cqcparse.hookimpl
def cqcparse_questions(context: PluginContext) -> Iterable[Traversable]:
    assert context.plugin == "everything"
    return [files(__name__) / "dances.sql"]
