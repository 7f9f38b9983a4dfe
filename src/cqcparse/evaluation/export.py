"""An evaluation as JSON: every score, and every mention that is not exactly right."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from cqcparse.evaluation.judging import AttributeJudgement, Judgement
from cqcparse.evaluation.scoring import (
    Agreement,
    AttributeScore,
    Evaluation,
    KindScore,
    RuleScore,
)

JsonObject: TypeAlias = dict[str, Any]


def to_json(evaluation: Evaluation, *, indent: int | None = 2) -> str:
    """Return the scores, together, by folder and by report, and the judgements behind them.

    Args:
        evaluation: What to write.
        indent: Spaces by which to indent; None for one line.
    """
    data = {
        "kinds": [_kind(score) for score in evaluation.kinds],
        "groups": [
            {"group": g, "kinds": [_kind(s) for s in evaluation.only(group=g).kinds]}
            for g in evaluation.groups
        ],
        "reports": [
            {"report": r, "kinds": [_kind(s) for s in evaluation.only(report=r).kinds]}
            for r in evaluation.reports
        ],
        "rules": [_rule(rule) for rule in evaluation.rules],
        "judgements": [_judgement(j) for j in evaluation.judgements if not j.perfect],
    }
    return json.dumps(data, ensure_ascii=False, indent=indent)


def _kind(score: KindScore) -> JsonObject:
    return {
        "kind": score.kind,
        "exact": _agreement(score.exact),
        "overlap": _agreement(score.overlap),
        "type": _agreement(score.type),
        "type_accuracy": score.type_accuracy,
        "attributes": [_attribute(attribute) for attribute in score.attributes],
    }


def _agreement(agreement: Agreement) -> JsonObject:
    return {
        "gold": agreement.gold,
        "found": agreement.found,
        "matched": agreement.matched,
        "precision": agreement.precision,
        "recall": agreement.recall,
        "f1": agreement.f1,
    }


def _attribute(score: AttributeScore) -> JsonObject:
    return {
        "name": score.name,
        "stated": score.stated,
        "right": score.right,
        "different": score.different,
        "spurious": score.spurious,
        "accuracy": score.accuracy,
        "precision": score.precision,
        "macro_f1": score.macro_f1,
    }


def _rule(score: RuleScore) -> JsonObject:
    return {
        "kind": score.kind,
        "rule": score.rule,
        "found": score.found,
        "overlap": score.overlap,
        "exact": score.exact,
    }


def _judgement(judgement: Judgement) -> JsonObject:
    gold, found = judgement.gold, judgement.found
    return {
        "report": judgement.report,
        "kind": judgement.kind,
        "outcome": judgement.outcome,
        "forgiven": judgement.forgiven,
        "gold": gold and _mention(gold.text, gold.span.start, gold.span.end, gold.type),
        "found": found and _mention(found.text, found.span.start, found.span.end, found.type),
        "rule": found.evidence.rule if found and found.evidence else None,
        "attributes": [_difference(attribute) for attribute in judgement.wrong],
        "sentence": judgement.sentence.text if judgement.sentence else None,
    }


def _mention(text: str, start: int, end: int, type_: str | None) -> JsonObject:
    return {"text": text, "start": start, "end": end, "type": type_}


def _difference(attribute: AttributeJudgement) -> JsonObject:
    return {"name": attribute.name, "gold": attribute.wanted, "found": attribute.found}
