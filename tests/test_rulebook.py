"""Rules and frames as data: what they find, and what is refused when they are loaded."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import cqcparse
from cqcparse.cli.explain import command as explain_command
from cqcparse.cli.rules import command as rules_command
from cqcparse.errors import DataError, PluginError
from cqcparse.grammar import Frames, RuleBook, frame_failures, read_layers, rule_failures
from cqcparse.grammar.compiled_tables import COMPILED
from cqcparse.grammar.frames import bonds, shared_frames
from tools.compile_rules import tables

Within = Callable[[float], AbstractContextManager[None]]

RULES = """
[lexicons]
care = "lexicon.toml"
[types]
ranks = ["crisis", "dementia"]
heads = { community = "club" }
default = "other"
[words]
head = "service services team club"
empty = "key main"
[classes]
Head = "word(head)"
Says = "mark(care) | Narrow & !word(empty) & !Head"
[[rule]]
name = "care-and-head"
pattern = "Narrow{0,5} Says Narrow{0,3} <Head> Gloss?"
not_before = "'users'"
yes = ["A [hoarding service|other] had opened", "The [dementia crisis team|crisis] met"]
no = ["The service users met several key services."]
"""
AMBIGUOUS = """
[types]
default = "other"
[words]
own = "glass"
[classes]
Own = "word(own)"
[patterns]
Word = "Own | Narrow | 'in' 'part'"
[[rule]]
name = "long"
pattern = "'never' Word{9} Word{9} Word{9} Word{9} Word{9} <'club'>"
"""
LEXICON = """
kind = "service"
[[entry]]
id = "crisis"
name = "crisis"
type = "crisis"
[[entry]]
id = "memory"
name = "dementia"
aliases = ["memory loss", "young onset dementia"]
type = "dementia"
"""
FRAMES = """
[irregular]
run = "ran run"
[frame.run]
verbs = "run deliver"
roles = { agent = "provider", with = "provider" }
object = true
yes = ["A [sitting service] run by {Carers First|provider} had opened",
       "{Halcyon|provider} delivered the [lunch club]",
       "The [hub], which {Halcyon|provider} ran, had moved",
       "{Halcyon|provider}, which delivered the [lunch club], had moved",
       "{Halcyon|provider}, a local charity, ran the [hub]",
       "{Age UK and Halcyon|provider} delivered the [lunch club and a helpline]",
       "The [helpline] was not only new but was delivered with {Halcyon|provider}"]
no = ["The lunch club ran on Tuesdays"]
[frame.end]
verbs = "close"
nouns = "closure"
before = "former"
gives = { status = "ended" }
yes = ["The [day service] had {closed|status=ended}", "The closure of the [hub]",
       "The [hub] closed in May", "A former [hub] stood there"]
