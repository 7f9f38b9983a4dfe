"""Look up an authority by where its report stands: an address, a file name or a path."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from cqcparse.registry.authority_lookup import authorities, by_name
from cqcparse.registry.names import squeeze
from cqcparse.registry.records import AuthorityRecord

_WEB = re.compile(r"https?://[^/?#]*(?P<path>[^?#]*)", re.IGNORECASE)
_MONTH = re.compile(r"-(?:0[1-9]|1[0-2])[2-4][0-9](?=-|$)")
#: Inner pages of the first reports carry a number behind the slug.
_PAGE_NUMBER = re.compile(r"[0-9]{1,2}$")
_SUFFIX = re.compile(r"(?:\.[A-Za-z0-9]{1,5}){1,2}$")
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
#: Words that make another place of the name behind them: New York.
_PART_OF = frozenset(
    "new north south east west mid central greater great upper lower inner outer".split()
)
#: Folders above the file whose names are looked at.
_FOLDERS = 2
#: The month behind the name in the address of a page, such as ``camden-0225-theme1-needs``.
_DATED = re.compile(r"[a-z]-(0[1-9]|1[0-2])(2[3-9]|3[0-9])(?![0-9a-z])", re.IGNORECASE)
#: Parts at the end of an address that may hold it: ``camden-0225/theme1/needs``.
_DATED_PARTS = 3


def find_authority_by_address(source: str) -> AuthorityRecord | None:
    """Return the authority whose report stands at *source*: an address, file name or path.

    Page addresses of the Care Quality Commission are looked up by their slug. In a file name the
    authority's name may have any separators and the words of a report beside it
    (``camden-0225-theme2``, ``Hammersmith & Fulham report.pdf``); failing that, the two folders
    around the file are tried, which must be named like the authority and nothing else.

    Examples:
        >>> from cqcparse import registry
        >>> registry.find_authority_by_address("reports/camden-0225/governance.html").short_name
        'Camden'
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


def month_in_address(source: str) -> dt.date | None:
    """Return the first day of the month in the address or path of a page; None if it has none.

    The Care Quality Commission puts it behind the name of the authority:
    ``camden-0225-theme1-needs``. It is near that of publication.
    """
    parts = re.split(r"[/\\]", source.partition("?")[0])
    for part in reversed(parts[-_DATED_PARTS:]):
        found = _DATED.search(part)
        if found and find_authority_by_address(part):
            return dt.date(2000 + int(found[2]), int(found[1]), 1)
    return None


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
        part = index > 0 and words[index - 1] in _PART_OF
        if record is None or part:
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
def _by_squeezed() -> dict[str, AuthorityRecord]:
    """Return the authorities by their names without separators."""
    return {squeeze(name): record for name, record in by_name().items()}


@cache
def _by_slug() -> dict[str, AuthorityRecord]:
    """Return the authorities by the slugs of their pages, with and without the month."""
    table: dict[str, AuthorityRecord] = {}
    for record in authorities():
        for slug in record.slugs:
            table[slug.lower()] = record
            table.setdefault(_MONTH.sub("", slug.lower()), record)
    return table
