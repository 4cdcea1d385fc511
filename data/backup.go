package data

import (
	"cmp"
	"fmt"
	"slices"
)

// BackupReason says why a backup was made, in the words of the list.
type BackupReason string

const (
	BackupByHand    BackupReason = "手动"
	BackupAtExit    BackupReason = "退出时"
	BackupByCommand BackupReason = "命令行"
	BeforeImport    BackupReason = "导入前"
	BeforeUndo      BackupReason = "撤销导入前"
	BeforeRestore   BackupReason = "恢复前"
	BeforeMigration BackupReason = "升级前"
	BeforeMonthEnd  BackupReason = "月结前"
	BeforePack      BackupReason = "报盘前"
	BeforeRekey     BackupReason = "换密钥前"
)

// BackupCounts are what a database holds, for comparing two of them.
type BackupCounts struct {
	Trainees   int `json:"trainees"`
	Orders     int `json:"orders"`
	Batches    int `json:"batches"`
	Recharges  int `json:"recharges"` // lines of 充值明细
	Hours      int `json:"hours"`     // lines of 线下学时
	Vouchers   int `json:"vouchers"`
	Letters    int `json:"letters"`
	Statements int `json:"statements"` // bank lines
}

// BackupCount is one figure of BackupCounts with its name.
type BackupCount struct {
	Name  string
	Count int
}

// List gives the figures in the order in which they are shown.
func (c BackupCounts) List() []BackupCount {
	return []BackupCount{{"学员", c.Trainees}, {"缴费订单", c.Orders}, {"缴费凭证", c.Vouchers}, {"学习卡批次", c.Batches}, {"充值明细", c.Recharges},
		{"线下学时", c.Hours}, {"确认书", c.Letters}, {"银行流水", c.Statements}}
}

// StoredState tells whether anything worth a backup changed between two looks at a database: settings and logins do not count.
type StoredState struct {
	Changes int64  `json:"changes"` // only ever rises, also over restores
	Log     string `json:"log"`     // tells the last line of 操作日志 that is no login and no backup
}

// Backup is a backup file as its header describes it.
type Backup struct {
	Path     string
	Size     int64 // bytes of the file
	At       Moment
	Reason   BackupReason
	Unit     string
	Schema   int
	Database string
	Own      bool // of the database that is open
	State    StoredState
	Counts   BackupCounts
	Broken   []string // what 数据体检 found wrong with the money when it was made
	// Trouble says why the file cannot be used, as far as its header tells; "" where nothing is known against it.
	Trouble string
}

// How many backups are kept: the newest ones, and the newest of each day and of each month. Days and months without backups do not
// count, so that a clock that went wrong, or a long holiday, costs no backup.
const (
	keptNewest = 10
	keptDays   = 14
	keptMonths = 12
)

// ExpiredBackups gives those of one database's backups in one folder that the rule does not keep. The list may stand in any order.
func ExpiredBackups(list []Backup) []Backup {
	list = slices.Clone(list)
	slices.SortStableFunc(list, NewerBackup)
	days, months := map[Date]bool{}, map[string]bool{}
	var expired []Backup
	for place, one := range list {
		day, month := one.At.Date(), string(one.At.Date()[:len("2006-01")])
		kept := place < keptNewest
		if !days[day] && len(days) < keptDays {
			days[day], kept = true, true
		}
		if !months[month] && len(months) < keptMonths {
			months[month], kept = true, true
		}
		if !kept {
			expired = append(expired, one)
		}
	}
	return expired
}

// NewerBackup orders backups of one database, the newest first. What was changed later has more changes, whatever a clock said.
func NewerBackup(one, other Backup) int {
	return cmp.Or(cmp.Compare(other.State.Changes, one.State.Changes), cmp.Compare(other.At, one.At))
}

// BackupExtension is that of backup files.
const BackupExtension = ".pxbak"

// BackupFileName names a backup: 备份_<单位>_<时间>.pxbak; another of the same second gets a number from 2.
func BackupFileName(unit string, at Moment, number int) string {
	name := fmt.Sprintf("备份_%s_%s", unitInName(unit), at.Time().Format("20060102150405"))
	if number > 1 {
		name = fmt.Sprintf("%s_%d", name, number)
	}
	return name + BackupExtension
}
