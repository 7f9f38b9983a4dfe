"""Data files that others write: one sentence for what is too large, too deep or too long."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse.errors import DataError
from cqcparse.evaluation.gold import load_gold
from cqcparse.framework.loading import load_framework
from cqcparse.grammar.lexicon_file import load_lexicon
from cqcparse.reading import data_files
from cqcparse.reading.data_files import lines_of_tables, toml_table

CASES = Path(__file__).with_name("cases") / "data"
LOADERS = (load_lexicon, load_framework, load_gold)

#: What is in a file made to stall or fill a program, and what is said of it as TOML.
BOMBS = {
    "deep": ("x = " + "[" * 5_000 + "]" * 5_000, "nested more than 30 deep"),
    "deep-tables": ("x = " + "{a=" * 500 + "1" + "}" * 500, "nested more than 30 deep"),
    "never-closed": ("[" * 1_000_000, "nested more than 30 deep"),
    "digits": ("x = " + "9" * 100_000, "more than 1,000 characters"),
    "digits-in-base-16": ("x = 0x" + "9" * 1_000_000, "more than 1,000 characters"),
    "decimals": ("x = 0." + "9" * 100_000, "more than 1,000 characters"),
    "key-of-parts": ("a" + ".a" * 20_000 + " = 1", "a key of more than 30 parts"),
    "table-of-parts": ("[a" + ' . "a"' * 20_000 + "]", "a key of more than 30 parts"),
    "size": ("# " + "a" * 6_000_000, "has more than 5 MB"),
    "dotted-keys": ("\n".join(f"a.k{n} = 1" for n in range(20_000)), ""),
    "tables": ("\n".join(f"[t{n}]" for n in range(50_000)), ""),
    "quotes": ('"""\\"' * 200_000, ""),
    "entries": ("kind = 'x'\n" + "[[entry]]\n" * 100_000, ""),
    "lists": ("x = [" + "[]," * 500_000 + "]", ""),
    "name": (f"x = '{'a' * 1_000_000}'", ""),
    "json-deep": ("[" * 100_000, ""),
    "json-digits": ('{"start": ' + "9" * 10_000 + "}", ""),
    "json-objects": ("{}\n" * 100_000, ""),
}


@pytest.mark.parametrize("load", LOADERS)
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_file_made_to_stall_is_refused(
    bomb: str,
    load: Callable[[Path], object],
    tmp_path: Path,
    within: Callable[[float], AbstractContextManager[None]],
) -> None:
    """There is one short sentence with the name of the file, and soon."""
    text, expected = BOMBS[bomb]
    path = tmp_path / "given.toml"
    path.write_text(text, encoding="utf-8")

    with within(60), pytest.raises(DataError) as error:
        load(path)

    assert str(error.value).startswith(str(path))
    assert len(error.value.problem) < 400
    assert "\n" not in error.value.problem
    if load is not load_gold:
        assert expected in error.value.problem


def test_under_a_limit_of_memory(tmp_path: Path) -> None:
    """All of them, and what was found before, end in a sentence with 1 GB of memory."""
    for name, (text, _) in BOMBS.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    paths = [str(path) for folder in (tmp_path, CASES) for path in sorted(folder.iterdir())]
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from cqcparse.errors import DataError\n"
        "from cqcparse.grammar.lexicon_file import load_lexicon\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000,) * 2)\n"
        "for path in sys.argv[1:]:\n"
        "    try: load_lexicon(Path(path))\n"
        "    except DataError as error: print(error)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, *paths], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == len(paths)


@given(
    st.lists(
        st.sampled_from(
            [
                *("a", "k = 1", "\n", "[[entry]]", "[t]", '"""', "'''", '"', "'", "# ", "\\"),
                *(" = ", "[", "]", "{", "}", ".", ",", "1.5", "1979-05-27", "é"),
            ]
        )
    ).map("".join)
)
def test_nothing_that_is_toml_is_refused(text: str) -> None:
    """Small files are refused if the parser of Python does, and only then."""
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(DataError):
            toml_table(text, "given.toml")
    else:
        assert toml_table(text, "given.toml") == expected


@given(
    st.lists(
        st.sampled_from(
            [
                *('name = "x"', 'name = """\n[[entry]]\n"""', "name = '''\n[[entry]]'''"),
                *("# [[entry]]", "[[ entry ]]", "  [[entry]] # one", "list = [\n'[[entry]]',\n]"),
            ]
        )
    )
)
def test_headers_in_strings_are_none(parts: list[str]) -> None:
    """The lines of tables are those of the headers that the parser sees."""
    text = "\n".join(parts)
    lines = [
        1 + sum(part.count("\n") + 1 for part in parts[:place])
        for place, part in enumerate(parts)
        if part.strip().startswith("[[")
    ]

    assert lines_of_tables(text, "entry") == lines


def test_a_file_is_not_read_beyond_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file without an end is refused like a large one."""
    monkeypatch.setattr(data_files, "MAX_BYTES", 10)
    path = tmp_path / "large.toml"
    path.write_bytes(b"x" * 11)
    for file in (path, Path("/dev/zero")):
        with pytest.raises(DataError, match="the lexicon has more than"):
            load_lexicon(file)
