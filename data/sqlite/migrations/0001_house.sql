-- Columns named sealed_… hold AES-256-GCM values bound to table, row and column; columns named …_index hold keyed
-- hashes for lookup and uniqueness. Money is in 分, hours in hundredths, times are Shanghai wall-clock text.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Numbers that are given out once and never again: row keys, order numbers, the roster's version.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    last INTEGER NOT NULL CHECK (last > 0)
) STRICT;
CREATE TRIGGER counter_rises BEFORE UPDATE ON counter WHEN NEW.last <= OLD.last
BEGIN SELECT RAISE(ABORT, 'a counter never goes back'); END;
CREATE TRIGGER counter_stays BEFORE DELETE ON counter
BEGIN SELECT RAISE(ABORT, 'a counter is never dropped'); END;

CREATE TABLE administrator (
    id         INTEGER PRIMARY KEY,
    user       TEXT NOT NULL UNIQUE CHECK (user <> ''),
    name       TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- The data key, sealed once under each administrator's password and once under the recovery key (no administrator).
CREATE TABLE key_wrap (
    id               INTEGER PRIMARY KEY,
    administrator_id INTEGER UNIQUE REFERENCES administrator (id) ON DELETE CASCADE,
    time             INTEGER NOT NULL CHECK (time > 0),
    memory           INTEGER NOT NULL CHECK (memory > 0),
    threads          INTEGER NOT NULL CHECK (threads > 0),
    salt             BLOB NOT NULL,
    sealed_key       BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX key_wrap_one_recovery ON key_wrap ((administrator_id IS NULL)) WHERE administrator_id IS NULL;

CREATE TABLE profile (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    name          TEXT NOT NULL,
    department    TEXT NOT NULL,
    sealed_mobile BLOB,
    phone         TEXT NOT NULL,
    email         TEXT NOT NULL,
    uscc          TEXT NOT NULL,
    address       TEXT NOT NULL,
    postcode      TEXT NOT NULL
) STRICT;

CREATE TABLE organization (
    id        INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES organization (id),
    name      TEXT NOT NULL CHECK (name <> '' AND instr(name, '/') = 0),
    path      TEXT NOT NULL UNIQUE,
    depth     INTEGER NOT NULL CHECK (depth >= 0),
    position  INTEGER NOT NULL,
    payer_id  INTEGER REFERENCES organization (id),
    CHECK ((parent_id IS NULL) = (depth = 0))
) STRICT;
CREATE UNIQUE INDEX organization_one_root ON organization ((parent_id IS NULL)) WHERE parent_id IS NULL;
CREATE UNIQUE INDEX organization_sibling ON organization (parent_id, name) WHERE parent_id IS NOT NULL;

CREATE TABLE plan (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE CHECK (number <> '' AND number NOT GLOB '*[^0-9]*'),
    name       TEXT NOT NULL CHECK (name <> ''),
    publisher  TEXT NOT NULL,
    measure    TEXT NOT NULL,
    target     INTEGER NOT NULL CHECK (target >= 0),
    year       INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    starts_at  TEXT NOT NULL,
    ends_at    TEXT NOT NULL CHECK (ends_at >= starts_at),
    modifiable INTEGER NOT NULL CHECK (modifiable IN (0, 1)),
    price      INTEGER NOT NULL DEFAULT 0 CHECK (price BETWEEN 0 AND 9999999999)
) STRICT;

-- username is NULL where it is the identity number itself, which must not stand here in the clear.
CREATE TABLE trainee (
    id               INTEGER PRIMARY KEY,
    username         TEXT UNIQUE CHECK (username <> ''),
    name             TEXT NOT NULL CHECK (name <> ''),
    pinyin           TEXT NOT NULL,
    initials         TEXT NOT NULL,
    document_type    TEXT NOT NULL CHECK (document_type IN ('居民身份证', '港澳台居民居住证', '外国人永久居留身份证', '护照')),
    sealed_id_number BLOB NOT NULL,
    id_index         BLOB NOT NULL UNIQUE,
    id_tail_index    BLOB NOT NULL,
    person_index     BLOB NOT NULL,
    sex              TEXT NOT NULL CHECK (sex IN ('', '男', '女')),
    sealed_birth     BLOB,
    sealed_mobile    BLOB,
    mobile_index     BLOB,
    mobile_tail_index BLOB,
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
    status           TEXT NOT NULL CHECK (status IN ('启用', '停用')),
    platform         TEXT NOT NULL CHECK (platform IN ('待报', '已报盘', '平台已导入', '平台失败')),
    platform_reason  TEXT NOT NULL DEFAULT '',
    created_at       TEXT NOT NULL,
    updated_at       TEXT NOT NULL,
    CHECK ((sealed_mobile IS NULL) = (mobile_index IS NULL))
) STRICT;
CREATE INDEX trainee_organization ON trainee (organization_id);
CREATE INDEX trainee_payer ON trainee (payer_id) WHERE payer_id IS NOT NULL;
CREATE INDEX trainee_name ON trainee (name);
CREATE INDEX trainee_pinyin ON trainee (pinyin, id);
CREATE INDEX trainee_person ON trainee (person_index);
CREATE INDEX trainee_id_tail ON trainee (id_tail_index);
CREATE INDEX trainee_mobile ON trainee (mobile_index) WHERE mobile_index IS NOT NULL;
CREATE INDEX trainee_mobile_tail ON trainee (mobile_tail_index) WHERE mobile_tail_index IS NOT NULL;

-- What an import did, and the warnings that its confirmation covered (codes and row numbers, nothing personal).
CREATE TABLE import_run (
    id        INTEGER PRIMARY KEY,
    form      TEXT NOT NULL CHECK (form IN ('trainees', 'hours')),
    file      TEXT NOT NULL,
    sheet     TEXT NOT NULL,
    at        TEXT NOT NULL,
    user      TEXT NOT NULL,
    added     INTEGER NOT NULL CHECK (added >= 0),
    updated   INTEGER NOT NULL CHECK (updated >= 0),
    unchanged INTEGER NOT NULL CHECK (unchanged >= 0),
    failed    INTEGER NOT NULL CHECK (failed >= 0),
    skipped   INTEGER NOT NULL CHECK (skipped >= 0),
    confirmed TEXT NOT NULL
) STRICT;

CREATE TABLE payment_order (
    id                   INTEGER PRIMARY KEY,
    number               TEXT NOT NULL UNIQUE,
    revision             INTEGER NOT NULL CHECK (revision >= 1),
    plan_id              INTEGER NOT NULL REFERENCES plan (id),
    mode                 TEXT NOT NULL CHECK (mode IN ('先缴费后开票', '先开票后缴费', '在线支付')),
    payer_bank           TEXT NOT NULL,
    sealed_payer_account BLOB,
    payee_name           TEXT NOT NULL,
    payee_bank           TEXT NOT NULL,
    payee_account        TEXT NOT NULL,
    paid_at              TEXT NOT NULL,
    transaction_number   TEXT NOT NULL,
    review               TEXT NOT NULL CHECK (review IN ('草稿', '待提交', '已报盘', '待审核', '审核通过', '审核驳回', '作废')),
    review_note          TEXT NOT NULL,
    applicant            TEXT NOT NULL,
    applicant_unit       TEXT NOT NULL,
    created_at           TEXT NOT NULL,
    applied_at           TEXT NOT NULL,
    reviewed_at          TEXT NOT NULL,
    version              INTEGER NOT NULL DEFAULT 1,
    CHECK (review <> '审核通过' OR (applied_at <> '' AND reviewed_at >= applied_at)),
    CHECK (review NOT IN ('审核驳回', '作废') OR review_note <> '')
) STRICT;
CREATE INDEX payment_order_plan ON payment_order (plan_id);
CREATE TRIGGER payment_order_stays BEFORE DELETE ON payment_order
BEGIN SELECT RAISE(ABORT, 'an order is voided, never deleted'); END;
CREATE TRIGGER payment_order_number BEFORE UPDATE OF number ON payment_order WHEN NEW.number <> OLD.number
BEGIN SELECT RAISE(ABORT, 'a number is never changed'); END;

CREATE TABLE order_line (
    order_id          INTEGER NOT NULL REFERENCES payment_order (id),
    position          INTEGER NOT NULL,
    organization_id   INTEGER NOT NULL REFERENCES organization (id),
    organization_path TEXT NOT NULL,
    people            INTEGER NOT NULL CHECK (people >= 0),
    amount            INTEGER NOT NULL CHECK (amount BETWEEN 0 AND 9999999999),
    PRIMARY KEY (order_id, organization_id)
) STRICT;
CREATE INDEX order_line_organization ON order_line (organization_id);

CREATE TABLE voucher (
    id       INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES payment_order (id),
    name     TEXT NOT NULL,
    type     TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'image/bmp', 'image/webp', 'image/tiff')),
    width    INTEGER NOT NULL CHECK (width > 0),
    height   INTEGER NOT NULL CHECK (height > 0),
    size     INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),
    sha256   TEXT NOT NULL CHECK (length(sha256) = 64),
    turned   INTEGER NOT NULL DEFAULT 0 CHECK (turned BETWEEN 0 AND 3),
    added_at TEXT NOT NULL,
    UNIQUE (order_id, sha256)
) STRICT;
CREATE INDEX voucher_sha256 ON voucher (sha256);
CREATE TABLE voucher_content (
    voucher_id     INTEGER PRIMARY KEY REFERENCES voucher (id) ON DELETE CASCADE,
    sealed_content BLOB NOT NULL
) STRICT;

