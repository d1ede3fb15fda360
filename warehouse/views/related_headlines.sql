CREATE OR REPLACE VIEW related_headlines AS
SELECT article_id, unnest(range(1, len(related_headlines) + 1)) AS position, unnest(related_headlines) AS headline
FROM articles;
COMMENT ON VIEW related_headlines IS 'One row: one line of the related list of an article''s page. The headlines lead to other stories and are not loaded articles';
COMMENT ON COLUMN related_headlines.article_id IS 'The article whose page has the list';
COMMENT ON COLUMN related_headlines.position IS 'Place in the list, from 1';
COMMENT ON COLUMN related_headlines.headline IS 'The headline as printed';
