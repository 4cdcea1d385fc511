package views

import (
	"context"
	"fmt"
	"time"

	"peixun/app"
	"peixun/data"
	"peixun/views/ui"
)

// The watch over an unattended window.
const (
	watchPause = 5 * time.Second  // between two looks
	sleepSlack = 30 * time.Second // a look that comes so much later than it should was slept through
	leaveTime  = 5 * time.Second  // for the screen to save what was typed
)

// afterLeaveTime calls later; tests replace it.
var afterLeaveTime = func(late func()) { time.AfterFunc(leaveTime, late) }

// idleWatch decides when a window that nobody sits at is locked: after some minutes without input, and when the machine slept.
type idleWatch struct {
	last    time.Time // of the look before
	pending bool      // the lock is due, and waits for long work to end
}

// due is asked at every look; input is when a person last did something, limit how long that may be ago, 0 for ever.
func (k *idleWatch) due(now, input time.Time, limit time.Duration) bool {
	if !k.last.IsZero() {
		// Some systems' monotonic clocks stand still while the machine sleeps, others' run on; the wall clock runs on everywhere.
		gap := max(now.Sub(k.last), now.Round(0).Sub(k.last.Round(0)))
		k.pending = k.pending || gap > watchPause+sleepSlack
	}
	k.last = now
	k.pending = k.pending || limit > 0 && now.Sub(input) >= limit
	return k.pending
}

// watch looks every few seconds until the window closes.
func (w *Window) watch(done <-chan struct{}) {
	ticker := time.NewTicker(watchPause)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return
		case <-ticker.C:
			w.desk.OnScreen(func() { w.look(time.Now()) })
		}
	}
}

// look locks an unattended window. Long work ends first.
func (w *Window) look(now time.Time) {
	if w.frame == nil {
		w.idle = idleWatch{last: now}
		return
	}
	limit := time.Duration(w.app.AutoLock(context.Background())) * time.Minute
	if w.idle.due(now, ui.LastInput(), limit) && !w.desk.Busy() && !w.closing {
		w.idle = idleWatch{last: now}
		w.lock()
	}
}

// lock leaves the screen first, so that what was typed is saved; a screen that cannot save does not keep the data open.
func (w *Window) lock() {
	frame := w.frame
	if frame == nil {
		return
	}
	ui.CloseOverlays(w.window.Canvas())
	left := false
	afterLeaveTime(func() {
		w.desk.OnScreen(func() {
			if !left {
				w.app.Lock()
			}
		})
	})
	frame.leave(func() {
		left = true
		w.app.Lock()
	})
}

// lockUnlessBusy locks at once, whatever dialog is open; long work has its bar, and is let end first.
func (w *Window) lockUnlessBusy() {
	if w.desk.Busy() || w.closing {
		w.idle.pending = true
		return
	}
	w.lock()
}

// locked covers everything with the login. The screens are kept for whoever was working on them.
func (w *Window) locked() {
	ui.ClearSecret()
	ui.Refusal = refusal(data.RoleManager) // the login's own buttons
	ui.CloseOverlays(w.window.Canvas())
	if w.frame != nil {
		w.kept, w.missed = w.frame, map[app.Event]bool{}
	}
	w.show()
}

// strangersTries is from how many wrong passwords on somebody else is likelier than a slip.
const strangersTries = 3

// tellWrongTries says after the login that somebody tried passwords before.
func (w *Window) tellWrongTries() {
	tries := w.app.WrongTries()
	if tries < strangersTries || w.frame == nil {
		return
	}
	ui.ShowToast(w.window, ui.Toast{Text: fmt.Sprintf("登录以前，您的密码被输错 %d 次。不是您本人的话，请改密码。", tries), Tone: ui.ToneWarning,
		Action: "修改密码", OnAction: func() { w.desk.ChangePassword(w.app) }})
}

// resume puts the screens back that stood when the window was locked, if the same person comes back with the same rights.
func (w *Window) resume(administrator data.Administrator) bool {
	kept, missed := w.kept, w.missed
	w.kept, w.missed = nil, nil
	if kept == nil || kept.administrator.ID != administrator.ID || kept.administrator.Role != administrator.Role {
		return false
	}
	w.frame = kept
	w.window.SetContent(ui.NewStage(kept.content))
	for event := range missed {
		kept.changed(event)
	}
	kept.again()
	return true
}
