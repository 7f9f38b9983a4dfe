"""Extractors made of one function: patterns are searched for, the function is handed each match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Generic, TypeAlias, TypeVar

import attrs
import regex

from cqcparse.errors import PluginError
from cqcparse.extraction.view import View
from cqcparse.grammar.pattern_limits import FUSE, find_flaw
from cqcparse.model.mentions import Mention
from cqcparse.model.sections import Paragraph
from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Quote, Span

MentionT = TypeVar("MentionT", bound=Mention)


@attrs.frozen(kw_only=True)
class PatternMatch:
    r"""One place where a pattern matched.

    Attributes:
        quote: The characters of the match and where they stand.
        paragraph: The paragraph it is in; a match never goes beyond it.
        view: The document that is read.

    Examples:
        >>> import cqcparse
        >>> @cqcparse.pattern_extractor(cqcparse.Funding, r"(?P<rate>\d+)p in the pound")
        ... def rates(match):
        ...     rate = match.group("rate").text
        ...     return cqcparse.Funding(span=match.span, text=match.text, type=rate)
        >>> [m.type for m in cqcparse.Parser([rates]).parse("It costs 2p in the pound.").mentions]
        ['2']
    """

    quote: Quote
    paragraph: Paragraph
    view: View = attrs.field(repr=False)
    _groups: tuple[tuple[str, Quote | None], ...] = attrs.field(default=(), repr=False)
    _pattern: str = attrs.field(default="", repr=False)

    @property
    def span(self) -> Span:
        """Where the match stands."""
        return self.quote.span

    @property
    def text(self) -> str:
        """The characters of the match."""
        return self.quote.text

    @property
    def sentence(self) -> Sentence | None:
        """The sentence in which the match begins; None between sentences."""
        start = self.span.start
        return next((s for s in self.paragraph.sentences if s.span.contains(start)), None)

    def group(self, name: str) -> Quote | None:
        """Return what the group ``(?P<name>...)`` matched; None if it took no part.

        Raises:
            KeyError: If the pattern that matched has no such group; of several patterns each has
                its own.
        """
        groups = dict(self._groups)
        if name not in groups:
            known = ", ".join(map(repr, groups)) or "none"
            msg = f"the pattern {self._pattern!r} has no group {name!r}; its groups: {known}"
            raise KeyError(msg)
        return groups[name]


#: What the decorated function is: it returns a mention, or None to pass the match over.
MatchReader: TypeAlias = Callable[[PatternMatch], MentionT | None]


class PatternExtractor(Generic[MentionT]):
    """An extractor made by :func:`pattern_extractor`; still callable as the function it was.

    Examples:
        >>> import cqcparse
        >>> @cqcparse.pattern_extractor(cqcparse.Funding, r"penny rates?")
        ... def penny_rates(match):
        ...     return cqcparse.Funding(span=match.span, text=match.text)
        >>> penny_rates.name, penny_rates.patterns
        ('penny-rates', ('penny rates?',))
    """

    def __init__(
        self,
        function: MatchReader[MentionT],
        cls: type[MentionT],
        patterns: tuple[str, ...],
        requires: tuple[str, ...] = (),
    ) -> None:
        self.name = function.__name__.replace("_", "-")
        self.requires = requires
        self.produces: tuple[type[Mention], ...] = (cls,)
        self.patterns = patterns
        self.__doc__ = function.__doc__
        self.__module__ = function.__module__
        self._qualname = function.__qualname__
        self._function = function

    def __call__(self, match: PatternMatch) -> MentionT | None:
        """Return what the decorated function makes of a match."""
        return self._function(match)

    def __reduce__(self) -> str:
        """Return where the extractor stands: it took the place of the function in its module."""
        return self._qualname

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield what the function makes of each match in the findings."""
        for paragraph in view.findings:
            for pattern in self._compiled:
                for match in _matches(pattern, paragraph, view):
                    mention = self._function(match)
                    if mention is not None:
                        yield mention

    @cached_property
    def _compiled(self) -> tuple[regex.Pattern[str], ...]:
        return tuple(map(regex.compile, self.patterns))


def pattern_extractor(
    cls: type[MentionT], *patterns: str, requires: Iterable[str] = ()
) -> Callable[[MatchReader[MentionT]], PatternExtractor[MentionT]]:
    r"""Make an extractor of a function that turns a match into a mention.

    The patterns, of :mod:`re`, are searched for in each paragraph of the findings. The extractor
    is called like the function, with ``-`` for ``_``, and takes its place in the module.

    Args:
        cls: The class of the mentions the function returns.
        patterns: One or more regular expressions.
        requires: Kinds of mention that ``match.view.mentions(kind)`` gives; whoever makes them runs
            before.

    Raises:
        PluginError: If a pattern is not valid, has an empty alternative, matches the empty text
            or could take catastrophic time; or if it is too large.

    Examples:
        >>> import cqcparse
        >>> @cqcparse.pattern_extractor(cqcparse.Funding, r"(?P<rate>\d+)p in the pound")
        ... def tax_rates(match):
        ...     return cqcparse.Funding(span=match.span, text=match.text, type="tax")
        >>> report = cqcparse.Parser([tax_rates]).parse("It costs 2p in the pound.")
        >>> [mention.text for mention in report.mentions]
        ['2p in the pound']
    """
    needed = (requires,) if isinstance(requires, str) else tuple(requires)

    def decorate(function: MatchReader[MentionT]) -> PatternExtractor[MentionT]:
        for pattern in patterns:
            flaw = find_flaw(pattern)
            if flaw is not None:
                raise PluginError(
                    function.__name__, f"its pattern {pattern!r} {flaw}", "mend the pattern"
                )
        return PatternExtractor(function, cls, patterns, needed)

    return decorate


def _matches(
    pattern: regex.Pattern[str], paragraph: Paragraph, view: View
) -> Iterator[PatternMatch]:
    document, span = view.document, paragraph.span
    for match in pattern.finditer(document.text, span.start, span.end, timeout=FUSE):
        groups = tuple(
            (name, document.quote(Span(*match.span(name))) if match[name] is not None else None)
            for name in pattern.groupindex
        )
        yield PatternMatch(
            quote=document.quote(Span(*match.span())),
            paragraph=paragraph,
            view=view,
            groups=groups,
            pattern=pattern.pattern,
        )
