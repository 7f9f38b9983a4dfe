"""Reports -> a site: static pages to look at, in which every number leads to its sentence."""

from __future__ import annotations

from cqcparse.corpora.site.building import Built, build

__all__ = ["Built", "build"]
