"""The built-in extractor of services: what is delivered to people, and teams by their function."""

from __future__ import annotations

from collections.abc import Iterable

import cqcparse
from cqcparse.extractors.services.attributes import Attributes, read_attributes
from cqcparse.extractors.services.finding import Candidate, find, longest
from cqcparse.extractors.services.naming import Names
from cqcparse.extractors.services.terms import Terms
from cqcparse.extractors.services.vocabulary import words
from cqcparse.grammar import Cue, Tokens, find_status


class ServiceExtractor:
    """Finds services by their head nouns, by kinds of care, and by their short forms."""

    name = "services"
    produces = (cqcparse.Service,)

    def extract(self, view: cqcparse.View) -> Iterable[cqcparse.Service]:
        """Yield the services of the key findings."""
        paragraphs = [view.tokens(paragraph) for paragraph in view.findings]
        found = [find(tokens, Terms(tokens)) for tokens in paragraphs]
        names = Names(view.acronyms, [candidate for group in found for candidate in group])
        for tokens, group in zip(paragraphs, found, strict=True):
            candidates = longest((*group, *_short_forms(names, tokens)))
            kept = [candidate for candidate in candidates if not _is_other(names, candidate)]
            attributes = read_attributes(view, kept)
            for candidate, read in zip(kept, attributes, strict=True):
                yield _mention(view, names, candidate, read)


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    """Return the extractor of services."""
    return [ServiceExtractor()]


def _short_forms(names: Names, tokens: Tokens) -> list[Candidate]:
    return [
        Candidate(tokens=tokens, first=index, last=index, type=kind, rule="short-form")
        for index, kind in names.short_forms(tokens)
    ]


def _is_other(names: Names, candidate: Candidate) -> bool:
    """Return whether the document uses the single word of *candidate* for something else."""
    word = candidate.tokens.word(candidate.first)
    return candidate.first == candidate.last and names.is_other(word)


def _status(candidate: Candidate) -> Cue | None:
    """Return what the clause says of the life of the service.

    "New" in front of a kind of care without an article tells of new cases: "new home care". What
    one person is given begins and ends without a change to the service: "reduced care packages".
    In front of another noun it is that which is new: "a new reablement strategy".
    """
    behind = candidate.last + 1
    if behind < len(candidate.tokens) and candidate.tokens.tags[behind] in "NW":
        return None
    cue = find_status(candidate.tokens, candidate.first, candidate.last)
    if cue is None or cue.status == "planned":
        return cue
    if not words("cases").isdisjoint(candidate.tokens.low[candidate.first : candidate.last + 1]):
        return None
    if candidate.rule != "term" or cue.status != "new":
        return cue
    tokens, front = candidate.tokens, candidate.first - 1
    cases = cue.quote.span == tokens.span(front, front) and tokens.tags[front - 1] not in "D#"
    return None if cases else cue


def _mention(
    view: cqcparse.View, names: Names, candidate: Candidate, attributes: Attributes
) -> cqcparse.Service:
    span = candidate.span
    cue = _status(candidate)
    return cqcparse.Service(
        span=span,
        text=view.document.text[span.start : span.end],
        type=candidate.type,
        canonical=names.full(candidate),
        duration=attributes.duration,
        capacity=attributes.capacity,
        provider=attributes.provider,
        status=cue.status if cue else None,
        status_cue=cue.quote if cue else None,
        extractor="services",
        evidence=cqcparse.Evidence(
            rule=candidate.rule,
            entry=candidate.entry,
            cues=(cue.quote,) if cue else (),
            beat=candidate.beat,
        ),
    )
