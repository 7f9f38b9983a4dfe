"""Built-in extractor of funding: money, where it comes from, and what moves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import cqcparse
from cqcparse.extractors.funding.drafts import Draft
from cqcparse.extractors.funding.moves import find_events
from cqcparse.extractors.funding.names import name_all
from cqcparse.extractors.funding.phrases import describe, pass_on
from cqcparse.extractors.funding.scope import Scope
from cqcparse.extractors.funding.unclaimed import (
    give_contracts,
    give_periods,
    give_sums,
    share,
    share_parts,
)
from cqcparse.grammar import Layers, RuleBook


class FundingExtractor:
    """Finds money by the rules of ``rules.toml``, and verbs that move it by the shared frames."""

    name = "funding"
    produces = (cqcparse.Funding,)

    @property
    def rules(self) -> RuleBook:
        """Its phrase rules."""
        return rules()

    def extract(self, view: cqcparse.View) -> Iterator[cqcparse.Funding]:
        """Yield the mentions of funding in the key findings, in order, without overlaps."""
        layers = view.layers
        drafts = name_all(layers, rules().find(layers, view.acronyms), view.acronyms)
        scope = Scope(layers, drafts, rules().words)
        for noun in scope.nouns:
            describe(scope, noun)
        events = [*find_events(scope)]
        for noun in scope.nouns:
            pass_on(scope, noun)
        every = sorted((*scope.nouns, *events), key=lambda draft: draft.first)
        give_sums(scope, every)
        give_periods(scope, every)
        share(scope, every)
        share_parts(scope, every)
        give_contracts(scope, every)
        acts = _acts(layers, every)
        for draft in every:
            yield _mention(layers, draft, acts)


@cache
def rules() -> RuleBook:
    """Return the rules for funding."""
    return RuleBook(Path(__file__).parent, kind="funding")


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    """Return the extractor of funding."""
    return [FundingExtractor()]


def _acts(layers: Layers, drafts: Iterable[Draft]) -> Mapping[int, str]:
    """Return the act of giving of each sum that several mentions have, by where the sum starts.

    It is that of the verb that one of them has, else the sum itself: "a grant of £40,000 from the
    Better Care Fund" is one act.
    """
    shared: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.amount:
            shared.setdefault(draft.amount.span.start, []).append(draft)
    acts = {}
    for place, of in shared.items():
        verbs = {draft.verb for draft in of if draft.verb is not None}
        if len(of) > max(1, len(verbs)):
            acts[place] = f"event-{layers.starts[min(verbs)] if verbs else place}"
    return acts


def _mention(layers: Layers, draft: Draft, acts: Mapping[int, str]) -> cqcparse.Funding:
    verb = None if draft.verb is None else layers.quote(draft.verb, draft.verb)
    quotes = {name: layers.unowned(*place) for name, place in draft.values.items()}
    return cqcparse.Funding(
        span=draft.span,
        text=layers.text[draft.span.start : draft.span.end],
        type=draft.type,
        canonical=draft.canonical,
        amount=draft.amount,
        period=draft.period,
        funder=quotes.get("funder"),
        recipient=quotes.get("recipient"),
        purpose=quotes.get("purpose"),
        negation=quotes.get("negation"),
        event_id=_act(draft, verb, acts),
        extractor="funding",
        evidence=cqcparse.Evidence(
            rule=draft.rule, entry=draft.entry, cues=(verb,) if verb else (), beat=draft.beat
        ),
    )


def _act(draft: Draft, verb: cqcparse.Quote | None, acts: Mapping[int, str]) -> str | None:
    """Return the act of giving that a mention speaks of; None if no verb and no sum links it."""
    if verb:
        return f"event-{verb.span.start}"
    return acts.get(draft.amount.span.start) if draft.amount else None
