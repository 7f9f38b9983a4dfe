"""Look up an authority by its name as printed, or by its code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from cqcparse.registry.data import load_authorities, load_other_authorities
from cqcparse.registry.names import Style, council_parts, key, squeeze, word_set, written_out
from cqcparse.registry.records import AuthorityRecord, OtherAuthority

_POSSESSIVE = re.compile(r"['’]s?\s*$")
#: Which styles of name do not go with a type of authority.
_WRONG_STYLE: dict[str, frozenset[Style]] = {
    "london-borough": frozenset({"county", "district"}),
    "metropolitan": frozenset({"county", "london"}),
    "county": frozenset({"city", "borough", "london", "district"}),
    "unitary": frozenset({"london", "district"}),
}
#: What joins the places in a name of several: the first alone is a usual short form.
_JOINT = re.compile(r" (?:and|with|upon|on) |,")
#: Forms of the name of a combined authority; any name with one of them is that of one.
_COMBINED = re.compile(r"^(.*?)(?: mayoral)?(?: county)? combined(?: county)? authority$")


@cache
def authorities() -> tuple[AuthorityRecord, ...]:
    """Return all authorities of the register, in the order of their codes.

    Examples:
        >>> from cqcparse import registry
        >>> len(registry.authorities())
        153
    """
    return load_authorities()


@cache
def other_authorities() -> tuple[OtherAuthority, ...]:
    """Return the bodies named like councils that have no duties for adult social care in England.

    They are the abolished councils that had them, combined authorities, districts, and the
    councils of Wales, Scotland and Northern Ireland.

    Examples:
        >>> from cqcparse import registry
        >>> any(body.name == "Cumbria County Council" for body in registry.other_authorities())
        True
    """
    return load_other_authorities()


def find_authority(name: str) -> AuthorityRecord | None:
    """Return the authority that goes by *name* in print; None if the register has none.

    ``London Borough of Camden``, ``Camden Council`` and ``Camden`` are one authority; case,
    hyphens, apostrophes and "&" make no difference, and neither does the order in ``Bristol, City
    of`` or a usual short form: ``W Berks``, ``Blackburn``. ``Camden County Council`` is none. A
    name is never corrected: see :func:`suggest_authorities` for what a misspelt one may mean.

    Args:
        name: The name as printed.

    Examples:
        >>> from cqcparse import registry
        >>> registry.find_authority("Kent CC").ons_code
        'E10000016'
    """
    return _find(name) or _find(_POSSESSIVE.sub("", name)) or _find_short(name)


def find_other_authority(name: str) -> OtherAuthority | None:
    """Return the body that goes by *name* and has no duties for adult social care in England.

    Args:
        name: The name as printed, such as ``Cumbria County Council`` or ``Cardiff``.

    Returns:
        None if the register of such bodies has none, or if *name* is that of an authority.

    Examples:
        >>> from cqcparse import registry
        >>> registry.find_other_authority("Cumbria County Council").name
        'Cumbria County Council'
    """
    return None if _find(name) or _find(written_out(name)) else _find_other(name)


def _find(name: str) -> AuthorityRecord | None:
    """Return the authority that goes by exactly *name*, or by a style around its area."""
    if record := by_name().get(key(name)):
        return record
    if "(" in name and (record := _by_words().get(word_set(key(name)))):
        return record
    area, style = council_parts(name)
    record = by_name().get(area)
    return None if record is None or _contradicts(style, record) else record


def _find_short(name: str) -> AuthorityRecord | None:
    """Return the authority that a short or turned form of its name means, if no other body does."""
    written = written_out(name)
    if record := _find(written):
        return record
    if _find_other(name):
        return None
    if record := _by_squeezed().get(squeeze(name)):
        return record
    area, style = council_parts(written)
    for table, printed in ((_by_words(), word_set(area)), (_by_first_place(), area)):
        record = table.get(printed)
        if record is not None and not _contradicts(style, record):
            return record
    return None


def _find_other(name: str) -> OtherAuthority | None:
    """Return the other body by its name, or by its area with a style that goes with its kind."""
    written = written_out(name)
    if combined := _COMBINED.match(written):
        known = _others().get((combined[1], False))
        return known or OtherAuthority(name=" ".join(name.split()), area=name, kind="combined")
    area, style = council_parts(written)
    for printed in (written, area):
        if (known := _others().get((printed, style == "county"))) is not None:
            return known
    return None


def _contradicts(style: Style, record: AuthorityRecord) -> bool:
    """Return whether the *style* of a name ("County Council") belongs to another council."""
    if style == "county" and record.type == "unitary":
        return "City" in record.name or "Borough" in record.name
    return style in _WRONG_STYLE[record.type]


def find_authority_by_code(ons_code: str) -> AuthorityRecord | None:
    """Return the authority with this code of the Office for National Statistics, new or old.

    Examples:
        >>> from cqcparse import registry
        >>> registry.find_authority_by_code("E10000016").short_name
        'Kent'
    """
    return _by_code().get(ons_code.strip().upper())


@cache
def by_name() -> dict[str, AuthorityRecord]:
    """Return the authorities by the keys of their names and of their areas."""
    table: dict[str, AuthorityRecord] = {}
    for record in authorities():
        for name in (record.name, record.short_name, *record.aliases):
            table.setdefault(key(name), record)
            area, _ = council_parts(name)
            table.setdefault(area, record)
    return table


@cache
def _by_squeezed() -> dict[str, AuthorityRecord]:
    """Return the authorities by their names without separators."""
    return {squeeze(name): record for name, record in by_name().items()}


@cache
def _by_words() -> dict[str, AuthorityRecord]:
    """Return the authorities by the words of their areas in any order, where only theirs."""
    return _only((word_set(name), record) for name, record in by_name().items())


@cache
def _by_first_place() -> dict[str, AuthorityRecord]:
    """Return the authorities by the first of several places in their areas, where only theirs."""
    pairs = ((_JOINT.split(record.short_name), record) for record in authorities())
    return _only((key(places[0]), record) for places, record in pairs if len(places) > 1)


def _only(pairs: Iterable[tuple[str, AuthorityRecord]]) -> dict[str, AuthorityRecord]:
    """Return *pairs* as a table without the names that several authorities share."""
    table: dict[str, list[AuthorityRecord]] = {}
    for name, record in pairs:
        if record not in table.setdefault(name, []):
            table[name].append(record)
    return {name: records[0] for name, records in table.items() if len(records) == 1}


@cache
def _others() -> dict[tuple[str, bool], OtherAuthority]:
    """Return the other bodies by their keys, and whether the name says that it is a county's.

    A metropolitan county council had the area that a combined authority has now: the area by
    itself is that of the body that exists.
    """
    table: dict[tuple[str, bool], OtherAuthority] = {}
    existing_first = sorted(other_authorities(), key=lambda other: other.end is not None)
    for county, others in ((False, existing_first), (True, reversed(existing_first))):
        for other in others:
            for name in (other.name, other.area, *other.aliases):
                table.setdefault((key(name), county), other)
                table.setdefault((council_parts(name)[0], county), other)
    return table


@cache
def _by_code() -> dict[str, AuthorityRecord]:
    """Return the authorities by their codes, old ones included."""
    return {
        code: record
        for record in authorities()
        for code in (*record.former_ons_codes, record.ons_code)
    }
