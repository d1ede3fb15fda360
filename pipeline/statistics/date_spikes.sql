-- Dates that a default or a clock made: share of a source's dated lead articles on 1 January (january_1), how many times that is what an even
-- spread over its days would give (january_1_lift; only where its days have a 1 January), share dated after the day of their capture
-- (after_capture), and share of a file's records that were rejected as dated in the future (published_in_future).
WITH dated AS (
    SELECT source_id, published_date, fetched_at, month(published_date) = 1 AND day(published_date) = 1 AS is_january_1
    FROM articles WHERE role = 'lead' AND published_date IS NOT NULL
),
by_source AS (
    SELECT source_id, count(*) FILTER (is_january_1) AS n_january_1, count(*) AS n_dated,
           date_diff('day', min(published_date), max(published_date)) + 1 AS n_days,
           year(max(published_date)) - year(min(published_date) - 1) AS n_new_years,
           count(*) FILTER (published_date > fetched_at::DATE) AS n_after, count(fetched_at) AS n_captured
    FROM dated GROUP BY source_id
),
rejected AS (
    SELECT raw_file_id, count(q.quarantine_id) AS n_future, n_read
    FROM raw_files LEFT JOIN (FROM quarantine WHERE reason_code = 'published_in_future') q USING (raw_file_id) GROUP BY raw_file_id, n_read
),
figures AS (
    SELECT 'source' AS scope_type, source_id AS scope_id, 'january_1' AS key, n_january_1 / n_dated AS value, n_january_1 AS n, n_dated AS denominator, 'share' AS unit FROM by_source
    UNION ALL
    SELECT 'source', source_id, 'january_1_lift', n_january_1 / n_dated * n_days / n_new_years, n_january_1, NULL, 'ratio' FROM by_source WHERE n_new_years > 0
    UNION ALL
    SELECT 'source', source_id, 'after_capture', n_after / n_captured, n_after, n_captured, 'share' FROM by_source WHERE n_captured > 0
    UNION ALL
    SELECT 'file', raw_file_id, 'published_in_future', n_future / n_read, n_future, n_read, 'share' FROM rejected WHERE n_read > 0
)
SELECT scope_type, scope_id, CAST(NULL AS DATE) AS period_start, 'all' AS period_grain, key, CAST(value AS DOUBLE) AS value, n, CAST(denominator AS BIGINT) AS denominator, unit
FROM figures
