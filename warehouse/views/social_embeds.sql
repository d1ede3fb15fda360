-- One row: one social post shown inside an article.
CREATE OR REPLACE VIEW social_embeds AS
SELECT article_id, unnest(range(1, len(social_embeds) + 1)) AS position, unnest(social_embeds, recursive := true)
FROM articles;
