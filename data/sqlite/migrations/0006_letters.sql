-- A letter goes through the register's states, and may cover several orders.
CREATE TABLE letter_next (
    id             INTEGER PRIMARY KEY,
    number         TEXT NOT NULL UNIQUE,
    order_id       INTEGER NOT NULL REFERENCES payment_order (id), -- the first that it covers
    state          TEXT NOT NULL CHECK (state IN ('已生成', '已打印', '已盖章', '已寄出', '已回签', '已作废')),
    sha256         TEXT NOT NULL CHECK (length(sha256) = 64),
    sealed_content BLOB NOT NULL,
    created_at     TEXT NOT NULL
) STRICT;
INSERT INTO letter_next SELECT id, number, order_id, state, sha256, sealed_content, created_at FROM letter;
DROP TABLE letter;
ALTER TABLE letter_next RENAME TO letter;

-- The orders that a letter covers. live mirrors the letter's state, so that no order has two letters that hold.
CREATE TABLE letter_order (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    order_id  INTEGER NOT NULL REFERENCES payment_order (id),
    live      INTEGER NOT NULL CHECK (live IN (0, 1)),
    PRIMARY KEY (letter_id, order_id)
) STRICT, WITHOUT ROWID;
INSERT INTO letter_order SELECT id, order_id, state <> '已作废' FROM letter;
CREATE UNIQUE INDEX letter_order_live ON letter_order (order_id) WHERE live = 1;
CREATE TRIGGER letter_voided AFTER UPDATE OF state ON letter WHEN NEW.state = '已作废'
BEGIN UPDATE letter_order SET live = 0 WHERE letter_id = NEW.id; END;
CREATE TRIGGER letter_stays_void BEFORE UPDATE OF state ON letter WHEN OLD.state = '已作废' AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'a void letter stays void'); END;
CREATE TRIGGER letter_kept BEFORE DELETE ON letter
BEGIN SELECT RAISE(ABORT, 'letters are voided, never deleted'); END;

-- 登记: every step of a letter, forward and back. Rows are added, never changed.
CREATE TABLE letter_step (
    id        INTEGER PRIMARY KEY,
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    state     TEXT NOT NULL CHECK (state IN ('已生成', '已打印', '已盖章', '已寄出', '已回签', '已作废')),
    at        TEXT NOT NULL,
    user      TEXT NOT NULL,
    on_day    TEXT NOT NULL CHECK (length(on_day) = 10),
    carrier   TEXT NOT NULL CHECK (carrier = '' OR state = '已寄出'),
    tracking  TEXT NOT NULL CHECK (tracking = '' OR carrier <> ''),
    back      INTEGER NOT NULL CHECK (back IN (0, 1)),
    note      TEXT NOT NULL CHECK (note <> '' OR back = 0)
) STRICT;
CREATE INDEX letter_step_letter ON letter_step (letter_id, id);
CREATE TRIGGER letter_step_unchanged BEFORE UPDATE ON letter_step
BEGIN SELECT RAISE(ABORT, 'the register is never edited'); END;
CREATE TRIGGER letter_step_stays BEFORE DELETE ON letter_step
BEGIN SELECT RAISE(ABORT, 'the register is never edited'); END;
INSERT INTO letter_step (letter_id, state, at, user, on_day, carrier, tracking, back, note)
    SELECT id, '已生成', created_at, '', substr(created_at, 1, 10), '', '', 0, '' FROM letter ORDER BY id;
INSERT INTO letter_step (letter_id, state, at, user, on_day, carrier, tracking, back, note)
    SELECT id, '已作废', created_at, '', substr(created_at, 1, 10), '', '', 0, '旧版本没有记录作废的时间和原因' FROM letter WHERE state = '已作废' ORDER BY id;

-- The letter as it came back, signed: pictures and PDFs.
CREATE TABLE letter_scan (
    id             INTEGER PRIMARY KEY,
    letter_id      INTEGER NOT NULL REFERENCES letter (id),
    name           TEXT NOT NULL,
    type           TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'image/bmp', 'image/webp', 'image/tiff', 'application/pdf')),
    size           INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),
    sha256         TEXT NOT NULL CHECK (length(sha256) = 64),
    added_at       TEXT NOT NULL,
    removed        INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    sealed_content BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX letter_scan_once ON letter_scan (letter_id, sha256) WHERE removed = 0;
