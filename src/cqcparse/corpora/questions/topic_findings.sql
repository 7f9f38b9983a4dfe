-- title: What is said of a topic
-- about: The strengths and shortfalls among the sentences on a topic, council by council; councils whose reports are silent stand last.
-- needs: finding
-- param words: list -- beginnings of words, joined by commas, such as carer,caring
-- column silent: whether no sentence has one of the words
WITH said AS (
  SELECT m.report_id, m.polarity, count(*) AS n
  FROM mentions m
  WHERE m.kind = 'finding'
    AND regexp_matches(m.text, '\b(' || array_to_string(list_transform(
      string_split($words, ','), lambda w: regexp_escape(trim(w))), '|') || ')', 'i')
  GROUP BY ALL
)
SELECT
  r.authority, r.region, r.published,
  coalesce(sum(s.n) FILTER (s.polarity = 'strength'), 0) AS strengths,
  coalesce(sum(s.n) FILTER (s.polarity = 'shortfall'), 0) AS shortfalls,
  coalesce(sum(s.n) FILTER (s.polarity IN ('mixed', 'planned')), 0) AS mixed_or_planned,
  coalesce(sum(s.n), 0) AS sentences, count(s.n) = 0 AS silent, r.report_id
FROM reports r LEFT JOIN said s ON s.report_id = r.report_id
WHERE r.latest AND r.authority IS NOT NULL
GROUP BY r.report_id, r.authority, r.region, r.published
ORDER BY silent, shortfalls DESC, strengths DESC, r.authority
