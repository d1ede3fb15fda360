-- Which articles mention the city (المدينة), however it is written? The folded columns have one spelling of each letter
-- (no vowel marks, ة as ه, أإآ as ا, ى as ي), and ar_fold writes what you look for in the same way.
SELECT filed_date, source_name, headline,
       (len(body_folded) - len(replace(body_folded, ar_fold('المدينة'), ''))) // len(ar_fold('المدينة')) AS times_in_body
FROM articles
WHERE contains(body_folded, ar_fold('المدينة')) OR contains(headline_folded, ar_fold('المدينة'))
ORDER BY filed_date, headline;
