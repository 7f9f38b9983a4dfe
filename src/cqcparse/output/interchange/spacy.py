"""Reports -> a ``DocBin`` of spaCy: a ``Doc`` for each page, its mentions as groups of spans.

Tokens are those of spaCy's English, divided where a mention begins or ends inside one, so that
each span is the exact characters of the mention.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cqcparse.errors import MissingPackageError
from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.output.interchange.annotations import MADE_BY, Mark, Page, Value, pages_of

#: What is kept of each token beside its words.
_KEPT = ("SENT_START", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


def write(path: Path, reports: Iterable[Assessment | Report]) -> None:
    """Write a document for each page.

    Raises:
        MissingPackageError: If spaCy is not installed; no report is taken then.
    """
    try:
        import spacy  # noqa: PLC0415 - optional
        from spacy.tokens import DocBin  # noqa: PLC0415 - likewise
    except ImportError:
        what = "writing .spacy"
        raise MissingPackageError(what, "spacy", "cqcparse[spacy]") from None
    english = spacy.blank("en")
    docs = (_doc(english, page) for page in pages_of(reports))
    DocBin(attrs=_KEPT, store_user_data=True, docs=docs).to_disk(path)


def _doc(english: Any, page: Page) -> Any:  # noqa: ANN401 - spaCy's
    """Return a page as a ``Doc``: two groups of spans, and as entities the mentions that fit."""
    from spacy.tokens import Doc  # noqa: PLC0415 - optional

    values = [value for mark in page.marks for value in mark.values]
    spans = [*(mark.span for mark in page.marks), *(value.span for value in values)]
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    words = [*_words(english.tokenizer(page.text), edges)]
    starts = [start for start, _, _ in words]
    sentences = {bisect_right(starts, span.start) - 1 for span in page.sentences}
    doc = Doc(
        english.vocab,
        words=[word for _, word, _ in words],
        spaces=[space for _, _, space in words],
        sent_starts=[number in sentences for number in range(len(words))],
    )
    mentions = [*_spans(doc, starts, page.marks)]
    doc.spans["mentions"] = mentions
    doc.spans["values"] = [*_spans(doc, starts, values)]
    doc.set_ents([*_apart(mentions)])
    said = {mark.id: dict(mark.said) for mark in page.marks}
    about = {"page_id": page.id, "source": page.source, "url": page.address, "made_by": MADE_BY}
    doc.user_data |= {**page.keys, **about, "mentions": said}
    return doc


def _words(doc: Any, edges: list[int]) -> Iterator[tuple[int, str, bool]]:  # noqa: ANN401 - spaCy's
    """Yield where each token starts, its text and whether a space follows; divided at *edges*."""
    for token in doc:
        start, end = token.idx, token.idx + len(token)
        inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        places = [start, *inside, end]
        for one, other in itertools.pairwise(places):
            yield (
                one,
                token.text[one - start : other - start],
                other == end and bool(token.whitespace_),
            )


def _spans(doc: Any, starts: list[int], marked: Iterable[Mark | Value]) -> Iterator[Any]:  # noqa: ANN401 - spaCy's
    from spacy.tokens import Span  # noqa: PLC0415 - optional

    for of in marked:
        first, last = bisect_left(starts, of.span.start), bisect_left(starts, of.span.end)
        if isinstance(of, Mark):
            name, canonical = of.label, of.said.get("canonical", "")
        else:
            name, canonical = of.name, ""
        if first < last:  # spaCy has no span of nothing
            yield Span(doc, first, last, label=name, kb_id=canonical, span_id=of.id)


def _apart(spans: Iterable[Any]) -> Iterator[Any]:
    """Yield spans that do not overlap; of those that do, the shorter."""
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (len(span), span.start)):
        if taken.isdisjoint(range(span.start, span.end)):
            taken |= {*range(span.start, span.end)}
            yield span
