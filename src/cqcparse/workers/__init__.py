"""Processes that work for this one: warm, apart from it, with limits, gone when it is gone.

A file may be made to stall, to crash a library or to fill the memory. So files are read in worker
processes, each with a limit of memory, and ended when a file takes longer than its limit of time.
A worker is a fork of a *nursery*: an interpreter of its own that has loaded the library once,
and inherits nothing of this process. That of a command is a copy of it, made before any plugin is
loaded. Where there is no such fork, each worker is an interpreter.
"""

from cqcparse.workers.handle import Batch, Limits, Loss
from cqcparse.workers.pool import Crew, available_cores, call, in_order
from cqcparse.workers.starting import prepare
from cqcparse.workers.sweeping import swept
from cqcparse.workers.worker import current_stage, is_worker, note

__all__ = [
    "Batch",
    "Crew",
    "Limits",
    "Loss",
    "available_cores",
    "call",
    "current_stage",
    "in_order",
    "is_worker",
    "note",
    "prepare",
    "swept",
]
