-- title: What good looks like
-- about: Sentences that name a strength where the score is high (or, with other values, a shortfall where it is low), quoted with their page.
-- needs: finding
-- param statement: statement = none -- only this quality statement
-- param polarity: choice(strength, shortfall, mixed, planned) = strength -- what the sentence says
-- param min_score: integer(1, 4) = 3 -- lowest score of the quality statement
-- param max_score: integer(1, 4) = 4 -- highest
-- param authority: authority = none -- only this council
SELECT
  m.statement, m.score, m.authority, m.section, m.sentence, m.voice, m.url, m.source, m.char_start,
  m.char_end, m.report_id
FROM mentions m JOIN reports r ON r.report_id = m.report_id AND r.latest
WHERE m.kind = 'finding' AND m.polarity = $polarity AND m.score BETWEEN $min_score AND $max_score
  AND ($statement IS NULL OR m.statement = $statement)
  AND ($authority IS NULL OR m.ons_code = $authority)
ORDER BY m.statement, m.score DESC, m.authority, m.source, m.char_start
