package importer

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// rowsListed is how many row numbers stand beside a warning.
const rowsListed = 12

// confirmation is the third step: everything once more before it is done.
func (s *Screen) confirmation() fyne.CanvasObject {
	c := count(s.plan)
	parts := []fyne.CanvasObject{
		ui.NewSection("导入“" + s.plan.File + "”的 " + s.kind.counted(c.stored())),
		ui.NewParagraph("请最后核对一遍。点“导入”后一次写完；中途取消或出错，一行都不会写入。", theme.Secondary),
		s.outcomes(c),
	}
	if rows, names := newOrganizations(s.plan); rows > 0 {
		parts = append(parts, ui.NewSection(fmt.Sprintf("会新建 %d 个机构", len(names))), ui.NewParagraph(allNames(names), theme.Text))
	}
	if c.warned > 0 {
		parts = append(parts, ui.NewSection(fmt.Sprintf("请确认 %s 行警告", desk.Thousands(c.warned))),
			ui.NewParagraph("这些行会照样导入。点“导入”就是确认它们没有问题，确认会记入导入记录。", theme.Secondary), s.warnings())
	}
	if decided := len(s.plan.Mends); decided > 0 {
		parts = append(parts, ui.NewParagraph(fmt.Sprintf("您在预览里改了 %s 处，按改后的内容写入；文件没有变。", desk.Thousands(decided)), theme.Secondary))
	}
	if mended := s.plan.Fixed(); mended > 0 {
		parts = append(parts, ui.NewParagraph(fmt.Sprintf("另外自动修正了 %s 处写法（全角、空格等），内容不变。", desk.Thousands(mended)), theme.Secondary))
	}
	return ui.NewScroll(ui.Pad(0, 20, 0, 20, ui.Column(12, indented(parts)...)))
}

// indented puts words on the 16 px line; tables bring their own edge.
func indented(parts []fyne.CanvasObject) []fyne.CanvasObject {
	for place, part := range parts {
		if _, table := part.(*ui.SimpleTable); !table {
			parts[place] = ui.Pad(16, 0, 16, 0, part)
		}
	}
	return parts
}

func allNames(names []string) string {
	shown := make([]string, len(names))
	for place, name := range names {
		shown[place] = desk.ShownPath(name)
	}
	return strings.Join(shown, "、")
}

// outcomes is the table of what becomes of how many rows.
func (s *Screen) outcomes(c counts) *ui.SimpleTable {
	added := "写入学员列表，状态为启用。"
	if s.kind.hours() {
		added = "写入线下档案。"
	}
	lines := []struct {
		word string
		tone ui.Tone
		rows int
		text string
	}{
		{"新增", ui.TonePrimary, c.fresh, added},
		{"更新", ui.TonePrimary, c.updated, "只改有变化的内容；文件里的空格不会清掉原来的内容。"},
		{"不变", ui.ToneNeutral, c.unchanged, "和系统里一样，不改动。"},
		{"错误", ui.ToneDanger, c.failed, "跳过。可以下载错误报告，改好再导入。"},
		{"忽略", ui.ToneNeutral, c.skipped, "合计、示例、重复的行，和您选择不导入的行，跳过。"},
	}
	table := ui.NewSimpleTable(ui.TableColumn{Key: "word", Title: "结果", Width: 96}, ui.TableColumn{Key: "rows", Title: "行数", Width: 88, Right: true},
		ui.TableColumn{Key: "text", Title: "怎么处理"})
	table.Count = func() int { return len(lines) + 1 }
	table.Cell = func(row, column int) ui.Cell {
		if row == len(lines) {
			return ui.Cell{Text: []string{"合计", desk.Thousands(len(s.plan.Rows)), ""}[column], Bold: true}
		}
		line := lines[row]
		switch column {
		case 0:
			tone := line.tone
			if line.rows == 0 {
				tone = ui.ToneNeutral
			}
			return ui.Cell{Text: line.word, Tone: tone}
		case 1:
			return ui.Cell{Text: desk.Thousands(line.rows)}
		}
		return ui.Cell{Text: line.text, Role: theme.Secondary}
	}
	return table
}

