-- One row: one line of the related list of a page's lead article. Headlines are leads to other stories, not loaded articles.
CREATE OR REPLACE VIEW related_headlines AS
SELECT article_id, unnest(range(1, len(related_headlines) + 1)) AS position, unnest(related_headlines) AS headline
FROM articles;
