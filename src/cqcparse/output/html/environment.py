"""Templates -> pages: one jinja2 environment for viewer and site, in which data stays text."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from cqcparse.output.html.words import name_of, plural

#: What HTML has no characters for: NUL, and halves of surrogate pairs.
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")
#: What a link may lead to outside of the pages.
_WEB = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)


@cache
def environment(**packages: str) -> Environment:
    """Return an environment in which all that a template is given is escaped, and nothing lacks.

    Args:
        packages: Packages with further templates, by the prefix of their names; the shared ones
            are ``html/...``.
    """
    homes = {"html": "cqcparse.output.html", **packages}
    made = Environment(
        loader=PrefixLoader({prefix: PackageLoader(name) for prefix, name in homes.items()}),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=possible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "named": name_of,
        "plural": plural,
        "web": web_address,
        "base": base,
        "day": day,
        "short_day": short_day,
    }
    return made


def possible(value: Any) -> Any:  # noqa: ANN401 - jinja2 hands it any value
    """Return *value*, a text with U+FFFD for each character that HTML cannot hold."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _IMPOSSIBLE.sub("\ufffd", value)
    return value


def web_address(text: str | None) -> str | None:
    """Return *text* if it is an address on the web; None for anything else that could be a link."""
    return text if text is not None and _WEB.fullmatch(text) else None


def base(path: str) -> str:
    """Return the last part of a path or an address."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def day(value: Any) -> str:  # noqa: ANN401 - a date
    """Return a date as people write it: 7 June 2025."""
    return f"{value.day} {value:%B} {value.year}"


def short_day(value: Any) -> str:  # noqa: ANN401 - a date
    """Return a date as a table has it: 7 Jun 2025."""
    return f"{value.day} {value:%b} {value.year}"


def digest(source: str) -> str:
    """Return what a content policy calls a style or a script that stands in the page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


@cache
def asset(package: str, name: str) -> str:
    """Return a style or a script that stands beside the templates of *package*."""
    return (files(package) / name).read_text(encoding="utf-8")


def own(source: str) -> Markup:
    """Return a style or script of the package for a page that it stands in."""
    return Markup(source)  # noqa: S704 - ours: no character of it is from a report
