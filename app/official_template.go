package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/sqlite"
)

// largestTemplate bounds what is kept in the database, in bytes; the platform's templates have some ten thousand.
const largestTemplate = 10 << 20

// ReadOfficialTemplate finds a form's headers in the platform's own template and says which of its columns is which. It stores
// nothing. options.Sheet, HeaderRow and Columns correct what was found. It fails with words for what is no .xlsx, has no such
// headers, lacks a column that the form cannot be without, or calculates one of the columns itself.
func (a *App) ReadOfficialTemplate(ctx context.Context, path string, form data.Form, options ImportOptions) (data.OfficialTemplate, error) {
	template := data.OfficialTemplate{Form: form.Key, Name: filepath.Base(path)}
	if _, in := a.Session(); !in {
		return template, locked()
	}
	content, err := readTemplateFile(path)
	if err != nil {
		return template, err
	}
	plan, err := a.templatePlan(ctx, path, form, options)
	if err != nil {
		return template, explain(err)
	}
	template.Content, template.Sheet, template.HeaderRow, template.Columns = content, plan.Heading.Sheet, plan.Heading.Row, plan.Columns
	if missing := template.Missing(form); len(missing) > 0 {
		return template, data.Refuse("columns-missing", "", fmt.Sprintf("模板里还没有指明哪一列是“%s”。", missing[0]), "请在列对应里选定这一列；如果模板里确实没有，请检查是否选错了文件。")
	}
	nobody := func(func([]any, error) bool) {}
	if err := excel.FillTemplate(io.Discard, content, template.Sheet, template.HeaderRow, template.Places(form), nobody); err != nil {
		return template, explain(err)
	}
	return template, nil
}

func readTemplateFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > largestTemplate {
		return nil, data.Refuse("template-too-large", "", fmt.Sprintf("“%s”太大，不像是模板。", filepath.Base(path)), "官方模板一般只有几十 KB，请检查是否选错了文件。")
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, data.Refuse("file-unreadable", "", fmt.Sprintf("打不开“%s”。", filepath.Base(path)), "请检查文件是否还在、是否正被别的程序打开。").Because(err)
	}
	return content, nil
}

// templatePlan reads a template's headers as an import reads a sheet's.
func (a *App) templatePlan(ctx context.Context, path string, form data.Form, options ImportOptions) (*data.ImportPlan, error) {
	book, err := excel.Open(path)
	if err != nil {
		return nil, data.OfFile(err, path)
	}
	defer book.Close()
	if _, err := excel.ReadTemplate(ctx, book, form); err != nil {
		if problem, ok := data.AsProblem(err); !ok || problem.Code != excel.CodeWrongSheet {
			return nil, err
		}
	}
	plan := &data.ImportPlan{Form: form}
	_, err = a.findColumns(ctx, book, options, plan)
	return plan, err
}

// KeepOfficialTemplate stores a template that ReadOfficialTemplate gave, in the place of an earlier one: 下载模板 gives that very
// file, exports fill it, and an import of such a file is mapped as the template is.
func (a *App) KeepOfficialTemplate(ctx context.Context, template data.OfficialTemplate) error {
	form, ok := data.FormByKey(template.Form)
	if !ok || len(template.Content) == 0 {
		return data.Refuse("template-empty", "", "没有读到模板。", "请重新选择官方模板文件。")
	}
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		template.At, template.User = a.Now(), user
		if err := tx.SaveOfficialTemplate(template); err != nil {
			return err
		}
		if err := tx.SetColumnMapping(form.Key, form.Signature(template.Columns), form.Keys(template.Columns), a.Now()); err != nil {
			return err
		}
		return a.log(tx, user, "template.keep", form.Name, "载入官方模板")
	}, SettingsChanged)
}

// OfficialTemplate gives a form's official template; ok is false where none was loaded.
func (a *App) OfficialTemplate(ctx context.Context, form data.Form) (template data.OfficialTemplate, ok bool, err error) {
	template, err = query(a, ctx, func(tx *sqlite.Tx) (data.OfficialTemplate, error) { return tx.OfficialTemplate(form.Key) })
	if errors.Is(err, data.ErrNotFound) {
		return data.OfficialTemplate{}, false, nil
	}
	return template, err == nil, err
}

// RemoveOfficialTemplate goes back to the program's own template of a form.
func (a *App) RemoveOfficialTemplate(ctx context.Context, form data.Form) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.RemoveOfficialTemplate(form.Key); err != nil {
			return err
		}
		return a.log(tx, user, "template.remove", form.Name, "不再使用官方模板")
	}, SettingsChanged)
}

// WriteTemplate writes an import form's template workbook: the official one, byte for byte, where somebody is logged in and one was
// loaded, else the program's own.
func (a *App) WriteTemplate(w io.Writer, form data.Form) error {
	if a.store != nil && a.session.Load() != nil {
		template, ok, err := a.OfficialTemplate(context.Background(), form)
		if err != nil {
			return err
		}
		if ok {
			_, err := io.Copy(w, bytes.NewReader(template.Content))
			return err
		}
	}
	return excel.WriteTemplate(w, form)
}

// writeForm writes rows in a form's columns: into its official template where one was loaded, else as a plain table.
func (a *App) writeForm(ctx context.Context, w io.Writer, form data.Form, rows iter.Seq2[[]any, error]) error {
	template, ok, err := a.OfficialTemplate(ctx, form)
	if err != nil {
		return err
	}
	if ok {
		return explain(excel.FillTemplate(w, template.Content, template.Sheet, template.HeaderRow, template.Places(form), rows))
	}
	var columns []excel.OutColumn
	for _, column := range form.Columns {
		columns = append(columns, excel.OutColumn{Header: column.Header, Width: column.Width, Kind: excel.OutText})
	}
	return excel.WriteTable(w, form.Name, columns, rows)
}
