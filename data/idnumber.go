package data

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Identity is what a valid identity document tells. Sex and Birth are "" where the number does not hold them.
type Identity struct {
	Number   string // cleaned; a resident's always with 18 characters
	Document DocumentType
	Sex      string // 男 or 女
	Birth    Date
}

const (
	residentDigits    = 18   // GB 11643-1999
	oldResidentDigits = 15   // before 1999: two-digit year, no check character
	firstBirthYear    = 1800 // the standard's own example 440524188001010014 was born in 1880
	minTraineeAge     = 16
	maxTraineeAge     = 75
	minPassport       = 5
	maxPassport       = 20
)

// residentWeights and residentCodes are GB 11643-1999's (ISO 7064, MOD 11-2).
var residentWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const residentCodes = "10X98765432"

// provinces marks the first two digits that GB/T 2260 gives; 81 to 83 are residence permits.
var provinces = func() (known [100]bool) {
	for _, code := range []int{
		11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
		50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
	} {
		known[code] = true
	}
	return known
}()

// JudgeIDNumber cleans and judges the number of an identity document on the day today ("" leaves out what depends on it).
// A blank document means 居民身份证; where the number itself shows a residence or foreigner's permit, it is taken as that.
// Sources are GB 11643-1999 and DOMAIN §5. Where a problem is an error the identity is empty.
// Problems carry the field "id_number" and never the number.
func JudgeIDNumber(cell SourceCell, document DocumentType, today Date) (Identity, []Problem) {
	if cellDestroyed(cell) || (cell.Kind != CellNumber && scientificID(cell.Text, document)) {
		return Identity{}, []Problem{idDestroyed()}
	}
	number, problems := cleanIDNumber(ShownText(cell))
	if number == "" {
		return Identity{}, []Problem{Refuse("id-missing", fieldID, "没有填写身份证号。", "请填写 18 位身份证号。")}
	}
	if HasErrors(problems) {
		return Identity{}, problems
	}
	identity, more := judgeDocument(number, document, today)
	problems = append(problems, more...)
	if HasErrors(problems) {
		return Identity{}, problems
	}
	return identity, append(problems, judgeAge(identity.Birth, fieldID, today)...)
}

const (
	fieldID         = "id_number"
	codeIDDestroyed = "id-destroyed"
)

// scientificID tells of a number that Excel showed as 1.1E+17 before it became text. A passport such as 12E4567 looks like
// one too, but has no plus.
func scientificID(text string, document DocumentType) bool {
	text = compact(text)
	return isGrouped(text) || isScientific(text) && (document != DocumentPassport || strings.Contains(text, "+"))
}

// isGrouped tells of 110,101,199,003,070,000: only a number gets such commas.
func isGrouped(text string) bool {
	return strings.Count(text, ",") == (residentDigits-1)/3 && len(text) == residentDigits+(residentDigits-1)/3 && onlyDigits(strings.ReplaceAll(text, ",", ""))
}

func idDestroyed() Problem {
	return Refuse(codeIDDestroyed, fieldID, "Excel 把这个号码当成了数字，15 位以后的数字已经变成 0，找不回来了。",
		"请把这一格设为“文本”格式（或先输入一个英文单引号 '），再按证件重新输入全部号码。")
}

// Signs around and in a number that are none of it.
const (
	idQuotes   = "'‘’`\"“”"
	idHyphens  = "-‐‑–—"
	lookalikes = "ХΧ×✕✖╳" // Cyrillic Ha, Greek Chi, signs of multiplication
)

// cleanIDNumber gives the number with half-width capitals and nothing between them, and tells what it mended.
func cleanIDNumber(text string) (string, []Problem) {
	if isDamaged(text) {
		return "?", []Problem{Refuse("id-damaged", fieldID, "身份证号里有已经损坏的字（显示为“�”）。", "请按证件重新输入。")}
	}
	number := strings.ToUpper(strings.TrimRight(strings.Trim(compact(text), idQuotes), ".。,;"))
	if strings.ContainsAny(number, idHyphens) {
		number = strings.Map(func(r rune) rune {
			if strings.ContainsRune(idHyphens, r) {
				return -1
			}
			return r
		}, number)
	}
	var problems []Problem
	if last, size := utf8.DecodeLastRuneInString(number); last >= utf8.RuneSelf && strings.ContainsRune(lookalikes, last) {
		number = number[:len(number)-size] + "X"
		problems = append(problems, Warn("id-lookalike", fieldID, "身份证号最后一位是外文字母或符号，样子像 X，已改为 X。", "请对照证件确认最后一位是 X。"))
	} else if number != text && number != "" {
		problems = append(problems, Fixed("id-cleaned", fieldID, "已去掉身份证号里的空格等多余字符，字母改为大写半角。"))
	}
	return number, problems
}

