"""Who was assessed: the authority named by the title, the address or the body of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.model.sections import Section
from cqcparse.model.spans import Span
from cqcparse.model.statements import Authority, Basis
from cqcparse.registry import (
    AuthorityRecord,
    OtherAuthority,
    find_authority,
    find_authority_by_address,
    find_authority_by_code,
    find_other_authority,
    suggest_authorities,
)
from cqcparse.registry.names import short_name
from cqcparse.structure.authority.title import Title, find_title


def identify_authority(
    document: Document, sections: Sequence[Section] = (), *, given: str | None = None
) -> tuple[Authority | None, tuple[Diagnostic, ...]]:
    """Return the assessed authority, and what is doubtful about it.

    The title line decides; without one the title that the source has outside its text, the address
    or name of the source, then the names in the body, weighed by how they are used. A title may
    name an authority the register does not know; its name is then as printed, without a code.

    Args:
        document: The document.
        sections: Its sections; names in footers do not count.
        given: The name the caller says it is, which settles it.
    """
    title = find_title(document.text)
    addresses = (find_authority_by_address(a) for a in (document.address, document.source) if a)
    addressed = next((record for record in addresses if record is not None), None)
    if given is not None:
        record = find_authority(given)
        return _authority(given, record, "given", title.span if title else None), ()
    if title is not None:
        authority = _authority(title.name, title.record, "title", title.span)
        return authority, (*_title_doubts(title), *_conflict(title, addressed))
    outside = find_title(document.title or "")
    if outside is not None and outside.record is not None:
        return _authority(outside.name, outside.record, "title", None), ()
    if addressed is not None:
        return _authority(addressed.name, addressed, "url", None), ()
    return _from_body(document.text, sections)


def _authority(
    name: str, record: AuthorityRecord | None, basis: Basis, span: Span | None
) -> Authority:
    """Return the authority by its record, else by the name as printed."""
    return Authority(
        name=record.name if record else name,
        short_name=record.short_name if record else short_name(name),
        ons_code=record.ons_code if record else None,
        basis=basis,
        span=span,
    )


def _title_doubts(title: Title) -> Iterator[Diagnostic]:
    """Yield what is doubtful about the name in a title."""
    if not title.usual:
        yield Diagnostic(
            code="authority-inferred",
            message=f"{title.name!r} was inferred from a title of an unusual form",
            severity="info",
            span=title.span,
        )
    if title.record is None:
        yield _not_in_register(title.name, title.span)


def _not_in_register(name: str, span: Span) -> Diagnostic:
    """Return the diagnostic for a name that is none of the authorities of the register."""
    other = find_other_authority(name)
    if other is not None:
        why, severity = _WHY[other.kind].format(**_details(other)), "warning"
    else:
        near = " or ".join(repr(record.name) for record in suggest_authorities(name, 2))
        why = "is not in the register of authorities" + (f"; it is near to {near}" if near else "")
        severity = "info"
    return Diagnostic(
        code="authority-not-in-register",
        message=f"{name!r} {why}; the name is kept as printed, without a code",
        severity=severity,  # type: ignore[arg-type]
        span=span,
    )


#: Why a body is none of the authorities that are assessed, by its kind.
_WHY = {
    "abolished": "ended on {end}, and its area is now that of {heirs}",
    "combined": "is a combined authority, which has no duties for adult social care",
    "district": "is a district, and the duties for adult social care are those of {heirs}",
    "wales": "is a council of Wales, and those of England are assessed",
    "scotland": "is a council of Scotland, and those of England are assessed",
    "northern-ireland": "is a council of Northern Ireland, and those of England are assessed",
}


def _details(other: OtherAuthority) -> dict[str, str]:
    """Return what is filled into the reasons."""
    codes = (*other.successors, *([other.county] if other.county else []))
    heirs = [record.name for code in codes if (record := find_authority_by_code(code))]
    end = f"{other.end.day} {other.end:%B %Y}" if other.end else ""
    return {
        "end": end,
        "heirs": " and ".join([", ".join(heirs[:-1]), *heirs[-1:]][not heirs[1:] :]),
    }


def _conflict(title: Title, addressed: AuthorityRecord | None) -> Iterator[Diagnostic]:
    """Yield a diagnostic if title and address name different authorities."""
    if addressed is None or (title.record and title.record.ons_code == addressed.ons_code):
        return
    message = (
        f"the title says {title.name!r}, the name of the source says {addressed.name!r}; "
        "the title was believed"
    )
    yield Diagnostic(code="authority-conflict", message=message, span=title.span)


def _from_body(
    text: str, sections: Sequence[Section]
) -> tuple[Authority | None, tuple[Diagnostic, ...]]:
    """Return the authority the body speaks of most, if it stands out, with a diagnostic."""
    from cqcparse.structure.authority.body import weigh  # noqa: PLC0415 - most documents have a title

    weighing = weigh(text, sections)
    best = weighing.best
    if best is None:
        message = (
            f"neither title, name of the source nor text says who was assessed; {weighing.why}"
        )
        return None, (Diagnostic(code="authority-unknown", message=message, severity="error"),)
    authority = _authority(best.name, best.record, "body", best.span)
    message = f"{authority.name!r} was inferred from the text, {weighing.why}"
    diagnostic = Diagnostic(
        code="authority-inferred",
        message=message,
        severity="info" if weighing.sure else "warning",
        span=best.span,
    )
    unknown = () if best.record else (_not_in_register(best.name, best.span),)
    return authority, (diagnostic, *unknown)
