-- How long are the articles of each outlet? Quantiles, as a few very long texts move a mean.
SELECT coalesce(source_name, '(not stated)') AS outlet, count(*) AS articles, min(n_words) AS shortest,
       quantile_disc(n_words, 0.5) AS median, quantile_disc(n_words, 0.9) AS ninth_decile, max(n_words) AS longest
FROM articles
GROUP BY ALL
ORDER BY outlet;
