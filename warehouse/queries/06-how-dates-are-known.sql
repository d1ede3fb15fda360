-- How well are publication dates known? Leave out inferred and coarse dates before you count by day.
SELECT published_precision, published_date_source, list_contains(quality_flags, 'date_inferred') AS inferred, count(*) AS articles
FROM articles
GROUP BY ALL
ORDER BY articles DESC, published_precision, published_date_source, inferred;
