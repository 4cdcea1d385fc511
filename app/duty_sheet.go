package app

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"peixun/data"
	"peixun/data/letter"
)

// waitNames are the words of 交接清单 for what waits.
var waitNames = map[WaitKind]string{
	WaitReview: "订单在等平台审核", WaitInvoice: "审核通过、还没有发票", WaitProfile: "管理员信息没有填全", WaitIssue: "已申请、还没有开出发票",
	WaitTransfer: "发票已开、还没有付款", WaitDraft: "订单填了一半", WaitRejected: "订单被驳回，要修订", WaitPeople: "学员缺手机号", WaitRecharge: "学员还没有充值",
	WaitLeftOver: "批次里的钱没有用完", WaitLetter: "确认书没有寄出", WaitReturn: "确认书寄出后没有回来",
}

// waitUnits are what the lines of 交接清单 count where these are no orders.
var waitUnits = map[WaitKind]string{WaitProfile: "项", WaitPeople: "人", WaitRecharge: "人", WaitLeftOver: "批", WaitLetter: "份", WaitReturn: "份"}

// DutySheet gathers 交接清单: what stands open in the plan in force, what is handed over beside the data, and who can log in.
func (a *App) DutySheet(ctx context.Context, to string) (data.DutySheet, error) {
	home, err := a.Home(ctx)
	if err != nil {
		return data.DutySheet{}, err
	}
	profile, err := a.Profile(ctx)
	if err != nil {
		return data.DutySheet{}, err
	}
	current, _ := a.Session()
	sheet := data.DutySheet{Unit: profile.Unit, Plan: home.Plan.Name, From: current.Name, To: to, At: a.Now(), Keep: a.thingsKept(ctx)}
	waits, err := a.Waits(ctx, home)
	if err != nil {
		return sheet, err
	}
	for _, wait := range waits {
		sheet.Open = append(sheet.Open, dutyOf(wait))
	}
	resets, err := a.PasswordResets(ctx)
	if err != nil {
		return sheet, err
	}
	if len(resets) > 0 {
		sheet.Open = append(sheet.Open, data.Duty{What: "学员要重置密码", Detail: fmt.Sprintf("%d 人", len(resets)), Since: resets[0].At, Whose: "我方"})
	}
	known, err := a.Administrators(ctx)
	sheet.Who = data.EnabledAdministrators(known)
	return sheet, err
}

func dutyOf(wait Wait) data.Duty {
	duty := data.Duty{What: waitNames[wait.Kind], Since: wait.Since, Whose: "平台"}
	if wait.Mine() {
		duty.Whose = "我方"
	}
	switch {
	case wait.Order.Number != "":
		duty.Detail = wait.Order.Number
	case wait.Letter != "":
		duty.Detail = wait.Letter
	default:
		duty.Detail = fmt.Sprintf("%d %s", wait.Count, cmp.Or(waitUnits[wait.Kind], "单"))
	}
	if wait.Sum > 0 {
		duty.Detail += "，" + wait.Sum.String() + " 元"
	}
	return duty
}

// thingsKept are what the data file does not hold.
func (a *App) thingsKept(ctx context.Context) []data.Duty {
	folders := a.DefaultBackupFolder()
	if chosen := a.BackupFolder(ctx); chosen != "" {
		folders += "；" + chosen
	}
	return []data.Duty{
		{What: "新的恢复密钥（打印件）", Detail: "更换数据密钥时打印，交单位保险柜；旧的销毁"},
		{What: "数据文件", Detail: a.DatabasePath()},
		{What: "备份", Detail: folders + "；用做备份时的密码打开"},
		{What: "官方平台的管理员账号", Detail: data.OfficialPath + " → 管理员登录"},
		{What: "纸质确认书、凭证和发票", Detail: "按“证书管理”“银行转账凭证”核对份数"},
		{What: "咨询电话", Detail: data.HelpTelephones},
	}
}

// WriteDutySheet writes 交接清单 for printing; to is who takes over, or "".
func (a *App) WriteDutySheet(ctx context.Context, w io.Writer, to string) (Written, error) {
	sheet, err := a.DutySheet(ctx, to)
	if err != nil {
		return Written{}, err
	}
	pages, err := letter.DutySheet(w, sheet)
	return Written{pages, letter.MissingFrom(sheet)}, err
}
