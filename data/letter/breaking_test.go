package letter

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var plain = style{serif, 12}

// brokenAt gives breakLines' result as texts.
func brokenAt(text string, ems float64) []string {
	var texts []string
	for _, l := range breakLines(set(text, plain), ems*plain.em(), ems*plain.em()) {
		texts = append(texts, textOf(l))
	}
	return texts
}

func TestBreakLines(t *testing.T) {
	cases := []struct {
		name, text string
		ems        float64
		want       string
	}{
		{"plain", "一二三四五六", 4, "一二三四|五六"},
		{"comma does not begin a line but is halved", "一二三四，五六", 4.6, "一二三四，|五六"},
		{"comma takes a character along", "一二三四，五六", 4, "一二三|四，五六"},
		{"opening bracket does not end a line", "一二三（四五六）", 4, "一二三|（四五六）"},
		{"book title marks stay with their words", "参加《培训》三天", 3, "参加|《培训》|三天"},
		{"dash is not parted", "一二三——四五", 4, "一二|三——四|五"},
		{"ellipsis is not parted", "一二三……四五", 4, "一二|三……四|五"},
		{"word stays whole", "一二三 training", 5, "一二三 |training"},
		{"blank hangs at the end", "一二三四　五六", 4, "一二三四　|五六"},
		{"year keeps its figure", "一二三2022年", 5, "一二三|2022年"},
		{"long word breaks after a mark", "administrator@hospital", 8.2, "administrator@|hospital"},
		{"long word without marks breaks where it must", strings.Repeat("w", 9), 4, "wwww|wwww|w"},
		{"an address breaks before its line stands wide apart", "登录网址https://rsj.beijing.gov.cn/", 12, "登录网址https://|rsj.beijing.gov.cn/"},
		{"a date does not", "截止日期2022/12/31", 7, "截止日期|2022/12/31"},
		{"nothing but marks", "。。。。。。", 2, "。。。。。。"},
		{"more marks than a line holds at half the size", strings.Repeat("。", 12), 2, "。。。。|。。。。|。。。。"},
		{"marks that are not squeezed", "一！？！？！", 4, "一！？！？！"},
		{"iteration mark", "一二三人々", 4, "一二三|人々"},
		{"empty", "", 4, ""},
		{"narrower than a character", "一二", 0.5, "一|二"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(brokenAt(c.text, c.ems), "|"); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// anyText draws text as it stands in letters: Han, rare Han, Latin words, figures, punctuation of both kinds, blanks.
func anyText() *rapid.Generator[string] {
	words := []string{
		"北", "京", "市", "人力资源", "培训", "缴费", "䶮", "𬱖", "𫰡", "㛃", "葛\U000E0100", "2022年", "3,200.00", "¥3,200", "％", "℃",
		"training", "a", "Extracorporeal", "bjjxjy@chinahrt.com", "https://rsj.beijing.gov.cn/a/b?c=d", "QR-2022-0001", "110060593018800003058",
		"，", "。", "、", "；", "：", "？", "！", "（", "）", "《", "》", "“", "”", "‘", "’", "——", "……", "·", "…", "—", "～", "【", "】", "〔", "〕",
		",", ".", ";", "(", ")", "[", "]", "%", "/", "-", " ", "　", "\u00A0", "\t", "  ",
	}
	return rapid.Custom(func(t *rapid.T) string {
		count := rapid.IntRange(0, 80).Draw(t, "count") // drawn first, because rapid keeps slices of a range short
		parts := rapid.SliceOfN(rapid.SampledFrom(words), count, count).Draw(t, "words")
		return strings.Join(parts, "")
	})
}

// checkLines fails where lines lose a character, run over, or begin or end as no line may, unless twice the width would not
// hold what must stay together.
func checkLines(t rapid.TB, text string, width float64) {
	t.Helper()
	glyphs := set(text, plain)
	whole := textOf(glyphs)
	lines := breakLines(glyphs, width, width)
	var joined strings.Builder
	for i, l := range lines {
		joined.WriteString(textOf(l))
		if len(l) == 0 {
			t.Fatalf("line %d is empty", i)
		}
		if widthOf(l) > max(width, l[0].advance)+2*slack {
			t.Fatalf("line %q is %.2f mm in %.2f mm", textOf(l), widthOf(l), width)
		}
		if i == 0 {
			continue
		}
		rest := set(strings.TrimPrefix(whole, joined.String()[:joined.Len()-len(textOf(l))-len(textOf(lines[i-1]))]), plain)
		end := len(lines[i-1])
		if breakable(rest, end) != desperate {
			continue
		}
		cluster := 1
		for cluster < len(rest) && breakable(rest, cluster) == desperate {
			cluster++
		}
		if cluster < end || widthOf(rest[:cluster])*leastScale < width-slack {
			t.Fatalf("%q | %q in %.1f mm: no line may break there", textOf(lines[i-1]), textOf(l), width)
		}
	}
	if joined.String() != whole {
		t.Fatalf("lost characters: %q became %q", whole, joined.String())
	}
}

func TestLinesKeepEveryCharacterAndTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkLines(t, anyText().Draw(t, "text"), rapid.Float64Range(20, 170).Draw(t, "width"))
	})
}

// TestRunsOfMarksKeepTheRules tries what no prose has: marks upon marks in columns of a few characters.
func TestRunsOfMarksKeepTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		marks := rapid.SliceOfN(rapid.SampledFrom([]rune("北京，。！？：（《“”》）—…·％/a1 ")), 1, 60).Draw(t, "marks")
		checkLines(t, string(marks), rapid.Float64Range(20, 40).Draw(t, "width"))
	})
}

func TestForbiddenEndsNeverHappenInProse(t *testing.T) {
	han := []rune("北京市专业技术人员及事业单位工作人员公共知识培训缴费确认书龚")
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		for range rapid.IntRange(1, 40).Draw(t, "clauses") {
			for range rapid.IntRange(1, 9).Draw(t, "length") {
				text.WriteRune(rapid.SampledFrom(han).Draw(t, "han"))
			}
			text.WriteString(rapid.SampledFrom([]string{"，", "。", "、", "（甲）", "《乙》", "“丙”，", "——", "……"}).Draw(t, "mark"))
		}
		width := rapid.Float64Range(20, 170).Draw(t, "width")
		for i, l := range breakLines(set(text.String(), plain), width, width) {
			if i > 0 && isAny(l[0].char, noStart) {
				t.Fatalf("line begins with %c", l[0].char)
			}
			if isAny(l[len(l)-1].char, noEnd) {
				t.Fatalf("line ends with %c", l[len(l)-1].char)
			}
		}
	})
}

func TestJustifiedLinesFillTheirWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.Float64Range(60, 170).Draw(t, "width")
		lines := breakLines(set(anyText().Draw(t, "text"), plain), width, width)
		for _, l := range lines {
			extra := spread(l, width)
			if extra == 0 {
				continue
			}
			filled := widthOf(l)
			for i := range l {
				if l.stretchable(i) {
					filled += extra
				}
			}
			if math.Abs(filled-width) > 0.01 {
				t.Fatalf("line fills %.3f of %.3f mm", filled, width)
			}
		}
	})
}

func FuzzBreakLines(f *testing.F) {
	f.Add("北京市（朝阳区）——bjjxjy@chinahrt.com，𬱖\x00\xff\u202e", 40.0)
	f.Add("。。。（（（", 3.0)
	f.Add("\u3000 \u00a0\t\n", 20.0)
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if width != width || width < 0 || width > 1000 || len(text) > 20_000 {
			t.Skip()
		}
		checkLines(t, text, width)
	})
}
