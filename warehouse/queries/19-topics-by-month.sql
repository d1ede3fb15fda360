-- What is each month about, as the share of its articles with a topic (IPTC Media Topics, top level)?
SELECT filed_month, label_en AS topic, count(*) AS articles,
    round(count(*) / any_value(n), 3) AS share
FROM topics JOIN media_topics USING (topic_id)
    JOIN (SELECT filed_month, count(*) AS n FROM articles GROUP BY filed_month) USING (filed_month)
WHERE topics.topic_level = 1
GROUP BY ALL
ORDER BY filed_month, articles DESC, topic;
