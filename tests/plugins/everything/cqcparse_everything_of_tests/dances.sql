-- title: Dances
-- about: How many dances each report speaks of.
SELECT r.authority, count(*) AS dances FROM reports r JOIN mentions m USING (report_id)
WHERE m.kind = 'dance' GROUP BY ALL
