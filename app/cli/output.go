package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"

	"golang.org/x/text/width"

	"peixun/data"
)

// writeReply writes a command's result: one JSON value, or the same for people.
func writeReply(out io.Writer, answer reply, asJSON bool) error {
	w := bufio.NewWriter(out)
	switch {
	case asJSON && answer.value != nil:
		if long, ok := answer.value.(longReply); ok {
			if err := long.writeJSON(w); err != nil {
				return err
			}
			return w.Flush()
		}
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(answer.value); err != nil {
			return err
		}
	case !asJSON && answer.text != nil:
		answer.text(w)
	}
	return w.Flush()
}

// longReply is a result whose JSON is written piece by piece: as one it would take more memory than what it tells of.
type longReply interface {
	writeJSON(w *bufio.Writer) error
}

// hourCount is a number of 学时 in hundredths that JSON writes as a decimal: 30.00.
type hourCount data.Hours

// String writes the 学时 with two decimals.
func (h hourCount) String() string { return data.Hours(h).String() }

// MarshalJSON implements json.Marshaler.
func (h hourCount) MarshalJSON() ([]byte, error) { return []byte(h.String()), nil }

// label is the tag of the fields that people see; its value is the header.
const label = "label"

// listReply answers with a list of structs: all fields as JSON, those with a label as a table.
func listReply[T any](items []T) reply {
	if items == nil {
		items = []T{}
	}
	return reply{value: items, text: func(w io.Writer) { writeTable(w, items) }}
}

func writeTable[T any](w io.Writer, items []T) {
	if len(items) == 0 {
		fmt.Fprintln(w, "（没有记录）")
		return
	}
	rows := [][]string{{}}
	kind := reflect.TypeFor[T]()
	for i := range kind.NumField() {
		if header, ok := kind.Field(i).Tag.Lookup(label); ok {
			rows[0] = append(rows[0], header)
		}
	}
	for _, item := range items {
		var row []string
		eachLabelled(item, func(_, text string) { row = append(row, text) })
		rows = append(rows, row)
	}
	writeColumns(w, rows)
}

// writeFields writes a struct for people, a line for every field with a label and a value.
func writeFields(w io.Writer, item any) {
	eachLabelled(item, func(header, text string) {
		if text != "" {
			fmt.Fprintf(w, "%s：%s\n", header, text)
		}
	})
}

func eachLabelled(item any, visit func(header, text string)) {
	value := reflect.ValueOf(item)
	for i := range value.NumField() {
		if header, ok := value.Type().Field(i).Tag.Lookup(label); ok {
			visit(header, cellText(value.Field(i).Interface()))
		}
	}
}

func cellText(value any) string {
	switch value := value.(type) {
	case []string:
		return strings.Join(value, "、")
	case bool:
		if value {
			return "是"
		}
		return "否"
	}
	return fmt.Sprint(value)
}

// writeColumns lines the cells of rows up; a hanzi is two cells wide.
func writeColumns(w io.Writer, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], cellWidth(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[i]-cellWidth(cell)+2))
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

func cellWidth(text string) int {
	cells := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			cells += 2
		default:
			cells++
		}
	}
	return cells
}
