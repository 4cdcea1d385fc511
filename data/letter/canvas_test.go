package letter

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"testing"
	"time"
)

var operatorPattern = regexp.MustCompile(`([-0-9.]+) Tc|BT ([0-9.]+) [0-9.]+ Td \(((?:[^\\()]|\\.)*)\) Tj`)

// drawnEnd follows the PDF's own operators over one line and tells where its last character ends, in mm.
func drawnEnd(t *testing.T, content []byte, used style) float64 {
	t.Helper()
	spacing, end := 0.0, 0.0
	for _, match := range operatorPattern.FindAllSubmatch(content, -1) {
		if match[1] != nil {
			spacing = number(t, match[1])
			continue
		}
		text := fromUTF16(escapePattern.ReplaceAllFunc(match[3], unescape))
		end = number(t, match[2])
		for i, char := range []rune(text) {
			if i > 0 {
				end += spacing
			}
			end += float64(used.face.widths()[char]) / unitsPerEm * used.size
		}
	}
	if spacing != 0 {
		t.Errorf("the spacing stays at %.3f pt after the line", spacing)
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
		c.pdf.SetCompression(false)
		c.page()
		c.line(left, 20, width, 7, set(text, plain), alignJustified)
		var out bytes.Buffer
		if err := c.write(&out); err != nil {
			t.Fatal(err)
		}
		page := streamPattern.FindSubmatch(out.Bytes())[1]
		if end := drawnEnd(t, page, plain); math.Abs(end-left-width) > 0.05 {
			t.Errorf("%s: ends at %.2f mm, want %.2f", text, end, left+width)
		}
	}
}
