-- title: Coverage
-- about: Every council with duties for adult social care: whether a report on it is here, whether it is whole, and what is doubtful about it.
-- param status: choice(missing, pilot, incomplete, doubtful, complete) = none -- only councils of this status
-- column status: missing, pilot, incomplete, doubtful (a warning or an error) or complete
-- column reports: how many reports on it are here
-- column doubts: codes of the warnings and errors of the newest
WITH newest AS (FROM reports WHERE latest AND ons_code IS NOT NULL),
doubts AS (
  SELECT d.report_id, string_agg(DISTINCT d.code, '; ' ORDER BY d.code) AS doubts
  FROM diagnostics d
  WHERE d.severity <> 'info' AND d.code <> 'heading-unknown' -- a heading of the council's own
  GROUP BY d.report_id
),
counted AS (SELECT ons_code, count(*) AS reports FROM reports GROUP BY ons_code),
told AS (
  SELECT
    a.ons_code, a.authority, a.authority_type, a.region,
    CASE
      WHEN r.report_id IS NULL THEN 'missing'
      WHEN r.indicative THEN 'pilot'
      WHEN r.missing IS NOT NULL THEN 'incomplete'
      WHEN d.doubts IS NOT NULL THEN 'doubtful'
      ELSE 'complete'
    END AS status,
    coalesce(c.reports, 0) AS reports, r.report_id, r.published, r.pages, r.missing, d.doubts
  FROM authorities a
  LEFT JOIN newest r ON r.ons_code = a.ons_code
  LEFT JOIN counted c ON c.ons_code = a.ons_code
  LEFT JOIN doubts d ON d.report_id = r.report_id
)
FROM told WHERE $status IS NULL OR status = $status ORDER BY status = 'missing', authority
