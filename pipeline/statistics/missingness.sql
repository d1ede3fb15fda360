-- Share of lead articles in which a field is NULL, by outlet.
WITH missing AS (SELECT source_id, unnest(['published_date', 'fetched_at', 'url', 'byline', 'section']) AS key,
                        unnest([count(*) - count(published_date), count(*) - count(fetched_at), count(*) - count(url), count(*) - count(byline), count(*) - count(section)]) AS n, count(*) AS denominator
                 FROM articles WHERE role = 'lead' GROUP BY source_id)
SELECT 'source' AS scope_type, source_id AS scope_id, CAST(NULL AS DATE) AS period_start, 'all' AS period_grain,
       key, n / denominator AS value, n, denominator, 'share' AS unit
FROM missing
