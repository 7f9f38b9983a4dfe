"""Built-in exporters for programs that annotate text: a plugin like any other."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path

from cqcparse.extraction.hookspecs import Exporter, hookimpl
from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report


@hookimpl
def cqcparse_exporters() -> Iterable[Exporter]:
    """Return the exporters; the module of each is imported when it is used."""
    return [
        Exporter(name=name, suffix=suffix, write_reports=_by(module))
        for name, suffix, module in (
            ("web-annotation", ".jsonld", "web_annotation"),
            ("label-studio", ".label-studio.json", "label_studio"),
            ("spacy", ".spacy", "spacy"),
            ("brat", ".brat.zip", "brat"),
        )
    ]


def _by(module: str) -> Callable[[Path, Iterable[Assessment | Report]], None]:
    def write(path: Path, reports: Iterable[Assessment | Report]) -> None:
        importlib.import_module(f"{__name__}.{module}").write(path, reports)

    return write
