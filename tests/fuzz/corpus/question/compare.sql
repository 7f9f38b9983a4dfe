-- title: My council against others
-- about: Each score of one council beside the mean of the others, with its place among them.
-- param authority: authority -- the council
-- param against: choice(england, region, type) or authority = england -- all councils, those of its region or type, or one other
-- column score: score of the council
-- column mean: mean of the others
-- column gap: how far the council is above the mean
-- column place: place of the council among them and itself
-- column of: how many they are with itself
-- column percentile: share of the others that score lower, or the same and half of these
WITH newest AS (
  SELECT s.ons_code, s.region, s.authority_type, s.statement, s.theme, s.title, s.score
  FROM statements s JOIN reports r ON r.report_id = s.report_id AND r.latest
  WHERE s.score IS NOT NULL AND s.ons_code IS NOT NULL
),
mine AS (SELECT * FROM newest WHERE ons_code = $authority),
others AS (
  SELECT n.* FROM newest n, (SELECT * FROM authorities WHERE ons_code = $authority) a
  WHERE n.ons_code <> $authority AND CASE $against
    WHEN 'england' THEN true
    WHEN 'region' THEN n.region = a.region
    WHEN 'type' THEN n.authority_type = a.authority_type
    ELSE n.ons_code = $against
  END
)
SELECT
  m.statement, m.title, m.score, round(avg(o.score), 2) AS mean,
  round(m.score - avg(o.score), 2) AS gap,
  1 + count(*) FILTER (o.score > m.score) AS place, count(o.score) + 1 AS "of",
  round(100 * (count(*) FILTER (o.score < m.score) + count(*) FILTER (o.score = m.score) / 2.0)
        / nullif(count(o.score), 0)) AS percentile
FROM mine m LEFT JOIN others o ON o.statement = m.statement
GROUP BY m.statement, m.title, m.theme, m.score
ORDER BY gap DESC NULLS LAST, m.title
