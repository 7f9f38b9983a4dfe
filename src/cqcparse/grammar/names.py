"""All public names of the layer, imported together when one of them is first asked for."""

from cqcparse.grammar.acronyms import Acronyms, Definition, find_acronyms, is_acronym
from cqcparse.grammar.bodies import BodyName, body_names, named_bodies
from cqcparse.grammar.clause import Clause, clause_at
from cqcparse.grammar.directory import Directory
from cqcparse.grammar.examples import frame_failures, rule_failures
from cqcparse.grammar.extents import REACH, fine_chunks, last_of, tails_at, whole_phrase
from cqcparse.grammar.frames import (
    Bond,
    Frame,
    Frames,
    Said,
    bonds,
    role_of,
    said_of,
    shared_frames,
)
from cqcparse.grammar.layers import Layers, read_layers
from cqcparse.grammar.lexicon import Entry, Lexicon
from cqcparse.grammar.lexicon_file import load_lexicon
from cqcparse.grammar.quantities import (
    find_counts,
    find_durations,
    find_money,
    find_periods,
    read_number,
)
from cqcparse.grammar.readings import Readings, periods, sums
from cqcparse.grammar.registered import registered_bodies
from cqcparse.grammar.rulebook import Found, Rule, RuleBook, Term
from cqcparse.grammar.tokens import CLASSES, Tokens, forms, word_list
from cqcparse.grammar.vocabulary import Vocabulary, fold, lower

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
