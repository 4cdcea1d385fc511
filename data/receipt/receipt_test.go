package receipt

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"peixun/data"
	"peixun/data/pdf"
)

var engine = pdf.New(pdf.Options{Cache: filepath.Join(os.TempDir(), "peixun-test-cache", "pdfium"), Idle: time.Hour})

func wordsOf(t testing.TB, content []byte) []Word {
	t.Helper()
	document, err := engine.Open(context.Background(), content)
	if err != nil {
		t.Fatal(err)
	}
	defer document.Close()
	found, err := document.Words(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	words := make([]Word, len(found))
	for n, word := range found {
		words[n] = Word{word.Text, word.Left, word.Top, word.Right, word.Bottom}
	}
	return words
}

// wanted is what each bank's receipt says; all else is the same for all.
var wanted = map[string]data.Receipt{
	"工商银行": {Bank: "中国工商银行", Serial: "0006-9821-5520-2206", PaidAt: "2022-06-14 10:26:08"},
	"建设银行": {Bank: "中国建设银行", Serial: "105322061400", PaidAt: "2022-06-14 00:00:00"},
	"中国银行": {Bank: "中国银行", Serial: "4471009833", PaidAt: "2022-06-14 00:00:00"},
	"交通银行": {Bank: "交通银行", Serial: "2206141026005520", PaidAt: "2022-06-14 10:26:08"},
	"农业银行": {Bank: "中国农业银行", Serial: "ABC20220614331902", PaidAt: "2022-06-14 10:26:08", PayerAccount: "3301********556678"},
}

func complete(receipt data.Receipt) data.Receipt {
	receipt.Amount, receipt.PayerName, receipt.PayeeName, receipt.PayeeAccount = 1600_00, payerName, payeeName, payeeAccount
	if receipt.PayerAccount == "" {
		receipt.PayerAccount = payerAccount
	}
	return receipt
}

func plain(receipt data.Receipt) data.Receipt {
	receipt.PayeeName = strings.NewReplacer("（", "(", "）", ")").Replace(receipt.PayeeName)
	return receipt
}

func TestReceiptsOfFiveBanks(t *testing.T) {
	for bank, texts := range shapes {
		for how, content := range map[string][]byte{"embedded": embedded(t, texts), "named only": named(texts)} {
			t.Run(bank+" "+how, func(t *testing.T) {
				words := wordsOf(t, content)
				if got, want := plain(Read(words)), complete(wanted[bank]); got != want {
					t.Errorf("read %+v\nwant %+v\nof %v", got, want, words)
				}
			})
		}
	}
}

// libreoffice.pdf is a table that LibreOffice 7 exported from HTML, its fonts embedded in parts.
func TestReceiptOfAnotherProgram(t *testing.T) {
	content, err := os.ReadFile("testdata/libreoffice.pdf")
	if err != nil {
		t.Fatal(err)
	}
	words := wordsOf(t, content)
	want := complete(data.Receipt{Bank: "北京银行", Serial: "BJ220614009921", PaidAt: "2022-06-14 10:26:08"})
	if got := plain(Read(words)); got != want {
		t.Errorf("read %+v\nwant %+v\nof %v", got, want, words)
	}
}

// What cannot be known is left empty rather than guessed.
func TestWhatIsNotSureIsLeftOut(t *testing.T) {
	change := func(bank, from, to string) []printed {
		texts := append([]printed{}, shapes[bank]...)
		for n := range texts {
			texts[n].text = strings.ReplaceAll(texts[n].text, from, to)
		}
		return texts
	}
	for _, c := range []struct {
		name  string
		texts []printed
		want  data.Receipt
	}{
		{"nothing", nil, data.Receipt{}},
		{"a letter", []printed{{40, 50, "关于缴费的通知"}, {40, 80, "请各科室于 2022-06-30 前缴费 1,600.00 元。"}}, data.Receipt{}},
		{"figures and capitals disagree", change("交通银行", "壹仟陆佰", "壹仟柒佰"), func() data.Receipt {
			receipt := complete(wanted["交通银行"])
			receipt.Amount = 0
			return receipt
		}()},
		{"only the capitals", change("建设银行", "1,600.00", ""), complete(wanted["建设银行"])},
		{"no capitals", change("建设银行", "壹仟陆佰元整", ""), complete(wanted["建设银行"])},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := plain(Read(wordsOf(t, embedded(t, c.texts)))); got != c.want {
				t.Errorf("read %+v\nwant %+v", got, c.want)
			}
		})
	}
}

// FuzzRead lays words anywhere; nothing may panic or hang.
func FuzzRead(f *testing.F) {
	for _, texts := range shapes {
		var all []string
		for _, text := range texts {
			all = append(all, text.text)
		}
		f.Add(strings.Join(all, "|"), uint16(7))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint16) {
		var words []Word
		for n, part := range strings.Split(text, "|") {
			left, top := float64((n*int(seed))%600), float64((n*37+int(seed))%800)
			words = append(words, Word{part, left, top, left + float64(len(part)), top + 9})
		}
		if receipt := Read(words); receipt.Amount < 0 || receipt.Amount > data.MaxMoney {
			t.Errorf("amount %d", receipt.Amount)
		}
	})
}

// A time that is broken over two lines of its cell leaves only its clock beside the label. The bank's day is not the payment's.
func TestClockIsNotPutToTheDayOfBooking(t *testing.T) {
	at := func(x, y float64, text string) Word { return Word{text, x, y, x + 9*float64(len([]rune(text))), y + 9} }
	broken := []Word{at(100, 200, "2022-03-08"), at(30, 212, "交易时间"), at(100, 212, "15:21:16"), at(300, 212, "记账日期"), at(400, 212, "2022年03月09日")}
	if got := Read(broken).PaidAt; got != "" {
		t.Errorf("reads %s", got)
	}
	if got := Read(broken[3:]).PaidAt; got != "2022-03-09 00:00:00" {
		t.Errorf("the day of booking alone is read as %q", got)
	}
	labelled := []Word{at(30, 100, "交易金额(小写)"), at(200, 100, "CNY11,520.00")}
	if got := Read(labelled).Amount; got != 1152000 {
		t.Errorf("reads %s", got)
	}
}

// What a narrow cell or a list gives only a part of is not read at all.
func TestPartsAreNotReadAsTheWhole(t *testing.T) {
	at := func(x, y float64, text string) Word { return Word{text, x, y, x + 5*float64(len([]rune(text))), y + 9} }
	list := []Word{at(30, 100, "收款账号"), at(200, 100, "金额"), at(30, 120, "110060593018800003"), at(200, 120, "11,520.00"),
		at(30, 131, "058"), at(200, 145, "3,000.00"), at(30, 170, "合计"), at(200, 170, "14,520.00")}
	if got := Read(list); got.Amount != 0 || got.PayeeAccount != "" {
		t.Errorf("a list gives %s and account %q", got.Amount, got.PayeeAccount)
	}
	whole := []Word{at(30, 100, "收款账号"), at(200, 100, "金额"), at(30, 120, payeeAccount), at(200, 120, "11,520.00")}
	if got := Read(whole); got.Amount != 1152000 || got.PayeeAccount != payeeAccount {
		t.Errorf("one transfer gives %s and account %q", got.Amount, got.PayeeAccount)
	}
}
