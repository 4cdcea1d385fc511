package data

import (
	"regexp"
	"slices"
	"strings"
)

// BankStatementLine is one movement on the unit's account, as its bank tells it (银行流水).
type BankStatementLine struct {
	ID int64
	// StatementID is the file that brought it, once it is stored.
	StatementID int64
	Account     string // the unit's own account; "" where neither the file nor the clerk named it
	At          Moment // the day's beginning where the bank tells the day alone
	Out         Money  // 借方发生额, what the unit paid; 0 where money came in
	In          Money  // 贷方发生额, what the unit received; 0 where money went out
	Balance     Money  // the account's balance afterwards, where HasBalance
	// HasBalance tells whether the bank wrote a balance; 0 is one too.
	HasBalance bool
	Name       string // 对方户名
	Number     string // 对方账号
	Bank       string // 对方开户行
	Summary    string // 摘要
	Purpose    string // 用途, 附言
	Serial     string // 交易流水号
	Row        int    // the row in the file that it was read from
}

// BankStatement is what a bank's file says.
type BankStatement struct {
	Lines []BankStatementLine // in the file's order
	Noise int                 // rows that are no movement: totals, carried forward, opening balance
	// Problems are rows that could not be read (errors), and places where the balance does not follow (warnings).
	Problems []Problem
	// Descending tells that the file's newest line stands first.
	Descending bool
}

