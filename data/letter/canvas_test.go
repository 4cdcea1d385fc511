package letter

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"testing"
	"time"
)

var (
	operatorPattern = regexp.MustCompile(`BT ([0-9.]+) [0-9.]+ Td \[([^]]*)\] TJ`)
	itemPattern     = regexp.MustCompile(`<([0-9A-F]*)>|(-?[0-9.]+)`)
)

// drawnEnd follows the PDF's own operators over one line and tells where its last character ends, in mm.
func drawnEnd(t *testing.T, content []byte, used style) float64 {
	t.Helper()
	end := 0.0
	for _, match := range operatorPattern.FindAllSubmatch(content, -1) {
		end = number(t, match[1])
		for _, item := range itemPattern.FindAllSubmatch(match[2], -1) {
			if item[2] != nil {
				end -= number(t, item[2]) / unitsPerEm * used.size
				continue
			}
			for _, code := range fromUTF16(fromHex(t, item[1])) {
				end += float64(used.face.widths()[code]) / unitsPerEm * used.size
			}
		}
	}
	return end * millimetresPerPoint
}

func number(t *testing.T, text []byte) float64 {
	t.Helper()
	value, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// TestJustifiedLineReachesTheMargin reads the drawn operators, not our own arithmetic.
func TestJustifiedLineReachesTheMargin(t *testing.T) {
	const left, width = 20.0, 100.0
	for _, text := range []string{
		"我单位组织人员参加培训，由单位集体缴费，现已缴清费用",
		"现将（2022年）training 人数、《金额》（含税），确认",
	} {
		c := newCanvas(a4, "", time.Time{})
		c.page()
		c.line(left, 20, width, 7, set(text, plain), alignJustified)
		var out bytes.Buffer
		if err := c.write(&out); err != nil {
			t.Fatal(err)
		}
		page := pageStreams(t, out.Bytes())[0]
		if end := drawnEnd(t, page, plain); math.Abs(end-left-width) > 0.05 {
			t.Errorf("%s: ends at %.2f mm, want %.2f", text, end, left+width)
		}
	}
}
