-- title: Figures
-- about: Every number of the findings with its unit, what it is about, where it went and when, with its sentence.
-- needs: figure
-- param statement: statement = none -- only this quality statement
-- param type: text = none -- only figures of this type, such as waiting-time or percentage
-- found type: SELECT DISTINCT type FROM mentions WHERE kind = 'figure'
-- param authority: authority = none -- only this council
SELECT
  m.authority, m.region, m.published, m.statement, m.type, m.text, m.low, m.high, m.unit, m.subject,
  m.direction, m.comparison, m.period, m.sentence, m.url, m.source, m.char_start, m.char_end,
  m.report_id
FROM mentions m
WHERE m.kind = 'figure' AND ($statement IS NULL OR m.statement = $statement)
  AND ($type IS NULL OR m.type = $type) AND ($authority IS NULL OR m.ons_code = $authority)
ORDER BY m.authority, m.published, m.source, m.char_start
