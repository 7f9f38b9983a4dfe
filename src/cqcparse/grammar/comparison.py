"""Tell a change ("rose from £2m to £3m", "down from 2022/23") from a range or a beginning."""

from __future__ import annotations

from cqcparse.grammar.lazy_pattern import LazyPattern
from cqcparse.grammar.numbers import SPACE

_CHANGE = LazyPattern(
    r"\b(?:r[io]se|risen|rising|increas|gr[eo]w|f[ae]ll|reduc|cut|drop|decreas|went|mov|up\b|down\b"
    rf"|chang|doubl|higher|lower|improv|declin)(?:[^.\n]|\.(?=[0-9])){{0,60}}\b(?:from|by){SPACE}\Z"
)
_LOOK_BACK = 90


def is_change(text: str, place: int) -> bool:
    """Return whether a "from" or "by" right before *place* says that something changed.

    Args:
        text: The whole text of the document.
        place: Offset of the first amount or date, in code points.
    """
    return bool(_CHANGE.search(text, max(0, place - _LOOK_BACK), place))
