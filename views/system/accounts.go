package system

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

type accountsService interface {
	desk.WidthKeeper
	desk.PasswordChanger
	recoveryPrinter
	desk.Permitter
	Now() data.Moment
	Administrators(ctx context.Context) ([]data.Administrator, error)
	LockedAdministrators(ctx context.Context) (map[int64]data.LoginGuard, error)
	AddAdministrator(ctx context.Context, own string, fresh app.NewAdministrator) (data.Administrator, error)
	SetAdministratorRole(ctx context.Context, id int64, role data.Role) error
	DisableAdministrator(ctx context.Context, id int64) error
	EnableAdministrator(ctx context.Context, own string, id int64, password string) error
	RemoveAdministrator(ctx context.Context, id int64) error
	ResetAdministratorPassword(ctx context.Context, own string, id int64, password string) error
	UnlockAdministrator(ctx context.Context, id int64) error
	RotateKey(ctx context.Context, own string, progress app.Progress) (recoveryKey string, err error)
	KeyKnownToRemoved(ctx context.Context) (bool, error)
	WriteDutySheet(ctx context.Context, w io.Writer, to string) (app.Written, error)
}

// accountsWidth is the drawer's in px.
const accountsWidth float32 = 340

// Accounts is 管理员账号: who may log in, and what for.
type Accounts struct {
	desk    *desk.Desk
	service accountsService
	content fyne.CanvasObject
	table   *ui.DataTable
	host    *ui.DrawerHost
	drawer  *ui.Drawer
	count   *ui.Text
	head    []*ui.Button // what only 管理员 may do
	notes   *fyne.Container
	loading desk.Sequence

	list    []data.Administrator
	waiting map[int64]data.LoginGuard
	exposed bool // somebody whose account was taken away could open the data key of now
}

// NewAccounts makes the screen.
func NewAccounts(d *desk.Desk, s accountsService) *Accounts {
	a := &Accounts{desk: d, service: s, notes: ui.Column(0), count: ui.NewText("", theme.Secondary)}
	a.table = ui.NewDataTable(
		ui.TableColumn{Key: "name", Title: "姓名", Width: 136, Strong: true},
		ui.TableColumn{Key: "user", Title: "用户名", Width: 136},
		ui.TableColumn{Key: "role", Title: "权限", Width: 92},
		ui.TableColumn{Key: "means", Title: "可以做什么", HideBelow: 860},
		ui.TableColumn{Key: "last", Title: "上次登录", Width: 168, HideBelow: 620},
		ui.TableColumn{Key: "state", Title: "状态", Width: 116})
	a.table.Count = func() int { return len(a.list) }
	a.table.Key = func(row int) int64 { return a.list[row].ID }
	a.table.Cell = a.cell
	a.table.RowDisabled = func(row int) bool { return a.list[row].State == data.AccountRemoved }
	a.table.OnOpen = a.open
	desk.RememberWidths(s, "columns.accounts", a.table)
	a.drawer = ui.NewDrawer()
	a.drawer.OnStep, a.drawer.OnClose = a.table.OpenStep, a.closeDrawer
	a.head = []*ui.Button{ui.NewButton("更换数据密钥…", "refresh-cw", func() { a.rotate(nil) }), ui.NewButton("把工作交给接任者…", "user-check", a.handOver), ui.NewFilledButton("添加账号", "plus", a.add)}
	head := ui.NewPageHead(ui.NewElidedText("每个人用自己的账号登录，操作日志才分得清是谁做的。密码各自保管，谁也看不到。", theme.Text), a.head[0], a.head[1], a.head[2])
	a.host = ui.NewDrawerHost(ui.Column(0, ui.Grow(a.table), ui.NewFooter(a.count)), a.drawer, accountsWidth)
	a.content = ui.Ground(theme.Surface, ui.Column(0, head, a.notes, ui.Grow(a.host)))
	return a
}

// Content is part of desk.Screen.
func (a *Accounts) Content() fyne.CanvasObject { return a.content }

// Enter reads the accounts anew.
func (a *Accounts) Enter(any) {
	ui.SetOnEscape(a.desk.Window.Canvas(), a.closeDrawer)
	for _, button := range a.head {
		button.Tip = desk.Permit(a.service, data.RightManage, button)
	}
	a.load()
}

// Changed reads the accounts anew.
func (a *Accounts) Changed(event app.Event) {
	if event == app.AdministratorsChanged || event == app.SessionChanged {
		a.load()
	}
}

// accountsFound is what the screen shows.
type accountsFound struct {
	list    []data.Administrator
	waiting map[int64]data.LoginGuard
	exposed bool
}

func (a *Accounts) load() {
	if _, in := a.service.Session(); !in {
		return
	}
	desk.Load(a.desk, &a.loading, func(ctx context.Context) (found accountsFound, err error) {
		if found.list, err = a.service.Administrators(ctx); err == nil {
			found.waiting, err = a.service.LockedAdministrators(ctx)
		}
		if err == nil {
			found.exposed, err = a.service.KeyKnownToRemoved(ctx)
		}
		return found, err
	}, func(found accountsFound) {
		// Who can log in stands first; within that the order is that of making.
		slices.SortStableFunc(found.list, func(one, other data.Administrator) int { return accountPlace(one) - accountPlace(other) })
		a.list, a.waiting, a.exposed = found.list, found.waiting, found.exposed
		a.showNotes()
		enabled := len(data.EnabledAdministrators(a.list))
		words := fmt.Sprintf("%d 人可以登录，其中 %d 位“管理员”。", enabled, data.Managers(a.list))
		if data.Managers(a.list) == 1 {
			words += "建议至少有两位，一位忘记密码时另一位可以帮忙重置。"
		}
		a.count.SetText(words)
		a.table.Refresh()
		if row := a.table.OpenRow(); row >= 0 && row < len(a.list) {
			a.open(row)
		}
	})
}

