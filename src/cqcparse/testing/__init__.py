"""For authors of plugins: checks, assertions on marked-up text, and a report to try things on.

Hypothesis strategies stand in :mod:`cqcparse.testing.strategies` and
:mod:`cqcparse.testing.reports`, which need ``pip install 'cqcparse[testing]'``. With pytest there
are fixtures as well: ``pytest --fixtures`` lists those whose names begin with ``cqcparse_``.
"""

from cqcparse.testing.checking import check_extractor
from cqcparse.testing.marking import assert_mentions, mark_up
from cqcparse.testing.samples import HOSTILE_TEXTS, REPORT

__all__ = ["HOSTILE_TEXTS", "REPORT", "assert_mentions", "check_extractor", "mark_up"]
