-- Several administrators, each with a role. One that is not enabled has no key: its password opens nothing.
ALTER TABLE administrator ADD COLUMN role TEXT NOT NULL DEFAULT '管理员' CHECK (role IN ('管理员', '经办', '只读'));
ALTER TABLE administrator ADD COLUMN state TEXT NOT NULL DEFAULT '启用' CHECK (state IN ('启用', '停用', '已移除'));
ALTER TABLE administrator ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1));
ALTER TABLE administrator ADD COLUMN last_login TEXT NOT NULL DEFAULT '';
-- To which the data key is sealed, so that another one can be handed over without the password. Sealed, so that nobody can put
-- another in its place. NULL until the first login after the update.
ALTER TABLE administrator ADD COLUMN sealed_public BLOB;

-- Until now the log called the only administrator by the name in 管理员信息.
UPDATE administrator SET name = coalesce((SELECT nullif(name, '') FROM profile WHERE id = 1), name) WHERE (SELECT count(*) FROM administrator) = 1;
UPDATE administrator SET last_login = coalesce((SELECT max(at) FROM audit WHERE action IN ('login', 'login.recovery')), '') WHERE (SELECT count(*) FROM administrator) = 1;

-- sealed_private is an administrator's own, sealed under the password; sealed_key is sealed to the public key that belongs to it then.
-- checksum tells a damaged line from a wrong password.
ALTER TABLE key_wrap ADD COLUMN sealed_private BLOB;
ALTER TABLE key_wrap ADD COLUMN checksum TEXT;

CREATE TRIGGER administrator_stays BEFORE DELETE ON administrator
BEGIN SELECT RAISE(ABORT, 'an administrator is never deleted'); END;
CREATE TRIGGER administrator_removed BEFORE UPDATE ON administrator WHEN OLD.state = '已移除' AND (NEW.state <> OLD.state OR NEW.role <> OLD.role)
BEGIN SELECT RAISE(ABORT, 'an administrator is removed for good'); END;
CREATE TRIGGER administrator_last BEFORE UPDATE OF role, state ON administrator
WHEN OLD.role = '管理员' AND OLD.state = '启用' AND (NEW.role <> '管理员' OR NEW.state <> '启用')
    AND NOT EXISTS (SELECT 1 FROM administrator WHERE id <> OLD.id AND role = '管理员' AND state = '启用')
BEGIN SELECT RAISE(ABORT, 'the last administrator with all rights stays'); END;
CREATE TRIGGER administrator_keyless AFTER UPDATE OF state ON administrator WHEN NEW.state <> '启用'
BEGIN
    DELETE FROM key_wrap WHERE administrator_id = NEW.id;
    UPDATE administrator SET sealed_public = NULL WHERE id = NEW.id AND sealed_public IS NOT NULL;
END;
CREATE TRIGGER key_wrap_enabled BEFORE INSERT ON key_wrap
WHEN NEW.administrator_id IS NOT NULL AND (SELECT state FROM administrator WHERE id = NEW.administrator_id) <> '启用'
BEGIN SELECT RAISE(ABORT, 'no key for an administrator who is not enabled'); END;

-- Wrong tries to log in since the last right one, by administrator, 0 for the recovery key, and how long the next has to wait, as it
-- was when it was last looked at.
CREATE TABLE login_guard (
    administrator_id INTEGER PRIMARY KEY,
    wrong            INTEGER NOT NULL CHECK (wrong >= 0),
    wait_ms          INTEGER NOT NULL CHECK (wait_ms >= 0),
    seen_ms          INTEGER NOT NULL
) STRICT;

-- Which data key everything is sealed under, by its name, so that a program that still holds the former one writes nothing.
CREATE TABLE data_key (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL CHECK (name <> '')
) STRICT;

-- The data keys of before, sealed under the present one: old backups and packages are proved with them.
CREATE TABLE former_key (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    sealed_key BLOB NOT NULL,
    at         TEXT NOT NULL,
    user       TEXT NOT NULL
) STRICT;
