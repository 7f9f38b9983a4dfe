"""What extractors are made of: rules and frames over the words, phrases and clauses of a document.

Readers of sums, periods, durations and counts stand in :mod:`cqcparse.grammar.quantities`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cqcparse.model.lazy_names import found_lazily

if TYPE_CHECKING:  # what checkers and editors read; a test holds it to the names below
    from cqcparse.grammar.acronyms import Acronyms as Acronyms
    from cqcparse.grammar.clause import Clause as Clause
    from cqcparse.grammar.directory import Directory as Directory
    from cqcparse.grammar.examples import frame_failures as frame_failures
    from cqcparse.grammar.examples import rule_failures as rule_failures
    from cqcparse.grammar.found_phrases import Found as Found
    from cqcparse.grammar.frames import Frame as Frame
    from cqcparse.grammar.frames import Frames as Frames
    from cqcparse.grammar.frames import Said as Said
    from cqcparse.grammar.inflection import forms as forms
    from cqcparse.grammar.layers import Layers as Layers
    from cqcparse.grammar.layers import read_layers as read_layers
    from cqcparse.grammar.lexicon import Entry as Entry
    from cqcparse.grammar.lexicon import Lexicon as Lexicon
    from cqcparse.grammar.lexicon_file import load_lexicon as load_lexicon
    from cqcparse.grammar.rulebook import RuleBook as RuleBook
    from cqcparse.grammar.tagging import word_list as word_list
    from cqcparse.grammar.vocabulary import fold as fold
else:
    __all__, __getattr__, __dir__ = found_lazily(
        __name__,
        {
            "acronyms": ("Acronyms",),
            "clause": ("Clause",),
            "directory": ("Directory",),
            "found_phrases": ("Found",),
            "examples": ("frame_failures", "rule_failures"),
            "frames": ("Frame", "Frames", "Said"),
            "inflection": ("forms",),
            "layers": ("Layers", "read_layers"),
            "lexicon": ("Entry", "Lexicon"),
            "lexicon_file": ("load_lexicon",),
            "rulebook": ("RuleBook",),
            "tagging": ("word_list",),
            "vocabulary": ("fold",),
        },
        rooms=("quantities",),
    )
