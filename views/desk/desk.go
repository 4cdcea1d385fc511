// Package desk is the ground that screens stand on: what the window offers to each of them.
package desk

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/ui"
)

// Page names a screen, in the manual's words.
type Page string

const (
	Home          Page = "首页"
	Profile       Page = "管理员信息维护"
	Accounts      Page = "管理员账号"
	Organizations Page = "组织机构"
	Log           Page = "操作日志"
	Settings      Page = "设置"
	Trainees      Page = "学员列表"
	ImportRoster  Page = "导入学员"
	Plans         Page = "培训管理"
	Hours         Page = "线下档案管理"
	Learning      Page = "学习档案"
	Certificates  Page = "培训证明"
	ImportHours   Page = "批量导入"
	Payment       Page = "上传缴费凭证"
	Orders        Page = "银行转账凭证"
	OrderDetails  Page = "订单详情"
	Statements    Page = "银行流水"
	BringIn       Page = "导入银行流水"
	Differences   Page = "对账差异"
	MonthEnd      Page = "月结"
	Recharge      Page = "学员缴费"
	Ledger        Page = "充值明细"
	Batches       Page = "学习卡批次"
	MoneyTrail    Page = "钱的去向"
	Online        Page = "在线充值管理"
	Letters       Page = "确认书下载"
	Reports       Page = "对账报表"
	PlanReports   Page = "培训计划报表"
	Submissions   Page = "报盘回盘"
	Checkup       Page = "数据体检"
	Backups       Page = "备份与恢复"
)

// Screen is what fills the window beside the navigation. All methods run on the user interface thread.
type Screen interface {
	// Content is made once and kept.
	Content() fyne.CanvasObject
	// Enter is called each time the screen is shown; argument is what Go was given, or nil.
	Enter(argument any)
	// Changed tells what was stored, by anybody; a screen that is not shown hears of it too.
	Changed(event app.Event)
}

// Titled is a screen whose title differs from its page's name or carries a way back.
type Titled interface {
	// Title gives the title and, where there is one, the page that a crumb before it leads back to.
	Title() (title string, back Page)
}

// Leaver is a screen that wants to save or to be asked before another takes its place.
type Leaver interface {
	// Leave calls proceed when the screen may be left, at once or after an answer.
	Leave(proceed func())
}

// Desk is the window as a screen sees it. The frame fills in the fields; tests fill in what they need.
type Desk struct {
	// Window is the program's only window.
	Window fyne.Window
	// Go opens another screen.
	Go func(page Page, argument any)
	// Plan is the training plan in force, as the top bar shows it.
	Plan func() data.Plan
	// Retitle shows a Titled screen's new title.
	Retitle func()
	// CopyAssistant opens the narrow window that carries an order over to the official web form (逐项复制助手).
	CopyAssistant func(orderID int64)
	// OpenFile shows a file with the system's program for it; nil stands for the function of that name.
	OpenFile func(path string) error
	// working counts the long works under way.
	working atomic.Int32
	// Inline runs all work on the caller's thread: for tests, which would have to wait otherwise.
	Inline bool
}

// Sequence numbers the questions of one list, so that a slow old answer never overwrites a newer one.
type Sequence struct{ last atomic.Int64 }

// Drop forgets the question that is under way: its answer is not shown.
func (s *Sequence) Drop() { s.last.Add(1) }

// Load asks for something off the user interface thread and shows the answer on it.
// Where sequence was used again meanwhile, the answer is dropped. An error becomes a dialog.
func Load[T any](d *Desk, sequence *Sequence, ask func(ctx context.Context) (T, error), show func(T)) {
	number := sequence.last.Add(1)
	d.run(func() {
		answer, err := ask(context.Background())
		d.OnScreen(func() {
			switch {
			case sequence.last.Load() != number:
			case err != nil:
				d.Fail(err)
			default:
				show(answer)
			}
		})
	})
}

// Do changes something off the user interface thread and calls done on it when that went well. An error becomes a dialog.
func (d *Desk) Do(work func(ctx context.Context) error, done func()) {
	d.run(func() {
		err := work(context.Background())
		d.OnScreen(func() {
			if err != nil {
				d.Fail(err)
				return
			}
			done()
		})
	})
}

// Work does long work under a dialog with a bar and 取消. done runs on the user interface thread when all went well;
// a cancel shows a toast, an error a dialog.
func (d *Desk) Work(title string, work func(ctx context.Context, progress app.Progress) error, done func()) {
	ctx, cancel := context.WithCancel(context.Background())
	dialog := ui.ShowProgress(d.Window, title, cancel)
	progress := func(finished, total int) {
		d.OnScreen(func() { dialog.Set(fraction(finished, total), counted(finished, total)) })
	}
	d.working.Add(1)
	d.run(func() {
		err := work(ctx, progress)
		d.working.Add(-1)
		cancelled := ctx.Err() != nil
		cancel()
		d.OnScreen(func() {
			dialog.Hide()
			switch {
			case err != nil && cancelled:
				ui.ShowToast(d.Window, ui.Toast{Text: "已取消，没有改动任何数据。", Tone: ui.ToneNeutral})
			case err != nil:
				d.Fail(err)
			default:
				done()
			}
		})
		if !d.Inline {
			// Long work takes memory that the program will not need again soon.
			debug.FreeOSMemory()
		}
	})
}

// Busy tells whether long work is under way, which a lock must not cut short.
func (d *Desk) Busy() bool { return d.working.Load() > 0 }

// Background runs work off the user interface thread.
func (d *Desk) Background(work func()) { d.run(work) }

func (d *Desk) run(work func()) {
	if d.Inline {
		work()
		return
	}
	go work()
}

// OnScreen runs show on the user interface thread, from any other.
func (d *Desk) OnScreen(show func()) {
	if d.Inline {
		show()
		return
	}
	fyne.Do(show)
}

// Toast tells of something that went well.
func (d *Desk) Toast(text string) { ui.ShowToast(d.Window, ui.Toast{Text: text}) }

// Fail shows what went wrong: where, what and how to mend it. The log gets the chain of causes.
func (d *Desk) Fail(err error) {
	problem, ok := data.AsProblem(err)
	if !ok {
		problem = data.Problem{What: "程序遇到了意外的问题，这一步没有完成。", Fix: "已保存的数据没有丢失，请再试一次；如果仍然不行，请复制详情交给技术人员。"}
	}
	slog.Error("shown to the user", "code", problem.Code, "cause", errors.Unwrap(err))
	ui.ShowTrouble(d.Window, ui.Trouble{Title: "没有完成", Where: problem.Where.String(), What: problem.What, Fix: problem.Fix, Detail: detailsOf(problem, ok)})
}

func detailsOf(problem data.Problem, known bool) string {
	if !known {
		return "peixun " + app.Version + "，意外错误"
	}
	return "peixun " + app.Version + "，" + problem.Code
}
