package excel

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// errBIFF stands behind every complaint about the records of an .xls file.
var errBIFF = errors.New("damaged .xls records")

// Records of BIFF8 ([MS-XLS] 2.3) that tell cells; all others are passed over.
const (
	recordFormula    = 0x0006
	recordEOF        = 0x000A
	recordDateMode   = 0x0022
	recordFilePass   = 0x002F
	recordContinue   = 0x003C
	recordBoundSheet = 0x0085
	recordMulRK      = 0x00BD
	recordRString    = 0x00D6
	recordXF         = 0x00E0
	recordMergeCells = 0x00E5
	recordSST        = 0x00FC
	recordLabelSST   = 0x00FD
	recordNumber     = 0x0203
	recordLabel      = 0x0204
	recordBoolErr    = 0x0205
	recordString     = 0x0207
	recordRow        = 0x0208
	recordRK         = 0x027E
	recordFormat     = 0x041E
	recordBOF        = 0x0809

	biff8        = 0x0600
	biffSheet    = 0x0010
	maxBIFFRows  = 65_536
	maxBIFFCells = 8_000_000
)

// xls is an Excel 97–2003 workbook as a source of rows. It stands on the whole stream in memory. The libraries at hand give
// part of a damaged file without an error, lose a cell's type or the hidden rows, and panic on fuzzed ones; so it is ours.
type xls struct {
	records  []byte // the Workbook stream
	sheets   []xlsSheet
	from1904 bool
	formats  map[int]bool // custom number formats: whether each shows a date
	xfs      []int        // each cell format's number format
	texts    textPool
	dates    []bool
	strings  *xlsTexts
}

type xlsSheet struct {
	SheetInfo
	offset  int
	indexed bool
	cells   []xlsCellAt
	hidden  map[int]bool // rows from 0
	merged  []mergedRange
}

// xlsCellAt is where a cell's record stands, whose row is known already.
type xlsCellAt struct {
	offset uint32
	row    uint16
}

// record is one record: at is its place in the stream.
type record struct {
	kind int
	at   int
	body []byte
}

// openXLS reads the globals of a Workbook stream: sheets, texts, formats.
func openXLS(content []byte) (*xls, error) {
	file, err := openCompound(content)
	if err != nil {
		return nil, err
	}
	entry, ok := file.find("Workbook")
	if !ok {
		if _, old := file.find("Book"); old {
			return nil, oldExcel("Excel 95 或更早的文件（.xls）")
		}
		return nil, fmt.Errorf("%w: no workbook", errCompound)
	}
	x := &xls{formats: map[int]bool{}, strings: &xlsTexts{}}
	if x.records, err = file.stream(entry); err != nil {
		return nil, err
	}
	return x, x.readGlobals()
}

// next gives the record at a place and the place behind it.
func (x *xls) next(at int) (record, int, error) {
	if at < 0 || at+4 > len(x.records) {
		return record{}, 0, fmt.Errorf("%w: the stream ends at %d without an end record", errBIFF, at)
	}
	kind := int(binary.LittleEndian.Uint16(x.records[at:]))
	end := at + 4 + int(binary.LittleEndian.Uint16(x.records[at+2:]))
	if end > len(x.records) {
		return record{}, 0, fmt.Errorf("%w: record %04X at %d is cut", errBIFF, kind, at)
	}
	return record{kind, at, x.records[at+4 : end]}, end, nil
}

// with gives a record's body and those of the CONTINUE records behind it.
func (x *xls) with(first record) ([][]byte, int, error) {
	pieces := [][]byte{first.body}
	for at := first.at + 4 + len(first.body); ; {
		following, end, err := x.next(at)
		if err != nil || following.kind != recordContinue {
			return pieces, at, err
		}
		pieces, at = append(pieces, following.body), end
	}
}

func (r record) needs(n int) error {
	if len(r.body) < n {
		return fmt.Errorf("%w: record %04X at %d has %d bytes", errBIFF, r.kind, r.at, len(r.body))
	}
	return nil
}

func (r record) word(at int) int { return int(binary.LittleEndian.Uint16(r.body[at:])) }

