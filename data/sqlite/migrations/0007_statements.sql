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

-- Which lines paid which orders, as somebody settled it or as it was certain. A line and an order stand in one match at most, so no yuan
-- counts twice; taking a match back removes it, and 操作日志 remembers.
CREATE TABLE statement_match (
    id     INTEGER PRIMARY KEY,
    tier   INTEGER NOT NULL CHECK (tier BETWEEN 0 AND 6),
    score  INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
    reason TEXT NOT NULL CHECK (reason <> ''),
    at     TEXT NOT NULL,
    user   TEXT NOT NULL
) STRICT;
CREATE TABLE statement_match_line (
    line_id  INTEGER PRIMARY KEY REFERENCES statement_line (id),
    match_id INTEGER NOT NULL REFERENCES statement_match (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX statement_match_line_match ON statement_match_line (match_id);
CREATE TABLE statement_match_order (
    order_id INTEGER PRIMARY KEY REFERENCES payment_order (id),
    match_id INTEGER NOT NULL REFERENCES statement_match (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX statement_match_order_match ON statement_match_order (match_id);

-- Differences that somebody accepted, with the reason. The figures stand with them: where they change, the difference is a new one.
CREATE TABLE difference_accepted (
    class      TEXT NOT NULL CHECK (class <> ''),
    line_id    INTEGER NOT NULL,
    order_id   INTEGER NOT NULL,
    batch_id   INTEGER NOT NULL,
    trainee_id INTEGER NOT NULL,
    one        INTEGER NOT NULL,
    other      INTEGER NOT NULL,
    reason     TEXT NOT NULL CHECK (reason <> ''),
    at         TEXT NOT NULL,
    user       TEXT NOT NULL,
    PRIMARY KEY (class, line_id, order_id, batch_id, trainee_id)
) STRICT, WITHOUT ROWID;
