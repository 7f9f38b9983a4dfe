-- title: The same heading side by side
-- about: What stands under one heading in the newest report on each council; empty where a report does not have it.
-- param heading: text -- words of the heading, in order
-- param region: region = none -- only councils of this region
SELECT
  r.authority, r.region, s.statement, t.score, s.title,
  trim(substr(s.text, length(s.title) + 1), e' \n') AS text, s.url, s.source, s.char_start, s.char_end, r.report_id
FROM reports r
LEFT JOIN sections s ON s.report_id = r.report_id AND s.title ILIKE '%' || $heading || '%'
LEFT JOIN statements t ON t.statement_id = s.statement_id
WHERE r.latest AND r.authority IS NOT NULL AND ($region IS NULL OR r.region = $region)
ORDER BY s.title IS NULL, r.authority, s.source, s.char_start
