"""All public names of the layer, imported together when one of them is first asked for."""

from cqcparse.language.acronyms import Acronyms, Definition, find_acronyms, is_acronym
from cqcparse.language.calibration import Calibration, RuleCount, load_calibration
from cqcparse.language.clauses import Clause, read_clause
from cqcparse.language.cues import Cue, find_status
from cqcparse.language.extents import is_base_verb, whole_phrase
from cqcparse.language.lexicon import Entry, Lexicon
from cqcparse.language.lexicon_file import load_lexicon
from cqcparse.language.noun_phrases import (
    Phrase,
    coordinated,
    noun_phrase,
    phrase_before,
    trim,
    with_acronym,
)
from cqcparse.language.phrases import (
    in_post,
    join_left,
    left_edge,
    proper,
    right_edge,
    sentence_start,
)
from cqcparse.language.quantities import (
    find_counts,
    find_durations,
    find_money,
    find_periods,
    read_number,
)
from cqcparse.language.tails import Tail, find_tails
from cqcparse.language.tokens import CLASSES, Tokens, forms, word_list
from cqcparse.language.verb_groups import VerbGroup, verb_group
from cqcparse.language.vocabulary import Vocabulary, fold, lower

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
