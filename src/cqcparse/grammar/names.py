"""All public names of the layer, imported together when one of them is first asked for."""

from cqcparse.grammar.acronyms import Acronyms, Definition, find_acronyms, is_acronym
from cqcparse.grammar.bodies import BodyName, body_names, named_bodies
from cqcparse.grammar.clauses import Clause, read_clause
from cqcparse.grammar.directory import Directory
from cqcparse.grammar.examples import frame_failures, rule_failures
from cqcparse.grammar.extents import is_base_verb, whole_phrase
from cqcparse.grammar.frames import Bond, Frame, Frames, Said, bonds, said_of
from cqcparse.grammar.layers import Layers, read_layers
from cqcparse.grammar.lexicon import Entry, Lexicon
from cqcparse.grammar.lexicon_file import load_lexicon
from cqcparse.grammar.noun_phrases import (
    Phrase,
    coordinated,
    noun_phrase,
    phrase_before,
    trim,
    with_acronym,
)
from cqcparse.grammar.phrases import (
    join_left,
    left_edge,
    proper,
    right_edge,
    sentence_start,
)
from cqcparse.grammar.quantities import (
    find_counts,
    find_durations,
    find_money,
    find_periods,
    read_number,
)
from cqcparse.grammar.registered import registered_bodies
from cqcparse.grammar.rulebook import Found, Rule, RuleBook, Term
from cqcparse.grammar.tails import Tail, find_tails
from cqcparse.grammar.tokens import CLASSES, Tokens, forms, word_list
from cqcparse.grammar.verb_groups import VerbGroup, verb_group
from cqcparse.grammar.vocabulary import Vocabulary, fold, lower
from cqcparse.grammar.wordlists import load_words

__all__ = [
    "CLASSES",
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
    "Phrase",
    "Rule",
    "RuleBook",
    "Said",
    "Tail",
    "Term",
    "Tokens",
    "VerbGroup",
    "Vocabulary",
    "body_names",
    "bonds",
    "coordinated",
    "find_acronyms",
    "find_counts",
    "find_durations",
    "find_money",
    "find_periods",
    "find_tails",
    "fold",
    "forms",
    "frame_failures",
    "is_acronym",
    "is_base_verb",
    "join_left",
    "left_edge",
    "load_lexicon",
    "load_words",
    "lower",
    "named_bodies",
    "noun_phrase",
    "phrase_before",
    "proper",
    "read_clause",
    "read_layers",
    "read_number",
    "registered_bodies",
    "right_edge",
    "rule_failures",
    "said_of",
    "sentence_start",
    "trim",
    "verb_group",
    "whole_phrase",
    "with_acronym",
    "word_list",
]
