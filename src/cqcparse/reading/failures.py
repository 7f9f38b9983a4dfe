"""Failures: why a file gave nothing, for whoever reads many and goes on."""

from __future__ import annotations

import attrs

from cqcparse.errors import CqcParseError, ReadError
from cqcparse.reading.sources import Parcel
from cqcparse.workers import Limits, Loss


@attrs.frozen(kw_only=True)
class ReadFailure:
    """An input of :func:`cqcparse.read_many` that could not be read.

    Attributes:
        source: The path as it was given, or the name of the open file.
        error: Why: one sentence with the input, the problem and the remedy.
        stage: Where it was then, such as ``while reading it``; empty if nothing was begun.

    Examples:
        >>> import cqcparse
        >>> (failure,) = cqcparse.read_many(["nowhere.txt"])
        >>> failure.source, str(failure.error)
        ('nowhere.txt', 'nowhere.txt: there is no such file; check the path')
    """

    source: str
    error: CqcParseError
    stage: str = ""


def failure_of(parcel: Parcel, problem: str, remedy: str, stage: str) -> ReadFailure:
    """Return the failure of a file.

    Args:
        parcel: The file.
        problem: What went wrong.
        remedy: What to do about it.
        stage: Where it was then.
    """
    error = ReadError(parcel.name, problem, remedy)
    return ReadFailure(source=parcel.name, error=error, stage=stage)


def lost(parcel: Parcel, loss: Loss, limits: Limits) -> ReadFailure:
    """Return the failure of a file that was lost with the process that read it.

    Args:
        parcel: The file.
        loss: Why the process is gone.
        limits: What it was given.
    """
    match loss.cause:
        case "time":
            problem = f"it took longer than its limit of {limits.seconds:g} seconds"
            remedy = "raise the time limit, or give the report in parts"
        case "memory":
            problem = f"it took more than its limit of {limits.megabytes:g} MB of memory"
            remedy = "raise the memory limit, or give the report in parts"
        case "crash":
            problem = f"the process that read it died ({loss.detail})"
            remedy = "leave out the plugin if it was one, or save the file in another form"
        case "start":
            problem = f"no process could be started to read it in ({loss.detail})"
            remedy = "end other programs, and try again"
    problem = " ".join(filter(None, (problem, loss.stage)))
    return failure_of(parcel, problem, remedy, loss.stage)
