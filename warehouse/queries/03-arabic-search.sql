-- Which articles mention the city (المدينة), however it is written? The folded columns have one spelling of each letter
-- (no vowel marks, ة as ه, أإآ as ا, ى as ي), so fold what you look for by the same rules.
SELECT filed_date, source_name, headline, (len(body_folded) - len(replace(body_folded, 'المدينه', ''))) // len('المدينه') AS times_in_body
FROM articles
WHERE body_folded LIKE '%المدينه%' OR headline_folded LIKE '%المدينه%'
ORDER BY filed_date, headline;
