-- title: One topic everywhere
-- about: How many sentences of the findings on each council speak of a topic, with a quotation; councils whose reports are silent stand last.
-- param words: list -- beginnings of words, joined by commas, such as carer,caring
-- column sentences: how many sentences of the key findings have one of the words
-- column silent: whether none has
-- column quotation: the first of them
WITH said AS (
  SELECT
    s.report_id, count(*) AS sentences, count(DISTINCT s.statement) AS statements,
    arg_min(s.text, s.source || printf('%09d', s.char_start)) AS quotation
  FROM sentences s
  WHERE s.role IN ('topic', 'key-findings')
    AND regexp_matches(s.text, '\b(' || array_to_string(list_transform(
      string_split($words, ','), lambda w: regexp_escape(trim(w))), '|') || ')', 'i')
  GROUP BY s.report_id
)
SELECT
  r.authority, r.region, r.published, coalesce(s.sentences, 0) AS sentences,
  coalesce(s.statements, 0) AS statements, s.sentences IS NULL AS silent, s.quotation, r.report_id
FROM reports r LEFT JOIN said s ON s.report_id = r.report_id
WHERE r.latest AND r.authority IS NOT NULL
ORDER BY silent, sentences DESC, r.authority
