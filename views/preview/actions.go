package preview

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/app"
	"peixun/data"
	"peixun/views/ui"
)

// say shows a sentence above the pages, where the window's own messages would be hidden.
func (p *Preview) say(tone ui.Tone, text string) {
	p.note.Set(tone, "", text)
	p.notes.Show()
	p.panel.Refresh()
}

// warn shows what to look at before the paper is printed, below the screen's own note.
func (p *Preview) warn(warnings []data.Problem) {
	if len(warnings) == 0 {
		return
	}
	text := Warnings(warnings)
	if p.paper.Note != "" {
		text = p.paper.Note + "\n" + text
	}
	p.say(ui.ToneWarning, text)
}

// mostWarnings is how many warnings a note spells out.
const mostWarnings = 3

// Warnings puts what to look at before a paper is printed into a note: the first ones in full, the others counted. They have
// a line each, and what to do stands once where it is the same for all.
func Warnings(warnings []data.Problem) string {
	var lines []string
	fix := warnings[0].Fix
	for at, warning := range warnings {
		if warning.Fix != fix {
			fix = ""
		}
		if at < mostWarnings {
			lines = append(lines, warning.What)
		}
	}
	if fix == "" {
		for at := range lines {
			lines[at] += warnings[at].Fix
		}
	}
	if more := len(warnings) - mostWarnings; more > 0 {
		lines = append(lines, fmt.Sprintf("另有 %d 处。", more))
	}
	return strings.Join(lines, "\n") + fix
}

func explained(err error) string {
	if problem, ok := data.AsProblem(err); ok {
		return problem.Error()
	}
	return "预览没有成功，仍然可以打印或保存。"
}

func (p *Preview) sendToPrinter() {
	if p.content == nil || p.print.Disabled() {
		return
	}
	p.print.SetDisabled(true)
	var printed app.Printed
	var failure error
	p.desk.Do(func(context.Context) error {
		printed, failure = p.service.Print(p.ctx, p.content, p.paper.Title)
		return nil
	}, func() {
		p.print.SetDisabled(false)
		if failure != nil {
			p.desk.Fail(failure)
			return
		}
		switch {
		case !printed.Sent:
			p.say(ui.ToneWarning, "没有找到打印机，已用其他程序打开，请在那个程序里打印。")
		case printed.Printer != "":
			p.say(ui.ToneSuccess, fmt.Sprintf("已交给打印机“%s”。", printed.Printer))
		default:
			p.say(ui.ToneSuccess, "已交给打印机。")
		}
		if p.paper.OnPrinted != nil {
			p.paper.OnPrinted(printed)
		}
	})
}

func (p *Preview) chooseFile() {
	if p.content == nil {
		return
	}
	request := ui.FileRequest{Title: "保存为 PDF", Extensions: []string{".pdf"}, Save: true, Name: p.paper.Name}
	ui.ChooseFile(p.desk.Window, request, p.saveTo)
}

func (p *Preview) saveTo(path string) {
	p.desk.Do(func(context.Context) error { return app.SaveFile(path, p.content) }, func() {
		p.say(ui.ToneSuccess, fmt.Sprintf("已保存为“%s”，在文件夹 %s 里。", filepath.Base(path), filepath.Dir(path)))
		if p.paper.OnSaved != nil {
			p.paper.OnSaved(path)
		}
	})
}

func (p *Preview) openElsewhere() {
	if p.content == nil {
		return
	}
	p.desk.Do(func(context.Context) error { return p.service.ShowPaper(p.content) }, func() {})
}

// shortcuts puts Ctrl+P and Ctrl+S (on a Mac with Cmd) on the window while the preview is open.
func (p *Preview) shortcuts(on bool) {
	for key, action := range map[fyne.KeyName]func(){fyne.KeyP: p.sendToPrinter, fyne.KeyS: p.chooseFile} {
		shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
		if on {
			p.desk.Window.Canvas().AddShortcut(shortcut, func(fyne.Shortcut) { action() })
		} else {
			p.desk.Window.Canvas().RemoveShortcut(shortcut)
		}
	}
}
