package letter

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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

// Code gives what a letter's QR code says: its number, its amount in 分 and its hash, QR-2022-0001/320000/E5CB…. Capitals
// and slashes let a QR code pack it closely.
func Code(content data.LetterContent) string {
	return fmt.Sprintf("%s/%d/%s", content.Number, int64(content.Total()), strings.ToUpper(Hash(content)))
}
