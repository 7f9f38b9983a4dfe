"""How Sphinx builds the documentation: offline, every warning an error, every example run."""

from __future__ import annotations

import importlib
import importlib.metadata
import textwrap
from pathlib import Path

import click
from docutils.nodes import Element, Node, TextElement, literal_block
from docutils.statemachine import StringList
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

import cqcparse
from cqcparse.cli import group
from cqcparse.extraction.rule_books import listed_rules
from cqcparse.output.schemas import columns_of

project = "cqcparse"
author = "The cqcparse maintainers"
copyright = (
    "The cqcparse maintainers; reports © Care Quality Commission, Open Government Licence v3.0"
)
release = importlib.metadata.version(project)

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.napoleon",
    "sphinx_design",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"cqcparse {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# Fields are described in the docstring of their class, where help() and editors show them too.
autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
# Only blocks that say so are examples; autodoc's own are found by the builder.
doctest_test_doctest_blocks = "default"
# The examples of a page have a folder of their own, so that what they write is gone with it; none
# of them is about time.
_ROOT = Path(__file__).resolve().parent.parent
doctest_global_setup = f"""
import os as _os, tempfile as _tempfile
from hypothesis import HealthCheck as _HealthCheck, settings as _settings
_settings.register_profile(
    "docs", deadline=None, suppress_health_check=[_HealthCheck.too_slow]
)
_settings.load_profile("docs")
_folder = _tempfile.TemporaryDirectory()
for _name in ("seeds", "tests"):
    _os.symlink(_os.path.join({str(_ROOT)!r}, _name), _os.path.join(_folder.name, _name))
_os.chdir(_folder.name)
"""
doctest_global_cleanup = f"""
_os.chdir({str(_ROOT)!r})
_folder.cleanup()
"""

# There is no intersphinx, because it needs a network: names of other packages lead nowhere.
nitpick_ignore_regex = [
    ("py:.*", r"(collections|concurrent|datetime|decimal|enum|importlib|os|pathlib|typing)\..*"),
    ("py:.*", r"(attrs?|click|hypothesis|pluggy|pytest|regex)\..*"),
    ("py:class", "Path|Traversable|array"),
    # Type variables and aliases say what they stand for where they are used.
    ("py:class", r"(\w+\.)*(\w*T|Located|Role)|st\.\w+"),
    # The parts of a profile are described with the format of its file.
    ("py:class", r"cqcparse\.framework\.\w+\.\w+"),
    # An extractor with what the loader knows of it.
    ("py:class", r"(cqcparse\.extraction\.checked_extractors\.)?Task"),
    # What a corpus hands out; it is described where that is done.
    ("py:class", r"cqcparse\.(corpora\.questioning|output\.\w+)\.(Question|Provenance|TableRows)"),
    # What engines and the site hand over; likewise.
    ("py:class", r"(cqcparse\.(reading\.sources|corpora\.site\.building)\.)?(Parcel|Built)"),
    ("py:mod", "re"),
    # First and last token of something; and what only the engine makes.
    ("py:class", r"Range|Rule|Term|(cqcparse\.grammar\.chunks\.)?(Chunks|Given)"),
    ("py:class", r"cqcparse\.grammar\.alphabet\.Alphabet"),
]
# The built-in name `type` is also an attribute of several classes.
suppress_warnings = ["ref.python"]

#: Where public names live; the modules they are defined in are no addresses.
PUBLIC_MODULES = (
    "cqcparse",
    "cqcparse.errors",
    "cqcparse.extraction",
    "cqcparse.framework",
    "cqcparse.grammar",
    "cqcparse.model",
    "cqcparse.registry",
    "cqcparse.testing",
)


def public_address(name: str) -> str | None:
    """Return the public address of an object called *name*; None if it has none."""
    for address in PUBLIC_MODULES:
        if name in getattr(importlib.import_module(address), "__all__", ()):
            return f"{address}.{name}"
    return None


def resolve_public(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: TextElement
) -> Element | None:
    """Lead a reference to the module that defines a name to its public address."""
    address = public_address(str(node.get("reftarget", "")).rpartition(".")[2])
    if node.get("refdomain") != "py" or address is None:
        return None
    domain = env.domains["py"]
    return domain.resolve_xref(
        env, node["refdoc"], app.builder, node["reftype"], address, node, contnode
    )


def keep_colons(  # noqa: PLR0913, PLR0917 - Sphinx calls it
    app: Sphinx,  # noqa: ARG001
    what: str,
    name: str,  # noqa: ARG001
    obj: object,  # noqa: ARG001
    options: object,  # noqa: ARG001
    lines: list[str],
) -> None:
    """Keep napoleon from taking the words before an attribute's first colon for its type."""
    if what in {"attribute", "data", "property"}:
        lines[:0] = ["..", ""]  # an empty comment: napoleon reads the first line only


class Help(SphinxDirective):
    """What a command prints with ``--help``, so that the page is never behind it."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return the help as a block."""
        name = self.arguments[0]
        parent = click.Context(
            group, info_name="cqcparse", terminal_width=90, **group.context_settings
        )
        command = group if name == "cqcparse" else group.get_command(parent, name)
        if command is None:
            msg = f"there is no command {name!r}"
            raise self.error(msg)
        context = parent if command is group else click.Context(command, parent, info_name=name)
        text = command.get_help(context)
        return [literal_block(text, text, language="text")]


class RuleBookPage(SphinxDirective):
    """Every rule and frame with its pattern and its examples, as they stand in the files."""

    def run(self) -> list[Node]:
        """Return a section for each extractor."""
        lines: list[str] = []
        extractor = ""
        for listed in listed_rules(cqcparse.Parser(plugins=False).tasks):
            if listed.extractor != extractor:
                extractor = listed.extractor
                lines += ["", f"## {extractor.capitalize()}", ""]
            lines += [
                "",
                f"### {listed.rule.name}",
                "",
                "```text",
                *_wrapped(listed.pattern),
                "```",
            ]
            for title, sentences in (("Finds", listed.rule.yes), ("Not", listed.rule.no)):
                lines += ["", f"{title}:", "", *(f"- `{sentence}`" for sentence in sentences)]
        container = Element()
        self.state.nested_parse(StringList(lines, source="rules"), 0, container, match_titles=True)
        return container.children


class Columns(SphinxDirective):
    """The columns of a table, or of the attributes of a kind, as the file of tables has them."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return a table with a row for each column."""
        name, _, kind = self.arguments[0].partition("/")
        lines = ["| column | type | holds |", "|---|---|---|"]
        lines += [f"| `{n}` | {type_} | {about} |" for n, type_, about in columns_of(name, kind)]
        container = Element()
        self.state.nested_parse(StringList(lines, source="tables.toml"), 0, container)
        return container.children


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), 110, break_on_hyphens=False)


def setup(app: Sphinx) -> None:
    """Register what this file adds to Sphinx."""
    app.add_directive("help", Help)
    app.add_directive("rule-book", RuleBookPage)
    app.add_directive("columns", Columns)
    before_napoleon = 400
    app.connect("autodoc-process-docstring", keep_colons, before_napoleon)
    app.connect("missing-reference", resolve_public)
