"""Lexicons without code: terms beside what the extractors find, and files that are refused."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse import Parser
from cqcparse.cli import group
from cqcparse.errors import DataError
from cqcparse.grammar import Lexicon, load_lexicon
from cqcparse.grammar.pattern_limits import find_flaw
from cqcparse.model.kinds import plain_kind
from cqcparse.testing import assert_mentions

SEED = Path(__file__).resolve().parent.parent / "seeds" / "harrow.txt"

CHOIRS = """\
kind = "choir"

[[entry]]
id = "wend-singers"
name = "Wend Singers"
type = "mixed"
aliases = ["WS", "singers of the Wend"]

[[entry]]
id = "parish-choir"
name = "parish choir"
patterns = ['choir of St [A-Z][a-z]+']
"""


@pytest.fixture
def write(tmp_path: Path) -> Path:
    """Return the path of a lexicon of choirs."""
    path = tmp_path / "choirs.toml"
    path.write_text(CHOIRS, encoding="utf-8")
    return path


class TestTerms:
    """What the terms of a lexicon find."""

    def test_a_new_kind(self, write: Path) -> None:
        """Names, aliases, plurals and patterns are found with id and type; short forms by case."""
        text = "The Wend  Singers (WS) joined two Parish Choirs, the choir of St Mary and ws."
        report = Parser(lexicons=[write]).parse(text.replace("  ", " "))
        assert [(m.text, m.canonical, m.type) for m in report.of("choir")] == [
            ("Wend Singers", "wend-singers", "mixed"),
            ("WS", "wend-singers", "mixed"),
            ("Parish Choirs", "parish-choir", None),
            ("choir of St Mary", "parish-choir", None),
        ]
        assert {m.extractor for m in report.of("choir")} == {"lexicon-choir"}
        assert report.of("choir")[0].evidence == cqcparse.Evidence(
            rule="lexicon", entry="wend-singers"
        )

    def test_it_comes_back_from_json_without_the_lexicon(self, write: Path) -> None:
        """A kind without attributes of its own needs nothing to be read again."""
        report = Parser(lexicons=[write]).parse("The Wend Singers sang.")
        again = cqcparse.from_json(report.to_json())
        assert again == report
        assert again.to_json() == report.to_json()
        assert cqcparse.json_schema([plain_kind("choir")])["$defs"]["PlainMention_choir"]

    def test_an_existing_kind(self, tmp_path: Path) -> None:
        """Terms are added where nothing of their kind stands; what stands is not touched."""
        path = tmp_path / "partners.toml"
        path.write_text(
            'kind = "partner"\n'
            '[[entry]]\nid = "wombles"\nname = "the Wombles"\nnamed = true\n'
            '[[entry]]\nid = "nhs"\nname = "NHS"\n',
            encoding="utf-8",
        )
        text = "The council worked with the Wombles and the Larkshire NHS Foundation Trust."
        plain = Parser(plugins=False).parse(text)
        report = Parser(plugins=False, lexicons=[path]).parse(text)
        added = [m for m in report.partners if m not in plain.partners]
        assert [(m.text, m.canonical, m.specificity) for m in added] == [
            ("the Wombles", "wombles", "named")
        ]
        assert set(plain.mentions) < set(report.mentions)
        assert report.diagnostics == plain.diagnostics

    def test_built_in_results_stay(self, tmp_path: Path) -> None:
        """On a whole report, too, a lexicon of common words takes nothing away."""
        path = tmp_path / "words.toml"
        entries = [
            f'[[entry]]\nid = "{w}"\nname = "{w}"\n' for w in ("the", "fund", "local", "team")
        ]
        path.write_text('kind = "service"\n' + "".join(entries), encoding="utf-8")
        plain = Parser(plugins=False).read(SEED)
        report = Parser(plugins=False, lexicons=[path]).read(SEED)
        kept = tuple(m for m in report.mentions if not m.extractor.startswith("lexicon"))
        remarks = [d for d in report.diagnostics if d.code == "extractor-remark"]
        assert all(d.extractor == "lexicon-service" for d in remarks)
        rest = tuple(d for d in report.diagnostics if d not in remarks)
        assert attrs.evolve(report, mentions=kept, diagnostics=rest) == plain
        assert len(report.mentions) > len(plain.mentions)

    def test_beside_given_extractors(self, write: Path) -> None:
        """A lexicon goes with extractors that are given, and with other lexicons of its kind."""
        parser = Parser([], lexicons=[write, load_lexicon(write)])
        assert [e.name for e in parser.extractors] == ["lexicon-choir", "lexicon-choir-2"]
        assert len(parser.parse("The Wend Singers sang.").mentions) == 1

    def test_in_worker_processes(self, write: Path) -> None:
        """Workers find the same, and their mentions come back."""
        write.write_text(CHOIRS.replace("parish choir", "Harrow"), encoding="utf-8")
        parser = Parser(lexicons=[write])
        single = list(parser.read_many([SEED] * 2))
        assert list(parser.read_many([SEED] * 2, workers=2)) == single
        assert isinstance(single[0], cqcparse.Assessment)
        assert single[0].of("choir")

    def test_on_the_command_line(self, write: Path, tmp_path: Path) -> None:
        """`--lexicon` adds rows to a table, with the id in its column."""
        report = tmp_path / "report.txt"
        report.write_text("The Wend Singers sang.\n", encoding="utf-8")
        result = CliRunner().invoke(
            group, ["extract", str(report), "--any-document", "--lexicon", str(write)]
        )
        assert result.exit_code == 0
        assert '"canonical": "wend-singers"' in result.stdout

    def test_an_extractor_of_it_is_one_like_any_other(self, write: Path) -> None:
        """The kit of authors works on it."""
        (extractor,) = Parser([], lexicons=[write]).extractors
        assert_mentions(extractor, "The <choir:mixed>Wend Singers</choir> sang.")


REFUSED = {
    "kind = 3": "line 1: has 3 as its 'kind'",
    "kind = ": "line 1: is not valid TOML",
    'kind = "x"\ncolour = 1': "line 2: has the unknown key 'colour'",
    'kind = "x"\nentry = 1': "line 2: 'entry' is no list of [[entry]] tables",
    'kind = "x"\n\n[[entry]]\nid = "a"': "line 3: the entry lacks the key 'name'",
    'kind = "x"\n[[entry]]\nname = "a"\nid = " "': "line 4: 'id' of ' ' must be lower-case",
    'kind = "x"\n[[entry]]\nid = "a"\nname = "a"\nage = 1': "line 5: the entry has the unknown key",
    'kind = "x"\n[[entry]]\nid = "a"\nname = "a"\ntype = 1': "line 5: 'type' of the entry 'a' must be a string",
    'kind = "x"\n[[entry]]\nid = "a"\nname = "a"\nnamed = 1': "line 5: 'named' of the entry 'a' must be true",
    'kind = "x"\n[[entry]]\nid = "a"\nname = "a"\naliases = 1': "line 5: 'aliases' of the entry 'a' must be",
    'kind = "x"\n[[entry]]\nid = "a"\nname = "a"\naliases = [""]': "line 5: a phrase of 'a' is empty",
    'kind = "x"\n[[entry]]\nid = "a"\nname = "- -"': "line 4: a phrase of 'a' is empty: '- -'",
}
PATTERNS = {
    "(x": "is not a valid pattern: missing )",
    "a||b": "has an empty alternative at position 2",
    "(?:a|)b": "has an empty alternative at position 5",
    "(?:a|a)+x": "can take catastrophic time",
    "a*": "matches the empty text",
    "(?:a{100}){101}": "repeats its parts up to 1.01e+04 times",
    "fund{e<=2}": "has a { that begins no number of repeats",
}


class TestFiles:
    """A file that breaks a rule is refused with file, line and reason."""

    @pytest.mark.parametrize(("text", "message"), REFUSED.items())
    def test_refused(self, text: str, message: str, tmp_path: Path) -> None:
        """Each rule has its message."""
        path = tmp_path / "bad.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError) as error:
            Parser(lexicons=[path])
        assert str(error.value).startswith(f"{path}, {message}")

    @pytest.mark.parametrize(("pattern", "message"), PATTERNS.items())
    def test_a_pattern(self, pattern: str, message: str, tmp_path: Path) -> None:
        """The line is that of the pattern, in a list of several lines too."""
        path = tmp_path / "bad.toml"
        patterns = f'patterns = [\n  "fine",\n  "{pattern}",\n]\n'
        path.write_text(f"{CHOIRS}\n[[entry]]\nid = 'x'\nname = 'x'\n{patterns}", encoding="utf-8")
        with pytest.raises(DataError) as error:
            Parser(lexicons=[path])
        assert (
            error.value.line
            == path.read_text(encoding="utf-8").splitlines().index(f'  "{pattern}",') + 1
        )
        assert message in error.value.problem

    def test_too_long_and_too_many(self, tmp_path: Path) -> None:
        """A phrase has a length that somebody may have written, and a file a number of patterns."""
        path = tmp_path / "bad.toml"
        path.write_text(f"{CHOIRS}\n[[entry]]\nid = 'x'\nname = '{'a ' * 200}'", encoding="utf-8")
        with pytest.raises(DataError, match="a phrase of 'x' has more than 300 characters"):
            Parser(lexicons=[path])
        patterns = ", ".join(["'a'"] * 1_001)
        path.write_text(f"{CHOIRS}\n[[entry]]\nid = 'x'\nname = 'x'\npatterns = [{patterns}]")
        with pytest.raises(DataError, match="has more than 1,000 patterns"):
            Parser(lexicons=[path])

    def test_an_id_that_stands_twice(self, tmp_path: Path) -> None:
        """Both lines are told; a header inside a string is no header."""
        path = tmp_path / "bad.toml"
        entry = '[[entry]]\nid = "a"\nname = """\n[[entry]] b"""\n'
        path.write_text(f'kind = "x"\n{entry}{entry}', encoding="utf-8")
        with pytest.raises(DataError, match="line 7: the id 'a' stands twice, first in line 3"):
            Parser(lexicons=[path])

    def test_no_file_and_no_text(self, tmp_path: Path) -> None:
        """What cannot be read is told in one sentence, with exit status 2."""
        with pytest.raises(DataError, match=r"nothing\.toml: the lexicon cannot be read"):
            Parser(lexicons=[tmp_path / "nothing.toml"])
        (tmp_path / "latin.toml").write_bytes(b'kind = "caf\xe9"')
        with pytest.raises(DataError, match="not UTF-8"):
            Parser(lexicons=[tmp_path / "latin.toml"])
        result = CliRunner().invoke(group, ["parse", "x", "--lexicon", str(tmp_path / "no.toml")])
        assert result.exit_code == 2
        assert "no.toml: the lexicon cannot be read" in result.stderr

    @given(st.text(max_size=60))
    def test_any_text(self, text: str) -> None:
        """Any text at all is a lexicon or refused; nothing else happens."""
        with contextlib.suppress(DataError):
            assert load_lexicon(_Resource(text)).kind  # type: ignore[arg-type]


class _Resource:
    """A file of a package, as far as a lexicon needs it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return "given.toml"

    def open(self, mode: str) -> io.BytesIO:
        assert mode == "rb"
        return io.BytesIO(self.text.encode("utf-8", "surrogatepass"))


