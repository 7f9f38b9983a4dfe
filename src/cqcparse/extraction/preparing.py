"""Preparation: what an extractor does once in a process, before its first report."""

from __future__ import annotations

import threading
from collections.abc import Callable

from cqcparse.errors import PluginError
from cqcparse.extraction.isolation import CutOffError, within

#: Seconds that an extractor may take to prepare; a model that is loaded takes some.
_LIMIT = 600.0


class Preparation:
    """Calls a function once, whoever asks first, and remembers if it failed.

    Args:
        prepare: What to call; None if there is nothing to do.
    """

    def __init__(self, prepare: Callable[[], object] | None) -> None:
        self._prepare = prepare
        self._lock = threading.Lock()
        self._done = prepare is None
        self._error: Exception | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Hand over what to call: another process has nothing ready yet."""
        return Preparation, (self._prepare,)

    def __repr__(self) -> str:
        """Say the same before and after: it is a part of what a result depends on."""
        return "Preparation()"

    def ensure(self) -> None:
        """See that it is done.

        Raises:
            Exception: What it raised, each time.
        """
        if not self._done:
            with self._lock:
                self._run()
        if self._error is not None:
            raise self._error

    def succeeds(self) -> bool:
        """Return whether it is done, or could be done now."""
        try:
            self.ensure()
        except Exception:  # noqa: BLE001 - it is raised again where it is told
            return False
        return True

    def _run(self) -> None:
        if self._done or self._prepare is None:
            return
        try:
            within(_LIMIT, self._prepare)
        except CutOffError as error:
            self._error = CutOffError(f"'prepare' {error}")
        except Exception as error:  # noqa: BLE001 - it is raised where a report is read
            self._error = error
        self._done = True


def preparation_of(name: str, prepare: object) -> Preparation:
    """Return the preparation of an extractor.

    Raises:
        PluginError: If there is something in its place that cannot be called.
    """
    if prepare is not None and not callable(prepare):
        raise PluginError(name, f"'prepare' is {prepare!r:.60}", "make it a method")
    return Preparation(prepare)
