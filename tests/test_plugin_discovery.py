"""Finding plugins: whatever is broken in an environment costs one plugin, and no report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cqcparse import Parser
from cqcparse.extraction import PluginInfo
from cqcparse.extraction.plugins import load_plugins
from tests.made_plugins import Site, made_site

TEXT = "The council used the Better Care Fund for a new reablement service."

#: A plugin that finds the word "council".
GOOD = """
class Finder:
    name = "{name}"
    produces = ({cls},)

    def extract(self, view):
        for text, span in words(view, "council"):
            yield {cls}(span=span, text=text)


@hookimpl
def cqcparse_extractors():
    return [Finder()]
"""
TOWNS = GOOD.format(name="towns", cls="Town")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A folder of distributions, with one honest plugin and no other chosen."""
    yield from made_site(tmp_path / "site", monkeypatch)


def info_of(name: str) -> PluginInfo:
    """Return what became of a plugin."""
    (info,) = [info for info in load_plugins().infos if info.name == name]
    return info


class TestBrokenEnvironments:
    """The first three of nine ways in which one plugin used to cost every report."""

    @pytest.mark.parametrize(
        "metadata",
        [None, "", "Metadata-Version: 2.1\nVersion: 1.0\n", "\x00\x01"],
        ids=["missing", "empty", "nameless", "garbage"],
    )
    def test_a_distribution_without_a_name(self, metadata: str | None, site: Site) -> None:
        """What a broken uninstall leaves behind costs its plugin, whose folder is named."""
        site.add("towns", TOWNS)
        site.add("ruins", GOOD.format(name="ruins", cls="Ruin"), metadata=metadata)
        site.choose("towns", "ruins")
        info = info_of("ruins")
        assert info.state == "failed"
        assert "no METADATA with a name" in (info.error or "")
        assert "cqcparse_ruins-1.0.dist-info" in (info.error or "")
        assert "install it again, or remove what is left of it" in (info.error or "")
        report = Parser().parse(TEXT)
        assert report.of("town")
        assert report.funding
        (failure,) = [d for d in report.diagnostics if d.code == "plugin-failed"]
        assert "'ruins'" in failure.message

    def test_a_malformed_list_of_its_own(self, site: Site) -> None:
        """A line that is none costs the distribution its plugins."""
        site.add("towns", TOWNS)
        broken = "[console_scripts]\nbroken line\n\n[cqcparse]\n{name} = {module}\n"
        site.add("ruins", TOWNS, entry_points=broken)
        site.choose("towns")
        info = info_of("cqcparse-ruins")
        assert info.state == "failed"
        assert "its entry_points.txt cannot be read" in (info.error or "")
        assert "install cqcparse-ruins again" in (info.error or "")
        assert Parser().parse(TEXT).of("town")

    @pytest.mark.parametrize("listed", [b"[console_scripts]\nbroken line\n", b"\xff\xfe[cqcparse]"])
    def test_a_malformed_list_of_another(self, listed: bytes, site: Site) -> None:
        """What has nothing to do with cqcparse is none of its business."""
        site.add("towns", TOWNS)
        other = site.folder / "other-1.0.dist-info"
        other.mkdir()
        (other / "METADATA").write_text("Name: other\nVersion: 1\n", encoding="utf-8")
        (other / "entry_points.txt").write_bytes(listed)
        site.choose("towns")
        report = Parser().parse(TEXT)
        assert report.of("town")
        assert not [d for d in report.diagnostics if d.code == "plugin-failed"]

    @pytest.mark.parametrize("error", ["KeyboardInterrupt", "SystemExit(3)", "GeneratorExit"])
    def test_an_interrupt_at_import(self, error: str, site: Site) -> None:
        """What ends a program ends the loading of one plugin."""
        site.add("towns", TOWNS)
        site.add("ruins", f"raise {error}")
        site.choose("towns", "ruins")
        info = info_of("ruins")
        assert info.state == "failed"
        assert f"raised {error.partition('(')[0]}" in (info.error or "")
        assert Parser().parse(TEXT).of("town")

    def test_an_entry_point_that_is_none(self, site: Site) -> None:
        """Its value is quoted, with the form that it should have."""
        site.add("ruins", "", entry_points="[cqcparse]\n{name} = not a module!\n")
        site.choose("ruins")
        assert "its entry point is 'not a module!'; write 'module'" in (
            info_of("ruins").error or ""
        )

    def test_a_finder_of_modules_that_fails(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It costs the plugins, is told, and costs no report."""

        def broken(*_: object, **__: object) -> None:
            msg = "no disk"
            raise OSError(msg)

        site.choose("towns")
        monkeypatch.setattr("importlib.metadata.distributions", broken)
        assert "cannot be listed: OSError: no disk" in (info_of("installed-plugins").error or "")
        assert Parser().parse(TEXT).funding

    def test_two_versions_of_one_distribution(self, site: Site) -> None:
        """The one that Python finds first counts, as for any import."""
        site.add("towns", TOWNS)
        second = site.folder / "cqcparse_towns-2.0.dist-info"
        second.mkdir()
        for name in ("METADATA", "entry_points.txt"):
            text = (site.folder / "cqcparse_towns-1.0.dist-info" / name).read_text(encoding="utf-8")
            (second / name).write_text(text, encoding="utf-8")
        site.choose("towns")
        assert info_of("towns").state == "loaded"


class TestChoice:
    """Who is loaded is decided before anything is read."""

    def test_none_means_that_none_is_looked_for(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With an empty variable the environment is not even listed."""
        monkeypatch.setattr("importlib.metadata.distributions", None)
        site.choose()
        assert {info.distribution for info in load_plugins().infos} == {"cqcparse"}
        assert Parser(plugins=[]).parse(TEXT).funding

    @pytest.mark.parametrize("name", ["services", "cqcparse.extractors.services"])
    def test_a_built_in_one_can_be_left_out(
        self, name: str, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """By its short name or its module, in the variable and in Python."""
        site.add("towns", TOWNS)
        monkeypatch.setenv("CQCPARSE_PLUGINS", f"towns,-{name}")
        report = Parser().parse(TEXT)
        assert not report.services
        assert report.funding
        assert report.of("town")
        assert info_of("cqcparse.extractors.services").state == "disabled"
        monkeypatch.setenv("CQCPARSE_PLUGINS", "towns")
        assert not Parser(plugins=[f"-{name}"]).parse(TEXT).services
        assert Parser(plugins=False).parse(TEXT).services


class TestVersions:
    """A failure that another version explains says so."""

    @pytest.mark.parametrize("wanted", [">=9", "<0.0.1", "~=7.1"])
    def test_a_version_that_does_not_fit(self, wanted: str, site: Site) -> None:
        """The remedy is another cqcparse, and not to install the plugin again."""
        metadata = f"Name: cqcparse-ruins\nVersion: 1.0\nRequires-Dist: attrs\nRequires-Dist: cqcparse{wanted}\n"
        site.add("ruins", "from cqcparse import nothing_like_it", metadata=metadata)
        site.choose("ruins")
        error = info_of("ruins").error or ""
        assert f"it is made for cqcparse{wanted}" in error
        assert "install a cqcparse that fits" in error
        assert "reinstall" not in error

    def test_a_version_that_fits(self, site: Site) -> None:
        """The remedy is about the plugin."""
        metadata = "Name: cqcparse-ruins\nVersion: 1.0\nRequires-Dist: cqcparse>=0.0.1; python_version>'3'\nRequires-Dist: ???\n"
        site.add("ruins", "from cqcparse import nothing_like_it", metadata=metadata)
        site.choose("ruins")
        assert "update or reinstall cqcparse-ruins" in (info_of("ruins").error or "")
