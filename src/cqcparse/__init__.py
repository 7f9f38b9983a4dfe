"""Care Quality Commission assessments of local authorities, read into typed, quotable data."""

from cqcparse.assessment import Assessment, Entity, Piece
from cqcparse.columns import Column, Table
from cqcparse.combining import combine
from cqcparse.document import Block, Box, Document, Omission, Origin, PrintedLine, boxes_of
from cqcparse.errors import CqcParseError, Diagnostic
from cqcparse.facts import Fact
from cqcparse.framework import Framework
from cqcparse.hookspecs import CONTRACT_VERSION, Exporter, Extractor, hookimpl
from cqcparse.mentions import (
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
from cqcparse.parser import Parser, ReadFailure, parse, read, read_many
from cqcparse.patterns import PatternExtractor, PatternMatch, pattern_extractor
from cqcparse.plugins import PluginInfo, Plugins
from cqcparse.reading import Reader
from cqcparse.report import OnPage, Report, ReportStatement
from cqcparse.schema import json_schema
from cqcparse.sections import Paragraph, Section
from cqcparse.sentences import Sentence
from cqcparse.serialise import from_json, report_from_json
from cqcparse.spans import Quote, Span
from cqcparse.statements import Authority, Overall, Score, StatementAssessment
from cqcparse.tally import Tally
from cqcparse.view import View

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
