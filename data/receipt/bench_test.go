package receipt

import (
	"fmt"
	"testing"
)

// BenchmarkRead reads a page with as many words as are read.
func BenchmarkRead(b *testing.B) {
	var words []Word
	for n := range maxWords {
		text := []string{"付款人", "账号", "收款人", "金额", "公共知识", "2022-06-14", "330101201900556678", "付"}[n%8]
		left, top := float64(n%25)*24, float64(n/25)*10
		words = append(words, Word{fmt.Sprint(text), left, top, left + 20, top + 9})
	}
	for b.Loop() {
		Read(words)
	}
}
