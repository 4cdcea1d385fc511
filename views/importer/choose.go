package importer

import (
	"strconv"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// chooseWidth is the first step's width in px: three help cards and their gaps.
const chooseWidth float32 = 704

// choose is the first step: which file, and how it is to be read.
type choose struct {
	screen  *Screen
	content fyne.CanvasObject
	path    *ui.Field
	form    *ui.Form
	plan    *ui.Picker // hours only
	into    *ui.Picker // roster only: where people without an organisation go
	back    *ui.Note   // leads back to a preview that is still there
	column  *fyne.Container
}

func newChoose(s *Screen) *choose {
	c := &choose{screen: s, path: ui.NewField("也可以粘贴完整路径，按回车"), back: ui.NewNote(ui.TonePrimary, "", "", ui.NewSmallButton("返回预览", "", func() { s.stepBack(stepPreview) }))}
	c.path.OnSubmitted = func(string) { c.readTyped() }
	open := ui.NewButton("预览", "", c.readTyped)
	c.form = ui.NewForm(ui.NewFormRow("path", "文件路径", pathControl(c.path, open)))
	if s.kind.hours() {
		c.plan = ui.NewPicker("选择培训计划")
		c.plan.OnChanged = func(keys []string) { c.choosePlan() }
		c.form.Add(ui.NewRequiredRow("plan", "关联培训计划", c.plan).WithHint("表里没有写计划编号的行都算这个计划；写了别的编号的行会报错。"))
	} else {
		c.into = ui.NewPicker("本单位")
		c.into.Clearable = true
		c.into.OnChanged = func([]string) { c.chooseInto() }
		c.form.Add(ui.NewFormRow("organization", "默认组织机构", c.into).WithHint("名单里没有写组织机构的新学员放到这里。"))
	}
	c.column = ui.Column(16, c.back, c.dropZone(), ui.Pad(10, 0, 0, 0, c.form), ui.Row(16, c.cards()...))
	c.content = ui.NewScroll(ui.Pad(16, 24, 16, 16, ui.Row(0, ui.Space(), ui.FixedFill(chooseWidth, c.column), ui.Space())))
	return c
}

// pathControl is a field with the button that reads what was typed.
func pathControl(field *ui.Field, button *ui.Button) fyne.CanvasObject {
	return ui.Row(8, ui.Wide(field), button)
}

func (c *choose) dropZone() fyne.CanvasObject {
	words := "把" + c.screen.kind.file + "拖到这里"
	return ui.Stack(ui.NewBox(theme.Background, theme.ControlBorder, 4), ui.Pad(16, 24, 16, 24, ui.Column(0,
		ui.Centre(ui.NewSizedIcon("file-up", theme.Secondary, 40)), ui.Gap(12),
		ui.Centre(ui.NewSection(words)), ui.Gap(4),
		ui.Centre(ui.NewText("Excel（.xlsx、.xls）或 .csv 文件，表头不必和模板一样。先预览，不会直接写入，文件也不会被改动。", theme.Secondary)), ui.Gap(14),
		ui.Centre(ui.NewFilledButton("选择文件…", "folder-open", c.screen.chooseFile)))))
}

func (c *choose) cards() []fyne.CanvasObject {
	required := "只有姓名、身份证号必填。人事科现成的名单可以直接用。"
	if c.screen.kind.hours() {
		required = "姓名、身份证号、培训名称、起止日期、学时必填，一人一次培训一行。"
	}
	return []fyne.CanvasObject{
		helpCard("download", "1. 下载模板", "证件号一列已设为文本，不会丢位数。", ui.NewLink("下载模板", c.screen.saveTemplate)),
		helpCard("pencil", "2. 填写名单", required, ui.NewLink("看填写说明", func() { c.screen.desk.ShowGuide(c.screen.kind.form) })),
		helpCard("receipt-check", "3. 上传并预览", "有错的行在预览里就能改，同样的错一次改完。", ui.NewLink("导入记录", c.screen.showRecords)),
	}
}

// helpCard is a small card of a third of the step's width.
func helpCard(icon, title, text string, link fyne.CanvasObject) fyne.CanvasObject {
	column := ui.Column(8, ui.Row(10, ui.NewIcon(icon, theme.Primary), ui.NewBold(title)), ui.NewParagraph(text, theme.Secondary))
	if link != nil {
		column.Add(ui.Row(0, link))
	}
	return ui.GrowBy(1, ui.NewCard(column))
}

// offer fills the pickers; what was chosen stays.
func (c *choose) offer(found choices) {
	if c.plan == nil {
		c.into.SetOptions(organizationOptions(found.tree)...)
		return
	}
	var options []ui.Option
	for _, plan := range found.plans {
		options = append(options, ui.Option{Key: strconv.FormatInt(plan.ID, 10), Text: plan.Name, Note: plan.Number})
	}
	c.plan.SetOptions(options...)
	if c.plan.Key() == "" {
		c.plan.SetKeys(strconv.FormatInt(c.screen.options.PlanID, 10))
	}
}

func organizationOptions(tree data.OrganizationTree) []ui.Option {
	var options []ui.Option
	for _, o := range tree.List() {
		whole, initials := app.SpellName(o.Name)
		option := ui.Option{Key: keyText(o.ID), Text: o.Name, Indent: o.Depth, Search: []string{whole, initials}}
		if o.Depth > 1 {
			option.Note = desk.ShownPath(o.Path)
		}
		options = append(options, option)
	}
	return options
}

func (c *choose) choosePlan() {
	c.screen.options.PlanID = keyOf(c.plan.Key())
	c.form.SetProblems(nil)
	c.screen.stale = c.screen.plan != nil
}

func (c *choose) chooseInto() {
	c.screen.options.OrganizationID = keyOf(c.into.Key())
	c.screen.stale = c.screen.plan != nil
}

// keyOf reads an option's key; 0 is none.
func keyOf(text string) int64 {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return id
}

func (c *choose) readTyped() {
	path := ui.CleanPath(c.path.Text())
	c.path.SetBad(path == "")
	if path == "" {
		c.form.SetProblems(map[string]string{"path": "还没有填写路径。可以点“选择文件…”，或把文件拖进来。"})
		return
	}
	c.form.SetProblems(nil)
	c.screen.read(path)
}

// update shows the way back where a preview is still there.
func (c *choose) update() {
	plan := c.screen.plan
	c.back.Hidden = plan == nil
	if plan != nil {
		c.path.SetText(c.screen.path)
		c.back.Set(ui.TonePrimary, "", "已读取“"+plan.File+"”，"+desk.Thousands(len(plan.Rows))+" 行，还没有导入。")
	}
	c.column.Refresh()
}

func (c *choose) clear() {
	c.path.SetText("")
	c.form.SetProblems(nil)
	if c.into != nil {
		c.into.SetKeys()
	}
}
