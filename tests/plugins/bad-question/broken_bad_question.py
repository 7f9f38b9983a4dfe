"""Brings a question without a title."""

from __future__ import annotations

import cqcparse

from pathlib import Path


@cqcparse.hookimpl
def cqcparse_questions():
    return [Path(__file__).with_name("broken_bad_question_untitled.sql")]
