package data

import (
	"fmt"
	"strings"
)

// Limits of a bank account's number, in digits.
const (
	minAccount      = 8
	maxAccount      = 32
	minPersonalCard = 16
	maxPersonalCard = 19
)

// JudgeAccount cleans and judges the number of a payer's bank account: 8 to 32 digits, which "-" may divide. It must not be the
// payee's. A personal card (16 to 19 digits that begin with 62) is a warning, and only such a card is checked by Luhn's rule:
// accounts of units follow none. Blank stays blank without a problem. Problems have no field and never
// show the number; where one is an error the account is "".
func JudgeAccount(text, payeeAccount string) (string, []Problem) {
	account := strings.TrimLeft(compact(text), "'‘’`")
	if account == "" {
		return "", nil
	}
	digits := strings.ReplaceAll(account, "-", "")
	switch {
	case isScientific(account):
		return "", []Problem{Refuse("account-destroyed", "", "Excel 把这个账号当成了数字，后面的数字已经丢失。", "请按银行资料重新输入全部账号。")}
	case strings.ContainsRune(account, '*'):
		return "", []Problem{Refuse("account-masked", "", "这个账号的中间几位被“*”遮住了。", "请填写完整的账号。")}
	case !onlyDigits(digits):
		return "", []Problem{Refuse("account-format", "", "账号里有数字和“-”以外的字符。", "请按银行资料重新输入，开户行另填在它自己的一栏。")}
	case len(digits) < minAccount || len(digits) > maxAccount:
		return "", []Problem{Refuse("account-length", "", fmt.Sprintf("账号有 %d 位数字，长度不对。", len(digits)),
			fmt.Sprintf("银行账号一般为 %d 到 %d 位数字，请按银行资料核对。", minAccount, maxAccount))}
	case digits == strings.ReplaceAll(compact(payeeAccount), "-", ""):
		return "", []Problem{Refuse("account-payee", "", "这是收款单位的账号。", "请填写付款单位自己的账号。")}
	}
	var problems []Problem
	if account != text {
		problems = append(problems, Fixed("account-cleaned", "", "已去掉账号里的空格等多余字符。"))
	}
	return account, append(problems, judgePersonalCard(digits)...)
}

func judgePersonalCard(digits string) []Problem {
	if len(digits) < minPersonalCard || len(digits) > maxPersonalCard || !strings.HasPrefix(digits, "62") {
		return nil
	}
	problems := []Problem{Warn("account-personal", "", "这个账号像个人银行卡号。", "缴费一般由单位账户转出，请确认。")}
	if !passesLuhn(digits) {
		problems = append(problems, Warn("account-luhn", "", "这个银行卡号的最后一位与前面的数字对不上，可能有一位写错。", "请对照银行卡逐位核对。"))
	}
	return problems
}

// passesLuhn checks a card's number by ISO/IEC 7812-1, annex B.
func passesLuhn(digits string) bool {
	sum := 0
	for place := range len(digits) {
		digit := int(digits[len(digits)-1-place] - '0')
		if place%2 == 1 {
			digit *= 2
			if digit > 9 {
				digit -= 9
			}
		}
		sum += digit
	}
	return sum%10 == 0
}
