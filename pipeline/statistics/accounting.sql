-- Raw records by outcome and reason: read = loaded + quarantined + duplicate.
SELECT 'corpus' AS scope_type, CAST(NULL AS VARCHAR) AS scope_id, CAST(NULL AS DATE) AS period_start, 'all' AS period_grain,
       concat_ws('/', outcome, reason_code) AS key, CAST(count(*) AS DOUBLE) AS value, count(*) AS n, CAST(sum(count(*)) OVER () AS BIGINT) AS denominator, 'records' AS unit
FROM raw_records GROUP BY outcome, reason_code
