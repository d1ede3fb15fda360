-- Which words set a month apart from all others (share of its articles with the word, against the rest)?
WITH months AS (SELECT filed_month, count(*) AS n, (SELECT count(*) FROM articles) - n AS n_elsewhere FROM articles GROUP BY filed_month),
used AS (
    SELECT filed_month, stem, count(DISTINCT article_id) AS articles, arg_max(term, (n_occurrences, term)) AS term
    FROM terms WHERE NOT is_function_word GROUP BY ALL
),
compared AS (
    SELECT filed_month, term, articles, articles / n AS share,
        (sum(articles) OVER (PARTITION BY stem) - articles) / nullif(n_elsewhere, 0) AS share_elsewhere
    FROM used JOIN months USING (filed_month)
)
SELECT filed_month, term, articles, round(share, 3) AS share, round(share_elsewhere, 3) AS share_elsewhere
FROM compared
QUALIFY row_number() OVER (PARTITION BY filed_month ORDER BY share - coalesce(share_elsewhere, 0) DESC, term) <= 5
ORDER BY filed_month, compared.share - coalesce(compared.share_elsewhere, 0) DESC, term;
