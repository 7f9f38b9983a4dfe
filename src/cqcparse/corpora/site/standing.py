"""Where an authority stands among the others: newest reports, averages, ranks, distributions."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from statistics import fmean

import attrs

from cqcparse.corpora.site.reading import Council
from cqcparse.framework import Framework
from cqcparse.registry import authorities

#: Steps of a score.
STEPS = (1, 2, 3, 4)


@attrs.frozen(kw_only=True)
class Mean:
    """The mean of some scores, and of how many."""

    value: float
    count: int

    def __str__(self) -> str:
        """Return it with two digits, as it is shown."""
        return f"{self.value:.2f}"


@attrs.frozen(kw_only=True, slots=False)
class Standing:
    """The newest report of each authority beside each other, and the earlier ones.

    Attributes:
        framework: Their profile.
        newest: By the sum of the scores, the highest first; those without one behind.
        earlier: The other reports of each authority, by the id of the newest, newest first.
    """

    framework: Framework
    newest: tuple[Council, ...]
    earlier: Mapping[str, tuple[Council, ...]]

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions that have a report, by name."""
        return tuple(sorted({council.region for council in self.newest if council.region}))

    @cached_property
    def by_name(self) -> tuple[Council, ...]:
        """The newest reports by the short name of the authority."""
        return tuple(sorted(self.newest, key=lambda c: (c.short_name.casefold(), c.id)))

    @cached_property
    def by_code(self) -> Mapping[str, Council]:
        """The newest reports by ONS code."""
        return {council.ons_code: council for council in self.newest if council.ons_code}

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """The step of the score that each rating stands for, by the rating in small letters."""
        return {_plain(level.rating): level.value for level in self.framework.scores}

    def level(self, rating: str | None) -> int | None:
        """Return the step of the score that a rating, as printed, stands for."""
        return self.levels.get(_plain(rating)) if rating else None

    def is_whole(self, region: str | None = None) -> bool:
        """Return whether each council of a region, or of England, is there with all its scores."""
        return self._lacking.keys().isdisjoint({region} if region else self._lacking)

    def everyone(self, region: str | None = None) -> str:
        """Return whom a mean over a region, or over all, is of: never of more than were read."""
        if self.is_whole(region):
            return region or "England"
        return f"those read in {region}" if region else "all that were read"

    @cached_property
    def _lacking(self) -> Mapping[str, int]:
        """How many councils of each region are not there with all their scores, where some are."""
        there = {council.ons_code for council in self.newest if council.total is not None}
        return Counter(one.region for one in authorities() if one.ons_code not in there)

    def mean(self, statement: str, region: str | None = None) -> Mean | None:
        """Return the mean score of a statement in a region, or of all."""
        return self._means.get((statement, region))

    @cached_property
    def _means(self) -> Mapping[tuple[str, str | None], Mean]:
        values: dict[tuple[str, str | None], list[int]] = defaultdict(list)
        for council in self.newest:
            for statement, score in council.scores.items():
                for region in {None, council.region}:
                    values[statement, region].append(score.value)
        return {key: Mean(value=fmean(of), count=len(of)) for key, of in values.items()}

    def distribution(self, statement: str) -> Mapping[int, tuple[Council, ...]]:
        """Return the authorities by their score of a statement, by name."""
        found: dict[int, list[Council]] = {step: [] for step in STEPS}
        for council in self.by_name:
            if statement in council.scores:
                found[council.scores[statement].value].append(council)
        return {step: tuple(of) for step, of in found.items()}

    @cached_property
    def ratings(self) -> Mapping[int, int]:
        """How many authorities have each rating, by its step; only those that are known."""
        counts = Counter(self.level(council.rating) for council in self.newest)
        return {step: counts[step] for step in STEPS}

    def rank(self, council: Council, region: str | None = None) -> tuple[int, int] | None:
        """Return the place of an authority by the sum of its scores, and of how many.

        None if a score is missing.
        """
        among = (other.total for other in self.newest if region in {None, other.region})
        totals = [total for total in among if total is not None]
        if council.total is None:
            return None
        return 1 + sum(total > council.total for total in totals), len(totals)

    @cached_property
    def mean_share(self) -> float | None:
        """The mean percentage; None if no report has one."""
        shares = [council.share for council in self.newest if council.share is not None]
        return fmean(shares) if shares else None

    @cached_property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day of publication; None if none is known."""
        days = sorted(council.published for council in self.newest if council.published)
        return (days[0], days[-1]) if days else None


def stand(councils: Iterable[Council], framework: Framework) -> Standing:
    """Return the reports in order, the newest of each authority apart from its earlier ones."""
    groups: dict[str, list[Council]] = defaultdict(list)
    for council in councils:
        groups[council.key].append(council)
    ordered = [_newest_first(group) for group in groups.values()]
    newest = sorted((group[0] for group in ordered), key=_place)
    return Standing(
        framework=framework,
        newest=tuple(newest),
        earlier={group[0].id: tuple(group[1:]) for group in ordered},
    )


def _newest_first(group: Sequence[Council]) -> list[Council]:
    return sorted(group, key=lambda council: (council.day, council.id), reverse=True)


def _place(council: Council) -> tuple[bool, int, int, str, str]:
    total, share = council.total, council.share
    return total is None, -(total or 0), -(share or 0), council.short_name.casefold(), council.id


def _plain(rating: str) -> str:
    return " ".join(rating.casefold().split())
