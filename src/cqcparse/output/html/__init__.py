"""An assessment as one self-contained HTML page that escapes all it shows and runs nothing."""

from __future__ import annotations

from cqcparse.output.html.page import to_html

__all__ = ["to_html"]
