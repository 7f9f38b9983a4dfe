"""Distributions with plugins, made on the spot where tests would have a folder for each."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from cqcparse.extraction.plugins import installed_kinds
from tests.warm_commands import WarmCommands

#: What most plugins of tests begin with.
PREAMBLE = """\
from __future__ import annotations
import os, sys, re, time
from typing import ClassVar
import attrs
import cqcparse
from cqcparse import Quote, Span, hookimpl


@attrs.frozen(kw_only=True)
class {cls}(cqcparse.Mention):
    kind: ClassVar[str] = "{kind}"


def words(view, pattern):
    for paragraph in view.findings:
        span = paragraph.span
        for match in re.finditer(pattern, view.document.text[span.start : span.end]):
            place = Span(span.start + match.start(), span.start + match.end())
            yield match[0], place

"""


class Site:
    """A folder on the path in which distributions are installed.

    Args:
        folder: Where it is.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        folder.mkdir()
        monkeypatch.syspath_prepend(folder)
        self._monkeypatch = monkeypatch

    def add(
        self,
        name: str,
        code: str,
        *,
        metadata: str | None = "Metadata-Version: 2.1\nName: cqcparse-{name}\nVersion: 1.0\n",
        entry_points: str = "[cqcparse]\n{name} = {module}\n",
    ) -> None:
        """Install ``cqcparse-<name>``; in texts ``{name}`` and ``{module}`` are filled in."""
        module = f"made_{name.replace('-', '_')}"
        kind = name if name.endswith("ss") else name.removesuffix("s")
        cls = "".join(word.capitalize() for word in kind.split("-"))
        preamble = PREAMBLE.format(cls=cls, kind=kind)
        (self.folder / f"{module}.py").write_text(
            preamble + textwrap.dedent(code), encoding="utf-8"
        )
        info = self.folder / f"cqcparse_{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir(exist_ok=True)
        if metadata is not None:
            (info / "METADATA").write_text(metadata.format(name=name), encoding="utf-8")
        listed = entry_points.format(name=name, module=module)
        (info / "entry_points.txt").write_text(listed, encoding="utf-8")
        importlib.invalidate_caches()

    def choose(self, *names: str) -> None:
        """Let the plugins of these names be loaded, and no others."""
        self._monkeypatch.setenv("CQCPARSE_PLUGINS", ",".join(names))


def made_site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Yield a site, and forget its modules afterwards."""
    before = set(sys.modules)
    yield Site(folder, monkeypatch)
    for name in set(sys.modules) - before:
        if name.startswith("made_"):
            del sys.modules[name]
    installed_kinds.cache_clear()


def command_line(
    warm: WarmCommands, site: Site, *arguments: str, cwd: Path
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a program of its own, with the plugins of a site."""
    return subprocess.run(
        [*warm.cqcparse, *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(site.folder)},
    )
