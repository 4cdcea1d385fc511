-- 报盘包: what was handed over for the platform, row by row as it stood in the package's sheets. The cells hold whole numbers, and the
-- platform's words may: both are sealed.
CREATE TABLE submission (
    id               INTEGER PRIMARY KEY,
    number           TEXT NOT NULL UNIQUE CHECK (number <> ''),
    plan_id          INTEGER NOT NULL REFERENCES plan (id),
    file             TEXT NOT NULL CHECK (file <> ''),
    sha256           TEXT NOT NULL CHECK (length(sha256) = 64),
    everything       INTEGER NOT NULL CHECK (everything IN (0, 1)),
    at               TEXT NOT NULL,
    user             TEXT NOT NULL,
    withdrawn_at     TEXT NOT NULL DEFAULT '',
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    CHECK ((withdrawn_at = '') = (withdrawn_reason = ''))
) STRICT;

CREATE TABLE submission_row (
    id            INTEGER PRIMARY KEY,
    submission_id INTEGER NOT NULL REFERENCES submission (id),
    place         INTEGER NOT NULL CHECK (place > 0),
    kind          TEXT NOT NULL CHECK (kind IN ('学员', '缴费订单', '线下学时', '充值')),
    subject_id    INTEGER NOT NULL,
    novelty       TEXT NOT NULL CHECK (novelty IN ('新增', '更正', '重报', '照旧')),
    file          TEXT NOT NULL CHECK (file <> ''),
    file_row      INTEGER NOT NULL CHECK (file_row > 0),
    label         TEXT NOT NULL,
    sealed_cells  BLOB NOT NULL,
    answer        TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', '成功', '失败')),
    sealed_reason BLOB,
    answered_at   TEXT NOT NULL DEFAULT '',
    UNIQUE (submission_id, place),
    UNIQUE (submission_id, kind, subject_id),
    UNIQUE (submission_id, file, file_row),
    CHECK ((answer = '') = (answered_at = '')),
    CHECK (answer <> '失败' OR sealed_reason IS NOT NULL)
) STRICT;
CREATE INDEX submission_row_subject ON submission_row (kind, subject_id);

CREATE TRIGGER submission_is_kept BEFORE DELETE ON submission
BEGIN SELECT RAISE(ABORT, 'a package is never forgotten'); END;
CREATE TRIGGER submission_is_written_once BEFORE UPDATE OF number, plan_id, file, sha256, everything, at, user ON submission
BEGIN SELECT RAISE(ABORT, 'a package is written once'); END;
CREATE TRIGGER submission_row_is_kept BEFORE DELETE ON submission_row
BEGIN SELECT RAISE(ABORT, 'a package is never forgotten'); END;
CREATE TRIGGER submission_row_is_written_once BEFORE UPDATE OF submission_id, place, kind, subject_id, novelty, file, file_row, label, sealed_cells ON submission_row
BEGIN SELECT RAISE(ABORT, 'a package is written once'); END;
