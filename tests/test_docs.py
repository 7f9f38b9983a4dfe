"""The documentation is true: its examples run, and its lists are complete."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import attrs
import click
import pytest

import cqcparse
from cqcparse.cli import group
from cqcparse.framework import builtin_frameworks
from cqcparse.model.diagnostics import CODES
from tests.warm_commands import WarmCommands

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
#: The package that is tested, wherever it is installed.
PACKAGE = Path(cqcparse.__file__).parent
#: The tutorial for authors needs a machine of its own: tests/test_authoring.py follows it.
#: So do the pages on engines, each of which tests/engines follows in an environment of its own.
PAGES = sorted(
    {ROOT / "README.md", *DOCS.rglob("*.md")}
    - {DOCS / "tutorial" / "first-plugin.md", *DOCS.glob("how-to/engines/*.md")}
)

FENCE = re.compile(r"^(`{3,})(\{?\w+\}?)\n(.*?)^\1$", flags=re.MULTILINE | re.DOTALL)
#: What stands before a block that is to be saved.
SAVED_AS = re.compile(r"\b[Ss]ave [^`]*`([\w.-]+)`:\n\n\Z")
OPTIONS = doctest.ELLIPSIS | doctest.REPORT_UDIFF | doctest.IGNORE_EXCEPTION_DETAIL
#: Public modules whose names the reference lists one by one.
LISTED_MODULES = (
    "cqcparse",
    "cqcparse.arrow",
    "cqcparse.errors",
    "cqcparse.extraction",
    "cqcparse.model",
)
#: Every module but the one that runs the program when it is imported.
MODULES = sorted(
    name
    for _, name, _ in pkgutil.walk_packages(cqcparse.__path__, "cqcparse.")
    if not name.endswith("__main__")
)
#: How commands begin that prepare a machine; tests/test_pip_lines.py runs those of ``pip``.
SETUP = ("git clone", "cd ", "python -m venv", "source", ".venv/bin/", "pip ", "make")


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    text: str
    line: int
    #: Name of the file that the reader is told to save it as, if any.
    saved_as: str | None = None


def blocks(page: Path) -> Iterator[Block]:
    """Yield the fenced blocks of *page* in order."""
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        told = SAVED_AS.search(text, 0, match.start())
        yield Block(
            language=match[2].strip("{}"),
            text=match[3],
            line=text.count("\n", 0, match.start()) + 1,
            saved_as=told[1] if told else None,
        )


def name_of(page: Path) -> str:
    """Return a page's path as its test's id."""
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fresh folder with the project's reports and gold: where a reader tries things."""
    for name in ("seeds", "tests"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestExamples:
    """What the pages show is what happens."""

    @pytest.mark.parametrize("page", PAGES, ids=name_of)
    def test_blocks(self, page: Path, reader: Path, warm: WarmCommands) -> None:
        """The blocks of a page, run in order, print what stands there."""
        names: dict[str, object] = {}
        for block in blocks(page):
            if block.language in {"pycon", "doctest"}:
                run_session(block, names, page)
            elif block.saved_as:
                (reader / block.saved_as).write_text(block.text, encoding="utf-8")
            elif block.language == "console":
                run_commands(block, page, plugins_of(page), warm)
            elif block.language in {"python", "testcode"}:
                run_code(block, names, page)

    @pytest.mark.parametrize("module", MODULES)
    def test_docstrings(self, module: str, reader: Path) -> None:
        """The examples in docstrings print what stands there."""
        assert reader == Path.cwd()
        result = doctest.testmod(importlib.import_module(module), optionflags=OPTIONS)
        assert result.failed == 0


def run_code(block: Block, names: dict[str, object], page: Path) -> None:
    """Run a block as a script of its own would, without this module's future imports."""
    code = compile(block.text, f"{page}:{block.line}", "exec", dont_inherit=True)
    exec(code, names)  # noqa: S102 - our own documentation


def run_session(block: Block, names: dict[str, object], page: Path) -> None:
    """Run an interactive session; *names* is what earlier blocks left behind."""
    test = doctest.DocTestParser().get_doctest(block.text, {}, page.name, str(page), block.line)
    test.globs = names
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=OPTIONS).run(
        test, out=report.append, clear_globs=False
    )
    assert result.failed == 0, "".join(report)


