"""The project as a whole: its data, the direction of its imports, what may stand in its files."""

from __future__ import annotations

import ast
import graphlib
import hashlib
import importlib
import importlib.metadata
import itertools
import re
import shutil
import subprocess
import tomllib
import types
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "cqcparse"
SEEDS = ROOT / "seeds"

#: Modules that hold nothing of their own: the public name of what stands in a room.
DOORS = ("arrow",)

#: The parts of the package from the bottom up. A part imports only what stands in a line above it,
#: or a part of its own line; no cycles.
LAYERS = (
    ("model", "workers"),
    ("errors",),
    ("reading",),
    ("framework", "registry", "grammar"),
    ("structure",),
    ("extraction",),
    ("parser", "output", "corpora", "evaluation"),
    ("__init__", *DOORS),
    ("extractors", "testing"),
    ("cli",),
    ("__main__",),
)
RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}

#: Imports against the direction, made inside a function when it is called, each for a reason.
LATE = {
    (
        "model",
        "output",
    ): "to_json(), to_html(), rows() and the cards of notebooks are shorthands",
}

#: All that a built-in extractor may import of the package: what a stranger's may.
PUBLIC_MODULES = {
    "cqcparse",
    "cqcparse.errors",
    "cqcparse.grammar",
    "cqcparse.grammar.quantities",
    "cqcparse.registry",
}


def parts() -> list[str]:
    """Return the modules and subpackages that stand directly in the package."""
    modules = [path.stem for path in SOURCE.glob("*.py")]
    return sorted(modules + [path.parent.name for path in SOURCE.glob("*/__init__.py")])


def rooms() -> list[str]:
    """Return the parts where something happens."""
    return [part for part in parts() if not part.startswith("_") and part not in DOORS]


def files_of(part: str) -> list[Path]:
    """Return the Python files of a part."""
    folder = SOURCE / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [SOURCE / f"{part}.py"]


def own_imports(path: Path) -> list[tuple[str, int]]:
    """Return every module of the package that *path* imports, in full, with its line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            names = [_imported(node.module or "", alias.name) for alias in node.names]
        else:
            continue
        found += [(name, node.lineno) for name in names if name.split(".")[0] == "cqcparse"]
    return found


def _imported(module: str, name: str) -> str:
    """Return ``module.name`` if that is a module of the package, else ``module``."""
    if module.split(".", maxsplit=1)[0] != "cqcparse":
        return module
    value = getattr(importlib.import_module(module), name)
    return value.__name__ if isinstance(value, types.ModuleType) else module


def part_of(module: str) -> str:
    """Return the part of the package that a module's name leads to."""
    return module.split(".")[1] if "." in module else "__init__"


def tracked_files() -> list[Path]:
    """Return the files of the repository, or skip where there is none."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


class TestLayout:
    """The layout follows the way of the data."""

    def test_every_part_has_a_place(self) -> None:
        """A new module is given its place in the order before it is used."""
        assert set(parts()) <= RANK.keys()

    @pytest.mark.parametrize("part", parts())
    def test_imports_point_downwards(self, part: str) -> None:
        """A part imports only what stands below it."""
        upwards = [
            f"{path.relative_to(ROOT)}:{line}: {part} imports {module}"
            for path in files_of(part)
            for module, line in own_imports(path)
            if RANK[part_of(module)] > RANK[part] and (part, part_of(module)) not in LATE
        ]
        assert not upwards

    def test_imports_have_no_cycle(self) -> None:
        """Within a line of the order, too, imports lead one way."""
        graph = {
            part: {
                part_of(module)
                for path in files_of(part)
                for module, _ in own_imports(path)
                if part_of(module) != part and (part, part_of(module)) not in LATE
            }
            for part in parts()
        }
        assert set(graphlib.TopologicalSorter(graph).static_order()) >= set(parts())

    def test_the_rooms_are_few(self) -> None:
        """A stranger finds his way among sixteen rooms."""
        assert len(rooms()) <= 16

    @pytest.mark.parametrize("door", DOORS)
    def test_a_door_holds_nothing(self, door: str) -> None:
        """A door imports and names; all that happens behind it happens in a room."""
        (path,) = files_of(door)
        _docstring, *imports, names = ast.parse(path.read_text(encoding="utf-8")).body
        assert all(isinstance(line, ast.ImportFrom) for line in imports)
        assert ast.unparse(names).startswith("__all__ = ")

    def test_the_picture_shows_the_rooms(self) -> None:
        """Each room stands in the picture, none above another that may import it, and in the table."""
        folder = ROOT / "docs" / "explanation"
        svg = (folder / "rooms.svg").read_text(encoding="utf-8")
        names = re.findall(r'class="name" x="\d+" y="(\d+)">(\w+)<', svg)
        heights = {name: -int(y) for y, name in names if name != "plugins"}
        assert heights.keys() == {*rooms()}, "give the room its place in tools/rooms.py, and run it"
        for above, below in itertools.permutations(rooms(), 2):
            if RANK[above] > RANK[below]:
                assert heights[above] >= heights[below], f"{above} is drawn below {below}"
        page = (folder / "architecture.md").read_text(encoding="utf-8")
        assert set(re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE)) == {*rooms()}

    def test_built_in_extractors_use_the_public_api_only(self) -> None:
        """What the built-in extractors are made of is open to everybody's."""
        private = [
            f"{path.relative_to(ROOT)}:{line}: {module}"
            for path in files_of("extractors")
            for module, line in own_imports(path)
            if module not in PUBLIC_MODULES and part_of(module) != "extractors"
        ]
        assert not private


