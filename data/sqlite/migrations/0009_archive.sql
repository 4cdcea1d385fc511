-- 线下档案: what a person added, changed or removed by hand, so that it can be taken back, and the papers that prove a record. Both outlive
-- the record, whose key is never given again.
CREATE TABLE hours_change (
    id        INTEGER PRIMARY KEY,
    action    TEXT NOT NULL CHECK (action IN ('add', 'edit', 'remove')),
    at        TEXT NOT NULL,
    user      TEXT NOT NULL,
    undone_at TEXT,
    undone_by TEXT CHECK ((undone_by IS NULL) = (undone_at IS NULL))
) STRICT;
CREATE TRIGGER hours_change_undone_once BEFORE UPDATE OF undone_at ON hours_change WHEN OLD.undone_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a change is undone once'); END;
CREATE TABLE hours_change_row (
    id            INTEGER PRIMARY KEY,
    change_id     INTEGER NOT NULL REFERENCES hours_change (id),
    hours_id      INTEGER NOT NULL,
    trainee_id    INTEGER NOT NULL,
    revision      INTEGER NOT NULL CHECK (revision >= 0), -- as the act left the record, or found it where it removed it
    sealed_before BLOB,
    sealed_after  BLOB,
    UNIQUE (change_id, hours_id),
    CHECK (sealed_before IS NOT NULL OR sealed_after IS NOT NULL)
) STRICT;
CREATE INDEX hours_change_row_trainee ON hours_change_row (trainee_id);

CREATE TABLE hours_file (
    id             INTEGER PRIMARY KEY,
    hours_id       INTEGER NOT NULL,
    name           TEXT NOT NULL CHECK (name <> ''),
    type           TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'image/bmp', 'image/webp', 'image/tiff', 'application/pdf')),
    size           INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),
    sha256         TEXT NOT NULL CHECK (length(sha256) = 64),
    sealed_content BLOB NOT NULL,
    added_at       TEXT NOT NULL,
    removed_at     TEXT
) STRICT;
CREATE UNIQUE INDEX hours_file_once ON hours_file (hours_id, sha256) WHERE removed_at IS NULL;
