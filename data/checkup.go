package data

import (
	"fmt"
	"strings"
)

// Invariant is one line of 数据体检: something that must always hold, and what breaks it.
type Invariant struct {
	Name   string
	OK     bool
	Detail string // what is wrong, in Chinese; empty where all is well
	Fix    string // how to mend it; empty where all is well
	Places []CheckPlace
	Count  int // of the places that are wrong; Places holds the first
}

// CheckPlace is a place that breaks an invariant.
type CheckPlace struct {
	Kind PlaceKind
	Key  string // an order's, batch's or letter's number, a run's, entry's or trainee's key
	Text string // the key, and the figures that disagree
}

// PlaceKind says what a CheckPlace is, so that a screen can lead to it.
type PlaceKind string

// Kinds of places.
const (
	PlaceNone    PlaceKind = ""
	PlaceOrder   PlaceKind = "order"
	PlaceBatch   PlaceKind = "batch"
	PlaceLetter  PlaceKind = "letter"
	PlaceRun     PlaceKind = "run"
	PlaceEntry   PlaceKind = "entry"
	PlaceTrainee PlaceKind = "trainee"
	PlaceLog     PlaceKind = "log"
)

// How many places an invariant names in its sentence, and keeps to lead to.
const (
	placesNamed = 3
	placesKept  = 50
)

// Break adds a place that breaks the invariant, written as its key and behind it in （） what disagrees.
func (i *Invariant) Break(which string) {
	i.OK = false
	i.Count++
	if i.Count <= placesNamed {
		i.Detail += which + "；"
	}
	if i.Count <= placesKept {
		key, _, _ := strings.Cut(which, "（")
		i.Places = append(i.Places, CheckPlace{Key: key, Text: which})
	}
}

// remedies say of each invariant what its places are and how it is mended.
var remedies = map[string]struct {
	kind PlaceKind
	fix  string
}{
	"批次合计等于订单的批准金额":          {PlaceOrder, "打开订单，对照凭证看哪个金额对。数据在程序以外被改过时，请从出错以前的备份恢复。"},
	"没有通过审核的订单没有批次":          {PlaceOrder, "打开订单看它真正的审核结果：平台已通过的，登记“审核通过”；没有通过的，请从备份恢复。"},
	"批次已用加剩余等于面值，且都不为负":      {PlaceBatch, "打开批次，和充值明细逐条核对；先不要再从这个批次充值。"},
	"审核时间不早于申请时间":            {PlaceOrder, "打开订单，在“经过”里核对提交和审核的日期。"},
	"有效发票金额等于订单总金额":          {PlaceOrder, "打开订单，对照发票原件；发票开错的，先登记红冲，再登记新发票。"},
	"作废的订单没有有效发票":            {PlaceOrder, "打开订单，登记发票红冲；发票其实有效的，请联系技术人员。"},
	"一个交易号只支付一个订单":           {PlaceOrder, "在“在线充值管理”里核对交易号，作废登记重复的订单。"},
	"订单号没有重复使用":              {PlaceOrder, "订单号由程序给出，重复说明数据被程序以外改过，请从备份恢复。"},
	"每个订单至多有一份有效的确认书":        {PlaceLetter, "打开确认书，作废多余的那一份。"},
	"确认书的状态与登记的最后一步一致":       {PlaceLetter, "打开确认书，核对登记的每一步，再登记一次现在的状态。"},
	"充值明细合计等于批次已用":           {PlaceBatch, "打开批次核对每次充值；先不要再从这个批次充值，并从出错以前的备份恢复。"},
	"每次充值的明细合计等于该次总额":        {PlaceRun, "打开这次充值，和充值确认表核对；请从出错以前的备份恢复。"},
	"每次充值的种类、时间、经办人和剩余与明细一致": {PlaceRun, "打开这次充值，和充值确认表核对；请从出错以前的备份恢复。"},
	"每次充值只动一个批次":             {PlaceRun, "打开这次充值，和充值确认表核对；请从出错以前的备份恢复。"},
	"没有学员的余额为负":              {PlaceTrainee, "打开学员，在“缴费充值”里核对每一笔；冲正多了的，请从备份恢复。"},
	"没有从未通过审核的订单充值":          {PlaceOrder, "打开订单，核对平台的审核结果；没有通过的订单不能充值，请把已充的冲正。"},
	"每条冲正对应一条同额的充值":          {PlaceEntry, "打开这一条和它冲正的那一条核对；请从出错以前的备份恢复。"},
	"平台回复失败的充值都已退回，成功的都没有冲正": {PlaceEntry, "打开这一条，重新登记平台的结果。"},
	"凭证图片与登记的校验值一致":          {PlaceOrder, "打开订单，重新上传这张凭证。"},
	"发票文件与登记的校验值一致":          {PlaceOrder, "打开订单，重新添加发票文件。"},
	"回签扫描件与登记的校验值一致":         {PlaceLetter, "打开确认书，重新添加回签扫描件。"},
	"线下学时附件与登记的校验值一致":        {PlaceNone, "打开线下档案管理里的这条记录，重新添加附件。"},
	"操作日志没有被改动":              {PlaceLog, "日志在程序以外被改过或删过。请保留现在的文件作证据，再从出错以前的备份恢复。"},
	"平台结果没有被改动":              {PlaceNone, "平台结果在程序以外被改过、加过或删过。请保留现在的文件，对照平台逐条核对，再从出错以前的备份恢复。"},
	"充值明细没有被改动":              {PlaceNone, "充值明细在程序以外被改过或删过。请先不要充值，保留现在的文件，再从出错以前的备份恢复。"},
}

