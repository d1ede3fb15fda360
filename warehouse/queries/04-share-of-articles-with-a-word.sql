-- What share of each month's articles has a given word, here "market"? A share is comparable over months, a count is not.
SELECT filed_month AS month, count(*) FILTER (regexp_matches(body_folded, '\bmarket\b', 'i')) AS with_word, count(*) AS articles,
       round(with_word / count(*), 3) AS share
FROM articles
WHERE language = 'en'
GROUP BY ALL
ORDER BY month;
