"""Phrases that end in the head noun of an organisation, and heads that stand alone for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from cqcparse.extractors.partners.candidates import Candidate, possessive, tables
from cqcparse.extractors.partners.words import words
from cqcparse.grammar import Tokens, in_post, join_left, left_edge, proper, right_edge

#: Heads that count with a type from the words in front only, unless they are proper names.
_TYPED_ONLY = frozenset("group network colleague trust sector panel association society".split())
_TYPED_ONLY |= frozenset(("foundation",))
#: Heads whose bare form stands for what the last phrase with that head named.
_REMEMBERED = frozenset(
    "collective alliance forum sector network trust association champion consortium".split()
)
#: Heads whose phrases say whether "organisations" after them are of the voluntary sector.
_VOLUNTARY_HEADS = frozenset("organisation sector charity group provider".split())
#: Heads whose capitalised phrase is cut off when another noun follows.
_FINAL_ONLY = frozenset("network group association service team sector".split())
#: Words that make one partner a body.
_PARTNERING = frozenset("strategic delivery lead technology commissioning training key".split())
_CARERS = frozenset("carers carers' carer women men's".split())
#: Words of councils that are no local authority: "Race Equality Council".
_CAUSES = frozenset(
    "equality voluntary youth faith faiths interfaith arts churches women's".split()
)
_CONSULTED = frozenset("reference steering advisory partnership action strategy".split())


@attrs.frozen(kw_only=True)
class Phrase:
    """A head noun with the words that belong to it; indices are of tokens, both ends included."""

    tokens: Tokens
    first: int
    index: int
    last: int
    #: The head in the singular.
    head: str
    #: The other words of the phrase, in lower case.
    words: tuple[str, ...]
    named: bool
    #: The type that the words in front give.
    kind: str | None
    #: Whether an earlier phrase with this head was a partner.
    known: bool

    @property
    def plural(self) -> bool:
        """Whether the head is printed in the plural."""
        return _unowned(self.tokens.low[self.index]) != self.head

    @property
    def before(self) -> str:
        """The word in front of the phrase."""
        return self.tokens.low[self.first - 1] if self.first else ""

    @property
    def after(self) -> str:
        """The word behind the phrase."""
        low = self.tokens.low
        return low[self.last + 1] if self.last + 1 < len(low) else ""


class Heads:
    """Finds headed phrases in one paragraph after the other, and remembers what they named."""

    def __init__(self) -> None:
        #: The type of the last phrase with each head.
        self._known: dict[str, str] = {}
        #: Whether the last organisations that were described are of the voluntary sector.
        self._voluntary = False

    def find(self, tokens: Tokens) -> Iterator[Candidate]:
        """Yield the partners that a head noun gives away."""
        heads = tables().owned
        for index in [index for index, low in enumerate(tokens.low) if low in heads]:
            head = heads[tokens.low[index]]
            phrase = _phrase(tokens, index, head, known=head in self._known)
            if phrase and (found := self._judge(phrase)):
                self._remember(head, found)
                yield found

    def recall(self, tokens: Tokens, found: Candidate) -> None:
        """Remember a partner that another rule has found, for bare heads that refer back."""
        if head := tables().singular.get(tokens.low[found.last]):
            self._remember(head, found)

    def _judge(self, phrase: Phrase) -> Candidate | None:
        bare = phrase.last == phrase.index and not any(map(_says_which, phrase.words))
        kind = self._bare_type(phrase) if bare else _type(phrase)
        if kind is None:
            return None
        return Candidate(
            tokens=phrase.tokens,
            first=phrase.first,
            last=phrase.last,
            type=kind,
            rule=f"bare-{phrase.head}" if bare else f"{phrase.head}-phrase",
            named=phrase.named and not bare,
            cut=possessive(phrase.tokens.low[phrase.last]),
        )

    def _bare_type(self, phrase: Phrase) -> str | None:
        """Return the type of a head noun alone; None where it stands for no organisation."""
        rule = _BARE.get(phrase.head)
        if rule is None or not rule(phrase):
            return None
        kind = tables().heads[phrase.head]
        if phrase.head in _REMEMBERED:
            return self._known.get(phrase.head, kind)
        return "vcse" if phrase.head == "organisation" and self._voluntary else kind

    def _remember(self, head: str, found: Candidate) -> None:
        if found.type not in ("icb", "local-authority"):
            self._known[head] = found.type
        if head in _VOLUNTARY_HEADS and found.rule != "bare-organisation":
            self._voluntary = found.type == "vcse"


def ends_phrase(tokens: Tokens, index: int) -> bool:
    """Return whether the noun at *index* is the last of its phrase.

    People of a body, and what passes between bodies, may follow: "police officers".
    """
    after = index + 1
    if after >= len(tokens) or tokens.tags[after] not in "NW" or possessive(tokens.low[index]):
        return True
    low = tokens.low[after]
    if low == "arrangements" and tokens.low[index] == "partnership":
        return True
    if low in tables().trail or tokens.may_be_verb(after):
        return True
    plural = tokens.low[index].endswith("s") and tokens.low[index] != "gps"
    return plural and low not in tables().singular and not low.endswith(("s", "ing"))


def _phrase(tokens: Tokens, index: int, head: str, *, known: bool) -> Phrase | None:
    ends = ends_phrase(tokens, index)
    if not (ends or tokens.caps[index]):
        return None  # only a name goes on behind its head, and its head has a capital
    first = left_edge(tokens, index)
    last = right_edge(tokens, index)
    named = tokens.caps[index] and _is_name(tokens, first, index, last, head)
    if in_post(tokens, first) if named else not ends:
        return None
    if tokens.tags[first] == "L" and first < index:
        first += 1
    own = first
    if not named and first < index:
        first = join_left(tokens, first, lambda start, end: _shares(tokens, start, end))
    others = (*tokens.low[first:index], *tokens.low[index + 1 : last + 1])
    return Phrase(
        tokens=tokens,
        first=first,
        index=index,
        last=last,
        head=head,
        words=others,
        named=named,
        kind=_first_type(tokens, first, own, head) or tables().type_of(others, head),
        known=known,
    )


def _is_name(tokens: Tokens, first: int, index: int, last: int, head: str) -> bool:
    """Return whether the phrase around the *head* at *index* is a proper name."""
    if not proper(tokens, first, last) or first == index == last:
        return False
    return head not in _FINAL_ONLY or ends_phrase(tokens, last)


def _unowned(word: str) -> str:
    """Return *word* without a possessive ending."""
    return word[: len(word) - possessive(word)]


def _first_type(tokens: Tokens, first: int, own: int, head: str) -> str | None:
    """Return the type that the first conjunct gives which has one, of those that share a head."""
    conjunct: list[str] = []
    for index in range(first, own):
        if tokens.tags[index] not in ",C":
            conjunct.append(tokens.low[index])
        elif conjunct and (kind := tables().type_of(conjunct, head)):
            return kind
        else:
            conjunct = []
    return None


def _says_which(word: str) -> bool:
    return not word[0].isdigit()


def _shares(tokens: Tokens, first: int, last: int) -> bool:
    shared = tables().shared
    phrase = tokens.low[first : last + 1]
    if phrase == ["public", "health"]:
        return False
    return all(word in shared or word.isdigit() for word in phrase)


# --- what a phrase of several words is ---------------------------------------------------------


def _type(phrase: Phrase) -> str | None:
    """Return the type of a head with words that say which; None if it is no partner."""
    unlike = tables().not_partner.get(phrase.head, frozenset())
    if not unlike.isdisjoint(phrase.words):
        return None
    if rule := _TYPE.get(phrase.head):
        return rule(phrase)
    if phrase.kind is None and phrase.head in _TYPED_ONLY and not phrase.named:
        return _met(phrase)
    return phrase.kind or tables().heads[phrase.head]


def _met(phrase: Phrase) -> str | None:
    """Return that a group of unknown purpose which "met" is a body that meets."""
    return "board" if phrase.after == "met" else None


def _institution(phrase: Phrase) -> str | None:
    """Return the type of a team, service or hospital: most are care, not organisations."""
    if phrase.kind in ("ics", "icb", "fire"):
        return phrase.kind
    return phrase.kind if phrase.named and phrase.kind == "nhs-trust" else None


def _council(phrase: Phrase) -> str | None:
    """Return the type of a council; the one that is assessed is no partner."""
    if phrase.named:
        if phrase.head == "council" and not _CAUSES.isdisjoint(phrase.words):
            return "vcse"
        if "combined" in phrase.words:
            return "regional-body"
        place = phrase.head in ("county", "district")
        lone = phrase.head == "borough" and not phrase.plural and "of" not in phrase.words
        return None if place or lone else "local-authority"
    others = not words("other_councils").isdisjoint(phrase.words)
    if phrase.head == "authority" and "local" not in phrase.words and not others:
        return None
    return "local-authority" if phrase.plural or others or "district" in phrase.words else None


def _partnership(phrase: Phrase) -> str | None:
    if phrase.named:
        return phrase.kind or "board"
    return None if words("partnership").isdisjoint(phrase.words) else "board"


def _group(phrase: Phrase) -> str | None:
    """Return the type of a group; one of carers is a service unless it is consulted."""
    if not _CARERS.isdisjoint(phrase.words) and _CONSULTED.isdisjoint(phrase.words):
        return "lived-experience" if phrase.after in words("saying") else None
    if phrase.kind is None and not phrase.named:
        return _met(phrase)
    return phrase.kind or "vcse"


def _partner(phrase: Phrase) -> str | None:
    """Return the type of partners; "an equal partner" is how somebody behaves."""
    if phrase.kind or phrase.plural or not _PARTNERING.isdisjoint(phrase.words):
        return phrase.kind or "other"
    return None


def _charitable(phrase: Phrase) -> str | None:
    """Return the type of a trust or network; a named one of no known kind is a charity."""
    if phrase.kind:
        return phrase.kind
    return "vcse" if phrase.named else _met(phrase)


_TYPE: dict[str, Callable[[Phrase], str | None]] = {
    **dict.fromkeys(("team", "service", "hospital", "system"), _institution),
    **dict.fromkeys(("council", "authority", "borough", "district", "county"), _council),
    **dict.fromkeys(("trust", "network"), _charitable),
    "partner": _partner,
    "partnership": _partnership,
    "group": _group,
}


# --- when a head noun alone is an organisation ---------------------------------------------------


def _always(_phrase: Phrase) -> bool:
    return True


def _if_plural(phrase: Phrase) -> bool:
    return phrase.plural


def _plural_or_people(phrase: Phrase) -> bool:
    """A plural, or the singular in front of its people: "partner involvement"."""
    return phrase.plural or phrase.after in tables().trail


def _agency(phrase: Phrase) -> bool:
    """A plural, or "the agency"; not "agency staff", who are temporary workers."""
    single = phrase.before in ("a", "the", "one", "another", "each", "lead")
    return phrase.plural or (single and phrase.after not in ("staff", "workers"))


def _organisation(phrase: Phrase) -> bool:
    """A plural or "one organisation"; "the organisation" is the authority itself."""
    return phrase.plural or phrase.before in ("a", "one", "each", "another", "their")


def _numbered(phrase: Phrase) -> bool:
    return phrase.plural and phrase.tokens.tags[phrase.first] == "#"


def _bare_council(phrase: Phrase) -> bool:
    return phrase.plural or phrase.before == "another"


def _bare_group(phrase: Phrase) -> bool:
    """Only "one group said" and "88 groups": "different groups" are people."""
    tags = phrase.tokens.tags
    if phrase.plural:
        return _numbered(phrase) and phrase.before in ("to", "with", "by", "from")
    acts = phrase.last + 1 < len(tags) and tags[phrase.last + 1] in "VX"
    return phrase.before in ("one", "another") and acts


def _bare_trust(phrase: Phrase) -> bool:
    """The body and not the feeling: "the trust said", not "trust and confidence"."""
    if phrase.known and phrase.after in tables().trail:
        return True
    if phrase.before != "the" or phrase.after in ("in", "of", "between"):
        return False
    beyond = phrase.tokens.low[phrase.last + 2 : phrase.last + 3]
    return phrase.after != "and" or beyond not in (["confidence"], ["respect"])


def _referring_back(phrase: Phrase) -> bool:
    """A body that was named before, not followed by another noun: "the board"."""
    tags = phrase.tokens.tags
    people = phrase.after in tables().trail
    final = phrase.last + 1 >= len(tags) or tags[phrase.last + 1] not in "NW" or people
    definite = phrase.before == "the" or phrase.head == "champion" or people
    return phrase.known and definite and final


def _bare_sector(phrase: Phrase) -> bool:
    return phrase.known and phrase.before == "the"


_BARE: dict[str, Callable[[Phrase], bool]] = {
    **dict.fromkeys(("provider", "charity", "consortium"), _always),
    **dict.fromkeys(("contractor", "supplier", "company", "borough", "district"), _if_plural),
    **dict.fromkeys(("partner", "stakeholder", "landlord"), _plural_or_people),
    **dict.fromkeys(("agency", "university"), _agency),
    **dict.fromkeys(("authority", "subgroup", "workstream"), _numbered),
    **dict.fromkeys(
        "board alliance forum partnership collaborative champion network association"
        " collective".split(),
        _referring_back,
    ),
    "council": _bare_council,
    "group": _bare_group,
    "organisation": _organisation,
    "sector": _bare_sector,
    "trust": _bare_trust,
}
