package system

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

type templateService interface {
	ReadOfficialTemplate(ctx context.Context, path string, form data.Form, options app.ImportOptions) (data.OfficialTemplate, error)
	KeepOfficialTemplate(ctx context.Context, template data.OfficialTemplate) error
	OfficialTemplate(ctx context.Context, form data.Form) (template data.OfficialTemplate, ok bool, err error)
	RemoveOfficialTemplate(ctx context.Context, form data.Form) error
}

// officialTemplates is the part of 设置 where the platform's own templates are loaded, one a form.
type officialTemplates struct {
	desk    *desk.Desk
	service templateService
	content *fyne.Container
	grown   func() // lays the screen out again
	asking  desk.Sequence
}

func newOfficialTemplates(d *desk.Desk, s templateService, grown func()) *officialTemplates {
	return &officialTemplates{desk: d, service: s, content: ui.Column(10), grown: grown}
}

// load shows which forms have an official template.
func (o *officialTemplates) load() {
	ask := func(ctx context.Context) ([]data.OfficialTemplate, error) {
		kept := make([]data.OfficialTemplate, len(data.Forms()))
		for place, form := range data.Forms() {
			template, ok, err := o.service.OfficialTemplate(ctx, form)
			if err != nil {
				return nil, err
			}
			if ok {
				kept[place] = template
			}
		}
		return kept, nil
	}
	desk.Load(o.desk, &o.asking, ask, o.show)
}

func (o *officialTemplates) show(kept []data.OfficialTemplate) {
	o.content.Objects = nil
	o.content.Add(ui.NewParagraph("从平台下载的空白模板，载入一次就够：以后“下载模板”给的就是它，导出也填进它，下拉框和格式都不变。", theme.Secondary))
	for place, form := range data.Forms() {
		o.content.Add(ui.NewLine())
		o.content.Add(o.line(form, kept[place]))
	}
	o.grown()
}

func (o *officialTemplates) line(form data.Form, kept data.OfficialTemplate) fyne.CanvasObject {
	if kept.Name == "" {
		state := ui.Column(0, ui.NewBold(form.Name), ui.NewCaption("没有载入，用本程序的模板", theme.Secondary))
		return ui.Row(8, ui.Wide(state), ui.NewButton("载入官方模板…", "file-up", func() { o.choose(form) }))
	}
	note := ui.NewElidedText(fmt.Sprintf("%s ・ %s 由 %s 载入", kept.Name, kept.At.Date(), kept.User), theme.Secondary)
	more := ui.NewMoreButton(func() []ui.MenuItem {
		return []ui.MenuItem{
			{Label: "更换…", Icon: "file-up", Action: func() { o.choose(form) }},
			{Label: "改用本程序的模板", Icon: "x", Action: func() { o.remove(form, kept) }},
		}
	})
	return ui.Row(8, ui.Wide(ui.Column(0, ui.NewBold(form.Name), note)), ui.NewPill("官方模板", ui.ToneSuccess), more)
}

func (o *officialTemplates) choose(form data.Form) {
	request := ui.FileRequest{Title: "选择“" + form.Name + "”的官方模板", Extensions: []string{".xlsx"}, Verb: "载入"}
	ui.ChooseFile(o.desk.Window, request, func(path string) { o.read(path, form) })
}

func (o *officialTemplates) read(path string, form data.Form) {
	var template data.OfficialTemplate
	o.desk.Do(func(ctx context.Context) error {
		var err error
		template, err = o.service.ReadOfficialTemplate(ctx, path, form, app.ImportOptions{})
		return err
	}, func() { o.confirm(path, form, template) })
}

// Measures of the dialog in px.
const (
	templateWidth  float32 = 640
	templateHeader float32 = 300
	templateLine   float32 = 38
	templateLines          = 9 // shown at once
)

// leftOut is the choice of a column that the program does not fill.
const leftOut = "不填"

// confirm shows how the template's columns are understood and lets a person correct it.
func (o *officialTemplates) confirm(path string, form data.Form, template data.OfficialTemplate) {
	chosen := map[int]string{}
	lines := ui.Column(6)
	options := ui.Words(leftOut)
	for _, column := range form.Columns {
		options = append(options, ui.Option{Key: column.Key, Text: column.Header})
	}
	for _, column := range template.Columns {
		if column.Header == "" {
			continue
		}
		choice := ui.NewSelect(leftOut, options...)
		choice.SetKey(leftOut)
		chosen[column.Index] = data.ColumnExtra
		if form.Column(column.Key) >= 0 {
			choice.SetKey(column.Key)
			chosen[column.Index] = column.Key
		}
		choice.OnChanged = func(key string) {
			if key == leftOut {
				key = data.ColumnExtra
			}
			chosen[column.Index] = key
		}
		lines.Add(ui.Row(12, ui.Fixed(templateHeader, ui.NewElidedText(data.ColumnLetters(column.Index)+"  "+column.Header, theme.Text)), ui.Wide(choice)))
	}
	dialog := ui.NewDialog(o.desk.Window, "载入“"+form.Name+"”的官方模板")
	dialog.Width = templateWidth
	dialog.Text = fmt.Sprintf("“%s”的工作表“%s”，第 %d 行是表头。请核对每一列填什么；“不填”的列和下拉框、隐藏的字典都原样保留。", template.Name, template.Sheet, template.HeaderRow)
	dialog.Body = ui.Fixed(templateLine*float32(min(len(lines.Objects), templateLines)), ui.NewScroll(lines))
	dialog.SetDefault("使用这个模板", func() bool {
		dialog.Hide()
		o.keep(path, form, chosen)
		return true
	})
	dialog.Show()
}

func (o *officialTemplates) keep(path string, form data.Form, chosen map[int]string) {
	o.desk.Do(func(ctx context.Context) error {
		template, err := o.service.ReadOfficialTemplate(ctx, path, form, app.ImportOptions{Columns: chosen})
		if err != nil {
			return err
		}
		return o.service.KeepOfficialTemplate(ctx, template)
	}, func() {
		o.load()
		o.desk.Toast("已载入“" + form.Name + "”的官方模板。")
	})
}

// remove goes back to the program's own template; the toast brings the official one back.
func (o *officialTemplates) remove(form data.Form, kept data.OfficialTemplate) {
	o.desk.Do(func(ctx context.Context) error { return o.service.RemoveOfficialTemplate(ctx, form) }, func() {
		o.load()
		ui.ShowToast(o.desk.Window, ui.Toast{Text: "以后用本程序的模板。", Action: "撤销", OnAction: func() {
			o.desk.Do(func(ctx context.Context) error { return o.service.KeepOfficialTemplate(ctx, kept) }, o.load)
		}})
	})
}
