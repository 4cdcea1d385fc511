package papers

// PlanNumber is the manual's plan of 2022.
const PlanNumber = "20220301161802103"

// Hours is what a sheet of offline hours holds.
type Hours struct {
	// Good and Bad count the rows that can and cannot be imported.
	Good, Bad int
	// Total sums the good rows in hundredths of 学时.
	Total int
}

// WriteHours writes a sheet of offline hours for the first people of a roster, two of its rows bad: somebody unknown, and
// more 学时 than the days have.
func WriteHours(path string, people []Person) (Hours, error) {
	const goodRows, perRow, quarter = 40, 12_00, 25
	hours := Hours{Good: goodRows, Bad: 2}
	book := newBook("线下学时")
	book.strings(1, []string{"姓名*", "身份证号*", "培训计划编号*", "培训名称*", "课程类别", "培训形式", "主办单位", "培训地点", "开始日期*", "结束日期*", "学时*", "考核结果", "证明编号"})
	line := func(row int, one Person, amount any) {
		book.row(row, one.Name, one.IDNumber, PlanNumber, "医疗质量与患者安全专题培训", "选修", "面授", Unit, "三层报告厅", "2022-05-09", "2022-05-10", amount, "合格", "")
	}
	for n, one := range people[:goodRows] {
		amount := perRow + n%4*quarter
		hours.Total += amount
		line(n+2, one, float64(amount)/100)
	}
	line(goodRows+2, person(RosterRows+1), 12)
	line(goodRows+3, people[goodRows], 20)
	book.widths(map[string]float64{"A": 14, "B": 22, "C": 22, "D": 34, "G": 24, "I": 13, "J": 13})
	return hours, book.save(path)
}
