-- Which languages are there, in which scripts, and how long are their articles?
SELECT language, script, count(*) AS articles, sum(n_words) AS words, round(avg(n_words), 1) AS mean_words
FROM articles
GROUP BY ALL
ORDER BY articles DESC, language, script;
