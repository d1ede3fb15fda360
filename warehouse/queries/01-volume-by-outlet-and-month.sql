-- How many articles does each outlet have in each month?
SELECT coalesce(source_name, '(not stated)') AS outlet, coalesce(filed_month, 'unknown') AS month, count(*) AS articles
FROM articles
GROUP BY ALL
ORDER BY outlet, month;
