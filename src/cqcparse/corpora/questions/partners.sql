-- title: Partners
-- about: Each named body, with how many councils' reports name it: the one that spans most councils first.
-- param type: text = none -- only bodies of this type, such as icb, nhs-trust or vcse
-- found type: SELECT DISTINCT type FROM entities WHERE kind = 'partner'
-- param authority: authority = none -- only bodies that this council's reports name
-- column councils: how many councils' reports name it
-- column named_by: these councils
SELECT
  e.entity_id, e.name, e.type, count(DISTINCT m.ons_code) AS councils, count(*) AS mentions,
  string_agg(DISTINCT m.authority, '; ' ORDER BY m.authority) AS named_by
FROM mentions m JOIN entities e ON e.entity = m.entity
WHERE m.kind = 'partner' AND m.specificity = 'named' AND ($type IS NULL OR e.type = $type)
  AND ($authority IS NULL OR m.entity IN (
    SELECT entity FROM mentions WHERE kind = 'partner' AND ons_code = $authority
  ))
GROUP BY e.entity_id, e.name, e.type, e.entity
ORDER BY councils DESC, mentions DESC, e.name
