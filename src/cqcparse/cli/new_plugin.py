"""``cqcparse new-plugin``: a distribution for an extractor, complete with tests that pass."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator, Mapping
from importlib import metadata, resources
from pathlib import Path
from string import Template

import click

from cqcparse.cli.exits import one_sentence, say
from cqcparse.errors import DataError
from cqcparse.extraction.view import LAYERS
from cqcparse.model.kinds import BUILT_IN
from cqcparse.model.mentions import Mention
from cqcparse.workers import swept

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
#: Longest name, in characters: with it the files keep to their line length.
_LONGEST = 30
#: Names that the module of the plugin uses for something else.
_TAKEN = ("annotations", "attrs", "cqcparse", "pytest")
_LICENCES = ("Apache-2.0", "MIT")
#: Files of the distribution by the templates they are made from.
_FILES = {
    "pyproject.toml.txt": "pyproject.toml",
    "README.md.txt": "README.md",
    "CHANGELOG.md.txt": "CHANGELOG.md",
    "gitignore.txt": ".gitignore",
    "__init__.py.txt": "src/$module/__init__.py",
    "test_module.py.txt": "tests/test_$function.py",
}


@click.command(short_help="Write a new plugin: a distribution with tests that pass.")
@click.argument("name")
@click.option("--kind", metavar="WORD", help="Kind of its mentions.  [default: NAME without its s]")
@click.option(
    "--licence",
    type=click.Choice(_LICENCES, case_sensitive=False),
    default=_LICENCES[0],
    show_default=True,
    help="Licence of the distribution.",
)
@click.option("--author", metavar="TEXT", help="Who writes it.  [default: The authors of NAME]")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="Folder in which the folder of the plugin is made.  [default: the current one]",
)
def command(name: str, kind: str | None, licence: str, author: str | None, into: Path) -> None:
    """Write a plugin called NAME into a new folder cqcparse-NAME, ready to install and test."""
    name = name.removeprefix("cqcparse-")
    kind = kind or (name if name.endswith("ss") else name.removesuffix("s"))
    _check(name, kind, author or "")
    folder = into / f"cqcparse-{name}"
    with one_sentence():
        _write(folder, _words(name, kind, licence, author), licence)
    say(f"{folder} is written. To try it:")
    click.echo(f"  cd {folder}\n  pip install -e '.[dev]'\n  pytest", err=True)


def _check(name: str, kind: str, author: str) -> None:
    """Refuse names that could not stand where they are to stand.

    Raises:
        BadParameter: If there is one.
    """
    for word in (name, kind):
        if not _NAME.fullmatch(word) or len(word) > _LONGEST:
            msg = f"{word!r} must be lower-case words and figures joined by hyphens, and short"
            raise click.BadParameter(msg)
    function = name.replace("-", "_")
    if keyword.iskeyword(function) or function in {*dir(builtins), *_TAKEN}:
        msg = f"{name!r} means something else in Python"
        raise click.BadParameter(msg)
    if kind in LAYERS or kind in {Mention.kind, *(cls.kind for cls in BUILT_IN)}:
        msg = f"the kind {kind!r} is taken by cqcparse itself; name another with --kind"
        raise click.BadParameter(msg)
    if any(char in author for char in '"\\\n'):
        msg = "the author's name cannot have quotation marks or backslashes"
        raise click.BadParameter(msg)


def _words(name: str, kind: str, licence: str, author: str | None) -> dict[str, str]:
    """Return what stands in the place of each name in the templates."""
    distribution = f"cqcparse-{name}"
    return {
        "name": name,
        "distribution": distribution,
        "module": distribution.replace("-", "_"),
        "function": name.replace("-", "_"),
        "extractor": name,
        "words": name.replace("-", " "),
        "kind": kind,
        "cls": "".join(word.capitalize() for word in kind.split("-")),
        "licence": licence,
        "author": author or f"The authors of {distribution}",
        "version": metadata.version("cqcparse"),
    }


def _write(folder: Path, words: Mapping[str, str], licence: str) -> None:
    """Write the files of the distribution.

    Raises:
        DataError: If there is something in the folder already, or it cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            problem = "there is something by this name already; move it away, or choose --into"
            raise DataError(str(folder), problem)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with swept(folder) as place:
            made = place / folder.name
            for path, text in _files(words, licence):
                (made / path).parent.mkdir(parents=True, exist_ok=True)
                (made / path).write_text(text, encoding="utf-8", newline="\n")
            if folder.exists():  # it is empty
                folder.rmdir()
            made.rename(folder)
    except OSError as error:
        problem = f"cannot be written ({error.strerror or error})"
        raise DataError(str(folder), problem) from None


def _files(words: Mapping[str, str], licence: str) -> Iterator[tuple[str, str]]:
    """Yield path and content of each file."""
    templates = resources.files("cqcparse.cli") / "templates" / "plugin"
    for template, path in {**_FILES, f"LICENSE-{licence}.txt": "LICENSE"}.items():
        text = (templates / template).read_text(encoding="utf-8")
        yield Template(path).substitute(words), Template(text).substitute(words)
    yield Template("src/$module/py.typed").substitute(words), ""
