-- title: Whose evidence
-- about: How many sentences of the findings in the newest reports are the evidence of people, staff, leaders, partners or data, by what they say.
-- needs: finding
-- param statement: statement = none -- only this quality statement
-- param authority: authority = none -- only this council
SELECT
  m.voice, count(*) AS sentences, count(*) FILTER (m.polarity = 'strength') AS strengths,
  count(*) FILTER (m.polarity = 'shortfall') AS shortfalls,
  count(*) FILTER (m.polarity = 'mixed') AS mixed, count(*) FILTER (m.polarity = 'planned') AS planned,
  count(*) FILTER (m.polarity NOT IN ('strength', 'shortfall', 'mixed', 'planned')) AS other
FROM mentions m JOIN reports r ON r.report_id = m.report_id AND r.latest
WHERE m.kind = 'finding' AND ($statement IS NULL OR m.statement = $statement)
  AND ($authority IS NULL OR m.ons_code = $authority)
GROUP BY m.voice
ORDER BY sentences DESC, m.voice