class TestSeeds:
    """The reports stay as they were published."""

    def test_checksums(self) -> None:
        """Every report has its checksum, and every checksum its report."""
        lines = (SEEDS / "SHA256SUMS").read_text(encoding="ascii").splitlines()
        listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
        actual = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")
        }
        assert actual
        assert actual == listed

    def test_readme_says_what_each_is(self) -> None:
        """The README has a row for every report, and the licence."""
        readme = (SEEDS / "README.md").read_text(encoding="utf-8")
        missing = [path.name for path in SEEDS.glob("*.txt") if f"`{path.name}`" not in readme]
        assert not missing
        assert "Open Government Licence v3.0" in readme


class TestFiles:
    """What may stand in the files of the repository."""

    def test_nothing_outside_is_needed(self) -> None:
        """No file refers to a folder beside the checkout: a clone is complete."""
        assert not _lines_matching(r"\.\./shared\b|/work/shared\b")

    def test_no_package_index_is_named(self) -> None:
        """Where packages come from is the business of the machine's pip."""
        assert not _lines_matching(r"index[-_]url|find[-_]links|pypi\.org/simple|/opt/pypi")

    def test_version_is_said_once(self) -> None:
        """The installed version is the one in pyproject.toml, later than the last release or it."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert importlib.metadata.version("cqcparse") == project["version"]
        changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        headings = re.findall(r"^## \[(.+?)\]", changelog, flags=re.MULTILINE)
        assert headings[0] == "Unreleased"
        released = Version(headings[1])
        assert Version(project["version"]) >= released
        unreleased = changelog.split("\n## [")[1].partition("]")[2].strip()
        assert Version(project["version"]) > released or not unreleased

    def test_the_citation_is_of_the_newest_release(self) -> None:
        """Version and date in CITATION.cff are those of the first dated heading of the changelog."""
        changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        version, date = re.findall(r"^## \[(\d[\d.]*)\] - (\S+)$", changelog, flags=re.MULTILINE)[0]
        citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
        assert f"version: {version}" in citation
        assert f"date-released: {date}" in citation

    def test_every_dependency_is_pinned(self) -> None:
        """The constraints file has an exact version of every dependency the project names."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = project["optional-dependencies"].values()
        named = {_name(line) for line in sum(extras, start=project["dependencies"])}
        pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        assert named - {"cqcparse"} <= {_name(line) for line in pins if "==" in line}


def _name(requirement: str) -> str:
    """Return the normalised name of the distribution that a requirement asks for."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _lines_matching(pattern: str) -> list[str]:
    """Return the lines of tracked text files, this one excepted, that match *pattern*."""
    found = []
    for path in tracked_files():
        if path == Path(__file__).resolve():
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    return found


class TestFace:
    """The public names are few, found when asked for, and the same for people and for checkers."""

    @pytest.mark.parametrize("package", ["cqcparse", "cqcparse.extraction", "cqcparse.model"])
    def test_checkers_see_the_same_names(self, package: str) -> None:
        """What a type checker reads is what Python finds."""
        module = importlib.import_module(package)
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        imported = set(re.findall(r"^    from [\w.]+ import (\w+) as \1$", source, re.MULTILINE))
        offered = set(dir(module))
        assert imported == offered
        assert all(hasattr(module, name) for name in offered)

    def test_they_are_few(self) -> None:
        """A face of forty names can be read in a minute."""
        assert len(vars(importlib.import_module("cqcparse"))["__all__"]) <= 40