CREATE TABLE invoice (
    order_id       INTEGER PRIMARY KEY REFERENCES payment_order (id),
    type           TEXT NOT NULL CHECK (type IN ('', '增值税电子普通发票', '增值税专用发票(纸质)')),
    title          TEXT NOT NULL,
    tax_number     TEXT NOT NULL,
    address        TEXT NOT NULL,
    telephone      TEXT NOT NULL,
    bank           TEXT NOT NULL,
    sealed_account BLOB,
    email          TEXT NOT NULL,
    sealed_mobile  BLOB,
    remark         TEXT NOT NULL
) STRICT;

-- An invoice as issued; at most one that is not reversed (红冲) for an order, and no number twice.
CREATE TABLE invoice_issue (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES payment_order (id),
    number      TEXT NOT NULL UNIQUE CHECK (number <> ''),
    issued_on   TEXT NOT NULL,
    amount      INTEGER NOT NULL CHECK (amount > 0),
    reversed_on TEXT CHECK (reversed_on >= issued_on)
) STRICT;
CREATE UNIQUE INDEX invoice_issue_live ON invoice_issue (order_id) WHERE reversed_on IS NULL;

CREATE TABLE card_batch (
    id         INTEGER PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE CHECK (number <> ''),
    order_id   INTEGER NOT NULL REFERENCES payment_order (id),
    face       INTEGER NOT NULL CHECK (face > 0),
    used       INTEGER NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND face),
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX card_batch_order ON card_batch (order_id);
CREATE TRIGGER card_batch_approved BEFORE INSERT ON card_batch
WHEN (SELECT review FROM payment_order WHERE id = NEW.order_id) IS NOT '审核通过'
BEGIN SELECT RAISE(ABORT, 'a batch needs an approved order'); END;
CREATE TRIGGER payment_order_approved BEFORE UPDATE OF review ON payment_order
WHEN OLD.review = '审核通过' AND NEW.review <> '审核通过' AND EXISTS (SELECT 1 FROM card_batch WHERE order_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'an order with a batch stays approved'); END;
CREATE TRIGGER card_batch_fixed BEFORE UPDATE OF number, order_id, face ON card_batch
BEGIN SELECT RAISE(ABORT, 'a batch is not rewritten'); END;
CREATE TRIGGER card_batch_used BEFORE DELETE ON card_batch WHEN OLD.used <> 0
BEGIN SELECT RAISE(ABORT, 'a used batch stays'); END;

