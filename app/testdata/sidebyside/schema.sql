-- The table of trainees and its indexes as the program has them, for the scripts that import beside it.
CREATE TABLE organization (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO organization VALUES (1, '北京市第九实验医院'), (2, '骨科');
CREATE TABLE trainee (
    id               INTEGER PRIMARY KEY,
    username         TEXT CHECK (username <> ''),
    name             TEXT NOT NULL CHECK (name <> ''),
    document_type    TEXT NOT NULL CHECK (document_type = '居民身份证' OR document_type IN ('港澳台居民居住证', '外国人永久居留身份证', '护照')),
    sealed_id_number BLOB NOT NULL,
    id_index         BLOB NOT NULL UNIQUE,
    sex              TEXT NOT NULL CHECK (sex = '男' OR sex = '女' OR sex = ''),
    sealed_birth     BLOB,
    sealed_mobile    BLOB,
    organization_id  INTEGER NOT NULL REFERENCES organization (id),
    category         TEXT NOT NULL,
    title_name       TEXT NOT NULL,
    title_level      TEXT NOT NULL,
    education        TEXT NOT NULL,
    staff_number     TEXT NOT NULL,
    sealed_remark    BLOB,
    status           TEXT NOT NULL CHECK (status = '启用' OR status = '停用'),
    created_at       TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX trainee_username ON trainee (username) WHERE username IS NOT NULL;
CREATE INDEX trainee_organization ON trainee (organization_id);
