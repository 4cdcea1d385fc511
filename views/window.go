// Package views puts the screens together into the program's window.
package views

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/start"
	"peixun/views/theme"
	"peixun/views/ui"
)

// The window's size in px at the first start, and the least that it is laid out for.
const (
	firstWidth, firstHeight float32 = 1280, 800
	leastWidth, leastHeight float32 = 1024, 680
)

const (
	sizeSetting   = "window.size"
	themeSetting  = "window.theme"
	pageSetting   = "window.page"
	folderSetting = "window.folder"
)

// Window is the program's only window: the first start, the login, or the frame with its screens.
type Window struct {
	program fyne.App
	app     *app.App
	window  fyne.Window
	desk    *desk.Desk
	frame   *Frame
	dark    bool
	focus   func()     // gives the keyboard to where one begins; again once the window is there
	helping *ui.Dialog // the help that was opened last

	kept   *Frame             // what stood when the window was locked
	missed map[app.Event]bool // what changed since
	idle   idleWatch

	checking  desk.Sequence // of the look at the ledger
	reminding desk.Sequence // of the look at the backups
	closing   bool          // the backup at exit is being made
}

// NewWindow makes the window and shows what comes first. Run opens it.
func NewWindow(program fyne.App, application *app.App, title string) *Window {
	return newWindow(program, application, title, &desk.Desk{})
}

// newWindow is NewWindow on a desk that tests prepare.
func newWindow(program fyne.App, application *app.App, title string, d *desk.Desk) *Window {
	w := &Window{program: program, app: application, window: program.NewWindow(title), desk: d}
	d.Window = w.window
	ctx := context.Background()
	w.SetDark(application.Setting(ctx, themeSetting, "light") == "dark")
	ui.LastFolder = func() string { return application.Setting(context.Background(), folderSetting, "") }
	ui.RememberFolder = func(folder string) { w.remember(folderSetting, folder) }
	w.window.SetPadded(false)
	w.window.SetMaster() // 逐项复制 closes with it
	w.window.Resize(w.rememberedSize(ctx))
	w.window.SetCloseIntercept(w.close)
	w.window.SetOnDropped(w.dropped)
	w.window.Canvas().SetOnTypedKey(func(event *fyne.KeyEvent) { ui.HandleKey(w.window.Canvas(), event.Name) })
	ui.SetOnHelp(w.window.Canvas(), w.help)
	ui.Personal = func(text string) bool { return data.Scrub(text) != text }
	w.shortcuts()
	application.Subscribe(func(event app.Event) { fyne.Do(func() { w.changed(event) }) })
	w.show()
	return w
}

// Run shows the window until it is closed. Only the build for end-to-end tests heeds PEIXUN_INSPECT.
func (w *Window) Run() error {
	if err := ui.ServeInspection(w.window, os.Getenv("PEIXUN_INSPECT")); err != nil {
		return err
	}
	w.program.Lifecycle().SetOnStarted(func() {
		if w.focus != nil && w.frame == nil {
			w.focus()
		}
	})
	done := make(chan struct{})
	defer close(done)
	go w.watch(done)
	w.window.ShowAndRun()
	return nil
}

// SetDark switches between light and dark at once.
func (w *Window) SetDark(dark bool) {
	w.dark = dark
	w.program.Settings().SetTheme(theme.New(dark))
	if w.frame != nil {
		w.frame.painted[w.frame.page] = dark
	}
}

// show fills the window with what the session asks for.
func (w *Window) show() {
	initialized, err := w.app.Initialized(context.Background())
	if err != nil {
		w.put(start.NewFailure(err))
		return
	}
	if _, in := w.app.Session(); in && initialized {
		w.enter()
		return
	}
	w.frame = nil
	if initialized {
		w.put(start.NewLogin(w.desk, w.app, w.enter))
		return
	}
	w.put(start.NewFirstStart(w.desk, w.app, w.enter))
}

func (w *Window) put(page start.Page) {
	w.window.SetContent(ui.NewStage(page.Content()))
	w.focus = page.FocusFirst
	page.FocusFirst()
}

// settled is how long after a login the first screen stands. What stretching the password and reading the fonts took,
// some 80 MB, goes back to the system then: the collector alone would keep it until the heap grows again.
const settled = 3 * time.Second

// enter shows the frame with the screen that was open last.
func (w *Window) enter() {
	administrator, _ := w.app.Session()
	defer w.tellWrongTries()
	ui.Refusal = refusal(administrator.Role)
	if w.resume(administrator) {
		return
	}
	w.frame = newFrame(w)
	w.window.SetContent(ui.NewStage(w.frame.content))
	page := desk.Page(w.app.Setting(context.Background(), pageSetting, string(desk.Home)))
	if _, known := w.frame.builders[page]; !known || page == desk.OrderDetails {
		page = desk.Home
	}
	w.frame.Go(page, nil)
	w.checkLedger()
	w.remindBackups()
	time.AfterFunc(settled, debug.FreeOSMemory)
}

func (w *Window) changed(event app.Event) {
	_, in := w.app.Session()
	switch {
	case event == app.DataReplaced:
		w.frame, w.kept = nil, nil
	case event == app.SessionChanged && !in: // locked, or a backup was restored, perhaps before anybody was logged in
		w.locked()
	case w.frame != nil:
		w.frame.changed(event)
	case w.kept != nil: // long work that was begun before the lock has ended
		w.missed[event] = true
	}
}

func (w *Window) close() {
	end := func() {
		w.remember(sizeSetting, fmt.Sprintf("%.0fx%.0f", w.window.Canvas().Size().Width, w.window.Canvas().Size().Height))
		ui.ClearSecret()
		w.window.Close()
	}
	last := func() { w.backUpAtExit(end) }
	if w.frame == nil {
		last()
		return
	}
	w.frame.leave(last)
}

func (w *Window) rememberedSize(ctx context.Context) fyne.Size {
	var width, height float32
	if _, err := fmt.Sscanf(strings.TrimSpace(w.app.Setting(ctx, sizeSetting, "")), "%fx%f", &width, &height); err != nil {
		return fyne.NewSize(firstWidth, firstHeight)
	}
	return fyne.NewSize(max(width, leastWidth), max(height, leastHeight))
}

// remember stores a setting of the window; a setting that cannot be stored is only forgotten.
func (w *Window) remember(key, value string) {
	if err := w.app.SetSetting(context.Background(), key, value); err != nil {
		fyne.LogError("remember "+key, err)
	}
}

func (w *Window) dropped(_ fyne.Position, files []fyne.URI) {
	if w.frame == nil {
		return
	}
	var paths []string
	for _, file := range files {
		paths = append(paths, file.Path())
	}
	if target, ok := w.frame.current().(ui.DropTarget); ok && len(paths) > 0 {
		target.Dropped(paths)
	}
}

// ShowFailure opens a window that says why the program cannot go on, until it is closed.
func ShowFailure(program fyne.App, title string, err error) {
	program.Settings().SetTheme(theme.New(false))
	window := program.NewWindow(title)
	window.SetPadded(false)
	window.SetContent(start.NewFailure(err).Content())
	window.Resize(fyne.NewSize(leastWidth, leastHeight))
	window.ShowAndRun()
}
