package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"peixun/data"
	"peixun/data/sqlite"
)

// keptSetting is where the list of what an undo left stands, without names.
func keptSetting(runID int64) string { return "import.kept." + strconv.FormatInt(runID, 10) }

// rememberKept writes down what an undo left, so that it can be listed again.
func rememberKept(tx *sqlite.Tx, runID int64, kept []data.KeptRow) error {
	if len(kept) == 0 {
		return nil
	}
	nameless := make([]data.KeptRow, len(kept))
	for place, row := range kept {
		row.Name = ""
		nameless[place] = row
	}
	text, err := json.Marshal(nameless)
	if err != nil {
		return err
	}
	return tx.SetSetting(keptSetting(runID), string(text))
}

func recalledKept(tx *sqlite.Tx, runID int64) ([]data.KeptRow, error) {
	text, err := tx.Setting(keptSetting(runID), "[]")
	if err != nil {
		return nil, err
	}
	var kept []data.KeptRow
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, fmt.Errorf("kept by the undo of import %d: %w", runID, err)
	}
	return kept, nil
}

// KeptByUndo lists what an undone import left, and why, under the names that people have now.
func (a *App) KeptByUndo(ctx context.Context, runID int64) ([]data.KeptRow, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.KeptRow, error) {
		kept, err := recalledKept(tx, runID)
		if err != nil {
			return nil, err
		}
		for place := range kept {
			trainee, err := tx.TraineeBrief(kept[place].TraineeID)
			switch {
			case errors.Is(err, data.ErrNotFound):
				kept[place].Name, kept[place].TraineeID = "（已删除）", 0
			case err != nil:
				return nil, err
			default:
				kept[place].Name = trainee.Name
			}
		}
		return kept, nil
	})
}
