package excel

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"peixun/data"
)

// Codes of the problems that this package tells. A program may ask for them; people read the sentence.
const (
	CodeMissing    = "file-missing"
	CodeLocked     = "file-locked"
	CodeFolder     = "file-is-folder"
	CodeEmpty      = "file-empty"
	CodeTooLarge   = "file-too-large"
	CodeNotTable   = "file-not-table"
	CodeOldExcel   = "file-old-excel"
	CodeEncrypted  = "file-encrypted"
	CodeDamaged    = "file-damaged"
	CodeEncoding   = "file-encoding"
	CodeQuotes     = "file-quotes"
	CodeCellLong   = "cell-too-long"
	CodeNoSheet    = "sheet-missing"
	CodeWrongSheet = "sheet-not-this-form"
	CodeFormula    = "template-formula"
	CodeTooWide    = "sheet-too-wide"
	CodeSheetFull  = "sheet-full"
)

// refuse makes an error-level problem of a whole file.
func refuse(code, what, fix string) data.Problem {
	return data.Problem{What: what, Fix: fix, Level: data.LevelError, Code: code}
}

func damaged(cause error) data.Problem {
	return refuse(CodeDamaged, "文件已损坏，没有读取任何一行。",
		"请用 Excel 或 WPS 打开它，检查内容是否完整，另存为新的 .xlsx 后再导入；打不开就请提供者重新发送。").Because(cause)
}

func tooLarge(cause error) data.Problem {
	return refuse(CodeTooLarge, "文件太大或内容异常，超过了读取上限（50 MB，展开后 1 GB）。",
		"请把要导入的数据复制到新的表格里，或拆成几个文件分别导入。").Because(cause)
}

func notTable(kind string) data.Problem {
	return refuse(CodeNotTable, "选中的是"+kind+"，不是 Excel 表格。", "请选择 .xlsx、.xls 或 .csv 文件；如果内容是表格，请先在 Excel 里另存为 .xlsx。")
}

func cellTooLong(place data.Place) data.Problem {
	return refuse(CodeCellLong, fmt.Sprintf("有一个单元格超过 %d 个字。", maxCellRunes), "请缩短这个单元格后再导入。").In(place)
}

// visitError carries the caller's own error out through the readers, so that it comes back as it was.
type visitError struct{ error }

func (v visitError) Unwrap() error { return v.error }

// forPeople turns what a reader met into a Problem; cancelling, problems and the caller's own errors stay as they are.
func forPeople(err error) error {
	var visited visitError
	var problem data.Problem
	switch {
	case err == nil:
		return nil
	case errors.As(err, &visited):
		return visited.error
	case errors.As(err, &problem):
		return problem
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errTooLarge):
		return tooLarge(err)
	case errors.Is(err, errZip), errors.Is(err, errMalformed), errors.Is(err, errBadUTF16),
		errors.Is(err, errCompound), errors.Is(err, errBIFF):
		return damaged(err)
	}
	return refuse(CodeLocked, "读取文件时出错。", "请检查文件所在的磁盘、U 盘或网络是否还连着，再试一次。").Because(err)
}

// wrongSheet says which columns are missing, and which form the sheet looks like, if any.
func wrongSheet(form data.Form, best candidate, looksLike string) data.Problem {
	var missing []string
	for _, key := range form.Identity {
		place := form.Column(key)
		if len(best.columns) == 0 || best.columns[place] < 0 {
			missing = append(missing, "“"+form.Columns[place].Header+"”")
		}
	}
	what := fmt.Sprintf("没有找到“%s”表的表头：缺少%s列。", form.Name, strings.Join(missing, "、"))
	fix := "请检查是否选错了文件或工作表；也可以下载模板，把数据粘贴进去再导入。"
	if looksLike != "" {
		what = fmt.Sprintf("这张表是“%s”，不是“%s”。", looksLike, form.Name)
		fix = fmt.Sprintf("请选择“%s”的文件，或到“%s”的导入里选择这个文件。", form.Name, looksLike)
	}
	return refuse(CodeWrongSheet, what, fix).In(data.Place{Sheet: best.sheet})
}
