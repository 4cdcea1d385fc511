package data

import (
	"fmt"
	"strings"
)

// isOldForeigner tells of 外国人永久居留身份证 as issued before 2023: three letters of the country and twelve digits.
func isOldForeigner(number string) bool {
	return len(number) == oldResidentDigits && onlyLetters(number[:3]) && onlyDigits(number[3:])
}

func onlyLetters(text string) bool {
	for position := 0; position < len(text); position++ {
		if text[position] < 'A' || text[position] > 'Z' {
			return false
		}
	}
	return true
}

// judgeForeigner judges 外国人永久居留身份证: since 2023 18 characters that begin with 9 and hold birth, sex and check
// character where a resident's do; before that letters and digits that hold neither the century nor the sex.
func judgeForeigner(number string, today Date) (Identity, []Problem) {
	identity := Identity{Number: number, Document: DocumentForeigner}
	switch {
	case isOldForeigner(number):
		if month, day := pair(number, 9), pair(number, 11); !isRealDay(2000, month, day) {
			return Identity{}, []Problem{Refuse("id-date", fieldID, "证号第 8 到 13 位的出生日期在日历上不存在。", "请对照证件核对这几位。")}
		}
		return identity, nil
	case len(number) == residentDigits && number[0] == '9':
		if problem, ok := residentShape(number); !ok {
			return Identity{}, []Problem{problem}
		}
		if problem, ok := readBirth(&identity, today); !ok {
			return Identity{}, []Problem{problem}
		}
		return identity, excelZeros(number)
	}
	return Identity{}, []Problem{Refuse("id-foreigner", fieldID, "这不是外国人永久居留身份证的号码。",
		"新证是 9 开头的 18 位数字，旧证是 3 个字母加 12 位数字；请核对号码和证件类型。")}
}

// judgePassport judges what every country's passport numbers have in common.
func judgePassport(number string, today Date) (Identity, []Problem) {
	for place, r := range []rune(number) {
		if r > 'Z' || (!isDigit(byte(r)) && r < 'A') {
			return Identity{}, []Problem{Refuse("passport-format", fieldID, fmt.Sprintf("护照号的第 %d 位“%c”不是字母或数字。", place+1, r), "护照号只有字母和数字，请对照护照重新输入。")}
		}
	}
	if len(number) < minPassport || len(number) > maxPassport {
		return Identity{}, []Problem{Refuse("passport-length", fieldID, fmt.Sprintf("护照号有 %d 位，长度不对。", len(number)),
			fmt.Sprintf("护照号一般为 %d 到 %d 位字母和数字，请对照护照核对。", minPassport, maxPassport))}
	}
	identity := Identity{Number: number, Document: DocumentPassport}
	if IsResidentID(number, today) {
		return identity, []Problem{Warn("document-mismatch", "document_type", "证件类型写的是护照，号码却像居民身份证号。", "请核对证件类型和号码。")}
	}
	return identity, nil
}

// IsResidentID tells whether text is a valid resident's number of 18 characters, as GB 11643-1999 checks it.
func IsResidentID(text string, today Date) bool {
	text = strings.ToUpper(compact(text))
	if len(text) != residentDigits {
		return false
	}
	_, problems := judgeResident(text, "", today)
	return !HasErrors(problems)
}
