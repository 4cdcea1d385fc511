package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"peixun/data"
	"peixun/data/letter"
)

// ourLetter is a confirmation letter as the program makes it.
func ourLetter(t testing.TB) []byte {
	t.Helper()
	content := data.LetterContent{
		Number: "QR-2022-0001", Date: "2022-06-17", Unit: "北京市测试医院", PlanName: "2022年北京市专业技术人员及事业单位工作人员公共知识培训", Payee: data.DefaultPayee,
		Orders:  []data.LetterOrder{{Number: "JF-2022-0001", Mode: data.PayFirst, Lines: []data.OrderLine{{OrganizationPath: "内科", Amount: 320000, People: 40}}}},
		Mailing: data.DefaultMailingAddress,
	}
	content.Text = letter.DefaultText(content)
	var out bytes.Buffer
	if _, err := letter.Confirmation(&out, content); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestOurLetterIsDrawnAndRead(t *testing.T) {
	d := open(t, ourLetter(t))
	if d.Pages() != 1 || int(d.Size(0).Width) != 595 || int(d.Size(0).Height) != 841 {
		t.Fatalf("%d pages of %v", d.Pages(), d.Size(0))
	}
	picture, err := d.Render(context.Background(), 0, 800)
	if err != nil || picture.Rect.Dx() != 800 || picture.Rect.Dy() != 1132 {
		t.Fatalf("drawn %v, %v", picture.Rect, err)
	}
	if dark := ink(picture, picture.Rect); dark < 10_000 || picture.RGBAAt(2, 2).R != 255 {
		t.Errorf("%d dark pixels on the page, corner %v", dark, picture.RGBAAt(2, 2))
	}
	text, err := d.Text(context.Background(), 0)
	for _, part := range []string{"QR-2022-0001", "北京市测试医院", "叁仟贰佰元整", data.DefaultPayee.Name} {
		if !strings.Contains(strings.ReplaceAll(text, "\n", ""), part) {
			t.Errorf("the text lacks %q: %v\n%s", part, err, text)
		}
	}
}

func TestReceiptWithoutItsFontShowsCharacters(t *testing.T) {
	d := open(t, onePage(a4, songFont, fmt.Sprintf("BT /F1 24 Tf 100 700 Td <%s> Tj ET", hex("付款金额叁仟贰佰元整"))))
	picture, err := d.Render(context.Background(), 0, 595)
	if err != nil {
		t.Fatal(err)
	}
	// Ten characters of 24 pt, each with strokes of its own; boxes or blanks would be thin or nothing.
	for n := range 10 {
		cell := image.Rect(100+24*n, 842-700-22, 124+24*n, 842-700+4)
		if dark := ink(picture, cell); dark < 40 {
			t.Errorf("character %d has %d dark pixels", n, dark)
		}
	}
	words, err := d.Words(context.Background(), 0)
	if err != nil || len(words) != 1 || words[0].Text != "付款金额叁仟贰佰元整" {
		t.Fatalf("words %+v, %v", words, err)
	}
}

func TestWordsHavePlacesAsShown(t *testing.T) {
	show := fmt.Sprintf("BT /F1 12 Tf 100 700 Td <%s> Tj 200 0 Td <%s> Tj -200 -30 Td <%s> Tj ET", hex("金额"), hex("3,200.00"), hex("账号 0200"))
	for _, c := range []struct {
		name, page string
		label      Rectangle // roughly where 金额 stands
	}{
		{"upright", a4, Rectangle{100, 130, 124, 143}},
		{"cropped", "/MediaBox[0 0 595 842] /CropBox[50 0 595 800]", Rectangle{50, 88, 74, 101}},
		{"turned right", a4 + " /Rotate 90", Rectangle{699, 100, 712, 124}},
	} {
		t.Run(c.name, func(t *testing.T) {
			words, err := open(t, onePage(c.page, songFont, show)).Words(context.Background(), 0)
			if err != nil {
				t.Fatal(err)
			}
			texts := make([]string, len(words))
			for place, word := range words {
				texts[place] = word.Text
			}
			if got := strings.Join(texts, "|"); got != "金额|3,200.00|账号|0200" {
				t.Fatalf("words %q", got)
			}
			got, most := words[0].Rectangle, 4.0
			for place, off := range []float64{got.Left - c.label.Left, got.Top - c.label.Top, got.Right - c.label.Right, got.Bottom - c.label.Bottom} {
				if max(off, -off) > most {
					t.Errorf("side %d of %+v is %.1f pt from %+v", place, got, off, c.label)
				}
			}
		})
	}
}

func TestSealsAndTransparencyStandOnWhite(t *testing.T) {
	// A bank's seal is an annotation with an appearance of its own; the page has a half transparent ground.
	page := a4 + " /Group<</S/Transparency /CS/DeviceRGB>> /Annots[<</Type/Annot /Subtype/Stamp /Rect[100 100 200 200] /F 4 /AP<</N 6 0 R>>>>]"
	d := open(t, onePage(page, "/ExtGState<</G <</ca 0.5>>>>", "/G gs 1 0 0 rg 300 300 100 100 re f", stream("/Type/XObject /Subtype/Form /BBox[0 0 100 100]", "1 0 0 rg 0 0 100 100 re f")))
	picture, err := d.Render(context.Background(), 0, 595)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		x, y     int
		g, slack uint8
	}{"ground": {10, 10, 255, 0}, "seal": {150, 692, 0, 2}, "half red": {350, 492, 127, 3}} {
		if got := picture.RGBAAt(want.x, want.y); got.A != 255 || got.R < 250 || max(got.G, want.g)-min(got.G, want.g) > want.slack {
			t.Errorf("%s is %v, want green %d", name, got, want.g)
		}
	}
}