def plugins_of(page: Path) -> str:
    """Return the plugins that the page has its reader install, as a choice of plugins."""
    installed = re.findall(
        r"^\$ pip install ./plugins/cqcparse-(\w+)$",
        page.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    return ",".join(installed)


def run_commands(block: Block, page: Path, plugins: str, warm: WarmCommands) -> None:
    """Run the ``$`` lines of a console block and compare what they print."""
    checker = doctest.OutputChecker()
    for command, expected in commands(block.text):
        printed = run_shell(command, plugins, warm)
        if not checker.check_output(expected, printed, OPTIONS):
            difference = checker.output_difference(
                doctest.Example(command, expected), printed, OPTIONS
            )
            pytest.fail(f"{name_of(page)}:{block.line}: $ {command}\n{difference}")


def run_shell(command: str, plugins: str, warm: WarmCommands) -> str:
    """Return what a command prints, messages included."""
    # What the commands do is measured where they are tested; here they only have to be quick.
    environment = {key: value for key, value in os.environ.items() if "COVERAGE" not in key}
    environment["CQCPARSE_PLUGINS"] = plugins
    path = (str(warm.folder), str(Path(sys.executable).parent), os.environ["PATH"])
    environment["PATH"] = os.pathsep.join(path)
    done = subprocess.run(  # noqa: S602 - the pages show what people type into a shell
        command,
        shell=True,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return done.stdout


def commands(text: str) -> list[tuple[str, str]]:
    """Return the commands of a console block, each with the output shown below it."""
    found = re.findall(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", text, flags=re.MULTILINE)
    return [(command, expected) for command, expected in found if not is_setup(command)]


def is_setup(command: str) -> bool:
    """Return whether a command prepares a machine, which a test leaves alone."""
    return command.startswith(SETUP)


class TestCompleteness:
    """What is public is documented, and nothing else is."""

    @pytest.mark.parametrize("address", LISTED_MODULES)
    def test_public_names(self, address: str) -> None:
        """The reference has an entry for every public name, and for no other."""
        reference = (DOCS / "reference" / "api.md").read_text(encoding="utf-8")
        entries = re.findall(
            r"^\.\. (?!automodule)[\w:]+:: ([\w.]+)$", reference, flags=re.MULTILINE
        )
        listed = {
            name for entry in entries for at, _, name in [entry.rpartition(".")] if at == address
        }
        elsewhere = set(public_names("cqcparse")) if address != "cqcparse" else set()
        assert listed == set(public_names(address)) - elsewhere

    @pytest.mark.parametrize("address", LISTED_MODULES)
    def test_fields_are_described(self, address: str) -> None:
        """What a field holds stands in the docstring of its class, where help() shows it."""
        bare = [
            f"{cls.__name__}.{field.name}"
            for cls in (getattr(importlib.import_module(address), n) for n in public_names(address))
            if isinstance(cls, type) and attrs.has(cls)
            for field in attrs.fields(cls)
            if not field.name.startswith("_") and not field.inherited
            if not re.search(rf"^    +{field.name}: \S", cls.__doc__ or "", re.MULTILINE)
        ]
        assert not bare

    @pytest.mark.parametrize(
        "address", [*LISTED_MODULES, "cqcparse.registry"], ids=lambda address: address
    )
    def test_examples(self, address: str) -> None:
        """Each public class and function has an example, which the documentation runs."""
        module = importlib.import_module(address)
        named = [(name, getattr(module, name)) for name in public_names(address)]
        without = [name for name, it in named if callable(it) and ">>>" not in (it.__doc__ or "")]
        assert not set(without) - {"hookimpl"}  # pluggy's, and in every example of a plugin

    def test_diagnostic_codes(self) -> None:
        """The reference lists the codes that the source makes, and no others."""
        page = (DOCS / "reference" / "diagnostics.md").read_text(encoding="utf-8")
        listed = set(re.findall(r"^\| `(\w+-[\w-]+)` \|", page, flags=re.MULTILINE))
        endings = {code.rpartition("-")[2] for code in listed}
        made = {text for text in leading_strings_in_source() if is_code(text, endings)}
        assert listed == made == CODES

    def test_commands(self) -> None:
        """The command-line reference has a section with the help of every command, in order."""
        page = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
        context = click.Context(group)
        headings = re.findall(r"^## `([\w-]+)`$", page, flags=re.MULTILINE)
        helps = re.findall(r"^```\{help\} ([\w-]+)$", page, flags=re.MULTILINE)
        assert headings == group.list_commands(context)
        assert helps == ["cqcparse", *headings]

    def test_statements(self) -> None:
        """The data dictionary lists the statements of the framework for local authorities."""
        page = (DOCS / "reference" / "data-dictionary.md").read_text(encoding="utf-8")
        framework = next(item for item in builtin_frameworks() if item.local_authority)
        themes = {theme.id: theme.title for theme in framework.themes}
        for statement in framework.statements:
            assert f"| `{statement.id}` | {statement.title} | {themes[statement.theme]} |" in page

    def test_hooks(self) -> None:
        """The plugin contract has a heading for every hook, with its arguments."""
        page = (DOCS / "reference" / "plugins.md").read_text(encoding="utf-8")
        headings = set(re.findall(r"^### `(cqcparse_\w+\(.*?\))`$", page, flags=re.MULTILINE))
        assert headings == set(hook_signatures())


def public_names(address: str) -> list[str]:
    """Return the names a public module offers."""
    module = importlib.import_module(address)
    if hasattr(module, "__all__"):
        return list(module.__all__)
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == address
    ]


def leading_strings_in_source() -> Iterator[str]:
    """Yield every string that stands first in a call or a pair, or is a keyword's: as codes do."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            first: list[ast.expr] = []
            if isinstance(node, ast.Call):
                first = [*node.args[:1], *(word.value for word in node.keywords)]
            elif isinstance(node, ast.Tuple):
                first = node.elts[:1]
            for value in first:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value


def is_code(text: str, endings: set[str]) -> bool:
    """Return whether *text* is made like the codes of diagnostics."""
    return bool(re.fullmatch(r"[a-z]+(-[a-z]+)+", text)) and text.rpartition("-")[2] in endings


def hook_signatures() -> Iterator[str]:
    """Yield ``name(arguments)`` of every hook."""
    path = PACKAGE / "extraction" / "hookspecs.py"
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("cqcparse_"):
            yield f"{node.name}({', '.join(argument.arg for argument in node.args.args)})"
