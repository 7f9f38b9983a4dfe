"""Calibration: how sure a rule is, read off how often it was right on gold reports."""

from __future__ import annotations

import tomllib
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

import attrs

from cqcparse.errors import DataError


@attrs.frozen(kw_only=True)
class RuleCount:
    """How many mentions a rule made on the gold reports, and how many of them were right."""

    right: int
    made: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.right <= self.made:
            msg = f"{self.right} of {self.made} mentions cannot be right"
            raise ValueError(msg)


@attrs.frozen(slots=False)
class Calibration:
    """The confidence of the rules of one extractor.

    Args:
        counts: What each rule did on the gold reports.
    """

    _counts: dict[str, RuleCount]

    def confidence(self, rule: str) -> float:
        """Return the expected share of right mentions among those *rule* makes, from 0 to 1.

        Right means that gold has a mention of the kind on exactly the same characters. A rule
        seen seldom is drawn towards the share of all rules together, as if it had made two
        mentions more of that share.
        """
        known = self._known.get(rule)
        if known is None:
            known = self._known[rule] = self._share(self._counts.get(rule, _UNSEEN))
        return known

    def _share(self, count: RuleCount) -> float:
        return round((count.right + _DRAWN * self._overall) / (count.made + _DRAWN), 2)

    @cached_property
    def _known(self) -> dict[str, float]:
        """The answers that were given before: a report asks for few rules many times."""
        return {}

    @cached_property
    def _overall(self) -> float:
        right = sum(count.right for count in self._counts.values())
        made = sum(count.made for count in self._counts.values())
        return (right + 1) / (made + 2)


_UNSEEN = RuleCount(right=0, made=0)
#: How many mentions of average quality a rule is credited with.
_DRAWN = 2


def load_calibration(source: Path | Traversable) -> Calibration:
    """Read a calibration from a TOML file with a table ``rules`` of ``{right, made}`` by rule.

    Raises:
        DataError: If the file is not such a table.
    """
    try:
        rules = tomllib.loads(source.read_text(encoding="utf-8"))["rules"]
        counts = {rule: RuleCount(**count) for rule, count in rules.items()}
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(source.name, f"is not a calibration: {error}") from error
    return Calibration(counts)
