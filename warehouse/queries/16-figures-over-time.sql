-- The same volume from the table `statistics`, which `warraq stats` fills: one figure a row, whatever it measures.
SELECT stat_id, scope_id AS source_id, period_start, period_grain, key, value, unit
FROM statistics
WHERE stat_id = 'volume'
ORDER BY ALL;
