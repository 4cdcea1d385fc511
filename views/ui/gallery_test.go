package ui

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

var fixedNow = func() time.Time { return time.Date(2022, 6, 17, 13, 2, 11, 0, time.Local) }

// person is a row of design/trainees.png; everything in it is invented.
type person struct{ user, name, identity, organization, payer, mobile, state, balance string }

var people = []person{
	{"jy0112", "陈若溪", "110105********0027", "骨科", "医院本部", "138****0417", "启用", "40.00"},
	{"jy0187", "方奕", "110108********1211", "骨科", "医院本部", "139****5102", "启用", "40.00"},
	{"jy0203", "沈知远", "130102********0339", "急诊科", "医院本部", "137****8826", "启用", "40.00"},
	{"jy0216", "林晚晴", "110101********0426", "药学部", "药学部", "136****2290", "启用", "0.00"},
	{"jy0222", "周子衿", "370203********1548", "检验科", "医院本部", "158****7361", "待报", "0.00"},
	{"jy0230", "何嘉言", "110102********2012", "护理部", "医院本部", "135****4478", "启用", "80.00"},
	{"jy0251", "许清禾", "410105********004X", "护理部", "医院本部", "150****9013", "启用", "80.00"},
	{"jy0266", "郭景行", "110106********3317", "放射科", "医院本部", "", "待处理", "0.00"},
	{"jy0274", "罗心怡", "320104********1526", "儿科", "医院本部", "186****0652", "启用", "80.00"},
	{"jy0290", "宋明澈", "110112********0014", "内科一病区", "医院本部", "133****7745", "启用", "40.00"},
	{"jy0302", "唐语桐", "510107********2243", "内科一病区", "医院本部", "181****3309", "启用", "40.00"},
	{"jy0318", "韩立夏", "210102********1120", "内科二病区", "医院本部", "177****6184", "启用", "40.00"},
	{"jy0325", "冯书瑶", "110114********0528", "麻醉科", "医院本部", "139****2057", "停用", "0.00"},
	{"jy0333", "邓世衡", "420111********3616", "信息中心", "医院本部", "138****9940", "启用", "0.00"},
	{"jy0347", "曹芷汀", "110105********1865", "社区服务站", "社区服务站", "152****1276", "启用", "40.00"},
	{"jy0351", "彭远帆", "120103********0716", "社区服务站", "社区服务站", "188****5530", "启用", "40.00"},
}

// traineeTable is the table of design/trainees.png over count generated rows.
func traineeTable(count int) *DataTable {
	table := NewDataTable(
		TableColumn{Key: "user", Title: "用户名", Width: 112, Narrow: 72, Sortable: true},
		TableColumn{Key: "name", Title: "姓名", Width: 104, Narrow: 64, Sortable: true, Strong: true},
		TableColumn{Key: "identity", Title: "身份证号码", Width: 184, Narrow: 148},
		TableColumn{Key: "organization", Title: "组织机构", Width: 168, Narrow: 92, Sortable: true},
		TableColumn{Key: "payer", Title: "缴费机构", Width: 168, Narrow: 92, HideBelow: 660},
		TableColumn{Key: "mobile", Title: "手机号", Width: 128, Narrow: 103, HideBelow: 560},
		TableColumn{Key: "state", Title: "状态", Width: 96, Narrow: 76},
		TableColumn{Key: "balance", Title: "账户余额", Right: true, Sortable: true},
	)
	table.Ticks = true
	table.Count = func() int { return count }
	table.Key = func(row int) int64 { return int64(row) + 1000 }
	table.Cell = func(row, column int) Cell {
		p := people[row%len(people)]
		switch column {
		case 5:
			if p.mobile == "" {
				return Cell{Text: "未填写", Role: theme.TextDanger}
			}
		case 6:
			tones := map[string]Tone{"启用": ToneSuccess, "待处理": ToneWarning}
			if tone, known := tones[p.state]; known {
				return Cell{Text: p.state, Tone: tone}
			}
			return Cell{Text: p.state, Tone: ToneNeutral}
		}
		return Cell{Text: [...]string{p.user, p.name, p.identity, p.organization, p.payer, p.mobile, p.state, p.balance}[column]}
	}
	table.OnOpen = func(int) {}
	return table
}

