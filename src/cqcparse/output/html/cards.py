"""What is shown of each mention when it is chosen: attributes, sentence and evidence."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias

import attrs

from cqcparse.model.assessment import Assessment
from cqcparse.model.document import Document
from cqcparse.model.kinds import attribute_types
from cqcparse.model.mentions import Evidence, Mention, Reading, quotes_of
from cqcparse.model.spans import EXCERPT, Quote, Span
from cqcparse.output.html.escaping import cut, shown
from cqcparse.output.html.marking import Wrap, marked

#: Most characters of another mention that are shown in a link to it.
_LINK = 80
#: Most digits of a number that are written out.
_DIGITS = 30

#: Name and value, the value as HTML.
Entry: TypeAlias = tuple[str, str]


@attrs.frozen(kw_only=True)
class Marked:
    """A mention, and what the page calls it."""

    mention: Mention
    #: Part of the ids of its mark, ``t<id>``, and of its card, ``m<id>``.
    id: str
    #: Class of the elements of its kind.
    css: str


def card(item: Marked, assessment: Assessment, here: Iterable[Marked]) -> Iterator[str]:
    """Yield the card of a mention in pieces of HTML.

    Args:
        item: The mention.
        assessment: Where it was found.
        here: The other mentions on some of the same characters.
    """
    mention = item.mention
    yield (
        f'<section class="card {item.css}" id="m{item.id}" tabindex="-1"'
        f' aria-labelledby="h{item.id}">\n<h3 id="h{item.id}">{shown(mention.text)}</h3>\n'
    )
    yield from _definitions([("kind", shown(mention.kind)), *_attributes(mention)])
    yield from _sentence(mention, assessment)
    if mention.evidence is not None:
        yield "<details><summary>Why it was found</summary>\n"
        yield from _definitions(_evidence(mention.evidence))
        yield "</details>\n"
    yield from _definitions(_place(mention, assessment), css="place")
    links = [
        f'<li><a href="#m{other.id}">{shown(other.mention.kind)}: '
        f"{shown(cut(other.mention.text, _LINK))}</a></li>"
        for other in here
    ]
    if links:
        yield f"<p>Also on these words:</p><ul>{''.join(links)}</ul>\n"
    yield f'<p><a href="#t{item.id}">Back to the text</a></p>\n</section>\n'


def _definitions(entries: Iterable[Entry], css: str = "") -> Iterator[str]:
    yield f'<dl class="{css}">' if css else "<dl>"
    for name, value in entries:
        yield f"<dt>{shown(name.replace('_', ' '))}</dt><dd>{value}</dd>"
    yield "</dl>\n"


def _attributes(mention: Mention) -> Iterator[Entry]:
    for name in ("type", "canonical", "entity_id"):
        if (value := getattr(mention, name)) is not None:
            yield name, shown(value)
    for name in attribute_types(type(mention)):
        value = getattr(mention, name)
        if value is not None and value != ():
            yield name, _value(value)


def _value(value: Any) -> str:  # noqa: ANN401 - a value of any field
    """Return the value of an attribute as HTML: quotes as quotes, and what they mean."""
    if isinstance(value, Quote):
        meaning = value.value if isinstance(value, Reading) else None
        quoted = f"<q>{shown(value.text)}</q>"
        return quoted if meaning is None else f"{quoted} <small>{_value(meaning)}</small>"
    if isinstance(value, tuple):
        return ", ".join(map(_value, value))
    if isinstance(value, enum.Enum):
        return _value(value.value)
    if attrs.has(type(value)):
        fields = ((field.name, getattr(value, field.name)) for field in attrs.fields(type(value)))
        stated = (f"{_name(name)} {_value(of)}" for name, of in fields if of is not None)
        return ", ".join(stated)
    return shown(_plain(value))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) or (isinstance(value, Decimal) and abs(value.adjusted()) < _DIGITS):
        return f"{value:,}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _name(name: str) -> str:
    return shown(name.replace("_", " "))


def _sentence(mention: Mention, assessment: Assessment) -> Iterator[str]:
    """Yield the sentence with the mention and what its attributes quote set off."""
    sentence = assessment.sentence_of(mention)
    if sentence is None:
        return
    part = sentence.span.window(mention.span)
    inside = {quote.span for quote in quotes_of(mention) if part.contains(quote.span)}
    wraps = [_set_off(span, part.start, mention) for span in sorted(inside)]
    yield "<blockquote>"
    yield "… " if part.start > sentence.span.start else ""
    yield from marked(assessment.document.text[part.start : part.end], wraps)
    yield " …" if part.end < sentence.span.end else ""
    yield "</blockquote>\n"


def _set_off(span: Span, offset: int, mention: Mention) -> Wrap:
    tag = "strong" if span == mention.span else "u"
    return Wrap(
        span=Span(span.start - offset, span.end - offset),
        first=f"<{tag}>",
        again=f"<{tag}>",
        close=f"</{tag}>",
    )


def _evidence(evidence: Evidence) -> Iterator[Entry]:
    yield "rule", shown(evidence.rule)
    if evidence.entry is not None:
        yield "vocabulary", shown(evidence.entry)
    if evidence.cues:
        yield "words that decided", _value(evidence.cues)
    if evidence.beat:
        yield "stood back", _value(evidence.beat)


def _place(mention: Mention, assessment: Assessment) -> Iterator[Entry]:
    section = assessment.section_of(mention)
    if section.title is not None:
        yield "section", shown(cut(section.title.text, EXCERPT))
    yield "characters", f"{mention.span.start} to {mention.span.end}"
    yield from _origin(mention, assessment.document)
    yield "extractor", shown(mention.extractor)


def _origin(mention: Mention, document: Document) -> Iterator[Entry]:
    """Yield where the words stand in the file they were read from."""
    pages = dict.fromkeys(box.page for box in document.boxes(mention.span))
    if pages:
        yield "printed on page", ", ".join(map(str, pages))
    block = document.block_at(mention.span.start)
    if block is not None and block.origin is not None and block.origin.path is not None:
        yield "element", shown(block.origin.path)
