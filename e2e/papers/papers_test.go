package papers

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPapersAreAsPromised(t *testing.T) {
	folder := t.TempDir()
	if keep := os.Getenv("PAPERS"); keep != "" {
		folder = keep
	}
	roster, err := WriteRoster(filepath.Join(folder, "roster.xlsx"))
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
	if _, err := WriteHours(filepath.Join(folder, "hours.xlsx"), roster.Good); err != nil {
		t.Fatal(err)
	}
	receipt := Receipt{Bank: "城南商业银行育才支行", Account: "330101201900556678", PaidAt: "2022-03-08 15:21:16", Amount: "11,520.00",
		Capitals: "壹万壹仟伍佰贰拾元整", Purpose: "2022年公共知识培训费", Sequence: "2203 0815 2116 0042"}
	if err := WriteVoucher(filepath.Join(folder, "voucher.jpg"), receipt); err != nil {
		t.Fatal(err)
	}
}
