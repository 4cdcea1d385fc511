-- 银行流水. Whom the unit paid, for what and from which account is sealed as one value; day and amounts are open, so that
-- the database can sum them.
CREATE TABLE bank_statement (
    id        INTEGER PRIMARY KEY,
    file      TEXT NOT NULL,
    bank      TEXT NOT NULL,
    at        TEXT NOT NULL,
    user      TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,
    added     INTEGER NOT NULL CHECK (added >= 0),
    already   INTEGER NOT NULL CHECK (already >= 0),
    noise     INTEGER NOT NULL CHECK (noise >= 0),
    gaps      INTEGER NOT NULL CHECK (gaps >= 0)
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
CREATE INDEX statement_line_statement ON statement_line (statement_id);

-- Lines that somebody put aside: they look like payments for the training and are none.
CREATE TABLE statement_line_aside (
    line_id INTEGER PRIMARY KEY REFERENCES statement_line (id),
    at      TEXT NOT NULL,
    user    TEXT NOT NULL
) STRICT;

-- Which lines paid which orders, as somebody settled it or as it was certain. A line and an order stand in one match at most, so no yuan
-- counts twice; taking a match back removes it, and 操作日志 remembers.
CREATE TABLE statement_match (
    id     INTEGER PRIMARY KEY,
    tier   INTEGER NOT NULL CHECK (tier BETWEEN 0 AND 7),
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

-- Months that were closed (月结), with what they added up to, in 分: a month whose figures are others now has been touched since.
CREATE TABLE month_closing (
    month    TEXT PRIMARY KEY CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
    at       TEXT NOT NULL,
    user     TEXT NOT NULL,
    note     TEXT NOT NULL,
    lines    INTEGER NOT NULL CHECK (lines >= 0),
    payments INTEGER NOT NULL CHECK (payments >= 0),
    paid     INTEGER NOT NULL,
    orders   INTEGER NOT NULL CHECK (orders >= 0),
    ordered  INTEGER NOT NULL CHECK (ordered >= 0),
    settled  INTEGER NOT NULL,
    accepted INTEGER NOT NULL CHECK (accepted >= 0)
) STRICT, WITHOUT ROWID;

-- What a person made of a bank's columns is remembered too.
CREATE TABLE column_mapping_next (
    form          TEXT NOT NULL CHECK (form IN ('trainees', 'hours', 'statement')),
    headers_index BLOB NOT NULL,
    keys          TEXT NOT NULL,
    at            TEXT NOT NULL,
    PRIMARY KEY (form, headers_index)
) STRICT, WITHOUT ROWID;
INSERT INTO column_mapping_next SELECT form, headers_index, keys, at FROM column_mapping;
DROP TABLE column_mapping;
ALTER TABLE column_mapping_next RENAME TO column_mapping;
