package letter

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"peixun/data"
)

// sayable gives what a letter must show, as the page writes it.
func sayable(content data.LetterContent) []string {
	texts := []string{
		content.Total().Capitals(), content.Total().String(), day(content.Date), content.Price.String(),
		content.Text.Title, content.Text.Opening, content.Text.Declaration, content.Text.Closing,
	}
	for _, part := range fieldsOf(content) {
		switch {
		case strings.HasSuffix(part.key, "_at"):
			texts = append(texts, moment(data.Moment(part.text)))
		case part.key != "date" && !strings.HasSuffix(part.key, "_id") && !strings.HasSuffix(part.key, ".amount") && part.key != "price":
			texts = append(texts, part.text)
		}
	}
	for _, order := range content.Orders {
		for _, entry := range order.Lines {
			texts = append(texts, entry.Amount.String())
		}
	}
	return texts
}

func TestConfirmationSaysEverything(t *testing.T) {
	rare := sample(1)
	rare.Contact, rare.Unit, rare.Text.Title = "李䶮", "北京市𬱖家庄医院㛃分院", "𬱖家庄确认书"
	online := severalOrders()
	online.PayerBank, online.PayerAccount = "", ""
	cases := map[string]data.LetterContent{
		"one organisation": sample(1), "sixty organisations": sample(60), "several orders": severalOrders(),
		"long names": longNames(), "rare characters": rare, "nothing from the payer": online,
	}
	for name, content := range cases {
		t.Run(name, func(t *testing.T) {
			pdf, pages := print(t, content)
			mustSay(t, pdf, sayable(content)...)
			if found := len(pagesText(t, pdf)); found != pages {
				t.Errorf("says %d pages, has %d", pages, found)
			}
			if problems := Missing(content); len(problems) > 0 {
				t.Errorf("unexpected: %v", problems)
			}
			if strings.ContainsRune(strings.Join(pagesText(t, pdf), ""), noGlyph) {
				t.Error("the letter's own words have a character that no font has")
			}
		})
	}
}

func TestPages(t *testing.T) {
	for organizations, want := range map[int]int{1: 1, 3: 1, 4: 1, 12: 2, 60: 3} {
		pdf, pages := print(t, sample(organizations))
		if pages != want {
			t.Errorf("%d organisations: %d pages, want %d", organizations, pages, want)
		}
		for i, text := range pagesText(t, pdf) {
			if !strings.Contains(text, fmt.Sprintf("第 %d 页　共 %d 页", i+1, pages)) {
				t.Errorf("%d organisations: page %d is not numbered", organizations, i+1)
			}
		}
	}
}

func TestHeadingStandsOnEveryPageOfTheTable(t *testing.T) {
	pdf, _ := print(t, sample(60))
	for i, text := range pagesText(t, pdf) {
		if !strings.Contains(text, "序号组织机构人数金额（元）") {
			t.Errorf("page %d has no heading", i+1)
		}
	}
}

// TestSignatureNeverStandsAlone goes through every length at which the block may just not fit.
func TestSignatureNeverStandsAlone(t *testing.T) {
	var letters []data.LetterContent
	for organizations := range 45 {
		letters = append(letters, sample(organizations))
	}
	var out bytes.Buffer
	if _, err := Confirmations(&out, letters); err != nil {
		t.Fatal(err)
	}
	signed := 0
	for i, text := range pagesText(t, out.Bytes()) {
		count := strings.Count(text, "盖章处")
		if count == 0 {
			continue
		}
		signed++
		if count != 2 || !strings.Contains(text, "特此确认。") || !strings.Contains(text, "由我单位负责更正。") || !strings.Contains(text, data.DefaultMailingAddress.Address) {
			t.Errorf("page %d: the signatures stand without the text before or the address after", i+1)
		}
	}
	if signed != len(letters) {
		t.Errorf("%d letters have %d signature blocks", len(letters), signed)
	}
}

func TestSameContentGivesSameBytes(t *testing.T) {
	for name, content := range map[string]data.LetterContent{"dated": longNames(), "undated": {}} {
		first, _ := print(t, content)
		for range 5 {
			if again, _ := print(t, content); !bytes.Equal(first, again) {
				t.Fatalf("%s: bytes differ", name)
			}
		}
	}
}

func TestUndatedPaperDoesNotAskTheClock(t *testing.T) {
	pdf, _ := print(t, data.LetterContent{})
	if !bytes.Contains(pdf, []byte("(D:20000101000000)")) {
		t.Error("the creation date of an undated paper is not the fixed one")
	}
}

func TestMetadataNamesNobody(t *testing.T) {
	content := sample(1)
	pdf, _ := print(t, content)
	for _, private := range []string{content.Unit, content.Contact, content.Telephone, content.PayerAccount} {
		var wide []byte
		for _, char := range private {
			wide = append(wide, byte(char>>8), byte(char))
		}
		if bytes.Contains(pdf, wide) || bytes.Contains(pdf, []byte(private)) {
			t.Errorf("%s stands outside the compressed pages", private)
		}
	}
	for _, key := range []string{"/Author", "/Subject", "/Keywords"} {
		if bytes.Contains(pdf, []byte(key)) {
			t.Errorf("metadata has %s", key)
		}
	}
}