func (x *xls) readGlobals() error {
	first, at, err := x.next(0)
	if err != nil {
		return err
	}
	if first.kind != recordBOF || len(first.body) < 4 {
		return fmt.Errorf("%w: the stream begins with record %04X", errBIFF, first.kind)
	}
	if first.word(0) != biff8 {
		return oldExcel("Excel 95 或更早的文件（.xls）")
	}
	for {
		r, end, err := x.next(at)
		if err != nil {
			return err
		}
		if r.kind == recordEOF {
			return x.settleDates()
		}
		if err := x.readGlobal(r); err != nil {
			return err
		}
		at = end
	}
}

func (x *xls) readGlobal(r record) error {
	switch r.kind {
	case recordFilePass:
		return encrypted()
	case recordDateMode:
		if err := r.needs(2); err != nil {
			return err
		}
		x.from1904 = r.word(0) == 1
	case recordXF:
		if err := r.needs(4); err != nil {
			return err
		}
		x.xfs = append(x.xfs, r.word(2))
	case recordFormat:
		if err := r.needs(5); err != nil {
			return err
		}
		code, err := x.text(r.body[2:])
		x.formats[r.word(0)] = isDateFormat(code)
		return err
	case recordBoundSheet:
		return x.readBoundSheet(r)
	case recordSST:
		return x.readTexts(r)
	}
	return nil
}

// text reads a text that stands wholly in one record.
func (x *xls) text(body []byte) (string, error) {
	x.strings.pieces = append(x.strings.pieces[:0], body)
	text, err := x.strings.rich(nil)
	return string(text), err
}

func (x *xls) readBoundSheet(r record) error {
	if err := r.needs(8); err != nil {
		return err
	}
	if r.body[5] != 0 { // a chart, a macro sheet, a module: no cells
		return nil
	}
	x.strings.pieces = append(x.strings.pieces[:0], r.body[8:])
	name, err := x.strings.characters(nil, int(r.body[6]), r.body[7])
	if err != nil {
		return err
	}
	if len(x.sheets) >= maxSheets {
		return fmt.Errorf("%w: more than %d sheets", errTooLarge, maxSheets)
	}
	info := SheetInfo{Name: string(name), Hidden: r.body[4]&3 != 0}
	x.sheets = append(x.sheets, xlsSheet{SheetInfo: info, offset: int(binary.LittleEndian.Uint32(r.body)), hidden: map[int]bool{}})
	return nil
}

// readTexts reads the shared table of texts.
func (x *xls) readTexts(r record) error {
	if err := r.needs(8); err != nil {
		return err
	}
	pieces, _, err := x.with(r)
	if err != nil {
		return err
	}
	count := int64(binary.LittleEndian.Uint32(r.body[4:]))
	pieces[0] = pieces[0][8:]
	x.strings.pieces = pieces
	for range count {
		from := len(x.texts.open)
		if x.texts.open, err = x.strings.rich(x.texts.open); err == nil {
			err = x.texts.add(from)
		}
		if err != nil {
			return err
		}
	}
	x.texts.close()
	return nil
}

func (x *xls) settleDates() error {
	x.dates = make([]bool, len(x.xfs))
	for i, id := range x.xfs {
		date, custom := x.formats[id]
		x.dates[i] = date || !custom && slices.Contains(builtinDates, id)
	}
	return nil
}

// infos implements source.
func (x *xls) infos() []SheetInfo {
	infos := make([]SheetInfo, len(x.sheets))
	for i, sheet := range x.sheets {
		infos[i] = sheet.SheetInfo
	}
	return infos
}

// countsFrom1904 implements source.
func (x *xls) countsFrom1904() bool { return x.from1904 }

// prepare implements source: it goes through every sheet's records once.
func (x *xls) prepare(ctx context.Context) error {
	for i := range x.sheets {
		if err := x.index(ctx, &x.sheets[i]); err != nil {
			return err
		}
	}
	return nil
}

// merges implements source.
func (x *xls) merges(_ context.Context, sheet int) ([]mergedRange, error) {
	return x.sheets[sheet].merged, nil
}
