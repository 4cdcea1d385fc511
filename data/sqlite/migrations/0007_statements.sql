-- 银行流水. Whom the unit paid, for what and from which account is sealed as one value; day and amounts are open, so that
-- the database can sum them.
CREATE TABLE bank_statement (
    id      INTEGER PRIMARY KEY,
    file    TEXT NOT NULL,
    at      TEXT NOT NULL,
    user    TEXT NOT NULL,
    added   INTEGER NOT NULL CHECK (added >= 0),
    already INTEGER NOT NULL CHECK (already >= 0),
    noise   INTEGER NOT NULL CHECK (noise >= 0)
) STRICT;

CREATE TABLE statement_line (
    id            INTEGER PRIMARY KEY,
    statement_id  INTEGER NOT NULL REFERENCES bank_statement (id),
    source_row    INTEGER NOT NULL CHECK (source_row > 0),
    at            TEXT NOT NULL CHECK (at <> ''),
    paid          INTEGER NOT NULL CHECK (paid >= 0),
    received      INTEGER NOT NULL CHECK (received >= 0),
    balance       INTEGER,
    sealed_detail BLOB,
    CHECK ((paid > 0) <> (received > 0))
) STRICT;
CREATE INDEX statement_line_at ON statement_line (at);
