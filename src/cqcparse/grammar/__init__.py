"""What extractors are made of: vocabulary, noun-phrase grammar, cues, readers of quantities."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cqcparse.grammar.names import (
        CLASSES,
        Acronyms,
        Calibration,
        Clause,
        Cue,
        Definition,
        Entry,
        Lexicon,
        Phrase,
        RuleCount,
        Tail,
        Tokens,
        VerbGroup,
        Vocabulary,
        coordinated,
        find_acronyms,
        find_counts,
        find_durations,
        find_money,
        find_periods,
        find_status,
        find_tails,
        fold,
        forms,
        in_post,
        is_acronym,
        is_base_verb,
        join_left,
        left_edge,
        load_calibration,
        load_lexicon,
        lower,
        noun_phrase,
        phrase_before,
        proper,
        read_clause,
        read_number,
        right_edge,
        sentence_start,
        trim,
        verb_group,
        whole_phrase,
        with_acronym,
        word_list,
    )

__all__ = [
    "CLASSES",
    "Acronyms",
    "Calibration",
    "Clause",
    "Cue",
    "Definition",
    "Entry",
    "Lexicon",
    "Phrase",
    "RuleCount",
    "Tail",
    "Tokens",
    "VerbGroup",
    "Vocabulary",
    "coordinated",
    "find_acronyms",
    "find_counts",
    "find_durations",
    "find_money",
    "find_periods",
    "find_status",
    "find_tails",
    "fold",
    "forms",
    "in_post",
    "is_acronym",
    "is_base_verb",
    "join_left",
    "left_edge",
    "load_calibration",
    "load_lexicon",
    "lower",
    "noun_phrase",
    "phrase_before",
    "proper",
    "read_clause",
    "read_number",
    "right_edge",
    "sentence_start",
    "trim",
    "verb_group",
    "whole_phrase",
    "with_acronym",
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
