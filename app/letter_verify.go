package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/pdf"
	"peixun/data/sqlite"
)

// Verified tells of a letter on paper or in a file whether it is the one that the register knows.
type Verified struct {
	Letter data.LetterRow
	// Checks are of what the paper says; what it does not say is left out.
	Checks []LetterCheck
	// SameFile tells of a file that it is byte for byte the registered one; Judged is false where no file was looked at.
	SameFile, Judged bool
}

// LetterCheck compares one thing that a letter says with the register.
type LetterCheck struct {
	Name        string // 编号, 金额, 校验码
	Said, Known string
	Agrees      bool
}

// Genuine tells whether all that was compared agrees and the letter is not void.
func (v Verified) Genuine() bool {
	for _, check := range v.Checks {
		if !check.Agrees {
			return false
		}
	}
	return v.Letter.State != data.LetterVoid
}

// claim is what a paper says of itself; what it does not say is empty.
type claim struct{ number, amount, code string }

var (
	letterNumber = regexp.MustCompile(`[Qq][Rr]-\d{4}-\d{4,}`)
	// A scanner may type full-width signs; letters of the first version bore | and only twelve digits of the hash.
	qrText      = regexp.MustCompile(`^([Qq][Rr]-\d{4}-\d{4,})\s*[/／|｜]\s*(\d+)\s*[/／|｜]\s*([0-9A-Fa-f]{12}(?:[0-9A-Fa-f]{52})?)$`)
	letterCode  = regexp.MustCompile(`校验码\s*([0-9a-f]{4})\s*([0-9a-f]{4})\s*([0-9a-f]{4})`)
	letterTotal = regexp.MustCompile(`[¥￥]\s*([\d,]+\.\d\d)`)
)

// VerifyLetter compares what a letter's QR code says, as a scanner types it or somebody pastes it, or only a letter's number, with
// the register. A number that was never given is a problem.
func (a *App) VerifyLetter(ctx context.Context, text string) (Verified, error) {
	said, err := claimOfCode(text)
	if err != nil {
		return Verified{}, err
	}
	if said.number == "" {
		return Verified{}, data.Refuse("letter-code", "text", "这里没有确认书的编号。", "请扫描确认书右上角的二维码，或输入编号，例如 QR-2022-0001。")
	}
	return a.verify(ctx, said)
}

// claimOfCode finds what a QR code says of its letter; only a number, or nothing, where it is no code of ours.
func claimOfCode(text string) (claim, error) {
	text = strings.TrimSpace(data.CleanText(text))
	said := claim{number: strings.ToUpper(letterNumber.FindString(text))}
	if parts := qrText.FindStringSubmatch(text); parts != nil {
		var amount data.Money
		if _, err := fmt.Sscan(parts[2], &amount); err != nil {
			return claim{}, data.Refuse("letter-code", "text", "二维码里的金额太大，不是本程序的确认书。", "请核对纸上的编号。").Because(err)
		}
		said.amount, said.code = amount.String(), strings.ToLower(parts[3])
	}
	return said, nil
}

// VerifyLetterFile compares a PDF or a picture of a letter with the register: its bytes, and what its pages or its QR code say. Of
// several letters in a file it judges the first.
func (a *App) VerifyLetterFile(ctx context.Context, path string) (Verified, error) {
	content, err := readLimited(path, pdf.MaxBytes)
	if err != nil {
		return Verified{}, err
	}
	said, err := a.claimsIn(ctx, content)
	if err != nil {
		return Verified{}, err
	}
	if len(said) == 0 {
		return Verified{}, data.Refuse("letter-no-text", "file", "这份文件里没有确认书的编号，也没有看清二维码。", "请用扫码枪扫纸上右上角的二维码，或输入编号；也可以重新扫描，让二维码清楚、完整。")
	}
	verified, err := a.verify(ctx, said[0])
	sum := sha256.Sum256(content)
	verified.Judged, verified.SameFile = true, hex.EncodeToString(sum[:]) == verified.Letter.SHA256
	return verified, err
}

// claimOf finds in a letter's text what it says of itself. Its total is the largest amount with a ¥; the
// price for a person has one too.
func claimOf(text string) claim {
	said := claim{number: letterNumber.FindString(text)}
	if code := letterCode.FindStringSubmatch(text); code != nil {
		said.code = code[1] + code[2] + code[3]
	}
	var largest data.Money
	for _, total := range letterTotal.FindAllStringSubmatch(text, -1) {
		if amount, err := data.ParseMoney(total[1]); err == nil && amount >= largest {
			largest, said.amount = amount, amount.String()
		}
	}
	return said
}

func (a *App) verify(ctx context.Context, said claim) (Verified, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (Verified, error) {
		id, err := tx.LetterByNumber(said.number)
		if errors.Is(err, data.ErrNotFound) {
			return Verified{}, data.Refuse("letter-unknown", "text", fmt.Sprintf("登记里没有编号为 %s 的确认书。", said.number), "请核对编号；本程序没有出过的编号，不是这里打印的。").Because(err)
		}
		if err != nil {
			return Verified{}, err
		}
		rows, err := tx.LetterRows([]int64{id})
		if err != nil {
			return Verified{}, err
		}
		verified := Verified{Letter: rows[0]}
		content := rows[0].Content
		for _, check := range []LetterCheck{
			{Name: "编号", Said: said.number, Known: rows[0].Number},
			{Name: "金额", Said: said.amount, Known: content.Total().String()},
			{Name: "校验码", Said: said.code, Known: letter.Hash(content)[:len(said.code)]},
		} {
			if check.Agrees = check.Said == check.Known; check.Said != "" {
				verified.Checks = append(verified.Checks, check)
			}
		}
		return verified, nil
	})
}
