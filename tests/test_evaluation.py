"""Evaluation: gold files, matching, scores, floors, what changed between runs."""

from __future__ import annotations

import html.parser
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse import (
    Assessment,
    Document,
    Evidence,
    Funding,
    Mention,
    Partner,
    Quote,
    Section,
    Service,
    Span,
)
from cqcparse.errors import DataError
from cqcparse.evaluation import Evaluation, Gold, evaluate, gold_files, load_gold, match, report_for
from cqcparse.evaluation.diff import diff
from cqcparse.evaluation.export import to_json
from cqcparse.evaluation.floors import Floor, dump_floors, load_floors, raised, shortfalls
from cqcparse.evaluation.page import to_html
from cqcparse.evaluation.text import LISTS, listing, report_table, rule_table, score_tables

TEXT = (
    "Northmere Trust ran a hub.\nThe Pooled Fund gave £2m to Easthaven Care in 2022/23.\n"
    "Staff <b>praised</b> the night service & the day team."
)

Row = dict[str, Any]


def span(words: str) -> Span:
    """Return the first place of *words*."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def row(kind: str, words: str, **more: Any) -> Row:  # noqa: ANN401 - whatever a test puts in
    """Return a line of a gold file."""
    place = span(words)
    return {"kind": kind, "quote": words, "start": place.start, "end": place.end, **more}


def write(path: Path, rows: Sequence[Row | str]) -> Path:
    """Write a gold file, text as it is."""
    lines = (line if isinstance(line, str) else json.dumps(line) for line in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    """A gold file of four mentions and one finding, with two unsure spans."""
    write(
        tmp_path / "northmere.jsonl",
        [
            row("partner", "Northmere Trust", type="nhs-trust", specificity="named"),
            row("finding", "Staff <b>praised</b> the night service", polarity="strength"),
            row("funding", "Pooled Fund", type="fund", canonical="pooled-fund", period="2022/23"),
            row("service", "night service", type="other", status="new"),
            row("service", "day team", type="other"),
        ],
    )
    write(
        tmp_path / "northmere.unsure.jsonl",
        [
            row("service", "day team", in_gold=True),
            row("funding", "£2m", in_gold=False),
        ],
    )
    return load_gold(tmp_path / "northmere.jsonl", TEXT)


def found(*mentions: Mention, text: str = TEXT) -> Assessment:
    """Return an assessment with these mentions and nothing else."""
    whole = Span(0, len(text))
    section = Section(role="other", title=None, level=0, span=whole, own=whole, body=whole)
    return Assessment(
        source="northmere.txt",
        authority=None,
        framework="local-authority",
        is_local_authority_assessment=True,
        indicative=False,
        overall=None,
        statements=(),
        mentions=mentions,
        diagnostics=(),
        sections=(section,),
        document=Document(text=text),
    )


def fund(words: str = "Pooled Fund", **more: Any) -> Funding:  # noqa: ANN401 - any field
    """Return a mention of a fund."""
    values = {"type": "fund", "canonical": "pooled-fund", **more}
    return Funding(span=span(words), text=words, evidence=Evidence(rule="pool"), **values)


def service(words: str = "night service", **more: Any) -> Service:  # noqa: ANN401 - any field
    """Return a mention of a service."""
    return Service(span=span(words), text=words, type="other", **more)


def trust() -> Partner:
    """Return the mention of the trust, as in the gold."""
    words = "Northmere Trust"
    return Partner(span=span(words), text=words, type="nhs-trust", specificity="named")


# --- matching ---------------------------------------------------------------------------------


def test_matching_takes_the_greatest_overlap_first() -> None:
    """A span goes to the one it shares most with, one to one."""
    wanted = [Span(0, 10), Span(10, 30)]
    assert match(wanted, [Span(8, 30)]) == ((1, 0),)
    assert match(wanted, [Span(5, 12), Span(12, 30)]) == ((0, 0), (1, 1))
    assert match(wanted, [Span(0, 30), Span(0, 10)]) == ((0, 1), (1, 0))


def test_spans_that_only_touch_do_not_match() -> None:
    """Sharing no character is not overlapping."""
    assert match([Span(0, 5)], [Span(5, 9)]) == ()


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda p: Span(p[0], p[0] + p[1])),
    max_size=12,
)


@given(SPANS, SPANS)
def test_matching_is_one_to_one_complete_and_finds_equals(a: list[Span], b: list[Span]) -> None:
    """Every pair overlaps, none is used twice, none is left that could pair, equals are paired."""
    pairs = match(a, b)
    left, right = [i for i, _ in pairs], [j for _, j in pairs]
    assert len(set(left)) == len(left)
    assert len(set(right)) == len(right)
    assert all(a[i].overlaps(b[j]) for i, j in pairs)
    free_left = [x for i, x in enumerate(a) if i not in left]
    free_right = [y for j, y in enumerate(b) if j not in right]
    assert not any(x.overlaps(y) for x in free_left for y in free_right)
    exact = [(a[i], b[j]) for i, j in pairs if a[i] == b[j]]
    assert {x for x, _ in exact} == set(a) & set(b)


@given(SPANS, SPANS)
def test_matching_does_not_depend_on_the_side(a: list[Span], b: list[Span]) -> None:
    """As many spans match in either direction."""
    assert len(match(a, b)) == len(match(b, a))


# --- gold files -------------------------------------------------------------------------------


def test_gold_is_read_with_its_unsure_spans(gold: Gold, tmp_path: Path) -> None:
    """Mentions are sorted by place; attributes, kinds and unsure spans are where they belong."""
    assert [m.text for m in gold.of("service")] == ["night service", "day team"]
    assert [m.unsure for m in gold.of("service")] == [False, True]
    assert [m.text for m in gold.forgiven] == ["£2m"]
    assert gold.kinds == ("funding", "service", "partner", "finding")
    assert gold.group == tmp_path.name
    (mention,) = gold.of("funding")
    assert (mention.attribute("period"), mention.attribute("canonical")) == (
        "2022/23",
        "pooled-fund",
    )
    assert mention.attribute("amount") is None
    assert mention.line == 3


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not JSON"),
        ("[]", "is not an object"),
        ({"quote": "hub", "start": 22, "end": 25}, "'kind' is missing"),
        ({"kind": "service", "quote": "hub", "end": 25}, "'start' is missing"),
        ({"kind": "service", "quote": "hub", "start": "22", "end": 25}, "not a whole number"),
        ({"kind": "service", "quote": "hub", "start": True, "end": 25}, "not a whole number"),
        ({"kind": "service", "quote": 7, "start": 22, "end": 25}, "'quote' is missing"),
        ({"kind": "service", "quote": "", "start": 22, "end": 22}, "not a range"),
        ({"kind": "service", "quote": "hub", "start": 25, "end": 22}, "not a range"),
        ({"kind": "service", "quote": "hubs", "start": 22, "end": 25}, "has 4 characters"),
        ({"kind": "service", "quote": "pub", "start": 22, "end": 25}, "the report has 'hub'"),
        ({"kind": "service", "quote": "hub", "start": 922, "end": 925}, "past the end"),
        ({"kind": "service", "quote": "hub", "start": 22, "end": 25, "status": 1}, "'status'"),
        (
            row("service", "ran a hub"),
            "shares characters with 'ran a hub' .*, and both are service",
        ),
    ],
)
def test_a_line_that_breaks_the_format_is_named(
    line: Row | str, reason: str, tmp_path: Path
) -> None:
    """File, line and reason are in the one sentence."""
    path = write(tmp_path / "x.jsonl", [row("service", "a hub"), "", line])
    with pytest.raises(DataError, match=reason) as caught:
        load_gold(path, TEXT)
    assert str(caught.value).startswith(f"{path}, line ")
    assert caught.value.line in {1, 3}


def test_an_unsure_span_must_be_what_it_says(tmp_path: Path) -> None:
    """One that says it is in the gold must be there, and each must say."""
    path = write(tmp_path / "x.jsonl", [row("service", "hub")])
    unsure = write(tmp_path / "x.unsure.jsonl", [row("service", "day team", in_gold=True)])
    with pytest.raises(DataError, match="the gold has no such service"):
        load_gold(path, TEXT)
    write(unsure, [row("service", "hub")])
    with pytest.raises(DataError, match="'in_gold' is missing"):
        load_gold(path, TEXT)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A file that is not there, or not text, is one sentence."""
    with pytest.raises(DataError, match="there is no such file; check the path"):
        load_gold(tmp_path / "none.jsonl")
    (tmp_path / "x.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="is not UTF-8"):
        load_gold(tmp_path / "x.jsonl")


def test_gold_files_are_found_and_paired(tmp_path: Path) -> None:
    """Folders are searched, unsure lists are not gold, reports are found by name."""
    inner = tmp_path / "gold" / "inner"
    inner.mkdir(parents=True)
    outer_file = write(tmp_path / "gold" / "b.jsonl", [])
    inner_file = write(inner / "a.jsonl", [])
    write(inner / "a.unsure.jsonl", [])
    assert gold_files([tmp_path / "gold", inner_file]) == (outer_file, inner_file)
    (tmp_path / "b.html").touch()
    (tmp_path / "b.txt").touch()
    (inner / "a.txt").touch()
    assert report_for(outer_file, tmp_path, [".txt", ".html"]) == tmp_path / "b.txt"
    assert report_for(inner_file, tmp_path, [".txt"]) == inner / "a.txt"
    with pytest.raises(DataError, match=r"no report named b\.\*"):
        report_for(outer_file, tmp_path, [".pdf"])
    with pytest.raises(DataError, match="no such gold file"):
        gold_files([tmp_path / "none"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="has no gold file"):
        gold_files([tmp_path / "empty"])


# --- scores -----------------------------------------------------------------------------------


def perfect() -> tuple[Mention, ...]:
    """Return what the gold has."""
    period = span("2022/23")
    return (
        trust(),
        fund(period=Quote("2022/23", period)),
        service(status="new"),
        service("day team"),
    )


def test_a_perfect_run(gold: Gold) -> None:
    """Everything found as in the gold scores 1, and nothing is listed."""
    evaluation = evaluate([(gold, found(*perfect()))])
    for score in evaluation.kinds:
        assert (score.exact.f1, score.overlap.f1, score.type.f1) == (1, 1, 1)
        assert score.type_accuracy == 1
        assert all(a.accuracy == a.precision == 1 for a in score.attributes)
    assert all(judgement.perfect for judgement in evaluation.judgements)
    assert [k.kind for k in evaluation.kinds] == ["funding", "service", "partner"]


def test_nothing_found(gold: Gold) -> None:
    """Nothing found scores 0; the unsure mention is no miss."""
    evaluation = evaluate([(gold, found())])
    service_score = evaluation.kind("service")
    assert (service_score.overlap.gold, service_score.overlap.recall) == (1, 0)
    assert (service_score.overlap.precision, service_score.overlap.f1) == (0, 0)
    assert [j.forgiven for j in evaluation.judgements if j.kind == "service"] == [False, True]


def test_a_wrong_boundary_counts_as_overlap_only(gold: Gold) -> None:
    """It is a miss and a false find under exact, and right under overlap."""
    score = evaluate([(gold, found(service("the night service")))]).kind("service")
    assert (score.exact.matched, score.exact.found, score.exact.gold) == (0, 1, 1)
    assert (score.overlap.matched, score.overlap.found, score.overlap.gold) == (1, 1, 1)


def test_a_wrong_type_counts_against_type_only(gold: Gold) -> None:
    """Spans stay right when the type is wrong."""
    score = evaluate([(gold, found(fund(type="grant")))]).kind("funding")
    assert (score.exact.f1, score.overlap.f1) == (1, 1)
    assert (score.type.f1, score.type_accuracy) == (0, 0)


def test_false_finds_and_the_forgiven_one(gold: Gold) -> None:
    """A find that the gold has not lowers precision, unless the unsure list forgives it."""
    evaluation = evaluate([(gold, found(fund(), fund("£2m"), fund("hub")))])
    score = evaluation.kind("funding")
    assert (score.overlap.found, score.overlap.matched) == (2, 1)
    assert score.overlap.precision == 0.5


def test_attributes_are_judged_on_what_was_found(gold: Gold) -> None:
    """Right, different, spurious and missing are told apart; case and spaces do not count."""
    made = found(fund(canonical="Pooled-Fund", period=Quote("2022", span("2022"))))
    score = evaluate([(gold, made)]).kind("funding")
    canonical, period = score.attribute("canonical"), score.attribute("period")
    assert canonical is not None
    assert (canonical.stated, canonical.right, canonical.macro_f1) == (1, 1, None)
    assert period is not None
    assert (period.stated, period.right, period.different) == (1, 0, 1)
    assert period.precision == 0
    assert score.attribute("amount") is None, "the gold does not give it"


def test_labels_have_a_macro_f1_and_spurious_ones_count(gold: Gold) -> None:
    """A status where the gold has none lowers precision and the F1 over labels."""
    made = found(service(status="new"), service("day team", status="new"))
    status = evaluate([(gold, made)]).kind("service").attribute("status")
    assert status is not None
    assert (status.right, status.spurious) == (1, 1)
    assert (status.accuracy, status.precision) == (1, 0.5)
    assert status.macro_f1 == pytest.approx(2 / 3)


@attrs.frozen(kw_only=True)
class Finding(Mention):
    """What a plugin for findings makes."""

    kind = "finding"

    polarity: str


def test_another_kind_counts_once_an_extractor_makes_it(gold: Gold) -> None:
    """Findings are scored only if there are any, and by their labels."""
    words = "Staff <b>praised</b> the night service"
    finding = Finding(span=span(words), text=words, polarity="mixed")
    evaluation = evaluate([(gold, found(finding))])
    score = evaluation.kind("finding")
    polarity = score.attribute("polarity")
    assert score.exact.f1 == 1
    assert polarity is not None
    assert (polarity.accuracy, polarity.macro_f1) == (0, 0)
    with pytest.raises(KeyError):
        evaluate([(gold, found())]).kind("finding")
    assert evaluate([(gold, found())], ["finding"]).kind("finding").exact.gold == 1


def test_a_kind_that_a_gold_file_leaves_out_is_not_judged_there(tmp_path: Path) -> None:
    """A page without findings in its gold does not make findings false."""
    plain = load_gold(write(tmp_path / "plain.jsonl", [row("service", "hub")]), TEXT)
    words = "Northmere Trust"
    finding = Finding(span=span(words), text=words, polarity="mixed")
    evaluation = evaluate([(plain, found(finding))], ["finding", "service"])
    assert {j.kind for j in evaluation.judgements} == {"service"}


def both(gold: Gold) -> Evaluation:
    """Return an evaluation of two reports in two folders, with errors of every sort."""
    other = attrs.evolve(gold, group="elsewhere")
    first = found(
        *(trust(), fund("Pooled", type="grant", canonical="pool"), fund("£2m")),
        *(service("hub"), service(status="ended")),
    )
    return evaluate([(gold, first), (other, found(*perfect()))])


def test_parts_of_an_evaluation(gold: Gold) -> None:
    """The scores of one report or folder are those of its judgements."""
    evaluation = both(gold)
    assert evaluation.reports == (f"{gold.group}/northmere", "elsewhere/northmere")
    assert evaluation.only(report="elsewhere/northmere").kind("service").exact.f1 == 1
    assert evaluation.only(group="elsewhere").reports == ("elsewhere/northmere",)
    assert evaluation.kind("service").exact.matched == 3


def test_rules_are_counted(gold: Gold) -> None:
    """How often each rule is right is counted; forgiven finds are out."""
    (rule,) = both(gold).rules
    assert (rule.kind, rule.rule, rule.found, rule.overlap, rule.exact) == (
        *("funding", "pool"),
        *(2, 2, 1),
    )


# --- reports ----------------------------------------------------------------------------------


def test_text_report(gold: Gold) -> None:
    """Tables name kinds, folders and attributes; lists show mention, gold and sentence."""
    evaluation = both(gold)
    tables = score_tables(evaluation)
    assert "elsewhere (1 report)" in tables
    assert "all (2 reports)" in tables
    assert "canonical" in tables
    assert "northmere" in report_table(evaluation)
    assert "pool" in rule_table(evaluation)
    lists = {name: listing(evaluation, name) for name in LISTS}
    assert "'hub' (other)" in lists["false"]
    assert "Northmere Trust ran a [[hub]]." in lists["false"]
    assert "the gold has 'Pooled Fund' (fund)" in lists["boundaries"]
    assert "status: 'ended', the gold has 'new'" in lists["attributes"]
    assert "(0)" in lists["misses"]
    assert "'day team'" in lists["forgiven"]


def test_json_report(gold: Gold) -> None:
    """Scores, and every mention that is not right, are there as numbers and text."""
    data = json.loads(to_json(both(gold)))
    assert [k["kind"] for k in data["kinds"]] == ["funding", "service", "partner"]
    assert {g["group"] for g in data["groups"]} >= {"elsewhere"}
    assert data["kinds"][2]["exact"]["f1"] == 1
    assert {j["outcome"] for j in data["judgements"]} == {"exact", "boundary", "miss", "false"}
    assert not [j for j in data["judgements"] if j["report"].startswith("elsewhere")]


class _Tags(html.parser.HTMLParser):
    """Checks that tags balance, and collects what a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.add(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_report_is_whole_escaped_and_alone(gold: Gold) -> None:
    """Tags balance, text of reports is text, and nothing is loaded or run."""
    page = to_html(both(gold))
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    assert "Staff <b>praised</b> the night service & the day team." in tags.text
    assert not tags.seen & {"script", "link", "img", "iframe", "b" if "<b>praised" in page else ""}
    assert "http" not in page.replace("http-equiv", "")
    assert "should be new" in tags.text


# --- floors -----------------------------------------------------------------------------------


def test_floors_rise_and_hold(gold: Gold, tmp_path: Path) -> None:
    """Floors taken from a run hold for it, and fail for a worse one, which does not lower them."""
    good = evaluate([(gold, found(*perfect()))])
    floors = raised(good, ())
    assert shortfalls(good, floors) == ()
    worse = evaluate([(gold, found())])
    missed = {str(shortfall) for shortfall in shortfalls(worse, floors)}
    assert f"{gold.group}, service, overlap_f1: 0.0000 is below the floor of 1.0" in missed
    assert any("status_accuracy: was not measured" in sentence for sentence in missed)
    assert raised(worse, floors) == floors
    path = tmp_path / "floors.json"
    path.write_text(dump_floors(floors), encoding="utf-8")
    assert load_floors(path) == floors


def test_floors_of_other_gold_are_not_looked_at(gold: Gold) -> None:
    """A floor for a folder that was not evaluated neither fails nor changes."""
    other = Floor(group="else", kind="service", measure="exact_f1", floor=1.0, highest=1.0)
    evaluation = evaluate([(gold, found())])
    assert shortfalls(evaluation, [other]) == ()
    assert other in raised(evaluation, [other])


def test_a_floor_is_cut_and_not_rounded_up(tmp_path: Path) -> None:
    """A score of two thirds passes the floor that it sets."""
    rows = [row("service", words) for words in ("hub", "night service")]
    gold = load_gold(write(tmp_path / "x.jsonl", rows), TEXT)
    evaluation = evaluate([(gold, found(service("hub")))])
    floors = raised(evaluation, ())
    assert {f.floor for f in floors if f.measure == "exact_f1" and f.kind == "service"} == {0.6666}
    assert shortfalls(evaluation, floors) == ()


def test_lowering_by_hand_needs_a_reason(gold: Gold, tmp_path: Path) -> None:
    """A floor below its highest is refused without a reason; rising again drops the reason."""
    row_ = {"group": gold.group, "kind": "service", "measure": "exact_f1", "highest": 1.0}
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"floors": [{**row_, "floor": 0.5}]}), encoding="utf-8")
    with pytest.raises(DataError, match=r"lowered from 1.0 to 0.5 without a 'reason'"):
        load_floors(path)
    lowered = {**row_, "floor": 0.5, "reason": "the guidelines changed"}
    path.write_text(json.dumps({"floors": [lowered]}), encoding="utf-8")
    (floor,) = load_floors(path)
    (again,) = [
        f
        for f in raised(evaluate([(gold, found(*perfect()))]), [floor])
        if (f.kind, f.measure) == ("service", "exact_f1")
    ]
    assert (again.floor, again.reason) == (1.0, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "is not JSON"),
        ("[]", "no list under 'floors'"),
        ('{"floors": [1]}', "floor 1 is not an object"),
        ('{"floors": [{"kind": 1}]}', "'kind' is not known or not of its type"),
        ('{"floors": [{"colour": "red"}]}', "'colour' is not known"),
        ('{"floors": [{"kind": "service"}]}', "floor 1 has no floor, group, highest, measure"),
    ],
)
def test_a_bad_floors_file_is_named(text: str, reason: str, tmp_path: Path) -> None:
    """What is wrong with a floors file is one sentence."""
    path = tmp_path / "floors.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=reason):
        load_floors(path)
    with pytest.raises(DataError, match="there is no such file; check the path"):
        load_floors(tmp_path / "none.json")


# --- what changed -----------------------------------------------------------------------------


def test_diff_of_equal_runs() -> None:
    """A run compared with itself has no changes."""
    made = found(*perfect())
    result = diff([made], [made])
    assert (result.changes, result.same) == ((), 4)


def test_diff_tells_added_removed_and_changed_mentions() -> None:
    """Each mention that differs is there once, with what differs."""
    before = found(trust(), fund(), service())
    after = found(fund("Pooled Fund gave", type="grant"), service(), service("hub"))
    result = diff([before], [after])
    assert [c.text for c in result.of("added")] == ["hub"]
    assert [c.text for c in result.of("removed")] == ["Northmere Trust"]
    (changed,) = result.of("changed")
    differences = {f.name: (f.before, f.after) for f in changed.fields}
    assert differences["type"] == ("fund", "grant")
    assert differences["text"] == ("Pooled Fund", "Pooled Fund gave")
    assert set(differences) == {"type", "text", "char_end"}
    assert result.same == 1


def test_diff_names_sources_of_one_run_only() -> None:
    """A report that only one run has is named, and its mentions are added."""
    other = attrs.evolve(found(trust()), source="other.txt")
    result = diff([found(trust())], [found(trust()), other])
    assert (result.only_before, result.only_after) == ((), ("other.txt",))
    assert [c.source for c in result.of("added")] == ["other.txt"]


@pytest.mark.parametrize(
    ("before", "after", "only"),
    [
        ("reports/kent/a.txt", "a.txt", ((), ())),
        ("a.txt", "/home/her/reports/kent/a.txt", ((), ())),
        ("kent/a.txt", "leeds/a.txt", (("kent/a.txt",), ("leeds/a.txt",))),
        ("xa.txt", "a.txt", (("xa.txt",), ("a.txt",))),
    ],
)
def test_diff_takes_a_path_and_its_end_for_one_file(
    before: str, after: str, only: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    """Tables name a source in the folder that was asked for; other folders are other files."""
    runs = [attrs.evolve(found(trust()), source=source) for source in (before, after)]
    result = diff(runs[:1], runs[1:])
    assert (result.only_before, result.only_after) == only
    assert result.same == (0 if only[0] else 1)


def test_diff_pairs_no_path_that_could_be_two_files() -> None:
    """A name that is the end of two paths stays alone."""
    one = attrs.evolve(found(trust()), source="a.txt")
    two = [attrs.evolve(found(trust()), source=f"{place}/a.txt") for place in ("kent", "leeds")]
    result = diff([one], two)
    assert result.only_before == ("a.txt",)
    assert result.only_after == ("kent/a.txt", "leeds/a.txt")
