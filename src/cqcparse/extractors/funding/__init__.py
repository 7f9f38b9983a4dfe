"""Built-in extractor of funding: money, where it comes from, and what moves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import cqcparse
from cqcparse.extractors.funding.drafts import Draft
from cqcparse.extractors.funding.events import find_events
from cqcparse.extractors.funding.names import Names
from cqcparse.extractors.funding.nouns import find_nouns
from cqcparse.extractors.funding.relations import describe, pass_on, value
from cqcparse.extractors.funding.scope import Scope, scopes
from cqcparse.extractors.funding.verbs import FORMS
from cqcparse.grammar import Lexicon, Phrase, load_lexicon


class FundingExtractor:
    """Finds funds, grants, mechanisms, contracts, other money, and the verbs that move it."""

    name = "funding"
    produces = (cqcparse.Funding,)

    def extract(self, view: cqcparse.View) -> Iterator[cqcparse.Funding]:
        """Yield the mentions of funding in the key findings, in order, without overlaps.

        Args:
            view: The parsed report.
        """
        lexicon = _lexicon()
        names = Names(view.acronyms, lexicon)
        for paragraph in view.findings:
            names.start_paragraph()
            tokens = view.tokens(paragraph)
            nouns = find_nouns(tokens, lexicon, names)
            verbs = [index for index, low in enumerate(tokens.low) if low in FORMS]
            for scope in scopes(tokens, paragraph, nouns, verbs):
                yield from _mentions(scope, names)


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    """Return the extractor of funding."""
    return [FundingExtractor()]


@cache
def _lexicon() -> Lexicon:
    return load_lexicon(files(__package__) / "lexicon.toml")


def _mentions(scope: Scope, names: Names) -> Iterator[cqcparse.Funding]:
    for draft in scope.nouns:
        names.resolve(scope.tokens, draft)
        describe(scope, draft)
    for draft in scope.nouns:
        pass_on(scope, draft)
    events = list(find_events(scope))
    for draft in sorted((*scope.nouns, *events), key=lambda draft: draft.first):
        yield _mention(scope, draft)


def _mention(scope: Scope, draft: Draft) -> cqcparse.Funding:
    span = scope.tokens.span(draft.first, draft.last)
    span = cqcparse.Span(span.start, span.end - draft.cut)
    verb = None if draft.verb is None else scope.quote(Phrase(draft.verb, draft.verb))
    return cqcparse.Funding(
        span=span,
        text=scope.tokens.text[span.start : span.end],
        type=draft.type,
        canonical=draft.canonical,
        amount=draft.amount,
        period=draft.period,
        funder=value(scope, draft.funder),
        recipient=value(scope, draft.recipient),
        purpose=value(scope, draft.purpose),
        negation=scope.quote(draft.negation),
        extractor="funding",
        evidence=cqcparse.Evidence(
            rule=draft.rule, entry=draft.entry, cues=() if verb is None else (verb,)
        ),
    )
