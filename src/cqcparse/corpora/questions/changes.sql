-- title: What changed
-- about: What the newest assessment of a council says otherwise than the one before it: scores, headings, services that began or ended, sentences.
-- param authority: authority = none -- only this council; else all that were assessed twice
-- param what: choice(rating, score, heading, service, sentence) = none -- only changes of this sort
-- column what: what it is that changed
-- column change: up, down, added, removed, begun or ended
WITH pair AS (
  SELECT ons_code, authority, max(report_id) FILTER (latest) AS after,
         max_by(report_id, occasion) FILTER (NOT latest) AS before
  FROM reports WHERE ons_code IS NOT NULL AND ($authority IS NULL OR ons_code = $authority)
  GROUP BY ons_code, authority HAVING count(*) > 1
),
scores_then_and_now AS (
  SELECT p.authority, 'score' AS what, b.statement, a.title AS heading,
         CASE WHEN a.score > b.score THEN 'up' ELSE 'down' END AS change,
         b.score::VARCHAR AS before, a.score::VARCHAR AS after, a.source, a.score_start AS char_start
  FROM pair p JOIN statements b ON b.report_id = p.before
  JOIN statements a ON a.report_id = p.after AND a.statement = b.statement
  WHERE a.score <> b.score
),
ratings AS (
  SELECT p.authority, 'rating' AS what, NULL AS statement, NULL AS heading,
         CASE WHEN a.total > b.total THEN 'up' WHEN a.total < b.total THEN 'down' ELSE 'other' END
           AS change,
         concat_ws(', ', b.overall, b.computed_percentage || '%') AS before,
         concat_ws(', ', a.overall, a.computed_percentage || '%') AS after, a.source, NULL AS char_start
  FROM pair p JOIN reports b ON b.report_id = p.before JOIN reports a ON a.report_id = p.after
  WHERE a.overall IS DISTINCT FROM b.overall OR a.total IS DISTINCT FROM b.total
),
headings AS (
  SELECT p.authority, s.report_id = p.after AS now, s.statement, s.title, any_value(s.source) AS source,
         min(s.char_start) AS char_start, p.before AS one, p.after AS two
  FROM pair p JOIN sections s ON s.report_id IN (p.before, p.after)
  WHERE s.title IS NOT NULL AND s.role IN ('topic', 'other')
  GROUP BY ALL
),
heading_changes AS (
  SELECT h.authority, 'heading' AS what, h.statement, h.title AS heading,
         CASE WHEN h.now THEN 'added' ELSE 'removed' END AS change,
         CASE WHEN NOT h.now THEN h.title END AS before, CASE WHEN h.now THEN h.title END AS after,
         h.source, h.char_start
  FROM headings h
  WHERE NOT EXISTS (
    FROM headings o WHERE o.authority = h.authority AND o.now <> h.now
      AND lower(o.title) = lower(h.title) AND o.statement IS NOT DISTINCT FROM h.statement
  )
),
service_changes AS (
  SELECT p.authority, 'service' AS what, m.statement, m.section AS heading,
         CASE WHEN m.status IN ('ended', 'reduced') THEN 'ended' ELSE 'begun' END AS change,
         NULL AS before, m.text || ': ' || m.sentence AS after, m.source, m.char_start
  FROM pair p JOIN mentions m ON m.report_id = p.after
  WHERE m.kind = 'service' AND m.status IN ('new', 'ended', 'reduced')
    AND NOT EXISTS (
      FROM mentions o WHERE o.report_id = p.before AND o.kind = 'service' AND o.type IS NOT DISTINCT FROM m.type
        AND o.status = m.status
    )
),
told AS (
  SELECT p.authority, s.report_id = p.after AS now, s.statement, s.section, s.text,
         min(s.source) AS source, min(s.char_start) AS char_start
  FROM pair p JOIN sentences s ON s.report_id IN (p.before, p.after)
  WHERE s.role IN ('topic', 'key-findings')
  GROUP BY ALL
),
sentence_changes AS (
  SELECT t.authority, 'sentence' AS what, t.statement, t.section AS heading,
         CASE WHEN t.now THEN 'added' ELSE 'removed' END AS change,
         CASE WHEN NOT t.now THEN t.text END AS before, CASE WHEN t.now THEN t.text END AS after,
         t.source, t.char_start
  FROM told t
  WHERE NOT EXISTS (
    FROM told o WHERE o.authority = t.authority AND o.now <> t.now AND o.text = t.text
      AND o.statement IS NOT DISTINCT FROM t.statement
  )
)
SELECT * FROM (
  SELECT * FROM ratings UNION ALL SELECT * FROM scores_then_and_now
  UNION ALL SELECT * FROM heading_changes UNION ALL SELECT * FROM service_changes
  UNION ALL SELECT * FROM sentence_changes
)
WHERE $what IS NULL OR what = $what
ORDER BY
  authority, list_position(['rating', 'score', 'heading', 'service', 'sentence'], what), statement,
  source, char_start, change
