//go:build e2e

package ui

import (
	"encoding/json"
	"fmt"
	"net"
	"os"

	"fyne.io/fyne/v2"
)

// ServeInspection lets end-to-end tests see the program's windows: every connection to the unix socket is
// answered with one JSON array of the visible widgets. There is no way to act. It also watches the UI thread.
func ServeInspection(window fyne.Window, socket string) error {
	if err := os.RemoveAll(socket); err != nil {
		return fmt.Errorf("remove old socket: %w", err)
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return fmt.Errorf("listen for inspection: %w", err)
	}
	go watchUI()
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				fyne.LogError("inspection", err)
				return
			}
			answer(connection, window)
		}
	}()
	return nil
}

func answer(connection net.Conn, window fyne.Window) {
	defer connection.Close()
	var seen []SeenWidget
	fyne.DoAndWait(func() { seen = inspectWindows(window) })
	if err := json.NewEncoder(connection).Encode(seen); err != nil {
		fyne.LogError("write inspection", err)
	}
}

// inspectWindows gives the visible widgets of all windows; those of others than the main one bear the window's title.
func inspectWindows(main fyne.Window) []SeenWidget {
	seen := InspectCanvas(main.Canvas())
	for _, window := range fyne.CurrentApp().Driver().AllWindows() {
		if window == main {
			continue
		}
		for _, widget := range InspectCanvas(window.Canvas()) {
			widget.Window = window.Title()
			seen = append(seen, widget)
		}
	}
	return seen
}
