package ui

import (
	"syscall"
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

var (
	inputMethods         = syscall.NewLazyDLL("imm32.dll")
	getInputContext      = inputMethods.NewProc("ImmGetContext")
	releaseInputContext  = inputMethods.NewProc("ImmReleaseContext")
	setCompositionWindow = inputMethods.NewProc("ImmSetCompositionWindow")
	setCandidateWindow   = inputMethods.NewProc("ImmSetCandidateWindow")
)

// Styles of imm.h, and the height in px of the line under which candidates are shown.
const (
	compositionAtPoint = 0x0002 // CFS_POINT
	candidatesAtPoint  = 0x0040 // CFS_CANDIDATEPOS
	candidateDistance  = 24
)

type screenPoint struct{ x, y int32 }

type screenRect struct{ left, top, right, bottom int32 }

// compositionForm is COMPOSITIONFORM of imm.h.
type compositionForm struct {
	style uint32
	point screenPoint
	area  screenRect
}

// candidateForm is CANDIDATEFORM of imm.h.
type candidateForm struct {
	index, style uint32
	point        screenPoint
	area         screenRect
}

// followCaret moves the Chinese input method's window to the caret; GLFW leaves it in the corner.
func followCaret(e *entry) {
	c := canvasOf(e)
	if c == nil || !e.focused {
		return
	}
	for _, window := range fyne.CurrentApp().Driver().AllWindows() {
		native, ok := window.(driver.NativeWindow)
		if !ok || window.Canvas() != c {
			continue
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(e).Add(e.CursorPosition())
		scale := c.Scale()
		point := screenPoint{int32(at.X * scale), int32(at.Y * scale)}
		native.RunNative(func(context any) {
			if w, ok := context.(driver.WindowsWindowContext); ok {
				placeInputMethod(w.HWND, point, int32(candidateDistance*scale))
			}
		})
	}
}

func placeInputMethod(window uintptr, caret screenPoint, distance int32) {
	context, _, _ := getInputContext.Call(window)
	if context == 0 {
		return
	}
	defer releaseInputContext.Call(window, context)
	composition := compositionForm{style: compositionAtPoint, point: caret}
	setCompositionWindow.Call(context, uintptr(unsafe.Pointer(&composition)))
	candidates := candidateForm{style: candidatesAtPoint, point: screenPoint{caret.x, caret.y + distance}}
	setCandidateWindow.Call(context, uintptr(unsafe.Pointer(&candidates)))
}
