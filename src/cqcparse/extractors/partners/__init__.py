"""The built-in extractor of partners: organisations, organised bodies and categories of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import attrs

import cqcparse
from cqcparse.extractors.partners.registered import registered_bodies
from cqcparse.grammar import Directory, Found, Layers, RuleBook, fold
from cqcparse.registry import find_authority, find_body, find_other_authority

#: What a named body of a type is called for short.
_WORDS_FOR = {"vcse": "charity", "provider": "firm"}
#: Types of bodies that the front of their name may stand for, of two words or more.
_CALLED = frozenset(("vcse", "provider", "housing", "advocacy", "lived-experience"))
_SHORTEST = 2
#: What is said of a body outweighs a head of its name such as "voice".
_SAID = frozenset(("advocacy", "lived-experience"))
_UNREFERRED = frozenset(("icb", "ics", "local-authority"))


@attrs.frozen(kw_only=True)
class _Partner:
    """A phrase that is a partner; indices are of tokens, both ends included."""

    first: int
    last: int
    type: str
    rule: str
    #: Its name without a gloss or a team behind it.
    name: str
    #: What its rule tells: a ``name``, with a head that a ``service`` may have too; ``known`` as a
    #: name if the document or a place gives it; a head in ``reference`` to a body named before.
    tells: str
    entry: str | None = None
    #: Whether only what is said of the name tells that it is a body.
    open: bool = False
    #: Whether its name has a possessive ending: "Barnaby's said".
    whole: bool = False

    @property
    def named(self) -> bool:
        """Whether it is a name."""
        return "name" in self.tells


class PartnerExtractor:
    """Finds partners by the rules of ``rules.toml``, and names on all their uses."""

    name = "partners"
    produces = (cqcparse.Partner,)

    @property
    def rules(self) -> RuleBook:
        """Its phrase rules."""
        return rules()

    def extract(self, view: cqcparse.View) -> Iterable[cqcparse.Partner]:
        """Yield the partners of the key findings."""
        layers = view.layers
        own = [fold(name) for name in view.authority_names]
        found = sorted(_found(view), key=lambda one: one.first)
        directory = Directory(
            ((layers.starts[one.first], one.name) for one in found if one.named),
            {meant.short: meant.long.text for meant in view.acronyms.definitions},
            rules().vocabulary | layers.lower,
            next(iter(view.authority_names), None),
        )
        types = {directory.key(one.name): one.type for one in reversed(found) if one.named}
        met: dict[str, tuple[str, str | None]] = {}
        for one in found:
            kind, full = one.type, None
            if one.named or (one.tells == "known" and _is_known(layers, one, directory)):
                full = directory.fullest(one.name, layers.starts[one.first])
                kind = types.get(directory.key(full), kind) if one.open else kind
                if kind == "local-authority" and any(name in fold(one.name) for name in own):
                    continue
            elif _refers(layers, one):
                if one.rule in ("bare-known", "bare-definite") and _head(one.name) not in met:
                    continue
                kind, full = met.get(_head(one.name), (kind, None))
            elif kind == "other" and _is_unsaid(layers, one):
                kind = met.get(_head(one.name), (kind, None))[0]
            mention = _mention(layers, one, kind, full, directory)
            _remember(met, mention)
            yield mention


@cache
def rules() -> RuleBook:
    """Return the rules for partners."""
    return RuleBook(Path(__file__).parent, lexicons={"body": registered_bodies}, kind="partner")


def _found(view: cqcparse.View) -> Iterator[_Partner]:
    """Yield the phrases of the rules, then the names and short forms that they leave."""
    layers = view.layers
    names = [fold(name) for name in view.authority_names]
    own = frozenset((*names, *" ".join(names).split()))
    taken: set[int] = set()
    shorts: dict[str, _Partner] = {}
    fronts: dict[tuple[str, ...], _Partner] = {}
    common = rules().vocabulary | layers.lower
    said = {name.name: name.type for name in layers.named_bodies if name.type in _SAID}
    for one in rules().find(layers):
        partner = _partner(layers, one)
        if "service" in partner.tells:
            if partner.name.lower() in layers.service_names:
                continue
            # "Advocacy was provided by Harbour Voice"
            partner = attrs.evolve(partner, type=said.get(partner.name, partner.type))
        yield partner
        taken.update(range(one.first, one.last + 1))
        shorts |= _shorts(view, partner)
        if partner.named and partner.type in _CALLED:
            fronts |= dict.fromkeys(_fronts(partner.name, common), partner)
    uses = layers.named_bodies
    whole = {name.name for name in uses if layers.tags[name.last : name.last + 2] in ("SV", "SX")}
    for name in uses:
        place = range(name.first, name.last + 1)
        printed = fold(_unowned(layers.words(name.first, name.last)))
        if taken.isdisjoint(place) and printed not in own:
            taken.update(place)
            council = find_authority(name.name) or find_other_authority(name.name)
            kind = name.type or ("local-authority" if council else "vcse")
            ends = name.name in whole
            partner = _Partner(
                first=name.first,
                last=name.last,
                type=kind,
                rule=name.rule,
                name=layers.words(name.first, name.last) if ends else name.name,
                tells="name",
                open=True,
                whole=ends,
            )
            yield partner
            shorts |= _shorts(view, partner)
            fronts |= dict.fromkeys(_fronts(name.name, common), partner)
    yield from _short_forms(layers, shorts, taken)
    yield from _short_names(layers, fronts, taken)


def _shorts(view: cqcparse.View, partner: _Partner) -> dict[str, _Partner]:
    """Return the acronyms that stand behind the name of a partner, or within it."""
    start, end = view.layers.starts[partner.first], view.layers.ends[partner.last]
    known = view.acronyms.definitions if partner.named else ()
    return {
        one.short: partner
        for one in known
        if end in (one.span.end, one.long.span.end)
        or (start == one.long.span.start and one.span.end < end)
    }


def _short_forms(
    layers: Layers, shorts: Mapping[str, _Partner], taken: set[int]
) -> Iterator[_Partner]:
    """Yield the acronyms of named bodies."""
    names: dict[tuple[str, ...], _Partner] = {(s.lower(),): full for s, full in shorts.items()}
    for index, _, full in layers.uses_of(names):
        if index not in taken and _unowned(layers.words(index, index)) in shorts:
            yield attrs.evolve(full, first=index, last=index, rule="short-form")


def _short_names(
    layers: Layers, fronts: Mapping[tuple[str, ...], _Partner], taken: set[int]
) -> Iterator[_Partner]:
    """Yield the fronts of names that stand for them, and nowhere for a place."""
    caps, placing = layers.caps, rules().words["placing"]
    uses = [
        (first, last, _unowned(layers.words(first, last)), full)
        for first, last, full in layers.uses_of(fronts)
        if not (caps[first - 1] or caps[last + 1])
    ]
    homes = {fold(name) for first, _, name, _ in uses if layers.low[first - 1] in placing}
    for first, last, name, full in uses:
        if fold(name) not in homes and taken.isdisjoint(range(first, last + 1)):
            yield attrs.evolve(full, first=first, last=last, name=name, rule="short-name")


def _fronts(name: str, common: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Yield the fronts of a name that stand for it: "Bridle Way" for "Bridle Way Carers"."""
    words = name.lower().split()
    while len(words) > _SHORTEST and words[-1] in common:
        words.pop()
        if not common.issuperset(words):
            yield (*words,)


