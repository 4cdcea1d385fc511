package data

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseMoneyReadsWhatPeopleWrite(t *testing.T) {
	tests := []struct {
		name, text string
		want       Money
	}{
		{"whole", "3200", 3200_00},
		{"one decimal", "3200.5", 3200_50},
		{"two decimals", "3200.05", 3200_05},
		{"commas", "3,200.00", 3200_00},
		{"two commas", "99,999,999.99", MaxMoney},
		{"full width", "３２００", 3200_00},
		{"full width with point and comma", "３，２００．５０", 3200_50},
		{"yuan sign", "¥3200", 3200_00},
		{"full width sign, commas and word", "￥3,200元", 3200_00},
		{"sign with space", "¥ 3200.00", 3200_00},
		{"words", "人民币3200元整", 3200_00},
		{"spaces around", " \u00a03200\u3000\t", 3200_00},
		{"zero width inside", "32\u200b00", 3200_00},
		{"smallest", "0.01", 1},
		{"leading zeros", "003200", 3200_00},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseMoney(test.text)
			if err != nil || got != test.want {
				t.Errorf("ParseMoney(%q) = %d, %v; want %d", test.text, got, err, test.want)
			}
		})
	}
}

func TestParseMoneyRefuses(t *testing.T) {
	tests := []struct{ name, text, code string }{
		{"nothing", "", "money-missing"},
		{"only a sign", "¥", "money-missing"},
		{"three decimals", "29.995", "money-decimals"},
		{"three decimals, zeros", "3200.000", "money-decimals"},
		{"negative", "-3200", "money-negative"},
		{"negative after sign", "¥-3200", "money-negative"},
		{"negative in full width", "－３２００", "money-negative"},
		{"negative for bookkeepers", "(3200.00)", "money-negative"},
		{"scientific", "3.2E+3", "money-scientific"},
		{"scientific, small letter", "3e3", "money-scientific"},
		{"zero", "0", "money-zero"},
		{"zero with decimals", "0.00", "money-zero"},
		{"too large", "100000000", "money-large"},
		{"far too large", "99999999999999999999999999", "money-large"},
		{"misplaced comma", "32,00", "money-commas"},
		{"comma for a point", "3200,50", "money-commas"},
		{"comma first", ",200", "money-commas"},
		{"zero before comma", "0,100", "money-commas"},
		{"four digits after comma", "3,2000", "money-commas"},
		{"ten thousands", "0.32万元", "money-unit"},
		{"words", "三千二百元", "money-format"},
		{"point at the end", "3200.", "money-format"},
		{"point at the start", ".5", "money-format"},
		{"two points", "3.200.00", "money-format"},
		{"space inside", "3 200", "money-format"},
		{"plus", "+3200", "money-format"},
		{"Arabic digits", "٣٢٠٠", "money-format"},
		{"broken bytes", "32\xff00", "money-format"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseMoney(test.text)
			wantProblem(t, err, test.code)
			if got != 0 {
				t.Errorf("ParseMoney(%q) = %d beside its error", test.text, got)
			}
		})
	}
}

// wantProblem checks that err is a blocking Problem with this code and proper sentences.
func wantProblem(t *testing.T, err error, code string) {
	t.Helper()
	problem, ok := AsProblem(err)
	if !ok {
		t.Fatalf("got %v, want a problem %s", err, code)
	}
	if problem.Code != code || problem.Level != LevelError {
		t.Errorf("got %s (%s), want %s (error)", problem.Code, problem.Level, code)
	}
	if !strings.HasSuffix(problem.What, "。") || !strings.HasSuffix(problem.Fix, "。") {
		t.Errorf("sentences without an end: %q %q", problem.What, problem.Fix)
	}
}