// StatementForm declares the columns under which banks write statements. None has all of them: a movement stands in two columns
// (out, in), or in one with a sign or beside a word. Source: DOMAIN §9 and the exports of ICBC, CCB, BOC, BoCom, ABC and Bohai.
var StatementForm = Form{
	Key:      "statement",
	Name:     "银行流水",
	Identity: []string{"at"},
	Columns: []Column{
		{Key: "at", Header: "交易时间", Required: true, Kind: KindDate,
			Aliases: []string{"交易日期", "交易日", "记账日期", "记账日", "入账日期", "入账时间", "账务日期", "会计日期", "日期", "发生日期", "交易日期时间", "交易时间戳", "transaction date", "date"}},
		{Key: "time", Header: "交易时刻", Kind: KindText, Aliases: []string{"时间", "交易时分秒", "交易时间点", "time"}},
		{Key: "out", Header: "借方发生额", Kind: KindText,
			Aliases: []string{"支出", "支出金额", "借方金额", "借方", "借方发生金额", "转出金额", "付款金额", "支取金额", "付出金额", "借", "往账金额", "借方发生额/元", "借方金额/元", "支出/元", "支出金额/元", "发生额(借)", "发生额(借方)", "金额(借)", "金额(借方)", "借方发生数", "支取", "debit", "debit amount", "withdrawal"}},
		{Key: "in", Header: "贷方发生额", Kind: KindText,
			Aliases: []string{"收入", "收入金额", "贷方金额", "贷方", "贷方发生金额", "转入金额", "收款金额", "存入金额", "贷", "来账金额", "贷方发生额/元", "贷方金额/元", "收入/元", "收入金额/元", "发生额(贷)", "发生额(贷方)", "金额(贷)", "金额(贷方)", "贷方发生数", "存入", "credit", "credit amount", "deposit"}},
		{Key: "amount", Header: "交易金额", Kind: KindText, Aliases: []string{"发生额", "金额", "交易额", "发生金额", "本次金额", "交易金额/元", "发生额/元", "金额/元", "amount", "trade amount", "transaction amount"}},
		{Key: "direction", Header: "借贷标志", Kind: KindText,
			Aliases: []string{"借贷方向", "收支标志", "收支方向", "借/贷", "借贷", "收/支", "收支", "方向", "交易方向", "往来账标志", "借贷标识", "收付标志", "收付方向", "收/付", "收付", "借贷符号", "借贷类型", "交易类型", "存取", "存/取", "dr/cr", "d/c", "dc flag", "debit/credit"}},
		{Key: "balance", Header: "余额", Kind: KindText, Aliases: []string{"账户余额", "本次余额", "当前余额", "交易后余额", "账面余额", "可用余额", "联机余额", "余额/元", "账户余额/元", "结余", "balance"}},
		{Key: "name", Header: "对方户名", Kind: KindText,
			Aliases: []string{"对方单位名称", "对方单位", "对方名称", "对方账户名称", "对方账户名", "交易对方", "交易对手", "交易对手名称", "对手户名", "收款人名称", "收款人户名", "收款方户名", "收款方名称", "收付方名称", "对方姓名", "收/付方名称", "对方账号名称", "对方帐号名称", "对方账户户名", "对方客户名称", "交易对方名称", "交易对方户名", "对方户名/名称", "收款单位", "收款单位名称"}},
		{Key: "number", Header: "对方账号", Kind: KindText,
			Aliases: []string{"对方账户", "对方帐号", "对方卡号", "对手账号", "交易对手账号", "对方账号卡号", "收款人账号", "收款人帐号", "收款方账号", "收付方账号", "收/付方帐号", "收/付方账号", "交易对方账号", "对方卡号/账号"}},
		// Banks that write both sides of every movement: the other side is the payee of what went out and the payer of what came in.
		{Key: "payer_name", Header: "付款人名称", Kind: KindText, Aliases: []string{"付款人户名", "付款方户名", "付款方名称", "付款单位名称"}},
		{Key: "payer_number", Header: "付款人账号", Kind: KindText, Aliases: []string{"付款人帐号", "付款方账号", "付款账号"}},
		{Key: "bank", Header: "对方开户行", Kind: KindText, Aliases: []string{"对方行名", "对方开户机构", "对方银行", "对方开户行名", "交易对手开户行", "收款行名称"}},
		{Key: "summary", Header: "摘要", Kind: KindText, Aliases: []string{"交易摘要", "摘要代码", "业务摘要", "业务类型", "交易说明", "summary"}},
		{Key: "purpose", Header: "用途", Kind: KindText, Aliases: []string{"附言", "用途/附言", "交易附言", "个性化信息", "备注", "用途备注", "客户附言", "转账附言", "remark"}},
		{Key: "serial", Header: "交易流水号", Kind: KindText,
			Aliases: []string{"流水号", "凭证号", "凭证号码", "核心交易流水号", "核心流水号", "主机流水号", "账户明细编号", "账户明细编号-交易流水号", "交易号", "业务编号", "凭证编号", "回单编号", "交易序号", "serial"}},
		{Key: "currency", Header: "币种", Kind: KindText, Aliases: []string{"货币", "币别", "交易货币", "交易币种", "账户币种", "currency", "trade currency"}},
		{Key: "account", Header: "本方账号", Kind: KindText, Aliases: []string{"账号", "帐号", "我方账号", "查询账号", "本方帐号", "户口号", "账户账号"}},
	},
}

// statementColumns are the places of StatementForm's columns, looked up once.
var statementColumns = struct {
	at, time, out, in, amount, direction, balance, name, number, payerName, payerNumber, bank, summary, purpose, serial, currency, account int
}{
	at: StatementForm.Column("at"), time: StatementForm.Column("time"), out: StatementForm.Column("out"), in: StatementForm.Column("in"),
	amount: StatementForm.Column("amount"), direction: StatementForm.Column("direction"), balance: StatementForm.Column("balance"),
	name: StatementForm.Column("name"), number: StatementForm.Column("number"),
	payerName: StatementForm.Column("payer_name"), payerNumber: StatementForm.Column("payer_number"), bank: StatementForm.Column("bank"),
	summary: StatementForm.Column("summary"), purpose: StatementForm.Column("purpose"), serial: StatementForm.Column("serial"), currency: StatementForm.Column("currency"), account: StatementForm.Column("account"),
}

