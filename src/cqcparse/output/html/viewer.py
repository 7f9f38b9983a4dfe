"""A report as one page: scores, text with the mentions marked, and the mentions as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

import attrs
from markupsafe import Markup, escape

from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.identifiers import is_name
from cqcparse.model.mentions import Mention
from cqcparse.model.report import Report
from cqcparse.model.scores import Score
from cqcparse.model.sections import Section
from cqcparse.model.statements import Authority
from cqcparse.output.html.attributes import attributes_of, place_of
from cqcparse.output.html.environment import asset, digest, environment, own, possible
from cqcparse.output.html.kinds import Kinds, kinds_of, type_of
from cqcparse.output.html.marking import Anchor, Wrap, marked
from cqcparse.output.html.titles import framework_of, title_of
from cqcparse.output.html.words import name_of
from cqcparse.output.keys import cut

#: Most marks that are open at one place; what is found there besides stands in the table only.
_MOST_OPEN = 16
#: Most characters of a mention that the table shows; all of them are marked in the text.
_LONGEST = 60
#: Likewise of a sentence, which is there to be found again.
_LONGEST_OF_WIDE = 24
_PACKAGE = "cqcparse.output.html"


def to_html(result: Assessment | Report) -> str:
    """Return an assessment, or a report with all its pages, as one page of HTML.

    It holds the text with every mention marked, for a browser and for paper. It needs nothing
    else and loads nothing: its content policy allows its own style and script and no more, and
    without the script it can be read all the same.

    Args:
        result: What to show.
    """
    pages = result.pages if isinstance(result, Report) else (result,)
    kinds = kinds_of(chain.from_iterable(page.mentions for page in pages))
    alone = len(pages) == 1
    parts = [Part(page, kinds, "" if alone else f"{n}-") for n, page in enumerate(pages, 1)]
    made = environment()
    style = made.get_template("html/viewer.css").render(
        base=own(asset(_PACKAGE, "base.css")), kinds=kinds.kinds
    )
    script = asset(_PACKAGE, "viewer.js")
    return made.get_template("html/viewer.html").render(
        policy=_policy(style, script),
        style=own(style),
        script=own(script),
        title=_title(result),
        authority=_authority(result.authority),
        overall=result.overall,
        rated=_level(result),
        tally=result.tally,
        indicative=result.indicative,
        published=result.published,
        facts=[fact for fact in _about(result) if fact[1]],
        statements=list(_statements(result, parts)),
        parts=parts,
        alone=alone,
        kinds=kinds.kinds,
        remarks=_remarks(result.diagnostics) if isinstance(result, Report) else [],
        count=sum(len(page.mentions) for page in pages),
    )


@attrs.frozen(kw_only=True)
class Line:
    """A mention in the table."""

    id: str
    words: str
    name: str
    more: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class Group:
    """The mentions of a type in the table."""

    css: str
    kind: str
    type: str
    #: What is said of each of them alike, such as the only rule for the type.
    more: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]


class Part:
    """One document on a page.

    Args:
        page: What to show.
        kinds: The kinds of mention on the page.
        prefix: What the ids of this part begin with, so that those of all parts differ.
    """

    def __init__(self, page: Assessment, kinds: Kinds, prefix: str) -> None:
        self.page = page
        self.id = f"{prefix}text"
        self.title = title_of(page)
        self.score = _score_of(page)
        self._kinds = kinds
        self._prefix = prefix
        self._numbered = [(f"{prefix}{n}", mention) for n, mention in enumerate(page.mentions, 1)]

    @cached_property
    def headings(self) -> Sequence[tuple[str, int, Section]]:
        """The sections with a heading, with the ids of their elements and their levels."""
        found = _titled(self.page.sections, 3 if self._prefix else 2)
        return [
            (f"s{self._prefix}{number}", level, section)
            for number, (level, section) in enumerate(found, 1)
        ]

    def heading_at(self, offset: int) -> str | None:
        """Return the id of the heading that begins at *offset*; None if none does."""
        places = ((s.title.span.start, id_) for id_, _, s in self.headings if s.title)
        return next((id_ for start, id_ in places if start == offset), None)

    @property
    def remarks(self) -> Sequence[tuple[Diagnostic, str | None]]:
        """What is to be said of the document, with the address of the place."""
        return _remarks(self.page.diagnostics, f"d{self._prefix}")

    @cached_property
    def text(self) -> Markup:
        """The text of the document with its marks."""
        return own("".join(marked(self.page.document.text, self._wraps(), self._anchors())))

    @cached_property
    def groups(self) -> Sequence[Group]:
        """All mentions, for the table: type by type, in the order of the legend."""
        found: dict[str, list[tuple[str, Mention]]] = {}
        for id_, mention in self._numbered:
            found.setdefault(self._kinds.css(mention).split()[0], []).append((id_, mention))
        order = [type_.css for kind in self._kinds.kinds for type_ in kind.types]
        return [self._group(css, found[css]) for css in order if css in found]

    def _group(self, css: str, numbered: Sequence[tuple[str, Mention]]) -> Group:
        _, first = numbered[0]
        lines = [self._line(id_, mention) for id_, mention in numbered]
        shared = lines[0].more if len(lines) > 1 else ()
        alike = tuple(pair for pair in shared if all(pair in line.more for line in lines))
        return Group(
            css=css,
            kind=name_of(first.kind, "one"),
            type=name_of(type_of(first), first.kind),
            more=alike,
            lines=tuple(
                attrs.evolve(line, more=tuple(pair for pair in line.more if pair not in alike))
                for line in lines
            ),
        )

    def _line(self, id_: str, mention: Mention) -> Line:
        words = " ".join(mention.text.split())
        most = _LONGEST_OF_WIDE if "w" in self._kinds.css(mention).split() else _LONGEST
        name = mention.canonical or ""
        name = name_of(name) if is_name(name) else name
        return Line(
            id=id_,
            words=words if len(words) <= most else f"{words[:most]}…",
            name="" if name.casefold() == words.casefold() else cut(name) or "",
            more=(*attributes_of(mention), *place_of(mention, self.page)),
        )

    def _wraps(self) -> Iterator[Wrap]:
        for id_, level, section in self.headings:
            yield _heading(section, level, id_)
        for section in self.page.walk():
            for paragraph in section.paragraphs:
                yield Wrap(span=paragraph.span, first="<p>", again="<p class=again>", close="</p>")
        for id_, mention in self._with_room:
            yield _mark(id_, self._kinds.css(mention), mention)

    def _anchors(self) -> Iterator[Anchor]:
        shown = {id_ for id_, _ in self._with_room}
        for id_, mention in self._numbered:
            if id_ not in shown:
                yield Anchor(offset=mention.span.start, id=f"m{id_}")
        for number, diagnostic in enumerate(self.page.diagnostics, 1):
            if diagnostic.span is not None:
                yield Anchor(offset=diagnostic.span.start, id=f"d{self._prefix}{number}")

    @cached_property
    def _with_room(self) -> Sequence[tuple[str, Mention]]:
        """The mentions that are marked in the text, from its start and the longer first.

        Marks that cross are cut and opened again, so that without a limit some thousand mentions
        on the same words would make millions of tags.
        """
        chosen: list[tuple[str, Mention]] = []
        ends: list[int] = []
        ordered = sorted(self._numbered, key=lambda n: (n[1].span.start, -n[1].span.end))
        for id_, mention in ordered:
            span = mention.span
            ends = [end for end in ends if end > span.start]
            if len(span) and len(ends) < _MOST_OPEN:
                ends.append(span.end)
                chosen.append((id_, mention))
        return chosen


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _mark(id_: str, css: str, mention: Mention) -> Wrap:
    """Return what is around a mention: its first words are the link, or a sign if it is long."""
    tag = f'mark class="{css}"' if " " in css else f"mark class={css}"
    first, href = f"<{tag} id=m{id_}>", f"#r{id_}"
    if "w" in css.split():
        name = name_of(type_of(mention), mention.kind) or name_of(mention.kind, "one")
        first += f'<a href={href} aria-label="{escape(possible(name))}"></a>'
    return Wrap(
        span=mention.span,
        first=first,
        again=f"<{tag} data-of=m{id_}>",
        close="</mark>",
        href=None if "w" in css.split() else href,
    )


def _titled(sections: Iterable[Section], level: int) -> Iterator[tuple[int, Section]]:
    """Yield the sections with a heading, each one level below the heading it stands under."""
    for section in sections:
        titled = section.title is not None and bool(section.title.text)
        if titled:
            yield min(level, 6), section
        yield from _titled(section.children, level + titled)


def _heading(section: Section, level: int, id_: str) -> Wrap:
    return Wrap(
        span=section.title.span if section.title else section.own,
        first=f"<h{level} id={id_}>",
        again=f"<h{level}>",
        close=f"</h{level}>",
    )


def _remarks(
    found: Iterable[Diagnostic], id_: str | None = None
) -> Sequence[tuple[Diagnostic, str | None]]:
    return [
        (diagnostic, f"#{id_}{n}" if id_ and diagnostic.span is not None else None)
        for n, diagnostic in enumerate(found, 1)
    ]


def _title(result: Assessment | Report) -> str:
    if result.authority is not None:
        return cut(result.authority.name) or "A report"
    pages = result.pages if isinstance(result, Report) else (result,)
    return cut(pages[0].document.title or pages[0].source) or "A report"


def _score_of(page: Assessment) -> int | None:
    """Return the score of a page that is about one statement."""
    score = page.statements[0].score if len(page.statements) == 1 else None
    return score.value if score else None


def _level(result: Assessment | Report) -> int | None:
    """Return the step of the score that the printed rating stands for."""
    overall = result.overall
    pages = result.pages if isinstance(result, Report) else (result,)
    framework = framework_of(pages[0])
    if overall is None or overall.rating is None or framework is None:
        return None
    rating = " ".join(overall.rating.text.casefold().split())
    levels = (level.value for level in framework.scores if level.rating.casefold() == rating)
    return next(levels, None)


def _statements(
    result: Assessment | Report, parts: Sequence[Part]
) -> Iterator[tuple[str, Score | None, str | None]]:
    """Yield title, score and address of each statement."""
    by_page = {id(part.page): part for part in parts}
    if isinstance(result, Report):
        for item in result.statements:
            part = by_page[id(item.page)]
            place = part.heading_at(item.statement.title.span.start) or part.id
            yield item.title, item.score, place
        return
    for statement in result.statements:
        place_ = parts[0].heading_at(statement.title.span.start)
        yield statement.title.text, statement.score, place_


def _authority(authority: Authority | None) -> str:
    if authority is None:
        return "The text does not say which authority it is about."
    places = {"title": "in the title", "url": "in the address", "body": "in the text"}
    where = places.get(authority.basis, "by the reader")
    code = f", {authority.ons_code}" if authority.ons_code else ", which is not in the register"
    return f"{authority.name}{code}, named {where}"


def _about(result: Assessment | Report) -> Iterator[tuple[str, str | None]]:
    """Yield where the page comes from."""
    pages = result.pages if isinstance(result, Report) else (result,)
    framework = framework_of(pages[0])
    yield "Authority", _authority(result.authority)
    yield "Read from", cut(result.source)
    yield "Saved from", cut(pages[0].document.address) if len(pages) == 1 else None
    yield "Framework", framework.title if framework else cut(result.framework)
    yield "Left out", _omissions(pages)


def _omissions(pages: Iterable[Assessment]) -> str:
    """Return what the reader left out of the sources, summed up by what it was taken for."""
    lengths: dict[str, int] = defaultdict(int)
    for page in pages:
        for omission in page.document.omissions:
            lengths[omission.reason] += omission.length
    return ", ".join(f"{reason} ({length:,} characters)" for reason, length in lengths.items())
