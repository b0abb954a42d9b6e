-- What is to be said once in the guild, and not said yet. A row goes when it was said, so nobody is kept here.
CREATE TABLE announcements (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    place TEXT NOT NULL, -- the key of the post or channel it is said in
    text TEXT NOT NULL,
    mention INTEGER, -- the one person whom it is about
    decision_id INTEGER REFERENCES decisions (id), -- once that is undone there is nothing to say
    at TEXT NOT NULL
) STRICT;
CREATE INDEX announcements_in_order ON announcements (programme_id, id);
