"""What stands around a figure: direction, what it is compared with, qualifier and subject."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from cqcparse import Quote, Span
from cqcparse.grammar import word_list
from cqcparse_figures.mention import Role
from cqcparse_figures.reading import Number

#: How far in front of and behind a figure the words are looked for that say what it is.
_IN_FRONT = 60
_BEHIND = 34
#: How far in front of a figure a qualifier may begin.
_QUALIFIER = 24
#: Most words of a subject.
_WORDS = 8

_OF = re.compile(r" (?:of|in) (?:all |the |their |its |those |these )*")
_FOR = re.compile(
    r" (?:a year |each year |per year )?(?:on|for|towards) (?:the |their |its |a |an )?"
)
_TOKEN = re.compile(r"[\w'’-]+")
_SUBJECT = re.compile(
    r"(?:(?:Over|In|During|After|Within|For|Since) (?:the )?(?:last |past |previous )?\w+ (?:years?"
    r"|months?|weeks?|days?),? )?"
    r"(?:(?:However|Overall|In addition|At the time of (?:our|the) assessment),? )?"
    r"(?:We (?:found|heard|saw) (?:that )?)?(?:The |An? |Its |Their |the )?"
    r"(?P<subject>[^,;:.\d%£]{2,70}?) (?:was|were|is|are|had|has|have|took|stood|ranged|rose|fell"
    r"|increased|decreased|reduced|grew|dropped|remained|ran|lasted|covered|waited|came"
    r"|averaged)\b"
)
#: What parts clauses.
_PARTING = re.compile(r"[;:,](?!\d) ?|\b(?:and|but|while|whereas|with) ")
_EXTREME = re.compile(r"\b(?:longest|shortest|maximum|minimum|median|mean|average)\b")
#: A measure right in front of its figure: "with a median wait of 41 days".
_MEASURE = re.compile(
    r"\b(?:the|an?|its|their) (?P<subject>(?:longest|shortest|highest|lowest|maximum|minimum"
    r"|median|mean|average)(?: [a-z-]+){0,4}?)(?: of| at| for)?"
    r"(?: (?:about|around|just|over|under))* ?$"
)
#: A measure that stands behind: "214 days the longest".
_NAMED_BEHIND = re.compile(
    r",? (?:was |were |being )?(?:the|as the|at the|at its) (?P<subject>longest|shortest|highest"
    r"|lowest|maximum|minimum)\b"
)
#: Those that the clause before named: "and those for reviews 12 days".
_THOSE = re.compile(
    r"(?P<subject>(?:that|those) (?:for|of|in|at|by|from) [a-z -]{3,40}?)(?: of| at)? \Z"
)
#: In front of a figure that shares the verb of the clause before: "for 3 weeks, and then for 9".
_NO_VERB = re.compile(r"(?:and |or |then |for |up to |about |over |sometimes )*")
#: A point of time, not a length: "two years after the list had closed".
_SINCE = re.compile(r" (?:after|before|since|ago|later|earlier|from now)\b")
#: A stretch of time that a sentence opens with.
_SPELL = re.compile(r"(?:Over|In|During|After|Within|For|Since)\b[^,]{0,16}$")
_NOBODY = frozenset(("there", "this", "that", "these", "those", "which", "local authority"))
_ENDS = frozenset(
    "had has have was were is are did could can would said told felt who which that".split()
)


def find_directions(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield what is said of direction in ``text[start:end]``: the word for it, and its place."""
    for match in _directions().finditer(text, start, end):
        yield _meaning()[" ".join(match.group().lower().split())], match.start(), match.end()


def role_of(text: str, number: Number, start: int, end: int) -> Role | None:
    """Return what the figure is by the words beside it; None if they do not say.

    Args:
        text: The text of the document.
        number: The figure.
        start: Where the words in front of it begin to be its own.
        end: Where the words behind it end to be its own.
    """
    behind = _roles().search(text, number.end, min(number.end + _BEHIND, end))
    front = _roles().findall(text, max(start, number.start - _IN_FRONT), number.start)
    if front:
        return _role_of_word(front[-1])
    return _role_of_word(behind.group()) if behind else None


def role_in_front(text: str, number: Number, start: int) -> Role | None:
    """Return what a figure is by the words right in front: "target of 75%"; else None."""
    match = _roles_in_front().search(text[max(start, number.start - _IN_FRONT) : number.start])
    return _role_of_word(match["role"]) if match else None


def is_waiting(text: str, number: Number, start: int, end: int) -> bool:
    """Return whether a length of time is one that people wait, by the words of its clause."""
    if _SPELL.match(text, start, number.start) or _SINCE.match(text, number.end, end):
        return False  # "Over two years the waiting list had fallen", "two years after the list"
    if "-" in text[number.start : number.end]:  # "a two-year pilot", "a six-week wait"
        return _waiting().match(text, min(number.end + 1, end), end) is not None
    first, last = clause_of(text, number, start, end)
    if _waiting().search(text, first, last):
        return True
    more = _EXTREME.search(text, first, last) or _NAMED_BEHIND.match(text, number.end, end)
    more = more or _THOSE.match(text, first, number.start)
    shares = more is not None or _NO_VERB.fullmatch(text, first, number.start) is not None
    return shares and _waiting().search(text, start, first) is not None


