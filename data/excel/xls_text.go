package excel

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// Bits of the flags before a text of BIFF8 ([MS-XLS] 2.5.293).
const (
	xlsWide     = 0x01 // two bytes a character
	xlsPhonetic = 0x04
	xlsRich     = 0x08
)

// xlsTexts reads texts that run over a record and its CONTINUE records.
type xlsTexts struct {
	pieces [][]byte // pieces[0] is being read
	units  []uint16
}

// take gives the next n bytes, which must not run over a piece's end.
func (x *xlsTexts) take(n int) ([]byte, error) {
	for len(x.pieces) > 1 && len(x.pieces[0]) == 0 {
		x.pieces = x.pieces[1:]
	}
	if len(x.pieces) == 0 || len(x.pieces[0]) < n {
		return nil, fmt.Errorf("%w: a text ends early", errBIFF)
	}
	taken := x.pieces[0][:n]
	x.pieces[0] = x.pieces[0][n:]
	return taken, nil
}

// pass goes over n bytes, which may run over a piece's end.
func (x *xlsTexts) pass(n int) error {
	for n > 0 {
		if len(x.pieces) == 0 {
			return fmt.Errorf("%w: a text ends early", errBIFF)
		}
		step := min(n, len(x.pieces[0]))
		x.pieces[0] = x.pieces[0][step:]
		if n -= step; n > 0 {
			x.pieces = x.pieces[1:]
		}
	}
	return nil
}

// rich appends a text to out, with everything that may hang on it: formats and phonetic guides are passed over.
func (x *xlsTexts) rich(out []byte) ([]byte, error) {
	head, err := x.take(3)
	if err != nil {
		return nil, err
	}
	count, flags := int(head[0])|int(head[1])<<8, head[2]
	behind := 0
	if flags&xlsRich != 0 {
		runs, err := x.take(2)
		if err != nil {
			return nil, err
		}
		behind += 4 * (int(runs[0]) | int(runs[1])<<8)
	}
	if flags&xlsPhonetic != 0 {
		size, err := x.take(4)
		if err != nil {
			return nil, err
		}
		guides := int(size[0]) | int(size[1])<<8 | int(size[2])<<16 | int(size[3])<<24
		if guides < 0 || guides > maxFileSize {
			return nil, fmt.Errorf("%w: phonetic guides of %d bytes", errBIFF, guides)
		}
		behind += guides
	}
	out, err = x.characters(out, count, flags)
	if err != nil {
		return nil, err
	}
	return out, x.pass(behind)
}

// characters appends count characters. Where a text runs on in the next record, that begins with flags of its own.
func (x *xlsTexts) characters(out []byte, count int, flags byte) ([]byte, error) {
	x.units = x.units[:0]
	for len(x.units) < count {
		if len(x.pieces) > 0 && len(x.pieces[0]) == 0 {
			x.pieces = x.pieces[1:]
			fresh, err := x.take(1)
			if err != nil {
				return nil, err
			}
			flags = fresh[0]
		}
		if len(x.pieces) == 0 {
			return nil, fmt.Errorf("%w: a text ends early", errBIFF)
		}
		piece, width := x.pieces[0], 1
		if flags&xlsWide != 0 {
			width = 2
		}
		here := min(count-len(x.units), len(piece)/width)
		if here == 0 {
			return nil, fmt.Errorf("%w: half a character", errBIFF)
		}
		for at := 0; at < here*width; at += width {
			unit := uint16(piece[at])
			if width == 2 {
				unit |= uint16(piece[at+1]) << 8
			}
			x.units = append(x.units, unit)
		}
		x.pieces[0] = piece[here*width:]
	}
	return x.decode(out)
}

// decode appends the units as UTF-8. A control that XML has no place for is written as Excel writes it into an .xlsx, _x0001_.
func (x *xlsTexts) decode(out []byte) ([]byte, error) {
	for at := 0; at < len(x.units); at++ {
		r := rune(x.units[at])
		if utf16.IsSurrogate(r) {
			if at+1 == len(x.units) {
				return nil, fmt.Errorf("%w: %w", errBIFF, errBadUTF16)
			}
			if r = utf16.DecodeRune(r, rune(x.units[at+1])); r == utf8.RuneError {
				return nil, fmt.Errorf("%w: %w", errBIFF, errBadUTF16)
			}
			at++
		}
		switch {
		case isForbidden(r):
			out = fmt.Appendf(out, "_x%04X_", r)
		default:
			out = utf8.AppendRune(out, r)
		}
	}
	return out, nil
}
