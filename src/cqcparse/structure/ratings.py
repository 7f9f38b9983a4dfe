"""Printed scores and ratings: the score of a statement, the rating of the whole authority."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from cqcparse.framework import Framework, PageKind, ScoreLine
from cqcparse.framework.matching import words_of
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.model.scores import Overall, Score
from cqcparse.model.sections import Section
from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Quote, Span
from cqcparse.model.statements import StatementAssessment
from cqcparse.structure.outline.rows import heads_of
from cqcparse.structure.score_totals import tally

#: A percentage, or a number out of 100.
_PERCENTAGE = re.compile(
    r"(?<![\d.,£])(\d{1,3}(?:[.,]\d{1,4})?)(?:\s*%|\s+(?:per\s*cent|out\s+of\s+100)\b)"
)
#: Most of a line that is looked at for a rating, in code points.
_RATING_LINE = 200
#: A line that is nothing but a percentage.
_BARE_PERCENTAGE = re.compile(
    r"[\s(*_:,|–—-]*(\d{1,3}(?:[.,]\d{1,4})?)\s*(?:%|per\s*cent)[\s)*_.]*"
)
#: How a percentage is printed that a rating can have.
_WHOLE = re.compile(r"\d{1,3}")
#: Longest label of a percentage, in code points.
_LABEL = 30
#: Fewest statements with nothing but their scores that make a summary.
_SUMMARY = 2
#: What stands between a name, a rating and its words on one line.
_NAME_ENDS = ":|-–—\t("
#: Words in front of a label, and between it, the name and the rating, that say nothing else.
_ARTICLES, _OF, _IS = frozenset({"the", "our"}), frozenset({"for", "of"}), frozenset({"is", "was"})
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
        return None, (_score_missing(section, name, framework),)
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


def read_overall(
    document: Document, sections: Iterable[Section], framework: Framework
) -> Overall | None:
    """Return the overall rating and percentage; None if neither is printed.

    Only lines that are a rating, and sentences under the headings or with the words that the
    profile names, are read: prose about what else was rated good is not.
    """
    places = [section for section in sections if section.role in ("preamble", "other")]
    heads = heads_of(document)
    ratings = (_rating(section, framework, heads) for section in places)
    rating = next(filter(None, ratings), None)
    printed = _percentages(document.text, rating, places, framework)
    percentage = next((quote for quote in printed if _is_plain(quote, framework)), None)
    if rating is None and percentage is None:
        return None
    return Overall(
        rating=rating,
        percentage=int(percentage.text) if percentage else None,
        percentage_span=percentage.span if percentage else None,
    )


def percentage_invalid(
    overall: Overall | None, document: Document, sections: Iterable[Section], framework: Framework
) -> tuple[Diagnostic, ...]:
    """Return the diagnostic of an overall percentage that no band has, where no other is printed.

    Args:
        overall: What is printed for the whole authority.
        document: The document.
        sections: The sections that tile it.
        framework: The profile with the bands.
    """
    if (overall and overall.percentage is not None) or not framework.bands:
        return ()
    places = [section for section in sections if section.role in ("preamble", "other")]
    rating = overall.rating if overall else None
    for quote in _percentages(document.text, rating, places, framework):
        low = min(band.low for band in framework.bands)
        high = max(band.high for band in framework.bands)
        message = (
            f"the overall percentage {quote.text!r} is no whole number from {low} to {high}; it is "
            "left out"
        )
        return (Diagnostic(code="percentage-invalid", message=message, span=quote.span),)
    return ()


def rating_missing(
    overall: Overall | None,
    sections: Sequence[Section],
    statements: Sequence[StatementAssessment],
    framework: Framework,
) -> tuple[Diagnostic, ...]:
    """Return the diagnostic of a summary that prints no overall rating.

    A document is a summary if it has one of the headings that stand on the page of the rating, a
    label of the rating by itself, or a list of statements with nothing but their scores.

    Args:
        overall: What is printed for the whole authority.
        sections: The sections of the document.
        statements: The statements that were found in it.
        framework: The profile with the headings and labels.
    """
    if overall is not None and overall.rating is not None:
        return ()
    ids = {id_ for page in framework.pages for id_ in page.headings if _is_summary(page, framework)}
    places = [section.title.span for section in sections if section.title and section.id in ids]
    places += [
        paragraph.span
        for section in sections
        if section.role in ("preamble", "other")
        for paragraph in section.paragraphs
        if _is_label(paragraph.text, framework, alone=True)
    ]
    listed = [statement for statement in statements if len(statement.sections) == 1]
    if not places and len(listed) < _SUMMARY:
        return ()
    message = "this is a summary, and the overall rating is not printed in it"
    return (Diagnostic(code="rating-missing", message=message, span=min(places, default=None)),)


def _is_summary(page: PageKind, framework: Framework) -> bool:
    return bool(set(page.headings) & set(framework.overall.headings))


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


def _score_missing(section: Section, name: str, framework: Framework) -> Diagnostic:
    message = f"no score is printed under {name}"
    span = section.title.span if section.title else section.own
    for paragraph in section.paragraphs[:_SCORE_LINES]:
        if framework.score_reader.begins(paragraph.text):
            message = f"{paragraph.text!r:.80} under {name} is not read as a score of the scale"
            span = paragraph.span
            break
    return Diagnostic(code="score-missing", message=message, severity="error", span=span)


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


def _rating(section: Section, framework: Framework, heads: Mapping[int, str]) -> Quote | None:
    """Return the first rating that a section prints on a line of its own, or behind a label.

    Args:
        section: The section.
        framework: The profile with the ratings and labels.
        heads: What stands at the heads of columns, by the offsets of the cells below.
    """
    listed = section.id in framework.overall.headings
    above = ""
    for paragraph in section.paragraphs:
        line = paragraph.text[:_RATING_LINE]
        labels = (above, heads.get(paragraph.span.start, ""))
        below, above = any(_is_label(label, framework, alone=True) for label in labels), line
        for start, end in framework.score_reader.ratings(line):
            bare = not framework.matcher.key(line[:start])
            named = listed and (bare or line[:start].rstrip(" *_\xa0")[-1] in _NAME_ENDS)
            labelled = (bare and below) or _is_label(line[:start], framework)
            if (named or labelled) and _is_rest_wording(line[end:], framework):
                offset = paragraph.span.start
                return Quote(line[start:end], Span(offset + start, offset + end))
    return None


def _is_label(text: str, framework: Framework, *, alone: bool = False) -> bool:
    """Return whether *text* is a label of the overall rating, and its name or "is" behind it.

    Args:
        text: What stands in front of a rating.
        framework: The profile with the labels.
        alone: Whether it is a line by itself, with the rating below: it leads into nothing else.
    """
    known = framework.matcher.find(text) if alone else None
    if known is not None and known.id in framework.overall.headings:
        return True
    words = [word for word in words_of(text[:_RATING_LINE]) if word not in _ARTICLES]
    for label in framework.overall.labels:
        of = words_of(label)
        rest = words[len(of) :]
        if words[: len(of)] == of and (not rest or (not alone and _leads_on(rest, text))):
            return True
    return False


def _leads_on(rest: Sequence[str], text: str) -> bool:
    """Return whether the words behind a label lead to the rating: "is", or "for" and a name."""
    if rest[0] in _OF:
        return rest[-1] in _IS or text.rstrip(" *_\xa0")[-1] in _NAME_ENDS
    return len(rest) == 1 and rest[0] in _IS


def _percentages(
    text: str, rating: Quote | None, sections: Sequence[Section], framework: Framework
) -> Iterator[Quote]:
    """Yield the numbers that are printed as the overall percentage, whether or not they can be."""
    for section in sections:
        yield from _percentages_in(text, section, framework)
    if rating is not None:
        yield from _percentages_beside(rating, sections)


def _is_plain(percentage: Quote, framework: Framework) -> bool:
    return bool(_WHOLE.fullmatch(percentage.text) and framework.band(int(percentage.text)))


def _percentages_beside(rating: Quote, sections: Iterable[Section]) -> Iterator[Quote]:
    """Yield the percentages behind a rating or below it, perhaps with a label."""
    section = next(section for section in sections if section.own.contains(rating.span))
    lines = [item for item in section.paragraphs if item.span.end > rating.span.start][:3]
    begins = rating.span.end
    for number, line in enumerate(lines):
        begins = max(begins, line.span.start)
        bare = _BARE_PERCENTAGE.fullmatch(line.text[begins - line.span.start :])
        if bare:
            yield Quote(bare[1], Span(begins + bare.start(1), begins + bare.end(1)))
        if number and len(line.text) > _LABEL:
            break


def _is_rest_wording(rest: str, framework: Framework) -> bool:
    """Return whether nothing stands behind a rating but figures, or the words of its level."""
    if not any(map(str.isalpha, rest)):
        return True
    rest = rest.strip()
    return rest[0] in _NAME_ENDS and framework.score_reader.read(rest[1:]) is not None


def _percentages_in(text: str, section: Section, framework: Framework) -> Iterator[Quote]:
    """Yield the overall percentages that the sentences of a section print."""
    listed = section.id in framework.overall.headings
    for number, sentence in enumerate(section.sentences):
        opens = listed and number < _OPENING
        sure = _is_overall(sentence, framework) or (opens and len(sentence.text) <= _LABEL)
        span = sentence.span
        for match in _PERCENTAGE.finditer(text, span.start, span.end) if opens or sure else ():
            quote = Quote(match[1], Span(*match.span(1)))
            if sure or _is_plain(quote, framework):
                yield quote


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
