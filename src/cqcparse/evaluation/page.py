"""An evaluation as one self-contained HTML page that anybody can review in a browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from cqcparse.evaluation.judging import Judgement
from cqcparse.evaluation.scoring import Evaluation, KindScore
from cqcparse.evaluation.text import LISTS, TITLES, marked_parts
from cqcparse.output.html.environment import asset, digest, environment, own

_EXPLAINED = {
    "misses": "A careful reader marked these; the extractor did not find them.",
    "false": "The extractor found these; a careful reader did not mark them.",
    "boundaries": "Found, but with a word too many or too few.",
    "types": "Found, but sorted into another class.",
    "attributes": "Found, but what belongs to it (amount, period, who pays, ...) differs.",
    "forgiven": "The guidelines leave room for either answer, so these do not count.",
}
_SCORES = (
    *("Kind", "In the gold", "Found", "Exact precision", "Exact recall", "Exact F1"),
    *("Overlap precision", "Overlap recall", "Overlap F1", "Type right"),
)
_ATTRIBUTES = ("Attribute", "In the gold", "Right", "Different", "Not in the gold", "Accuracy")


def to_html(evaluation: Evaluation, title: str = "Evaluation against gold") -> str:
    """Return the page: scores first, then each list of errors with its sentences.

    It has no script and loads nothing; all text of reports is escaped.
    """
    made = environment(evaluation="cqcparse.evaluation")
    base = own(asset("cqcparse.output.html", "base.css"))
    style = made.get_template("evaluation/page.css").render(base=base)
    policy = f"default-src 'none'; style-src {digest(style)}; base-uri 'none'; form-action 'none'"
    groups = evaluation.groups if len(evaluation.groups) > 1 else ()
    return made.get_template("evaluation/page.html").render(
        title=title,
        policy=policy,
        style=own(style),
        reports=evaluation.reports,
        scores=[
            *((f"Gold in {g}", [*_scores(evaluation.only(group=g).kinds)]) for g in groups),
            ("All reports", [*_scores(evaluation.kinds)]),
        ],
        score_header=_SCORES,
        attributes=[*_attributes(evaluation.kinds)],
        attribute_header=_ATTRIBUTES,
        lists=[_list(evaluation, name) for name in LISTS],
    )


@attrs.frozen(kw_only=True)
class _Item:
    """One judgement on the page: its sentence in three parts, and what differs."""

    judgement: Judgement
    before: str
    inside: str
    after: str
    #: Name, what was found, what should be.
    differences: tuple[tuple[str, str | None, str | None], ...]
    rule: str | None


def _scores(kinds: Sequence[KindScore]) -> Iterator[tuple[str, ...]]:
    for score in kinds:
        shares = (
            value for a in (score.exact, score.overlap) for value in (a.precision, a.recall, a.f1)
        )
        counts = str(score.overlap.gold), str(score.overlap.found)
        yield score.kind, *counts, *map(_percent, (*shares, score.type_accuracy))


def _attributes(kinds: Sequence[KindScore]) -> Iterator[tuple[str, ...]]:
    for score in kinds:
        for a in score.attributes:
            counts = map(str, (a.stated, a.right, a.different, a.spurious))
            yield f"{score.kind}: {a.name}", *counts, _percent(a.accuracy)


def _list(
    evaluation: Evaluation, name: str
) -> tuple[str, str, int, Sequence[tuple[str, Sequence[_Item]]]]:
    """Return heading, explanation and number of a list, and its judgements by kind."""
    chosen = [j for j in evaluation.judgements if LISTS[name](j)]
    kinds = sorted({j.kind for j in chosen})
    items = [(kind, [_item(j) for j in chosen if j.kind == kind]) for kind in kinds]
    return TITLES[name], _EXPLAINED[name], len(chosen), items


def _item(judgement: Judgement) -> _Item:
    before, inside, after = marked_parts(judgement)
    found = judgement.found
    return _Item(
        judgement=judgement,
        before=before,
        inside=inside,
        after=after,
        differences=tuple(_differences(judgement)),
        rule=found.evidence.rule if found and found.evidence else None,
    )


def _differences(judgement: Judgement) -> Iterator[tuple[str, str | None, str | None]]:
    gold, found = judgement.gold, judgement.found
    if gold and found and gold.span != found.span:
        yield "characters", found.text, gold.text
    if gold and found and not judgement.type_right:
        yield "type", found.type, gold.type
    for attribute in judgement.wrong:
        yield attribute.name, attribute.found, attribute.wanted


def _percent(value: float) -> str:
    return f"{100 * value:.1f}%"
