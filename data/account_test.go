package data

import "testing"

func TestJudgeAccount(t *testing.T) {
	judge := func(text string) (string, []Problem) { return JudgeAccount(text, DefaultPayee.Account) }
	checkJudge(t, judge, []judged{
		{"nothing", " ", "", ""},
		{"unit's account", "0200004509014412345", "0200004509014412345", ""},
		{"with spaces", "0200 0045 0901 4412 345", "0200004509014412345", "fixed:account-cleaned"},
		{"with hyphens", "110-06059-3018", "110-06059-3018", ""},
		{"full width", "０２００００４５０９", "0200004509", "fixed:account-cleaned"},
		{"eight digits", "12345678", "12345678", ""},
		{"seven digits", "1234567", "", "error:account-length"},
		{"hyphens do not count", "1234-567", "", "error:account-length"},
		{"33 digits", "123456789012345678901234567890123", "", "error:account-length"},
		{"the payee's", "110060593018800003058", "", "error:account-payee"},
		{"the payee's, written otherwise", "1100-6059 3018 8000 03058", "", "error:account-payee"},
		{"personal card", "6222021001116245702", "6222021001116245702", "warning:account-personal"},
		{"personal card, one digit wrong", "6222021001116245703", "6222021001116245703", "warning:account-personal warning:account-luhn"},
		{"62 but no card's length", "62220210011162457", "62220210011162457", "warning:account-personal warning:account-luhn"},
		{"62 and 20 digits", "62220210011162457021", "62220210011162457021", ""},
		{"62 and 15 digits", "622202100111624", "622202100111624", ""},
		{"unit's account fails Luhn in peace", "0200004509014412346", "0200004509014412346", ""},
		{"masked", "6222****5702", "", "error:account-masked"},
		{"with the bank", "工行0200004509014412345", "", "error:account-format"},
		{"destroyed by Excel", "1.10060593018E+20", "", "error:account-destroyed"},
	})
}

func FuzzJudgeAccount(f *testing.F) {
	f.Add("6222 0210 0111 6245 702")
	f.Add("110060593018800003058")
	f.Fuzz(func(t *testing.T, text string) {
		got, problems := JudgeAccount(text, DefaultPayee.Account)
		if HasErrors(problems) != (got == "") && len(problems) > 0 || got == DefaultPayee.Account {
			t.Fatalf("%q gives %q, %s", text, got, codesOf(problems))
		}
	})
}
