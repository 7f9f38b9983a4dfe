"""Care Quality Commission assessments of local authorities, read into typed, quotable data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cqcparse.model.lazy_names import found_lazily

if TYPE_CHECKING:  # what checkers and editors read; a test holds it to the names below
    from cqcparse import arrow as arrow
    from cqcparse import errors as errors
    from cqcparse import extraction as extraction
    from cqcparse import framework as framework
    from cqcparse import grammar as grammar
    from cqcparse import model as model
    from cqcparse import registry as registry
    from cqcparse.corpora.combining import combine as combine
    from cqcparse.corpora.corpus import Corpus as Corpus
    from cqcparse.corpora.corpus import corpus as corpus
    from cqcparse.corpora.tables import CorpusTable as CorpusTable
    from cqcparse.errors import CqcParseError as CqcParseError
    from cqcparse.extraction.hookspecs import Exporter as Exporter
    from cqcparse.extraction.hookspecs import Extractor as Extractor
    from cqcparse.extraction.hookspecs import hookimpl as hookimpl
    from cqcparse.extraction.pattern_extractor import PatternMatch as PatternMatch
    from cqcparse.extraction.pattern_extractor import pattern_extractor as pattern_extractor
    from cqcparse.extraction.view import View as View
    from cqcparse.model.assessment import Assessment as Assessment
    from cqcparse.model.diagnostics import Diagnostic as Diagnostic
    from cqcparse.model.document import Document as Document
    from cqcparse.model.mentions import Count as Count
    from cqcparse.model.mentions import Duration as Duration
    from cqcparse.model.mentions import Evidence as Evidence
    from cqcparse.model.mentions import Funding as Funding
    from cqcparse.model.mentions import Mention as Mention
    from cqcparse.model.mentions import Money as Money
    from cqcparse.model.mentions import Partner as Partner
    from cqcparse.model.mentions import Period as Period
    from cqcparse.model.mentions import Reading as Reading
    from cqcparse.model.mentions import Service as Service
    from cqcparse.model.report import Report as Report
    from cqcparse.model.sections import Paragraph as Paragraph
    from cqcparse.model.sections import Section as Section
    from cqcparse.model.sentences import Sentence as Sentence
    from cqcparse.model.spans import Quote as Quote
    from cqcparse.model.spans import Span as Span
    from cqcparse.model.statements import StatementAssessment as StatementAssessment
    from cqcparse.output.schema import json_schema as json_schema
    from cqcparse.output.serialise import from_json as from_json
    from cqcparse.output.serialise import report_from_json as report_from_json
    from cqcparse.parser import Parser as Parser
    from cqcparse.parser import parse as parse
    from cqcparse.parser import read as read
    from cqcparse.parser import read_many as read_many
    from cqcparse.reading import Reader as Reader
    from cqcparse.reading.failures import ReadFailure as ReadFailure
else:
    __all__, __getattr__, __dir__ = found_lazily(
        __name__,
        {
            "parser": ("Parser", "parse", "read", "read_many"),
            "reading.failures": ("ReadFailure",),
            "model.assessment": ("Assessment",),
            "model.statements": ("StatementAssessment",),
            "model.sections": ("Paragraph", "Section"),
            "model.sentences": ("Sentence",),
            "model.document": ("Document",),
            "model.diagnostics": ("Diagnostic",),
            "model.spans": ("Quote", "Span"),
            "model.mentions": (
                *("Mention", "Funding", "Service", "Partner", "Evidence"),
                *("Reading", "Money", "Period", "Duration", "Count"),
            ),
            "model.report": ("Report",),
            "corpora.combining": ("combine",),
            "corpora.corpus": ("Corpus", "corpus"),
            "corpora.tables": ("CorpusTable",),
            "output.serialise": ("from_json", "report_from_json"),
            "output.schema": ("json_schema",),
            "extraction.hookspecs": ("Exporter", "Extractor", "hookimpl"),
            "extraction.pattern_extractor": ("PatternMatch", "pattern_extractor"),
            "extraction.view": ("View",),
            "reading": ("Reader",),
            "errors": ("CqcParseError",),
        },
        rooms=("arrow", "errors", "extraction", "framework", "grammar", "model", "registry"),
    )
