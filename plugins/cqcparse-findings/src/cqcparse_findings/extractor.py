"""The extractor: each sentence of the key findings becomes a finding."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from cqcparse import Evidence, Mention, Paragraph, Partner, Quote, Sentence, Span, View
from cqcparse_findings.mention import Finding, Polarity
from cqcparse_findings.polarity import Judgement, judge, polarity_cues
from cqcparse_findings.voice import Heard, gives_instance, listen, voice_cues, with_partners
from cqcparse_findings.words import Hit, Words


class Findings:
    """Finds the sentences of the key findings, with polarity and voice."""

    name = "findings"
    produces: tuple[type[Mention], ...] = (Finding,)
    #: Partners are read for their types: whose voice "Healthwatch told us" is.
    requires = ("sentences", "partner")

    def extract(self, view: View) -> Iterator[Finding]:
        """Yield a finding for each sentence of the findings."""
        partners = cast("tuple[Partner, ...]", view.mentions("partner"))
        for paragraph in view.findings:
            yield from _read(view.document.text, paragraph, partners)


def _read(text: str, paragraph: Paragraph, partners: Sequence[Partner]) -> Iterator[Finding]:
    """Yield the findings of one paragraph."""
    start, end = paragraph.span.start, paragraph.span.end
    words = Words(text, start, end)
    judging = list(polarity_cues().find(words))
    hearing = with_partners(list(voice_cues().find(words)), _between(partners, start, end))
    before: tuple[Judgement, Heard] | None = None
    for sentence in paragraph.sentences:
        judgement = judge(text, *_ends(sentence), _inside(judging, sentence))
        heard = listen(text, *_ends(sentence), _inside(hearing, sentence), before and before[1])
        instance = before is not None and gives_instance(text, *_ends(sentence))
        polarity = _carried(judgement, before[0]) if before and instance else judgement.polarity
        if heard.carries and heard.cue is None and polarity == "neutral":
            heard = Heard("assessor", subject=heard.subject)
        yield _finding(text, sentence, polarity, judgement, heard)
        before = Judgement(polarity, judgement.cues), heard


def _carried(judgement: Judgement, before: Judgement) -> Polarity:
    """Return the polarity of an instance of what was said before, if it says none itself."""
    if judgement.certain or judgement.cues or before.polarity not in {"strength", "shortfall"}:
        return judgement.polarity
    return before.polarity


def _finding(
    text: str, sentence: Sentence, polarity: Polarity, judgement: Judgement, heard: Heard
) -> Finding:
    cue = heard.cue
    return Finding(
        span=sentence.span,
        text=sentence.text,
        polarity=polarity,
        voice=heard.voice,
        cues=tuple(
            Quote(text[hit.start : hit.end], Span(hit.start, hit.end)) for hit in judgement.cues
        ),
        voice_cue=Quote(text[cue[0] : cue[1]], Span(*cue)) if cue else None,
        evidence=Evidence(rule="polarity-and-voice"),
    )


def _ends(sentence: Sentence) -> tuple[int, int]:
    return sentence.span.start, sentence.span.end


def _inside(hits: Sequence[Hit], sentence: Sentence) -> Sequence[Hit]:
    """Return the hits in a sentence; *hits* are in order."""
    first = bisect_left(hits, sentence.span.start, key=_start)
    last = bisect_left(hits, sentence.span.end, key=_start)
    return hits[first:last]


def _between(partners: Iterable[Partner], start: int, end: int) -> Sequence[Partner]:
    return [partner for partner in partners if start <= partner.span.start < end]


def _start(hit: Hit) -> int:
    return hit.start
