package papers

import (
	"bytes"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestRosterIsAsPromised(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roster.xlsx")
	roster, err := WriteRoster(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(roster.Bad) != BadRows || len(roster.Good) != RosterRows-BadRows {
		t.Errorf("%d bad and %d good rows", len(roster.Bad), len(roster.Good))
	}
	names, numbers := map[string]bool{}, map[string]bool{}
	for _, one := range roster.Good {
		names[one.Name], numbers[one.IDNumber] = true, true
	}
	if len(names) != len(roster.Good) || len(numbers) != len(roster.Good) {
		t.Errorf("%d names and %d numbers of %d people", len(names), len(numbers), len(roster.Good))
	}
	file, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := file.GetRows(rosterSheet)
	if err != nil || len(rows) != rosterHeader+RosterRows+1 {
		t.Errorf("%d rows in the file, %v", len(rows), err)
	}
}

func TestCheckDigits(t *testing.T) {
	for _, number := range []string{"11010519491231002X", "440524188001010014", "34052419800101001X", "810000199003071536"} {
		if got := withCheckDigit(number[:17]); got != number {
			t.Errorf("%s: %s", number, got)
		}
		if withOtherCheckDigit(number) == number {
			t.Errorf("%s is not spoilt", number)
		}
	}
}

func TestVoucherLiesOnItsSide(t *testing.T) {
	path := filepath.Join(t.TempDir(), "voucher.jpg")
	if err := WriteVoucher(path, Receipt{Bank: "城南商业银行", Amount: "1.00"}); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size, err := jpeg.DecodeConfig(bytes.NewReader(content))
	if err != nil || size.Width != photoHeight || size.Height != photoWidth {
		t.Errorf("stored as %d×%d, %v", size.Width, size.Height, err)
	}
	if !bytes.HasPrefix(content[2:], []byte{0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f'}) {
		t.Error("no EXIF segment behind the first marker")
	}
}

func TestHoursAddUp(t *testing.T) {
	people := make([]Person, 60)
	for n := range people {
		people[n] = person(n)
	}
	hours, err := WriteHours(filepath.Join(t.TempDir(), "hours.xlsx"), people)
	if err != nil || hours.Total != 40*12_00+10*(25+50+75) {
		t.Errorf("%+v, %v", hours, err)
	}
}
