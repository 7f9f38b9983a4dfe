"""What pytest loads when cqcparse is installed: fixtures for tests of plugins.

It stands outside the package and imports nothing of it, so that a run of pytest that has nothing to
do with cqcparse does not load it, and one that measures its coverage sees it being loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cqcparse import Extractor, Parser
    from cqcparse.extraction import PluginInfo


@pytest.fixture(scope="session")
def cqcparse_report() -> str:
    """The text of a page as reports are, of an invented council."""
    from cqcparse.testing import REPORT  # noqa: PLC0415 - not before a test asks for it

    return REPORT


@pytest.fixture
def cqcparse_parser() -> Callable[..., Parser]:
    """A function that makes a parser of the built-in extractors and those it is given."""
    from cqcparse import Parser  # noqa: PLC0415 - not before a test asks for it

    def make(*extractors: Extractor) -> Parser:
        built_in = Parser(plugins=False).extractors
        return Parser([*built_in, *extractors], plugins=False, any_document=True)

    return make


@pytest.fixture
def cqcparse_plugin() -> Callable[[str], PluginInfo]:
    """A function that says what became of an installed plugin, and fails if it was left out."""
    from cqcparse import Parser  # noqa: PLC0415 - not before a test asks for it

    def find(name: str) -> PluginInfo:
        infos = {info.name: info for info in Parser().plugins.infos}
        if name not in infos:
            pytest.fail(f"no plugin {name!r} is installed; there are {', '.join(infos)}")
        if infos[name].state != "loaded":
            pytest.fail(f"plugin {name!r} is {infos[name].state}: {infos[name].error}")
        return infos[name]

    return find
