"""An evaluation as plain text: tables of scores, and lists of what was missed or false."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from cqcparse.evaluation.gold import GoldMention
from cqcparse.evaluation.judging import Judgement
from cqcparse.evaluation.scoring import Evaluation, KindScore
from cqcparse.model.mentions import Mention
from cqcparse.output.text_table import table

#: What can be listed, and the judgements each name stands for.
LISTS: Mapping[str, Callable[[Judgement], bool]] = {
    "misses": lambda j: j.outcome == "miss" and not j.forgiven,
    "false": lambda j: j.outcome == "false" and not j.forgiven,
    "boundaries": lambda j: j.outcome == "boundary",
    "types": lambda j: j.outcome in ("exact", "boundary") and not j.type_right,
    "attributes": lambda j: bool(j.wrong),
    "forgiven": lambda j: j.forgiven,
}

#: Headings of the lists.
TITLES: Mapping[str, str] = {
    "misses": "Missed",
    "false": "Found, but not in the gold",
    "boundaries": "Found with other boundaries",
    "types": "Found with another type",
    "attributes": "Attributes that differ",
    "forgiven": "Forgiven: the guidelines leave room",
}


def score_tables(evaluation: Evaluation) -> str:
    """Return the scores by kind and attribute: for each folder of gold, then for all together."""
    parts = []
    if len(evaluation.groups) > 1:
        for group in evaluation.groups:
            part = evaluation.only(group=group)
            parts.append(_tables(f"{group} ({_count(part)})", part))
    parts.append(_tables(f"all ({_count(evaluation)})", evaluation))
    return "\n\n".join(parts)


def report_table(evaluation: Evaluation) -> str:
    """Return exact and overlap F1 of each report, a line for each kind."""
    rows = [
        (name, score.kind, *_f1(score), str(score.overlap.gold), str(score.overlap.found))
        for name in evaluation.reports
        for score in evaluation.only(report=name).kinds
    ]
    return table(("report", "kind", "exact F1", "overlap F1", "type F1", "gold", "found"), rows)


def rule_table(evaluation: Evaluation) -> str:
    """Return how often each rule is right."""
    rows = [
        (r.kind, r.rule, str(r.found), _share(r.overlap / r.found), _share(r.exact / r.found))
        for r in evaluation.rules
        if r.found
    ]
    return table(("kind", "rule", "found", "overlap", "exact"), rows)


def listing(
    evaluation: Evaluation, name: str, style: Callable[[str], str] = "[[{}]]".format
) -> str:
    """Return one of :data:`LISTS` with the sentences.

    Args:
        evaluation: What to list from.
        name: One of the keys of :data:`LISTS`.
        style: How the characters of a mention are set off in its sentence.
    """
    chosen = [j for j in evaluation.judgements if LISTS[name](j)]
    lines = [f"{TITLES[name]} ({len(chosen)})"]
    for judgement in sorted(chosen, key=lambda j: j.kind):
        lines += ["", *_entry(judgement, style)]
    return "\n".join(lines)


def _tables(title: str, evaluation: Evaluation) -> str:
    kinds = evaluation.kinds
    header = ("kind", "gold", "found", "exact P", "R", "F1", "overlap P", "R", "F1")
    rows = [
        (
            score.kind,
            str(score.overlap.gold),
            str(score.overlap.found),
            *(
                _share(value)
                for a in (score.exact, score.overlap)
                for value in (a.precision, a.recall, a.f1)
            ),
            _share(score.type.f1),
            _share(score.type_accuracy),
        )
        for score in kinds
    ]
    text = f"{title}\n" + table((*header, "type F1", "type acc."), rows)
    attributes = list(_attribute_rows(kinds))
    if attributes:
        columns = ("kind", "attribute", "stated", "right", "other", "spurious", "accuracy")
        text += "\n\n" + table((*columns, "precision", "macro F1"), attributes)
    return text


def _attribute_rows(kinds: Sequence[KindScore]) -> Iterator[tuple[str, ...]]:
    for score in kinds:
        for a in score.attributes:
            yield (
                score.kind,
                a.name,
                str(a.stated),
                str(a.right),
                str(a.different),
                str(a.spurious),
                _share(a.accuracy),
                _share(a.precision),
                "" if a.macro_f1 is None else _share(a.macro_f1),
            )


def _entry(judgement: Judgement, style: Callable[[str], str]) -> Iterator[str]:
    place = f"{judgement.report} {judgement.span.start}-{judgement.span.end}"
    yield f"{judgement.kind}  {place}  {_what(judgement)}"
    for attribute in judgement.wrong:
        yield f"    {attribute.name}: {attribute.found!r}, the gold has {attribute.wanted!r}"
    if judgement.sentence is not None:
        before, inside, after = marked_parts(judgement)
        yield f"    {before}{style(inside)}{after}"


def marked_parts(judgement: Judgement) -> tuple[str, str, str]:
    """Return the sentence of *judgement* on one line: before, in and after its mention."""
    sentence, span = judgement.sentence, judgement.span
    if sentence is None:
        return ("", "", "")
    start, end = span.start - sentence.span.start, span.end - sentence.span.start
    text = sentence.text
    before, inside, after = text[:start], text[start:end], text[end:]
    return (_on_one_line(before), _on_one_line(inside), _on_one_line(after))


def _what(judgement: Judgement) -> str:
    gold = _named(judgement.gold)
    found = _named(judgement.found)
    if judgement.found is not None and judgement.found.evidence is not None:
        found += f" by {judgement.found.evidence.rule}"
    if judgement.outcome in ("miss", "false"):
        return gold or found
    same = judgement.outcome == "exact" and judgement.type_right
    return found if same else f"{found}; the gold has {gold}"


def _named(mention: Mention | GoldMention | None) -> str:
    return "" if mention is None else f"{mention.text!r} ({mention.type})"


def _f1(score: KindScore) -> tuple[str, str, str]:
    return _share(score.exact.f1), _share(score.overlap.f1), _share(score.type.f1)


def _count(evaluation: Evaluation) -> str:
    number = len(evaluation.reports)
    return f"{number} report{'' if number == 1 else 's'}"


def _share(value: float) -> str:
    return f"{value:.3f}"


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
