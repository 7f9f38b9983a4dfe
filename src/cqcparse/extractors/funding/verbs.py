"""The verbs that move money: their forms, and the roles of what stands around them."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from cqcparse.extractors.funding import heads
from cqcparse.grammar import Tokens, forms

#: "source" is money that something is done with, and nothing else; a "mover" decides about money
#: and need not be who pays it.
Role: TypeAlias = Literal["funder", "recipient", "purpose", "money", "source", "mover"]


@attrs.frozen(kw_only=True)
class Frame:
    """The roles of a verb's arguments."""

    subject: Role
    #: Role of an object that is not money.
    object: Role | None
    #: Role of the phrase behind each preposition; an infinitive is always the purpose.
    prepositions: dict[str, Role]
    #: Whether the verb moves money whatever its object is ("fund", "pay").
    always: bool = False
    #: Whether its object is what is paid for, never the money itself.
    whole: bool = False
    #: Whether an infinitive behind it says what the money is for.
    infinitive: bool = True
    #: Whether the verb itself is a mention; others only tie money to its purpose.
    event: bool = True


_FROM: dict[str, Role] = dict.fromkeys(
    ("by", "from", "through", "via", "using", "out of"), "funder"
)
_TAKEN: dict[str, Role] = {"from": "funder", "through": "funder", "by": "recipient"}
_GIVE = Frame(
    subject="funder",
    object="recipient",
    prepositions={**_FROM, "to": "recipient", "for": "purpose", "towards": "recipient"},
)
_GET = Frame(
    subject="recipient",
    object=None,
    prepositions={**_TAKEN, "for": "purpose", "towards": "recipient", "via": "funder"},
)
_TAKE = attrs.evolve(
    _GIVE,
    object=None,
    prepositions={"from": "recipient", "by": "funder"},
    infinitive=False,
    event=False,
)
FRAMES: dict[str, Frame] = {
    "fund": Frame(
        subject="funder",
        object="recipient",
        prepositions={**_FROM, "for": "purpose", "with": "money"},
        always=True,
        whole=True,
    ),
    "pay": Frame(
        subject="funder",
        object="recipient",
        prepositions={**_FROM, "for": "purpose", "towards": "recipient", "to": "recipient"},
        always=True,
    ),
    "spend": Frame(
        subject="funder",
        object=None,
        prepositions={**_FROM, "on": "purpose", "for": "purpose"},
    ),
    "invest": Frame(
        subject="funder",
        object=None,
        prepositions={**_FROM, "in": "recipient", "into": "recipient"},
    ),
    "give": _GIVE,
    "provide": attrs.evolve(_GIVE, prepositions={**_GIVE.prepositions, "with": "money"}),
    "issue": _GIVE,
    "award": _GIVE,
    "allocate": _GIVE,
    "receive": _GET,
    "secure": _GET,
    "remove": attrs.evolve(_TAKE, event=True),
    "withdraw": _TAKE,
    "cut": _TAKE,
    "reduce": _TAKE,
    "use": Frame(
        subject="money",
        object=None,
        prepositions={"for": "purpose", "on": "purpose"},
        event=False,
    ),
    "focus": Frame(subject="money", object=None, prepositions={"on": "purpose"}, event=False),
    "come": Frame(
        subject="money",
        object=None,
        prepositions={"from": "funder"},
        infinitive=False,
        event=False,
    ),
    "go": Frame(
        subject="money",
        object=None,
        prepositions={"to": "recipient", "towards": "recipient", "on": "purpose"},
        infinitive=False,
        event=False,
    ),
    "offer": attrs.evolve(_GIVE, event=False),
    "commit": attrs.evolve(_GIVE, event=False),
    "contribute": attrs.evolve(_GIVE, event=False),
    "pass": attrs.evolve(_GIVE, event=False),
    "put": Frame(
        subject="mover",
        object=None,
        prepositions={"into": "recipient", "in": "recipient", "towards": "recipient"},
        event=False,
    ),
    "make": attrs.evolve(
        _GIVE, object=None, prepositions={"to": "recipient", "by": "funder"}, event=False
    ),
    "agree": attrs.evolve(
        _GIVE, object=None, prepositions={"to": "money", "for": "purpose"}, event=False
    ),
    "consider": attrs.evolve(_GIVE, object=None, prepositions={}, event=False),
    "split": Frame(
        subject="funder",
        object=None,
        prepositions={"between": "recipient", "among": "recipient"},
        infinitive=False,
        event=False,
    ),
    "access": attrs.evolve(_GET, event=False),
    "obtain": attrs.evolve(_GET, event=False),
    "attract": attrs.evolve(_GET, event=False),
    "win": attrs.evolve(_GET, event=False),
    "claim": attrs.evolve(_GET, event=False),
    "lose": attrs.evolve(_GET, event=False),
    "gain": attrs.evolve(_GET, event=False),
    "apply": attrs.evolve(_GET, prepositions={"for": "money"}, event=False),
    "bid": attrs.evolve(_GET, prepositions={"for": "money"}, event=False),
}
FRAMES["resource"] = FRAMES["fund"]
#: Verbs that are said of money itself, and whose forms are not always verbs in front of it.
_SAID: dict[str, Frame] = {
    **dict.fromkeys(
        heads.RELATING,
        Frame(
            subject="money",
            object="recipient",
            prepositions={
                "for": "purpose",
                **dict.fromkeys(("with", "from", "through", "by", "using", "via"), "source"),
            },
            event=False,
        ),
    ),
    **dict.fromkeys(
        heads.ARRANGING,
        Frame(subject="money", object=None, prepositions={"for": "purpose"}, event=False),
    ),
}

