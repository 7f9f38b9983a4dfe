"""Stage 4: the plugin contract, and running extractors each behind a fence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cqcparse.model.lazy_names import found_lazily

if TYPE_CHECKING:  # what checkers and editors read; a test holds it to the names below
    from cqcparse.extraction.hookspecs import CONTRACT_VERSION as CONTRACT_VERSION
    from cqcparse.extraction.hookspecs import BaseExtractor as BaseExtractor
    from cqcparse.extraction.hookspecs import BatchExtractor as BatchExtractor
    from cqcparse.extraction.hookspecs import Corrector as Corrector
    from cqcparse.extraction.hookspecs import PluginContext as PluginContext
    from cqcparse.extraction.pattern_extractor import PatternExtractor as PatternExtractor
    from cqcparse.extraction.plugin_info import PluginInfo as PluginInfo
    from cqcparse.extraction.plugins import Plugins as Plugins
else:
    __all__, __getattr__, __dir__ = found_lazily(
        __name__,
        {
            "hookspecs": (
                "CONTRACT_VERSION",
                "BaseExtractor",
                "BatchExtractor",
                "Corrector",
                "PluginContext",
            ),
            "pattern_extractor": ("PatternExtractor",),
            "plugin_info": ("PluginInfo",),
            "plugins": ("Plugins",),
        },
    )
