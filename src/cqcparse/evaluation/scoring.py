"""Scores, counted from judgements: by kind, by attribute, by rule, by report and together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import attrs

from cqcparse.evaluation.gold import ALWAYS_ANNOTATED, Gold
from cqcparse.evaluation.judging import AttributeJudgement, Judgement, judge, stated_names
from cqcparse.model.assessment import Assessment


@attrs.frozen(kw_only=True)
class Agreement:
    """How far what was found agrees with the gold, under one notion of being right."""

    #: Mentions in the gold.
    gold: int
    #: Mentions found.
    found: int
    #: Mentions in both.
    matched: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return _share(self.matched, self.found, nothing_wanted=not self.gold)

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return _share(self.matched, self.gold, nothing_wanted=True)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.gold + self.found
        return 2 * self.matched / total if total else 1.0


@attrs.frozen(kw_only=True)
class AttributeScore:
    """How often one attribute is right, on the mentions that were found."""

    name: str
    #: Mentions for which the gold gives the attribute.
    stated: int
    #: Of these, the ones for which the run gives the same.
    right: int
    #: Of these, the ones for which the run gives something else.
    different: int
    #: Mentions for which the gold gives nothing and the run something.
    spurious: int
    #: Mean F1 over the labels of the gold, for attributes that are labels; None for quotes.
    macro_f1: float | None = None

    @property
    def accuracy(self) -> float:
        """Share of the stated attributes that are right."""
        return self.right / self.stated if self.stated else 1.0

    @property
    def precision(self) -> float:
        """Share of the attributes of the run that are right."""
        given = self.right + self.different + self.spurious
        return self.right / given if given else 1.0


@attrs.frozen(kw_only=True)
class KindScore:
    """The scores of one kind of mention."""

    kind: str
    #: Right means the same characters.
    exact: Agreement
    #: Right means that characters are shared, one to one.
    overlap: Agreement
    #: Right means that characters are shared and the type is the same.
    type: Agreement
    #: By name; ``canonical`` is one of them.
    attributes: tuple[AttributeScore, ...]

    @property
    def type_accuracy(self) -> float:
        """Share of the mentions found, exactly or nearly, that have the right type."""
        found = self.overlap.matched
        return _share(self.type.matched, found, nothing_wanted=not self.overlap.gold)

    def attribute(self, name: str) -> AttributeScore | None:
        """Return the score of attribute *name*; None if the gold never gives it."""
        return next((a for a in self.attributes if a.name == name), None)


@attrs.frozen(kw_only=True)
class RuleScore:
    """How often the mentions that one rule made are right."""

    kind: str
    rule: str
    #: Mentions it made, forgiven ones left out.
    found: int
    #: Those that share characters with the gold.
    overlap: int
    #: Those with exactly the characters of the gold.
    exact: int


@attrs.frozen(kw_only=True)
class Evaluation:
    """What came of scoring reports against their gold."""

    #: Folder and name of each report, in the order given.
    reports: tuple[str, ...]
    #: Names of the folders the gold came from, in order of appearance.
    groups: tuple[str, ...]
    #: One for each mention of the gold and of the run, by report and place.
    judgements: tuple[Judgement, ...] = attrs.field(repr=False)

    @property
    def kinds(self) -> tuple[KindScore, ...]:
        """The scores by kind, over all reports."""
        return scores(self.judgements)

    @property
    def rules(self) -> tuple[RuleScore, ...]:
        """How often each rule is right, the most used first."""
        return _rules(self.judgements)

    def kind(self, name: str) -> KindScore:
        """Return the score of kind *name*, over all reports.

        Raises:
            KeyError: If the kind was not judged.
        """
        for score in self.kinds:
            if score.kind == name:
                return score
        raise KeyError(name)

    def only(self, *, report: str | None = None, group: str | None = None) -> Evaluation:
        """Return the part of the evaluation on one report, or on the reports of one folder."""
        kept = tuple(
            j for j in self.judgements if report in (None, j.report) and group in (None, j.group)
        )
        return Evaluation(
            reports=tuple(dict.fromkeys(j.report for j in kept)),
            groups=tuple(dict.fromkeys(j.group for j in kept)),
            judgements=kept,
        )


def evaluate(
    pairs: Iterable[tuple[Gold, Assessment]], kinds: Sequence[str] | None = None
) -> Evaluation:
    """Score assessments against the gold of their reports.

    Args:
        pairs: Gold and assessment of one report each.
        kinds: The kinds to score. By default the built-in ones, and each other kind of the gold
            that any of the assessments has: an extractor for it is at work.
    """
    pairs = tuple(pairs)
    if kinds is None:
        kinds = _kinds(pairs)
    judgements = tuple(
        judgement
        for gold, assessment in pairs
        for judgement in judge(gold, assessment, kinds, stated_names(gold))
    )
    return Evaluation(
        reports=tuple(gold.label for gold, _ in pairs),
        groups=tuple(dict.fromkeys(gold.group for gold, _ in pairs)),
        judgements=judgements,
    )


def scores(judgements: Sequence[Judgement]) -> tuple[KindScore, ...]:
    """Return the scores of *judgements* by kind, in order of first appearance of the built-ins."""
    found = dict.fromkeys(j.kind for j in judgements)
    known = [kind for kind in ALWAYS_ANNOTATED if kind in found]
    others = sorted(set(found) - set(known))
    return tuple(
        _score(kind, [j for j in judgements if j.kind == kind]) for kind in (*known, *others)
    )


def _kinds(pairs: Sequence[tuple[Gold, Assessment]]) -> tuple[str, ...]:
    annotated = {kind for gold, _ in pairs for kind in gold.kinds}
    made = {mention.kind for _, assessment in pairs for mention in assessment.mentions}
    others = (annotated & made) - set(ALWAYS_ANNOTATED)
    return (*ALWAYS_ANNOTATED, *sorted(others))


def _score(kind: str, judgements: Sequence[Judgement]) -> KindScore:
    matched = [j for j in judgements if j.outcome in ("exact", "boundary")]
    names = dict.fromkeys(a.name for j in matched for a in j.attributes)
    return KindScore(
        kind=kind,
        exact=_agreement(judgements, lambda j: j.outcome == "exact"),
        overlap=_agreement(judgements, lambda j: j.outcome in ("exact", "boundary")),
        type=_agreement(judgements, lambda j: j.type_right),
        attributes=tuple(
            _attribute(name, [a for j in matched for a in j.attributes if a.name == name])
            for name in sorted(names)
        ),
    )


def _agreement(judgements: Iterable[Judgement], right: Callable[[Judgement], bool]) -> Agreement:
    """Count, leaving out what is not right but forgiven."""
    gold = found = matched = 0
    for judgement in judgements:
        if right(judgement):
            matched += 1
        else:
            gold += judgement.gold is not None and not judgement.gold_forgiven
            found += judgement.found is not None and not judgement.found_forgiven
    return Agreement(gold=gold + matched, found=found + matched, matched=matched)


def _attribute(name: str, judgements: Sequence[AttributeJudgement]) -> AttributeScore:
    stated = [a for a in judgements if a.wanted is not None]
    right = sum(a.right for a in stated)
    return AttributeScore(
        name=name,
        stated=len(stated),
        right=right,
        different=sum(a.found is not None for a in stated) - right,
        spurious=sum(a.wanted is None and a.found is not None for a in judgements),
        macro_f1=_macro_f1(judgements) if any(a.is_label for a in judgements) else None,
    )


def _share(part: int, whole: int, *, nothing_wanted: bool) -> float:
    """Return a share; of nothing it is 1 if nothing was wanted, else 0."""
    return part / whole if whole else float(nothing_wanted)


def _macro_f1(judgements: Sequence[AttributeJudgement]) -> float:
    wanted = Counter(a.wanted for a in judgements if a.wanted is not None)
    found = Counter(a.found for a in judgements if a.found is not None)
    right = Counter(a.wanted for a in judgements if a.wanted is not None and a.right)
    f1 = [2 * right[label] / (wanted[label] + found[label]) for label in wanted]
    return math.fsum(f1) / len(f1) if f1 else 1.0  # the same in any order


def _rules(judgements: Iterable[Judgement]) -> tuple[RuleScore, ...]:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for judgement in judgements:
        mention = judgement.found
        if mention is None or mention.evidence is None or judgement.forgiven:
            continue
        counts.setdefault((mention.kind, mention.evidence.rule), Counter())[judgement.outcome] += 1
    result = [
        RuleScore(
            kind=kind,
            rule=rule,
            found=count.total(),
            overlap=count["exact"] + count["boundary"],
            exact=count["exact"],
        )
        for (kind, rule), count in counts.items()
    ]
    return tuple(sorted(result, key=lambda r: (r.kind, -r.found, r.rule)))
