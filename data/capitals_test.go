package data

import (
	"testing"

	"pgregory.net/rapid"
)

func TestReadCapitalsReadsWhatCapitalsWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := Money(rapid.Int64Range(1, int64(MaxMoney)).Draw(t, "amount"))
		if got := ReadCapitals("人民币" + amount.Capitals()); got != amount {
			t.Fatalf("%s is read as %s", amount.Capitals(), got)
		}
	})
	for text, want := range map[string]Money{
		"叁仟贰佰元整": 3200_00, "叁仟贰佰圆正": 3200_00, "拾元整": 10_00, "人民币 陆仟 零柒元 壹角肆分": 6007_14, "伍分": 5, "壹亿零壹元整": 0, // beyond the largest amount
		"": 0, "整": 0, "元整": 0, "三千元": 0, "壹仟": 0, "壹元伍": 0, "壹元贰叁角": 0, "国培网": 0,
	} {
		if got := ReadCapitals(text); got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
}