no = ["The hub had not closed", "The hub will close"]
"""


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "rules.toml").write_text(RULES, "utf-8")
    (tmp_path / "lexicon.toml").write_text(LEXICON, "utf-8")
    return tmp_path


def _found(book: RuleBook, text: str) -> list[tuple[str, str | None]]:
    layers = read_layers(text)
    return [(layers.words(one.first, one.last), one.type) for one in book.find(layers)]


BOOKS = {
    task.name: book
    for task in cqcparse.Parser(plugins=False).tasks
    if (book := getattr(task.extractor, "rules", None)) is not None
}


@pytest.mark.parametrize("name", BOOKS)
def test_examples_of_built_in_rules_hold(name: str) -> None:
    """Each rule of each extractor finds what its examples mark, and nothing in the others."""
    assert not list(rule_failures(BOOKS[name]))


def test_tables_are_what_their_files_come_to() -> None:
    """Nobody forgets ``make tables``, and they are the same whoever makes them."""
    package = files("cqcparse")
    for path, text in tables():
        assert (package / path).read_text("utf-8") == text, f"{path} is old: run 'make tables'"


def test_a_table_of_other_files_is_not_used(folder: Path) -> None:
    """Whoever changes a rule sees the change at once, whatever table lies beside it."""
    (folder / COMPILED).write_text(json.dumps(RuleBook(folder).compiled()), "utf-8")
    text = "The memory loss service and a lunch club met."
    assert _found(RuleBook(folder), text) == [
        ("memory loss service", "dementia"),
        ("lunch club", "community"),
    ]
    (folder / "rules.toml").write_text(RULES.replace('community = "club"', ""), "utf-8")
    assert _found(RuleBook(folder), text)[1] == ("lunch club", "other")
    (folder / COMPILED).write_text("no table", "utf-8")
    assert _found(RuleBook(folder), text)[1] == ("lunch club", "other")


_MARKS = re.compile(r"[\[{]([^\]}|]*)[^\]}]*[\]}]")
#: What stands beside the rules and frames, without its marks.
SENTENCES = sorted(
    _MARKS.sub(r"\1", sentence)
    for rule in (
        *(rule for book in BOOKS.values() for rule in book.rules),
        *shared_frames().frames.values(),
    )
    for sentence in (*rule.yes, *rule.no)
)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12), st.sampled_from(" \n"))
def test_no_row_of_sentences_makes_an_extractor_fail(row: list[str], between: str) -> None:
    """What rules find beside each other is read too: a failure costs all mentions of a kind."""
    text = between.join(f"{sentence.rstrip('.')}." for sentence in row)
    page = cqcparse.Parser(plugins=False).parse(text)
    assert [item.message for item in page.diagnostics if item.code == "plugin-failed"] == []


def test_examples_of_rules_hold(folder: Path) -> None:
    """The sentences beside a rule are its tests."""
    assert not list(rule_failures(RuleBook(folder)))


def test_an_example_that_does_not_hold_is_told(folder: Path) -> None:
    """Both ways of being wrong are: a phrase that is not found, and one that should not be."""
    rules = RULES.replace("several key services", "a hoarding service")
    (folder / "rules.toml").write_text(rules.replace("|crisis]", "|dementia]"), "utf-8")
    missing, false = rule_failures(RuleBook(folder))
    assert "no [dementia crisis team|dementia]" in missing
    assert "finds 'hoarding service'" in false


def test_phrases_have_their_edges_and_types(folder: Path) -> None:
    """Articles stay outside, brackets and the words of the lexicon decide, the head else."""
    text = "The young-onset dementia team (YODT) and a lunch club met.\nA memory loss service"
    assert _found(RuleBook(folder), text) == [
        ("young-onset dementia team (YODT)", "dementia"),
        ("lunch club", "community"),
        ("memory loss service", "dementia"),
    ]


def test_no_rule_reaches_into_the_next_paragraph(folder: Path) -> None:
    """The end of one paragraph and the beginning of the next are no phrase."""
    assert _found(RuleBook(folder), "They spoke of hoarding\nservice users") == []


def test_a_word_keeps_its_lists_when_its_neighbours_decide_its_class(folder: Path) -> None:
    """In front of an article "paid" is a verb, and still the word that a rule names."""
    rules = RULES + '\n[[rule]]\nname = "paid"\npattern = "<\'paid\'>"\ntype = "other"\n'
    (folder / "rules.toml").write_text(rules, "utf-8")
    book = RuleBook(folder)
    assert _found(book, "It paid a bill for paid staff.") == [("paid", "other"), ("paid", "other")]


def test_words_of_two_classes_match_in_one_way(tmp_path: Path, within: Within) -> None:
    """Otherwise forty-five of them in a row would match in billions."""
    (tmp_path / "rules.toml").write_text(AMBIGUOUS, encoding="utf-8")
    with within(10):
        book = RuleBook(tmp_path)
        assert not _found(book, "glass never " + "glass " * 60 + "club")
        assert _found(book, "never " + "glass " * 45 + "club")


def test_rules_can_be_left_out() -> None:
    """What a rule is good for shows when it is left out, and frames likewise."""
    text = "A falconry service run by Halcyon was busy."
    (found,) = cqcparse.parse(text).services
    assert found.evidence is not None
    assert found.evidence.rule == "unknown-head"
    assert found.provider is not None
    without = cqcparse.Parser(without_rules=["unknown-head"])
    assert without.parse(text).services == ()
    (kept,) = cqcparse.Parser(without_rules=["run"]).parse(text).services
    assert kept.provider is None


def test_a_rule_that_there_is_not_cannot_be_left_out() -> None:
    """A misspelt name is told at once."""
    with pytest.raises(PluginError, match=r"^rule 'unknwon-head' is unknown: no rule"):
        cqcparse.Parser(without_rules=["unknwon-head"])


def test_rules_of_a_folder_are_found_without_code(folder: Path) -> None:
    """A folder of rules is taken where a lexicon is, and survives the way to another process."""
    rules = f'kind = "meeting"\n{RULES}'.replace("service services team club", "gathering")
    (folder / "rules.toml").write_text(rules, "utf-8")
    parser = cqcparse.Parser(lexicons=[folder])
    for one in (parser, pickle.loads(pickle.dumps(parser))):  # noqa: S301 - made here
        (found,) = one.parse("A falconry gathering was held.").of("meeting")
        assert (found.text, found.type) == ("falconry gathering", "other")
        assert found.evidence is not None
        assert found.evidence.rule == "care-and-head"


def test_a_folder_of_rules_names_its_kind(folder: Path) -> None:
    """Without one nobody knows what its phrases are."""
    with pytest.raises(PluginError, match="None as its kind"):
        _ = cqcparse.Parser(lexicons=[folder]).tasks


def test_rules_lists_what_was_used(tmp_path: Path) -> None:
    """The count is of mentions; what made none is unused."""
    text = "A falconry service was busy. Halcyon told us that it met Halcyon's neighbours."
    (tmp_path / "page.txt").write_text(text, "utf-8")
    run = CliRunner().invoke(rules_command, [str(tmp_path / "page.txt"), "--json"])
    made = {(row["extractor"], row["rule"]): row["made"] for row in json.loads(run.stdout)}
    assert made["services", "unknown-head"] == 1
    assert made["services", "known-head"] == 0
    assert made["names", "name-speaks"] == 2
    assert made["frames", "run"] is None
    run = CliRunner().invoke(rules_command, [str(tmp_path / "page.txt"), "--unused"])
    assert "known-head" in run.stdout
    assert "unknown-head" not in run.stdout


def test_unused_needs_reports() -> None:
    """What is unused is so on some reports."""
    assert CliRunner().invoke(rules_command, ["--unused"]).exit_code == 2


def test_explain_prints_the_rule(tmp_path: Path) -> None:
    """The pattern and the examples of the rule stand beside what it made."""
    (tmp_path / "page.txt").write_text("A falconry service was busy.", "utf-8")
    run = CliRunner().invoke(explain_command, [str(tmp_path / "page.txt"), "5"])
    assert "pattern" in run.stdout
    assert "such as     A [falconry service|other] had opened" in run.stdout


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("word(head)", "word(haed)"), "no word list 'haed'"),
        (("& !Head", "& !Heed"), "no class 'Heed'"),
        (("<Head> Gloss?", "<Head> Glos?"), "no class 'Glos'"),
        (("<Head> Gloss?", "(Head Gloss?"), "does not close a bracket"),
        (("not_before =", "not_befor ="), "unknown key 'not_befor'"),
        (("& !Head", "& & Head"), "wrong place"),
        (("mark(care)", "mork(care)"), "mork"),
        (("key main", "key one- off"), "torn word 'one-'"),
        (("[classes]", "[clases]"), "the rule book has the unknown key 'clases'"),
    ],
)
def test_mistakes_are_told_when_rules_are_loaded(
    folder: Path, wrong: tuple[str, str], told: str
) -> None:
    """Nothing that a rule names is looked for at run time only."""
    (folder / "rules.toml").write_text(RULES.replace(*wrong), "utf-8")
    with pytest.raises(DataError, match=told):
        RuleBook(folder)


@pytest.mark.parametrize(
    ("frames", "told"),
    [
        ("[frame.run]\nverbs = 3", "'verbs' of .* must be a list or a string of words"),
        ("[frame.run]\nverb = 'run'", "'run' of .* has the unknown key 'verb'"),
        ("[frame.run]\nabout = 'agents'", "'about' of .* must be one of"),
        ("frame = 3", "'frame' of the file of frames must be a table"),
    ],
)
def test_mistakes_are_told_when_frames_are_loaded(tmp_path: Path, frames: str, told: str) -> None:
    """A value of another type, or without a place, is refused with what is wrong."""
    (tmp_path / "frames.toml").write_text(frames, "utf-8")
    with pytest.raises(DataError, match=told):
        Frames.load(tmp_path / "frames.toml")


def test_examples_of_frames_hold(tmp_path: Path) -> None:
    """Actives, passives, participles, relatives, lists and appositions are one frame."""
    (tmp_path / "frames.toml").write_text(FRAMES, "utf-8")
    assert not list(frame_failures(Frames.load(tmp_path / "frames.toml")))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "the a service (team) , and which run by with to be of Halcyon 12 new was . club’s ran"
            " closure not no longer told us that planned open had up for Mind in Trust ‘ ’".split()
        ),
        max_size=40,
    )
)
def test_any_text_has_layers(words: list[str]) -> None:
    """Chunks tile the tokens of any text, and any clause of it can be read."""
    layers = read_layers(" ".join(words))
    ends = [layers.extent(chunk) for chunk in range(len(layers.chunks))]
    assert [first for first, _ in ends] == [0, *(last + 1 for _, last in ends)][: len(ends)]
    assert not ends or ends[-1][1] == len(layers) - 1
    for bond in bonds(layers):
        for first, last in (*bond.theme, *bond.roles.values(), *bond.bodies, bond.cue):
            assert 0 <= first <= last < len(layers)
