-- Which stories do pages point to most? Headlines of the related lists; most of them are not articles of this corpus.
SELECT headline, count(*) AS pages, min(position) AS best_position
FROM related_headlines
GROUP BY headline
ORDER BY pages DESC, headline
LIMIT 20;
