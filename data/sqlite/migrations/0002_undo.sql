-- A record's revision rises with every change, whoever makes it, so that an undo knows what was touched since.
ALTER TABLE trainee ADD COLUMN revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0);
CREATE TRIGGER trainee_revised AFTER UPDATE ON trainee WHEN NEW.revision = OLD.revision
BEGIN UPDATE trainee SET revision = OLD.revision + 1 WHERE id = NEW.id; END;
ALTER TABLE offline_hours ADD COLUMN revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0);
CREATE TRIGGER offline_hours_revised AFTER UPDATE ON offline_hours WHEN NEW.revision = OLD.revision
BEGIN UPDATE offline_hours SET revision = OLD.revision + 1 WHERE id = NEW.id; END;

-- What an import added has keys that follow each other, because it is the only writer while it runs.
ALTER TABLE import_run ADD COLUMN first_added INTEGER;
ALTER TABLE import_run ADD COLUMN last_added INTEGER CHECK ((last_added IS NULL) = (first_added IS NULL) AND last_added >= first_added);
ALTER TABLE import_run ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0 CHECK (recorded IN (0, 1)); -- what it did is written down
ALTER TABLE import_run ADD COLUMN undone_at TEXT;
ALTER TABLE import_run ADD COLUMN undone_by TEXT CHECK ((undone_by IS NULL) = (undone_at IS NULL));
CREATE TRIGGER import_run_undone_once BEFORE UPDATE OF undone_at ON import_run WHEN OLD.undone_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an import is undone once'); END;

-- What an import changed: the fields with what stood there and what it wrote, and the revision as it left the record.
-- record_id is a trainee's or a record's of offline hours; it may be gone since.
CREATE TABLE import_row (
    id             INTEGER PRIMARY KEY,
    run_id         INTEGER NOT NULL REFERENCES import_run (id),
    record_id      INTEGER NOT NULL,
    revision       INTEGER NOT NULL CHECK (revision > 0),
    sealed_changes BLOB NOT NULL,
    UNIQUE (run_id, record_id)
) STRICT;

CREATE TABLE import_organization (
    run_id          INTEGER NOT NULL REFERENCES import_run (id),
    organization_id INTEGER NOT NULL,
    name            TEXT NOT NULL,
    PRIMARY KEY (run_id, organization_id)
) STRICT, WITHOUT ROWID;

-- What a person made of the columns of a kind of sheet, by the keyed hash of its headers. The keys are our forms', nothing is the file's.
CREATE TABLE column_mapping (
    form          TEXT NOT NULL CHECK (form IN ('trainees', 'hours')),
    headers_index BLOB NOT NULL,
    keys          TEXT NOT NULL,
    at            TEXT NOT NULL,
    PRIMARY KEY (form, headers_index)
) STRICT, WITHOUT ROWID;

-- Requests that the platform give a trainee the default password; at most one that is open.
CREATE TABLE password_reset (
    id         INTEGER PRIMARY KEY,
    trainee_id INTEGER NOT NULL REFERENCES trainee (id),
    at         TEXT NOT NULL,
    user       TEXT NOT NULL,
    done_at    TEXT CHECK (done_at >= at)
) STRICT;
CREATE UNIQUE INDEX password_reset_open ON password_reset (trainee_id) WHERE done_at IS NULL;
CREATE INDEX password_reset_trainee ON password_reset (trainee_id);
