package letter

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"peixun/data"
)

// hashForm names the canonical form, so that a later one can never be mistaken for it.
const hashForm = "peixun-letter-1"

// Hash gives the SHA-256 of everything that the letter says, in hex. The canonical form is a line for each field that is
// not empty: key, length in bytes, text. A field that a later version adds thus changes no letter that lacks it.
func Hash(content data.LetterContent) string {
	sum := sha256.New()
	fmt.Fprintln(sum, hashForm)
	for _, part := range fieldsOf(content) {
		if part.text != "" {
			fmt.Fprintf(sum, "%s %d:%s\n", part.key, len(part.text), part.text)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// shortHash is what the page shows of a hash: twelve digits, enough to tell two versions of a letter apart.
func shortHash(full string) string { return full[:12] }

// Code is what a letter's QR code says.
type Code struct {
	Number string
	Amount data.Money
	Hash   string // of the whole content, as Hash gives it
}

// CodeOf gives what a letter's code says.
func CodeOf(content data.LetterContent) Code {
	return Code{content.Number, content.Total(), Hash(content)}
}

// String writes the code as it is printed: QR-2022-0001/320000/E5CB…, the amount in 分. Capitals and slashes let a QR code
// pack it closely.
func (c Code) String() string {
	return fmt.Sprintf("%s/%d/%s", c.Number, int64(c.Amount), strings.ToUpper(c.Hash))
}

// ParseCode reads a code that was scanned. It fails on everything that no letter of ours bears.
func ParseCode(text string) (Code, error) {
	number, rest, _ := strings.Cut(strings.TrimSpace(text), "/")
	amount, hash, _ := strings.Cut(rest, "/")
	sum, err := strconv.ParseInt(amount, 10, 64)
	if err != nil || number == "" || len(hash) != hex.EncodedLen(sha256.Size) {
		return Code{}, fmt.Errorf("no letter's code: %.20q", text)
	}
	return Code{number, data.Money(sum), strings.ToLower(hash)}, nil
}
