-- In what share of each outlet's articles is a field unknown?
SELECT coalesce(source_name, '(not stated)') AS outlet, count(*) AS articles,
       round(1 - count(published_date) / count(*), 2) AS no_date, round(1 - count(url) / count(*), 2) AS no_url,
       round(1 - count(byline) / count(*), 2) AS no_byline, round(1 - count(section) / count(*), 2) AS no_section,
       round(1 - count(keywords) / count(*), 2) AS no_keywords
FROM articles
GROUP BY ALL
ORDER BY outlet;
