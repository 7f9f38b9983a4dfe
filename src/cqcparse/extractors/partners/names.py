"""Names of organisations that no head noun gives away, such as "Speak Up Eastmarch"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cqcparse.extractors.partners.candidates import Candidate, possessive
from cqcparse.extractors.partners.words import words as word_list
from cqcparse.grammar import Tokens, sentence_start

_LINKS = frozenset(("of", "for", "&", "the", "in"))
#: Words in front of a body that is paid, asked or worked with.
_BEFORE = frozenset(
    "by with from commissioned commissioning called named funded asked to through via".split()
)
_APPOSITION = frozenset(
    "charity charities organisation provider company enterprise agency body group trust"
    " partnership".split()
)
_PARTICIPLES = frozenset("hosted run led funded set founded commissioned".split())
#: Last words that no explanation makes an organisation.
_THINGS = frozenset("fund grant plan strategy framework programme policy act board review".split())
_FACILITIES = frozenset("centre hub project network house carers support lodge".split())
_PLACES = frozenset("north south east west central england council uk".split())
_CAUSES = frozenset(
    "refugee carers carers' women's disability law community resource people's".split()
)
_TYPES = (
    ("advocacy", frozenset(("advocacy", "advocates", "advocate"))),
    ("other", frozenset(("healthwatch",))),
    ("nhs-trust", frozenset(("nhs", "hospital", "hospitals"))),
    (
        "provider",
        frozenset(("homecare", "healthcare", "ltd", "limited", "technologies", "support")),
    ),
    ("housing", frozenset(("homes", "housing"))),
)


def open_names(
    tokens: Tokens, places: frozenset[str], found: list[Candidate]
) -> Iterator[Candidate]:
    """Yield runs of capitalised words that the sentence treats as an organisation.

    Args:
        tokens: A paragraph.
        places: Words of the authority's name; a local body often carries one.
        found: The partners found by other rules; their words are taken.
    """
    judge = _Judge(tokens, places, found)
    taken = {index for candidate in found for index in range(candidate.first, candidate.last + 1)}
    done = 0
    for index in tokens.capitals:
        if index < done or index in taken:
            continue
        done = _run(tokens, index)
        if taken.isdisjoint(range(index, done)) and (found_name := judge.name(index, done - 1)):
            yield found_name


def place_words(names: Iterable[str]) -> frozenset[str]:
    """Return the words of the authority's *names* that say where it is."""
    words = {word.lower() for name in names for word in name.split() if word[0].isupper()}
    return frozenset(
        words - word_list("name_ends_elsewhere") - {"royal", "metropolitan", "unitary"}
    )


def with_known_names(
    texts: Sequence[Tokens], found: Sequence[list[Candidate]], places: frozenset[str]
) -> list[Candidate]:
    """Return all candidates, and each later mention of a name that one sentence gave away.

    Args:
        texts: The paragraphs of the document.
        found: The candidates of each.
        places: Words of the authority's name, which alone stand for no other body.
    """
    known: dict[str, list[tuple[list[str], Candidate]]] = {}
    for candidates in found:
        for candidate in candidates:
            if candidate.rule.startswith("name-"):
                words = candidate.tokens.low[candidate.first : candidate.last + 1]
                if words[0] in places:
                    continue
                known.setdefault(words[0], []).append((words, candidate))
    common = _common_words(texts, known)
    complete: list[Candidate] = []
    for tokens, candidates in zip(texts, found, strict=True):
        again = list(_again(tokens, candidates, known, common)) if known else []
        complete += sorted([*candidates, *again], key=lambda c: c.first)
    return complete


def _common_words(texts: Sequence[Tokens], known: Iterable[str]) -> frozenset[str]:
    """Return the first words of *known* names that the document also writes in lower case."""
    first = frozenset(known)
    return frozenset(
        low
        for tokens in texts
        if not first.isdisjoint(tokens.low)
        for low, capital in zip(tokens.low, tokens.caps, strict=True)
        if not capital and low in first
    )


def _again(
    tokens: Tokens,
    candidates: list[Candidate],
    known: dict[str, list[tuple[list[str], Candidate]]],
    common: frozenset[str],
) -> Iterator[Candidate]:
    taken = {
        index for candidate in candidates for index in range(candidate.first, candidate.last + 1)
    }
    for index in tokens.capitals:
        low = tokens.low[index]
        if low not in known or index in taken:
            continue
        for words, model in sorted(known[low], key=lambda item: -len(item[0])):
            size = len(words) if tokens.low[index : index + len(words)] == words else 1
            alone = tokens.tags[index] == "W" and low not in common and not _goes_on(tokens, index)
            if size > 1 or len(words) == 1 or alone:
                yield Candidate(
                    tokens=tokens, first=index, last=index + size - 1, type=model.type,
                    rule="known-name", named=True, canonical=model.text,
                )  # fmt: skip
                taken.update(range(index, index + size))
                break


def _goes_on(tokens: Tokens, index: int) -> bool:
    """Return whether a capitalised word stands beside the one at *index*."""
    after = index + 1 < len(tokens) and tokens.capitalised(index + 1)
    return after or (
        index > 0 and tokens.capitalised(index - 1) and not sentence_start(tokens, index - 1)
    )


