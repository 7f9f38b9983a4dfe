"""The extractor: names and numbers of legislation, put together and resolved in the document."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from cqcparse import Evidence, Mention, Span, View
from cqcparse_legislation.acts import Act, act_called, identifier, meanings
from cqcparse_legislation.finding import (
    Numbered,
    Place,
    act_behind,
    belongs_elsewhere,
    defined_short,
    find_acts,
    find_numbered,
    find_others,
    section_behind,
)
from cqcparse_legislation.mention import Basis, Legislation

#: How far around a section the words are looked for that tell what it means, in code points.
_AROUND = 50


class Legislations:
    """Finds Acts, sections, safeguards, statutory guidance and national agreements."""

    name = "legislation"
    produces: tuple[type[Mention], ...] = (Legislation,)

    def extract(self, view: View) -> Iterator[Legislation]:
        """Yield the legislation named in the findings."""
        known = _Known()
        for paragraph in view.findings:
            span = paragraph.span
            yield from _Reading(view.document.text, span.start, span.end, known).mentions()


@attrs.define
class _Known:
    """What the document has said so far."""

    #: The Act named last, for "the Act".
    last: Act | None = None
    #: The Acts named with their years, for names without.
    stated: dict[str, Act] = attrs.field(factory=dict)
    #: The Acts of sections that were named with their Act.
    sections: dict[str, Act] = attrs.field(factory=dict)
    #: Acronyms that stood in brackets behind an Act.
    shorts: dict[str, Act] = attrs.field(factory=dict)


class _Reading:
    """One paragraph.

    Args:
        text: The text of the document.
        start: Offset of the paragraph.
        end: Offset past it.
        known: What the paragraphs before it said; added to.
    """

    def __init__(self, text: str, start: int, end: int, known: _Known) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._known = known

    def mentions(self) -> Iterator[Legislation]:
        """Yield the mentions, in the order of the text."""
        text, start, end = self._text, self._start, self._end
        places = sorted(
            (*find_acts(text, start, end), *find_others(text, start, end)),
            key=lambda place: (place.start, -place.end),
        )
        numbered = {item.start: item for item in find_numbered(text, start, end)}
        found = [*self._placed(places, numbered), *numbered.values()]
        done = start
        for item in sorted(found, key=lambda item: item.start):
            if item.start >= done:
                mention = self._mention(item)
                if mention:
                    done = mention.span.end
                    yield mention

    def _placed(
        self, places: list[Place], numbered: dict[int, Numbered]
    ) -> Iterator[Place | _Joined]:
        """Yield the places, joined with the sections beside them, which are taken out."""
        beginnings = {act_behind(self._text, item, self._end): item for item in numbered.values()}
        done = self._start
        for place in places:
            if place.start < done:
                continue
            done = place.end
            in_front = beginnings.get(place.start)
            behind = numbered.get(section_behind(self._text, place, self._end) or -1)
            if in_front and numbered.pop(in_front.start, None):
                yield _Joined(start=in_front.start, end=place.end, place=place, numbered=in_front)
            elif behind and numbered.pop(behind.start, None):
                done = behind.end
                yield _Joined(start=place.start, end=behind.end, place=place, numbered=behind)
            else:
                yield place

    def _mention(self, item: Place | Numbered | _Joined) -> Legislation | None:
        if isinstance(item, Numbered):
            return self._alone(item)
        place = item.place if isinstance(item, _Joined) else item
        act, basis = self._resolved(place)
        if act is None:
            return None
        self._remember(place, act)
        if isinstance(item, _Joined):
            for number in item.numbered.numbers:
                self._known.sections[number.partition("(")[0]] = act
            return self._section(item.start, item.end, item.numbered, act, basis, "section-of-act")
        identifiers = (act.uri,) if act.uri else ()
        return self._legislation(item.start, item.end, act.type, act, identifiers, basis, act.type)

    def _resolved(self, place: Place) -> tuple[Act | None, Basis]:
        """Return which Act is meant, and by what."""
        if place.act is None:
            return self._known.last, "document"
        if place.clear:
            return place.act, "stated"
        short = place.act.name.rpartition(" ")[0]
        if short in self._known.stated:
            return self._known.stated[short], "document"
        return place.act, "inferred"

    def _remember(self, place: Place, act: Act) -> None:
        """Note what a place says for those behind it."""
        if act.type == "act":
            self._known.last = act
            if place.act and place.clear:
                self._known.stated[act.name.rpartition(" ")[0]] = act
            short = defined_short(self._text, place, self._end)
            if short:
                self._known.shorts[short] = act

    def _alone(self, item: Numbered) -> Legislation | None:
        """Return the mention of sections that stand without their Act."""
        if item.unit != "section" or belongs_elsewhere(self._text, item, self._end):
            return None
        number = item.numbers[0].partition("(")[0]
        stated = self._known.sections.get(number)
        if stated:
            return self._section(item.start, item.end, item, stated, "document", "section-again")
        near = self._text[max(item.start - _AROUND, self._start) : item.end + _AROUND].lower()
        for meaning in meanings(number):
            act = act_called(meaning.act)
            if act and meaning.fits(near):
                return self._section(item.start, item.end, item, act, "inferred", "section-alone")
        return None

    def _section(  # noqa: PLR0913, PLR0917 - what a mention is made of
        self, start: int, end: int, item: Numbered, act: Act, basis: Basis, rule: str
    ) -> Legislation:
        uri = act.uri
        identifiers = tuple(identifier(uri, item.unit, n) for n in item.numbers) if uri else ()
        mention = self._legislation(start, end, "section", act, identifiers, basis, rule)
        return attrs.evolve(mention, sections=item.numbers)

    def _legislation(  # noqa: PLR0913, PLR0917 - what a mention is made of
        self,
        start: int,
        end: int,
        type_: str,
        act: Act,
        identifiers: tuple[str, ...],
        basis: Basis,
        rule: str,
    ) -> Legislation:
        return Legislation(
            span=Span(start, end),
            text=self._text[start:end],
            type=type_,
            canonical=identifiers[0] if identifiers and type_ != "guidance" else act.name,
            act=act.act,
            identifiers=identifiers,
            basis=basis,
            evidence=Evidence(rule=rule, entry=act.name),
        )


@attrs.frozen(kw_only=True)
class _Joined:
    """An Act together with sections of it."""

    start: int
    end: int
    place: Place
    numbered: Numbered
