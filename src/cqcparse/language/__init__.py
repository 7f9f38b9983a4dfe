"""What extractors are made of: vocabulary scan, noun-phrase grammar, cues, readers of quantities."""

from cqcparse.language.acronyms import Acronyms, Definition, find_acronyms, is_acronym
from cqcparse.language.lexicon import Entry, Lexicon, load_lexicon
from cqcparse.language.phrases import join_left, left_edge, proper, right_edge, sentence_start
from cqcparse.language.quantities import (
    find_counts,
    find_durations,
    find_money,
    find_periods,
    read_number,
)
from cqcparse.language.tokens import CLASSES, Tokens, forms, word_list
from cqcparse.language.vocabulary import Vocabulary, fold, lower

__all__ = [
    "CLASSES",
    "Acronyms",
    "Definition",
    "Entry",
    "Lexicon",
    "Tokens",
    "Vocabulary",
    "find_acronyms",
    "find_counts",
    "find_durations",
    "find_money",
    "find_periods",
    "fold",
    "forms",
    "is_acronym",
    "join_left",
    "left_edge",
    "load_lexicon",
    "lower",
    "proper",
    "read_number",
    "right_edge",
    "sentence_start",
    "word_list",
]
