"""Extractors made of lexicons and rule books: the way in without code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import regex

from cqcparse.errors import DataError, PluginError
from cqcparse.extraction.checked_extractors import Task, task_of
from cqcparse.extraction.view import View
from cqcparse.grammar.frames import shared_frames
from cqcparse.grammar.lexicon import Entry, Lexicon
from cqcparse.grammar.lexicon_file import load_lexicon
from cqcparse.grammar.pattern_limits import FUSE
from cqcparse.grammar.rulebook import RuleBook
from cqcparse.model.identifiers import RULE, as_name, is_name
from cqcparse.model.kinds import BUILT_IN, plain_kind
from cqcparse.model.mentions import Evidence, Mention, Partner
from cqcparse.model.spans import Span

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class LexiconExtractor:
    """Finds the terms of a lexicon in the findings, where nothing of their kind stands yet.

    Args:
        lexicon: The terms.
        name: Name of the extractor.
        cls: The class of the mentions, of the lexicon's kind.
        types: Those that a term must have to be read by an extractor of the kind; none if there is
            no such extractor.
    """

    def __init__(
        self, lexicon: Lexicon, name: str, cls: type[Mention], types: Iterable[str] = ()
    ) -> None:
        self.lexicon = lexicon
        self.types = frozenset(types)
        self.name = name
        self.produces = (cls,)
        #: It adds to the kind it makes, so it runs behind those that make it by other means.
        self.requires = (cls.kind,)

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield a mention for each term that is found, the longest at each place.

        Where a mention of the kind stands that was not made of the term, it stays, and that is
        told once for each term.
        """
        text = view.document.text
        standing = view.mentions(self.lexicon.kind)
        told: set[str] = set()
        for paragraph in view.findings:
            span = paragraph.span
            found = [*self.lexicon.scan(text, span.start, span.end), *self._matches(text, span)]
            near = [(other.span, other) for other in standing if other.span.overlaps(span)]
            own: list[Span] = []
            for place, entry in sorted(found, key=lambda item: -len(item[0])):
                if any(place.overlaps(other) for other in own):
                    continue
                own.append(place)
                other = next((one for where, one in near if place.overlaps(where)), None)
                if other is None:
                    yield self._mention(view, place, entry)
                    if entry.id not in told and self._is_of_unknown_type(entry):
                        told.add(entry.id)
                        view.diagnose(
                            f"the term {entry.id!r} is of the type {entry.type!r}, which terms of "
                            f"kind {self.lexicon.kind!r} do not have, so that nothing else is read "
                            f"of it; they have {', '.join(sorted(self.types))}",
                            severity="info",
                            span=place,
                        )
                elif entry.id not in told and not _is_of(other, entry):
                    told.add(entry.id)
                    view.diagnose(
                        f"the term {entry.id!r} has no mention of its own: "
                        f"{other.text!r} of extractor {other.extractor!r} stands there",
                        severity="info",
                        span=place,
                    )

    def _is_of_unknown_type(self, entry: Entry) -> bool:
        return bool(entry.type and self.types and entry.type not in self.types)

    def _matches(self, text: str, span: Span) -> Iterator[tuple[Span, Entry]]:
        """Yield what the patterns match; one that takes too long ends the extractor."""
        for pattern, entry in self._patterns:
            for match in pattern.finditer(text, span.start, span.end, timeout=FUSE):
                yield Span(*match.span()), entry

    @cached_property
    def _patterns(self) -> tuple[tuple[regex.Pattern[str], Entry], ...]:
        return tuple(
            (regex.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), entry)
            for entry in self.lexicon.entries
            for pattern in entry.patterns
        )

    def _mention(self, view: View, span: Span, entry: Entry) -> Mention:
        cls = self.produces[0]
        mention = cls(
            span=span,
            text=view.document.text[span.start : span.end],
            type=entry.type,
            canonical=entry.id,
            evidence=Evidence(rule="lexicon", entry=entry.id),
        )
        if entry.named and isinstance(mention, Partner):
            return attrs.evolve(mention, specificity="named")
        return mention


def _is_of(mention: Mention, entry: Entry) -> bool:
    """Return whether a mention was made of a term, or means the same thing."""
    used = mention.evidence.entry if mention.evidence else None
    return entry.id in {mention.canonical, mention.entity_id, used}


