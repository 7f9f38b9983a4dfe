-- title: How near the next rating
-- about: How many points each council lacks for the next rating, and whether the printed rating is that of its nine scores.
-- param region: region = none -- only councils of this region
SELECT
  authority, region, published, overall, computed_rating, rating_agrees, percentage,
  computed_percentage, total, points_to_next, points_to_spare, report_id
FROM league
WHERE $region IS NULL OR region = $region
ORDER BY rating_agrees NULLS LAST, points_to_next NULLS LAST, authority
