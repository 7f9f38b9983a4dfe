-- title: Partners as a network
-- about: One row a council and a named body that its reports speak of; as .graphml for programs that draw networks.
-- param type: text = none -- only bodies of this type
-- found type: SELECT DISTINCT type FROM entities WHERE kind = 'partner'
-- column from_id: ONS code of the council
-- column to_id: id of the body
-- column weight: how many mentions there are
SELECT
  m.ons_code AS from_id, m.authority AS from_name, e.entity_id AS to_id, e.name AS to_name,
  e.type AS to_type, count(*) AS weight
FROM mentions m JOIN entities e ON e.entity = m.entity
WHERE m.kind = 'partner' AND m.specificity = 'named' AND m.ons_code IS NOT NULL
  AND ($type IS NULL OR e.type = $type)
GROUP BY ALL
ORDER BY from_name, weight DESC, to_name