CREATE TABLE recharge_run (
    id       TEXT PRIMARY KEY CHECK (id <> ''),
    batch_id INTEGER NOT NULL REFERENCES card_batch (id),
    count    INTEGER NOT NULL CHECK (count > 0),
    total    INTEGER NOT NULL,
    at       TEXT NOT NULL,
    user     TEXT NOT NULL,
    request  TEXT NOT NULL -- hash of batch, people and amounts, so that one run id cannot stand for two requests
) STRICT;

-- The ledger of 充值明细: rows are added, never changed; each is hashed together with the one before.
CREATE TABLE recharge_entry (
    id          INTEGER PRIMARY KEY,
    run_id      TEXT NOT NULL REFERENCES recharge_run (id),
    batch_id    INTEGER NOT NULL REFERENCES card_batch (id),
    trainee_id  INTEGER NOT NULL REFERENCES trainee (id),
    amount      INTEGER NOT NULL CHECK (amount <> 0),
    reversal_of INTEGER UNIQUE REFERENCES recharge_entry (id),
    reason      TEXT NOT NULL,
    user        TEXT NOT NULL,
    at          TEXT NOT NULL,
    previous    TEXT NOT NULL,
    hash        TEXT NOT NULL UNIQUE,
    UNIQUE (run_id, trainee_id),
    CHECK ((reversal_of IS NULL) = (amount > 0)),
    CHECK (reversal_of IS NULL OR reason <> '')
) STRICT;
CREATE INDEX recharge_entry_trainee ON recharge_entry (trainee_id, batch_id, amount);
CREATE INDEX recharge_entry_batch ON recharge_entry (batch_id);
CREATE TRIGGER recharge_entry_enabled BEFORE INSERT ON recharge_entry
WHEN NEW.amount > 0 AND (SELECT status FROM trainee WHERE id = NEW.trainee_id) IS NOT '启用'
BEGIN SELECT RAISE(ABORT, 'trainee is disabled'); END;
CREATE TRIGGER recharge_entry_approved BEFORE INSERT ON recharge_entry
WHEN NEW.amount > 0 AND (SELECT o.review FROM card_batch b JOIN payment_order o ON o.id = b.order_id WHERE b.id = NEW.batch_id) IS NOT '审核通过'
BEGIN SELECT RAISE(ABORT, 'recharge from an order that is not approved'); END;
CREATE TRIGGER recharge_entry_reversal BEFORE INSERT ON recharge_entry
WHEN NEW.reversal_of IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM recharge_entry e
    WHERE e.id = NEW.reversal_of AND e.amount = -NEW.amount AND e.batch_id = NEW.batch_id AND e.trainee_id = NEW.trainee_id)