class TestFlaws:
    """Which patterns are refused."""

    @pytest.mark.parametrize(
        "pattern",
        [
            r"[A-Z]\w+(?: [A-Z]\w+)* Fund",
            "Fund|Funds",
            r"\d{1,3}(?:,\d{3})*",
            r"(?:\s+\w+)*x",
            r"\bs\.? ?\d+[A-Z]?(?:\(\d+\))*",
            "[|]a|[^]|]b",
            r"(?<!\w)a(?=b|c)(?!d)",
            r"(?:a|ab)*c",
            "(?P<n>a+)b",
            "(?i:ab)+c",
        ],
    )
    def test_sound(self, pattern: str) -> None:
        """Patterns that people write pass."""
        assert find_flaw(pattern) is None

    @pytest.mark.no_cover
    @pytest.mark.parametrize(
        "pattern",
        [
            "(a|a)*b",
            pytest.param("(?:a|b|ab)*c", marks=pytest.mark.ci),
            pytest.param(r"(\w+){1,30}x", marks=pytest.mark.ci),
            pytest.param(r"(?:\w|[a-z])+Trust", marks=pytest.mark.ci),
            r"x (?:<!--.{0,2000}?-->\s*)*<p",
        ],
    )
    def test_catastrophic(self, pattern: str) -> None:
        """Patterns that take more than a second on a short text made for them do not."""
        assert "catastrophic" in (find_flaw(pattern) or "")

    @pytest.mark.parametrize(
        ("pattern", "flaw"),
        [
            ("(?:(?:(?:a{1000}){1000}){1000})", "repeats its parts up to 1e+09 times"),
            ("a{99999999999}", "repeats its parts up to 1e+09 times"),
            ("a" * 1_001, "more than 1,000 characters"),
            ("(?:" * 40 + "a" + ")" * 40, "nested more than 30 deep"),
            ("(" * 900, "nested more than 30 deep"),
        ],
    )
    def test_too_large(self, pattern: str, flaw: str) -> None:
        """What would take memory or time to compile is refused before that."""
        assert flaw in (find_flaw(pattern) or "")

    @given(st.text("ab|()*+?[]^\\.{}12,", max_size=16))
    def test_any_text(self, pattern: str) -> None:
        """Any text at all is judged without an error."""
        flaw = find_flaw(pattern)
        assert flaw is None or flaw


