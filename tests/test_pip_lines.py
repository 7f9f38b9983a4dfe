"""What the documentation says of ``pip`` is true: each line is run, with wheels made here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

pytestmark = pytest.mark.ci

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted({ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("plugins/*/README.md")})
#: The plugins of the project, for which NAME stands on some pages.
NAMES = ("findings", "figures", "legislation")
#: A line that installs something, in a block or within a sentence.
LINE = re.compile(
    r"(?:^\s*(?:\$ )?|`|\.venv/bin/python -m )(pip install [^`\n]+?)`?$", re.MULTILINE
)
INLINE = re.compile(r"`(pip install [^`\n]+)`")
#: A folder of a clone.
CLONED = re.compile(r"\./(?:plugins/)?(cqcparse(?:-\w+)?)\b")
#: What an author makes first: tests/test_authoring.py and the last test here follow those pages.
MADE_FIRST = re.compile(r" dist/")


def lines() -> Iterator[tuple[Path, str]]:
    """Yield each line that installs something, with the page that has it."""
    for page in PAGES:
        own = page.parent.parent.name == "plugins"
        text = page.read_text(encoding="utf-8")
        for command in dict.fromkeys([*LINE.findall(text), *INLINE.findall(text)]):
            if not MADE_FIRST.search(command) and (own or " -e " not in command):
                for name in NAMES if "NAME" in command else ("",):
                    yield page, command.replace("NAME", name)


@attrs.define
class Machine:
    """A machine with wheels of the project, and what those need, but no network."""

    wheels: Path
    home: Path

    def run(self, command: str, *, here: Path, deps: bool = True) -> str:
        """Return what a command prints, messages included; it must succeed."""
        variables = {
            "PATH": f"{self.home / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_FIND_LINKS": str(self.wheels),
            "PIP_FORCE_REINSTALL": "0",
            "PIP_NO_BUILD_ISOLATION": "0",  # which means that there is none
            "PIP_NO_INDEX": "1",
            **({} if deps else {"PIP_NO_DEPS": "1"}),
        }
        removed = {"CQCPARSE_PLUGINS", "PYTHONPATH"}
        inherited = {name: value for name, value in os.environ.items() if name not in removed}
        done = subprocess.run(  # noqa: S602 - the pages show what people type into a shell
            command,
            shell=True,
            cwd=here,
            env={**inherited, **variables},
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}"
        return done.stdout

    def wheel(self, distribution: str) -> Path:
        """Return the wheel of a distribution."""
        (found,) = self.wheels.glob(f"{distribution.replace('-', '_')}-*.whl")
        return found


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Return a machine on which neither cqcparse nor a plugin of it is installed."""
    home = tmp_path_factory.mktemp("machine")
    given = os.environ.get("CQCPARSE_WHEELS")
    wheels = Path(given) if given else home / "wheels"
    if given is None:
        if not (ROOT / "src").is_dir():
            pytest.skip("there is no source to make wheels of; CQCPARSE_WHEELS names a folder")
        for folder in (ROOT, *ROOT.glob("plugins/*/")):
            build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
            subprocess.run(build, cwd=folder, check=True, capture_output=True)
    venv.create(home / "venv", symlinks=True)
    (site,) = home.glob("venv/lib/python*/site-packages")
    (home / "shared").mkdir()
    for folder in reversed([Path(one) for one in sys.path if Path(one).name == "site-packages"]):
        for item in folder.iterdir():
            link = home / "shared" / item.name
            if "cqcparse" not in item.name and item.suffix != ".pth":
                link.unlink(missing_ok=True)
                link.symlink_to(item)
    (site / "shared.pth").write_text(f"{home / 'shared'}\n", encoding="utf-8")
    python = home / "venv" / "bin" / "python"
    script = python.with_name("pip")
    script.write_text(f'#!/bin/sh\nexec "{python}" -m pip "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return Machine(wheels=wheels, home=home / "venv")


def test_there_are_some() -> None:
    """The lines are found, whatever the pages look like."""
    assert len({command for _, command in lines()}) >= 8


def test_each_line_installs_what_it_says(machine: Machine, tmp_path: Path) -> None:
    """Distributions and extras of these names exist, and their requirements fit together."""
    said_by: dict[str, Path] = {}
    for page, command in lines():
        where = page.parent.name if page.parent.parent.name == "plugins" else "cqcparse"
        folder = re.compile(r"(?<=[ '])\.(?=\[|'|$)")
        given = folder.sub(str(machine.wheel(where)), command.replace(" -e ", " "))
        given = CLONED.sub(lambda match: str(machine.wheel(match[1])), given)
        said_by.setdefault(given, page)
    for given, page in said_by.items():
        # What an extra asks for may be large, and need not be here.
        said = machine.run(given, here=tmp_path, deps="[" not in given)
        assert "does not provide the extra" not in said, f"{page}: {given}\n{said}"
    listed = machine.run("cqcparse plugins", here=tmp_path)
    for name in NAMES:
        assert re.search(rf"^{name} +cqcparse-{name} +\S+ +loaded ", listed, re.MULTILINE), listed


def test_publishing(machine: Machine, tmp_path: Path) -> None:
    """The lines of the page on publishing make a wheel, and install it elsewhere."""
    page = (ROOT / "docs/how-to/publish-a-plugin.md").read_text(encoding="utf-8")
    block = page.partition("```text\n")[2].partition("```")[0]
    machine.run(f"pip install {machine.wheel('cqcparse')}", here=tmp_path)
    machine.run("cqcparse new-plugin pledges --lexicon", here=tmp_path)
    said = ""
    for line in block.split("\n"):
        command = line.strip().replace("NAME", "pledges")
        command = command.replace("/tmp/fresh/bin/", "")  # noqa: S108 - the page's own
        if command and not command.startswith("python -m venv"):  # the machine is one
            said = machine.run(command, here=tmp_path / "cqcparse-pledges")
    assert re.search(r"^pledges +cqcparse-pledges +0\.1\.0 +loaded +pledge", said, re.MULTILINE)
    machine.run("pip uninstall -q -y cqcparse-pledges", here=tmp_path)
