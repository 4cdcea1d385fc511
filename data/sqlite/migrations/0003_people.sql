-- Changes to people, their history and password requests.

-- The roster's engine: the table of trainees is made anew, first in this file, so that later statements change the new one.
-- Lists are searched and sorted in memory. The hashes and indexes that did it here are gone, because each cost every imported row
-- a write somewhere in the file. What stands most often comes first in a CHECK: every row pays for the comparisons before it.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE trainee_kept AS SELECT * FROM trainee;
DROP TABLE trainee;
CREATE TABLE trainee (
    id               INTEGER PRIMARY KEY,
    username         TEXT CHECK (username <> ''),
    name             TEXT NOT NULL CHECK (name <> ''),
    pinyin           TEXT NOT NULL,
    initials         TEXT NOT NULL,
    document_type    TEXT NOT NULL CHECK (document_type = '居民身份证' OR document_type IN ('港澳台居民居住证', '外国人永久居留身份证', '护照')),
    sealed_id_number BLOB NOT NULL,
    id_index         BLOB NOT NULL UNIQUE,
    sex              TEXT NOT NULL CHECK (sex = '男' OR sex = '女' OR sex = ''),
    sealed_birth     BLOB,
    sealed_mobile    BLOB,
    organization_id  INTEGER NOT NULL REFERENCES organization (id),
    payer_id         INTEGER REFERENCES organization (id),
    category         TEXT NOT NULL,
    title_series     TEXT NOT NULL,
    title_name       TEXT NOT NULL,
    title_level      TEXT NOT NULL,
    education        TEXT NOT NULL,
    staff_number     TEXT NOT NULL,
    sealed_email     BLOB,
    sealed_remark    BLOB,
    sealed_extra     BLOB,
    status           TEXT NOT NULL CHECK (status = '启用' OR status = '停用'),
    platform         TEXT NOT NULL CHECK (platform = '待报' OR platform IN ('已报盘', '平台已导入', '平台失败')),
    platform_reason  TEXT NOT NULL DEFAULT '',
    created_at       TEXT NOT NULL,
    updated_at       TEXT NOT NULL,
    revision         INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0)
) STRICT;
-- Surnames are spelled as surnames from now on (单 is shan): the program offers both functions.
INSERT INTO trainee SELECT id, username, name, name_pinyin(name), name_initials(name), document_type, sealed_id_number, id_index, sex, sealed_birth, sealed_mobile,
    organization_id, payer_id, category, title_series, title_name, title_level, education, staff_number, sealed_email, sealed_remark, sealed_extra,
    status, platform, platform_reason, created_at, updated_at, revision FROM trainee_kept;
DROP TABLE trainee_kept;
CREATE UNIQUE INDEX trainee_username ON trainee (username) WHERE username IS NOT NULL;
CREATE INDEX trainee_organization ON trainee (organization_id);
CREATE INDEX trainee_payer ON trainee (payer_id) WHERE payer_id IS NOT NULL;

-- Who was changed or removed, the latest some ten thousand times, so that the index in memory follows whoever does it. New people
-- need no line: their keys are above all others.
CREATE TABLE trainee_touched (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    trainee_id INTEGER NOT NULL
) STRICT;
CREATE TRIGGER trainee_revised AFTER UPDATE ON trainee WHEN NEW.revision = OLD.revision
BEGIN
    UPDATE trainee SET revision = OLD.revision + 1 WHERE id = NEW.id;
    INSERT INTO trainee_touched (trainee_id) VALUES (NEW.id);
    DELETE FROM trainee_touched WHERE id <= last_insert_rowid() - 20000;
END;
CREATE TRIGGER trainee_removed AFTER DELETE ON trainee
BEGIN INSERT INTO trainee_touched (trainee_id) VALUES (OLD.id); END;

-- Somebody who turned out to be another's second record: the row stays for the ledger and the log, and nothing lists it.
ALTER TABLE trainee ADD COLUMN merged_into INTEGER REFERENCES trainee (id) CHECK (merged_into <> id);
CREATE INDEX trainee_merged ON trainee (merged_into) WHERE merged_into IS NOT NULL;
CREATE TRIGGER trainee_merged_disabled BEFORE UPDATE ON trainee WHEN NEW.merged_into IS NOT NULL AND NEW.status <> '停用'
BEGIN SELECT RAISE(ABORT, 'a merged trainee stays disabled'); END;

-- What was done to trainees outside of imports, and to whom, with the old and the new values: their history, and what an undo needs.
CREATE TABLE trainee_change (
    id        INTEGER PRIMARY KEY,
    action    TEXT NOT NULL CHECK (action IN ('edit', 'status', 'move', 'organization', 'merge')),
    at        TEXT NOT NULL,
    user      TEXT NOT NULL,
    undone_at TEXT,
    undone_by TEXT CHECK ((undone_by IS NULL) = (undone_at IS NULL))
) STRICT;
CREATE TRIGGER trainee_change_undone_once BEFORE UPDATE OF undone_at ON trainee_change WHEN OLD.undone_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a change is undone once'); END;

-- revision is the trainee's as the change left it. Somebody whom the undo of an import removes takes the history along.
CREATE TABLE trainee_change_row (
    id             INTEGER PRIMARY KEY,
    change_id      INTEGER NOT NULL REFERENCES trainee_change (id),
    trainee_id     INTEGER NOT NULL REFERENCES trainee (id) ON DELETE CASCADE,
    revision       INTEGER NOT NULL CHECK (revision > 0),
    sealed_changes BLOB NOT NULL,
    UNIQUE (trainee_id, change_id)
) STRICT;
CREATE INDEX trainee_change_row_change ON trainee_change_row (change_id);

-- Two or more people made one. sealed_parts is what an undo puts back: whom the merge wrote over, and which hours and requests moved.
CREATE TABLE trainee_merge (
    change_id    INTEGER PRIMARY KEY REFERENCES trainee_change (id),
    kept_id      INTEGER NOT NULL REFERENCES trainee (id),
    sealed_parts BLOB NOT NULL
) STRICT;
CREATE INDEX trainee_merge_kept ON trainee_merge (kept_id);

-- Pairs of people of whom somebody said that they are two (不是同一人).
CREATE TABLE trainee_distinct (
    one_id   INTEGER NOT NULL REFERENCES trainee (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES trainee (id) ON DELETE CASCADE CHECK (one_id < other_id),
    at       TEXT NOT NULL,
    user     TEXT NOT NULL,
    PRIMARY KEY (one_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX trainee_distinct_other ON trainee_distinct (other_id);

ALTER TABLE password_reset ADD COLUMN done_by TEXT;

-- The platform's own template of a form, as it was loaded: exports fill this very file. Somebody's rows may stand in it.
CREATE TABLE official_template (
    id             INTEGER PRIMARY KEY,
    form           TEXT NOT NULL UNIQUE CHECK (form IN ('trainees', 'hours')),
    name           TEXT NOT NULL,
    sheet          TEXT NOT NULL,
    header_row     INTEGER NOT NULL CHECK (header_row > 0),
    columns        TEXT NOT NULL, -- JSON: each of the sheet's columns with its header and the form's key
    sealed_content BLOB NOT NULL,
    at             TEXT NOT NULL,
    user           TEXT NOT NULL
) STRICT;

-- What a merge of organisations moved beside trainees, so that it can be put back: keys and names of organisations and orders.
CREATE TABLE organization_merge (
    change_id INTEGER PRIMARY KEY REFERENCES trainee_change (id),
    parts     TEXT NOT NULL
) STRICT;
