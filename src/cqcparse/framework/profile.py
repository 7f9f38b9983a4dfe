"""The types a framework profile is made of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal, TypeAlias

import attrs

from cqcparse.framework.matching import HeadingMatcher, KnownLine
from cqcparse.framework.scoring import ScoreReader
from cqcparse.model.sections import Role

#: The role of the section a heading opens.
HeadingRole: TypeAlias = Role
#: What a figure is.
Measure: TypeAlias = Literal["money", "percentage", "count"]


@attrs.frozen(kw_only=True)
class Heading:
    """A heading the profile knows, with its printed variants."""

    id: str
    role: HeadingRole
    #: Official wording first; matching ignores case, commas, dashes, plurals and word order.
    #: ``{slot}`` stands for a name, a date or any other words.
    titles: tuple[str, ...]
    #: Whether it counts only as the first line of a document.
    at_start: bool = False
    #: Whether only reports of this profile have it.
    telling: bool = False
    #: Whether what stands under it is searched like key findings, though it is none.
    searched: bool = False


@attrs.frozen(kw_only=True)
class Theme:
    """A group of quality statements."""

    id: str
    title: str
    variants: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Statement:
    """One quality statement of the framework."""

    id: str
    #: Id of the theme it belongs to.
    theme: str
    title: str
    variants: tuple[str, ...] = ()
    #: Short tails of the page addresses, such as ``needs``.
    slugs: tuple[str, ...] = ()
    #: What people expect ("I ..."), in the official wording.
    expectations: tuple[str, ...] = ()
    #: What the assessed body commits to ("We ..."), in the official wording.
    commitment: str = ""
    #: The sub-headings of its key findings.
    topics: tuple[Heading, ...] = ()


@attrs.frozen(kw_only=True)
class ScoreLevel:
    """One step of the score, with the rating and the words that mean the same."""

    value: int
    rating: str
    #: The words that stand beside the number; empty if there are none.
    descriptor: str = ""
    #: Words that tell the level in any phrasing, such as ``significant shortfalls``.
    cues: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class RatingBand:
    """The percentages that make a rating."""

    rating: str
    #: Lowest whole percentage of the band.
    low: int
    #: Highest whole percentage of the band.
    high: int


@attrs.frozen(kw_only=True)
class Matching:
    """How freely printed headings are compared with those of the profile."""

    #: Words that make no difference, such as ``and``.
    ignore: tuple[str, ...] = ()
    #: Groups of words taken for the same, such as ``live`` and ``lead``.
    same: tuple[tuple[str, ...], ...] = ()
    #: Words that may stand before a title, with or without a number: ``Theme 1:``.
    labels: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class ScoreWording:
    """The words around a printed score."""

    #: What stands before the number, such as ``Score``.
    labels: tuple[str, ...]
    #: What stands before it as well, and elsewhere before other things, such as ``Rating``.
    number_labels: tuple[str, ...] = ()
    #: Wording that says scores and rating are only indicative.
    indicative: tuple[str, ...] = ()
    #: Years of publication in which all of them were.
    indicative_years: tuple[int, ...] = ()
    #: Whether ratings are printed as scores, and no numbers: ``Safety: Good``.
    in_words: bool = False


@attrs.frozen(kw_only=True)
class OverallWording:
    """The words around the rating of the whole body."""

    #: Ids of the headings under which it is printed.
    headings: tuple[str, ...] = ()
    #: Labels in front of a rating on one line, such as ``Overall rating``.
    labels: tuple[str, ...] = ()
    #: Words near a number that make it the overall percentage, such as ``out of 100 overall``.
    cues: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class PageKind:
    """A page of a report that is not about one statement."""

    id: str
    #: Ids of headings, one of which is on it.
    headings: tuple[str, ...]


@attrs.frozen(kw_only=True)
class DateWording:
    """A date that pages print behind a label."""

    id: str
    #: What stands before the date, such as ``Published``.
    labels: tuple[str, ...]


@attrs.frozen(kw_only=True)
class FigureWording:
    """A figure about the assessed body, and how it is told from the others."""

    id: str
    #: Ids of the headings under which it is printed.
    headings: tuple[str, ...]
    measure: Measure
    #: Phrases that its sentence has, all of them; ``a|b`` stands for either.
    phrases: tuple[str, ...]


@attrs.frozen(kw_only=True)
class AspectWording:
    """What a figure says of its subject, such as that it was estimated."""

    id: str
    #: Phrases in front of the figure; the nearest in front of it counts.
    before: tuple[str, ...] = ()
    #: Phrases right behind the figure; they count more.
    after: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, cache_hash=True)
class Framework:
    """A profile: what a kind of report is made of."""

    id: str
    title: str
    #: True if reports of this profile are local authority assessments.
    local_authority: bool
    themes: tuple[Theme, ...]
    statements: tuple[Statement, ...]
    headings: tuple[Heading, ...]
    scores: tuple[ScoreLevel, ...]
    bands: tuple[RatingBand, ...] = ()
    matching: Matching = Matching()
    score: ScoreWording = ScoreWording(labels=("Score",))
    overall: OverallWording = OverallWording()
    #: The pages of a whole report beside those of the statements, in order.
    pages: tuple[PageKind, ...] = ()
    #: Dates of the pages.
    dates: tuple[DateWording, ...] = ()
    #: Figures about the assessed body, the narrower before the wider.
    figures: tuple[FigureWording, ...] = ()
    aspects: tuple[AspectWording, ...] = ()
    #: Lines that are never headings, such as ``Published: {date}``.
    notices: tuple[str, ...] = ()
    #: Lines that belong to no section, such as ``Page {n} of {m}``.
    furniture: tuple[str, ...] = ()
    #: Phrases that only occur in reports of this profile. A plugin's profile is chosen only if the
    #: text also has one of its telling headings, on a line that no built-in profile knows.
    markers: tuple[str, ...] = ()
    #: Phrases of which any longer piece of such a report has one; none if that is not known.
    subjects: tuple[str, ...] = ()
    #: Phrases that rule this profile out.
    counter_markers: tuple[str, ...] = ()

    @cached_property
    def matcher(self) -> HeadingMatcher:
        """What recognises the lines of this profile in a text."""
        return HeadingMatcher.build(
            self._known_lines(),
            ignore=self.matching.ignore,
            same=self.matching.same,
            labels=self.matching.labels,
        )

    @cached_property
    def score_reader(self) -> ScoreReader:
        """What reads the score lines of this profile."""
        return ScoreReader.build(
            labels=self.score.labels,
            number_labels=self.score.number_labels,
            in_words=self.score.in_words,
            ratings=[(item.value, item.rating) for item in self.scores],
            cues=[
                (item.value, cue)
                for item in self.scores
                for cue in (item.descriptor, *item.cues)
                if cue
            ],
        )

    @cached_property
    def searched_headings(self) -> frozenset[str]:
        """Ids of the headings whose text is searched for mentions beside the key findings."""
        return frozenset(heading.id for heading in self.headings if heading.searched)

    @cached_property
    def telling_headings(self) -> frozenset[str]:
        """The ids of the headings that only reports of this profile have."""
        return frozenset(heading.id for heading in self.headings if heading.telling)

    def statement(self, id_: str | None) -> Statement | None:
        """Return the statement with that id; None if there is none."""
        return next((item for item in self.statements if item.id == id_), None)

    def band(self, percentage: int) -> RatingBand | None:
        """Return the band a whole percentage falls in; None outside all bands."""
        return next((item for item in self.bands if item.low <= percentage <= item.high), None)

    def _known_lines(self) -> Iterator[tuple[KnownLine, str]]:
        """Yield every line the profile knows with each of its wordings, the most telling first."""
        for line, titles in (
            *(_statement_line(statement) for statement in self.statements),
            *(_heading_line(heading) for heading in self.headings),
            *(_heading_line(topic, of) for of in self.statements for topic in of.topics),
            *(_theme_line(theme) for theme in self.themes),
            (KnownLine(kind="furniture", id="furniture", role="footer"), self.furniture),
            (KnownLine(kind="notice", id="notice", role="other"), self.notices),
        ):
            for title in titles:
                yield line, title


def _statement_line(statement: Statement) -> tuple[KnownLine, tuple[str, ...]]:
    line = KnownLine(kind="statement", id=statement.id, role="score")
    return line, (statement.title, *statement.variants)


def _heading_line(
    heading: Heading, of: Statement | None = None
) -> tuple[KnownLine, tuple[str, ...]]:
    line = KnownLine(
        kind="topic" if of else "heading",
        id=heading.id,
        role=heading.role,
        statement=of.id if of else None,
        at_start=heading.at_start,
    )
    return line, heading.titles


def _theme_line(theme: Theme) -> tuple[KnownLine, tuple[str, ...]]:
    line = KnownLine(kind="theme", id=theme.id, role="other")
    return line, (theme.title, *theme.variants)
