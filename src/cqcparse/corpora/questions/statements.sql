-- title: Weakest and strongest
-- about: The mean score of each quality statement and how often each score was given, the weakest first; or by theme, quarter, region or type of council.
-- param by: choice(statement, theme, quarter, region, type) = statement -- what to group by
-- param statement: statement = none -- only this quality statement
-- column group: what the scores have in common
-- column scores: how many scores there are
-- column mean: their mean
SELECT
  CASE $by
    WHEN 'statement' THEN s.statement
    WHEN 'theme' THEN s.theme
    WHEN 'quarter' THEN year(s.published) || ' Q' || quarter(s.published)
    WHEN 'region' THEN s.region
    ELSE s.authority_type
  END AS "group",
  count(*) AS scores, round(avg(s.score), 2) AS mean,
  count(*) FILTER (s.score = 1) AS score_1, count(*) FILTER (s.score = 2) AS score_2,
  count(*) FILTER (s.score = 3) AS score_3, count(*) FILTER (s.score = 4) AS score_4
FROM statements s JOIN reports r ON r.report_id = s.report_id AND r.latest
WHERE s.score IS NOT NULL AND ($statement IS NULL OR s.statement = $statement)
GROUP BY 1
ORDER BY CASE WHEN $by = 'quarter' THEN 0 ELSE mean END, 1
