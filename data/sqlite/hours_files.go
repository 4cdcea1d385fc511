package sqlite

import (
	"crypto/sha256"
	"encoding/hex"

	"peixun/data"
)

// AddHoursFile stores a scan or PDF of a record, encrypted. The same file twice with one record is refused.
func (t *Tx) AddHoursFile(hoursID int64, f data.HoursPaper, content []byte) (data.HoursPaper, error) {
	id, err := t.Next("hours_file")
	if err != nil {
		return f, err
	}
	sum := sha256.Sum256(content)
	f.ID, f.Size, f.SHA256 = id, int64(len(content)), hex.EncodeToString(sum[:])
	sealed, err := t.seal(string(content), "hours_file", id, "content")
	if err != nil {
		return f, err
	}
	_, err = t.exec("INSERT INTO hours_file (id, hours_id, name, type, size, sha256, sealed_content, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		id, hoursID, f.Name, f.Type, f.Size, f.SHA256, sealed, string(f.AddedAt))
	return f, fileTwice(err)
}

func fileTwice(err error) error {
	if isConstraint(err, "hours_file.hours_id") {
		return data.Refuse("file-twice", "file", "这个文件已经附在这条记录上。", "不用再添加。").Because(err)
	}
	return err
}

// HoursFiles lists a record's files, without those that were taken out.
func (t *Tx) HoursFiles(hoursID int64) ([]data.HoursPaper, error) {
	var files []data.HoursPaper
	err := t.each("SELECT id, name, type, size, sha256, added_at FROM hours_file WHERE hours_id = ? AND removed_at IS NULL ORDER BY id", []any{hoursID},
		func(scan func(...any) error) error {
			var f data.HoursPaper
			err := scan(&f.ID, &f.Name, &f.Type, &f.Size, &f.SHA256, &f.AddedAt)
			files = append(files, f)
			return err
		})
	return files, err
}

// HoursFileContent decrypts a file's own bytes.
func (t *Tx) HoursFileContent(id int64) ([]byte, error) {
	var sealed []byte
	if err := t.one("SELECT sealed_content FROM hours_file WHERE id = ?", []any{id}, &sealed); err != nil {
		return nil, err
	}
	content, err := t.open(sealed, "hours_file", id, "content")
	return []byte(content), err
}

// RemoveHoursFile takes a file out of a record; its content stays for RestoreHoursFile.
func (t *Tx) RemoveHoursFile(hoursID, id int64, at data.Moment) error {
	return t.change("UPDATE hours_file SET removed_at = ? WHERE id = ? AND hours_id = ? AND removed_at IS NULL", string(at), id, hoursID)
}

// RestoreHoursFile brings a file back that RemoveHoursFile took out.
func (t *Tx) RestoreHoursFile(hoursID, id int64) error {
	return fileTwice(t.change("UPDATE hours_file SET removed_at = NULL WHERE id = ? AND hours_id = ? AND removed_at IS NOT NULL", id, hoursID))
}
