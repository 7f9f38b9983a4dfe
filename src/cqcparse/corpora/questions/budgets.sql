-- title: Budgets and figures of the landing pages
-- about: The figures that landing pages print about each council: budgets, spending, people supported.
-- param authority: authority = none -- only this council
-- param fact: text = none -- only this figure, such as total-budget
-- found fact: SELECT DISTINCT id FROM facts
SELECT
  authority, region, published, id, aspect, text, amount_low, percentage, count, out_of, period, sentence,
  url, source, report_id
FROM facts
WHERE date IS NULL AND ($authority IS NULL OR ons_code = $authority) AND ($fact IS NULL OR id = $fact)
ORDER BY id NULLS LAST, authority, published, aspect
