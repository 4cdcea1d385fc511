-- Changes to orders, vouchers and invoices.
ALTER TABLE payment_order ADD COLUMN invoice_requested_at TEXT NOT NULL DEFAULT '';

-- A voucher may be a PDF receipt, and taking one out can be undone. The tables are made anew because a CHECK changes.
CREATE TABLE voucher_next (
    id              INTEGER PRIMARY KEY,
    order_id        INTEGER NOT NULL REFERENCES payment_order (id),
    name            TEXT NOT NULL,
    type            TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'image/bmp', 'image/webp', 'image/tiff', 'application/pdf')),
    width           INTEGER NOT NULL CHECK (width > 0),
    height          INTEGER NOT NULL CHECK (height > 0),
    size            INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),
    sha256          TEXT NOT NULL CHECK (length(sha256) = 64),
    turned          INTEGER NOT NULL DEFAULT 0 CHECK (turned BETWEEN 0 AND 3),
    pages           INTEGER NOT NULL DEFAULT 0 CHECK (pages >= 0 AND (pages > 0) = (type = 'application/pdf')),
    page            INTEGER NOT NULL DEFAULT 0 CHECK (page BETWEEN 0 AND max(0, pages - 1)),
    blurred         INTEGER NOT NULL DEFAULT 0 CHECK (blurred IN (0, 1)),
    submitted       INTEGER NOT NULL DEFAULT 0 CHECK (submitted IN (0, 1)), -- some revision shows it, so it is never deleted
    sealed_receipt  BLOB, -- what a PDF receipt's text says
    serial_index    BLOB, -- of the receipt's own number
    sealed_likeness BLOB, -- by which pictures that look alike are found; NULL until it was computed
    added_at        TEXT NOT NULL,
    removed_at      TEXT
) STRICT;
INSERT INTO voucher_next (id, order_id, name, type, width, height, size, sha256, turned, submitted, added_at)
SELECT v.id, v.order_id, v.name, v.type, v.width, v.height, v.size, v.sha256, v.turned, o.review NOT IN ('草稿', '待提交') OR o.revision > 1, v.added_at
FROM voucher v JOIN payment_order o ON o.id = v.order_id;
CREATE TABLE voucher_content_next (
    voucher_id     INTEGER PRIMARY KEY REFERENCES voucher_next (id) ON DELETE CASCADE,
    sealed_content BLOB NOT NULL
) STRICT;
INSERT INTO voucher_content_next (voucher_id, sealed_content) SELECT voucher_id, sealed_content FROM voucher_content;
DROP TABLE voucher_content;
DROP TABLE voucher;
ALTER TABLE voucher_next RENAME TO voucher;
ALTER TABLE voucher_content_next RENAME TO voucher_content;
CREATE INDEX voucher_sha256 ON voucher (sha256);
CREATE INDEX voucher_serial ON voucher (serial_index) WHERE serial_index IS NOT NULL;
CREATE UNIQUE INDEX voucher_once ON voucher (order_id, sha256) WHERE removed_at IS NULL;
CREATE TRIGGER voucher_submitted BEFORE DELETE ON voucher WHEN OLD.submitted = 1
BEGIN SELECT RAISE(ABORT, 'a voucher that was handed over stays'); END;