// Some banks fill a form: the amount is no part of the page, but of a field on it.
func TestFilledFieldsAreDrawn(t *testing.T) {
	field := "<</Type/Annot /Subtype/Widget /FT/Tx /T(amount) /V(3680.00) /Rect[100 100 200 200] /F 4 /AP<</N 6 0 R>>>>"
	d := open(t, file("<</Type/Catalog /Pages 2 0 R /AcroForm<</Fields[5 0 R]>>>>", "<</Type/Pages /Kids[3 0 R] /Count 1>>",
		"<</Type/Page /Parent 2 0 R /Contents 4 0 R /Resources<<>> /Annots[5 0 R] "+a4+">>", stream("", "n"), field,
		stream("/Type/XObject /Subtype/Form /BBox[0 0 100 100]", "0 g 0 0 100 100 re f")))
	picture, err := d.Render(context.Background(), 0, 595)
	if err != nil {
		t.Fatal(err)
	}
	if got := picture.RGBAAt(150, 692); got.R > 10 {
		t.Errorf("the field's place is %v, want black", got)
	}
}

// A page that exhausts PDFium's memory leaves it broken: the next file gets a new one.
func TestMemoryBombBreaksNoOtherFile(t *testing.T) {
	spaces := deflated("", ' ', 600<<20)
	evil := open(t, file("<</Type/Catalog /Pages 2 0 R>>", "<</Type/Pages /Kids[3 0 R] /Count 1>>", "<</Type/Page /Parent 2 0 R /Contents 4 0 R "+a4+">>", spaces))
	_, err := evil.Render(context.Background(), 0, 300)
	wants(t, err, "pdf-broken")
	if _, err := open(t, ourLetter(t)).Render(context.Background(), 0, 300); err != nil {
		t.Errorf("a good document afterwards: %v", err)
	}
}

func TestWhatCannotBeOpenedSaysWhy(t *testing.T) {
	whole := ourLetter(t)
	locked, err := os.ReadFile(filepath.Join("testdata", "locked.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		content []byte
		code    string
	}{
		{"nothing", nil, "pdf-damaged"},
		{"a web page", []byte("<html><body>请登录</body></html>"), "pdf-damaged"},
		{"half a file", whole[:len(whole)/2], "pdf-damaged"},
		{"only a head", whole[:20], "pdf-damaged"},
		{"a password", locked, "pdf-encrypted"},
		{"no pages", file("<</Type/Catalog /Pages 2 0 R>>", "<</Type/Pages /Kids[] /Count 0>>"), "pdf-empty"},
		{"a page without width", onePage("/MediaBox[0 0 0.001 842]", "", ""), "pdf-page-size"},
		{"an endless page", onePage("/MediaBox[0 0 90000 842]", "", ""), "pdf-page-size"},
		{"too many bytes", make([]byte, MaxBytes+1), "pdf-too-large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := shared.Open(context.Background(), c.content)
			wants(t, err, c.code)
		})
	}
	_, err = shared.OpenUpTo(context.Background(), file("<</Type/Catalog /Pages 2 0 R>>", "<</Type/Pages /Kids[3 0 R 3 0 R 3 0 R] /Count 3>>", "<</Type/Page /Parent 2 0 R "+a4+">>"), 2)
	wants(t, err, "pdf-too-many-pages")
}

func TestOnlyAnOwnerPasswordDoesNotLock(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("testdata", "owner.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if d := open(t, content); d.Pages() != 1 {
		t.Errorf("%d pages", d.Pages())
	}
}

func TestPixelsAreCountedBeforeDrawing(t *testing.T) {
	d := open(t, onePage(a4, "", ""))
	for _, width := range []int{0, -5, 6000, 1 << 30} {
		_, err := d.Render(context.Background(), 0, width)
		wants(t, err, "pdf-page-size")
	}
	if picture, err := d.RenderDPI(context.Background(), 0, 72); err != nil || picture.Rect.Dx() != 595 {
		t.Errorf("72 dpi gives %v, %v", picture.Rect, err)
	}
	if _, err := d.Render(context.Background(), 1, 100); err == nil {
		t.Error("a page that is not there was drawn")
	}
}

