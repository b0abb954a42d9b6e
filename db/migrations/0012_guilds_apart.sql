-- What was begun to be said may stand in the guild, so it is taken back by saying so; what was not is dropped instead.
DELETE FROM announcements WHERE decision_id IN (SELECT id FROM decisions WHERE undone_at IS NOT NULL);
ALTER TABLE announcements ADD COLUMN begun INTEGER NOT NULL DEFAULT 0 CHECK (begun IN (0, 1));
CREATE INDEX announcements_of_decision ON announcements (decision_id) WHERE decision_id IS NOT NULL;

-- What a member chose is chosen in one guild: a name given in one is not seen in another. A name stays where it was
-- used, or where there is only one programme. Whether the bot may write to somebody shows nothing to anybody else.
CREATE TABLE member_choices (
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    member_id INTEGER NOT NULL,
    book_name TEXT,
    messages INTEGER NOT NULL DEFAULT 0 CHECK (messages IN (0, 1)),
    at TEXT NOT NULL,
    PRIMARY KEY (programme_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_choices_of_member ON member_choices (member_id);
INSERT INTO member_choices (programme_id, member_id, book_name, messages, at)
SELECT programme_id, member_id, book_name, messages, at FROM (
    SELECT p.id AS programme_id, m.member_id, m.messages, m.at,
        CASE WHEN (SELECT count(*) FROM programmes) = 1 OR EXISTS (
            SELECT 1 FROM amendments AS a
            WHERE a.programme_id = p.id AND a.proposer_id = m.member_id AND a.proposer = m.book_name
        ) THEN m.book_name END AS book_name
    FROM members AS m CROSS JOIN programmes AS p
) WHERE book_name IS NOT NULL OR messages = 1;
DROP TABLE members;
ALTER TABLE member_choices RENAME TO members;