-- Pictures of different files that show the same receipt.
CREATE TABLE voucher_alike (
    voucher_id INTEGER NOT NULL REFERENCES voucher (id) ON DELETE CASCADE,
    other_id   INTEGER NOT NULL REFERENCES voucher (id) ON DELETE CASCADE,
    PRIMARY KEY (voucher_id, other_id),
    CHECK (voucher_id < other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_alike_other ON voucher_alike (other_id);

-- An order as it was each time it was handed over.
CREATE TABLE order_revision (
    id             INTEGER PRIMARY KEY,
    order_id       INTEGER NOT NULL REFERENCES payment_order (id),
    revision       INTEGER NOT NULL CHECK (revision >= 1),
    at             TEXT NOT NULL CHECK (at <> ''),
    user           TEXT NOT NULL,
    confirmed      TEXT NOT NULL, -- JSON list of the warnings' sentences
    sealed_content BLOB NOT NULL,
    UNIQUE (order_id, revision)
) STRICT;
CREATE TRIGGER order_revision_unchanged BEFORE UPDATE ON order_revision
BEGIN SELECT RAISE(ABORT, 'what was handed over is never edited'); END;
CREATE TRIGGER order_revision_stays BEFORE DELETE ON order_revision
BEGIN SELECT RAISE(ABORT, 'what was handed over is never edited'); END;

-- Fields of the official form that were carried over by hand (逐项复制助手).
CREATE TABLE order_copied (
    order_id INTEGER NOT NULL REFERENCES payment_order (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    key      TEXT NOT NULL CHECK (key <> ''),
    at       TEXT NOT NULL,
    PRIMARY KEY (order_id, revision, key)
) STRICT, WITHOUT ROWID;

ALTER TABLE invoice_issue ADD COLUMN reverse_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE invoice_issue ADD COLUMN refilled_at TEXT CHECK (refilled_at IS NULL OR reversed_on IS NOT NULL); -- when the details of the next one were filled in
CREATE TRIGGER invoice_issue_total BEFORE INSERT ON invoice_issue
WHEN NEW.amount IS NOT (SELECT sum(amount) FROM order_line WHERE order_id = NEW.order_id)
BEGIN SELECT RAISE(ABORT, 'an invoice is over the whole order'); END;
CREATE TRIGGER invoice_issue_fixed BEFORE UPDATE OF order_id, amount ON invoice_issue
BEGIN SELECT RAISE(ABORT, 'an invoice keeps its order and amount'); END;
CREATE TRIGGER invoice_issue_reversed BEFORE UPDATE OF reversed_on ON invoice_issue
WHEN OLD.reversed_on IS NOT NULL OR NEW.reverse_reason = ''
BEGIN SELECT RAISE(ABORT, 'an invoice is reversed once, for a reason'); END;
CREATE TRIGGER invoice_issue_final BEFORE UPDATE OF number, issued_on ON invoice_issue WHEN OLD.reversed_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a reversed invoice stays as it was'); END;
CREATE TRIGGER invoice_issue_stays BEFORE DELETE ON invoice_issue WHEN OLD.reversed_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a reversed invoice stays'); END;
CREATE TRIGGER payment_order_invoiced BEFORE UPDATE OF review ON payment_order
WHEN NEW.review = '作废' AND OLD.review <> '作废' AND EXISTS (SELECT 1 FROM invoice_issue WHERE order_id = OLD.id AND reversed_on IS NULL)
BEGIN SELECT RAISE(ABORT, 'an order with a live invoice is not voided'); END;
CREATE TRIGGER payment_order_transaction BEFORE UPDATE OF review ON payment_order
WHEN NEW.review = '审核通过' AND OLD.review <> '审核通过' AND NEW.mode = '在线支付'
    AND EXISTS (SELECT 1 FROM payment_order o WHERE o.id <> NEW.id AND o.mode = '在线支付' AND o.review = '审核通过' AND o.transaction_number = NEW.transaction_number)
BEGIN SELECT RAISE(ABORT, 'a transaction pays one order'); END;

-- An invoice's own file, kept byte for byte.
CREATE TABLE invoice_file (
    id           INTEGER PRIMARY KEY,
    issue_id     INTEGER NOT NULL REFERENCES invoice_issue (id),
    name         TEXT NOT NULL CHECK (name <> ''),
    type         TEXT NOT NULL CHECK (type IN ('application/pdf', 'application/ofd', 'application/xml')),
    size         INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),
    sha256       TEXT NOT NULL CHECK (length(sha256) = 64),
    sealed_facts BLOB,
    added_at     TEXT NOT NULL,
    removed_at   TEXT
) STRICT;
CREATE UNIQUE INDEX invoice_file_once ON invoice_file (issue_id, sha256) WHERE removed_at IS NULL;
CREATE TABLE invoice_file_content (
    file_id        INTEGER PRIMARY KEY REFERENCES invoice_file (id) ON DELETE CASCADE,
    sealed_content BLOB NOT NULL
) STRICT;

-- Invoice details that the unit remembers (开票资料).
CREATE TABLE invoice_profile (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL UNIQUE CHECK (name <> ''),
    is_default     INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    type           TEXT NOT NULL CHECK (type IN ('增值税电子普通发票', '增值税专用发票(纸质)')),
    title          TEXT NOT NULL CHECK (title <> ''),
    tax_number     TEXT NOT NULL,
    address        TEXT NOT NULL,
    telephone      TEXT NOT NULL,
    bank           TEXT NOT NULL,
    sealed_account BLOB,
    email          TEXT NOT NULL,
    sealed_mobile  BLOB,
    remark         TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX invoice_profile_default ON invoice_profile (is_default) WHERE is_default = 1;
