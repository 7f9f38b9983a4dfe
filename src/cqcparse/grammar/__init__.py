"""What extractors are made of: vocabulary, noun-phrase grammar, cues, readers of quantities."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cqcparse.grammar.names import (
        CLASSES,
        REACH,
        Acronyms,
        BodyName,
        Bond,
        Clause,
        Definition,
        Directory,
        Entry,
        Found,
        Frame,
        Frames,
        Layers,
        Lexicon,
        Readings,
        Rule,
        RuleBook,
        Said,
        Term,
        Tokens,
        Vocabulary,
        body_names,
        bonds,
        clause_at,
        find_acronyms,
        find_counts,
        find_durations,
        find_money,
        find_periods,
        fine_chunks,
        fold,
        forms,
        frame_failures,
        is_acronym,
        last_of,
        load_lexicon,
        lower,
        named_bodies,
        periods,
        read_layers,
        read_number,
        registered_bodies,
        role_of,
        rule_failures,
        said_of,
        shared_frames,
        sums,
        tails_at,
        whole_phrase,
        word_list,
    )

__all__ = [
    "CLASSES",
    "REACH",
    "Acronyms",
    "BodyName",
    "Bond",
    "Clause",
    "Definition",
    "Directory",
    "Entry",
    "Found",
    "Frame",
    "Frames",
    "Layers",
    "Lexicon",
    "Readings",
    "Rule",
    "RuleBook",
    "Said",
    "Term",
    "Tokens",
    "Vocabulary",
    "body_names",
    "bonds",
    "clause_at",
    "find_acronyms",
    "find_counts",
    "find_durations",
    "find_money",
    "find_periods",
    "fine_chunks",
    "fold",
    "forms",
    "frame_failures",
    "is_acronym",
    "last_of",
    "load_lexicon",
    "lower",
    "named_bodies",
    "periods",
    "read_layers",
    "read_number",
    "registered_bodies",
    "role_of",
    "rule_failures",
    "said_of",
    "shared_frames",
    "sums",
    "tails_at",
    "whole_phrase",
    "word_list",
]


def __getattr__(name: str) -> object:
    """Return a public name; all are imported at the first, since ``import cqcparse`` needs few."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from cqcparse.grammar import names  # noqa: PLC0415 - when it is needed

    globals().update({public: getattr(names, public) for public in __all__})
    return getattr(names, name)


def __dir__() -> list[str]:
    return __all__