def test_a_lexicon_needs_a_class_that_it_can_make() -> None:
    """Terms of a kind whose class has a needed attribute are refused with its name."""

    @attrs.frozen(kw_only=True)
    class Boat(cqcparse.Mention):
        kind = "boat"
        sails: int

    class Boats:
        name = "boats"
        produces = (Boat,)

        def extract(self, view: cqcparse.View) -> list[Boat]:
            assert view.document is not None
            return []

    with pytest.raises(cqcparse.CqcParseError, match="their 'sails' is needed"):
        Parser([Boats()], lexicons=[Lexicon(kind="boat", entries=())])


def test_a_lexicon_can_be_scored_and_explained(tmp_path: Path) -> None:
    """`evaluate` and `explain` take a lexicon too, so that one can see what it is worth."""
    (tmp_path / "choirs.toml").write_text(CHOIRS, encoding="utf-8")
    (tmp_path / "page.txt").write_text("The Wend Singers sang.", encoding="utf-8")
    gold = '{"kind": "choir", "quote": "Wend Singers", "start": 4, "end": 16}\n'
    (tmp_path / "page.jsonl").write_text(gold, encoding="utf-8")
    lexicon = ["--lexicon", str(tmp_path / "choirs.toml")]
    scored = CliRunner().invoke(
        group, ["evaluate", str(tmp_path / "page.jsonl"), "--kind", "choir", *lexicon]
    )
    assert scored.exit_code == 0
    assert re.search(r"choir .*1\.00", scored.stdout)
    explained = CliRunner().invoke(group, ["explain", str(tmp_path / "page.txt"), "5", *lexicon])
    assert "entry       wend-singers" in explained.stdout
