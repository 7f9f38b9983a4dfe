"""The rules that a parser works with: those of its extractors, and the frames they share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import attrs

from cqcparse.errors import UnknownNameError
from cqcparse.extraction.checked_extractors import Task
from cqcparse.extraction.lexicon_extractor import RuleExtractor
from cqcparse.grammar.bodies import evidence
from cqcparse.grammar.found_phrases import Rule
from cqcparse.grammar.frames import Frame, shared_frames
from cqcparse.grammar.rulebook import RuleBook

#: Where rules are listed that tell what a name is used for; mentions of any extractor bear them.
NAMES = "names"


@attrs.frozen(kw_only=True)
class ListedRule:
    """A rule or frame, and where it belongs."""

    #: Name of the extractor; ``names`` and ``frames`` for what all share.
    extractor: str
    rule: Rule | Frame
    #: Kind of the mentions that it makes, if other extractors use it too.
    kind: str | None = None

    @property
    def counted(self) -> bool:
        """Whether it makes mentions, as rules do and frames do not."""
        return isinstance(self.rule, Rule)

    @property
    def pattern(self) -> str:
        """What it looks for, as it stands in its file."""
        if isinstance(self.rule, Rule):
            return self.rule.pattern
        return " ".join((*self.rule.verbs, *self.rule.nouns, *self.rule.before))


def listed_rules(tasks: Sequence[Task]) -> Iterator[ListedRule]:
    """Yield the rules of all extractors that have some, then what they share: names and frames."""
    for task in tasks:
        book = getattr(task.extractor, "rules", None)
        if not isinstance(book, RuleBook):
            continue
        kind = book.kind if isinstance(task.extractor, RuleExtractor) else None
        for rule in book.rules:
            yield ListedRule(extractor=task.name, rule=rule, kind=kind)
        for frame in book.frames.frames.values():
            yield ListedRule(extractor=task.name, rule=frame)
    for rule in evidence().rules:
        yield ListedRule(extractor=NAMES, rule=rule)
    for frame in shared_frames().frames.values():
        yield ListedRule(extractor="frames", rule=frame)


def check_rules(names: Collection[str], tasks: Sequence[Task]) -> None:
    """Refuse names that no rule has.

    Raises:
        PluginError: If one is unknown.
    """
    known = {listed.rule.name for listed in listed_rules(tasks)}
    for name in sorted(set(names) - known):
        problem = f"{name!r:.60} is unknown: no rule is called that"
        culprit = "rule"
        raise UnknownNameError(culprit, problem, "see the names with 'cqcparse rules'")
