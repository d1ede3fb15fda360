CREATE OR REPLACE VIEW social_embeds AS
SELECT article_id, unnest(range(1, len(social_embeds) + 1)) AS position, unnest(social_embeds, recursive := true)
FROM articles;
COMMENT ON VIEW social_embeds IS 'One row: one social post shown inside an article; it is not part of the body';
COMMENT ON COLUMN social_embeds.article_id IS 'The article that shows the post';
COMMENT ON COLUMN social_embeds.position IS 'Place in the article, from 1';
COMMENT ON COLUMN social_embeds.account IS 'Account name without @. NULL: not printed.';
COMMENT ON COLUMN social_embeds.name IS 'Display name. NULL: not printed.';
COMMENT ON COLUMN social_embeds.posted_date IS 'Day the post was made. NULL: not printed.';
COMMENT ON COLUMN social_embeds.text IS 'Text of the post. NULL: not printed.';
