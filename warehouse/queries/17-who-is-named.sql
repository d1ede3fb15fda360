-- Which people, places and organisations do most articles name?
SELECT entity_type, coalesce(entity_name, span_text) AS name, any_value(entity_id) AS entity_id, count(DISTINCT article_id) AS articles
FROM mentions
GROUP BY entity_type, name
ORDER BY articles DESC, entity_type, name
LIMIT 20;
