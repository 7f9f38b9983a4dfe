"""Drafts: what is known of a document before extraction, and the assessment made of it after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial

import attrs

from cqcparse.errors import DiagnosticError
from cqcparse.extraction.running import Result
from cqcparse.extraction.view import View
from cqcparse.framework import Framework
from cqcparse.grammar.acronyms import Definition
from cqcparse.grammar.layers import Layers
from cqcparse.grammar.lexicon import Lexicon
from cqcparse.grammar.rulebook import RuleBook
from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.model.facts import Fact
from cqcparse.model.statements import Authority
from cqcparse.structure.characters import doubts_of_characters, doubts_of_sums
from cqcparse.structure.facts import read_facts
from cqcparse.structure.statements import Structure, read_structure
from cqcparse.workers import note


@attrs.frozen(kw_only=True)
class Draft:
    """What is known of a document before anything is extracted from it."""

    view: View
    structure: Structure
    authority: Authority | None
    doubts: tuple[Diagnostic, ...]
    facts: tuple[Fact, ...]

    def assessment(
        self,
        found: Result | None,
        *,
        before: Iterable[Diagnostic],
        after: Iterable[Diagnostic],
        strict: bool,
    ) -> Assessment:
        """Return the assessment with what extractors found.

        Args:
            found: The mentions, and what went wrong; None if nothing was looked for.
            before: What is to be said of the choice of the profile.
            after: What is to be said of plugins.
            strict: Whether to raise the diagnostics that are warnings or errors.

        Raises:
            ExceptionGroup: If *strict* and there are any.
        """
        document, structure = self.view.document, self.structure
        mentions, failures = ((), ()) if found is None else found
        conflicts = () if found is None else self.view.acronyms.conflicts
        diagnostics = (
            *document.diagnostics,
            *before,
            *doubts_of_characters(document),
            *doubts_of_sums(document),
            *structure.diagnostics,
            *self.doubts,
            *map(_conflict, conflicts),
            *after,
            *failures,
        )
        doubts = tuple(item for item in diagnostics if item.severity != "info")
        if strict and doubts:
            name = document.source or "the text"
            message = f"{name} has {len(doubts)} warnings and errors"
            raise ExceptionGroup(message, list(map(DiagnosticError, doubts)))
        return Assessment(
            source=document.source,
            authority=self.authority,
            framework=structure.framework.id,
            is_local_authority_assessment=structure.is_local_authority_assessment,
            indicative=structure.indicative,
            overall=structure.overall,
            tally=structure.tally,
            statements=structure.statements,
            mentions=mentions,
            diagnostics=diagnostics,
            facts=self.facts,
            sections=structure.sections,
            document=document,
        )


def draft_of(  # noqa: PLR0913 - each is a choice of the parser
    document: Document,
    framework: Framework | None,
    of_plugins: Sequence[Framework],
    *,
    piece: bool,
    any_document: bool,
    without_rules: frozenset[str],
    further: tuple[Lexicon | RuleBook, ...],
) -> Draft:
    """Return what is known of a document before extraction.

    Args:
        document: The document.
        framework: The profile to apply; None to decide from the text.
        of_plugins: The profiles of plugins.
        piece: Whether the document may be a piece of one.
        any_document: Whether to look for an authority and mentions in what is no assessment, too.
        without_rules: Names of rules and frames to leave out.
        further: The terms and rules of the user and of plugins.
    """
    note("while finding its sections")
    structure = read_structure(
        document,
        framework,
        of_plugins,
        piece=piece,
        any_document=any_document,
    )
    authority, doubts, facts = _about(document, structure)
    note("while finding its words")
    spans = [paragraph.span for paragraph in structure.findings]
    view = View(
        document=document,
        framework=structure.framework,
        sections=structure.sections,
        statements=structure.statements,
        findings=structure.findings,
        authority_names=_names(authority),
        without_rules=without_rules,
        grammar=cache(partial(Layers, document.text, spans, without_rules, further)),
    )
    return Draft(view=view, structure=structure, authority=authority, doubts=doubts, facts=facts)


def _about(
    document: Document, structure: Structure
) -> tuple[Authority | None, tuple[Diagnostic, ...], tuple[Fact, ...]]:
    """Return who was assessed, what is doubtful about it, and the facts; nothing if not wanted."""
    from cqcparse.structure.authority import identify_authority  # noqa: PLC0415 - brings the register

    if not structure.wanted:
        return None, (), ()
    note("while finding its authority")
    authority, doubts = identify_authority(document, structure.sections)
    note("while finding its facts")
    facts = read_facts(document.text, structure.sections, structure.framework)
    return authority, doubts, facts


def _conflict(definition: Definition) -> Diagnostic:
    return Diagnostic(
        code="acronym-conflict",
        message=f"{definition.short!r} is defined again, here as {definition.long.text!r}; "
        "the first definition is used",
        span=definition.span,
    )


def _names(authority: Authority | None) -> tuple[str, ...]:
    if authority is None:
        return ()
    return tuple(dict.fromkeys((authority.name, authority.short_name)))
