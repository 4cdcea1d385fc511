package data

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestJudgeName(t *testing.T) {
	checkJudge(t, JudgeName, []judged{
		{"two hanzi", "张三", "张三", ""},
		{"four hanzi", "欧阳晓明", "欧阳晓明", ""},
		{"beyond the BMP", "李𫰡", "李𫰡", ""},
		{"rare", "䶮㛃", "䶮㛃", ""},
		{"compatibility hanzi keeps its code point", "张\uf90a", "张\uf90a", ""},
		{"decomposed letter keeps its code points", "Rene\u0301", "Rene\u0301", ""},
		{"full width letters stay", "ＡＢ", "ＡＢ", ""},
		{"zero as a hanzi", "陈〇", "陈〇", ""},
		{"variation selector stays", "葛\U000E0100城", "葛\U000E0100城", ""},
		{"dot", "阿卜杜拉·买买提", "阿卜杜拉·买买提", ""},
		{"Latin", "Mary Ann O'Brien-Smith", "Mary Ann O'Brien-Smith", ""},
		{"Latin with points", "J.R. Smith", "J.R. Smith", ""},
		{"Uyghur letters", "مەمەت", "مەمەت", ""},

		{"small full stop between hanzi", "阿依古丽﹒买买提", "阿依古丽·买买提", "fixed:name-dot"},
		{"nobody", "无", "", "error:name-placeholder"},
		{"nobody yet", "待 定", "", "error:name-placeholder"},
		{"not available", "N/A", "", "error:name-placeholder"},
		{"a truth value", "TRUE", "", "error:name-placeholder"},
		{"a name with a placeholder's character", "吴无", "吴无", ""},

		{"spaces around", "\u3000张三 ", "张三", "fixed:name-cleaned"},
		{"spaces between hanzi", "张　　三", "张三", "fixed:name-cleaned"},
		{"line break between hanzi", "欧阳\n晓明", "欧阳晓明", "fixed:name-cleaned"},
		{"spaces between words", "Mary  Ann", "Mary Ann", "fixed:name-cleaned"},
		{"space between hanzi and letters", "张三 Tom", "张三 Tom", ""},
		{"invisible", "张\u200b三\ufeff", "张三", "fixed:name-cleaned"},
		{"Excel's apostrophe", "'张三", "张三", "fixed:name-cleaned"},
		{"bullet", "阿卜杜拉•买买提", "阿卜杜拉·买买提", "fixed:name-dot"},
		{"katakana dot", "阿卜杜拉・买买提", "阿卜杜拉·买买提", "fixed:name-dot"},
		{"hyphenation point", "阿卜杜拉‧买买提", "阿卜杜拉·买买提", "fixed:name-dot"},
		{"full width point", "阿卜杜拉．买买提", "阿卜杜拉·买买提", "fixed:name-dot"},
		{"point", "阿卜杜拉.买买提", "阿卜杜拉·买买提", "fixed:name-dot"},
		{"dot with spaces", "阿卜杜拉 • 买买提", "阿卜杜拉·买买提", "fixed:name-dot"},
		{"right dot with spaces", "阿卜杜拉 · 买买提", "阿卜杜拉·买买提", "fixed:name-cleaned"},

		{"private use", "李\ue001", "李\ue001", "warning:name-private-use"},
		{"private use beyond the BMP", "李\U000F0001", "李\U000F0001", "warning:name-private-use"},
		{"radical", "⻢三", "⻢三", "warning:name-radical"},
		{"brackets", "张三（大）", "张三（大）", "warning:name-brackets"},

		{"nothing", " \u200b", "", "error:name-missing"},
		{"digit", "张三1", "", "error:name-digit"},
		{"full width digit", "张三２", "", "error:name-digit"},
		{"circled digit", "张三①", "", "error:name-digit"},
		{"emoji", "张三😀", "", "error:name-symbol"},
		{"emoji in the BMP with its selector", "张三☺️", "", "error:name-symbol"},
		{"Excel's error", "#N/A", "", "error:name-excel-error"},
		{"column too narrow", "####", "", "error:name-excel-error"},
		{"total", "合计", "", "error:name-summary"},
		{"total with space", "合　计", "", "error:name-summary"},
		{"total with colon", "总计：", "", "error:name-summary"},
		{"subtotal", "本页小计", "", "error:name-summary"},
		{"header", "姓名", "", "error:name-header"},
		{"lost character", "张?", "", "error:name-lost"},
		{"replacement character", "张\ufffd", "", "error:name-damaged"},
		{"broken bytes", "张\xd6\xd0", "", "error:name-damaged"},
		{"two people", "张三、李四", "", "error:name-several"},
		{"star", "张*", "", "error:name-symbol"},
		{"too long", strings.Repeat("长", 51), "", "error:name-long"},
		{"fifty", strings.Repeat("长", 50), strings.Repeat("长", 50), ""},
	})
}

func TestNamesOfHanziKeepTheirCodePoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rare := rapid.OneOf(rapid.RuneFrom([]rune{'𫰡', '䶮', '〇', '\uf90a', '㛃'}), rapid.Map(rapid.Int32Range(0x4E00, 0x9FA5), func(r int32) rune { return r }))
		runes := rapid.SliceOfN(rare, 2, MaxName).Draw(t, "name")
		name := string(runes)
		if got, problems := JudgeName(" " + strings.Join(strings.Split(name, ""), "\u3000") + "\u200b"); got != name && !HasErrors(problems) {
			t.Fatalf("%q became %q, %s", name, got, codesOf(problems))
		}
	})
}

func FuzzJudgeName(f *testing.F) {
	for _, seed := range []string{"张三", "阿卜杜拉 • 买买提", "#N/A", "合 计", "李\ue001⻢", "'Mary  Ann", "\xff", "👨‍👩‍👧"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, problems := JudgeName(text)
		checkSentences(t, problems)
		if HasErrors(problems) != (got == "") {
			t.Fatalf("%q gives %q, %s", text, got, codesOf(problems))
		}
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > MaxName {
			t.Fatalf("%q gives %q", text, got)
		}
		if again, more := JudgeName(got); got != "" && (again != got || strings.Contains(codesOf(more), "fixed")) {
			t.Fatalf("%q gives %q, then %q, %s", text, got, again, codesOf(more))
		}
	})
}
