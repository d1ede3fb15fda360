-- Which keywords do publishers assign most, and in how many outlets?
SELECT keyword, count(*) AS articles, count(DISTINCT source_id) AS outlets
FROM (SELECT source_id, unnest(keywords) AS keyword FROM articles)
GROUP BY keyword
ORDER BY articles DESC, keyword
LIMIT 20;