// tableWords turn the tables that a broken reference names into words; of two that begin alike the longer stands first.
var tableWords = strings.NewReplacer("trainee", "学员", "organization", "机构", "plan", "培训计划", "payment_order", "订单", "order_line", "订单明细", "order_revision", "提交过的订单",
	"card_batch", "批次", "recharge_entry", "充值明细", "recharge_run", "充值", "recharge_answer", "平台结果", "invoice_issue", "发票", "invoice_file", "发票文件", "invoice", "开票信息",
	"voucher", "凭证", "offline_hours", "线下学时", "hours_change", "线下学时的改动", "hours_file", "线下学时附件", "letter_order", "确认书的订单", "letter_scan", "回签扫描件", "letter_step", "确认书的登记", "letter", "确认书",
	"statement_line", "银行流水", "bank_statement", "银行流水文件", "import_run", "导入")

// nameReferences is the invariant whose places are tables' rows.
const nameReferences = "外键完整"

// usualFix is for damage that nobody mends on a screen.
const usualFix = "这不是录入能改好的。请停止录入，保留现在的数据文件，从出错以前的备份恢复，或联系技术人员。"

// Explained gives a broken invariant with how it is mended and what its places are; one that holds comes back as it is.
func (i Invariant) Explained() Invariant {
	if i.OK {
		return i
	}
	i.Fix = usualFix
	if i.Name == nameReferences {
		i.Detail = tableWords.Replace(i.Detail)
		for place, at := range i.Places {
			i.Places[place].Text = tableWords.Replace(at.Text)
		}
	}
	if remedy, known := remedies[i.Name]; known {
		i.Fix = remedy.fix
		for place := range i.Places {
			i.Places[place].Kind = remedy.kind
		}
		if remedy.kind == PlaceLog {
			i.Places = []CheckPlace{{PlaceLog, "", "操作日志"}}
		}
	}
	if i.Count > placesNamed && len(i.Places) > 0 {
		i.Detail += fmt.Sprintf("共 %d 处。", i.Count)
	}
	if cut, ends := strings.CutSuffix(i.Detail, "；"); ends {
		i.Detail = cut + "。"
	}
	return i
}

// Checkup is a whole 数据体检: when it was made, and what it found.
type Checkup struct {
	At         Moment
	Invariants []Invariant
}

// Broken counts the invariants that do not hold.
func (c Checkup) Broken() int {
	broken := 0
	for _, one := range c.Invariants {
		if !one.OK {
			broken++
		}
	}
	return broken
}

// Verdict says in a sentence what the checkup found.
func (c Checkup) Verdict() string {
	if broken := c.Broken(); broken > 0 {
		return fmt.Sprintf("%d 项中有 %d 项不对。", len(c.Invariants), broken)
	}
	return fmt.Sprintf("%d 项全部正常。", len(c.Invariants))
}

// CheckupSheet is a checkup as it is printed.
type CheckupSheet struct {
	Checkup
	Unit string
}
