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

    @property
    def reason(self) -> str:
        """Why the profile was chosen, as a clause for a message."""
        if not self.markers:
            return "nothing in the text is typical of another profile"
        return "the text has " + ", ".join(repr(marker) for marker in self.markers[:3])


def choose_framework(text: str, frameworks: Sequence[Framework]) -> FrameworkChoice:
    """Return the profile whose phrases the text contains most of; of equals, the first.

    Short lines decide if any phrase is in them, else the whole text.

    Args:
        text: The text of a document.
        frameworks: Profiles to choose from, the preferred first; at least one.
    """
    short = "\n".join(line for line in text.splitlines() if len(line) <= _SHORT)
    best = _best(short, frameworks)
    return best if best.markers or len(short) == len(text) else _best(text, frameworks)


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


def _weight(choice: FrameworkChoice) -> int:
    """Return how much speaks for a profile; what speaks against it does not speak for others."""
    return len(choice.markers) and len(choice.markers) - len(choice.counter_markers)


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
