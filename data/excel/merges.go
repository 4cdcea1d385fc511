package excel

// mergedRange is a rectangle of merged cells: rows from 1, columns from 0, both ends included.
type mergedRange struct {
	top, bottom, left, right int
}
