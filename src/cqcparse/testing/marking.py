"""Mentions as marked-up text: the shortest way to say what an extractor should find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from cqcparse.extraction.hookspecs import Extractor
from cqcparse.model.assessment import Assessment
from cqcparse.model.kinds import BUILT_IN
from cqcparse.model.mentions import Mention
from cqcparse.model.spans import Span
from cqcparse.parser import Parser

_TAG = re.compile(
    r"<(?:/(?P<close>[a-z][\w-]*)"
    r'|(?P<kind>[a-z][\w-]*)(?::(?P<type>[\w-]+))?(?P<rest>(?: [a-z]\w*="[^"]*")*))>'
)
_ATTRIBUTE = re.compile(r' (\w+)="([^"]*)"')


@attrs.frozen(kw_only=True)
class Mark:
    """What a tag says of the characters between it and its end."""

    kind: str
    type: str | None
    span: Span
    text: str
    attributes: tuple[tuple[str, str], ...]

    def misses(self, mention: Mention) -> Iterator[str]:
        """Yield what *mention*, on the same characters, has otherwise than the mark says."""
        if self.type is not None and mention.type != self.type:
            yield f"type {mention.type!r}, not {self.type!r}"
        for name, value in self.attributes:
            if not hasattr(mention, name):
                yield f"no attribute {name!r}"
            elif _shown(getattr(mention, name)) != value:
                yield f"{name} {_shown(getattr(mention, name))!r}, not {value!r}"

    def __str__(self) -> str:
        name = self.kind if self.type is None else f"{self.kind}:{self.type}"
        return f"{name} {self.text!r} at {self.span.start}-{self.span.end}"


def assert_mentions(
    extractor: Extractor, marked: str, *, beside: Iterable[Extractor] = ()
) -> tuple[Mention, ...]:
    """Assert that *extractor* finds exactly what is marked.

    A mention is marked by ``<kind>...</kind>``, with its type as ``<kind:type>`` and other
    attributes as ``<kind:type name="value">``; what a tag does not say is not compared. The value
    of a quote is its text, that of an absent attribute the empty string. Tags may be nested.

    Args:
        extractor: What is tested. Only the kinds it makes count.
        marked: A sentence or more, or a whole report; without headings, all of it is findings.
        beside: Extractors that make kinds it requires, or that it replaces. The built-in ones
            need not be named.

    Returns:
        The mentions that were found.

    Raises:
        AssertionError: If they differ; the message shows both as marked-up text and each
            difference in a line.
        ValueError: If the markup itself is not sound.

    Examples:
        >>> from cqcparse.testing import assert_mentions
        >>> import cqcparse
        >>> @cqcparse.pattern_extractor(cqcparse.Funding, "Better Care Fund")
        ... def funds(match):
        ...     return cqcparse.Funding(span=match.span, text=match.text, type="fund")
        >>> assert_mentions(funds, "The <funding:fund>Better Care Fund</funding> paid.")
        ... # doctest: +ELLIPSIS
        (Funding(span=Span(start=4, end=20), text='Better Care Fund', type='fund', ...),)
    """
    __tracebackhide__ = True
    text, marks = read_marks(marked)
    beside = tuple(beside)
    parser = Parser([*needed(extractor, beside), *beside, extractor], any_document=True)
    report = parser.parse(text)
    found = tuple(m for m in report.mentions if m.extractor == extractor.name)
    lines = [*_differences(marks, found), *complaints(report)]
    if lines:
        both = [f"expected: {marked}", f"found:    {mark_up(text, found)}"]
        raise AssertionError("\n".join(["the mentions differ", *both, *lines]))
    return found


def mark_up(text: str, mentions: Iterable[Mention]) -> str:
    """Return *text* with *mentions* marked, as :func:`assert_mentions` reads it."""
    pieces = []
    for mention in mentions:
        name = mention.kind if mention.type is None else f"{mention.kind}:{mention.type}"
        start, end = mention.span.start, mention.span.end
        pieces.append((start, 1, -end, f"<{name}>"))
        pieces.append((end, 0, -start, f"</{mention.kind}>"))
    marked, place = [], 0
    for offset, _, _, tag in sorted(pieces):
        marked += [text[place:offset], tag]
        place = offset
    return "".join([*marked, text[place:]])


def needed(extractor: Extractor, beside: Iterable[Extractor] = ()) -> tuple[Extractor, ...]:
    """Return the built-in extractors, if *extractor* requires a kind of theirs or replaces one.

    Args:
        extractor: What is tested.
        beside: What is there already, which is not given twice.
    """
    kinds = {cls.kind for cls in BUILT_IN}
    requires, replaces = getattr(extractor, "requires", ()), getattr(extractor, "replaces", ())
    if kinds.isdisjoint(requires) and not replaces:
        return ()
    built_in = Parser(plugins=False).extractors
    if kinds.isdisjoint(requires) and {one.name for one in built_in}.isdisjoint(replaces):
        return ()
    there = {getattr(one, "name", None) for one in beside}
    return tuple(one for one in built_in if one.name not in there)


def complaints(report: Assessment) -> list[str]:
    """Return what the core had to say about extractors and their mentions."""
    return [str(d) for d in report.diagnostics if d.code in {"plugin-failed", "mention-rejected"}]


def read_marks(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the text without its tags, and what they mark."""
    text, place = "", 0
    opened: list[tuple[re.Match[str], int]] = []
    marks = []
    for tag in _TAG.finditer(marked):
        text += marked[place : tag.start()]
        place = tag.end()
        if tag["kind"]:
            opened.append((tag, len(text)))
            continue
        if not opened or opened[-1][0]["kind"] != tag["close"]:
            msg = f"{tag.group()} ends nothing that was begun, in {marked!r}"
            raise ValueError(msg)
        begin, start = opened.pop()
        marks.append(
            Mark(
                kind=begin["kind"],
                type=begin["type"],
                span=Span(start, len(text)),
                text=text[start:],
                attributes=tuple(_ATTRIBUTE.findall(begin["rest"])),
            )
        )
    if opened:
        msg = f"{opened[-1][0].group()} is not ended, in {marked!r}"
        raise ValueError(msg)
    return text + marked[place:], tuple(marks)


def _differences(marks: Iterable[Mark], found: Iterable[Mention]) -> Iterator[str]:
    """Yield a line for each difference."""
    unmatched = {(mention.kind, mention.span): mention for mention in found}
    for mark in marks:
        mention = unmatched.pop((mark.kind, mark.span), None)
        if mention is None:
            yield f"- missing:  {mark}"
        else:
            for difference in mark.misses(mention):
                yield f"- differs:  {mark}: it has {difference}"
    for mention in unmatched.values():
        name = mention.kind if mention.type is None else f"{mention.kind}:{mention.type}"
        span = mention.span
        yield f"- too much: {name} {mention.text!r} at {span.start}-{span.end}"


def _shown(value: object) -> str:
    return "" if value is None else str(value)
