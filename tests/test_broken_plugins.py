"""A broken plugin changes nothing of the rest, and is named: some two hundred of them."""

from __future__ import annotations

import decimal
import io
import json
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from cqcparse import Assessment, Parser, ReadFailure
from cqcparse.extraction import plugin_contents, plugins
from tests.broken_plugins import DEADLY, DISTRIBUTIONS, QUIET, SOUND_HOOK, broken, extracting
from tests.made_plugins import made_site

TEXT = """\
Northmere Council: local authority assessment

Safeguarding
Score: 3
3 - Evidence shows a good standard
Key findings for this quality statement
The council paid £2m to Age UK for a new 6-week reablement service. It used the Better Care Fund.
"""
#: Codes by which a plugin is named.
TELLING = frozenset(("plugin-failed", "mention-rejected", "batch-failed"))
#: Codes of what an extractor itself says, and of what its corrector did.
SAID = TELLING | {"extractor-remark", "mention-dropped"}
#: Names of those that never end, or not soon, and the seconds that they have; all others have as
#: many as ever, so that a busy machine does not count.
ENDLESS = ("never ends", "sleeps")
SOON = 0.5

#: What a page says for which a deadly plugin waits.
WORD = "Halcyon"

BROKEN = dict(broken())


@pytest.fixture(scope="module")
def expected() -> str:
    """Return what is read without any plugin."""
    return rest_of(Parser(plugins=False).parse(TEXT))


@pytest.fixture
def undisturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process whose state is looked at afterwards, and put back."""
    monkeypatch.chdir(tmp_path)
    precision = decimal.getcontext().prec
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    assert Path.cwd() == tmp_path
    assert decimal.getcontext().prec == precision


def rest_of(report: Assessment) -> str:
    """Return all of a report that is not by the broken plugin, as it is written."""
    whole = json.loads(report.to_json())
    whole["mentions"] = [m for m in whole["mentions"] if m["extractor"] != "bad"]
    whole["diagnostics"] = [d for d in whole["diagnostics"] if d["code"] not in SAID]
    return json.dumps(whole, ensure_ascii=False)


def named_in(report: Assessment) -> list[str]:
    """Return what is said of the broken plugin."""
    return [d.message for d in report.diagnostics if d.code in TELLING and "bad" in d.message]


def parsed(folder: Path, code: str) -> Assessment:
    """Return the report that is read with a plugin of this code."""
    path = folder / "bad.py"
    path.write_text(code, encoding="utf-8", errors="surrogatepass")
    return Parser(plugins=False, plugin_files=[path]).parse(TEXT)


def test_there_are_enough() -> None:
    """The table has the number that was asked for, and no two that are the same."""
    assert len(BROKEN) + len(QUIET) + len(DEADLY) + len(DISTRIBUTIONS) >= 145
    assert len(set(BROKEN.values())) == len(BROKEN)


@pytest.mark.usefixtures("undisturbed")
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_one(
    name: str, tmp_path: Path, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of the report is the same to the byte, and a sentence names the plugin."""
    if name.endswith(ENDLESS):
        monkeypatch.setattr(plugins, "BUDGET", SOON)
        monkeypatch.setattr(plugin_contents, "BUDGET", SOON)
    report = parsed(tmp_path, BROKEN[name])
    assert rest_of(report) == expected
    said = named_in(report)
    assert said
    assert all(len(message) < 1_000 and message.isprintable() for message in said)


@pytest.mark.usefixtures("undisturbed")
@pytest.mark.parametrize("name", QUIET)
def test_a_quiet_one(name: str, tmp_path: Path, expected: str) -> None:
    """What it does beside reaches nobody, and there is nothing to tell."""
    report = parsed(tmp_path, extracting(QUIET[name]))
    assert rest_of(report) == expected
    assert not named_in(report)


@pytest.mark.parametrize("name", DEADLY)
def test_a_deadly_one(name: str, tmp_path: Path) -> None:
    """It costs the report that it met, and is named; the next report is the same to the byte."""
    waiting = f"if {WORD!r} in view.document.text:\n{textwrap.indent(DEADLY[name], '    ')}"
    (tmp_path / "bad.py").write_text(extracting(waiting), encoding="utf-8")
    parser = Parser(
        plugins=False, plugin_files=[tmp_path / "bad.py"], time_limit=2, memory_limit=200
    )
    pages = [io.BytesIO(text.encode()) for text in (TEXT.replace("Age UK", WORD), TEXT)]
    met, spared = parser.read_many(pages)
    assert isinstance(spared, Assessment)
    alone = Parser(plugins=False).read(io.BytesIO(TEXT.encode()))
    assert rest_of(spared) == rest_of(alone)
    said = str(met.error) if isinstance(met, ReadFailure) else " ".join(named_in(met))
    assert "extractor 'bad' of plugin 'bad'" in said


@pytest.mark.usefixtures("undisturbed")
@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_a_broken_distribution(
    name: str, tmp_path: Path, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with how it is installed costs that plugin, and is told."""
    for site in made_site(tmp_path / "site", monkeypatch):
        site.add("bad", f"number = 1\n{SOUND_HOOK}")
        (info,) = site.folder.glob("*.dist-info")
        for file, content in DISTRIBUTIONS[name].items():
            if content is None:
                (info / file).unlink()
            else:
                (info / file).write_text(content, encoding="utf-8")
        site.choose("bad")
        report = Parser().parse(TEXT)
        assert rest_of(report) == expected
        assert named_in(report)
