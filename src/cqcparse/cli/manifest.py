"""The ``--manifest`` option: what was made of each file is kept, and made again if it changed."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

import attrs
import click

from cqcparse.cli.exits import say
from cqcparse.errors import DataError
from cqcparse.output.serialise import load_json

try:
    import fcntl
except ImportError:  # pragma: no cover - not on Windows
    fcntl = None  # type: ignore[assignment]

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

#: Version of the form of the file.
_FORM = 3
_KEY = "cqcparse_manifest"


def manifest_option(command: CommandT) -> CommandT:
    """Give a command the option for the file that remembers what is done."""
    return click.option(
        "--manifest",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Remember in FILE what was made of each input, and parse only what has changed.",
    )(command)


class Remark(NamedTuple):
    """A diagnostic, and the message about it."""

    code: str
    severity: str
    message: str
    #: The extractor it is about; empty if it is about something else.
    extractor: str


@attrs.frozen(kw_only=True)
class Done:
    """What was made of one file before."""

    #: Whatever the command makes of a file, as JSON has it.
    output: Any
    #: What is to be said about the file.
    said: tuple[Remark, ...]


class Manifest:
    """A file of JSON Lines: a header, then a line for each input that was done.

    A line is added as soon as an input is done, so that a command that was stopped goes on where
    it was. What was made in another way (another version, other plugins or options, another
    command) is left behind: the file begins anew.

    Args:
        path: The file; it need not exist.
        made_by: Says how the command makes its output; only what was made so is taken over.
        fits: Returns whether something is output of the command.

    Raises:
        DataError: If the file cannot be used, or is something else.
    """

    def __init__(self, path: Path, made_by: str, fits: Callable[[object], bool]) -> None:
        self._path = path
        self._fits = fits
        self._header = {_KEY: _FORM, "made_by": made_by}
        #: Digest and place of the line of each source.
        self._lines: dict[str, tuple[str, int]] = {}
        try:
            self._file: BinaryIO = path.open("a+b")
        except OSError as error:
            raise DataError.unwritten(path, error, "the manifest") from error
        try:
            _lock(self._file, path)
            self._load()
        except BaseException:
            self.close()
            raise

    def __len__(self) -> int:
        """Return the number of inputs that are done."""
        return len(self._lines)

    def has(self, source: str, digest: str | None) -> bool:
        """Return whether a source is done, and its content is still the same."""
        return digest is not None and self._lines.get(source, ("", 0))[0] == digest

    def get(self, source: str) -> Done:
        """Return what was made of a source that is done."""
        self._file.seek(self._lines[source][1])
        line = _parsed(self._file.readline())
        return Done(output=line["output"], said=tuple(Remark(*remark) for remark in line["said"]))

    def add(self, source: str, digest: str, done: Done) -> None:
        """Remember what was made of a source."""
        line = {"source": source, "sha256": digest, "said": done.said, "output": done.output}
        self._lines[source] = digest, self._append(line)

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(OSError):  # what could not be written was told
            self._file.close()

    def _append(self, line: object) -> int:
        """Add a line, and return where it begins."""
        try:
            place = self._file.seek(0, 2)
            self._file.write(_written(line))
            self._file.flush()
        except OSError as error:
            raise DataError.unwritten(self._path, error, "the manifest") from error
        return place

    def _load(self) -> None:
        """Take in the lines of the file, or begin it anew."""
        self._file.seek(0)
        header = self._file.readline()
        if not header:
            self._append(self._header)
        elif _parsed(header).get(_KEY) is None:
            problem = "is not a manifest of cqcparse; give the name of a new file"
            raise DataError(str(self._path), problem)
        elif _parsed(header) != self._header:
            say(f"{self._path}: made by another version, plugins, options or command; begun anew")
            self._file.truncate(0)
            self._append(self._header)
        else:
            self._index()

    def _index(self) -> None:
        """Note the place of each line; the first that is cut off, or is none, ends the file."""
        place = self._file.tell()
        for line in self._file:
            found = _parsed(line)
            if not (line.endswith(b"\n") and _is_entry(found) and self._fits(found["output"])):
                break
            self._lines[found["source"]] = found["sha256"], place
            place += len(line)
        self._file.truncate(place)


@contextlib.contextmanager
def remembering(
    path: Path | None, made_by: Callable[[], str], fits: Callable[[object], bool]
) -> Iterator[Manifest | None]:
    """Open the manifest of a command for as long as it runs; None if it has none.

    Args:
        path: The file.
        made_by: Returns what says how the command makes its output.
        fits: Returns whether something is output of the command.

    Raises:
        DataError: If the file cannot be used, or is something else.
    """
    if path is None:
        yield None
        return
    with contextlib.closing(Manifest(path, made_by(), fits)) as manifest:
        yield manifest


def digest_of(path: str) -> str | None:
    """Return the SHA-256 of a file's content; None if it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def _lock(file: BinaryIO, path: Path) -> None:
    """Keep a file for this process, so that two runs do not write between each other's lines.

    Raises:
        DataError: If another process has it.
    """
    if fcntl is None:  # pragma: no cover - not on Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        problem = "the manifest is in use by another run; wait for it, or give another name"
        raise DataError(str(path), problem) from None
    except OSError:  # a file system without locks
        return


def _written(line: object) -> bytes:
    """Return a line of the file; halves of surrogate pairs, which names of files may have, too."""
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode(errors="surrogatepass")


def _parsed(line: bytes) -> dict[str, Any]:
    """Return the object on a line; an empty one if it is none."""
    try:
        found = load_json(line.decode(errors="surrogatepass"), "the manifest")
    except (UnicodeDecodeError, DataError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_entry(found: Mapping[str, Any]) -> bool:
    """Return whether the object on a line says what was made of an input."""
    said = found.get("said")
    return (
        {"source", "sha256", "said", "output"} <= found.keys()
        and isinstance(found["source"], str)
        and isinstance(found["sha256"], str)
        and isinstance(said, list)
        and all(isinstance(remark, list) and _types(remark) == [str] * 4 for remark in said)
    )


def _types(values: Iterable[object]) -> list[type]:
    return [type(value) for value in values]
