"""Commands of cqcparse that start warm: as copies of a process that has loaded it all.

A command that starts cold loads two interpreters, its own and the nursery of its workers: a second
of a processor for a sentence of output. Here it is forked, with the streams, the folder, the
environment and the limit of whoever called it; all after the loading is what it is elsewhere. What
loading does, and what signals do, is tested by commands that start cold.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs

_SERVER = Path(__file__).with_name("warm_server.py")
#: What stands in the folder of the commands: it hands over what it was called with.
_CLIENT = """\
#!{python} -IS
import marshal, os, resource, socket, sys
given = [n for n, s in enumerate((sys.stdin, sys.stdout, sys.stderr)) if s is not None]
limit = resource.getrlimit(resource.RLIMIT_FSIZE)
said = marshal.dumps((sys.argv[1:], os.getcwd(), dict(os.environ), given, limit))
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    socket.send_fds(server, [len(said).to_bytes(4, "big")], given)
    server.sendall(said)
    status = int.from_bytes(server.recv(4), "big", signed=True)
if status < 0:
    os.kill(os.getpid(), -status)
os._exit(status)
"""


@attrs.frozen
class WarmCommands:
    """Where commands start warm.

    Attributes:
        folder: Holds ``cqcparse``; to be put in front of the others on the path.
    """

    folder: Path

    @property
    def cqcparse(self) -> list[str]:
        """How a command line begins."""
        return [str(self.folder / "cqcparse")]


@contextlib.contextmanager
def warm_commands(folder: Path) -> Iterator[WarmCommands]:
    """Start the process that commands are copies of; *folder* is for what they are called by."""
    address = str(folder / "socket")
    client = folder / "cqcparse"
    client.write_text(_CLIENT.format(python=sys.executable, address=address), encoding="utf-8")
    client.chmod(client.stat().st_mode | stat.S_IXUSR)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        unmeasured = {name: at for name, at in os.environ.items() if "COVERAGE" not in name}
        server = subprocess.Popen(
            [sys.executable, "-P", str(_SERVER), str(listener.fileno())],
            env=unmeasured,
            pass_fds=[listener.fileno()],
            stdin=subprocess.PIPE,
        )
    with server:
        yield WarmCommands(folder)
        server.communicate()
