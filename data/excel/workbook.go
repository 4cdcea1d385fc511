package excel

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// Namespaces of ECMA-376: each part's transitional one first, then the strict one.
var (
	spreadsheetSpaces  = []string{"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"}
	relationshipSpaces = []string{"http://schemas.openxmlformats.org/package/2006/relationships"}
)

// workbook is an .xlsx or .xlsm file (ECMA-376) as a source of rows.
type workbook struct {
	zip      *container
	sheets   []workbookSheet
	date1904 bool
	texts    string // the part with the shared strings, or ""
	styles   string // the part with the styles, or ""

	verified bool
	shared   textPool
	dates    []bool // for each cell format whether it shows numbers as dates
	asText   []bool // and whether it is for texts
}

type workbookSheet struct {
	SheetInfo
	part   string
	merged []mergedRange // nil: not read yet
}

// relationship is one entry of a .rels part: the kind is the last word of its type's URL.
type relationship struct {
	id, kind, target string
	external         bool
}

// openWorkbook reads the workbook's list of sheets. It fails with a Problem on a zip that is no workbook.
func openWorkbook(ctx context.Context, c *container) (*workbook, error) {
	w := &workbook{zip: c}
	roots, err := w.relationships(ctx, "")
	if err != nil {
		return nil, err
	}
	main := ""
	for _, root := range roots {
		if root.kind == "officeDocument" && !root.external {
			main = c.target("", root.target)
		}
	}
	if main == "" || strings.HasSuffix(main, ".bin") {
		return nil, foreignZip(c)
	}
	parts, err := w.relationships(ctx, main)
	if err != nil {
		return nil, err
	}
	byID := map[string]relationship{}
	for _, part := range parts {
		if part.external {
			continue
		}
		part.target = c.target(main, part.target)
		byID[part.id] = part
		switch part.kind {
		case "sharedStrings":
			w.texts = part.target
		case "styles":
			w.styles = part.target
		}
	}
	return w, w.readSheets(ctx, main, byID)
}

// elements tells visit every element of a small part that is in one of the namespaces, after checking its root's name.
func (w *workbook) elements(ctx context.Context, part, root string, spaces []string, visit func(*xmlScanner) error) error {
	return w.zip.read(ctx, part, func(source io.Reader) error {
		s, err := newXMLScanner(source, spaces...)
		if err != nil {
			return err
		}
		for {
			token, err := s.next()
			if err != nil || token == xmlEnd {
				return err
			}
			if token != xmlOpen {
				continue
			}
			if len(s.marks) == 1 && string(s.local) != root {
				return s.malformed("the root is %q, not %s", s.local, root)
			}
			if s.local == nil {
				continue
			}
			if err := visit(s); err != nil {
				return err
			}
		}
	})
}

// relationships reads the .rels part that belongs to a part; "" stands for the package itself.
func (w *workbook) relationships(ctx context.Context, part string) ([]relationship, error) {
	folder, name := "", part
	if slash := strings.LastIndexByte(part, '/'); slash >= 0 {
		folder, name = part[:slash+1], part[slash+1:]
	}
	rels := folder + "_rels/" + name + ".rels"
	if part == "" && !w.zip.has(rels) {
		return nil, foreignZip(w.zip)
	}
	var all []relationship
	err := w.elements(ctx, rels, "Relationships", relationshipSpaces, func(s *xmlScanner) error {
		if string(s.local) != "Relationship" {
			return nil
		}
		kind := s.attribute("Type")
		all = append(all, relationship{
			id:       s.attribute("Id"),
			kind:     kind[strings.LastIndexByte(kind, '/')+1:],
			target:   s.attribute("Target"),
			external: s.attribute("TargetMode") == "External",
		})
		return nil
	})
	return all, err
}

