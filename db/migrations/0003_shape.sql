-- The shape that people give the guild: the order of sections in a chapter, and what they removed of ours.

ALTER TABLE sections ADD COLUMN rank INTEGER; -- its place in its chapter; NULL: by its post id, after those that have one

-- A message that people deleted and that can't stand in its place again; of a post, that its first message was.
ALTER TABLE resources ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));