_IRREGULAR = {
    "pay": ("pay", "pays", "paid", "paying"),
    "spend": ("spend", "spends", "spent", "spending"),
    "give": ("give", "gives", "gave", "given", "giving"),
    "come": ("come", "comes", "came", "coming"),
    "split": ("split", "splits", "splitting"),
    "withdraw": ("withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"),
    "cut": ("cut", "cuts", "cutting"),
    "go": ("go", "goes", "went", "gone"),
    "make": ("make", "makes", "made", "making"),
    "bid": ("bid", "bids", "bidding"),
    "keep": ("keep", "keeps", "kept"),
    "begin": ("begin", "begins", "began", "begun"),
    "buy": ("buy", "buys", "bought"),
    "run": ("run", "runs", "ran"),
    "set": ("set", "sets"),
    "put": ("put", "puts", "putting"),
    "grow": ("grow", "grows", "grew", "grown"),
    "find": ("find", "finds", "found"),
    "ring-fence": ("ring-fence", "ring-fences", "ring-fenced"),
    "lose": ("lose", "loses", "lost", "losing"),
    "win": ("win", "wins", "won", "winning"),
    "commit": ("commit", "commits", "committed", "committing"),
    "focus": ("focus", "focused", "focussed", "focuses", "focusing"),
    "access": ("access", "accesses", "accessed", "accessing"),
}
#: Forms of the verbs that move money, which are no part of a phrase for it.
MOVING = frozenset(form for verb in FRAMES for form in _IRREGULAR.get(verb, tuple(forms(verb))))
FRAMES.update(_SAID)
#: Verb by form.
FORMS: dict[str, str] = {
    form: verb for verb in FRAMES for form in _IRREGULAR.get(verb, tuple(forms(verb)))
}
#: Forms that are nouns unless their neighbours say otherwise.
_NOUNS = frozenset(
    [
        "fund",
        "funds",
        "funding",
        "pay",
        "award",
        "awards",
        "issue",
        "issues",
        "resource",
        "resources",
        "resourcing",
        "spending",
        "focus",
        "access",
        "offer",
        "offers",
        "use",
        "uses",
        "invest",
    ]
)
#: Nouns in front of which "pay" is a noun too.
_PAY_NOUNS = heads.around("pay_nouns")
#: Verbs in front of a gerund: "stopped funding the group".
_PHASES = frozenset(
    ("stop", "stopped", "stops", "start", "started", "continue", "continued", "began")
)
#: Past forms without -ed.
_PAST = frozenset(
    "paid spent given gave won came split cut withdrawn withdrew went gone made kept began begun"
    " bought run ran set lost grew grown found".split()
)
_SUBJECTS = frozenset(("jointly", "who", "which", "that"))
#: Quantifiers that stand as subjects of their own: "no one paid", "some paid".
_ALONE = frozenset(("one", "some", "many", "most", "few", "others", "none"))
_TO = frozenset(("to", "not", "jointly", "and/or"))
_PEOPLE = frozenset(("they", "we", "who", "which", "it"))


