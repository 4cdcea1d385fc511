package data

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// StatementOrigin is what a bank's file tells of itself beside its rows.
type StatementOrigin struct {
	Bank    string // 中国工商银行, or "" where nothing names it
	Account string // the unit's own account as the title rows name it, or ""
	// Currency is that of the whole file where the title rows name one that is not the yuan, else "".
	Currency string
}

// bankNames are the banks with the words by which titles and file names call them. Longer names stand first, because 中国银行 is
// the beginning of no other here, but 北京银行 and 中国银行 are often written short.
var bankNames = []struct {
	name  string
	words []string
}{
	{"中国工商银行", []string{"工商银行", "工行", "icbc"}},
	{"中国建设银行", []string{"建设银行", "建行", "ccb"}},
	{"中国农业银行", []string{"农业银行", "农行", "abchina"}},
	{"交通银行", []string{"交通银行", "交行", "bocom", "bankcomm"}},
	{"招商银行", []string{"招商银行", "招行", "cmbchina", "cmb"}},
	{"渤海银行", []string{"渤海银行", "bohai", "cbhb"}},
	{"中国邮政储蓄银行", []string{"邮政储蓄", "邮储", "psbc"}},
	{"北京银行", []string{"北京银行", "bankofbeijing"}},
	{"北京农商银行", []string{"北京农商", "bjrcb"}},
	{"中信银行", []string{"中信银行", "citic"}},
	{"中国光大银行", []string{"光大银行", "cebbank"}},
	{"中国民生银行", []string{"民生银行", "cmbc"}},
	{"兴业银行", []string{"兴业银行", "cib"}},
	{"上海浦东发展银行", []string{"浦东发展", "浦发", "spdb"}},
	{"华夏银行", []string{"华夏银行", "hxb"}},
	{"平安银行", []string{"平安银行", "pingan"}},
	{"广发银行", []string{"广发银行", "cgb"}},
	{"中国银行", []string{"中国银行", "中行", "boc"}},
}

// bankHeaders are headers that one bank's export has and others' have not. Source: the exports of the banks' web sites for firms.
var bankHeaders = []struct{ bank, header string }{
	{"中国工商银行", "个性化信息"}, {"中国建设银行", "账户明细编号"}, {"中国建设银行", "企业流水号"}, {"中国农业银行", "交易时间戳"},
	{"招商银行", "收/付方名称"}, {"招商银行", "收(付)方名称"}, {"中国银行", "[transactiondate]"}, {"中国银行", "[transactiontype]"},
}

// ownAccount finds the account that title rows name.
var ownAccount = regexp.MustCompile(`(?i)(?:[账帐] *号|账 *户 *号 *码|户 *口 *号|卡 *号|account number|account no)[^0-9日期时]{0,40}([0-9][0-9 -]{6,36}[0-9])`)

// otherSide begins what is not the unit's own account.
var otherSide = regexp.MustCompile(`(?:对方|收款|付款人|对手)[^ ]{0,6}$`)

// RecogniseStatement looks in a file's name, its rows above the header and its headers for the bank and the unit's own account.
func RecogniseStatement(file string, titles, headers []string) StatementOrigin {
	var origin StatementOrigin
	text := strings.Join(titles, "\n")
	origin.Bank = bankIn(text)
	if origin.Bank == "" {
		origin.Bank = bankIn(strings.TrimSuffix(file, filepath.Ext(file)))
	}
	for _, known := range bankHeaders {
		if origin.Bank == "" && slices.ContainsFunc(headers, func(header string) bool { return strings.Contains(foldHeader(header), foldHeader(known.header)) }) {
			origin.Bank = known.bank
		}
	}
	origin.Account = accountIn(text)
	if found := titleCurrency.FindStringSubmatch(halfWidthText(text)); found != nil {
		origin.Currency = foreignCurrency(found[1])
	}
	return origin
}

// accountIn finds the unit's own account in a text that names it, or "".
func accountIn(text string) string {
	half := halfWidthText(text)
	for _, found := range ownAccount.FindAllStringSubmatchIndex(half, -1) {
		account := strings.NewReplacer(" ", "", "-", "").Replace(half[found[2]:found[3]])
		if !otherSide.MatchString(half[:found[0]]) && len(account) <= maxAccountDigits {
			return account
		}
	}
	return ""
}

// titleCurrency finds the currency that title rows name.
var titleCurrency = regexp.MustCompile(`(?i)(?:币 *种|货 *币|currency)[\]): ]*([\p{Han}]+|[A-Z]{3})`)

// currencyNames are the currencies in which Chinese banks keep accounts beside the yuan, by their words and codes.
var currencyNames = []struct {
	name  string
	words []string
}{
	{"美元", []string{"美元", "美金", "usd"}}, {"港币", []string{"港币", "港元", "hkd"}}, {"欧元", []string{"欧元", "eur"}}, {"日元", []string{"日元", "日圆", "jpy"}},
	{"英镑", []string{"英镑", "gbp"}}, {"澳大利亚元", []string{"澳大利亚元", "澳元", "aud"}}, {"加拿大元", []string{"加拿大元", "加元", "cad"}}, {"瑞士法郎", []string{"瑞士法郎", "chf"}},
	{"新加坡元", []string{"新加坡元", "新元", "sgd"}}, {"澳门元", []string{"澳门元", "澳门币", "mop"}}, {"韩元", []string{"韩元", "krw"}}, {"卢布", []string{"卢布", "rub"}},
}

// foreignCurrency names the currency that a word stands for, "" for the yuan and for words that are no currency.
func foreignCurrency(word string) string {
	bare := strings.ToLower(compact(halfWidthText(word)))
	for _, currency := range currencyNames {
		for _, known := range currency.words {
			if strings.HasPrefix(bare, known) || strings.HasSuffix(bare, known) && bare != "" {
				return currency.name
			}
		}
	}
	return ""
}

// maxAccountDigits is the longest account that a bank gives out.
const maxAccountDigits = 32

// latinWord is what a bank's Latin short name must not be a part of.
var latinWord = regexp.MustCompile(`[a-z]+`)

func bankIn(text string) string {
	bare := strings.ToLower(halfWidthText(text))
	latin := latinWord.FindAllString(bare, -1)
	for _, bank := range bankNames {
		for _, word := range bank.words {
			if latinWord.MatchString(word) && slices.Contains(latin, word) || !latinWord.MatchString(word) && strings.Contains(bare, word) {
				return bank.name
			}
		}
	}
	return ""
}

// Days gives the first and the last day of a statement's movements; both are "" without any.
func (s BankStatement) Days() (first, last Date) {
	for _, line := range s.Lines {
		day := line.At.Date()
		if first == "" || day < first {
			first = day
		}
		last = max(last, day)
	}
	return first, last
}

// Sums adds up what a statement paid and received, in 分.
func (s BankStatement) Sums() (out, in Money) {
	for _, line := range s.Lines {
		out, in = out+line.Out, in+line.In
	}
	return out, in
}

// ImportedStatement is a bank's file that was taken in.
type ImportedStatement struct {
	ID          int64
	File        string
	Bank        string // "" where nothing named it
	At          Moment // of the import
	User        string
	First, Last Date // of its movements
	Added       int  // lines
	Already     int  // lines that were there before
	Noise       int  // rows that are no movement
	Gaps        int  // places where its balance does not follow
	Settled     int  // of its lines, those that a match holds
}
