package copying

import (
	"log/slog"
	"os/exec"
	"strconv"

	"fyne.io/fyne/v2/driver"
)

// canKeepAbove tells whether wmctrl is there, which asks the window manager for _NET_WM_STATE_ABOVE. Under Wayland nobody may.
func canKeepAbove() bool {
	_, err := exec.LookPath("wmctrl")
	return err == nil
}

// keepAbove keeps the window before all others, or lets it go behind them again.
func (a *Assistant) keepAbove(on bool) {
	native, ok := a.window.(driver.NativeWindow)
	if !ok {
		return
	}
	change := "remove,above"
	if on {
		change = "add,above"
	}
	native.RunNative(func(context any) {
		w, ok := context.(driver.X11WindowContext)
		if !ok {
			return
		}
		if err := exec.Command("wmctrl", "-i", "-r", "0x"+strconv.FormatUint(uint64(w.WindowHandle), 16), "-b", change).Run(); err != nil {
			slog.Warn("window not kept above", "cause", err)
		}
	})
}
