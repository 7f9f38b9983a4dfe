"""Parser: strings the stages together, from a source to an assessment."""

from __future__ import annotations

import contextlib
import copy
import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import attrs

from cqcparse.errors import CqcParseError, UnknownNameError
from cqcparse.extraction.arguments import Terms, limit, settings, several
from cqcparse.extraction.checked_extractors import Task, extractors_of, task_of
from cqcparse.extraction.drafts import Draft, draft_of
from cqcparse.extraction.hookspecs import Exporter, Extractor
from cqcparse.extraction.isolation import account
from cqcparse.extraction.lexicon_extractor import lexicon_tasks, load_terms
from cqcparse.extraction.option_files import environment_options
from cqcparse.extraction.options import Holder, Settings, TaskOptions
from cqcparse.extraction.plugins import Plugins, load_plugins
from cqcparse.extraction.rule_books import check_rules
from cqcparse.extraction.running import DEFAULT_BUDGET, Result, run
from cqcparse.extraction.scheduling import check_distinct, order
from cqcparse.framework import Framework, builtin_frameworks
from cqcparse.grammar.lexicon import Lexicon
from cqcparse.grammar.rulebook import RuleBook
from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.model.mentions import Mention
from cqcparse.reading import (
    BUILT_IN_SUFFIXES,
    Reader,
    document_from_bytes,
    document_from_text,
    read_document,
)
from cqcparse.reading.failures import ReadFailure, failure_of, lost
from cqcparse.reading.sources import Parcel, Source, called, each_of, parcel_of
from cqcparse.structure.statements import Structure
from cqcparse.workers import (
    Batch,
    Crew,
    Limits,
    Loss,
    available_cores,
    current_stage,
    in_order,
    note,
    prepare,
)

T = TypeVar("T")

#: What a file may take in all: seconds, and megabytes of memory.
TIME_LIMIT = 120.0
MEMORY_LIMIT = 2_000.0

logger = logging.getLogger("cqcparse")
logger.addHandler(logging.NullHandler())  # what goes wrong is in the results