// bomb is a small file that takes for ever: every form draws the next one a hundred times.
func bomb() []byte {
	const levels = 12
	var forms []string
	for level := range levels {
		content := strings.Repeat("/X Do ", 100)
		if level == levels-1 {
			content = "0 0 1 1 re f"
		}
		forms = append(forms, stream(fmt.Sprintf("/Type/XObject /Subtype/Form /BBox[0 0 600 900] /Resources<</XObject<</X %d 0 R>>>>", 7+level), content))
	}
	return onePage(a4, "/XObject<</X 6 0 R>>", "/X Do", forms...)
}

func TestBombIsStoppedAndTheEngineGoesOn(t *testing.T) {
	good := open(t, ourLetter(t))
	evil := open(t, bomb())
	t.Run("by its limit", func(t *testing.T) {
		shared.patience = 300 * time.Millisecond
		defer func() { shared.patience = patience }()
		_, err := evil.Render(context.Background(), 0, 600)
		wants(t, err, "pdf-slow")
	})
	t.Run("by its caller", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
		defer cancel()
		if _, err := evil.Render(ctx, 0, 600); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
	if _, err := good.Render(context.Background(), 0, 300); err != nil {
		t.Errorf("a good document afterwards: %v", err)
	}
}

func TestPictureBombIsRefusedOrDrawn(t *testing.T) {
	const side = 40_000
	pixels := deflated(fmt.Sprintf("/Type/XObject /Subtype/Image /Width %d /Height %d /ColorSpace/DeviceRGB /BitsPerComponent 8", side, side), 0x80, 1<<24)
	d := open(t, onePage(a4, "/XObject<</X 6 0 R>>", "595 0 0 842 0 0 cm /X Do", pixels))
	if _, err := d.Render(context.Background(), 0, 600); err != nil {
		if _, ok := data.AsProblem(err); !ok {
			t.Errorf("no words for people: %v", err)
		}
	}
	if _, err := open(t, ourLetter(t)).Render(context.Background(), 0, 300); err != nil {
		t.Errorf("a good document afterwards: %v", err)
	}
}

func TestEngineRestsAndComesBack(t *testing.T) {
	e := New(Options{Cache: shared.options.Cache, Idle: time.Millisecond})
	defer e.Close()
	d, err := e.Open(context.Background(), ourLetter(t))
	if err != nil {
		t.Fatal(err)
	}
	for running := true; running; {
		e.turn <- struct{}{}
		running = e.session != nil
		<-e.turn
	}
	if _, err := d.Render(context.Background(), 0, 100); err != nil {
		t.Errorf("after the rest: %v", err)
	}
}

func TestDamagedCacheIsMadeAnew(t *testing.T) {
	if err := shared.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(shared.options.Cache)); err != nil {
		t.Fatal(err)
	}
	damaged := 0
	filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if content, _ := os.ReadFile(path); len(content) > 1<<20 {
			content[len(content)/2] ^= 0xFF
			damaged++
			return os.WriteFile(path, content, 0o600)
		}
		return err
	})
	e := New(Options{Cache: folder})
	defer e.Close()
	if _, err := e.Open(context.Background(), ourLetter(t)); err != nil || damaged == 0 {
		t.Errorf("%d damaged files in the cache: %v", damaged, err)
	}
}

func TestClosedEngineRefuses(t *testing.T) {
	e := New(Options{Cache: shared.options.Cache})
	d, err := e.Open(context.Background(), ourLetter(t))
	if err != nil {
		t.Fatal(err)
	}
	e.Close()
	if _, err := d.Render(context.Background(), 0, 100); err == nil {
		t.Error("a closed engine draws")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(ourLetter(f))
	f.Add(onePage(a4, songFont, fmt.Sprintf("BT /F1 12 Tf 100 700 Td <%s> Tj ET", hex("金额"))))
	f.Fuzz(func(t *testing.T, content []byte) {
		d, err := shared.Open(context.Background(), content)
		if err == nil {
			_, err = d.Render(context.Background(), 0, 100)
			if err == nil {
				_, err = d.Words(context.Background(), 0)
			}
			d.Close()
		}
		if _, ok := data.AsProblem(err); err != nil && !ok {
			t.Errorf("no words for people: %v", err)
		}
	})
}

func BenchmarkRenderLetter(b *testing.B) {
	d := open(b, ourLetter(b))
	for b.Loop() {
		if _, err := d.Render(context.Background(), 0, 1000); err != nil {
			b.Fatal(err)
		}
	}
}
