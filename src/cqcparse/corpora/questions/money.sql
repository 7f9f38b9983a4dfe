-- title: Money
-- about: Every act of giving with its amount once, however many words speak of it: who gave what to whom, when and what for.
-- param authority: authority = none -- only this council
-- param statement: statement = none -- only this quality statement
-- param fund: text = none -- only money from the fund of this id, such as better-care-fund
-- found fund: SELECT DISTINCT fund FROM money
-- column mentions: how many mentions speak of it
-- column fund: id of the fund that one of them names
SELECT
  m.authority, m.region, m.published, m.statement, m.amount, m.amount_low, m.amount_high, m.period,
  m.period_start, m.period_end, m.fund, m.funder, m.recipient, m.purpose, m.mentions, m.sentence,
  m.url, m.source,
  m.report_id
FROM money m
WHERE ($authority IS NULL OR m.ons_code = $authority)
  AND ($statement IS NULL OR m.statement = $statement)
  AND ($fund IS NULL OR m.fund = $fund)
ORDER BY m.amount_low DESC, m.authority, m.source, m.event_id
