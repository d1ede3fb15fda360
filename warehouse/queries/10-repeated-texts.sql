-- Which texts appear more than once, and who had them first? Count a text once when you study content, each time when you study outlets.
SELECT first.source_name AS first_outlet, first.headline, first.filed_date AS first_day, later.source_name AS later_outlet, later.filed_date AS later_day,
       duplicates.method
FROM duplicates
JOIN articles AS later USING (article_id)
JOIN articles AS first ON first.article_id = duplicates.duplicate_of_article_id
ORDER BY ALL;
