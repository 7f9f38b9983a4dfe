"""Care Quality Commission assessments of local authorities, read into typed, quotable data."""

from cqcparse.corpus.combining import combine
from cqcparse.errors import CqcParseError
from cqcparse.extraction.hookspecs import CONTRACT_VERSION, Exporter, Extractor, hookimpl
from cqcparse.extraction.pattern_extractor import (
    PatternExtractor,
    PatternMatch,
    pattern_extractor,
)
from cqcparse.extraction.plugins import PluginInfo, Plugins
from cqcparse.extraction.view import View
from cqcparse.framework import Framework
from cqcparse.model.assessment import Assessment, Entity, Piece
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Block, Box, Document, Omission, Origin, PrintedLine, boxes_of
from cqcparse.model.facts import Fact
from cqcparse.model.mentions import (
    Count,
    Duration,
    Evidence,
    Funding,
    Mention,
    Money,
    Partner,
    Period,
    Reading,
    Service,
)
from cqcparse.model.report import OnPage, Report, ReportStatement
from cqcparse.model.scores import Overall, Score, Tally
from cqcparse.model.sections import Paragraph, Section
from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Quote, Span
from cqcparse.model.statements import Authority, StatementAssessment
from cqcparse.model.tables import Column, Table
from cqcparse.output.schema import json_schema
from cqcparse.output.serialise import from_json, report_from_json
from cqcparse.parser import Parser, ReadFailure, parse, read, read_many
from cqcparse.reading import Reader

__all__ = [
    "CONTRACT_VERSION",
    "Assessment",
    "Authority",
    "Block",
    "Box",
    "Column",
    "Count",
    "CqcParseError",
    "Diagnostic",
    "Document",
    "Duration",
    "Entity",
    "Evidence",
    "Exporter",
    "Extractor",
    "Fact",
    "Framework",
    "Funding",
    "Mention",
    "Money",
    "Omission",
    "OnPage",
    "Origin",
    "Overall",
    "Paragraph",
    "Parser",
    "Partner",
    "PatternExtractor",
    "PatternMatch",
    "Period",
    "Piece",
    "PluginInfo",
    "Plugins",
    "PrintedLine",
    "Quote",
    "ReadFailure",
    "Reader",
    "Reading",
    "Report",
    "ReportStatement",
    "Score",
    "Section",
    "Sentence",
    "Service",
    "Span",
    "StatementAssessment",
    "Table",
    "Tally",
    "View",
    "boxes_of",
    "combine",
    "from_json",
    "hookimpl",
    "json_schema",
    "parse",
    "pattern_extractor",
    "read",
    "read_many",
    "report_from_json",
]