def _partner(layers: Layers, one: Found) -> _Partner:
    rule, last = one.rule.name, one.last
    if rule == "team-of-body" and one.term:
        last = one.term.last
    elif rule == "workstream-of":
        last = one.head
    gloss = layers.tags.find("(", one.first, last + 1)
    name = layers.words(one.first, last if gloss < 0 else gloss - 1)
    behind = layers.tags.find(")", one.first, one.head) + 1
    if behind:  # "the Risk Management (RM) Panel"
        name += f" {layers.words(behind, one.head)}"
    return _Partner(
        first=one.first,
        last=one.last,
        type=one.type or "other",
        rule=rule,
        entry=one.term.entry.id if one.term else None,
        name=_unowned(name),
        tells=one.rule.tells,
    )


def _mention(
    layers: Layers, one: _Partner, kind: str, full: str | None, directory: Directory
) -> cqcparse.Partner:
    text = layers.words(one.first, one.last)
    text = text if one.whole else _unowned(text)
    start = layers.starts[one.first]
    scheme = "body" if one.open else kind
    canonical, entity = directory.identify(full, scheme) if full else (None, None)
    return cqcparse.Partner(
        span=cqcparse.Span(start, start + len(text)),
        text=text,
        type=kind,
        canonical=canonical,
        entity_id=entity,
        specificity="generic"
        if full is None or not (one.named or one.tells == "known")
        else "named",
        registry_id=entity
        if entity and kind in ("icb", "local-authority") and ":" not in entity
        else None,
        extractor="partners",
        evidence=cqcparse.Evidence(rule=one.rule, entry=one.entry),
    )


def _remember(met: dict[str, tuple[str, str | None]], mention: cqcparse.Partner) -> None:
    """Remember a partner for the bare heads that refer back to it."""
    kind, head = mention.type or "other", _head(mention.canonical or mention.text)
    named = mention.specificity == "named"
    if kind in _UNREFERRED or (named and head in ("organisation", "agency")):
        return
    if mention.canonical or met.get(head, (kind, None))[1] is None:
        met[head] = kind, mention.canonical
    if named and kind in _WORDS_FOR:
        met[_WORDS_FOR[kind]] = kind, mention.canonical
    if head in ("sector", "charity", "group"):
        met["organisation"] = kind, None


def _refers(layers: Layers, one: _Partner) -> bool:
    """Return whether a bare head stands for a body that was named before: "the university"."""
    bare = one.tells == "reference" or (one.first == one.last and one.type == "university")
    return bare and layers.low[one.first - 1 : one.first] == ["the"]


def _is_known(layers: Layers, one: _Partner, directory: Directory) -> bool:
    """Return whether a phrase in small letters is a name that the document or a place gives."""
    first = one.first
    placed = first > 0 and layers.caps[first] and layers.tags[first - 1] not in ".\n"
    return directory.knows(one.name) or (placed and directory.is_proper(layers.low[first]))


def _is_unsaid(layers: Layers, one: _Partner) -> bool:
    """Return whether it is just "organisations", so that those before tell the kind."""
    low = layers.low[one.first : one.last + 1]
    unsaid = _head(low[-1]) in ("organisation", "agency")
    return unsaid and rules().words["unspecific"].isdisjoint(low)


def _head(name: str) -> str:
    """Return the word that says what it is, in the singular; "University of Leeds" is one."""
    word = name.lower().partition(" of ")[0].split()[-1]
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _unowned(text: str) -> str:
    """Return what is printed without a possessive ending; "Barnardo's" has none."""
    plain = text.replace("’", "'")
    size = 2 if plain.endswith("'s") else 1 if plain.endswith("s'") else 0
    return text if not size or find_body(text) else text[:-size]


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    """Return the extractor of partners."""
    return [PartnerExtractor()]
