"""From an empty folder to a listed plugin, as an author does it: the scaffold and the tutorial."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

from cqcparse.cli import group

ROOT = Path(__file__).resolve().parent.parent
TUTORIAL = ROOT / "docs" / "tutorial" / "first-plugin.md"

#: Commands that are on the path of the author's machine, and how each is started there.
COMMANDS = ("cqcparse", "mypy", "pip", "pytest")

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
SAVED_AS = re.compile(r"`([\w./-]+)`:\n\n\Z")
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", flags=re.MULTILINE)
#: What a reader does to prepare a machine, and the fixture below in its stead.
SETUP = ("python -m venv", "source", "git clone", "pip install ./cqcparse")
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@attrs.define
class Machine:
    """A machine with a virtual environment of its own, and what is installed for the tests."""

    home: Path
    here: Path
    #: The plugins that are loaded there, by a choice of names; all if there is none.
    plugins: str | None = None

    def run(self, command: str) -> str:
        """Return what a command prints, messages included; ``cd`` lasts until the next."""
        if command.startswith("cd "):
            self.here = (self.here / command.removeprefix("cd ")).resolve()
            return ""
        variables = {
            "PATH": f"{self.home / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "MYPY_CACHE_DIR": str(ROOT / "build" / "mypy-plugins"),
            "NO_COLOR": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_BUILD_ISOLATION": "0",  # which means that there is none
            "PIP_NO_INDEX": "1",
        }
        if self.plugins is not None:
            variables["CQCPARSE_PLUGINS"] = self.plugins
        if command.startswith("pip install"):  # what it needs is there already
            variables["PIP_NO_DEPS"] = "1"
        removed = {"CQCPARSE_PLUGINS", "PYTEST_CURRENT_TEST", "PYTHONPATH", "FORCE_COLOR"}
        inherited = {name: value for name, value in os.environ.items() if name not in removed}
        done = subprocess.run(  # noqa: S602 - the page shows what people type into a shell
            command,
            shell=True,
            cwd=self.here,
            env={**inherited, **variables},
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return done.stdout


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Return a machine in which nothing is installed from a network."""
    home = tmp_path_factory.mktemp("author")
    venv.create(home / "venv", symlinks=True)
    (site,) = home.glob("venv/lib/python*/site-packages")
    (home / "shared").mkdir()
    for item in _shared():
        (home / "shared" / item.name).symlink_to(item)
    (site / "shared.pth").write_text(f"{home / 'shared'}\n{ROOT / 'src'}\n", encoding="utf-8")
    commands = home / "venv" / "bin"
    for name in COMMANDS:
        script = commands / name
        script.write_text(f'#!/bin/sh\nexec "{commands}/python" -m {name} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    (commands / "ruff").symlink_to(Path(sys.executable).parent / "ruff")
    return Machine(home=home / "venv", here=home)


def _shared() -> Iterator[Path]:
    """Yield what is installed here, but for the plugins of the project."""
    installed: dict[str, Path] = {}
    for folder in sys.path:
        if Path(folder).name == "site-packages":
            for item in Path(folder).iterdir():
                installed.setdefault(item.name, item)
    for name, item in installed.items():
        if not name.startswith("cqcparse_") and item.suffix != ".pth":
            yield item


#: What an author asks for, the tests that are written for it, and what is listed of it.
SHAPES = {
    "months": ("--licence mit --author 'Jo Bloggs'", "5 passed", "month"),
    "pledges": ("--adds-to service", " passed", "service"),
    "fewer": ("--corrects partner", " passed", "corrects"),
    "less-funding": ("--corrects funding", " passed", "corrects"),
    "other-services": ("--replaces service", " passed", "service"),
    "moods": ("--model", " passed", "mood"),
    "srts": ("--reader", " passed", "reads .srts"),
    "lines": ("--exporter", " passed", "writes .lines"),
    "terms": ("--lexicon", " passed", "term"),
    "schemes": ("--rules", " passed", "scheme"),
    "schools": ("--framework", " passed", "framework schools"),
}


@pytest.mark.parametrize("name", ["q", "abcdefghij-abcdefghij-ab"])
@pytest.mark.parametrize("arguments", ["", *(options for options, *_ in SHAPES.values())])
def test_a_name_of_any_length_is_formatted(arguments: str, name: str, tmp_path: Path) -> None:
    """The shortest name and the longest leave no line that the checks of the plugin refuse."""
    options = [part for part in arguments.split() if part not in {"'Jo", "Bloggs'", "--author"}]
    done = CliRunner().invoke(group, ["new-plugin", name, *options, "--into", str(tmp_path)])
    assert done.exit_code == 0, done.stderr
    ruff = Path(sys.executable).parent / "ruff"
    for check in (["check"], ["format", "--check"]):
        command = [str(ruff), *check, "--no-cache", str(tmp_path)]
        checked = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
        assert checked.returncode == 0, checked.stdout


@pytest.fixture(scope="class")
def written(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with a plugin of each shape, all of them installed from there."""
    folder = tmp_path_factory.mktemp("written")
    there = attrs.evolve(machine, here=folder)
    for name, (arguments, *_) in SHAPES.items():
        there.run(f"cqcparse new-plugin {name} {arguments}")
    names = [f"cqcparse-{name}" for name in SHAPES]
    there.run(f"pip install -q {' '.join(f'-e ./{name}' for name in names)}")
    yield folder
    there.run(f"pip uninstall -q -y {' '.join(names)}")


class TestNewPlugin:
    """`cqcparse new-plugin` writes a distribution that is complete."""

    @pytest.mark.ci
    @pytest.mark.parametrize("name", SHAPES)
    def test_each_shape_passes_its_own_checks(
        self, name: str, machine: Machine, written: Path
    ) -> None:
        """Whatever a plugin is, it is complete: tests, lint, a file for CI."""
        folder = written / f"cqcparse-{name}"
        there = Machine(home=machine.home, here=folder, plugins=name)
        tested = there.run("pytest -q")
        assert SHAPES[name][1] in tested, tested
        assert " failed" not in tested, tested
        assert there.run("ruff check") == "All checks passed!\n"
        assert "already formatted" in there.run("ruff format --check")
        for path in ("README.md", "CHANGELOG.md", ".github/workflows/tests.yml", "LICENSE"):
            assert not re.search(r"\$[a-z]", (folder / path).read_text(encoding="utf-8"))

    @pytest.mark.ci
    def test_all_pass_strict_types(self, machine: Machine, written: Path) -> None:
        """By settings that are the same for all, so that one run of the checker does for them."""
        there = attrs.evolve(machine, here=written)
        settings = [
            tomllib.loads((written / f"cqcparse-{name}" / "pyproject.toml").read_text("utf-8"))
            for name in SHAPES
        ]
        assert all(each["tool"]["mypy"] == settings[0]["tool"]["mypy"] for each in settings)
        folders = [f"cqcparse-{name}/{of}" for name in SHAPES for of in ("src", "tests")]
        there.run("cp cqcparse-months/pyproject.toml .")
        assert (
            there.run(f"mypy {' '.join(folders)}")
            == f"Success: no issues found in {2 * len(SHAPES)} source files\n"
        )

    @pytest.mark.ci
    def test_all_are_listed(self, machine: Machine, written: Path) -> None:
        """Installed from its folder, each is found, and says what it brings."""
        listed = attrs.evolve(machine, here=written).run("cqcparse plugins")
        for name, (_, _, brings) in SHAPES.items():
            assert re.search(rf"{name} +cqcparse-{name} +0\.1\.0 +loaded +{brings}", listed), listed

    @pytest.mark.ci
    def test_the_author_has_the_rights(self, written: Path) -> None:
        """The licence bears the author's name."""
        licence = (written / "cqcparse-months" / "LICENSE").read_text(encoding="utf-8")
        assert "Copyright (c) Jo Bloggs" in licence

    def test_shapes_that_do_not_go_together(self, tmp_path: Path) -> None:
        """They are refused with exit status 2, and nothing is written."""
        for arguments in (
            ["a", "--adds-to", "service", "--kind", "b"],
            ["a", "--adds-to", "service", "--reader"],
            ["a", "--reader", "--exporter"],
            ["a", "--corrects", "service", "--kind", "service"],
            ["a", "--replaces", "town"],
            ["a", "--adds-to", "town"],
            ["provider-saf", "--framework"],
        ):
            result = CliRunner().invoke(group, ["new-plugin", *arguments, "--into", str(tmp_path)])
            assert result.exit_code == 2, arguments
            assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["Towns"], "must be lower-case words"),
            (["towns_of"], "must be lower-case words"),
            (["a" * 40], "must be lower-case words"),
            (["towns", "--kind", "Town"], "must be lower-case words"),
            (["class"], "means something else in Python"),
            (["list"], "means something else in Python"),
            (["pytest"], "means something else in Python"),
            (["partners"], "the kind 'partner' is taken"),
            (["mentions"], "the kind 'mention' is taken"),
            (["towns", "--author", 'Jo "J" Bloggs'], "quotation marks"),
            (["towns", "--licence", "none"], "'none' is not one of"),
        ],
    )
    def test_names_that_cannot_be(self, arguments: list[str], message: str, tmp_path: Path) -> None:
        """They are refused with exit status 2, and nothing is written."""
        result = CliRunner().invoke(group, ["new-plugin", *arguments, "--into", str(tmp_path)])
        assert result.exit_code == 2
        assert message in " ".join(result.stderr.split())
        assert not list(tmp_path.iterdir())

    def test_a_folder_that_is_there(self, tmp_path: Path) -> None:
        """What stands there already is not touched; the prefix of the name may be given."""
        arguments = ["new-plugin", "cqcparse-glass", "--into", str(tmp_path)]
        assert CliRunner().invoke(group, arguments).exit_code == 0
        module = (tmp_path / "cqcparse-glass/src/cqcparse_glass/__init__.py").read_text(
            encoding="utf-8"
        )
        assert 'kind: ClassVar[str] = "glass"' in module
        result = CliRunner().invoke(group, arguments)
        assert result.exit_code == 1
        assert "there is something by this name already" in result.stderr

    def test_a_folder_that_cannot_be(self, tmp_path: Path) -> None:
        """One sentence says why."""
        (tmp_path / "file").write_text("", encoding="utf-8")
        result = CliRunner().invoke(
            group, ["new-plugin", "towns", "--into", str(tmp_path / "file")]
        )
        assert result.exit_code != 0
        assert "Traceback" not in result.stderr


@pytest.mark.ci
def test_tutorial(machine: Machine, tmp_path: Path) -> None:
    """Each command of the tutorial prints what stands there, and each file is saved as told."""
    machine.here = tmp_path
    checked = 0
    for language, text, before in _blocks(TUTORIAL.read_text(encoding="utf-8")):
        told = SAVED_AS.search(before)
        if told:
            (machine.here / told[1]).write_text(text, encoding="utf-8")
        elif language == "console":
            for command, expected in COMMAND.findall(text):
                if not command.startswith(SETUP):
                    _check(command, expected, machine.run(command))
                    checked += 1
    assert checked > 10


def _blocks(page: str) -> Iterator[tuple[str, str, str]]:
    for match in FENCE.finditer(page):
        yield match[1], match[2], page[: match.start()]


def _check(command: str, expected: str, printed: str) -> None:
    checker = doctest.OutputChecker()
    if not checker.check_output(expected, printed, OPTIONS):
        pytest.fail(f"$ {command}\n--- expected\n{expected}--- printed\n{printed}")
