"""Views of a database: what people look for first, in SQL that SQLite and DuckDB both take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from cqcparse.model.tables import Table


@attrs.frozen(kw_only=True)
class View:
    """A view.

    Attributes:
        name: Its name.
        about: What a row of it is.
        query: What it selects.
    """

    name: str
    about: str
    query: str


def views_of(tables: Iterable[Table]) -> Iterator[View]:
    """Yield the views that these tables allow."""
    columns = {table.name: [column.name for column in table.columns] for table in tables}
    if "scores" in columns and "reports" in columns:
        yield View(
            name="league",
            about="The newest report on each council, the best first.",
            query="SELECT s.* FROM scores s JOIN reports r ON r.report_id = s.report_id"
            " WHERE r.latest AND r.authority IS NOT NULL ORDER BY s.total IS NULL, s.total DESC,"
            " s.authority",
        )
    if "event_id" in columns.get("mentions", ()):
        keys = "report_id, authority, ons_code, region, published, statement, page_id, event_id"
        yield View(
            name="money",
            about="One row an act of giving with its amount, however many mentions speak of it: "
            "what to sum up.",
            query=f"SELECT {keys}, min(amount) AS amount, min(amount_low) AS amount_low,"  # noqa: S608 - names of our own
            " min(amount_high) AS amount_high, min(period) AS period, min(funder) AS funder,"
            " min(recipient) AS recipient, min(purpose) AS purpose,"
            " max(CASE WHEN type = 'fund' THEN canonical END) AS fund, count(*) AS mentions,"
            " min(period_start) AS period_start, min(period_end) AS period_end,"
            " min(sentence) AS sentence, min(source) AS source, min(url) AS url FROM mentions"
            " WHERE kind = 'funding' AND amount_low IS NOT NULL AND negation IS NULL"
            f" GROUP BY {keys}, CASE WHEN event_id IS NULL THEN mention_id ELSE '' END",
        )
    if "authorities" in columns and "reports" in columns:
        yield View(
            name="coverage",
            about="Every council, with the newest report on it that is here.",
            query="SELECT a.ons_code, a.authority, a.authority_type, a.region, a.icb_code,"
            " r.report_id, r.published, r.overall, r.total, r.pages, r.missing FROM authorities a"
            " LEFT JOIN reports r ON r.ons_code = a.ons_code AND r.latest",
        )
