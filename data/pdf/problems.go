package pdf

import (
	"errors"
	"fmt"

	codes "github.com/klippa-app/go-pdfium/errors"

	"peixun/data"
)

var (
	notPDF      = data.Refuse("pdf-damaged", "", "这个文件不是 PDF，或者已经损坏，打不开。", "请用别的程序打开看看；如果也打不开，请重新下载或重新导出一份。")
	encrypted   = data.Refuse("pdf-encrypted", "", "这份 PDF 设了打开密码。", "请在能打开它的程序里“打印成 PDF”，另存一份没有密码的，再选择它。")
	empty       = data.Refuse("pdf-empty", "", "这份 PDF 里没有页面。", "请重新导出一份。")
	slow        = data.Refuse("pdf-slow", "", "这份 PDF 太复杂，等了半分钟还没有显示出来。", "请在别的程序里打开，“打印成 PDF”或截图后再用。")
	broken      = data.Refuse("pdf-broken", "", "这份 PDF 的内容有错误，或者里面的图片太大，显示不出来。", "请在别的程序里打开，“打印成 PDF”或截图后再用。")
	unavailable = data.Refuse("pdf-engine", "", "显示 PDF 的部分没有启动成功，可能是内存不够。", "请关掉一些别的程序后再试；文件本身没有问题，也可以用其他程序打开。")
)

func tooManyBytes(size int) data.Problem {
	return data.Refuse("pdf-too-large", "", fmt.Sprintf("这份 PDF 有 %d MB，超过 %d MB。", size>>20, MaxBytes>>20), "请只导出需要的几页，或降低图片的清晰度。")
}

func tooManyPages(pages, most int) data.Problem {
	return data.Refuse("pdf-too-many-pages", "", fmt.Sprintf("这份 PDF 有 %d 页，超过 %d 页。", pages, most), "请只留下需要的几页，另存一份。")
}

func pageTooLarge(page int) data.Problem {
	return data.Refuse("pdf-page-size", "", fmt.Sprintf("第 %d 页的尺寸不正常，显示不出来。", page+1), "请在别的程序里打开，“打印成 PDF”（选 A4）后再用。")
}

func damagedPage(page int) data.Problem {
	return data.Refuse("pdf-page-damaged", "", fmt.Sprintf("第 %d 页已经损坏，显示不出来。", page+1), "请重新下载或重新导出一份。")
}

func noSuchPage(page, pages int) error {
	return fmt.Errorf("pdf has no page %d of %d", page, pages)
}

// isAnswer tells of an error whether PDFium or we said it of the file, and not a PDFium that broke.
func isAnswer(err error) bool {
	if _, ok := data.AsProblem(err); ok {
		return true
	}
	for _, code := range []error{codes.ErrUnknown, codes.ErrFile, codes.ErrFormat, codes.ErrPassword, codes.ErrSecurity, codes.ErrPage} {
		if errors.Is(err, code) {
			return true
		}
	}
	return false
}

// explainOpen gives words to why a file does not open.
func explainOpen(err error) error {
	switch {
	case errors.Is(err, codes.ErrPassword), errors.Is(err, codes.ErrSecurity):
		return encrypted.Because(err)
	case isAnswer(err):
		return notPDF.Because(err)
	}
	return err
}
