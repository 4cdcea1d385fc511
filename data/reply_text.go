package data

import (
	"regexp"
	"strconv"
	"strings"
)

// replyRows is how the platform names the rows of a sheet: 第 14 行, 第14、15行.
var replyRows = regexp.MustCompile(`第\s*(\d+(?:\s*[、,，]\s*\d+)*)\s*行`)

var wholeIDNumber = regexp.MustCompile(`\d{17}[\dXx]`)

// separators stand between a row and what is wrong with it.
const separators = " \t\r,，:：;；。、-—（）()【】[]"

// ReadReplyText reads an error report that was pasted as text: “第 14 行：身份证号不正确”, or a line that names somebody by the identity
// number. Several rows named together share their reason. Lines of another shape are left out.
func ReadReplyText(text string) []ReplyRow {
	var rows []ReplyRow
	for place, line := range strings.Split(text, "\n") {
		line = halfWidthDigits(line)
		named := replyRows.FindAllStringSubmatchIndex(line, -1)
		if named == nil {
			if at := wholeIDNumber.FindStringIndex(line); at != nil {
				rows = append(rows, newTextRow(place+1, line[:at[0]]+line[at[1]:], func(row *ReplyRow) { row.IDNumber = strings.ToUpper(line[at[0]:at[1]]) }))
			}
			continue
		}
		reason := ""
		var found []ReplyRow
		for i := len(named) - 1; i >= 0; i-- {
			end := len(line)
			if i+1 < len(named) {
				end = named[i+1][0]
			}
			if own := strings.Trim(line[named[i][1]:end], separators); own != "" {
				reason = own
			}
			numbers := strings.FieldsFunc(line[named[i][2]:named[i][3]], func(r rune) bool { return r < '0' || r > '9' })
			for j := len(numbers) - 1; j >= 0; j-- {
				found = append(found, newTextRow(place+1, reason, func(row *ReplyRow) { row.SentRow, _ = strconv.Atoi(numbers[j]) }))
			}
		}
		for i := len(found) - 1; i >= 0; i-- {
			rows = append(rows, found[i])
		}
	}
	return rows
}

// newTextRow is a refused row of a text; name says whose.
func newTextRow(line int, reason string, name func(*ReplyRow)) ReplyRow {
	row := ReplyRow{Row: line, Answer: AnswerFailed, Reason: MaskNumbers(CleanText(strings.Trim(reason, separators)))}
	if row.Reason == "" {
		row.Reason = "平台没有说明原因"
	}
	name(&row)
	return row
}

// halfWidthDigits turns full-width digits into plain ones and leaves all else alone.
func halfWidthDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text)
}
