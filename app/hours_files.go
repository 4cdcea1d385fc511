package app

import (
	"context"
	"image"

	"peixun/data"
	"peixun/data/picture"
	"peixun/data/sqlite"
)

// AddHoursFile keeps a scan or PDF with a record of offline hours. It is judged by content, not by extension.
func (a *App) AddHoursFile(ctx context.Context, hoursID int64, path string) (data.HoursPaper, error) {
	if a.session.Load() == nil {
		return data.HoursPaper{}, locked()
	}
	name, kind, content, err := a.readPaper(ctx, path, "附件")
	if err != nil {
		return data.HoursPaper{}, err
	}
	file := data.HoursPaper{Name: name, Type: kind, AddedAt: a.Now()}
	err = a.changeHoursFiles(ctx, hoursID, "添加附件", func(tx *sqlite.Tx) error {
		file, err = tx.AddHoursFile(hoursID, file, content)
		return err
	})
	return file, err
}

// RemoveHoursFile takes a file out of a record; RestoreHoursFile brings it back.
func (a *App) RemoveHoursFile(ctx context.Context, hoursID, id int64) error {
	return a.changeHoursFiles(ctx, hoursID, "删除附件", func(tx *sqlite.Tx) error { return tx.RemoveHoursFile(hoursID, id, a.Now()) })
}

// RestoreHoursFile undoes RemoveHoursFile.
func (a *App) RestoreHoursFile(ctx context.Context, hoursID, id int64) error {
	return a.changeHoursFiles(ctx, hoursID, "恢复附件", func(tx *sqlite.Tx) error { return tx.RestoreHoursFile(hoursID, id) })
}

func (a *App) changeHoursFiles(ctx context.Context, hoursID int64, what string, change func(tx *sqlite.Tx) error) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		record, err := tx.Hours(hoursID)
		if err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		return a.log(tx, user, "hours.file", traineeTarget(record.TraineeID), what+"：线下学时")
	}, HoursChanged)
}

// HoursFiles lists the files of a record.
func (a *App) HoursFiles(ctx context.Context, hoursID int64) ([]data.HoursPaper, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.HoursPaper, error) { return tx.HoursFiles(hoursID) })
}

// HoursFileContent gives a file byte for byte as it was added.
func (a *App) HoursFileContent(ctx context.Context, id int64) ([]byte, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return nil, err
	}
	return query(a, ctx, func(tx *sqlite.Tx) ([]byte, error) { return tx.HoursFileContent(id) })
}

// HoursFileImage decodes a picture; a PDF is refused, its pages are shown as a paper.
func (a *App) HoursFileImage(ctx context.Context, id int64) (image.Image, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return nil, err
	}
	content, err := a.HoursFileContent(ctx, id)
	if err != nil {
		return nil, err
	}
	return picture.Decode(content, 0, viewLimit)
}

// SaveHoursFile writes a file to path, byte for byte as it was added.
func (a *App) SaveHoursFile(ctx context.Context, id int64, path string) error {
	if err := a.need(ctx, data.RightWork); err != nil {
		return err
	}
	content, err := a.HoursFileContent(ctx, id)
	if err != nil {
		return err
	}
	return SaveFile(path, content)
}
