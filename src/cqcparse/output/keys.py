"""The keys that every table has: which report, authority and page a row is from."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.model.spans import EXCERPT
from cqcparse.model.tables import Row
from cqcparse.registry import find_authority_by_code
from cqcparse.registry.address_lookup import month_in_address

#: Most characters of a path or address on the systems that there are.
_PATH = 4_096
#: Begins the id of what is no report on an authority.
NO_REPORT = "document-"
#: Digits of a digest: two of a million documents have the same once in hundreds of times.
_DIGITS = 12
#: Most characters of a name that stands for a code.
_SLUG = 60
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def keys_of(of: Assessment | Report) -> Row:
    """Return the keys of a page that stands by itself, or of a whole report."""
    authority = of.authority
    code = authority.ons_code if authority else None
    record = find_authority_by_code(code) if code else None
    return {
        "report_id": report_id(of),
        "source": cut(of.source, _PATH),
        "authority": cut(authority.name) if authority else None,
        "ons_code": code,
        "authority_type": record.type if record else None,
        "region": record.region if record else None,
        "published": of.published,
        "url": cut(_pages(of)[0].document.address, _PATH),
    }


def keyed_pages(of: Assessment | Report) -> Iterator[tuple[Assessment, Row]]:
    """Yield each page with its keys: those of its report, but for its own source and address."""
    keys = keys_of(of)
    for page in _pages(of):
        yield page, keys | page_keys(page)


def page_keys(page: Assessment) -> Row:
    """Return the keys of a page that are its own, whatever report it is of."""
    return {
        "source": cut(page.source, _PATH),
        "url": cut(page.document.address, _PATH),
        "page_id": page_id(page),
    }


def page_id(page: Assessment) -> str:
    """Return the id of a page: the first digits of the SHA-256 of its text."""
    return hashlib.sha256(page.document.text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def digest_of(page: Assessment) -> str:
    """Return the digest of the file of a page; of what came from no file, that of its text."""
    try:
        content = Path(page.source or "").read_bytes()
    except (OSError, ValueError):
        content = page.document.text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()


def statement_id(keys: Row, statement: str | None) -> str | None:
    """Return the id of a quality statement of the report that *keys* are of."""
    return f"{keys['report_id']}/{statement}" if statement else None


def report_id(of: Assessment | Report) -> str:
    """Return the id of a report, or of the report that a page is from as far as the page tells.

    It is the ONS code of the authority (its name, where the register does not know it) with the
    month in the address of the page; else ``pilot`` for indicative scores, the month in which it
    was published, or ``undated``. What is no assessment, or of an unknown authority, has an id
    made from its text.
    """
    authority = of.authority
    if authority is not None and of.is_local_authority_assessment:
        body = authority.ons_code or _BETWEEN_WORDS.sub("-", authority.name.lower()).strip("-")
        if body:
            return f"{body[:_SLUG]}-{_occasion(of)}"
    return f"{NO_REPORT}{page_id(_pages(of)[0])}"


def cut(text: str | None, most: int = EXCERPT) -> str | None:
    """Return what many rows repeat, no longer than is sense."""
    return text if text is None or len(text) <= most else f"{text[: most - 1]}…"


def _pages(of: Assessment | Report) -> tuple[Assessment, ...]:
    return of.pages if isinstance(of, Report) else (of,)


def _occasion(of: Assessment | Report) -> str:
    """Return which assessment of its authority it is."""
    month = of.month if isinstance(of, Report) else _month(of)
    if month is None and of.indicative:
        return "pilot"
    day = month or of.published
    return day.isoformat()[: len("2025-02")] if day else "undated"


def _month(page: Assessment) -> dt.date | None:
    return month_in_address(page.document.address or "") or month_in_address(page.source or "")
