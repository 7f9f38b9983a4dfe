"""Judge every mention of a run against the gold: right, wrong boundary, missed, or false."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

from cqcparse.evaluation.gold import Gold, GoldMention
from cqcparse.evaluation.matching import match
from cqcparse.model.assessment import Assessment
from cqcparse.model.mentions import Mention
from cqcparse.model.spans import EXCERPT, Quote, Span
from cqcparse.registry import find_body

#: The attributes to compare, by kind.
CompareNames: TypeAlias = Mapping[str, tuple[str, ...]]

#: ``exact``: found with the same characters; ``boundary``: found, but with others as well or fewer;
#: ``miss``: in the gold only; ``false``: found only.
Outcome: TypeAlias = Literal["exact", "boundary", "miss", "false"]


@attrs.frozen(kw_only=True)
class AttributeJudgement:
    """One attribute of a mention that was found: what it should say and what it says."""

    name: str
    #: What the annotator wrote; None where the gold says nothing.
    wanted: str | None
    #: What the run says, quotes as their text; None where it says nothing.
    found: str | None
    #: Whether the run gives a label from a fixed list rather than a quote or an id.
    is_label: bool = False

    @property
    def right(self) -> bool:
        """Whether both say the same; case and white space do not count.

        Two printed names of one body of the register are the same ``canonical``.
        """
        if _folded(self.wanted) == _folded(self.found):
            return True
        if self.name != "canonical" or not self.wanted or not self.found:
            return False
        body = find_body(self.found)
        return body is not None and body == find_body(self.wanted)


@attrs.frozen(kw_only=True)
class Judgement:
    """One mention of the gold, of the run, or of both."""

    #: Folder and name of the report.
    report: str
    #: Folder of the gold file.
    group: str
    kind: str
    outcome: Outcome
    #: Where it stands: the place in the gold, else where it was found.
    span: Span
    #: What the annotator marked; None for a false find.
    gold: GoldMention | None
    #: What the run found; None for a miss.
    found: Mention | None
    #: Attributes of a mention in both, as far as the gold file gives them for the kind.
    attributes: tuple[AttributeJudgement, ...] = ()
    #: The guidelines leave room for leaving it out: not finding it, or not exactly, is forgiven.
    gold_forgiven: bool = False
    #: The guidelines leave room for finding it: that it is not in the gold is forgiven.
    found_forgiven: bool = False
    #: The sentence it stands in, or the line where there is no sentence; of a long one a part.
    sentence: Quote | None = None

    @property
    def forgiven(self) -> bool:
        """Whether a miss or false find does not count."""
        return (self.outcome == "miss" and self.gold_forgiven) or (
            self.outcome == "false" and self.found_forgiven
        )

    @property
    def type_right(self) -> bool:
        """Whether it was found with the right type."""
        return (
            self.gold is not None and self.found is not None and self.gold.type == self.found.type
        )

    @property
    def perfect(self) -> bool:
        """Whether characters, type and attributes are all right."""
        return self.outcome == "exact" and self.type_right and not self.wrong

    @property
    def wrong(self) -> tuple[AttributeJudgement, ...]:
        """The attributes that are not right."""
        return tuple(a for a in self.attributes if not a.right)


def judge(
    gold: Gold, assessment: Assessment, kinds: Sequence[str], compared: CompareNames
) -> tuple[Judgement, ...]:
    """Return a judgement for each mention of *gold* and *assessment*, in the order of the text.

    Args:
        gold: What should be found.
        assessment: What was found.
        kinds: The kinds to judge, as far as the gold file annotates them.
        compared: The attributes to compare by kind; see :func:`stated_names`.
    """
    result: list[Judgement] = []
    for kind in kinds:
        if kind in gold.kinds:
            result.extend(_judge_kind(gold, assessment, kind, compared.get(kind, ())))
    return tuple(sorted(result, key=lambda j: (j.span, j.kind)))


def stated_names(gold: Gold) -> CompareNames:
    """Return the attributes that *gold* gives for each kind: only these can be compared."""
    names: dict[str, dict[str, None]] = {}
    for mention in gold.mentions:
        names.setdefault(mention.kind, {}).update(dict.fromkeys(mention.stated))
    return {kind: tuple(sorted(of_kind)) for kind, of_kind in names.items()}


def _judge_kind(
    gold: Gold, assessment: Assessment, kind: str, names: Iterable[str]
) -> Iterator[Judgement]:
    # Gold may be of a kind that no extractor brings: then nothing was found.
    wanted, found = gold.of(kind), [m for m in assessment.mentions if m.kind == kind]
    pairs = match([m.span for m in wanted], [m.span for m in found])
    for i, j in pairs:
        yield _pair(gold, assessment, wanted[i], found[j], names)
    seen_wanted, seen_found = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, mention in enumerate(wanted):
        if i not in seen_wanted:
            yield _miss(gold, assessment, mention)
    for j, other in enumerate(found):
        if j not in seen_found:
            yield _false_find(gold, assessment, other)


def _pair(
    gold: Gold, assessment: Assessment, wanted: GoldMention, found: Mention, names: Iterable[str]
) -> Judgement:
    return Judgement(
        report=gold.label,
        group=gold.group,
        kind=wanted.kind,
        outcome="exact" if wanted.span == found.span else "boundary",
        span=wanted.span,
        gold=wanted,
        found=found,
        attributes=tuple(_compare(wanted, found, name) for name in names),
        gold_forgiven=wanted.unsure,
        found_forgiven=any((m.kind, m.span) == (found.kind, found.span) for m in gold.forgiven),
        sentence=_sentence(assessment, wanted.span),
    )


def _miss(gold: Gold, assessment: Assessment, wanted: GoldMention) -> Judgement:
    return Judgement(
        report=gold.label,
        group=gold.group,
        kind=wanted.kind,
        outcome="miss",
        span=wanted.span,
        gold=wanted,
        found=None,
        gold_forgiven=wanted.unsure,
        sentence=_sentence(assessment, wanted.span),
    )


def _false_find(gold: Gold, assessment: Assessment, found: Mention) -> Judgement:
    unsure = (m for m in gold.forgiven if m.kind == found.kind)
    return Judgement(
        report=gold.label,
        group=gold.group,
        kind=found.kind,
        outcome="false",
        span=found.span,
        gold=None,
        found=found,
        found_forgiven=any(m.span.overlaps(found.span) for m in unsure),
        sentence=_sentence(assessment, found.span),
    )


def _compare(wanted: GoldMention, found: Mention, name: str) -> AttributeJudgement:
    value = getattr(found, name, None)
    text = None if value is None else str(value)
    return AttributeJudgement(
        name=name,
        wanted=wanted.attribute(name),
        found=text,
        is_label=isinstance(value, str) and name != "canonical",
    )


def _sentence(assessment: Assessment, span: Span) -> Quote | None:
    """Return the sentence around *span*, or the line where no sentence holds it; cut if long."""
    text = assessment.document.text
    if span.start >= len(text):
        return None
    sentence = assessment.sentence_of(span)
    if sentence is not None:
        return assessment.document.quote(sentence.span.window(span))
    start = text.rfind("\n", max(0, span.start - EXCERPT), span.start) + 1
    end = text.find("\n", span.start, span.end + EXCERPT)
    line = Span(start, len(text) if end < 0 else end)
    return assessment.document.quote(line.window(span))


def _folded(value: str | None) -> str | None:
    return None if value is None else " ".join(value.casefold().split())
