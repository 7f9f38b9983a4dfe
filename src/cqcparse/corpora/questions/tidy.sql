-- title: Scores to join to other data
-- about: One row a council, report and quality statement, with the codes and the date by which population, spending or deprivation are joined.
SELECT
  s.ons_code, a.icb_code, s.published, s.report_id, r.latest, s.authority, s.authority_type, s.region,
  a.icb, s.statement, s.theme, s.score, r.total, r.computed_percentage, r.overall, r.indicative
FROM statements s
JOIN reports r ON r.report_id = s.report_id
LEFT JOIN authorities a ON a.ons_code = s.ons_code
WHERE s.score IS NOT NULL
ORDER BY s.authority, s.published, s.statement