func (w *workbook) readSheets(ctx context.Context, main string, parts map[string]relationship) error {
	return w.elements(ctx, main, "workbook", spreadsheetSpaces, func(s *xmlScanner) error {
		switch {
		case string(s.local) == "workbookPr":
			w.date1904 = isTrue(s.attribute("date1904"))
		case string(s.local) == "sheet" && s.parent() == "sheets":
			name, id := s.attribute("name"), s.prefixed("id")
			part, ok := parts[id]
			if name == "" || !ok {
				return s.malformed("sheet %q points to no part (%q)", name, id)
			}
			if len(w.sheets) >= maxSheets {
				return fmt.Errorf("%w: more than %d sheets", errTooLarge, maxSheets)
			}
			if part.kind != "worksheet" { // a chart, a dialog, a macro sheet: no cells
				return nil
			}
			state := s.attribute("state")
			hidden := state == "hidden" || state == "veryHidden"
			w.sheets = append(w.sheets, workbookSheet{SheetInfo: SheetInfo{Name: name, Hidden: hidden}, part: part.target})
		}
		return nil
	})
}

// infos implements source.
func (w *workbook) infos() []SheetInfo {
	infos := make([]SheetInfo, len(w.sheets))
	for i, sheet := range w.sheets {
		infos[i] = sheet.SheetInfo
	}
	return infos
}

// countsFrom1904 implements source.
func (w *workbook) countsFrom1904() bool { return w.date1904 }

// prepare implements source: it verifies every entry and reads the shared strings and the styles, once.
func (w *workbook) prepare(ctx context.Context) error {
	if w.verified {
		return nil
	}
	if err := w.zip.verify(ctx); err != nil {
		return err
	}
	if w.texts != "" {
		if err := w.readSharedTexts(ctx); err != nil {
			return err
		}
	}
	if w.styles != "" {
		if err := w.readStyles(ctx); err != nil {
			return err
		}
	}
	w.verified = true
	return nil
}

// scan implements source.
func (w *workbook) scan(ctx context.Context, sheet int, visit func(*sheetRow) error) error {
	return w.zip.read(ctx, w.sheets[sheet].part, func(source io.Reader) error {
		s, err := newXMLScanner(source, spreadsheetSpaces...)
		if err != nil {
			return err
		}
		reader := worksheetReader{xmlScanner: s, workbook: w, name: w.sheets[sheet].Name, visit: visit}
		return reader.read()
	})
}

// foreignZip tells what a zip is that holds no workbook we read.
func foreignZip(c *container) error {
	for _, kind := range []struct {
		part, name string
		table      bool // a spreadsheet, which its own program can save as .xlsx
	}{
		{"xl/workbook.bin", " Excel 二进制工作簿（.xlsb）", true}, {"word/document.xml", " Word 文档", false}, {"ppt/presentation.xml", " PowerPoint 演示文稿", false},
		{"content.xml", " OpenDocument 表格（.ods）", true}, {"index/document.iwa", "苹果的 Numbers 表格", true}, {"ofd.xml", " OFD 版式文件", false},
	} {
		switch {
		case c.has(kind.part) && kind.table:
			return refuse(CodeNotTable, "这是"+kind.name+"，暂时不能直接导入。", "请用能打开它的程序（Excel、WPS 或 Numbers）打开，另存为或导出为 .xlsx，再导入新文件。")
		case c.has(kind.part):
			return notTable(kind.name)
		}
	}
	return refuse(CodeNotTable, "选中的是压缩包，不是 Excel 表格。", "请先解压，再选择里面的 .xlsx、.xls 或 .csv 文件。")
}

// attribute gives the value of the last start tag's attribute of that plain name, or "".
func (s *xmlScanner) attribute(name string) string {
	for _, attribute := range s.attributes {
		if attribute.prefix == nil && string(attribute.local) == name {
			return string(attribute.value)
		}
	}
	return ""
}

// prefixed is attribute for a name that stands in another namespace, such as r:id.
func (s *xmlScanner) prefixed(name string) string {
	for _, attribute := range s.attributes {
		if attribute.prefix != nil && string(attribute.prefix) != "xmlns" && string(attribute.local) == name {
			return string(attribute.value)
		}
	}
	return ""
}

// parent gives the name, without prefix, of the element around the last opened one.
func (s *xmlScanner) parent() string {
	if len(s.marks) < 2 {
		return ""
	}
	qualified := string(s.names[s.marks[len(s.marks)-2]:s.marks[len(s.marks)-1]])
	return qualified[strings.IndexByte(qualified, ':')+1:]
}

// skip passes over the rest of the element that was opened last, checking it.
func (s *xmlScanner) skip() error {
	for depth := len(s.marks); len(s.marks) >= depth; {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	return nil
}

func isTrue(value string) bool { return value == "1" || value == "true" }