def _run(tokens: Tokens, index: int) -> int:
    """Return the end of the capitalised words that start at *index*."""
    end = index + 1
    size = len(tokens)
    while end < size and end - index < 9:
        if tokens.capitalised(end):
            end += 1
        elif end + 1 < size and tokens.low[end] in _LINKS and tokens.capitalised(end + 1):
            end += 2
        else:
            break
    return end


class _Judge:
    """Decides which runs of capitalised words in one paragraph are organisations."""

    def __init__(self, tokens: Tokens, local: frozenset[str], found: list[Candidate]) -> None:
        self._tokens = tokens
        self._local = local
        self._ends = {candidate.last for candidate in found}
        self._starts = {candidate.first for candidate in found}

    def name(self, first: int, last: int) -> Candidate | None:
        """Return the candidate from *first* to *last*, or None."""
        tokens = self._tokens
        while first < last and sentence_start(tokens, first) and tokens.tags[first] in "DQPKJCRXV#":
            first += 1
        words = tokens.low[first : last + 1]
        if any(word in word_list("posts_and_dates") for word in words) or words[0][0].isdigit():
            return None
        if tokens.word(last).isupper() and words[-1] not in ("cvs", "cic", "uk"):
            return None
        near = bool(self._local & set(words))
        cue = self._single(first) if len(words) == 1 else self._cue(first, last, near=near)
        if cue is None or (
            words[-1] in word_list("name_ends_elsewhere")
            and not self._excused(words, cue, near=near)
        ):
            return None
        kind = _type(tokens, first, last, words)
        cut = possessive(words[-1])
        return Candidate(
            tokens=tokens, first=first, last=last, type=kind, rule=cue, named=True, cut=cut
        )

    def _single(self, index: int) -> str | None:
        """Return the rule by which one capitalised word is an organisation, or None."""
        if self._tokens.tags[index] != "W" or sentence_start(self._tokens, index):
            return None
        if self._tokens.low[index] in self._local:
            return None
        return "name-apposition" if self._apposition(index) else None

    def _cue(self, first: int, last: int, *, near: bool) -> str | None:
        """Return the rule by which the name is an organisation, or None."""
        tokens = self._tokens
        if tokens.tags[last + 1 : last + 2] == ["("] and tokens.tags[last + 3 : last + 4] == [")"]:
            last += 3
        after = tokens.low[last + 1] if last + 1 < len(tokens) else ""
        before = tokens.low[first - 1] if first else ""
        if self._apposition(last) or before in ("charity", "organisation", "provider"):
            return "name-apposition"
        if "mind" in (tokens.low[first], tokens.low[last]):
            return "name-charity"
        if before in ("by", "with", "commissioned"):
            return "name-agent"
        if after in word_list("speaking") or (
            after in word_list("doing") and before not in ("in", "at", "of")
        ):
            return "name-speaker"
        if before == "from" and first > 1 and tokens.tags[first - 2] in "NJ":
            return "name-source"
        if near and before in _BEFORE:
            return "name-local"
        if (
            after in ("had", "has", "was")
            and (near or sentence_start(tokens, first))
            and before not in ("in", "at")
        ):
            return "name-speaker" if tokens.tags[last + 2 : last + 3] == ["V"] else None
        if before in (",", "and", "both", "or") and self._listed(first, last):
            return "name-list"
        return None

    def _listed(self, first: int, last: int) -> bool:
        """Return whether the name stands beside a partner in a list."""
        if {first - 2, first - 3} & self._ends:
            return True
        return bool({last + 2, last + 3} & self._starts) and self._tokens.tags[last + 1] in ",C"

    def _apposition(self, last: int) -> bool:
        """Return whether the name is explained as an organisation: ", a local charity"."""
        low = self._tokens.low
        after = low[last + 1 : last + 10]
        if after[:1] == ["("] and len(after) > 3:
            after = after[3:]
        if after[:1] != [","] or len(after) < 3:
            return False
        if after[1] in _PARTICIPLES:
            return True
        return after[1] in ("a", "an", "the", "our", "another") and bool(
            _APPOSITION & set(after[2:6])
        )

    def _excused(self, words: list[str], cue: str, *, near: bool) -> bool:
        """Return whether a name may end in a word that usually ends something else."""
        if cue == "name-apposition":
            return len(words) > 1 and words[-1] not in _THINGS
        if words[-1] in _FACILITIES:
            return near or cue == "name-agent" or not _CAUSES.isdisjoint(words)
        if words[-1] in ("service", "services"):
            return near and cue in ("name-agent", "name-local")
        return words[-1] in _PLACES and cue in ("name-agent", "name-speaker", "name-list")


def _type(tokens: Tokens, first: int, last: int, words: list[str]) -> str:
    """Return the type that the words of the name, or those around it, give."""
    for kind, cues in _TYPES:
        if cues & set(words):
            return kind
    before = tokens.low[max(first - 8, 0) : first]
    if "advocacy" in before:
        return "advocacy"
    if (
        "provider" in tokens.low[last + 1 : last + 7]
        or "company" in tokens.low[last + 1 : last + 7]
    ):
        return "provider"
    return "vcse"
