"""Ships a lexicon with a catastrophic pattern."""

from __future__ import annotations

import cqcparse

from pathlib import Path


@cqcparse.hookimpl
def cqcparse_lexicons():
    return [Path(__file__).with_name("broken_bad_lexicon_terms.toml")]
