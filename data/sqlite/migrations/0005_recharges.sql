-- What a run was for, and its first answer, so that whoever asks again under its id is told the same.
ALTER TABLE recharge_run ADD COLUMN kind TEXT NOT NULL DEFAULT '充值' CHECK (kind IN ('充值', '冲正', '平台退回', '恢复', '合并'));
UPDATE recharge_run SET kind = '冲正' WHERE request = 'reversal';
ALTER TABLE recharge_run ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE recharge_run ADD COLUMN left_after INTEGER CHECK (left_after >= 0); -- NULL: from before this was kept
CREATE INDEX recharge_run_batch ON recharge_run (batch_id);
CREATE TRIGGER recharge_run_new BEFORE INSERT ON recharge_run WHEN EXISTS (SELECT 1 FROM recharge_run WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a run is never replaced'); END;
CREATE TRIGGER recharge_run_unchanged BEFORE UPDATE ON recharge_run
BEGIN SELECT RAISE(ABORT, 'a run is never edited'); END;
CREATE TRIGGER recharge_run_stays BEFORE DELETE ON recharge_run
BEGIN SELECT RAISE(ABORT, 'a run is never edited'); END;

-- An order is approved for a whole run; its lines need not ask again, because an order with a batch stays approved.
CREATE TRIGGER recharge_run_approved BEFORE INSERT ON recharge_run
WHEN NEW.total > 0 AND (SELECT o.review FROM card_batch b JOIN payment_order o ON o.id = b.order_id WHERE b.id = NEW.batch_id) IS NOT '审核通过'
BEGIN SELECT RAISE(ABORT, 'recharge from an order that is not approved'); END;
DROP TRIGGER recharge_entry_approved;

-- REPLACE would give a batch another face, or its used money back, without asking the triggers of UPDATE and DELETE.
CREATE TRIGGER card_batch_new BEFORE INSERT ON card_batch WHEN EXISTS (SELECT 1 FROM card_batch WHERE id = NEW.id OR number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'card_batch.number: a batch is never replaced'); END;

-- Whom a run left out, and why.
CREATE TABLE recharge_refusal (
    run_id     TEXT NOT NULL REFERENCES recharge_run (id),
    position   INTEGER NOT NULL,
    trainee_id INTEGER NOT NULL REFERENCES trainee (id),
    code       TEXT NOT NULL CHECK (code <> ''),
    reason     TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX recharge_refusal_trainee ON recharge_refusal (trainee_id);
CREATE TRIGGER recharge_refusal_new BEFORE INSERT ON recharge_refusal
WHEN EXISTS (SELECT 1 FROM recharge_refusal WHERE run_id = NEW.run_id AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'a run is never replaced'); END;
CREATE TRIGGER recharge_refusal_unchanged BEFORE UPDATE ON recharge_refusal
BEGIN SELECT RAISE(ABORT, 'a run is never edited'); END;
CREATE TRIGGER recharge_refusal_stays BEFORE DELETE ON recharge_refusal
BEGIN SELECT RAISE(ABORT, 'a run is never edited'); END;

-- REPLACE removes rows without asking the triggers of DELETE, so the ledger takes nothing but its next line.
CREATE TRIGGER recharge_entry_next BEFORE INSERT ON recharge_entry
WHEN (SELECT id || ':' || hash FROM recharge_entry ORDER BY id DESC LIMIT 1) IS NOT nullif((NEW.id - 1) || ':' || NEW.previous, '0:')
    OR EXISTS (SELECT 1 FROM recharge_entry WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows at its end'); END;
CREATE TRIGGER recharge_entry_once BEFORE INSERT ON recharge_entry
WHEN EXISTS (SELECT 1 FROM recharge_entry WHERE run_id = NEW.run_id AND trainee_id = NEW.trainee_id)
BEGIN SELECT RAISE(ABORT, 'a run has one line for a person'); END;
CREATE TRIGGER recharge_entry_reversed BEFORE INSERT ON recharge_entry
WHEN NEW.reversal_of IS NOT NULL AND EXISTS (SELECT 1 FROM recharge_entry WHERE reversal_of = NEW.reversal_of)
BEGIN SELECT RAISE(ABORT, 'the entry is reversed already'); END;

-- The ledger's last line and how many there are, under the data key: who cuts lines off the end cannot write this anew.
CREATE TABLE recharge_head (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    sealed_head BLOB NOT NULL
) STRICT;

-- What the platform answered to a recharge; rows are added, never changed, and an entry's last row counts.
-- linked_entry is the reversal that released a failure's money, or the recharge that put it back when the failure was recorded wrongly.
CREATE TABLE recharge_answer (
    id           INTEGER PRIMARY KEY,
    entry_id     INTEGER NOT NULL REFERENCES recharge_entry (id),
    answer       TEXT NOT NULL CHECK (answer IN ('成功', '失败', '撤销')),
    reason       TEXT NOT NULL,
    linked_entry INTEGER UNIQUE REFERENCES recharge_entry (id),
    user         TEXT NOT NULL,
    at           TEXT NOT NULL,
    CHECK (answer <> '失败' OR (reason <> '' AND linked_entry IS NOT NULL)),
    CHECK (answer <> '撤销' OR reason <> ''),
    CHECK (answer <> '成功' OR linked_entry IS NULL)
) STRICT;
CREATE INDEX recharge_answer_entry ON recharge_answer (entry_id, id);
CREATE TRIGGER recharge_answer_next BEFORE INSERT ON recharge_answer
WHEN NEW.id IS NOT coalesce((SELECT max(id) FROM recharge_answer), 0) + 1
    OR EXISTS (SELECT 1 FROM recharge_answer WHERE linked_entry = NEW.linked_entry)
BEGIN SELECT RAISE(ABORT, 'answers are never replaced'); END;
CREATE TRIGGER recharge_answer_charge BEFORE INSERT ON recharge_answer
WHEN (SELECT amount > 0 FROM recharge_entry WHERE id = NEW.entry_id) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'the platform answers a recharge'); END;
CREATE TRIGGER recharge_answer_releases BEFORE INSERT ON recharge_answer
WHEN NEW.answer = '失败' AND (SELECT reversal_of FROM recharge_entry WHERE id = NEW.linked_entry) IS NOT NEW.entry_id
BEGIN SELECT RAISE(ABORT, 'a failure releases its money'); END;
CREATE TRIGGER recharge_answer_unchanged BEFORE UPDATE ON recharge_answer
BEGIN SELECT RAISE(ABORT, 'answers are never edited'); END;
CREATE TRIGGER recharge_answer_stays BEFORE DELETE ON recharge_answer
BEGIN SELECT RAISE(ABORT, 'answers are never edited'); END;

-- A run whose preview is open: its id stays until the answer is known, also over a restart. request holds keys and amounts, nothing personal.
CREATE TABLE recharge_draft (
    run_id  TEXT PRIMARY KEY CHECK (run_id <> ''),
    request TEXT NOT NULL,
    user    TEXT NOT NULL,
    at      TEXT NOT NULL
) STRICT;
