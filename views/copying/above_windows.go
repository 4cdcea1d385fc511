package copying

import (
	"syscall"

	"fyne.io/fyne/v2/driver"
)

var (
	userLibrary  = syscall.NewLazyDLL("user32.dll")
	setWindowPos = userLibrary.NewProc("SetWindowPos")
)

// Values of winuser.h.
const (
	topmost       = ^uintptr(0)     // HWND_TOPMOST
	notTopmost    = ^uintptr(0) - 1 // HWND_NOTOPMOST
	keepPlaceSize = 0x0001 | 0x0002 // SWP_NOSIZE, SWP_NOMOVE
	keepFocus     = 0x0010          // SWP_NOACTIVATE
)

func canKeepAbove() bool { return true }

// keepAbove keeps the window before all others, or lets it go behind them again.
func (a *Assistant) keepAbove(on bool) {
	native, ok := a.window.(driver.NativeWindow)
	if !ok {
		return
	}
	after := notTopmost
	if on {
		after = topmost
	}
	native.RunNative(func(context any) {
		if w, ok := context.(driver.WindowsWindowContext); ok {
			setWindowPos.Call(w.HWND, after, 0, 0, 0, 0, keepPlaceSize|keepFocus)
		}
	})
}
