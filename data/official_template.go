package data

// OfficialTemplate is a form's template as the platform gives it out, loaded once: 下载模板 gives this very file, and exports fill it.
type OfficialTemplate struct {
	Form      string // the form's key
	Name      string // the file's, without its folder
	Sheet     string
	HeaderRow int           // from 1, the lower one of two
	Columns   []SheetColumn // every column of the sheet, in its order; Key as an import has it
	At        Moment
	User      string
	Content   []byte // the file; empty where only the rest was asked for
}

// Places gives for each column of a form the sheet's column, or -1.
func (t OfficialTemplate) Places(form Form) []int {
	places := make([]int, len(form.Columns))
	for place, column := range form.Columns {
		places[place] = -1
		for _, sheet := range t.Columns {
			if sheet.Key == column.Key {
				places[place] = sheet.Index
				break
			}
		}
	}
	return places
}

// Missing lists the headers of a form's required columns that the template has no column for.
func (t OfficialTemplate) Missing(form Form) []string {
	var missing []string
	for place, at := range t.Places(form) {
		if at < 0 && form.Columns[place].Required {
			missing = append(missing, form.Columns[place].Header)
		}
	}
	return missing
}
