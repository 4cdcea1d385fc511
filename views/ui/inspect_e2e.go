//go:build e2e

package ui

import (
	"encoding/json"
	"fmt"
	"net"
	"os"

	"fyne.io/fyne/v2"
)

// ServeInspection lets end-to-end tests see the window: every connection to the unix socket is
// answered with one JSON array of the visible widgets. There is no way to act.
func ServeInspection(window fyne.Window, socket string) error {
	if err := os.RemoveAll(socket); err != nil {
		return fmt.Errorf("remove old socket: %w", err)
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return fmt.Errorf("listen for inspection: %w", err)
	}
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
	fyne.DoAndWait(func() { seen = InspectCanvas(window.Canvas()) })
	if err := json.NewEncoder(connection).Encode(seen); err != nil {
		fyne.LogError("write inspection", err)
	}
}
