package app

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

func onNetwork(path string) bool {
	if isUNC(path) {
		return true
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(path) + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
