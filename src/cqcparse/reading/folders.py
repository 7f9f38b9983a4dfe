"""Folders -> files that look like reports, and what each is called there."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

#: Suffixes of the files that a folder is searched for, the plainest format first.
SUFFIXES = (".txt", ".md", ".html", ".htm", ".mhtml", ".mht", ".eml", ".docx", ".pdf")

#: Files that describe a folder rather than belong to it.
_PASSED_OVER = frozenset({"readme", "licence", "license", "changelog"})

#: Stands in each folder that holds a site about reports, whose pages are no reports themselves.
SITE_MARKER = ".cqcparse-site"


def reports_in(
    folder: Path,
    suffixes: Sequence[str] = SUFFIXES,
    failed: Callable[[OSError], None] | None = None,
) -> tuple[Path, ...]:
    """Return the files below *folder* that look like reports, in order of their paths.

    Hidden files and folders are passed over, and so are pipes and devices and the pages of a site
    that was written there; links to folders are not followed.

    Args:
        folder: Where to search.
        suffixes: In lower case with the dot.
        failed: Is told of each folder that cannot be searched.
    """
    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=failed):
        if SITE_MARKER in names:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += (Path(place, name) for name in names if _looks_like_a_report(Path(name), suffixes))
    return tuple(sorted(path for path in found if not _blocks(path)))


def _blocks(path: Path) -> bool:
    """Return whether reading *path* could wait for ever: a pipe, a socket or a device."""
    try:
        mode = path.stat().st_mode
    except OSError:  # a broken link: reading it says what is wrong
        return False
    return not stat.S_ISREG(mode)


def _looks_like_a_report(name: Path, suffixes: Sequence[str]) -> bool:
    return (
        name.suffix.lower() in suffixes
        and not name.name.startswith(".")
        and name.stem.lower() not in _PASSED_OVER
    )


def base_of(paths: Iterable[str | os.PathLike[str]]) -> str | None:
    """Return the folder that holds all that was asked for; None if no folder does.

    It is a folder that was asked for itself, else the one that all of them are in.

    Args:
        paths: Files and folders as they were asked for.
    """
    folders = []
    for path in paths:
        try:
            whole = _absolute(os.fspath(path))
            folders.append(whole if os.path.isdir(whole) else os.path.dirname(whole))  # noqa: PTH112, PTH120 - may hold NUL
        except ValueError:  # no file has such a name
            continue
    try:
        return os.path.commonpath(folders) if folders else None
    except ValueError:  # on several drives
        return None


def relative_to(base: str | None, source: str) -> str:
    """Return what a file is called in a folder, with ``/``; its name as it is if it is elsewhere.

    So two people who ask for the same folder see the same names, wherever it is on their machines.

    Args:
        base: The folder.
        source: Path of a file or folder, or a name.
    """
    if base is None:
        return source
    try:
        whole = _absolute(source)
        if not os.path.lexists(whole) or os.path.commonpath((base, whole)) != base:
            return source
    except ValueError:
        return source
    return os.path.relpath(whole, base).replace(os.sep, "/")


def _absolute(path: str) -> str:
    """Return a path from the root, with links as they are: a link to a report has its own name."""
    return os.path.abspath(path)  # noqa: PTH100 - resolve() follows links
