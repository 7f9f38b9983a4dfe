"""What made a file, and of what: the same on every machine and on every day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Literal, TypeAlias

import attrs

from cqcparse.model.tables import Row

What: TypeAlias = Literal["program", "plugin", "lexicon", "framework", "source", "failure"]


@attrs.frozen(kw_only=True)
class Item:
    """One thing that took part.

    Attributes:
        what: What it is.
        name: Its name; of a source its path in the folder that was asked for.
        version: Its version; None if it has none.
        sha256: Digest of its content; None if that is not known.
        note: What else is to be said, such as why a file could not be read.
    """

    what: What
    name: str
    version: str | None = None
    sha256: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class Provenance:
    """What made a table: the program, its plugins and data, and the sources by their content.

    There is no date and no path of the machine in it, so that the same sources give the same
    bytes.

    Attributes:
        items: In order: program, plugins, lexicons, frameworks, sources, failures.
    """

    items: tuple[Item, ...]

    def of(self, what: What) -> tuple[Item, ...]:
        """Return the things of one sort."""
        return tuple(item for item in self.items if item.what == what)

    @property
    def sources_digest(self) -> str:
        """One digest of all sources, in the order of their digests: whatever they are called."""
        digests = sorted(item.sha256 or "" for item in self.of("source"))
        return hashlib.sha256("\n".join(digests).encode()).hexdigest()

    def metadata(self) -> dict[str, str]:
        """Return it as the few words that a file has room for; sources as one digest."""
        made = [item for item in self.items if item.what not in {"source", "failure"}]
        lines = [
            " ".join(filter(None, (i.what, i.name, i.version, i.sha256 and f"sha256:{i.sha256}")))
            for i in made
        ]
        return {
            "made_by": "\n".join(lines),
            "sources": str(len(self.of("source"))),
            "sources_sha256": self.sources_digest,
        }

    def rows(self) -> Iterator[Row]:
        """Yield a row for each thing."""
        for number, item in enumerate(self.items, 1):
            yield {"number": number, **attrs.asdict(item)}

    def to_json(self) -> str:
        """Return all of it as JSON."""
        items = [
            {key: cell for key, cell in attrs.asdict(item).items() if cell is not None}
            for item in self.items
        ]
        return json.dumps({"made_by": items}, ensure_ascii=False, indent=1)
