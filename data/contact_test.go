package data

import (
	"testing"

	"pgregory.net/rapid"
)

func TestJudgeMobile(t *testing.T) {
	checkJudge(t, JudgeMobile, []judged{
		{"right", "13800000417", "13800000417", ""},
		{"nothing", " \u3000", "", ""},
		{"spaces", "138 0000 0417", "13800000417", "fixed:mobile-cleaned"},
		{"hyphens", "138-0000-0417", "13800000417", "fixed:mobile-cleaned"},
		{"+86", "+86 13800000417", "13800000417", "fixed:mobile-cleaned"},
		{"+86 in brackets", "(+86)13800000417", "13800000417", "fixed:mobile-cleaned"},
		{"86", "8613800000417", "13800000417", "fixed:mobile-cleaned"},
		{"0086", "0086-138-0000-0417", "13800000417", "fixed:mobile-cleaned"},
		{"spreadsheet's .0", "13800000417.0", "13800000417", "fixed:mobile-cleaned"},
		{"full width", "１３８００００００４１７", "", "error:mobile-length"},
		{"full width, 11", "１３８０００００４１７", "13800000417", "fixed:mobile-cleaned"},
		{"bidi marks of a phone's address book", "\u202d13800000417\u202c", "13800000417", "fixed:mobile-cleaned"},
		{"begins with 12", "12800000417", "", "error:mobile-format"},
		{"begins with 2", "23800000417", "", "error:mobile-format"},
		{"ten digits", "1380000041", "", "error:mobile-length"},
		{"landline", "84297523", "", "error:mobile-length"},
		{"landline with area", "010-84297523", "", "error:mobile-format"},
		{"two", "13800000417/13900000417", "", "error:mobile-several"},
		{"two with spaces", "13800000417 13900000417", "", "error:mobile-several"},
		{"masked", "138****0417", "", "error:mobile-masked"},
		{"letters", "无", "", "error:mobile-format"},
		{"scientific", "1.38E+10", "", "error:mobile-destroyed"},
	})
}

func TestEveryMobileIsFoundInEverySpelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "number")
		text := rapid.SampledFrom([]string{"", "+86", "0086 ", " "}).Draw(t, "before") + number[:3] +
			rapid.SampledFrom([]string{"", " ", "-", "\u00a0"}).Draw(t, "between") + number[3:] +
			rapid.SampledFrom([]string{"", ".0", "\t"}).Draw(t, "after")
		if got, problems := JudgeMobile(text); got != number || HasErrors(problems) || (len(problems) == 0) != (text == number) {
			t.Fatalf("%q gives %q, %s", text, got, codesOf(problems))
		}
	})
}

func TestJudgeTelephone(t *testing.T) {
	checkJudge(t, JudgeTelephone, []judged{
		{"the manual's own", "84297523", "84297523", ""},
		{"nothing", "", "", ""},
		{"with area", "010-84297523", "010-84297523", ""},
		{"area in brackets", "（010）84297523", "010-84297523", "fixed:telephone-cleaned"},
		{"area and space", "010 8429 7523", "010-84297523", "fixed:telephone-cleaned"},
		{"area joined", "01084297523", "01084297523", ""},
		{"long area, short number", "0311-8429752", "0311-8429752", ""},
		{"extension", "010-84297523转801", "010-84297523-801", "fixed:telephone-cleaned"},
		{"abroad", "+86-10-84297523", "010-84297523", "fixed:telephone-cleaned"},
		{"mobile", "138-0000-0417", "13800000417", "fixed:telephone-cleaned"},
		{"400", "400-123-4567", "4001234567", "fixed:telephone-cleaned"},
		{"bank's short number", "95559", "95559", ""},
		{"two", "84297523、84297213", "", "error:telephone-several"},
		{"letters", "无", "", "error:telephone-format"},
		{"too short", "842975", "", "error:telephone-length"},
		{"too long", "842975231234567890", "", "error:telephone-length"},
		{"area alone", "010", "", "error:telephone-length"},
		{"hyphen alone", "-", "", "error:telephone-length"},
	})
}

func TestJudgeEmail(t *testing.T) {
	checkJudge(t, JudgeEmail, []judged{
		{"right", "bjjxjy@chinahrt.com", "bjjxjy@chinahrt.com", ""},
		{"nothing", "  ", "", ""},
		{"plus, hyphen, capitals", "Zhang.X+1@mail-1.example.com.cn", "Zhang.X+1@mail-1.example.com.cn", ""},
		{"spaces around and inside", " bjjxjy @chinahrt.com\u3000", "bjjxjy@chinahrt.com", "fixed:email-cleaned"},
		{"full width", "bjjxjy＠chinahrt．com", "bjjxjy@chinahrt.com", "fixed:email-cleaned"},
		{"mailto", "mailto:bjjxjy@chinahrt.com", "bjjxjy@chinahrt.com", "fixed:email-cleaned"},
		{"semicolon at the end", "bjjxjy@chinahrt.com；", "bjjxjy@chinahrt.com", "fixed:email-cleaned"},
		{"two", "a@example.com; b@example.com", "", "error:email-several"},
		{"two, Chinese comma", "a@example.com，b@example.com", "", "error:email-several"},
		{"two without a divider", "a@example.com b@example.com", "", "error:email-several"},
		{"three", "a@b.cn,c@d.cn,e@f.cn", "", "error:email-several"},
		{"two signs", "a@@example.com", "", "error:email-format"},
		{"no sign", "example.com", "", "error:email-format"},
		{"no user", "@example.com", "", "error:email-format"},
		{"no host", "zhang@", "", "error:email-format"},
		{"host without a point", "zhang@localhost", "", "error:email-format"},
		{"two points", "zhang@example..com", "", "error:email-format"},
		{"point at the end", "zhang@example.com.", "", "error:email-format"},
		{"Chinese full stop", "zhang@qq。com", "", "error:email-character"},
		{"comma for a point", "zhang@qq,com", "", "error:email-character"},
		{"hanzi", "张@example.com", "", "error:email-character"},
		{"address of a machine", "zhang@10.0.0.1", "", "error:email-format"},
	})
	_, problems := JudgeEmail("a@example.com b@example.com")
	if problems[0].Fix != "只能填一个邮箱，请删去其中一个。" {
		t.Errorf("the fix says %s", problems[0].Fix)
	}
}

func FuzzJudgeContact(f *testing.F) {
	for _, seed := range []string{"138-0000-0417", "+86 010 84297523转1", "a@b.cn;c@d.cn", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, judge := range map[string]func(string) (string, []Problem){"mobile": JudgeMobile, "telephone": JudgeTelephone, "email": JudgeEmail} {
			got, problems := judge(text)
			if HasErrors(problems) && got != "" {
				t.Fatalf("%s: %q gives %q beside an error", name, text, got)
			}
			if again, more := judge(got); again != got || len(more) > 0 {
				t.Fatalf("%s: %q gives %q, then %q, %s", name, text, got, again, codesOf(more))
			}
		}
	})
}
