package letter

import (
	"bytes"
	"strings"
	"testing"

	"peixun/data"
)

func TestLabelSaysBothSides(t *testing.T) {
	from := data.Profile{Name: "李𬱖", Department: "人事科", Mobile: "13800138000", Unit: "北京市朝阳区示范医院", Address: "北京市朝阳区示范路18号", Postcode: "100020"}
	var out bytes.Buffer
	if err := Label(&out, data.DefaultMailingAddress, from); err != nil {
		t.Fatal(err)
	}
	to := data.DefaultMailingAddress
	mustSay(t, out.Bytes(), to.Address, to.Recipient, to.Telephone, from.Unit, from.Department, from.Name, from.Address, from.Mobile, "邮编：100020")
	from.Phone = "010-64300000"
	out.Reset()
	if err := Label(&out, to, from); err != nil {
		t.Fatal(err)
	}
	if said := strings.Join(pagesText(t, out.Bytes()), ""); strings.Contains(said, from.Mobile) || !strings.Contains(said, from.Phone) {
		t.Error("the label shows the mobile number although there is a landline")
	}
}

func TestRecoverySheet(t *testing.T) {
	const key = "7Q4M-0XKD-93TB-VZ5H-PA1C-8WJE-6RNG-2FYS"
	var out bytes.Buffer
	if err := RecoverySheet(&out, "北京市朝阳区示范医院", "admin", key, "2022-03-02"); err != nil {
		t.Fatal(err)
	}
	pages := pagesText(t, out.Bytes())
	if len(pages) != 1 {
		t.Errorf("%d pages", len(pages))
	}
	mustSay(t, out.Bytes(), "第1组7Q4M", "第8组2FYS", "北京市朝阳区示范医院", "admin", "2022年3月2日", recoveryAdvice[4])
	if bytes.Contains(out.Bytes(), []byte("7Q4M")) || bytes.Contains(out.Bytes(), []byte("admin")) {
		t.Error("key or user stand outside the compressed page")
	}
	mustSay(t, out.Bytes(), "没有字母 I、L、O、U")
	out.Reset()
	if err := RecoverySheet(&out, "", "", "OIL", ""); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(strings.Join(pagesText(t, out.Bytes()), ""), "没有字母") {
		t.Error("says that a key has no O, which has one")
	}
}

func TestSmallPapersTakeAnything(t *testing.T) {
	absurd := strings.Repeat("某\x00\xff𫰡W", 2_500)
	for _, text := range []string{"", " ", absurd} {
		if err := Label(&bytes.Buffer{}, data.MailingAddress{Address: text, Recipient: text, Telephone: text}, data.Profile{Name: text, Unit: text, Address: text, Phone: text, Postcode: text}); err != nil {
			t.Error(err)
		}
		if err := RecoverySheet(&bytes.Buffer{}, text, text, text, data.Date(text)); err != nil {
			t.Error(err)
		}
	}
}

func TestGroupFours(t *testing.T) {
	for text, want := range map[string]string{"": "", "123": "123", "110060593018800003058": "1100 6059 3018 8000 0305 8", "1234 5678": "1234 5678"} {
		if got := groupFours(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestMoment(t *testing.T) {
	for at, want := range map[data.Moment]string{"": "", "2022-03-09 00:00:00": "2022年3月9日", "2022-03-09 15:21:16": "2022年3月9日 15:21", "昨天": "昨天"} {
		if got := moment(at); got != want {
			t.Errorf("%q: got %q, want %q", at, got, want)
		}
	}
}
