-- title: League table
-- about: The newest report on each council with its rating and nine scores, the best first.
-- param region: region = none -- only councils of this region
-- param type: authority_type = none -- only councils of this type
-- column place: place by the sum of the scores; councils with the same sum share it
SELECT
  CASE WHEN total IS NOT NULL THEN rank() OVER (ORDER BY total DESC NULLS LAST) END AS place,
  authority, authority_type, region, published, overall, percentage, computed_percentage, total,
  * EXCLUDE (
    authority, authority_type, region, published, overall, percentage, computed_percentage, total,
    source, url, short_name, framework, is_local_authority_assessment, computed_rating, points_to_next,
    points_to_spare, rating_agrees, ons_code, report_id, indicative
  ),
  ons_code, report_id, indicative
FROM league
WHERE ($region IS NULL OR region = $region) AND ($type IS NULL OR authority_type = $type)
ORDER BY total DESC NULLS LAST, authority
