package data

// CopyPage is one page of the official web form with what has to be entered there, in its order (逐项复制助手).
type CopyPage struct {
	Title string // 银行转账信息上传, 填写发票信息
	Items []CopyItem
}

// CopyItem is a field of the official web form.
type CopyItem struct {
	Key   string // stays the same between program versions; ticks are stored by it
	Label string // as the form labels it
	Value string // what to copy, as the form wants it: amounts without commas, accounts without spaces
	Hint  string // what to do where there is nothing to copy, such as choosing from a list
	// Given tells that the form fills the field by itself, so that there is nothing to copy, only to compare.
	Given bool
	Done  bool // ticked in this revision
}
