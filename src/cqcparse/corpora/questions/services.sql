-- title: Services
-- about: Services by council and type, with what is said of their life, length and capacity.
-- param type: list = none -- only these types, joined by commas, such as bridging,step-down
-- found type: SELECT DISTINCT type FROM mentions WHERE kind = 'service'
-- param status: choice(new, planned, existing, reduced, ended) = none -- only services of this status
-- param authority: authority = none -- only this council
SELECT
  m.authority, m.region, m.published, m.type, m.text, m.status, m.duration_days, m.duration_days_high,
  m.capacity_value, m.capacity_unit, m.provider, m.statement, m.score, m.sentence, m.url, m.source,
  m.char_start, m.char_end, m.report_id
FROM mentions m
WHERE m.kind = 'service' AND ($type IS NULL OR list_contains(string_split($type, ','), m.type))
  AND ($status IS NULL OR m.status = $status)
  AND ($authority IS NULL OR m.ons_code = $authority)
ORDER BY m.authority, m.published, m.type, m.source, m.char_start
