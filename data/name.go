package data

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxName is the longest name, in runes: the longest on Chinese documents stay well below.
const MaxName = 50

// nameDot divides the parts of a name that is transcribed (GB/T 15834's 间隔号).
const nameDot = '·'

// JudgeName cleans and judges a person's name. Its code points stay, since a normal form would change rare characters (NFC turns
// U+F90A into another); dropped are only spaces around it and between hanzi and what is invisible, and the dots between hanzi become “·”.
// Problems carry the field "name"; where one is an error the name is "".
func JudgeName(text string) (string, []Problem) {
	if isPlainName(text) {
		if problem, ok := nameWords(text); !ok {
			return "", []Problem{problem}
		}
		return text, nil
	}
	if isDamaged(text) {
		return "", []Problem{Refuse("name-damaged", fieldName, "姓名里有已经损坏的字（显示为“�”）。", "请按证件重新输入姓名。")}
	}
	name, dotted := cleanName(text)
	if name == "" {
		return "", []Problem{Refuse("name-missing", fieldName, "没有填写姓名。", "请按证件填写姓名。")}
	}
	if problem, ok := nameWords(name); !ok {
		return "", []Problem{problem}
	}
	problems := judgeNameCharacters(name)
	if HasErrors(problems) {
		return "", problems
	}
	switch {
	case dotted:
		problems = append(problems, Fixed("name-dot", fieldName, "已把姓名中间的点统一为“·”。"))
	case name != text:
		problems = append(problems, Fixed("name-cleaned", fieldName, "已去掉姓名里的空格和看不见的字符。"))
	}
	return name, problems
}

const fieldName = "name"

// isPlainName tells of the common case: two to four common hanzi, with nothing to clean.
func isPlainName(text string) bool {
	count := 0
	for _, r := range text {
		if r < 0x4E00 || r > 0x9FFF {
			return false
		}
		count++
	}
	return count >= 2 && count <= 4
}

// cleanName drops spaces and invisible characters and unifies dots; dotted tells whether it changed a dot.
func cleanName(text string) (name string, dotted bool) {
	visible := []rune(strings.TrimLeft(CleanText(text), " '‘’`"))
	out := make([]rune, 0, len(visible))
	for place, r := range visible {
		before, after := neighbour(visible, place, -1), neighbour(visible, place, +1)
		switch {
		case r == ' ':
			if (isNameHan(before) || before == nameDot || isNameDot(before)) && (isNameHan(after) || after == nameDot || isNameDot(after)) {
				continue
			}
		case isNameDot(r) && isNameHan(before) && isNameHan(after):
			r, dotted = nameDot, true
		}
		out = append(out, r)
	}
	return string(out), dotted
}

// neighbour gives the next visible rune in a direction, or 0.
func neighbour(runes []rune, place, step int) rune {
	for place += step; place >= 0 && place < len(runes); place += step {
		if runes[place] != ' ' {
			return runes[place]
		}
	}
	return 0
}

// isNameDot tells of the characters that people type for the dot between the parts of a name.
func isNameDot(r rune) bool {
	switch r {
	case '•', '・', '‧', '．', '.', '∙', '⋅', '･', '﹒', '\u0387', '●':
		return true
	}
	return false
}

// isNameHan tells of hanzi; private-use characters stand for rare ones, and variation selectors belong to the one before.
func isNameHan(r rune) bool {
	return (r >= 0x4E00 && r <= 0x9FFF) || unicode.Is(unicode.Han, r) || unicode.Is(unicode.Co, r) || isIdeographSelector(r)
}

func isIdeographSelector(r rune) bool { return r >= 0xE0100 && r <= 0xE01EF }

// excelErrors are what a formula leaves when it fails.
var excelErrors = []string{"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}

// isExcelError tells whether text is the result of a failed formula, or of a column too narrow.
func isExcelError(text string) bool {
	if !strings.HasPrefix(text, "#") {
		return false
	}
	for _, known := range excelErrors {
		if strings.EqualFold(text, known) {
			return true
		}
	}
	return len(text) > 1 && strings.Trim(text, "#") == ""
}

// nameWords refuses what stands in the names' column without being one.
func nameWords(name string) (Problem, bool) {
	if isExcelError(name) {
		return Refuse("name-excel-error", fieldName, "姓名是 Excel 的错误值 "+name+"，不是名字。", "请修正表格里的公式，或直接填写姓名。"), false
	}
	for _, word := range []string{"合计", "总计", "小计", "共计"} {
		if strings.Contains(name, word) {
			return Refuse("name-summary", fieldName, "这一行是“"+word+"”，不是学员。", "请删去表格里的"+word+"行。"), false
		}
	}
	if isPlaceholder(name) || name == "TRUE" || name == "FALSE" {
		return Refuse("name-placeholder", fieldName, "姓名写的是“"+name+"”，不是名字。", "请按证件填写姓名。"), false
	}
	if name == "姓名" {
		return Refuse("name-header", fieldName, "这一行是重复的表头，不是学员。", "请删去这一行。"), false
	}
	return Problem{}, true
}

// judgeNameCharacters judges a cleaned name's runes; the first error ends it, and each kind of warning comes once.
func judgeNameCharacters(name string) []Problem {
	var problems []Problem
	warned := map[string]bool{}
	for _, r := range name {
		problem, fine := nameCharacter(r)
		switch {
		case fine || warned[problem.Code]:
		case problem.Level == LevelError:
			return []Problem{problem}
		default:
			warned[problem.Code] = true
			problems = append(problems, problem)
		}
	}
	if length := utf8.RuneCountInString(name); length > MaxName {
		return []Problem{Refuse("name-long", fieldName, fmt.Sprintf("姓名有 %d 个字，太长了。", length), fmt.Sprintf("姓名最多 %d 个字，请核对是不是填错了列。", MaxName))}
	}
	return problems
}

func nameCharacter(r rune) (Problem, bool) {
	switch {
	case r >= 0x2E80 && r <= 0x2FDF:
		return Warn("name-radical", fieldName, fmt.Sprintf("姓名里的“%c”是部首符号，只是看起来像汉字。", r), "请用输入法重新输入这个字，否则平台对不上姓名。"), false
	case unicode.Is(unicode.Co, r):
		return Warn("name-private-use", fieldName, "姓名里有自造字，换一台电脑可能显示成别的字或空白。", "请用支持生僻字的输入法重新输入这个字。"), false
	case r == '〇', unicode.IsLetter(r), unicode.IsMark(r), strings.ContainsRune("· -'’.", r), isNameDot(r):
		return Problem{}, true
	case unicode.IsNumber(r):
		return Refuse("name-digit", fieldName, fmt.Sprintf("姓名里有数字“%c”。", r), "请按证件填写姓名，不要加编号。"), false
	case r == '?' || r == '？' || r == '□':
		return Refuse("name-lost", fieldName, fmt.Sprintf("姓名里有“%c”，可能是生僻字没有保存下来。", r), "请按证件重新输入这个字。"), false
	case strings.ContainsRune("()（）", r):
		return Warn("name-brackets", fieldName, "姓名里有括号。", "姓名要与证件一致，请确认括号里的内容是姓名的一部分。"), false
	case strings.ContainsRune("、，,;；/|&＆／", r):
		return Refuse("name-several", fieldName, fmt.Sprintf("姓名里有“%c”，像是一格写了几个人。", r), "请一人一行。"), false
	}
	return Refuse("name-symbol", fieldName, fmt.Sprintf("姓名里有符号“%c”。", r), "请按证件填写姓名，不要加符号或表情。"), false
}
