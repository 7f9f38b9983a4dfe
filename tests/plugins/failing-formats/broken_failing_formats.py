"""Reads and writes a format, and fails at both."""

from __future__ import annotations

import cqcparse


def read(data, source):
    if data.startswith(b"exit"):
        raise SystemExit
    return "no document"


def write(path, table, rows):
    path.write_text("half of it")
    raise ZeroDivisionError


@cqcparse.hookimpl
def cqcparse_readers():
    return [cqcparse.Reader(name="odd", suffixes=(".odd",), read=read)]


@cqcparse.hookimpl
def cqcparse_exporters():
    return [cqcparse.Exporter(name="odd", suffix=".odd", write=write)]