class Parser:
    """Parses with chosen extractors. Immutable once built, so safe to share between threads.

    Args:
        extractors: The extractors to run instead of those of the plugins.
        plugins: Whether third-party plugins are loaded (the built-in ones always are); or the
            names of those to load, or with ``-`` before each of those not to load.
        framework: The profile to apply, or its id; None to decide from the text.
        budget: Seconds each extractor may take on a document; None for no limit. Unless another
            number than the default is given, one that asks for more has it.
        plugin_files: Plugins of one file each, by their paths, or one path; they are loaded
            whatever *plugins* says.
        reader: Name of the reader of a plugin that is asked first about files of its suffixes, also
            where cqcparse reads the format itself.
        lexicons: Further terms to find: lexicons, the TOML files they stand in, or folders with
            ``rules.toml``; or one of them.
        without_rules: Names of rules and frames to leave out, as ``cqcparse rules`` lists them.
        options: Options of extractors, readers and exporters by their names: values by the names of
            the options. They count more than those of the file that the variable
            ``CQCPARSE_OPTIONS`` names.
        time_limit: Seconds that :meth:`read_many` gives a file, for reading, structure and
            extraction together; None for no limit.
        memory_limit: Megabytes that it gives a file, where the system can limit memory (Linux);
            None for no limit.
        any_document: Whether to look for an authority and mentions in what is no assessment, too.
            By default only assessments are searched; a string given to :meth:`parse` is as well
            if it may be a piece of one, such as a paragraph.
        mentions: Whether to look for mentions. Without them no extractor runs: a report has its
            sections, scores and facts, and nothing is said of mentions and short forms.

    Raises:
        PluginError: If a given extractor does not keep the contract, a kind it requires is made
            by none, an option is unknown or not of its type, or there is no rule or profile of a
            name.
        DataError: If a lexicon cannot be read or is not valid.

    Examples:
        >>> import cqcparse
        >>> parser = cqcparse.Parser(plugins=False)
        >>> [extractor.name for extractor in parser.extractors]
        ['funding', 'services', 'partners']
        >>> len(parser.parse("The council used the Better Care Fund.").mentions)
        1
    """

    def __init__(  # noqa: PLR0913 - each is a choice of its own
        self,
        extractors: Iterable[Extractor] | None = None,
        plugins: bool | Collection[str] = True,  # noqa: FBT001, FBT002 - part of the contract
        framework: Framework | str | None = None,
        *,
        budget: float | None = DEFAULT_BUDGET,
        plugin_files: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
        reader: str | None = None,
        lexicons: Terms | Iterable[Terms] = (),
        without_rules: Collection[str] = (),
        options: Mapping[str, Mapping[str, object]] | None = None,
        time_limit: float | None = TIME_LIMIT,
        memory_limit: float | None = MEMORY_LIMIT,
        any_document: bool = False,
        mentions: bool = True,
    ) -> None:
        self._given = None if extractors is None else tuple(map(task_of, extractors))
        self._third_party = plugins if isinstance(plugins, bool) else several("plugins", plugins)
        files = several("plugin_files", plugin_files)
        self._files = tuple(Path(path).absolute() for path in files)
        self._reader = reader
        self._framework = framework
        self._budget = limit("budget", budget, "seconds")
        self.any_document = any_document
        self._mentions = mentions
        self._lexicons = tuple(
            item if isinstance(item, (Lexicon, RuleBook)) else load_terms(Path(item))
            for item in several("lexicons", lexicons)
        )
        self._without = frozenset(several("without_rules", without_rules))
        given = settings(options)
        self._settings = Settings(given, environment_options())
        self._limits = Limits(
            seconds=limit("time_limit", time_limit, "seconds"),
            megabytes=limit("memory_limit", memory_limit, "megabytes"),
        )
        if self._given is not None or given:
            self.tasks  # noqa: B018 - a mistake is told here, not at the first report
        if isinstance(framework, str):
            self.framework  # noqa: B018 - likewise
        if reader is not None or given:
            self.readers  # noqa: B018 - likewise
        if given:
            self.exporters  # noqa: B018 - likewise
        if self._without:
            check_rules(self._without, self.tasks)

    def __getstate__(self) -> dict[str, object]:
        """Return the state without what was loaded: a worker process loads its own plugins."""
        loaded = {"plugins", "tasks", "readers", "exporters", "framework", "_crew"}
        return {name: value for name, value in vars(self).items() if name not in loaded}

    @cached_property
    def plugins(self) -> Plugins:
        """The plugins of this parser, loaded on first use."""
        lexicons = self._lexicons if self._given is None else ()
        return load_plugins(third_party=self._third_party, lexicons=lexicons, files=self._files)

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The extractors with their options, in the order in which they run."""
        if self._given is None:
            tasks = self.plugins.tasks
        else:
            check_distinct(self._given)
            tasks = order([*self._given, *lexicon_tasks(self._lexicons, self._given)])
        holders: list[Holder] = [TaskOptions.of(task) for task in tasks]
        if self._given is None or self._settings.missing(holders):
            holders += [*self.plugins.readers, *self.plugins.exporters]
            if problem := self._settings.missing(holders):
                raise problem
        return self._settings.for_tasks(tasks)

    @cached_property
    def readers(self) -> tuple[Reader, ...]:
        """The readers of plugins: first the one that the user named, then the others.

        The others are not asked about files of the formats that cqcparse reads itself.
        """
        readers = self._settings.for_others(self.plugins.readers)
        known = {reader.name: reader for reader in readers}
        others = map(_modest, known.values())
        if self._reader is None:
            return tuple(others)
        if self._reader not in known:
            problem = f"{self._reader!r:.60} is unknown: no reader of a plugin is called that"
            remedy = "the readers are " + ", ".join(map(repr, known))
            remedy = remedy if known else "no plugin here brings one; see 'cqcparse plugins'"
            culprit = "reader"
            raise UnknownNameError(culprit, problem, remedy)
        return (known[self._reader], *others)

    @cached_property
    def exporters(self) -> tuple[Exporter, ...]:
        """What writes further formats, with the options that are set for it."""
        return self._settings.for_others(self.plugins.exporters)

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        """The profiles at hand: the built-in ones, then those of plugins."""
        return (*builtin_frameworks(), *self.plugins.frameworks)

    @cached_property
    def framework(self) -> Framework | None:
        """The profile to apply; None to decide from the text."""
        if not isinstance(self._framework, str):
            return self._framework
        known = {framework.id: framework for framework in self.frameworks}
        if self._framework not in known:
            problem = f"profile {self._framework!r:.60} is unknown: none is called that"
            remedy = f"the profiles are {', '.join(map(repr, known))}"
            culprit = "framework"
            raise UnknownNameError(culprit, problem, remedy)
        return known[self._framework]

    @property
    def _further(self) -> tuple[Lexicon | RuleBook, ...]:
        """The terms and rules of the user and of plugins, which built-in extractors read too."""
        return self.plugins.lexicons if self._given is None else self._lexicons

    @property
    def fingerprint(self) -> str:
        """A digest of all that results depend on apart from the input.

        Code, data and plugins are in it, and what this parser was built with; of extractors that
        were given as objects only what their ``repr`` tells.
        """
        from cqcparse.extraction.fingerprint import fingerprint  # noqa: PLC0415 - for manifests only

        settings = (
            *(self._given, self._lexicons, self._settings),
            *(self._budget, self._framework),
            self._reader,
            self.any_document,
            self._mentions,
            sorted(self._without),
        )
        return fingerprint(self.plugins, settings)

    @property
    def lexicons(self) -> tuple[Lexicon | RuleBook, ...]:
        """The further terms that it was built with."""
        return self._lexicons

    @property
    def extractors(self) -> tuple[Extractor, ...]:
        """The extractors, in the order in which they run."""
        return extractors_of(self.tasks)

    @property
    def kinds(self) -> tuple[type[Mention], ...]:
        """The kinds of mention that the extractors make, each once."""
        return tuple(dict.fromkeys(cls for task in self.tasks for cls in task.produces))

    def parse(self, text: str, *, source: str | None = None, strict: bool = False) -> Assessment:
        """Parse the text of a report; see :func:`cqcparse.parse`."""
        if not isinstance(text, str):
            remedy = "cqcparse.read takes a path or an open binary file, as io.BytesIO(data) is"
            msg = f"parse takes the text of a report as a str, not {called(text)}: {remedy}"
            raise TypeError(msg)
        return self._parse(document_from_text(text, source=source), strict=strict, piece=True)

    def read(self, source: Source, *, strict: bool = False) -> Assessment:
        """Read and parse a file; see :func:`cqcparse.read`."""
        note("while reading it")
        return self.parse_document(read_document(source, readers=self.readers), strict=strict)

    def read_many(
        self, sources: Iterable[Source] | Source, *, workers: int = 1
    ) -> Iterator[Assessment | ReadFailure]:
        """Read and parse files in order; see :func:`cqcparse.read_many`."""
        many = each_of(sources)
        if workers < 0:
            msg = f"workers is {workers}: it must be 1 or more, or 0 for one on each core"
            raise ValueError(msg)
        prepare(__name__)
        self._load()  # results are made of classes that this process knows too
        batches = in_order(
            self._follow,
            self._batches((parcel_of(source), _itself) for source in many),
            workers=workers or available_cores(),
            lost=self._lost,
            limits=self._limits,
            prepare=self._prepare,
        )
        return chain.from_iterable(batches)

    def read_apart(
        self, orders: Iterable[tuple[Parcel, Callable[[Parser, Assessment], T]]]
    ) -> Iterator[T | ReadFailure]:
        """Read files in another process, as :meth:`read_many` does, and yield what is made there.

        The process is kept for the next files. So whoever is handed some files at a time, as by an
        engine, has the same limits, and only what is wanted of a page comes back.

        Args:
            orders: Files, each with what makes something of the page: a function of a module,
                which is given the parser of that process.
        """
        for batch in self._batches(orders):
            yield from self._crew.do(batch)

    def _batches(self, orders: Iterable[_Order]) -> Iterator[Batch]:
        """Yield files as they are read: as many at once as an extractor asks for."""
        size = max((task.batch_size for task in self._running), default=1)
        orders = iter(orders)
        while batch := tuple(islice(orders, size)):
            yield Batch(batch)

    @cached_property
    def _crew(self) -> Crew[Batch, list[Any]]:
        """The processes of :meth:`read_apart`.

        They hold a copy of this parser, and so are gone when it is.
        """
        prepare(__name__)
        own = copy.copy(self)
        return Crew(own._follow, own._prepare, self._limits, own._lost)  # noqa: SLF001

    def parse_document(self, document: Document, *, strict: bool = False) -> Assessment:
        """Parse a document that a reader produced.

        Raises:
            ExceptionGroup: If *strict* and there are warnings or errors: one
                :class:`~cqcparse.errors.DiagnosticError` for each.
        """
        return self._parse(document, strict=strict, piece=False)

    def _parse(self, document: Document, *, strict: bool, piece: bool) -> Assessment:
        draft = self._draft(document, piece=piece)
        (found,) = self._found([draft])
        return self._assessment(draft, found, strict=strict)

    def _draft(self, document: Document, *, piece: bool) -> Draft:
        """Return what is known of a document, which may be a *piece* of one, before extraction."""
        return draft_of(
            document,
            self.framework,
            self.plugins.frameworks,
            piece=piece,
            any_document=self.any_document,
            without_rules=self._without,
            further=self._further,
        )

    @property
    def _running(self) -> tuple[Task, ...]:
        """The extractors that run."""
        return self.tasks if self._mentions else ()

    def _found(self, drafts: Sequence[Draft]) -> Sequence[Result | None]:
        """Return what extractors find in each document; None if nothing is looked for."""
        if not self._mentions:
            return [None] * len(drafts)
        wanted = [draft.view for draft in drafts if draft.structure.wanted]
        found = iter(run(self.tasks, wanted, budget=self._budget))
        return [next(found) if draft.structure.wanted else ((), ()) for draft in drafts]

    def _assessment(
        self, draft: Draft, found: Result | None, *, strict: bool = False
    ) -> Assessment:
        before, after = self._chosen(draft.structure), self._plugin_failures()
        return draft.assessment(found, before=before, after=after, strict=strict)

    def _prepare(self) -> None:
        """Do what a process does before its first file."""
        self._load()
        for task in self._running:
            note(f"while preparing {task.label}")
            with contextlib.suppress(Exception):  # it is told on each report
                task.preparation.ensure()

    def _load(self) -> None:
        """Load what must be there before the first file, or its result."""
        self.tasks  # noqa: B018 - loads them
        self.plugins  # noqa: B018 - the readers, if the extractors were given

    def _follow(self, batch: Batch) -> list[Any]:
        """Return what is made of each file of a batch, or why nothing is."""
        orders: tuple[_Order, ...] = batch.items
        drafts = [_in_one_piece(parcel, partial(self._read_parcel, parcel)) for parcel, _ in orders]
        together = self._found_together([one for one in drafts if isinstance(one, Draft)])

        def made(draft: Draft, make: Callable[[Parser, Assessment], Any]) -> object:
            (found,) = self._found([draft]) if together is None else (next(together),)
            return make(self, self._assessment(draft, found))

        return [
            _in_one_piece(parcel, partial(made, draft, make)) if isinstance(draft, Draft) else draft
            for (parcel, make), draft in zip(orders, drafts, strict=True)
        ]

    def _found_together(self, drafts: Sequence[Draft]) -> Iterator[Result | None] | None:
        """Return what extractors find in several documents; None if each is to be looked at."""
        if len(drafts) == 1:
            return None
        try:
            return iter(self._found(drafts))
        except MemoryError:
            raise
        except Exception:
            logger.exception("%d reports could not be parsed at once", len(drafts))
            return None

    def _read_parcel(self, parcel: Parcel) -> Draft:
        if parcel.error is not None:
            raise parcel.error
        note("while reading it")
        if parcel.data is None and parcel.source is not None:
            document = read_document(parcel.source, readers=self.readers)
        else:
            document = document_from_bytes(parcel.data or b"", parcel.source, readers=self.readers)
        return self._draft(document, piece=False)

    def _lost(self, batch: Batch, loss: Loss) -> list[Any]:
        """Return why nothing is made of files that were lost."""
        return [lost(parcel, loss, self._limits) for parcel, _ in batch.items]

    def _chosen(self, structure: Structure) -> Iterator[Diagnostic]:
        """Yield that the profile of a plugin was applied, if it was not asked for."""
        if structure.reason is not None:
            id_ = structure.framework.id
            (plugin,) = (info for info in self.plugins.infos if id_ in info.frameworks)
            message = f"the profile {id_!r} of plugin {plugin} was applied: {structure.reason}"
            yield Diagnostic(code="framework-chosen", message=message, severity="info")

    def _plugin_failures(self) -> Iterator[Diagnostic]:
        if self._given is not None:
            return
        for info in self.plugins.infos:
            if info.state in {"failed", "missing"}:
                message = f"plugin {info.name!r} was left out: {info.error}"
                yield Diagnostic(code="plugin-failed", message=message, severity="error")


def parse(text: str, *, source: str | None = None, strict: bool = False) -> Assessment:
    """Parse the text of a report, or of a piece of one.

    A paragraph or a few are searched for mentions as they are. What shows that it is another kind
    of document is not: a press release, a report on a provider, a text with headings of its own.

    Args:
        text: The report; any string is accepted.
        source: Where it came from: a path, an address or a name. Kept in the result; the
            authority may be read from it.
        strict: Whether to raise the diagnostics that are warnings or errors.

    Raises:
        ExceptionGroup: If *strict* and there are warnings or errors.

    Examples:
        >>> import cqcparse
        >>> report = cqcparse.parse("The council used the Better Care Fund.")
        >>> [mention.canonical for mention in report.funding]
        ['better-care-fund']
    """
    return _default_parser().parse(text, source=source, strict=strict)


def read(path_or_binary_file: Source, *, strict: bool = False) -> Assessment:
    """Read and parse a file.

    In a file that is no assessment nothing is looked for: see ``any_document`` of
    :class:`Parser`.

    Args:
        path_or_binary_file: A path, or an open binary file. The format is decided by the
            content, then by the suffix.
        strict: Whether to raise the diagnostics that are warnings or errors.

    Raises:
        ReadError: If the file cannot be read as a document.
        ExceptionGroup: If *strict* and there are warnings or errors.

    Examples:
        >>> import cqcparse
        >>> report = cqcparse.read("seeds/harrow.txt")
        >>> report.authority.short_name, report.statements[0].score.value
        ('Harrow', 3)
    """
    return _default_parser().read(path_or_binary_file, strict=strict)


def read_many(
    sources: Iterable[Source] | Source, *, workers: int = 1
) -> Iterator[Assessment | ReadFailure]:
    """Read and parse files one after the other; a bad file never stops the rest.

    Sources are taken and results are handed out one by one, so that memory does not grow with
    their number. Files are read in worker processes: one that takes longer than two minutes or
    more than 2,000 MB of memory, or brings down the process it is read in, is a failure like any
    other, which says where it was; see ``time_limit`` and ``memory_limit`` of :class:`Parser`.

    Args:
        sources: Paths, or open binary files, in the order in which the results are wanted; one
            path is one file.
        workers: Processes to use, or 0 for one on each core; the results are the same at any
            number.

    Raises:
        ValueError: If *workers* is negative.

    Examples:
        >>> import cqcparse
        >>> for result in cqcparse.read_many(["seeds/harrow.txt", "nowhere.txt"]):
        ...     if isinstance(result, cqcparse.ReadFailure):
        ...         print(result.error)
        ...     else:
        ...         print(result.authority.name)
        London Borough of Harrow
        nowhere.txt: there is no such file; check the path
    """
    return _default_parser().read_many(sources, workers=workers)


def warm_up() -> None:
    """Parse a line, so that all that parsing needs is loaded; for the nursery of the workers."""
    Parser(plugins=False).parse(_SAMPLE)


#: Something of everything that is loaded when it is first met.
_SAMPLE = """\
Northmere Council: local authority assessment
Safeguarding
Score: 3
Key findings for this quality statement
In 2024/25 the council paid £2m to NHS England for a new 6-week reablement service.
"""


#: What to read, and what to make of it.
_Order: TypeAlias = tuple[Parcel, Callable[[Parser, Assessment], Any]]


def _itself(_: Parser, page: Assessment) -> Assessment:
    return page


def _in_one_piece(parcel: Parcel, make: Callable[[], T]) -> T | ReadFailure:
    """Return what is made of a file, or why nothing is."""
    try:
        return make()
    except CqcParseError as error:
        return ReadFailure(source=parcel.name, error=error, stage=current_stage())
    except MemoryError:
        raise  # a worker says where it was
    except Exception as error:
        logger.exception("%s could not be parsed", parcel.name)
        problem = f"cqcparse failed on it ({account(error)})"
        remedy = "this is a defect: report it, with the file if you can"
        return failure_of(parcel, problem, remedy, current_stage())


@cache
def _default_parser() -> Parser:
    return Parser()


def _modest(reader: Reader) -> Reader:
    """Return a reader that leaves the built-in formats alone."""

    def accepts(data: bytes, suffix: str) -> bool:
        return suffix not in BUILT_IN_SUFFIXES and reader.accepts(data, suffix)

    return attrs.evolve(reader, accepts=accepts)
