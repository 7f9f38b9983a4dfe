"""The scripts in `tools/` that people run: the demonstration, and what a change does to the gold."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "quality" / "gold"


def script(name: str) -> types.ModuleType:
    """Return a script of the folder as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def printed() -> str:
    """Return the demonstration of the reports in `seeds/`."""
    command = [sys.executable, "tools/demo.py", "seeds"]
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout


class TestDemo:
    """What ``make demo`` prints."""

    def test_it_fits_the_screen(self, printed: str) -> None:
        """No line is longer than 80 columns."""
        assert [line for line in printed.splitlines() if len(line) > 80] == []

    def test_it_says_what_is_seen(self, printed: str) -> None:
        """The three kinds are named before they are shown, and every report has them."""
        introduction, *reports = printed.split("\nseeds/")
        assert "money (funding), services and partners" in " ".join(introduction.split())
        assert len(reports) == len(list((ROOT / "seeds").glob("*.txt")))
        for report in reports:
            assert [kind for kind in ("funding", "partner", "service") if f"  {kind}: " in report]

    def test_a_folder_without_reports(self, tmp_path: Path) -> None:
        """Nothing to show is a failure."""
        command = [sys.executable, "tools/demo.py", str(tmp_path)]
        assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 1


class TestGoldDiff:
    """What ``tools/gold_diff.py`` says of two runs."""

    tool = script("gold_diff")
    seed = str(ROOT / "seeds" / "ealing.txt")

    def compared(
        self,
        before: dict[tuple[str, int, int], dict[str, Any]],
        after: dict[tuple[str, int, int], dict[str, Any]],
        scores: tuple[float, float] = (0.5, 0.5),
    ) -> str:
        """Return the comparison of two runs that found these mentions in a report."""
        runs = [
            self.tool.Run(
                {("gold", "partner", "exact F1"): score},
                {
                    (self.seed, *place): {"text": "it", "sentence": "Here it is.", "fields": fields}
                    for place, fields in mentions.items()
                },
            )
            for mentions, score in zip((before, after), scores, strict=True)
        ]
        return "\n".join(self.tool.comparison(*runs))

    def test_nothing_changed(self) -> None:
        """Equal runs are said to be equal, in two sentences."""
        same: dict[tuple[str, int, int], dict[str, Any]] = {("partner", 1, 3): {"type": "board"}}
        printed = self.compared(same, same)
        assert "No score differs, those of the sealed pages included." in printed
        assert printed.endswith("0 mentions differ, 1 are the same.")

    def test_gained_lost_and_other(self) -> None:
        """Each mention that differs has a line with its sign, and whether the gold has it."""
        printed = self.compared(
            {("partner", 525, 550): {}, ("service", 1, 3): {"status": None}},
            {("partner", 1, 3): {}, ("service", 1, 3): {"status": "new"}},
            scores=(0.5, 0.625),
        )
        assert "| gold | partner | exact F1 | 50.0 | 62.5 |" in printed
        assert "- `-` partner **it** (in the gold), seeds/ealing.txt 525-550<br>" in printed
        assert "- `+` partner **it** (not in the gold), seeds/ealing.txt 1-3<br>" in printed
        assert "seeds/ealing.txt 1-3: status None → 'new'" in printed
        assert "3 mentions differ, 0 are the same." in printed

    def test_nobody_sees_the_sealed_pages(self) -> None:
        """Their mentions are in no list, and their gold is not read for one."""
        told = [line for line in (GOLD / "README.md").read_text("utf-8").splitlines()
                if "**Sealed**" in line or line.startswith("| `blind/`")]  # fmt: skip
        sealed = set(re.findall(r"`([\w-]+)/` *[,|]", " ".join(told)))
        pages = sorted(GOLD.rglob("*.txt"))
        assert {page.parent.name for page in pages if not self.tool.seen(page)} == sealed
        read = {Path(place[0]).parent.name for place in self.tool.gold_places()}
        assert read
        assert not read & sealed

    @pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
    def test_a_revision_that_is_not_there(self) -> None:
        """One sentence names it, and the exit status is 1."""
        command = [sys.executable, "tools/gold_diff.py", "no-such-revision"]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith("gold_diff: git archive")


def test_the_picture_of_the_rooms_is_drawn() -> None:
    """The picture in the documentation is what the script draws."""
    rooms = script("rooms")
    assert rooms.PICTURE.read_text(encoding="utf-8") == rooms.picture()


class TestKeptWords:
    """What ``tools/kept_words.py`` counts."""

    def run(self, folder: Path) -> subprocess.CompletedProcess[str]:
        """Return how it ended on a folder."""
        command = [sys.executable, "tools/kept_words.py", str(folder)]
        return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")

    def test_what_is_left_out_is_accounted_for(self, tmp_path: Path) -> None:
        """All words of the article are kept, and an omission has those of what is hidden."""
        hidden = "<p hidden>Words that nobody sees on the page</p>"
        page = f"<body><main><h1>Care</h1><p>Staff met weekly.</p>{hidden}</main></body>"
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        (tmp_path / "empty.html").write_text("<body></body>", encoding="utf-8")

        done = self.run(tmp_path)

        assert "1 files, median of words kept 0.3636" in done.stdout
        assert (
            "1 below 0.9: 1 by omissions, 0 with their letters in other words and told, 0 lost; "
            "1 refused" in done.stdout
        )
        assert done.returncode == 1  # the median

    def test_lost_words_are_named(self, tmp_path: Path) -> None:
        """What stands in the file and neither in the text nor in an omission is a failure."""
        tool = script("kept_words")
        page = b"<body><main><p>Staff met weekly.</p></main></body>"

        count = tool.count_of(tmp_path / "p.html", page, lambda *_: "staff met; soft\xadware lost")

        assert (count.kept, count.lost) == (0.5, ("software", "lost"))
        assert count.accounted == 1 - len("softwarelost") / len("staffmetsoftwarelost")
        assert count.letters > count.accounted  # some stand in "weekly"
        assert not count.is_told
