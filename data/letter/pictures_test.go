package letter

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/image/draw"

	"peixun/data"
	"peixun/data/pdf"
)

// viewer draws our papers with another program's code. What it compiles once is kept for all tests of a machine.
var viewer = pdf.New(pdf.Options{Cache: filepath.Join(os.TempDir(), "peixun-test-cache", "pdfium"), Idle: time.Hour})

// open gives a paper as a reader sees it.
func open(t testing.TB, content []byte) *pdf.Document {
	t.Helper()
	d, err := viewer.Open(context.Background(), content)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

// picture draws a page in grey.
func picture(t testing.TB, d *pdf.Document, page int, dpi float64) *image.Gray {
	t.Helper()
	colours, err := d.RenderDPI(context.Background(), page, dpi)
	if err != nil {
		t.Fatal(err)
	}
	grey := image.NewGray(colours.Bounds())
	draw.Draw(grey, grey.Bounds(), colours, image.Point{}, draw.Src)
	return grey
}

// goldenPages is how many pages of a paper have a picture: the first, one amid a list, and the end of short ones.
const goldenPages = 3

// goldenPapers are the papers whose looks are kept in testdata.
func goldenPapers() map[string]func(io.Writer) error {
	papers := smallPapers()
	for name, content := range map[string]data.LetterContent{
		"letter": sample(3), "letter-people": withPeople(sample(3), 40), "letter-orders": severalOrders(), "letter-payments": ownPayments(),
		"letter-long": longNames(), "letter-empty": {},
	} {
		papers[name] = func(w io.Writer) error { return paged(Confirmation(w, content)) }
	}
	return papers
}

// TestPapersLookAsTheyDid compares every paper with its picture in testdata. After a change that is meant, look at the new
// pages (LETTER_LOOK=folder) and run it with LETTER_GOLDEN=update.
func TestPapersLookAsTheyDid(t *testing.T) {
	const dpi = 50
	update := os.Getenv("LETTER_GOLDEN") == "update"
	kept := map[string]bool{}
	for name, write := range goldenPapers() {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		d := open(t, out.Bytes())
		for page := range min(d.Pages(), goldenPages) {
			file := filepath.Join("testdata", "papers", fmt.Sprintf("%s-%d.png", name, page+1))
			kept[file] = true
			drawn := picture(t, d, page, dpi)
			if update {
				keep(t, file, drawn)
				continue
			}
			if changed := differing(t, file, drawn); changed > 0 {
				t.Errorf("%s: page %d looks different in %d places", name, page+1, changed)
			}
		}
	}
	files, err := filepath.Glob("testdata/papers/*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !kept[file] {
			t.Errorf("%s is of no paper", file)
		}
	}
}

// differing counts the places, 4 × 4 pixels each, where a page is plainly lighter or darker than its picture. Another
// renderer's way of smoothing edges does not count, a moved word or another figure does.
func differing(t *testing.T, file string, drawn *image.Gray) int {
	t.Helper()
	const place, tolerance = 4, 24
	content, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
		return 0
	}
	decoded, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	golden, ok := decoded.(*image.Gray)
	if !ok || golden.Bounds() != drawn.Bounds() {
		t.Errorf("%s is %v, the page %v", file, decoded.Bounds(), drawn.Bounds())
		return 0
	}
	count := 0
	for y := 0; y < drawn.Rect.Dy(); y += place {
		for x := 0; x < drawn.Rect.Dx(); x += place {
			part := image.Rect(x, y, x+place, y+place)
			if difference := darkness(drawn, part) - darkness(golden, part); difference > tolerance || difference < -tolerance {
				count++
			}
		}
	}
	return count
}

// darkness is a part's mean, 0 for white.
func darkness(picture *image.Gray, part image.Rectangle) int {
	part = part.Intersect(picture.Rect)
	sum := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			sum += 255 - int(picture.GrayAt(x, y).Y)
		}
	}
	return sum / (part.Dx() * part.Dy())
}

func keep(t *testing.T, file string, drawn *image.Gray) {
	t.Helper()
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, drawn); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestAChangedFigureLooksDifferent guards the tolerance above.
func TestAChangedFigureLooksDifferent(t *testing.T) {
	for name, change := range map[string]func(*data.LetterContent){
		"amount":  func(c *data.LetterContent) { c.Orders[0].Lines[0].Amount += 5_00 },
		"account": func(c *data.LetterContent) { c.PayerAccount = "0200003309014412346" },
		"name":    func(c *data.LetterContent) { c.Contact = "李䶮龙" },
	} {
		content := sample(3)
		change(&content)
		pdf, _ := print(t, content)
		if differing(t, filepath.Join("testdata", "papers", "letter-1.png"), picture(t, open(t, pdf), 0, 50)) == 0 {
			t.Errorf("another %s looks the same", name)
		}
	}
}

// TestCodeIsScanned reads the QR code back from the drawn page, as a telephone does.
func TestCodeIsScanned(t *testing.T) {
	for name, content := range map[string]data.LetterContent{"one order": sample(3), "several orders": severalOrders(), "long": longNames()} {
		pdf, _ := print(t, content)
		page := picture(t, open(t, pdf), 0, 150)
		bitmap, err := gozxing.NewBinaryBitmapFromImage(page)
		if err != nil {
			t.Fatal(err)
		}
		result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := fmt.Sprintf("%s/%d/%s", content.Number, content.Total(), strings.ToUpper(Hash(content)))
		if result.GetText() != want {
			t.Errorf("%s: scanned %s, want %s", name, result.GetText(), want)
		}
	}
}

// TestReadersFindEveryLine asks PDFium for the text of pages, which it must give back in reading order without blanks that
// nobody wrote.
func TestReadersFindEveryLine(t *testing.T) {
	content := longNames()
	content.Text.Opening = "我单位（〔2022〕18号）组织27名人员参加《公共知识》、“专业培训”，由单位缴费3,200.00元；𫰡䶮𬱖㛃名列其中。"
	pdf, pages := print(t, content)
	d := open(t, pdf)
	said := ""
	for page := range pages {
		text, err := d.Text(context.Background(), page)
		if err != nil {
			t.Fatal(err)
		}
		said += strings.NewReplacer("\r", "", "\n", "").Replace(text)
	}
	for _, text := range []string{"确认书", content.Text.Opening, content.Text.Declaration, content.PlanName, content.Contact, content.Payee.Name, content.TaxNumber} {
		if !strings.Contains(said, text) {
			t.Errorf("PDFium does not find %s in %q", text, said)
		}
	}
}
