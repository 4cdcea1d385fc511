package app

import (
	"context"

	"peixun/data"
)

// Imports lists what was imported, the newest first; at most limit of them.
func (a *App) Imports(ctx context.Context, limit int) ([]data.ImportRun, error) {
	return nil, unbuilt(ctx, a)
}

// UndoImport takes an import back in one transaction: people and records that it added are removed, changed ones get their old
// values back where they still hold what the import wrote, and organisations that it made go where nobody uses them.
// Whoever has money or hours, was reported or changed since stays and is listed in the result.
// It fails where the import was undone already, or was made by a version of the program that did not write down what it did.
func (a *App) UndoImport(ctx context.Context, runID int64) (data.UndoResult, error) {
	return data.UndoResult{}, unbuilt(ctx, a)
}