func (a *Accounts) showNotes() {
	a.notes.Objects = nil
	if _, may := a.service.May(data.RightManage); a.exposed && may {
		change := ui.NewSmallButton("更换数据密钥…", "", func() { a.rotate(nil) })
		a.notes.Add(ui.Pad(16, 0, 16, 10, ui.NewNote(ui.ToneWarning, "", "有账号停用或移除后，数据密钥还没有换过。谁留着旧的数据文件和当时的密码，仍可能打开现在的数据。", change)))
	}
	a.content.Refresh()
}

func accountPlace(one data.Administrator) int {
	return slices.Index([]data.AccountState{data.AccountEnabled, data.AccountDisabled, data.AccountRemoved}, one.State)
}

func (a *Accounts) cell(row, column int) ui.Cell {
	one := a.list[row]
	switch a.table.Columns[column].Key {
	case "name":
		return ui.Cell{Text: one.Name}
	case "user":
		return ui.Cell{Text: one.User}
	case "role":
		return ui.Cell{Text: string(one.Role), Tone: roleTone(one.Role)}
	case "means":
		return ui.Cell{Text: one.Role.Means(), Role: theme.Secondary}
	case "last":
		return ui.Cell{Text: lastLogin(one)}
	}
	word, tone := a.state(one)
	return ui.Cell{Text: word, Tone: tone}
}

func lastLogin(one data.Administrator) string {
	if one.LastLogin == "" {
		return "还没有登录过"
	}
	return string(one.LastLogin)
}

func roleTone(role data.Role) ui.Tone {
	switch role {
	case data.RoleManager:
		return ui.TonePrimary
	case data.RoleReader:
		return ui.ToneNeutral
	}
	return ui.ToneSuccess
}

// state words how an account stands.
func (a *Accounts) state(one data.Administrator) (word string, tone ui.Tone) {
	switch guard := a.waiting[one.ID]; {
	case one.State != data.AccountEnabled:
		return string(one.State), ui.ToneNeutral
	case guard.Locked():
		return "已锁定", ui.ToneDanger
	case one.MustChange:
		return "临时密码", ui.ToneWarning
	}
	return string(one.State), ui.ToneSuccess
}

func (a *Accounts) open(row int) {
	one := a.list[row]
	word, tone := a.state(one)
	a.drawer.SetTitle(one.Name, ui.NewPill(word, tone))
	body := ui.Column(10,
		ui.NewKeyValue("用户名", one.User),
		ui.NewKeyValue("权限", string(one.Role)),
		ui.NewParagraph(one.Role.Means(), theme.Secondary),
		ui.NewKeyValue("建立时间", string(one.CreatedAt)),
		ui.NewKeyValue("上次登录", lastLogin(one)))
	if guard := a.waiting[one.ID]; guard.Wait > 0 {
		minutes := (guard.Wait + time.Minute - 1) / time.Minute
		body.Add(ui.NewNote(ui.ToneDanger, "", fmt.Sprintf("密码连续输错 %d 次，还要等 %d 分钟。", guard.Wrong, minutes)))
	}
	a.drawer.SetBody(ui.Pad(16, 12, 16, 12, body))
	a.drawer.SetFooter(a.actions(one)...)
	a.host.SetOpen(true)
}

func (a *Accounts) closeDrawer() {
	a.host.SetOpen(false)
	a.table.CloseRow()
}

// actions are the drawer's buttons. For one's own account there is only the password.
func (a *Accounts) actions(one data.Administrator) []fyne.CanvasObject {
	current, _ := a.service.Session()
	if one.ID == current.ID {
		return []fyne.CanvasObject{ui.Wide(ui.NewButton("修改密码", "key-round", func() { a.desk.ChangePassword(a.service) }))}
	}
	if one.State == data.AccountRemoved {
		return []fyne.CanvasObject{ui.NewText("已经移除，不能恢复。", theme.Secondary)}
	}
	reason, may := a.service.May(data.RightManage)
	var buttons []*ui.Button
	switch {
	case one.State == data.AccountDisabled:
		buttons = []*ui.Button{ui.NewButton("重新启用…", "check", func() { a.enable(one) }), ui.NewDangerButton("移除…", "", func() { a.remove(one) })}
	case a.waiting[one.ID].Wait > 0:
		buttons = []*ui.Button{ui.NewButton("解锁", "lock-open", func() { a.unlock(one) }), ui.NewButton("重置密码…", "key-round", func() { a.reset(one) })}
	default:
		buttons = []*ui.Button{ui.NewButton("改权限…", "sliders-horizontal", func() { a.changeRole(one) }), ui.NewButton("重置密码…", "key-round", func() { a.reset(one) })}
	}
	more := ui.NewMoreButton(func() []ui.MenuItem { return a.more(one) })
	var objects []fyne.CanvasObject
	for _, button := range append(buttons, more) {
		if !may {
			button.Tip = reason
			button.SetDisabled(true)
		}
		if button == more {
			objects = append(objects, button)
			continue
		}
		objects = append(objects, ui.Wide(button))
	}
	return objects
}

func (a *Accounts) more(one data.Administrator) []ui.MenuItem {
	items := []ui.MenuItem{{Label: "改权限…", Icon: "sliders-horizontal", Action: func() { a.changeRole(one) }}}
	if one.State == data.AccountEnabled {
		items = append(items, ui.MenuItem{Label: "停用…", Icon: "ban", Action: func() { a.disable(one) }})
	}
	return append(items, ui.MenuItem{Label: "移除…", Icon: "trash-2", Danger: true, Separated: true, Action: func() { a.remove(one) }})
}
