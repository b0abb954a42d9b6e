-- What members meet: a thing is found by its message, and names are suggested.

CREATE INDEX resources_by_discord_id ON resources (programme_id, discord_id) WHERE discord_id IS NOT NULL;
CREATE INDEX amendments_by_proposer_name ON amendments (programme_id, proposer COLLATE NOCASE)
WHERE proposer IS NOT NULL AND reference IS NOT NULL;