class RuleExtractor:
    """Finds the phrases of a rule book in the findings, where nothing of their kind stands yet.

    Those that another extractor found by the same rule stand already.

    Args:
        rules: The rules.
        name: Name of the extractor.
        cls: The class of the mentions, of the kind that the rules name.
    """

    def __init__(self, rules: RuleBook, name: str, cls: type[Mention]) -> None:
        self.rules = rules
        self.name = name
        self.produces = (cls,)
        self.requires = (cls.kind,)

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield a mention for each phrase; of two that overlap the longer stands.

        Where a mention of the kind stands that was not made by the rule, it stays, and that is told
        once for each rule.
        """
        cls, told = self.produces[0], set[str]()
        standing = view.mentions(cls.kind)
        for found in self.rules.find(view.layers, view.acronyms):
            span, rule = found.span, found.rule.name
            others = [one for one in standing if one.span.overlaps(span)]
            if not others:
                yield cls(
                    span=span,
                    text=view.document.text[span.start : span.end],
                    type=found.type,
                    canonical=found.canonical,
                    evidence=found.evidence(),
                )
            elif rule not in told and not any(_is_by(one, rule) for one in others):
                told.add(rule)
                other = others[0]
                text = view.document.text[span.start : span.end]
                view.diagnose(
                    f"the phrase {text!r} of rule {rule!r} has no mention of its own: "
                    f"{other.text!r} of extractor {other.extractor!r} stands there",
                    severity="info",
                    span=span,
                )


def _is_by(mention: Mention, rule: str) -> bool:
    return mention.evidence is not None and mention.evidence.rule == rule


def load_terms(source: Path | Traversable) -> Lexicon | RuleBook:
    """Return the lexicon of a TOML file, or the rule book of a folder with ``rules.toml``.

    Raises:
        DataError: If it cannot be read or is not valid.
    """
    if not source.is_dir():
        return load_lexicon(source)
    book = RuleBook(source)
    known = frozenset().union(*(frame.attributes for frame in shared_frames().frames.values()))
    for frame in book.frames.frames.values():
        for name in sorted(frame.attributes - known):
            problem = f"fills the attribute {name!r:.60} in the frame {frame.name!r:.60}, which"
            said = f"no kind has; they are {', '.join(sorted(known))}"
            raise DataError(str(source / "frames.toml"), f"{problem} {said}")
    return book


def lexicon_tasks(
    lexicons: Iterable[Lexicon | RuleBook], tasks: Sequence[Task], *, plugin: str | None = None
) -> tuple[Task, ...]:
    """Return an extractor for each lexicon and rule book.

    Args:
        lexicons: One or more of a kind.
        tasks: The other extractors: a lexicon adds to a kind of theirs, or brings a new one.
        plugin: The plugin that brings the lexicons; None if the user gave them.

    Raises:
        PluginError: If the class of a kind cannot be made from a term.
    """
    made = (cls for task in tasks for cls in task.produces)
    classes = {cls.kind: cls for cls in chain(made, BUILT_IN)}
    names = {task.name for task in tasks}
    found = []
    for lexicon in lexicons:
        kind = lexicon.kind
        if kind is None or not is_name(kind):
            problem = f"a lexicon or rule book has {kind!r:.60} as its kind"
            raise PluginError(plugin or "lexicon", problem, f"a kind is made of {RULE}")
        cls = classes.get(kind) or plain_kind(kind)
        name = _free_name(f"{as_name(plugin or '') or 'lexicon'}-{kind}", names)
        _check_makeable(plugin or name, cls)
        if isinstance(lexicon, RuleBook):
            _check_names(plugin or name, lexicon, tasks)
        label = None if plugin is None else repr(plugin)
        extractor: LexiconExtractor | RuleExtractor
        if isinstance(lexicon, Lexicon):
            extractor = LexiconExtractor(lexicon, name, cls, _term_types(kind, tasks))
        else:
            extractor = RuleExtractor(lexicon, name, cls)
        found.append(task_of(extractor, label, built_in=True))
        names.add(name)
    return tuple(found)


def _term_types(kind: str, tasks: Iterable[Task]) -> frozenset[str]:
    """Return the types that a term of a kind must have to be read by an extractor of it."""
    books = (getattr(task.extractor, "rules", None) for task in tasks if kind in task.kinds)
    return frozenset().union(*(book.term_types for book in books if isinstance(book, RuleBook)))


def _free_name(wanted: str, names: Iterable[str]) -> str:
    number, name = 1, wanted
    while name in names:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _check_names(name: str, book: RuleBook, tasks: Iterable[Task]) -> None:
    """Refuse rules and frames with the names of those beside which they are found.

    Raises:
        PluginError: If there are such.
    """
    others = (getattr(task.extractor, "rules", None) for task in tasks if book.kind in task.kinds)
    rules = {rule.name for one in others if isinstance(one, RuleBook) for rule in one.rules}
    taken = sorted(rules.intersection(rule.name for rule in book.rules))
    taken += sorted(shared_frames().frames.keys() & book.frames.frames.keys())
    if taken:
        problem = f"its rule or frame {taken[0]!r} has the name of another that finds {book.kind!r}"
        raise PluginError(name, problem, "rename it")


def _check_makeable(name: str, cls: type[Mention]) -> None:
    needed = [f.name for f in attrs.fields(cls) if f.default is attrs.NOTHING and f.init]
    missing = sorted(set(needed) - {"span", "text"})
    if missing:
        raise PluginError(
            name,
            f"a lexicon cannot make mentions of kind {cls.kind!r}: their {missing[0]!r} is needed",
            "give the attributes of the class defaults",
        )
