-- Who is quoted, how often in their own words, and how sure is that?
SELECT speaker_text, count(*) AS quotes, count(*) FILTER (quote_kind IN ('direct', 'mixed')) AS in_their_words,
    round(avg(attribution_score), 2) AS attribution_score
FROM quotes
WHERE speaker_text IS NOT NULL
GROUP BY speaker_text
ORDER BY quotes DESC, speaker_text
LIMIT 20;