// judgeDocument chooses the rules that the number falls under.
func judgeDocument(number string, document DocumentType, today Date) (Identity, []Problem) {
	if strings.ContainsRune(number, '*') {
		return Identity{}, []Problem{Refuse("id-masked", fieldID, "这个身份证号的中间几位被“*”遮住了。", "请填写完整的号码。")}
	}
	switch document {
	case DocumentPassport:
		return judgePassport(number, today)
	case DocumentForeigner:
		return judgeForeigner(number, today)
	}
	switch {
	case isOldForeigner(number):
		identity, problems := judgeForeigner(number, today)
		return identity, append(problems, documentChanged(LevelFixed, DocumentForeigner))
	case len(number) == residentDigits && number[0] == '9' && onlyDigits(number[:17]):
		identity, problems := judgeForeigner(number, today)
		return identity, append(problems, documentChanged(LevelFixed, DocumentForeigner))
	case len(number) == oldResidentDigits && onlyDigits(number):
		return judgeOldResident(number, document, today)
	}
	return judgeResident(number, document, today)
}

// judgeResident judges 18 characters by GB 11643-1999.
func judgeResident(number string, document DocumentType, today Date) (Identity, []Problem) {
	if problem, ok := residentShape(number); !ok {
		return Identity{}, []Problem{problem}
	}
	if !provinces[pair(number, 0)] {
		return Identity{}, []Problem{Refuse("id-province", fieldID, "身份证号的前两位不是任何一个省份的代码。", "请对照证件核对开头几位。")}
	}
	identity := Identity{Number: number, Document: DocumentResidentID}
	if number[0] == '8' {
		identity.Document = DocumentResidencePermit
	}
	if problem, ok := readBirth(&identity, today); !ok {
		return Identity{}, []Problem{problem}
	}
	var problems []Problem
	switch {
	case document == DocumentResidencePermit && identity.Document == DocumentResidentID:
		problems = append(problems, documentChanged(LevelWarning, identity.Document))
	case document != DocumentResidencePermit && identity.Document == DocumentResidencePermit:
		problems = append(problems, documentChanged(LevelFixed, identity.Document))
	}
	return identity, append(problems, excelZeros(number)...)
}

// residentShape tells what is wrong with a number that is not 17 digits and a digit or X.
func residentShape(number string) (Problem, bool) {
	if !holdsDigit(number) && number != "" {
		return Refuse("id-format", fieldID, "这里写的是"+quoted(number)+"，不是身份证号。", "请按证件填写；还没有号码的人，等有了再导入。"), false
	}
	if place, strange := strangeDigit(number); strange != 0 {
		what := fmt.Sprintf("身份证号的第 %d 位“%c”不是数字。", place, strange)
		switch strange {
		case 'O', 'Q', 'D':
			what = fmt.Sprintf("身份证号的第 %d 位是字母 %c，不是数字 0。", place, strange)
		case 'I', 'L':
			what = fmt.Sprintf("身份证号的第 %d 位是字母 %c，不是数字 1。", place, strange)
		case 'X':
			what = fmt.Sprintf("身份证号的第 %d 位是 X，而 X 只能是第 18 位。", place)
		}
		return Refuse("id-format", fieldID, what, "请按证件重新输入；如果不是居民身份证，请填写证件类型。"), false
	}
	if len(number) != residentDigits {
		return Refuse("id-length", fieldID, fmt.Sprintf("身份证号应为 18 位，这里是 %d 位。", len(number)), "请对照证件补全或删去多余的数字；如果不是居民身份证，请填写证件类型。"), false
	}
	return Problem{}, true
}

// strangeDigit finds the first character, counted from 1, that a resident's number cannot hold there.
func strangeDigit(number string) (place int, strange rune) {
	for _, r := range number {
		place++
		if (r < '0' || r > '9') && (r != 'X' || place != residentDigits) {
			return place, r
		}
	}
	return 0, 0
}

