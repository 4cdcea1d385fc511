package data_test

import (
	"testing"

	"pgregory.net/rapid"

	"peixun/data"
)

var owner = data.PasswordOwner{User: "zhaoxl", Name: "赵晓岚", Unit: "北京市第九实验医院"}

func TestJudgePassword(t *testing.T) {
	for code, passwords := range map[string][]string{
		"password-short": {"", "abc123", "七个字的口令啊", "aB3$xY9"},
		"password-common": {"12345678", "123456789", "a123456789", "123456789a", "woaini1314", "woaini520", "5201314520", "52013141314", "PassWord", "P@ssw0rd", "Passw0rd!",
			"abcd1234", "abc12345", "Abc123456", "qwertyui", "qwer1234", "1qaz2wsx", "1qaz@WSX", "asdfghjkl", "88888888", "11111111", "00000000", "12341234", "abcabcabc",
			"19800101", "zhang19800101", "19991231abc", "Beijing2022", "beijing2022!", "peixun2022", "admin123", "admin888", "Admin@123", "147258369", "qazwsx123", "zxcvbnm123",
			"aaaa1111", "11223344", "nihao123", "wangwei123", "1q2w3e4r", "!@#$%^&*", "iloveyou", "87654321", "9876543210", "woaizhongguo", "li123456", "lisi1234"},
		"password-is-id":   {"11010519491231002X", "a11010519491231002X"},
		"password-is-user": {"zhaoxl123", "Zhaoxl2022", "赵晓岚202206", "123zhaoxl"},
		"password-is-unit": {"北京市第九实验医院", "北京市第九实验医院9"},
		"password-spaces":  {" horse battery", "horse battery "},
		"":                 {"horse battery 9", "a new password", "correct horse", "七里山塘到苏州去", "mV7!kq2Lx", "tulip-anchor-31", "diannao zhuozi 47", "昨天下雨没带伞啊"},
	} {
		for _, password := range passwords {
			err := data.JudgePassword(password, owner)
			if problem, _ := data.AsProblem(err); problem.Code != code {
				t.Errorf("%q: %v, want %q", password, err, code)
			}
		}
	}
	if err := data.JudgePassword("zhaoxlzhaoxl", data.PasswordOwner{User: "zhaoxlzhaoxl"}); err == nil {
		t.Error("the user name is taken as a password")
	}
}

func TestLongerIsNeverWeaker(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		password := rapid.StringMatching(`[ -~]{0,20}`).Draw(r, "password")
		before, _ := data.PasswordStrength(password, owner)
		after, fraction := data.PasswordStrength(password+"𬞟騄", owner)
		if before != "" && after == "" || fraction < 0 || fraction > 1 {
			r.Fatalf("%q is %q, two rare characters more make it %q (%f)", password, before, after, fraction)
		}
	})
}

func TestPasswordStrengthWords(t *testing.T) {
	for password, want := range map[string]string{"12345678": "", "mkwdtyb3": "一般", "horse battery": "很好", "tulip31mkq": "较好", "昨天下雨没带伞啊": "很好"} {
		if word, _ := data.PasswordStrength(password, owner); word != want {
			t.Errorf("%q is %q, want %q", password, word, want)
		}
	}
}
