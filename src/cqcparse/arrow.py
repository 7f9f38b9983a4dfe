"""The whole of cqcparse as a function on batches of Arrow, for engines that run it everywhere.

Pages go in and rows come out; a page that could not be read is a row too. The functions can be
pickled and hold no more than a batch. They need pyarrow, which is imported when they are called.
"""

from __future__ import annotations

from cqcparse.corpora.batches import extract, extract_pages, page_schema, schema

__all__ = ["extract", "extract_pages", "page_schema", "schema"]
