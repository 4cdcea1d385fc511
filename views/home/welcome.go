package home

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// welcome leads a unit without people through its first steps; the first that is not done has the filled button.
func (s *Screen) welcome(found outlook) fyne.CanvasObject {
	open := func(page desk.Page) func() { return func() { s.desk.Go(page, nil) } }
	cards := []ui.HelpCard{
		{Icon: "sliders-horizontal", Title: "1. 完善管理员信息", Text: "第一次登录时请务必完善，提交缴费要用。", Action: "去填写", OnAction: open(desk.Profile)},
		{Icon: "building-2", Title: "2. 建立组织机构", Text: "科室、部门和各自的缴费机构；也可以导入时自动建立。", Action: "去建立", OnAction: open(desk.Organizations)},
		{Icon: "users", Title: "3. 导入学员", Text: "人事科的 Excel 名单，先预览，再写入。", Action: "导入学员", OnAction: open(desk.ImportRoster)},
	}
	button := ui.NewFilledButton("导入学员", "upload", open(desk.ImportRoster))
	if found.gaps > 0 {
		button = ui.NewFilledButton("完善管理员信息", "sliders-horizontal", open(desk.Profile))
		cards[0].Text = fmt.Sprintf("还差 %d 项。%s", found.gaps, cards[0].Text)
	} else {
		cards[0].Icon, cards[0].Text, cards[0].Action = "circle-check", "已完成。", "查看"
	}
	if found.organizations > 0 {
		cards[1].Icon, cards[1].Text, cards[1].Action = "circle-check", fmt.Sprintf("已有 %d 个机构。", found.organizations), "查看"
	}
	empty := ui.NewEmptyState("house", "从这里开始", "按顺序做完这三步，就可以缴费和充值了。", []fyne.CanvasObject{button}, cards,
		"管理员账号问题请拨打 "+data.HelpTelephones)
	return ui.Pad(16, 0, 16, 16, ui.Stack(ui.NewBox(theme.Surface, theme.Border, 4), ui.Pad(1, 1, 1, 1, empty)))
}
