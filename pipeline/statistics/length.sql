-- Distribution of body lengths by outlet: exact quantiles of words.
WITH lengths AS (SELECT source_id, unnest(['mean', 'p5', 'p50', 'p95', 'max']) AS key,
                        unnest([avg(n_words), quantile_cont(n_words, 0.05), quantile_cont(n_words, 0.5), quantile_cont(n_words, 0.95), max(n_words)]) AS value, count(*) AS n
                 FROM articles GROUP BY source_id)
SELECT 'source' AS scope_type, source_id AS scope_id, CAST(NULL AS DATE) AS period_start, 'all' AS period_grain,
       key, CAST(value AS DOUBLE) AS value, n, CAST(NULL AS BIGINT) AS denominator, 'words' AS unit
FROM lengths
