package ui

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

var (
	commonDialogs    = syscall.NewLazyDLL("comdlg32.dll")
	getOpenFileName  = commonDialogs.NewProc("GetOpenFileNameW")
	getSaveFileName  = commonDialogs.NewProc("GetSaveFileNameW")
	lastDialogError  = commonDialogs.NewProc("CommDlgExtendedError")
	longestPath      = 32_768
	explorerStyle    = uint32(0x00080000) // OFN_EXPLORER
	fileMustExist    = uint32(0x00001000) // OFN_FILEMUSTEXIST
	overwritePrompt  = uint32(0x00000002) // OFN_OVERWRITEPROMPT
	keepWorkingPlace = uint32(0x00000008) // OFN_NOCHANGEDIR
	allowSeveral     = uint32(0x00000200) // OFN_ALLOWMULTISELECT
)

// openFileName is OPENFILENAMEW of commdlg.h.
type openFileName struct {
	structSize                uint32
	owner, instance           uintptr
	filter, customFilter      *uint16
	customFilterSize          uint32
	filterIndex               uint32
	file                      *uint16
	fileSize                  uint32
	fileTitle                 *uint16
	fileTitleSize             uint32
	initialFolder, title      *uint16
	flags                     uint32
	fileOffset, fileExtension uint16
	defaultExtension          *uint16
	customData, hook          uintptr
	templateName              *uint16
	reserved                  uintptr
	reservedNumber, flagsMore uint32
}

// findNativeChooser gives the dialog of Windows. A folder is asked for by our own browser.
func findNativeChooser() nativeChooser { return windowsChooser }

func windowsChooser(window fyne.Window, request FileRequest, folder string) ([]string, error) {
	if request.Folder {
		return nil, fmt.Errorf("the common dialog chooses no folders")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	buffer := make([]uint16, longestPath)
	copy(buffer, wide(request.Name))
	filter := doubleEnded(filterText(request.Extensions))
	title, start := wide(request.Title), wide(filepath.FromSlash(folder))
	call := openFileName{
		owner: windowHandle(window), file: &buffer[0], fileSize: uint32(len(buffer)),
		filter: &filter[0], title: &title[0], initialFolder: &start[0],
		flags: explorerStyle | keepWorkingPlace | fileMustExist,
	}
	procedure := getOpenFileName
	if request.Save {
		procedure = getSaveFileName
		call.flags = explorerStyle | keepWorkingPlace | overwritePrompt
	}
	if request.several {
		call.flags |= allowSeveral
	}
	call.structSize = uint32(unsafe.Sizeof(call))
	chosen, _, _ := procedure.Call(uintptr(unsafe.Pointer(&call)))
	runtime.KeepAlive(filter)
	if chosen == 0 {
		if code, _, _ := lastDialogError.Call(); code != 0 {
			return nil, fmt.Errorf("the system's file dialog failed with code %#x", code)
		}
		return nil, nil
	}
	return chosenPaths(buffer), nil
}

// chosenPaths reads the dialog's answer: one path, or a folder and the names of several files in it, each with a zero behind it.
func chosenPaths(buffer []uint16) []string {
	var parts []string
	for len(buffer) > 0 && buffer[0] != 0 {
		part := syscall.UTF16ToString(buffer)
		parts = append(parts, part)
		buffer = buffer[min(len(wide(part)), len(buffer)):]
	}
	if len(parts) < 2 {
		return parts
	}
	paths := parts[1:]
	for i, name := range paths {
		paths[i] = filepath.Join(parts[0], name)
	}
	return paths
}

func windowHandle(window fyne.Window) uintptr {
	var handle uintptr
	native, ok := window.(driver.NativeWindow)
	if !ok {
		return 0
	}
	fyne.DoAndWait(func() {
		native.RunNative(func(context any) {
			if c, ok := context.(driver.WindowsWindowContext); ok {
				handle = c.HWND
			}
		})
	})
	return handle
}

func wide(text string) []uint16 {
	out, err := syscall.UTF16FromString(text)
	if err != nil {
		return []uint16{0}
	}
	return out
}

// filterText gives pairs of a name and patterns, separated by line feeds.
func filterText(extensions []string) string {
	all := "所有文件\n*.*"
	if len(extensions) == 0 {
		return all
	}
	patterns := "*" + strings.Join(extensions, ";*")
	return "可以用的文件 (" + patterns + ")\n" + patterns + "\n" + all
}

// doubleEnded turns line feeds into the zeros that the dialog expects, with two at the end.
func doubleEnded(text string) []uint16 {
	out := wide(text + "\n\n")
	for i, unit := range out {
		if unit == '\n' {
			out[i] = 0
		}
	}
	return out
}