BEGIN SELECT RAISE(ABORT, 'a reversal takes back a whole entry'); END;
CREATE TRIGGER recharge_entry_counts AFTER INSERT ON recharge_entry
BEGIN UPDATE card_batch SET used = used + NEW.amount WHERE id = NEW.batch_id; END;
CREATE TRIGGER recharge_entry_unchanged BEFORE UPDATE ON recharge_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is never edited'); END;
CREATE TRIGGER recharge_entry_stays BEFORE DELETE ON recharge_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is never edited'); END;

CREATE TABLE offline_hours (
    id           INTEGER PRIMARY KEY,
    trainee_id   INTEGER NOT NULL REFERENCES trainee (id),
    plan_id      INTEGER NOT NULL REFERENCES plan (id),
    title        TEXT NOT NULL CHECK (title <> ''),
    category     TEXT NOT NULL,
    form         TEXT NOT NULL,
    organizer    TEXT NOT NULL,
    place        TEXT NOT NULL,
    starts_on    TEXT NOT NULL CHECK (starts_on <> ''),
    ends_on      TEXT NOT NULL CHECK (ends_on >= starts_on),
    hours        INTEGER NOT NULL CHECK (hours > 0),
    result       TEXT NOT NULL,
    certificate  TEXT NOT NULL,
    sealed_remark BLOB,
    sealed_extra BLOB,
    created_at   TEXT NOT NULL,
    UNIQUE (trainee_id, plan_id, title, starts_on, ends_on)
) STRICT;
CREATE INDEX offline_hours_plan ON offline_hours (plan_id, trainee_id);

CREATE TABLE letter (
    id             INTEGER PRIMARY KEY,
    number         TEXT NOT NULL UNIQUE,
    order_id       INTEGER NOT NULL REFERENCES payment_order (id),
    state          TEXT NOT NULL CHECK (state IN ('已生成', '已作废')),
    sha256         TEXT NOT NULL CHECK (length(sha256) = 64),
    sealed_content BLOB NOT NULL,
    created_at     TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX letter_live ON letter (order_id) WHERE state = '已生成';

-- 操作日志: rows are added, never changed; each is hashed together with the one before.
CREATE TABLE audit (
    id       INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    user     TEXT NOT NULL,
    action   TEXT NOT NULL CHECK (action <> ''),
    target   TEXT NOT NULL,
    detail   TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX audit_target ON audit (target);
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the log is never edited'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the log is never edited'); END;
