"""What goes between processes: messages with their length before them, and patience."""

from __future__ import annotations

import socket
import struct
import time

_HEADER = struct.Struct("!Q")
_CHUNK = 1 << 20

#: Longest time that counts as one wait, in seconds: a program that was stopped for an hour, with
#: Ctrl-Z or by a closed lid, has not waited for an hour.
_STEP = 1.0


class Patience:
    """The time that is left to wait for something.

    Args:
        seconds: How long to wait in all; None for ever.
    """

    def __init__(self, seconds: float | None) -> None:
        self._left = seconds

    def step(self) -> float | None:
        """Return how long to wait next, in seconds; None for ever."""
        return None if self._left is None else min(self._left, _STEP)

    def spend(self, seconds: float) -> None:
        """Count a wait.

        Raises:
            TimeoutError: If nothing is left.
        """
        if self._left is not None:
            self._left -= min(seconds, _STEP)
            if self._left <= 0:
                raise TimeoutError


def send(peer: socket.socket, message: bytes) -> None:
    """Send a message; waits until the other side has taken most of it."""
    peer.settimeout(None)
    # In one call: a thread that is cut off between two would leave half a message behind.
    peer.sendall(_HEADER.pack(len(message)) + message)


def receive(peer: socket.socket, patience: Patience | None = None) -> bytes:
    """Return the next message.

    Raises:
        EOFError: If the other side is gone.
        TimeoutError: If patience is at an end.
    """
    patience = patience or Patience(None)
    (length,) = _HEADER.unpack(_exactly(peer, _HEADER.size, patience))
    return _exactly(peer, length, patience)


def _exactly(peer: socket.socket, length: int, patience: Patience) -> bytes:
    parts: list[bytes] = []
    while length:
        started = time.monotonic()
        peer.settimeout(patience.step())
        try:
            part = peer.recv(min(length, _CHUNK))
        except TimeoutError:
            part = None
        except ConnectionError:
            raise EOFError from None
        patience.spend(time.monotonic() - started)
        if part == b"":
            raise EOFError
        if part:
            parts.append(part)
            length -= len(part)
    return b"".join(parts)
