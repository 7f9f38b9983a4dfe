"""Read the figures of a sentence: shares, rates, scores, and what cqcparse itself reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

import attrs

from cqcparse import Count, Duration, Money, Reading
from cqcparse.grammar.quantities import (
    find_counts,
    find_durations,
    find_money,
    read_number,
    read_sign,
)

_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    "|fifty"
)
_PERCENT = re.compile(
    rf"(?<![\w.,£/])(?P<low>{_N})(?:%?(?: ?[-–] ?| to | and )(?P<high>{_N}))?"
    r"(?P<unit> ?%| ?per ?cent\b| percentage points?)"
)
_RATE = re.compile(
    rf"(?<![\w.,£])(?P<low>{_N})(?P<of>(?: [a-z]+){{0,4}}?)"
    r" (?:per|for every|in every|out of every) (?P<base>\d{1,3},000|100)\b"
)
_SCORE = re.compile(
    rf"(?<![\w.,£/])(?P<low>\d{{1,4}}|{_WORD})(?P<join> out of | of | in )"
    rf"(?:the |every )?(?P<base>\d{{1,4}}|{_WORD})(?![\w,%]|\.\d|/\d)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?P<low>(?:a|one|two|three) (?:third|quarter|fifth|tenth)s?|(?:one |a )?half|two-thirds"
    r"|three-quarters|one-third|one-quarter) of (?=the |all |people|those|its|their|staff)",
    re.IGNORECASE,
)
#: A number without a unit in a change or a comparison: "from 9 days to 3", "down from 730".
_BARE = re.compile(
    rf"(?:(?<=\bfrom )|(?<=\bto )|(?<=\bwith )|(?<=\bagainst ))(?P<low>{_N})(?![\w%£/]|[.,]\d)"
)
#: Two of them are a number of what the sentence is about: "the list had fallen from 512 to 188".
_PLAIN = re.compile(rf"\bfrom (?:{_N}) to (?:{_N})(?![\w%£/]| [a-z]|[.,]\d)")
#: Some of those just spoken of: "2 of which were upheld", "of whom 29 went on".
_PART_OF = re.compile(
    rf"(?:(?<=of which )|(?<=of whom ))(?P<low>{_N})(?![\w%£]|[.,]\d)"
    rf"|(?<![\w.,£])(?P<low_of>{_N}|(?i:{_WORD}))(?= of (?:them|which|whom|these|those)\b)"
)
#: How often something is: "3 days a week".
_FREQUENCY = re.compile(
    rf"(?<![\w.,£])(?P<low>{_N}|(?i:{_WORD}))(?: (?:to|or|-) \d+)?"
    r" (?P<unit>(?:times|days|hours|nights|evenings|visits|sessions)"
    r" (?:a|per|each|every) (?:day|week|month|quarter|year))\b"
)
#: A rate that is no share: "a turnover rate of 0.31".
_RATIO = re.compile(r"\b(?:rate|ratio|average) (?:of )?\(?(?P<low>0\.\d+)(?![\d%]| ?%)")
_YEARS = range(1900, 2100)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "half": 2}
_TOPS = {"two": 2, "three": 3}


@attrs.frozen(kw_only=True)
class Number:
    """A figure as read, before anything around it is looked at."""

    type: str
    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str
    #: Where the words for what is counted begin, inside the figure; None if they are not.
    counted: int | None = None


def find_numbers(text: str, start: int, end: int) -> tuple[Number, ...]:
    """Return the figures in ``text[start:end]``, in order; of those that overlap, the longest."""
    found = [
        *_percentages(text, start, end),
        *_rates(text, start, end),
        *_scores(text, start, end),
        *_fractions(text, start, end),
        *_parts(text, start, end),
        *_frequencies(text, start, end),
        *_ratios(text, start, end),
        *map(_money, find_money(text, start, end)),
        *map(_duration, find_durations(text, start, end)),
        *map(_count, find_counts(text, start, end)),
    ]
    return _apart(found)


def find_bare(text: str, start: int, end: int, taken: Iterable[Number]) -> Iterator[Number]:
    """Yield the numbers without a unit behind "from", "to" and the like; they have that of *taken*.

    Args:
        text: The text of the document.
        start: Offset of the sentence.
        end: Offset past it.
        taken: The figures of the sentence.
    """
    known = tuple(taken)
    plain = [match.span() for match in _PLAIN.finditer(text, start, end)]
    for match in _BARE.finditer(text, start, end):
        value = _decimal(match["low"])
        near = _nearest(known, match.start())
        if near and near.type == "duration" and any(a <= match.start() < b for a, b in plain):
            near = attrs.evolve(near, type="count", unit="")
        if near and not _overlaps(known, match) and value not in _YEARS:
            yield attrs.evolve(
                near, start=match.start(), end=match.end(), low=value, high=value, counted=None
            )


def is_from(text: str, start: int) -> bool:
    """Return whether "from" stands in front of the figure at *start*."""
    return text[max(start - 20, 0) : start].rstrip().endswith(("from", "from about", "from around"))


def split_change(text: str, number: Number) -> Iterator[Number]:
    """Yield the two figures of "from 1,200 to 3,050 users", which is no range; else *number*."""
    middle = text.find(" to ", number.start, number.end)
    if number.low == number.high or middle < 0 or not is_from(text, number.start):
        yield number
        return
    yield attrs.evolve(number, end=middle, high=number.low, counted=None)
    yield attrs.evolve(number, start=middle + len(" to "), low=number.high)


def _nearest(known: tuple[Number, ...], start: int) -> Number | None:
    """Return the figure a bare number is one more of: the last in front of it, else the next."""
    usable = [number for number in known if number.type in {"count", "duration"}]
    in_front = [number for number in usable if number.end <= start]
    return in_front[-1] if in_front else next(iter(usable), None)


def _overlaps(known: Iterable[Number], match: re.Match[str]) -> bool:
    return any(n.start < match.end() and match.start() < n.end for n in known)


def _apart(found: list[Number]) -> tuple[Number, ...]:
    """Return the longest of those that overlap, in order."""
    kept: list[Number] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if kept and number.start < kept[-1].end:
            if number.end - number.start > kept[-1].end - kept[-1].start:
                kept[-1] = number
        else:
            kept.append(number)
    return tuple(kept)


def _percentages(text: str, start: int, end: int) -> Iterator[Number]:
    if text.find("%", start, end) < 0 and text.find("cent", start, end) < 0:
        return
    for match in _PERCENT.finditer(text, start, end):
        low, high = _decimal(match["low"]), _decimal(match["high"] or match["low"])
        value: tuple[Decimal | None, Decimal | None] = low, high
        points = "point" in match["unit"]
        begins, sign = read_sign(text, match.start())
        if sign and begins >= start:
            value = (-low, -high) if sign == "minus" and low == high else (None, None)
        yield Number(
            type="percentage",
            start=max(begins, start),
            end=match.end(),
            low=value[0],
            high=value[1],
            unit="percentage points" if points else "percent",
        )


def _rates(text: str, start: int, end: int) -> Iterator[Number]:
    if text.find("00", start, end) < 0:
        return
    for match in _RATE.finditer(text, start, end):
        value = _decimal(match["low"])
        yield Number(
            type="rate",
            start=match.start(),
            end=match.end(),
            low=value,
            high=value,
            unit=f"per {match['base']}",
            counted=match.start("of") + 1 if match["of"] else None,
        )


def _scores(text: str, start: int, end: int) -> Iterator[Number]:
    for match in _SCORE.finditer(text, start, end):
        low, base = read_number(match["low"]), read_number(match["base"])
        joined = match["join"].strip().lower()
        if low is None or base is None or low > base or base in _YEARS or base < 2:  # noqa: PLR2004
            continue
        share = joined != "out of"
        yield Number(
            type="share" if share else "score",
            start=match.start(),
            end=match.end(),
            low=Decimal(low),
            high=Decimal(low),
            unit=f"{'in' if joined == 'in' else 'of'} {base}",
        )


def _fractions(text: str, start: int, end: int) -> Iterator[Number]:
    if text.find(" of ", start, end) < 0:
        return
    for match in _FRACTION.finditer(text, start, end):
        words = re.split(r"[ -]", match["low"].lower())
        part = next(parts for word, parts in _PARTS.items() if words[-1].startswith(word))
        top = _TOPS.get(words[0], 1)
        low = Decimal(top)
        stop = match.end("low")
        yield Number(
            type="share", start=match.start(), end=stop, low=low, high=low, unit=f"of {part}"
        )


def _parts(text: str, start: int, end: int) -> Iterator[Number]:
    if text.find(" of ", start, end) < 0:
        return
    for match in _PART_OF.finditer(text, start, end):
        yield _single("share", match, match["low"] or match["low_of"], "of them")


def _frequencies(text: str, start: int, end: int) -> Iterator[Number]:
    for match in _FREQUENCY.finditer(text, start, end):
        yield _single("frequency", match, match["low"], match["unit"])


def _ratios(text: str, start: int, end: int) -> Iterator[Number]:
    if text.find("0.", start, end) < 0:
        return
    for match in _RATIO.finditer(text, start, end):
        yield attrs.evolve(_single("rate", match, match["low"], "ratio"), start=match.start("low"))


def _single(type_: str, match: re.Match[str], written: str, unit: str) -> Number:
    """Return the figure of one number, in digits or in words."""
    low = _whole(written) or _decimal(written)
    return Number(type=type_, start=match.start(), end=match.end(), low=low, high=low, unit=unit)


def _money(reading: Reading[Money]) -> Number:
    value = reading.value
    return Number(
        type="money",
        start=reading.span.start,
        end=reading.span.end,
        low=value.low if value else None,
        high=value.high if value else None,
        unit=value.currency if value else "GBP",
    )


def _duration(reading: Reading[Duration]) -> Number:
    value = reading.value
    low = Decimal(value.days) if value else None
    high = Decimal(value.days_high) if value and value.days_high else low
    return Number(
        type="duration",
        start=reading.span.start,
        end=reading.span.end,
        low=low,
        high=high,
        unit="days",
    )


def _count(reading: Reading[Count]) -> Number:
    value, span = reading.value, reading.span
    low = high = Decimal(value.value) if value else None
    counted = None
    unit = "things"
    if value:
        unit, counted = value.unit, span.end - len(value.unit)
    else:
        ends = re.match(r"(?:between )?(\S+)(?: ?[-–] ?| to | and | or )(\S+) (?=\S)", reading.text)
        if ends:
            low, high = (_whole(ends[1]), _whole(ends[2]))
            unit, counted = reading.text[ends.end() :], span.start + ends.end()
    return Number(
        type="count",
        start=span.start,
        end=span.end,
        low=low,
        high=high,
        unit=unit,
        counted=counted,
    )


def _whole(written: str) -> Decimal | None:
    value = read_number(written)
    return None if value is None else Decimal(value)


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))
