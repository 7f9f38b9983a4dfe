"""Ships a framework profile without statements."""

from __future__ import annotations

import cqcparse

from pathlib import Path


@cqcparse.hookimpl
def cqcparse_frameworks():
    return [Path(__file__).with_name("broken_bad_framework_profile.toml")]
