package data

import (
	"fmt"
	"strings"
)

// creditAlphabet holds the 31 characters of GB 32100-2015, each worth its place; I, O, S, V and Z are left out.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditCodeLength is that of a 统一社会信用代码; taxpayers without one have 15, 17 or 20 characters.
const creditCodeLength = 18

// JudgeTaxNumber cleans and judges a 纳税人识别号 or 统一社会信用代码 (GB 32100-2015). A wrong shape or a resident's ID number is an
// error, a wrong check character and the older lengths are warnings, since real codes such as 91350203M0001QKT19 fail the check.
// Blank stays blank without a problem. Problems have no field; where one is an error the number is "".
func JudgeTaxNumber(text string) (string, []Problem) {
	number := strings.ToUpper(strings.TrimLeft(compact(text), "'‘’`"))
	if number == "" {
		return "", nil
	}
	if isScientific(number) && strings.ContainsAny(number, ".+") { // 9110010120000320E1 is a number like any other
		return "", []Problem{Refuse("tax-destroyed", "", "Excel 把这个税号当成了数字，后面的数字已经丢失。", "请按营业执照或登记证书重新输入全部号码。")}
	}
	if problem, ok := creditCharacters(number); !ok {
		return "", []Problem{problem}
	}
	var problems []Problem
	if number != text {
		problems = append(problems, Fixed("tax-cleaned", "", "已去掉税号里的空格等多余字符，字母改为大写半角。"))
	}
	switch len(number) {
	case creditCodeLength:
		more := judgeCreditCode(number)
		if HasErrors(more) {
			return "", more
		}
		return number, append(problems, more...)
	case 15, 17, 20:
		return number, append(problems, Warn("tax-old", "", fmt.Sprintf("这个税号是 %d 位，现在的统一社会信用代码是 18 位。", len(number)), "请对照营业执照或登记证书核对。"))
	}
	return "", []Problem{Refuse("tax-length", "", fmt.Sprintf("税号应为 18 位，这里是 %d 位。", len(number)), "请对照营业执照或登记证书补全或删去多余的字符。")}
}

// creditCharacters refuses what no tax number holds, and in 18 characters what the standard leaves out.
func creditCharacters(number string) (Problem, bool) {
	place := 0
	for _, r := range number {
		place++
		if r < 0x80 && (isDigit(byte(r)) || (r >= 'A' && r <= 'Z')) && (len(number) != creditCodeLength || strings.IndexByte(creditAlphabet, byte(r)) >= 0) {
			continue
		}
		what := fmt.Sprintf("税号的第 %d 位“%c”不是数字或字母。", place, r)
		switch r {
		case 'I', 'O', 'S', 'V', 'Z':
			what = fmt.Sprintf("税号的第 %d 位是字母 %c，而税号里不会有字母 I、O、S、V、Z。", place, r)
		}
		return Refuse("tax-character", "", what, "请对照营业执照或登记证书重新输入，留意 0 和 O、1 和 I、2 和 Z、5 和 S。"), false
	}
	return Problem{}, true
}

// judgeCreditCode judges 18 characters that all stand in the alphabet.
func judgeCreditCode(number string) []Problem {
	// Nobody alive was born before 1900, and a unit of 密云 (110118) would look as if it were.
	if IsResidentID(number, "") && number[6:8] >= "19" {
		return []Problem{Refuse("tax-resident", "", "这是一个居民身份证号，不是单位的税号。", "请填写单位的统一社会信用代码（18 位）。")}
	}
	if !onlyDigits(number[2:8]) {
		return []Problem{Refuse("tax-shape", "", "税号的第 3 到 8 位应为数字（登记地的代码）。", "请对照营业执照或登记证书核对这几位。")}
	}
	if creditCheck(number) != number[17] {
		return []Problem{Warn("tax-check", "", "税号的最后一位与前面的字符对不上，可能有一位写错。", "请对照营业执照或登记证书逐位核对；确认无误可以继续。")}
	}
	return nil
}

// creditCheck computes the check character of the first 17: weights 3^i mod 31, and (31 − Σ mod 31) mod 31.
func creditCheck(number string) byte {
	sum, weight := 0, 1
	for place := range creditCodeLength - 1 {
		sum += strings.IndexByte(creditAlphabet, number[place]) * weight
		weight = weight * 3 % 31
	}
	return creditAlphabet[(31-sum%31)%31]
}
