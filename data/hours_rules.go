package data

import (
	"fmt"
	"strconv"
	"strings"
)

// HoursRules are what a unit sets about 学时. The zero value means the defaults.
type HoursRules struct {
	PerDay  Hours // what one day can give at most
	HalfDay Hours // what half a day is written down as where a sheet or a person says 半天 or 2 天
}

// Defaults of the settings: 学时 that one day can give, and that half a day counts as.
const (
	HoursPerDayCap  Hours = 8_00
	HoursPerHalfDay Hours = 4_00
)

// Filled puts the defaults where nothing is set.
func (r HoursRules) Filled() HoursRules {
	if r.PerDay <= 0 {
		r.PerDay = HoursPerDayCap
	}
	if r.HalfDay <= 0 {
		r.HalfDay = HoursPerHalfDay
	}
	return r
}

// ForDays gives what so many half days count as.
func (r HoursRules) ForDays(halfDays int) Hours { return Hours(halfDays) * r.Filled().HalfDay }

// Parse reads 学时 as ParseHours does, and days such as 半天, 2天 or 1.5天, which it converts: fixed then says so, without a place.
func (r HoursRules) Parse(text string) (hours Hours, fixed *Problem, err error) {
	halfDays, ok := readHalfDays(text)
	if !ok {
		hours, err = ParseHours(text)
		return hours, nil, err
	}
	hours = r.ForDays(halfDays)
	if hours > MaxHours {
		return 0, nil, Refuse("hours-large", "", "学时"+quoted(text)+"太大。", "请核对天数，一条记录最多 9999.99 学时。")
	}
	problem := Fixed("hours-converted", "", fmt.Sprintf("已把%s按半天 %s 学时折合为 %s 学时。", quoted(text), r.Filled().HalfDay, hours))
	return hours, &problem, nil
}

// countWords are the numbers of days that people write as words.
var countWords = map[string]int{"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}

// mostDays keeps a slip of the keyboard from overflowing.
const mostDays = 9999

// readHalfDays reads a number of days as half days: 半天 is 1, 1.5天 and 一天半 are 3.
func readHalfDays(text string) (halfDays int, ok bool) {
	bare := strings.ReplaceAll(compact(halfWidthText(text)), "个", "")
	if bare == "半天" || bare == "半日" {
		return 1, true
	}
	half := 0
	if trimmed, found := strings.CutSuffix(bare, "半"); found {
		bare, half = trimmed, 1
	}
	count, found := strings.CutSuffix(bare, "天")
	if !found {
		if count, found = strings.CutSuffix(bare, "日"); !found {
			return 0, false
		}
	}
	if days, known := countWords[count]; known {
		return 2*days + half, true
	}
	whole, decimals, _ := strings.Cut(count, ".")
	switch strings.TrimRight(decimals, "0") {
	case "":
	case "5":
		half++
	default:
		return 0, false
	}
	days, err := strconv.Atoi(whole)
	if err != nil || days < 0 || days > mostDays || half > 1 || days+half == 0 {
		return 0, false
	}
	return 2*days + half, true
}