// traineePage rebuilds the content of design/trainees.png right of the navigation and below the top bar.
func traineePage() (fyne.CanvasObject, *DataTable) {
	table := traineeTable(1284)
	table.SetTicked(1000, 1005, 1006)
	table.SetSort("user", false)
	head := NewPageHead(Row(0, NewText("本单位参训人员。1,284 人，其中 ", theme.Text), NewLink("12 人待处理", nil)),
		NewFilledButton("导入学员", "upload", nil), NewButton("添加", "plus", nil), NewDivider(), NewButton("启用", "", nil),
		NewButton("停用", "", nil), NewButton("调整组织机构", "", nil), NewButton("重置密码", "", nil), NewMoreButton(nil))
	choose := func(text string, width float32) fyne.CanvasObject {
		s := NewSelect(text)
		s.Width = width
		return s
	}
	filters := NewFilterBar(NewSearchField("姓名 / 拼音 / 证件", 184), choose("组织机构", 112), choose("缴费机构", 112), choose("状态", 84),
		Row(8, NewText("余额", theme.Secondary), Row(4, NewMoneyField("0.00", 56), NewText("–", theme.Secondary), NewMoneyField("不限", 56))))
	footer := NewFooter(NewBold("已选 3 人"), NewText("合计余额 200.00 元", theme.Text), NewLink("取消选择", nil),
		NewLink("选中全部 1,284 人", nil), Space(), NewText("共 1,284 人", theme.Secondary))
	list := Column(0, filters, Grow(table), footer)
	host := NewDrawerHost(list, traineeDrawer(), 308)
	host.SetOpen(true)
	return Ground(theme.Surface, Column(0, head, Grow(host))), table
}

func traineeDrawer() *Drawer {
	d := NewDrawer("总览", "学时", "缴费充值", "记录")
	d.OnStep, d.OnClose = func(int) {}, func() {}
	d.SetTitle("陈若溪", NewPill("启用", ToneSuccess))
	facts := Column(6, NewKeyValue("用户名", "jy0112"),
		NewKeyValue("身份证号码", "110105********0027", NewSmallIconButton("eye", "显示", theme.Primary, nil)),
		NewKeyValue("性别 / 出生", "女 · 1988-04-12"), NewKeyValue("手机号", "138****0417"),
		NewKeyObject("平台状态", NewPill("平台已导入", ToneSuccess), NewCaption("06-08", theme.Secondary)))
	hours := Column(8, Row(0, NewBold("2022年学时"), Space(), NewText("22.50 / 30.00", theme.Text)),
		NewPartedBar(BarPart{0.55, theme.Primary}, BarPart{0.2, theme.Success}),
		Row(12, Legend(theme.Primary, "线上 16.50"), Legend(theme.Success, "线下 6.00"), Space(), NewCaption("还差 7.50", theme.Secondary)))
	events := NewTimeline(Event{ToneWarning, "线下学时 6.00", "急救技能培训 · 待骨科确认", "06-10"},
		Event{TonePrimary, "平台已导入", "第 3 次报盘，第 14 行", "06-08"}, Event{ToneNeutral, "手机号已更正", "导入学员 · 何嘉言", "03-04"})
	d.SetBody(Column(0, facts, Gap(13), NewLine(), Gap(10), hours, Gap(10), NewLine(), Gap(10),
		Row(0, NewBold("经历"), Space(), NewLink("全部 9 条", nil)), Gap(4), events))
	d.SetFooter(Wide(NewButton("编辑资料", "pencil", nil)), Wide(NewButton("充值", "wallet", nil)), NewMoreButton(nil))
	return d
}

