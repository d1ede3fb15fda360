-- On which days between its first and its last article does an outlet have none? Such days are gaps of the dump until shown otherwise.
WITH span AS (
    SELECT source_id, unnest(generate_series(min(filed_date), max(filed_date), INTERVAL 1 DAY))::DATE AS day
    FROM articles
    WHERE source_id IS NOT NULL AND filed_date IS NOT NULL
    GROUP BY source_id
)
SELECT span.source_id, span.day
FROM span ANTI JOIN articles ON articles.source_id = span.source_id AND articles.filed_date = span.day
ORDER BY ALL;