def is_verbal(tokens: Tokens, index: int) -> bool:
    """Return whether a form that may be a noun ("fund", "funding", "award") is a verb here.

    Args:
        tokens: A paragraph.
        index: Index of the form.
    """
    low, tags = tokens.low, tokens.tags
    if low[index] not in FORMS:
        return False
    before = index - 1
    previous = low[before] if index else ""
    behind = tags[index + 1] if index + 1 < len(low) else "."
    if low[index].endswith("ing"):
        return _is_verbal_gerund(tokens, index, behind)
    if low[index].endswith("s"):
        return previous in _PEOPLE or (index > 0 and tags[before] in "NW)" and behind in "D#LM")
    if previous == "to":
        return behind not in ".,XP" or low[index] == "pay"
    if previous in _TO or (index > 0 and tags[before] in "RX"):
        return True
    if index and tags[before] == "K" and previous.endswith("ly"):
        return behind in "DNWJ#LMQ"
    if previous in (",", "and", "or"):
        return low[index] == "fund" and behind in "DNWJ#LMQ" and _in_list(tokens, index)
    plural = index > 0 and tags[before] == "N" and previous.endswith("s") and previous != "nhs"
    return plural and behind in "D#"


def is_moving(tokens: Tokens, index: int) -> bool:
    """Return whether the form at *index* is a verb here, and no participle in front of a noun.

    Args:
        tokens: A paragraph.
        index: Index of a word of :data:`FORMS`.
    """
    low, tags = tokens.low, tokens.tags
    if low[index] == "pay" and low[index + 1 : index + 2] and low[index + 1] in _PAY_NOUNS:
        return False
    if not low[index].endswith("ed") and low[index] not in _PAST:
        return (tags[index] == "V" and low[index] != "funds") or is_verbal(tokens, index)
    place = index - 1
    while place >= 0 and (tags[place] == "K" or low[place] in ("each", "both", "all")):
        place -= 1
    if place >= 0 and (tags[place] in "XR" or low[place] in _SUBJECTS):
        return True
    if place < index - 1 and low[index - 1] == "jointly":
        return True
    before = tags[place] if place >= 0 else "."
    behind = tags[index + 1] if index + 1 < len(low) else "."
    if before == "D" and low[place] in ("this", "that") and behind == "P":
        return tags[index] == "V"
    if low[max(place - 1, 0) : index] == ["no", "longer"]:
        return True
    if low[place] in _ALONE and behind in "PDMR#,.":
        return True
    return before not in "DJQL" and _has_argument(tokens, index, before, behind)


def _has_argument(tokens: Tokens, index: int, before: str, behind: str) -> bool:
    """Return whether a past form has a subject or object, between words of these classes."""
    if behind in "NW":
        if tokens.low[index] == "paid":
            return before in "NW)"
        if before in "P.":
            return False
    if tokens.tags[index] == "V" or behind in "PDMR#,.":
        return True
    return (before in "NW)" and behind in "NW" and tokens.low[index] == "gave") or (
        before in "C," and behind == "N"
    )


def _is_verbal_gerund(tokens: Tokens, index: int, behind: str) -> bool:
    """Return whether "funding" or the like has an object: "by funding a post"."""
    if not index or behind not in "D#LMQJNW":
        return False
    place = index - 1
    while place > 0 and tokens.tags[place] == "K":
        place -= 1
    if tokens.tags[place] == "X":
        return tokens.low[place] not in ("have", "has", "had") and behind in "D#LMQ"
    if place < index - 1 and tokens.low[index - 1] == "jointly":
        return True
    if tokens.low[place] in _PHASES and behind in "D#":
        return True
    return tokens.low[place] in ("by", "of", "in", "for", "through") and behind in "D#Q"


def _in_list(tokens: Tokens, index: int) -> bool:
    """Return whether an infinitive or verb stands in front, in the same list."""
    for place in range(index - 1, max(index - 25, 0), -1):
        if tokens.tags[place] == ".":
            return False
        if tokens.low[place - 1] == "to" and tokens.tags[place] == "V":
            return True
    return False