// formPage shows every kind of input.
func formPage() fyne.CanvasObject {
	account := NewGroupedField("", GroupsOfFour)
	account.SetText("330101201900556678")
	account.Trailing = NewSmallIconButton("copy", "复制", theme.Primary, nil)
	when := NewDateTimeField("2022-06-14 10:26:00")
	when.Now = fixedNow
	when.SetText("22-06-14 10:26")
	bank := NewSelect("请选择银行", Words("城南商业银行育才支行", "城南商业银行东街支行")...)
	bank.SetKey("城南商业银行育才支行")
	unit := NewPicker("组织机构", Option{Key: "1", Text: "北京市第九实验医院"}, Option{Key: "2", Text: "骨科", Indent: 1})
	unit.SetKeys("2")
	off := NewField("不能改")
	off.SetDisabled(true)
	money := NewMoneyField("0.00", 112)
	money.SetText("40.00")
	remark := NewTextArea("写在发票备注栏，可不填", 3)
	check := NewCheckbox("同样的 60 行一起改", nil)
	check.SetChecked(true)
	radios := NewRadioGroup(nil, "学习卡充值", "在线充值")
	radios.SetSelected(0)
	modes := NewSegments("先缴费后开票", "先开票后缴费")
	form := NewForm(
		NewFormRow("plan", "培训计划名称", NewReadOnly("2022年北京市专业技术人员及事业单位工作人员公共知识培训")),
		NewFormRow("organizations", "缴费组织", NewReadOnly("骨科、急诊科", NewText("2 个机构 40 人", theme.Secondary))),
		NewFormRow("mode", "缴费模式", Row(0, modes)),
		NewRequiredRow("bank", "缴费银行", bank),
		NewRequiredRow("account", "缴费卡号", account).WithHint("18 位，可以带空格粘贴。与开票资料里的账号一致。"),
		NewRequiredRow("time", "转账时间", when), NewFormRow("unit", "组织机构", unit), NewFormRow("off", "停用的", off),
		NewFormRow("password", "密码", NewPasswordField("至少八位")), NewFormRow("money", "每人金额", Row(8, money, NewText("元", theme.Secondary))),
		NewLine(), NewFormRow("remark", "备注", remark), NewFormRow("check", "", Row(16, check, radios.Radios[0], radios.Radios[1])))
	form.SetProblems(map[string]string{"time": "年份要写四位，例如 2022-06-14 10:26。"})
	missing := NewMissingList(form.FocusField)
	missing.SetItems([]Missing{{"phone", "税务局注册电话", "没有填写"}, {"time", "转账时间", "年份要写四位"}})
	missing.SetCurrent("phone")
	steps := NewStepper("选择机构与金额", "银行转账信息", "填写发票信息", "核对并提交")
	steps.SetPresent(1)
	note := NewNote(ToneWarning, "", "使用银行转账方式，请您务必上传清晰的转账凭证图片！")
	bad := NewNote(ToneDanger, "60 行的“骨科病房”不是已有机构。", "", NewButton("新建“骨科病房”", "", nil))
	viewer := NewViewer()
	viewer.SetImage(paperPicture())
	pages := NewPageView()
	pages.SetPages(a4Pages(2))
	side := Column(12, missing, NewNote(ToneSuccess, "金额一致。", "凭证上 ¥1,600.00，填写的缴费总金额 1,600.00 元，一分不差，可以放心提交。"), Fixed(160, Row(8, Grow(viewer), Grow(pages))),
		NewTroubleParts("“所在单位”列，单元格 E47", "“骨科病房”不是已有机构。", "选一个已有机构，或者新建“骨科病房”。文件不会被改动，改动只用于这次导入。"))
	foot := NewWizardFooter(NewButton("取消", "", nil), NewButton("上一步", "", nil), Space(), NewIcon("circle-alert", theme.Danger),
		NewText("还差 1 项：", theme.TextDanger), NewFilledButton("下一步", "", nil))
	tabs := NewTabs(Tab{"新增", "206", TonePrimary}, Tab{"更新", "12", TonePrimary}, Tab{"警告", "31", ToneWarning}, Tab{"错误", "68", ToneDanger}, Tab{"忽略", "2", ToneNeutral})
	tabs.SetSelected(3)
	return Ground(theme.Surface, Column(0, NewStepperBar(steps, NewText("JF-2022-0008 · 草稿已保存", theme.Secondary)), Pad(16, 12, 16, 12, note),
		Pad(16, 0, 16, 12, bad), tabs, NewLine(),
		Grow(Row(0, FixedFill(560, NewScroll(Pad(16, 12, 16, 12, form))), NewLine(), Grow(Ground(theme.Background, Pad(16, 16, 16, 16, side))))), foot))
}

func paperPicture() image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, 800, 560))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(color.NRGBA{255, 250, 235, 255}), image.Point{}, draw.Src)
	draw.Draw(picture, image.Rect(100, 100, 700, 140), image.NewUniform(color.NRGBA{160, 40, 40, 255}), image.Point{}, draw.Src)
	return picture
}

