-- Articles by outlet and month of filed_date.
SELECT 'source' AS scope_type, source_id AS scope_id, CAST(date_trunc('month', filed_date) AS DATE) AS period_start, 'month' AS period_grain,
       role AS key, CAST(count(*) AS DOUBLE) AS value, count(*) AS n, CAST(NULL AS BIGINT) AS denominator, 'articles' AS unit
FROM articles GROUP BY ALL
