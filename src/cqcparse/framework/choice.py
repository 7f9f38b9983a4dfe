"""Which profile a text belongs to, by the phrases that only its reports print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import attrs

from cqcparse.framework.profile import Framework

#: Longest line that is looked at first; headings and notices are shorter than paragraphs.
_SHORT = 200


@attrs.frozen(kw_only=True)
class FrameworkChoice:
    """A profile, and why it was chosen."""

    framework: Framework
    #: Phrases of the profile that the text contains.
    markers: tuple[str, ...] = ()
    #: Phrases that rule the profile out, and that the text contains all the same.
    counter_markers: tuple[str, ...] = ()
    #: Of a profile that is not built in: a heading that only its reports have.
    heading: str | None = None

    @property
    def reason(self) -> str:
        """Why the profile was chosen, as a clause for a message."""
        if self.heading is not None:
            return f"the text has the heading {self.heading!r}"
        if not self.markers:
            return "nothing in the text is typical of another profile"
        return "the text has " + ", ".join(repr(marker) for marker in self.markers[:3])


def choose_framework(
    text: str, frameworks: Sequence[Framework], further: Sequence[Framework] = ()
) -> FrameworkChoice:
    """Return the profile whose phrases the text contains most of; of equals, the first.

    Short lines decide if any phrase is in them, else the whole text. A further profile is applied
    only if one of its telling headings stands on a line that none of the others knows: phrases
    that reports have in common, however many, never move a report from one profile to another.

    Args:
        text: The text of a document.
        frameworks: Profiles to choose from, the preferred first; at least one.
        further: Those of plugins.
    """
    lines = [line for line in text.splitlines() if len(line) <= _SHORT]
    short = "\n".join(lines)
    choice = _best(short, frameworks)
    if not choice.markers and len(short) != len(text):
        choice = _best(text, frameworks)
    for profile in further:
        heading = _own_heading(lines, profile, frameworks)
        if heading is not None:
            other = attrs.evolve(_best(text, [profile]), heading=heading)
            choice = max(choice, other, key=_weight)
    return choice


def can_be_told(profile: Framework, others: Sequence[Framework]) -> bool:
    """Return whether a report can be known for one of *profile* by a heading of its own.

    Args:
        profile: A profile that is not built in.
        others: The built-in ones, which know the headings of their reports.
    """
    telling = (heading for heading in profile.headings if heading.telling)
    titles = {title for heading in telling for title in heading.titles}
    # One with a slot is no line by itself, and is known as it stands in a profile.
    titles -= {title for other in others for heading in other.headings for title in heading.titles}
    return any(all(other.matcher.find(title) is None for other in others) for title in titles)


def _own_heading(
    lines: Iterable[str], profile: Framework, others: Sequence[Framework]
) -> str | None:
    """Return the first line that is a telling heading of *profile*, and of the others unknown."""
    telling = profile.telling_headings
    for line in map(str.strip, lines) if telling else ():
        known = profile.matcher.find(line) if line else None
        if known is None or known.id not in telling or known.kind != "heading":
            continue
        if all(other.matcher.find(line) is None for other in others):
            return line
    return None


def _best(text: str, frameworks: Iterable[Framework]) -> FrameworkChoice:
    low = " ".join(text.lower().split())
    choices = [
        FrameworkChoice(
            framework=framework,
            markers=_found(low, framework.markers),
            counter_markers=_found(low, framework.counter_markers),
        )
        for framework in frameworks
    ]
    return max(choices, key=_weight)


def _weight(choice: FrameworkChoice) -> tuple[int, bool]:
    """Return how much speaks for a profile; what speaks against it does not speak for others."""
    phrases = len(choice.markers) and len(choice.markers) - len(choice.counter_markers)
    return phrases, choice.heading is not None


def _found(low: str, markers: Iterable[str]) -> tuple[str, ...]:
    return tuple(marker for marker in markers if _contains(low, marker.lower()))


def _contains(low: str, marker: str) -> bool:
    if "{" not in marker:
        return marker in low
    first = marker.partition("{")[0]
    return first in low and _slotted(marker).search(low) is not None


@cache
def _slotted(marker: str) -> re.Pattern[str]:
    literals = re.split(r"\{[a-z_]+\}", marker)
    return re.compile(r".{1,60}?".join(map(re.escape, literals)))
