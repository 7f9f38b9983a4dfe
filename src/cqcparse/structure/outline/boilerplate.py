"""Which paragraphs repeat what the profile prints for every report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from cqcparse.framework import Framework
from cqcparse.framework.matching import words_of

#: Longest paragraph that is compared, in code points, and the fewest words worth comparing.
MAX_LENGTH, _MIN_WORDS = 700, 5
#: Share of a paragraph's words that must stand in the official wording.
_SHARE = 0.8


def boilerplate_role(
    paragraph: str, framework: Framework, statement: str | None
) -> Literal["expectations", "commitment"] | None:
    """Return the role of a paragraph that repeats official wording, with small differences or not.

    Args:
        paragraph: The paragraph.
        framework: The profile with the wording.
        statement: Id of the statement it stands under; None to compare with all.
    """
    if len(paragraph) > MAX_LENGTH or len(words := frozenset(words_of(paragraph))) < _MIN_WORDS:
        return None
    found = framework.statement(statement)
    for candidate in framework.statements if found is None else (found,):
        if _is_covered(words, candidate.expectations):
            return "expectations"
        if _is_covered(words, (candidate.commitment,)):
            return "commitment"
    return None


def _is_covered(words: frozenset[str], wording: Iterable[str]) -> bool:
    official = {word for text in wording for word in words_of(text)}
    return len(words & official) >= _SHARE * len(words)
