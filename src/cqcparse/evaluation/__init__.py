"""Scoring against gold, and comparing two runs mention by mention."""

from cqcparse.evaluation.gold import (
    Gold,
    GoldAttribute,
    GoldMention,
    gold_files,
    load_gold,
    report_for,
)
from cqcparse.evaluation.judging import AttributeJudgement, Judgement
from cqcparse.evaluation.matching import match
from cqcparse.evaluation.scoring import (
    Agreement,
    AttributeScore,
    Evaluation,
    KindScore,
    RuleScore,
    evaluate,
)

__all__ = [
    "Agreement",
    "AttributeJudgement",
    "AttributeScore",
    "Evaluation",
    "Gold",
    "GoldAttribute",
    "GoldMention",
    "Judgement",
    "KindScore",
    "RuleScore",
    "evaluate",
    "gold_files",
    "load_gold",
    "match",
    "report_for",
]
