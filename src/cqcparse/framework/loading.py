"""Framework profiles from TOML: read, checked, and refused in one clear sentence."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from cqcparse.errors import DataError
from cqcparse.framework.matching import words_of
from cqcparse.framework.profile import Framework
from cqcparse.model.identifiers import RULE, is_name
from cqcparse.reading.data_files import read_data_file, toml_table
from cqcparse.reading.typed_tables import built

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@cache
def builtin_frameworks() -> tuple[Framework, ...]:
    """Return the profiles that come with the package, the one to prefer first."""
    folder = Path(__file__).with_name("profiles")
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=str)
    profiles = [load_framework(file) for file in files]
    return tuple(sorted(profiles, key=lambda profile: not profile.local_authority))


def load_framework(file: str | os.PathLike[str] | Traversable) -> Framework:
    """Read a framework profile.

    Args:
        file: Path of a TOML file, or a file among the data of a package.

    Raises:
        DataError: If the file cannot be read, or is not a valid profile.
    """
    source = Path(file) if isinstance(file, (str, os.PathLike)) else file
    name = str(source)
    table = toml_table(read_data_file(source, "the profile"), name)
    framework = built(Framework, table, name, "the profile")
    for problem in _problems(framework):
        raise DataError(name, problem)
    return framework


def _problems(framework: Framework) -> Iterator[str]:
    """Yield what contradicts itself in a profile whose types are right."""
    yield from _id_problems(framework)
    yield from _reference_problems(framework)
    yield from _wording_problems(framework)
    yield from _scale_problems(framework)


def _id_problems(framework: Framework) -> Iterator[str]:
    topics = [topic for statement in framework.statements for topic in statement.topics]
    for name, items in (
        ("theme", framework.themes),
        ("statement", framework.statements),
        ("heading", framework.headings),
        ("topic", topics),
        ("page", framework.pages),
        ("profile", [framework]),
    ):
        ids = [item.id for item in items]
        for id_, count in Counter(ids).items():
            if count > 1:
                yield f"the {name} id {id_!r:.60} occurs {count} times"
        for id_ in ids:
            if not is_name(id_):
                yield f"the {name} id {id_!r:.60} must be {RULE}"
    for id_ in (*(f.id for f in framework.figures), *(a.id for a in framework.aspects)):
        if not is_name(id_):
            yield f"the id {id_!r:.60} of a figure must be {RULE}"


def _reference_problems(framework: Framework) -> Iterator[str]:
    themes = {theme.id for theme in framework.themes}
    for statement in framework.statements:
        if statement.theme not in themes:
            yield f"statement {statement.id!r:.60} names the unknown theme {statement.theme!r:.60}"
    headings = {heading.id for heading in framework.headings}
    for id_ in framework.overall.headings:
        if id_ not in headings:
            yield f"'overall' names the unknown heading {id_!r:.60}"
    for name, items in (("figure", framework.figures), ("page", framework.pages)):
        for item in items:
            for id_ in item.headings:
                if id_ not in headings:
                    yield f"{name} {item.id!r:.60} names the unknown heading {id_!r:.60}"


def _wording_problems(framework: Framework) -> Iterator[str]:
    """Yield titles that say nothing, and titles of two statements that look the same."""
    key = framework.matcher.key
    owners: dict[str, str] = {}
    for statement in framework.statements:
        for title in (statement.title, *statement.variants):
            if not key(title):
                yield f"statement {statement.id!r:.60} has a title without words: {title!r:.60}"
            if owners.setdefault(key(title), statement.id) != statement.id:
                yield (
                    f"the title {title!r:.60} of statement {statement.id!r:.60} cannot be told "
                    f"from one of statement {owners[key(title)]!r:.60}"
                )
    for heading in framework.headings:
        if not any(map(words_of, heading.titles)):
            yield f"heading {heading.id!r:.60} has no titles with words in them"
    if not framework.score.labels or not all(map(words_of, framework.score.labels)):
        yield "'labels' of 'score' must be words, one label or more"


def _scale_problems(framework: Framework) -> Iterator[str]:
    values = [level.value for level in framework.scores]
    if not values or values != list(range(values[0], values[0] + len(values))):
        yield f"the scores must be consecutive values in rising order, not {values!s:.60}"
    ratings = {level.rating for level in framework.scores}
    for band in framework.bands:
        if band.rating not in ratings:
            yield f"the band {band.low}-{band.high} has the rating {band.rating!r:.60} of no score"
        if band.low > band.high:
            yield f"the band of {band.rating!r:.60} runs backwards, from {band.low} to {band.high}"
    for lower, upper in pairwise(framework.bands):
        if upper.low != lower.high + 1:
            both = f"{lower.rating!r:.60} and {upper.rating!r:.60}"
            yield f"the bands of {both} do not follow each other"
