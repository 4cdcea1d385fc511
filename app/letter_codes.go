package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/pdf"
	"peixun/data/picture"
)

// codeLimit is the long side in pixels with which pictures are searched for a QR code: A4 at 300 dpi.
const codeLimit = 3500

// FiledScan tells what became of a scan.
type FiledScan struct {
	Path string
	// Letters are those with which it is stored now.
	Letters []data.LetterRow
	// Err tells why it is not, or not with every letter in it: a data.Problem with the code scan-no-code where no QR code was found.
	Err error
}

// FileScans stores scans of letters that came back, each with the letter that its QR code names; a file with several letters is
// stored with each. Letters that are void or say something else than the register are refused. It goes on after a file that fails.
// A cancel leaves out those that are not done yet, and is an error where none is.
func (a *App) FileScans(ctx context.Context, paths []string, progress Progress) ([]FiledScan, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return nil, err
	}
	var filed []FiledScan
	for at, path := range paths {
		one := FiledScan{Path: path}
		one.Letters, one.Err = a.fileScan(ctx, path)
		if err := ctx.Err(); err != nil && len(one.Letters) == 0 {
			if len(filed) == 0 {
				return nil, err
			}
			return filed, nil
		}
		filed = append(filed, one)
		if progress != nil {
			progress(at+1, len(paths))
		}
	}
	return filed, nil
}

func (a *App) fileScan(ctx context.Context, path string) (stored []data.LetterRow, err error) {
	scan, content, err := a.readScan(ctx, path)
	if err != nil {
		return nil, err
	}
	said, err := a.claimsIn(ctx, content)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(said, func(one claim) bool { return one.code != "" }) {
		return nil, data.Refuse("scan-no-code", "scan", "扫描件上没有看清确认书的二维码。",
			"请打开那份确认书，再把文件拖进来；或者重新扫描，让右上角的二维码清楚、完整。")
	}
	for _, one := range said {
		if one.code == "" { // another paper that only mentions the letter
			continue
		}
		verified, err := a.verify(ctx, one)
		if err != nil {
			return stored, err
		}
		if err := mayFile(verified); err != nil {
			return stored, err
		}
		_, err = a.addScan(ctx, verified.Letter.ID, scan, content)
		if problem, _ := data.AsProblem(err); problem.Code == "scan-twice" {
			problem.What = fmt.Sprintf("这份扫描件已经存在确认书 %s 里了。", verified.Letter.Number)
			err = problem
		}
		if err != nil {
			return stored, err
		}
		stored = append(stored, verified.Letter)
	}
	return stored, nil
}

// mayFile refuses the scan of a letter that is not the one which the register knows.
func mayFile(v Verified) error {
	switch {
	case v.Letter.State == data.LetterVoid:
		return data.Refuse("scan-void", "scan", fmt.Sprintf("这是已作废的确认书 %s。", v.Letter.Number), "请核对寄回的是不是新的一份；确实要留存，请打开这份确认书再添加。")
	case !v.Genuine():
		return data.Refuse("scan-differs", "scan", fmt.Sprintf("编号是 %s，但金额或校验码和登记的不同。", v.Letter.Number), "请在“核对真伪”里看是哪一项不同。")
	}
	return nil
}

// claimsIn gives what the letters in a PDF or picture say of themselves, each letter once. A QR code goes before the text of the
// pages, which a scanner may have guessed.
func (a *App) claimsIn(ctx context.Context, content []byte) ([]claim, error) {
	if !picture.IsPDF(content) {
		drawn, err := picture.Decode(content, 0, codeLimit)
		if err != nil {
			return nil, err
		}
		if text, ok := letter.ReadCode(drawn); ok {
			return appendClaim(nil, text)
		}
		return nil, nil
	}
	document, err := a.pdf.OpenUpTo(ctx, content, scanPages)
	if err != nil {
		return nil, err
	}
	defer document.Close()
	var claims []claim
	var numbers []string
	texts := map[string]string{} // of the pages, by the number that they bear
	for page := range document.Pages() {
		text, err := document.Text(ctx, page)
		if err != nil {
			return nil, err
		}
		number := letterNumber.FindString(text)
		if texts[number] == "" {
			if claims, err = appendCode(ctx, claims, document, page); err != nil {
				return nil, err
			}
		}
		if numbers = append(numbers, number); number != "" {
			texts[number] += text + "\n"
		}
	}
	for _, number := range numbers {
		if number != "" && !claimed(claims, number) {
			claims = append(claims, claimOf(texts[number]))
		}
	}
	return claims, nil
}

// appendCode looks for a QR code on a page.
func appendCode(ctx context.Context, claims []claim, document *pdf.Document, page int) ([]claim, error) {
	size := document.Size(page)
	drawn, err := document.Render(ctx, page, max(1, int(codeLimit*size.Width/max(size.Width, size.Height))))
	if err != nil {
		return nil, err
	}
	if text, ok := letter.ReadCode(drawn); ok {
		return appendClaim(claims, text)
	}
	return claims, nil
}

// appendClaim adds what a QR code says, unless it is no letter's or known already.
func appendClaim(claims []claim, text string) ([]claim, error) {
	said, err := claimOfCode(text)
	if err != nil || said.number == "" || claimed(claims, said.number) {
		return claims, err
	}
	return append(claims, said), nil
}

func claimed(claims []claim, number string) bool {
	return slices.ContainsFunc(claims, func(one claim) bool { return strings.EqualFold(one.number, number) })
}
