"""The extractor: each sentence of the key findings becomes a finding."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import cast

from cqcparse import Evidence, Mention, Paragraph, Partner, Sentence, View
from cqcparse.grammar import Layers
from cqcparse_findings.mention import Finding, Polarity, Voice
from cqcparse_findings.polarity import Judgement, judge
from cqcparse_findings.reading import Reading
from cqcparse_findings.speakers import Speakers
from cqcparse_findings.voice import Heard, listen

#: The voice of partners by their type; all other types are ``partners``.
_OF_TYPE: dict[str | None, Voice] = {
    "vcse": "voluntary",
    "provider": "providers",
    "advocacy": "providers",
    "lived-experience": "people",
}


class Findings:
    """Finds the sentences of the key findings, with polarity and voice."""

    name = "findings"
    produces: tuple[type[Mention], ...] = (Finding,)
    #: Partners are read for their types: whose voice "Healthwatch told us" is.
    requires = ("sentences", "partner")

    def extract(self, view: View) -> Iterator[Finding]:
        """Yield a finding for each sentence of the findings."""
        layers = view.layers
        partners = cast("tuple[Partner, ...]", view.mentions("partner"))
        speakers = Speakers(layers, _partner_voices(layers, partners))
        for paragraph in view.findings:
            yield from _read(layers, paragraph, speakers)


def _partner_voices(layers: Layers, partners: tuple[Partner, ...]) -> dict[int, Voice]:
    """Return the voice that each word of a partner has."""
    found: dict[int, Voice] = {}
    for partner in partners:
        place = bisect_left(layers.starts, partner.span.start)
        while place < len(layers) and layers.starts[place] < partner.span.end:
            found[place] = _OF_TYPE.get(partner.type, "partners")
            place += 1
    return found


def _read(layers: Layers, paragraph: Paragraph, speakers: Speakers) -> Iterator[Finding]:
    """Yield the findings of one paragraph."""
    before: Heard | None = None
    polarity: Polarity | None = None
    for sentence in paragraph.sentences:
        first = bisect_left(layers.starts, sentence.span.start)
        last = bisect_left(layers.starts, sentence.span.end) - 1
        if last < first:
            yield _finding(layers, sentence, Judgement("unclear"), Heard("assessor"))
            continue
        reading = Reading(layers, first, last)
        judgement = judge(reading, polarity)
        polarity = judgement.polarity
        heard = listen(reading, speakers, before)
        if heard.carries and heard.cue is None and judgement.polarity == "neutral":
            heard = Heard("assessor", subject=heard.subject)
        yield _finding(layers, sentence, judgement, heard)
        before = heard


def _finding(layers: Layers, sentence: Sentence, judgement: Judgement, heard: Heard) -> Finding:
    return Finding(
        span=sentence.span,
        text=sentence.text,
        polarity=judgement.polarity,
        voice=heard.voice,
        cues=tuple(layers.quote(hit.first, hit.last) for hit in judgement.cues),
        voice_cue=layers.quote(*heard.cue) if heard.cue else None,
        evidence=Evidence(rule="polarity-and-voice"),
    )
