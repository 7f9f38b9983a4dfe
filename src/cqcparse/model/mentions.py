"""Mention and its kinds, and the values they carry."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

import attrs

from cqcparse.model.spans import Quote, Span

Status: TypeAlias = Literal["new", "planned", "existing", "reduced", "ended"]
Bound: TypeAlias = Literal["up-to", "at-least", "about"]
Specificity: TypeAlias = Literal["named", "generic"]

ValueT = TypeVar("ValueT")


@attrs.frozen(kw_only=True)
class Money:
    """An amount of money, or a range of amounts.

    Attributes:
        low: Lower end, in whole units of the currency; less than 0 where a minus is stated.
        high: Upper end; equal to ``low`` for a single amount.
        currency: Code of ISO 4217.
        bound: What words in front of it make of the amount, as in "up to £2m"; None if it is said
            to be just that. The words are no part of what is quoted.

    Examples:
        >>> import cqcparse
        >>> (fund, *_) = cqcparse.parse("The council used £4.5m of the Better Care Fund.").funding
        >>> fund.amount.value.low
        Decimal('4500000')
    """

    low: Decimal
    high: Decimal
    currency: str = "GBP"
    bound: Bound | None = None


@attrs.frozen(kw_only=True)
class Period:
    """An interval of the calendar; either end may be open.

    Attributes:
        start: First day.
        end: Last day, included.
        days: Length in days where the text gives a length and no dates; a year is 365 days,
            a month 30.

    Examples:
        >>> import cqcparse
        >>> (fund, *_) = cqcparse.parse("The Better Care Fund of 2023/24 paid for it.").funding
        >>> print(fund.period, fund.period.value.start, fund.period.value.end)
        2023/24 2023-04-01 2024-03-31
    """

    start: dt.date | None = None
    end: dt.date | None = None
    days: int | None = None


@attrs.frozen(kw_only=True)
class Duration:
    """A length of time; a week is 7 days, a year 365, and a month a twelfth of that.

    Attributes:
        days: Shorter end, in whole days: hours are rounded up, all else to the nearest.
        days_high: Longer end in days, where the text gives a range.
        number: Shorter end in the unit of the text.
        number_high: Longer end in that unit, where the text gives a range.
        unit: The unit of the text in the singular, such as ``week``.

    Examples:
        >>> import cqcparse
        >>> (service,) = cqcparse.parse("There was a 6-week reablement service.").services
        >>> service.duration.value.days, service.duration.value.unit
        (42, 'week')
    """

    days: int
    days_high: int | None = None
    number: Decimal | None = None
    number_high: Decimal | None = None
    unit: str | None = None


@attrs.frozen(kw_only=True)
class Count:
    """A number of things, with the word for what is counted.

    Attributes:
        value: How many.
        unit: The word for what is counted, as printed.

    Examples:
        >>> import cqcparse
        >>> cqcparse.Count(value=45, unit="refugees").value
        45
    """

    value: int
    unit: str


@attrs.frozen
class Reading(Quote, Generic[ValueT]):
    """A quote together with what it means.

    Args:
        text: The characters, exactly as in the document.
        span: Where they stand.
        value: What they mean; None where they could not be interpreted.

    Examples:
        >>> import cqcparse
        >>> (service,) = cqcparse.parse("There was a 6-week reablement service.").services
        >>> service.duration.text, service.duration.value.days
        ('6-week', 42)
    """

    value: ValueT | None = None

    def __str__(self) -> str:
        """Return the quoted text."""
        return self.text


@attrs.frozen(kw_only=True)
class Evidence:
    """Why a mention was made: the rule, the vocabulary entry, the cue words, and what it beat.

    Attributes:
        rule: Name of the rule, stable between releases.
        entry: Id of the lexicon entry that took part, if any.
        cues: Words of the text that decided, such as the cue of a status or the verb of an
            event.
        beat: Shorter or weaker candidates on the same characters, as ``rule: text``.

    Examples:
        >>> import cqcparse
        >>> (fund, *_) = cqcparse.parse("The Better Care Fund paid for it.").funding
        >>> fund.evidence.entry
        'better-care-fund'
    """

    rule: str
    entry: str | None = None
    cues: tuple[Quote, ...] = ()
    beat: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Mention:
    """A stretch of text that names one thing.

    Subclasses are kinds: keyword-only frozen attrs classes with a class attribute ``kind``
    and optional fields of their own.

    Attributes:
        span: Where it stands in the text of the document.
        text: The characters of the span.
        type: Finer class within the kind.
        canonical: Id, or the full name, of the thing that is meant.
        entity_id: Stable id of the body that is meant, the same in every report: an official
            code where there is one (ONS for councils, ODS for integrated care boards), else its
            type and name, such as ``police:kent-police``.
        extractor: Name of the extractor that found it; filled in by the core.
        evidence: Why it was made; None if the extractor does not say.

    Raises:
        ValueError: If the text is not as long as the span.

    Examples:
        >>> import cqcparse
        >>> text = "The council used the Better Care Fund."
        >>> (mention,) = cqcparse.parse(text).of("funding")
        >>> text[mention.span.start : mention.span.end] == mention.text
        True
    """

    kind: ClassVar[str] = "mention"

    span: Span
    text: str
    type: str | None = None
    canonical: str | None = None
    entity_id: str | None = None
    extractor: str = ""
    evidence: Evidence | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if len(self.text) != self.span.end - self.span.start:
            Quote(self.text, self.span)  # raises, and says what is wrong

    def _repr_html_(self) -> str:
        """Return a card for a notebook."""
        from cqcparse.output.html.notebook import mention_card  # noqa: PLC0415 - notebooks only

        return mention_card(self)


@attrs.frozen(kw_only=True)
class Funding(Mention):
    """Money, where it comes from, or the mechanism that moves it.

    Attributes:
        amount: The sum as printed, with its value in pounds; None if none is stated.
        period: When, or for how long, as printed, with its value; None if the text does not
            say.
        funder: Who pays, spends or takes away.
        recipient: The body, people or thing paid for.
        purpose: What the money is for.
        negation: The word that denies the money, as in "no joint funding".
        event_id: The same on all mentions of the document that speak of one act of giving: the
            verb, the money it moves and where that comes from. A sum that several of them state
            counts once.

    Examples:
        >>> import cqcparse
        >>> (fund, *_) = cqcparse.parse("The council used £4.5m of the Better Care Fund.").funding
        >>> fund.text, fund.type, fund.canonical, str(fund.amount)
        ('Better Care Fund', 'fund', 'better-care-fund', '£4.5m')
    """

    kind: ClassVar[str] = "funding"

    amount: Reading[Money] | None = None
    period: Reading[Period] | None = None
    funder: Quote | None = None
    recipient: Quote | None = None
    purpose: Quote | None = None
    negation: Quote | None = None
    event_id: str | None = None


@attrs.frozen(kw_only=True)
class Service(Mention):
    """Something delivered to people: a service, pathway, kind of care, or team by its function.

    Attributes:
        duration: How long it is given, as printed, with its value in days; None if the text
            does not say.
        capacity: How many people or places it is for, as printed, with its value; None if
            the text does not say.
        status: What the sentence says of its life; None when it does not say.
        status_cue: The words that say so.
        provider: Who delivers it, where that is not the authority.

    Examples:
        >>> import cqcparse
        >>> (service,) = cqcparse.parse("There was a 6-week reablement service.").services
        >>> service.text, service.type, service.duration.value.days
        ('6-week reablement service', 'reablement', 42)
    """

    kind: ClassVar[str] = "service"

    duration: Reading[Duration] | None = None
    capacity: Reading[Count] | None = None
    status: Status | None = None
    status_cue: Quote | None = None
    provider: Quote | None = None


@attrs.frozen(kw_only=True)
class Partner(Mention):
    """An organisation, organised body or category of organisations the authority works with.

    Attributes:
        specificity: ``named`` for a proper name or a short form of one, else ``generic``.
        registry_id: Code of the body in the register (an ODS code for NHS bodies, an ONS
            code for councils).

    Examples:
        >>> import cqcparse
        >>> (partner,) = cqcparse.parse("They worked with voluntary organisations.").partners
        >>> partner.text, partner.type, partner.specificity
        ('voluntary organisations', 'vcse', 'generic')
    """

    kind: ClassVar[str] = "partner"

    specificity: Specificity = "generic"
    registry_id: str | None = None


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


@lru_cache(maxsize=256)  # the classes of kinds that only a file has come and go
def _quoting_fields(cls: type) -> tuple[str, ...]:
    """Return the names of the fields of *cls*, but those of every mention that hold no quotes."""
    if cls is Evidence:
        return ("cues",)
    common = {field.name for field in attrs.fields(Mention)} - {"evidence"}
    return tuple(
        field.name for field in attrs.fields(cls) if not (field.inherited and field.name in common)
    )
