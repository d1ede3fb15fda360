-- Which amounts of money and percentages do articles state, and about how much?
SELECT quantity_kind, quantity_unit, count(*) AS stated, count(*) FILTER (is_approximate) AS approximate, median(quantity_value) AS median
FROM quantities
WHERE quantity_kind IN ('money', 'percent')
GROUP BY ALL
ORDER BY stated DESC, quantity_unit;