// JudgeStatementColumns tells what a sheet lacks to be a bank's statement: beside the day it needs amounts in two columns,
// or in one.
func JudgeStatementColumns(heading Heading) error {
	has := func(column int) bool { return heading.Columns[column] >= 0 }
	if has(statementColumns.at) && (has(statementColumns.out) || has(statementColumns.amount)) {
		return nil
	}
	return Refuse("statement-columns", "", "没有找到银行流水的金额列：要有“借方发生额”和“贷方发生额”两列，或者“交易金额”一列。",
		"请检查是否选错了文件；也可以在表头上指出哪一列是金额。").In(Place{Sheet: heading.Sheet, Row: heading.Row})
}

// direction says which way money went.
type direction uint8

const (
	directionUnknown direction = iota
	directionOut
	directionIn
)

// directionWords are what banks write beside an unsigned amount.
var directionWords = map[string]direction{
	"借": directionOut, "借方": directionOut, "支": directionOut, "支出": directionOut, "付": directionOut, "付款": directionOut, "转出": directionOut,
	"往账": directionOut, "出": directionOut, "支取": directionOut, "付出": directionOut, "汇出": directionOut, "取": directionOut, "db": directionOut, "d": directionOut, "dr": directionOut, "debit": directionOut, "-": directionOut, "往": directionOut,
	"贷": directionIn, "贷方": directionIn, "收": directionIn, "收入": directionIn, "收款": directionIn, "转入": directionIn,
	"来账": directionIn, "入": directionIn, "存入": directionIn, "收进": directionIn, "汇入": directionIn, "存": directionIn, "c": directionIn, "cr": directionIn, "credit": directionIn, "+": directionIn, "来": directionIn,
}

func directionOf(word string) direction {
	bare := strings.ToLower(strings.TrimRight(compact(halfWidthText(word)), ".:"))
	if known, ok := directionWords[bare]; ok {
		return known
	}
	holds := func(words []string) bool {
		return slices.ContainsFunc(words, func(part string) bool { return strings.Contains(bare, part) })
	}
	switch out, in := holds(outWords), holds(inWords); {
	case out && !in:
		return directionOut
	case in && !out:
		return directionIn
	}
	return directionUnknown
}

// outWords and inWords are parts of longer words for a kind of movement, such as 转账支出.
var (
	outWords = []string{"支出", "转出", "付款", "汇出", "支取", "往账"}
	inWords  = []string{"收入", "转入", "收款", "汇入", "存入", "来账"}
)

// statementTotals fill the 摘要 of rows that sum up others, even where a day and an amount stand beside them.
var statementTotals = []string{"合计", "总计", "小计", "承前页", "过次页", "期初余额", "期末余额", "上期余额", "本期余额", "本日合计", "本月合计", "本年累计", "本页小计", "本页合计", "借方合计", "贷方合计", "累计", "本日累计", "本月累计", "本期合计", "转次页", "过下页", "转下页", "接前页", "接上页", "承上页"}

// statementNotes begin the first cell of rows that are no movement and have no day or no amount.
var statementNotes = append([]string{"本页", "上页", "总笔数", "借方笔数", "贷方笔数", "总收入", "总支出", "收入笔数", "支出笔数", "收入合计", "支出合计", "汇总", "打印", "制表",
	"以下空白", "记录结束", "记录总数", "制单", "复核", "经办", "账号", "户名", "币种", "借方总", "贷方总", "仅供参考", "温馨提示", "注:", "说明:", "以上"}, statementTotals...)

// pageNumber begins what stands between printed pages.
var pageNumber = regexp.MustCompile(`^(第|共)\d+页|^page\d+`)

func bareNote(text string) string { return strings.Trim(compact(halfWidthText(text)), "-=*_.#") }

func isStatementTotal(text string) bool {
	return slices.Contains(statementTotals, strings.Trim(bareNote(text), ":"))
}

func isStatementNote(text string) bool {
	bare := bareNote(text)
	return pageNumber.MatchString(bare) || slices.ContainsFunc(statementNotes, func(word string) bool { return strings.HasPrefix(bare, word) })
}
