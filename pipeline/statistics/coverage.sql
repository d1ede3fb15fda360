-- Lead articles by outlet and day of filed_date: the coverage calendar. Days without a row had none.
SELECT 'source' AS scope_type, source_id AS scope_id, filed_date AS period_start, 'day' AS period_grain,
       'articles' AS key, CAST(count(*) AS DOUBLE) AS value, count(*) AS n, CAST(NULL AS BIGINT) AS denominator, 'articles' AS unit
FROM articles WHERE role = 'lead' GROUP BY ALL
