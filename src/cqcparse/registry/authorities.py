"""Look up an authority by its name as printed, its code, or the address of its report."""

from __future__ import annotations

import re
from functools import cache

from cqcparse.registry.data import load_authorities
from cqcparse.registry.names import Style, council_parts, key, squeeze
from cqcparse.registry.records import AuthorityRecord

_WEB = re.compile(r"https?://[^/?#]*(?P<path>[^?#]*)", re.IGNORECASE)
_MONTH = re.compile(r"-(?:0[1-9]|1[0-2])[2-4][0-9](?=-|$)")
#: Inner pages of the first reports carry a number behind the slug.
_PAGE_NUMBER = re.compile(r"[0-9]{1,2}$")
_SUFFIX = re.compile(r"(?:\.[A-Za-z0-9]{1,5}){1,2}$")
_POSSESSIVE = re.compile(r"['’]s?\s*$")
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 7
#: Names that are also common words: in a file name they must stand alone, or nearly so.
_COMMON_WORDS = frozenset({"reading", "bury", "stoke", "banes", "rbk", "rbg", "bcp", "iow"})
_FILLER = frozenset(
    """
cqc report reports assessment assessments local authority council city county borough london
royal metropolitan of the and la care quality commission adult social asc theme final full
summary overall landing page pilot needs support equity provision partnerships partnership
communities pathways safeguarding governance learning text html pdf
""".split()
)
#: Which styles of name do not go with a type of authority.
_WRONG_STYLE: dict[str, frozenset[Style]] = {
    "london-borough": frozenset({"county"}),
    "metropolitan": frozenset({"county", "london"}),
    "county": frozenset({"city", "borough", "london"}),
    "unitary": frozenset({"london"}),
}
#: Folders above the file whose names are looked at.
_FOLDERS = 2


@cache
def authorities() -> tuple[AuthorityRecord, ...]:
    """Return all authorities of the register, in the order of their codes."""
    return load_authorities()


def find_authority(name: str) -> AuthorityRecord | None:
    """Return the authority that goes by *name* in print; None if the register has none.

    ``London Borough of Camden``, ``Camden Council`` and ``Camden`` are one authority; case,
    hyphens, apostrophes and "&" make no difference. ``Camden County Council`` is none.

    Args:
        name: The name as printed.
    """
    record = _find(name)
    return record or _find(_POSSESSIVE.sub("", name))


def _find(name: str) -> AuthorityRecord | None:
    """Return the authority that goes by exactly *name*, or by a style around its area."""
    if record := _by_name().get(key(name)):
        return record
    area, style = council_parts(name)
    record = _by_name().get(area)
    return None if record is None or _contradicts(style, record) else record


def _contradicts(style: Style, record: AuthorityRecord) -> bool:
    """Return whether the *style* of a name ("County Council") belongs to another council."""
    if style == "county" and record.type == "unitary":
        return "City" in record.name or "Borough" in record.name
    return style in _WRONG_STYLE[record.type]


def find_authority_by_code(ons_code: str) -> AuthorityRecord | None:
    """Return the authority with this code of the Office for National Statistics, new or old."""
    return _by_code().get(ons_code.strip().upper())


def find_authority_by_address(source: str) -> AuthorityRecord | None:
    """Return the authority whose report stands at *source*: an address, file name or path.

    Page addresses of the Care Quality Commission are looked up by their slug. In a file name the
    authority's name may have any separators and the words of a report beside it
    (``camden-0225-theme2``, ``Hammersmith & Fulham report.pdf``); failing that, the two folders
    around the file are tried, which must be named like the authority and nothing else.
    """
    web = _WEB.match(source)
    path = _unquoted(web["path"] if web else source)
    parts = [part for part in re.split(r"[/\\]", path) if part not in {"", ".", ".."}]
    if not parts:
        return None
    if web:
        return next(filter(None, map(_by_segment, reversed(parts))), None)
    name = _SUFFIX.sub("", parts[-1])
    if record := _by_segment(name) or _by_segment(parts[-1]):
        return record
    return next(filter(None, map(_by_whole, reversed(parts[-1 - _FOLDERS : -1]))), None)


def _unquoted(path: str) -> str:
    """Return *path* with its percent escapes read."""
    if "%" not in path:
        return path
    from urllib.parse import unquote  # noqa: PLC0415 - hardly any path needs it

    return unquote(path)


def _by_segment(segment: str) -> AuthorityRecord | None:
    """Return the authority of one part of a path: by slug, else by name with words around it."""
    return _by_whole(segment) or _named_in(segment)


def _by_whole(segment: str) -> AuthorityRecord | None:
    """Return the authority of a part of a path that is its slug or its name, month and all."""
    slug = segment.lower()
    month = _MONTH.search(slug)
    base = slug[: month.start()] if month else _PAGE_NUMBER.sub("", slug)
    return _by_slug().get(slug) or _by_slug().get(base) or _by_squeezed().get(squeeze(base))


def _named_in(segment: str) -> AuthorityRecord | None:
    """Return the only authority whose name stands in a file name; None if there are several."""
    words = [word.group().lower() for word in _WORD.finditer(segment.replace("&", " and "))]
    found: list[AuthorityRecord] = []
    others: list[str] = []
    common = False
    index = 0
    while index < len(words):
        length, record = _name_at(words, index)
        if record is None:
            others.append(words[index])
        else:
            found.append(record)
            common |= words[index] in _COMMON_WORDS and length == 1
        index += length
    if len({record.ons_code for record in found}) != 1:
        return None
    if common and not all(word in _FILLER or word.isdecimal() for word in others):
        return None
    return found[0]


def _name_at(words: list[str], index: int) -> tuple[int, AuthorityRecord | None]:
    """Return how many words the longest name at *index* has, and whose it is; else 1 and None."""
    for length in range(min(_LONGEST, len(words) - index), 0, -1):
        if record := _by_squeezed().get("".join(words[index : index + length])):
            return length, record
    return 1, None


@cache
def _by_name() -> dict[str, AuthorityRecord]:
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
    return {squeeze(name): record for name, record in _by_name().items()}


@cache
def _by_slug() -> dict[str, AuthorityRecord]:
    """Return the authorities by the slugs of their pages, with and without the month."""
    table: dict[str, AuthorityRecord] = {}
    for record in authorities():
        for slug in record.slugs:
            table[slug.lower()] = record
            table.setdefault(_MONTH.sub("", slug.lower()), record)
    return table


@cache
def _by_code() -> dict[str, AuthorityRecord]:
    """Return the authorities by their codes, old ones included."""
    return {
        code: record
        for record in authorities()
        for code in (*record.former_ons_codes, record.ons_code)
    }
