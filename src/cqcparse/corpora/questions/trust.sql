-- title: Trust
-- about: What is missing, doubtful or failed, report by report, files that could not be read first.
-- param severity: choice(error, warning, info) = none -- only remarks of this weight
SELECT code, severity, authority, report_id, message, source, char_start, char_end
FROM diagnostics
WHERE $severity IS NULL OR severity = $severity
ORDER BY code <> 'not-read', list_position(['error', 'warning', 'info'], severity), authority, diagnostic_id
