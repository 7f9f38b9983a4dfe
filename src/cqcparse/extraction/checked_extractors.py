"""Extractors and correctors that were checked against the contract, each as a task."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import attrs

from cqcparse.errors import PluginError
from cqcparse.extraction.hookspecs import BaseExtractor, Corrector, Extractor
from cqcparse.extraction.isolation import account
from cqcparse.extraction.options import checked_class
from cqcparse.extraction.preparing import Preparation, preparation_of
from cqcparse.extraction.view import LAYERS
from cqcparse.model.identifiers import RULE, is_name
from cqcparse.model.kinds import BUILT_IN, declaring, unwritable
from cqcparse.model.mentions import Mention

#: Longest time that an extractor may ask for on a document.
_MOST_SECONDS = 86_400.0
#: Most documents that it may ask for at once: they are all in memory.
_MOST_AT_ONCE = 256


@attrs.frozen(kw_only=True)
class Task:
    """One extractor, ready to run; what it says of itself was read once."""

    #: Or a corrector, if it corrects anything.
    extractor: Extractor
    name: str
    produces: tuple[type[Mention], ...]
    requires: tuple[str, ...]
    #: Names it for people: ``extractor 'towns' of plugin 'towns' (cqcparse-towns 1.0)``.
    label: str
    #: The attrs class of its options; None if it has none.
    option_class: type | None = None
    #: What the user set for it: an instance of that class, or None for its defaults.
    options: object = None
    #: Whether it comes from a plugin that was registered as a part of cqcparse.
    built_in: bool = False
    #: Name of the module it belongs to.
    module: str = ""
    #: Seconds it asks for on a document; None if what others have is enough.
    budget: float | None = None
    #: Most documents that it takes at once; 1 if it takes them one by one.
    batch_size: int = 1
    #: What it does before its first report in a process.
    preparation: Preparation = attrs.field(factory=lambda: Preparation(None))
    #: The kinds whose mentions it corrects; it is no extractor then.
    corrects: tuple[str, ...] = ()
    #: Names of the extractors in whose place it runs.
    replaces: tuple[str, ...] = ()
    #: These extractors, which run after all if it fails.
    replaced: tuple[Task, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """Names of the kinds it makes."""
        return frozenset(cls.kind for cls in self.produces)

    @property
    def needs(self) -> frozenset[str]:
        """Names of the kinds that must have been made before it runs."""
        return frozenset(self.requires).union(self.corrects, *(t.needs for t in self.replaced))

    def brings(self, cls: type[Mention]) -> bool:
        """Return whether a class and the extractor come from the same package."""
        return _package(cls.__module__) == _package(self.module)


def extractors_of(tasks: Iterable[Task]) -> tuple[Extractor, ...]:
    """Return the extractors among *tasks*, without those who correct."""
    return tuple(task.extractor for task in tasks if not task.corrects)


def task_of(extractor: object, plugin: str | None = None, *, built_in: bool = False) -> Task:
    """Return *extractor* as a task.

    Args:
        extractor: What should keep the protocol :class:`~cqcparse.extraction.hookspecs.Extractor`.
        plugin: Names the plugin that brings it, for messages; None if the user gave it.
        built_in: Whether that plugin is registered as a part of cqcparse.

    Raises:
        PluginError: If it does not keep the protocol.
    """
    name = getattr(extractor, "name", None)
    if not is_name(name):
        has = "it has no 'name'" if name is None else f"its name is {name!r:.60}"
        raise PluginError(
            type(extractor).__name__,
            f"is no extractor: {has}",
            f"give an object with 'name', 'produces' and 'extract'; a name is made of {RULE}",
        )
    if isinstance(extractor, type):
        raise PluginError(name, "is a class", "give an object of it")
    if isinstance(extractor, Corrector) and not isinstance(extractor, Extractor):
        raise PluginError(
            name,
            "is a corrector, which runs only as a part of a plugin",
            "return it from the hook 'cqcparse_correctors', and load the plugin with "
            "Parser(plugin_files=[...]) or, installed, Parser(plugins=[...])",
        )
    if not isinstance(extractor, Extractor) or not callable(extractor.extract):
        raise PluginError(
            name, "is no extractor", "give it 'produces' and a method 'extract(view)'"
        )
    origin = "" if plugin is None else f" of plugin {plugin}"
    return Task(
        extractor=extractor,
        name=name,
        produces=_produces(name, extractor.produces),
        requires=_names(name, extractor, "requires", "kinds"),
        label=f"extractor {name!r}{origin}",
        option_class=checked_class(name, _said(extractor, "options")),
        built_in=built_in,
        replaces=_names(name, extractor, "replaces", "extractors"),
        module=str(getattr(extractor, "__module__", "")),
        budget=_budget(name, extractor),
        batch_size=_batch_size(name, extractor),
        preparation=preparation_of(name, getattr(extractor, "prepare", None)),
    )


def corrector_task(corrector: object, plugin: str) -> Task:
    """Return *corrector* as a task.

    Args:
        corrector: What should keep the protocol
            :class:`~cqcparse.extraction.hookspecs.Corrector`.
        plugin: Names the plugin that brings it, for messages.

    Raises:
        PluginError: If it does not keep the protocol.
    """
    name = getattr(corrector, "name", None)
    if not is_name(name) or isinstance(corrector, type) or not isinstance(corrector, Corrector):
        raise PluginError(
            type(corrector).__name__,
            "is no corrector",
            f"give an object with 'name' ({RULE}), 'corrects' and 'correct(mention, view)'",
        )
    corrects = _names(name, corrector, "corrects", "kinds")
    if not corrects:
        raise PluginError(name, "corrects no kinds", "name one or more in 'corrects'")
    return Task(
        extractor=cast("Extractor", corrector),
        name=name,
        produces=(),
        requires=_names(name, corrector, "requires", "kinds"),
        label=f"corrector {name!r} of plugin {plugin}",
        option_class=checked_class(name, _said(corrector, "options")),
        corrects=corrects,
        budget=_budget(name, corrector),
        preparation=preparation_of(name, getattr(corrector, "prepare", None)),
    )


def _produces(name: str, classes: object) -> tuple[type[Mention], ...]:
    if not (
        isinstance(classes, tuple)
        and classes
        and all(isinstance(cls, type) and issubclass(cls, Mention) for cls in classes)
    ):
        raise PluginError(
            name, f"'produces' is {classes!r:.60}", "make it a tuple of Mention classes"
        )
    for cls in classes:
        _check_kind(name, cls)
    return classes


def _check_kind(name: str, cls: type[Mention]) -> None:
    if cls in BUILT_IN:
        return
    kind = cls.__dict__.get("kind")
    if not is_name(kind):
        raise PluginError(
            name,
            f"its class {cls.__name__} has no kind of its own",
            f"give it a class attribute 'kind': {RULE}",
        )
    if kind in LAYERS or kind == Mention.kind:
        raise PluginError(name, f"{kind!r} cannot be a kind of mention", "choose another word")
    if "__attrs_attrs__" not in declaring(cls).__dict__:
        raise PluginError(
            name, f"its class {cls.__name__} is no attrs class", "add @attrs.frozen(kw_only=True)"
        )
    for field in attrs.fields(cls):
        if not is_name(field.name):
            raise PluginError(
                name,
                f"its class {cls.__name__} has the field {field.name!r:.60}",
                f"name it by {RULE.replace('hyphens', 'underscores')}: it becomes a column",
            )
    _check_writable(name, cls)


def _check_writable(name: str, cls: type[Mention]) -> None:
    """Refuse a kind whose fields have no form in JSON, which would fail for every assessment."""
    try:
        problem = unwritable(cls)
    except Exception as error:  # noqa: BLE001 - its annotations are a stranger's
        problem = f"cannot be written as JSON ({account(error)})"
    if problem is not None:
        remedy = "annotate its fields with the types that the plugin contract lists"
        raise PluginError(name, f"its class {cls.__name__} {problem}", remedy)


def _said(extractor: object, attribute: str) -> object:
    """Return what an extractor says of itself, else what holds of those that say nothing."""
    return getattr(extractor, attribute, getattr(BaseExtractor, attribute, None))


def _names(name: str, extractor: object, attribute: str, of: str) -> tuple[str, ...]:
    names = _said(extractor, attribute)
    if not isinstance(names, tuple) or not all(isinstance(item, str) for item in names):
        problem = f"{attribute!r} is {names!r:.60}"
        raise PluginError(name, problem, f"make it a tuple of names of {of}")
    return names


def _budget(name: str, extractor: object) -> float | None:
    seconds = _said(extractor, "budget")
    if seconds is None:
        return None
    if type(seconds) not in {int, float} or not 0 < cast("float", seconds) <= _MOST_SECONDS:
        problem = f"'budget' is {seconds!r:.60}"
        raise PluginError(name, problem, f"make it seconds, up to {_MOST_SECONDS:g}")
    return float(cast("float", seconds))


def _batch_size(name: str, extractor: object) -> int:
    extract_many = getattr(extractor, "extract_many", None)
    if extract_many is None:
        return 1
    if not callable(extract_many):
        raise PluginError(name, f"'extract_many' is {extract_many!r:.60}", "make it a method")
    size = _said(extractor, "batch_size")
    if type(size) is not int or not 0 < size <= _MOST_AT_ONCE:
        problem = f"'batch_size' is {size!r:.60}"
        raise PluginError(name, problem, f"make it a number of reports, up to {_MOST_AT_ONCE}")
    return size


def _package(module: str) -> str:
    return module.partition(".")[0]