func TestAmounts(t *testing.T) {
	for amount, want := range map[data.Money][2]string{
		320000: {"¥3,200.00", "人民币叁仟贰佰元整"}, 5: {"¥0.05", "人民币伍分"}, 1640902: {"¥16,409.02", "人民币壹万陆仟肆佰零玖元零贰分"},
		data.MaxMoney: {"¥99,999,999.99", "人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
	} {
		content := sample(1)
		content.Orders[0].Lines[0].Amount = amount
		pdf, _ := print(t, content)
		mustSay(t, pdf, want[0], want[1])
	}
}

func TestAbsurdContentNeitherPanicsNorLosesText(t *testing.T) {
	content := sample(2)
	content.Unit = strings.Repeat("某单位", 3_334)
	content.PlanName = strings.Repeat("W", 10_000)
	content.Orders[0].Lines[0].OrganizationPath = strings.Repeat("室", 10_000)
	content.Text.Opening = "甲\n\n乙\r\n丙"
	content.InvoiceTitle = "\x00\xff\u202e\uE000😀𫰡\u0301"
	pdf, pages := print(t, content)
	mustSay(t, pdf, "甲乙丙", "\uFFFD\uE000😀𫰡\u0301")
	said := strings.Join(pagesText(t, pdf), "") // footers stand between the pages of a row
	for char, least := range map[string]int{"某": 3_334, "W": 10_000, "室": 10_000} {
		if count := strings.Count(said, char); count < least {
			t.Errorf("%q stands %d times, want %d", char, count, least)
		}
	}
	if pages < 5 {
		t.Errorf("%d pages", pages)
	}
}

func TestNumberTooLongForItsCode(t *testing.T) {
	content := sample(1)
	content.Number = strings.Repeat("9X|", 2_000)
	if _, err := Confirmation(&bytes.Buffer{}, content); err == nil {
		t.Error("a number that no QR code holds is not refused")
	}
	if _, err := Confirmations(&bytes.Buffer{}, nil); err == nil {
		t.Error("an empty batch is not refused")
	}
}

func TestWordingFillsWhatIsEmpty(t *testing.T) {
	content := sample(1)
	content.Text = data.LetterText{Opening: "我们的话。"}
	pdf, _ := print(t, content)
	mustSay(t, pdf, "我们的话。", "确认书", "特此确认。")
	if content.Orders[0].PaidAt = ""; strings.Contains(DefaultText(content).Opening, "已缴清") {
		t.Error("an unpaid letter says that it is paid")
	}
}

// anyLetter draws a letter with random texts in its fields.
func anyLetter() *rapid.Generator[data.LetterContent] {
	return rapid.Custom(func(t *rapid.T) data.LetterContent {
		content := sample(rapid.IntRange(0, 8).Draw(t, "organizations"))
		for _, text := range []*string{&content.Unit, &content.UnitAddress, &content.PayerBank, &content.InvoiceTitle, &content.Text.Opening, &content.Text.Declaration} {
			*text = anyText().Draw(t, "text")
		}
		return content
	})
}

// headText is what stands in the head of a letter's following pages.
func headText(content data.LetterContent) string {
	name, unit := ends(officialFrame.width, "确认书 "+content.Number, content.Unit, footerStyle)
	return textOf(name) + textOf(unit)
}

// TestAnyContentPrints prints random letters in one document, because reading the fonts takes longest.
func TestAnyContentPrints(t *testing.T) {
	letters := make([]data.LetterContent, 150)
	for seed := range letters {
		letters[seed] = anyLetter().Example(seed)
	}
	var out bytes.Buffer
	if _, err := Confirmations(&out, letters); err != nil {
		t.Fatal(err)
	}
	pages := pagesText(t, out.Bytes())
	for seed, content := range letters {
		count := len(layOut(content, officialFrame))
		said := ""
		for i, page := range pages[:count] {
			if i > 0 {
				page = strings.TrimPrefix(page, headText(content))
			}
			said += solid(page[:strings.LastIndex(page, "确认书 "+content.Number)]) // no footer amid a paragraph
		}
		pages = pages[count:]
		for _, text := range sayable(content) {
			if !strings.Contains(said, solid(text)) {
				t.Fatalf("letter %d does not say %q", seed, text)
			}
		}
	}
}

// TestPopplerReadsTheLetter checks with another program what the tests above check with our own reading.
func TestPopplerReadsTheLetter(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	content := longNames()
	content.Contact = "李𫰡𬱖䶮"
	pdf, _ := print(t, content)
	command := exec.Command(tool, "-enc", "UTF-8", "-", "-")
	command.Stdin = bytes.NewReader(pdf)
	said, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{content.Contact, content.Unit, content.PlanName, content.PlanNumber, content.Payee.Account, content.TaxNumber, "——第二组……"} {
		if !strings.Contains(solid(string(said)), solid(text)) {
			t.Errorf("pdftotext does not find %s", text)
		}
	}
}

func FuzzConfirmation(f *testing.F) {
	f.Add("北京市𬱖家庄医院", "骨科/护理组", "我单位确认。\n特此。", int64(320000), "2022-03-16")
	f.Add("", "\x00\xff", "\u202e—…（", int64(-5), "2022-13-99")
	f.Fuzz(func(t *testing.T, unit, organization, text string, amount int64, date string) {
		content := sample(1)
		content.Unit, content.Text.Declaration, content.Date = unit, text, data.Date(date)
		content.Orders[0].Lines[0] = data.OrderLine{OrganizationPath: organization, Amount: data.Money(amount)}
		var out bytes.Buffer
		if _, err := Confirmation(&out, content); err != nil {
			t.Fatal(err)
		}
		Missing(content)
	})
}

func BenchmarkConfirmation(b *testing.B) {
	content := sample(3)
	for b.Loop() {
		print(b, content)
	}
}

func BenchmarkThousandLetters(b *testing.B) {
	letters := make([]data.LetterContent, 1000)
	for i := range letters {
		letters[i] = sample(3)
		letters[i].Number = fmt.Sprintf("QR-2022-%04d", i+1)
	}
	for b.Loop() {
		if _, err := Confirmations(&bytes.Buffer{}, letters); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*len(letters)), "ms/letter")
}
