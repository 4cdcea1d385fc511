-- Changes to people, their history and password requests.

-- The roster's engine: the table of trainees is made anew, first in this file, so that later statements change the new one.
-- Whole lists are searched and sorted in memory, so the indexes that did it here are gone: each cost every import a random write
-- per row. What stands most often comes first in a CHECK, because every row pays for the comparisons before it.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE trainee_kept AS SELECT * FROM trainee;
DROP TABLE trainee;
CREATE TABLE trainee (
    id               INTEGER PRIMARY KEY,
    username         TEXT CHECK (username <> ''),
    name             TEXT NOT NULL CHECK (name <> ''),
    pinyin           TEXT NOT NULL,
    initials         TEXT NOT NULL,
    document_type    TEXT NOT NULL CHECK (document_type = '居民身份证' OR document_type IN ('港澳台居民居住证', '外国人永久居留身份证', '护照')),
    sealed_id_number BLOB NOT NULL,
    id_index         BLOB NOT NULL UNIQUE,
    id_tail_index    BLOB NOT NULL,
    person_index     BLOB NOT NULL,
    sex              TEXT NOT NULL CHECK (sex = '男' OR sex = '女' OR sex = ''),
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
    status           TEXT NOT NULL CHECK (status = '启用' OR status = '停用'),
    platform         TEXT NOT NULL CHECK (platform = '待报' OR platform IN ('已报盘', '平台已导入', '平台失败')),
    platform_reason  TEXT NOT NULL DEFAULT '',
    created_at       TEXT NOT NULL,
    updated_at       TEXT NOT NULL,
    revision         INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
    CHECK ((sealed_mobile IS NULL) = (mobile_index IS NULL))
) STRICT;
INSERT INTO trainee SELECT * FROM trainee_kept;
DROP TABLE trainee_kept;
CREATE UNIQUE INDEX trainee_username ON trainee (username) WHERE username IS NOT NULL;
CREATE INDEX trainee_organization ON trainee (organization_id);
CREATE INDEX trainee_payer ON trainee (payer_id) WHERE payer_id IS NOT NULL;
CREATE TRIGGER trainee_revised AFTER UPDATE ON trainee WHEN NEW.revision = OLD.revision
BEGIN UPDATE trainee SET revision = OLD.revision + 1 WHERE id = NEW.id; END;
