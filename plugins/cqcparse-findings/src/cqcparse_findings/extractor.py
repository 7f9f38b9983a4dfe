"""The extractor: each sentence of the key findings becomes a finding."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import cast

from cqcparse import Evidence, Mention, Partner, Sentence, View
from cqcparse.grammar import Layers
from cqcparse_findings.families import letters_of
from cqcparse_findings.mention import Finding, Polarity, Voice
from cqcparse_findings.polarity import Judgement, judge
from cqcparse_findings.reading import Reading
from cqcparse_findings.speakers import Speakers, names_provider
from cqcparse_findings.voice import Heard, listen
from cqcparse_findings.weighing import learned_weights
from cqcparse_findings.wording import Wording

_SURROGATE = re.compile("[\ud800-\udfff]")
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
        learned = learned_weights()
        wording = Wording(view.layers.low, learned.forms, learned.pairs)
        for paragraph in read_paragraphs(view, wording):
            before: Polarity | None = None
            for sentence, reading, heard in paragraph:
                if reading is None:
                    yield _finding(view.layers, sentence, Judgement("unclear"), heard)
                    continue
                judgement = judge(reading, heard, wording, before)
                before = judgement.polarity
                silent = heard.only_carries and before == "neutral"
                said_by = Heard("assessor") if silent else heard
                yield _finding(view.layers, sentence, judgement, said_by)


def read_paragraphs(
    view: View, wording: Wording
) -> Iterator[list[tuple[Sentence, Reading | None, Heard]]]:
    """Yield the sentences of each paragraph of the findings, with their readings and voices.

    A sentence without a word has no reading.
    """
    layers = view.layers
    speakers, letters = Speakers(layers, _partner_voices(view)), letters_of(layers.low)
    for paragraph in view.findings:
        read: list[tuple[Sentence, Reading | None, Heard]] = []
        before: Heard | None = None
        for sentence in filter(_is_writable, paragraph.sentences):
            first = bisect_left(layers.starts, sentence.span.start)
            last = bisect_left(layers.starts, sentence.span.end) - 1
            if last < first:
                read.append((sentence, None, Heard("assessor")))
                continue
            reading = Reading(layers, first, last, letters)
            before = listen(reading, speakers, wording, before)
            read.append((sentence, reading, before))
        yield read


def _is_writable(sentence: Sentence) -> bool:
    """Return whether the text of a sentence has no half of a surrogate pair: no mention may."""
    return _SURROGATE.search(sentence.text) is None


def _partner_voices(view: View) -> dict[int, Voice]:
    """Return the voice that each word of a partner has."""
    layers = view.layers
    found: dict[int, Voice] = {}
    for partner in cast("tuple[Partner, ...]", view.mentions("partner")):
        place = bisect_left(layers.starts, partner.span.start)
        last = bisect_left(layers.starts, partner.span.end) - 1
        if partner.type == "other" and names_provider(layers.low[last]):
            continue  # "smaller businesses"
        while place < len(layers) and layers.starts[place] < partner.span.end:
            found[place] = _OF_TYPE.get(partner.type, "partners")
            place += 1
    return found


def _finding(layers: Layers, sentence: Sentence, judgement: Judgement, heard: Heard) -> Finding:
    return Finding(
        span=sentence.span,
        text=sentence.text,
        polarity=judgement.polarity,
        voice=heard.voice,
        likelihood=judgement.likelihood,
        cues=tuple(layers.quote(hit.first, hit.last) for hit in judgement.cues),
        voice_cue=layers.quote(*heard.cue) if heard.cue else None,
        evidence=Evidence(rule="polarity-and-voice"),
    )
