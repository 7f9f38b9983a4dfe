"""An assessment as one page for a browser: self-contained, and all that it shows is escaped."""

from __future__ import annotations

from cqcparse.output.html.viewer import to_html

__all__ = ["to_html"]
