"""What a parser is made of, and the sources it was given: as a provenance."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from cqcparse.extraction.fingerprint import own_digest, plugin_digest
from cqcparse.extraction.hookspecs import PROJECT
from cqcparse.model.writable import writable
from cqcparse.output.provenance import Item, Provenance
from cqcparse.parser import Parser


def provenance_of(
    parser: Parser,
    *,
    frameworks: Iterable[str] = (),
    sources: Iterable[tuple[str, str | None]] = (),
    failures: Iterable[tuple[str, str]] = (),
) -> Provenance:
    """Return what took part.

    Args:
        parser: What read the sources.
        frameworks: Ids of the framework profiles that were applied.
        sources: Name and digest of each source.
        failures: Name of each source that could not be read, and why.
    """
    return Provenance(
        items=(
            *_of_parser(parser),
            *(Item(what="framework", name=name) for name in sorted(set(frameworks))),
            *(Item(what="source", name=writable(name), sha256=sha) for name, sha in sources),
            *(Item(what="failure", name=writable(name), note=writable(w)) for name, w in failures),
        )
    )


def _of_parser(parser: Parser) -> Iterator[Item]:
    yield Item(what="program", name=PROJECT, version=version(PROJECT), sha256=own_digest())
    for info in parser.plugins.infos:
        if info.distribution != PROJECT and info.state == "loaded":
            yield Item(
                what="plugin",
                name=f"{info.name} of {info.distribution}",
                version=info.version,
                sha256=plugin_digest(parser.plugins, info.name),
            )
    for lexicon in parser.lexicons:
        digest = hashlib.sha256(repr(lexicon).encode()).hexdigest()
        yield Item(what="lexicon", name=lexicon.kind or type(lexicon).__name__, sha256=digest)
