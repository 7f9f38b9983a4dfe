"""Who is who: ids of local funds, short forms a document defines, and "the fund"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cqcparse.extractors.funding import heads
from cqcparse.extractors.funding.drafts import Draft
from cqcparse.grammar import Acronyms, Lexicon, Tokens, is_acronym

_HEADS = {
    "fund": "fund",
    "funds": "fund",
    "funding": "fund",
    "budget": "fund",
    "grant": "grant",
    "grants": "grant",
    "levy": "stream",
    "precept": "stream",
}
_PROGRAMMES = frozenset(("programme", "scheme"))
_POINTING = frozenset(["the", "this", "that", "its"])
#: "The fund" means a fund of this many paragraphs before at most.
_REACH = 4
_SEPARATORS = re.compile(r"[^a-z0-9]+")


class Names:
    """The names of funds in one document, in the order in which they are met."""

    def __init__(self, acronyms: Acronyms, lexicon: Lexicon) -> None:
        self._short: dict[str, Draft | None] = {}
        for definition in acronyms.definitions:
            self._short[definition.short] = _defined(definition.long.text, lexicon)
        #: The short forms that the document defines, in lower case, with their plurals.
        self.short_forms = frozenset(
            form.lower() for short in self._short for form in (short, short + "s")
        )
        #: The words, in lower case, with which a mention may begin in this document.
        self.opening = heads.OPENING | self.short_forms | lexicon.first_words
        self._last: dict[str, tuple[int, str | None]] = {}
        self._paragraph = 0

    def start_paragraph(self) -> None:
        """Note that another paragraph begins."""
        self._paragraph += 1

    def defines_otherwise(self, tokens: Tokens, first: int, last: int) -> bool:
        """Return whether the document uses a short form of the lexicon for something else."""
        if first != last:
            return False
        short = tokens.word(first).removesuffix("s")
        return short in self._short and self._short[short] is None

    def short_form(self, tokens: Tokens, index: int) -> Draft | None:
        """Return a mention for a short form of a fund that the document defines."""
        if not self._short or not tokens.capitalised(index):
            return None
        meant = self._short.get(tokens.word(index).removesuffix("s"))
        if meant is None:
            return None
        return Draft(
            first=index,
            last=index,
            type=meant.type,
            rule="acronym",
            canonical=meant.canonical,
            named=True,
        )

    def resolve(self, tokens: Tokens, draft: Draft) -> None:
        """Give *draft* its canonical id, and remember it if "the fund" may mean it later."""
        if draft.named and draft.canonical is None:
            draft.canonical = name_id(tokens, draft)
        if draft.type in ("fund", "grant"):
            if _is_bare(tokens, draft):
                self._point_back(tokens, draft)
                return
            self._last[draft.type] = (self._paragraph, draft.canonical)
        elif draft.type == "stream" and _is_bare(tokens, draft) and _this(tokens, draft):
            self._point_back(tokens, draft)

    def _point_back(self, tokens: Tokens, draft: Draft) -> None:
        before = tokens.low[draft.first - 1] if draft.first else ""
        if before not in _POINTING or draft.canonical:
            return
        kinds: Iterable[str] = ("fund", "grant") if draft.type == "stream" else (draft.type,)
        met = [self._last[kind] for kind in kinds if kind in self._last]
        paragraph, canonical = max(met, default=(0, None), key=lambda place: place[0])
        if canonical and self._paragraph - paragraph <= _REACH:
            draft.canonical = canonical


def name_id(tokens: Tokens, draft: Draft) -> str:
    """Return the id of a fund known by name: its words in lower case with hyphens."""
    words = []
    for index in range(draft.first, draft.last + 1):
        if tokens.tags[index] == "(":
            break
        low = tokens.low[index]
        if index == draft.last:
            low = low[: len(low) - draft.cut]
        words.append(low.replace("'", "").replace("&", "and"))
    return slug(" ".join(words))


def slug(name: str) -> str:
    """Return *name* in lower case with hyphens between its words."""
    return _SEPARATORS.sub("-", name.lower().replace("'", "")).strip("-")


def _defined(long: str, lexicon: Lexicon) -> Draft | None:
    """Return what a defined short form stands for, or None if that is not money."""
    entry = lexicon.get(long)
    if entry is not None:
        return Draft(first=0, last=0, type=entry.type or "fund", rule="", canonical=entry.id)
    words = long.lower().split()
    head = words[-2] if words[-1] in _PROGRAMMES and len(words) > 1 else words[-1]
    type_ = _HEADS.get(head)
    if type_ is None or (words[-1] in _PROGRAMMES and type_ != "grant"):
        return None
    return Draft(first=0, last=0, type=type_, rule="", canonical=slug(long))


def _is_bare(tokens: Tokens, draft: Draft) -> bool:
    return draft.first == draft.last and not is_acronym(tokens.word(draft.first))


def _this(tokens: Tokens, draft: Draft) -> bool:
    return draft.first > 0 and tokens.low[draft.first - 1] in ("this", "that")
