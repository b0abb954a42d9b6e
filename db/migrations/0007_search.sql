-- Finding amendments by their words. Only those that members may see are in it, each once, in its current version.
-- `facets` are words that nobody can type, so that a filter costs no more than a word does. No positions are kept: a
-- phrase is its words. What is typed is looked for as the beginning of a word, most of which are in indexes of their own.

CREATE VIEW searchable_amendments AS
SELECT a.id, v.title, v.text, v.explanation, ifnull(a.proposer, '') AS proposer,
    '_p' || a.programme_id || ' _c' || s.chapter_id || ' _s' || a.section_id || ' _k' || v.kind
    || ' _t' || replace(a.status, ' ', '') || ' _r' || replace(replace(lower(a.reference), '.', 'o'), '-', '') AS facets
FROM amendments AS a
JOIN sections AS s ON s.id = a.section_id
JOIN amendment_versions AS v ON v.amendment_id = a.id AND v.number = a.version
WHERE a.reference IS NOT NULL;

CREATE VIRTUAL TABLE amendment_words USING fts5 (
    title, text, explanation, proposer, facets,
    tokenize = "unicode61 remove_diacritics 2 tokenchars '_'", prefix = '2 3 4 5 6', detail = none
);
INSERT INTO amendment_words (rowid, title, text, explanation, proposer, facets)
SELECT id, title, text, explanation, proposer, facets FROM searchable_amendments;

CREATE TRIGGER amendment_words_by_status AFTER UPDATE OF status, reference, proposer, section_id ON amendments
WHEN NEW.reference IS NOT NULL AND (NEW.status IS NOT OLD.status OR NEW.proposer IS NOT OLD.proposer
    OR NEW.section_id IS NOT OLD.section_id OR (OLD.reference IS NULL AND NEW.status <> 'submitted'))
BEGIN
    DELETE FROM amendment_words WHERE rowid = NEW.id;
    INSERT INTO amendment_words (rowid, title, text, explanation, proposer, facets)
    SELECT id, title, text, explanation, proposer, facets FROM searchable_amendments WHERE id = NEW.id;
END;
CREATE TRIGGER amendment_words_by_version AFTER INSERT ON amendment_versions
WHEN (SELECT reference FROM amendments WHERE id = NEW.amendment_id) IS NOT NULL
BEGIN
    DELETE FROM amendment_words WHERE rowid = NEW.amendment_id;
    INSERT INTO amendment_words (rowid, title, text, explanation, proposer, facets)
    SELECT id, title, text, explanation, proposer, facets FROM searchable_amendments
    WHERE id = NEW.amendment_id;
END;
CREATE TRIGGER amendment_words_by_edit AFTER UPDATE ON amendment_versions
BEGIN
    DELETE FROM amendment_words WHERE rowid = NEW.amendment_id;
    INSERT INTO amendment_words (rowid, title, text, explanation, proposer, facets)
    SELECT id, title, text, explanation, proposer, facets FROM searchable_amendments
    WHERE id = NEW.amendment_id;
END;
CREATE TRIGGER amendment_words_by_chapter AFTER UPDATE OF chapter_id ON sections
WHEN NEW.chapter_id IS NOT OLD.chapter_id
BEGIN
    DELETE FROM amendment_words WHERE rowid IN (SELECT id FROM amendments WHERE section_id = NEW.id);
    INSERT INTO amendment_words (rowid, title, text, explanation, proposer, facets)
    SELECT v.id, v.title, v.text, v.explanation, v.proposer, v.facets FROM searchable_amendments AS v
    WHERE v.id IN (SELECT id FROM amendments WHERE section_id = NEW.id);
END;
