"""Mention and its kinds, and the values they carry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

import attrs

from cqcparse.model.spans import Quote, Span

Status: TypeAlias = Literal["new", "planned", "existing", "reduced", "ended"]
Specificity: TypeAlias = Literal["named", "generic"]

ValueT = TypeVar("ValueT")


@attrs.frozen(kw_only=True)
class Money:
    """An amount of money, or a range of amounts."""

    #: Lower end, in whole units of the currency.
    low: Decimal
    #: Upper end; equal to ``low`` for a single amount.
    high: Decimal
    currency: str = "GBP"


@attrs.frozen(kw_only=True)
class Period:
    """An interval of the calendar; either end may be open."""

    #: First day.
    start: dt.date | None = None
    #: Last day, included.
    end: dt.date | None = None
    #: Length in days where the text gives a length and no dates; a year is 365 days, a month 30.
    days: int | None = None


@attrs.frozen(kw_only=True)
class Duration:
    """A length of time; a week is 7 days, a month 30 and a year 365."""

    #: Shorter end, in days.
    days: int
    #: Longer end in days, where the text gives a range.
    days_high: int | None = None


@attrs.frozen(kw_only=True)
class Count:
    """A number of things, with the word for what is counted."""

    value: int
    unit: str


@attrs.frozen
class Reading(Quote, Generic[ValueT]):
    """A quote together with what it means.

    Args:
        text: The characters, exactly as in the document.
        span: Where they stand.
        value: What they mean; None where they could not be interpreted.
    """

    #: What the characters mean; None where they could not be interpreted.
    value: ValueT | None = None

    def __str__(self) -> str:
        """Return the quoted text."""
        return self.text


@attrs.frozen(kw_only=True)
class Evidence:
    """Why a mention was made: the rule, the vocabulary entry, the cue words, and what it beat."""

    #: Name of the rule, stable between releases.
    rule: str
    #: Id of the lexicon entry that took part, if any.
    entry: str | None = None
    #: Words of the text that decided, such as the cue of a status or the verb of an event.
    cues: tuple[Quote, ...] = ()
    #: Shorter or weaker candidates on the same characters, as ``rule: text``.
    beat: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Mention:
    """A stretch of text that names one thing.

    Subclasses are kinds: keyword-only frozen attrs classes with a class attribute ``kind``
    and optional fields of their own.

    Raises:
        ValueError: If the text is not as long as the span.
    """

    kind: ClassVar[str] = "mention"

    span: Span
    #: The characters of the span.
    text: str
    #: Finer class within the kind.
    type: str | None = None
    #: Id, or the full name, of the thing that is meant.
    canonical: str | None = None
    #: Name of the extractor that found it; filled in by the core.
    extractor: str = ""
    #: Why it was made; None if the extractor does not say.
    evidence: Evidence | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if len(self.text) != self.span.end - self.span.start:
            Quote(self.text, self.span)  # raises, and says what is wrong


@attrs.frozen(kw_only=True)
class Funding(Mention):
    """Money, where it comes from, or the mechanism that moves it."""

    kind: ClassVar[str] = "funding"

    amount: Reading[Money] | None = None
    period: Reading[Period] | None = None
    #: Who pays, spends or takes away.
    funder: Quote | None = None
    #: The body, people or thing paid for.
    recipient: Quote | None = None
    #: What the money is for.
    purpose: Quote | None = None
    #: The word that denies the money, as in "no joint funding".
    negation: Quote | None = None


@attrs.frozen(kw_only=True)
class Service(Mention):
    """Something delivered to people: a service, pathway, kind of care, or team by its function."""

    kind: ClassVar[str] = "service"

    duration: Reading[Duration] | None = None
    capacity: Reading[Count] | None = None
    #: What the sentence says of its life; None when it does not say.
    status: Status | None = None
    #: The words that say so.
    status_cue: Quote | None = None
    #: Who delivers it, where that is not the authority.
    provider: Quote | None = None


@attrs.frozen(kw_only=True)
class Partner(Mention):
    """An organisation, organised body or category of organisations the authority works with."""

    kind: ClassVar[str] = "partner"

    #: ``named`` for a proper name or a short form of one, else ``generic``.
    specificity: Specificity = "generic"
    #: Code of the body in the register (an ODS code for NHS bodies, an ONS code for councils).
    registry_id: str | None = None


def quotes_of(mention: Mention) -> Iterator[Quote]:
    """Yield the mention's own characters, then every quote in its attributes and evidence."""
    yield Quote(mention.text, mention.span)
    yield from quotes_within(mention)


def quotes_within(mention: Mention) -> list[Quote]:
    """Return every quote in the attributes and the evidence of *mention*, in order."""
    quotes: list[Quote] = []
    _collect(mention, quotes)
    return quotes


#: Types of most values of a mention; none of them holds a quote.
_LEAVES = frozenset((type(None), str, float, int, Span))


def _collect(holder: Mention | Evidence, quotes: list[Quote]) -> None:
    """Add to *quotes* those in the fields of *holder*; a list, as this runs for each mention."""
    cls: Any = type(holder)  # mypy takes a class with slots for unhashable
    for name in _quoting_fields(cls):
        value = getattr(holder, name)
        if type(value) not in _LEAVES:
            _collect_from(value, quotes)


def _collect_from(value: object, quotes: list[Quote]) -> None:
    if isinstance(value, Quote):
        quotes.append(value)
    elif isinstance(value, tuple):
        for item in value:
            _collect_from(item, quotes)
    elif isinstance(value, (Mention, Evidence)):
        _collect(value, quotes)


@cache
def _quoting_fields(cls: type) -> tuple[str, ...]:
    """Return the names of the fields of *cls*, but those of every mention that hold no quotes."""
    if cls is Evidence:
        return ("cues",)
    common = {field.name for field in attrs.fields(Mention)} - {"evidence"}
    return tuple(
        field.name for field in attrs.fields(cls) if not (field.inherited and field.name in common)
    )
