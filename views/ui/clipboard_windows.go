package ui

import (
	"errors"
	"runtime"
	"syscall"
	"unsafe"
)

var (
	userLibrary         = syscall.NewLazyDLL("user32.dll")
	openClipboard       = userLibrary.NewProc("OpenClipboard")
	closeClipboard      = userLibrary.NewProc("CloseClipboard")
	getClipboardData    = userLibrary.NewProc("GetClipboardData")
	isClipboardFormat   = userLibrary.NewProc("IsClipboardFormatAvailable")
	kernelLibrary       = syscall.NewLazyDLL("kernel32.dll")
	lockMemory          = kernelLibrary.NewProc("GlobalLock")
	unlockMemory        = kernelLibrary.NewProc("GlobalUnlock")
	sizeOfMemory        = kernelLibrary.NewProc("GlobalSize")
	moveMemory          = kernelLibrary.NewProc("RtlMoveMemory")
	shellLibrary        = syscall.NewLazyDLL("shell32.dll")
	queryDroppedFile    = shellLibrary.NewProc("DragQueryFileW")
	countOfDroppedFiles = uintptr(0xFFFFFFFF)
)

// Formats of winuser.h, and the largest picture that is copied, in bytes.
const (
	formatBitmap     = 8  // CF_DIB
	formatFiles      = 15 // CF_HDROP
	longestClipboard = 256 << 20
)

// readSystemClipboard takes copied files, or else a picture, off the clipboard of Windows.
func readSystemClipboard() (Pasted, error) {
	// The clipboard belongs to the thread that opened it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if opened, _, err := openClipboard.Call(0); opened == 0 {
		return Pasted{}, err
	}
	defer closeClipboard.Call()
	if available, _, _ := isClipboardFormat.Call(formatFiles); available != 0 {
		return Pasted{Paths: clipboardFiles()}, nil
	}
	if available, _, _ := isClipboardFormat.Call(formatBitmap); available == 0 {
		return Pasted{}, nil
	}
	dib, err := clipboardBytes(formatBitmap)
	if err != nil {
		return Pasted{}, err
	}
	picture, err := deviceBitmap(dib)
	return Pasted{Picture: picture}, err
}

func clipboardFiles() []string {
	handle, _, _ := getClipboardData.Call(formatFiles)
	if handle == 0 {
		return nil
	}
	count, _, _ := queryDroppedFile.Call(handle, countOfDroppedFiles, 0, 0)
	var paths []string
	buffer := make([]uint16, longestPath)
	for at := range count {
		length, _, _ := queryDroppedFile.Call(handle, at, uintptr(unsafe.Pointer(&buffer[0])), uintptr(len(buffer)))
		paths = append(paths, PastedPaths(syscall.UTF16ToString(buffer[:length]))...)
	}
	return paths
}

func clipboardBytes(format uintptr) ([]byte, error) {
	handle, _, err := getClipboardData.Call(format)
	if handle == 0 {
		return nil, err
	}
	size, _, _ := sizeOfMemory.Call(handle)
	if size == 0 || size > longestClipboard {
		return nil, errors.New("the clipboard's picture is empty or too large")
	}
	locked, _, err := lockMemory.Call(handle)
	if locked == 0 {
		return nil, err
	}
	defer unlockMemory.Call(handle)
	content := make([]byte, size)
	moveMemory.Call(uintptr(unsafe.Pointer(&content[0])), locked, size)
	return content, nil
}
