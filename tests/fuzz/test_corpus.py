"""Every input that was kept, through its target, with or without a fuzzer."""

from __future__ import annotations

import contextlib
from pathlib import Path

import attrs
import pytest

from cqcparse import Assessment, Funding, Parser
from cqcparse.errors import CqcParseError, DataError
from cqcparse.testing import REPORT
from tests.fuzz import invariants, targets
from tests.fuzz.invariants import check_parsed, check_refusal
from tests.fuzz.targets import FOLDER, TARGETS, folders_of

pytestmark = pytest.mark.no_cover

KEPT = [
    pytest.param(name, path, id=f"{name}-{path.name}")
    for name in TARGETS
    for folder in folders_of(name)
    for path in sorted(folder.iterdir())
]


@pytest.mark.parametrize(("name", "path"), KEPT)
def test_a_kept_input_breaks_no_promise(name: str, path: Path) -> None:
    """It is refused in one sentence, or gives a sound result."""
    TARGETS[name].check(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_has_what_it_needs(name: str) -> None:
    """Each has inputs of its own to begin with, and its dictionary."""
    assert any((FOLDER / "corpus" / name).iterdir())
    assert (FOLDER / "dictionaries" / f"{TARGETS[name].dictionary}.dict").is_file()


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_begins_with_something_sound(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fuzzer that has only what is refused would never get behind the first check."""

    def refused(error: CqcParseError) -> None:
        raise error

    for module in (targets, invariants):
        monkeypatch.setattr(module, "check_refusal", refused)
    accepted = 0
    for path in (FOLDER / "corpus" / name).iterdir():
        with contextlib.suppress(CqcParseError):
            TARGETS[name].check(path.read_bytes())
            accepted += 1
    assert accepted


def test_no_kept_input_is_without_a_target() -> None:
    """A folder of the corpus that no target reads would be forgotten."""
    assert {path.name for path in (FOLDER / "corpus").iterdir()} == TARGETS.keys()


def test_what_is_not_sound_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A target fails if a part of the text is in no section."""

    def parse(*_: object) -> Assessment:
        made = Parser([], plugins=False).parse(REPORT)
        return attrs.evolve(made, sections=made.sections[1:])

    monkeypatch.setattr(Parser, "parse_document", parse)
    with pytest.raises(AssertionError, match="has a section at"):
        TARGETS["text"].check(b"Score: 3")


def test_what_fails_inside_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A target fails if there is an exception that is not meant for the user."""
    monkeypatch.setattr(Parser, "parse_document", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        TARGETS["text"].check(b"Score: 3")


def test_an_extractor_that_fails_is_found() -> None:
    """The fence keeps a report going, but a built-in extractor has no business to fail."""

    class Failing:
        name = "failing"
        produces = (Funding,)
        requires = ()

        def extract(self, _: object) -> list[object]:
            return [1 // 0]

    with pytest.raises(AssertionError, match="failing"):
        check_parsed(Parser([Failing()], plugins=False).parse(REPORT))  # type: ignore[list-item]


@pytest.mark.parametrize("problem", ["two\nlines", "long" * 300])
def test_a_refusal_is_one_sentence(problem: str) -> None:
    """Neither two lines nor a page is a sentence."""
    with pytest.raises(AssertionError):
        check_refusal(DataError("given.toml", problem))
