"""The table of Acts, and the identifiers that are built from it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

_YEAR = re.compile(r" (\d{4})$")


@attrs.frozen(kw_only=True)
class Act:
    """One entry of the table."""

    #: Full name, with the year if it has one.
    name: str
    #: ``act``, or what it is instead.
    type: str = "act"
    #: Place below https://www.legislation.gov.uk/; None if it is not legislation.
    uri: str | None = None
    #: The Act it stands on, by its full name; for an Act its own name.
    act: str | None = None

    @property
    def year(self) -> str | None:
        """The year at the end of the name."""
        match = _YEAR.search(self.name)
        return match[1] if match else None


@attrs.frozen(kw_only=True)
class Meaning:
    """What a section alone means."""

    act: str
    #: Beginnings of words one of which must stand near; none if the number is enough.
    words: tuple[str, ...] = ()

    def fits(self, near: str) -> bool:
        """Return whether the words around, in lower case, allow this meaning."""
        return not self.words or any(word in near for word in self.words)


def identifier(uri: str, unit: str, number: str) -> str:
    """Return the place of a section, part or schedule below https://www.legislation.gov.uk/.

    Args:
        uri: Place of the Act.
        unit: ``section``, ``part`` or ``schedule``.
        number: As printed, such as ``42(2)(a)``.

    Examples:
        >>> identifier("ukpga/2014/23", "section", "42(2)")
        'ukpga/2014/23/section/42/2'
    """
    return "/".join([uri, unit, *re.findall(r"\w+", number)])


@cache
def acts_by_short_name() -> dict[str, tuple[Act, ...]]:
    """Return the Acts by their names without the year, the longest name first.

    Acts of one name are in the order of the table: without a year, the first is meant.
    """
    named: dict[str, tuple[Act, ...]] = {}
    for act, also in _acts():
        for short in dict.fromkeys(_YEAR.sub("", name) for name in (act.name, *also)):
            named[short] = (*named.get(short, ()), act)
    return dict(sorted(named.items(), key=lambda item: -len(item[0])))


def act_called(name: str) -> Act | None:
    """Return the Act with the full name *name*, with its year."""
    return next(
        (act for act in acts_by_short_name().get(_YEAR.sub("", name), ()) if act.name == name), None
    )


@cache
def others_by_name() -> dict[str, Act]:
    """Return what is no Act, and Acts with an acronym, by every way to write them."""
    named: dict[str, Act] = {}
    for other, also in _others():
        for name in (other.name, *also):
            for form in (name, *_small(name)):
                named.setdefault(form, other)
    for act, also in _acts():
        named |= {name: act for name in also if name.isupper()}
    return named


@cache
def meanings(number: str) -> tuple[Meaning, ...]:
    """Return what section *number* alone may mean, the likeliest first."""
    return tuple(
        Meaning(act=row["act"], words=tuple(_split(row.get("words", ""))))
        for row in _table()["section"]
        if row["number"] == number
    )


def _small(name: str) -> Iterable[str]:
    """Return the name in small letters, unless it is an acronym or a title."""
    titles = {"Right Care, Right Person", "Right Care Right Person"}
    return () if " " not in name or name in titles or "GDPR" in name else (name.lower(),)


def _acts() -> Iterator[tuple[Act, tuple[str, ...]]]:
    for name, row in _table()["acts"].items():
        yield Act(name=name, uri=row["uri"], act=name), tuple(row.get("also", ()))


def _others() -> Iterator[tuple[Act, tuple[str, ...]]]:
    uris = {act.name: act.uri for act, _ in _acts()}
    for name, row in _table()["others"].items():
        on = row.get("on")
        uri = row.get("uri")
        if on and row.get("part"):
            uri = f"{uris[on]}/{row['part']}"
        other = Act(name=name, type=row["type"], uri=uri, act=on)
        yield other, tuple(row.get("also", ()))


def _split(listed: str) -> Iterator[str]:
    return (word.strip() for word in listed.split(",") if word.strip())


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "acts.toml").read_text("utf-8"))