// cardPage shows cards, buttons, navigation and a small table.
func cardPage() fyne.CanvasObject {
	small := NewSimpleTable(TableColumn{Key: "what", Title: "事项"}, TableColumn{Key: "who", Title: "谁", Width: 80},
		TableColumn{Key: "bar", Title: "进度", Width: 120}, TableColumn{Key: "do", Title: "", Width: 70, Right: true})
	small.Count = func() int { return 3 }
	small.Cell = func(row, column int) Cell {
		return [...]Cell{{Text: fmt.Sprintf("JF-2022-000%d 已通过，还没有开票", row), Icon: "landmark"}, {Text: "国培网", Tone: ToneNeutral},
			{Bar: true, Fraction: 0.3 * float64(row+1)}, {Text: "打电话", Link: true}}[column]
	}
	nav := Column(2)
	for i, name := range []string{"首页", "学员管理", "组织缴费"} {
		item := NewNavGroup([]string{"house", "users", "landmark"}[i], name, nil)
		item.Group, item.open = i > 0, i == 1
		item.SetCount([]string{"", "", "8"}[i])
		nav.Add(item)
	}
	child := NewNavChild("学员列表", nil)
	child.SetActive(true)
	child.SetCount("12")
	nav.Add(child)
	disabled, plain := NewFilledButton("不能按", "", nil), NewButton("停用", "", nil)
	disabled.SetDisabled(true)
	plain.SetDisabled(true)
	next := NewFilledButton("为 80 人充值", "", nil)
	next.Spread, next.Trailing = true, "arrow-right"
	card := NewTitledCard("充值", Column(6, Row(4, NewTitle("28,000.00"), NewText("元", theme.Text), Space(), NewCaption("可充 31,200.00", theme.Secondary)),
		NewProgressBar(0.9), NewCaption("700 人已到账 · 批次剩余 3,200.00", theme.Secondary), next), NewCaption("第 3 步", theme.Secondary))
	buttons := Row(8, NewDangerButton("删除", "trash-2", nil), disabled, plain, NewSmallButton("调整", "", nil), NewIconButton("lock", "锁定", nil),
		NewLink("清除条件", nil), NewPill("草稿", ToneNeutral), NewPill("新增", TonePrimary), NewPill("差异", ToneDanger))
	status := NewStatusProgress()
	status.Set("正在生成填报清单 64 / 80", 0.8, func() {})
	empty := NewEmptyState("users", "还没有学员", "把人事科的 Excel 名单拖到这里，或点“导入学员”。导入前会先预览，不会直接写入。",
		[]fyne.CanvasObject{NewFilledButton("导入学员", "upload", nil), NewButton("添加一名学员", "plus", nil)},
		[]HelpCard{{"download", "1. 下载模板", "证件号一列已设为文本，不会丢位数。", "下载模板", nil}, {"pencil", "2. 填写名单", "只有姓名、身份证号必填。", "看填写说明", nil},
			{"receipt-check", "3. 上传并预览", "有错先改，改好再导入。", "看示例预览", nil}}, "管理员账号问题请拨打 84297523、84297213")
	return Row(0, FixedFill(200, Ground(theme.Surface, Pad(8, 8, 8, 8, nav))), NewLine(), Grow(Ground(theme.Background, Pad(16, 16, 16, 16,
		Column(16, Row(16, Grow(card), Grow(NewListCard("等谁办", small, NewCaption("按已等天数排列", theme.Secondary))), FixedFill(400, sampleChart())), buttons, Row(0, status), Grow(empty))))))
}

func TestGallery(t *testing.T) {
	window := newWindow(t, NewText("", theme.Text), 1080, 720)
	page, table := traineePage()
	scenes := []struct {
		name    string
		content fyne.CanvasObject
	}{{"trainees", page}, {"form", formPage()}, {"cards", cardPage()}}
	for _, dark := range []bool{false, true} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(dark))
		for _, scene := range scenes {
			window.SetContent(NewStage(scene.content))
			if scene.name == "trainees" {
				table.Mark(0)
			}
			snapshot(t, window, fmt.Sprintf("%s-%v", scene.name, dark))
		}
	}
}

