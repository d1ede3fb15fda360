-- Which social accounts are shown inside articles, and when were their posts made?
SELECT account, any_value(name ORDER BY posted_date) AS name, count(*) AS posts, min(posted_date) AS first_post, max(posted_date) AS last_post
FROM social_embeds
GROUP BY account
ORDER BY posts DESC, account;