func TestMoneyWritten(t *testing.T) {
	tests := []struct {
		money                   Money
		text, plain, inCapitals string
	}{
		{0, "0.00", "0.00", "零元整"},
		{1, "0.01", "0.01", "壹分"},
		{5, "0.05", "0.05", "伍分"},
		{50, "0.50", "0.50", "伍角整"},
		{55, "0.55", "0.55", "伍角伍分"},
		{10_00, "10.00", "10.00", "壹拾元整"},
		{325_04, "325.04", "325.04", "叁佰贰拾伍元零肆分"},
		{999_99, "999.99", "999.99", "玖佰玖拾玖元玖角玖分"},
		{1000_00, "1,000.00", "1000.00", "壹仟元整"},
		{1005_00, "1,005.00", "1005.00", "壹仟零伍元整"},
		{1050_10, "1,050.10", "1050.10", "壹仟零伍拾元壹角整"},
		{3200_00, "3,200.00", "3200.00", "叁仟贰佰元整"},
		{6007_14, "6,007.14", "6007.14", "陆仟零柒元壹角肆分"},
		{16409_02, "16,409.02", "16409.02", "壹万陆仟肆佰零玖元零贰分"},
		{10_200_00, "10,200.00", "10200.00", "壹万零贰佰元整"},
		{102_000_000_00, "102,000,000.00", "102000000.00", "壹亿零贰佰万元整"},
		{120_000_001_00, "120,000,001.00", "120000001.00", "壹亿贰仟万零壹元整"},
		{100_000_00, "100,000.00", "100000.00", "壹拾万元整"},
		{100_010_00, "100,010.00", "100010.00", "壹拾万零壹拾元整"},
		{107_000_53, "107,000.53", "107000.53", "壹拾万柒仟元伍角叁分"},
		{1_000_001_00, "1,000,001.00", "1000001.00", "壹佰万零壹元整"},
		{MaxMoney, "99,999,999.99", "99999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
		{100_000_001_00, "100,000,001.00", "100000001.00", "壹亿零壹元整"},
		{100_010_000_00, "100,010,000.00", "100010000.00", "壹亿零壹万元整"},
		{-3200_00, "-3,200.00", "-3200.00", "负叁仟贰佰元整"},
		{-200_00, "-200.00", "-200.00", "负贰佰元整"},
	}
	for _, test := range tests {
		t.Run(test.plain, func(t *testing.T) {
			if got := test.money.String(); got != test.text {
				t.Errorf("String() = %s, want %s", got, test.text)
			}
			if got := test.money.Plain(); got != test.plain {
				t.Errorf("Plain() = %s, want %s", got, test.plain)
			}
			if got := test.money.Capitals(); got != test.inCapitals {
				t.Errorf("Capitals() = %s, want %s", got, test.inCapitals)
			}
		})
	}
}

// readCapitals reads capital figures back, independently of how they are written.
func readCapitals(text string) Money {
	digits := map[rune]int64{'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}
	units := map[rune]int64{'拾': 10, '佰': 100, '仟': 1000}
	var total, section, digit int64
	for _, r := range text {
		switch {
		case digits[r] > 0:
			digit = digits[r]
		case units[r] > 0:
			section, digit = section+digit*units[r], 0
		case r == '万':
			total, section, digit = total+(section+digit)*1_0000, 0, 0
		case r == '亿':
			total, section, digit = (total+section+digit)*1_0000_0000, 0, 0
		case r == '元':
			total, section, digit = (total+section+digit)*100, 0, 0
		case r == '角':
			total, digit = total+digit*10, 0
		case r == '分':
			total, digit = total+digit, 0
		}
	}
	return Money(total)
}

func anyMoney(t *rapid.T) Money { return Money(rapid.Int64Range(1, int64(MaxMoney)).Draw(t, "分")) }

func TestMoneyRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		money := anyMoney(t)
		for _, text := range []string{money.String(), money.Plain(), "￥" + money.String() + "元"} {
			if got, err := ParseMoney(text); err != nil || got != money {
				t.Fatalf("ParseMoney(%q) = %d, %v; want %d", text, got, err, money)
			}
		}
	})
}

func TestCapitalsRoundTripAndKeepTheirRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		money := Money(rapid.Int64Range(1, 9_999_9999_9999_99).Draw(t, "分"))
		text := money.Capitals()
		if got := readCapitals(text); got != money {
			t.Fatalf("%d is written %s, which reads %d", money, text, got)
		}
		for _, wrong := range []string{"零零", "零元", "零万", "零亿", "零拾", "零佰", "零仟", "亿万"} {
			if strings.Contains(text, wrong) {
				t.Fatalf("%d is written %s, with %s", money, text, wrong)
			}
		}
		if strings.HasSuffix(text, "整") == (money%10 != 0) {
			t.Fatalf("%d is written %s: 整 stands if and only if there are no 分", money, text)
		}
	})
}

func TestMoneyNeverOverflows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		money := Money(rapid.Int64().Draw(t, "分"))
		_, _ = money.String(), money.Capitals()
		if plain := money.Plain(); strings.ReplaceAll(money.String(), ",", "") != plain {
			t.Fatalf("%s is not %s with commas", money, plain)
		}
	})
}

func TestParseHours(t *testing.T) {
	tests := []struct {
		name, text string
		want       Hours
		code       string
	}{
		{"whole", "30", 30_00, ""},
		{"two decimals", "29.99", 29_99, ""},
		{"with word and spaces", " １６ 学时 ", 16_00, ""},
		{"never rounded", "29.995", 0, "hours-decimals"},
		{"nothing", "\u3000", 0, "hours-missing"},
		{"zero", "0", 0, "hours-zero"},
		{"negative", "-8", 0, "hours-zero"},
		{"too large", "10000", 0, "hours-large"},
		{"words", "八学时", 0, "hours-format"},
		{"scientific", "3E1", 0, "hours-format"},
		{"a range", "8-16", 0, "hours-format"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseHours(test.text)
			if got != test.want {
				t.Errorf("ParseHours(%q) = %d, want %d", test.text, got, test.want)
			}
			if test.code != "" {
				wantProblem(t, err, test.code)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestHoursRoundTrip(t *testing.T) {
	if got := Hours(30_00).String(); got != "30.00" {
		t.Errorf("String() = %s, want 30.00", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		hours := Hours(rapid.Int64Range(1, int64(MaxHours)).Draw(t, "hundredths"))
		if got, err := ParseHours(hours.String()); err != nil || got != hours {
			t.Fatalf("ParseHours(%s) = %d, %v", hours, got, err)
		}
	})
}

func FuzzParseMoney(f *testing.F) {
	for _, seed := range []string{"3200", "¥3,200.00元", "３２００", "1E+5", "-1", "0.001", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		money, err := ParseMoney(text)
		if err != nil {
			var problem Problem
			if !errors.As(err, &problem) || problem.Code == "" || money != 0 {
				t.Fatalf("ParseMoney(%q) = %d, %v", text, money, err)
			}
			return
		}
		if money < 1 || money > MaxMoney {
			t.Fatalf("ParseMoney(%q) = %d, outside the limits", text, money)
		}
	})
}
