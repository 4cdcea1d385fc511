package app

import (
	"io"

	"peixun/data"
)

// SaveTemplate writes an import form's template workbook to a file, whole or not at all.
func (a *App) SaveTemplate(path string, form data.Form) error {
	return WriteFile(path, func(w io.Writer) error { return a.WriteTemplate(w, form) })
}

// SaveReport writes a plan's error report to a file, whole or not at all.
func (a *App) SaveReport(path string, plan *data.ImportPlan) error {
	return WriteFile(path, func(w io.Writer) error { return a.WriteReport(w, plan) })
}
