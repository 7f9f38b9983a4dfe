"""References: a value of a mention that is another mention of the same document."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Self, get_args

import attrs

from cqcparse.model.kinds import TypeForm, class_of, declaring, field_types
from cqcparse.model.mentions import Mention, quotes_within
from cqcparse.model.spans import Quote, Span


@attrs.frozen
class Reference(Quote):
    """A quote that is another mention, such as the partner who owns a strategy.

    Mentions of one kind never overlap, so that kind and place tell which one is meant. A mention
    that refers to one that is not there is left out.

    Args:
        text: The characters of the other mention.
        span: Where they stand.
        kind: Its kind.

    Examples:
        >>> import cqcparse
        >>> from cqcparse.model import Reference
        >>> (partner,) = cqcparse.parse("They worked with Age UK.").partners
        >>> Reference.to(partner)
        Reference(text='Age UK', span=Span(start=17, end=23), kind='partner')
    """

    kind: str

    @classmethod
    def to(cls, mention: Mention) -> Self:
        """Return a reference to *mention*."""
        return cls(mention.text, mention.span, mention.kind)

    def __str__(self) -> str:
        """Return the quoted text."""
        return self.text


#: What tells one mention of a document from all others.
Key = tuple[str, Span]


def references_of(mention: Mention) -> tuple[Reference, ...]:
    """Return the references in the values of a mention, in order."""
    if not _may_refer(declaring(type(mention))):
        return ()
    return tuple(quote for quote in quotes_within(mention) if isinstance(quote, Reference))


def dangling(mentions: Iterable[Mention]) -> dict[Key, Reference]:
    """Return the mentions that refer to one that is not there, or not there any more.

    One that refers to such a mention is such a mention too.

    Returns:
        The first such reference of each, by the key of the mention.
    """
    mentions = tuple(mentions)
    known = ((mention, references_of(mention)) for mention in mentions)
    referring = {_key(mention): references for mention, references in known if references}
    if not referring:
        return {}
    there = set(map(_key, mentions))
    lost: dict[Key, Reference] = {}
    while True:
        found = {
            key: next(ref for ref in references if (ref.kind, ref.span) not in there)
            for key, references in referring.items()
            if key in there and not there.issuperset((ref.kind, ref.span) for ref in references)
        }
        if not found:
            return lost
        lost |= found
        there -= found.keys()


def is_dangling(mention: Mention, lost: dict[Key, Reference]) -> Reference | None:
    """Return the reference for which a mention is among the *lost*; None if it is not."""
    return lost.get(_key(mention))


def _key(mention: Mention) -> Key:
    return mention.kind, mention.span


@lru_cache(maxsize=256)  # the classes of kinds that only a file has come and go
def _may_refer(cls: Any) -> bool:  # noqa: ANN401 - mypy takes a class with slots for unhashable
    return any(_holds(form, (cls,)) for form in field_types(cls).values())


def _holds(form: TypeForm, within: tuple[TypeForm, ...]) -> bool:
    """Return whether a value of a type may be a reference or hold one."""
    cls = class_of(form)
    if isinstance(cls, type) and issubclass(cls, Reference):
        return True
    if any(_holds(member, within) for member in get_args(form)):
        return True
    if not attrs.has(cls) or form in within:
        return False
    return any(_holds(of, (*within, form)) for of in field_types(form).values())