def clause_of(text: str, number: Number, start: int, end: int) -> tuple[int, int]:
    """Return where the clause around a figure begins and ends, by the marks and joining words."""
    first = max((m.end() for m in _PARTING.finditer(text, start, number.start)), default=start)
    behind = _PARTING.search(text, number.end, end)
    return first, behind.start() if behind else end


def qualifier_of(text: str, number: Number, start: int) -> Quote | None:
    """Return the words right in front of a figure that belong to its sense."""
    floor = max(start, number.start - _QUALIFIER)
    match = _qualifiers().search(text[floor : number.start])
    return _quote(text, floor + match.start(1), floor + match.end(1)) if match else None


def subject_of(text: str, number: Number, start: int, end: int) -> Quote | None:
    """Return what a figure is about: what is counted, what follows "of", or who the sentence is on.

    Args:
        text: The text of the document.
        number: The figure.
        start: Offset of the sentence.
        end: Offset past it.
    """
    if number.counted is not None:
        return _quote(
            text, number.counted, number.end if number.type == "count" else _rate_end(text, number)
        )
    link = (_FOR if number.type == "money" else _OF).match(text, number.end, end)
    dated = link is not None and text[link.end() : link.end() + 1].isdigit()
    if link and not dated and number.type not in {"duration", "waiting-time"}:
        stop = _phrase_end(text, link.end(), end)
        if stop > link.end():
            return _quote(text, link.end(), stop)
    beside = number.type in {"share", "score"} or "-" in text[number.start : number.end]
    if beside and text[number.end : number.end + 1] == " ":
        stop = _phrase_end(text, number.end + 1, end)
        if stop > number.end + 1:
            return _quote(text, number.end + 1, stop)
    own = _own_subject(text, number, start, end)
    if own:
        return own
    match = _SUBJECT.match(text, start, number.start)
    if match is None or match["subject"].lower() in word_list("closed", "pronoun") | _NOBODY:
        return None
    return _quote(text, *match.span("subject"))


def _own_subject(text: str, number: Number, start: int, end: int) -> Quote | None:
    """Return the subject of a clause behind the first one: "and the longest was 214 days"."""
    first, _ = clause_of(text, number, start, end)
    if first == start:
        return None
    match = (
        _SUBJECT.match(text, first, number.start)
        or _MEASURE.search(text, first, number.start)
        or _NAMED_BEHIND.match(text, number.end, end)
        or _THOSE.match(text, first, number.start)
    )
    if match is None or match["subject"].lower() in word_list("closed", "pronoun") | _NOBODY:
        return None
    return _quote(text, *match.span("subject"))


def _rate_end(text: str, number: Number) -> int:
    """Return where the words for what a rate counts end: in front of "per" and the like."""
    words = re.compile(r" (?:per|for every|in every|out of every) ")
    match = words.search(text, number.counted or number.start, number.end)
    return match.start() if match else number.end


def _phrase_end(text: str, start: int, end: int) -> int:
    """Return where the noun phrase at *start* ends: at a verb, a mark or after some words."""
    stop = start
    for count, match in enumerate(_TOKEN.finditer(text, start, end)):
        if (
            count >= _WORDS
            or text[stop : match.start()].strip()
            or match.group().lower() in _closed()
        ):
            break
        if count and match.group().endswith(("ed", "ing")) and match.group() != "nursing":
            break
        stop = match.end()
    return stop


@cache
def _closed() -> frozenset[str]:
    """Return the words that end a noun phrase."""
    lists = (word_list("closed", name) for name in ("auxiliary", "pronoun", "clause"))
    return frozenset().union(_ENDS, *lists, {"for", "by", "to", "on", "at", "from", "against"})


def _quote(text: str, start: int, end: int) -> Quote:
    return Quote(text[start:end], Span(start, end))


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


def _listed(table: str, name: str) -> list[str]:
    return [
        " ".join(phrase.split()) for phrase in _words()[table][name].split(",") if phrase.strip()
    ]


@cache
def _meaning() -> dict[str, str]:
    """Return what each phrase of direction means."""
    return {phrase: name for name in _words()["direction"] for phrase in _listed("direction", name)}


@cache
def _role_words() -> dict[str, Role]:
    roles: tuple[Role, ...] = ("before", "peers", "region", "england", "target")
    return {phrase: role for role in roles for phrase in _listed("role", role)}


def _role_of_word(word: str) -> Role:
    return _role_words()[" ".join(word.lower().split())]


@cache
def _directions() -> re.Pattern[str]:
    return _any_of(_meaning())


@cache
def _roles() -> re.Pattern[str]:
    return _any_of(_role_words())


@cache
def _roles_in_front() -> re.Pattern[str]:
    roles = _any_of(_role_words()).pattern
    return re.compile(
        rf"(?P<role>{roles})(?: average)?(?: of| was| is| at|:)? ?\(?(?:about |around |just )?\Z",
        re.IGNORECASE,
    )


@cache
def _waiting() -> re.Pattern[str]:
    return _any_of(dict.fromkeys(_listed("waiting", "words"), ""))


@cache
def _qualifiers() -> re.Pattern[str]:
    names = sorted(_listed("qualifier", "words"), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(names)}) ?\Z", re.IGNORECASE)


def _any_of(phrases: dict[str, object] | dict[str, str] | dict[str, Role]) -> re.Pattern[str]:
    names = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
