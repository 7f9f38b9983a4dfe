"""Printed scores and ratings: the score of a statement, the rating of the whole authority."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from cqcparse.framework import Framework, ScoreLine
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.scores import Overall, Score
from cqcparse.model.sections import Section
from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Quote, Span
from cqcparse.structure.score_totals import tally

#: A whole percentage, or a number out of 100.
_PERCENTAGE = re.compile(r"(?<![\d.,£])(\d{1,3})(?:\s*%|\s+(?:per\s*cent|out\s+of\s+100)\b)")
#: Most of a line that is looked at for a rating, in code points.
_RATING_LINE = 200
#: What stands between a name, a rating and its words on one line.
_NAME_ENDS = ":|-–—\t("
#: Sentences under the heading of the rating in which any percentage is the overall one.
_OPENING = 4
#: Most lines of a statement that are looked at for its score.
_SCORE_LINES = 6


@attrs.frozen
class _Printed:
    """A score line, and the offset in the document from which its own offsets count."""

    line: ScoreLine
    offset: int

    def span(self, place: tuple[int, int]) -> Span:
        return Span(place[0] + self.offset, place[1] + self.offset)


def read_score(
    section: Section, framework: Framework
) -> tuple[Score | None, tuple[Diagnostic, ...]]:
    """Return the score printed under a statement's heading, and what is doubtful about it.

    Args:
        section: The section of role ``score``.
        framework: The profile with the wording of the scores.
    """
    printed = tuple(_printed_scores(section, framework))
    name = repr(section.title.text) if section.title else "the quality statement"
    numbered = next((item for item in printed if item.line.value_at is not None), None)
    if numbered is None or numbered.line.value is None or numbered.line.value_at is None:
        return None, (_score_missing(section, name),)
    value = numbered.line.value
    place = numbered.span(numbered.line.value_at)
    if value not in {level.value for level in framework.scores}:
        return None, (_score_invalid(framework, name, value, place),)
    worded = next((item for item in printed if item.line.words_at is not None), None)
    words = worded.span(worded.line.words_at) if worded and worded.line.words_at else None
    score = Score(
        value=value,
        descriptor=_text(section, words) if words else None,
        span=Span(
            printed[0].offset + printed[0].line.start, printed[-1].offset + printed[-1].line.end
        ),
        value_span=place,
        descriptor_span=words,
    )
    return score, tuple(_contradictions(printed, score, name))


def read_overall(text: str, sections: Iterable[Section], framework: Framework) -> Overall | None:
    """Return the overall rating and percentage; None if neither is printed.

    Only lines that are a rating, and sentences under the headings or with the words that the
    profile names, are read: prose about what else was rated good is not.
    """
    places = [section for section in sections if section.role in ("preamble", "other")]
    rating = next(filter(None, (_rating(section, framework) for section in places)), None)
    percentages = (_percentage(text, section, framework) for section in places)
    percentage = next(filter(None, percentages), None)
    if rating is None and percentage is None:
        return None
    return Overall(
        rating=rating,
        percentage=percentage[0] if percentage else None,
        percentage_span=percentage[1] if percentage else None,
    )


def check_overall(
    overall: Overall | None,
    sections: Sequence[Section],
    values: Sequence[int],
    framework: Framework,
) -> tuple[Diagnostic, ...]:
    """Return where rating, percentage, words and the scores of all statements contradict.

    Args:
        overall: What is printed for the whole authority.
        sections: The sections of the document that prints it.
        values: The scores of the statements; they are only added up if none is missing.
        framework: The profile with the bands.
    """
    if overall is None:
        return ()
    return tuple(_rating_mismatches(overall, sections, values, framework))


def _printed_scores(section: Section, framework: Framework) -> Iterator[_Printed]:
    """Yield the score lines that stand together under a heading, one number and its words."""
    named = False
    for paragraph in section.paragraphs[:_SCORE_LINES]:
        line = framework.score_reader.read(paragraph.text)
        if line is None:
            if named:
                return
            continue
        yield _Printed(line, paragraph.span.start)
        named = True


def _text(section: Section, span: Span) -> str:
    """Return the characters of a span that lies in one paragraph of the section."""
    paragraph = next(item for item in section.paragraphs if item.span.contains(span))
    return paragraph.text[span.start - paragraph.span.start : span.end - paragraph.span.start]


def _score_missing(section: Section, name: str) -> Diagnostic:
    return Diagnostic(
        code="score-missing",
        message=f"no score is printed under {name}",
        severity="error",
        span=section.title.span if section.title else section.own,
    )


def _score_invalid(framework: Framework, name: str, value: int, place: Span) -> Diagnostic:
    low, high = framework.scores[0].value, framework.scores[-1].value
    message = f"the score {value} under {name} is not between {low} and {high}; it is left out"
    return Diagnostic(code="score-invalid", message=message, severity="error", span=place)


def _contradictions(printed: Iterable[_Printed], score: Score, name: str) -> Iterator[Diagnostic]:
    for item in printed:
        line = item.line
        for told in (line.value, line.level):
            if told is not None and told != score.value:
                yield Diagnostic(
                    code="score-descriptor-mismatch",
                    message=(
                        f"the score of {name} is {score.value}, but what is beside it means {told}"
                    ),
                    span=item.span((line.start, line.end)),
                )
                return


def _rating(section: Section, framework: Framework) -> Quote | None:
    """Return the first rating that a section prints on a line of its own, or behind a label."""
    listed = section.id in framework.overall.headings
    labels = {framework.matcher.key(label) for label in framework.overall.labels}
    for paragraph in section.paragraphs:
        line = paragraph.text[:_RATING_LINE]
        for start, end in framework.score_reader.ratings(line):
            label = framework.matcher.key(line[:start])
            named = listed and (not label or line[:start].rstrip(" *_\xa0")[-1] in _NAME_ENDS)
            if (named or (label and label in labels)) and _is_rest_wording(line[end:], framework):
                offset = paragraph.span.start
                return Quote(line[start:end], Span(offset + start, offset + end))
    return None


def _is_rest_wording(rest: str, framework: Framework) -> bool:
    """Return whether nothing stands behind a rating but figures, or the words of its level."""
    if not any(map(str.isalpha, rest)):
        return True
    rest = rest.strip()
    return rest[0] in _NAME_ENDS and framework.score_reader.read(rest[1:]) is not None


def _percentage(text: str, section: Section, framework: Framework) -> tuple[int, Span] | None:
    """Return the overall percentage that a section prints, and where."""
    listed = section.id in framework.overall.headings
    for number, sentence in enumerate(section.sentences):
        for match in _PERCENTAGE.finditer(text, sentence.span.start, sentence.span.end):
            value = int(match[1])
            cued = (listed and number < _OPENING) or _is_overall(sentence, framework)
            if cued and framework.band(value):
                return value, Span(*match.span(1))
    return None


def _is_overall(sentence: Sentence, framework: Framework) -> bool:
    low = " ".join(sentence.text.lower().split())
    return any(cue in low for cue in framework.overall.cues)


def _rating_mismatches(
    overall: Overall, sections: Sequence[Section], values: Sequence[int], framework: Framework
) -> Iterator[Diagnostic]:
    """Yield each contradiction between two of rating, percentage, words and scores."""
    rating, percentage = overall.rating, overall.percentage
    scores, printed = tally(values, framework), framework.band(percentage or 0)
    if rating and printed and not _same(rating.text, printed.rating):
        yield _mismatch(
            f"the rating is {rating.text!r}, but {percentage}% is in the band of "
            f"{printed.rating!r}",
            rating.span,
        )
    if scores and percentage is not None and scores.percentage != percentage:
        yield _mismatch(
            f"the percentage is {percentage}, but the scores of the statements make "
            f"{scores.percentage}",
            overall.percentage_span,
        )
    if scores and rating and percentage is None and not _same(rating.text, scores.rating):
        yield _mismatch(
            f"the rating is {rating.text!r}, but the scores make {scores.percentage}%, "
            f"{scores.rating!r}",
            rating.span,
        )
    yield from _word_mismatches(overall, sections, framework)


def _word_mismatches(
    overall: Overall, sections: Sequence[Section], framework: Framework
) -> Iterator[Diagnostic]:
    """Yield where the words in the sentence of the percentage mean another rating than it does."""
    place, band = overall.percentage_span, framework.band(overall.percentage or 0)
    if place is None or band is None:
        return
    for section in sections:
        for sentence in section.sentences if section.own.contains(place) else ():
            low = " ".join(sentence.text.lower().split())
            for level in framework.scores if sentence.span.contains(place) else ():
                if any(cue in low for cue in level.cues) and not _same(level.rating, band.rating):
                    yield _mismatch(
                        f"the words beside {overall.percentage}% mean {level.rating!r}, but it is "
                        f"in the band of {band.rating!r}",
                        sentence.span,
                    )


def _mismatch(message: str, span: Span | None) -> Diagnostic:
    return Diagnostic(code="rating-mismatch", message=message, span=span)


def _same(rating: str, other: str) -> bool:
    return " ".join(rating.lower().split()) == other.lower()
