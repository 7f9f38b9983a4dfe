"""An evaluation as one self-contained HTML page that anybody can review in a browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from cqcparse.evaluation.judging import Judgement
from cqcparse.evaluation.scoring import Evaluation, KindScore
from cqcparse.evaluation.text import LISTS, TITLES, marked_parts

_EXPLAINED = {
    "misses": "A careful reader marked these; the extractor did not find them.",
    "false": "The extractor found these; a careful reader did not mark them.",
    "boundaries": "Found, but with a word too many or too few.",
    "types": "Found, but sorted into another class.",
    "attributes": "Found, but what belongs to it (amount, period, who pays, ...) differs.",
    "forgiven": "The guidelines leave room for either answer, so these do not count.",
}

_POLICY = """<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'unsafe-inline'">"""

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;
color:#1b1b1b;background:#fff}
table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid #ccc;padding:.25rem .6rem;text-align:right;vertical-align:top}
th:first-child,td:first-child,.t td,.t th{text-align:left}
caption{text-align:left;font-weight:600;padding:.4rem 0}
summary{cursor:pointer;font-weight:600;padding:.3rem 0}
ol{padding-left:2.2rem}li{margin:.7rem 0}
mark{background:#ffe08a;color:inherit;padding:0 .1em}
.m{background:#f6c1c1}.w{color:#555;font-size:.9em}
del{color:#8a1f11}ins{color:#0b5e2b;text-decoration:none}
@media print{details>*{display:block}}
"""


def to_html(evaluation: Evaluation, title: str = "Evaluation against gold") -> str:
    """Return the page: scores first, then each list of errors with its sentences.

    It has no script and loads nothing; all text of reports is escaped.
    """
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
            _POLICY,
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            f"<h1>{escape(title)}</h1>",
            *_summary(evaluation),
            *(part for name in LISTS for part in _list(evaluation, name)),
            "</body>\n</html>\n",
        )
    )


def _summary(evaluation: Evaluation) -> Iterator[str]:
    yield (
        f"<p>{len(evaluation.reports)} report(s): {escape(', '.join(evaluation.reports))}. "
        "<b>Precision</b> is the share of what was found that is right, <b>recall</b> the share "
        "of what is there that was found, <b>F1</b> their mean. <b>Exact</b> counts a find only "
        "if it has the very same characters, <b>overlap</b> also if it shares some.</p>"
    )
    for group in evaluation.groups if len(evaluation.groups) > 1 else ():
        yield from _scores(f"Gold in {group}", evaluation.only(group=group).kinds)
    yield from _scores("All reports", evaluation.kinds)
    yield from _attributes(evaluation.kinds)


def _scores(caption: str, kinds: Sequence[KindScore]) -> Iterator[str]:
    header = (
        "Kind",
        "In the gold",
        "Found",
        "Exact precision",
        "Exact recall",
        "Exact F1",
        "Overlap precision",
        "Overlap recall",
        "Overlap F1",
        "Type right",
    )
    rows = (
        (
            score.kind,
            str(score.overlap.gold),
            str(score.overlap.found),
            *(
                _percent(value)
                for a in (score.exact, score.overlap)
                for value in (a.precision, a.recall, a.f1)
            ),
            _percent(score.type_accuracy),
        )
        for score in kinds
    )
    yield from _table(caption, header, rows)


def _attributes(kinds: Sequence[KindScore]) -> Iterator[str]:
    header = ("Attribute", "In the gold", "Right", "Different", "Not in the gold", "Accuracy")
    rows = [
        (
            f"{score.kind}: {a.name}",
            str(a.stated),
            str(a.right),
            str(a.different),
            str(a.spurious),
            _percent(a.accuracy),
        )
        for score in kinds
        for a in score.attributes
    ]
    if rows:
        yield from _table("Attributes of the mentions that were found", header, rows)


def _table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"<table><caption>{escape(caption)}</caption>\n<thead><tr>"
    yield "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    yield "</tr></thead>\n<tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody></table>"


def _list(evaluation: Evaluation, name: str) -> Iterator[str]:
    chosen = [j for j in evaluation.judgements if LISTS[name](j)]
    yield f"<h2>{escape(TITLES[name])} ({len(chosen)})</h2>"
    yield f"<p>{escape(_EXPLAINED[name])}</p>"
    for kind in sorted({j.kind for j in chosen}):
        of_kind = [j for j in chosen if j.kind == kind]
        yield f"<details><summary>{escape(kind)} ({len(of_kind)})</summary>\n<ol>"
        yield from map(_item, of_kind)
        yield "</ol></details>"


def _item(judgement: Judgement) -> str:
    before, inside, after = marked_parts(judgement)
    css = ' class="m"' if judgement.outcome == "miss" else ""
    sentence = f"{escape(before)}<mark{css}>{escape(inside)}</mark>{escape(after)}"
    lines = "".join(f"<br>{line}" for line in _differences(judgement))
    place = f"{judgement.report}, characters {judgement.span.start} to {judgement.span.end}"
    return f'<li>{sentence}{lines}<br><span class="w">{escape(place)}</span></li>'


def _differences(judgement: Judgement) -> Iterator[str]:
    gold, found = judgement.gold, judgement.found
    if gold and found and gold.span != found.span:
        yield _difference("characters", found.text, gold.text)
    if gold and found and not judgement.type_right:
        yield _difference("type", found.type, gold.type)
    for attribute in judgement.wrong:
        yield _difference(attribute.name, attribute.found, attribute.wanted)
    if found and found.evidence:
        yield f'<span class="w">found by rule {escape(found.evidence.rule)}</span>'


def _difference(name: str, found: str | None, wanted: str | None) -> str:
    has = "nothing" if found is None else f"<del>{escape(found)}</del>"
    should = "nothing" if wanted is None else f"<ins>{escape(wanted)}</ins>"
    return f"{escape(name)}: found {has}, should be {should}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f}%"
