-- Which articles were found inside the page of another one, and how do the two differ in date?
SELECT lead.headline AS page, embedded.headline AS inside_it, lead.published_date AS page_date, embedded.published_date AS inside_date
FROM articles AS embedded
LEFT JOIN articles AS lead ON lead.article_id = embedded.parent_article_id
WHERE embedded.role = 'embedded'
ORDER BY page, inside_it;
