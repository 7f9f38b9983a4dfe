"""``cqcparse new-plugin``: a distribution for an extractor, complete with tests that pass."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import metadata, resources
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cqcparse.cli.exits import one_sentence, say
from cqcparse.errors import DataError
from cqcparse.extraction.view import LAYERS
from cqcparse.framework import builtin_frameworks
from cqcparse.model.kinds import BUILT_IN
from cqcparse.model.mentions import Mention
from cqcparse.workers import swept

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
#: Longest name, in characters: with it the files keep to their line length.
_LONGEST = 24
#: Names that the module of the plugin uses for something else.
_TAKEN = ("annotations", "attrs", "cqcparse", "pytest", "read", "write", "files")
_LICENCES = ("Apache-2.0", "MIT")
#: What a plugin may be, each with the folder of its templates, and what it does and brings.
_SHAPES = {
    "kind": ("Finds $words in reports", "Mentions of kind `$kind`"),
    "adds-to": ("Finds $words in reports", "Further mentions of kind `$kind`"),
    "corrects": ("Corrects mentions of $kind", "Corrections of kind `$kind`"),
    "replaces": ("Finds $words in reports", "All mentions of kind `$kind`"),
    "model": ("Finds $words in reports by a model", "Mentions of kind `$kind`"),
    "lexicon": ("Finds $words in reports", "Terms of kind `$kind`"),
    "rules": ("Finds $words in reports", "Phrases of kind `$kind`"),
    "reader": ("Reads .$suffix files", "A reader of files that end in `.$suffix`"),
    "exporter": ("Writes .$suffix files", "An exporter of files that end in `.$suffix`"),
    "framework": ("Reads reports on $words", "The framework profile `$name`"),
}
#: Shapes that may be for a built-in kind.
_OF_ANY_KIND = frozenset({"lexicon", "rules", "adds-to", "corrects", "replaces"})
#: For each built-in kind, the extractor that finds it and two that it finds.
_EXAMPLES = {
    "funding": ("funding", "Better Care Fund", "Disabled Facilities Grant"),
    "service": ("services", "reablement service", "respite service"),
    "partner": ("partners", "Integrated Care Board", "Healthwatch England"),
}
#: Files of every distribution by the templates they are made from.
_FILES = {
    "pyproject.toml.txt": "pyproject.toml",
    "README.md.txt": "README.md",
    "CHANGELOG.md.txt": "CHANGELOG.md",
    "gitignore.txt": ".gitignore",
    "ci.yml.txt": ".github/workflows/tests.yml",
}
#: Those of its shape; ``data-rules--rules.toml.txt`` is ``rules/rules.toml`` beside the module.
_SHAPED = {"module.py.txt": "src/$module/__init__.py", "test.py.txt": "tests/test_$function.py"}
_DATA = "data-"


def _shape_option(
    shape: str, text: str, *, of_kind: bool = False
) -> Callable[[CommandT], CommandT]:
    """Return what gives the command the option for a shape of plugin.

    Args:
        shape: The shape.
        text: What the option does.
        of_kind: Whether it takes a built-in kind.
    """

    def note(ctx: click.Context, _: click.Parameter, value: object) -> None:
        if value:
            ctx.meta.setdefault(__name__, []).append((shape, value if of_kind else None))

    kinds = click.Choice([cls.kind for cls in BUILT_IN]) if of_kind else None
    return click.option(
        f"--{shape}", is_flag=not of_kind, type=kinds, callback=note, expose_value=False, help=text
    )


@click.command(short_help="Write a new plugin: a distribution with tests that pass.")
@click.argument("name")
@_shape_option("reader", "Write a plugin that reads another format.")
@_shape_option("exporter", "Write one that writes another format.")
@_shape_option("lexicon", "Write one with terms, without code.")
@_shape_option("rules", "Write one with phrase rules, without code.")
@_shape_option("framework", "Write one with the profile of another kind of report.")
@_shape_option("model", "Write one that finds mentions by a model, in batches.")
@_shape_option("adds-to", "Write one that finds more mentions of this kind.", of_kind=True)
@_shape_option("corrects", "Write one that drops and changes mentions of this kind.", of_kind=True)
@_shape_option("replaces", "Write one that finds this kind instead of cqcparse.", of_kind=True)
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
def command(
    *,
    name: str,
    kind: str | None,
    licence: str,
    author: str | None,
    into: Path,
) -> None:
    """Write a plugin called NAME into a new folder cqcparse-NAME, ready to install and test.

    Without an option for what it is, it finds mentions of a kind of its own.
    """
    name = name.removeprefix("cqcparse-")
    shape, of = _shape(kind)
    kind = of or kind or (name if name.endswith("ss") else name.removesuffix("s"))
    _check(name, kind, author or "", shape)
    folder = into / f"cqcparse-{name}"
    with one_sentence():
        _write(folder, _words(name, kind, licence, author, shape), licence, shape)
    say(f"{folder} is written. To try it:")
    click.echo(f"  cd {folder}\n  pip install -e '.[dev]'\n  pytest", err=True)


def _shape(kind: str | None) -> tuple[str, str | None]:
    """Return the shape that the options ask for, and the built-in kind that it is for.

    Raises:
        UsageError: If they ask for two, or for a kind twice.
    """
    asked: list[tuple[str, str | None]] = click.get_current_context().meta.get(__name__, [])
    shape, of = asked[0] if asked else ("kind", None)
    others = [f"--{other}" for other, _ in asked[1:]] + ["--kind"] * bool(of and kind)
    if others:
        msg = f"--{shape} says what the plugin is: leave out {others[0]}, or write another for it"
        raise click.UsageError(msg)
    return shape, of


def _check(name: str, kind: str, author: str, shape: str) -> None:
    """Refuse names that could not stand where they are to stand.

    Raises:
        BadParameter: If there is one.
    """
    for word in (name, kind):
        if not _NAME.fullmatch(word) or len(word) > _LONGEST:
            msg = (
                f"{word!r} must be lower-case words and figures joined by hyphens, of at most "
                f"{_LONGEST} characters"
            )
            raise click.BadParameter(msg)
    function = name.replace("-", "_")
    if shape == "framework" and name in {framework.id for framework in builtin_frameworks()}:
        msg = f"the profile {name!r} is one of cqcparse itself"
        raise click.BadParameter(msg)
    if keyword.iskeyword(function) or function in {*dir(builtins), *_TAKEN}:
        msg = f"{name!r} means something else in Python; choose another name"
        raise click.BadParameter(msg)
    built_in = {cls.kind for cls in BUILT_IN}
    if shape in _OF_ANY_KIND and kind in built_in:
        pass  # it adds to that kind
    elif kind in LAYERS or kind in {Mention.kind, *(cls.kind for cls in BUILT_IN)}:
        msg = f"the kind {kind!r} is taken by cqcparse itself; name another with --kind"
        raise click.BadParameter(msg)
    if any(char in author for char in '"\\\n'):
        msg = "the author's name cannot have quotation marks or backslashes"
        raise click.BadParameter(msg)


def _words(name: str, kind: str, licence: str, author: str | None, shape: str) -> dict[str, str]:
    """Return what stands in the place of each name in the templates."""
    distribution = f"cqcparse-{name}"
    classes = {cls.kind: cls.__name__ for cls in BUILT_IN}
    own = "".join(word.capitalize() for word in kind.split("-"))
    words = {
        "name": name,
        "distribution": distribution,
        "module": distribution.replace("-", "_"),
        "function": name.replace("-", "_"),
        "extractor": name,
        "words": name.replace("-", " "),
        "kind": kind,
        "cls": classes.get(kind, own),
        "suffix": name.replace("-", "."),
        "licence": licence,
        "author": author or f"The authors of {distribution}",
        "version": metadata.version("cqcparse"),
    }
    replaced, example, other = _EXAMPLES.get(kind, ("", "", ""))
    own_class = "".join(word.capitalize() for word in name.split("-"))
    words |= {
        "replaced": replaced,
        "example": example.lower(),
        "example_printed": example,
        "other": other.lower(),
        "other_printed": other,
        "corrector": f"{own_class}Corrector",
        "finder": f"{own_class}Finder",
    }
    does, brings = (Template(text).substitute(words) for text in _SHAPES[shape])
    return {**words, "does": does, "brings": brings}


def _write(folder: Path, words: Mapping[str, str], licence: str, shape: str) -> None:
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
            for path, text in _files(words, licence, shape):
                (made / path).parent.mkdir(parents=True, exist_ok=True)
                (made / path).write_text(text, encoding="utf-8", newline="\n")
            if folder.exists():  # it is empty
                folder.rmdir()
            made.rename(folder)
    except OSError as error:
        raise DataError.unwritten(folder, error) from None


def _files(words: Mapping[str, str], licence: str, shape: str) -> Iterator[tuple[str, str]]:
    """Yield path and content of each file."""
    templates = resources.files("cqcparse.cli") / "templates" / "plugin"

    def filled(template: Traversable, more: Mapping[str, str]) -> str:
        return Template(template.read_text(encoding="utf-8")).substitute(more)

    about = filled(templates / shape / "about.md.txt", words)
    for name, path in {**_FILES, f"LICENSE-{licence}.txt": "LICENSE"}.items():
        yield path, filled(templates / name, {**words, "about": about})
    for template in sorted((templates / shape).iterdir(), key=lambda item: item.name):
        path = _SHAPED.get(template.name, "")
        if template.name.startswith(_DATA):
            place = template.name.removeprefix(_DATA).removesuffix(".txt").replace("--", "/")
            path = f"src/$module/{place}"
        if path:
            yield Template(path).substitute(words), filled(template, words)
    yield Template("src/$module/py.typed").substitute(words), ""
