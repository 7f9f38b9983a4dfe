"""Make the tables of the package anew: what its rules, classes and lexicons come to.

Usage: ``python tools/compile_rules.py``, or ``make tables``. A test compares the tables with the
files that they are made of, so it is run after each change of these.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cqcparse.extractors import funding, partners, services
from cqcparse.grammar.bodies import evidence
from cqcparse.grammar.compiled_tables import COMPILED
from cqcparse.grammar.core import GRAMMAR, core
from cqcparse.grammar.rule_compiler import compile_core

PACKAGE = Path(__file__).parent.parent / "src" / "cqcparse"
BOOKS = {
    "grammar/proper": evidence,
    "extractors/funding": funding.rules,
    "extractors/services": services.rules,
    "extractors/partners": partners.rules,
}


def tables() -> Iterator[tuple[str, str]]:
    """Yield the path of each table below the package, and its text. That of the core comes first.

    The others are made with the core as it is in use: write the first before you ask for the next.
    """
    yield f"grammar/{COMPILED}", _text(compile_core(GRAMMAR))
    core.cache_clear()
    for folder, book in BOOKS.items():
        yield f"{folder}/{COMPILED}", _text(book().compiled())


def main() -> int:
    """Write each table beside its files."""
    for path, text in tables():
        (PACKAGE / path).write_text(text, "utf-8")
        print(f"{path}: {len(text):,} characters", file=sys.stderr)
    return 0


def _text(table: Mapping[str, Any]) -> str:
    """Return a table as JSON, a line for each of its parts."""
    parts = (
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in table.items()
    )
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main())