func TestGalleryOverlays(t *testing.T) {
	window := newWindow(t, NewText("", theme.Text), 1080, 720)
	page, _ := traineePage()
	window.SetContent(NewStage(page))
	snap := func(name string) { snapshot(t, window, "over-"+name) }

	name := NewField("必填")
	d := NewDialog(window, "添加学员")
	d.Text = "添加后状态是待报，报盘通过后由平台启用。"
	form := NewForm(NewRequiredRow("name", "姓名", name), NewFormRow("birth", "出生日期", NewDateField("")).WithHint("不填就从身份证号取。"))
	d.Body = form
	d.SetDefault("添加", nil)
	d.Show()
	form.SetProblems(map[string]string{"name": "请填写姓名。"})
	d.Relayout()
	snap("dialog")
	d.Hide()

	danger := ConfirmDanger(window, "停用 3 名学员？", "停用后他们不能登录平台，账户余额保留，可以随时再启用。", "停用 3 人", nil)
	snap("danger")
	danger.Hide()

	trouble := ShowTrouble(window, Trouble{"导入没有完成", "“所在单位”列，单元格 E47", "“骨科病房”不是已有机构。", "选一个已有机构，或者新建“骨科病房”，然后再导入一次。", "stack"})
	snap("trouble")
	trouble.Hide()

	file := ChooseFile(window, FileRequest{Title: "选择学员名单", Extensions: []string{".xlsx", ".csv"}}, nil)
	snap("file")
	file.Hide()

	showFolderBrowser(window, FileRequest{Title: "选择学员名单", Extensions: []string{".go"}}, ".", nil)
	snap("browser")
	HandleEscape(window.Canvas())

	progress := ShowProgress(window, "正在导入学员", nil)
	progress.Set(0.42, "已处理 504 / 1,192 行，写入前可以取消。")
	snap("progress")
	progress.Hide()

	ShowToast(window, Toast{Text: "已停用 3 名学员", Action: "撤销"})
	ShowToast(window, Toast{Text: "备份已保存"})
	showTooltip(window.Content(), fyne.NewPos(300, 300), "内科二病区重症监护单元，2022 年新设，归内科管理")
	snap("toast")
	hideTooltip(nil)
}

func TestGalleryStations(t *testing.T) {
	stations := NewStations(Station{Title: "银行流水", State: StationDiffers, Amount: "6,300.00", First: "流水 …2208", Second: "应为 6,400.00", Open: func() {}},
		Station{Title: "缴费订单", State: StationDone, Amount: "6,400.00", First: "JF-2022-0004", Second: "160 人"}, Station{Title: "学习卡批次", State: StationWaits, Amount: "没有批次", First: "审核通过后生成"},
		Station{Title: "充值", Amount: "未核对", First: "还没有导入流水", Second: "导入后自动核对"})
	snapshot(t, newWindow(t, Ground(theme.Surface, Pad(16, 16, 16, 16, stations)), 720, 140), "stations")
}

func TestGalleryLists(t *testing.T) {
	window := newWindow(t, NewText("", theme.Text), 1080, 720)
	snap := func(name string) { snapshot(t, window, "over-"+name) }
	unit := NewPicker("组织机构", Option{Key: "1", Text: "北京市第九实验医院", Search: []string{"bjsdjsyyy"}}, Option{Key: "2", Text: "骨科", Indent: 1, Note: "46 人", Search: []string{"guke", "gk"}},
		Option{Key: "3", Text: "急诊科", Indent: 1, Note: "12 人", Search: []string{"jizhenke", "jzk"}})
	unit.Multiple = true
	unit.SetKeys("2")
	when := NewDateTimeField("")
	when.Now = fixedNow
	menu := NewMoreButton(func() []MenuItem {
		return []MenuItem{{Label: "导出名单", Icon: "download", Note: "Ctrl+E"}, {Label: "打印", Icon: "printer", Disabled: true}, {Label: "删除", Icon: "trash-2", Danger: true, Separated: true}}
	})
	window.SetContent(NewStage(Ground(theme.Surface, Pad(40, 40, 40, 40, Column(20, Row(20, Fixed(240, unit), Fixed(220, when), menu))))))
	unit.OnTapped()
	snap("picker")
	HandleEscape(window.Canvas())
	when.open()
	snap("date")
	HandleEscape(window.Canvas())
	menu.OnTapped()
	snap("menu")
}
