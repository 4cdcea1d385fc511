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
