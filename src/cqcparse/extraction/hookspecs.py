"""The plugin contract on one screen: the hooks, and what each of them returns.

The contract has a version, and changes by one rule: a hook, an argument or an attribute may be
added at any time, and raises the version; one is taken away only after a release that warned of
it, by a :class:`~cqcparse.errors.ContractWarning`. So a plugin goes on working as long as it is
warned of nothing. It may say which versions it is written for with ``cqcparse_contract =
">=1,<3"`` beside its hooks.

Each hook offers one argument, the context, so that it can learn: what is added to the context is
there for all hooks, and a function that takes no argument goes on working.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import attrs
import pluggy

from cqcparse.extraction.view import View
from cqcparse.grammar.lexicon import Lexicon
from cqcparse.model.assessment import Assessment
from cqcparse.model.mentions import Mention
from cqcparse.model.report import Report
from cqcparse.model.tables import Row, Table
from cqcparse.reading import Reader

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

PROJECT = "cqcparse"
#: Version of the contract; a plugin written for a later one is refused.
CONTRACT_VERSION = 2

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@runtime_checkable
class Extractor(Protocol):
    """**Protocol:** something that finds mentions of one or more kinds.

    May also have

    - ``requires``, the names of the kinds and layers it reads from the view; default none. It runs
      after the extractors that make these kinds.
    - ``replaces``, the names of extractors in whose place it runs: it makes their kinds, and if it
      fails on a report they run after all.
    - ``budget``, the seconds that it asks for on a document.
    - ``prepare()``, which is called once in each process, before the first report and outside of
      the budget: to load a model, or to say by an exception that there is none.
    - ``options``, an attrs class whose fields, all with defaults, are what a user may set.
    - ``rules``, the :class:`~cqcparse.grammar.RuleBook` it finds phrases with, so that they are
      listed by ``cqcparse rules``.
    - ``extract_many(views)``, which takes several reports at once: see
      :class:`cqcparse.extraction.BatchExtractor`.

    Examples:
        >>> import cqcparse
        >>> class Capitals:
        ...     name = "capitals"
        ...     produces = (cqcparse.Partner,)
        ...     def extract(self, view):
        ...         for sentence in view.sentences:
        ...             if sentence.text.isupper():
        ...                 yield cqcparse.Partner(span=sentence.span, text=sentence.text)
        >>> isinstance(Capitals(), cqcparse.Extractor)
        True
    """

    @property
    def name(self) -> str:
        """Unique among all loaded plugins, and stable: it is stored with every mention."""
        ...

    @property
    def produces(self) -> tuple[type[Mention], ...]:
        """The kinds of mention it makes."""
        ...

    def extract(self, view: View) -> Iterable[Mention]:
        """Yield mentions in any order; the core checks, sorts and resolves them."""
        ...


@runtime_checkable
class BatchExtractor(Extractor, Protocol):
    """**Protocol:** an extractor that also takes several reports at once, as models like to.

    Whoever reads several reports (:func:`cqcparse.read_many`, a corpus, the commands) hands it as
    many as its ``batch_size`` says, 16 if it says nothing; the last may be fewer. A single report
    goes to ``extract``, which is to find the same. If ``extract_many`` fails, each of these
    reports goes to ``extract`` by itself, and has the diagnostic ``batch-failed``. Its time is the
    budget of all these reports together.

    Examples:
        >>> import cqcparse
        >>> from cqcparse.extraction import BatchExtractor
        >>> class Capitals:
        ...     name = "capitals"
        ...     produces = (cqcparse.Partner,)
        ...     batch_size = 8
        ...     def extract(self, view):
        ...         (found,) = self.extract_many([view])
        ...         return found
        ...     def extract_many(self, views):
        ...         sentences = [view.sentences for view in views]
        ...         for those in sentences:
        ...             yield [
        ...                 cqcparse.Partner(span=sentence.span, text=sentence.text)
        ...                 for sentence in those
        ...                 if sentence.text.isupper()
        ...             ]
        >>> isinstance(Capitals(), BatchExtractor)
        True
    """

    def extract_many(self, views: Sequence[View]) -> Iterable[Iterable[Mention]]:
        """Return the mentions of each view, in the order of *views*."""
        ...


class BaseExtractor:
    """What an extractor may also have, with its types and defaults; for those who like to inherit.

    Nothing asks for it: any object with the attributes of an :class:`Extractor` is one.

    Attributes:
        requires: Names of the kinds and layers it reads from the view.
        replaces: Names of extractors in whose place it runs.
        options: The attrs class of what a user may set; None if there is nothing.
        budget: Seconds it asks for on a document, unless the user says how many; None for those
            that all have.
        batch_size: Most reports that ``extract_many`` is handed, if it has that.

    Examples:
        >>> import cqcparse
        >>> from cqcparse.extraction import BaseExtractor
        >>> class Boards(BaseExtractor):
        ...     name = "boards"
        ...     produces = (cqcparse.Partner,)
        ...     requires = ("partner",)
        ...     def extract(self, view):
        ...         return []
        >>> Boards().options is None
        True
    """

    requires: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    options: type | None = None
    budget: float | None = None
    batch_size: int = 16

    def prepare(self) -> None:
        """Get ready, once in each process and outside of the budget; raise if that fails."""


@runtime_checkable
class Corrector(Protocol):
    """**Protocol:** something that drops or changes mentions that extractors made.

    It runs when all mentions of its kinds are there, and before whoever requires them. A mention
    that it changed says so in its evidence: the rule is the name of the corrector, and what stood
    there before is among what it beat. It may also have ``requires`` and ``options``, as an
    :class:`Extractor` has.

    Examples:
        >>> from cqcparse.extraction import Corrector
        >>> class NoPlans:
        ...     name = "no-plans"
        ...     corrects = ("service",)
        ...     def correct(self, mention, view):
        ...         return None if mention.status == "planned" else mention
        >>> isinstance(NoPlans(), Corrector)
        True
    """

    @property
    def name(self) -> str:
        """Unique among all extractors and correctors, and stable."""
        ...

    @property
    def corrects(self) -> tuple[str, ...]:
        """The names of the kinds whose mentions it is handed."""
        ...

    def correct(self, mention: Mention, view: View) -> Mention | None:
        """Return *mention*, or another of its class in its place, or None to drop it."""
        ...


@attrs.frozen(kw_only=True)
class Exporter:
    r"""What writes the files of one suffix: the rows of a table, whole reports, or either.

    Attributes:
        name: Name of the format, such as ``open-document``.
        suffix: In lower case with the dot, such as ``.ods`` or ``.label-studio.json``; of two that
            a name ends with, the longer counts.
        write: Writes the rows, taken one by one, to a file of this path, in the place of
            any other; None if the format has no room for rows. ``extract``, ``scores``, ``facts``
            and ``ask`` use it.
        write_reports: Writes whole assessments, or the reports that pages make, taken one by one;
            None if it writes none. ``parse``, ``extract`` and the method ``write`` of a report use
            it.
        options: The attrs class of what a user may set, all with defaults; both functions are
            called with such an object as ``options`` then.
        plugin: Names the plugin that brings it; filled in when it is loaded.

    Examples:
        >>> import cqcparse
        >>> def write(path, table, rows):
        ...     path.write_text("".join(f"{row['text']}\n" for row in rows), encoding="utf-8")
        >>> def write_reports(path, reports):
        ...     texts = (report.document.text for report in reports)
        ...     path.write_text("\f".join(texts), encoding="utf-8")
        >>> exporter = cqcparse.Exporter(
        ...     name="lines", suffix=".lines", write=write, write_reports=write_reports
        ... )
    """

    name: str
    suffix: str
    write: Callable[[Path, Table, Iterable[Row]], None] | None = None
    write_reports: Callable[[Path, Iterable[Assessment | Report]], None] | None = None
    options: type | None = None
    plugin: str = ""


@attrs.frozen(kw_only=True)
class PluginContext:
    """What a hook may know when it is asked; more may be added.

    Attributes:
        plugin: Name of the plugin that is asked.
        contract: Version of the plugin contract.

    Examples:
        >>> import cqcparse
        >>> @cqcparse.hookimpl
        ... def cqcparse_extractors(context):
        ...     return [] if context.contract < 2 else [...]
    """

    plugin: str
    contract: int = CONTRACT_VERSION

    @property
    def version(self) -> str:
        """Version of cqcparse."""
        from importlib.metadata import version  # noqa: PLC0415 - dear, and few plugins ask

        return version(PROJECT)


@hookspec
def cqcparse_extractors(context: PluginContext) -> Iterable[Extractor]:  # type: ignore[empty-body]
    """Return the extractors of this plugin; called once for each parser."""


@hookspec
def cqcparse_correctors(context: PluginContext) -> Iterable[Corrector]:  # type: ignore[empty-body]
    """Return what drops or changes mentions of other extractors."""


@hookspec
def cqcparse_lexicons(context: PluginContext) -> Iterable[Path | Traversable | Lexicon]:  # type: ignore[empty-body]
    """Return lexicons, or the TOML files they stand in; their terms are found as mentions.

    A folder with ``rules.toml`` is a rule book: its phrases are found likewise.
    """


@hookspec
def cqcparse_frameworks(context: PluginContext) -> Iterable[Path | Traversable]:  # type: ignore[empty-body]
    """Return the TOML files of framework profiles; they take part when a profile is chosen."""


@hookspec
def cqcparse_readers(context: PluginContext) -> Iterable[Reader]:  # type: ignore[empty-body]
    """Return readers of further formats; each is asked about files of its suffixes.

    One for a format that cqcparse reads itself is asked only if the user names it.
    """


@hookspec
def cqcparse_exporters(context: PluginContext) -> Iterable[Exporter]:  # type: ignore[empty-body]
    """Return what writes further formats, for the option ``-o`` of the commands."""


@hookspec
def cqcparse_questions(context: PluginContext) -> Iterable[Path | Traversable]:  # type: ignore[empty-body]
    """Return questions for ``cqcparse ask``: files of SQL, or folders with some."""