// readBirth fills sex and birth from 18 characters, after the calendar, today and the check character agree.
func readBirth(identity *Identity, today Date) (Problem, bool) {
	number := identity.Number
	year, month, day := pair(number, 6)*100+pair(number, 8), pair(number, 10), pair(number, 12)
	if year < firstBirthYear || year > lastYear || !isRealDay(year, month, day) {
		return Refuse("id-date", fieldID, "身份证号第 7 到 14 位的出生日期在日历上不存在。", "请对照证件核对这几位。"), false
	}
	birth := dateOf(year, month, day)
	if today != "" && birth > today {
		return Refuse("id-future", fieldID, "身份证号里的出生日期还没有到。", "请对照证件核对第 7 到 14 位。"), false
	}
	if residentCheck(number) != number[17] {
		fix := "请对照证件逐位核对，常见的是两位写反或一位写错。"
		if strings.HasSuffix(number, "000") {
			fix = "末尾是 000，很可能是 Excel 改掉了最后几位，请把这一格设为“文本”格式，再按证件重新输入。"
		}
		return Refuse("id-checksum", fieldID, "身份证号的最后一位与前面的数字对不上，至少有一位写错了。", fix), false
	}
	identity.Birth = birth
	identity.Sex = "女"
	if number[16]%2 == 1 {
		identity.Sex = "男"
	}
	return Problem{}, true
}

// residentCheck computes the check character of 17 digits.
func residentCheck(number string) byte {
	sum := 0
	for place, weight := range residentWeights {
		sum += int(number[place]-'0') * weight
	}
	return residentCodes[sum%11]
}

// pair reads two digits.
func pair(number string, place int) int { return int(number[place]-'0')*10 + int(number[place+1]-'0') }

func onlyDigits(text string) bool {
	for position := 0; position < len(text); position++ {
		if !isDigit(text[position]) {
			return false
		}
	}
	return true
}

// judgeOldResident converts 15 digits to 18: the century goes in, and a check character is added.
func judgeOldResident(number string, document DocumentType, today Date) (Identity, []Problem) {
	longer := number[:6] + "19" + number[6:]
	identity, problems := judgeResident(longer+string(residentCheck(longer)), document, today)
	if HasErrors(problems) {
		return identity, problems
	}
	return identity, append(problems, Warn("id-15-digits", fieldID, "这是 15 位的旧身份证号，已换算成 18 位。", "请对照现在的证件确认。"))
}

// excelZeros warns of a valid number that ends in 000: nine in a hundred numbers whose end Excel has zeroed stay valid.
func excelZeros(number string) []Problem {
	if !strings.HasSuffix(number, "000") {
		return nil
	}
	return []Problem{Warn("id-zeros", fieldID, "身份证号末尾是 000，可能是 Excel 改掉了最后几位。", "请对照证件确认最后三位。")}
}

func documentChanged(level Level, document DocumentType) Problem {
	problem := Warn("document-changed", "document_type", "从号码看，这是"+string(document)+"，证件类型已改过来。", "请对照证件确认。")
	if level == LevelFixed {
		problem.Level, problem.Fix = LevelFixed, ""
	}
	return problem
}

// judgeAge warns of people whom a training for those at work seldom has.
func judgeAge(birth Date, field string, today Date) []Problem {
	if birth == "" || today == "" {
		return nil
	}
	age := AgeOn(birth, today)
	if age >= minTraineeAge && age <= maxTraineeAge {
		return nil
	}
	return []Problem{Warn("id-age", field, fmt.Sprintf("按出生日期，这位学员 %d 岁。", age), fmt.Sprintf("学员一般在 %d 到 %d 岁之间，请核对出生日期。", minTraineeAge, maxTraineeAge))}
}

// AgeOn counts the whole years from birth to the day on; both must be days.
func AgeOn(birth, on Date) int {
	if len(birth) != len(dateLayout) || len(on) != len(dateLayout) {
		return 0
	}
	age := pair(string(on), 0)*100 + pair(string(on), 2) - pair(string(birth), 0)*100 - pair(string(birth), 2)
	if on[4:] < birth[4:] {
		age--
	}
	return age
}
