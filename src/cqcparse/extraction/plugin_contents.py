"""Contributions: what one plugin answers to each hook, checked before anybody relies on it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import attrs

from cqcparse.errors import CqcParseError, PluginError, ReadError
from cqcparse.extraction.checked_extractors import Task, corrector_task, task_of
from cqcparse.extraction.hookspecs import Exporter
from cqcparse.extraction.isolation import account, within
from cqcparse.extraction.lexicon_extractor import load_terms
from cqcparse.extraction.options import HolderT, checked_class, with_options
from cqcparse.framework import Framework, load_framework
from cqcparse.grammar.lexicon import Lexicon
from cqcparse.grammar.rulebook import RuleBook
from cqcparse.model.document import Document
from cqcparse.model.kinds import misfit
from cqcparse.reading import Reader

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

T = TypeVar("T")

#: Asks one plugin for its answers to the hook of a name.
Ask = Callable[[str], Iterable[object]]

#: Things that a plugin may bring by one hook.
_MOST = 1_000
#: Seconds that a plugin may take to be imported, to answer a hook, or to read a file.
BUDGET = 60.0


@attrs.frozen(kw_only=True)
class Contribution:
    """What one plugin brings."""

    tasks: tuple[Task, ...] = ()
    lexicons: tuple[Lexicon | RuleBook, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    readers: tuple[Reader, ...] = ()
    exporters: tuple[Exporter, ...] = ()
    questions: tuple[Path | Traversable, ...] = ()


def contribution_of(ask: Ask, plugin: str, *, built_in: bool = False) -> Contribution:
    """Return what a plugin brings.

    Args:
        ask: Asks the plugin.
        plugin: Names it for people.
        built_in: Whether it is registered as a part of cqcparse.

    Raises:
        CqcParseError: If an answer is not what the hook asks for.
        Exception: Whatever the plugin raises.
    """

    def answers(hook: str) -> list[object]:
        return _answers(ask, hook, None if built_in else BUDGET)

    return Contribution(
        tasks=(
            *(task_of(item, plugin, built_in=built_in) for item in answers("cqcparse_extractors")),
            *(corrector_task(item, plugin) for item in answers("cqcparse_correctors")),
        ),
        lexicons=tuple(_lexicon(plugin, item) for item in answers("cqcparse_lexicons")),
        frameworks=tuple(
            load_framework(_file(plugin, item)) for item in answers("cqcparse_frameworks")
        ),
        readers=tuple(_reader(plugin, item) for item in answers("cqcparse_readers")),
        exporters=tuple(_exporter(plugin, item) for item in answers("cqcparse_exporters")),
        questions=tuple(_file(plugin, item) for item in answers("cqcparse_questions")),
    )


def _answers(ask: Ask, hook: str, budget: float | None) -> list[object]:
    """Return everything a plugin answers to *hook*, in time and within bounds.

    Args:
        ask: Asks the plugin.
        hook: What for.
        budget: Seconds it may take; None for no limit, and no thread of its own.
    """

    def asked() -> list[object]:
        return list(itertools.islice(_flat(ask, hook), _MOST + 1))

    found = asked() if budget is None else within(budget, asked)
    if len(found) > _MOST:
        raise PluginError(hook, f"returned more than {_MOST} things", "return a list that ends")
    return found


def _flat(ask: Ask, hook: str) -> Iterator[object]:
    for answer in ask(hook):
        try:
            items = iter(answer)  # type: ignore[call-overload]
        except TypeError:
            problem = f"returned {type(answer).__name__}"
            raise PluginError(hook, problem, "return a list") from None
        yield from items


def _file(plugin: str, item: object) -> Path | Traversable:
    from importlib.resources.abc import Traversable  # noqa: PLC0415 - not for ``import cqcparse``

    if isinstance(item, (Path, Traversable)):
        return item
    problem = f"names {item!r:.60} as a file"
    raise PluginError(plugin, problem, "give a pathlib.Path, or a file of importlib.resources")


def _lexicon(plugin: str, item: object) -> Lexicon | RuleBook:
    return item if isinstance(item, (Lexicon, RuleBook)) else load_terms(_file(plugin, item))


def _reader(plugin: str, item: object) -> Reader:
    if not isinstance(item, Reader):
        raise PluginError(plugin, f"{item!r:.60} is no reader", "return cqcparse.Reader objects")
    if not _is_text(item.name) or not all(map(callable, (item.read, item.accepts))):
        problem = f"the reader {item.name!r:.60} has no name, or no function"
        raise PluginError(plugin, problem, "give it a string as 'name', and 'read(data, source)'")
    if not item.suffixes or not all(map(_is_suffix, item.suffixes)):
        raise PluginError(
            plugin,
            f"the reader {item.name!r} names no suffixes",
            "give it 'suffixes' in lower case with the dot, such as ('.odt',)",
        )
    return _with_defaults(guarded_reader(item, plugin))


def guarded_reader(reader: Reader, plugin: str) -> Reader:
    """Return *reader* as it is let near files: asked by suffix, limited, and held to its word."""

    def accepts(data: bytes, suffix: str) -> bool:
        if suffix not in reader.suffixes:
            return False
        try:
            return bool(within(BUDGET, lambda: reader.accepts(data, suffix)))
        except Exception:  # noqa: BLE001 - reading will fail with a sentence
            return True

    def read(data: bytes, source: str | None, **given: object) -> Document:
        try:
            document = within(BUDGET, lambda: reader.read(data, source, **given))
        except CqcParseError:
            raise
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything
            problem = account(error)
        else:
            if _is_sound(document):
                return document
            problem = f"it returned {type(document).__name__}, which is no valid document"
        raise ReadError(
            source or "<bytes>",
            f"the reader {reader.name!r} of plugin {plugin} failed: {problem}",
            "tell its author, or convert the file to a format that cqcparse reads",
        )

    return attrs.evolve(reader, accepts=accepts, read=read)


def _is_sound(document: object) -> bool:
    """Return whether this is a document that says of its blocks and places what is so."""
    if not isinstance(document, Document) or misfit(document) is not None:
        return False
    length = len(document.text)
    if any(found.span and found.span.end > length for found in document.diagnostics):
        return False
    edges = [edge for block in document.blocks for edge in (block.span.start, block.span.end)]
    return edges == sorted(edges) and edges[-1:] <= [length]


def _exporter(plugin: str, item: object) -> Exporter:
    if not isinstance(item, Exporter):
        remedy = "return cqcparse.Exporter objects"
        raise PluginError(plugin, f"{item!r:.60} is no exporter", remedy)
    if not _is_text(item.name):
        raise PluginError(plugin, f"an exporter is called {item.name!r:.60}", "use a string")
    if not _is_suffix(item.suffix):
        raise PluginError(
            plugin,
            f"the exporter {item.name!r} has the suffix {item.suffix!r:.40}",
            "make it lower case with the dot, such as '.ods'",
        )
    writers = [writer for writer in (item.write, item.write_reports) if writer is not None]
    if not writers or not all(map(callable, writers)):
        problem = f"the exporter {item.name!r} writes nothing"
        raise PluginError(plugin, problem, "give it 'write', 'write_reports' or both: functions")
    return _with_defaults(attrs.evolve(item, plugin=plugin))


def _with_defaults(holder: HolderT) -> HolderT:
    """Return a reader or exporter with its default options, until a user sets others."""
    cls = checked_class(holder.name, holder.options)
    if cls is None:
        return holder
    try:
        options = cls()
    except Exception as error:  # noqa: BLE001 - the class is a stranger's
        problem = f"its default options are not valid: {account(error)}"
        raise PluginError(holder.name, problem, "mend the defaults") from None
    return with_options(holder, options)


def _is_suffix(suffix: object) -> bool:
    return isinstance(suffix, str) and suffix.startswith(".") and suffix == suffix.lower() != "."


def _is_text(value: object) -> bool:
    return isinstance(value, str)