// warnings lists what is being confirmed, alike ones together.
func (s *Screen) warnings() *ui.SimpleTable {
	var places []int
	for place := range s.plan.Rows {
		if s.plan.Rows[place].Warned() {
			places = append(places, place)
		}
	}
	groups := s.kind.grouped(s.plan, places, ofLevel(data.LevelWarning), false)
	table := ui.NewSimpleTable(ui.TableColumn{Key: "word", Title: "警告", Width: 160}, ui.TableColumn{Key: "rows", Title: "行数", Width: 72, Right: true},
		ui.TableColumn{Key: "where", Title: "在哪些行", Width: 280}, ui.TableColumn{Key: "text", Title: "说明"})
	table.Count = func() int { return len(groups) }
	table.Cell = func(row, column int) ui.Cell {
		one := groups[row]
		switch column {
		case 0:
			return ui.Cell{Text: one.word, Tone: ui.ToneWarning}
		case 1:
			return ui.Cell{Text: desk.Thousands(len(one.rows))}
		case 2:
			return ui.Cell{Text: rowNumbers(one.rows)}
		}
		return ui.Cell{Text: one.problem.Fix, Role: theme.Secondary}
	}
	return table
}

// rowNumbers lists rows of the sheet: 12、47、48 等.
func rowNumbers(rows []int) string {
	shown := make([]string, 0, rowsListed)
	for _, row := range rows[:min(len(rows), rowsListed)] {
		shown = append(shown, strconv.Itoa(row))
	}
	text := "第 " + strings.Join(shown, "、") + " 行"
	if len(rows) > rowsListed {
		text += "等"
	}
	return text
}

func (s *Screen) confirmButtons() []fyne.CanvasObject {
	c := count(s.plan)
	sentence := ui.NewElidedText(c.sentence(), theme.Secondary)
	sentence.Align = fyne.TextAlignTrailing
	return []fyne.CanvasObject{
		ui.NewButton("上一步", "", func() { s.stepBack(stepPreview) }), ui.Gap(8), ui.Wide(sentence),
		ui.NewButton("取消", "", s.cancel), ui.NewFilledButton("导入 "+s.kind.counted(c.stored()), "", s.commit),
	}
}

// report is the last step: what was done, and what comes next.
func (s *Screen) report() fyne.CanvasObject {
	r := s.result
	stored := r.Added + r.Updated
	sentence := fmt.Sprintf("新增 %s，更新 %s，不变 %s。", desk.Thousands(r.Added), desk.Thousands(r.Updated), desk.Thousands(r.Unchanged))
	if r.Failed+r.Skipped > 0 {
		sentence += fmt.Sprintf("跳过错误 %s、忽略 %s，这些行没有写入。", desk.Thousands(r.Failed), desk.Thousands(r.Skipped))
	}
	buttons := []fyne.CanvasObject{ui.NewFilledButton(s.kind.listing, "", func() { s.desk.Go(s.kind.list, nil) }), ui.NewButton("再导入一个文件", "upload", s.restart),
		ui.NewButton("导入记录", "history", s.showRecords)}
	var cards []ui.HelpCard
	if r.Failed > 0 {
		cards = append(cards, ui.HelpCard{Icon: "file-down", Title: desk.Thousands(r.Failed) + " 行有错", Text: "报告里是这些行的原样，加上错误原因和改法；改好直接再导入。", Action: "下载错误报告", OnAction: s.saveReport})
	}
	if s.kind.hours() {
		cards = append(cards, ui.HelpCard{Icon: "users", Title: "看谁达标了", Text: "学员列表的每个人旁边有学时进度。", Action: "打开学员列表", OnAction: func() { s.desk.Go(desk.Trainees, nil) }})
	} else {
		cards = append(cards, ui.HelpCard{Icon: "landmark", Title: "接下来：组织缴费", Text: "按机构买学习卡，上传转账凭证。", Action: "上传缴费凭证", OnAction: func() { s.desk.Go(desk.Payment, nil) }})
	}
	if others := s.others(); len(others) > 0 {
		next := others[0].Name
		cards = append(cards, ui.HelpCard{Icon: "file-spreadsheet", Title: "还有工作表“" + next + "”", Text: "这个文件里还有没导入的名单，接着导入不会重复。", Action: "导入“" + next + "”", OnAction: func() { s.readSheet(next) }})
	}
	if s.plan.RunID != 0 && stored > 0 {
		run := data.ImportRun{ID: s.plan.RunID, File: s.plan.File, At: s.service.Now(), Added: r.Added, Updated: r.Updated}
		cards = append(cards, ui.HelpCard{Icon: "undo-2", Title: "导错了？", Text: "可以整批撤销；已有充值、学时的会保留。", Action: "撤销这次导入", OnAction: func() { s.askUndo(run) }})
	}
	return ui.NewEmptyState("circle-check", "已导入 "+s.kind.counted(stored), sentence, buttons, cards, "这次导入已记入操作日志。")
}
