package trainees

import (
	"context"
	"fmt"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// slipsWidth is the list of open requests' in px.
const slipsWidth float32 = 640

// askReset notes that the platform shall reset the passwords of people: they live there, and this program is offline
// (manual, section 三).
func (s *Screen) askReset(ids []int64) {
	if len(ids) == 0 {
		s.showResets()
		return
	}
	count := desk.Thousands(len(ids)) + " 人"
	dialog := ui.NewDialog(s.desk.Window, "重置密码")
	dialog.Text = "登记 " + count + "要重置密码，并打印领取条发给本人。登录密码在官方平台上，请在平台的“学员管理”里勾选他们，点“重置密码”；重置后是 abc123，登录后请马上修改。"
	dialog.Body = ui.NewParagraph("本程序不保存任何人的登录密码。账号问题请拨打 "+data.HelpTelephones+"。", theme.Secondary)
	dialog.SetDefault("登记 "+count, func() bool {
		dialog.Hide()
		s.requestReset(ids)
		return true
	})
	dialog.Show()
}

func (s *Screen) requestReset(ids []int64) {
	fresh := 0
	s.desk.Do(func(ctx context.Context) error {
		var err error
		fresh, err = s.service.RequestPasswordReset(ctx, ids)
		return err
	}, func() {
		text := fmt.Sprintf("已登记 %s 人重置密码。", desk.Thousands(fresh))
		if fresh < len(ids) {
			text = fmt.Sprintf("新登记 %s 人，另外 %s 人已经登记过。", desk.Thousands(fresh), desk.Thousands(len(ids)-fresh))
		}
		ui.ShowToast(s.desk.Window, ui.Toast{Text: text, Action: "打印领取条", OnAction: func() { s.saveSlips(ids) }})
		s.refreshDrawer()
	})
}

// saveSlips writes the hand-out slips of people as a PDF.
func (s *Screen) saveSlips(ids []int64) {
	request := ui.FileRequest{Title: "保存密码领取条", Extensions: []string{".pdf"}, Save: true, Name: "密码领取条.pdf"}
	ui.ChooseFile(s.desk.Window, request, func(path string) {
		s.desk.Work("正在生成领取条", func(ctx context.Context, _ app.Progress) error { return s.service.SaveResetSlips(ctx, path, ids) }, func() {
			s.tellSaved(fmt.Sprintf("%s 人的领取条已保存到 %s", desk.Thousands(len(ids)), path), path)
		})
	})
}

// Measures of the list of open requests in px: it grows with its rows so far.
const (
	resetsHeight float32 = 300
	headHeight   float32 = 36
	rowHeight    float32 = 34
)

// openReset is an open request with whom it is for.
type openReset struct {
	request data.PasswordReset
	row     data.TraineeRow
}

// showResets lists the open requests: slips to print, and what the platform has done to tick off.
func (s *Screen) showResets() {
	desk.Load(s.desk, &s.resets, s.readResets, func(open []openReset) {
		if len(open) == 0 {
			s.desk.Toast("没有登记过重置密码。先在列表里勾选学员，再点“重置密码”。")
			return
		}
		s.listResets(open)
	})
}

func (s *Screen) readResets(ctx context.Context) ([]openReset, error) {
	requests, err := s.service.PasswordResets(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(requests))
	for place, request := range requests {
		ids[place] = request.TraineeID
	}
	rows, err := s.service.TraineeRows(ctx, ids, 0)
	if err != nil {
		return nil, err
	}
	open := make([]openReset, len(rows))
	for place, row := range rows {
		open[place] = openReset{requests[place], row}
	}
	return open, nil
}

func (s *Screen) listResets(open []openReset) {
	ids := make([]int64, len(open))
	for place, one := range open {
		ids[place] = one.row.ID
	}
	dialog := ui.NewDialog(s.desk.Window, fmt.Sprintf("等平台重置密码的 %s 人", desk.Thousands(len(open))))
	dialog.Width = slipsWidth
	dialog.Text = "请在平台的“学员管理”里替他们点“重置密码”，做完回来点“平台已重置”。"
	table := ui.NewDataTable(ui.TableColumn{Key: "name", Title: "姓名", Width: 96}, ui.TableColumn{Key: "id", Title: "身份证号码", Width: 164},
		ui.TableColumn{Key: "organization", Title: "组织机构"}, ui.TableColumn{Key: "at", Title: "登记时间", Width: 148})
	table.Count = func() int { return len(open) }
	table.Cell = func(row, column int) ui.Cell {
		one := open[row]
		return ui.Cell{Text: []string{one.row.Name, one.row.IDNumber, shownPath(one.row.Organization), shortMinute(one.request.At)}[column]}
	}
	dialog.Body = ui.Fixed(min(resetsHeight, headHeight+rowHeight*float32(len(open))), table)
	dialog.CancelLabel = "关闭"
	count := desk.Thousands(len(open)) + " 人"
	dialog.AddButton("打印 "+count+"的领取条", func() { s.saveSlips(ids) })
	dialog.SetDefault(count+"平台已重置", func() bool {
		dialog.Hide()
		s.finishResets(ids)
		return true
	})
	dialog.Show()
}

func (s *Screen) finishResets(ids []int64) {
	done := 0
	s.desk.Do(func(ctx context.Context) error {
		var err error
		done, err = s.service.FinishPasswordResets(ctx, ids)
		return err
	}, func() { s.desk.Toast(fmt.Sprintf("已记下平台重置了 %s 人的密码。", desk.Thousands(done))) })
}

// shortMinute cuts the seconds off a time.
func shortMinute(at data.Moment) string {
	const length = len("2006-01-02 15:04")
	if len(at) < length {
		return string(at)
	}
	return string(at[:length])
}
