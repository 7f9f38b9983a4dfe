"""The patterns of the project itself: none of them can be made to stall by a text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("patterns_of_project.py")


@pytest.mark.ci
def test_no_pattern_of_the_project_can_be_made_to_stall() -> None:
    """Each is tried on repeats of what it is made of: n, 2n, 4n and 8n times."""
    allowed = {key: value for key, value in os.environ.items() if key != "CQCPARSE_PLUGINS"}

    done = subprocess.run(
        [sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False, env=allowed
    )

    *problems, count = done.stdout.splitlines() or [done.stderr]
    assert not problems
    assert done.stderr == ""
    assert int(count) > 200
