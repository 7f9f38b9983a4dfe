"""One document on a page: its text with the marks, its contents, its diagnostics, its mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.sections import Section
from cqcparse.output.html.cards import Marked, card
from cqcparse.output.html.escaping import shown
from cqcparse.output.html.legend import Kind
from cqcparse.output.html.marking import Anchor, Wrap, levels, marked

#: Most marks on the same words whose lines are drawn below each other.
_DEEPEST = 3
#: Most marks that are open at one place; what is found there besides has only its card.
_MOST_OPEN = 16
#: Most mentions on the same words that a card has links to.
_MOST_LINKS = 20


class Part:
    """One assessment on its way to a page.

    Args:
        assessment: What to show.
        kinds: The kinds of mention on the page, by name.
        prefix: What the ids of this part begin with, so that those of all parts differ.
    """

    def __init__(
        self, assessment: Assessment, kinds: Mapping[str, Kind], *, prefix: str = ""
    ) -> None:
        self.assessment = assessment
        self._prefix = prefix
        self._marked = [
            Marked(mention=mention, id=f"{prefix}{number}", css=kinds[mention.kind].css)
            for number, mention in enumerate(assessment.mentions, 1)
        ]
        self._shown = _with_room(self._marked)
        self._sections = [
            section for section in assessment.walk() if section.title and section.title.text
        ]
        self._headings = {
            section.title.span.start: f"s{prefix}{number}"
            for number, section in enumerate(self._sections, 1)
            if section.title
        }

    @property
    def id(self) -> str:
        """Id of the element that holds the text."""
        return f"{self._prefix}text"

    def heading_at(self, offset: int) -> str | None:
        """Return the id of the heading that begins at *offset*; None if none does."""
        return self._headings.get(offset)

    def contents(self) -> Iterator[str]:
        """Yield the headings as links."""
        if not self._sections:
            return
        yield "<nav><details><summary>Contents</summary>\n<ol>\n"
        for number, section in enumerate(self._sections, 1):
            name = shown(section.title.text) if section.title else ""
            link = f'<a href="#s{self._prefix}{number}">{name}</a>'
            yield f'<li class="d{section.level}">{link}</li>\n'
        yield "</ol></details></nav>\n"

    def diagnostics(self) -> Iterator[str]:
        """Yield what is to be said of the document, with links to the places."""
        yield from diagnostics(self.assessment.diagnostics, f"d{self._prefix}")

    def text(self) -> Iterator[str]:
        """Yield the text of the document with its marks."""
        yield f'<article class="text" id="{self.id}">'
        yield from marked(self.assessment.document.text, self._wraps(), self._anchors())
        yield "</article>\n"

    def table(self) -> Iterator[str]:
        """Yield all mentions as a table, which a reader may open and print."""
        if not self._marked:
            return
        yield f"<details><summary>All {len(self._marked)} mentions as a table</summary>\n<table>"
        yield '<thead><tr><th scope="col">Kind</th><th scope="col">Type</th>'
        yield '<th scope="col">Words</th><th scope="col">Stands for</th></tr></thead>\n<tbody>\n'
        for item in self._marked:
            yield _row(item)
        yield "</tbody></table></details>\n"

    def cards(self) -> Iterator[str]:
        """Yield what is shown of each mention when it is chosen."""
        here = _neighbours(self._marked)
        for item in self._marked:
            yield from card(item, self.assessment, here.get(item.id, ()))

    def _wraps(self) -> Iterator[Wrap]:
        for number, section in enumerate(self._sections, 1):
            yield _heading(section, f"s{self._prefix}{number}")
        stacked = levels([item.mention.span for item in self._shown])
        for item, level in zip(self._shown, stacked, strict=True):
            yield _mark(item, min(level, _DEEPEST))

    def _anchors(self) -> Iterator[Anchor]:
        shown_ids = {item.id for item in self._shown}
        for item in self._marked:
            if item.id not in shown_ids:
                yield Anchor(offset=item.mention.span.start, id=f"t{item.id}")
        for number, diagnostic in enumerate(self.assessment.diagnostics, 1):
            if diagnostic.span is not None:
                yield Anchor(offset=diagnostic.span.start, id=f"d{self._prefix}{number}")


def diagnostics(found: Sequence[Diagnostic], id_: str | None = None) -> Iterator[str]:
    """Yield diagnostics as a list, open if one of them is more than information.

    Args:
        found: What to list.
        id_: What the ids of their places in the text begin with; None if these have none.
    """
    if not found:
        return
    worst = " open" if any(diagnostic.severity != "info" for diagnostic in found) else ""
    yield f"<details{worst}><summary>{len(found)} to look at</summary>\n<ul>\n"
    for number, diagnostic in enumerate(found, 1):
        linked = diagnostic.span is not None and id_ is not None
        place = f' <a href="#{id_}{number}">show</a>' if linked else ""
        yield (
            f'<li class="{diagnostic.severity}"><b>{diagnostic.severity}</b> '
            f"<code>{shown(diagnostic.code)}</code> {shown(diagnostic.message)}{place}</li>\n"
        )
    yield "</ul></details>\n"


def _heading(section: Section, id_: str) -> Wrap:
    span = section.title.span if section.title else section.own
    level = max(section.level, 1)
    tag = f'class="heading l{level}"'
    return Wrap(
        span=span,
        first=f'<span {tag} id="{id_}" role="heading" aria-level="{level + 1}">',
        again=f"<span {tag}>",
        close="</span>",
    )


def _mark(item: Marked, level: int) -> Wrap:
    mention = item.mention
    about = shown(f"{mention.kind}: {mention.type}" if mention.type else mention.kind)
    tag = f'mark class="{item.css} v{level}"'
    return Wrap(
        span=mention.span,
        first=f'<{tag} id="t{item.id}" title="{about}">',
        again=f'<{tag} title="{about}">',
        close="</mark>",
        href=f"#m{item.id}",
    )


def _row(item: Marked) -> str:
    mention = item.mention
    return (
        f'<tr class="row {item.css}"><td>{shown(mention.kind)}</td>'
        f"<td>{shown(mention.type or '')}</td>"
        f'<td><a href="#t{item.id}">{shown(mention.text)}</a></td>'
        f"<td>{shown(mention.canonical or '')}</td></tr>\n"
    )


def _with_room(items: Iterable[Marked]) -> list[Marked]:
    """Return the mentions that are marked in the text, from its start and the longer first.

    Marks that cross are cut and opened again, so that without a limit some thousand mentions on
    the same words would make millions of tags.
    """
    chosen: list[Marked] = []
    ends: list[int] = []
    for item in sorted(items, key=lambda item: (item.mention.span.start, -item.mention.span.end)):
        span = item.mention.span
        ends = [end for end in ends if end > span.start]
        if len(span) and len(ends) < _MOST_OPEN:
            ends.append(span.end)
            chosen.append(item)
    return chosen


def _neighbours(items: Iterable[Marked]) -> Mapping[str, Sequence[Marked]]:
    """Return for the id of each mention the first others that share characters with it."""
    found: dict[str, list[Marked]] = defaultdict(list)
    around: list[Marked] = []
    for item in items:
        around = [other for other in around if other.mention.span.overlaps(item.mention.span)]
        for other in around:
            for one, beside in ((item, other), (other, item)):
                if len(found[one.id]) < _MOST_LINKS:
                    found[one.id].append(beside)
        if len(around) < _MOST_LINKS:
            around.append(item)
    return found
